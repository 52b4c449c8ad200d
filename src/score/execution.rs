//! One execution held against its step's window and minutes.

use crate::clock::{Clock, OutsideCalendar};
use crate::finding::{Check, Finding};
use crate::format::date_time_exact as when;
use crate::instant::{Day, Instant, day_of};
use crate::score::clocks::Clocks;
use crate::score::judge::{self, DayFacts, MinuteFacts};
use crate::score::notes::Notes;
use crate::score::{DayVerdict, Execution};
use crate::standard::{ClockStart, Holder, Standard, Step, Unit, Window};

/// What all executions of a case share.
#[derive(Debug, Clone, Copy)]
pub struct CaseContext<'a> {
    pub standard: &'a Standard,
    pub clocks: &'a Clocks<'a>,
    pub as_of: Instant,
    /// Decision or withdrawal.
    pub closed: Option<Instant>,
}

/// How an instant stands to a limit.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    pub h: Day,
    /// None for limits in hours.
    pub offset: Option<u32>,
    pub paused_days: u32,
    pub deadline: Day,
    /// Of limits in hours.
    pub expires: Option<Instant>,
    pub met: bool,
}

/// Holds `t` against a limit on a started clock.
///
/// # Errors
/// A date lies outside the calendar.
pub fn hold(clock: &Clock, limit: Window, t: Instant) -> Result<Held, OutsideCalendar> {
    if limit.unit == Unit::ElapsedHours {
        let reading = clock.read(t)?;
        // The hours end this much after t, or ended this much before it.
        let left = i64::from(limit.value) * 3600 - clock.elapsed_seconds(t);
        let end = t.plus_seconds(left);
        return Ok(Held {
            h: reading.h,
            offset: None,
            paused_days: reading.paused_days,
            deadline: end.day(),
            expires: Some(end),
            met: left >= 0,
        });
    }
    let (reading, deadline) = clock.read_with_deadline(t, limit.value)?;
    Ok(Held {
        h: reading.h,
        offset: Some(reading.offset),
        paused_days: reading.paused_days,
        deadline,
        expires: None,
        met: reading.offset <= limit.value,
    })
}

/// Last day of a step's window at `t`; None without a window or a started clock.
///
/// # Errors
/// A date lies outside the calendar.
pub fn deadline(
    context: CaseContext,
    step: &Step,
    t: Instant,
) -> Result<Option<Day>, OutsideCalendar> {
    let (Ok(window), Some(name)) = (step.window, step.clock) else {
        return Ok(None);
    };
    match context.clocks.on_axis(name, window.unit)? {
        Some(clock) => Ok(Some(hold(&clock, window, t)?.deadline)),
        None => Ok(None),
    }
}

/// Scores the executions of one step; `is_last` and `sent_back_by` are settled later, over all executions of the case.
///
/// # Errors
/// A date lies outside the calendar.
pub fn score(
    context: CaseContext,
    case_id: &str,
    executions: &mut [Execution],
    notes: &mut Notes,
) -> Result<(), OutsideCalendar> {
    let number = executions.first().map_or(0, |e| e.step);
    let step = context.standard.steps.get(&number);
    let window = step.and_then(|s| s.window.ok());
    let name = step.and_then(|s| s.clock);
    let unit = window.map_or(context.standard.total.unit, |w| w.unit);
    let clock = match name {
        Some(name) => context.clocks.on_axis(name, unit)?,
        None => None,
    };
    let limit = window.filter(|w| w.unit != Unit::ElapsedHours);
    for e in executions {
        e.clock = name;
        e.limit = limit.map(|w| w.value);
        judge_days(context, e, clock.as_deref(), window)?;
        let minutes = minute_facts(context, step, e);
        e.service_seconds = minutes.service_seconds;
        e.minute = judge::minutes(minutes);
        note(context.standard, (case_id, step), e, minutes, notes);
    }
    Ok(())
}

/// Holds one execution against its window.
fn judge_days(
    context: CaseContext,
    e: &mut Execution,
    clock: Option<&Clock>,
    window: Option<Window>,
) -> Result<(), OutsideCalendar> {
    let t = e
        .completed
        .unwrap_or_else(|| context.closed.unwrap_or(context.as_of));
    let held = match (clock, window) {
        (Some(clock), Some(window)) => Some(hold(clock, window, t)?),
        _ => None,
    };
    e.day = judge::day(DayFacts {
        has_limit: window.is_some(),
        has_instant: e.has_instant(),
        clock_started: clock.is_some(),
        completed: e.completed.is_some(),
        before_clock: clock
            .zip(e.completed)
            .is_some_and(|(clock, completed)| completed < clock.started_at()),
        case_closed: context.closed.is_some(),
        met: held.is_some_and(|h| h.met),
    });
    e.h = match (held, clock) {
        (Some(held), _) => Some(held.h),
        (None, Some(clock)) => Some(clock.h_at(t)?),
        (None, None) => None,
    };
    e.offset = held.and_then(|h| h.offset).filter(|_| e.day.is_counted());
    e.deadline = held.map(|h| h.deadline);
    e.expires = held.and_then(|h| h.expires);
    Ok(())
}

fn minute_facts(context: CaseContext, step: Option<&Step>, e: &Execution) -> MinuteFacts {
    let (service_seconds, wholly_outside) = worked(context.standard, e);
    MinuteFacts {
        limit: step.and_then(|s| s.minutes),
        has_instant: e.has_instant(),
        completed: e.completed.is_some(),
        case_closed: context.closed.is_some(),
        service_seconds,
        wholly_outside,
    }
}

/// Service seconds of an execution, where start and completion allow it, and whether all of its time lay outside service
/// hours.
fn worked(standard: &Standard, e: &Execution) -> (Option<i64>, bool) {
    match (e.started, e.completed) {
        (Some(a), Some(b)) if a <= b => {
            let seconds = standard.hours(e.step).service_seconds(a, b);
            (Some(seconds), seconds == 0 && a < b)
        }
        _ => (None, false),
    }
}

/// Notes what is to be said of an execution beside its verdicts.
fn note(
    standard: &Standard,
    (case_id, step): (&str, Option<&Step>),
    e: &Execution,
    minutes: MinuteFacts,
    notes: &mut Notes,
) {
    let key = || format!("{case_id}/{}/{}", e.step, e.number);
    let mut add = |check, message: &dyn Fn() -> String| {
        notes.add(|| Finding::new(check, key(), message()));
    };
    let Some(step) = step else {
        return add(Check::UnknownStep, &|| {
            let Standard {
                document, revision, ..
            } = standard;
            format!(
                "Langkah {} tidak dikenal dalam {document} revisi {revision}.",
                e.step
            )
        });
    };
    // Step 5 (help desk) comes before the registration that starts the clock; that is its proper place.
    let precedes_start = matches!(standard.start, ClockStart::Step(s) if step.number < s);
    if e.day == DayVerdict::BeforeClock && !precedes_start {
        add(Check::BeforeClock, &|| {
            let time = e.completed.map(when).unwrap_or_default();
            format!(
                "Langkah {} selesai {time}, sebelum hitungan waktu dimulai.",
                step.number
            )
        });
    }
    if minutes.wholly_outside && minutes.limit.is_some() {
        add(Check::OutsideHoursEntirely, &|| {
            format!(
                "Langkah {} seluruhnya dikerjakan di luar jam pelayanan; menitnya tidak dapat dinilai.",
                step.number
            )
        });
    }
    if step.holder != Holder::Office {
        return;
    }
    let hours = standard.hours(step.number);
    let outside = || {
        let instants = [e.started, e.completed].into_iter().flatten();
        instants.filter(|t| !hours.is_service_time(*t))
    };
    if outside().next().is_some() {
        add(Check::OutsideServiceHours, &|| {
            let outside: Vec<String> = outside().map(when).collect();
            format!(
                "Langkah {} dicatat di luar jam pelayanan: {}.",
                step.number,
                outside.join(" dan ")
            )
        });
    }
}

/// Whether an instant's local date lies on or after a date; the revision of a standard is chosen by it.
pub fn in_force(standard: &Standard, h: Day) -> bool {
    day_of(standard.effective_from) <= h && standard.effective_to.is_none_or(|to| h <= day_of(to))
}
