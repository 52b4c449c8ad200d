//! Time with the applicant: stretches joined, and the days they cover.

use crate::clock::DayTable;
use crate::instant::{DAY_SECONDS, Day, Instant};

/// A stretch of time during which the applicant held the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    pub from: Instant,
    /// `as_of` where the file is still with the applicant.
    pub to: Instant,
    /// Neither completed nor overtaken by other work.
    pub open: bool,
}

impl Pause {
    /// Whether the applicant still holds the file just after `t`; a pause that ends at `t` is over.
    pub fn goes_on_after(&self, t: Instant) -> bool {
        self.to > t || (self.open && self.to == t)
    }
}

/// Joins pauses that overlap or touch; the result is ascending and disjoint.
pub fn join(mut pauses: Vec<Pause>) -> Vec<Pause> {
    pauses.sort_unstable_by_key(|p| (p.from, p.to, p.open));
    let mut joined: Vec<Pause> = Vec::with_capacity(pauses.len());
    for pause in pauses {
        match joined.last_mut() {
            Some(last) if pause.from <= last.to => {
                last.open |= pause.open;
                last.to = last.to.max(pause.to);
            }
            _ => joined.push(pause),
        }
    }
    joined
}

/// The working days of `axis` all of whose service hours the pauses cover, ascending. `pauses` are joined.
pub fn paused_days(axis: &DayTable, pauses: &[Pause]) -> Vec<Day> {
    let mut covered: Vec<(Day, i64)> = Vec::new();
    for pause in pauses {
        let (from, to) = (pause.from.local_seconds(), pause.to.local_seconds());
        for &day in axis.workdays(pause.from.day() - 1, pause.to.day()) {
            let midnight = i64::from(day) * DAY_SECONDS;
            let seconds =
                axis.service_seconds_local(from.max(midnight), to.min(midnight + DAY_SECONDS));
            match covered.last_mut() {
                Some((last, sum)) if *last == day => *sum += seconds,
                _ => covered.push((day, seconds)),
            }
        }
    }
    covered.retain(|(day, seconds)| *seconds == axis.service_seconds_of_day(*day));
    covered.into_iter().map(|(day, _)| day).collect()
}
