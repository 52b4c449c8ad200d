//! The keys of a file in `standards/sop/`, as written. What they mean together is checked in `sop.rs` and `steps.rs`.

use serde::Deserialize;
use toml::{Spanned, Value};

use super::hours::WeekFile;
use super::parse::CitationFile;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SopFile {
    pub service: Spanned<String>,
    #[serde(default)]
    pub aliases: Vec<Spanned<String>>,
    pub name: Spanned<String>,
    pub document: Spanned<String>,
    pub revision: Spanned<String>,
    pub created: Option<Spanned<Value>>,
    pub revised: Option<Spanned<Value>>,
    pub effective_from: Spanned<Value>,
    pub effective_to: Option<Spanned<Value>>,
    #[serde(default)]
    pub synthetic: bool,
    pub legal_basis: Spanned<Vec<Spanned<String>>>,
    pub product: Spanned<String>,
    pub pause: Option<Spanned<String>>,
    pub decides: Option<Spanned<i32>>,
    pub hands_over: Option<Spanned<i32>>,
    #[serde(default)]
    pub separate_duties: Vec<Spanned<Vec<i32>>>,
    pub fee: CitationFile,
    pub total: TotalFile,
    pub clock: ClockFile,
    pub recommendation: Option<RecommendationFile>,
    pub pause_step: Option<PauseStepFile>,
    pub hours: HoursFile,
    #[serde(default)]
    pub step_hours: Vec<StepHoursFile>,
    pub step: Vec<Spanned<StepFile>>,
    #[serde(default)]
    pub history: Vec<HistoryFile>,
    #[serde(default)]
    pub section: Vec<SectionFile>,
}

/// The limit of the whole case: as stated, and as read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TotalFile {
    pub stated: Spanned<u32>,
    pub unit: Spanned<String>,
    pub limit: Spanned<u32>,
    pub reading: Option<Spanned<String>>,
    pub words: Spanned<String>,
    pub place: Spanned<String>,
}

/// What starts the registration clock: a step's number or "receipt".
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockFile {
    pub start: Spanned<Value>,
    pub words: Spanned<String>,
    pub place: Spanned<String>,
}

/// The steps of a technical recommendation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecommendationFile {
    pub sent: Spanned<i32>,
    pub handed_over: Spanned<i32>,
    pub received: Spanned<i32>,
    pub words: Spanned<String>,
    pub place: Spanned<String>,
}

/// The step that pauses, and the one that returns the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PauseStepFile {
    pub step: Spanned<i32>,
    pub returned_by: Spanned<i32>,
}

/// Service hours with the words they were read from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HoursFile {
    pub words: Spanned<String>,
    pub place: Spanned<String>,
    pub week: Spanned<WeekFile>,
}

/// Hours of their own for back-office steps.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepHoursFile {
    pub steps: Vec<Spanned<i32>>,
    pub words: Spanned<String>,
    pub place: Spanned<String>,
    pub week: Spanned<WeekFile>,
}

/// One step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepFile {
    pub number: Spanned<i32>,
    pub title: Spanned<String>,
    pub actor: Spanned<String>,
    pub holder: Spanned<String>,
    pub duty: Spanned<String>,
    pub clock: Option<Spanned<String>>,
    pub window: Option<Spanned<WindowFile>>,
    pub no_limit: Option<Spanned<String>>,
    pub minutes: Option<MinutesFile>,
    pub waktu: Option<Spanned<CitationFile>>,
    pub note: Option<CitationFile>,
    /// The document's own words of the step, and its other columns.
    pub text: Option<Spanned<String>>,
    pub kelengkapan: Option<Spanned<String>>,
    pub output: Option<Spanned<String>>,
    pub keterangan: Option<Spanned<String>>,
}

/// A limit in days or hours: n of H+n.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WindowFile {
    pub limit: Spanned<u32>,
    pub unit: Spanned<String>,
}

/// Bounds on service minutes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MinutesFile {
    pub min: Option<Spanned<u32>>,
    pub max: Spanned<u32>,
}

/// One line of the document's own history.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HistoryFile {
    pub revision: Spanned<String>,
    pub date: Spanned<Value>,
    pub text: Spanned<String>,
}

/// A section of the document that no other key holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionFile {
    pub letter: Spanned<String>,
    pub title: Spanned<String>,
    pub text: Spanned<String>,
}
