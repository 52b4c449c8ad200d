//! Sheet Unsur: the result of each element, from its answers to its grade; and the elements near their ceiling.
//!
//! In: figures by element. Out: one worksheet; what the sheet Matriks holds is a formula over it.

use num_traits::ToPrimitive;
use rust_xlsxwriter::utility::row_col_to_cell_absolute;
use rust_xlsxwriter::{Chart, ChartAxisLabelPosition, ChartLine, ChartType, Color, Worksheet};

use crate::measure::ikm::Survey;
use crate::report::ikm::view::View;
use crate::report::ikm::workbook::formula;
use crate::report::ikm::workbook::keys::of_element;
use crate::report::ikm::workbook::matrix::{Line, Matrix};
use crate::report::xlsx::cells::{Value, address, put, put_formula};
use crate::report::xlsx::charts::{BLUE, GRID, chart, fill};
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show, one_figure};
use crate::report::xlsx::sheet::Sheet;
use crate::report::xlsx::{Book, Criterion};
use crate::standard::instrument::{Element, Measured};

/// Columns of the table.
const LABEL: u16 = 1;
pub const ANSWERS: u16 = 2;
pub const SUM: u16 = 4;
pub const NRR: u16 = 5;
const FRACTION: u16 = 6;
pub const WEIGHT: u16 = 7;
pub const INDEX: u16 = 9;
/// The highest answer; the lowest is 1.
const BEST: i64 = 4;
const CHART_ROWS: u32 = 21;

/// The weights on this sheet, for formulas over a column of NRR.
pub fn weights(book: &Book, elements: usize) -> String {
    let first = first_row(book);
    let cell = |row| row_col_to_cell_absolute(row, WEIGHT);
    let last = first + elements.max(1) as u32 - 1;
    format!("Unsur!{}:{}", cell(first), cell(last))
}

/// Row of the first element: the table begins below the headings of the sheet and its own heads and keys.
fn first_row(book: &Book) -> u32 {
    book.heading_rows() + 2
}

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book, matrix: &Matrix) -> anyhow::Result<Worksheet> {
    let mut s = Sheet::new(v, book, "Unsur", widths())?;
    let columns = columns();
    s.heads(&["Unsur"], &columns)?;
    s.freeze(2)?;
    let first = s.row;
    for (at, element) in v.elements().iter().enumerate() {
        line(&mut s, matrix, at, element, &columns)?;
    }
    let last = s.row.saturating_sub(1);
    s.gap();
    unit(&mut s, matrix)?;
    s.gap();
    if last >= first {
        let bars = bars(s.name(), (first, last));
        s.chart(&bars, CHART_ROWS)?;
    }
    s.sheet.set_page_breaks(&[s.row])?;
    ceilings(&mut s, &v.r.ikm.survey)?;
    Ok(s.finish(BLUE))
}

/// Widths of a sheet of such tables.
pub fn widths() -> Vec<f64> {
    let mut widths = vec![23.0, 36.0, 10.0, 10.0, 10.0, 9.0, 8.0, 9.0, 11.0, 9.0, 8.0];
    widths.extend([8.5; BEST as usize]);
    widths
}

/// Columns of the figures of an element.
pub fn columns() -> Vec<Column> {
    let own = |indicator: &str| Code::of(indicator);
    let nrr = own("ikm.element");
    let mut all = vec![
        Column::new("Menjawab (n)", nrr.clone(), Show::Denominator),
        Column::new("Tidak menjawab", own("ikm.element.missing"), Show::Number),
        Column::new("Jumlah nilai", nrr.clone(), Show::Numerator),
        Column::new("NRR", nrr, Show::Ratio),
        Column::own("Bobot"),
        Column::own("Bobot (desimal)"),
        Column::new("NRR tertimbang", own("ikm.element.weighted"), Show::Fine),
        Column::new("Indeks (25 × NRR)", own("ikm.element.index"), Show::Rounded),
        Column::new("Mutu", own("ikm.element.grade"), Show::Printed),
    ];
    let answers = (1..=BEST).map(|answer| {
        let code = own("ikm.element.answers").with("answer", answer.to_string());
        Column::new(format!("Jawaban {answer}"), code, Show::Number)
    });
    all.extend(answers);
    all
}

fn line(
    s: &mut Sheet<View>,
    matrix: &Matrix,
    at: usize,
    element: &Element,
    columns: &[Column],
) -> anyhow::Result<()> {
    let code = Code::group("element", &element.code);
    let instrument = s.c.instrument();
    let formulas = |column: usize, row: u32| {
        let here = |col| address(row, col);
        let formula = match column {
            0 => format!("={}", matrix.cell(Line::Answers, at)),
            1 => format!("={}", matrix.cell(Line::Missing, at)),
            2 => format!("={}", matrix.cell(Line::Sum, at)),
            3 => formula::nrr(&here(SUM), &here(ANSWERS)),
            6 => format!("=IF(ISNUMBER({0}),{0}*{1},\"–\")", here(NRR), here(WEIGHT)),
            7 => formula::index(&here(NRR)),
            8 => formula::grade(&here(INDEX), instrument)?,
            answer => {
                let answer = Criterion::Equals(answer as i64 - 8);
                format!("={}", matrix.forms(&[(matrix.element(at), answer)]))
            }
        };
        matrix.live.then_some(formula)
    };
    let row = s.row;
    s.line_with(&code, &[&element.title], columns, Show::Number, formulas)?;
    weight(s, row, element)
}

/// The weight of an element, exactly and as a decimal.
pub fn weight(s: &mut Sheet<View>, row: u32, element: &Element) -> anyhow::Result<()> {
    let fraction = Value::Text(element.weight.to_string());
    put(
        &mut s.sheet,
        row,
        FRACTION,
        &fraction,
        &s.book.styles.printed,
    )?;
    let decimal = Value::Number(element.weight.to_f64().unwrap_or_default());
    let formula = format!("={}", element.weight);
    let style = s.book.styles.decimal.clone().set_num_format("0.0000");
    put_formula(&mut s.sheet, row, WEIGHT, &formula, &decimal, &style)?;
    Ok(())
}

fn unit(s: &mut Sheet<View>, matrix: &Matrix) -> anyhow::Result<()> {
    s.section("Unit pelayanan")?;
    let columns = one_figure();
    s.heads(&["Uraian"], &columns)?;
    for (indicator, label, show, line) in [
        (
            "ikm.unit",
            "Indeks Kepuasan Masyarakat (IKM)",
            Show::Rounded,
            Line::Ikm,
        ),
        (
            "ikm.grade",
            "Mutu pelayanan",
            Show::Printed,
            Line::UnitGrade,
        ),
    ] {
        let formula =
            |column, _| (column == 0 && matrix.live).then(|| format!("={}", matrix.cell(line, 0)));
        s.line_with(&Code::of(indicator), &[label], &columns, show, formula)?;
    }
    s.note(
        "NRR (nilai rata-rata) = jumlah nilai / banyaknya jawaban. IKM = 25 × jumlah (bobot × NRR), dibulatkan satu kali pada akhirnya; angka \
         yang ditampilkan dengan pembulatan tidak dipakai untuk menghitung lebih lanjut.",
    )
}

/// The share of highest answers of elements that are held against the fee.
fn ceilings(s: &mut Sheet<View>, survey: &Survey) -> anyhow::Result<()> {
    let fee = |e: &&Element| e.measured == Some(Measured::Fee);
    let services = &s.c.r.ikm.services;
    for element in survey.instrument.elements.iter().filter(fee) {
        s.section(&format!("{}: bagian jawaban tertinggi", element.title))?;
        s.note(
            "Pada layanan tanpa biaya hampir setiap jawaban ialah 4 (gratis): nilai setinggi itu menunjukkan bahwa layanan tidak dipungut biaya, \
             bukan suatu capaian, dan unsur ini tidak dapat naik lagi.",
        )?;
        let code = of_element("ikm.element.ceiling", element);
        let columns = Column::share("Jawaban 4", "Bagian", "ikm.element.ceiling", false);
        s.heads(&["Layanan"], &columns)?;
        s.line(&code, &["Unit pelayanan"], &columns, Show::Share)?;
        for service in services {
            let code = code.clone().with("service", service);
            if code.figure(s.c).is_some() {
                let name = s.c.service(service).to_owned();
                s.line(&code, &[&name], &columns, Show::Share)?;
            }
        }
    }
    Ok(())
}

/// NRR by element; `rows`: first and last.
fn bars(sheet: &str, rows: (u32, u32)) -> Chart {
    let words = "Diagram batang: nilai rata-rata (NRR) setiap unsur pada skala 1 sampai 4";
    let mut bars = chart(ChartType::Bar, "NRR menurut unsur", words, (860, 400));
    bars.add_series()
        .set_name("NRR")
        .set_categories((sheet, rows.0, LABEL, rows.1, LABEL))
        .set_values((sheet, rows.0, NRR, rows.1, NRR))
        .set_gap(60)
        .set_format(&mut fill(BLUE));
    // Bars lie: the first element on top, the scale below.
    bars.y_axis().set_reverse().set_major_gridlines(false);
    let mut grid = ChartLine::new();
    grid.set_color(Color::RGB(GRID)).set_width(0.75);
    bars.x_axis()
        .set_num_format("0.00")
        .set_min(1.0)
        .set_max(BEST as f64)
        .set_major_unit(0.5)
        .set_major_gridlines_line(&grid)
        .set_label_position(ChartAxisLabelPosition::High);
    bars.legend().set_hidden();
    bars
}
