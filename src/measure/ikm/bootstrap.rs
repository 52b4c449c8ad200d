//! The bootstrap interval of an index: respondents drawn anew, with replacement, as many as there are, a thousand times (Efron, Annals
//! of Statistics 7, 1979; percentile interval).
//!
//! In: patterns of forms. Out: for each replicate the sums that an index is made of, and exact bounds. How it is drawn is part of the
//! figure, so that an auditor can repeat it in any language:
//!
//! - Respondents stand in the order of their answers, element codes ascending, none before 1 to 4, and are numbered from 0.
//! - Draws come from SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014): the state begins
//!   at the seed; each draw adds 9E3779B97F4A7C15 (hexadecimal) and mixes. The seed is 142017 for a sample alone, and in a
//!   difference for the minuend (now, late); 252004 for the subtrahend (then, on time).
//! - A draw x takes the respondent floor(x n / 2^64). The first n draws are the first replicate, the next n the second, to 1,000.
//! - The bounds are the 25th smallest and the 25th largest of the 1,000 values, not interpolated. No interval is given for fewer than
//!   two respondents, or where in some replicate nobody answered an element.

use num_rational::BigRational;
use rayon::prelude::*;

use super::draw::{Runs, Seed, replicate};
use super::scheme::{Pattern, Scheme};
use super::sums::{ikm, mean};
use crate::exact;

/// Replicates drawn.
pub const REPLICATES: usize = 1_000;
/// Values left outside on either side: 2.5 %, the bound itself not counted.
const OUTSIDE: usize = 24;
/// Values closer than this are compared exactly: far more than what rounding does to them.
const NEAR: f64 = 1e-9;

/// The replicates of one sample: sum and count for each element, in the order of the codes.
#[derive(Debug)]
pub(super) struct Resampled {
    elements: usize,
    sums: Vec<(u64, u64)>,
}

/// Draws the replicates of a sample; None for fewer than two forms. The patterns may come in any order.
pub(super) fn resample(
    scheme: &Scheme,
    mut patterns: Vec<Pattern>,
    seed: Seed,
) -> Option<Resampled> {
    let n = patterns.len();
    if n < 2 {
        return None;
    }
    patterns.par_sort_unstable();
    let runs = Runs::new(scheme, &patterns);
    drop(patterns);
    let sums = (0..REPLICATES)
        .into_par_iter()
        .map_init(
            || runs.scratch(),
            |scratch, r| replicate(scratch, &runs, seed, r),
        )
        .flatten_iter()
        .collect();
    Some(Resampled {
        elements: scheme.len(),
        sums,
    })
}

/// 95 % bounds of what `value` makes of each replicate, exactly. None where it is not defined for some replicate.
pub(super) fn bounds(
    value: impl Fn(usize) -> Option<f64>,
    exact: impl Fn(usize) -> Option<BigRational>,
) -> Option<(BigRational, BigRational)> {
    let values: Vec<f64> = (0..REPLICATES).map(value).collect::<Option<_>>()?;
    let mut order: Vec<usize> = (0..REPLICATES).collect();
    order.sort_by(|a, b| {
        let of = |i: &usize| values.get(*i).copied().unwrap_or(f64::NAN);
        of(a).total_cmp(&of(b))
    });
    let at = |place: usize| order_statistic(&values, &order, place, &exact);
    Some((at(OUTSIDE)?, at(REPLICATES - 1 - OUTSIDE)?))
}

/// The value in this place of the ascending order. Neighbours that a computer's numbers do not tell apart are ordered by their
/// fractions.
fn order_statistic(
    values: &[f64],
    order: &[usize],
    place: usize,
    exact: impl Fn(usize) -> Option<BigRational>,
) -> Option<BigRational> {
    let of = |i: &usize| values.get(*i).copied().unwrap_or(f64::NAN);
    let middle = of(order.get(place)?);
    let first = order.partition_point(|i| of(i) < middle - NEAR);
    let last = order.partition_point(|i| of(i) <= middle + NEAR);
    let mut near: Vec<BigRational> = order
        .get(first..last)?
        .iter()
        .map(|i| exact(*i))
        .collect::<Option<_>>()?;
    near.sort_unstable();
    near.into_iter().nth(place.checked_sub(first)?)
}

impl Resampled {
    fn of(&self, replicate: usize) -> impl Iterator<Item = (u64, u64)> {
        let from = replicate * self.elements;
        let own = self.sums.get(from..from + self.elements);
        own.unwrap_or_default().iter().copied()
    }

    fn element(&self, replicate: usize, element: usize) -> (u64, u64) {
        self.of(replicate).nth(element).unwrap_or_default()
    }

    /// The IKM of a replicate, and nearly.
    fn ikm(&self, scheme: &Scheme, replicate: usize) -> Option<BigRational> {
        ikm(scheme, self.of(replicate))
    }

    fn ikm_nearly(&self, weights: &[f64], replicate: usize) -> Option<f64> {
        let mut index = 0.0;
        for (weight, (sum, count)) in weights.iter().zip(self.of(replicate)) {
            index += weight * nearly(sum, count)?;
        }
        Some(25.0 * index)
    }

    /// 95 % bounds of the IKM.
    pub fn bounds(&self, scheme: &Scheme) -> Option<(BigRational, BigRational)> {
        let weights = weights(scheme);
        bounds(|r| self.ikm_nearly(&weights, r), |r| self.ikm(scheme, r))
    }

    /// 95 % bounds of the IKM less another sample's.
    pub fn difference(
        &self,
        other: &Resampled,
        scheme: &Scheme,
    ) -> Option<(BigRational, BigRational)> {
        let weights = weights(scheme);
        bounds(
            |r| Some(self.ikm_nearly(&weights, r)? - other.ikm_nearly(&weights, r)?),
            |r| Some(self.ikm(scheme, r)? - other.ikm(scheme, r)?),
        )
    }

    /// 95 % bounds of the NRR of the element in this place less another sample's.
    pub fn element_difference(
        &self,
        other: &Resampled,
        element: usize,
    ) -> Option<(BigRational, BigRational)> {
        let parts = |r: usize| (self.element(r, element), other.element(r, element));
        bounds(
            |r| {
                let ((s, n), (t, m)) = parts(r);
                Some(nearly(s, n)? - nearly(t, m)?)
            },
            |r| {
                let ((s, n), (t, m)) = parts(r);
                Some(mean(s, n)? - mean(t, m)?)
            },
        )
    }
}

fn weights(scheme: &Scheme) -> Vec<f64> {
    scheme.weights().map(exact::to_f64).collect()
}

fn nearly(sum: u64, count: u64) -> Option<f64> {
    (count > 0).then(|| sum as f64 / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_statistic_is_exact_where_numbers_lie_closer_than_a_computer_sees() {
        // 1,000 values of which neighbours differ by 10^-18, given in the opposite order and all nearly 1.
        let exact = |r: usize| {
            let step = BigRational::new((1_000 - r).into(), 10_u64.pow(18).into());
            Some(exact::ratio(1, 1) + step)
        };
        let (low, high) = bounds(|_| Some(1.0), exact).expect("bounds");
        assert_eq!(Some(low), exact(975));
        assert_eq!(Some(high), exact(24));
        let some = bounds(|r| (r != 7).then_some(1.0), exact);
        assert_eq!(some, None);
    }
}
