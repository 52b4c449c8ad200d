//! A row of an event log that is half an execution: the start of a step, or its completion.
//!
//! In: cells in the order of [`EVENT_FIELDS`](super::fields::EVENT_FIELDS), the rules of reading. Out: an event. Which
//! start and completion belong together is settled over the whole file, in [`crate::source::files::lifecycle`].

use super::fields::{COMPLETED, INSTANCE, LIFECYCLE, STARTED};
use super::reading::{Reading, coded, present};
use super::{Cells, ImportKind, Problem, Rules, StepRecord, step_row};
use crate::source::value::{Cell, Reason, read_text};

/// What an event says of its execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transition {
    Start,
    Complete,
}

/// What a word of the log's lifecycle column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Event(Transition),
    /// A transition that neither begins nor ends an execution, and that the mapping says to leave out.
    Ignored,
}

impl Meaning {
    /// Reads `start` and `complete`, the words of the lifecycle extension of IEEE Std 1849-2016, in capitals or not, and
    /// `ignore`, which a code list may say. Nothing else is guessed to be one of them.
    pub fn of(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "start" => Some(Meaning::Event(Transition::Start)),
            "complete" => Some(Meaning::Event(Transition::Complete)),
            "ignore" => Some(Meaning::Ignored),
            _ => None,
        }
    }
}

/// One event: its record has only the instant that its transition says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepEvent {
    pub record: StepRecord,
    pub instance: Option<String>,
    pub transition: Transition,
    /// Line of the file.
    pub line: u64,
}

impl StepEvent {
    /// When it happened; None where that cannot be read.
    pub fn time(&self) -> Option<i64> {
        match self.transition {
            Transition::Start => self.record.row.started_at,
            Transition::Complete => self.record.row.completed_at,
        }
    }

    /// Who did it.
    pub fn officer(&self) -> Option<&str> {
        self.record.row.officer.as_deref()
    }
}

fn meaning(cell: Cell<'_>) -> Result<Meaning, Reason> {
    Meaning::of(&present(cell)?)
        .ok_or("bukan start atau complete, dan tidak ada dalam daftar kode pada berkas pemetaan")
}

/// The cells without the instant that the event says nothing of: both are usually read from one column.
pub fn halved<'c>(mut cells: Cells<'c>, rules: &Rules) -> Cells<'c> {
    let cell = cells[LIFECYCLE].trimmed();
    match coded(cell, rules.codes[LIFECYCLE].as_ref(), meaning) {
        Ok(Meaning::Event(Transition::Start)) => cells[COMPLETED] = Cell::Empty,
        Ok(Meaning::Event(Transition::Complete)) => cells[STARTED] = Cell::Empty,
        // What is left out, or not understood, has no time that could be unreadable.
        Ok(Meaning::Ignored) | Err(_) => {
            (cells[STARTED], cells[COMPLETED]) = (Cell::Empty, Cell::Empty);
        }
    }
    cells
}

/// Reads an event out of [`halved`] cells. The outer None is a row that breaks the contract, the inner one an event that
/// is left out.
pub fn step_event(
    cells: Cells<'_>,
    line: u64,
    rules: &Rules,
    problems: &mut Vec<Problem>,
) -> Option<Option<StepEvent>> {
    let mut reading = Reading::new(ImportKind::Steps, cells, rules, problems);
    reading.subject()?;
    let transition = match reading.required(LIFECYCLE, meaning)? {
        Meaning::Ignored => return Some(None),
        Meaning::Event(transition) => transition,
    };
    let instance = reading.maybe(INSTANCE, read_text);
    let record = step_row(cells, rules, problems)?;
    Some(Some(StepEvent {
        record,
        instance,
        transition,
        line,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_start_and_complete_are_known_by_themselves() {
        let event = |t| Some(Meaning::Event(t));
        assert_eq!(Meaning::of("START"), event(Transition::Start));
        assert_eq!(Meaning::of("complete"), event(Transition::Complete));
        for other in ["schedule", "suspend", "completed", "selesai", ""] {
            assert_eq!(Meaning::of(other), None, "{other}");
        }
    }
}
