//! Order and duties: what is missing, out of order, sent back, or joined in one hand (scoring.md, section 4).

use std::collections::BTreeSet;

use crate::finding::{Check, Finding, Level};
use crate::instant::Instant;
use crate::score::{Execution, ScoredCase};
use crate::snapshot::Outcome;
use crate::standard::Standard;

/// Marks for each execution beyond the first who sent the file back: the last other step completed since the execution
/// before it began, at or before its own beginning.
pub fn mark_rework(executions: &mut [Execution]) {
    let marks: Vec<Option<(i32, Option<String>)>> = executions
        .iter()
        .map(|e| {
            let begin = e.started.or(e.completed)?;
            let earlier = executions
                .iter()
                .find(|x| x.step == e.step && x.number + 1 == e.number)?;
            let since = earlier.started.or(earlier.completed)?;
            executions
                .iter()
                .filter(|x| x.step != e.step)
                .filter_map(|x| x.completed.map(|c| (c, x)))
                .filter(|(c, _)| since <= *c && *c <= begin)
                .max_by_key(|(c, x)| (*c, x.step, x.number))
                .map(|(_, x)| (x.step, x.officer.clone()))
        })
        .collect();
    for (execution, mark) in executions.iter_mut().zip(marks) {
        execution.sent_back_by = mark;
    }
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

/// Compares a case with its standard.
pub fn deviations(case: &ScoredCase, standard: &Standard) -> Deviations {
    Deviations {
        missing: missing(case, standard),
        out_of_order: out_of_order(case, standard),
        joined: joined(case, standard),
        unknown: unknown(case, standard),
        returned: returned(case, standard),
    }
}

/// Sequence findings of one case. A step unknown to the standard is a finding on its row, not here.
pub fn check(case: &ScoredCase, standard: &Standard, findings: &mut Vec<Finding>) {
    let found = deviations(case, standard);
    if !found.missing.is_empty() {
        findings.push(missing_finding(case, &found.missing));
    }
    for (step, number, predecessor) in &found.out_of_order {
        findings.push(Finding::new(
            Check::OutOfOrder,
            format!("{}/{step}/{number}", case.case_id),
            format!("Langkah {step} dimulai sebelum langkah wajib {predecessor} pernah selesai."),
        ));
    }
    if found.returned > 1 {
        findings.push(Finding::new(
            Check::ReturnedTwice,
            &case.case_id,
            format!(
                "Berkas dikembalikan kepada pemohon {} kali.",
                found.returned
            ),
        ));
    }
    for (a, b, officer) in &found.joined {
        findings.push(Finding::new(
            Check::DutiesJoined,
            &case.case_id,
            format!("Langkah {a} dan {b} dikerjakan oleh petugas yang sama: {officer}."),
        ));
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

fn missing(case: &ScoredCase, standard: &Standard) -> Vec<i32> {
    if case.decided.is_none() || case.outcome == Outcome::Withdrawn {
        return Vec::new();
    }
    let present = |step: i32| case.executions.iter().any(|e| e.step == step);
    let mandatory = |step: &i32| standard.is_mandatory(*step, case.requires_recommendation);
    let steps = standard.steps.keys().copied();
    steps
        .filter(mandatory)
        .filter(|step| !present(*step))
        .collect()
}

fn out_of_order(case: &ScoredCase, standard: &Standard) -> Vec<(i32, u32, i32)> {
    let mut found = Vec::new();
    // Executions of a step stand together, so that what they wait for is looked up once.
    for of_step in case.executions.chunk_by(|a, b| a.step == b.step) {
        let step = of_step.first().map_or(0, |e| e.step);
        let Some(predecessor) = predecessor(case, standard, step) else {
            continue;
        };
        let completions = case.executions.iter().filter(|x| x.step == predecessor);
        let completed = completions.filter_map(|x| x.completed).min();
        let early = |begin: Instant| completed.is_none_or(|c| begin < c);
        for e in of_step {
            if e.started.or(e.completed).is_some_and(early) {
                found.push((step, e.number, predecessor));
            }
        }
    }
    found
}

/// The mandatory step before a step the standard knows.
fn predecessor(case: &ScoredCase, standard: &Standard, step: i32) -> Option<i32> {
    standard.steps.get(&step)?;
    let before = standard.steps.range(..step).rev();
    before
        .map(|(number, _)| *number)
        .find(|s| standard.is_mandatory(*s, case.requires_recommendation))
}

/// Times returned to the applicant, by the executions of the step that pauses.
fn returned(case: &ScoredCase, standard: &Standard) -> u32 {
    let Some(pause) = standard.pause_step else {
        return 0;
    };
    let returns = case.executions.iter().filter(|e| e.step == pause.step);
    returns.count() as u32
}

fn joined(case: &ScoredCase, standard: &Standard) -> Vec<(i32, i32, String)> {
    let officers = |step: i32| {
        let executions = case.executions.iter().filter(move |e| e.step == step);
        executions.filter_map(|e| e.officer.as_deref())
    };
    let mut joined = Vec::new();
    for (a, b) in &standard.separate_duties {
        let both = officers(*a).filter(|officer| officers(*b).any(|other| other == *officer));
        let both: BTreeSet<&str> = both.collect();
        joined.extend(both.into_iter().map(|officer| (*a, *b, officer.to_owned())));
    }
    joined
}

fn unknown(case: &ScoredCase, standard: &Standard) -> Vec<i32> {
    let mut unknown: Vec<i32> = case.executions.iter().map(|e| e.step).collect();
    unknown.retain(|step| !standard.steps.contains_key(step));
    unknown.dedup();
    unknown
}
