//! Data-quality findings that need no clock and no standard (scoring.md, section 6).
//!
//! In: a snapshot, the office's zone. Out: findings; the snapshot is not touched. Duplicate step rows, calendar years,
//! unknown services and steps, outcomes and the clock's own findings are made where they are scored.
//!
//! Rules chosen here, where scoring.md is silent:
//! - one finding per step row or case. Where **no** row of the whole source has a start, a completion or an officer, that
//!   is one fact about the source: one finding with the number of rows, not one for each;
//! - a step without completion is no finding in an open case: it may be at work;
//! - equal rows of one case id are a warning, unequal ones block (they contradict each other);
//! - **typed afterwards**: at least [`REGULAR_CASES`] different cases have a step instant in the very same second. A
//!   busy counter completes a few steps in a second, not twenty. Instants at 00.00.00 are left out: they come from
//!   sources that keep dates only, and are summed up in one finding where that many cases have them.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use rayon::prelude::*;

use super::contract::{CaseRow, Outcome, Snapshot, StepRow};
use crate::finding::{Check, Finding};
use crate::format::{count, date_time_exact};
use crate::instant::Instant;

/// So many different cases in one second are too regular to have been recorded as they happened.
pub const REGULAR_CASES: usize = 20;

/// All findings on the snapshot itself, in their order. Those of the reading, in `snapshot.findings`, are not repeated.
pub fn check(snapshot: &Snapshot, zone: Tz) -> Vec<Finding> {
    let mut checker = Checker {
        snapshot,
        zone,
        outcomes: BTreeMap::new(),
        findings: Vec::new(),
    };
    for row in &snapshot.cases {
        checker.outcomes.entry(&row.case_id).or_insert(row.outcome);
    }
    checker.duplicate_cases();
    checker.orphans();
    checker.case_times();
    checker.officers();
    checker.step_times();
    checker.regular_times();
    checker.findings.sort_unstable();
    checker.findings
}

struct Checker<'a> {
    snapshot: &'a Snapshot,
    zone: Tz,
    outcomes: BTreeMap<&'a str, Outcome>,
    findings: Vec<Finding>,
}

fn step_key(row: &StepRow) -> String {
    format!("{}/{}", row.case_id, row.step)
}

impl<'a> Checker<'a> {
    fn add(&mut self, check: Check, key: impl Into<String>, message: String) {
        self.findings.push(Finding::new(check, key, message));
    }

    fn words(&self, micros: i64) -> String {
        date_time_exact(Instant::from_utc_micros(micros, self.zone))
    }

    fn duplicate_cases(&mut self) {
        let mut rows: BTreeMap<&str, Vec<&CaseRow>> = BTreeMap::new();
        for row in &self.snapshot.cases {
            rows.entry(&row.case_id).or_default().push(row);
        }
        for (id, rows) in rows.into_iter().filter(|(_, rows)| rows.len() > 1) {
            let equal = rows.iter().all(|r| *r == rows[0]);
            let n = rows.len();
            let content = if equal { "sama" } else { "berbeda" };
            let message = format!("Berkas {id} tercatat {n} kali dengan isi yang {content}.");
            let finding = Finding::new(Check::DuplicateCase, id, message);
            self.findings.push(finding);
        }
    }

    /// Steps with no case, cases with no steps.
    fn orphans(&mut self) {
        let mut steps: BTreeMap<&'a str, u64> = BTreeMap::new();
        // Rows of a case stand together, so that each case is looked up once.
        for rows in self.snapshot.steps.chunk_by(|a, b| a.case_id == b.case_id) {
            *steps.entry(&rows[0].case_id).or_default() += rows.len() as u64;
        }
        for (id, n) in &steps {
            if !self.outcomes.contains_key(id) {
                let message = format!(
                    "{} baris langkah menyebut berkas {id} yang tidak ada dalam data berkas.",
                    count(*n)
                );
                self.add(Check::StepWithoutCase, *id, message);
            }
        }
        let without: Vec<&str> = self
            .outcomes
            .keys()
            .filter(|id| !steps.contains_key(*id))
            .copied()
            .collect();
        for id in without {
            self.add(
                Check::CaseWithoutSteps,
                id,
                format!("Berkas {id} tidak memiliki satu pun langkah."),
            );
        }
    }

    fn case_times(&mut self) {
        for row in self
            .snapshot
            .cases
            .iter()
            .filter(|r| r.received_at.is_none())
        {
            let message = format!("Waktu diterima berkas {} tidak tercatat.", row.case_id);
            self.add(Check::MissingTimestamps, &row.case_id, message);
        }
    }

    fn officers(&mut self) {
        let steps = &self.snapshot.steps;
        if steps.len() > 1 && steps.iter().all(|r| r.officer.is_none()) {
            let n = count(steps.len() as u64);
            let message =
                format!("Sumber tidak mencatat pelaksana pada satu pun dari {n} baris langkah.");
            return self.add(Check::MissingOfficer, "", message);
        }
        for row in steps.iter().filter(|r| r.officer.is_none()) {
            let message = format!(
                "Pelaksana langkah {} pada berkas {} tidak tercatat.",
                row.step, row.case_id
            );
            self.add(Check::MissingOfficer, step_key(row), message);
        }
    }

    fn step_times(&mut self) {
        let steps = &self.snapshot.steps;
        let many = steps.len() > 1;
        let no_starts = many && steps.iter().all(|r| r.started_at.is_none());
        let no_completions = many && steps.iter().all(|r| r.completed_at.is_none());
        for (none, word) in [(no_starts, "mulai"), (no_completions, "selesai")] {
            if none {
                let n = count(steps.len() as u64);
                let message = format!(
                    "Sumber tidak mencatat waktu {word} pada satu pun dari {n} baris langkah."
                );
                self.add(Check::MissingTimestamps, "", message);
            }
        }
        for row in steps {
            // Words and look-ups only where a row needs them: most need none.
            let in_order = row.started_at.is_some() && row.started_at <= row.completed_at;
            if in_order {
                continue;
            }
            let place = format!("langkah {} pada berkas {}", row.step, row.case_id);
            let closed = self
                .outcomes
                .get(row.case_id.as_str())
                .is_some_and(|o| *o != Outcome::Open);
            let message = match (row.started_at, row.completed_at) {
                (None, None) => format!("Waktu mulai dan selesai {place} tidak tercatat."),
                (None, Some(_)) if !no_starts => format!("Waktu mulai {place} tidak tercatat."),
                (Some(_), None) if closed && !no_completions => {
                    format!("Waktu selesai {place} tidak tercatat padahal berkas sudah ditutup.")
                }
                (Some(start), Some(end)) if end < start => {
                    let message = format!(
                        "Waktu selesai {place} ({}) mendahului waktu mulai ({}).",
                        self.words(end),
                        self.words(start)
                    );
                    self.add(Check::CompletedBeforeStarted, step_key(row), message);
                    continue;
                }
                _ => continue,
            };
            self.add(Check::MissingTimestamps, step_key(row), message);
        }
    }

    fn regular_times(&mut self) {
        let mut seconds: Vec<(i64, &str)> = Vec::with_capacity(self.snapshot.steps.len() * 2);
        for row in &self.snapshot.steps {
            for micros in [row.started_at, row.completed_at].into_iter().flatten() {
                seconds.push((micros.div_euclid(1_000_000), &row.case_id));
            }
        }
        // By second alone: cases matter only where a second has many instants.
        seconds.par_sort_unstable_by_key(|(second, _)| *second);
        let mut midnight_cases: BTreeSet<&str> = BTreeSet::new();
        let mut midnight_instants = 0;
        for group in seconds.chunk_by_mut(|a, b| a.0 == b.0) {
            let instant = Instant::from_utc_seconds(group[0].0, self.zone);
            if instant.second_of_day() == 0 {
                midnight_instants += group.len() as u64;
                midnight_cases.extend(group.iter().map(|(_, id)| *id));
                continue;
            }
            if group.len() < REGULAR_CASES {
                continue;
            }
            group.sort_unstable();
            let cases = group.chunk_by(|a, b| a.1 == b.1).count();
            if cases >= REGULAR_CASES {
                let when = self.words(group[0].0 * 1_000_000);
                let (n, m) = (count(group.len() as u64), count(cases as u64));
                let message = format!(
                    "{n} waktu langkah pada {m} berkas tercatat tepat sama, yaitu {when}; diduga diketik kemudian."
                );
                self.add(Check::TypedAfterwards, instant.to_iso(), message);
            }
        }
        if midnight_cases.len() >= REGULAR_CASES {
            let (n, m) = (count(midnight_instants), count(midnight_cases.len() as u64));
            let message = format!(
                "{n} waktu langkah pada {m} berkas tercatat pukul 00.00.00; sumber diduga hanya menyimpan tanggal."
            );
            self.add(Check::TypedAfterwards, "", message);
        }
    }
}
