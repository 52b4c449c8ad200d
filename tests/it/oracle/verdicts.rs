//! Section 4: one verdict of each kind per execution and per case, the first that applies.

use std::collections::BTreeSet;

use tepat::finding::Check;
use tepat::instant::Instant;
use tepat::score::{CaseVerdict, DayVerdict, MinuteVerdict};
use tepat::snapshot::Outcome;
use tepat::standard::{ClockName, Unit};

use super::clocks::{self, Clock, Standing};
use super::reading::{Ending, ReadCase, Row, ending};
use super::{Frame, OracleCase, OracleExecution, Outside, findings};

/// The two clocks of a case, where started.
pub struct Clocks {
    pub registration: Option<Clock>,
    pub main: Option<Clock>,
}

pub fn score_case(
    read: &ReadCase,
    frame: &Frame,
    notes: &mut BTreeSet<Check>,
) -> Result<OracleCase, Outside> {
    let registration_start = clocks::registration_start(frame, notes);
    let main_start = clocks::main_start(frame, notes);
    let joined = clocks::joined_pauses(frame, notes);
    let of = |start: Option<Instant>| start.map(|s| clocks::clock(frame, s, &joined)).transpose();
    let clocks = Clocks {
        registration: of(registration_start)?,
        main: of(main_start)?,
    };
    // t of the case: the decision or closing, else as_of.
    let t = frame.ending.closed().unwrap_or(frame.as_of);
    let total = frame.standard.total;
    let standing = match &clocks.main {
        Some(main) => Some(clocks::standing(
            frame,
            frame.axis(total.unit),
            main,
            t,
            total.value,
        )?),
        None => None,
    };
    let verdict = case_verdict(frame, main_start, standing, notes);
    let mut executions = Vec::new();
    for row in frame.rows {
        executions.push(execution(frame, row, &clocks, t, notes)?);
    }
    mark_last(&mut executions);
    findings::of_case(frame, notes);
    let counted = !matches!(
        verdict,
        CaseVerdict::NotAssessable | CaseVerdict::ClockNotStarted
    );
    let offset = standing.filter(|_| counted).map(|s| s.offset);
    Ok(OracleCase {
        case_id: read.case_id.clone(),
        revision: Some(frame.standard.revision.clone()),
        outcome: frame.ending.outcome,
        decided: frame.ending.closed(),
        registration_start,
        main_start,
        h: standing.map(|s| s.h),
        deadline: standing.map(|s| s.deadline),
        paused_days: standing.map_or(0, |s| s.paused_days),
        offset,
        verdict,
        days_over: offset.map_or(0, |o| o.saturating_sub(total.value)),
        executions,
    })
}

fn case_verdict(
    frame: &Frame,
    start: Option<Instant>,
    standing: Option<Standing>,
    notes: &mut BTreeSet<Check>,
) -> CaseVerdict {
    let past = standing.is_some_and(|s| s.offset > frame.standard.total.value);
    // "`withdrawn`, or `withdrawn_late` when its offset is past the limit"
    // Reading: withdrawn without a closing time is undecided, so it goes on to running or overdue.
    if frame.ending.withdrawn.is_some() {
        return if past {
            CaseVerdict::WithdrawnLate
        } else {
            CaseVerdict::Withdrawn
        };
    }
    // "`clock_not_started`"
    let Some(start) = start else {
        return CaseVerdict::ClockNotStarted;
    };
    match frame.ending.decided {
        // "`not_assessable` (decided before the clock's start instant; a finding)"
        Some(decided) if decided < start => {
            notes.insert(Check::DecidedBeforeClock);
            CaseVerdict::NotAssessable
        }
        // "decided: `on_time` if offset <= 13 else `late`"
        Some(_) if past => CaseVerdict::Late,
        Some(_) => CaseVerdict::OnTime,
        // "undecided: `running` or `overdue` by offset(as_of)"
        None if past => CaseVerdict::Overdue,
        None => CaseVerdict::Running,
    }
}

fn execution(
    frame: &Frame,
    row: &Row,
    clocks: &Clocks,
    case_t: Instant,
    notes: &mut BTreeSet<Check>,
) -> Result<OracleExecution, Outside> {
    let step = frame.standard.steps.get(&row.step);
    let clock_name = step.and_then(|s| s.clock);
    let clock = match clock_name {
        Some(ClockName::Registration) => clocks.registration.as_ref(),
        Some(ClockName::Main) => clocks.main.as_ref(),
        None => None,
    };
    let window = step.and_then(|s| s.window.ok());
    // Reading: a step without a limit shows its H on the case's axis.
    let unit = window.map_or(frame.standard.total.unit, |w| w.unit);
    let axis = frame.axis(unit);
    // t of the row: its completion, else the case's.
    let t = row.completed.unwrap_or(case_t);
    let h = match clock {
        Some(clock) => Some(clocks::h_at(frame, axis, clock, t)?),
        None => None,
    };
    let met = match (clock, window) {
        (Some(clock), Some(w)) if w.unit == Unit::ElapsedHours => Some((
            clocks::elapsed_seconds(frame, axis, clock, t) <= i64::from(w.value) * 3600,
            None,
        )),
        (Some(clock), Some(w)) => {
            let standing = clocks::standing(frame, axis, clock, t, w.value)?;
            Some((standing.offset <= w.value, Some(standing)))
        }
        _ => None,
    };
    let day = day_verdict(frame, row, window.is_some(), clock, met.map(|m| m.0), notes);
    let standing = met.and_then(|m| m.1).filter(|_| day.is_counted());
    let (service_seconds, minute) = minutes(frame, row, notes);
    Ok(OracleExecution {
        step: row.step,
        number: row.number,
        officer: row.officer.clone(),
        started: row.started,
        completed: row.completed,
        result: row.result.clone(),
        clock: clock_name,
        h,
        offset: standing.map(|s| s.offset),
        limit: window
            .filter(|w| w.unit != Unit::ElapsedHours)
            .map(|w| w.value),
        deadline: standing.map(|s| s.deadline),
        day,
        service_seconds,
        minute,
        is_last: false,
    })
}

fn day_verdict(
    frame: &Frame,
    row: &Row,
    limited: bool,
    clock: Option<&Clock>,
    met: Option<bool>,
    notes: &mut BTreeSet<Check>,
) -> DayVerdict {
    // "`no_standard` (no limit for it)"
    if !limited {
        return DayVerdict::NoStandard;
    }
    // "`not_assessable` (no instant)"
    if row.begin().is_none() {
        return DayVerdict::NotAssessable;
    }
    // "`clock_not_started`"
    let (Some(clock), Some(met)) = (clock, met) else {
        return DayVerdict::ClockNotStarted;
    };
    match row.completed {
        // "`before_clock` (completed before the clock's start instant: in no rate; a finding but for step 5)"
        Some(completed) if completed < clock.start => {
            let help_desk = frame.standard.start == tepat::standard::ClockStart::Step(row.step + 1);
            if !help_desk {
                notes.insert(Check::BeforeClock);
            }
            DayVerdict::BeforeClock
        }
        // "completed: `on_time` or `late`"
        Some(_) if met => DayVerdict::OnTime,
        Some(_) => DayVerdict::Late,
        // "not completed: `not_assessable` in a case decided or withdrawn, else `running` or `overdue` by offset(as_of)"
        None if frame.ending.closed().is_some() => DayVerdict::NotAssessable,
        None if met => DayVerdict::Running,
        None => DayVerdict::Overdue,
    }
}

fn minutes(frame: &Frame, row: &Row, notes: &mut BTreeSet<Check>) -> (Option<i64>, MinuteVerdict) {
    let hours = frame.hours_of_step(row.step);
    // "service_seconds only where start and completion allow it"
    let seconds = match (row.started, row.completed) {
        (Some(s), Some(c)) if s <= c => Some(hours.service_seconds(s, c)),
        _ => None,
    };
    let Some(bounds) = frame.standard.steps.get(&row.step).and_then(|s| s.minutes) else {
        return (seconds, MinuteVerdict::NoStandard);
    };
    // "`not_assessable` (no instant); not completed: `not_assessable` in a closed case, else `open`"
    if row.begin().is_none() {
        return (seconds, MinuteVerdict::NotAssessable);
    }
    if row.completed.is_none() {
        let closed = frame.ending.closed().is_some();
        return (
            seconds,
            if closed {
                MinuteVerdict::NotAssessable
            } else {
                MinuteVerdict::Open
            },
        );
    }
    // "`not_assessable` (no start, completed before it, or wholly outside service hours although time passed: a finding)"
    let Some(worked) = seconds else {
        return (seconds, MinuteVerdict::NotAssessable);
    };
    if worked == 0 && row.completed > row.started {
        notes.insert(Check::OutsideHoursEntirely);
        return (seconds, MinuteVerdict::NotAssessable);
    }
    // "`over`; `under` ...; `within`. To the second: 15:00 is within 5-15, 15:01 is over."
    let verdict = if worked > i64::from(bounds.max) * 60 {
        MinuteVerdict::Over
    } else if bounds.min.is_some_and(|min| worked < i64::from(min) * 60) {
        MinuteVerdict::Under
    } else {
        MinuteVerdict::Within
    };
    (seconds, verdict)
}

/// "A stage (case and step) takes its day verdict from its last execution that is on_time, late, running or overdue"
fn mark_last(executions: &mut [OracleExecution]) {
    let steps: BTreeSet<i32> = executions.iter().map(|e| e.step).collect();
    for step in steps {
        let of_step = |e: &&OracleExecution| e.step == step;
        let counted = executions
            .iter()
            .filter(of_step)
            .filter(|e| e.day.is_counted())
            .map(|e| e.number)
            .max();
        let last = counted.or_else(|| executions.iter().filter(of_step).map(|e| e.number).max());
        for e in executions.iter_mut().filter(|e| e.step == step) {
            e.is_last = Some(e.number) == last;
        }
    }
}

/// "`no_standard` (unknown service)": rows are kept, nothing is held against them.
pub fn without_standard(read: &ReadCase, notes: &mut BTreeSet<Check>) -> OracleCase {
    let end: Ending = ending(read, None);
    findings::closing_time(&end, notes);
    let mut executions: Vec<_> = read
        .rows
        .iter()
        .map(|row| OracleExecution {
            step: row.step,
            number: row.number,
            officer: row.officer.clone(),
            started: row.started,
            completed: row.completed,
            result: row.result.clone(),
            clock: None,
            h: None,
            offset: None,
            limit: None,
            deadline: None,
            day: DayVerdict::NoStandard,
            service_seconds: None,
            minute: MinuteVerdict::NoStandard,
            is_last: false,
        })
        .collect();
    mark_last(&mut executions);
    let outcome: Outcome = end.outcome;
    OracleCase {
        case_id: read.case_id.clone(),
        revision: None,
        outcome,
        decided: end.closed(),
        registration_start: None,
        main_start: None,
        h: None,
        deadline: None,
        paused_days: 0,
        offset: None,
        verdict: CaseVerdict::NoStandard,
        days_over: 0,
        executions,
    }
}
