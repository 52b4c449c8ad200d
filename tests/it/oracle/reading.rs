//! What a case looks like at `as_of`: instants read, later ones removed, equal rows made one, the outcome as read.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use tepat::finding::Check;
use tepat::instant::Instant;
use tepat::snapshot::{CaseRow, Outcome, StepRow};
use tepat::standard::Calendar;

/// One execution as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub step: i32,
    pub number: u32,
    pub started: Option<Instant>,
    pub completed: Option<Instant>,
    pub officer: Option<String>,
    pub result: Option<String>,
}

impl Row {
    /// "start (completion where the start is missing)"
    pub fn begin(&self) -> Option<Instant> {
        self.started.or(self.completed)
    }
}

/// One case as read at as_of.
#[derive(Debug, Clone)]
pub struct ReadCase {
    pub case_id: String,
    pub service: String,
    pub received: Option<Instant>,
    pub requires_recommendation: bool,
    pub outcome: Outcome,
    pub closed: Option<Instant>,
    pub rows: Vec<Row>,
    /// Steps whose every completion in the source lies after as_of.
    pub completions_removed: BTreeSet<i32>,
}

/// How the case ended by as_of.
#[derive(Debug, Clone, Copy)]
pub struct Ending {
    /// The outcome as read.
    pub outcome: Outcome,
    /// Decision (issued or rejected).
    pub decided: Option<Instant>,
    /// Closing time of a withdrawn case.
    pub withdrawn: Option<Instant>,
}

impl Ending {
    /// "the decision or closing of the case"
    pub fn closed(&self) -> Option<Instant> {
        self.decided.or(self.withdrawn)
    }
}

enum Read {
    Missing,
    Outside,
    Removed,
    At(Instant),
}

/// Reads a case; None for one received after as_of.
pub fn read(
    case: &CaseRow,
    steps: &[&StepRow],
    calendar: &Calendar,
    zone: Tz,
    as_of: Instant,
    notes: &mut BTreeSet<Check>,
) -> Option<ReadCase> {
    let mut instant = |micros: Option<i64>| {
        // "Instants are read into the office's local time, cut to whole seconds, before anything is counted."
        let Some(t) = micros.map(|m| Instant::from_utc_micros(m, zone)) else {
            return Read::Missing;
        };
        // "what happened after it has not happened. Each instant after it is removed on its own"
        // Reading: this goes first, so that a slip of the pen made later, such as 2062, cannot change a past period.
        if t > as_of {
            return Read::Removed;
        }
        // "A record's instant outside the calendar's years is a finding and reads as missing"
        if !calendar.covers(t.date()) {
            notes.insert(Check::InstantOutsideCalendar);
            return Read::Outside;
        }
        Read::At(t)
    };
    let received = match instant(case.received_at) {
        Read::Removed => return None,
        Read::At(t) => Some(t),
        Read::Missing | Read::Outside => None,
    };
    // "An outcome whose closing time is after it reads as open."
    let (outcome, closed) = match instant(case.closed_at) {
        Read::Removed => (Outcome::Open, None),
        Read::At(t) => (case.outcome, Some(t)),
        Read::Missing | Read::Outside => (case.outcome, None),
    };
    let (mut rows, mut doubled): (Vec<Row>, bool) = (Vec::new(), false);
    let (mut removed, mut kept) = (BTreeSet::new(), BTreeSet::new());
    for step in steps {
        let started = instant(step.started_at);
        let completed = instant(step.completed_at);
        match completed {
            Read::Removed => drop(removed.insert(step.step)),
            Read::At(_) => drop(kept.insert(step.step)),
            Read::Missing | Read::Outside => {}
        }
        let either = |f: fn(&Read) -> bool| f(&started) || f(&completed);
        // Reading: an instant outside the calendar stays behind as a missing one, so its row stays too.
        let all_removed =
            either(|r| matches!(r, Read::Removed)) && !either(|r| matches!(r, Read::Outside));
        let at = |r: Read| if let Read::At(t) = r { Some(t) } else { None };
        let row = Row {
            step: step.step,
            number: 0,
            started: at(started),
            completed: at(completed),
            // Reading: who wrote the word for nobody named nobody.
            officer: step.officer.clone().filter(|o| o != "(tidak tercatat)"),
            result: step.result.clone(),
        };
        // "a row with none left is absent, unless the source had none"
        if row.begin().is_none() && all_removed {
            continue;
        }
        // "Rows equal in every field, after reading and after as_of's removal, are one, with a finding."
        if rows.contains(&row) {
            doubled = true;
            continue;
        }
        rows.push(row);
    }
    if doubled {
        notes.insert(Check::DuplicateRow);
    }
    number(&mut rows);
    Some(ReadCase {
        case_id: case.case_id.clone(),
        service: case.service.clone(),
        received,
        requires_recommendation: case.requires_recommendation,
        outcome,
        closed,
        rows,
        completions_removed: removed.difference(&kept).copied().collect(),
    })
}

/// "Executions of a step in a case are numbered by start (completion where the start is missing), then completion, then
/// officer; missing instants last."
fn number(rows: &mut [Row]) {
    let last = |t: Option<Instant>| (t.is_none(), t.map(Instant::utc_seconds));
    let word = |w: &Option<String>| (w.is_none(), w.clone());
    rows.sort_by_key(|r| {
        (
            r.step,
            last(r.begin()),
            last(r.completed),
            word(&r.officer),
            word(&r.result),
            // Reading: a recorded start goes before one that only stands in for it.
            r.started.is_none(),
        )
    });
    for i in 0..rows.len() {
        let same = i > 0 && rows[i - 1].step == rows[i].step;
        rows[i].number = if same { rows[i - 1].number + 1 } else { 1 };
    }
}

/// Section 4, "Decided".
pub fn ending(case: &ReadCase, decides: Option<i32>) -> Ending {
    let first_decision = case
        .rows
        .iter()
        .filter(|r| Some(r.step) == decides)
        .filter_map(|r| r.completed)
        .min();
    let (mut outcome, mut decided, mut withdrawn) = (case.outcome, None, None);
    match case.outcome {
        // "outcome rejected, at its closing time"
        Outcome::Rejected => decided = case.closed,
        // "outcome issued or open, at the first completion of step 16 ... failing that, if issued, at its closing time"
        Outcome::Issued => decided = first_decision.or(case.closed),
        Outcome::Open => decided = first_decision,
        Outcome::Withdrawn => withdrawn = case.closed,
    }
    // Agreed reading: issued without closing time, and as_of removed every completion of the deciding step: open.
    if outcome == Outcome::Issued
        && decided.is_none()
        && decides.is_some_and(|d| case.completions_removed.contains(&d))
    {
        outcome = Outcome::Open;
    }
    Ending {
        outcome,
        decided,
        withdrawn,
    }
}
