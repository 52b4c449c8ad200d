//! The calendar: holidays, closures, openings and special hours as dated entries, each with its basis.
//!
//! In: `standards/calendar/*.toml` and the `.csv` files they name. Out: [`Calendar`], and from it a
//! [`DayTable`](crate::clock::DayTable) for any table of weekly hours. Which day counts is decided here and nowhere else
//! (scoring.md, section 2).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;

/// A range of service time within a day, seconds since midnight, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    pub open: u32,
    pub close: u32,
}

/// Service hours by weekday, Monday first; an empty list is a day without service. Intervals are ascending and disjoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeekHours {
    pub days: [Vec<Interval>; 7],
}

/// Kind of a dated entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolidayKind {
    /// libur_nasional
    National,
    /// cuti_bersama
    JointLeave,
    /// libur_daerah
    Regional,
}

impl HolidayKind {
    pub const ALL: [HolidayKind; 3] = [Self::National, Self::JointLeave, Self::Regional];

    /// The word used in calendar files.
    pub fn code(self) -> &'static str {
        match self {
            Self::National => "libur_nasional",
            Self::JointLeave => "cuti_bersama",
            Self::Regional => "libur_daerah",
        }
    }
}

/// One holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    pub kind: HolidayKind,
    pub name: String,
    /// Legal basis, or the status of the source where the basis is not known.
    pub basis: String,
}

/// A date declared open by decision, with its hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub decision: String,
    pub hours: Vec<Interval>,
}

/// A dated range whose hours replace the weekly ones (Ramadan).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialHours {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub name: String,
    pub basis: String,
    pub hours: WeekHours,
}

/// How sure the calendar of a year is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YearStatus {
    Final,
    /// Islamic dates still depend on isbat, or the decree is not out.
    Provisional,
    /// No holidays are known for this year; working days are then a guess and every report says so.
    WithoutHolidays,
}

/// One calendar: the years it covers and everything dated in them.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub name: String,
    pub zone: Tz,
    /// Files read, in order, for messages; and the digest of their bytes together (hex SHA-256).
    pub files: Vec<String>,
    pub digest: String,
    pub years: BTreeMap<i32, YearStatus>,
    pub holidays: BTreeMap<NaiveDate, Vec<Holiday>>,
    pub openings: BTreeMap<NaiveDate, Opening>,
    pub special: Vec<SpecialHours>,
    /// Whether cuti bersama is a working day (a setting; default false).
    pub joint_leave_works: bool,
}

/// Why a date is not a working day, or that it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayReason {
    Working,
    /// Declared open by this decision.
    Opened(String),
    /// No service on this weekday.
    Weekend,
    /// Holiday by name and kind.
    Holiday(HolidayKind, String),
}

impl Calendar {
    /// First and last date covered. `years` is contiguous and not empty (checked on loading).
    pub fn range(&self) -> (NaiveDate, NaiveDate) {
        let first = self.years.keys().next().copied().unwrap_or(1970);
        let last = self.years.keys().next_back().copied().unwrap_or(1970);
        (
            NaiveDate::from_ymd_opt(first, 1, 1).unwrap_or(NaiveDate::MIN),
            NaiveDate::from_ymd_opt(last, 12, 31).unwrap_or(NaiveDate::MAX),
        )
    }

    /// Whether the calendar covers the date.
    pub fn covers(&self, date: NaiveDate) -> bool {
        let (first, last) = self.range();
        first <= date && date <= last
    }

    /// The service hours of `date` under `weekly`, empty where it is no working day: an opening by decision wins, then a
    /// holiday closes, then special hours replace the weekly ones.
    pub fn hours_on(&self, date: NaiveDate, weekly: &WeekHours) -> Vec<Interval> {
        use chrono::Datelike;
        if let Some(opening) = self.openings.get(&date) {
            return opening.hours.clone();
        }
        if self.closing_holiday(date).is_some() {
            return Vec::new();
        }
        let weekday = date.weekday().num_days_from_monday() as usize;
        let week = self
            .special
            .iter()
            .find(|s| s.from <= date && date <= s.to)
            .map_or(weekly, |s| &s.hours);
        week.days[weekday].clone()
    }

    /// Why `date` counts or does not, in the words `explain` prints. `weekly_has_service`: whether the day table in force
    /// has hours on the date (`DayTable::is_working`), so that special hours are heeded too.
    pub fn reason(&self, date: NaiveDate, weekly_has_service: bool) -> DayReason {
        if let Some(opening) = self.openings.get(&date) {
            return DayReason::Opened(opening.decision.clone());
        }
        match self.closing_holiday(date) {
            Some(h) => DayReason::Holiday(h.kind, h.name.clone()),
            None if weekly_has_service => DayReason::Working,
            None => DayReason::Weekend,
        }
    }

    /// The holiday that closes the office on `date`, if any. Cuti bersama closes unless the setting makes it working.
    pub fn closing_holiday(&self, date: NaiveDate) -> Option<&Holiday> {
        self.holidays
            .get(&date)?
            .iter()
            .find(|h| h.kind != HolidayKind::JointLeave || !self.joint_leave_works)
    }

    /// Years of the calendar that are not final, with their status.
    pub fn unsettled(&self) -> BTreeSet<(i32, YearStatus)> {
        self.years
            .iter()
            .filter(|(_, s)| **s != YearStatus::Final)
            .map(|(y, s)| (*y, *s))
            .collect()
    }
}
