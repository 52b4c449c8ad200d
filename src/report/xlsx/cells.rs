//! Values and formulas with their stored results.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use crate::format;
use crate::measure::Figure;

/// What a cell shows, and what is stored as a formula's result.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Number(f64),
    Text(String),
    Empty,
}

impl Value {
    /// A figure's value: its number, else its printed words (withheld, none).
    pub fn of(figure: Option<&Figure>) -> Self {
        match figure.map(|f| (f.value, &f.printed)) {
            Some((Some(v), _)) => Value::Number(v),
            Some((None, printed)) => Value::Text(printed.clone()),
            None => Value::Text(format::NONE.to_owned()),
        }
    }

    /// A share as a fraction of one, as sheets format it.
    pub fn share(figure: Option<&Figure>) -> Self {
        match figure.and_then(|f| Some((f.value?, f.numerator?, f.denominator?))) {
            Some((_, part, whole)) if whole > 0 => Value::Number(part as f64 / whole as f64),
            _ => match Value::of(figure) {
                Value::Number(percent) => Value::Number(percent / 100.0),
                other => other,
            },
        }
    }

    /// As a formula's stored result.
    fn stored(&self) -> String {
        match self {
            Value::Number(v) => v.to_string(),
            Value::Text(t) => t.clone(),
            Value::Empty => String::new(),
        }
    }
}

/// Writes a value; text stays text.
///
/// # Errors
/// What the workbook writer refuses.
pub fn put(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    value: &Value,
    style: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Number(v) => sheet.write_number_with_format(row, col, *v, style)?,
        Value::Text(t) => sheet.write_string_with_format(row, col, short(t), style)?,
        Value::Empty => sheet.write_blank(row, col, style)?,
    };
    Ok(())
}

/// Writes a formula with its result as computed.
///
/// # Errors
/// What the workbook writer refuses.
pub fn put_formula(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    formula: &str,
    result: &Value,
    style: &Format,
) -> Result<(), XlsxError> {
    let formula = Formula::new(formula).set_result(result.stored());
    sheet.write_formula_with_format(row, col, formula, style)?;
    Ok(())
}

/// Excel's longest text; what is cut is marked.
pub fn short(text: &str) -> String {
    const LONGEST: usize = 32_767;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(LONGEST - 1).collect();
    cut.push('…');
    cut
}

/// `A1` of a cell.
pub fn address(row: u32, col: u16) -> String {
    rust_xlsxwriter::utility::row_col_to_cell(row, col)
}
