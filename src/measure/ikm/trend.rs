//! The periods before: their forms under their own instruments, results published before, and how far the index moved.
//!
//! In: forms of all periods, the archive. Out: the points of the trend, and what a change is counted against. Nothing is ever graded
//! by another instrument than that of its period.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use num_rational::BigRational;

use super::answered::patterns;
use super::archive::{Reproduced, performance, reproduce};
use super::bootstrap::{Resampled, resample};
use super::draw::Seed;
use super::pen::{NO_DATA, NOT_ASSESSABLE, Pen, graded};
use super::scheme::{Pattern, Scheme};
use super::sums::Sums;
use super::write::Counted;
use super::{Input, TrendPoint};
use crate::exact;
use crate::format;
use crate::period::Period;
use crate::snapshot::ResponseRow;
use crate::standard::Instrument;

/// The forms of the report's period and of those before it.
#[derive(Debug, Default)]
pub(super) struct Past<'a> {
    periods: BTreeMap<NaiveDate, (Period, Vec<&'a ResponseRow>)>,
}

/// An earlier period's answers to one instrument.
struct Then {
    sums: Sums,
    patterns: Vec<Pattern>,
}

impl<'a> Past<'a> {
    /// Sorts the forms by periods of the same kind as `period`; later ones are left out.
    pub fn new(rows: &'a [ResponseRow], period: Period) -> Self {
        let mut past = Self::default();
        for row in rows.iter().filter(|r| r.answered_on < period.end()) {
            let own = like(period, row.answered_on);
            let (_, rows) = past
                .periods
                .entry(own.first())
                .or_insert_with(|| (own, Vec::new()));
            rows.push(row);
        }
        past
    }

    /// Takes the forms of a period out.
    pub fn take(&mut self, period: Period) -> Vec<&'a ResponseRow> {
        let taken = self.periods.remove(&period.first());
        taken.map(|(_, rows)| rows).unwrap_or_default()
    }

    fn rows(&self, period: Period) -> &[&'a ResponseRow] {
        let found = self.periods.get(&period.first());
        found.map_or(&[], |(_, rows)| rows.as_slice())
    }

    /// Periods with forms that no instrument was in force in.
    pub fn without_instrument(&self, input: &Input) -> Vec<Period> {
        let periods = self.periods.values().map(|(period, _)| *period);
        let of = |p: &Period| input.instruments.of_period(*p, &input.settings.surveys);
        periods.filter(|p| of(p).is_none()).collect()
    }
}

/// The period of the same kind that a date lies in.
fn like(period: Period, date: NaiveDate) -> Period {
    match period {
        Period::Month { .. } => Period::month_of(date),
        Period::Semester { .. } => Period::semester_of(date),
        Period::Year { .. } => Period::Year {
            year: chrono::Datelike::year(&date),
        },
    }
}

/// The period that a change is counted against, and its word.
pub(super) fn versus(period: Period) -> [(&'static str, Period); 2] {
    let year = match period {
        Period::Month { .. } => 12,
        Period::Semester { .. } => 2,
        Period::Year { .. } => 1,
    };
    [
        ("previous", period.back(1)),
        ("last_year", period.back(year)),
    ]
}

/// Writes how far the index moved. There is no change where the instrument was another.
pub(super) fn write_changes(pen: &mut Pen, c: &Counted, past: &Past, input: &Input) {
    let instrument = c.scheme.instrument;
    let now = c.unit().ikm(&c.scheme);
    let office = pen.instrument.is_some();
    for (word, period) in versus(input.period) {
        let held = match office {
            true => is_valid(instrument, period).then_some(instrument),
            false => input
                .instruments
                .of_period(period, &input.settings.surveys)
                .filter(|i| i.code == instrument.code),
        };
        let then = held.and_then(|i| then(past, period, &Scheme::new(i), c));
        let archived = held
            .filter(|_| !office)
            .and_then(|_| published(input, period, instrument));
        let resampled: Option<Resampled> = then
            .as_ref()
            .and_then(|t| resample(&c.scheme, t.patterns.clone(), Seed::Second));
        let before = then.and_then(|t| t.sums.ikm(&c.scheme)).or(archived);
        let change = now.as_ref().zip(before).map(|(now, then)| now - then);
        let both = c.resampled.as_ref().zip(resampled.as_ref());
        let bounds = both.and_then(|(now, then)| now.difference(then, &c.scheme));
        let pairs = [("versus", word)];
        pen.difference(
            "ikm.change",
            &pairs,
            c.unit().counted,
            change.as_ref(),
            bounds.as_ref(),
        );
    }
}

/// Whether an instrument of the office's holds for surveys of a period.
pub(super) fn is_valid(instrument: &Instrument, period: Period) -> bool {
    let first = period.first();
    instrument.valid_from <= first && instrument.valid_to.is_none_or(|to| first <= to)
}

/// An earlier period's answers; None where there are none.
fn then(past: &Past, period: Period, scheme: &Scheme, c: &Counted) -> Option<Then> {
    let (patterns, _) = patterns(past.rows(period), scheme);
    let counted = patterns.into_iter().filter(|p| scheme.counts(*p, c.rule));
    let patterns: Vec<Pattern> = counted.collect();
    let sums = Sums::of(scheme, &patterns, c.rule);
    (sums.counted > 0).then_some(Then { sums, patterns })
}

/// The NRR of an element in an earlier period, as printed; None where there is none.
pub(super) fn nrr_then(
    past: &Past,
    period: Period,
    element: &str,
    input: &Input,
) -> Option<String> {
    let instrument = input
        .instruments
        .of_period(period, &input.settings.surveys)?;
    let scheme = Scheme::new(instrument);
    let place = scheme.elements.iter().position(|e| e.code == element)?;
    let (patterns, _) = patterns(past.rows(period), &scheme);
    let sums = Sums::of(&scheme, &patterns, input.settings.partial_forms);
    sums.nrr(place).map(|nrr| format::exact(&nrr, 2))
}

/// The index published for a period under this instrument.
fn published(input: &Input, period: Period, instrument: &Instrument) -> Option<BigRational> {
    let mut archive = input.settings.archive.iter();
    let found = archive.find(|a| a.period == period && a.instrument == instrument.code);
    found.map(|a| a.value.clone())
}

/// All points up to the report's period, oldest first. Where a result was published and is archived, that one stands.
pub(super) fn points(c: &Counted, past: &Past, input: &Input) -> Vec<TrendPoint> {
    let mut points: Vec<TrendPoint> = archived(input);
    for (period, rows) in past.periods.values() {
        let held = input
            .instruments
            .of_period(*period, &input.settings.surveys);
        let known = points.iter().any(|p| p.period == *period);
        if let Some(instrument) = held.filter(|_| !known) {
            let scheme = Scheme::new(instrument);
            let (patterns, _) = patterns(rows, &scheme);
            let sums = Sums::of(&scheme, &patterns, input.settings.partial_forms);
            points.push(computed(*period, &scheme, &sums));
        }
    }
    points.push(computed(input.period, &c.scheme, c.unit()));
    points.sort_by_key(|p| (p.period.end(), p.period.first()));
    let mut before: Option<String> = None;
    for point in &mut points {
        let own = Some(point.instrument.clone());
        point.breaks = before.is_some() && before != own;
        before = own;
    }
    points
}

fn archived(input: &Input) -> Vec<TrendPoint> {
    let archive = input.settings.archive.iter();
    let before = archive.filter(|a| a.period.end() <= input.period.first());
    let point = |a: &crate::config::ikm::Archived| {
        let instrument = input
            .instruments
            .by_code
            .get(&a.instrument)
            .map(Arc::as_ref);
        let legacy = match instrument.map(|i| reproduce(a, i)) {
            Some(Reproduced::Same(Some(rule))) => Some(rule.remark.clone()),
            _ => None,
        };
        TrendPoint {
            period: a.period,
            instrument: a.instrument.clone(),
            instrument_title: instrument.map(|i| i.title.clone()).unwrap_or_default(),
            respondents: a.respondents,
            printed: a.written.replace('.', ","),
            value: Some(exact::to_f64(&a.value)),
            grade: a.grade.clone(),
            performance: performance(a, instrument),
            archived: true,
            legacy,
            breaks: false,
        }
    };
    before.map(point).collect()
}

fn computed(period: Period, scheme: &Scheme, sums: &Sums) -> TrendPoint {
    let ikm = sums.ikm(scheme);
    let instrument: &Instrument = scheme.instrument;
    let band = ikm.as_ref().and_then(|v| graded(v, instrument));
    let band = band.and_then(|(place, _)| instrument.bands.get(place - 1));
    let printed = ikm.as_ref().map(|v| format::exact(v, 2));
    let otherwise = if sums.counted == 0 {
        NO_DATA
    } else {
        NOT_ASSESSABLE
    };
    TrendPoint {
        period,
        instrument: instrument.code.clone(),
        instrument_title: instrument.title.clone(),
        respondents: Some(sums.counted),
        printed: printed.unwrap_or_else(|| otherwise.to_owned()),
        value: ikm.as_ref().map(exact::to_f64),
        grade: band.map(|b| b.grade.clone()).unwrap_or_default(),
        performance: band.map(|b| b.performance.clone()).unwrap_or_default(),
        archived: false,
        legacy: None,
        breaks: false,
    }
}

/// The index that an earlier period's forms give, rounded to as many decimals as were published, where a result is archived for it
/// under the same instrument and the two differ.
pub(super) fn contradicted(past: &Past, input: &Input) -> Vec<(Period, BigRational)> {
    let mut found = Vec::new();
    for archived in &input.settings.archive {
        let held = input
            .instruments
            .of_period(archived.period, &input.settings.surveys)
            .filter(|i| i.code == archived.instrument);
        let Some(instrument) = held else { continue };
        let of = past.periods.get(&archived.period.first());
        let Some((_, rows)) = of.filter(|(p, _)| *p == archived.period) else {
            continue;
        };
        let scheme = Scheme::new(instrument);
        let (patterns, _) = patterns(rows, &scheme);
        let sums = Sums::of(&scheme, &patterns, input.settings.partial_forms);
        let places = exact::places_written(&archived.written);
        let ikm = sums.ikm(&scheme).map(|v| exact::round_to(&v, places));
        found.extend(
            ikm.filter(|v| *v != archived.value)
                .map(|v| (archived.period, v)),
        );
    }
    found
}
