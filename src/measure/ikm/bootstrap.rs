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

use super::scheme::{Pattern, Scheme};
use super::sums::{ikm, mean};
use crate::exact;

/// Replicates drawn.
pub const REPLICATES: usize = 1_000;
/// Values left outside on either side: 2.5 %, the bound itself not counted.
const OUTSIDE: usize = 24;
/// What a draw adds to the state.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
/// Values closer than this are compared exactly: far more than what rounding does to them.
const NEAR: f64 = 1e-9;
/// Two elements share a number; a sum of answers needs fewer bits than half of it.
const LANE_BITS: u32 = 32;

/// Which of the two seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seed {
    /// A sample alone, or the minuend of a difference.
    First,
    /// The subtrahend of a difference.
    Second,
}

impl Seed {
    fn state(self) -> u64 {
        match self {
            Seed::First => 142_017,
            Seed::Second => 252_004,
        }
    }
}

/// Forms that answered alike, in the order of their patterns.
struct Runs {
    /// Where each run ends among all forms.
    ends: Vec<usize>,
    /// What each form of a run adds to the sums, `width` numbers for each run: two elements to a number, sums first, then counts.
    lanes: Vec<u64>,
    width: usize,
}

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
    let runs = runs(scheme, &patterns);
    drop(patterns);
    let elements = scheme.len();
    let replicate = |drawn: &mut Vec<u8>, r: usize| {
        let state = seed.state();
        let skipped = (r as u64).wrapping_mul(n as u64).wrapping_mul(STEP);
        let state = state.wrapping_add(skipped);
        let lanes = draw(drawn, state, n, &runs).unwrap_or_else(|| {
            // A respondent drawn 256 times or more: counted again in wider numbers.
            draw_wide(state, n, &runs)
        });
        unpacked(&lanes, elements)
    };
    let sums = (0..REPLICATES)
        .into_par_iter()
        .map_init(|| vec![0_u8; n], replicate)
        .flatten_iter()
        .collect();
    Some(Resampled { elements, sums })
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

/// Equal neighbours of sorted patterns, joined.
fn runs(scheme: &Scheme, sorted: &[Pattern]) -> Runs {
    let mut runs = Runs {
        ends: Vec::new(),
        lanes: Vec::new(),
        width: 2 * scheme.len().div_ceil(2),
    };
    let mut end = 0;
    for equal in sorted.chunk_by(|a, b| a == b) {
        end += equal.len();
        runs.ends.push(end);
        let pattern = equal.first().copied().unwrap_or(0);
        let answers: Vec<u64> = scheme.answers(pattern).map(u64::from).collect();
        let counts: Vec<u64> = answers.iter().map(|a| u64::from(*a > 0)).collect();
        let pair = |pair: &[u64]| pair.iter().rev().fold(0, |l, v| (l << LANE_BITS) | v);
        let lanes = answers.chunks(2).chain(counts.chunks(2)).map(pair);
        runs.lanes.extend(lanes);
    }
    runs
}

/// One replicate: how often each respondent is drawn, summed over those who answered alike. None where a byte was too small for a
/// count: then the counts do not add up to n.
fn draw(drawn: &mut [u8], mut state: u64, n: usize, runs: &Runs) -> Option<Vec<u64>> {
    drawn.fill(0);
    for _ in 0..n {
        let at = next_below(&mut state, n);
        if let Some(times) = drawn.get_mut(at) {
            *times = times.wrapping_add(1);
        }
    }
    let all: u64 = drawn.iter().map(|t| u64::from(*t)).sum();
    (all == n as u64).then(|| sum_up(drawn, runs, |t| u64::from(*t)))
}

/// The same in numbers that are wide enough for any n.
fn draw_wide(mut state: u64, n: usize, runs: &Runs) -> Vec<u64> {
    let mut drawn = vec![0_u64; n];
    for _ in 0..n {
        let at = next_below(&mut state, n);
        if let Some(times) = drawn.get_mut(at) {
            *times += 1;
        }
    }
    sum_up(&drawn, runs, |t| *t)
}

fn sum_up<T>(drawn: &[T], runs: &Runs, times: impl Fn(&T) -> u64) -> Vec<u64> {
    let mut sums = vec![0_u64; runs.width];
    let mut from = 0;
    for (end, lanes) in runs.ends.iter().zip(runs.lanes.chunks(runs.width)) {
        let own = drawn.get(from..*end).unwrap_or_default();
        let drawn: u64 = own.iter().map(&times).sum();
        from = *end;
        for (sum, lane) in sums.iter_mut().zip(lanes) {
            *sum += drawn * lane;
        }
    }
    sums
}

/// Sum and count of each element, from numbers that hold two elements each.
fn unpacked(lanes: &[u64], elements: usize) -> Vec<(u64, u64)> {
    let (sums, counts) = lanes.split_at(elements.div_ceil(2));
    let of = |lanes: &[u64], e: usize| {
        let lane = lanes.get(e / 2).copied().unwrap_or(0);
        (lane >> (LANE_BITS * (e % 2) as u32)) & u64::from(u32::MAX)
    };
    (0..elements)
        .map(|e| (of(sums, e), of(counts, e)))
        .collect()
}

/// The next draw: a number below n.
fn next_below(state: &mut u64, n: usize) -> usize {
    *state = state.wrapping_add(STEP);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    ((u128::from(z) * n as u128) >> 64) as usize
}
