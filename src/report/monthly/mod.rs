//! The monthly review: is the service promise kept, is it getting better, where are files stuck, what is late next.

pub mod answers;
pub mod berkas;
pub mod context;
pub mod html;
pub mod lists;
pub mod metode;
pub mod pelaksanaan;
mod ringkasan;
pub mod sections;
mod summary;
mod tahapan;
pub mod temuan;
mod time_block;
mod trend_block;

use context::Context;

use crate::report::xlsx::{Book, Grid};
use crate::report::{ReviewReport, SheetCapacity};

/// The workbook: Ringkasan, Tahapan, Berkas, Pelaksanaan, Temuan Data, Metode.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook(r: &ReviewReport, capacity: SheetCapacity) -> anyhow::Result<Vec<u8>> {
    workbook_with(r, capacity, |_, _, _| Ok(()))
}

/// The workbook of a review that has more sheets: `further` writes them after Ringkasan; it is given the layout of the sheet
/// Berkas, for formulas over it.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook_with(
    r: &ReviewReport,
    capacity: SheetCapacity,
    further: impl FnOnce(&Context, &mut Book, &Grid) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<u8>> {
    let c = Context::new(r);
    let state = format!("Keadaan per {} · Edisi {}", c.as_of(), r.provenance.edition);
    let mut book = Book::new(r.office, c.title, &c.period_name, &state, r.overview.as_of)?;
    let cases = berkas::rows(r);
    let work = pelaksanaan::rows(r, &cases);
    let case_grid = berkas::grid(&cases, capacity);
    let work_grid = pelaksanaan::grid(&work, capacity);
    ringkasan::write(&c, &mut book, &case_grid)?;
    further(&c, &mut book, &case_grid)?;
    tahapan::write(&c, &mut book, &work_grid)?;
    berkas::write(&mut book, &case_grid, &cases)?;
    pelaksanaan::write(&mut book, &work_grid, &work)?;
    temuan::write(r, &mut book, capacity)?;
    metode::write(&c, &mut book)?;
    Ok(book.workbook.save_to_buffer()?)
}
