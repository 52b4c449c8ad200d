//! The manifest of an edition: everything that went in and came out, by digest (design.md).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What an edition was made from. Equal inputs make equal bytes, so an equal value makes no new edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    pub program: String,
    pub report: String,
    pub period: String,
    /// Local ISO 8601 with offset.
    pub as_of: String,
    pub settings: SettingsUsed,
    pub snapshot: SnapshotUsed,
    pub standards: Vec<StandardUsed>,
    pub calendar: CalendarUsed,
    /// File name to digest.
    pub queries: BTreeMap<String, String>,
    /// Cases open at the end of the period before, as last published; null where nothing was.
    pub published_closing: Option<u64>,
    /// The staff register and the follow-ups, where the report uses them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<BesideUsed>,
    /// The survey forms and the instruments, where the report uses them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey: Option<SurveyUsed>,
}

/// The forms of a survey, and what they are held by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyUsed {
    pub digest: String,
    pub responses: u64,
    pub instruments: Vec<InstrumentUsed>,
}

/// One instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentUsed {
    pub code: String,
    pub file: String,
    pub digest: String,
}

/// What is read beside cases and steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideUsed {
    pub digest: String,
    pub staff: u64,
    pub followups: u64,
}

/// The settings that a figure depends on, and the digest of the whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsUsed {
    pub digest: String,
    pub office: String,
    pub synthetic: bool,
    pub zone: String,
    pub least_n: u64,
    pub at_risk_days: u32,
    pub joint_leave_works: bool,
}

/// The snapshot read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotUsed {
    pub digest: String,
    pub cases: u64,
    pub steps: u64,
    pub findings: u64,
}

/// One revision of one standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardUsed {
    pub document: String,
    pub revision: String,
    pub file: String,
    pub digest: String,
}

/// The calendar, and how sure its years are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarUsed {
    pub name: String,
    pub digest: String,
    /// Years that are not final: `2027: provisional`.
    pub unsettled: BTreeMap<String, String>,
}

/// One file of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    pub bytes: u64,
    pub digest: String,
}

/// Counts of an edition, for a look without opening it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows listed in the workbook.
    pub cases: u64,
    pub executions: u64,
    /// Verdict word to count, over the cases and executions listed.
    pub case_verdicts: BTreeMap<String, u64>,
    pub day_verdicts: BTreeMap<String, u64>,
    pub minute_verdicts: BTreeMap<String, u64>,
    /// Survey forms of the period, where the report is of a survey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responses: Option<u64>,
    /// Level to count, over all findings of the run.
    pub findings: BTreeMap<String, u64>,
}

/// `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub edition: u32,
    pub inputs: Inputs,
    pub counts: Counts,
    pub outputs: BTreeMap<String, Output>,
    /// Digest of the manifest published before this one for the same report; null for the first.
    pub previous: Option<String>,
}
