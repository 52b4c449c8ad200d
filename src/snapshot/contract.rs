//! The contract of the snapshot: one row of cases, one row of steps, as any source must deliver them (design.md).
//!
//! Instants are UTC microseconds, as read; nothing is cut, corrected or left out here.

use chrono::NaiveDate;

use crate::finding::Finding;

/// How a case ended, as its source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    Open,
    Issued,
    Rejected,
    Withdrawn,
}

impl Outcome {
    /// All outcomes, in the order of the contract.
    pub const ALL: [Outcome; 4] = [
        Outcome::Open,
        Outcome::Issued,
        Outcome::Rejected,
        Outcome::Withdrawn,
    ];

    /// The contract's word.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Open => "open",
            Outcome::Issued => "issued",
            Outcome::Rejected => "rejected",
            Outcome::Withdrawn => "withdrawn",
        }
    }

    /// Reads the contract's word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.code() == code)
    }
}

/// One case (berkas permohonan).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseRow {
    pub case_id: String,
    /// Code of a standard.
    pub service: String,
    /// UTC microseconds.
    pub received_at: Option<i64>,
    pub requires_recommendation: bool,
    pub outcome: Outcome,
    /// UTC microseconds.
    pub closed_at: Option<i64>,
    pub applicant: Option<String>,
    pub region: Option<String>,
    pub channel: Option<String>,
    /// The source's own deadline, shown beside ours.
    pub due_on: Option<NaiveDate>,
}

/// One execution of a step, as recorded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepRow {
    pub case_id: String,
    pub step: i32,
    /// UTC microseconds.
    pub started_at: Option<i64>,
    /// UTC microseconds.
    pub completed_at: Option<i64>,
    pub officer: Option<String>,
    pub result: Option<String>,
}

/// How an officer is shown where none is recorded.
pub const UNRECORDED: &str = "(tidak tercatat)";

impl StepRow {
    /// Who did it. Somebody who wrote the word for nobody named nobody; whoever reads rows asks here.
    pub fn who(&self) -> Option<&str> {
        self.officer.as_deref().filter(|name| *name != UNRECORDED)
    }
}

/// A finding of the reading and the case whose row it is on; None where the row names no case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Noted {
    pub case_id: Option<String>,
    pub finding: Finding,
}

/// What was read from the sources, frozen: cases by `case_id`, steps by `case_id` and step, and the findings of the
/// reading itself. All three are in a total order, so equal contents are equal bytes.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    pub cases: Vec<CaseRow>,
    pub steps: Vec<StepRow>,
    pub findings: Vec<Finding>,
}

impl Snapshot {
    /// Puts all rows into their total order. Every source ends by calling this.
    pub fn sort(&mut self) {
        self.cases.sort_unstable();
        self.steps.sort_unstable();
        self.findings.sort_unstable();
    }

    /// Whether all rows are in their total order.
    pub fn is_sorted(&self) -> bool {
        self.cases.is_sorted() && self.steps.is_sorted() && self.findings.is_sorted()
    }
}
