//! The subtraction attack: a reader of the public edition who knows every group by name, takes what is shown from its total,
//! and tries all counts that fit. Shares no code with what withholds.

use std::collections::BTreeMap;

use tepat::measure::Figure;
use tepat::report::performance::public::{self, PublicFigure};

use super::random::office;
use super::{LEAST, Made, SEMESTER};

/// A period and a group: what one figure is about.
type About = (String, BTreeMap<String, String>);

/// What the public knows of one indicator: n and numerator by group.
struct Seen<'a> {
    figures: BTreeMap<(&'a str, About), &'a PublicFigure>,
}

impl<'a> Seen<'a> {
    fn of(figures: &'a [PublicFigure]) -> Self {
        let key = |f: &'a PublicFigure| (f.indicator.as_str(), (f.period.clone(), f.group.clone()));
        Self {
            figures: figures.iter().map(|f| (key(f), f)).collect(),
        }
    }

    /// n, and hits where the figure is a share.
    fn counts(&self, indicator: &'a str, about: &About) -> Option<(i64, Option<i64>)> {
        let f = self.figures.get(&(indicator, about.clone()))?;
        Some((f.n? as i64, f.numerator))
    }
}

fn whole() -> About {
    (SEMESTER.to_string(), BTreeMap::new())
}

/// The true counts behind an indicator, by the groups of a partition.
fn truth(made: &Made, indicator: &str, dimension: &str) -> Vec<(About, i64, i64)> {
    let rows = made.performance.review.overview.figures.rows().iter();
    let is_month = |f: &Figure| f.group.is_empty() && f.period.starts_with("2026-0");
    let in_semester = |f: &Figure| f.period == SEMESTER.to_string();
    let of = rows
        .filter(|f| f.indicator == indicator)
        .filter(|f| match dimension {
            "month" => is_month(f),
            _ => in_semester(f) && f.group.len() == 1 && f.group.contains_key(dimension),
        });
    of.map(|f| {
        let about = (f.period.clone(), f.group.clone());
        (about, f.n as i64, f.numerator.unwrap_or(f.n as i64))
    })
    .collect()
}

/// Whether counts of at least zero that make up `rest` leave one of `groups` only one value.
fn determined(groups: usize, rest: i64) -> bool {
    let mut first = std::collections::BTreeSet::new();
    for value in 0..=rest.min(40) {
        // The others take what is left, if there are any.
        if groups > 1 || value == rest {
            first.insert(value);
        }
    }
    first.len() < 2 && rest <= 40
}

fn attack(made: &Made, seed: u64) -> (usize, usize) {
    let shown = public::shown(&made.report());
    let seen = Seen::of(&shown.figures);
    let (mut withheld, mut total_known) = (0, 0);
    for indicator in [
        "on_time.due",
        "on_time.decided",
        "flow.received",
        "agency.count",
    ] {
        let total = seen.counts(indicator, &whole());
        for dimension in ["month", "service", "region", "channel", "agency"] {
            let groups = truth(made, indicator, dimension);
            let (open, hidden): (Vec<_>, Vec<_>) = groups
                .iter()
                .partition(|(about, ..)| seen.counts(indicator, about).is_some());
            for (about, n, _) in &open {
                assert!(
                    *n == 0 || *n >= LEAST as i64,
                    "{seed}: {indicator} {about:?} shows {n}"
                );
            }
            withheld += hidden.len();
            let (Some((n, hits)), false) = (total, hidden.is_empty()) else {
                continue;
            };
            total_known += 1;
            let shown_n: i64 = open.iter().map(|(_, n, _)| n).sum();
            let shown_hits: i64 = open.iter().map(|(.., k)| k).sum();
            let words =
                || format!("{seed}: {indicator} by {dimension}: {hidden:?} of {n}, {hits:?}");
            // An agency that is unnamed for want of a register is not withheld: only small ones are secrets.
            let secrets = hidden
                .iter()
                .filter(|(_, n, _)| (1..LEAST as i64).contains(n))
                .count();
            if n > 0 && (dimension != "agency" || secrets > 0) {
                assert!(!determined(hidden.len(), n - shown_n), "{}", words());
            }
            if let Some(hits) = hits.filter(|hits| *hits > 0) {
                assert!(!determined(hidden.len(), hits - shown_hits), "{}", words());
            }
            // All missed, or all met: the share of each is known where that is not so of the whole office.
            if let Some(hits) = hits.filter(|hits| *hits > 0 && *hits < n) {
                assert_ne!(hits - shown_hits, n - shown_n, "{}", words());
            }
        }
    }
    (withheld, total_known)
}

#[test]
fn no_subtraction_yields_a_withheld_count_or_numerator() {
    let (mut withheld, mut attacked) = (0, 0);
    for seed in 0..400 {
        let (hidden, known) = attack(&office(seed), seed);
        withheld += hidden;
        attacked += known;
    }
    assert!(withheld > 2_000 && attacked > 500, "{withheld} {attacked}");
}

#[test]
fn a_withheld_figure_shows_nothing_and_neither_does_any_other_of_its_group() {
    for seed in 0..120 {
        let made = office(seed);
        let shown = public::shown(&made.report());
        let mut open: BTreeMap<About, Vec<bool>> = BTreeMap::new();
        for f in &shown.figures {
            let hidden = f.printed == public::WITHHELD;
            if hidden {
                let nothing =
                    (f.n, f.numerator, f.denominator, f.value) == (None, None, None, None);
                assert!(nothing, "{seed}: {f:?}");
            }
            assert!(!f.printed.contains("n ="), "{seed}: {f:?}");
            assert!(f.group.len() <= 1, "{seed}: {f:?}");
            let dimension = f.group.keys().next().map(String::as_str);
            let cases = matches!(dimension, Some("service" | "region" | "channel"));
            let base =
                ["on_time.due", "on_time.decided", "flow.received"].contains(&f.indicator.as_str());
            if cases && base && seen_in_office(&shown.figures, &f.indicator) {
                open.entry((f.period.clone(), f.group.clone()))
                    .or_default()
                    .push(!hidden);
            }
        }
        for (about, open) in open {
            assert!(
                open.iter().all(|o| *o) || open.iter().all(|o| !*o),
                "{seed}: {about:?}"
            );
        }
    }
}

fn seen_in_office(figures: &[PublicFigure], indicator: &str) -> bool {
    Seen::of(figures).counts(indicator, &whole()).is_some()
}

#[test]
fn a_planted_leak_is_found() {
    assert!(determined(1, 7) && determined(3, 0));
    assert!(!determined(2, 7));
}
