//! The findings of sections 4 and 6 that depend on one case alone.
//!
//! A receipt left lying and the order of steps are held by tables instead: how many days, and which predecessor, the rules
//! do not say in a sentence that could be counted here.

use std::collections::BTreeSet;

use tepat::finding::Check;
use tepat::snapshot::Outcome;
use tepat::standard::Duty;

use super::Frame;
use super::reading::Ending;

/// Findings on the outcome, the rows and the sequence.
pub fn of_case(frame: &Frame, notes: &mut BTreeSet<Check>) {
    outcome(frame, notes);
    rows(frame, notes);
    sequence(frame, notes);
}

fn outcome(frame: &Frame, notes: &mut BTreeSet<Check>) {
    let decisions = frame
        .rows
        .iter()
        .filter(|r| Some(r.step) == frame.standard.decides && r.completed.is_some())
        .count();
    match frame.ending.outcome {
        Outcome::Issued | Outcome::Open => {
            // "later ones are `reissued`, a finding; outcome open, a finding"
            if decisions > 1 {
                notes.insert(Check::Reissued);
            }
            if decisions > 0 && frame.ending.outcome == Outcome::Open {
                notes.insert(Check::OpenButDecided);
            }
        }
        // "Step 16 completed in a rejected or withdrawn case: a finding."
        Outcome::Rejected | Outcome::Withdrawn if decisions > 0 => {
            notes.insert(Check::IssuedButClosed);
        }
        Outcome::Rejected | Outcome::Withdrawn => {}
    }
    closing_time(&frame.ending, notes);
    // "A decision before the receipt is a blocking finding."
    if let (Some(decided), Some(received)) = (frame.ending.decided, frame.received)
        && decided < received
    {
        notes.insert(Check::DecidedBeforeReceived);
    }
}

/// "Rejected or withdrawn without a closing time, or issued with neither: undecided, a finding."
pub fn closing_time(ending: &Ending, notes: &mut BTreeSet<Check>) {
    if ending.outcome != Outcome::Open && ending.closed().is_none() {
        notes.insert(Check::ClosingTimeMissing);
    }
}

fn rows(frame: &Frame, notes: &mut BTreeSet<Check>) {
    // "a case with no steps"
    if frame.rows.is_empty() {
        notes.insert(Check::CaseWithoutSteps);
    }
    for row in frame.rows {
        // "a step unknown to the standard"
        if !frame.standard.steps.contains_key(&row.step) {
            notes.insert(Check::UnknownStep);
        }
        // "completion before start"
        if matches!((row.started, row.completed), (Some(s), Some(c)) if c < s) {
            notes.insert(Check::CompletedBeforeStarted);
        }
        // "missing officer"
        if row.officer.is_none() {
            notes.insert(Check::MissingOfficer);
        }
    }
}

fn sequence(frame: &Frame, notes: &mut BTreeSet<Check>) {
    let mandatory = |step: &i32| match frame.standard.steps[step].duty {
        Duty::Mandatory => true,
        Duty::WithRecommendation => frame.requires_recommendation,
        Duty::Optional => false,
    };
    // "a mandatory step missing from a decided case"
    if frame.ending.decided.is_some() {
        for step in frame.standard.steps.keys().filter(|s| mandatory(s)) {
            if !frame.rows.iter().any(|r| r.step == *step) {
                notes.insert(Check::MandatoryStepMissing);
            }
        }
    }
    // "files returned more than once"
    if let Some(pause) = frame.standard.pause_step
        && frame.rows.iter().filter(|r| r.step == pause.step).count() > 1
    {
        notes.insert(Check::ReturnedTwice);
    }
    // "duties that must not be one person's (12 and 13; 7 and 15) done by the same officer"
    for (a, b) in &frame.standard.separate_duties {
        let of = |step: i32| {
            frame
                .rows
                .iter()
                .filter(move |r| r.step == step)
                .filter_map(|r| r.officer.as_deref())
        };
        if of(*a).any(|officer| of(*b).any(|other| other == officer)) {
            notes.insert(Check::DutiesJoined);
        }
    }
}
