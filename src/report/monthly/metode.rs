//! Sheet Metode: every rule with its source, the standards, the origin of the report.

use rust_xlsxwriter::Worksheet;

use crate::report::method::{self, Block};
use crate::report::monthly::context::Context;
use crate::report::xlsx::Book;
use crate::report::xlsx::cells::{fit_row, short};

/// Widths of the two columns, in characters.
const TITLES: f64 = 34.0;
const RULES: f64 = 104.0;

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(c: &Context, book: &mut Book) -> anyhow::Result<()> {
    let mut blocks = method::blocks(c.r.rules, c.r.library);
    blocks.extend(method::standards(c.r.library));
    sheet(book, &blocks, &c.provenance())
}

/// The sheet of any report: its rules, then the origin of its data as name and value.
///
/// # Errors
/// What the workbook writer refuses.
pub fn sheet(
    book: &mut Book,
    blocks: &[Block],
    provenance: &[(String, String)],
) -> anyhow::Result<()> {
    let mut sheet = Worksheet::new();
    sheet.set_name("Metode")?;
    book.heading(&mut sheet, "Metode", false)?;
    sheet.set_column_width(0, TITLES)?;
    sheet.set_column_width(1, RULES)?;
    let mut row = book.heading_rows();
    let s = &book.styles;
    for (col, head) in (0u16..).zip(["Pokok", "Aturan dan sumber"]) {
        sheet.write_string_with_format(row, col, head, &s.head)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    sheet.set_repeat_rows(row, row)?;
    row += 1;
    for block in blocks {
        row = write_block(&mut sheet, row, block, book)?;
    }
    for (name, value) in provenance {
        sheet.write_string_with_format(row, 0, short(name), &s.strong)?;
        sheet.write_string_with_format(row, 1, short(value), &s.text)?;
        fit_row(&mut sheet, row, &[(name, TITLES), (value, RULES)])?;
        row += 1;
    }
    book.workbook.push_worksheet(sheet);
    Ok(())
}

fn write_block(
    sheet: &mut Worksheet,
    mut row: u32,
    block: &Block,
    book: &Book,
) -> anyhow::Result<u32> {
    let s = &book.styles;
    for (i, rule) in block.rules.iter().enumerate() {
        let title = if i == 0 { block.title.as_str() } else { "" };
        sheet.write_string_with_format(row, 0, short(title), &s.strong)?;
        sheet.write_string_with_format(row, 1, short(rule), &s.text)?;
        fit_row(sheet, row, &[(title, TITLES), (rule, RULES)])?;
        row += 1;
    }
    sheet.write_string_with_format(row, 0, "", &s.strong)?;
    let source = format!("Sumber: {}", block.source);
    sheet.write_string_with_format(row, 1, short(&source), &s.note)?;
    fit_row(sheet, row, &[(&source, RULES)])?;
    Ok(row + 1)
}
