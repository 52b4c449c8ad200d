//! Score: every step held against day window and minutes, every case against its total.
//!
//! In: a snapshot, the standards, `as_of`. Out: [`Scored`], one verdict of each kind per execution and per case, and the
//! findings on the way. Score knows nothing of indicators or reports. Cases are independent of each other.

pub mod case;
pub mod clocks;
mod contradictions;
pub mod execution;
pub mod judge;
pub mod outcome;
pub mod reading;
pub mod sequence;
pub mod table;
pub mod trace;
pub mod verdict;

pub use verdict::{CaseVerdict, DayVerdict, MinuteVerdict};

use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rayon::prelude::*;

use crate::clock::{OutsideCalendar, Pause};
use crate::finding::Finding;
use crate::instant::{Day, Instant};
use crate::snapshot::view::{Cut, view};
use crate::snapshot::{CaseRow, Outcome, Snapshot, StepRow};
use crate::standard::{ClockName, Library, PauseRule, Standard};

/// One execution of a step, scored.
#[derive(Debug, Clone)]
pub struct Execution {
    pub step: i32,
    /// Numbered from 1 within the step.
    pub number: u32,
    pub officer: Option<String>,
    pub started: Option<Instant>,
    pub completed: Option<Instant>,
    pub result: Option<String>,
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
    pub day: DayVerdict,
    /// Where start and completion allow it.
    pub service_seconds: Option<i64>,
    pub minute: MinuteVerdict,
    /// The execution that gives its stage (case and step) its day verdict; where none can, the last one.
    pub is_last: bool,
    /// Executions beyond the first: the step whose completion sent the file back here, and its officer.
    pub sent_back_by: Option<(i32, Option<String>)>,
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
    /// What is said of the whole case: a copy without executions.
    fn whole(&self) -> Self {
        Self {
            case_id: self.case_id.clone(),
            service: self.service.clone(),
            standard: self.standard.clone(),
            applicant: self.applicant.clone(),
            region: self.region.clone(),
            channel: self.channel.clone(),
            pauses: self.pauses.clone(),
            with_applicant: self.with_applicant.clone(),
            executions: Vec::new(),
            awaited: self.awaited.clone(),
            ..*self
        }
    }
}

/// How to score.
#[derive(Debug, Clone, Copy)]
pub struct ScoreOptions {
    pub as_of: Instant,
    /// Overrides every standard's own pause rule; None: as the standards say.
    pub pause: Option<PauseRule>,
}

/// All cases, by case_id, and the findings of scoring.
#[derive(Debug, Clone, Default)]
pub struct Scored {
    pub cases: Vec<ScoredCase>,
    pub findings: Vec<Finding>,
}

/// Scores every case of the snapshot at `options.as_of`.
///
/// # Errors
/// A date that no calendar covers: `as_of`, an H or a deadline.
pub fn score(
    snapshot: &Snapshot,
    library: &Library,
    zone: Tz,
    options: ScoreOptions,
) -> Result<Scored, OutsideCalendar> {
    score_view(
        &seen(snapshot, library, options.as_of),
        library,
        zone,
        options,
    )
}

/// The snapshot as it would have been read at `as_of`.
pub fn seen(snapshot: &Snapshot, library: &Library, as_of: Instant) -> Snapshot {
    let cut = Cut {
        as_of,
        bound: None,
        decides: &|service| library.decides(service),
    };
    view(snapshot, &cut)
}

/// Scores a snapshot that was already cut off at `options.as_of` by [`seen`].
///
/// # Errors
/// As [`score`].
pub fn score_view(
    seen: &Snapshot,
    library: &Library,
    zone: Tz,
    options: ScoreOptions,
) -> Result<Scored, OutsideCalendar> {
    let parts = each_case(seen, library, zone, options, |scored| scored)?;
    let mut scored = Scored::default();
    for (case, findings) in parts {
        scored.cases.push(case);
        scored.findings.extend(findings);
    }
    scored.findings.sort_unstable();
    Ok(scored)
}

/// Scores like [`score_view`], keeping only what is said of whole cases: no executions, no findings. A further pause rule
/// then costs little memory.
///
/// # Errors
/// As [`score`].
pub fn score_cases_only(
    seen: &Snapshot,
    library: &Library,
    zone: Tz,
    options: ScoreOptions,
) -> Result<Scored, OutsideCalendar> {
    let cases = each_case(seen, library, zone, options, |(mut case, _)| {
        case.executions = Vec::new();
        case
    })?;
    Ok(Scored {
        cases,
        findings: Vec::new(),
    })
}

/// The whole cases of `own`, the same snapshot scored under each standard's own rule, under `rule`. A pause rule says nothing
/// of a case that was never with the applicant, so only the others are scored again, and they only where judged by another.
///
/// # Errors
/// As [`score`].
pub fn score_rule(
    own: &Scored,
    seen: &Snapshot,
    (library, zone): (&Library, Tz),
    as_of: Instant,
    rule: PauseRule,
) -> Result<Scored, OutsideCalendar> {
    let options = ScoreOptions {
        as_of,
        pause: Some(rule),
    };
    let cases = with_steps(seen)
        .par_iter()
        .zip(&own.cases)
        .map(|((row, steps), scored)| {
            if scored.with_applicant.is_empty() || scored.rule == rule {
                return Ok(ScoredCase {
                    rule,
                    ..scored.whole()
                });
            }
            let (case, _) = case::score(row, steps, library, zone, options)?;
            Ok(ScoredCase {
                executions: Vec::new(),
                ..case
            })
        })
        .collect::<Result<_, OutsideCalendar>>()?;
    Ok(Scored {
        cases,
        findings: Vec::new(),
    })
}

/// Scores cases in parallel and keeps of each what `keep` keeps; in the order of the snapshot.
fn each_case<T: Send>(
    seen: &Snapshot,
    library: &Library,
    zone: Tz,
    options: ScoreOptions,
    keep: impl Fn((ScoredCase, Vec<Finding>)) -> T + Sync,
) -> Result<Vec<T>, OutsideCalendar> {
    covered(library, options.as_of)?;
    with_steps(seen)
        .par_iter()
        .map(|(row, steps)| case::score(row, steps, library, zone, options).map(&keep))
        .collect()
}

fn covered(library: &Library, as_of: Instant) -> Result<(), OutsideCalendar> {
    use chrono::Datelike;
    let calendar = &library.calendar;
    if calendar.covers(as_of.date()) {
        return Ok(());
    }
    let (first, last) = calendar.range();
    Err(OutsideCalendar {
        what: "as_of",
        date: as_of.date(),
        first: first.year(),
        last: last.year(),
        file: calendar.files.join(", "),
    })
}

/// Each case with its own steps. Of two cases of one id (a blocking finding) the first is held.
fn with_steps(snapshot: &Snapshot) -> Vec<(&CaseRow, &[StepRow])> {
    let mut rest: &[StepRow] = &snapshot.steps;
    let mut cases: Vec<(&CaseRow, &[StepRow])> = Vec::with_capacity(snapshot.cases.len());
    for row in &snapshot.cases {
        if cases.last().is_some_and(|(c, _)| c.case_id == row.case_id) {
            continue;
        }
        // One walk over all steps: a search would jump through all of them for every case.
        let before = rest.iter().take_while(|s| s.case_id < row.case_id).count();
        let (_, from) = rest.split_at(before);
        let own = from.iter().take_while(|s| s.case_id == row.case_id).count();
        let (steps, tail) = from.split_at(own);
        cases.push((row, steps));
        rest = tail;
    }
    cases
}
