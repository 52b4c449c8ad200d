//! The six-monthly IKM report (laporan Survei Kepuasan Masyarakat): page, workbook, and the card that is published.
//!
//! In: [`Ikm`] and what is known of its origin. Out: bytes. Nothing here computes a figure: every number is looked up by indicator
//! and group and printed by its `printed` field.

mod card;
mod page;
mod view;
mod words;
pub mod workbook;

use crate::config::{IkmSettings, Office, ReportRules};
use crate::measure::ikm::Ikm;
use crate::report::{Provenance, SheetCapacity, xlsx};
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

/// The report as one self-contained page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn html(r: &IkmReport) -> anyhow::Result<String> {
    page::page(r)
}

/// The publication card: a drawing (SVG) in the shape of A4 upright, 1240 by 1754 units.
///
/// # Errors
/// A template that cannot be rendered.
pub fn card_svg(r: &IkmReport) -> anyhow::Result<String> {
    card::upright(r)
}

/// The card as a page that prints on one sheet of A4.
///
/// # Errors
/// A template that cannot be rendered.
pub fn card_html(r: &IkmReport) -> anyhow::Result<String> {
    card::page(r)
}

/// The card as a picture (PNG) of 1240 by 1754 pixels: A4 at 150 dots per inch.
///
/// # Errors
/// A template that cannot be rendered, or a drawing that cannot be read.
pub fn card_png(r: &IkmReport) -> anyhow::Result<Vec<u8>> {
    card::png(&card::upright(r)?, 150)
}

/// The card for social media: a square drawing (SVG), 1080 by 1080 units.
///
/// # Errors
/// A template that cannot be rendered.
pub fn card_square_svg(r: &IkmReport) -> anyhow::Result<String> {
    card::square(r)
}

/// The square card as a picture (PNG) of 1080 by 1080 pixels.
///
/// # Errors
/// A template that cannot be rendered, or a drawing that cannot be read.
pub fn card_square_png(r: &IkmReport) -> anyhow::Result<Vec<u8>> {
    card::png(&card::square(r)?, 96)
}

/// The report as a workbook (XLSX).
///
/// # Errors
/// What the workbook writer refuses, e.g. no room for its temporary files.
pub fn workbook(r: &IkmReport, capacity: SheetCapacity) -> anyhow::Result<Vec<u8>> {
    xlsx::guard::guarded(|| workbook::workbook(r, capacity))
}
