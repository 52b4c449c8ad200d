//! The months of the trend as rows of a sheet, with a native line chart of value, mean and limits.

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType,
    ChartSolidFill, ChartType, Color, Worksheet,
};

use crate::format;
use crate::report::monthly::context::Context;
use crate::report::xlsx::Book;
use crate::report::xlsx::cells::{Value, put};

const HEADS: [&str; 8] = [
    "Kode",
    "Bulan",
    "Tepat waktu",
    "Rata-rata",
    "Batas bawah",
    "Batas atas",
    "Tercetak",
    "Sinyal",
];

/// Rows the chart takes below the months.
const CHART_ROWS: u32 = 19;

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
    for p in &c.r.overview.trend {
        let figure =
            c.r.overview
                .figures
                .get("on_time.due", &p.period.to_string(), &[]);
        let code = format!("on_time.due@{}", p.period);
        let name = format::period(p.period);
        sheet.write_string_with_format(next, 0, code, &s.code)?;
        sheet.write_string_with_format(next, 1, name, &s.text)?;
        // A gap stays an empty cell, so that the line breaks.
        let value = match p.value {
            Some(v) => Value::Number(v / 100.0),
            None => Value::Empty,
        };
        put(sheet, next, 2, &value, &s.share)?;
        if let Some(l) = c.r.overview.trend_limits {
            for (col, limit) in (3u16..).zip([l.mean, l.lower, l.upper]) {
                put(sheet, next, col, &Value::Number(limit / 100.0), &s.share)?;
            }
        }
        let printed = figure.map_or(format::NONE, |f| f.printed.as_str());
        sheet.write_string_with_format(next, 6, printed, &s.printed)?;
        let signal = p.value.filter(|_| p.signal.is_some());
        let signal = signal.map_or(Value::Empty, |v| Value::Number(v / 100.0));
        put(sheet, next, 7, &signal, &s.share)?;
        next += 1;
    }
    let months = next;
    for p in &c.r.overview.trend {
        if let Some(signal) = &p.signal {
            let words = format!("Sinyal {}: {signal}", format::period(p.period));
            sheet.write_string_with_format(next, 1, words, &s.subtitle)?;
            next += 1;
        }
    }
    if months > first {
        let chart = chart(c, sheet_name, row, first, months - 1);
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
    if c.r.overview.trend_limits.is_some() {
        series(3, &mean, &none);
        series(4, &limit, &none);
        series(5, &limit, &none);
    }
    let mut alone = ChartLine::new();
    alone.set_hidden(true);
    let mut diamond = ChartMarker::new();
    let mut fill = ChartSolidFill::new();
    fill.set_color(Color::RGB(0x00A6_3A14));
    diamond
        .set_type(ChartMarkerType::Diamond)
        .set_size(10)
        .set_format(ChartFormat::new().set_solid_fill(&fill));
    series(7, &alone, &diamond);
    decorate(c, &mut chart);
    chart
}

fn decorate(c: &Context, chart: &mut Chart) {
    let mut large = ChartFont::new();
    large.set_size(12).set_bold();
    let mut small = ChartFont::new();
    small.set_size(8);
    let mut turned = ChartFont::new();
    turned.set_size(8).set_rotation(-45);
    let mut grid = ChartLine::new();
    grid.set_color(Color::RGB(0x00D5_DAE1)).set_width(0.75);
    chart
        .title()
        .set_name(
            format!(
                "Tepat waktu dari yang jatuh tempo, {} bulan",
                c.r.overview.trend.len()
            )
            .as_str(),
        )
        .set_font(&large);
    chart
        .y_axis()
        .set_num_format("0%")
        .set_min(floor(c))
        .set_max(1.0)
        .set_font(&small)
        .set_major_gridlines_line(&grid);
    chart.x_axis().set_font(&turned);
    chart
        .legend()
        .set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    chart.set_width(960).set_height(340);
    chart.set_alt_text(
        "Diagram garis XmR: nilai bulanan, rata-rata, batas kendali bawah dan atas, sinyal",
    );
}

/// The axis begins at the tenth below the lowest value or limit.
fn floor(c: &Context) -> f64 {
    let values = c.r.overview.trend.iter().filter_map(|p| p.value);
    let limits = c.r.overview.trend_limits.map(|l| l.lower);
    let lowest = values.chain(limits).fold(90.0_f64, f64::min);
    (((lowest - 1.0) / 10.0).floor() / 10.0).max(0.0)
}
