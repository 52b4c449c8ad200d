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

use chrono_tz::Tz;
use rayon::prelude::*;

use super::contract::{CaseRow, Outcome, Snapshot, StepRow};
use super::regular::Seconds;
use crate::finding::{Check, Finding};
use crate::format::{count, date_time_exact};
use crate::instant::{Instant, Offsets};

pub use super::regular::REGULAR_CASES;

/// All findings on the snapshot itself, in their order. Those of the reading, in `snapshot.findings`, are not repeated.
pub fn check(snapshot: &Snapshot, zone: Tz) -> Vec<Finding> {
    // Rows of one case are found beside each other. Out of order a case of two rows would pass as sound.
    if !in_order(snapshot) {
        let mut sorted = snapshot.clone();
        sorted.sort();
        return check(&sorted, zone);
    }
    let source = Source::of(&snapshot.steps);
    let mut findings = Vec::new();
    duplicate_cases(&snapshot.cases, &mut findings);
    case_times(&snapshot.cases, &mut findings);
    source.check(snapshot.steps.len() as u64, &mut findings);
    let offsets = Offsets::modern(zone);
    let parts: Vec<(Vec<Finding>, Seconds)> = parts(snapshot)
        .into_par_iter()
        .map(|part| {
            let mut checker = Checker {
                source,
                zone,
                offsets: &offsets,
                findings: Vec::new(),
                seconds: Seconds::default(),
            };
            checker.part(part);
            (checker.findings, checker.seconds)
        })
        .collect();
    let mut seconds = Vec::with_capacity(parts.len());
    for (of_part, recorded) in parts {
        findings.extend(of_part);
        seconds.push(recorded);
    }
    super::regular::check(&seconds, &snapshot.steps, zone, &mut findings);
    findings.par_sort_unstable();
    findings
}

/// Whether cases and steps stand in the order of their cases.
fn in_order(snapshot: &Snapshot) -> bool {
    snapshot.cases.is_sorted_by(|a, b| a.case_id <= b.case_id)
        && snapshot.steps.is_sorted_by(|a, b| a.case_id <= b.case_id)
}

/// What no row of the source has.
#[derive(Debug, Clone, Copy)]
struct Source {
    no_officers: bool,
    no_starts: bool,
    no_completions: bool,
}

impl Source {
    fn of(steps: &[StepRow]) -> Self {
        let many = steps.len() > 1;
        Self {
            no_officers: many && steps.iter().all(|r| r.who().is_none()),
            no_starts: many && steps.iter().all(|r| r.started_at.is_none()),
            no_completions: many && steps.iter().all(|r| r.completed_at.is_none()),
        }
    }

    fn check(self, rows: u64, findings: &mut Vec<Finding>) {
        let n = count(rows);
        if self.no_officers {
            let message =
                format!("Sumber tidak mencatat pelaksana pada satu pun dari {n} baris langkah.");
            findings.push(Finding::new(Check::MissingOfficer, "", message));
        }
        for (none, word) in [(self.no_starts, "mulai"), (self.no_completions, "selesai")] {
            if none {
                let message = format!(
                    "Sumber tidak mencatat waktu {word} pada satu pun dari {n} baris langkah."
                );
                findings.push(Finding::new(Check::MissingTimestamps, "", message));
            }
        }
    }
}

fn duplicate_cases(cases: &[CaseRow], findings: &mut Vec<Finding>) {
    for rows in cases.chunk_by(|a, b| a.case_id == b.case_id) {
        let Some((first, others @ [_, ..])) = rows.split_first() else {
            continue;
        };
        let (id, n) = (&first.case_id, rows.len());
        let equal = others.iter().all(|r| r == first);
        let content = if equal { "sama" } else { "berbeda" };
        let message = format!("Berkas {id} tercatat {n} kali dengan isi yang {content}.");
        findings.push(Finding::new(Check::DuplicateCase, id, message));
    }
}

fn case_times(cases: &[CaseRow], findings: &mut Vec<Finding>) {
    for row in cases.iter().filter(|r| r.received_at.is_none()) {
        let message = format!("Waktu diterima berkas {} tidak tercatat.", row.case_id);
        findings.push(Finding::new(
            Check::MissingTimestamps,
            &row.case_id,
            message,
        ));
    }
}

/// Steps of whole cases, and the cases from the first of them up to the first of the next part.
#[derive(Debug, Clone, Copy)]
struct Part<'a> {
    cases: &'a [CaseRow],
    steps: &'a [StepRow],
}

/// The snapshot in parts that can be checked on their own.
fn parts(snapshot: &Snapshot) -> Vec<Part<'_>> {
    /// Rows of a part, or a few more.
    const PART: usize = 16_384;
    let (mut cases, mut steps) = (snapshot.cases.as_slice(), snapshot.steps.as_slice());
    let mut parts = Vec::new();
    while let Some(last) = steps.get(PART) {
        let more = steps.iter().skip(PART);
        let own = PART + more.take_while(|s| s.case_id == last.case_id).count();
        let (of_part, rest) = steps.split_at(own);
        let before = match rest.first() {
            Some(next) => cases.partition_point(|c| c.case_id < next.case_id),
            None => cases.len(),
        };
        let (of_steps, further) = cases.split_at(before);
        parts.push(Part {
            cases: of_steps,
            steps: of_part,
        });
        (cases, steps) = (further, rest);
    }
    parts.push(Part { cases, steps });
    parts
}

/// Of rows of one case.
fn id_of(case: &[CaseRow]) -> Option<&str> {
    case.first().map(|c| c.case_id.as_str())
}

fn step_key(row: &StepRow) -> String {
    format!("{}/{}", row.case_id, row.step)
}

struct Checker<'a> {
    source: Source,
    zone: Tz,
    offsets: &'a Offsets,
    findings: Vec<Finding>,
    seconds: Seconds,
}

impl Checker<'_> {
    fn add(&mut self, check: Check, key: impl Into<String>, message: String) {
        self.findings.push(Finding::new(check, key, message));
    }

    fn words(&self, micros: i64) -> String {
        date_time_exact(Instant::from_utc_micros(micros, self.zone))
    }

    /// Steps with no case, cases with no steps, and what single rows say.
    fn part(&mut self, part: Part) {
        let mut cases = part
            .cases
            .chunk_by(|a, b| a.case_id == b.case_id)
            .peekable();
        for rows in part.steps.chunk_by(|a, b| a.case_id == b.case_id) {
            let Some(id) = rows.first().map(|row| row.case_id.as_str()) else {
                continue;
            };
            while let Some(case) = cases.next_if(|case| id_of(case) < Some(id)) {
                self.without_steps(case);
            }
            let case = cases.next_if(|case| id_of(case) == Some(id));
            let outcome = case.and_then(<[_]>::first).map(|c| c.outcome);
            if outcome.is_none() {
                let n = count(rows.len() as u64);
                let message = format!(
                    "{n} baris langkah menyebut berkas {id} yang tidak ada dalam data berkas."
                );
                self.add(Check::StepWithoutCase, id, message);
            }
            let closed = outcome.is_some_and(|o| o != Outcome::Open);
            for row in rows {
                self.officer(row);
                self.times(row, closed);
            }
            self.seconds.add(rows, self.offsets);
        }
        cases.for_each(|case| self.without_steps(case));
    }

    /// Rows of one case id that no step names.
    fn without_steps(&mut self, case: &[CaseRow]) {
        if let Some(CaseRow { case_id, .. }) = case.first() {
            let message = format!("Berkas {case_id} tidak memiliki satu pun langkah.");
            self.add(Check::CaseWithoutSteps, case_id, message);
        }
    }

    fn officer(&mut self, row: &StepRow) {
        if row.who().is_none() && !self.source.no_officers {
            let message = format!(
                "Pelaksana langkah {} pada berkas {} tidak tercatat.",
                row.step, row.case_id
            );
            self.add(Check::MissingOfficer, step_key(row), message);
        }
    }

    fn times(&mut self, row: &StepRow, closed: bool) {
        // Words only where a row needs them: most need none.
        let in_order = row.started_at.is_some() && row.started_at <= row.completed_at;
        if in_order {
            return;
        }
        let Source {
            no_starts,
            no_completions,
            ..
        } = self.source;
        let place = format!("langkah {} pada berkas {}", row.step, row.case_id);
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
                return self.add(Check::CompletedBeforeStarted, step_key(row), message);
            }
            _ => return,
        };
        self.add(Check::MissingTimestamps, step_key(row), message);
    }
}
