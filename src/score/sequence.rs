//! Order and duties: what is missing, out of order, sent back, or joined in one hand (scoring.md, section 4).

use std::collections::BTreeSet;

use crate::finding::{Check, Finding, Level};
use crate::instant::Instant;
use crate::name::Name;
use crate::score::notes::Notes;
use crate::score::{Execution, ScoredCase};
use crate::snapshot::Outcome;
use crate::standard::Standard;

/// Marks for each execution beyond the first who sent the file back: the last other step completed since the execution
/// before it began, at or before its own beginning. Executions of a step stand together, by number.
pub fn mark_rework(executions: &mut [Execution]) {
    for at in 1..executions.len() {
        if let Some(sender) = sender(executions, at)
            && let Some(execution) = executions.get_mut(at)
        {
            execution.sent_back_by = Some(sender);
        }
    }
}

fn sender(executions: &[Execution], at: usize) -> Option<(i32, Option<Name>)> {
    let (earlier, e) = (executions.get(at - 1)?, executions.get(at)?);
    if earlier.step != e.step {
        return None;
    }
    let (since, begin) = (earlier.begin()?, e.begin()?);
    executions
        .iter()
        .filter(|x| x.step != e.step)
        .filter_map(|x| x.completed.map(|c| (c, x)))
        .filter(|(c, _)| since <= *c && *c <= begin)
        .max_by_key(|(c, x)| (*c, x.step, x.number))
        .map(|(_, x)| (x.step, x.officer))
}

/// Where a case did not go as its standard says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deviations {
    /// Mandatory steps without an execution in a decided case, ascending. In a rejected case the later ones may well be absent.
    pub missing: Vec<i32>,
    /// Executions begun before their mandatory predecessor was ever completed: step, execution, predecessor.
    pub out_of_order: Vec<(i32, u32, i32)>,
    /// Two duties that must not be one person's, and the officer who did both.
    pub joined: Vec<(i32, i32, String)>,
    /// Steps the standard does not know, ascending.
    pub unknown: Vec<i32>,
    /// Times returned to the applicant.
    pub returned: u32,
}

/// Compares a case with its standard: its steps beside those of the standard, both ascending.
pub fn deviations(case: &ScoredCase, standard: &Standard) -> Deviations {
    let mut found = Deviations {
        joined: joined(case, standard),
        returned: returned(case, standard),
        ..Deviations::default()
    };
    let complete = case.decided.is_some() && case.outcome != Outcome::Withdrawn;
    // The mandatory step before, and when it was first completed.
    let mut before: Option<(i32, Option<Instant>)> = None;
    let mut stages = case.executions.chunk_by(|a, b| a.step == b.step).peekable();
    let number = |stage: &[Execution]| stage.first().map(|e| e.step);
    for step in standard.steps.values() {
        while let Some(stage) = stages.next_if(|s| number(s) < Some(step.number)) {
            found.unknown.extend(number(stage));
        }
        let stage = stages.next_if(|s| number(s) == Some(step.number));
        let executions = stage.unwrap_or_default();
        if let Some((predecessor, completed)) = before {
            let early = |begin: Instant| completed.is_none_or(|c| begin < c);
            let early = executions.iter().filter(|e| e.begin().is_some_and(early));
            let of_case = early.map(|e| (e.step, e.number, predecessor));
            found.out_of_order.extend(of_case);
        }
        if step.duty.binds(case.requires_recommendation) {
            if executions.is_empty() && complete {
                found.missing.push(step.number);
            }
            let completed = executions.iter().filter_map(|e| e.completed).min();
            before = Some((step.number, completed));
        }
    }
    found.unknown.extend(stages.filter_map(number));
    found
}

/// Sequence findings of one case. A step unknown to the standard is a finding on its row, not here.
pub fn check(case: &ScoredCase, standard: &Standard, notes: &mut Notes) {
    let found = deviations(case, standard);
    if !found.missing.is_empty() {
        notes.add(|| missing_finding(case, &found.missing));
    }
    for (step, number, predecessor) in &found.out_of_order {
        notes.add(|| {
            Finding::new(
                Check::OutOfOrder,
                format!("{}/{step}/{number}", case.case_id),
                format!(
                    "Langkah {step} dimulai sebelum langkah wajib {predecessor} pernah selesai."
                ),
            )
        });
    }
    if found.returned > 1 {
        notes.add(|| {
            Finding::new(
                Check::ReturnedTwice,
                &case.case_id,
                format!(
                    "Berkas dikembalikan kepada pemohon {} kali.",
                    found.returned
                ),
            )
        });
    }
    for (a, b, officer) in &found.joined {
        notes.add(|| {
            Finding::new(
                Check::DutiesJoined,
                &case.case_id,
                format!("Langkah {a} dan {b} dikerjakan oleh petugas yang sama: {officer}."),
            )
        });
    }
}

/// A mandatory step missing weighs less in a rejected case.
fn missing_finding(case: &ScoredCase, missing: &[i32]) -> Finding {
    let rejected = case.outcome == Outcome::Rejected;
    let absent: Vec<String> = missing.iter().map(i32::to_string).collect();
    let message = format!(
        "Berkas {} tanpa catatan langkah wajib {}.",
        if rejected { "ditolak" } else { "diputus" },
        absent.join(", ")
    );
    let finding = Finding::new(Check::MandatoryStepMissing, &case.case_id, message);
    match rejected {
        true => finding.at(Level::Info),
        false => finding,
    }
}

/// Times returned to the applicant, by the executions of the step that pauses.
fn returned(case: &ScoredCase, standard: &Standard) -> u32 {
    let Some(pause) = standard.pause_step else {
        return 0;
    };
    case.of_step(pause.step).count() as u32
}

fn joined(case: &ScoredCase, standard: &Standard) -> Vec<(i32, i32, String)> {
    let officers = |step: i32| case.of_step(step).filter_map(|e| e.officer);
    let mut joined = Vec::new();
    for (a, b) in &standard.separate_duties {
        let both = officers(*a).filter(|officer| officers(*b).any(|other| other == *officer));
        let both: BTreeSet<Name> = both.collect();
        joined.extend(both.into_iter().map(|o| (*a, *b, o.to_string())));
    }
    joined
}
