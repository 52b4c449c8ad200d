//! Sheet Tren: the IKM of this and earlier periods, archived ones as they were published.
//!
//! In: the points of the trend. Out: one worksheet with a chart, whose line is broken where the instrument changed.

use rust_xlsxwriter::{Chart, ChartEmptyCells, ChartType, Worksheet};

use crate::format;
use crate::measure::ikm::TrendPoint;
use crate::report::ikm::view::View;
use crate::report::xlsx::Book;
use crate::report::xlsx::cells::{Value, put};
use crate::report::xlsx::charts::{BLUE, ORANGE, chart, dots, fill, line};
use crate::report::xlsx::column::Show;
use crate::report::xlsx::sheet::Sheet;

const HEADS: [&str; 7] = [
    "Instrumen",
    "Responden",
    "IKM",
    "Tercetak",
    "Mutu",
    "Kinerja",
    "Keterangan",
];
const VALUE: u16 = 3;
/// The values again, apart by what they are: published before, computed here, and each stretch without a change of instrument.
const BARS: [(&str, u16); 2] = [("Arsip", ARCHIVED), ("Dihitung", ARCHIVED + 1)];
const ARCHIVED: u16 = HEADS.len() as u16 + 1;
const STRETCHES: u16 = ARCHIVED + BARS.len() as u16;
const CHART_ROWS: u32 = 21;
const COLOURS: [u32; 2] = [BLUE, ORANGE];
const PALE: [u32; 2] = [0x00E6_E9ED, 0x00BF_D2E6];
const LOWEST: f64 = 25.0;
const HIGHEST: f64 = 100.0;
const STEP: f64 = 15.0;

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book) -> anyhow::Result<Worksheet> {
    let points = &v.r.ikm.trend;
    let stretches = stretches(points);
    let mut widths = vec![24.0, 38.0, 11.0, 9.0, 10.0, 7.0, 15.0, 58.0];
    widths.extend(vec![9.0; BARS.len() + stretches.len()]);
    let mut s = Sheet::new(v, book, "Tren", widths)?;
    s.note(
        "Hasil yang diarsipkan dicantumkan sebagaimana diumumkan, dengan mutu menurut instrumennya sendiri, dan tidak dinilai ulang. Garis terputus \
         apabila instrumennya berganti: nilai menurut instrumen yang berbeda tidak dapat diperbandingkan begitu saja.",
    )?;
    s.gap();
    let names: Vec<String> = (1..=stretches.len())
        .map(|n| format!("Garis {n}"))
        .collect();
    let heads: Vec<&str> = HEADS
        .into_iter()
        .chain(BARS.map(|(name, _)| name))
        .chain(names.iter().map(String::as_str))
        .collect();
    s.list_heads("Periode", &heads)?;
    // Heads of numbers stand above them.
    let numbers = (2..5).zip(heads.iter().skip(1));
    let values = (ARCHIVED..).zip(heads.iter().skip(HEADS.len()));
    for (col, head) in numbers.chain(values) {
        let style = &book.styles.head_number;
        s.sheet
            .write_string_with_format(s.row.saturating_sub(1), col, *head, style)?;
    }
    let first = s.row;
    for (at, point) in points.iter().enumerate() {
        row(&mut s, point)?;
        let bar = ARCHIVED + u16::from(!point.archived);
        s.plain(bar, point.value, Show::Ratio)?;
        for (col, (from, to)) in (STRETCHES..).zip(&stretches) {
            if (*from..=*to).contains(&at) {
                s.plain(col, point.value, Show::Ratio)?;
            }
        }
        s.row += 1;
    }
    s.gap();
    if !points.is_empty() {
        let drawn = draw(s.name(), points, &stretches, first);
        s.chart(&drawn, CHART_ROWS)?;
    }
    s.sheet.set_print_fit_to_pages(1, 1);
    Ok(s.finish(BLUE))
}

/// First and last point of each stretch without a change of instrument.
fn stretches(points: &[TrendPoint]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    for (at, point) in points.iter().enumerate() {
        match all.last_mut().filter(|_| !point.breaks) {
            Some((_, to)) => *to = at,
            None => all.push((at, at)),
        }
    }
    all
}

fn row(s: &mut Sheet<View>, point: &TrendPoint) -> anyhow::Result<()> {
    s.entry(&format::period(point.period))?;
    s.words(1, &point.instrument_title)?;
    s.plain(2, point.respondents.map(|n| n as f64), Show::Number)?;
    s.plain(VALUE, point.value, Show::Ratio)?;
    let printed = Value::Text(point.printed.clone());
    put(&mut s.sheet, s.row, 4, &printed, &s.book.styles.printed)?;
    s.words(5, &point.grade)?;
    s.words(6, &point.performance)?;
    let remark = remark(point);
    s.words(7, &remark)?;
    s.fit(s.row, &[(&point.instrument_title, 36.0), (&remark, 56.0)])
}

fn remark(point: &TrendPoint) -> String {
    let source = match point.archived {
        true => "Diarsipkan, sebagaimana diumumkan.",
        false => "Dihitung dari formulir.",
    };
    let breaks = point.breaks.then_some("Instrumen berganti.");
    let all: Vec<&str> = [Some(source), point.legacy.as_deref(), breaks]
        .into_iter()
        .flatten()
        .collect();
    all.join(" ")
}

/// All values as bars, archived ones with them, and a line for each stretch.
fn draw(sheet: &str, points: &[TrendPoint], stretches: &[(usize, usize)], first: u32) -> Chart {
    let last = first + points.len().max(1) as u32 - 1;
    let words = "Diagram batang dan garis: Indeks Kepuasan Masyarakat menurut periode; garis terputus apabila instrumen berganti";
    let size = (900, 380);
    let mut bars = chart(ChartType::Column, "IKM menurut periode", words, size);
    for ((name, col), colour) in BARS.into_iter().zip(PALE) {
        bars.add_series()
            .set_name(name)
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, col, last, col))
            .set_gap(80)
            .set_overlap(100)
            .set_format(&mut fill(colour));
    }
    let mut lines = Chart::new(ChartType::Line);
    for (n, (from, _)) in stretches.iter().enumerate() {
        let col = STRETCHES + n as u16;
        let title = points
            .get(*from)
            .map_or("", |p| p.instrument_title.as_str());
        let colour = COLOURS.get(n % COLOURS.len()).copied().unwrap_or(BLUE);
        lines
            .add_series()
            .set_name(title)
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, col, last, col))
            .set_format(&mut line(colour))
            .set_marker(&dots(colour));
    }
    bars.combine(&lines);
    bars.show_empty_cells_as(ChartEmptyCells::Gaps);
    bars.y_axis()
        .set_num_format("0")
        .set_min(LOWEST)
        .set_max(HIGHEST)
        .set_major_unit(STEP);
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_instrument_begins_a_further_line() {
        let point = |breaks| TrendPoint {
            period: crate::period::Period::Year { year: 2026 },
            instrument: String::new(),
            instrument_title: String::new(),
            respondents: None,
            printed: String::new(),
            value: None,
            grade: String::new(),
            performance: String::new(),
            archived: false,
            legacy: None,
            breaks,
        };
        let of = |breaks: &[bool]| {
            let points: Vec<TrendPoint> = breaks.iter().map(|b| point(*b)).collect();
            stretches(&points)
        };
        assert_eq!(of(&[false, false, true, false]), [(0, 1), (2, 3)]);
        assert_eq!(of(&[true, true]), [(0, 0), (1, 1)]);
        assert_eq!(of(&[]), []);
    }
}
