//! A calendar compiled for one table of hours: every question about days answered by a look-up.

use chrono::NaiveDate;

use crate::instant::{DAY_SECONDS, Day, Instant, date_of, day_of};
use crate::standard::calendar::{Calendar, Interval, WeekHours};

/// A date that no calendar covers (scoring.md, section 2: an error naming the date and the file, never a guess).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{what} {date} lies outside the years {first}-{last} that the calendar {file} covers: add the year to the calendar or choose another date"
)]
pub struct OutsideCalendar {
    /// What the date is: "as_of", "H", "the deadline".
    pub what: &'static str,
    pub date: NaiveDate,
    pub first: i32,
    pub last: i32,
    pub file: String,
}

/// Days of a calendar under one table of hours, first to last date, with running totals.
#[derive(Debug, Clone)]
pub struct DayTable {
    first: Day,
    /// Number of working days on or before the day, per day.
    index: Vec<u32>,
    /// Day of the k-th working day (k from 0).
    working: Vec<Day>,
    /// Service seconds before the day begins, per day and one past the end.
    seconds_before: Vec<i64>,
    /// Service intervals of all days, one after the other, and where those of each day end.
    intervals: Vec<Interval>,
    ends: Vec<u32>,
    years: (i32, i32),
    file: String,
}

impl DayTable {
    /// Compiles `calendar` for `weekly` hours.
    pub fn working(calendar: &Calendar, weekly: &WeekHours) -> Self {
        Self::compile(calendar, |date| calendar.hours_on(date, weekly))
    }

    /// The axis of calendar days: every date is a day of 24 hours.
    pub fn every_date(calendar: &Calendar) -> Self {
        let whole = Interval {
            open: 0,
            close: DAY_SECONDS as u32,
        };
        Self::compile(calendar, |_| vec![whole])
    }

    fn compile(calendar: &Calendar, hours_on: impl Fn(NaiveDate) -> Vec<Interval>) -> Self {
        use chrono::Datelike;
        let (from, to) = calendar.range();
        let mut table = Self {
            first: day_of(from),
            index: Vec::new(),
            working: Vec::new(),
            seconds_before: vec![0],
            intervals: Vec::new(),
            ends: Vec::new(),
            years: (from.year(), to.year()),
            file: calendar.files.join(", "),
        };
        for date in from.iter_days().take_while(|d| *d <= to) {
            let intervals = hours_on(date);
            if !intervals.is_empty() {
                table.working.push(day_of(date));
            }
            let seconds: i64 = intervals.iter().map(|i| i64::from(i.close - i.open)).sum();
            table.index.push(table.working.len() as u32);
            table
                .seconds_before
                .push(table.seconds_before.last().copied().unwrap_or(0) + seconds);
            table.intervals.extend(intervals);
            table.ends.push(table.intervals.len() as u32);
        }
        table
    }

    fn slot(&self, day: Day) -> Option<usize> {
        usize::try_from(day - self.first)
            .ok()
            .filter(|i| *i < self.index.len())
    }

    /// The day after the last one covered.
    fn end(&self) -> Day {
        self.first + self.index.len() as Day
    }

    /// Whether the table covers the day.
    pub fn covers(&self, day: Day) -> bool {
        self.slot(day).is_some()
    }

    /// The error for a day the table does not cover; `what` names its role.
    pub fn outside(&self, what: &'static str, day: Day) -> OutsideCalendar {
        OutsideCalendar {
            what,
            date: date_of(day),
            first: self.years.0,
            last: self.years.1,
            file: self.file.clone(),
        }
    }

    /// Service intervals of the day; empty where it is no working day or not covered.
    pub fn intervals(&self, day: Day) -> &[Interval] {
        self.slot(day).map_or(&[], |i| self.of_slot(i))
    }

    fn of_slot(&self, slot: usize) -> &[Interval] {
        let end = |i: usize| self.ends.get(i).map_or(0, |end| *end as usize);
        let from = slot.checked_sub(1).map_or(0, end);
        self.intervals.get(from..end(slot)).unwrap_or_default()
    }

    /// Whether the day is a working day.
    pub fn is_working(&self, day: Day) -> bool {
        !self.intervals(day).is_empty()
    }

    /// Opening time of a working day, seconds since midnight.
    pub fn opening(&self, day: Day) -> Option<u32> {
        self.intervals(day).first().map(|i| i.open)
    }

    /// Closing time of a working day, seconds since midnight.
    pub fn closing(&self, day: Day) -> Option<u32> {
        self.intervals(day).last().map(|i| i.close)
    }

    /// `idx(d)`: the number of working days of the table on or before `day`; 0 before its first day, all of them after
    /// its last.
    pub fn idx(&self, day: Day) -> u32 {
        if day < self.first {
            return 0;
        }
        self.slot(day)
            .map_or(self.working.len() as u32, |i| self.index[i])
    }

    /// `workday(d)`: the day itself if it is a working day, else the next one; None past the calendar's end.
    pub fn workday(&self, day: Day) -> Option<Day> {
        if self.is_working(day) {
            return Some(day);
        }
        if !self.covers(day) {
            return None;
        }
        self.working.get(self.idx(day) as usize).copied()
    }

    /// The first working day after `day`; None past the calendar's end.
    pub fn next_workday(&self, day: Day) -> Option<Day> {
        self.working.get(self.idx(day) as usize).copied()
    }

    /// The `count`-th working day after `day`; `day` itself for a count of 0. None past the calendar's end.
    pub fn workday_after(&self, day: Day, count: u32) -> Option<Day> {
        let Some(further) = count.checked_sub(1) else {
            return Some(day);
        };
        let at = self.idx(day) as usize + further as usize;
        self.working.get(at).copied()
    }

    /// The calendar's last working day; `day` where none comes after it.
    pub fn last_workday(&self, day: Day) -> Day {
        self.working
            .last()
            .copied()
            .map_or(day, |last| last.max(day))
    }

    /// Working days d with `after < d <= upto`, ascending.
    pub fn workdays(&self, after: Day, upto: Day) -> &[Day] {
        let from = self.idx(after) as usize;
        let to = self.idx(upto) as usize;
        self.working.get(from..to).unwrap_or(&[])
    }

    /// `roll(t)`: day 0 of a clock started at `t`: t's own date if it is a working day and t is before its closing time,
    /// else the next working day.
    pub fn roll(&self, t: Instant) -> Result<Day, OutsideCalendar> {
        let day = t.day();
        if !self.covers(day) {
            return Err(self.outside("H", day));
        }
        match self.closing(day) {
            Some(closing) if t.second_of_day() < closing => Ok(day),
            _ => self
                .next_workday(day)
                .ok_or_else(|| self.outside("H", self.end())),
        }
    }

    /// Service seconds of one whole day.
    pub fn service_seconds_of_day(&self, day: Day) -> i64 {
        self.slot(day)
            .map_or(0, |i| self.seconds_before[i + 1] - self.seconds_before[i])
    }

    /// Whether an instant lies in service hours, both ends included.
    pub fn is_service_time(&self, t: Instant) -> bool {
        let second = t.second_of_day();
        self.intervals(t.day())
            .iter()
            .any(|i| i.open <= second && second <= i.close)
    }

    /// Service seconds from the table's first day up to local second `t`.
    pub fn service_before(&self, local_seconds: i64) -> i64 {
        let day = local_seconds.div_euclid(DAY_SECONDS) as Day;
        if day < self.first {
            return 0;
        }
        let Some(i) = self.slot(day) else {
            return self.seconds_before.last().copied().unwrap_or(0);
        };
        let second = local_seconds.rem_euclid(DAY_SECONDS);
        let today: i64 = self
            .of_slot(i)
            .iter()
            .map(|iv| (second.min(i64::from(iv.close)) - i64::from(iv.open)).max(0))
            .sum();
        self.seconds_before[i] + today
    }

    /// `service_seconds(a, b)`: seconds of service time between two local seconds; 0 where b is not after a.
    pub fn service_seconds_local(&self, a: i64, b: i64) -> i64 {
        (self.service_before(b) - self.service_before(a)).max(0)
    }

    /// `service_seconds(a, b)` of two instants.
    pub fn service_seconds(&self, a: Instant, b: Instant) -> i64 {
        self.service_seconds_local(a.local_seconds(), b.local_seconds())
    }
}
