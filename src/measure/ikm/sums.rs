//! Sums of answers, and the index they give: exact until it is printed.
//!
//! In: patterns of forms. Out: for each element the sum of its answers and how many there are; NRR and IKM as fractions. Sums
//! merge by adding.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::scheme::{Pattern, Scheme};
use crate::config::ikm::PartialForms;

/// The answers to one element.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ElementSums {
    pub sum: u64,
    pub count: u64,
    /// Answers of the highest value.
    pub highest: u64,
}

/// The answers of a group of forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sums {
    /// Forms that answered at least one element.
    pub respondents: u64,
    /// Those that are part of the index.
    pub counted: u64,
    /// In the order of the codes, over the forms counted.
    pub elements: Vec<ElementSums>,
}

impl Sums {
    pub fn new(elements: usize) -> Self {
        Self {
            elements: vec![ElementSums::default(); elements],
            ..Self::default()
        }
    }

    /// Of all forms with these patterns.
    pub fn of(scheme: &Scheme, patterns: &[Pattern], rule: PartialForms) -> Self {
        let mut sums = Self::new(scheme.len());
        for pattern in patterns {
            sums.add(scheme, *pattern, rule);
        }
        sums
    }

    pub fn add(&mut self, scheme: &Scheme, pattern: Pattern, rule: PartialForms) {
        self.respondents += u64::from(pattern != 0);
        if !scheme.counts(pattern, rule) {
            return;
        }
        self.counted += 1;
        for (element, answer) in self.elements.iter_mut().zip(scheme.answers(pattern)) {
            element.sum += u64::from(answer);
            element.count += u64::from(answer > 0);
            element.highest += u64::from(answer == 4);
        }
    }

    pub fn merge(&mut self, other: &Sums) {
        self.respondents += other.respondents;
        self.counted += other.counted;
        for (own, more) in self.elements.iter_mut().zip(&other.elements) {
            own.sum += more.sum;
            own.count += more.count;
            own.highest += more.highest;
        }
    }

    /// The NRR of the element in this place: sum of its answers by those who answered it. None where nobody did.
    pub fn nrr(&self, element: usize) -> Option<BigRational> {
        let e = self.elements.get(element)?;
        mean(e.sum, e.count)
    }

    /// 25 x sum of weight x NRR. None where an element has no answer.
    pub fn ikm(&self, scheme: &Scheme) -> Option<BigRational> {
        let parts = self.elements.iter().map(|e| (e.sum, e.count));
        ikm(scheme, parts)
    }
}

/// A mean as a fraction.
pub(super) fn mean(sum: u64, count: u64) -> Option<BigRational> {
    (count > 0).then(|| BigRational::new(BigInt::from(sum), BigInt::from(count)))
}

/// 25 x sum of weight x NRR, from sum and count of each element in the order of the codes.
pub(super) fn ikm(scheme: &Scheme, parts: impl Iterator<Item = (u64, u64)>) -> Option<BigRational> {
    let mut index = BigRational::zero();
    for (weight, (sum, count)) in scheme.weights().zip(parts) {
        index += weight * mean(sum, count)?;
    }
    Some(index * BigRational::from(BigInt::from(25)))
}
