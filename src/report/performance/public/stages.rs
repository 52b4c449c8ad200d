//! The stages of the standard as the public may see them: what a role does, never what one person did.
//!
//! In: the executions of each step by officer. Out: figures of the steps that several officers share. Must not name an
//! officer; it only asks how many executions the busiest of them leaves to the others.

use super::choose::Chooser;
use crate::measure::performance::UNRECORDED;

/// Shows the steps of the office; one that a single officer did, or nearly so, is withheld.
pub(super) fn choose(chooser: &mut Chooser) {
    for stage in &chooser.r.review.overview.stages {
        let Some(shared) = shared(chooser, stage.step) else {
            continue;
        };
        let step = stage.step.to_string();
        let group = [("step", step.as_str())];
        let hidden = !shared;
        chooser.show_share("stage.within_window", &group, hidden);
        chooser.show_share("stage.within_minutes", &group, hidden);
        let period = chooser.period.clone();
        chooser.put(("stage.minutes_median", &period), &group, hidden);
    }
}

/// Whether officers other than the busiest did enough of the step to hide whose figures they are; None for a step that no
/// officer of the office does.
fn shared(chooser: &Chooser, step: i32) -> Option<bool> {
    let officers = &chooser.r.performance.rows.personnel.officers;
    let of_step = |steps: &[(i32, u64)]| steps.iter().find(|(s, _)| *s == step).map(|(_, n)| *n);
    let all: Vec<(bool, u64)> = officers
        .iter()
        .filter_map(|o| Some((o.officer == UNRECORDED, of_step(&o.steps)?)))
        .collect();
    if all.is_empty() {
        return None;
    }
    let named = || {
        all.iter()
            .filter(|(unrecorded, _)| !unrecorded)
            .map(|(_, n)| *n)
    };
    let others = named().sum::<u64>() - named().max().unwrap_or(0);
    Some(others >= chooser.least)
}
