//! The review of a month or a semester put together: score under each rule, tally, compare with past periods, draw up the lists.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use crate::clock::OutsideCalendar;
use crate::config::ReportRules;
use crate::finding::Finding;
use crate::format;
use crate::instant::Instant;
use crate::measure::headline::{self, Headline};
use crate::measure::history::{self, History};
use crate::measure::put::{Share, Writer};
use crate::measure::stage_tally::{self, StagesOf};
use crate::measure::stages::StageTally;
use crate::measure::{FigureTable, Overview, StageRow, groups, lists, quality, stages};
use crate::period::Period;
use crate::score::{ScoreOptions, Scored, ScoredCase, Standing, score_view, standing};
use crate::snapshot::Snapshot;
use crate::standard::calendar::YearStatus;
use crate::standard::{Library, NoLimit, PauseRule, Standard, Step};
use crate::timed::timed;

/// Months of the trend, the period's own included.
const TREND_MONTHS: u32 = 24;

/// What a review is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// As seen at `as_of` ([`crate::score::seen`]).
    pub snapshot: &'a Snapshot,
    pub library: &'a Library,
    pub zone: Tz,
    pub rules: &'a ReportRules,
    pub period: Period,
    pub as_of: Instant,
    /// Closing of the period before as last published, so that a restatement shows; None where nothing is published, and
    /// the closing counted from this snapshot stands in.
    pub published_closing: Option<u64>,
}

/// A review and the verdicts it was counted from.
#[derive(Debug, Clone)]
pub struct Review {
    pub overview: Overview,
    pub past: Past,
    /// Under each standard's own pause rule.
    pub scored: Scored,
    /// How the same cases stand under each pause rule, in their order.
    pub by_rule: BTreeMap<PauseRule, Vec<Standing>>,
    /// The stages of each month of the period, over all services.
    pub months: Vec<(Period, BTreeMap<i32, StageTally>)>,
    /// Findings that concern the period: of the source, the data checks, the scoring and the calendar; in total order.
    pub findings: Vec<Finding>,
}

/// The first date of which anything can matter to the review of `period`: a case of which everything recorded lies before it is
/// in no figure of the trend.
pub fn needed_from(period: Period, library: &Library) -> NaiveDate {
    history::needed_from(last_month(period).back(TREND_MONTHS - 1), library)
}

/// The month the period ends with.
fn last_month(period: Period) -> Period {
    Period::month_of(period.last())
}

/// Months of the trend, oldest first; the last one is the period's last.
pub fn trend_months(period: Period) -> Vec<Period> {
    let last = last_month(period);
    (0..TREND_MONTHS).rev().map(|n| last.back(n)).collect()
}

/// The headline of the period and of those it is compared with.
#[derive(Debug, Clone)]
pub struct Past {
    /// Months of the trend, oldest first, the period's last month included.
    pub trend: Vec<(Period, Headline)>,
    pub own: Headline,
    /// The period of the same kind before it.
    pub previous: Headline,
    /// The same period a year ago.
    pub last_year: Headline,
    /// Of a semester: earlier semesters of the trend that have cases, newest first.
    pub earlier: Vec<(Period, Headline)>,
}

/// Makes the monthly review.
///
/// # Errors
/// A date lies outside the calendar.
pub fn monthly(input: Input) -> Result<Review, OutsideCalendar> {
    make(input, |scored| past_months(input, scored))
}

/// Makes the review of a semester: every month of it and of the trend as seen at `as_of`, so that the months add up to the
/// semester.
///
/// # Errors
/// A date lies outside the calendar.
pub fn semester(input: Input) -> Result<Review, OutsideCalendar> {
    make(input, |scored| Ok(past_semesters(input, scored)))
}

fn make(
    input: Input,
    past: impl FnOnce(&Scored) -> Result<Past, OutsideCalendar>,
) -> Result<Review, OutsideCalendar> {
    let view = input.snapshot;
    let options = ScoreOptions {
        as_of: input.as_of,
        pause: None,
    };
    let mut scored = timed("score", || {
        score_view(view, input.library, input.zone, options)
    })?;
    let mut by_rule = BTreeMap::new();
    for rule in PauseRule::ALL {
        let standings = timed("score by pause rule", || {
            standing::under_rule(&scored, rule, input.as_of)
        })?;
        by_rule.insert(rule, standings);
    }
    let of_score = std::mem::take(&mut scored.findings);
    let all = timed("check", || quality::all(input, of_score));
    let (findings, elsewhere) = quality::in_scope_of(input, &scored, all);
    let past = timed("tally the trend", || past(&scored))?;
    let (overview, months) = timed("measure the overview", || {
        assemble(input, &scored, &by_rule, (&findings, elsewhere), &past)
    });
    Ok(Review {
        overview,
        past,
        scored,
        by_rule,
        months,
        findings,
    })
}

/// Headlines of the trend's months, each as seen at its own end; the last is the period's own.
fn past_months(input: Input, scored: &Scored) -> Result<Past, OutsideCalendar> {
    let history = History::new(input.snapshot, input.library, input.zone);
    let mut trend = Vec::new();
    for period in trend_months(input.period) {
        if period == input.period {
            continue;
        }
        let covered = input.library.calendar.covers(period.first());
        let as_of = history::default_as_of(period, input.zone, input.as_of);
        let headline = match covered {
            true => history.headline(period, as_of)?,
            false => Headline::default(),
        };
        trend.push((period, headline));
    }
    let own = headline::tally(&scored.cases, input.period, input.as_of);
    trend.push((input.period, own.clone()));
    let back = |n: usize| {
        let at = trend.len().checked_sub(n + 1).and_then(|i| trend.get(i));
        at.map(|(_, h)| h.clone()).unwrap_or_default()
    };
    Ok(Past {
        previous: back(1),
        last_year: back(12),
        own,
        trend,
        earlier: Vec::new(),
    })
}

/// Headlines of months and semesters, all from one scoring.
fn past_semesters(input: Input, scored: &Scored) -> Past {
    let mut months = trend_months(input.period);
    // Of the period itself every month, so that the months add up to it.
    let own = |month: &Period| input.period.contains(month.first());
    months.retain(|month| own(month) || month.first() <= input.as_of.date());
    let semesters = (0..TREND_MONTHS / 6).map(|n| input.period.back(n));
    let periods: Vec<Period> = months.iter().copied().chain(semesters).collect();
    let headlines = headline::tally_each(&scored.cases, &periods, input.as_of);
    let mut tallied = periods.into_iter().zip(headlines);
    let trend = tallied.by_ref().take(months.len()).collect();
    let own = tallied.next().map(|(_, h)| h).unwrap_or_default();
    let mut earlier: Vec<(Period, Headline)> = tallied.collect();
    let of = |n: usize| earlier.get(n).map(|(_, h)| h.clone()).unwrap_or_default();
    let (previous, last_year) = (of(0), of(1));
    earlier.retain(|(_, h)| h.due.of + h.received + h.opening > 0);
    Past {
        trend,
        own,
        previous,
        last_year,
        earlier,
    }
}

/// The months of a period, oldest first, those not begun yet too.
pub fn months_of(period: Period) -> Vec<Period> {
    let last = last_month(period);
    let back = (0..12).map(|n| last.back(n));
    let mut months: Vec<Period> = back.take_while(|m| m.first() >= period.first()).collect();
    months.reverse();
    months
}

/// How the stages of each month went, over all services.
type Months = Vec<(Period, BTreeMap<i32, StageTally>)>;

fn assemble(
    input: Input,
    scored: &Scored,
    by_rule: &BTreeMap<PauseRule, Vec<Standing>>,
    (findings, elsewhere): (&[Finding], u64),
    past: &Past,
) -> (Overview, Months) {
    let mut figures = FigureTable::default();
    write_past(&mut figures, input, past);
    let days_known = holidays_known(input, input.period);
    let mut w = of_period(&mut figures, input, input.period);
    write_headline(&mut w, past, input.published_closing, days_known);
    for (rule, standings) in by_rule {
        let under = |at: usize, _: &ScoredCase| standings.get(at).copied();
        let h = headline::tally_as(&scored.cases, input.period, input.as_of, under);
        headline::write_rule(&mut w, *rule, &h);
    }
    let dimensions = groups::write(&mut w, input, scored, days_known);
    let (by_step, months) = write_stages(&mut w, input, scored, days_known);
    let lists = write_lists(&mut w, input, scored, by_rule);
    quality::write(&mut w, findings, elsewhere);
    let usual = usual_standard(input.library, &scored.cases);
    let bottleneck = usual
        .as_ref()
        .filter(|_| days_known)
        .and_then(|s| stages::bottleneck(&by_step, s));
    let begun = past
        .trend
        .iter()
        .filter(|(p, _)| p.first() <= input.as_of.date());
    let shares: Vec<(Period, Share)> = begun.map(|(p, h)| (*p, h.due)).collect();
    let (trend, trend_limits) = history::trend(&shares, input.rules.least_n);
    figures.sort();
    let overview = Overview {
        period: input.period,
        as_of: input.as_of,
        figures,
        trend,
        trend_limits,
        stages: usual.map(|s| stage_rows(&s)).unwrap_or_default(),
        bottleneck,
        overdue: lists.overdue,
        at_risk: lists.at_risk,
        oldest: lists.oldest,
        not_started: lists.not_started,
        paused: lists.paused,
        late: lists.late,
        dimensions,
    };
    (overview, months)
}

/// Writes the stages of each service and over all of them; returns the latter, and those of each month.
fn write_stages(
    w: &mut Writer,
    input: Input,
    scored: &Scored,
    days_known: bool,
) -> (BTreeMap<i32, StageTally>, Months) {
    let months = months_of(input.period);
    let tallies = stage_tally::tally(&scored.cases, &months, input.as_of);
    let mut own = StagesOf::sum(&tallies);
    let mut by_step = stages::over_services(&own.stages);
    for ((service, step), tally) in &mut own.stages {
        let step = step.to_string();
        let group = [("service", service.as_str()), ("step", &step)];
        stages::write(w, &group, tally, days_known);
    }
    for (step, tally) in &mut by_step {
        let step = step.to_string();
        stages::write(w, &[("step", &step)], tally, days_known);
        stages::write_whole(w, &[("step", &step)], tally, days_known);
    }
    stages::write_time(w, &own.spent, days_known);
    let by_month = tallies.iter().map(|of| stages::over_services(&of.stages));
    let months = months.into_iter().zip(by_month).collect();
    (by_step, months)
}

/// The months of the trend: those of the period itself whole, the others by their share alone. Of a semester the earlier
/// semesters too.
fn write_past(figures: &mut FigureTable, input: Input, past: &Past) {
    let mut closing = None;
    for (period, headline) in past.trend.iter().filter(|(p, _)| *p != input.period) {
        let mut w = of_period(figures, input, *period);
        match input.period.contains(period.first()) {
            true => {
                let before = closing.unwrap_or(headline.opening);
                headline::write(&mut w, headline, before, holidays_known(input, *period));
            }
            false => w.share("on_time.due", &[], headline.due),
        }
        closing = Some(headline.closing);
    }
    for (period, headline) in &past.earlier {
        let known = holidays_known(input, *period);
        let mut w = of_period(figures, input, *period);
        headline::write(&mut w, headline, headline.opening, known);
    }
}

fn of_period<'a>(figures: &'a mut FigureTable, input: Input, period: Period) -> Writer<'a> {
    Writer {
        table: figures,
        period,
        least_n: input.rules.least_n,
    }
}

fn write_headline(w: &mut Writer, past: &Past, published_closing: Option<u64>, days_known: bool) {
    let own = &past.own;
    let closing = published_closing.unwrap_or(past.previous.closing);
    headline::write(w, own, closing, days_known);
    for (versus, then) in [("previous", &past.previous), ("last_year", &past.last_year)] {
        let group = [("versus", versus)];
        w.change("on_time.due.change", &group, own.due, then.due);
    }
}

fn write_lists(
    w: &mut Writer,
    input: Input,
    scored: &Scored,
    by_rule: &BTreeMap<PauseRule, Vec<Standing>>,
) -> lists::Lists {
    let include = by_rule.get(&PauseRule::Include);
    let lists = lists::draw_up(
        scored,
        include.map_or(&[], Vec::as_slice),
        input.period,
        input.as_of,
        input.rules.at_risk_days,
    );
    for (indicator, list) in [
        ("open.overdue", &lists.overdue),
        ("open.at_risk", &lists.at_risk),
        ("open.paused", &lists.paused),
        ("open.not_started", &lists.not_started),
    ] {
        w.count(indicator, &[], list.len() as u64);
    }
    lists
}

/// Whether holidays are on record for the period's year.
pub fn holidays_known(input: Input, period: Period) -> bool {
    let year = period.first().year();
    input.library.calendar.years.get(&year) != Some(&YearStatus::WithoutHolidays)
}

/// The standard most cases are held to; its titles name the steps where all services are counted together.
pub fn usual_standard(library: &Library, cases: &[ScoredCase]) -> Option<Arc<Standard>> {
    let mut counts: BTreeMap<(&str, &str), (u64, &Arc<Standard>)> = BTreeMap::new();
    for standard in cases.iter().filter_map(|c| c.standard.as_ref()) {
        counts
            .entry((&standard.service, &standard.revision))
            .or_insert((0, standard))
            .0 += 1;
    }
    let most = counts
        .into_values()
        .max_by_key(|(n, s)| (*n, std::cmp::Reverse(s.service.clone())))
        .map(|(_, s)| Arc::clone(s));
    most.or_else(|| library.services.values().flatten().next().cloned())
}

fn stage_rows(standard: &Standard) -> Vec<StageRow> {
    standard
        .steps
        .values()
        .map(|step| StageRow {
            step: step.number,
            title: step.title.clone(),
            actor: step.actor.clone(),
            window_words: window_words(step),
            minutes_words: minutes_words(step),
        })
        .collect()
}

/// "H+8", "56 hari kalender", or the kind of no limit.
pub fn window_words(step: &Step) -> String {
    match step.window {
        Ok(w) if w.unit == crate::standard::Unit::WorkingDays && w.value == 0 => "H".to_owned(),
        Ok(w) if w.unit == crate::standard::Unit::WorkingDays => format!("H+{}", w.value),
        Ok(w) => format!("{} {}", w.value, w.unit.label()),
        Err(NoLimit::AsNeeded) => "sesuai kebutuhan".to_owned(),
        Err(NoLimit::NotLegible) => "tidak terbaca pada salinan".to_owned(),
        Err(NoLimit::NotStated) => "tidak dinyatakan".to_owned(),
    }
}

/// "10–30 menit", "10 menit", or none.
pub fn minutes_words(step: &Step) -> String {
    match step.minutes {
        Some(m) => match m.min {
            Some(min) => format!("{min}–{} menit", m.max),
            None => format!("paling lama {} menit", m.max),
        },
        None => format::NONE.to_owned(),
    }
}
