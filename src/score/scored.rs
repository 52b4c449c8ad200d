//! What scoring gives: cases and their executions, each with one verdict of each kind.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::clock::Pause;
use crate::finding::Finding;
use crate::instant::{Day, Instant};
use crate::name::Name;
use crate::score::{CaseVerdict, DayVerdict, MinuteVerdict};
use crate::snapshot::Outcome;
use crate::standard::{ClockName, PauseRule, Standard, Unit};

/// One execution of a step, scored.
#[derive(Debug, Clone)]
pub struct Execution {
    pub step: i32,
    /// Numbered from 1 within the step.
    pub number: u32,
    pub officer: Option<Name>,
    pub started: Option<Instant>,
    pub completed: Option<Instant>,
    pub result: Option<Name>,
    /// None for a step without a clock.
    pub clock: Option<ClockName>,
    /// The H in force for this row; None without a clock, or with a clock not started.
    pub h: Option<Day>,
    /// Only with on_time, late, running, overdue, and limits in days.
    pub offset: Option<u32>,
    /// n of H+n, for limits in days.
    pub limit: Option<u32>,
    /// Last day of the step's window, knowing what is known at completion (else at as_of). None without limit or H.
    pub deadline: Option<Day>,
    /// For limits in hours, which end within a day: the instant the window ends, knowing the same.
    pub expires: Option<Instant>,
    pub day: DayVerdict,
    /// Where start and completion allow it.
    pub service_seconds: Option<i64>,
    pub minute: MinuteVerdict,
    /// The execution that gives its stage (case and step) its day verdict; where none can, the last one.
    pub is_last: bool,
    /// Executions beyond the first: the step whose completion sent the file back here, and its officer.
    pub sent_back_by: Option<(i32, Option<Name>)>,
}

impl Execution {
    /// Whether the row has any instant.
    pub fn has_instant(&self) -> bool {
        self.started.is_some() || self.completed.is_some()
    }

    /// Whether the window had ended at `t`; false without one. Days are met to their midnight, hours to their second.
    pub fn is_past(&self, t: Instant) -> bool {
        match (self.expires, self.deadline) {
            (Some(end), _) => t > end,
            (None, Some(last)) => t.day() > last,
            (None, None) => false,
        }
    }

    /// Its start, or its completion where the start is missing.
    pub fn begin(&self) -> Option<Instant> {
        self.started.or(self.completed)
    }
}

/// A mandatory stage that an undecided case has not begun though its limit date has passed, or may still begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AwaitedStage {
    pub step: i32,
    /// Last day of its window, knowing what is known at as_of.
    pub deadline: Day,
    /// The limit date lies before as_of's date.
    pub overdue: bool,
}

/// One case, scored.
#[derive(Debug, Clone)]
pub struct ScoredCase {
    pub case_id: String,
    /// As the source names it.
    pub service: String,
    /// The revision the case is held to; None for an unknown service or none in force.
    pub standard: Option<Arc<Standard>>,
    pub received: Option<Instant>,
    pub requires_recommendation: bool,
    /// As read at as_of: an outcome whose closing time lies after it is open.
    pub outcome: Outcome,
    /// Closing time as recorded; none where the calendar does not hold it.
    pub closed: Option<Instant>,
    /// Decision, or closing time of a withdrawn case.
    pub decided: Option<Instant>,
    pub applicant: Option<String>,
    pub region: Option<String>,
    pub channel: Option<String>,
    pub due_on: Option<NaiveDate>,
    /// Start instants of the two clocks, where started.
    pub registration_start: Option<Instant>,
    pub main_start: Option<Instant>,
    /// H of the main clock in force for the case's verdict.
    pub h: Option<Day>,
    pub deadline: Option<Day>,
    /// Paused days between H and the decision or as_of.
    pub paused_days: u32,
    /// Days counted; also for withdrawn cases with a clock. The score file shows it only with the four verdicts.
    pub offset: Option<u32>,
    pub limit: Option<u32>,
    pub verdict: CaseVerdict,
    pub days_over: Option<u32>,
    /// The pause rule the case was judged by.
    pub rule: PauseRule,
    /// Pauses that count on the main clock, under that rule.
    pub pauses: Vec<Pause>,
    /// All time with the applicant, joined, whatever the rule.
    pub with_applicant: Vec<Pause>,
    /// The file is with the applicant at as_of.
    pub paused_now: bool,
    pub executions: Vec<Execution>,
    pub awaited: Vec<AwaitedStage>,
}

impl ScoredCase {
    /// What is said of the case as a whole.
    pub fn standing(&self) -> Standing {
        Standing {
            verdict: self.verdict,
            h: self.h,
            deadline: self.deadline,
            paused_days: self.paused_days,
            offset: self.offset,
            limit: self.limit,
            days_over: self.days_over,
            unit: self.standard.as_ref().map(|s| s.total.unit),
        }
    }

    /// Takes over what is said of the case as a whole; the unit is its standard's.
    pub(super) fn stand(&mut self, standing: Standing) {
        self.verdict = standing.verdict;
        self.h = standing.h;
        self.deadline = standing.deadline;
        self.paused_days = standing.paused_days;
        self.offset = standing.offset;
        self.limit = standing.limit;
        self.days_over = standing.days_over;
    }

    /// The executions of a step, by their number.
    pub fn of_step(&self, step: i32) -> impl Iterator<Item = &Execution> + Clone {
        self.executions.iter().filter(move |e| e.step == step)
    }
}

/// What one reading of the rules says of a case as a whole; the fields are those of [`ScoredCase`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub verdict: CaseVerdict,
    pub h: Option<Day>,
    pub deadline: Option<Day>,
    pub paused_days: u32,
    pub offset: Option<u32>,
    pub limit: Option<u32>,
    pub days_over: Option<u32>,
    /// Unit of the limit; None where no standard holds the case.
    pub unit: Option<Unit>,
}

impl Standing {
    /// Of a case that no clock counts.
    pub fn without_clock(verdict: CaseVerdict, unit: Option<Unit>) -> Self {
        Self {
            verdict,
            h: None,
            deadline: None,
            paused_days: 0,
            offset: None,
            limit: None,
            days_over: None,
            unit,
        }
    }
}

/// All cases, by case_id, and the findings of scoring.
#[derive(Debug, Clone, Default)]
pub struct Scored {
    pub cases: Vec<ScoredCase>,
    pub findings: Vec<Finding>,
}
