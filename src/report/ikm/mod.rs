//! The six-monthly IKM report (laporan Survei Kepuasan Masyarakat): page, workbook, and the card that is published.
//!
//! In: [`Ikm`] and what is known of its origin. Out: bytes. Nothing here computes a figure: every number is looked up by indicator
//! and group and printed by its `printed` field.

use crate::config::{IkmSettings, Office, ReportRules};
use crate::measure::ikm::Ikm;
use crate::report::Provenance;
use crate::standard::Library;

/// Everything the report is made from.
#[derive(Debug, Clone)]
pub struct IkmReport<'a> {
    pub office: &'a Office,
    pub rules: &'a ReportRules,
    pub settings: &'a IkmSettings,
    pub library: &'a Library,
    pub ikm: &'a Ikm<'a>,
    pub provenance: Provenance,
    /// SHA-256 (hex) of the frozen forms.
    pub survey_digest: String,
}
