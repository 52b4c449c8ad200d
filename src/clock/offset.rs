//! A running clock: the H in force, days counted, days paused and deadlines at any instant (scoring.md, section 3).
//!
//! The same machinery counts working days and calendar days; only the axis of days differs.

use super::pause::{Pause, paused_days};
use super::{DayTable, OutsideCalendar};
use crate::instant::{DAY_SECONDS, Day, Instant};
use crate::standard::PauseRule;

/// A clock that has started.
#[derive(Debug, Clone)]
pub struct Clock<'a> {
    axis: &'a DayTable,
    start: Instant,
    /// `roll(start)`.
    h: Day,
    rule: PauseRule,
    /// Pauses that count: joined, ascending, none beginning on or after the case's deadline.
    pauses: Vec<Pause>,
    /// Days those pauses cover whole, ascending.
    paused: Vec<Day>,
}

/// What a clock shows at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The H in force, moved under `restart`.
    pub h: Day,
    /// Days d with H < d <= the instant's day that are not paused.
    pub offset: u32,
    /// Days in the same span that are paused.
    pub paused_days: u32,
}

impl<'a> Clock<'a> {
    /// Starts a clock at `start` on `axis`. `pauses` are joined; those that begin on or after the day of the case's
    /// deadline (`case_limit` days after H, counted without them) change nothing and are dropped.
    ///
    /// # Errors
    /// H or the deadline lies outside the calendar.
    pub fn start(
        axis: &'a DayTable,
        start: Instant,
        case_limit: u32,
        rule: PauseRule,
        pauses: &[Pause],
    ) -> Result<Self, OutsideCalendar> {
        let h = axis.roll(start)?;
        let mut clock = Self {
            axis,
            start,
            h,
            rule,
            pauses: Vec::new(),
            paused: Vec::new(),
        };
        if rule == PauseRule::Include {
            return Ok(clock);
        }
        let mut h_now = h;
        for pause in pauses {
            let deadline = clock.walk(h_now, case_limit, |day| clock.is_paused(day))?;
            if pause.from.day() >= deadline {
                break;
            }
            clock.pauses.push(*pause);
            clock.paused = paused_days(axis, &clock.pauses);
            if let Some(moved) = clock.restarted_by(pause)? {
                h_now = h_now.max(moved);
            }
        }
        Ok(clock)
    }

    /// Starts a clock whose pauses were already chosen, e.g. by the axis of the case's own limit.
    ///
    /// # Errors
    /// H lies outside the calendar.
    pub fn with_pauses(
        axis: &'a DayTable,
        start: Instant,
        rule: PauseRule,
        pauses: &[Pause],
    ) -> Result<Self, OutsideCalendar> {
        Ok(Self {
            axis,
            start,
            h: axis.roll(start)?,
            rule,
            pauses: pauses.to_vec(),
            paused: paused_days(axis, pauses),
        })
    }

    /// The instant the clock started.
    pub fn started_at(&self) -> Instant {
        self.start
    }

    /// The axis days are counted on.
    pub fn axis(&self) -> &'a DayTable {
        self.axis
    }

    /// Pauses that count on this clock.
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// Whether pauses cover the whole of `day`.
    pub fn is_paused(&self, day: Day) -> bool {
        self.paused.binary_search(&day).is_ok()
    }

    /// Whether `day`, being the day of `t`, is paused: covered whole, or the applicant held the file from the earlier of
    /// its opening and t, and still does just after t.
    pub fn is_paused_at(&self, day: Day, t: Instant) -> bool {
        let opening = i64::from(day) * DAY_SECONDS + i64::from(self.axis.opening(day).unwrap_or(0));
        self.is_paused(day)
            || self
                .pauses
                .iter()
                .any(|p| p.from <= t && p.from.local_seconds() <= opening && p.goes_on_after(t))
    }

    /// Where under `restart` this pause moves H to: it has ended and held at least one paused day.
    fn restarted_by(&self, pause: &Pause) -> Result<Option<Day>, OutsideCalendar> {
        match self.restarts(pause) {
            true => self.axis.roll(pause.to).map(Some),
            false => Ok(None),
        }
    }

    /// Whether a pause, once ended, starts the clock anew: the rule says so and the pause itself covers a whole day.
    fn restarts(&self, pause: &Pause) -> bool {
        self.rule == PauseRule::Restart
            && !pause.open
            && !paused_days(self.axis, std::slice::from_ref(pause)).is_empty()
    }

    /// The H in force at `t`.
    ///
    /// # Errors
    /// H lies outside the calendar.
    pub fn h_at(&self, t: Instant) -> Result<Day, OutsideCalendar> {
        let mut h = self.h;
        if self.rule != PauseRule::Restart {
            return Ok(h);
        }
        for pause in self.pauses.iter().filter(|p| p.to <= t) {
            if let Some(moved) = self.restarted_by(pause)? {
                h = h.max(moved);
            }
        }
        Ok(h)
    }

    /// The day of an instant: its local date if that is a day of the axis, else the next one.
    ///
    /// # Errors
    /// That day lies outside the calendar.
    pub fn day_of(&self, t: Instant) -> Result<Day, OutsideCalendar> {
        self.axis.workday(t.day()).ok_or_else(|| {
            self.axis
                .outside("the working day that counts for", t.day())
        })
    }

    /// Days counted and paused at `t`.
    ///
    /// # Errors
    /// H or the day of `t` lies outside the calendar.
    pub fn read(&self, t: Instant) -> Result<Reading, OutsideCalendar> {
        Ok(self.reading(self.h_at(t)?, self.day_of(t)?, t))
    }

    /// [`Clock::read`] and [`Clock::deadline`] in one.
    ///
    /// # Errors
    /// As both.
    pub fn read_with_deadline(
        &self,
        t: Instant,
        limit: u32,
    ) -> Result<(Reading, Day), OutsideCalendar> {
        let (h, today) = (self.h_at(t)?, self.day_of(t)?);
        let deadline = self.last_day(h, today, t, limit)?;
        Ok((self.reading(h, today, t), deadline))
    }

    /// Deadline for H+`limit`, knowing what is known at `t`: what comes after the day of `t` is not known to be paused.
    ///
    /// It is the last day on which the limit is still met. For the case's own limit that is the limit-th day after H that
    /// is not paused, as scoring.md says, since a pause that begins on or after that day changes nothing. A step's shorter
    /// limit, or a case's of H+0, may be followed by paused days, on which a completion still has the same offset: there
    /// only this reading keeps `offset <= limit` and `day <= deadline` from contradicting each other.
    ///
    /// # Errors
    /// The deadline lies outside the calendar.
    pub fn deadline(&self, t: Instant, limit: u32) -> Result<Day, OutsideCalendar> {
        let today = self.day_of(t)?;
        self.last_day(self.h_at(t)?, today, t, limit)
    }

    /// The reading at `t`, whose day is `day`, with `h` in force.
    fn reading(&self, h: Day, day: Day, t: Instant) -> Reading {
        if day <= h {
            return Reading {
                h,
                offset: 0,
                paused_days: 0,
            };
        }
        let span = self.axis.idx(day) - self.axis.idx(h);
        let whole = self.paused.iter().filter(|d| h < **d && **d < day).count() as u32;
        let paused_days = whole + u32::from(self.is_paused_at(day, t));
        Reading {
            h,
            offset: span - paused_days,
            paused_days,
        }
    }

    fn last_day(&self, h: Day, today: Day, t: Instant, limit: u32) -> Result<Day, OutsideCalendar> {
        if self.pauses.is_empty() {
            return self.counted_day(h, limit);
        }
        let paused = |day: Day| match day.cmp(&today) {
            std::cmp::Ordering::Less => self.is_paused(day),
            std::cmp::Ordering::Equal => self.is_paused_at(day, t),
            std::cmp::Ordering::Greater => false,
        };
        let mut day = self.walk(h, limit, paused)?;
        while let Some(next) = self.axis.next_workday(day).filter(|d| paused(*d)) {
            day = next;
        }
        Ok(day)
    }

    /// The limit-th day after `h`; h itself for a limit of 0.
    fn counted_day(&self, h: Day, limit: u32) -> Result<Day, OutsideCalendar> {
        self.axis.workday_after(h, limit).ok_or_else(|| {
            self.axis
                .outside("the deadline", self.axis.last_workday(h) + 1)
        })
    }

    /// The limit-th day after `h` that is not `paused`; h itself for a limit of 0.
    fn walk(
        &self,
        h: Day,
        limit: u32,
        paused: impl Fn(Day) -> bool,
    ) -> Result<Day, OutsideCalendar> {
        let mut day = h;
        let mut counted = 0;
        while counted < limit {
            day = self
                .axis
                .next_workday(day)
                .ok_or_else(|| self.axis.outside("the deadline", day + 1))?;
            counted += u32::from(!paused(day));
        }
        Ok(day)
    }

    /// For limits in elapsed hours, on the axis of dates: seconds between the start and `t`, less the time with the
    /// applicant (under `exclude`), or since the file last came back (under `restart`).
    pub fn elapsed_seconds(&self, t: Instant) -> i64 {
        let begin = self
            .pauses
            .iter()
            .filter(|p| p.to <= t && self.restarts(p))
            .map(|p| p.to)
            .fold(self.start, Instant::max);
        // Under `include` a clock holds no pauses.
        let paused: i64 = self
            .pauses
            .iter()
            .map(|p| (p.to.min(t).utc_seconds() - p.from.max(begin).utc_seconds()).max(0))
            .sum();
        t.utc_seconds() - begin.utc_seconds() - paused
    }
}
