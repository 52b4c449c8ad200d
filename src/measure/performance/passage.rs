//! How each execution went: when the file became free for it, how long it waited, how long it was worked on, and where a limit
//! was passed.
//!
//! In: the scored cases of a [`View`]. Out: the [`Ledger`], one small row per execution, which passages, personnel,
//! comparison and paths all count over. It must not judge anew: verdicts are those of the score.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::clock::DayTable;
use crate::instant::{Day, Instant, day_of};
use crate::measure::performance::agencies::stays;
use crate::measure::performance::names::Names;
use crate::measure::performance::{View, of_month, quantile};
use crate::measure::put::Writer;
use crate::measure::stages::usable_seconds;
use crate::score::{DayVerdict, Execution, MinuteVerdict, ScoredCase};
use crate::standard::{ClockStart, Holder, Standard};

/// Where a late execution's limit passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrival {
    /// The file became free for it after the limit's day.
    OnArrival,
    /// Free by the limit's day, begun after it: the file lay in the role's queue.
    InQueue,
    /// Begun by the limit's day, completed after it.
    InHand,
    /// Free by the limit's day, but no start is recorded: queue and hand cannot be told apart.
    Unsplit,
}

impl Arrival {
    pub const ALL: [Arrival; 4] = [
        Arrival::OnArrival,
        Arrival::InQueue,
        Arrival::InHand,
        Arrival::Unsplit,
    ];

    /// In words, formal Indonesian.
    pub fn label(self) -> &'static str {
        match self {
            Arrival::OnArrival => "Sudah lewat batas saat diterima",
            Arrival::InQueue => "Lewat batas saat menunggu dikerjakan",
            Arrival::InHand => "Lewat batas saat dikerjakan",
            Arrival::Unsplit => "Menunggu atau dikerjakan (waktu mulai tidak tercatat)",
        }
    }
}

/// One execution of a case that has a standard.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Its place among the scored cases, and among the executions of its case.
    pub case: u32,
    pub execution: u32,
    pub step: i32,
    /// Who holds the file during the step; None for a step the standard does not know.
    pub holder: Option<Holder>,
    /// Numbers of [`Names`].
    pub officer: u32,
    pub role: u32,
    pub service: u32,
    /// Which month of the period it was completed in; None where in none.
    pub month: Option<u8>,
    /// Window kept. None where it is not judged by one: no verdict, the step that starts the clock, or late on arrival.
    pub window: Option<bool>,
    /// Minutes not exceeded. None where it is not judged by them.
    pub minutes: Option<bool>,
    /// Faster than the lower bound of its minutes.
    pub under: bool,
    /// Of a late execution.
    pub arrival: Option<Arrival>,
    /// Service seconds from the file being free to the start, less time with the applicant and at the agency. Like `work`
    /// only where start and completion are known and in order.
    pub wait: Option<u32>,
    /// Service seconds from start to completion.
    pub work: Option<u32>,
    /// The same less time with the applicant and at the agency; 0 where it is not known.
    pub held: u32,
    /// `work` may stand in a median of minutes: not all of it lay outside service hours.
    pub usable: bool,
    /// A later office step sent the file back so that this step was done again.
    pub rework: bool,
}

impl Row {
    /// Every limit it is judged by was kept; None where it is judged by none.
    pub fn within(&self) -> Option<bool> {
        match (self.window, self.minutes) {
            (None, None) => None,
            (window, minutes) => Some(window.unwrap_or(true) && minutes.unwrap_or(true)),
        }
    }

    /// An office step completed in the period: what personnel is counted over.
    pub fn is_personnel(&self) -> bool {
        self.month.is_some() && self.holder == Some(Holder::Office)
    }
}

/// Executions of cases decided in the period, and those completed in it.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub names: Names,
    /// By case, then as the case has them: step, execution.
    pub rows: Vec<Row>,
    /// Where each case's rows begin, and past the last case their end.
    first: Vec<usize>,
}

impl Ledger {
    /// Draws up the rows of `view`.
    pub fn new(view: &View) -> Self {
        let names = Names::of(&view.scored.cases);
        let months = Months::of(view);
        let decided = view.decided();
        let rows: Vec<Row> = view
            .scored
            .cases
            .par_iter()
            .enumerate()
            .flat_map_iter(|(at, case)| {
                let wanted = decided(case) || months.any(case);
                let standard = case.standard.as_ref().filter(|_| wanted);
                standard.map_or_else(Vec::new, |s| rows_of(&names, &months, at as u32, case, s))
            })
            .collect();
        let mut first = Vec::with_capacity(view.scored.cases.len() + 1);
        for (at, row) in rows.iter().enumerate() {
            first.resize((row.case as usize + 1).max(first.len()), at);
        }
        first.resize(view.scored.cases.len() + 1, rows.len());
        Self { names, rows, first }
    }

    /// The rows of the case at that place; none where the case is not in the ledger.
    pub fn of_case(&self, case: u32) -> &[Row] {
        let at = case as usize;
        let bounds = self.first.get(at).zip(self.first.get(at + 1));
        bounds
            .and_then(|(from, to)| self.rows.get(*from..*to))
            .unwrap_or(&[])
    }
}

/// First days of the months of a period, and the day after the last.
struct Months(Vec<Day>);

impl Months {
    fn of(view: &View) -> Self {
        let months = view.months();
        let ends = months.last().map(|m| day_of(m.end()));
        Self(
            months
                .iter()
                .map(|m| day_of(m.first()))
                .chain(ends)
                .collect(),
        )
    }

    fn of_completion(&self, e: &Execution) -> Option<u8> {
        let day = e.completed?.day();
        let begun = self.0.partition_point(|first| *first <= day);
        (begun > 0 && begun < self.0.len()).then(|| (begun - 1) as u8)
    }

    fn any(&self, case: &ScoredCase) -> bool {
        let mut executions = case.executions.iter();
        executions.any(|e| self.of_completion(e).is_some())
    }
}

fn rows_of(
    names: &Names,
    months: &Months,
    at: u32,
    case: &ScoredCase,
    standard: &Arc<Standard>,
) -> Vec<Row> {
    let times = Times::of(case, standard);
    let numbers = names.of_standard(standard);
    case.executions
        .iter()
        .enumerate()
        .map(|(execution, e)| {
            let next = case.executions.get(execution + 1);
            Row {
                case: at,
                execution: execution as u32,
                officer: names.officer(e.officer.as_deref()),
                role: numbers.role(e.step),
                service: numbers.service,
                month: months.of_completion(e),
                rework: next.is_some_and(|next| was_sent_back(standard, e, next)),
                ..row(standard, &times, e)
            }
        })
        .collect()
}

/// What the execution alone tells; numbers of names and its place are settled by the caller.
fn row(standard: &Standard, times: &Times, e: &Execution) -> Row {
    let holder = standard.steps.get(&e.step).map(|s| s.holder);
    let begin = e.started.or(e.completed);
    let release = begin.map(|t| times.release(e, t));
    let arrival = release.and_then(|free| arrival(standard, e, free));
    let hours = standard.hours(e.step);
    let seconds = |s: i64| u32::try_from(s).unwrap_or(u32::MAX);
    let span = e.started.zip(e.completed).filter(|(a, b)| a <= b);
    let wait = span.zip(release).map(|((start, _), free)| {
        seconds(hours.service_seconds(free, start) - times.away.seconds(hours, holder, free, start))
    });
    let held = span.zip(e.service_seconds).map_or(0, |((a, b), all)| {
        seconds(all - times.away.seconds(hours, holder, a, b))
    });
    let minutes = match e.minute {
        MinuteVerdict::Within | MinuteVerdict::Under => Some(true),
        MinuteVerdict::Over => Some(false),
        _ => None,
    };
    Row {
        case: 0,
        execution: 0,
        step: e.step,
        holder,
        officer: 0,
        role: 0,
        service: 0,
        month: None,
        window: window(standard, e, arrival),
        minutes,
        under: e.minute == MinuteVerdict::Under,
        arrival,
        wait,
        work: span.and(e.service_seconds).map(seconds),
        held,
        usable: usable_seconds(e).is_some(),
        rework: false,
    }
}

/// What a case's executions share: when the file became free, and when it was away.
struct Times {
    /// Completions with their step and execution, ascending.
    done: Vec<(Instant, i32, u32)>,
    /// Ends of time with the applicant, ascending.
    back: Vec<Instant>,
    received: Option<Instant>,
    away: Away,
}

impl Times {
    fn of(case: &ScoredCase, standard: &Standard) -> Self {
        let executions = case.executions.iter();
        let mut done: Vec<_> = executions
            .filter_map(|e| Some((e.completed?, e.step, e.number)))
            .collect();
        done.sort_unstable();
        let ended = case.with_applicant.iter().filter(|p| !p.open);
        Self {
            done,
            back: ended.map(|p| p.to).collect(),
            received: case.received,
            away: Away::of(case, standard),
        }
    }

    /// When the file became free for an execution begun at `begin`: the latest completion of another execution (of its own
    /// step an earlier one) or end of time with the applicant until then; failing that the receipt; failing that `begin`.
    fn release(&self, e: &Execution, begin: Instant) -> Instant {
        let done = self
            .done
            .iter()
            .rev()
            .find(|(t, step, number)| *t <= begin && (*step != e.step || *number < e.number));
        let back = self.back.iter().rev().find(|t| **t <= begin).copied();
        done.map(|(t, _, _)| *t)
            .max(back)
            .or(self.received.filter(|t| *t <= begin))
            .unwrap_or(begin)
    }
}

/// The step that starts the clock is on time by construction, and is not judged by a window.
fn starts_clock(standard: &Standard, e: &Execution) -> bool {
    standard.start == ClockStart::Step(e.step)
}

fn arrival(standard: &Standard, e: &Execution, free: Instant) -> Option<Arrival> {
    let late = e.day == DayVerdict::Late && !starts_clock(standard, e);
    let deadline = e.deadline.filter(|_| late)?;
    Some(match e.started {
        _ if free.day() > deadline => Arrival::OnArrival,
        None => Arrival::Unsplit,
        Some(start) if start.day() > deadline => Arrival::InQueue,
        Some(_) => Arrival::InHand,
    })
}

/// Every completed execution has its own verdict here, also one done again later: each was somebody's work.
fn window(standard: &Standard, e: &Execution, arrival: Option<Arrival>) -> Option<bool> {
    if starts_clock(standard, e) || arrival == Some(Arrival::OnArrival) {
        return None;
    }
    match e.day {
        DayVerdict::OnTime => Some(true),
        DayVerdict::Late => Some(false),
        _ => None,
    }
}

/// Whether `next` does the step of `e` again because a later step of the office sent the file back. Where the sender is an
/// earlier step the file only came forward again, and coming back from applicant or agency is nobody's rework.
fn was_sent_back(standard: &Standard, e: &Execution, next: &Execution) -> bool {
    let sender = next.sent_back_by.as_ref().filter(|_| next.step == e.step);
    let Some((sender, _)) = sender else {
        return false;
    };
    let office = standard
        .steps
        .get(sender)
        .is_some_and(|s| s.holder == Holder::Office);
    *sender > e.step && office
}

/// The stretches in which nobody of the office had the file, ascending and disjoint.
struct Away {
    applicant: Vec<(Instant, Instant)>,
    both: Vec<(Instant, Instant)>,
}

impl Away {
    fn of(case: &ScoredCase, standard: &Standard) -> Self {
        let applicant: Vec<_> = case.with_applicant.iter().map(|p| (p.from, p.to)).collect();
        let mut both = applicant.clone();
        both.extend(stays(case, standard).map(|s| (s.from, s.to)));
        both.sort_unstable();
        let mut joined: Vec<(Instant, Instant)> = Vec::with_capacity(both.len());
        for (from, to) in both {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        Self {
            applicant,
            both: joined,
        }
    }

    /// Service seconds of `a` to `b` that are charged to nobody. An agency's own step is charged with the agency's time,
    /// or nothing would be left of it.
    fn seconds(&self, hours: &DayTable, holder: Option<Holder>, a: Instant, b: Instant) -> i64 {
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

/// Writes the medians of passage and waiting, by step, for the period and its months.
pub fn write(w: &mut Writer, view: &View, ledger: &Ledger) {
    let months = view.months();
    let mut by_step: BTreeMap<i32, Vec<Spent>> = ledger
        .names
        .steps()
        .map(|step| (step, vec![Spent::default(); months.len()]))
        .collect();
    for row in &ledger.rows {
        let spent = row
            .month
            .zip(by_step.get_mut(&row.step))
            .and_then(|(m, of_months)| of_months.get_mut(usize::from(m)));
        if let (Some(spent), Some(wait), Some(work)) = (spent, row.wait, row.work) {
            spent.wait.push(wait);
            spent.passage.push(wait.saturating_add(work));
        }
    }
    for (step, of_months) in by_step {
        let step = step.to_string();
        let mut all = Spent::default();
        for (month, mut spent) in months.iter().zip(of_months) {
            all.wait.extend(&spent.wait);
            all.passage.extend(&spent.passage);
            spent.write(&mut of_month(w, *month), &step, view.days_known);
        }
        all.write(w, &step, view.days_known);
    }
}

/// Service seconds of the executions of a step.
#[derive(Debug, Clone, Default)]
struct Spent {
    passage: Vec<u32>,
    wait: Vec<u32>,
}

impl Spent {
    fn write(&mut self, w: &mut Writer, step: &str, days_known: bool) {
        for (indicator, values) in [
            ("stage.passage_median", &mut self.passage),
            ("stage.wait_median", &mut self.wait),
        ] {
            let (group, n) = ([("step", step)], values.len() as u64);
            match days_known || n == 0 {
                true => w.minutes(indicator, &group, n, quantile(values, 50)),
                false => w.not_assessable(indicator, &group, n),
            }
        }
    }
}
