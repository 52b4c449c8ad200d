//! Which instants start a case's two clocks, and when the file was with the applicant (scoring.md, section 3).

use std::borrow::Cow;

use crate::clock::pause::join;
use crate::clock::{Clock, OutsideCalendar, Pause};
use crate::finding::{Check, Finding};
use crate::format::date_time_exact as when;
use crate::instant::Instant;
use crate::score::notes::Notes;
use crate::score::{Execution, ScoredCase};
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

fn of_step(executions: &[Execution], step: i32) -> impl Iterator<Item = &Execution> {
    executions.iter().filter(move |e| e.step == step)
}

/// The first completion of a step.
pub fn first_completion(executions: &[Execution], step: i32) -> Option<Instant> {
    of_step(executions, step).filter_map(|e| e.completed).min()
}

/// Start of the registration clock; None while it has not started.
pub fn registration(
    standard: &Standard,
    executions: &[Execution],
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
    executions: &[Execution],
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

/// Starts of the registration clock and of the main one.
pub fn starts(
    case: &ScoredCase,
    standard: &Standard,
    decided: bool,
) -> (Option<Start>, Option<Start>) {
    let executions = &case.executions;
    let registration = registration(standard, executions, case.received, decided);
    let needs = case.requires_recommendation;
    (
        registration,
        main(standard, executions, registration, needs, decided),
    )
}

/// All time with the applicant, joined; notes where a row of the pausing step gives none.
pub fn with_applicant(
    standard: &Standard,
    case_id: &str,
    executions: &[Execution],
    as_of: Instant,
    notes: &mut Notes,
) -> Vec<Pause> {
    let Some(rule) = standard.pause_step else {
        return Vec::new();
    };
    let mut pauses = Vec::new();
    for execution in of_step(executions, rule.step) {
        match pause(standard, executions, execution, rule.returned_by, as_of) {
            Ok(pause) => pauses.push(pause),
            Err(unusable) => notes.add(|| {
                let key = format!("{case_id}/{}/{}", execution.step, execution.number);
                unusable.finding(key)
            }),
        }
    }
    join(pauses)
}

/// Why a row of the pausing step gives no pause.
enum Unusable {
    Backwards { from: Instant, to: Instant },
    WithoutInstant,
    WithoutStart,
}

impl Unusable {
    fn finding(self, key: String) -> Finding {
        let (check, message) = match self {
            Unusable::Backwards { from, to } => (
                Check::PauseUnusable,
                format!(
                    "Pengembalian berkas selesai {} sebelum dimulai {}; jeda tidak dihitung.",
                    when(to),
                    when(from)
                ),
            ),
            Unusable::WithoutInstant => (
                Check::PauseUnusable,
                "Pengembalian berkas tercatat tanpa waktu; jeda tidak dihitung.".to_owned(),
            ),
            Unusable::WithoutStart => (
                Check::PauseWithoutStart,
                "Waktu mulai pengembalian berkas tidak diketahui; jeda tidak dihitung.".to_owned(),
            ),
        };
        Finding::new(check, key, message)
    }
}

fn pause(
    standard: &Standard,
    executions: &[Execution],
    execution: &Execution,
    returned_by: i32,
    as_of: Instant,
) -> Result<Pause, Unusable> {
    if let (Some(from), Some(to)) = (execution.started, execution.completed)
        && to < from
    {
        return Err(Unusable::Backwards { from, to });
    }
    if !execution.has_instant() {
        return Err(Unusable::WithoutInstant);
    }
    let returned = || {
        of_step(executions, returned_by)
            .filter_map(|e| e.completed)
            .filter(|t| execution.completed.is_some_and(|end| *t <= end))
            .max()
    };
    let from = execution.started.or_else(returned);
    let from = from.ok_or(Unusable::WithoutStart)?;
    let resumed = executions
        .iter()
        .filter(|e| e.step != execution.step && e.begin().is_some_and(|t| t > from))
        .filter(|e| standard.is_processing(e.step))
        .filter_map(Execution::begin)
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
        let registration_clock = start(registration)?;
        let main = match main == registration {
            true => registration_clock.clone(),
            false => start(main)?,
        };
        Ok(Self {
            standard,
            rule,
            registration: registration_clock,
            main,
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
    ) -> Result<Option<Cow<'_, Clock<'a>>>, OutsideCalendar> {
        let clock = match clock {
            crate::standard::ClockName::Registration => &self.registration,
            crate::standard::ClockName::Main => &self.main,
        };
        let Some(clock) = clock else { return Ok(None) };
        let axis = self.standard.axis(unit);
        if std::ptr::eq(axis, clock.axis()) {
            return Ok(Some(Cow::Borrowed(clock)));
        }
        let own = Clock::with_pauses(axis, clock.started_at(), self.rule, clock.pauses())?;
        Ok(Some(Cow::Owned(own)))
    }
}

/// Starts one clock on the axis of the case's limit. A limit in hours has no day on which pauses cease to matter, so its
/// deadline for that question is the date its hours end on.
pub(super) fn start_clock<'a>(
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
