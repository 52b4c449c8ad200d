//! A row of `steps` on its way into a part: an execution, or half of one where the mapping names a lifecycle column.
//!
//! In: cells in the contract's order. Out: a step record or an event in the part, and what an event log lacks as problems:
//! - where a log has a column for the start and one for the completion, a row with only one of them is unpaired
//!   (`unpaired_event`), and stays;
//! - where the officer is the first of several columns and these disagree, that is a finding (`officers_differ`).

use crate::finding::Check;
use crate::source::files::columns::Columns;
use crate::source::files::lifecycle::unpaired;
use crate::source::files::part::Part;
use crate::source::files::task::Task;
use crate::source::row::event::{Transition, step_event};
use crate::source::row::fields::{COMPLETED, LIFECYCLE, OFFICER, STARTED};
use crate::source::row::{Cells, Problem, Rules, StepRecord, step_row};
use crate::source::value::Cell;

/// How the steps of a table are read.
#[derive(Clone, Copy)]
pub struct Steps<'a> {
    pub task: Task<'a>,
    pub columns: &'a Columns,
    pub rules: &'a Rules,
    /// The row holds several executions.
    pub is_wide: bool,
}

impl<'a> Steps<'a> {
    /// Whether the mapping says which events are starts and which completions.
    pub fn has_lifecycle(self) -> bool {
        self.columns.reads(LIFECYCLE)
    }

    /// Whether a row of an event log is an event. One in which nothing but the case's columns stand is none: a log keeps a
    /// case without events so.
    pub fn is_event(self, cells: &Cells<'_>) -> bool {
        !self.task.is_log
            || cells
                .iter()
                .enumerate()
                .any(|(at, cell)| at > 0 && self.columns.reads(at) && !cell.trimmed().is_empty())
    }

    /// Reads a row into the part; None where it breaks the contract. `cell` gives the source's cells.
    pub fn keep<'c>(
        self,
        cells: Cells<'_>,
        line: u64,
        cell: impl Fn(usize) -> Cell<'c>,
        into: &mut Part,
    ) -> Option<[Option<i64>; 2]>
    where
        'a: 'c,
    {
        let case_id = cells[0].trimmed();
        let (step, instants) = if self.has_lifecycle() {
            let read = step_event(cells, line, self.rules, &mut into.problems)?;
            let Some(event) = read else {
                return Some([None, None]);
            };
            let told = told(&event.record);
            into.events.push(event);
            told
        } else {
            let record = step_row(cells, self.rules, &mut into.problems)?;
            self.halves(&record, into);
            let told = told(&record);
            into.parsed.steps.push(record);
            told
        };
        if let Some(words) = self.columns.disagreement(OFFICER, cell) {
            let message = format!("Pelaksana langkah {step} tercatat berbeda: {words}.");
            let case_id = case_id.text();
            into.problems
                .push(doubt(Check::OfficersDiffer, &case_id, message));
        }
        Some(instants)
    }

    /// A finding on a row of a log that has a column for each instant but only one of them.
    fn halves(self, record: &StepRecord, into: &mut Part) {
        let present = match (record.row.started_at, record.row.completed_at) {
            (Some(_), None) => Transition::Start,
            (None, Some(_)) => Transition::Complete,
            _ => return,
        };
        if self.needs_both() {
            let message = unpaired(record, present, self.task.zone);
            let problem = doubt(Check::UnpairedEvent, &record.row.case_id, message);
            into.problems.push(problem);
        }
    }

    fn needs_both(self) -> bool {
        let both = self.columns.reads(STARTED) && self.columns.reads(COMPLETED);
        self.task.is_log && !self.is_wide && both
    }
}

/// Step and instants.
fn told(record: &StepRecord) -> (i32, [Option<i64>; 2]) {
    (
        record.row.step,
        [record.row.started_at, record.row.completed_at],
    )
}

fn doubt(check: Check, case_id: &str, message: String) -> Problem {
    Problem {
        check,
        column: None,
        subject: Some(case_id.to_owned()),
        message,
    }
}
