//! One value of a source, and how the contract's types are read from it, by stated rules.
//!
//! In: a cell as the file or database holds it. Out: text, whole number, yes/no, instant or date; or the reason why not,
//! in Indonesian, for the finding. White space around text is not part of a value; text of nothing else is missing.
//!
//! - yes: `true`, `1`, `ya`, `y`, `yes`; no: `false`, `0`, `tidak`, `t`, `no`, `n`; capitals do not matter. `t` is
//!   "tidak": an export that writes t/f for true/false is noticed by its `f`, which is unreadable, and needs a code list.
//! - instants: text as in [`super::moment`]; whole numbers are UTC epoch microseconds (SQL only); typed date cells of a
//!   workbook are local time.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::moment::{Shape, Written, read_iso};

/// A value as the source holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    Empty,
    Text(&'a str),
    /// From SQL.
    Integer(i64),
    /// From SQL, and every number of a workbook.
    Real(f64),
    Bool(bool),
    /// A date cell of a workbook.
    Local(NaiveDateTime),
    /// A value no type fits, e.g. `#N/A` in a workbook.
    Broken(&'a str),
}

/// Why a value could not be read.
pub type Reason = &'static str;

impl<'a> Cell<'a> {
    /// The cell without white space around it; blank text is empty.
    pub fn trimmed(self) -> Self {
        match self {
            Cell::Text(text) => match text.trim() {
                "" => Cell::Empty,
                text => Cell::Text(text),
            },
            other => other,
        }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(self) -> bool {
        matches!(self, Cell::Empty)
    }

    /// The value as text, for identifiers, codes and messages.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) | Cell::Broken(text) => Cow::Borrowed(text),
            Cell::Integer(n) => Cow::Owned(n.to_string()),
            Cell::Real(x) => Cow::Owned(x.to_string()),
            Cell::Bool(b) => Cow::Owned(b.to_string()),
            Cell::Local(t) => Cow::Owned(t.format("%Y-%m-%d %H:%M:%S").to_string()),
        }
    }

    /// The value as it is quoted in a finding: at most 60 characters.
    pub fn quoted(self) -> String {
        let text = self.text();
        let mut short: String = text.chars().take(60).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        format!("“{short}”")
    }
}

/// Text, or None where missing.
pub fn read_text(cell: Cell<'_>) -> Result<Option<String>, Reason> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Broken(_) => Err("berisi kesalahan lembar kerja"),
        other => Ok(Some(other.text().into_owned())),
    }
}

/// A whole number that a step can have.
pub fn read_step(cell: Cell<'_>) -> Result<i32, Reason> {
    const WANTED: Reason = "bukan bilangan bulat";
    match cell {
        Cell::Integer(n) => i32::try_from(n).map_err(|_| WANTED),
        Cell::Real(x) if x.fract() == 0.0 && x.abs() < 2e9 => Ok(x as i32),
        Cell::Text(text) => text.parse().map_err(|_| WANTED),
        _ => Err(WANTED),
    }
}

/// Yes or no. A capital `T` is tidak, the pair of `Y` in office sheets; a small `t` might as well be the true of a database
/// export, so it is not read without a code list.
pub fn read_bool(cell: Cell<'_>) -> Result<bool, Reason> {
    const WANTED: Reason = "bukan ya/tidak (true, 1, ya, y, yes; false, 0, tidak, T, no, n)";
    match cell {
        Cell::Bool(b) => Ok(b),
        Cell::Integer(1) => Ok(true),
        Cell::Integer(0) => Ok(false),
        Cell::Real(1.0) => Ok(true),
        Cell::Real(0.0) => Ok(false),
        Cell::Text(text) => {
            let is = |words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(text));
            if is(&["true", "1", "ya", "y", "yes"]) {
                Ok(true)
            } else if text == "T" || is(&["false", "0", "tidak", "no", "n"]) {
                Ok(false)
            } else {
                Err(WANTED)
            }
        }
        _ => Err(WANTED),
    }
}

fn written(cell: Cell<'_>, shape: Option<&Shape>) -> Result<Option<Written>, Reason> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Text(text) => match shape {
            Some(shape) => shape.read(text).map(Some),
            None => read_iso(text).map(Some),
        },
        Cell::Integer(micros) => Ok(Some(Written::Utc(micros))),
        Cell::Local(local) => Ok(Some(Written::Local(local))),
        Cell::Real(_) | Cell::Bool(_) | Cell::Broken(_) => {
            Err("bukan tanggal atau waktu yang dapat dibaca")
        }
    }
}

/// UTC microseconds, or None where missing.
pub fn read_instant(
    cell: Cell<'_>,
    shape: Option<&Shape>,
    zone: Tz,
) -> Result<Option<i64>, Reason> {
    written(cell, shape)?
        .map(|w| w.utc_micros(zone))
        .transpose()
}

/// A local date, or None where missing; an instant gives its local date.
pub fn read_date(
    cell: Cell<'_>,
    shape: Option<&Shape>,
    zone: Tz,
) -> Result<Option<NaiveDate>, Reason> {
    written(cell, shape)?.map(|w| w.date(zone)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_by_the_stated_words_only() {
        for (cell, want) in [
            (Cell::Text("Ya"), Some(true)),
            (Cell::Text("y"), Some(true)),
            (Cell::Text("TRUE"), Some(true)),
            (Cell::Integer(1), Some(true)),
            (Cell::Real(0.0), Some(false)),
            (Cell::Text("T"), Some(false)),
            (Cell::Text("tidak"), Some(false)),
            (Cell::Bool(false), Some(false)),
            (Cell::Text("f"), None),
            (Cell::Text("2"), None),
            (Cell::Integer(2), None),
            (Cell::Text("perlu"), None),
            (Cell::Empty, None),
        ] {
            assert_eq!(read_bool(cell).ok(), want, "{cell:?}");
        }
    }

    #[test]
    fn steps_are_whole_numbers() {
        for (cell, want) in [
            (Cell::Text("12"), Some(12)),
            (Cell::Text("12.0"), None),
            (Cell::Real(12.0), Some(12)),
            (Cell::Real(12.5), None),
            (Cell::Integer(1 << 40), None),
            (Cell::Text("15a"), None),
        ] {
            assert_eq!(read_step(cell).ok(), want, "{cell:?}");
        }
    }

    #[test]
    fn long_values_are_quoted_short() {
        let long = "é".repeat(80);
        assert_eq!(Cell::Text(&long).quoted().chars().count(), 63);
        assert_eq!(Cell::Text("  ").trimmed(), Cell::Empty);
    }
}
