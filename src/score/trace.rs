//! Why each day of a case counts or does not: the clock's own arithmetic laid open, day by day.
//!
//! In: a scored case. Out: one row per local date from the clock's start to its end. It asks the same [`Clock`] that judged
//! the case, so what it shows is what was counted.

use crate::clock::{Clock, OutsideCalendar};
use crate::instant::{Day, Instant, date_of};
use crate::score::ScoredCase;
use crate::score::clocks::Clocks;
use crate::standard::calendar::{Calendar, DayReason};
use crate::standard::{PauseRule, Standard};

/// What a date was to the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayRole {
    /// Before H, though the clock's start lies on or before it.
    BeforeH(DayReason),
    /// H itself.
    H,
    /// Counted: H plus this many.
    Counted(u32),
    /// Opened by decision, and counted.
    CountedOpened(u32, String),
    /// A day of the axis wholly with the applicant.
    Paused,
    /// No working day.
    Closed(DayReason),
}

/// One date of the trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTrace {
    pub day: Day,
    pub role: DayRole,
    pub is_deadline: bool,
    /// The day that counts for the decision, withdrawal or as_of.
    pub is_end: bool,
}

/// The main clock of a scored case, started again under `rule`; None where it has not started.
///
/// # Errors
/// A date lies outside the calendar.
pub fn clock<'a>(
    case: &ScoredCase,
    standard: &'a Standard,
    rule: PauseRule,
) -> Result<Option<Clock<'a>>, OutsideCalendar> {
    let clocks = Clocks::start(
        standard,
        rule,
        case.registration_start,
        case.main_start,
        &case.with_applicant,
    )?;
    Ok(clocks.main)
}

/// The days of a clock up to `t` (decision, withdrawal or as_of) or the deadline, whichever is later.
///
/// # Errors
/// A date lies outside the calendar.
pub fn days(
    clock: &Clock,
    calendar: &Calendar,
    limit: u32,
    t: Instant,
) -> Result<Vec<DayTrace>, OutsideCalendar> {
    let (h, end, deadline) = (clock.h_at(t)?, clock.day_of(t)?, clock.deadline(t, limit)?);
    let mut counted = 0;
    let mut trace = Vec::new();
    for day in clock.started_at().day()..=end.max(deadline) {
        let role = role(clock, calendar, t, (h, end), day, &mut counted);
        trace.push(DayTrace {
            day,
            role,
            is_deadline: day == deadline,
            is_end: day == end,
        });
    }
    Ok(trace)
}

fn role(
    clock: &Clock,
    calendar: &Calendar,
    t: Instant,
    (h, end): (Day, Day),
    day: Day,
    counted: &mut u32,
) -> DayRole {
    let works = clock.axis().is_working(day);
    let reason = calendar.reason(date_of(day), works);
    if day < h {
        return DayRole::BeforeH(reason);
    }
    if day == h {
        return DayRole::H;
    }
    if !works {
        return DayRole::Closed(reason);
    }
    let paused = match day.cmp(&end) {
        std::cmp::Ordering::Less => clock.is_paused(day),
        std::cmp::Ordering::Equal => clock.is_paused_at(day, t),
        std::cmp::Ordering::Greater => false,
    };
    if paused {
        return DayRole::Paused;
    }
    *counted += 1;
    match reason {
        DayReason::Opened(decision) => DayRole::CountedOpened(*counted, decision),
        _ => DayRole::Counted(*counted),
    }
}
