//! Stages: windows kept, minutes kept, rework, and where the service time went, by step (scoring.md, section 5).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::instant::{Day, Instant, date_of};
use crate::measure::Bottleneck;
use crate::measure::put::{Share, Writer};
use crate::measure::stats::Histogram;
use crate::measure::timeline::{Where, divide};
use crate::period::Period;
use crate::score::{CaseVerdict, DayVerdict, Execution, MinuteVerdict, ScoredCase};
use crate::snapshot::Outcome;
use crate::standard::{ClockStart, Standard};

/// Counts of one step.
#[derive(Debug, Clone, Default)]
pub struct StageTally {
    pub executions: u64,
    pub rework: u64,
    pub window: Share,
    pub minutes: Share,
    pub under: Share,
    /// Service seconds of executions completed in the period.
    pub seconds: Histogram,
    pub work_seconds: i64,
    pub wait_seconds: i64,
}

impl StageTally {
    fn merge(&mut self, other: &Self) {
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
        self.seconds.merge(&other.seconds);
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

/// Whether the execution settles its stage's window in the period: it is the stage's last, and its limit date lies there.
/// The step that starts the clock is on time by construction and has no rate.
pub fn stage_due(case: &ScoredCase, e: &Execution, period: Period) -> StageDue {
    let starts = case
        .standard
        .as_ref()
        .is_some_and(|s| s.start == ClockStart::Step(e.step));
    if starts || !e.is_last || !in_period(e.deadline, period) {
        return StageDue::Outside;
    }
    match e.day {
        DayVerdict::OnTime => StageDue::OnTime,
        DayVerdict::Late | DayVerdict::Overdue => StageDue::Missed,
        _ => StageDue::Outside,
    }
}

fn in_period(deadline: Option<Day>, period: Period) -> bool {
    deadline.is_some_and(|d| period.contains(date_of(d)))
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

/// Tallies all stages by (service, step); merging over services is adding.
pub fn tally(
    cases: &[ScoredCase],
    period: Period,
    as_of: Instant,
) -> BTreeMap<(String, i32), StageTally> {
    /// Cases of one part; parts merge in any order, since all that is kept are sums.
    const PART: usize = 4_096;
    let by_service = cases
        .par_chunks(PART)
        .map(|part| tally_part(part, period, as_of))
        .reduce(Services::new, |mut a, b| {
            for (service, stages) in b {
                let sums = a.entry(service).or_default();
                for (step, tally) in &stages {
                    sums.entry(*step).or_default().merge(tally);
                }
            }
            a
        });
    let with_service = |(service, stages): (&str, Stages)| {
        let service = service.to_owned();
        stages
            .into_iter()
            .map(move |(step, tally)| ((service.clone(), step), tally))
    };
    by_service.into_iter().flat_map(with_service).collect()
}

type Stages = BTreeMap<i32, StageTally>;
type Services<'a> = BTreeMap<&'a str, Stages>;

fn tally_part(cases: &[ScoredCase], period: Period, as_of: Instant) -> Services<'_> {
    let mut services = Services::new();
    for case in cases {
        let Some(standard) = &case.standard else {
            continue;
        };
        // Every step has its row, also one that nobody did.
        let stages = services.entry(&standard.service).or_insert_with(|| {
            let steps = standard.steps.keys();
            steps.map(|step| (*step, StageTally::default())).collect()
        });
        add_case(stages, case, standard, period, as_of);
    }
    services
}

fn add_case(
    stages: &mut Stages,
    case: &ScoredCase,
    standard: &Standard,
    period: Period,
    as_of: Instant,
) {
    // A step the standard does not know is a finding, not a stage.
    let known = |e: &&Execution| standard.steps.contains_key(&e.step);
    for e in case.executions.iter().filter(known) {
        add_execution(stages.entry(e.step).or_default(), case, e, period);
    }
    let overdue = |d: Day| in_period(Some(d), period) && d < as_of.day();
    for stage in case.awaited.iter().filter(|s| overdue(s.deadline)) {
        stages.entry(stage.step).or_default().window.add(false);
    }
    for (step, place, seconds) in time_of(case, standard, period) {
        let tally = stages.entry(step).or_default();
        match place {
            Where::Work | Where::Agency => tally.work_seconds += seconds,
            Where::Waiting | Where::Unsplit => tally.wait_seconds += seconds,
            Where::Applicant => {}
        }
    }
}

fn add_execution(tally: &mut StageTally, case: &ScoredCase, e: &Execution, period: Period) {
    match stage_due(case, e, period) {
        StageDue::OnTime => tally.window.add(true),
        StageDue::Missed => tally.window.add(false),
        StageDue::Outside => {}
    }
    if !completed_in(e, period) {
        return;
    }
    tally.executions += 1;
    tally.rework += u64::from(e.number > 1);
    if let MinuteVerdict::Within | MinuteVerdict::Over | MinuteVerdict::Under = e.minute {
        tally.minutes.add(e.minute != MinuteVerdict::Over);
        tally.under.add(e.minute == MinuteVerdict::Under);
    }
    if let Some(seconds) = usable_seconds(e) {
        tally.seconds.add(seconds);
    }
}

/// Service seconds by step and place of a case decided in the period, from registration to decision.
fn time_of(case: &ScoredCase, standard: &Standard, period: Period) -> Vec<(i32, Where, i64)> {
    if !decided_in(case, period) {
        return Vec::new();
    }
    let (Some(from), Some(to)) = (case.registration_start, case.decided) else {
        return Vec::new();
    };
    let last = standard.decides.unwrap_or_default();
    divide(case, standard, from, to)
        .into_iter()
        .map(|s| (s.step.unwrap_or(last), s.place, s.service_seconds))
        .collect()
}

fn decided_in(case: &ScoredCase, period: Period) -> bool {
    case.outcome != Outcome::Withdrawn
        && case.verdict != CaseVerdict::NotAssessable
        && case.decided.is_some_and(|t| period.contains(t.date()))
}

/// Sums the services of each step.
pub fn over_services(stages: &BTreeMap<(String, i32), StageTally>) -> BTreeMap<i32, StageTally> {
    let mut sums: BTreeMap<i32, StageTally> = BTreeMap::new();
    for ((_, step), tally) in stages {
        sums.entry(*step).or_default().merge(tally);
    }
    sums
}

/// Writes one step's figures under `group`. Without known holidays service time is a guess, and is not printed.
pub fn write(w: &mut Writer, group: &[(&str, &str)], tally: &StageTally, days_known: bool) {
    w.count("stage.executions", group, tally.executions);
    w.count("stage.rework", group, tally.rework);
    w.share("stage.within_window", group, tally.window);
    w.share("stage.within_minutes", group, tally.minutes);
    w.share("stage.under_minutes", group, tally.under);
    let n = tally.seconds.n();
    for (name, percent) in [("stage.minutes_median", 50), ("stage.minutes_p95", 95)] {
        match days_known || n == 0 {
            true => w.minutes(name, group, n, tally.seconds.quantile(percent)),
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
pub fn write_time(w: &mut Writer, cases: &[ScoredCase], period: Period, days_known: bool) {
    let mut sums: BTreeMap<Where, i64> = BTreeMap::new();
    let mut n = 0;
    for case in cases {
        let Some(standard) = &case.standard else {
            continue;
        };
        let times = time_of(case, standard, period);
        n += u64::from(!times.is_empty());
        for (_, place, seconds) in times {
            *sums.entry(place).or_default() += seconds;
        }
    }
    let total: i64 = sums.values().sum();
    for place in Where::ALL {
        let group = [("holder", place.code())];
        let seconds = sums.get(&place).copied().unwrap_or(0);
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
