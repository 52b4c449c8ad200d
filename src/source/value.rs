//! One value of a source, and how the contract's types are read from it, by stated rules.
//!
//! In: a cell as the file or database holds it. Out: text, whole number, yes/no, instant or date; or the reason why not,
//! in Indonesian, for the finding. White space around text is not part of a value; text of nothing else is missing.
//!
//! - yes: `true`, `1`, `ya`, `y`, `yes`; no: `false`, `0`, `tidak`, `t`, `no`, `n`; capitals do not matter. `t` is
//!   "tidak": an export that writes t/f for true/false is noticed by its `f`, which is unreadable, and needs a code list.
//! - instants: text as in [`super::moment`]; whole numbers are UTC epoch microseconds (SQL only); typed date cells of a
//!   workbook or Parquet file are local time, unless they have a zone; a bare number of a workbook is a date only where the
//!   mapping says `format = "excel"`.
//! - numbers in text: digits, perhaps with a sign and one decimal mark, `6`, `6,0` or `45123.5`. The mark is the one the
//!   mapping names, else either; a file that uses both without a mapping is refused. No marks between thousands: `45.123,5`
//!   is unreadable, since `45.123` might be either. A whole number may be written with zeros behind the mark.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
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
    /// A date cell without zone: local time.
    Local(NaiveDateTime),
    /// A date cell with a zone, UTC microseconds.
    Utc(i64),
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
            Cell::Utc(micros) => match DateTime::<Utc>::from_timestamp_micros(micros) {
                Some(t) => Cow::Owned(t.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string()),
                None => Cow::Owned(micros.to_string()),
            },
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
    Ok(read_words(cell)?.map(Cow::into_owned))
}

/// As [`read_text`], in place where the cell holds text.
pub fn read_words(cell: Cell<'_>) -> Result<Option<Cow<'_, str>>, Reason> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Broken(_) => Err("bukan satu nilai yang dapat dibaca"),
        // A double holds no more than 15 digits: a spreadsheet program has put zeros in place of the rest.
        Cell::Real(x) if x.abs() >= 1e15 => Err(
            "angka lebih dari 15 digit yang telah dibulatkan oleh lembar kerja; simpan sebagai teks",
        ),
        other => Ok(Some(other.text())),
    }
}

/// The mark before the decimals of numbers in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Decimal {
    /// Not said: either.
    #[default]
    Either,
    Comma,
    Point,
}

/// A number in text, by the module's rules.
pub fn read_number(text: &str, decimal: Decimal) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mark = unsigned.bytes().position(|b| !b.is_ascii_digit());
    let Some(at) = mark else {
        return (!unsigned.is_empty()).then(|| text.parse().ok())?;
    };
    let allowed = match unsigned.as_bytes()[at] {
        b',' => decimal != Decimal::Point,
        b'.' => decimal != Decimal::Comma,
        _ => false,
    };
    let decimals = &unsigned.as_bytes()[at + 1..];
    let well_formed = at > 0 && !decimals.is_empty() && decimals.iter().all(u8::is_ascii_digit);
    (allowed && well_formed).then(|| text.replace(',', ".").parse().ok())?
}

/// A whole number, as steps and answers are.
pub fn read_whole(cell: Cell<'_>, decimal: Decimal) -> Result<i32, Reason> {
    const WANTED: Reason = "bukan bilangan bulat";
    let whole = |x: f64| (x.fract() == 0.0 && x.abs() < 2e9).then_some(x as i32);
    match cell {
        Cell::Integer(n) => i32::try_from(n).ok(),
        Cell::Real(x) => whole(x),
        Cell::Text(text) => match text.parse() {
            Ok(n) => Some(n),
            Err(_) => read_number(text, decimal).and_then(whole),
        },
        _ => None,
    }
    .ok_or(WANTED)
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

fn written(
    cell: Cell<'_>,
    shape: Option<&Shape>,
    decimal: Decimal,
) -> Result<Option<Written>, Reason> {
    match (cell, shape) {
        (Cell::Empty, _) => Ok(None),
        (Cell::Local(local), _) => Ok(Some(Written::Local(local))),
        (Cell::Utc(micros), _) => Ok(Some(Written::Utc(micros))),
        (Cell::Real(serial), Some(Shape::Excel(epoch))) => epoch.read(serial).map(Some),
        (Cell::Text(text), Some(Shape::Excel(epoch))) => read_number(text, decimal)
            .ok_or("bukan angka tanggal Excel")
            .and_then(|serial| epoch.read(serial))
            .map(Some),
        (Cell::Text(text), shape) => of_text(text, shape).map(Some),
        (Cell::Integer(micros), _) => Ok(Some(Written::Utc(micros))),
        (Cell::Real(_), _) => Err(
            "angka tanpa format tanggal; bila itu angka tanggal Excel, tetapkan format = \"excel\" pada berkas pemetaan",
        ),
        (Cell::Bool(_) | Cell::Broken(_), _) => Err("bukan tanggal atau waktu yang dapat dibaca"),
    }
}

/// Spreadsheets put non-breaking blanks between date and time; they are blanks here.
fn of_text(text: &str, shape: Option<&Shape>) -> Result<Written, Reason> {
    let plain = match text.is_ascii() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.replace(|c: char| c.is_whitespace(), " ")),
    };
    match shape {
        Some(shape) => shape.read(&plain),
        None => read_iso(&plain),
    }
}

/// UTC microseconds, or None where missing.
pub fn read_instant(
    cell: Cell<'_>,
    shape: Option<&Shape>,
    decimal: Decimal,
    zone: Tz,
) -> Result<Option<i64>, Reason> {
    written(cell, shape, decimal)?
        .map(|w| w.utc_micros(zone))
        .transpose()
}

/// UTC microseconds of a time that has its offset with it, or None where missing.
pub fn read_zoned(
    cell: Cell<'_>,
    shape: Option<&Shape>,
    decimal: Decimal,
) -> Result<Option<i64>, Reason> {
    match written(cell, shape, decimal)? {
        None => Ok(None),
        Some(Written::Utc(micros)) => Ok(Some(micros)),
        Some(Written::Local(_)) => {
            Err("waktu tanpa zona; tetapkan zone pada berkas pemetaan bila zonanya diketahui")
        }
    }
}

/// The local time of a cell of [`read_date`], in the zone of the records' dates; None where it is missing or no time.
pub fn read_local(
    cell: Cell<'_>,
    shape: Option<&Shape>,
    decimal: Decimal,
    (zone, dates): (Tz, Tz),
) -> Option<NaiveDateTime> {
    match written(cell, shape, decimal).ok()?? {
        Written::Local(local) if zone == dates => Some(local),
        w => DateTime::<Utc>::from_timestamp_micros(w.utc_micros(zone).ok()?)
            .map(|t| t.with_timezone(&dates).naive_local()),
    }
}

/// A local date, or None where missing. A date as it is written, and 0.00 of a day, is that day; any other time is read in
/// `zone`, and gives the date it was in `dates`, the zone that the records' dates are of.
pub fn read_date(
    cell: Cell<'_>,
    shape: Option<&Shape>,
    decimal: Decimal,
    (zone, dates): (Tz, Tz),
) -> Result<Option<NaiveDate>, Reason> {
    let date = |w: Written| match w {
        Written::Local(local) if local.time() == NaiveTime::MIN || zone == dates => w.date(dates),
        w => Written::Utc(w.utc_micros(zone)?).date(dates),
    };
    written(cell, shape, decimal)?.map(date).transpose()
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
    fn whole_numbers_are_read_by_the_stated_marks_only() {
        use Decimal::{Comma, Either, Point};
        for (cell, decimal, want) in [
            (Cell::Text("12"), Either, Some(12)),
            (Cell::Text("-3"), Either, Some(-3)),
            (Cell::Text("12.0"), Either, Some(12)),
            (Cell::Text("12,0"), Either, Some(12)),
            (Cell::Text("12,0"), Comma, Some(12)),
            (Cell::Text("12.0"), Comma, None),
            (Cell::Text("12,0"), Point, None),
            (Cell::Text("12,5"), Either, None),
            (Cell::Text("1.234,0"), Either, None),
            (Cell::Text("12,"), Either, None),
            (Cell::Text(",0"), Either, None),
            (Cell::Text("1e1"), Either, None),
            (Cell::Text("15a"), Either, None),
            (Cell::Text("-"), Either, None),
            (Cell::Real(12.0), Either, Some(12)),
            (Cell::Real(12.5), Either, None),
            (Cell::Integer(1 << 40), Either, None),
        ] {
            assert_eq!(read_whole(cell, decimal).ok(), want, "{cell:?} {decimal:?}");
        }
    }

    #[test]
    fn serial_numbers_are_dates_only_where_the_mapping_says_so() {
        let excel = Shape::new("excel");
        let read = |cell, shape: Option<&Shape>, decimal| {
            read_date(
                cell,
                shape,
                decimal,
                (chrono_tz::Asia::Makassar, chrono_tz::Asia::Makassar),
            )
            .map(|d| d.map(|d| d.to_string()).unwrap_or_default())
        };
        let june = Ok("2026-06-30".to_owned());
        for (cell, decimal) in [
            (Cell::Real(46_203.5), Decimal::Either),
            (Cell::Text("46203,5"), Decimal::Comma),
            (Cell::Text("46203.5"), Decimal::Either),
        ] {
            assert_eq!(read(cell, excel.as_ref(), decimal), june, "{cell:?}");
        }
        assert!(read(Cell::Text("46.203,5"), excel.as_ref(), Decimal::Comma).is_err());
        let bare = read(Cell::Real(46_203.5), None, Decimal::Either);
        assert!(bare.is_err_and(|reason| reason.contains("format = \"excel\"")));
        let blank = read(Cell::Text("2026-06-30\u{a0}08:15"), None, Decimal::Either);
        assert_eq!(blank, june);
    }

    #[test]
    fn numbers_that_a_spreadsheet_rounded_are_no_identifiers() {
        assert!(read_text(Cell::Real(6_472_010_101_900_001.0)).is_err());
        assert_eq!(
            read_text(Cell::Real(20_260_001.0)),
            Ok(Some("20260001".to_owned()))
        );
    }

    #[test]
    fn long_values_are_quoted_short() {
        let long = "é".repeat(80);
        assert_eq!(Cell::Text(&long).quoted().chars().count(), 63);
        assert_eq!(Cell::Text("  ").trimmed(), Cell::Empty);
    }
}
