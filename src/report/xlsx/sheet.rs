//! Sheets of a report's figures: tables whose rows and columns carry parts of a key.
//!
//! In: rows and columns by their [`Code`]. Out: one worksheet. Each table has a row of small keys under its heads; a cell's
//! figure is the one that the keys of its row and column name together, so that every cell can be held against the table of
//! figures. It must not compute: a quotient is a formula over its parts with the figure as its stored result.

use rust_xlsxwriter::{Chart, Color, Format, FormatAlign, Worksheet};

use crate::measure::Figure;
use crate::report::xlsx::Book;
use crate::report::xlsx::cells::{Value, address, fit_row, put, put_formula, short};
use crate::report::xlsx::code::{Code, Figures};
use crate::report::xlsx::column::{Column, Show};

/// Formats of numbers; text among them stands right and shrinks into its cell.
pub(super) struct Numbers {
    share: Format,
    number: Format,
    decimal: Format,
    ratio: Format,
    thousandths: Format,
    fine: Format,
    signed: Format,
    points: Format,
    printed: Format,
}

impl Numbers {
    fn new(book: &Book) -> Self {
        let right = |f: &Format| f.clone().set_align(FormatAlign::Right).set_shrink();
        let s = &book.styles;
        Self {
            share: right(&s.share),
            number: right(&s.number),
            decimal: right(&s.decimal),
            ratio: right(&s.decimal).set_num_format("#,##0.00"),
            thousandths: right(&s.decimal).set_num_format("0.000"),
            fine: right(&s.decimal).set_num_format("0.0000"),
            signed: right(&s.decimal).set_num_format("+0.00;-0.00;0.00"),
            points: right(&s.decimal).set_num_format("+0.0;-0.0;0.0"),
            printed: s.printed.clone().set_shrink(),
        }
    }

    pub(super) fn of(&self, show: Show) -> &Format {
        match show {
            Show::Share => &self.share,
            Show::Number | Show::Numerator | Show::Denominator | Show::N => &self.number,
            Show::Decimal => &self.decimal,
            Show::Ratio | Show::Rounded => &self.ratio,
            Show::Thousandths => &self.thousandths,
            Show::Fine => &self.fine,
            Show::Signed => &self.signed,
            Show::Points => &self.points,
            Show::Printed | Show::Own => &self.printed,
        }
    }
}

/// A worksheet being written from above.
pub struct Sheet<'b, C> {
    pub c: &'b C,
    pub book: &'b Book<'b>,
    pub sheet: Worksheet,
    /// The first free row.
    pub row: u32,
    /// A share over fewer is withheld.
    pub least_n: u64,
    name: String,
    pub(super) widths: Vec<f64>,
    pub(super) numbers: Numbers,
    /// Words of a list, clear of the number before them.
    pub(super) listed: Format,
}

impl<'b, C: Figures> Sheet<'b, C> {
    /// An empty sheet with its headings, its columns as wide as `widths` (characters).
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn new(c: &'b C, book: &'b Book<'b>, name: &str, widths: Vec<f64>) -> anyhow::Result<Self> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        let landscape = widths.iter().sum::<f64>() > 110.0;
        book.heading(&mut sheet, name, landscape)?;
        for (col, width) in (0u16..).zip(&widths) {
            sheet.set_column_width(col, *width)?;
        }
        let row = book.heading_rows();
        sheet.set_freeze_panes(row, 2)?;
        Ok(Self {
            c,
            book,
            sheet,
            row,
            least_n: c.least_n(),
            name: name.to_owned(),
            widths,
            numbers: Numbers::new(book),
            listed: book
                .styles
                .text
                .clone()
                .set_align(FormatAlign::Left)
                .set_indent(1),
        })
    }

    /// The name, as charts refer to it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A heading over all columns.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn section(&mut self, title: &str) -> anyhow::Result<()> {
        let style = &self.book.styles.section;
        for col in (0u16..).take(self.widths.len()) {
            self.sheet.write_blank(self.row, col, style)?;
        }
        self.sheet
            .write_string_with_format(self.row, 0, title, style)?;
        self.sheet.set_row_height(self.row, 22)?;
        self.row += 1;
        Ok(())
    }

    /// A sentence over all columns.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn note(&mut self, text: &str) -> anyhow::Result<()> {
        let last = self.widths.len().saturating_sub(1) as u16;
        let style = &self.book.styles.note;
        match last {
            0 => {
                self.sheet
                    .write_string_with_format(self.row, 0, short(text), style)?;
            }
            _ => {
                self.sheet
                    .merge_range(self.row, 0, self.row, last, &short(text), style)?;
            }
        }
        let width: f64 = self.widths.iter().sum();
        fit_row(&mut self.sheet, self.row, &[(text, width)])?;
        self.row += 1;
        Ok(())
    }

    /// An empty row.
    pub fn gap(&mut self) {
        self.row += 1;
    }

    /// Heads of a table: Kode, the labels, the figures; under them the keys.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn heads(&mut self, labels: &[&str], columns: &[Column]) -> anyhow::Result<()> {
        let s = &self.book.styles;
        let mut heads: Vec<(&str, &Format)> = vec![("Kode", &s.head)];
        heads.extend(labels.iter().map(|l| (*l, &s.head)));
        heads.extend(columns.iter().map(|c| (c.head.as_str(), &s.head_number)));
        let sized: Vec<(&str, f64)> = heads
            .iter()
            .zip(&self.widths)
            .map(|((head, _), width)| (*head, width - 1.5))
            .collect();
        for (col, (head, style)) in (0u16..).zip(&heads) {
            self.sheet
                .write_string_with_format(self.row, col, *head, style)?;
        }
        fit_row(&mut self.sheet, self.row, &sized)?;
        let code = s.code.clone().set_shrink();
        for col in (0u16..).take(1 + labels.len()) {
            self.sheet.write_blank(self.row + 1, col, &code)?;
        }
        let code = code.set_align(FormatAlign::Right);
        for (col, column) in (1 + labels.len() as u16..).zip(columns) {
            self.sheet
                .write_string_with_format(self.row + 1, col, column.key(), &code)?;
        }
        self.row += 2;
        Ok(())
    }

    /// Keeps the heads just written in sight, and repeats them on every printed page; for a sheet of one table.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn freeze(&mut self, columns: u16) -> anyhow::Result<()> {
        self.sheet.set_freeze_panes(self.row, columns)?;
        self.sheet
            .set_repeat_rows(self.row.saturating_sub(2), self.row.saturating_sub(2))?;
        Ok(())
    }

    /// A row: its key, its labels, and the figures it names with each column. `show` where a column leaves it to the row.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn line(
        &mut self,
        code: &Code,
        labels: &[&str],
        columns: &[Column],
        show: Show,
    ) -> anyhow::Result<()> {
        self.line_with(code, labels, columns, show, |_, _| None)
    }

    /// As [`Sheet::line`]; `formula` gives that of a column by its place among `columns` and of the row (from 0).
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn line_with(
        &mut self,
        code: &Code,
        labels: &[&str],
        columns: &[Column],
        show: Show,
        formula: impl Fn(usize, u32) -> Option<String>,
    ) -> anyhow::Result<()> {
        self.labels(code, labels)?;
        let first = 1 + labels.len() as u16;
        for (at, column) in columns.iter().enumerate() {
            if column.show == Some(Show::Own) {
                continue;
            }
            let figure = code.join(&column.code).figure(self.c);
            let col = first + at as u16;
            let parts = at.checked_sub(2).and_then(|i| columns.get(i));
            let of_parts =
                parts.is_some_and(|p| p.show == Some(Show::Numerator) && p.code == column.code);
            let quotient = of_parts
                .then(|| self.quotient(&address(self.row, col - 2), &address(self.row, col - 1)));
            let formula = formula(at, self.row).or(quotient);
            self.cell(col, figure, column.show.unwrap_or(show), formula)?;
        }
        self.row += 1;
        Ok(())
    }

    /// The key and the labels of a row, in a row tall enough for them.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn labels(&mut self, code: &Code, labels: &[&str]) -> anyhow::Result<()> {
        let s = &self.book.styles;
        self.sheet
            .write_string_with_format(self.row, 0, short(&code.to_string()), &s.code)?;
        for (col, label) in (1u16..).zip(labels) {
            self.sheet
                .write_string_with_format(self.row, col, short(label), &s.text)?;
        }
        let sized: Vec<(&str, f64)> = labels
            .iter()
            .zip(self.widths.iter().skip(1))
            .map(|(label, width)| (*label, *width))
            .collect();
        fit_row(&mut self.sheet, self.row, &sized)?;
        Ok(())
    }

    /// A figure in the current row; a formula where it has a number to be held against.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn cell(
        &mut self,
        col: u16,
        figure: Option<&Figure>,
        show: Show,
        formula: Option<String>,
    ) -> anyhow::Result<()> {
        let style = self.numbers.of(show);
        let value = value(figure, show);
        let words_too = matches!(show, Show::Share | Show::Rounded | Show::Printed);
        let live = words_too || matches!(value, Value::Number(_));
        match formula.filter(|_| live && figure.is_some()) {
            Some(formula) => put_formula(&mut self.sheet, self.row, col, &formula, &value, style)?,
            None => put(&mut self.sheet, self.row, col, &value, style)?,
        }
        Ok(())
    }

    /// The quotient of two cells as a share is printed: withheld over too few, none over nothing.
    pub fn quotient(&self, part: &str, whole: &str) -> String {
        let least = self.least_n;
        format!(
            "=IF({whole}=0,\"–\",IF({whole}<{least},\"ditahan (n = \"&{whole}&\")\",{part}/{whole}))"
        )
    }

    /// Makes a row as tall as its texts need.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn fit(&mut self, row: u32, texts: &[(&str, f64)]) -> anyhow::Result<()> {
        Ok(fit_row(&mut self.sheet, row, texts)?)
    }

    /// A chart below what is written, as tall as so many rows.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn chart(&mut self, chart: &Chart, rows: u32) -> anyhow::Result<()> {
        self.sheet
            .insert_chart_with_offset(self.row, 0, chart, 4, 8)?;
        self.row += rows;
        Ok(())
    }

    /// The finished sheet, its tab in a colour.
    pub fn finish(mut self, tab: u32) -> Worksheet {
        self.sheet.set_tab_color(Color::RGB(tab));
        self.sheet
    }
}

fn value(figure: Option<&Figure>, show: Show) -> Value {
    let none = || Value::Text(crate::format::NONE.to_owned());
    let number = |n: Option<i64>| n.map_or_else(none, |n| Value::Number(n as f64));
    match show {
        Show::Share => Value::share(figure),
        Show::Numerator => {
            // What is withheld cannot be worked out again from its parts.
            let of = figure.filter(|f| f.value.is_some() || f.denominator == Some(0));
            number(of.and_then(|f| f.numerator))
        }
        Show::Denominator => number(figure.and_then(|f| f.denominator)),
        Show::N => number(figure.and_then(|f| i64::try_from(f.n).ok())),
        Show::Rounded | Show::Signed => Value::rounded(figure),
        Show::Printed => figure.map_or_else(none, |f| Value::Text(f.printed.clone())),
        _ => Value::of(figure),
    }
}
