//! The internal edition as a workbook: the sheets of any review, and between them one file per sheet of this report.
//!
//! In: the report. Out: the bytes of an XLSX file. Every number is looked up by indicator, group and period; what other sheets
//! can count is a formula with the figure as its stored result. It must not compute a figure.

mod bulanan;
mod jalur;
mod kepekaan;
mod kesesuaian;
mod matrix;
mod opd;
mod pengembalian;
mod petugas;
mod sebaran;
mod sheet;
mod tahapan_bulanan;
mod tahapan_xmr;
mod tindak_lanjut;

use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::xlsx::{Book, Grid};
use crate::report::{SheetCapacity, monthly};

/// All sheets.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook(r: &PerformanceReport, capacity: SheetCapacity) -> anyhow::Result<Vec<u8>> {
    monthly::workbook_with(&r.review, capacity, |c, book, cases| {
        of_the_semester(r, c, book, cases, capacity)
    })
}

/// The sheets of this report alone, in their order.
fn of_the_semester(
    r: &PerformanceReport,
    c: &Context,
    book: &mut Book,
    cases: &Grid,
    capacity: SheetCapacity,
) -> anyhow::Result<()> {
    let deviating = kesesuaian::grid(r, capacity);
    let sheets = [
        bulanan::write(r, c, book, cases)?,
        kepekaan::write(c, book, cases)?,
        sebaran::write(c, book)?,
        pengembalian::write(r, c, book)?,
        tahapan_bulanan::write(r, c, book)?,
        tahapan_xmr::write(r, c, book)?,
        opd::write(r, c, book)?,
        petugas::officers(r, c, book)?,
        petugas::by_step(r, c, book)?,
        petugas::roles(r, c, book)?,
        kesesuaian::shares(c, book, &deviating)?,
    ];
    for sheet in sheets {
        book.workbook.push_worksheet(sheet);
    }
    kesesuaian::list(r, book, &deviating)?;
    let sheets = [
        jalur::write(r, c, book)?,
        tindak_lanjut::form(r, c, book)?,
        tindak_lanjut::last(r, c, book)?,
    ];
    for sheet in sheets {
        book.workbook.push_worksheet(sheet);
    }
    Ok(())
}
