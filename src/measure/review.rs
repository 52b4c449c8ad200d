//! The monthly review put together: score under each rule, tally, compare with past months, draw up the lists.

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
use crate::measure::{FigureTable, Monthly, StageRow, groups, lists, quality, stages};
use crate::period::Period;
use crate::score::{ScoreOptions, Scored, ScoredCase, score_cases_only, score_view};
use crate::snapshot::Snapshot;
use crate::standard::calendar::YearStatus;
use crate::standard::{Library, NoLimit, PauseRule, Standard, Step};

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
    pub monthly: Monthly,
    /// Under each standard's own pause rule.
    pub scored: Scored,
    /// Whole cases only, under each pause rule.
    pub by_rule: BTreeMap<PauseRule, Scored>,
    /// Findings that concern the period: of the source, the data checks, the scoring and the calendar; in total order.
    pub findings: Vec<Finding>,
}

/// The first date of which anything can matter to the review of `period`: a case of which everything recorded lies before it is
/// in no figure of the trend.
pub fn needed_from(period: Period, library: &Library) -> NaiveDate {
    history::needed_from(period.back(TREND_MONTHS - 1), library)
}

/// Makes the monthly review.
///
/// # Errors
/// A date lies outside the calendar.
pub fn monthly(input: Input) -> Result<Review, OutsideCalendar> {
    let view = input.snapshot;
    let options = |pause| ScoreOptions {
        as_of: input.as_of,
        pause,
    };
    let mut scored = score_view(view, input.library, input.zone, options(None))?;
    let mut by_rule = BTreeMap::new();
    for rule in PauseRule::ALL {
        let cases = score_cases_only(view, input.library, input.zone, options(Some(rule)))?;
        by_rule.insert(rule, cases);
    }
    let all = quality::all(input, std::mem::take(&mut scored.findings));
    let (findings, elsewhere) = quality::in_scope_of(input, &scored, all);
    let months = past_months(input, &scored)?;
    let monthly = assemble(input, &scored, &by_rule, (&findings, elsewhere), &months);
    Ok(Review {
        monthly,
        scored,
        by_rule,
        findings,
    })
}

/// Headlines of the trend's months, oldest first, each as seen at its own end; the last is the period's own.
fn past_months(input: Input, scored: &Scored) -> Result<Vec<(Period, Headline)>, OutsideCalendar> {
    let history = History::new(input.snapshot, input.library, input.zone);
    let mut months = Vec::new();
    for back in (1..TREND_MONTHS).rev() {
        let period = input.period.back(back);
        let covered = input.library.calendar.covers(period.first());
        let as_of = history::default_as_of(period, input.zone, input.as_of);
        let headline = match covered {
            true => history.headline(period, as_of)?,
            false => Headline::default(),
        };
        months.push((period, headline));
    }
    let own = headline::tally(scored.cases.iter(), input.period, input.as_of);
    months.push((input.period, own));
    Ok(months)
}

fn assemble(
    input: Input,
    scored: &Scored,
    by_rule: &BTreeMap<PauseRule, Scored>,
    (findings, elsewhere): (&[Finding], u64),
    months: &[(Period, Headline)],
) -> Monthly {
    let mut figures = FigureTable::default();
    write_trend(&mut figures, input, months);
    let days_known = holidays_known(input);
    let mut w = Writer {
        table: &mut figures,
        period: input.period,
        least_n: input.rules.least_n,
    };
    write_headline(&mut w, months, input.published_closing, days_known);
    for (rule, scored) in by_rule {
        let h = headline::tally(scored.cases.iter(), input.period, input.as_of);
        headline::write_rule(&mut w, *rule, &h);
    }
    let dimensions = groups::write(&mut w, input, scored, days_known);
    let by_service = stages::tally(&scored.cases, input.period, input.as_of);
    let by_step = stages::over_services(&by_service);
    for ((service, step), tally) in &by_service {
        let step = step.to_string();
        stages::write(
            &mut w,
            &[("service", service), ("step", &step)],
            tally,
            days_known,
        );
    }
    for (step, tally) in &by_step {
        let step = step.to_string();
        stages::write(&mut w, &[("step", &step)], tally, days_known);
        stages::write_whole(&mut w, &[("step", &step)], tally, days_known);
    }
    stages::write_time(&mut w, &scored.cases, input.period, days_known);
    let lists = write_lists(&mut w, input, scored, by_rule);
    quality::write(&mut w, findings, elsewhere);
    let usual = usual_standard(input.library, &scored.cases);
    let bottleneck = usual
        .as_ref()
        .filter(|_| days_known)
        .and_then(|s| stages::bottleneck(&by_step, s));
    let shares: Vec<(Period, Share)> = months.iter().map(|(p, h)| (*p, h.due)).collect();
    let (trend, trend_limits) = history::trend(&shares, input.rules.least_n);
    figures.sort();
    Monthly {
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
    }
}

fn write_trend(figures: &mut FigureTable, input: Input, months: &[(Period, Headline)]) {
    for (period, headline) in months.iter().filter(|(p, _)| *p != input.period) {
        let mut w = Writer {
            table: figures,
            period: *period,
            least_n: input.rules.least_n,
        };
        w.share("on_time.due", &[], headline.due);
    }
}

fn write_headline(
    w: &mut Writer,
    months: &[(Period, Headline)],
    published_closing: Option<u64>,
    days_known: bool,
) {
    let back = |n: usize| months.len().checked_sub(n + 1).and_then(|i| months.get(i));
    let Some((_, own)) = back(0) else { return };
    let previous = back(1).map(|(_, h)| h);
    let counted = previous.map_or(0, |h| h.closing);
    let closing = published_closing.unwrap_or(counted);
    headline::write(w, own, closing, days_known);
    for (versus, then) in [
        ("previous", previous),
        ("last_year", back(12).map(|(_, h)| h)),
    ] {
        let then = then.map(|h| h.due).unwrap_or_default();
        w.change("on_time.due.change", &[("versus", versus)], own.due, then);
    }
}

fn write_lists(
    w: &mut Writer,
    input: Input,
    scored: &Scored,
    by_rule: &BTreeMap<PauseRule, Scored>,
) -> lists::Lists {
    let include = by_rule.get(&PauseRule::Include).unwrap_or(scored);
    let lists = lists::draw_up(
        scored,
        include,
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
fn holidays_known(input: Input) -> bool {
    let year = input.period.first().year();
    input.library.calendar.years.get(&year) != Some(&YearStatus::WithoutHolidays)
}

/// The standard most cases are held to; its titles name the steps where all services are counted together.
fn usual_standard(library: &Library, cases: &[ScoredCase]) -> Option<Arc<Standard>> {
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
