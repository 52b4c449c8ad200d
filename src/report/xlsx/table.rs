//! Long tables: a Table object with filters, or above its capacity an autofilter and defined names; more rows than a sheet
//! holds go on to a further sheet, and a count over the table adds all of them.
//!
//! In: fields and rows. Out: worksheets, and formulas over the columns. Headings hold letters, digits and spaces only, since
//! other characters need escapes in structured references that spreadsheet programs do not agree on.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, Format, Table, TableColumn, TableStyle,
    Worksheet,
};

use super::book::{Book, EPOCH_SERIAL, Styles, serial};
use super::cells::short;
use super::criterion::Criterion;
use crate::instant::{Day, Instant};
use crate::report::SheetCapacity;
use crate::score::{CaseVerdict, MinuteVerdict};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A long text, broken into lines.
    Wrapped,
    Number,
    Date,
    DateTime,
    /// A verdict; late and overdue are marked.
    Verdict,
}

/// A column: heading, width in characters, kind.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub heading: &'static str,
    pub width: f64,
    pub kind: Kind,
}

impl Field {
    pub const fn new(heading: &'static str, width: f64, kind: Kind) -> Self {
        Self {
            heading,
            width,
            kind,
        }
    }
}

impl Field {
    fn style<'s>(&self, styles: &'s Styles) -> &'s Format {
        match self.kind {
            Kind::Text | Kind::Number | Kind::Verdict => &styles.plain,
            Kind::Wrapped => &styles.wrapped,
            Kind::Date => &styles.date,
            Kind::DateTime => &styles.datetime,
        }
    }
}

/// One cell of a row.
#[derive(Debug, Clone, Copy)]
pub enum Cell<'a> {
    Empty,
    Text(&'a str),
    Number(f64),
    Date(Day),
    DateTime(Instant),
}

impl<'a> Cell<'a> {
    pub fn text(value: Option<&'a str>) -> Self {
        value.map_or(Cell::Empty, Cell::Text)
    }

    pub fn number(value: Option<impl Into<f64>>) -> Self {
        value.map_or(Cell::Empty, |v| Cell::Number(v.into()))
    }

    pub fn date(value: Option<Day>) -> Self {
        value.map_or(Cell::Empty, Cell::Date)
    }

    pub fn instant(value: Option<Instant>) -> Self {
        value.map_or(Cell::Empty, Cell::DateTime)
    }

    pub fn yes(value: bool) -> Self {
        Cell::Text(if value { "Ya" } else { "Tidak" })
    }
}

struct Part {
    sheet: String,
    /// Name of the Table, or prefix of the defined names.
    name: String,
    first_row: u32,
    rows: u32,
    table: bool,
}

/// A long table laid out over one or more sheets.
pub struct Grid {
    fields: &'static [Field],
    /// How many columns are printed; the others are for filtering on the screen.
    printed: u16,
    parts: Vec<Part>,
}

/// Row of the headings on each sheet.
const HEAD_ROW: u32 = 4;

impl Grid {
    /// Lays out `rows` rows of `fields` under the Table name and sheet name `name`.
    pub fn new(name: &str, fields: &'static [Field], rows: usize, capacity: SheetCapacity) -> Self {
        Self::titled(name, name, fields, rows, capacity)
    }

    /// As [`Grid::new`], with a sheet name that is no name of a Table.
    pub fn titled(
        sheet: &str,
        name: &str,
        fields: &'static [Field],
        rows: usize,
        capacity: SheetCapacity,
    ) -> Self {
        let most = capacity.data_rows(HEAD_ROW + 1) as usize;
        let sheets = rows.div_ceil(most).max(1);
        let part = |i: usize| {
            let count = rows.saturating_sub(i * most).min(most) as u32;
            let (sheet, name) = match i {
                0 => (sheet.to_owned(), name.to_owned()),
                _ => (format!("{sheet} {}", i + 1), format!("{name}_{}", i + 1)),
            };
            Part {
                sheet,
                name,
                first_row: HEAD_ROW + 1,
                rows: count,
                table: count <= capacity.table_rows,
            }
        };
        Self {
            fields,
            printed: fields.len() as u16,
            parts: (0..sheets).map(part).collect(),
        }
    }

    /// Prints the first `columns` only: a page as wide as all of them could not be read.
    pub fn printing(mut self, columns: u16) -> Self {
        self.printed = columns.clamp(1, self.fields.len() as u16);
        self
    }

    /// The reference to a column in each part.
    fn references(&self, heading: &str) -> Vec<String> {
        let reference = |p: &Part| match p.table {
            true => format!("{}[{heading}]", p.name),
            false => defined_name(p, heading),
        };
        self.parts.iter().map(reference).collect()
    }

    /// The column's reference where the table lies on one sheet: functions over a list in order can't add parts.
    pub fn single(&self, heading: &str) -> Option<String> {
        let mut all = self.references(heading);
        match all.len() {
            1 => all.pop(),
            _ => None,
        }
    }

    /// A formula (without `=`) that counts the rows meeting every criterion, over all parts; None where a criterion is too
    /// long for a formula.
    pub fn count(&self, criteria: &[(&str, Criterion)]) -> Option<String> {
        if !criteria.iter().all(|(_, c)| c.fits()) {
            return None;
        }
        let columns: Vec<(Vec<String>, String)> = criteria
            .iter()
            .map(|(h, c)| (self.references(h), c.code()))
            .collect();
        let count = |i: usize| {
            let pairs: Vec<String> = columns
                .iter()
                .map(|(refs, code)| format!("{},{code}", refs[i]))
                .collect();
            format!("COUNTIFS({})", pairs.join(","))
        };
        let counts: Vec<String> = (0..self.parts.len()).map(count).collect();
        Some(counts.join("+"))
    }

    /// Writes all sheets. `row` fills its buffer with the cells of row `index`, one per field.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn write<'r>(
        &self,
        book: &mut Book,
        title: &str,
        note: &str,
        row: impl Fn(usize, &mut Vec<Cell<'r>>),
    ) -> anyhow::Result<()> {
        let mut next = 0;
        for part in &self.parts {
            let mut sheet = book.workbook.new_worksheet_with_low_memory()?;
            sheet.set_name(&part.sheet)?;
            self.head(book, &mut sheet, part, title, note)?;
            let mut cells = Vec::with_capacity(self.fields.len());
            for i in 0..part.rows {
                cells.clear();
                row(next, &mut cells);
                next += 1;
                write_row(&mut sheet, part.first_row + i, &cells)?;
            }
            book.workbook.push_worksheet(sheet);
            if !part.table {
                self.define(book, part)?;
            }
        }
        Ok(())
    }

    fn head(
        &self,
        book: &Book,
        sheet: &mut Worksheet,
        part: &Part,
        title: &str,
        note: &str,
    ) -> anyhow::Result<()> {
        let last_col = self.fields.len() as u16 - 1;
        let last_row = part.last_row();
        for (col, field) in (0u16..).zip(self.fields) {
            sheet.set_column_width(col, field.width)?;
            sheet.set_column_format(col, field.style(&book.styles))?;
            if field.kind == Kind::Verdict {
                mark(sheet, part, col, &book.styles)?;
            }
        }
        book.heading(sheet, title, true)?;
        sheet.write_string_with_format(3, 0, note, &book.styles.subtitle)?;
        sheet.set_row_height(HEAD_ROW, 32)?;
        match part.table {
            true => {
                let columns: Vec<TableColumn> = self
                    .fields
                    .iter()
                    .map(|f| {
                        TableColumn::new()
                            .set_header(f.heading)
                            .set_header_format(&book.styles.head)
                    })
                    .collect();
                let table = Table::new()
                    .set_name(&part.name)
                    .set_style(TableStyle::Light1)
                    .set_columns(&columns);
                sheet.add_table(HEAD_ROW, 0, last_row, last_col, &table)?;
            }
            false => {
                for (col, field) in (0u16..).zip(self.fields) {
                    let head = &book.styles.head;
                    sheet.write_string_with_format(HEAD_ROW, col, field.heading, head)?;
                }
                sheet.autofilter(HEAD_ROW, 0, last_row, last_col)?;
            }
        }
        sheet.set_freeze_panes(HEAD_ROW + 1, 1)?;
        sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
        sheet.set_print_area(0, 0, last_row, self.printed - 1)?;
        Ok(())
    }

    fn define(&self, book: &mut Book, part: &Part) -> anyhow::Result<()> {
        for (col, field) in (0u16..).zip(self.fields) {
            let column = rust_xlsxwriter::utility::column_number_to_name(col);
            let range = format!(
                "='{}'!${column}${}:${column}${}",
                part.sheet,
                part.first_row + 1,
                part.last_row() + 1
            );
            book.workbook
                .define_name(defined_name(part, field.heading), &range)?;
        }
        Ok(())
    }
}

impl Part {
    /// A table without rows keeps one empty row, since a Table must have one.
    fn last_row(&self) -> u32 {
        self.first_row + self.rows.max(1) - 1
    }
}

fn defined_name(part: &Part, heading: &str) -> String {
    format!("{}_{}", part.name, heading.replace(' ', "_"))
}

fn mark(sheet: &mut Worksheet, part: &Part, col: u16, styles: &Styles) -> anyhow::Result<()> {
    let marks: [(&str, &Format); 5] = [
        (CaseVerdict::Late.label(), &styles.late),
        (CaseVerdict::Overdue.label(), &styles.late),
        (CaseVerdict::WithdrawnLate.label(), &styles.late),
        (MinuteVerdict::Over.label(), &styles.late),
        (MinuteVerdict::Under.label(), &styles.watch),
    ];
    for (word, style) in marks {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(word))
            .set_format(style);
        sheet.add_conditional_format(part.first_row, col, part.last_row(), col, &rule)?;
    }
    Ok(())
}

/// Cells carry no format of their own but their column's: looking one up per cell would cost more than writing it.
fn write_row(sheet: &mut Worksheet, row: u32, cells: &[Cell]) -> anyhow::Result<()> {
    for (col, cell) in (0u16..).zip(cells) {
        match cell {
            Cell::Empty => continue,
            Cell::Text(t) => sheet.write_string(row, col, short(t))?,
            Cell::Number(n) => sheet.write_number(row, col, *n)?,
            Cell::Date(d) => sheet.write_number(row, col, f64::from(*d) + EPOCH_SERIAL)?,
            Cell::DateTime(t) => sheet.write_number(row, col, serial(*t))?,
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field::new("Nomor berkas", 20.0, Kind::Text),
        Field::new("Putusan", 20.0, Kind::Verdict),
    ];

    fn grid(rows: usize, rows_per_sheet: u32, table_rows: u32) -> Grid {
        let capacity = SheetCapacity {
            rows_per_sheet,
            table_rows,
        };
        Grid::new("Berkas", FIELDS, rows, capacity)
    }

    #[test]
    fn a_count_adds_every_sheet() {
        let late = [("Putusan", Criterion::is("Terlambat"))];
        assert_eq!(
            grid(3, 2, 10).count(&late).as_deref(),
            Some(
                "COUNTIFS(Berkas[Putusan],\"=Terlambat\")+COUNTIFS(Berkas_2[Putusan],\"=Terlambat\")"
            )
        );
        assert_eq!(
            grid(3, 10, 2).count(&late).as_deref(),
            Some("COUNTIFS(Berkas_Putusan,\"=Terlambat\")")
        );
        assert_eq!(grid(0, 10, 2).parts.len(), 1);
        assert!(grid(3, 2, 10).single("Putusan").is_none());
    }

    #[test]
    fn wildcards_and_quotes_in_a_criterion_stand_for_themselves() {
        let name = [("Nomor berkas", Criterion::is("a*b?\"~"))];
        assert_eq!(
            grid(1, 2, 2).count(&name).as_deref(),
            Some("COUNTIFS(Berkas[Nomor berkas],\"=a~*b~?\"\"~~\")")
        );
        let long = [("Nomor berkas", Criterion::Is("x".repeat(300)))];
        assert_eq!(grid(1, 2, 2).count(&long), None);
    }
}
