//! What the executions of one case share: when the file became free for each, and when nobody of the office had it.
//!
//! In: a scored case. Out: instants and service seconds. It must not judge.

use crate::clock::DayTable;
use crate::instant::Instant;
use crate::measure::stays::stays;
use crate::score::{Execution, ScoredCase};
use crate::standard::{Holder, Standard};

/// What a case's executions share: when the file became free, and when it was away. It is filled for one case after the other.
#[derive(Default)]
pub(super) struct Times {
    /// Completions with their step and execution, ascending.
    done: Vec<(Instant, i32, u32)>,
    /// Ends of time with the applicant, ascending.
    back: Vec<Instant>,
    received: Option<Instant>,
    pub away: Away,
}

impl Times {
    /// Takes in a case.
    pub fn fill(&mut self, case: &ScoredCase, standard: &Standard) {
        let executions = case.executions.iter();
        self.done.clear();
        self.done
            .extend(executions.filter_map(|e| Some((e.completed?, e.step, e.number))));
        self.done.sort_unstable();
        let ended = case.with_applicant.iter().filter(|p| !p.open);
        self.back.clear();
        self.back.extend(ended.map(|p| p.to));
        self.received = case.received;
        self.away.fill(case, standard);
    }

    /// When the file became free for an execution begun at `begin`: the latest completion of another execution (of its own
    /// step an earlier one) or end of time with the applicant until then; failing that the receipt; failing that `begin`.
    pub fn release(&self, e: &Execution, begin: Instant) -> Instant {
        let until = self.done.partition_point(|(t, _, _)| *t <= begin);
        let mut done = self.done.iter().take(until).rev();
        let done = done.find(|(_, step, number)| *step != e.step || *number < e.number);
        let back = self.back.iter().rev().find(|t| **t <= begin).copied();
        done.map(|(t, _, _)| *t)
            .max(back)
            .or(self.received.filter(|t| *t <= begin))
            .unwrap_or(begin)
    }
}

/// The stretches in which nobody of the office had the file, ascending and disjoint.
#[derive(Default)]
pub(super) struct Away {
    applicant: Vec<(Instant, Instant)>,
    both: Vec<(Instant, Instant)>,
}

impl Away {
    fn fill(&mut self, case: &ScoredCase, standard: &Standard) {
        self.applicant.clear();
        self.applicant
            .extend(case.with_applicant.iter().map(|p| (p.from, p.to)));
        self.both.clone_from(&self.applicant);
        self.both
            .extend(stays(case, standard).iter().map(|s| (s.from, s.to)));
        self.both.sort_unstable();
        self.both.dedup_by(|later, joined| {
            let touch = later.0 <= joined.1;
            if touch {
                joined.1 = joined.1.max(later.1);
            }
            touch
        });
    }

    /// Service seconds of `a` to `b` that are charged to nobody. An agency's own step is charged with the agency's time,
    /// or nothing would be left of it.
    pub fn seconds(&self, hours: &DayTable, holder: Option<Holder>, a: Instant, b: Instant) -> i64 {
        let stretches = match holder {
            Some(Holder::Agency) => &self.applicant,
            Some(Holder::Applicant) => return 0,
            Some(Holder::Office) | None => &self.both,
        };
        stretches
            .iter()
            .map(|(from, to)| hours.service_seconds((*from).max(a), (*to).min(b)))
            .sum()
    }
}
