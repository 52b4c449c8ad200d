//! What the six-monthly report says of the office as a whole beyond the overview: intervals, distribution, ageing.
//!
//! In: the headlines and the scored cases. Out: figures.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::measure::headline::Headline;
use crate::measure::membership::{Span, placed};
use crate::measure::performance::View;
use crate::measure::put::{Share, Writer};
use crate::measure::review::Past;
use crate::measure::stats::newcombe;
use crate::score::{CaseVerdict, ScoredCase};
use crate::standard::Unit;

/// Classes of the open cases by days over their limit, as (code, least, most); `within` before the limit has passed.
const AGES: [(&str, u32, u32); 4] = [
    ("1-5", 1, 5),
    ("6-10", 6, 10),
    ("11-20", 11, 20),
    ("21+", 21, u32::MAX),
];

/// Codes of the classes of ageing, in printing order.
pub const AGE_CODES: [&str; 6] = ["not_started", "within", "1-5", "6-10", "11-20", "21+"];

/// Writes intervals of changes, the interval of the Kaplan-Meier median, the distribution of the days used, and the age of
/// the open cases.
pub fn write(w: &mut Writer, view: &View, past: &Past) {
    for (versus, then) in [("previous", &past.previous), ("last_year", &past.last_year)] {
        change_interval(w, &[("versus", versus)], past.own.due, then.due);
    }
    km_interval(w, &past.own, view.days_known);
    /// Cases of one part.
    const PART: usize = 8_192;
    let span = Span::of(view.period, view.as_of);
    let parts = view.scored.cases.par_chunks(PART);
    let tally = parts
        .map(|cases| Tally::of(cases, span))
        .reduce(Tally::default, Tally::merge);
    if view.days_known {
        tally.write_distribution(w);
    }
    tally.write_ages(w, view);
}

/// The interval of a change of two shares, in percentage points, as `on_time.due.change.low` and `.high`.
fn change_interval(w: &mut Writer, group: &[(&str, &str)], now: Share, then: Share) {
    let least = w.least_n.max(1);
    let known = now.of >= least && then.of >= least;
    let bounds = newcombe(now.hits, now.of, then.hits, then.of).filter(|_| known);
    w.points("on_time.due.change.low", group, now.of, bounds.map(|b| b.0));
    w.points(
        "on_time.due.change.high",
        group,
        now.of,
        bounds.map(|b| b.1),
    );
}

fn km_interval(w: &mut Writer, own: &Headline, days_known: bool) {
    let n = own.survival.n();
    let (low, high) = own.survival.median_interval();
    for (indicator, days) in [
        ("working_days.km_median.low", low),
        ("working_days.km_median.high", high),
    ] {
        match days_known {
            true => w.days(indicator, &[], n, days.map(i64::from)),
            false => w.not_assessable(indicator, &[], n),
        }
    }
}

/// Counts over the cases; parts merge by adding.
#[derive(Default)]
struct Tally<'a> {
    /// Days before (negative) or after the limit at which the cases of the period were decided.
    margins: BTreeMap<i64, u64>,
    /// Of each service the days used, as its limit counts them.
    used: BTreeMap<(&'a str, i64), u64>,
    /// Cases open at the period's end under a standard, by how far past their limit they are.
    ages: BTreeMap<&'static str, u64>,
}

impl<'a> Tally<'a> {
    fn of(cases: &'a [ScoredCase], span: Span) -> Self {
        let mut tally = Self::default();
        for case in cases {
            let m = placed(case, &case.standing(), span);
            if let Some((service, days, margin)) = days_of(case).filter(|_| m.decided) {
                *tally.margins.entry(margin).or_default() += 1;
                *tally.used.entry((service, days)).or_default() += 1;
            }
            if case.decided.is_none()
                && m.is_left_open()
                && let Some(class) = age_class(case)
            {
                *tally.ages.entry(class).or_default() += 1;
            }
        }
        tally
    }

    fn merge(mut self, other: Self) -> Self {
        fn add<K: Ord>(to: &mut BTreeMap<K, u64>, more: BTreeMap<K, u64>) {
            for (key, n) in more {
                *to.entry(key).or_default() += n;
            }
        }
        add(&mut self.margins, other.margins);
        add(&mut self.used, other.used);
        add(&mut self.ages, other.ages);
        self
    }

    fn write_distribution(&self, w: &mut Writer) {
        for (margin, cases) in &self.margins {
            let days = margin.to_string();
            w.count("limit_margin.count", &[("days", &days)], *cases);
        }
        for ((service, days), cases) in &self.used {
            let group = [("service", *service), ("days", &days.to_string())];
            w.count("days_used.count", &group, *cases);
        }
    }

    fn write_ages(&self, w: &mut Writer, view: &View) {
        // Ages are those of as_of: of the end of a period that is long over they are not known.
        let known = view.as_of.date() <= view.period.end();
        for code in AGE_CODES {
            let n = self.ages.get(code).copied().unwrap_or(0);
            match known {
                true => w.count("open.ageing", &[("over", code)], n),
                false => w.not_assessable("open.ageing", &[("over", code)], 0),
            }
        }
    }
}

/// Service, days used and days past the limit of a case decided under a limit in days.
fn days_of(case: &ScoredCase) -> Option<(&str, i64, i64)> {
    let standard = case.standard.as_ref()?;
    let judged = matches!(case.verdict, CaseVerdict::OnTime | CaseVerdict::Late);
    if !judged {
        return None;
    }
    let (offset, limit) = (i64::from(case.offset?), i64::from(case.limit?));
    let days = match standard.total.unit {
        // H is the first working day.
        Unit::WorkingDays => offset + 1,
        Unit::CalendarDays | Unit::ElapsedHours => offset,
    };
    Some((&standard.service, days, offset - limit))
}

fn age_class(case: &ScoredCase) -> Option<&'static str> {
    match case.verdict {
        CaseVerdict::ClockNotStarted => Some("not_started"),
        CaseVerdict::Running => Some("within"),
        CaseVerdict::Overdue => {
            // A limit in hours has no days over; it is past all the same.
            let over = case.days_over.unwrap_or(1).max(1);
            let class = AGES
                .iter()
                .find(|(_, least, most)| (*least..=*most).contains(&over));
            class.map(|(code, _, _)| *code)
        }
        _ => None,
    }
}
