//! Sheet Pengembalian: files returned to the applicant, by the step that returned them, and the cases returned more than once.
//!
//! In: `returns.*` and the list of cases. Out: one worksheet.

use rust_xlsxwriter::Worksheet;

use crate::measure::performance::RepeatedReturn;
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::workbook::sheet::{Sheet, step_label};
use crate::report::xlsx::Book;
use crate::report::xlsx::charts::BLUE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show, one_figure};
use crate::score::CaseVerdict;

const HEADS: [&str; 7] = [
    "Layanan",
    "Keadaan",
    "Kali dikembalikan",
    "Hari kalender di pemohon",
    "Hari kerja di pemohon",
    "Penilaian",
    "Bila hitungan dimulai lagi tiap kali",
];

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let widths = vec![26.0, 52.0, 13.0, 13.0, 14.0, 14.0, 22.0, 22.0];
    let mut s = Sheet::new(c, book, "Pengembalian", widths)?;
    figures(&mut s)?;
    s.gap();
    by_step(&mut s)?;
    s.gap();
    list(&mut s, &r.performance.rows.repeated_returns)?;
    Ok(s.finish(BLUE))
}

fn figures(s: &mut Sheet) -> anyhow::Result<()> {
    s.section("Pengembalian kepada pemohon")?;
    let columns = one_figure();
    s.heads(&["Uraian"], &columns)?;
    let share = Code::of("returns.case_share");
    for (code, label, show) in [
        (
            share.clone(),
            "Berkas yang diputus dan pernah dikembalikan",
            Show::Share,
        ),
        (share.suffixed(".low"), "selang 95 %, bawah", Show::Share),
        (share.suffixed(".high"), "selang 95 %, atas", Show::Share),
        (
            Code::of("returns.count"),
            "Pengembalian pada berkas yang diputus",
            Show::Number,
        ),
        (
            Code::of("returns.calendar_days_median"),
            "Lama di pemohon, median hari kalender",
            Show::Number,
        ),
        (
            Code::of("returns.calendar_days_p90"),
            "Lama di pemohon, persentil 90 hari kalender",
            Show::Number,
        ),
        (
            Code::of("returns.working_days_median"),
            "Lama di pemohon, median hari kerja",
            Show::Number,
        ),
        (
            Code::of("returns.working_days_p90"),
            "Lama di pemohon, persentil 90 hari kerja",
            Show::Number,
        ),
        (
            Code::of("returns.repeated").with("state", "decided"),
            "Dikembalikan lebih dari satu kali, sudah diputus",
            Show::Number,
        ),
        (
            Code::of("returns.repeated").with("state", "open"),
            "Dikembalikan lebih dari satu kali, belum diputus",
            Show::Number,
        ),
    ] {
        s.line(&code, &[label], &columns, show)?;
    }
    Ok(())
}

fn by_step(s: &mut Sheet) -> anyhow::Result<()> {
    s.section("Menurut langkah yang terakhir selesai sebelum berkas dikembalikan")?;
    let columns = [
        Column::new("Pengembalian", Code::of("returns.by"), Show::Number),
        Column::new("Tercetak", Code::of("returns.by"), Show::Printed),
    ];
    s.heads(&["Langkah"], &columns)?;
    let c = s.c;
    let rows = c.r.overview.figures.rows_of("returns.by", &c.period);
    let mut steps: Vec<&str> = rows
        .iter()
        .filter_map(|f| f.group.get("step"))
        .map(String::as_str)
        .collect();
    // In the order of the procedure; what no step accounts for last.
    steps.sort_by_key(|step| step.parse::<i32>().unwrap_or(i32::MAX));
    for step in steps {
        s.line(
            &Code::group("step", step),
            &[&step_label(c, step)],
            &columns,
            Show::Number,
        )?;
    }
    Ok(())
}

fn list(s: &mut Sheet, cases: &[RepeatedReturn]) -> anyhow::Result<()> {
    s.section("Berkas yang dikembalikan lebih dari satu kali")?;
    s.note(
        "Tiap pengembalian dapat memulai hitungan dari awal bila aturan itu yang dipakai; penilaian menurut aturan itu tercantum di sampingnya.",
    )?;
    if cases.is_empty() {
        return s.note("Tidak ada.");
    }
    s.list_heads("Nomor berkas", &HEADS)?;
    for case in cases {
        s.entry(&case.case_id)?;
        s.words(1, &case.service)?;
        s.words(2, if case.decided { "Diputus" } else { "Terbuka" })?;
        s.plain(3, Some(f64::from(case.times)), Show::Number)?;
        s.plain(4, Some(case.calendar_days as f64), Show::Number)?;
        s.plain(5, case.working_days.map(|d| d as f64), Show::Number)?;
        s.words(6, case.verdict.label())?;
        s.words(7, case.verdict_restart.map_or("", CaseVerdict::label))?;
        s.row += 1;
    }
    Ok(())
}
