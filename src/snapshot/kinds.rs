//! Rows of the contract beside cases and steps: survey answers, complaints, staff (design.md, "Contract of the snapshot").
//!
//! Instants are UTC microseconds, dates local, as read; nothing is cut, corrected or left out here. Each row's order is
//! total and begins with what it is known by.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answers::{Answers, Questionnaires};
use super::word::{Word, Words};

/// One survey form (responden).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ResponseRow {
    pub response_id: String,
    pub answered_on: NaiveDate,
    /// Code of a standard.
    pub service: Word,
    pub case_id: Option<String>,
    pub answers: Answers,
    /// `L` or `P`; as with the others below, a word that is none of the usual ones stays as it was written.
    pub sex: Option<Word>,
    pub age: Option<i32>,
    /// `SD`, `SMP`, `SMA`, `D1-D3`, `S1`, `S2` or `S3`.
    pub education: Option<Word>,
    /// `PNS`, `TNI`, `POLRI`, `SWASTA`, `WIRAUSAHA` or `Lainnya`.
    pub occupation: Option<Word>,
    /// `08-12` or `13-17`.
    pub hour_band: Option<Word>,
    pub suggestion: Option<String>,
}

/// What equal forms share in memory, for whoever reads many.
#[derive(Debug, Default)]
pub struct Sharing {
    pub words: Words,
    pub questionnaires: Questionnaires,
}

/// One complaint (pengaduan).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ComplaintRow {
    pub complaint_id: String,
    pub service: Option<String>,
    pub channel: Option<String>,
    /// UTC microseconds.
    pub received_at: Option<i64>,
    /// UTC microseconds.
    pub responded_at: Option<i64>,
    /// UTC microseconds.
    pub resolved_at: Option<i64>,
    pub category: Option<String>,
}

/// One officer in one role, from a date on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StaffRow {
    /// As in `steps`.
    pub officer: String,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    pub name: Option<String>,
    pub unit: Option<String>,
    pub role: Option<String>,
    pub certificates: Option<String>,
}

/// One finding of an earlier report, and what the office does about it (tindak lanjut).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FollowupRow {
    pub followup_id: String,
    /// The period the finding was made in, e.g. `2025-S2`.
    pub period: String,
    /// Id of a figure, e.g. `stage.within_window`.
    pub indicator: String,
    /// Group of the figure: `step=12`, `k=v;k=v`, empty for the office.
    pub group: String,
    /// In words.
    pub finding: String,
    pub cause: Option<String>,
    pub action: Option<String>,
    pub who: Option<String>,
    pub by_when: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub note: Option<String>,
}
