//! Properties of the score: it agrees with the oracle on everything, and keeps the promises of the counting rules.

pub mod generate;
mod promises;
mod standings;

use std::collections::BTreeSet;
use std::fmt::Debug;

use tepat::finding::Check;
use tepat::instant::Instant;
use tepat::score::{Execution, ScoreOptions, Scored, ScoredCase, score};
use tepat::snapshot::Snapshot;
use tepat::standard::PauseRule;

use crate::oracle::{self, OracleCase, OracleExecution, World};

/// The checks of which the oracle says which cases have them.
const COMPARED: [Check; 18] = [
    Check::InstantOutsideCalendar,
    Check::UnknownService,
    Check::NoRevisionInForce,
    Check::UnknownStep,
    Check::DuplicateRow,
    Check::ClockFromReceipt,
    Check::RecommendationUnrecorded,
    Check::PauseWithoutStart,
    Check::PauseUnusable,
    Check::BeforeClock,
    Check::DecidedBeforeClock,
    Check::OutsideHoursEntirely,
    Check::ClosingTimeMissing,
    Check::OpenButDecided,
    Check::Reissued,
    Check::IssuedButClosed,
    Check::MandatoryStepMissing,
    Check::DutiesJoined,
];

/// Scores `snapshot` both ways; Err names the first difference.
pub fn agrees(
    snapshot: &Snapshot,
    world: &World,
    as_of: Instant,
    pause: Option<PauseRule>,
) -> Result<(), String> {
    let options = ScoreOptions { as_of, pause };
    let fast = score(snapshot, &world.library, world.zone, options);
    let slow = oracle::score(snapshot, world, as_of, pause);
    let (fast, slow) = match (fast, slow) {
        (Ok(fast), Ok(slow)) => (fast, slow),
        (Err(_), Err(_)) => return Ok(()),
        (fast, slow) => {
            return Err(format!(
                "one refuses the calendar: score {:?}, oracle {:?}",
                fast.err(),
                slow.err()
            ));
        }
    };
    same("number of cases", &fast.cases.len(), &slow.cases.len())?;
    for (a, b) in fast.cases.iter().zip(&slow.cases) {
        same_case(a, b).map_err(|e| format!("case {} under {pause:?}: {e}", b.case_id))?;
    }
    same_findings(&fast, &slow.findings).map_err(|e| format!("under {pause:?}: {e}"))
}

/// Where score and oracle differ, says what.
fn same<T: PartialEq + Debug>(what: &str, score: &T, oracle: &T) -> Result<(), String> {
    if score == oracle {
        return Ok(());
    }
    Err(format!("{what}: score {score:?}, oracle {oracle:?}"))
}

fn same_case(a: &ScoredCase, b: &OracleCase) -> Result<(), String> {
    same("case_id", &a.case_id, &b.case_id)?;
    let revision = a.standard.as_ref().map(|s| s.revision.clone());
    same("revision", &revision, &b.revision)?;
    same("outcome", &a.outcome, &b.outcome)?;
    same("decided", &a.decided, &b.decided)?;
    same("registration", &a.registration_start, &b.registration_start)?;
    same("main start", &a.main_start, &b.main_start)?;
    same("H", &a.h.map(show), &b.h.map(show))?;
    same("verdict", &a.verdict, &b.verdict)?;
    same("deadline", &a.deadline.map(show), &b.deadline.map(show))?;
    same("paused days", &a.paused_days, &b.paused_days)?;
    if b.offset.is_some() {
        same("offset", &a.offset, &b.offset)?;
    }
    same("days over", &a.days_over.unwrap_or(0), &b.days_over)?;
    same("executions", &a.executions.len(), &b.executions.len())?;
    for (a, b) in a.executions.iter().zip(&b.executions) {
        same_execution(a, b).map_err(|e| format!("step {}.{}: {e}", b.step, b.number))?;
    }
    Ok(())
}

fn same_execution(a: &Execution, b: &OracleExecution) -> Result<(), String> {
    same("step", &a.step, &b.step)?;
    same("number", &a.number, &b.number)?;
    same("officer", &a.officer.as_deref(), &b.officer.as_deref())?;
    same("started", &a.started, &b.started)?;
    same("completed", &a.completed, &b.completed)?;
    same("result", &a.result.as_deref(), &b.result.as_deref())?;
    same("clock", &a.clock, &b.clock)?;
    same("day verdict", &a.day, &b.day)?;
    same("H", &a.h.map(show), &b.h.map(show))?;
    same("offset", &a.offset, &b.offset)?;
    same("limit", &a.limit, &b.limit)?;
    if b.offset.is_some() {
        same("deadline", &a.deadline.map(show), &b.deadline.map(show))?;
    }
    same("service seconds", &a.service_seconds, &b.service_seconds)?;
    same("minute verdict", &a.minute, &b.minute)?;
    same("is_last", &a.is_last, &b.is_last)
}

fn show(day: i32) -> String {
    tepat::instant::date_of(day).to_string()
}

/// The case a finding's key names: what stands before the first separator.
pub fn case_of(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}

fn same_findings(fast: &Scored, slow: &BTreeSet<(Check, String)>) -> Result<(), String> {
    let compared = |pair: &(Check, String)| COMPARED.contains(&pair.0);
    let fast: BTreeSet<_> = fast
        .findings
        .iter()
        .map(|f| (f.check, case_of(&f.key).to_owned()))
        .filter(compared)
        .collect();
    let slow: BTreeSet<_> = slow.iter().filter(|p| compared(p)).cloned().collect();
    let only_fast: Vec<_> = fast.difference(&slow).collect();
    let only_slow: Vec<_> = slow.difference(&fast).collect();
    if only_fast.is_empty() && only_slow.is_empty() {
        return Ok(());
    }
    Err(format!(
        "findings: only the score's {only_fast:?}, only the oracle's {only_slow:?}"
    ))
}
