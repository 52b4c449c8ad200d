//! Sheet Temuan Data: counts by check, then every finding.

use crate::finding::Finding;
use crate::format;
use crate::report::ReviewReport;
use crate::report::SheetCapacity;
use crate::report::xlsx::table::Cell;
use crate::report::xlsx::{Book, Field, Grid, Kind};

const FIELDS: &[Field] = &[
    Field::new("Tingkat", 18.0, Kind::Text),
    Field::new("Pemeriksaan", 66.0, Kind::Text),
    Field::new("Kunci", 28.0, Kind::Text),
    Field::new("Uraian", 118.0, Kind::Text),
    Field::new("Kode", 26.0, Kind::Text),
];

/// Writes the sheet, and further ones where one does not hold all findings.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(r: &ReviewReport, book: &mut Book, capacity: SheetCapacity) -> anyhow::Result<()> {
    let period = r.overview.period.to_string();
    let elsewhere = r.overview.figures.get("findings.elsewhere", &period, &[]);
    let note = format!(
        "{} temuan pada berkas periode ini; {} temuan lain menyangkut berkas di luar periode.",
        format::count(r.findings.len() as u64),
        elsewhere.map_or(format::NONE, |f| f.printed.as_str())
    );
    list(book, "Temuan Data", &note, r.findings, capacity)
}

/// A list of findings on a sheet of the name `title`.
///
/// # Errors
/// What the workbook writer refuses.
pub fn list(
    book: &mut Book,
    title: &str,
    note: &str,
    findings: &[Finding],
    capacity: SheetCapacity,
) -> anyhow::Result<()> {
    let grid = Grid::titled(title, "Temuan", FIELDS, findings.len(), capacity);
    grid.write(book, title, note, |i, out| {
        if let Some(f) = findings.get(i) {
            out.extend([
                Cell::Text(f.level.label()),
                Cell::Text(f.check.label()),
                Cell::Text(&f.key),
                Cell::Text(&f.message),
                Cell::Text(f.check.code()),
            ]);
        }
    })
}
