//! Where a case's service time went: work, waiting for the next holder, with the applicant, at another agency.
//!
//! In: one scored case with a standard. Out: service seconds by holder and step between registration and decision. Every
//! second is counted once: with the applicant before at the agency, before work, before waiting. When the file was at an agency,
//! [`crate::measure::stays`] says.

use crate::instant::Instant;
use crate::measure::stays::stays;
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

/// Divides cases, one after the other. It keeps its lists from case to case: there are hundreds of thousands of them.
#[derive(Debug, Default)]
pub struct Divider {
    edges: Vec<Instant>,
    /// Stretches at an agency.
    away: Vec<(Instant, Instant)>,
    /// Office steps with start and completion, by start.
    worked: Vec<Worked>,
    /// Begins of office steps, ascending.
    begun: Vec<Begun>,
    stretches: Vec<Stretch>,
}

#[derive(Debug, Clone, Copy)]
struct Worked {
    started: Instant,
    step: i32,
    completed: Instant,
    /// The latest completion of those up to here.
    latest: Instant,
}

#[derive(Debug, Clone, Copy)]
struct Begun {
    at: Instant,
    step: i32,
    /// Its place among the executions: of two that began together the earlier number is meant.
    place: usize,
    has_start: bool,
}

impl Divider {
    /// Divides the time of a case from `from` to `to`, in its order; none of it where that ends before it begins.
    pub fn divide(
        &mut self,
        case: &ScoredCase,
        standard: &Standard,
        from: Instant,
        to: Instant,
    ) -> &[Stretch] {
        self.stretches.clear();
        if to < from {
            return &self.stretches;
        }
        self.list(case, standard);
        self.mark(case, from, to);
        let hours = &standard.days;
        let (mut started, mut passed) = (0, 0);
        let mut edges = self.edges.iter().copied();
        let mut a = edges.next();
        let mut seconds = a.map_or(0, |a| hours.service_before(a.local_seconds()));
        for b in edges {
            let Some(begin) = a.replace(b) else { continue };
            let (before, until) = (seconds, hours.service_before(b.local_seconds()));
            seconds = until;
            started += count_while(&self.worked, started, |w| w.started <= begin);
            passed += count_while(&self.begun, passed, |n| n.at < b);
            let worked = self.worked.get(..started).unwrap_or_default();
            let (place, step) = self.elsewhere(case, standard, begin, b).unwrap_or_else(|| {
                match working(worked, b) {
                    Some(step) => (Where::Work, Some(step)),
                    None => waiting_for(self.begun.get(passed)),
                }
            });
            self.stretches.push(Stretch {
                place,
                step,
                service_seconds: (until - before).max(0),
            });
        }
        &self.stretches
    }

    /// Lists what the case's executions say, each list in its order.
    fn list(&mut self, case: &ScoredCase, standard: &Standard) {
        self.away.clear();
        self.worked.clear();
        self.begun.clear();
        self.away
            .extend(stays(case, standard).iter().map(|s| (s.from, s.to)));
        for (place, e) in case.executions.iter().enumerate() {
            let Some(at) = e.begin().filter(|_| is_office(standard, e)) else {
                continue;
            };
            self.begun.push(Begun {
                at,
                step: e.step,
                place,
                has_start: e.started.is_some(),
            });
            if let Some((started, completed)) = e.started.zip(e.completed) {
                self.worked.push(Worked {
                    started,
                    step: e.step,
                    completed,
                    latest: completed,
                });
            }
        }
        self.begun.sort_unstable_by_key(|n| (n.at, n.step, n.place));
        self.worked.sort_unstable_by_key(|w| (w.started, w.step));
        let mut latest = None;
        for w in &mut self.worked {
            w.latest = w.latest.max(latest.unwrap_or(w.latest));
            latest = Some(w.latest);
        }
    }

    /// Marks every instant at which the file may have changed hands.
    fn mark(&mut self, case: &ScoredCase, from: Instant, to: Instant) {
        let of_steps = case
            .executions
            .iter()
            .flat_map(|e| [e.started, e.completed]);
        let of_pauses = case.with_applicant.iter().flat_map(|p| [p.from, p.to]);
        self.edges.clear();
        self.edges.extend(of_steps.flatten().chain(of_pauses));
        self.edges.retain(|t| from < *t && *t < to);
        self.edges.extend([from, to]);
        self.edges.sort_unstable();
        self.edges.dedup();
    }

    /// With the applicant, or at an agency.
    fn elsewhere(
        &self,
        case: &ScoredCase,
        standard: &Standard,
        a: Instant,
        b: Instant,
    ) -> Option<(Where, Option<i32>)> {
        if case.with_applicant.iter().any(|p| p.from <= a && b <= p.to) {
            return Some((Where::Applicant, standard.pause_step.map(|p| p.step)));
        }
        let away = self.away.iter().any(|(from, to)| *from <= a && b <= *to);
        away.then(|| {
            (
                Where::Agency,
                standard.recommendation.map(|r| r.handed_over),
            )
        })
    }
}

/// How many of `list`, from `at` on, come before the first of which `is` no longer holds.
fn count_while<T>(list: &[T], at: usize, is: impl Fn(&T) -> bool) -> usize {
    let rest = list.get(at..).unwrap_or_default();
    rest.iter().take_while(|x| is(x)).count()
}

/// The step worked on until `b`, of those that have started: the latest started, of equal ones the later step.
fn working(started: &[Worked], b: Instant) -> Option<i32> {
    let mut open = started.iter().rev().take_while(|w| b <= w.latest);
    open.find(|w| b <= w.completed).map(|w| w.step)
}

/// Nobody has it: it waits for the next office step. Where that records no start, work and waiting cannot be told apart.
fn waiting_for(next: Option<&Begun>) -> (Where, Option<i32>) {
    match next {
        Some(n) if !n.has_start => (Where::Unsplit, Some(n.step)),
        Some(n) => (Where::Waiting, Some(n.step)),
        None => (Where::Waiting, None),
    }
}

fn is_office(standard: &Standard, e: &Execution) -> bool {
    standard
        .steps
        .get(&e.step)
        .is_some_and(|s| s.holder == Holder::Office)
}
