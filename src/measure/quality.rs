//! Data quality of a report: all findings, those that concern the period, and their counts (scoring.md, section 6).

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use crate::finding::{Check, Finding, Level};
use crate::measure::membership::in_scope;
use crate::measure::put::Writer;
use crate::measure::review::Input;
use crate::score::Scored;
use crate::snapshot::checks;
use crate::standard::calendar::YearStatus;

/// All findings of a run in total order.
pub fn all(input: Input, of_score: Vec<Finding>) -> Vec<Finding> {
    let mut findings = input.snapshot.findings.clone();
    findings.extend(checks::check(input.snapshot, input.zone));
    findings.extend(of_score);
    findings.extend(of_calendar(input));
    findings.sort_unstable();
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
    let mut listed: BTreeMap<&str, bool> = BTreeMap::new();
    for case in &scored.cases {
        listed.insert(&case.case_id, in_scope(case, input.period, input.as_of));
    }
    let before = all.len();
    let kept: Vec<Finding> = all
        .into_iter()
        .filter(|f| case_of(&f.key, &listed).copied().unwrap_or(true))
        .collect();
    let elsewhere = (before - kept.len()) as u64;
    (kept, elsewhere)
}

/// Ids of the cases with a finding that puts a figure in doubt: of any level but that of notes.
pub fn doubtful<'a>(findings: &[Finding], scored: &'a Scored) -> BTreeSet<&'a str> {
    let ids: BTreeMap<&str, &'a str> = scored
        .cases
        .iter()
        .map(|c| (c.case_id.as_str(), c.case_id.as_str()))
        .collect();
    findings
        .iter()
        .filter(|f| f.level > Level::Info)
        .filter_map(|f| case_of(&f.key, &ids).copied())
        .collect()
}

/// What is known of the case a finding's key names: the key is the case's id, or begins with it and a slash. Ids may hold
/// slashes themselves, so the longest that fits is the one meant.
fn case_of<'a, T>(key: &str, cases: &'a BTreeMap<&str, T>) -> Option<&'a T> {
    let prefixes = key.match_indices('/').map(|(i, _)| &key[..i]).rev();
    std::iter::once(key)
        .chain(prefixes)
        .find_map(|id| cases.get(id))
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
