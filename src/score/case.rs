//! One case from its rows to its verdict: read, find the standard, start the clocks, judge.

use std::sync::Arc;

use chrono_tz::Tz;

use crate::clock::OutsideCalendar;
use crate::finding::{Check, Finding};
use crate::format::date_time_exact as when;
use crate::instant::{Instant, date_of};
use crate::score::clocks::{self, Clocks};
use crate::score::execution::{self, CaseContext, CaseHeld};
use crate::score::judge::{self, CaseFacts};
use crate::score::outcome::{self, End};
use crate::score::reading::{self, Raw};
use crate::score::{
    AwaitedStage, CaseVerdict, Execution, ScoreOptions, ScoredCase, contradictions, sequence,
};
use crate::snapshot::{CaseRow, StepRow};
use crate::standard::{ClockStart, Library, PauseRule, Standard};

/// What a case's rows read as, before a standard is known.
pub(super) struct Read<'a> {
    pub row: &'a CaseRow,
    pub received: Option<Instant>,
    pub closed: Option<Instant>,
    pub executions: Vec<Raw>,
}

/// Scores one case; its findings come along.
///
/// # Errors
/// An H or a deadline lies outside the calendar.
pub fn score(
    row: &CaseRow,
    steps: &[StepRow],
    library: &Library,
    zone: Tz,
    options: ScoreOptions,
) -> Result<(ScoredCase, Vec<Finding>), OutsideCalendar> {
    let mut findings = Vec::new();
    let calendar = &library.calendar;
    let read = Read {
        row,
        received: reading::instant(row.received_at, zone, calendar, &row.case_id, &mut findings),
        closed: reading::instant(row.closed_at, zone, calendar, &row.case_id, &mut findings),
        executions: reading::executions(steps, zone, calendar, &mut findings),
    };
    let case = match choose(&read, library, &mut findings)? {
        Some(standard) => held(read, standard, options, &mut findings)?,
        None => unheld(read, options, &mut findings),
    };
    findings.extend(contradictions::before_receipt(&case));
    Ok((case, findings))
}

/// The end of the case were `standard` the one it is held to; findings are left to the standard chosen.
fn end_under(read: &Read, standard: &Standard) -> End {
    outcome::end(
        &read.row.case_id,
        read.row.outcome,
        read.closed,
        standard.decides,
        &read.executions,
        &mut Vec::new(),
    )
}

/// The revision in force on the case's registration H. Hours and starting step belong to a revision, so each is asked,
/// newest first, whether the H it gives lies in its own time. A case not registered yet is held to the revision in force
/// when it was received.
fn choose(
    read: &Read,
    library: &Library,
    findings: &mut Vec<Finding>,
) -> Result<Option<Arc<Standard>>, OutsideCalendar> {
    let Some(revisions) = library.revisions(&read.row.service) else {
        findings.push(Finding::new(
            Check::UnknownService,
            &read.row.case_id,
            format!("Tidak ada standar untuk layanan “{}”.", read.row.service),
        ));
        return Ok(None);
    };
    for standard in revisions.iter().rev() {
        let decided = end_under(read, standard).is_decided();
        let start = clocks::registration(standard, &read.executions, read.received, decided)
            .map(|s| s.at)
            .or(read.received)
            .or_else(|| read.executions.iter().filter_map(Raw::begin).min());
        let h = match start {
            Some(t) => standard.axis(standard.total.unit).roll(t)?,
            // Nothing is dated: the newest revision names the case, and no clock ever starts.
            None => return Ok(Some(Arc::clone(standard))),
        };
        if execution::in_force(standard, h) {
            return Ok(Some(Arc::clone(standard)));
        }
    }
    findings.push(Finding::new(
        Check::NoRevisionInForce,
        &read.row.case_id,
        format!(
            "Tidak ada revisi standar “{}” yang berlaku pada tanggal pendaftaran berkas.",
            read.row.service
        ),
    ));
    Ok(None)
}

/// A case that no standard holds: dated for the flow, in no rate.
fn unheld(read: Read, options: ScoreOptions, findings: &mut Vec<Finding>) -> ScoredCase {
    let end = outcome::end(
        &read.row.case_id,
        read.row.outcome,
        read.closed,
        None,
        &read.executions,
        findings,
    );
    let rule = options.pause.unwrap_or(PauseRule::Exclude);
    let mut case = blank(&read, end, rule);
    case.executions = read.executions.into_iter().map(without_standard).collect();
    mark_last(&mut case.executions);
    case
}

fn without_standard(raw: Raw) -> Execution {
    Execution {
        step: raw.step,
        number: raw.number,
        officer: raw.officer,
        started: raw.started,
        completed: raw.completed,
        result: raw.result,
        clock: None,
        h: None,
        offset: None,
        limit: None,
        deadline: None,
        day: crate::score::DayVerdict::NoStandard,
        service_seconds: None,
        minute: crate::score::MinuteVerdict::NoStandard,
        is_last: false,
        sent_back_by: None,
    }
}

fn blank(read: &Read, end: End, rule: PauseRule) -> ScoredCase {
    let row = read.row;
    ScoredCase {
        case_id: row.case_id.clone(),
        service: row.service.clone(),
        standard: None,
        received: read.received,
        requires_recommendation: row.requires_recommendation,
        outcome: row.outcome,
        decided: end.at(),
        applicant: row.applicant.clone(),
        region: row.region.clone(),
        channel: row.channel.clone(),
        due_on: row.due_on,
        registration_start: None,
        main_start: None,
        h: None,
        deadline: None,
        paused_days: 0,
        offset: None,
        limit: None,
        verdict: CaseVerdict::NoStandard,
        days_over: None,
        rule,
        pauses: Vec::new(),
        with_applicant: Vec::new(),
        paused_now: false,
        executions: Vec::new(),
        awaited: Vec::new(),
    }
}

/// A case held to its standard.
fn held(
    read: Read,
    standard: Arc<Standard>,
    options: ScoreOptions,
    findings: &mut Vec<Finding>,
) -> Result<ScoredCase, OutsideCalendar> {
    let row = read.row;
    let id = row.case_id.as_str();
    let end = outcome::end(
        id,
        row.outcome,
        read.closed,
        standard.decides,
        &read.executions,
        findings,
    );
    let decided = end.is_decided();
    let registration = clocks::registration(&standard, &read.executions, read.received, decided);
    let needs = row.requires_recommendation;
    let main = clocks::main(&standard, &read.executions, registration, needs, decided);
    contradictions::of_clocks(
        &standard,
        &read,
        registration,
        main,
        (end, options.as_of),
        findings,
    );
    let with_applicant =
        clocks::with_applicant(&standard, id, &read.executions, options.as_of, findings);
    let rule = options.pause.unwrap_or(standard.pause);
    let mut case = blank(&read, end, rule);
    {
        let started = Clocks::start(
            &standard,
            rule,
            registration.map(|s| s.at),
            main.map(|s| s.at),
            &with_applicant,
        )?;
        let context = CaseContext {
            case_id: id,
            standard: &standard,
            clocks: &started,
            as_of: options.as_of,
            closed: end.at(),
        };
        case.executions = read
            .executions
            .into_iter()
            .map(|raw| execution::score(context, raw, findings))
            .collect::<Result<_, _>>()?;
        judge_case(&mut case, context, end, findings)?;
        case.awaited = awaited(&case, context)?;
        case.pauses = started
            .main
            .as_ref()
            .map(|c| c.pauses().to_vec())
            .unwrap_or_default();
    }
    case.registration_start = registration.map(|s| s.at);
    case.main_start = main.map(|s| s.at);
    case.paused_now = end == End::Undecided && with_applicant.iter().any(|p| p.open);
    case.with_applicant = with_applicant;
    mark_last(&mut case.executions);
    sequence::mark_rework(&mut case.executions);
    sequence::check(&case, &standard, findings);
    case.standard = Some(standard);
    Ok(case)
}

/// Verdict, days and deadline of the whole case.
fn judge_case(
    case: &mut ScoredCase,
    context: CaseContext,
    end: End,
    findings: &mut Vec<Finding>,
) -> Result<(), OutsideCalendar> {
    let standard = context.standard;
    let t = end.at().unwrap_or(context.as_of);
    let held: Option<CaseHeld> = match &context.clocks.main {
        Some(clock) => Some(execution::hold_case(standard, clock, t)?),
        None => None,
    };
    let before_clock = match (&context.clocks.main, end) {
        (Some(clock), End::Decided(at)) => at < clock.started_at(),
        _ => false,
    };
    case.verdict = judge::case(CaseFacts {
        has_standard: true,
        withdrawn: matches!(end, End::Withdrawn(_)),
        decided: matches!(end, End::Decided(_)),
        clock_started: context.clocks.main.is_some(),
        decided_before_clock: before_clock,
        met: held.is_none_or(|h| h.met),
    });
    if before_clock {
        findings.push(Finding::new(
            Check::DecidedBeforeClock,
            context.case_id,
            format!(
                "Berkas diputus {}, sebelum hitungan waktu dimulai.",
                when(t)
            ),
        ));
    }
    let Some(held) = held else { return Ok(()) };
    case.h = Some(held.h);
    case.deadline = Some(held.deadline);
    case.paused_days = held.paused_days;
    case.offset = held.offset;
    case.limit = held.offset.map(|_| standard.total.value);
    case.days_over = match case.verdict {
        CaseVerdict::Late | CaseVerdict::Overdue | CaseVerdict::WithdrawnLate => {
            held.offset.map(|o| o.saturating_sub(standard.total.value))
        }
        _ => None,
    };
    if let Some(due_on) = case.due_on
        && due_on != date_of(held.deadline)
    {
        findings.push(Finding::new(
            Check::DueOnDiffers,
            context.case_id,
            format!(
                "Batas waktu pada sumber {}, hasil perhitungan {}.",
                due_on.format("%d-%m-%Y"),
                date_of(held.deadline).format("%d-%m-%Y")
            ),
        ));
    }
    Ok(())
}

/// Mandatory stages with a window that an undecided case has not begun, other than the one that starts the clock.
fn awaited(case: &ScoredCase, context: CaseContext) -> Result<Vec<AwaitedStage>, OutsideCalendar> {
    if case.decided.is_some() {
        return Ok(Vec::new());
    }
    let standard = context.standard;
    let mut stages = Vec::new();
    for step in standard.steps.values() {
        let begun = case
            .executions
            .iter()
            .any(|e| e.step == step.number && (e.started.is_some() || e.completed.is_some()));
        let wanted = standard.is_mandatory(step.number, case.requires_recommendation)
            && standard.start != ClockStart::Step(step.number);
        if begun || !wanted {
            continue;
        }
        if let Some(deadline) = execution::deadline(context, step, context.as_of)? {
            stages.push(AwaitedStage {
                step: step.number,
                deadline,
                overdue: deadline < context.as_of.day(),
            });
        }
    }
    Ok(stages)
}

/// Marks for each stage the execution its day verdict is taken from: the last one on time, late, running or overdue; where
/// none is, the last one.
fn mark_last(executions: &mut [Execution]) {
    let mut at = 0;
    while at < executions.len() {
        let step = executions[at].step;
        let end = executions[at..]
            .iter()
            .position(|e| e.step != step)
            .map_or(executions.len(), |n| at + n);
        let counted = (at..end).rev().find(|i| executions[*i].day.is_counted());
        executions[counted.unwrap_or(end - 1)].is_last = true;
        at = end;
    }
}
