//! The survey's workbook: one file per sheet, in the order of the sheets.
//!
//! In: the report. Out: the bytes of an XLSX file. Every number is looked up by indicator, group and period; what follows from
//! the forms on the sheet Matriks is a formula over them with the figure as its stored result. It must not compute a figure.

mod bulanan;
mod formula;
mod instrumen;
mod internal;
mod keys;
mod layanan;
mod matriks;
mod matrix;
mod metode;
mod pengolahan;
mod rencana;
mod responden;
mod respons;
mod ringkasan;
mod saran;
mod tren;
mod unsur;
mod waktu;

use crate::format;
use crate::report::SheetCapacity;
use crate::report::ikm::IkmReport;
use crate::report::ikm::view::View;
use crate::report::monthly::temuan;
use crate::report::xlsx::{Book, form};

use matrix::Matrix;

const TITLE: &str = "Laporan Survei Kepuasan Masyarakat";

/// All sheets.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook(r: &IkmReport, capacity: SheetCapacity) -> anyhow::Result<Vec<u8>> {
    let v = View::new(r);
    let state = format!("Keadaan per {} · Edisi {}", v.as_of(), r.provenance.edition);
    let mut book = Book::new(r.office, TITLE, &v.period_name, &state, r.ikm.as_of)?;
    let matrix = Matrix::new(&r.ikm.survey, r.settings.partial_forms, capacity);
    let sheets = [
        ringkasan::write(&v, &book, &matrix)?,
        unsur::write(&v, &book, &matrix)?,
        layanan::write(&v, &book, &matrix)?,
        bulanan::write(&v, &book, &matrix)?,
        responden::write(&v, &book, &matrix)?,
        tren::write(&v, &book)?,
    ];
    for sheet in sheets {
        book.workbook.push_worksheet(sheet);
    }
    saran::write(&v, &mut book, capacity)?;
    let entries = rencana::entries(&v);
    let plan = rencana::plan(&v, &book, &entries)?;
    let further = [
        Some(plan),
        Some(form::write(&book, &entries)?),
        Some(rencana::outcomes(&v, &book)?),
        Some(waktu::write(&v, &book)?),
        Some(respons::write(&v, &book)?),
        internal::write(&v, &book)?,
    ];
    for sheet in further.into_iter().flatten() {
        book.workbook.push_worksheet(sheet);
    }
    matriks::write(&v, &mut book, &matrix)?;
    let sheet = instrumen::write(&v, &book)?;
    book.workbook.push_worksheet(sheet);
    metode::write(&v, &mut book)?;
    let findings = &r.ikm.findings;
    let note = format!(
        "{} temuan pada data survei.",
        format::count(findings.len() as u64)
    );
    temuan::list(&mut book, "Temuan", &note, findings, capacity)?;
    Ok(book.workbook.save_to_buffer()?)
}
