//! The monthly review put together: score under each rule, tally, compare with past months, draw up the lists.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;
use chrono_tz::Tz;

use crate::clock::OutsideCalendar;
use crate::config::ReportRules;
use crate::finding::{Check, Finding, Level};
use crate::format;
use crate::instant::Instant;
use crate::measure::headline::{self, Headline};
use crate::measure::history::{self, History};
use crate::measure::membership::in_scope;
use crate::measure::put::{Share, Writer};
use crate::measure::{FigureTable, Monthly, StageRow, lists, stages};
use crate::period::Period;
use crate::score::{ScoreOptions, Scored, ScoredCase, score_cases_only, score_view};
use crate::snapshot::Snapshot;
use crate::snapshot::checks;
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
    let all = all_findings(input, std::mem::take(&mut scored.findings));
    let (findings, elsewhere) = in_scope_of(input, &scored, all);
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
    let dimensions = write_groups(&mut w, input, scored, days_known);
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
    write_findings(&mut w, findings);
    w.count("findings.elsewhere", &[], elsewhere);
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

/// The value of a dimension where the source records none; only where some case has one.
const UNRECORDED: &str = "(tidak tercatat)";

/// Writes the headline by service, region and channel; returns the values that occur, with their names.
fn write_groups(
    w: &mut Writer,
    input: Input,
    scored: &Scored,
    days_known: bool,
) -> Vec<(String, Vec<(String, String)>)> {
    type Key = fn(&ScoredCase) -> Option<&str>;
    let keys: [(&str, Key); 3] = [
        ("service", |c| {
            let known = c.standard.as_ref().map(|s| s.service.as_str());
            Some(known.unwrap_or(&c.service))
        }),
        ("region", |c| c.region.as_deref()),
        ("channel", |c| c.channel.as_deref()),
    ];
    let mut dimensions = Vec::new();
    for (dimension, key) in keys {
        if !scored.cases.iter().any(|c| key(c).is_some()) {
            continue;
        }
        let mut groups: BTreeMap<&str, Vec<&ScoredCase>> = BTreeMap::new();
        for case in &scored.cases {
            groups
                .entry(key(case).unwrap_or(UNRECORDED))
                .or_default()
                .push(case);
        }
        let mut values = Vec::new();
        for (value, cases) in groups {
            let h = headline::tally(cases.into_iter(), input.period, input.as_of);
            if h.due.of + h.decided.of + h.received + h.closing == 0 {
                continue;
            }
            headline::write_group(w, (dimension, value), &h, days_known);
            values.push((value.to_owned(), name_of(input.library, dimension, value)));
        }
        dimensions.push((dimension.to_owned(), values));
    }
    dimensions
}

/// The name a value is printed by: a service's is that of its newest revision, whatever an older one called it.
fn name_of(library: &Library, dimension: &str, value: &str) -> String {
    let newest = library
        .revisions(value)
        .filter(|_| dimension == "service")
        .and_then(<[_]>::last);
    newest.map_or_else(|| value.to_owned(), |s| s.name.clone())
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

fn write_findings(w: &mut Writer, findings: &[Finding]) {
    let mut by_check: BTreeMap<Check, u64> = BTreeMap::new();
    let mut by_level: BTreeMap<Level, u64> = BTreeMap::new();
    for finding in findings {
        *by_check.entry(finding.check).or_default() += 1;
        *by_level.entry(finding.level).or_default() += 1;
    }
    for (check, n) in by_check {
        w.count("findings.count", &[("check", check.code())], n);
    }
    for level in [Level::Info, Level::Warning, Level::Error, Level::Blocking] {
        let n = by_level.get(&level).copied().unwrap_or(0);
        w.count("findings.count", &[("level", level.code())], n);
    }
}

/// All findings of a run in total order.
fn all_findings(input: Input, of_score: Vec<Finding>) -> Vec<Finding> {
    let mut findings = input.snapshot.findings.clone();
    findings.extend(checks::check(input.snapshot, input.zone));
    findings.extend(of_score);
    findings.extend(calendar_findings(input));
    findings.sort_unstable();
    findings
}

/// Years the period's cases touch that are provisional, or have no holidays on record.
fn calendar_findings(input: Input) -> Vec<Finding> {
    let last = input.as_of.date().year().max(input.period.last().year());
    (input.period.first().year()..=last)
        .filter_map(|year| {
            let (check, words) = match input.library.calendar.years.get(&year)? {
                YearStatus::Final => return None,
                YearStatus::Provisional => (
                    Check::CalendarProvisional,
                    "masih sementara; angka dapat berubah bila hari libur ditetapkan lain",
                ),
                YearStatus::WithoutHolidays => (
                    Check::CalendarWithoutHolidays,
                    "tidak memuat hari libur; hari kerja dan jam pelayanan tidak dapat dinilai",
                ),
            };
            Some(Finding::new(
                check,
                year.to_string(),
                format!("Kalender tahun {year} {words}."),
            ))
        })
        .collect()
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

/// Keeps the findings that concern the period: on the cases listed for it, or on no known case. The others, on cases that
/// are in none of the period's counts, are counted. A blocking finding holds back the periods its case is part of, so that
/// one old mistake does not silence an office for good.
fn in_scope_of(input: Input, scored: &Scored, all: Vec<Finding>) -> (Vec<Finding>, u64) {
    let mut listed: BTreeMap<&str, bool> = BTreeMap::new();
    for case in &scored.cases {
        listed.insert(&case.case_id, in_scope(case, input.period, input.as_of));
    }
    let before = all.len();
    let kept: Vec<Finding> = all
        .into_iter()
        .filter(|f| case_of(&f.key, &listed).copied().unwrap_or(true))
        .collect();
    let elsewhere = (before - kept.len()) as u64;
    (kept, elsewhere)
}

/// What is known of the case a finding's key names: the key is the case's id, or begins with it and a slash. Ids may hold
/// slashes themselves, so the longest that fits is the one meant.
fn case_of<'a, T>(key: &str, cases: &'a BTreeMap<&str, T>) -> Option<&'a T> {
    let prefixes = key.match_indices('/').map(|(i, _)| &key[..i]).rev();
    std::iter::once(key)
        .chain(prefixes)
        .find_map(|id| cases.get(id))
}
