//! An officer against everybody who did the same work: observed and expected failures, with exact limits.
//!
//! In: one stratum for each step, permit type and month. Out: [`Compared`]. This is indirect standardisation, conditional on
//! the strata. Must not know of officers, charts or words, and must not rank.
//!
//! Under the null hypothesis a stratum's failures fall on its executions at random, so the officer's share of them is
//! hypergeometric given the stratum's totals (Mantel & Haenszel, JNCI 22, 1959), and the strata are independent. The
//! officer's own work is part of the totals, so nobody is held against figures that their own failures are left out of.

/// The executions of one step, permit type and month: counts, `failed` and `own` at most `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stratum {
    /// Everybody's executions, the officer's among them.
    pub all: u64,
    /// How many of `all` missed the standard.
    pub failed: u64,
    /// The officer's executions.
    pub own: u64,
    /// How many of `own` missed the standard.
    pub own_failed: u64,
}

/// Observed against expected, in executions. Observed is inside a pair of limits when lower <= observed <= upper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// The officer's executions in strata that somebody else worked in too.
    pub n: u64,
    /// The officer's executions in strata that nobody else worked in; these give no comparison.
    pub alone: u64,
    /// Failures among `n`.
    pub observed: u64,
    /// Failures among `n` if the officer were like everybody who did this work.
    pub expected: f64,
    /// Variance of the failures under the same assumption.
    pub variance: f64,
    /// At most 2.5 % of the null distribution lies below `lower95`, and at most 2.5 % above `upper95`.
    pub lower95: u64,
    pub upper95: u64,
    /// At most 0.1 % of the null distribution lies below `lower998`, and at most 0.1 % above `upper998`.
    pub lower998: u64,
    pub upper998: u64,
}

/// The exact probability of lying outside the limits by chance alone; counts being whole, it is at most the nominal one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attained {
    /// Of the 95 % limits, at most 0.05.
    pub outside95: f64,
    /// Of the 99.8 % limits, at most 0.002.
    pub outside998: f64,
}

/// The probability left outside on either side, of 95 % and of 99.8 % limits.
const EACH_SIDE_95: f64 = 0.025;
const EACH_SIDE_998: f64 = 0.001;
/// Sums of rounded terms may miss an exact 1/40 by their last bits.
const ROUNDING: f64 = 1e-12;
/// Probabilities below this are dropped at the ends of a distribution; 10,000 strata lose less than [`ROUNDING`] by it.
const NEGLIGIBLE: f64 = 1e-18;

/// Compares one officer with everybody who did the same work. Equal strata in any order give equal bits.
pub fn compare(strata: &[Stratum]) -> Compared {
    let shared = shared(strata);
    let null = null(&shared);
    let (lower95, upper95) = null.limits(EACH_SIDE_95);
    let (lower998, upper998) = null.limits(EACH_SIDE_998);
    Compared {
        n: shared.iter().map(|s| s.own).sum(),
        alone: strata
            .iter()
            .filter(|s| s.own >= s.all)
            .map(|s| s.own)
            .sum(),
        observed: shared.iter().map(|s| s.own_failed).sum(),
        expected: shared.iter().map(expected).sum(),
        variance: shared.iter().map(variance).sum(),
        lower95,
        upper95,
        lower998,
        upper998,
    }
}

/// How often chance alone puts an officer with these strata outside the limits of [`compare`].
pub fn attained(strata: &[Stratum]) -> Attained {
    let null = null(&shared(strata));
    Attained {
        outside95: null.outside(null.limits(EACH_SIDE_95)),
        outside998: null.outside(null.limits(EACH_SIDE_998)),
    }
}

/// The strata that the officer and somebody else worked in, in an order of their own.
fn shared(strata: &[Stratum]) -> Vec<Stratum> {
    let mut shared: Vec<Stratum> = strata
        .iter()
        .copied()
        .filter(|s| s.own > 0 && s.own < s.all && s.failed <= s.all)
        .collect();
    shared.sort_unstable();
    shared
}

/// Mean of the hypergeometric distribution.
fn expected(s: &Stratum) -> f64 {
    s.own as f64 * s.failed as f64 / s.all as f64
}

/// Variance of the hypergeometric distribution; a shared stratum has at least two executions.
fn variance(s: &Stratum) -> f64 {
    let (all, own, failed) = (s.all as f64, s.own as f64, s.failed as f64);
    own * (all - own) / all * failed * (all - failed) / all / (all - 1.0)
}

/// The distribution of the officer's failures under the null hypothesis. Neighbours are joined in rounds, so that both
/// sides of a product stay narrow: each round costs about what the last product does.
fn null(shared: &[Stratum]) -> Chances {
    let mut round: Vec<Chances> = shared.iter().map(Chances::hypergeometric).collect();
    while round.len() > 1 {
        let mut next = Vec::with_capacity(round.len().div_ceil(2));
        let mut parts = round.into_iter();
        while let Some(a) = parts.next() {
            next.push(match parts.next() {
                Some(b) => a.plus(&b),
                None => a,
            });
        }
        round = next;
    }
    round.pop().unwrap_or(Chances {
        first: 0,
        chance: vec![1.0],
    })
}

/// A distribution over neighbouring counts.
struct Chances {
    /// The count that the first chance belongs to.
    first: u64,
    chance: Vec<f64>,
}

impl Chances {
    /// Terms relative to the mode by their ratios, out to where they no longer count, then scaled to a sum of one. That
    /// needs no factorials, and only adds and multiplies positive numbers.
    fn hypergeometric(s: &Stratum) -> Chances {
        let (all, own, failed) = (s.all as f64, s.own as f64, s.failed as f64);
        let last = s.own.min(s.failed);
        let least = (s.own + s.failed).saturating_sub(s.all);
        let mode = ((own + 1.0) * (failed + 1.0) / (all + 2.0)) as u64;
        let mode = mode.clamp(least, last);
        // The chance of k + 1 over that of k.
        let ratio = |k: u64| {
            let k = k as f64;
            (own - k) * (failed - k) / ((k + 1.0) * (all - own - failed + k + 1.0))
        };
        let upwards = (mode..last).scan(1.0, |term, k| {
            *term *= ratio(k);
            (*term > NEGLIGIBLE).then_some(*term)
        });
        let downwards = (least..mode).rev().scan(1.0, |term, k| {
            *term /= ratio(k);
            (*term > NEGLIGIBLE).then_some(*term)
        });
        let mut chance: Vec<f64> = downwards.collect();
        let first = mode - chance.len() as u64;
        chance.reverse();
        chance.push(1.0);
        chance.extend(upwards);
        let sum: f64 = chance.iter().sum();
        chance.iter_mut().for_each(|c| *c /= sum);
        Chances { first, chance }
    }

    /// The distribution of the sum of two independent counts.
    fn plus(&self, other: &Chances) -> Chances {
        let mut sum = vec![0.0; self.chance.len() + other.chance.len() - 1];
        for (i, a) in self.chance.iter().enumerate() {
            for (to, b) in sum.iter_mut().skip(i).zip(&other.chance) {
                *to += a * b;
            }
        }
        let cut = sum.iter().take_while(|c| **c < NEGLIGIBLE).count();
        let kept = sum.iter().rposition(|c| *c >= NEGLIGIBLE);
        sum.truncate(kept.map_or(0, |last| last + 1));
        Chances {
            first: self.first + other.first + cut as u64,
            chance: sum.split_off(cut.min(sum.len())),
        }
    }

    /// The smallest count that has more than `each_side` at or below it, and the smallest that has no more than that
    /// above it.
    fn limits(&self, each_side: f64) -> (u64, u64) {
        let mut below = 0.0;
        let under = self.chance.iter().take_while(|c| {
            below += **c;
            below <= each_side + ROUNDING
        });
        let under = under.count() as u64;
        let mut above = 0.0;
        let over = self.chance.iter().rev().take_while(|c| {
            above += **c;
            above <= each_side + ROUNDING
        });
        let over = over.count() as u64;
        let last = (self.first + self.chance.len() as u64).saturating_sub(1);
        (self.first + under, last.saturating_sub(over))
    }

    /// The probability below the first and above the second limit.
    fn outside(&self, (lower, upper): (u64, u64)) -> f64 {
        let counts = self.first..;
        let outside = counts
            .zip(&self.chance)
            .filter(|(count, _)| *count < lower || *count > upper);
        outside.map(|(_, chance)| chance).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(all: u64, failed: u64, own: u64, own_failed: u64) -> Stratum {
        Stratum {
            all,
            failed,
            own,
            own_failed,
        }
    }

    /// Worked by hand: of four, two fail and two are own, so 1/6, 4/6, 1/6; two such strata together: 1, 8, 18, 8, 1 of 36.
    #[test]
    fn small_strata_are_worked_by_hand() {
        let c = compare(&[stratum(4, 2, 2, 2), stratum(4, 2, 2, 0)]);
        assert_eq!((c.n, c.alone, c.observed), (4, 0, 2));
        assert!((c.expected - 2.0).abs() < 1e-12);
        assert!((c.variance - 2.0 / 3.0).abs() < 1e-12);
        // 1/36 = 2.8 % is more than 2.5 %, so nothing lies outside.
        assert_eq!((c.lower95, c.upper95), (0, 4));
        let null = null(&shared(&[stratum(4, 2, 2, 2), stratum(4, 2, 2, 0)]));
        for (chance, of36) in null.chance.iter().zip([1.0, 8.0, 18.0, 8.0, 1.0]) {
            assert!((chance - of36 / 36.0).abs() < 1e-15);
        }
    }

    #[test]
    fn an_exact_share_of_one_in_forty_lies_outside() {
        let c = compare(&[stratum(40, 1, 1, 1)]);
        assert_eq!((c.lower95, c.upper95), (0, 0));
        assert_eq!((c.lower998, c.upper998), (0, 1));
        let c = compare(&[stratum(39, 1, 1, 1)]);
        assert_eq!((c.lower95, c.upper95), (0, 1));
        let a = attained(&[stratum(40, 1, 1, 1)]);
        assert!((a.outside95 - 0.025).abs() < 1e-15 && a.outside998 == 0.0);
    }

    #[test]
    fn work_that_nobody_else_did_is_not_compared() {
        let c = compare(&[
            stratum(10, 9, 10, 9),
            stratum(0, 0, 0, 0),
            stratum(7, 7, 0, 0),
        ]);
        assert_eq!((c.n, c.alone, c.observed), (0, 10, 0));
        assert_eq!((c.lower998, c.upper998), (0, 0));
        assert_eq!(c.expected, 0.0);
    }

    #[test]
    fn the_distribution_has_the_mean_and_variance_of_the_formulas() {
        let strata: Vec<Stratum> = (1..60)
            .map(|i| stratum(40 + 7 * i, (13 * i) % 40, 1 + (5 * i) % 39, 0))
            .collect();
        let null = null(&shared(&strata));
        let c = compare(&strata);
        let at = |i: usize| (null.first + i as u64) as f64;
        let (mut sum, mut mean, mut square) = (0.0, 0.0, 0.0);
        for (i, p) in null.chance.iter().enumerate() {
            sum += p;
            mean += p * at(i);
            square += p * (at(i) - c.expected).powi(2);
        }
        assert!((sum - 1.0).abs() < 1e-12);
        assert!((mean - c.expected).abs() < 1e-9, "{mean}");
        assert!((square - c.variance).abs() < 1e-9, "{square}");
        let mut reversed = strata.clone();
        reversed.reverse();
        assert_eq!(compare(&reversed), c);
    }
}
