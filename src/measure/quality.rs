//! Data quality of a report: all findings, those that concern the period, and their counts (scoring.md, section 6).

use std::collections::BTreeMap;

use chrono::Datelike;
use rayon::prelude::*;

use crate::finding::{Check, Finding, Level};
use crate::measure::membership::{Span, placed};
use crate::measure::put::Writer;
use crate::measure::review::Input;
use crate::score::{Scored, ScoredCase};
use crate::snapshot::checks;
use crate::standard::calendar::YearStatus;

/// All findings of a run in total order.
pub fn all(input: Input, of_score: Vec<Finding>) -> Vec<Finding> {
    let mut findings = input.snapshot.findings.clone();
    findings.extend(checks::check(input.snapshot, input.zone));
    findings.extend(of_score);
    findings.extend(of_calendar(input));
    findings.par_sort_unstable();
    findings
}

/// Years the period's cases touch that are provisional, or have no holidays on record.
fn of_calendar(input: Input) -> Vec<Finding> {
    let last = input.as_of.date().year().max(input.period.last().year());
    (input.period.first().year()..=last)
        .filter_map(|year| {
            let (check, words) = match input.library.calendar.years.get(&year)? {
                YearStatus::Final => return None,
                YearStatus::Provisional => (
                    Check::CalendarProvisional,
                    "masih sementara; angka dapat berubah bila hari libur ditetapkan lain",
                ),
                YearStatus::WithoutHolidays => (
                    Check::CalendarWithoutHolidays,
                    "tidak memuat hari libur; hari kerja dan jam pelayanan tidak dapat dinilai",
                ),
            };
            Some(Finding::new(
                check,
                year.to_string(),
                format!("Kalender tahun {year} {words}."),
            ))
        })
        .collect()
}

/// Keeps the findings that concern the period: on the cases listed for it, or on no known case. The others, on cases that
/// are in none of the period's counts, are counted. A blocking finding holds back the periods its case is part of, so that
/// one old mistake does not silence an office for good.
pub fn in_scope_of(input: Input, scored: &Scored, all: Vec<Finding>) -> (Vec<Finding>, u64) {
    let span = Span::of(input.period, input.as_of);
    let cases = scored.cases.as_slice();
    let concerns = |place: Option<usize>| {
        let case = place.and_then(|at| cases.get(at));
        case.is_none_or(|c| placed(c, &c.standing(), span).in_scope())
    };
    let before = all.len();
    let places = places(&all, cases);
    let kept = all.into_iter().zip(places);
    let kept: Vec<Finding> = kept
        .filter(|(_, place)| concerns(*place))
        .map(|(finding, _)| finding)
        .collect();
    let elsewhere = (before - kept.len()) as u64;
    (kept, elsewhere)
}

/// Which cases, by their place, have a finding that puts a figure in doubt: of any level but that of notes.
pub fn doubtful(findings: &[Finding], scored: &Scored) -> Vec<bool> {
    let mut doubtful = vec![false; scored.cases.len()];
    let places = places(findings, &scored.cases).into_iter().zip(findings);
    let in_doubt = places.filter(|(_, f)| f.level > Level::Info);
    for place in in_doubt.filter_map(|(place, _)| place) {
        if let Some(case) = doubtful.get_mut(place) {
            *case = true;
        }
    }
    doubtful
}

/// Where the case of each finding stands, in their order; None of one on no known case.
fn places(findings: &[Finding], cases: &[ScoredCase]) -> Vec<Option<usize>> {
    /// Findings of one part.
    const PART: usize = 4_096;
    let parts = findings.par_chunks(PART);
    parts
        .flat_map_iter(|findings| {
            let mut places = Places::new(cases, |c: &ScoredCase| &c.case_id);
            findings.iter().map(move |f| places.find(&f.key))
        })
        .collect()
}

/// Finds the case that a finding's key names: the key is the case's id, or begins with it and a slash. Ids may hold slashes
/// themselves, so the longest that fits is the one meant. Cases are ordered by id. So are findings as a rule, and each is
/// looked for from the last one on.
struct Places<'a, C, F> {
    cases: &'a [C],
    id: F,
    last: usize,
}

impl<'a, C, F: Fn(&C) -> &str> Places<'a, C, F> {
    fn new(cases: &'a [C], id: F) -> Self {
        Self { cases, id, last: 0 }
    }

    fn find(&mut self, key: &str) -> Option<usize> {
        let after = self.after(key);
        self.last = after.checked_sub(1)?;
        // Whatever fits comes before the key, and the longer the later: as a rule it is the last.
        let rest = self.cases.get(self.last).map(&self.id);
        let rest = rest.and_then(|id| key.strip_prefix(id));
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
            return Some(self.last);
        }
        let prefixes = key.match_indices('/').map(|(i, _)| &key[..i]).rev();
        prefixes
            .map(|prefix| self.cases.binary_search_by(|c| (self.id)(c).cmp(prefix)))
            .find_map(Result::ok)
    }

    /// How many ids are not after the key: looked for in strides that double.
    fn after(&self, key: &str) -> usize {
        let is_before = |at: usize| self.cases.get(at).is_some_and(|c| (self.id)(c) <= key);
        let mut from = if is_before(self.last) { self.last } else { 0 };
        let mut stride = 1;
        while is_before(from + stride) {
            from += stride;
            stride *= 2;
        }
        let to = self.cases.len().min(from + stride);
        let rest = self.cases.get(from..to).unwrap_or_default();
        from + rest.partition_point(|c| (self.id)(c) <= key)
    }
}

/// Writes how many findings each check and level has, and how many lie elsewhere.
pub fn write(w: &mut Writer, findings: &[Finding], elsewhere: u64) {
    let mut by_check: BTreeMap<Check, u64> = BTreeMap::new();
    let mut by_level: BTreeMap<Level, u64> = BTreeMap::new();
    for finding in findings {
        *by_check.entry(finding.check).or_default() += 1;
        *by_level.entry(finding.level).or_default() += 1;
    }
    for (check, n) in by_check {
        w.count("findings.count", &[("check", check.code())], n);
    }
    for level in [Level::Info, Level::Warning, Level::Error, Level::Blocking] {
        let n = by_level.get(&level).copied().unwrap_or(0);
        w.count("findings.count", &[("level", level.code())], n);
    }
    w.count("findings.elsewhere", &[], elsewhere);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_the_longest_id_that_it_begins_with() {
        let ids = ["A", "A-1", "A/2", "A/2/3", "B"];
        let keys = [
            ("A", Some("A")),
            ("A/7/1", Some("A")),
            ("A/2", Some("A/2")),
            ("A/2/3", Some("A/2/3")),
            ("A/2/31", Some("A/2")),
            ("A-1/7", Some("A-1")),
            ("A-12", None),
            ("AB", None),
            ("C/1", None),
            ("", None),
        ];
        // In whatever order they are asked for.
        for first in 0..keys.len() {
            let mut places = Places::new(&ids, |id: &&str| *id);
            for (key, id) in keys.iter().cycle().skip(first).step_by(3).take(40) {
                let found = places.find(key).map(|at| ids[at]);
                assert_eq!(found, *id, "{key}");
            }
        }
    }
}
