//! Instants and dates out of text: ISO 8601 with offset, local time of the office, or a format of the mapping.
//!
//! In: text or a local date-time, the office's zone. Out: UTC microseconds, or the reason why not, in Indonesian, for the
//! finding. Nothing is guessed: 31 February, an hour that a change of clocks skips, and one that it repeats, are unreadable.
//!
//! Read without a format: `YYYY-MM-DD`, optionally followed by `T` or a space and `HH:MM[:SS[.f]]` (at most 9 digits,
//! cut to 6), optionally followed by `Z`, `+HH`, `+HHMM` or `+HH:MM`. A date alone is 0.00 of that day.

pub mod forms;

use chrono::format::{Item, StrftimeItems};
use chrono::{
    DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

/// A point in time as written, before the office's zone is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Utc(i64),
    Local(NaiveDateTime),
}

const UNREADABLE: &str = "bukan tanggal atau waktu yang dapat dibaca";

impl Written {
    /// UTC microseconds, reading local times in `zone`.
    ///
    /// # Errors
    /// The reason, for a local time that does not exist or exists twice.
    pub fn utc_micros(self, zone: Tz) -> Result<i64, &'static str> {
        match self {
            Written::Utc(micros) => Ok(micros),
            Written::Local(local) => match zone.from_local_datetime(&local) {
                MappedLocalTime::Single(t) => Ok(t.timestamp_micros()),
                MappedLocalTime::Ambiguous(..) => {
                    Err("waktu setempat yang terjadi dua kali karena pergantian jam")
                }
                MappedLocalTime::None => {
                    Err("waktu setempat yang tidak pernah ada karena pergantian jam")
                }
            },
        }
    }

    /// The local date in `zone`.
    pub fn date(self, zone: Tz) -> Result<NaiveDate, &'static str> {
        match self {
            Written::Local(local) => Ok(local.date()),
            Written::Utc(micros) => DateTime::<Utc>::from_timestamp_micros(micros)
                .map(|t| t.with_timezone(&zone).date_naive())
                .ok_or(UNREADABLE),
        }
    }
}

/// What a format of a mapping yields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    WithOffset(String),
    Local(String),
    DateOnly(String),
    /// `excel`: days since the epoch of a spreadsheet program, as a number.
    Excel(Epoch),
    /// ISO 8601, or as survey forms and spreadsheets write a time; no mapping names it.
    Forms(Option<forms::First>),
}

/// From when a spreadsheet program counts its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epoch {
    Y1900,
    Y1904,
}

/// Serial numbers of the 1900 system that are read: 1954 to 2119. What lies outside is a number of something else, or one
/// that lost its decimal mark.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;
/// Days from the 1900 system's day 0 to the 1904 system's.
const EPOCH_1904_DAYS: f64 = 1_462.0;

impl Epoch {
    /// The local time of a serial number, to the millisecond.
    ///
    /// # Errors
    /// The reason, for a number that is no date of a licensing office.
    pub fn read(self, serial: f64) -> Result<Written, &'static str> {
        let days = match self {
            Epoch::Y1900 => serial,
            Epoch::Y1904 => serial + EPOCH_1904_DAYS,
        };
        let zero = NaiveDate::from_ymd_opt(1899, 12, 30);
        let local = SERIALS
            .contains(&days)
            .then(|| TimeDelta::milliseconds((days * 86_400_000.0).round() as i64))
            .and_then(|since| zero?.and_time(NaiveTime::MIN).checked_add_signed(since));
        local
            .map(Written::Local)
            .ok_or("bukan angka tanggal Excel antara tahun 1954 dan 2119")
    }
}

impl Shape {
    /// Reads a chrono format string; None where it is none.
    pub fn new(format: &str) -> Option<Self> {
        match format {
            "excel" => return Some(Shape::Excel(Epoch::Y1900)),
            "excel-1904" => return Some(Shape::Excel(Epoch::Y1904)),
            _ => {}
        }
        let wrong = StrftimeItems::new(format).any(|item| matches!(item, Item::Error));
        let has = |words: &[&str]| words.iter().any(|w| format.contains(w));
        if wrong || !format.contains('%') {
            return None;
        }
        let format = format.to_owned();
        if has(&["%z", "%:z", "%#z", "%+"]) {
            return Some(Shape::WithOffset(format));
        }
        if has(&["%H", "%I", "%k", "%l", "%T", "%R", "%r", "%c", "%X"]) {
            return Some(Shape::Local(format));
        }
        if has(&["%s"]) {
            return None;
        }
        Some(Shape::DateOnly(format))
    }

    /// Reads `text` by the format.
    ///
    /// # Errors
    /// The reason, where the text does not follow it.
    pub fn read(&self, text: &str) -> Result<Written, &'static str> {
        let read = match self {
            Shape::WithOffset(f) => DateTime::parse_from_str(text, f)
                .ok()
                .map(|t| Written::Utc(t.timestamp_micros())),
            Shape::Local(f) => NaiveDateTime::parse_from_str(text, f)
                .ok()
                .map(Written::Local),
            Shape::DateOnly(f) => NaiveDate::parse_from_str(text, f)
                .ok()
                .map(|d| Written::Local(d.and_time(NaiveTime::MIN))),
            // Its numbers are read with the file's decimal mark, by `super::value`.
            Shape::Excel(_) => None,
            Shape::Forms(first) => {
                let read = iso(text.as_bytes()).or_else(|| forms::read(text, *first));
                return read.ok_or(UNREADABLE);
            }
        };
        read.ok_or("tidak menurut format yang ditetapkan pada berkas pemetaan")
    }
}

/// Reads text as the module's header says.
///
/// # Errors
/// The reason, in Indonesian.
pub fn read_iso(text: &str) -> Result<Written, &'static str> {
    iso(text.as_bytes()).ok_or(UNREADABLE)
}

fn iso(text: &[u8]) -> Option<Written> {
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(digits(text, 0, 4)?).ok()?,
        digits(part(text, 4, b'-')?, 0, 2)?,
        digits(part(text, 7, b'-')?, 0, 2)?,
    )?;
    if text.len() == 10 {
        return Some(Written::Local(date.and_time(NaiveTime::MIN)));
    }
    if !matches!(text[10], b'T' | b' ' | b't') {
        return None;
    }
    let (time, rest) = time_of_day(&text[11..])?;
    let local = date.and_time(time);
    if rest.is_empty() {
        return Some(Written::Local(local));
    }
    let offset = offset_seconds(rest)?;
    let utc = local.checked_sub_signed(TimeDelta::seconds(offset))?;
    Some(Written::Utc(utc.and_utc().timestamp_micros()))
}

/// `HH:MM[:SS[.f]]` and what follows it.
fn time_of_day(text: &[u8]) -> Option<(NaiveTime, &[u8])> {
    let hour = digits(text, 0, 2)?;
    let minute = digits(part(text, 2, b':')?, 0, 2)?;
    let mut rest = &text[5..];
    let (mut second, mut micros) = (0, 0);
    if rest.first() == Some(&b':') {
        second = digits(rest, 1, 2)?;
        rest = &rest[3..];
        if rest.first() == Some(&b'.') {
            let length = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
            if length == 0 || length > 9 {
                return None;
            }
            let used = length.min(6);
            micros = digits(rest, 1, used)? * 10u32.pow(6 - used as u32);
            rest = &rest[1 + length..];
        }
    }
    NaiveTime::from_hms_micro_opt(hour, minute, second, micros).map(|t| (t, rest))
}

/// `Z`, `+HH`, `+HHMM` or `+HH:MM`, after at most one space.
fn offset_seconds(text: &[u8]) -> Option<i64> {
    let text = text.strip_prefix(b" ").unwrap_or(text);
    if matches!(text, b"Z" | b"z") {
        return Some(0);
    }
    let sign = match text.first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours = digits(text, 1, 2)?;
    let minutes = match text.len() {
        3 => 0,
        5 => digits(text, 3, 2)?,
        6 => digits(part(text, 3, b':')?, 0, 2)?,
        _ => return None,
    };
    (hours <= 18 && minutes < 60).then(|| sign * i64::from(hours * 3600 + minutes * 60))
}

/// What follows the wanted byte at `at`.
fn part(text: &[u8], at: usize, wanted: u8) -> Option<&[u8]> {
    (text.get(at) == Some(&wanted)).then(|| &text[at + 1..])
}

fn digits(text: &[u8], from: usize, count: usize) -> Option<u32> {
    text.get(from..from + count)?.iter().try_fold(0u32, |n, b| {
        b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str, zone: Tz) -> Result<String, &'static str> {
        let micros = read_iso(text)?.utc_micros(zone)?;
        Ok(DateTime::<Utc>::from_timestamp_micros(micros)
            .unwrap()
            .format("%Y-%m-%dT%H:%M:%S%.f")
            .to_string())
    }

    #[test]
    fn iso_and_local_times_become_utc() {
        let makassar = chrono_tz::Asia::Makassar;
        for (text, want) in [
            ("2026-06-01T08:00:00+08:00", "2026-06-01T00:00:00"),
            ("2026-06-01T08:00:00Z", "2026-06-01T08:00:00"),
            ("2026-06-01 08:00:00+0800", "2026-06-01T00:00:00"),
            ("2026-06-01 08:00+07", "2026-06-01T01:00:00"),
            ("2026-06-01 08:00", "2026-06-01T00:00:00"),
            ("2026-06-01T08:00:15.25", "2026-06-01T00:00:15.250"),
            (
                "2026-06-01 08:00:15.123456789",
                "2026-06-01T00:00:15.123456",
            ),
            ("2026-06-01", "2026-05-31T16:00:00"),
            ("2024-02-29", "2024-02-28T16:00:00"),
        ] {
            assert_eq!(utc(text, makassar).as_deref(), Ok(want), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_unreadable() {
        for text in [
            "2026-02-31",
            "2025-02-29",
            "2026-13-01",
            "01/06/2026",
            "2026-06-01T",
            "2026-06-01 8:00",
            "2026-06-01 24:00",
            "2026-06-01 08:60",
            "2026-06-01 08:00:61",
            "2026-06-01 08:00:00.",
            "2026-06-01 08:00 WITA",
            "20260601",
            "kemarin",
            "2026-06-01T08:00:00+8",
            "+026-06-01",
            "2026-06-0é",
        ] {
            assert!(utc(text, chrono_tz::UTC).is_err(), "{text}");
        }
    }

    #[test]
    fn changes_of_clocks_are_never_guessed() {
        let amsterdam = chrono_tz::Europe::Amsterdam;
        assert!(utc("2011-03-27 02:30", amsterdam).is_err(), "skipped hour");
        assert!(utc("2011-10-30 02:30", amsterdam).is_err(), "repeated hour");
        assert!(
            utc("2011-10-30 02:30+02:00", amsterdam).is_ok(),
            "the offset decides"
        );
        assert!(utc("2011-10-30 03:00", amsterdam).is_ok());
    }

    #[test]
    fn formats_of_a_mapping_are_followed() {
        let shape = Shape::new("%d/%m/%Y %H.%M").unwrap();
        let read = shape.read("30/06/2026 08.15").unwrap();
        assert_eq!(read.utc_micros(chrono_tz::UTC), Ok(1_782_807_300_000_000));
        assert!(shape.read("31/02/2026 08.15").is_err());
        assert_eq!(
            Shape::new("%d/%m/%Y"),
            Some(Shape::DateOnly("%d/%m/%Y".into()))
        );
        let serial = |epoch: Epoch, days: f64| {
            let read = epoch.read(days)?;
            Ok(read.utc_micros(chrono_tz::UTC)? / 1_000)
        };
        // 30 June 2026, 8.15: 46203 days after 30 December 1899.
        assert_eq!(serial(Epoch::Y1900, 46_203.343_75), Ok(1_782_807_300_000));
        assert_eq!(serial(Epoch::Y1904, 44_741.343_75), Ok(1_782_807_300_000));
        // 8.30 is no finite binary fraction of a day.
        assert_eq!(
            serial(Epoch::Y1900, 46_203.354_166_666_664),
            Ok(1_782_808_200_000)
        );
        for wrong in [45.123, 19_999.0, 80_000.0, 45_123_500.0, f64::NAN, -1.0] {
            let read: Result<i64, &str> = serial(Epoch::Y1900, wrong);
            assert!(read.is_err(), "{wrong}");
        }
        assert_eq!(Shape::new("%Q"), None);
        assert_eq!(Shape::new("dd/mm/yyyy"), None);
    }
}
