//! Sheet Tahapan Bulanan: each stage by month, the days lost at it, and the values behind its XmR chart.
//!
//! In: `stage.*` by month, `lost_days.*`, the stage trends. Out: one worksheet.

use rust_xlsxwriter::{Color, ConditionalFormat3ColorScale, ConditionalFormatType, Worksheet};

use crate::format;
use crate::measure::performance::{StageTrend, UNRECORDED};
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::workbook::charts::ORANGE;
use crate::report::performance::workbook::code::Code;
use crate::report::performance::workbook::matrix::{self, Matrix};
use crate::report::performance::workbook::sheet::{Column, Sheet, Show, step_label};
use crate::report::xlsx::Book;

/// Low, middle and high share, and their colours; told apart without red against green.
const SCALE: [(f64, u32); 3] = [(0.5, 0x00E9_A987), (0.8, 0x00FB_F3DC), (1.0, 0x0094_B8DB)];

/// Indicator, title, what is shown, whether coloured.
const BLOCKS: [(&str, &str, Show, bool); 6] = [
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
    let columns = (p.months.len() + 3).max(p.stage_trends.len()).max(4);
    let mut widths = vec![24.0, 44.0];
    widths.extend(vec![11.5; columns]);
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
    lost(&mut s, r)?;
    s.gap();
    xmr(&mut s, &p.stage_trends)?;
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
    let columns = [
        Column::of_row("Hari", Code::of("lost_days.days")),
        Column::new("Bagian", Code::of("lost_days.share"), Show::Share),
        Column::new("n berkas", Code::of("lost_days.days"), Show::N),
        Column::new("Tercetak", Code::of("lost_days.share"), Show::Printed),
    ];
    s.heads(&["Langkah"], &columns)?;
    let c = s.c;
    let total = Code::of("lost_days.total");
    s.labels(&total, &["Seluruh langkah"])?;
    s.cell(2, total.figure(c), Show::Decimal, None)?;
    s.row += 1;
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

/// Months down, stages across: mean, limits and values in service hours.
fn xmr(s: &mut Sheet, trends: &[StageTrend]) -> anyhow::Result<()> {
    s.section("Peta kendali XmR: median waktu melalui langkah tiap bulan (jam layanan)")?;
    s.note(
        "Batas kendali = rata-rata ± 2,66 × rata-rata rentang bergerak. Sinyal: nilai di luar batas, atau delapan bulan berturut-turut \
         di satu sisi rata-rata; bulan dengan terlalu sedikit pelaksanaan dibiarkan kosong.",
    )?;
    if trends.is_empty() {
        return s.note("Belum ada bulan dengan cukup pelaksanaan.");
    }
    let columns: Vec<Column> = trends
        .iter()
        .map(|t| {
            Column::of_row(
                format!("{} {}", t.step, t.title),
                Code::group("step", t.step.to_string()),
            )
        })
        .collect();
    s.heads(&["Bulan"], &columns)?;
    for (label, of) in [("Rata-rata", 0), ("Batas bawah", 1), ("Batas atas", 2)] {
        s.labels(&Code::default(), &[label])?;
        for (col, t) in (2u16..).zip(trends) {
            let limit = t.limits.map(|l| [l.mean, l.lower, l.upper]);
            let value = limit.and_then(|l| l.get(of).copied());
            s.plain(col, value, Show::Decimal)?;
        }
        s.row += 1;
    }
    values(s, trends)?;
    signals(s, trends)
}

fn values(s: &mut Sheet, trends: &[StageTrend]) -> anyhow::Result<()> {
    let periods = trends.first().map_or(&[][..], |t| &t.points[..]);
    for (at, point) in periods.iter().enumerate() {
        let code = Code::of("stage.passage_median").join(&Code::at(point.period));
        s.labels(&code, &[&format::period(point.period)])?;
        // The figures keep minutes; the key says what the cells hold.
        let key = format!("{code}/60");
        let style = &s.book.styles.code;
        s.sheet.write_string_with_format(s.row, 0, key, style)?;
        for (col, t) in (2u16..).zip(trends) {
            let point = t.points.get(at);
            let marked = point.is_some_and(|p| p.signal.is_some());
            s.plain(col, point.and_then(|p| p.hours), Show::Decimal)?;
            if marked {
                s.mark(col, point.and_then(|p| p.hours))?;
            }
        }
        s.row += 1;
    }
    Ok(())
}

fn signals(s: &mut Sheet, trends: &[StageTrend]) -> anyhow::Result<()> {
    let mut any = false;
    for t in trends {
        for point in &t.points {
            let Some(signal) = &point.signal else {
                continue;
            };
            any = true;
            s.note(&format!(
                "Sinyal, langkah {} {}, {}: {} ({signal}).",
                t.step,
                t.title,
                format::period(point.period),
                point.printed
            ))?;
        }
    }
    match any {
        true => Ok(()),
        false => s.note("Tidak ada sinyal."),
    }
}
