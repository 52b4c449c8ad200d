//! Points in time as the rules count them: whole seconds, with the office's local offset beside them.
//!
//! In: UTC microseconds (the snapshot's unit) and the office's zone. Out: [`Instant`], ordered by real time, with its
//! local date and second of day at hand. This module must not know of calendars or standards.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A local date as days since 1970-01-01, the unit every calendar table is indexed by.
pub type Day = i32;

/// Seconds in a civil day; leap seconds do not exist in office records.
pub const DAY_SECONDS: i64 = 86_400;

/// A point in time cut to whole seconds, with the office's offset from UTC at that moment (scoring.md, section 2).
///
/// Equality and order are those of real time; the offset only serves the local reading.
#[derive(Debug, Clone, Copy)]
pub struct Instant {
    utc_seconds: i64,
    offset_seconds: i32,
}

impl Instant {
    /// Reads UTC microseconds into the office's `zone`, cutting (never rounding) to the whole second.
    pub fn from_utc_micros(micros: i64, zone: Tz) -> Self {
        Self::from_utc_seconds(micros.div_euclid(1_000_000), zone)
    }

    /// Reads whole UTC seconds into the office's `zone`.
    pub fn from_utc_seconds(utc_seconds: i64, zone: Tz) -> Self {
        let offset_seconds = DateTime::<Utc>::from_timestamp(utc_seconds, 0)
            .map(|t| {
                zone.offset_from_utc_datetime(&t.naive_utc())
                    .fix()
                    .local_minus_utc()
            })
            .unwrap_or(0);
        Self {
            utc_seconds,
            offset_seconds,
        }
    }

    /// The instant a local date begins (0.00 of that day) in `zone`. Where a change of clocks skips midnight, the
    /// first instant that exists.
    pub fn start_of_day(date: NaiveDate, zone: Tz) -> Self {
        let midnight = date.and_time(chrono::NaiveTime::MIN);
        let mut probe = midnight;
        loop {
            match zone.from_local_datetime(&probe).earliest() {
                Some(t) => return Self::from_utc_seconds(t.timestamp(), zone),
                None => probe += TimeDelta::minutes(30),
            }
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn utc_seconds(self) -> i64 {
        self.utc_seconds
    }

    /// Seconds since 1970-01-01T00:00:00 on the office's wall clock.
    pub fn local_seconds(self) -> i64 {
        self.utc_seconds + i64::from(self.offset_seconds)
    }

    /// The local date, as days since 1970-01-01.
    pub fn day(self) -> Day {
        self.local_seconds().div_euclid(DAY_SECONDS) as Day
    }

    /// Seconds since local midnight, 0..86400.
    pub fn second_of_day(self) -> u32 {
        self.local_seconds().rem_euclid(DAY_SECONDS) as u32
    }

    /// The local date.
    pub fn date(self) -> NaiveDate {
        date_of(self.day())
    }

    /// Local ISO 8601 with offset, e.g. `2026-06-30T08:15:00+08:00`.
    pub fn to_iso(self) -> String {
        let local = DateTime::<Utc>::from_timestamp(self.local_seconds(), 0)
            .unwrap_or_default()
            .naive_utc();
        let sign = if self.offset_seconds < 0 { '-' } else { '+' };
        let minutes = self.offset_seconds.abs() / 60;
        format!(
            "{}{sign}{:02}:{:02}",
            local.format("%Y-%m-%dT%H:%M:%S"),
            minutes / 60,
            minutes % 60
        )
    }
}

impl PartialEq for Instant {
    fn eq(&self, other: &Self) -> bool {
        self.utc_seconds == other.utc_seconds
    }
}

impl Eq for Instant {}

impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Instant {
    fn cmp(&self, other: &Self) -> Ordering {
        self.utc_seconds.cmp(&other.utc_seconds)
    }
}

impl std::hash::Hash for Instant {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.utc_seconds.hash(state);
    }
}

/// The date of a day number. Day numbers come from dates, so the range of chrono is never left.
pub fn date_of(day: Day) -> NaiveDate {
    NaiveDate::from_epoch_days(day).unwrap_or(NaiveDate::MAX)
}

/// The day number of a date.
pub fn day_of(date: NaiveDate) -> Day {
    date.to_epoch_days()
}
