//! Periods of local dates: month `2026-06`, semester `2026-S1`, year `2026` (scoring.md, section 5).

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};

use crate::instant::{Day, day_of};

/// A period. Ordered by kind, then time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    Month { year: i32, month: u32 },
    Semester { year: i32, half: u32 },
    Year { year: i32 },
}

/// A word that is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a period: write a month as 2026-06, a semester as 2026-S1 or 2026-S2, a year as 2026"
)]
pub struct NotAPeriod(pub String);

impl Period {
    /// First date of the period.
    pub fn first(self) -> NaiveDate {
        let (year, month) = match self {
            Period::Month { year, month } => (year, month),
            Period::Semester { year, half } => (year, 1 + 6 * (half - 1)),
            Period::Year { year } => (year, 1),
        };
        // The parser admits years 1900-2199 and real months only.
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN)
    }

    /// First date after the period.
    pub fn end(self) -> NaiveDate {
        // Asked for every case and execution, so without chrono's arithmetic of months.
        let first = self.first();
        let (year, month) = match first.month() + self.months() {
            month @ ..=12 => (first.year(), month),
            month => (first.year() + 1, month - 12),
        };
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MAX)
    }

    /// Last date of the period.
    pub fn last(self) -> NaiveDate {
        self.end().pred_opt().unwrap_or(NaiveDate::MIN)
    }

    /// Its days, by number.
    pub fn days(self) -> Range<Day> {
        day_of(self.first())..day_of(self.end())
    }

    /// Whether the local date lies in the period.
    pub fn contains(self, date: NaiveDate) -> bool {
        match self {
            Period::Month { year, month } => date.year() == year && date.month() == month,
            Period::Semester { year, half } => date.year() == year && date.month0() / 6 + 1 == half,
            Period::Year { year } => date.year() == year,
        }
    }

    fn months(self) -> u32 {
        match self {
            Period::Month { .. } => 1,
            Period::Semester { .. } => 6,
            Period::Year { .. } => 12,
        }
    }

    /// The period of the same kind `count` periods earlier.
    pub fn back(self, count: u32) -> Self {
        let first = self.first() - Months::new(self.months() * count);
        match self {
            Period::Month { .. } => Period::Month {
                year: first.year(),
                month: first.month(),
            },
            Period::Semester { .. } => Period::Semester {
                year: first.year(),
                half: first.month0() / 6 + 1,
            },
            Period::Year { .. } => Period::Year { year: first.year() },
        }
    }

    /// The semester a date lies in.
    pub fn semester_of(date: NaiveDate) -> Self {
        Period::Semester {
            year: date.year(),
            half: date.month0() / 6 + 1,
        }
    }

    /// The month a date lies in.
    pub fn month_of(date: NaiveDate) -> Self {
        Period::Month {
            year: date.year(),
            month: date.month(),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Month { year, month } => write!(f, "{year}-{month:02}"),
            Period::Semester { year, half } => write!(f, "{year}-S{half}"),
            Period::Year { year } => write!(f, "{year}"),
        }
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let wrong = || NotAPeriod(word.to_owned());
        let (year, rest) = match word.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (word, None),
        };
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let year: i32 = year.parse().map_err(|_| wrong())?;
        if !(1900..2200).contains(&year) {
            return Err(wrong());
        }
        match rest {
            None => Ok(Period::Year { year }),
            Some("S1") => Ok(Period::Semester { year, half: 1 }),
            Some("S2") => Ok(Period::Semester { year, half: 2 }),
            Some(m) if m.len() == 2 => match m.parse() {
                Ok(month @ 1..=12) if m.bytes().all(|b| b.is_ascii_digit()) => {
                    Ok(Period::Month { year, month })
                }
                _ => Err(wrong()),
            },
            Some(_) => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_print_and_step_back() {
        for (word, first, end, back) in [
            ("2026-06", "2026-06-01", "2026-07-01", "2026-05"),
            ("2026-01", "2026-01-01", "2026-02-01", "2025-12"),
            ("2026-S1", "2026-01-01", "2026-07-01", "2025-S2"),
            ("2026-S2", "2026-07-01", "2027-01-01", "2026-S1"),
            ("2026", "2026-01-01", "2027-01-01", "2025"),
        ] {
            let p: Period = word.parse().unwrap();
            assert_eq!(p.to_string(), word);
            assert_eq!(p.first().to_string(), first, "{word}");
            assert_eq!(p.end().to_string(), end, "{word}");
            assert_eq!(p.back(1).to_string(), back, "{word}");
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for word in [
            "",
            "2026-13",
            "2026-00",
            "2026-6",
            "26-06",
            "2026-S3",
            "2026-06-01",
            "juni 2026",
            "+026-06",
            "2026-+6",
        ] {
            assert!(word.parse::<Period>().is_err(), "{word}");
        }
    }
}
