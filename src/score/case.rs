//! One case from its rows to its verdict: read, find the standard, start the clocks, judge.

use std::sync::Arc;

use chrono_tz::Tz;

use crate::clock::OutsideCalendar;
use crate::finding::{Check, Finding};
use crate::format::date_time_exact as when;
use crate::instant::date_of;
use crate::name::Namer;
use crate::score::clocks::{self, Clocks, start_clock};
use crate::score::execution::{self, CaseContext};
use crate::score::notes::Notes;
use crate::score::outcome::{self, End};
use crate::score::reading::{self, Times};
use crate::score::{
    AwaitedStage, CaseVerdict, Execution, ScoreOptions, ScoredCase, contradictions, sequence,
    standing,
};
use crate::snapshot::{CaseRow, StepRow};
use crate::standard::{ClockStart, Library, PauseRule, Standard};

/// Scores cases one by one.
#[derive(Debug)]
pub struct Scorer<'a> {
    library: &'a Library,
    times: Times<'a>,
    options: ScoreOptions,
}

impl<'a> Scorer<'a> {
    pub fn new(library: &'a Library, zone: Tz, options: ScoreOptions) -> Self {
        Self {
            library,
            times: Times::new(&library.calendar, zone),
            options,
        }
    }

    /// Scores one case; its findings go to `notes`.
    ///
    /// # Errors
    /// An H or a deadline lies outside the calendar.
    pub fn score<'r>(
        &self,
        row: &CaseRow,
        steps: &'r [StepRow],
        namer: &mut Namer<'r>,
        notes: &mut Notes,
    ) -> Result<ScoredCase, OutsideCalendar> {
        let mut case = self.read(row, steps, namer, notes);
        match choose(&case, self.library, notes)? {
            Some(standard) => {
                let end = begin(&mut case, &standard, self.options, notes);
                judge(&mut case, &standard, (end, self.options), notes)?;
                sequence::mark_rework(&mut case.executions);
                sequence::check(&case, &standard, notes);
                case.standard = Some(standard);
            }
            None => case.decided = outcome::end(&case, None, notes).at(),
        }
        mark_last(&mut case.executions);
        contradictions::before_receipt(&case, notes);
        Ok(case)
    }

    /// Scores the case as a whole: its executions are read and left out, and nothing is found.
    ///
    /// # Errors
    /// An H or the case's deadline lies outside the calendar.
    pub fn whole<'r>(
        &self,
        row: &CaseRow,
        steps: &'r [StepRow],
        namer: &mut Namer<'r>,
    ) -> Result<ScoredCase, OutsideCalendar> {
        let notes = &mut Notes::unasked();
        let mut case = self.read(row, steps, namer, notes);
        match choose(&case, self.library, notes)? {
            Some(standard) => {
                let end = begin(&mut case, &standard, self.options, notes);
                let start = |at| start_clock(&standard, case.rule, at, &case.with_applicant);
                let main = case.main_start.map(start).transpose()?;
                let stands = standing::of_case(&standard, main.as_ref(), end, self.options.as_of)?;
                case.stand(stands);
                case.standard = Some(standard);
            }
            None => case.decided = outcome::end(&case, None, notes).at(),
        }
        case.executions = Vec::new();
        Ok(case)
    }

    /// What the rows say, before a standard is known.
    fn read<'r>(
        &self,
        row: &CaseRow,
        steps: &'r [StepRow],
        namer: &mut Namer<'r>,
        notes: &mut Notes,
    ) -> ScoredCase {
        let key = || row.case_id.clone();
        ScoredCase {
            received: self.times.read(row.received_at, key, notes),
            closed: self.times.read(row.closed_at, key, notes),
            executions: reading::executions(steps, &self.times, namer, notes),
            rule: self.options.pause.unwrap_or(PauseRule::Exclude),
            ..unread(row)
        }
    }
}

/// The revision in force on the case's registration H. Hours and starting step belong to a revision, so each is asked,
/// newest first, whether the H it gives lies in its own time. A case not registered yet is held to the revision in force
/// when it was received.
///
/// # Errors
/// An H lies outside the calendar.
pub(super) fn choose(
    case: &ScoredCase,
    library: &Library,
    notes: &mut Notes,
) -> Result<Option<Arc<Standard>>, OutsideCalendar> {
    let Some(revisions) = library.revisions(&case.service) else {
        notes.add(|| {
            Finding::new(
                Check::UnknownService,
                &case.case_id,
                format!("Tidak ada standar untuk layanan “{}”.", case.service),
            )
        });
        return Ok(None);
    };
    for standard in revisions.iter().rev() {
        // The end were this the standard; findings are left to the standard chosen.
        let end = outcome::end(case, standard.decides, &mut Notes::unasked());
        let executions = &case.executions;
        let start = clocks::registration(standard, executions, case.received, end.is_decided())
            .map(|s| s.at)
            .or(case.received)
            .or_else(|| executions.iter().filter_map(Execution::begin).min());
        let h = match start {
            Some(t) => standard.axis(standard.total.unit).roll(t)?,
            // Nothing is dated: the newest revision names the case, and no clock ever starts.
            None => return Ok(Some(Arc::clone(standard))),
        };
        if execution::in_force(standard, h) {
            return Ok(Some(Arc::clone(standard)));
        }
    }
    notes.add(|| {
        Finding::new(
            Check::NoRevisionInForce,
            &case.case_id,
            format!(
                "Tidak ada revisi standar “{}” yang berlaku pada tanggal pendaftaran berkas.",
                case.service
            ),
        )
    });
    Ok(None)
}

/// What the row says, before anything else is known.
fn unread(row: &CaseRow) -> ScoredCase {
    ScoredCase {
        case_id: row.case_id.clone(),
        service: row.service.clone(),
        standard: None,
        received: None,
        requires_recommendation: row.requires_recommendation,
        outcome: row.outcome,
        closed: None,
        decided: None,
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
        rule: PauseRule::Exclude,
        pauses: Vec::new(),
        with_applicant: Vec::new(),
        paused_now: false,
        executions: Vec::new(),
        awaited: Vec::new(),
    }
}

/// Settles how the case ended, when its clocks started and when the applicant had it.
fn begin(
    case: &mut ScoredCase,
    standard: &Standard,
    options: ScoreOptions,
    notes: &mut Notes,
) -> End {
    let as_of = options.as_of;
    let end = outcome::end(case, standard.decides, notes);
    let starts = clocks::starts(case, standard, end.is_decided());
    contradictions::of_clocks(standard, case, starts, (end, as_of), notes);
    case.decided = end.at();
    case.registration_start = starts.0.map(|s| s.at);
    case.main_start = starts.1.map(|s| s.at);
    case.with_applicant =
        clocks::with_applicant(standard, &case.case_id, &case.executions, as_of, notes);
    case.paused_now = end == End::Undecided && case.with_applicant.iter().any(|p| p.open);
    case.rule = options.pause.unwrap_or(standard.pause);
    end
}

/// Starts the clocks and holds executions, case and what is still awaited to them.
fn judge(
    case: &mut ScoredCase,
    standard: &Standard,
    (end, options): (End, ScoreOptions),
    notes: &mut Notes,
) -> Result<(), OutsideCalendar> {
    let started = Clocks::start(
        standard,
        case.rule,
        case.registration_start,
        case.main_start,
        &case.with_applicant,
    )?;
    let context = CaseContext {
        standard,
        clocks: &started,
        as_of: options.as_of,
        closed: end.at(),
    };
    for stage in case.executions.chunk_by_mut(|a, b| a.step == b.step) {
        execution::score(context, &case.case_id, stage, notes)?;
    }
    case.stand(standing::of_case(
        standard,
        started.main.as_ref(),
        end,
        options.as_of,
    )?);
    if standing::is_before_clock(started.main.as_ref(), end) {
        notes.add(|| decided_before_clock(case, options));
    }
    notes_on_due(case, notes);
    case.awaited = awaited(case, context)?;
    case.pauses = started
        .main
        .map(|clock| clock.pauses().to_vec())
        .unwrap_or_default();
    Ok(())
}

fn decided_before_clock(case: &ScoredCase, options: ScoreOptions) -> Finding {
    Finding::new(
        Check::DecidedBeforeClock,
        &case.case_id,
        format!(
            "Berkas diputus {}, sebelum hitungan waktu dimulai.",
            when(case.decided.unwrap_or(options.as_of))
        ),
    )
}

/// Notes where the source has another deadline.
fn notes_on_due(case: &ScoredCase, notes: &mut Notes) {
    let Some((due_on, deadline)) = case.due_on.zip(case.deadline) else {
        return;
    };
    if due_on == date_of(deadline) {
        return;
    }
    notes.add(|| {
        Finding::new(
            Check::DueOnDiffers,
            &case.case_id,
            format!(
                "Batas waktu pada sumber {}, hasil perhitungan {}.",
                due_on.format("%d-%m-%Y"),
                date_of(deadline).format("%d-%m-%Y")
            ),
        )
    });
}

/// Mandatory stages with a window that an undecided case has not begun, other than the one that starts the clock.
fn awaited(case: &ScoredCase, context: CaseContext) -> Result<Vec<AwaitedStage>, OutsideCalendar> {
    if case.decided.is_some() {
        return Ok(Vec::new());
    }
    let standard = context.standard;
    let mut stages = Vec::new();
    for step in standard.steps.values() {
        let mandatory = step.duty.binds(case.requires_recommendation);
        let wanted = mandatory && standard.start != ClockStart::Step(step.number);
        if !wanted || case.of_step(step.number).any(Execution::has_instant) {
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
    for stage in executions.chunk_by_mut(|a, b| a.step == b.step) {
        let counted = stage.iter().rposition(|e| e.day.is_counted());
        let last = counted.unwrap_or(stage.len() - 1);
        if let Some(execution) = stage.get_mut(last) {
            execution.is_last = true;
        }
    }
}
