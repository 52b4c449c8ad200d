//! Values and formulas with their stored results.

use std::borrow::Cow;

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

    /// The number a figure is printed as, without its unit, else its printed words.
    pub fn rounded(figure: Option<&Figure>) -> Self {
        let printed = figure.map_or(format::NONE, |f| f.printed.as_str());
        let number = |c| match c {
            '.' | '+' => None,
            ',' => Some('.'),
            format::MINUS => Some('-'),
            c => Some(c),
        };
        let first = printed.split(' ').next().unwrap_or_default();
        let digits: String = first.chars().filter_map(number).collect();
        match digits.parse() {
            Ok(v) if figure.is_some_and(|f| f.value.is_some()) => Value::Number(v),
            _ => Value::Text(printed.to_owned()),
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

/// Excel's longest text, which it counts in units of UTF-16; what is cut is marked.
pub fn short(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 32_767;
    // Bytes are never fewer than units.
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units < LONGEST
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    Cow::Owned(cut)
}

/// Points of one line of body text.
const LINE_POINTS: f64 = 13.5;
/// Excel's tallest row.
const TALLEST: f64 = 409.0;

/// Makes a row as tall as its wrapped texts need, each in a column of so many characters. Not every program fits rows to
/// their text by itself when it opens a workbook.
///
/// # Errors
/// What the workbook writer refuses.
pub fn fit_row(sheet: &mut Worksheet, row: u32, texts: &[(&str, f64)]) -> Result<(), XlsxError> {
    let lines = texts.iter().map(|(text, width)| lines(text, *width)).max();
    if let Some(lines) = lines.filter(|n| *n > 1) {
        let points = (lines as f64 * LINE_POINTS + 2.0).min(TALLEST);
        sheet.set_row_height(row, points)?;
    }
    Ok(())
}

/// Lines of a text broken between words.
fn lines(text: &str, width: f64) -> usize {
    let width = width.max(1.0) as usize;
    let (mut lines, mut at) = (1, 0);
    for word in text.split_whitespace() {
        let long = word.chars().count();
        let needed = if at == 0 { long } else { at + 1 + long };
        if needed <= width {
            at = needed;
            continue;
        }
        // A word longer than the column is broken anywhere.
        lines += usize::from(at > 0) + long.saturating_sub(1) / width;
        at = match long % width {
            0 => width,
            rest => rest,
        };
    }
    lines
}

/// `A1` of a cell.
pub fn address(row: u32, col: u16) -> String {
    rust_xlsxwriter::utility::row_col_to_cell(row, col)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_by_units_of_utf16() {
        let same = "é".repeat(32_767);
        assert_eq!(short(&same), same);
        for (letter, kept) in [("é", 32_766), ("🏛", 16_383)] {
            let cut = short(&letter.repeat(32_768)).into_owned();
            assert_eq!(cut, format!("{}…", letter.repeat(kept)));
        }
    }

    #[test]
    fn a_printed_number_is_read_as_it_stands() {
        let figure = |value, printed: &str| Figure {
            indicator: String::new(),
            period: String::new(),
            group: crate::measure::Group::new(),
            n: 1,
            numerator: None,
            denominator: None,
            value,
            printed: printed.to_owned(),
        };
        for (value, printed, expected) in [
            (Some(88.304_999), "88,30", Value::Number(88.3)),
            (Some(1234.5), "1.234,50", Value::Number(1234.5)),
            (Some(-0.5), "−0,50", Value::Number(-0.5)),
            (Some(0.5), "+0,50 poin", Value::Number(0.5)),
            (
                None,
                "belum ada data",
                Value::Text("belum ada data".to_owned()),
            ),
            (None, "2026", Value::Text("2026".to_owned())),
        ] {
            assert_eq!(Value::rounded(Some(&figure(value, printed))), expected);
        }
        assert_eq!(Value::rounded(None), Value::Text("–".to_owned()));
    }

    #[test]
    fn wrapped_text_is_counted_in_lines_between_words() {
        for (text, width, expected) in [
            ("", 10.0, 1),
            ("sepuluh ok", 10.0, 1),
            ("sepuluh lagi", 10.0, 2),
            ("a bb ccc dddd", 5.0, 3),
            ("katayangsangatpanjang", 10.0, 3),
        ] {
            assert_eq!(lines(text, width), expected, "{text}");
        }
    }
}
