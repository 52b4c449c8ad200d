//! One execution held against its step's window and minutes.

use crate::clock::{Clock, OutsideCalendar};
use crate::finding::{Check, Finding};
use crate::format::date_time_exact as when;
use crate::instant::{Instant, day_of};
use crate::score::Execution;
use crate::score::clocks::Clocks;
use crate::score::judge::{self, DayFacts, MinuteFacts};
use crate::score::reading::Raw;
use crate::standard::{ClockStart, Holder, Standard, Step, Unit, Window};

/// What all executions of a case share.
#[derive(Debug, Clone, Copy)]
pub struct CaseContext<'a> {
    pub case_id: &'a str,
    pub standard: &'a Standard,
    pub clocks: &'a Clocks<'a>,
    pub as_of: Instant,
    /// Decision or withdrawal.
    pub closed: Option<Instant>,
}

/// How an instant stands to a window.
#[derive(Debug, Clone, Copy)]
struct Held {
    h: i32,
    /// None for limits in hours.
    offset: Option<u32>,
    deadline: i32,
    met: bool,
}

/// Holds `t` against `window` on a started clock.
///
/// # Errors
/// A date lies outside the calendar.
fn hold(clock: &Clock, window: Window, t: Instant) -> Result<Held, OutsideCalendar> {
    let h = clock.h_at(t)?;
    if window.unit == Unit::ElapsedHours {
        let allowed = i64::from(window.value) * 3600;
        let used = clock.elapsed_seconds(t);
        // The hours end this much after t, or ended this much before it.
        let end = t.local_seconds() + allowed - used;
        return Ok(Held {
            h,
            offset: None,
            deadline: end.div_euclid(crate::instant::DAY_SECONDS) as i32,
            met: used <= allowed,
        });
    }
    let reading = clock.read(t)?;
    Ok(Held {
        h: reading.h,
        offset: Some(reading.offset),
        deadline: clock.deadline(t, window.value)?,
        met: reading.offset <= window.value,
    })
}

/// The limit of the whole case held against the instant of its end, or as_of.
#[derive(Debug, Clone, Copy)]
pub struct CaseHeld {
    pub h: i32,
    pub offset: Option<u32>,
    pub paused_days: u32,
    pub deadline: i32,
    pub met: bool,
}

/// Holds a case's end (or as_of) against its total.
///
/// # Errors
/// A date lies outside the calendar.
pub fn hold_case(
    standard: &Standard,
    clock: &Clock,
    t: Instant,
) -> Result<CaseHeld, OutsideCalendar> {
    let held = hold(clock, standard.total, t)?;
    Ok(CaseHeld {
        h: held.h,
        offset: held.offset,
        paused_days: clock.read(t)?.paused_days,
        deadline: held.deadline,
        met: held.met,
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
) -> Result<Option<i32>, OutsideCalendar> {
    let (Ok(window), Some(name)) = (step.window, step.clock) else {
        return Ok(None);
    };
    match context.clocks.on_axis(name, window.unit)? {
        Some(clock) => Ok(Some(hold(&clock, window, t)?.deadline)),
        None => Ok(None),
    }
}

/// Scores one execution; `is_last` and `sent_back_by` are settled later, over all executions of the case.
///
/// # Errors
/// A date lies outside the calendar.
pub fn score(
    context: CaseContext,
    raw: Raw,
    findings: &mut Vec<Finding>,
) -> Result<Execution, OutsideCalendar> {
    let step = context.standard.steps.get(&raw.step);
    let window = step.and_then(|s| s.window.ok());
    let name = step.and_then(|s| s.clock);
    let unit = window.map_or(context.standard.total.unit, |w| w.unit);
    let clock = match name {
        Some(name) => context.clocks.on_axis(name, unit)?,
        None => None,
    };
    let t = raw
        .completed
        .unwrap_or_else(|| context.closed.unwrap_or(context.as_of));
    let held = match (&clock, window) {
        (Some(clock), Some(window)) => Some(hold(clock, window, t)?),
        _ => None,
    };
    let before_clock = match (&clock, raw.completed) {
        (Some(clock), Some(completed)) => completed < clock.started_at(),
        _ => false,
    };
    let day = judge::day(DayFacts {
        has_limit: window.is_some(),
        has_instant: raw.has_instant(),
        clock_started: clock.is_some(),
        completed: raw.completed.is_some(),
        before_clock,
        case_closed: context.closed.is_some(),
        met: held.is_some_and(|h| h.met),
    });
    let minute_facts = minute_facts(context, step, &raw);
    let h = match &clock {
        Some(clock) => Some(clock.h_at(t)?),
        None => None,
    };
    let execution = Execution {
        step: raw.step,
        number: raw.number,
        officer: raw.officer,
        started: raw.started,
        completed: raw.completed,
        result: raw.result,
        clock: name,
        h,
        offset: held.and_then(|h| h.offset).filter(|_| day.is_counted()),
        limit: window
            .filter(|w| w.unit != Unit::ElapsedHours)
            .map(|w| w.value),
        deadline: held.map(|h| h.deadline),
        day,
        service_seconds: minute_facts.service_seconds,
        minute: judge::minutes(minute_facts),
        is_last: false,
        sent_back_by: None,
    };
    let facts = RowFacts {
        before_clock: day == crate::score::DayVerdict::BeforeClock,
        wholly_outside: minute_facts.wholly_outside && minute_facts.limit.is_some(),
    };
    row_findings(context, step, &execution, facts, findings);
    Ok(execution)
}

fn minute_facts(context: CaseContext, step: Option<&Step>, raw: &Raw) -> MinuteFacts {
    let (service_seconds, wholly_outside) = worked(context.standard, raw);
    MinuteFacts {
        limit: step.and_then(|s| s.minutes),
        has_instant: raw.has_instant(),
        completed: raw.completed.is_some(),
        case_closed: context.closed.is_some(),
        service_seconds,
        wholly_outside,
    }
}

/// Service seconds of an execution, where start and completion allow it, and whether all of its time lay outside service
/// hours.
fn worked(standard: &Standard, raw: &Raw) -> (Option<i64>, bool) {
    match (raw.started, raw.completed) {
        (Some(a), Some(b)) if a <= b => {
            let seconds = standard.hours(raw.step).service_seconds(a, b);
            (Some(seconds), seconds == 0 && a < b)
        }
        _ => (None, false),
    }
}

struct RowFacts {
    before_clock: bool,
    wholly_outside: bool,
}

fn row_findings(
    context: CaseContext,
    step: Option<&Step>,
    execution: &Execution,
    facts: RowFacts,
    findings: &mut Vec<Finding>,
) {
    let key = format!(
        "{}/{}/{}",
        context.case_id, execution.step, execution.number
    );
    let Some(step) = step else {
        let message = format!(
            "Langkah {} tidak dikenal dalam {} revisi {}.",
            execution.step, context.standard.document, context.standard.revision
        );
        findings.push(Finding::new(Check::UnknownStep, key, message));
        return;
    };
    // Step 5 (help desk) comes before the registration that starts the clock; that is its proper place.
    let precedes_start = matches!(context.standard.start, ClockStart::Step(s) if step.number < s);
    if facts.before_clock && !precedes_start {
        let time = execution.completed.map(when).unwrap_or_default();
        findings.push(Finding::new(
            Check::BeforeClock,
            key.clone(),
            format!(
                "Langkah {} selesai {time}, sebelum hitungan waktu dimulai.",
                step.number
            ),
        ));
    }
    if facts.wholly_outside {
        findings.push(Finding::new(
            Check::OutsideHoursEntirely,
            key.clone(),
            format!(
                "Langkah {} seluruhnya dikerjakan di luar jam pelayanan; menitnya tidak dapat dinilai.",
                step.number
            ),
        ));
    }
    if step.holder != Holder::Office {
        return;
    }
    let hours = context.standard.hours(step.number);
    let outside: Vec<String> = [execution.started, execution.completed]
        .into_iter()
        .flatten()
        .filter(|t| !hours.is_service_time(*t))
        .map(when)
        .collect();
    if !outside.is_empty() {
        findings.push(Finding::new(
            Check::OutsideServiceHours,
            key,
            format!(
                "Langkah {} dicatat di luar jam pelayanan: {}.",
                step.number,
                outside.join(" dan ")
            ),
        ));
    }
}

/// Whether an instant's local date lies on or after a date; the revision of a standard is chosen by it.
pub fn in_force(standard: &Standard, h: i32) -> bool {
    day_of(standard.effective_from) <= h && standard.effective_to.is_none_or(|to| h <= day_of(to))
}
