//! One row of the contract out of the cells of any source (design.md, "Contract of the snapshot").
//!
//! In: cells in the contract's order, the rules of reading. Out: a row, or none, and a problem for each value that could
//! not be read; problems are Indonesian text for findings. No file, no SQL here.
//!
//! A row without readable `case_id`, `service`, `requires_recommendation` or `outcome` (cases), or without `case_id` or
//! `step` (steps), breaks the contract and is rejected. Every other value that cannot be read is missing, with a problem:
//! a case whose time of receipt is unreadable stays in every count it can be in.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::moment::Shape;
use super::value::{Cell, Reason, read_bool, read_date, read_instant, read_step, read_text};
use crate::finding::Check;
use crate::snapshot::{CaseRow, Outcome, StepRow};

/// How much the contract needs a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The column must be there, and every row needs a value: one without is rejected.
    Value,
    /// The column must be there; a value may be missing, which is a finding.
    Column,
    /// The column may be absent: the values are missing then.
    Optional,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Text,
    /// A whole number.
    Whole,
    /// Yes or no.
    YesNo,
    /// A point in time.
    Instant,
    /// A local date.
    Date,
}

/// A column of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub need: Need,
    pub class: Class,
}

const fn value(name: &'static str, class: Class) -> Field {
    Field {
        name,
        need: Need::Value,
        class,
    }
}

const fn column(name: &'static str, class: Class) -> Field {
    Field {
        name,
        need: Need::Column,
        class,
    }
}

const fn optional(name: &'static str, class: Class) -> Field {
    Field {
        name,
        need: Need::Optional,
        class,
    }
}

/// Columns of `cases`, in order.
pub const CASE_FIELDS: &[Field] = &[
    value("case_id", Class::Text),
    value("service", Class::Text),
    column("received_at", Class::Instant),
    value("requires_recommendation", Class::YesNo),
    value("outcome", Class::Text),
    optional("closed_at", Class::Instant),
    optional("applicant", Class::Text),
    optional("region", Class::Text),
    optional("channel", Class::Text),
    optional("due_on", Class::Date),
];

/// Columns of `steps`, in order. `row_id` is the source's own number of the row, where it has one.
pub const STEP_FIELDS: &[Field] = &[
    value("case_id", Class::Text),
    value("step", Class::Whole),
    optional("officer", Class::Text),
    optional("started_at", Class::Instant),
    optional("completed_at", Class::Instant),
    optional("result", Class::Text),
    optional("row_id", Class::Text),
];

/// Cells of one row, in the contract's order; unused ones are empty.
pub type Cells<'a> = [Cell<'a>; 10];

/// Which rows a file or query delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportKind {
    Cases,
    Steps,
}

impl ImportKind {
    /// All kinds.
    pub const ALL: [ImportKind; 2] = [ImportKind::Cases, ImportKind::Steps];

    /// The word of the command line.
    pub fn code(self) -> &'static str {
        match self {
            ImportKind::Cases => "cases",
            ImportKind::Steps => "steps",
        }
    }

    /// The contract's columns.
    pub fn fields(self) -> &'static [Field] {
        match self {
            ImportKind::Cases => CASE_FIELDS,
            ImportKind::Steps => STEP_FIELDS,
        }
    }
}

/// A code list: the source's word to the contract's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes {
    pub words: BTreeMap<String, String>,
    /// A word outside the list is read as it stands instead of being a finding.
    pub keep_unlisted: bool,
}

/// How values are read, per column of the contract.
#[derive(Debug, Clone)]
pub struct Rules {
    pub zone: Tz,
    pub shapes: [Option<Shape>; 10],
    pub codes: [Option<Codes>; 10],
}

impl Rules {
    /// The contract's own types, nothing mapped.
    pub fn plain(zone: Tz) -> Self {
        Self {
            zone,
            shapes: Default::default(),
            codes: Default::default(),
        }
    }
}

/// What was wrong in a row. `case_id` where the row names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub check: Check,
    /// The contract's column that could not be read; None where it was read but is doubtful.
    pub column: Option<usize>,
    pub case_id: Option<String>,
    pub message: String,
}

/// A step row with the number its source gives it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepRecord {
    pub row: StepRow,
    pub row_id: Option<String>,
}

struct Reading<'r, 'c> {
    rules: &'r Rules,
    cells: Cells<'c>,
    fields: &'static [Field],
    case_id: Option<String>,
    problems: &'r mut Vec<Problem>,
}

impl Reading<'_, '_> {
    fn problem(&mut self, check: Check, at: usize, reason: &str) {
        let consequence = match check {
            Check::UnreadableRow => "baris tidak dipakai",
            _ => "nilai diperlakukan sebagai kosong",
        };
        let cell = self.cells[at].trimmed();
        let found = if cell.is_empty() {
            "kosong".to_owned()
        } else {
            format!("berisi {}, {reason}", cell.quoted())
        };
        self.problems.push(Problem {
            check,
            column: Some(at),
            case_id: self.case_id.clone(),
            message: format!("Kolom {} {found}; {consequence}.", self.fields[at].name),
        });
    }

    /// The cell after the code list, trimmed.
    fn cell<T>(
        &self,
        at: usize,
        read: impl FnOnce(Cell<'_>) -> Result<T, Reason>,
    ) -> Result<T, Reason> {
        let cell = self.cells[at].trimmed();
        match &self.rules.codes[at] {
            Some(codes) if !cell.is_empty() => match codes.words.get(cell.text().as_ref()) {
                Some(word) => read(Cell::Text(word)),
                None if codes.keep_unlisted => read(cell),
                None => Err("tidak ada dalam daftar kode pada berkas pemetaan"),
            },
            _ => read(cell),
        }
    }

    fn required<T>(
        &mut self,
        at: usize,
        read: impl FnOnce(Cell<'_>) -> Result<T, Reason>,
    ) -> Option<T> {
        match self.cell(at, read) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.problem(Check::UnreadableRow, at, reason);
                None
            }
        }
    }

    fn maybe<T>(
        &mut self,
        at: usize,
        read: impl FnOnce(Cell<'_>) -> Result<Option<T>, Reason>,
    ) -> Option<T> {
        match self.cell(at, read) {
            Ok(value) => value,
            Err(reason) => {
                self.problem(Check::UnreadableValue, at, reason);
                None
            }
        }
    }

    fn instant(&mut self, at: usize) -> Option<i64> {
        let rules = self.rules;
        self.maybe(at, |c| {
            read_instant(c, rules.shapes[at].as_ref(), rules.zone)
        })
    }
}

fn present(cell: Cell<'_>) -> Result<String, Reason> {
    read_text(cell)?.ok_or("kosong")
}

fn outcome(cell: Cell<'_>) -> Result<Outcome, Reason> {
    Outcome::from_code(&cell.text())
        .ok_or("bukan salah satu dari open, issued, rejected, withdrawn")
}

/// Reads a row of `cases`.
pub fn case_row(cells: Cells<'_>, rules: &Rules, problems: &mut Vec<Problem>) -> Option<CaseRow> {
    let mut reading = Reading {
        rules,
        cells,
        fields: CASE_FIELDS,
        case_id: None,
        problems,
    };
    let case_id = reading.required(0, present)?;
    reading.case_id = Some(case_id.clone());
    let service = reading.required(1, present);
    let requires_recommendation = reading.required(3, read_bool);
    let outcome = reading.required(4, outcome);
    let (service, requires_recommendation, outcome) =
        (service?, requires_recommendation?, outcome?);
    let row = CaseRow {
        case_id,
        service,
        received_at: reading.instant(2),
        requires_recommendation,
        outcome,
        closed_at: reading.instant(5),
        applicant: reading.maybe(6, read_text),
        region: reading.maybe(7, read_text),
        channel: reading.maybe(8, read_text),
        due_on: reading.maybe(9, |c| read_date(c, rules.shapes[9].as_ref(), rules.zone)),
    };
    Some(row)
}

/// Reads a row of `steps`.
pub fn step_row(
    cells: Cells<'_>,
    rules: &Rules,
    problems: &mut Vec<Problem>,
) -> Option<StepRecord> {
    let mut reading = Reading {
        rules,
        cells,
        fields: STEP_FIELDS,
        case_id: None,
        problems,
    };
    let case_id = reading.required(0, present)?;
    reading.case_id = Some(case_id.clone());
    let step = reading.required(1, read_step)?;
    let row = StepRow {
        case_id,
        step,
        started_at: reading.instant(3),
        completed_at: reading.instant(4),
        officer: reading.maybe(2, read_text),
        result: reading.maybe(5, read_text),
    };
    let row_id = reading.maybe(6, read_text);
    Some(StepRecord { row, row_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells<'a>(given: &[&'a str]) -> Cells<'a> {
        let mut cells = [Cell::Empty; 10];
        for (cell, text) in cells.iter_mut().zip(given) {
            *cell = Cell::Text(text);
        }
        cells
    }

    #[test]
    fn a_case_breaking_the_contract_is_rejected_with_every_reason() {
        let rules = Rules::plain(chrono_tz::Asia::Makassar);
        let mut problems = Vec::new();
        let row = case_row(
            cells(&["B-1", "", "2026-06-01", "mungkin", "selesai"]),
            &rules,
            &mut problems,
        );
        assert_eq!(row, None);
        assert_eq!(problems.len(), 3);
        assert!(
            problems
                .iter()
                .all(|p| p.check == Check::UnreadableRow && p.case_id.as_deref() == Some("B-1"))
        );
        assert_eq!(
            problems[0].message,
            "Kolom service kosong; baris tidak dipakai."
        );
    }

    #[test]
    fn an_unreadable_time_reads_as_missing() {
        let rules = Rules::plain(chrono_tz::Asia::Makassar);
        let mut problems = Vec::new();
        let row = step_row(
            cells(&["B-1", "7", "P1", "2026-02-31 08:00", "2026-06-01"]),
            &rules,
            &mut problems,
        )
        .unwrap();
        assert_eq!(row.row.started_at, None);
        assert!(row.row.completed_at.is_some());
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].check, Check::UnreadableValue);
        assert!(
            problems[0].message.contains("“2026-02-31 08:00”"),
            "{}",
            problems[0].message
        );
    }
}
