//! Sheet Bulanan: respondents, IKM and elements by month, beside the semester.
//!
//! In: figures by month. Out: one worksheet; over few enough forms NRR and IKM are formulas over the sheet Matriks.

use rust_xlsxwriter::{ChartType, Worksheet};

use crate::format;
use crate::instant::day_of;
use crate::period::Period;
use crate::report::ikm::view::View;
use crate::report::ikm::workbook::matrix::{Condition, DATE, Matrix};
use crate::report::ikm::workbook::{formula, unsur};
use crate::report::xlsx::book::EPOCH_SERIAL;
use crate::report::xlsx::cells::address;
use crate::report::xlsx::charts::{BLUE, chart, dots, line};
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};
use crate::report::xlsx::sheet::Sheet;
use crate::report::xlsx::{Book, Criterion};

/// Columns before the first period.
const FIRST: u16 = 2;
const CHART_ROWS: u32 = 20;
const LOWEST: f64 = 25.0;
const HIGHEST: f64 = 100.0;
const STEP: f64 = 15.0;

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book, matrix: &Matrix) -> anyhow::Result<Worksheet> {
    let months = v.months();
    let periods: Vec<Period> = [&months[..], &[v.r.ikm.period]].concat();
    let mut widths = vec![27.0, 40.0];
    widths.extend(vec![12.0; periods.len()]);
    let mut s = Sheet::new(v, book, "Bulanan", widths)?;
    let columns: Vec<Column> = periods
        .iter()
        .map(|p| Column::of_row(name(*p), Code::at(*p)))
        .collect();
    s.heads(&["Uraian"], &columns)?;
    s.freeze(FIRST)?;
    let head = s.row.saturating_sub(2);
    let elements = matrix.elements() as u32;
    // Respondents, IKM, grade and recipients stand above the heading of the elements.
    let nrr = s.row + 5;
    let m = Months {
        matrix,
        periods: &periods,
        few: matrix.few(months.len() * (elements as usize + 1), 5),
    };
    m.headline(&mut s, &columns, (nrr, nrr + elements.max(1) - 1))?;
    m.elements(&mut s, &columns)?;
    s.gap();
    if !months.is_empty() {
        draw(&mut s, head, months.len() as u16)?;
    }
    s.sheet.set_print_fit_to_pages(1, 1);
    Ok(s.finish(BLUE))
}

/// `Jan 26`; the semester `Semester`.
fn name(period: Period) -> String {
    match period {
        Period::Semester { .. } => "Semester".to_owned(),
        other => format::period_short(other),
    }
}

struct Months<'m> {
    matrix: &'m Matrix<'m>,
    periods: &'m [Period],
    /// Whether formulas over the rows are few enough.
    few: bool,
}

impl Months<'_> {
    /// `rows`: first and last of the elements' NRR.
    fn headline(
        &self,
        s: &mut Sheet<View>,
        columns: &[Column],
        rows: (u32, u32),
    ) -> anyhow::Result<()> {
        let respondents = |at: usize, _| {
            let dates = self.dates(at)?;
            Some(format!("={}", self.matrix.forms(&dates)))
        };
        let code = Code::of("ikm.respondents");
        s.line_with(&code, &["Responden"], columns, Show::Number, respondents)?;
        let k = self.matrix.elements();
        let weights = unsur::weights(s.book, k);
        let ikm = |at: usize, _| {
            let col = FIRST + at as u16;
            let nrr = format!("{}:{}", address(rows.0, col), address(rows.1, col));
            Some(formula::ikm(&nrr, &weights, k))
        };
        let code = Code::of("ikm.unit");
        s.line_with(&code, &["IKM"], columns, Show::Rounded, ikm)?;
        let code = Code::of("ikm.grade");
        let v = s.c;
        let grade = |at: usize, row: u32| {
            formula::grade(&address(row - 1, FIRST + at as u16), v.instrument())
        };
        s.line_with(&code, &["Mutu"], columns, Show::Printed, grade)?;
        let code = Code::of("ikm.recipients");
        s.line(&code, &["Penerima layanan"], columns, Show::Number)
    }

    fn elements(&self, s: &mut Sheet<View>, columns: &[Column]) -> anyhow::Result<()> {
        s.section("NRR setiap unsur")?;
        for (element, of) in s.c.elements().iter().enumerate() {
            let code = Code::of("ikm.element").with("element", &of.code);
            let formula = |at: usize, _| Some(self.matrix.nrr(element, &self.conditions(at)?));
            s.line_with(&code, &[&of.title], columns, Show::Ratio, formula)?;
        }
        Ok(())
    }

    /// The rows of a period that count; None where there would be too many formulas.
    fn conditions(&self, at: usize) -> Option<Vec<Condition>> {
        let rule = self.matrix.conditions(self.matrix.rule);
        Some([rule, self.dates(at)?].concat())
    }

    /// The rows of a period.
    fn dates(&self, at: usize) -> Option<Vec<Condition>> {
        let period = *self.periods.get(at).filter(|_| self.few)?;
        let serial = |d| i64::from(day_of(d)) + EPOCH_SERIAL as i64;
        let from = Criterion::AtLeast(serial(period.first()));
        let until = Criterion::Below(serial(period.end()));
        Some(vec![(DATE, from), (DATE, until)])
    }
}

/// The IKM by month; `head`: row of the heads.
fn draw(s: &mut Sheet<View>, head: u32, months: u16) -> anyhow::Result<()> {
    let last = FIRST + months - 1;
    let row = head + 3;
    let words = "Diagram garis: Indeks Kepuasan Masyarakat tiap bulan";
    let mut months = chart(ChartType::Line, "IKM menurut bulan", words, (860, 360));
    months
        .add_series()
        .set_name("IKM")
        .set_categories((s.name(), head, FIRST, head, last))
        .set_values((s.name(), row, FIRST, row, last))
        .set_format(&mut line(BLUE))
        .set_marker(&dots(BLUE));
    months
        .y_axis()
        .set_num_format("0")
        .set_min(LOWEST)
        .set_max(HIGHEST)
        .set_major_unit(STEP);
    months.legend().set_hidden();
    s.chart(&months, CHART_ROWS)
}
