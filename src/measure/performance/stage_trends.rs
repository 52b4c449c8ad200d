//! Each stage by month: the figures of the months, and the XmR chart of the time a file takes through it.
//!
//! In: the stages of the months and the passages. Out: `stage.*` figures of the months, one [`StageTrend`] per step.

use std::collections::BTreeMap;

use crate::measure::put::Writer;
use crate::measure::stages::StageTally;
use crate::measure::xmr;
use crate::measure::{FigureTable, TrendLimits, stages};
use crate::period::Period;
use crate::standard::Standard;

/// One month of a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StagePoint {
    pub period: Period,
    /// Executions the value is the median of.
    pub n: u64,
    /// Service hours; None for a gap: fewer than the least n.
    pub hours: Option<f64>,
    /// As the figure is printed.
    pub printed: String,
    /// In words, formal Indonesian, where the point is a signal.
    pub signal: Option<String>,
}

/// The months of one stage, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct StageTrend {
    pub step: i32,
    pub title: String,
    pub points: Vec<StagePoint>,
    /// In service hours; the lower one is cut at 0.
    pub limits: Option<TrendLimits>,
}

/// Writes the stage figures of each month of the period, over all services.
pub fn write_months(
    w: &mut Writer,
    months: &mut [(Period, BTreeMap<i32, StageTally>)],
    days_known: bool,
) {
    for (month, by_step) in months {
        let mut w = super::of_month(w, *month);
        for (step, tally) in by_step {
            let step = step.to_string();
            let group = [("step", step.as_str())];
            stages::write(&mut w, &group, tally, days_known);
            stages::write_whole(&mut w, &group, tally, days_known);
        }
    }
}

/// The chart of each step of `standard` that has a month with enough executions. `figures` holds `stage.passage_median` of
/// the months.
pub fn trends(
    figures: &FigureTable,
    standard: &Standard,
    months: &[Period],
    least_n: u64,
) -> Vec<StageTrend> {
    let of = |(step, info): (&i32, &crate::standard::Step)| {
        let trend = trend(figures, (*step, &info.title), months, least_n);
        trend
            .points
            .iter()
            .any(|p| p.hours.is_some())
            .then_some(trend)
    };
    standard.steps.iter().filter_map(of).collect()
}

/// The signals of the chart, less runs that only a lone month beyond a limit makes: it draws the mean to its side, and the
/// others seem to run on the other. Where neighbouring months lie beyond a limit the stage has shifted, and runs stay.
fn signals(values: &[Option<f64>], limits: xmr::Limits) -> Vec<Option<xmr::Signal>> {
    let is_run = |s: &xmr::Signal| matches!(s, xmr::Signal::RunAbove | xmr::Signal::RunBelow);
    let found = xmr::signals(values, limits);
    let beyond = |at: usize| {
        let signal = found.get(at).copied().flatten();
        signal.is_some_and(|s| !is_run(&s))
    };
    let lone = |at: usize| {
        let before = at.checked_sub(1).is_some_and(beyond);
        beyond(at) && !before && !beyond(at + 1)
    };
    let others = values.iter().enumerate().filter(|(at, _)| !lone(*at));
    let others: Vec<f64> = others.filter_map(|(_, v)| *v).collect();
    let mean = others.iter().sum::<f64>() / others.len().max(1) as f64;
    let without = xmr::signals(values, xmr::Limits { mean, ..limits });
    let kept = |(signal, without): (Option<xmr::Signal>, Option<xmr::Signal>)| {
        signal.filter(|s| !is_run(s) || without == Some(*s))
    };
    found.iter().copied().zip(without).map(kept).collect()
}

fn trend(
    figures: &FigureTable,
    (step, title): (i32, &str),
    months: &[Period],
    least_n: u64,
) -> StageTrend {
    let number = step.to_string();
    let figure =
        |m: &Period| figures.get("stage.passage_median", &m.to_string(), &[("step", &number)]);
    let values: Vec<Option<f64>> = months
        .iter()
        .map(|m| {
            figure(m)
                .filter(|f| f.n >= least_n.max(1))
                .and_then(|f| f.value)
        })
        // Figures keep minutes.
        .map(|minutes| minutes.map(|m| m / 60.0))
        .collect();
    let limits = xmr::limits(&values);
    let signals = match limits {
        Some(limits) => signals(&values, limits),
        None => vec![None; values.len()],
    };
    let point = |((month, hours), signal): ((&Period, &Option<f64>), Option<xmr::Signal>)| {
        let figure = figure(month);
        StagePoint {
            period: *month,
            n: figure.map_or(0, |f| f.n),
            hours: *hours,
            printed: figure.map_or_else(|| crate::format::NONE.to_owned(), |f| f.printed.clone()),
            signal: signal.map(|s| s.label().to_owned()),
        }
    };
    StageTrend {
        step,
        title: title.to_owned(),
        points: months.iter().zip(&values).zip(signals).map(point).collect(),
        limits: limits.map(|l| TrendLimits {
            mean: l.mean,
            lower: l.lower.max(0.0),
            upper: l.upper,
        }),
    }
}
