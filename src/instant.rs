//! Points in time as the rules count them: whole seconds, with the office's local offset beside them.
//!
//! In: UTC microseconds (the snapshot's unit) and the office's zone. Out: [`Instant`], ordered by real time, with its
//! local date and second of day at hand. This module must not know of calendars or standards.

use std::cmp::Ordering;
use std::num::NonZeroI64;
use std::ops::Range;

use chrono::{DateTime, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A local date as days since 1970-01-01, the unit every calendar table is indexed by.
pub type Day = i32;

/// Seconds in a civil day; leap seconds do not exist in office records.
pub const DAY_SECONDS: i64 = 86_400;

/// A point in time cut to whole seconds, with the office's offset from UTC at that moment (scoring.md, section 2).
///
/// Equality and order are those of real time; the offset only serves the local reading. Both are kept in one word: millions
/// of them are held at once, most of them as options.
#[derive(Clone, Copy)]
pub struct Instant(NonZeroI64);

/// Bits that hold the offset, in seconds, raised so that it is never 0.
const OFFSET_BITS: u32 = 18;
const RAISED: i64 = 1 << (OFFSET_BITS - 1);
/// UTC seconds that the other bits hold: a million years either side of 1970, more than microseconds or dates reach.
const FARTHEST: i64 = (1 << (63 - OFFSET_BITS)) - 1;

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
        Self::with_offset(utc_seconds, offset_seconds)
    }

    fn with_offset(utc_seconds: i64, offset_seconds: i32) -> Self {
        let utc = utc_seconds.clamp(-FARTHEST, FARTHEST);
        let offset = (i64::from(offset_seconds) + RAISED).clamp(1, 2 * RAISED - 1);
        // Never 0, since the offset's bits are not.
        Self(NonZeroI64::new((utc << OFFSET_BITS) | offset).unwrap_or(NonZeroI64::MIN))
    }

    fn offset_seconds(self) -> i32 {
        ((self.0.get() & (2 * RAISED - 1)) - RAISED) as i32
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

    /// So many seconds later, or earlier, by the same offset: clocks that are changed in between do not show in its local date.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::with_offset(
            self.utc_seconds().saturating_add(seconds),
            self.offset_seconds(),
        )
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn utc_seconds(self) -> i64 {
        self.0.get() >> OFFSET_BITS
    }

    /// Seconds since 1970-01-01T00:00:00 on the office's wall clock.
    pub fn local_seconds(self) -> i64 {
        self.utc_seconds() + i64::from(self.offset_seconds())
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
        let offset_seconds = self.offset_seconds();
        let sign = if offset_seconds < 0 { '-' } else { '+' };
        let minutes = offset_seconds.abs() / 60;
        format!(
            "{}{sign}{:02}:{:02}",
            local.format("%Y-%m-%dT%H:%M:%S"),
            minutes / 60,
            minutes % 60
        )
    }
}

impl std::fmt::Debug for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_iso())
    }
}

impl PartialEq for Instant {
    fn eq(&self, other: &Self) -> bool {
        self.utc_seconds() == other.utc_seconds()
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
        self.utc_seconds().cmp(&other.utc_seconds())
    }
}

impl std::hash::Hash for Instant {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.utc_seconds().hash(state);
    }
}

/// The offsets of a zone over a span of days, found once: a zone is asked for the offset of every instant that is read.
#[derive(Debug, Clone)]
pub struct Offsets {
    zone: Tz,
    first: Day,
    /// Offset of each UTC day of the span, in seconds; none for a day on which clocks were changed.
    of_day: Vec<Option<i32>>,
}

impl Offsets {
    /// Of the UTC days of `span`, and a day more on either side.
    pub fn of(zone: Tz, span: Range<Day>) -> Self {
        let first = span.start - 1;
        let at = |day: Day| Instant::from_utc_seconds(i64::from(day) * DAY_SECONDS, zone);
        let offset = |day: Day| {
            let offset = at(day).offset_seconds();
            // Clocks are changed and changed back no sooner than weeks later.
            (offset == at(day + 1).offset_seconds()).then_some(offset)
        };
        Self {
            zone,
            first,
            of_day: (first..span.end + 1).map(offset).collect(),
        }
    }

    /// Of the years 1970 to 2099.
    pub fn modern(zone: Tz) -> Self {
        Self::of(zone, 0..47_482)
    }

    /// As [`Instant::from_utc_micros`].
    pub fn instant(&self, micros: i64) -> Instant {
        let utc_seconds = micros.div_euclid(1_000_000);
        let day = utc_seconds.div_euclid(DAY_SECONDS) - i64::from(self.first);
        let known = usize::try_from(day).ok().and_then(|at| self.of_day.get(at));
        match known.copied().flatten() {
            Some(offset) => Instant::with_offset(utc_seconds, offset),
            None => Instant::from_utc_seconds(utc_seconds, self.zone),
        }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_instant_is_one_word_and_so_is_one_that_may_be_missing() {
        assert_eq!(size_of::<Option<Instant>>(), 8);
    }

    #[test]
    fn the_farthest_microseconds_keep_their_order_and_their_date() {
        let zone = chrono_tz::Asia::Makassar;
        let [first, last] = [i64::MIN, i64::MAX].map(|t| Instant::from_utc_micros(t, zone));
        assert!(
            first < Instant::from_utc_micros(0, zone) && Instant::from_utc_micros(0, zone) < last
        );
        assert_eq!(first.utc_seconds(), i64::MIN.div_euclid(1_000_000));
        assert_eq!(last.utc_seconds(), i64::MAX.div_euclid(1_000_000));
    }

    proptest! {
        #[test]
        fn offsets_found_once_give_what_the_zone_gives(
            zone in prop::sample::select(&[
                chrono_tz::Asia::Makassar,
                chrono_tz::Europe::Berlin,
                chrono_tz::America::New_York,
                chrono_tz::Australia::Lord_Howe,
                chrono_tz::Africa::Casablanca,
                chrono_tz::UTC,
            ]),
            // From 1931, when Makassar's offset still had odd seconds, to 2030.
            seconds in -1_200_000_000_i64..1_900_000_000,
            part in 0_i64..1_000_000,
        ) {
            let offsets = Offsets::of(zone, -14_000..22_000);
            let micros = seconds * 1_000_000 + part;
            let (quick, exact) = (offsets.instant(micros), Instant::from_utc_micros(micros, zone));
            prop_assert_eq!(quick.utc_seconds(), exact.utc_seconds());
            prop_assert_eq!(quick.local_seconds(), exact.local_seconds());
        }
    }
}
