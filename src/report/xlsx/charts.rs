//! The look of the native charts: one title, quiet grid, the colours of the page.

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType,
    ChartSolidFill, ChartType, Color,
};

pub const BLUE: u32 = 0x001F_5C99;
pub const ORANGE: u32 = 0x00B4_561D;
pub const GRID: u32 = 0x00D5_DAE1;

/// An empty chart with its title; `words` say what it shows to those who cannot see it.
pub fn chart(kind: ChartType, title: &str, words: &str, (width, height): (u32, u32)) -> Chart {
    let mut chart = Chart::new(kind);
    let (mut large, mut small) = (ChartFont::new(), ChartFont::new());
    large.set_size(12).set_bold();
    small.set_size(8);
    let mut grid = ChartLine::new();
    grid.set_color(Color::RGB(GRID)).set_width(0.75);
    chart.title().set_name(title).set_font(&large);
    chart
        .y_axis()
        .set_font(&small)
        .set_major_gridlines_line(&grid);
    chart.x_axis().set_font(&small);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart
        .set_alt_text(words)
        .set_width(width)
        .set_height(height);
    chart
}

/// A filled area in a colour.
pub fn fill(colour: u32) -> ChartFormat {
    let mut fill = ChartSolidFill::new();
    fill.set_color(Color::RGB(colour));
    let mut format = ChartFormat::new();
    format.set_solid_fill(&fill);
    format
}

/// A line in a colour.
pub fn line(colour: u32) -> ChartFormat {
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(colour)).set_width(2.25);
    let mut format = ChartFormat::new();
    format.set_line(&line);
    format
}

/// Round marks in a colour.
pub fn dots(colour: u32) -> ChartMarker {
    let mut marker = ChartMarker::new();
    marker
        .set_type(ChartMarkerType::Circle)
        .set_size(6)
        .set_format(&mut fill(colour));
    marker
}
