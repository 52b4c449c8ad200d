//! An instrument as the measures count by it: its elements in the order of their codes, and the answers of a form as one number.
//!
//! In: an instrument, the answers of a form. Out: a [`Pattern`]: three bits for each element, the first code in the highest place, so
//! that patterns are ordered as their answers are; 0 where an element was not answered. Neither the order of columns nor that of
//! the legal list changes a pattern.

use std::sync::Arc;

use num_rational::BigRational;

use crate::config::ikm::PartialForms;
use crate::snapshot::answers::{Answers, Asked};
use crate::standard::Instrument;
use crate::standard::instrument::Element;

/// The answers of one form; 0: none to any element.
pub(super) type Pattern = u128;

const BITS: u32 = 3;
const LANE: Pattern = 0b111;

/// An instrument's elements by code.
#[derive(Debug)]
pub(super) struct Scheme<'a> {
    pub instrument: &'a Arc<Instrument>,
    /// Ascending by code.
    pub elements: Vec<&'a Element>,
    /// The lowest bit of every element's place.
    ones: Pattern,
}

/// Where a questionnaire's list of codes has the elements of a scheme; forms that were asked alike share it.
#[derive(Debug, Default)]
pub(super) struct Places {
    known: Option<(Asked, Vec<Option<usize>>)>,
}

impl<'a> Scheme<'a> {
    pub fn new(instrument: &'a Arc<Instrument>) -> Self {
        let mut elements: Vec<&Element> = instrument.elements.iter().collect();
        elements.sort_by(|a, b| a.code.cmp(&b.code));
        let ones = elements.iter().fold(0, |ones, _| (ones << BITS) | 1);
        Self {
            instrument,
            elements,
            ones,
        }
    }

    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// The elements in the order of the instrument, each with its place among the codes.
    pub fn in_order(&self) -> impl Iterator<Item = (usize, &'a Element)> {
        let place = |e: &'a Element| {
            let at = self.elements.partition_point(|o| o.code < e.code);
            (at, e)
        };
        self.instrument.elements.iter().map(place)
    }

    /// Weights in the order of the codes.
    pub fn weights(&self) -> impl Iterator<Item = &'a BigRational> {
        self.elements.iter().map(|e| &e.weight)
    }

    /// The pattern of a form; each element that was asked and not answered is given to `missing`.
    pub fn pattern(
        &self,
        answers: &Answers,
        places: &mut Places,
        mut missing: impl FnMut(usize),
    ) -> Pattern {
        let given = answers.given();
        let at = places.of(self, answers.asked());
        let answer = |at: &Option<usize>| at.and_then(|i| given.get(i)).copied();
        let pattern = at.iter().fold(0, |pattern, at| {
            let answer = answer(at).flatten().filter(|a| (1..=4).contains(a));
            (pattern << BITS) | Pattern::from(answer.unwrap_or(0))
        });
        if pattern != 0 {
            for (element, at) in at.iter().enumerate() {
                if answer(at).is_some() && self.answer(pattern, element) == 0 {
                    missing(element);
                }
            }
        }
        pattern
    }

    /// The answer to the element in this place, 0 for none.
    pub fn answer(&self, pattern: Pattern, element: usize) -> u8 {
        let behind = self.len().saturating_sub(element + 1) as u32;
        ((pattern >> (BITS * behind)) & LANE) as u8
    }

    /// The answers in the order of the codes, 0 for none.
    pub fn answers(&self, pattern: Pattern) -> impl Iterator<Item = u8> {
        let places = (0..self.len() as u32).rev();
        places.map(move |behind| ((pattern >> (BITS * behind)) & LANE) as u8)
    }

    /// Whether every element is answered.
    pub fn is_complete(&self, pattern: Pattern) -> bool {
        let some = pattern | (pattern >> 1) | (pattern >> 2);
        some & self.ones == self.ones
    }

    /// Whether a form with this pattern is part of an index.
    pub fn counts(&self, pattern: Pattern, rule: PartialForms) -> bool {
        match rule {
            PartialForms::Available => pattern != 0,
            PartialForms::Complete => self.is_complete(pattern),
        }
    }
}

impl Places {
    fn of(&mut self, scheme: &Scheme, asked: &Asked) -> &[Option<usize>] {
        let known = self.known.take();
        let known = known.filter(|(codes, _)| Arc::ptr_eq(codes, asked));
        let (_, places) = self.known.insert(known.unwrap_or_else(|| {
            let place = |e: &&Element| asked.binary_search_by(|c| (**c).cmp(&e.code)).ok();
            (
                Arc::clone(asked),
                scheme.elements.iter().map(place).collect(),
            )
        }));
        places
    }
}
