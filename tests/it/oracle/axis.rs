//! Section 2 by enumeration: days looked at one by one, service time counted second by second.

use tepat::instant::{DAY_SECONDS, Day, Instant, date_of};
use tepat::standard::calendar::{HolidayKind, WeekHours};
use tepat::standard::{Calendar, Unit};

use super::{Frame, Outside};

/// The days a limit is counted in.
#[derive(Clone, Copy)]
pub struct Axis<'a> {
    calendar: &'a Calendar,
    /// None: every local date is a day, 0.00 to 24.00.
    weekly: Option<&'a WeekHours>,
}

impl<'a> Frame<'a> {
    /// Working days, or every date for the other units.
    pub fn axis(&self, unit: Unit) -> Axis<'a> {
        Axis {
            calendar: self.calendar,
            weekly: match unit {
                Unit::WorkingDays => Some(&self.hours.service),
                Unit::CalendarDays | Unit::ElapsedHours => None,
            },
        }
    }

    /// "A standard may give back-office steps hours of their own"
    pub fn hours_of_step(&self, step: i32) -> Axis<'a> {
        Axis {
            calendar: self.calendar,
            weekly: Some(self.hours.steps.get(&step).unwrap_or(&self.hours.service)),
        }
    }
}

impl<'a> Axis<'a> {
    /// Service hours of a day as (open, close) in seconds of the day; empty on a day that does not count.
    pub fn hours_on(&self, day: Day) -> Vec<(i64, i64)> {
        use chrono::Datelike;
        let date = date_of(day);
        if !self.calendar.covers(date) {
            return Vec::new();
        }
        let Some(weekly) = self.weekly else {
            return vec![(0, DAY_SECONDS)];
        };
        let pairs = |list: &[tepat::standard::calendar::Interval]| {
            list.iter()
                .map(|i| (i64::from(i.open), i64::from(i.close)))
                .collect::<Vec<_>>()
        };
        // "single dates can be declared open by decision number, with their hours"
        for (opened, opening) in &self.calendar.openings {
            if *opened == date {
                return pairs(&opening.hours);
            }
        }
        // "A working day has service hours and is no holiday."
        // "cuti bersama is non-working by default, a setting can make it working"
        for (closed, holidays) in &self.calendar.holidays {
            for holiday in holidays {
                let works =
                    holiday.kind == HolidayKind::JointLeave && self.calendar.joint_leave_works;
                if *closed == date && !works {
                    return Vec::new();
                }
            }
        }
        let weekday = date.weekday().num_days_from_monday() as usize;
        // "Special hours (Ramadan) are dated ranges that replace the weekly hours."
        for special in &self.calendar.special {
            if special.from <= date && date <= special.to {
                return pairs(&special.hours.days[weekday]);
            }
        }
        pairs(&weekly.days[weekday])
    }

    pub fn counts(&self, day: Day) -> bool {
        !self.hours_on(day).is_empty()
    }

    pub fn covers(&self, day: Day) -> bool {
        self.calendar.covers(date_of(day))
    }

    /// Opening of a working day in local seconds.
    pub fn opening(&self, day: Day) -> i64 {
        i64::from(day) * DAY_SECONDS + self.hours_on(day)[0].0
    }

    /// The first working day after `day`.
    pub fn next(&self, day: Day) -> Result<Day, Outside> {
        let mut d = day + 1;
        while self.covers(d) {
            if self.counts(d) {
                return Ok(d);
            }
            d += 1;
        }
        Err(Outside)
    }

    /// "`workday(d)`: d if it is one, else the next."
    pub fn workday(&self, day: Day) -> Result<Day, Outside> {
        if self.counts(day) {
            Ok(day)
        } else {
            self.next(day)
        }
    }

    /// "`roll(t)`: ... t's own date if it is a working day and t is before that date's closing time, else the next
    /// working day."
    pub fn roll(&self, t: Instant) -> Result<Day, Outside> {
        let hours = self.hours_on(t.day());
        if let Some((_, closing)) = hours.last()
            && i64::from(t.second_of_day()) < *closing
        {
            return Ok(t.day());
        }
        self.next(t.day())
    }

    /// "`service_seconds(a, b)`: seconds of service time between two instants", one second after the other.
    pub fn service_seconds(&self, a: Instant, b: Instant) -> i64 {
        let (from, to) = (a.local_seconds(), b.local_seconds());
        let mut count = 0;
        let mut second = from;
        while second < to {
            let day = second.div_euclid(DAY_SECONDS);
            let end_of_day = ((day + 1) * DAY_SECONDS).min(to);
            let hours = self.hours_on(day as Day);
            while second < end_of_day {
                let of_day = second - day * DAY_SECONDS;
                if hours
                    .iter()
                    .any(|(open, close)| *open <= of_day && of_day < *close)
                {
                    count += 1;
                }
                second += 1;
            }
        }
        count
    }
}
