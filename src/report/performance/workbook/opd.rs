//! Sheet OPD: how long the technical agencies took for their recommendations, by month, and the files they hold.
//!
//! In: `agency.*` by agency and month, the files still out. Out: one worksheet.

use rust_xlsxwriter::Worksheet;

use crate::format;
use crate::measure::performance::Agencies;
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::workbook::matrix::{self, Matrix};
use crate::report::performance::workbook::sheet::Sheet;
use crate::report::xlsx::Book;
use crate::report::xlsx::charts::ORANGE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::Show;

const BLOCKS: [(&str, &str); 5] = [
    ("agency.count", "Rekomendasi yang kembali"),
    (
        "agency.days_median",
        "Hari kerja sejak berkas diserahkan sampai rekomendasi kembali: median",
    ),
    (
        "agency.days_p90",
        "Hari kerja sejak berkas diserahkan sampai rekomendasi kembali: persentil 90",
    ),
    ("agency.open", "Masih di OPD pada akhir periode"),
    (
        "agency.open_oldest",
        "Yang terlama di OPD pada akhir periode: hari kerja",
    ),
];

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let p = r.performance;
    let agencies = &p.rows.agencies;
    let widths = matrix::widths(&p.months);
    let mut s = Sheet::new(c, book, "OPD", widths)?;
    s.note(
        "Selama menelaah, OPD memegang berkas, tetapi kantor yang bertanggung jawab kepada pemohon. Hari di pemohon selama masa itu tidak dikurangkan.",
    )?;
    s.gap();
    let mut groups = vec![(Code::default(), "Seluruh OPD".to_owned())];
    groups.extend(
        agencies
            .names
            .iter()
            .map(|n| (Code::group("agency", n), n.clone())),
    );
    for (indicator, title) in BLOCKS {
        let matrix = Matrix {
            title,
            indicator,
            label: "OPD",
            show: Show::Number,
        };
        matrix::write(&mut s, &matrix, &groups, &p.months)?;
        s.gap();
    }
    open(&mut s, agencies)?;
    Ok(s.finish(ORANGE))
}

fn open(s: &mut Sheet, agencies: &Agencies) -> anyhow::Result<()> {
    s.section("Berkas yang masih di OPD, terlama lebih dahulu")?;
    if agencies.open.is_empty() {
        return s.note("Tidak ada.");
    }
    s.list_heads(
        "Nomor berkas",
        &["OPD", "Hari kerja", "Sejak", "", "Layanan"],
    )?;
    for file in &agencies.open {
        s.entry(&file.case_id)?;
        s.words(1, &file.agency)?;
        s.plain(2, file.working_days.map(|d| d as f64), Show::Number)?;
        s.beside(3, &format::date_time_short(file.since))?;
        s.beside(5, &file.service)?;
        s.row += 1;
    }
    Ok(())
}
