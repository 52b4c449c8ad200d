//! What the forms of a period answered to the questions of one instrument: patterns, and sums for every group and month.
//!
//! In: forms, a scheme. Out: [`Answered`]. Everything a survey prints of its answers is made from these sums.

use rayon::prelude::*;

use super::forms::{Column, Forms};
use super::scheme::{Pattern, Places, Scheme};
use super::sums::Sums;
use crate::config::ikm::PartialForms;
use crate::snapshot::ResponseRow;

/// Forms read at once by one thread.
const CHUNK: usize = 16_384;

/// Sums of a group: by month of the period (one entry where it has none), and all together.
#[derive(Debug, Clone)]
pub(super) struct Grouped {
    pub months: Vec<Sums>,
    pub all: Sums,
}

/// The answers to one instrument.
#[derive(Debug)]
pub(super) struct Answered {
    /// One for each form.
    pub patterns: Vec<Pattern>,
    /// Of the forms that answered something: how many were asked and did not answer, by element.
    pub missing: Vec<u64>,
    /// How many of them gave each answer from 1 to 4, by element.
    pub given: Vec<[u64; 4]>,
    pub unit: Grouped,
    /// For each column of the forms, its values in order.
    pub columns: Vec<Vec<Grouped>>,
}

impl Answered {
    pub fn new(forms: &Forms, scheme: &Scheme, rule: PartialForms) -> Self {
        let (patterns, missing) = patterns(&forms.rows, scheme);
        let months = forms.months.len().max(1);
        let tally = |c: &Column| tally(c, forms, &patterns, (scheme, rule), months);
        let columns: Vec<Vec<Grouped>> = forms.columns.par_iter().map(tally).collect();
        // Every form has one value in each column, so the values of any of them make up the unit.
        let mut unit = Grouped::new(scheme.len(), months);
        for value in columns.first().into_iter().flatten() {
            unit.merge(value);
        }
        Self {
            given: given(&patterns, scheme),
            missing,
            unit,
            columns,
            patterns,
        }
    }

    /// The patterns that are part of an index, of the forms that `which` names.
    pub fn counted(
        &self,
        scheme: &Scheme,
        rule: PartialForms,
        which: impl Fn(usize) -> bool,
    ) -> Vec<Pattern> {
        let all = self.patterns.iter().enumerate();
        all.filter(|(i, p)| scheme.counts(**p, rule) && which(*i))
            .map(|(_, p)| *p)
            .collect()
    }
}

impl Grouped {
    fn new(elements: usize, months: usize) -> Self {
        Self {
            months: vec![Sums::new(elements); months],
            all: Sums::new(elements),
        }
    }

    fn merge(&mut self, other: &Grouped) {
        self.all.merge(&other.all);
        for (own, more) in self.months.iter_mut().zip(&other.months) {
            own.merge(more);
        }
    }
}

/// The pattern of every form, and how many did not answer each element that they were asked.
pub(super) fn patterns(rows: &[&ResponseRow], scheme: &Scheme) -> (Vec<Pattern>, Vec<u64>) {
    let parts: Vec<(Vec<Pattern>, Vec<u64>)> = rows
        .par_chunks(CHUNK)
        .map(|rows| {
            let mut places = Places::default();
            let mut missing = vec![0_u64; scheme.len()];
            let mut not_answered = |element: usize| {
                if let Some(count) = missing.get_mut(element) {
                    *count += 1;
                }
            };
            let patterns = rows
                .iter()
                .map(|r| scheme.pattern(&r.answers, &mut places, &mut not_answered));
            (patterns.collect(), missing)
        })
        .collect();
    let mut all = Vec::with_capacity(rows.len());
    let mut missing = vec![0; scheme.len()];
    for (patterns, more) in parts {
        all.extend(patterns);
        missing.iter_mut().zip(more).for_each(|(m, n)| *m += n);
    }
    (all, missing)
}

fn tally(
    column: &Column,
    forms: &Forms,
    patterns: &[Pattern],
    (scheme, rule): (&Scheme, PartialForms),
    months: usize,
) -> Vec<Grouped> {
    let mut values = vec![Grouped::new(scheme.len(), months); column.values.len()];
    for ((value, month), pattern) in column.of.iter().zip(&forms.month).zip(patterns) {
        let group = values.get_mut(*value as usize);
        if let Some(sums) = group.and_then(|g| g.months.get_mut(usize::from(*month))) {
            sums.add(scheme, *pattern, rule);
        }
    }
    for group in &mut values {
        for month in &group.months {
            group.all.merge(month);
        }
    }
    values
}

fn given(patterns: &[Pattern], scheme: &Scheme) -> Vec<[u64; 4]> {
    let mut given = vec![[0_u64; 4]; scheme.len()];
    for pattern in patterns {
        for (counts, answer) in given.iter_mut().zip(scheme.answers(*pattern)) {
            let place = usize::from(answer).checked_sub(1);
            if let Some(count) = place.and_then(|p| counts.get_mut(p)) {
                *count += 1;
            }
        }
    }
    given
}
