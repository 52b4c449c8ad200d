//! How each execution went: when the file became free for it, how long it waited, how long it was worked on, and where a limit
//! was passed.
//!
//! In: the scored cases of a [`View`]. Out: the [`Ledger`], one small row per execution, which passages, personnel,
//! comparison and paths all count over. It must not judge anew: verdicts are those of the score.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::instant::{Day, Instant, day_of};
use crate::measure::performance::names::Names;
use crate::measure::performance::times::Times;
use crate::measure::performance::{View, of_month};
use crate::measure::put::Writer;
use crate::measure::stages::usable_seconds;
use crate::measure::stats::quantile;
use crate::score::{DayVerdict, Execution, MinuteVerdict, ScoredCase};
use crate::standard::{ClockStart, Holder, Standard};

/// Where a late execution's limit passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrival {
    /// The file became free for it after the limit: its day, or its second where the limit is in hours.
    OnArrival,
    /// Free by the limit, begun after it: the file lay in the role's queue.
    InQueue,
    /// Begun by the limit, completed after it.
    InHand,
    /// Free by the limit, but no start is recorded: queue and hand cannot be told apart.
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
    /// Month of the limit's day of an execution begun in time, not completed and overdue: it is in hand, and missed.
    pub overdue: Option<u8>,
    /// Window kept by the officer. None where they are not judged by one: no verdict, the step that starts the clock, late on
    /// arrival, or late while the file lay in the role's queue.
    pub window: Option<bool>,
    /// Window kept by the role: the queue is the role's.
    pub role_window: Option<bool>,
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
    /// Every limit the officer is judged by was kept; None where they are judged by none.
    pub fn within(&self) -> Option<bool> {
        both(self.window, self.minutes)
    }

    /// The same of the role.
    pub fn role_within(&self) -> Option<bool> {
        both(self.role_window, self.minutes)
    }

    /// An office step completed in the period, or overdue in somebody's hands: what personnel is counted over.
    pub fn is_personnel(&self) -> bool {
        self.counted_month().is_some() && self.holder == Some(Holder::Office)
    }

    /// The month it is counted in: that of its completion, of an overdue one that of its limit.
    pub fn counted_month(&self) -> Option<u8> {
        self.month.or(self.overdue)
    }
}

fn both(window: Option<bool>, minutes: Option<bool>) -> Option<bool> {
    match (window, minutes) {
        (None, None) => None,
        (window, minutes) => Some(window.unwrap_or(true) && minutes.unwrap_or(true)),
    }
}

/// Executions of cases decided in the period, and those completed in it.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub names: Names,
    /// Of so many cases each, in their order.
    parts: Vec<Part>,
}

/// Cases of one part.
const PART: usize = 4_096;

/// The rows of some cases.
#[derive(Debug, Clone, Default)]
struct Part {
    /// By case, then as the case has them: step, execution.
    rows: Vec<Row>,
    /// Where each case's rows end.
    ends: Vec<u32>,
}

impl Ledger {
    /// Draws up the rows of `view`.
    pub fn new(view: &View) -> Self {
        let names = Names::of(&view.scored.cases);
        let months = Months::of(view);
        let decided = view.decided();
        let parts = view.scored.cases.par_chunks(PART).enumerate();
        let parts = parts
            .map(|(part, cases)| {
                let mut times = Times::default();
                let mut of_part = Part {
                    rows: Vec::with_capacity(cases.iter().map(|c| c.executions.len()).sum()),
                    ends: Vec::with_capacity(cases.len()),
                };
                for (at, case) in cases.iter().enumerate() {
                    let wanted = decided(case) || months.any(case);
                    if let Some(standard) = case.standard.as_ref().filter(|_| wanted) {
                        times.fill(case, standard);
                        let place = (part * PART + at) as u32;
                        let rows = rows_of(&names, &months, &times, (place, case), standard);
                        of_part.rows.extend(rows);
                    }
                    of_part.ends.push(of_part.rows.len() as u32);
                }
                of_part
            })
            .collect();
        Self { names, parts }
    }

    /// All rows, by case, then as the case has them: step, execution.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.parts.iter().flat_map(|part| &part.rows)
    }

    /// The rows in parts, for whoever counts in parallel.
    pub fn parts(&self) -> impl IndexedParallelIterator<Item = &[Row]> {
        self.parts.par_iter().map(|part| part.rows.as_slice())
    }

    /// The rows of the case at that place; none where the case is not in the ledger.
    pub fn of_case(&self, case: u32) -> &[Row] {
        let (part, at) = (case as usize / PART, case as usize % PART);
        let Some(part) = self.parts.get(part) else {
            return &[];
        };
        let end = |at: usize| part.ends.get(at).map_or(0, |end| *end as usize);
        let from = at.checked_sub(1).map_or(0, end);
        part.rows.get(from..end(at)).unwrap_or(&[])
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
        self.of_day(e.completed?.day())
    }

    /// Of the limit's day of an execution that is begun, not completed and overdue.
    fn of_overdue(&self, e: &Execution) -> Option<u8> {
        let open = e.completed.is_none() && e.started.is_some() && e.day == DayVerdict::Overdue;
        self.of_day(e.deadline.filter(|_| open)?)
    }

    fn of_day(&self, day: Day) -> Option<u8> {
        let begun = self.0.partition_point(|first| *first <= day);
        (begun > 0 && begun < self.0.len()).then(|| (begun - 1) as u8)
    }

    fn any(&self, case: &ScoredCase) -> bool {
        let mut executions = case.executions.iter();
        executions.any(|e| self.of_completion(e).or(self.of_overdue(e)).is_some())
    }
}

fn rows_of<'a>(
    names: &'a Names,
    months: &'a Months,
    times: &'a Times,
    (at, case): (u32, &'a ScoredCase),
    standard: &'a Arc<Standard>,
) -> impl Iterator<Item = Row> + 'a {
    let numbers = names.of_standard(standard);
    case.executions
        .iter()
        .enumerate()
        .map(move |(execution, e)| {
            let next = case.executions.get(execution + 1);
            Row {
                case: at,
                execution: execution as u32,
                officer: names.officer(e.officer),
                role: numbers.role(e.step),
                service: numbers.service,
                month: months.of_completion(e),
                rework: next.is_some_and(|next| was_sent_back(standard, e, next)),
                overdue: months.of_overdue(e),
                ..row(standard, times, e)
            }
        })
}

/// What the execution alone tells; numbers of names and its place are settled by the caller.
fn row(standard: &Standard, times: &Times, e: &Execution) -> Row {
    let holder = standard.steps.get(&e.step).map(|s| s.holder);
    let release = e.begin().map(|t| times.release(e, t));
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
        overdue: None,
        window: window(standard, e, arrival),
        role_window: role_window(standard, e, arrival),
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

/// The step that starts the clock is on time by construction, and is not judged by a window.
fn starts_clock(standard: &Standard, e: &Execution) -> bool {
    standard.start == ClockStart::Step(e.step)
}

fn arrival(standard: &Standard, e: &Execution, free: Instant) -> Option<Arrival> {
    let missed = matches!(e.day, DayVerdict::Late | DayVerdict::Overdue);
    if !missed || starts_clock(standard, e) {
        return None;
    }
    Some(match e.started {
        _ if e.is_past(free) => Arrival::OnArrival,
        None => Arrival::Unsplit,
        Some(start) if e.is_past(start) => Arrival::InQueue,
        Some(_) => Arrival::InHand,
    })
}

/// Every execution has its own verdict here, also one done again later: each was somebody's work. One begun and not completed
/// is missed once it is overdue; a rate over finished work alone would reward keeping files.
fn role_window(standard: &Standard, e: &Execution, arrival: Option<Arrival>) -> Option<bool> {
    if starts_clock(standard, e) || arrival == Some(Arrival::OnArrival) {
        return None;
    }
    match e.day {
        DayVerdict::OnTime => Some(true),
        DayVerdict::Late => Some(false),
        DayVerdict::Overdue if e.started.is_some() => Some(false),
        _ => None,
    }
}

/// The officer answers for what happened in their hands, not for the queue before it.
fn window(standard: &Standard, e: &Execution, arrival: Option<Arrival>) -> Option<bool> {
    match arrival {
        None | Some(Arrival::InHand) => role_window(standard, e, arrival),
        Some(Arrival::OnArrival | Arrival::InQueue | Arrival::Unsplit) => None,
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

/// Writes the medians of passage and waiting, by step, for the period and its months.
pub fn write(w: &mut Writer, view: &View, ledger: &Ledger) {
    let months = view.months();
    let parts: Vec<Passages> = ledger
        .parts()
        .map(|rows| Passages::of(rows, months.len()))
        .collect();
    let mut by_step: BTreeMap<i32, Vec<Spent>> = ledger
        .names
        .steps()
        .map(|step| (step, vec![Spent::default(); months.len()]))
        .collect();
    for part in parts {
        for (step, spent) in part.0 {
            let Some(of_months) = by_step.get_mut(&step) else {
                continue;
            };
            for (sum, part) in of_months.iter_mut().zip(spent) {
                sum.passage.extend(part.passage);
                sum.wait.extend(part.wait);
            }
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

/// What the rows of some cases spent, by step and month.
struct Passages(BTreeMap<i32, Vec<Spent>>);

impl Passages {
    fn of(rows: &[Row], months: usize) -> Self {
        let mut by_step: BTreeMap<i32, Vec<Spent>> = BTreeMap::new();
        for row in rows {
            let (Some(month), Some(wait), Some(work)) = (row.month, row.wait, row.work) else {
                continue;
            };
            let of_months = by_step
                .entry(row.step)
                .or_insert_with(|| vec![Spent::default(); months]);
            if let Some(spent) = of_months.get_mut(usize::from(month)) {
                spent.wait.push(wait);
                spent.passage.push(wait.saturating_add(work));
            }
        }
        Self(by_step)
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
