//! The months of the trend as rows of a sheet, with a native line chart of value, mean and limits.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartType,
    Color, Worksheet,
};

use crate::format;
use crate::report::monthly::context::Context;
use crate::report::xlsx::Book;
use crate::report::xlsx::cells::{Value, put};

const HEADS: [&str; 7] = [
    "Kode",
    "Bulan dan sinyal",
    "Tepat waktu",
    "Rata-rata",
    "Batas bawah",
    "Batas atas",
    "Tercetak",
];

/// Rows the chart takes below the months.
const CHART_ROWS: u32 = 17;

/// Writes the block from `row` on; returns the first free row.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(
    c: &Context,
    book: &Book,
    sheet: &mut Worksheet,
    row: u32,
    sheet_name: &str,
) -> anyhow::Result<u32> {
    let s = &book.styles;
    for (col, head) in (0u16..).zip(HEADS) {
        let style = if col < 2 { &s.head } else { &s.head_number };
        sheet.write_string_with_format(row, col, head, style)?;
    }
    let first = row + 1;
    let mut next = first;
    for p in &c.r.monthly.trend {
        let figure =
            c.r.monthly
                .figures
                .get("on_time.due", &p.period.to_string(), &[]);
        let code = format!("on_time.due@{}", p.period);
        let mut name = format::period(p.period);
        if let Some(signal) = &p.signal {
            name = format!("{name} – sinyal: {signal}");
        }
        sheet.write_string_with_format(next, 0, code, &s.code)?;
        sheet.write_string_with_format(next, 1, name, &s.text)?;
        // A gap stays an empty cell, so that the line breaks.
        let value = match p.value {
            Some(v) => Value::Number(v / 100.0),
            None => Value::Empty,
        };
        put(sheet, next, 2, &value, &s.share)?;
        if let Some(l) = c.r.monthly.trend_limits {
            for (col, limit) in (3u16..).zip([l.mean, l.lower, l.upper]) {
                put(sheet, next, col, &Value::Number(limit / 100.0), &s.share)?;
            }
        }
        let printed = figure.map_or(format::NONE, |f| f.printed.as_str());
        sheet.write_string_with_format(next, 6, printed, &s.printed)?;
        next += 1;
    }
    if next > first {
        let chart = chart(c, sheet_name, row, first, next - 1);
        sheet.insert_chart_with_offset(next, 0, &chart, 4, 8)?;
        next += CHART_ROWS;
    }
    Ok(next + 1)
}

fn chart(c: &Context, sheet: &str, head: u32, first: u32, last: u32) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    let mut series = |col: u16, line: &ChartLine, marker: &ChartMarker| {
        chart
            .add_series()
            .set_name((sheet, head, col))
            .set_categories((sheet, first, 1, last, 1))
            .set_values((sheet, first, col, last, col))
            .set_format(ChartFormat::new().set_line(line))
            .set_marker(marker);
    };
    let mut value = ChartLine::new();
    value.set_color(Color::RGB(0x001F_5C99)).set_width(2.25);
    let mut dot = ChartMarker::new();
    dot.set_type(ChartMarkerType::Circle).set_size(6);
    let mut none = ChartMarker::new();
    none.set_none();
    let mut mean = ChartLine::new();
    mean.set_color(Color::RGB(0x001B_2430)).set_width(1.0);
    let mut limit = ChartLine::new();
    limit
        .set_color(Color::RGB(0x004D_5A6A))
        .set_width(1.0)
        .set_dash_type(ChartLineDashType::Dash);
    series(2, &value, &dot);
    if c.r.monthly.trend_limits.is_some() {
        series(3, &mean, &none);
        series(4, &limit, &none);
        series(5, &limit, &none);
    }
    chart
        .title()
        .set_name("Tepat waktu dari yang jatuh tempo, 24 bulan");
    chart.y_axis().set_num_format("0%").set_max(1.0);
    chart.x_axis().set_label_interval(3);
    chart
        .legend()
        .set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    chart.set_width(900).set_height(320);
    chart.set_alt_text("Diagram garis XmR: nilai bulanan, rata-rata, batas alami bawah dan atas");
    chart
}
