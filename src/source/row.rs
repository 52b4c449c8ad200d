//! One row of the contract out of the cells of any source (design.md, "Contract of the snapshot").
//!
//! In: cells in the contract's order, the rules of reading. Out: a row, or none, and a problem for each value that could
//! not be read; problems are Indonesian text for findings. No file, no SQL here. The columns of each kind stand in
//! [`fields`], how one value becomes part of a row in `reading`.
//!
//! A row without a readable value in a column of [`Need::Value`] breaks the contract and is rejected. Every other value
//! that cannot be read is missing, with a problem: a case whose time of receipt is unreadable stays in every count it can
//! be in. An answer of a survey form that is none of 1 to 4 is missing, with a problem, and never 0; a blank one is missing.

mod answers;
pub mod event;
pub mod fields;
mod follow_up;
mod reading;
pub mod respondent;
pub mod scale;

use std::collections::BTreeMap;

use chrono_tz::Tz;

pub use self::answers::{response_row, usable_code};
pub use self::fields::{CASE_FIELDS, Class, Field, ImportKind, Need, STEP_FIELDS, WIDTH};
pub use self::follow_up::followup_row;
use self::reading::{Reading, outcome, present};
pub use self::scale::Scale;
use super::moment::Shape;
use super::value::{Cell, Decimal, read_bool, read_text, read_whole};
use crate::finding::Check;
use crate::snapshot::{CaseRow, ComplaintRow, StaffRow, StepRow};

/// Cells of one row, in the contract's order; unused ones are empty.
pub type Cells<'a> = [Cell<'a>; WIDTH];

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
    /// Zone in which a time gives its date.
    pub dates: Tz,
    /// A time without offset is unreadable: nobody has said which zone it is in.
    pub needs_offset: bool,
    /// The decimal mark of numbers in text.
    pub decimal: Decimal,
    pub shapes: [Option<Shape>; WIDTH],
    pub codes: [Option<Codes>; WIDTH],
}

impl Rules {
    /// The contract's own types, nothing mapped.
    pub fn plain(zone: Tz) -> Self {
        Self {
            zone,
            dates: zone,
            needs_offset: false,
            decimal: Decimal::Either,
            shapes: Default::default(),
            codes: Default::default(),
        }
    }
}

/// What was wrong in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub check: Check,
    /// The contract's column that could not be read, or [`WIDTH`] and more: an element of a survey; None where it was read
    /// but is doubtful.
    pub column: Option<usize>,
    /// What the row is about, where it says so: the case, or for other kinds what the row is known by.
    pub subject: Option<String>,
    pub message: String,
}

/// A step row with the number its source gives it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepRecord {
    pub row: StepRow,
    pub row_id: Option<String>,
}

/// Reads a row of `cases`.
pub fn case_row(cells: Cells<'_>, rules: &Rules, problems: &mut Vec<Problem>) -> Option<CaseRow> {
    let mut reading = Reading::new(ImportKind::Cases, cells, rules, problems);
    let case_id = reading.subject()?;
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
        due_on: reading.date(9),
    };
    Some(row)
}

/// Reads a row of `steps`.
pub fn step_row(
    cells: Cells<'_>,
    rules: &Rules,
    problems: &mut Vec<Problem>,
) -> Option<StepRecord> {
    let mut reading = Reading::new(ImportKind::Steps, cells, rules, problems);
    let case_id = reading.subject()?;
    let step = reading.required(1, |c| read_whole(c, rules.decimal))?;
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

/// Reads a row of `complaints`.
pub fn complaint_row(
    cells: Cells<'_>,
    rules: &Rules,
    problems: &mut Vec<Problem>,
) -> Option<ComplaintRow> {
    let mut reading = Reading::new(ImportKind::Complaints, cells, rules, problems);
    Some(ComplaintRow {
        complaint_id: reading.subject()?,
        service: reading.maybe(1, read_text),
        channel: reading.maybe(2, read_text),
        received_at: reading.instant(3),
        responded_at: reading.instant(4),
        resolved_at: reading.instant(5),
        category: reading.maybe(6, read_text),
    })
}

/// Reads a row of `staff`.
pub fn staff_row(cells: Cells<'_>, rules: &Rules, problems: &mut Vec<Problem>) -> Option<StaffRow> {
    let mut reading = Reading::new(ImportKind::Staff, cells, rules, problems);
    let officer = reading.subject()?;
    let from = reading.required_date(5)?;
    Some(StaffRow {
        officer,
        from,
        until: reading.date(6),
        name: reading.maybe(1, read_text),
        unit: reading.maybe(2, read_text),
        role: reading.maybe(3, read_text),
        certificates: reading.maybe(4, read_text),
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::standard::instrument::{Element, Instrument, Owner, SourceMark};

    /// An instrument of these elements and the words of their answers.
    pub fn instrument(code: &str, elements: &[(&str, [&str; 4])]) -> Instrument {
        let weight = num_rational::BigRational::new(1.into(), elements.len().into());
        let element = |(code, words): &(&str, [&str; 4])| Element {
            code: (*code).to_owned(),
            title: format!("Unsur {}", code.to_lowercase()),
            weight: weight.clone(),
            question: Some(format!("Bagaimana pendapat Saudara tentang {code}?")),
            scale: words.map(str::to_owned),
            measured: None,
            keywords: Vec::new(),
        };
        Instrument {
            code: code.to_owned(),
            title: code.to_owned(),
            owner: Owner::Ministry,
            basis: String::new(),
            mark: SourceMark::Read,
            valid_from: chrono::NaiveDate::MIN,
            valid_to: None,
            elements: elements.iter().map(element).collect(),
            bands: Vec::new(),
            bands_mark: SourceMark::Read,
            orders: BTreeMap::new(),
            legacy: Vec::new(),
            notes: Vec::new(),
            file: format!("{code}.toml"),
            digest: String::new(),
        }
    }

    fn cells<'a>(given: &[&'a str]) -> Cells<'a> {
        let mut cells = [Cell::Empty; WIDTH];
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
                .all(|p| p.check == Check::UnreadableRow && p.subject.as_deref() == Some("B-1"))
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

    #[test]
    fn an_officer_without_the_day_a_role_begins_is_rejected() {
        let rules = Rules::plain(chrono_tz::Asia::Makassar);
        let mut problems = Vec::new();
        let given = ["P-1", "Nama", "Bidang", "Verifikator", "", "2026-02-30", ""];
        assert_eq!(staff_row(cells(&given), &rules, &mut problems), None);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].subject.as_deref(), Some("P-1"));
        assert!(
            problems[0]
                .message
                .contains("Kolom from berisi “2026-02-30”")
        );
    }
}
