//! Which instants start a case's two clocks, and when the file was with the applicant (scoring.md, section 3).

use crate::clock::pause::join;
use crate::clock::{Clock, OutsideCalendar, Pause};
use crate::finding::{Check, Finding};
use crate::format::date_time_exact as when;
use crate::instant::Instant;
use crate::score::reading::Raw;
use crate::standard::{ClockStart, PauseRule, Recommendation, Standard, Unit};

/// Where a clock's start comes from; each case of it is a sentence of scoring.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartedBy {
    /// First completion of the starting step, or the receipt where the standard says so.
    Rule,
    /// No registration recorded: the receipt stands in, with a finding.
    Receipt,
    /// The recommendation's handing over, or the step that received it.
    Recommendation,
    /// A decided case with no trace of the recommendation: the registration clock, with a finding.
    RegistrationInstead,
}

/// A clock's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    pub at: Instant,
    pub by: StartedBy,
}

fn of_step(executions: &[Raw], step: i32) -> impl Iterator<Item = &Raw> {
    executions.iter().filter(move |e| e.step == step)
}

/// The first completion of a step.
pub fn first_completion(executions: &[Raw], step: i32) -> Option<Instant> {
    of_step(executions, step).filter_map(|e| e.completed).min()
}

/// Start of the registration clock; None while it has not started.
pub fn registration(
    standard: &Standard,
    executions: &[Raw],
    received: Option<Instant>,
    decided: bool,
) -> Option<Start> {
    let rule = |at| Start {
        at,
        by: StartedBy::Rule,
    };
    let step = match standard.start {
        ClockStart::Receipt => return received.map(rule),
        ClockStart::Step(step) => step,
    };
    if let Some(at) = first_completion(executions, step) {
        return Some(rule(at));
    }
    let processed = executions
        .iter()
        .any(|e| e.has_instant() && standard.is_processing(e.step));
    (decided || processed).then_some(Start {
        at: received?,
        by: StartedBy::Receipt,
    })
}

/// Start of the main clock, given the registration clock's.
pub fn main(
    standard: &Standard,
    executions: &[Raw],
    registration: Option<Start>,
    requires_recommendation: bool,
    decided: bool,
) -> Option<Start> {
    let rule: Recommendation = match standard.recommendation {
        Some(rule) if requires_recommendation => rule,
        _ => return registration,
    };
    let received = || of_step(executions, rule.received);
    let at = first_completion(executions, rule.handed_over)
        .or_else(|| received().filter_map(|e| e.started).min())
        .or_else(|| received().filter_map(|e| e.completed).min());
    match at {
        Some(at) => Some(Start {
            at,
            by: StartedBy::Recommendation,
        }),
        None if decided => registration.map(|start| Start {
            at: start.at,
            by: StartedBy::RegistrationInstead,
        }),
        None => None,
    }
}

/// All time with the applicant, joined; findings where a row of the pausing step gives none.
pub fn with_applicant(
    standard: &Standard,
    case_id: &str,
    executions: &[Raw],
    as_of: Instant,
    findings: &mut Vec<Finding>,
) -> Vec<Pause> {
    let Some(rule) = standard.pause_step else {
        return Vec::new();
    };
    let mut pauses = Vec::new();
    for execution in of_step(executions, rule.step) {
        match pause(standard, executions, execution, rule.returned_by, as_of) {
            Ok(pause) => pauses.push(pause),
            Err((check, message)) => findings.push(Finding::new(
                check,
                format!("{case_id}/{}/{}", execution.step, execution.number),
                message,
            )),
        }
    }
    join(pauses)
}

fn pause(
    standard: &Standard,
    executions: &[Raw],
    execution: &Raw,
    returned_by: i32,
    as_of: Instant,
) -> Result<Pause, (Check, String)> {
    if let (Some(started), Some(completed)) = (execution.started, execution.completed)
        && completed < started
    {
        let message = format!(
            "Pengembalian berkas selesai {} sebelum dimulai {}; jeda tidak dihitung.",
            when(completed),
            when(started)
        );
        return Err((Check::PauseUnusable, message));
    }
    if !execution.has_instant() {
        let message = "Pengembalian berkas tercatat tanpa waktu; jeda tidak dihitung.".to_owned();
        return Err((Check::PauseUnusable, message));
    }
    let returned = || {
        of_step(executions, returned_by)
            .filter_map(|e| e.completed)
            .filter(|t| execution.completed.is_some_and(|end| *t <= end))
            .max()
    };
    let Some(from) = execution.started.or_else(returned) else {
        let message =
            "Waktu mulai pengembalian berkas tidak diketahui; jeda tidak dihitung.".to_owned();
        return Err((Check::PauseWithoutStart, message));
    };
    let resumed = executions
        .iter()
        .filter(|e| e.step != execution.step && standard.is_processing(e.step))
        .filter_map(Raw::begin)
        .filter(|t| *t > from)
        .min();
    let end = [execution.completed, resumed].into_iter().flatten().min();
    Ok(Pause {
        from,
        to: end.unwrap_or(as_of),
        open: end.is_none(),
    })
}

/// The two started clocks of a case, on the axis of the case's limit.
#[derive(Debug, Clone)]
pub struct Clocks<'a> {
    pub standard: &'a Standard,
    pub rule: PauseRule,
    pub registration: Option<Clock<'a>>,
    pub main: Option<Clock<'a>>,
}

impl<'a> Clocks<'a> {
    /// Starts both clocks where they have a start.
    ///
    /// # Errors
    /// An H or a deadline lies outside the calendar.
    pub fn start(
        standard: &'a Standard,
        rule: PauseRule,
        registration: Option<Instant>,
        main: Option<Instant>,
        with_applicant: &[Pause],
    ) -> Result<Self, OutsideCalendar> {
        let start = |at: Option<Instant>| {
            at.map(|at| start_clock(standard, rule, at, with_applicant))
                .transpose()
        };
        Ok(Self {
            standard,
            rule,
            registration: start(registration)?,
            main: start(main)?,
        })
    }

    /// The clock of that name counted in `unit`. Which pauses count is always settled by the case's own limit.
    ///
    /// # Errors
    /// H lies outside the calendar.
    pub fn on_axis(
        &self,
        clock: crate::standard::ClockName,
        unit: Unit,
    ) -> Result<Option<Clock<'a>>, OutsideCalendar> {
        let clock = match clock {
            crate::standard::ClockName::Registration => &self.registration,
            crate::standard::ClockName::Main => &self.main,
        };
        let Some(clock) = clock else { return Ok(None) };
        let axis = self.standard.axis(unit);
        if std::ptr::eq(axis, clock.axis()) {
            return Ok(Some(clock.clone()));
        }
        Clock::with_pauses(axis, clock.started_at(), self.rule, clock.pauses()).map(Some)
    }
}

/// Starts one clock on the axis of the case's limit. A limit in hours has no day on which pauses cease to matter, so its
/// deadline for that question is the date its hours end on.
fn start_clock<'a>(
    standard: &'a Standard,
    rule: PauseRule,
    at: Instant,
    pauses: &[Pause],
) -> Result<Clock<'a>, OutsideCalendar> {
    let axis = standard.axis(standard.total.unit);
    let limit = match standard.total.unit {
        Unit::ElapsedHours => standard.total.value.div_ceil(24),
        Unit::WorkingDays | Unit::CalendarDays => standard.total.value,
    };
    Clock::start(axis, at, limit, rule, pauses)
}
