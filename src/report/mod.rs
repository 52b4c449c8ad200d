//! Report: pages and workbooks from figures that are computed already.
//!
//! In: [`crate::measure::Overview`], the scored cases and what is known of their origin. Out: the bytes of an HTML page and of
//! an XLSX workbook. Nothing here computes a figure: every number is looked up by indicator and group and printed by its
//! `printed` field; the workbook's formulas count the rows of its own sheets and carry the figure as their stored result.
//!
//! Shared parts, for any report: [`words`] (phrases that carry figures), [`mod@html`] (escaping, tables), [`charts`],
//! [`xlsx`] (styles, tables that spill on to further sheets, signature block), [`method`]. One folder per report beside them.

pub mod blocks;
pub mod charts;
pub mod html;
pub mod ikm;
pub mod method;
pub mod monthly;
pub mod performance;
pub mod words;
pub mod xlsx;

use std::collections::BTreeMap;

use crate::config::{Office, ReportRules};
use crate::finding::Finding;
use crate::measure::Overview;
use crate::score::{Scored, Standing};
use crate::standard::{Library, PauseRule};

/// What every page and sheet of a made-up office says.
pub const SYNTHETIC_BANNER: &str = "Data sintetis – kantor contoh, bukan data sebenarnya";

/// One standard a report rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardUsed {
    pub document: String,
    pub revision: String,
    /// Hex SHA-256 of the file.
    pub digest: String,
}

/// Where a report comes from: enough to make it again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// e.g. `0.1.0`.
    pub program_version: String,
    pub snapshot_digest: String,
    pub standards: Vec<StandardUsed>,
    pub calendar: String,
    pub calendar_digest: String,
    /// Years of the calendar that are not final, in words, e.g. "2027 (sementara)".
    pub unsettled_years: Vec<String>,
    pub settings_digest: String,
    /// 1, 2, ...
    pub edition: u32,
}

/// Everything the monthly review is made from.
#[derive(Debug, Clone)]
pub struct ReviewReport<'a> {
    pub office: &'a Office,
    pub rules: &'a ReportRules,
    pub library: &'a Library,
    pub overview: &'a Overview,
    /// Scored by each standard's own pause rule.
    pub scored: &'a Scored,
    /// How the same cases stand with one pause rule for all, in their order, by rule.
    pub by_rule: &'a BTreeMap<PauseRule, Vec<Standing>>,
    /// Findings of source, snapshot and score, in their total order.
    pub findings: &'a [Finding],
    pub provenance: Provenance,
}

/// How much a sheet holds; small values let a test force what large offices meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetCapacity {
    /// Data rows on one sheet before they go on to a further one.
    pub rows_per_sheet: u32,
    /// Data rows up to which a sheet's rows are a Table; above it they have an autofilter and defined names.
    pub table_rows: u32,
}

impl Default for SheetCapacity {
    fn default() -> Self {
        Self {
            rows_per_sheet: 1_048_575,
            table_rows: 100_000,
        }
    }
}

impl SheetCapacity {
    /// Data rows a sheet can hold below `heading_rows` rows of headings; at least one.
    pub fn data_rows(self, heading_rows: u32) -> u32 {
        self.rows_per_sheet
            .min(1_048_576 - heading_rows.min(1_000))
            .max(1)
    }
}

/// The monthly review as one self-contained page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn html(r: &ReviewReport) -> anyhow::Result<String> {
    monthly::html::page(r)
}

/// The monthly review as a workbook (XLSX).
///
/// # Errors
/// What the workbook writer refuses, e.g. no room for its temporary files.
pub fn workbook(r: &ReviewReport, capacity: SheetCapacity) -> anyhow::Result<Vec<u8>> {
    xlsx::guard::guarded(|| monthly::workbook(r, capacity))
}
