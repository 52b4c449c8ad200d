//! Sheet Tahapan XmR: the values behind the XmR chart of each stage, its limits, and its signals in words.
//!
//! In: the stage trends. Out: one worksheet.

use rust_xlsxwriter::Worksheet;

use crate::format;
use crate::measure::performance::StageTrend;
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::workbook::sheet::Sheet;
use crate::report::xlsx::Book;
use crate::report::xlsx::charts::ORANGE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let trends = &r.performance.stage_trends;
    let mut widths = vec![26.0, 18.0];
    widths.extend(vec![13.0; trends.len().max(6)]);
    let mut s = Sheet::new(c, book, "Tahapan XmR", widths)?;
    table(&mut s, trends)?;
    s.gap();
    signals(&mut s, trends)?;
    Ok(s.finish(ORANGE))
}

/// Months down, stages across: mean, limits and values in service hours.
fn table(s: &mut Sheet, trends: &[StageTrend]) -> anyhow::Result<()> {
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
    values(s, trends)
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

/// The signals in words, one a row.
fn signals(s: &mut Sheet, trends: &[StageTrend]) -> anyhow::Result<()> {
    s.section("Sinyal")?;
    let first = s.row;
    for t in trends {
        for point in &t.points {
            if let Some(signal) = &point.signal {
                s.note(&format!(
                    "Langkah {} {}, {}: {}, {signal}.",
                    t.step,
                    t.title,
                    format::period(point.period),
                    point.printed
                ))?;
            }
        }
    }
    match s.row == first {
        true => s.note("Tidak ada sinyal."),
        false => Ok(()),
    }
}
