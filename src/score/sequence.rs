//! Order and duties: what is missing, out of order, sent back, or joined in one hand (scoring.md, section 4).

use std::collections::BTreeSet;

use crate::finding::{Check, Finding, Level};
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

/// Sequence findings of one case.
pub fn check(case: &ScoredCase, standard: &Standard, findings: &mut Vec<Finding>) {
    missing(case, standard, findings);
    out_of_order(case, standard, findings);
    returned_twice(case, standard, findings);
    joined(case, standard, findings);
}

/// A mandatory step missing from a decided case. In a rejected case the later steps may well be absent, so it weighs less.
fn missing(case: &ScoredCase, standard: &Standard, findings: &mut Vec<Finding>) {
    if case.decided.is_none() || case.outcome == Outcome::Withdrawn {
        return;
    }
    let present: BTreeSet<i32> = case.executions.iter().map(|e| e.step).collect();
    let absent: Vec<String> = standard
        .steps
        .keys()
        .filter(|s| standard.is_mandatory(**s, case.requires_recommendation))
        .filter(|s| !present.contains(s))
        .map(i32::to_string)
        .collect();
    if absent.is_empty() {
        return;
    }
    let rejected = case.outcome == Outcome::Rejected;
    let message = format!(
        "Berkas {} tanpa catatan langkah wajib {}.",
        if rejected { "ditolak" } else { "diputus" },
        absent.join(", ")
    );
    let finding = Finding::new(Check::MandatoryStepMissing, &case.case_id, message);
    findings.push(if rejected {
        finding.at(Level::Info)
    } else {
        finding
    });
}

/// A step started before its mandatory predecessor was ever completed.
fn out_of_order(case: &ScoredCase, standard: &Standard, findings: &mut Vec<Finding>) {
    for execution in &case.executions {
        let Some(begin) = execution.started.or(execution.completed) else {
            continue;
        };
        if !standard.steps.contains_key(&execution.step) {
            continue;
        }
        let Some(predecessor) = standard
            .steps
            .range(..execution.step)
            .rev()
            .map(|(number, _)| *number)
            .find(|s| standard.is_mandatory(*s, case.requires_recommendation))
        else {
            continue;
        };
        let completed = case
            .executions
            .iter()
            .filter(|e| e.step == predecessor)
            .filter_map(|e| e.completed)
            .min();
        if completed.is_none_or(|c| begin < c) {
            findings.push(Finding::new(
                Check::OutOfOrder,
                format!("{}/{}/{}", case.case_id, execution.step, execution.number),
                format!(
                    "Langkah {} dimulai sebelum langkah wajib {predecessor} pernah selesai.",
                    execution.step
                ),
            ));
        }
    }
}

fn returned_twice(case: &ScoredCase, standard: &Standard, findings: &mut Vec<Finding>) {
    let Some(pause) = standard.pause_step else {
        return;
    };
    let count = case
        .executions
        .iter()
        .filter(|e| e.step == pause.step)
        .count();
    if count > 1 {
        findings.push(Finding::new(
            Check::ReturnedTwice,
            &case.case_id,
            format!("Berkas dikembalikan kepada pemohon {count} kali."),
        ));
    }
}

/// Duties that must not be one person's, done by the same officer in one case.
fn joined(case: &ScoredCase, standard: &Standard, findings: &mut Vec<Finding>) {
    let officers = |step: i32| -> BTreeSet<&str> {
        case.executions
            .iter()
            .filter(|e| e.step == step)
            .filter_map(|e| e.officer.as_deref())
            .collect()
    };
    for (a, b) in &standard.separate_duties {
        for officer in officers(*a).intersection(&officers(*b)) {
            findings.push(Finding::new(
                Check::DutiesJoined,
                &case.case_id,
                format!("Langkah {a} dan {b} dikerjakan oleh petugas yang sama: {officer}."),
            ));
        }
    }
}
