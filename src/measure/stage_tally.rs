//! The stages of all cases counted in one pass, for neighbouring periods at once.
//!
//! In: scored cases, periods that follow each other. Out: for each period the tally of every service and step, and where the
//! service time of the cases decided in it went. It must not write figures.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use rayon::prelude::*;

use crate::instant::{Day, Instant};
use crate::measure::stages::{StageDue, StageTally, settles, usable_seconds};
use crate::measure::timeline::{Divider, Where};
use crate::period::Period;
use crate::score::{CaseVerdict, Execution, MinuteVerdict, ScoredCase};
use crate::snapshot::Outcome;
use crate::standard::Standard;

/// Tallies by service and step.
pub type Stages = BTreeMap<(String, i32), StageTally>;

/// Where the service time of the cases decided in a period went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Cases whose time was divided.
    pub cases: u64,
    /// Service seconds, in the order of [`Where::ALL`].
    pub seconds: [i64; Where::ALL.len()],
}

impl AddAssign for Spent {
    fn add_assign(&mut self, other: Self) {
        self.cases += other.cases;
        for (a, b) in self.seconds.iter_mut().zip(other.seconds) {
            *a += b;
        }
    }
}

/// The stages of one period.
#[derive(Debug, Clone, Default)]
pub struct StagesOf {
    pub stages: Stages,
    pub spent: Spent,
}

impl StagesOf {
    /// What is counted in several periods together.
    pub fn sum<'a>(parts: impl IntoIterator<Item = &'a StagesOf>) -> Self {
        let mut sum = Self::default();
        for part in parts {
            sum.spent += part.spent;
            for (key, tally) in &part.stages {
                match sum.stages.get_mut(key) {
                    Some(stage) => stage.merge(tally),
                    None => {
                        sum.stages.insert(key.clone(), tally.clone());
                    }
                }
            }
        }
        sum
    }
}

/// Tallies `periods`, which follow each other without a gap, as seen at `as_of`; in their order.
pub fn tally(cases: &[ScoredCase], periods: &[Period], as_of: Instant) -> Vec<StagesOf> {
    /// Cases of one part; parts merge in any order, since all that is kept are sums and unordered values.
    const PART: usize = 4_096;
    let axis = Axis::of(periods, as_of);
    let parts: Vec<Part> = cases
        .par_chunks(PART)
        .map(|cases| Part::of(cases, &axis))
        .collect();
    let mut tallies = vec![StagesOf::default(); periods.len()];
    for part in parts {
        for (tally, spent) in tallies.iter_mut().zip(&part.spent) {
            tally.spent += *spent;
        }
        for of_standard in part.standards {
            of_standard.add_to(&mut tallies);
        }
    }
    tallies
}

/// The periods by the numbers of their days.
struct Axis {
    /// First days, and the day after the last.
    bounds: Vec<Day>,
    today: Day,
}

impl Axis {
    fn of(periods: &[Period], as_of: Instant) -> Self {
        let firsts = periods.iter().map(|p| p.days().start);
        let end = periods.last().map(|p| p.days().end);
        Self {
            bounds: firsts.chain(end).collect(),
            today: as_of.day(),
        }
    }

    fn periods(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// The period a day lies in.
    fn period_of(&self, day: Day) -> Option<usize> {
        let begun = self.bounds.partition_point(|first| *first <= day);
        (begun > 0 && begun < self.bounds.len()).then(|| begun - 1)
    }
}

/// The counts of some cases.
struct Part<'a> {
    /// A few, in the order in which they were met.
    standards: Vec<OfStandard<'a>>,
    spent: Vec<Spent>,
}

impl<'a> Part<'a> {
    fn of(cases: &'a [ScoredCase], axis: &Axis) -> Self {
        let mut part = Self {
            standards: Vec::new(),
            spent: vec![Spent::default(); axis.periods()],
        };
        let mut divider = Divider::default();
        for case in cases {
            if let Some(standard) = case.standard.as_deref() {
                part.add(case, standard, axis, &mut divider);
            }
        }
        part
    }

    fn add(
        &mut self,
        case: &ScoredCase,
        standard: &'a Standard,
        axis: &Axis,
        divider: &mut Divider,
    ) {
        let met = |s: &OfStandard| std::ptr::eq(s.standard, standard);
        let at = self.standards.iter().position(met).unwrap_or_else(|| {
            self.standards
                .push(OfStandard::new(standard, axis.periods()));
            self.standards.len() - 1
        });
        let Some(of_standard) = self.standards.get_mut(at) else {
            return;
        };
        of_standard.add_executions(case, axis);
        let decided = case.decided.and_then(|t| axis.period_of(t.day()));
        let counts =
            case.outcome != Outcome::Withdrawn && case.verdict != CaseVerdict::NotAssessable;
        let Some(period) = decided.filter(|_| counts) else {
            return;
        };
        let (Some(from), Some(to)) = (case.registration_start, case.decided) else {
            return;
        };
        let mut spent = Spent::default();
        for stretch in divider.divide(case, standard, from, to) {
            spent.cases = 1;
            let step = stretch.step.unwrap_or(standard.decides.unwrap_or_default());
            let seconds = stretch.service_seconds;
            if let Some(sum) = spent.seconds.get_mut(stretch.place as usize) {
                *sum += seconds;
            }
            of_standard.spend(period, step, stretch.place, seconds);
        }
        if let Some(sum) = self.spent.get_mut(period) {
            *sum += spent;
        }
    }
}

/// The counts of the cases of one standard.
struct OfStandard<'a> {
    standard: &'a Standard,
    /// Steps that may be counted, ascending.
    steps: Vec<i32>,
    /// By period, then step; None: nothing was counted.
    tallies: Vec<Option<StageTally>>,
}

impl<'a> OfStandard<'a> {
    fn new(standard: &'a Standard, periods: usize) -> Self {
        let mut steps: Vec<i32> = standard.steps.keys().copied().collect();
        // Time may be spent on steps that the standard names without describing them.
        steps.extend(standard.pause_step.map(|p| p.step));
        steps.extend(standard.recommendation.map(|r| r.handed_over));
        steps.push(standard.decides.unwrap_or_default());
        steps.sort_unstable();
        steps.dedup();
        // Every step of the standard has its row, also one that nobody did.
        let of_period: Vec<Option<StageTally>> = steps
            .iter()
            .map(|step| standard.steps.contains_key(step).then(StageTally::default))
            .collect();
        Self {
            standard,
            tallies: (0..periods).flat_map(|_| of_period.clone()).collect(),
            steps,
        }
    }

    fn tally(&mut self, period: usize, step: i32) -> Option<&mut StageTally> {
        let at = self.steps.binary_search(&step).ok()?;
        let tally = self.tallies.get_mut(period * self.steps.len() + at)?;
        Some(tally.get_or_insert_default())
    }

    fn add_executions(&mut self, case: &ScoredCase, axis: &Axis) {
        for e in &case.executions {
            // A step the standard does not know is a finding, not a stage.
            if !self.standard.steps.contains_key(&e.step) {
                continue;
            }
            let due = settles(Some(self.standard), e);
            if due != StageDue::Outside
                && let Some(period) = e.deadline.and_then(|d| axis.period_of(d))
                && let Some(tally) = self.tally(period, e.step)
            {
                tally.window.add(due == StageDue::OnTime);
            }
            if let Some(period) = e.completed.and_then(|t| axis.period_of(t.day()))
                && let Some(tally) = self.tally(period, e.step)
            {
                add_completed(tally, e);
            }
        }
        for stage in case.awaited.iter().filter(|s| s.deadline < axis.today) {
            if let Some(period) = axis.period_of(stage.deadline)
                && let Some(tally) = self.tally(period, stage.step)
            {
                tally.window.add(false);
            }
        }
    }

    /// Time with the applicant is nobody's.
    fn spend(&mut self, period: usize, step: i32, place: Where, seconds: i64) {
        let Some(tally) = self.tally(period, step) else {
            return;
        };
        match place {
            Where::Work | Where::Agency => tally.work_seconds += seconds,
            Where::Waiting | Where::Unsplit => tally.wait_seconds += seconds,
            Where::Applicant => {}
        }
    }

    fn add_to(self, tallies: &mut [StagesOf]) {
        let of_periods = self.tallies.chunks(self.steps.len());
        for (of_period, sum) in of_periods.zip(tallies) {
            for (step, tally) in self.steps.iter().zip(of_period) {
                let Some(tally) = tally else { continue };
                let key = (self.standard.service.clone(), *step);
                sum.stages.entry(key).or_default().merge(tally);
            }
        }
    }
}

fn add_completed(tally: &mut StageTally, e: &Execution) {
    tally.executions += 1;
    tally.rework += u64::from(e.number > 1);
    if let MinuteVerdict::Within | MinuteVerdict::Over | MinuteVerdict::Under = e.minute {
        tally.minutes.add(e.minute != MinuteVerdict::Over);
        tally.under.add(e.minute == MinuteVerdict::Under);
    }
    if let Some(seconds) = usable_seconds(e) {
        tally
            .seconds
            .push(u32::try_from(seconds).unwrap_or(u32::MAX));
    }
}
