//! Stays of a case at a technical agency (OPD) that ended: what every figure of an agency's time is counted by.
//!
//! In: a scored case and its standard. Out: stretches of time. It must not count or judge.

use crate::instant::Instant;
use crate::name::Name;
use crate::score::{Execution, ScoredCase};
use crate::standard::Standard;

/// A stay that ended in a recommendation.
#[derive(Debug, Clone, Copy)]
pub struct Stay {
    pub from: Instant,
    pub to: Instant,
    pub officer: Option<Name>,
}

/// The stays of a case at an agency, ascending: to each handing over, from the latest sending after the one before, failing that
/// from its own start. Where no handing over is recorded, to the receipt of the recommendation, as the main clock reads it
/// (scoring.md, section 3).
pub fn stays(case: &ScoredCase, standard: &Standard) -> Vec<Stay> {
    let Some(rule) = standard.recommendation else {
        return Vec::new();
    };
    let sent_in = |after: Option<Instant>, to: Instant| {
        let sent = case.of_step(rule.sent).filter_map(|x| x.completed);
        sent.filter(|t| after.is_none_or(|a| *t > a) && *t <= to)
            .max()
    };
    let mut back: Vec<(Instant, &Execution)> = case
        .of_step(rule.handed_over)
        .filter_map(|e| Some((e.completed?, e)))
        .collect();
    back.sort_by_key(|(t, e)| (*t, e.number));
    let mut before = None;
    let mut stays = Vec::new();
    for (to, e) in &back {
        if let Some(from) = sent_in(before, *to).or(e.started) {
            stays.push(Stay {
                from,
                to: *to,
                officer: e.officer,
            });
        }
        before = Some(*to);
    }
    let unrecorded = back
        .is_empty()
        .then(|| received(case, rule.received))
        .flatten();
    if let Some(to) = unrecorded {
        let begun = case
            .of_step(rule.handed_over)
            .find(|e| e.started.is_some_and(|t| t <= to));
        let from = sent_in(None, to).or(begun.and_then(|e| e.started));
        stays.extend(from.map(|from| Stay {
            from,
            to,
            officer: begun.and_then(|e| e.officer),
        }));
    }
    stays
}

/// When the recommendation was received: the earliest start of the step, failing that its first completion.
fn received(case: &ScoredCase, step: i32) -> Option<Instant> {
    let started = case.of_step(step).filter_map(|e| e.started).min();
    started.or_else(|| case.of_step(step).filter_map(|e| e.completed).min())
}
