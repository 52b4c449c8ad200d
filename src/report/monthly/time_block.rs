//! Where the service time went, on the sheet Tahapan: shares by holder, and a native bar chart of the steps.

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType,
    Color, Worksheet,
};

use crate::report::monthly::context::Context;
use crate::report::words::group_value;
use crate::report::xlsx::Book;
use crate::report::xlsx::cells::{Value, put};

/// Rows the chart takes.
const CHART_ROWS: u32 = 23;

/// Columns of the step's hours on the sheet, with the colours of the page.
const HOURS: [(u16, &str, u32); 2] = [
    (17, "Jam dikerjakan", 0x001F_5C99),
    (18, "Jam menunggu", 0x00B4_561D),
];

/// Writes the block from `row` on; the chart shows the steps in rows `steps` (first, last). Returns the first free row.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(
    c: &Context,
    book: &Book,
    sheet: &mut Worksheet,
    row: u32,
    steps: (u32, u32),
) -> anyhow::Result<u32> {
    let s = &book.styles;
    let heads = ["Kode", "Pemakaian waktu layanan", "Bagian", "Jam"];
    for (col, head) in (0u16..).zip(heads) {
        let style = if col < 2 { &s.head } else { &s.head_number };
        sheet.write_string_with_format(row, col, head, style)?;
    }
    let mut row = row + 1;
    for holder in ["work", "waiting", "applicant", "agency", "unsplit"] {
        let group = [("holder", holder)];
        let code = format!("time.share{{holder={holder}}}");
        sheet.write_string_with_format(row, 0, code, &s.code)?;
        sheet.write_string_with_format(row, 1, group_value("holder", holder), &s.text)?;
        let share = Value::share(c.figure("time.share", &group));
        put(sheet, row, 2, &share, &s.share)?;
        let hours = Value::of(c.figure("time.hours", &group));
        put(sheet, row, 3, &hours, &s.decimal)?;
        row += 1;
    }
    if steps.0 <= steps.1 {
        sheet.insert_chart_with_offset(row + 1, 1, &chart(steps.0, steps.1), 0, 0)?;
        row += CHART_ROWS;
    }
    Ok(row)
}

fn chart(first: u32, last: u32) -> Chart {
    let mut chart = Chart::new(ChartType::BarStacked);
    for (col, name, colour) in HOURS {
        let mut fill = ChartSolidFill::new();
        fill.set_color(Color::RGB(colour));
        chart
            .add_series()
            .set_name(name)
            .set_categories(("Tahapan", first, 0, last, 0))
            .set_values(("Tahapan", first, col, last, col))
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    let mut large = ChartFont::new();
    large.set_size(12).set_bold();
    let mut grid = ChartLine::new();
    grid.set_color(Color::RGB(0x00D5_DAE1)).set_width(0.75);
    chart
        .title()
        .set_name("Waktu layanan menurut langkah (jam), berkas yang diputus")
        .set_font(&large);
    // The step is on the vertical axis, first step on top.
    chart.y_axis().set_reverse();
    chart
        .x_axis()
        .set_num_format("#,##0")
        .set_major_gridlines_line(&grid);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_alt_text("Batang bertumpuk: jam dikerjakan dan jam menunggu tiap langkah");
    chart.set_width(760).set_height(420);
    chart
}
