//! Where a case's service time went: work, waiting for the next holder, with the applicant, at another agency.
//!
//! In: one scored case with a standard. Out: service seconds by holder and step between registration and decision. Every
//! second is counted once: with the applicant before at the agency, before work, before waiting.

use crate::instant::Instant;
use crate::score::{Execution, ScoredCase};
use crate::standard::{Holder, Standard};

/// Who had the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Where {
    /// A step of the office was being worked on.
    Work,
    /// Nobody had begun the next step.
    Waiting,
    Applicant,
    /// Another agency (OPD).
    Agency,
    /// The next step records no start: work and waiting cannot be told apart.
    Unsplit,
}

impl Where {
    pub const ALL: [Where; 5] = [
        Where::Work,
        Where::Waiting,
        Where::Applicant,
        Where::Agency,
        Where::Unsplit,
    ];

    /// Value of the dimension `holder`.
    pub fn code(self) -> &'static str {
        match self {
            Where::Work => "work",
            Where::Waiting => "waiting",
            Where::Applicant => "applicant",
            Where::Agency => "agency",
            Where::Unsplit => "unsplit",
        }
    }

    /// In words, formal Indonesian.
    pub fn label(self) -> &'static str {
        match self {
            Where::Work => "Dikerjakan",
            Where::Waiting => "Menunggu pelaksana berikutnya",
            Where::Applicant => "Di pemohon",
            Where::Agency => "Di OPD teknis",
            Where::Unsplit => "Dikerjakan atau menunggu (waktu mulai tidak tercatat)",
        }
    }
}

/// A stretch of a case's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub place: Where,
    /// The step worked on, or waited for; None after the last step recorded.
    pub step: Option<i32>,
    pub service_seconds: i64,
}

/// Divides the time from `from` to `to`.
pub fn divide(case: &ScoredCase, standard: &Standard, from: Instant, to: Instant) -> Vec<Stretch> {
    let mut edges: Vec<Instant> = case
        .executions
        .iter()
        .flat_map(|e| [e.started, e.completed])
        .flatten()
        .chain(case.with_applicant.iter().flat_map(|p| [p.from, p.to]))
        .filter(|t| from < *t && *t < to)
        .chain([from, to])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges
        .windows(2)
        .map(|w| {
            let (place, step) = holder(case, standard, w[0], w[1]);
            Stretch {
                place,
                step,
                service_seconds: standard.days.service_seconds(w[0], w[1]),
            }
        })
        .collect()
}

fn holder(case: &ScoredCase, standard: &Standard, a: Instant, b: Instant) -> (Where, Option<i32>) {
    if case.with_applicant.iter().any(|p| p.from <= a && b <= p.to) {
        return (Where::Applicant, standard.pause_step.map(|p| p.step));
    }
    if let Some(step) = at_agency(case, standard, a, b) {
        return (Where::Agency, Some(step));
    }
    let worked = case
        .executions
        .iter()
        .filter(|e| matches!((e.started, e.completed), (Some(s), Some(c)) if s <= a && b <= c))
        .filter(|e| is_office(standard, e))
        .max_by_key(|e| (e.started, e.step));
    if let Some(e) = worked {
        return (Where::Work, Some(e.step));
    }
    let next = case
        .executions
        .iter()
        .filter(|e| is_office(standard, e))
        .filter_map(|e| Some((e.started.or(e.completed)?, e)))
        .filter(|(t, _)| *t >= b)
        .min_by_key(|(t, e)| (*t, e.step));
    match next {
        Some((_, e)) if e.started.is_none() => (Where::Unsplit, Some(e.step)),
        Some((_, e)) => (Where::Waiting, Some(e.step)),
        None => (Where::Waiting, None),
    }
}

fn is_office(standard: &Standard, e: &Execution) -> bool {
    standard
        .steps
        .get(&e.step)
        .is_some_and(|s| s.holder == Holder::Office)
}

/// From the completion of the step that sends the file (its beginning at the agency where that is missing) to the handing
/// over of the recommendation.
fn at_agency(case: &ScoredCase, standard: &Standard, a: Instant, b: Instant) -> Option<i32> {
    let rule = standard.recommendation?;
    let of = |step: i32| case.executions.iter().filter(move |e| e.step == step);
    of(rule.handed_over).find_map(|e| {
        let end = e.completed?;
        let sent = of(rule.sent)
            .filter_map(|x| x.completed)
            .filter(|t| *t <= end)
            .max();
        let begin = match (sent, e.started) {
            (Some(s), Some(t)) => s.min(t),
            (s, t) => s.or(t)?,
        };
        (begin <= a && b <= end).then_some(e.step)
    })
}
