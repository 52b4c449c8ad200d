//! The figures of one survey: what was answered, what index that gives, and how sure it is.

use rayon::prelude::*;

use super::alpha::alpha;
use super::answered::{Answered, Grouped};
use super::bootstrap::{Resampled, resample};
use super::draw::Seed;
use super::forms::{Forms, SERVICE};
use super::pen::{Pairs, Pen};
use super::scheme::{Pattern, Scheme};
use super::sums::Sums;
use crate::config::ikm::PartialForms;
use crate::format;
use crate::measure::put::Share;
use crate::standard::instrument::{Element, Measured};

/// All that is counted under one instrument.
pub(super) struct Counted<'c, 'a> {
    pub scheme: Scheme<'c>,
    pub forms: &'c Forms<'a>,
    pub rule: PartialForms,
    pub answered: Answered,
    /// The replicates of all forms.
    pub resampled: Option<Resampled>,
}

impl<'c, 'a> Counted<'c, 'a> {
    pub fn new(scheme: Scheme<'c>, forms: &'c Forms<'a>, rule: PartialForms) -> Self {
        let answered = Answered::new(forms, &scheme, rule);
        let all = answered.counted(&scheme, rule, |_| true);
        Self {
            resampled: resample(&scheme, all, Seed::First),
            scheme,
            forms,
            rule,
            answered,
        }
    }

    /// The sums of all forms.
    pub fn unit(&self) -> &Sums {
        &self.answered.unit.all
    }
}

/// Writes them.
pub(super) fn write(pen: &mut Pen, c: &Counted) {
    let unanswered = c.answered.patterns.iter().filter(|p| **p == 0).count();
    pen.count("ikm.unanswered", &[], unanswered as u64);
    group(pen, c, &[], &c.answered.unit);
    for (column, values) in c.forms.columns.iter().zip(&c.answered.columns) {
        for (value, sums) in column.values.iter().zip(values) {
            group(pen, c, &[(column.name, value)], sums);
        }
    }
    intervals(pen, c);
    partial(pen, c);
    for (place, element) in c.scheme.in_order() {
        self::element(pen, c, place, element);
    }
    let complete = c.answered.patterns.iter().copied();
    let complete: Vec<Pattern> = complete.filter(|p| c.scheme.is_complete(*p)).collect();
    let n = complete.len() as u64;
    let alpha = of_complete(&c.scheme, complete);
    pen.with(&[], |w, pairs| {
        w.exact("ikm.alpha", pairs, n, alpha.as_ref(), (3, format::NONE));
    });
}

/// The figures of a group of respondents, in the period and in each of its months.
fn group(pen: &mut Pen, c: &Counted, pairs: &Pairs, sums: &Grouped) {
    of_period(pen, c, pairs, &sums.all);
    for (month, sums) in c.forms.months.iter().zip(&sums.months) {
        of_period(&mut pen.of(*month), c, pairs, sums);
    }
}

fn of_period(pen: &mut Pen, c: &Counted, pairs: &Pairs, sums: &Sums) {
    pen.count("ikm.respondents", pairs, sums.respondents);
    let ikm = sums.ikm(&c.scheme);
    let names = ["ikm.unit", "ikm.grade"];
    pen.index(
        names,
        pairs,
        sums.counted,
        ikm.as_ref(),
        c.scheme.instrument,
    );
    for (element, sums) in c.scheme.elements.iter().zip(&sums.elements) {
        let pairs = [pairs, &[("element", element.code.as_str())]].concat();
        pen.with(&pairs, |w, pairs| {
            w.mean("ikm.element", pairs, sums.sum, sums.count);
        });
    }
}

/// Bootstrap intervals of the unit and of each service.
fn intervals(pen: &mut Pen, c: &Counted) {
    let unit = c.resampled.as_ref().and_then(|r| r.bounds(&c.scheme));
    pen.bounds("ikm.unit", &[], c.unit().counted, unit.as_ref());
    let services = c.forms.columns.iter().zip(&c.answered.columns);
    for (column, values) in services.filter(|(c, _)| c.name == SERVICE) {
        let bounds: Vec<_> = by_value(c, &column.of, values.len())
            .into_par_iter()
            .map(|patterns| resample(&c.scheme, patterns, Seed::First)?.bounds(&c.scheme))
            .collect();
        for ((value, sums), bounds) in column.values.iter().zip(values).zip(bounds) {
            let n = sums.all.counted;
            pen.bounds("ikm.unit", &[(SERVICE, value)], n, bounds.as_ref());
        }
    }
}

/// The patterns that are part of an index, by the value of a column.
fn by_value(c: &Counted, of: &[u32], values: usize) -> Vec<Vec<Pattern>> {
    let mut groups = vec![Vec::new(); values];
    for (value, pattern) in of.iter().zip(&c.answered.patterns) {
        let group = groups.get_mut(*value as usize);
        if let Some(group) = group.filter(|_| c.scheme.counts(*pattern, c.rule)) {
            group.push(*pattern);
        }
    }
    groups
}

/// The index under each rule for forms that leave elements out.
fn partial(pen: &mut Pen, c: &Counted) {
    for (rule, word) in [
        (PartialForms::Available, "available"),
        (PartialForms::Complete, "complete"),
    ] {
        let sums = Sums::of(&c.scheme, &c.answered.patterns, rule);
        let ikm = sums.ikm(&c.scheme);
        let pairs = [("rule", word)];
        pen.exact("ikm.unit.partial", &pairs, sums.counted, ikm.as_ref());
    }
}

fn element(pen: &mut Pen, c: &Counted, place: usize, element: &Element) {
    let sums = c.unit().elements.get(place).copied().unwrap_or_default();
    let nrr = c.unit().nrr(place);
    let index = nrr.as_ref().map(|n| n * crate::exact::ratio(25, 1));
    let code = ("element", element.code.as_str());
    let pairs = [code];
    let names = ["ikm.element.index", "ikm.element.grade"];
    pen.index(
        names,
        &pairs,
        sums.count,
        index.as_ref(),
        c.scheme.instrument,
    );
    let weighted = nrr.as_ref().map(|n| n * &element.weight);
    pen.with(&pairs, |w, pairs| {
        let places = (4, format::NONE);
        w.exact(
            "ikm.element.weighted",
            pairs,
            sums.count,
            weighted.as_ref(),
            places,
        );
    });
    let given = c.answered.given.get(place).copied().unwrap_or_default();
    for (answer, count) in ["1", "2", "3", "4"].into_iter().zip(given) {
        let pairs = [code, ("answer", answer)];
        pen.count("ikm.element.answers", &pairs, count);
    }
    let missing = c.answered.missing.get(place).copied().unwrap_or(0);
    pen.count("ikm.element.missing", &pairs, missing);
    if element.measured == Some(Measured::Fee) {
        ceiling(pen, c, place, element);
    }
}

/// How many gave the highest answer: where there is no fee, nearly all do.
fn ceiling(pen: &mut Pen, c: &Counted, place: usize, element: &Element) {
    let code = ("element", element.code.as_str());
    let mut share = |pairs: &Pairs, sums: &Sums| {
        let of = sums.elements.get(place).copied().unwrap_or_default();
        let share = Share {
            hits: of.highest,
            of: of.count,
        };
        pen.with(pairs, |w, pairs| {
            w.share("ikm.element.ceiling", pairs, share)
        });
    };
    share(&[code], c.unit());
    let services = c.forms.columns.iter().zip(&c.answered.columns);
    for (column, values) in services.filter(|(c, _)| c.name == SERVICE) {
        for (value, sums) in column.values.iter().zip(values) {
            share(&[code, (SERVICE, value)], &sums.all);
        }
    }
}

/// Cronbach's alpha of complete forms.
fn of_complete(scheme: &Scheme, mut patterns: Vec<Pattern>) -> Option<num_rational::BigRational> {
    patterns.par_sort_unstable();
    let rows: Vec<(Vec<u8>, u64)> = patterns
        .chunk_by(|a, b| a == b)
        .filter_map(|equal| {
            let pattern = equal.first()?;
            Some((scheme.answers(*pattern).collect(), equal.len() as u64))
        })
        .collect();
    alpha(rows.iter().map(|(answers, n)| (answers.as_slice(), *n)))
}
