//! Stages: windows kept, minutes kept, rework, and where the service time went, by step (scoring.md, section 5).

use std::collections::BTreeMap;

use crate::instant::date_of;
use crate::measure::Bottleneck;
use crate::measure::put::{Share, Writer};
use crate::measure::stage_tally::{Spent, Stages};
use crate::measure::stats::quantile;
use crate::measure::timeline::Where;
use crate::period::Period;
use crate::score::{DayVerdict, Execution, ScoredCase};
use crate::standard::{ClockStart, Standard};

/// Counts of one step; parts merge by adding.
#[derive(Debug, Clone, Default)]
pub struct StageTally {
    pub executions: u64,
    pub rework: u64,
    pub window: Share,
    pub minutes: Share,
    pub under: Share,
    /// Service seconds of executions completed in the period, in no order.
    pub seconds: Vec<u32>,
    pub work_seconds: i64,
    pub wait_seconds: i64,
}

impl StageTally {
    pub(super) fn merge(&mut self, other: &Self) {
        self.executions += other.executions;
        self.rework += other.rework;
        for (a, b) in [
            (&mut self.window, other.window),
            (&mut self.minutes, other.minutes),
            (&mut self.under, other.under),
        ] {
            a.hits += b.hits;
            a.of += b.of;
        }
        self.seconds.extend_from_slice(&other.seconds);
        self.work_seconds += other.work_seconds;
        self.wait_seconds += other.wait_seconds;
    }
}

/// Where a stage's window stands: in the rate, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StageDue {
    Outside,
    OnTime,
    Missed,
}

/// Whether the execution settles its stage's window, and how: it is the stage's last. The step that starts the clock is on time
/// by construction and has no rate.
pub fn settles(standard: Option<&Standard>, e: &Execution) -> StageDue {
    let starts = standard.is_some_and(|s| s.start == ClockStart::Step(e.step));
    if starts || !e.is_last {
        return StageDue::Outside;
    }
    match e.day {
        DayVerdict::OnTime => StageDue::OnTime,
        DayVerdict::Late | DayVerdict::Overdue => StageDue::Missed,
        _ => StageDue::Outside,
    }
}

/// [`settles`], where its limit date lies in the period.
pub fn stage_due(case: &ScoredCase, e: &Execution, period: Period) -> StageDue {
    let due = e.deadline.is_some_and(|d| period.contains(date_of(d)));
    match due {
        true => settles(case.standard.as_deref(), e),
        false => StageDue::Outside,
    }
}

/// Whether the execution was completed in the period.
pub fn completed_in(e: &Execution, period: Period) -> bool {
    e.completed.is_some_and(|t| period.contains(t.date()))
}

/// Service seconds that a median may use: none where all of the time lay outside service hours.
pub fn usable_seconds(e: &Execution) -> Option<i64> {
    let passed = e.started < e.completed;
    e.service_seconds.filter(|s| *s > 0 || !passed)
}

/// Sums the services of each step.
pub fn over_services(stages: &Stages) -> BTreeMap<i32, StageTally> {
    let mut sums: BTreeMap<i32, StageTally> = BTreeMap::new();
    for ((_, step), tally) in stages {
        sums.entry(*step).or_default().merge(tally);
    }
    sums
}

/// Writes one step's figures under `group`. Without known holidays service time is a guess, and is not printed.
pub fn write(w: &mut Writer, group: &[(&str, &str)], tally: &mut StageTally, days_known: bool) {
    w.count("stage.executions", group, tally.executions);
    w.count("stage.rework", group, tally.rework);
    w.share("stage.within_window", group, tally.window);
    w.share("stage.within_minutes", group, tally.minutes);
    w.share("stage.under_minutes", group, tally.under);
    let n = tally.seconds.len() as u64;
    for (name, percent) in [("stage.minutes_median", 50), ("stage.minutes_p95", 95)] {
        match days_known || n == 0 {
            true => w.minutes(name, group, n, quantile(&mut tally.seconds, percent)),
            false => w.not_assessable(name, group, n),
        }
    }
}

/// Writes what is said of a step over all services only: the intervals of its shares, and the service time spent on it.
pub fn write_whole(w: &mut Writer, group: &[(&str, &str)], tally: &StageTally, days_known: bool) {
    w.interval("stage.within_window", group, tally.window);
    w.interval("stage.within_minutes", group, tally.minutes);
    w.interval("stage.under_minutes", group, tally.under);
    for (name, seconds) in [
        ("stage.work_hours", tally.work_seconds),
        ("stage.wait_hours", tally.wait_seconds),
    ] {
        match days_known {
            true => w.hours(name, group, tally.executions, Some(seconds)),
            false => w.not_assessable(name, group, tally.executions),
        }
    }
}

/// Writes where the service time of the cases decided in the period went, as shares of all of it.
pub fn write_time(w: &mut Writer, spent: &Spent, days_known: bool) {
    let n = spent.cases;
    let total: i64 = spent.seconds.iter().sum();
    for (place, seconds) in Where::ALL.into_iter().zip(spent.seconds) {
        let group = [("holder", place.code())];
        if !days_known {
            w.not_assessable("time.share", &group, n);
            w.not_assessable("time.hours", &group, n);
            continue;
        }
        w.time_share("time.share", &group, n, seconds, total);
        w.hours("time.hours", &group, n, Some(seconds));
    }
}

/// The step with the most service time worked and waited, over cases decided in the period; time with the applicant is
/// charged to nobody. None where no time was spent.
pub fn bottleneck(stages: &BTreeMap<i32, StageTally>, standard: &Standard) -> Option<Bottleneck> {
    let total: i64 = stages
        .values()
        .map(|t| t.work_seconds + t.wait_seconds)
        .sum();
    let (step, tally) = stages
        .iter()
        .max_by_key(|(step, t)| (t.work_seconds + t.wait_seconds, -**step))?;
    let seconds = tally.work_seconds + tally.wait_seconds;
    let info = standard.steps.get(step)?;
    (seconds > 0).then(|| Bottleneck {
        step: *step,
        title: info.title.clone(),
        actor: info.actor.clone(),
        seconds,
        total_seconds: total,
        waiting_seconds: tally.wait_seconds,
    })
}
