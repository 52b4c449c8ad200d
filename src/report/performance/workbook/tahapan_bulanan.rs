//! Sheet Tahapan Bulanan: each stage by month, and the days lost at it.
//!
//! In: `stage.*` by month, `lost_days.*`. Out: one worksheet.

use rust_xlsxwriter::{Color, ConditionalFormat3ColorScale, ConditionalFormatType, Worksheet};

use crate::measure::performance::UNRECORDED;
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::workbook::matrix::{self, Matrix};
use crate::report::performance::workbook::sheet::{Sheet, step_label};
use crate::report::xlsx::Book;
use crate::report::xlsx::charts::ORANGE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show, one_figure};

/// Low, middle and high share, and their colours; told apart without red against green.
const SCALE: [(f64, u32); 3] = [(0.5, 0x00E9_A987), (0.8, 0x00FB_F3DC), (1.0, 0x0094_B8DB)];

/// Indicator, title, what is shown, whether coloured.
const BLOCKS: [(&str, &str, Show, bool); 7] = [
    (
        "stage.executions",
        "Pelaksanaan yang selesai",
        Show::Number,
        false,
    ),
    ("stage.within_window", "Dalam batas hari", Show::Share, true),
    (
        "stage.within_minutes",
        "Dalam batas menit",
        Show::Share,
        true,
    ),
    (
        "stage.passage_median",
        "Waktu melalui langkah, sejak berkas bebas sampai selesai: median menit layanan",
        Show::Number,
        false,
    ),
    (
        "stage.wait_median",
        "Menunggu sebelum dikerjakan: median menit layanan",
        Show::Number,
        false,
    ),
    (
        "stage.minutes_median",
        "Dikerjakan: median menit layanan",
        Show::Decimal,
        false,
    ),
    (
        "stage.rework",
        "Ulangan: pelaksanaan setelah yang pertama pada berkas yang sama",
        Show::Number,
        false,
    ),
];

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let p = r.performance;
    let widths = matrix::widths(&p.months);
    let mut s = Sheet::new(c, book, "Tahapan Bulanan", widths)?;
    let stages: Vec<(Code, String)> =
        c.r.overview
            .stages
            .iter()
            .map(|stage| {
                let step = stage.step.to_string();
                (Code::group("step", &step), step_label(c, &step))
            })
            .collect();
    for (indicator, title, show, coloured) in BLOCKS {
        let matrix = Matrix {
            title,
            indicator,
            label: "Langkah",
            show,
        };
        let (first, last) = matrix::write(&mut s, &matrix, &stages, &p.months)?;
        if coloured && first <= last {
            scale(&mut s, (first, last), 2 + p.months.len() as u16)?;
        }
        s.gap();
    }
    s.sheet.set_page_breaks(&[s.row])?;
    lost(&mut s, r)?;
    Ok(s.finish(ORANGE))
}

/// Colours the shares of months and semester.
fn scale(s: &mut Sheet, (first, last): (u32, u32), last_col: u16) -> anyhow::Result<()> {
    let [low, middle, high] = SCALE;
    let rule = ConditionalFormat3ColorScale::new()
        .set_minimum(ConditionalFormatType::Number, low.0)
        .set_midpoint(ConditionalFormatType::Number, middle.0)
        .set_maximum(ConditionalFormatType::Number, high.0)
        .set_minimum_color(Color::RGB(low.1))
        .set_midpoint_color(Color::RGB(middle.1))
        .set_maximum_color(Color::RGB(high.1));
    s.sheet
        .add_conditional_format(first, 2, last, last_col, &rule)?;
    Ok(())
}

fn lost(s: &mut Sheet, r: &PerformanceReport) -> anyhow::Result<()> {
    s.section("Hari keterlambatan menurut langkah")?;
    s.note(
        "Hari lewat batas pada berkas yang diputus terlambat, dibagi menurut waktu layanan yang dipakai tiap langkah, dikerjakan dan menunggu, \
         sejak hitungan dimulai sampai keputusan; waktu di pemohon tidak mendapat bagian.",
    )?;
    let one = one_figure();
    s.heads(&["Seluruhnya"], &one)?;
    let total = Code::of("lost_days.total");
    let words = "Hari lewat batas pada berkas yang diputus terlambat";
    s.line(&total, &[words], &one, Show::Number)?;
    s.gap();
    let columns = [
        Column::of_row("Hari", Code::of("lost_days.days")),
        Column::new("Bagian", Code::of("lost_days.share"), Show::Share),
        Column::new("n berkas", Code::of("lost_days.days"), Show::N),
        Column::new("Tercetak", Code::of("lost_days.share"), Show::Printed),
    ];
    s.heads(&["Langkah"], &columns)?;
    let c = s.c;
    for lost in &r.performance.rows.lost_days {
        let step = lost.step.map_or(UNRECORDED.to_owned(), |s| s.to_string());
        s.line(
            &Code::group("step", &step),
            &[&step_label(c, &step)],
            &columns,
            Show::Decimal,
        )?;
    }
    Ok(())
}
