//! Follow-up: what this report proposes to look into, and what became of the findings followed up last time.
//!
//! In: the figures, the rows the office gave back, and the figures published when they were made. Out: typed rows; the words
//! are the report's. A change is called more than chance only where both figures are shares with enough behind them.

use std::collections::BTreeSet;

use crate::measure::performance::{LostDays, Measure, Position, Rows, StageTrend};
use crate::measure::put::Writer;
use crate::measure::stats::newcombe;
use crate::measure::{Figure, FigureTable, Group};
use crate::period::Period;
use crate::snapshot::FollowupRow;
use crate::snapshot::beside::{Followed, Published};

/// How a figure moved since it was followed up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Movement {
    /// A share: percentage points, and their 95 % interval (Newcombe).
    Share { points: f64, low: f64, high: f64 },
    /// Another figure: the difference, of which chance cannot be told.
    Value { difference: f64 },
    /// One of the two is not known or withheld.
    Unknown,
}

/// A finding followed up last time, with its result.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowedUp {
    pub row: FollowupRow,
    pub then: Option<Published>,
    pub now: Option<Figure>,
    pub movement: Movement,
}

/// Why a figure is proposed for follow-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Cases due were missed.
    PromiseMissed,
    /// The share fell against the period before by more than chance.
    PromiseFell,
    /// Many of the lost days were used here.
    LostDays { step: i32 },
    /// The time through the stage gave a signal in a month of the period.
    StageSignal {
        step: i32,
        month: Period,
        signal: String,
    },
    /// The agency with the longest median.
    AgencySlowest { agency: String },
    /// Cases that did not go as the standard says.
    Deviation { check: String },
    /// Cases returned to the applicant more than once.
    RepeatedReturns,
    /// More limits missed than the work explains, beyond the 99.8 % limit.
    OfficerBeyond { officer: String },
}

/// A figure proposed for follow-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub indicator: String,
    pub group: Group,
    pub reason: Reason,
}

/// Steps with less of the lost days than this are not proposed, in percent.
const LEAST_LOST_SHARE: f64 = 10.0;

/// The rows the office gave back, each with what was published then and what is counted now.
pub fn followed_up(
    rows: &[Followed],
    figures: &FigureTable,
    period: Period,
    least_n: u64,
) -> Vec<FollowedUp> {
    let of = |Followed { row, then }: &Followed| {
        let group = pairs(&row.group);
        let pairs: Vec<(&str, &str)> = group
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        let now = figures
            .get(&row.indicator, &period.to_string(), &pairs)
            .cloned();
        FollowedUp {
            movement: movement(then.as_ref(), now.as_ref(), least_n),
            row: row.clone(),
            then: then.clone(),
            now,
        }
    };
    rows.iter().map(of).collect()
}

/// Writes how many findings are proposed, and how many of those followed up before are done or still open.
pub fn write(w: &mut Writer, proposals: &[Proposal], followed_up: &[FollowedUp]) {
    let done = followed_up
        .iter()
        .filter(|f| f.row.done_on.is_some())
        .count();
    for (state, count) in [
        ("proposed", proposals.len()),
        ("done", done),
        ("open", followed_up.len() - done),
    ] {
        w.count("follow_up.count", &[("state", state)], count as u64);
    }
}

/// `k=v;k=v` as a group.
pub fn pairs(text: &str) -> Group {
    let pair = |part: &str| {
        let (k, v) = part.split_once('=')?;
        Some((k.trim().to_owned(), v.trim().to_owned()))
    };
    text.split(';').filter_map(pair).collect()
}

fn movement(then: Option<&Published>, now: Option<&Figure>, least_n: u64) -> Movement {
    let (Some(then), Some(now)) = (then, now) else {
        return Movement::Unknown;
    };
    let (Some(a), Some(b)) = (now.value, then.value) else {
        return Movement::Unknown;
    };
    let whole = |part: Option<i64>, of: Option<i64>| {
        let (part, of) = (u64::try_from(part?).ok()?, u64::try_from(of?).ok()?);
        (of >= least_n.max(1) && part <= of).then_some((part, of))
    };
    // Shares of time have seconds behind them, not trials: chance cannot be told from them.
    let trials = now.denominator == i64::try_from(now.n).ok();
    let shares = whole(now.numerator, now.denominator).zip(whole(then.numerator, then.denominator));
    let bounds = shares
        .filter(|_| trials)
        .and_then(|((x, n), (y, m))| newcombe(x, n, y, m));
    match bounds {
        Some((low, high)) => Movement::Share {
            points: a - b,
            low,
            high,
        },
        None => Movement::Value { difference: a - b },
    }
}

/// What the figures give reason to look into, in the order of the report. `units` are those of the staff register: an agency that
/// is none of them is a person, and nobody is called the slowest.
pub fn proposals(
    figures: &FigureTable,
    period: Period,
    rows: &Rows,
    trends: &[StageTrend],
    units: &BTreeSet<&str>,
    least_n: u64,
) -> Vec<Proposal> {
    let at = period.to_string();
    let value = |indicator: &str, group: &[(&str, &str)]| {
        figures.get(indicator, &at, group).and_then(|f| f.value)
    };
    let mut all = Vec::new();
    if value("on_time.due", &[]).is_some_and(|share| share < 100.0) {
        let fell = value("on_time.due.change.high", &[("versus", "previous")]);
        let reason = match fell.is_some_and(|high| high < 0.0) {
            true => Reason::PromiseFell,
            false => Reason::PromiseMissed,
        };
        all.push(proposal("on_time.due", &[], reason));
    }
    let late = figures.get("lost_days.total", &at, &[]).map_or(0, |f| f.n);
    if late >= least_n.max(1) {
        all.extend(rows.lost_days.iter().filter_map(|l| lost(figures, &at, l)));
    }
    all.extend(trends.iter().filter_map(|t| signal(t, period)));
    all.extend(slowest(figures, &at, units));
    for check in ["mandatory_step_missing", "out_of_order", "duties_joined"] {
        let group = [("check", check)];
        let cases = figures.get("conformance.share", &at, &group);
        if cases.is_some_and(|f| f.value.is_some() && f.numerator > Some(0)) {
            let check = check.to_owned();
            all.push(proposal(
                "conformance.share",
                &group,
                Reason::Deviation { check },
            ));
        }
    }
    let decided = [("state", "decided")];
    if value("returns.repeated", &decided).is_some_and(|n| n > 0.0) {
        all.push(proposal(
            "returns.repeated",
            &decided,
            Reason::RepeatedReturns,
        ));
    }
    for point in &rows.comparison.funnel {
        // Days and minutes are parts of the standard as a whole; naming somebody once is enough.
        if point.position == Position::Above998 && point.measure == Measure::Standard {
            let group = [
                ("officer", point.officer.as_str()),
                ("measure", point.measure.code()),
            ];
            let officer = point.officer.clone();
            all.push(proposal(
                "personnel.ratio",
                &group,
                Reason::OfficerBeyond { officer },
            ));
        }
    }
    all
}

fn proposal(indicator: &str, group: &[(&str, &str)], reason: Reason) -> Proposal {
    Proposal {
        indicator: indicator.to_owned(),
        group: crate::measure::put::group(group),
        reason,
    }
}

fn lost(figures: &FigureTable, at: &str, lost: &LostDays) -> Option<Proposal> {
    let step = lost.step?;
    let number = step.to_string();
    let group = [("step", number.as_str())];
    let share = figures.get("lost_days.share", at, &group)?.value?;
    (share >= LEAST_LOST_SHARE)
        .then(|| proposal("lost_days.share", &group, Reason::LostDays { step }))
}

/// The first signal of more time in a month of the period.
fn signal(trend: &StageTrend, period: Period) -> Option<Proposal> {
    let mean = trend.limits?.mean;
    let point = trend.points.iter().find(|p| {
        p.signal.is_some() && period.contains(p.period.first()) && p.hours.is_some_and(|h| h > mean)
    })?;
    let step = trend.step;
    let reason = Reason::StageSignal {
        step,
        month: point.period,
        signal: point.signal.clone()?,
    };
    let number = step.to_string();
    Some(proposal(
        "stage.passage_median",
        &[("step", &number)],
        reason,
    ))
}

fn slowest(figures: &FigureTable, at: &str, units: &BTreeSet<&str>) -> Option<Proposal> {
    let median = |agency: &str| {
        let figure = figures.get("agency.days_median", at, &[("agency", agency)])?;
        figure.value.map(|days| days as i64)
    };
    // Withheld medians have no value: few recommendations make nobody slow.
    let known: Vec<(i64, &str)> = units
        .iter()
        .filter_map(|agency| Some((median(agency)?, *agency)))
        .collect();
    if known.len() < 2 {
        return None;
    }
    let (_, agency) = known
        .into_iter()
        .max_by_key(|(days, agency)| (*days, std::cmp::Reverse(*agency)))?;
    let reason = Reason::AgencySlowest {
        agency: agency.to_owned(),
    };
    Some(proposal(
        "agency.days_median",
        &[("agency", agency)],
        reason,
    ))
}
