//! Sheet Metode: every rule of the survey with its source, and the origin of the report.
//!
//! In: the method text. Out: one worksheet.

use crate::report::ikm::page::provenance;
use crate::report::ikm::view::View;
use crate::report::method;
use crate::report::monthly::metode;
use crate::report::xlsx::Book;

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &mut Book) -> anyhow::Result<()> {
    metode::sheet(book, &method::ikm(v.r), &provenance(v))
}
