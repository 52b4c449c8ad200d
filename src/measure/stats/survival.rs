//! Kaplan-Meier median of times to decision, with its interval.
//!
//! In: decided and censored times, one by one. Out: times that occurred, None where the curve does not fall so far.

use std::collections::BTreeMap;

use super::Z_95;

/// Times to decision with the undecided counted as long as they lasted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survival {
    /// Time to (decided, censored).
    at: BTreeMap<u32, (u64, u64)>,
}

/// The curve just after a time at which somebody was decided.
struct Point {
    time: u32,
    /// Share still undecided.
    undecided: f64,
    /// Variance of the share's logarithm (Greenwood 1926).
    variance: f64,
}

/// A bound that equals one half may miss it by its last bits.
const ROUNDING: f64 = 1e-12;

impl Survival {
    /// A case decided after `time`.
    pub fn decided(&mut self, time: u32) {
        self.at.entry(time).or_default().0 += 1;
    }

    /// A case last seen undecided, or withdrawn, at `time`.
    pub fn censored(&mut self, time: u32) {
        self.at.entry(time).or_default().1 += 1;
    }

    /// Adds the cases of another part.
    pub fn merge(&mut self, other: &Survival) {
        for (time, (decided, censored)) in &other.at {
            let of_time = self.at.entry(*time).or_default();
            of_time.0 += decided;
            of_time.1 += censored;
        }
    }

    /// Number of cases.
    pub fn n(&self) -> u64 {
        self.at.values().map(|(d, c)| d + c).sum()
    }

    /// Kaplan-Meier median: the first time at which the share still undecided is at most one half (Kaplan & Meier, JASA 53,
    /// 1958). None where it stays above.
    pub fn median(&self) -> Option<u32> {
        let half = |p: &Point| p.undecided <= 0.5 + ROUNDING;
        self.curve().find(half).map(|p| p.time)
    }

    /// 95 % interval of the median (Brookmeyer & Crowley, Biometrics 38, 1982), from the pointwise band of the curve on the
    /// log(-log) scale with Greenwood's variance: the first time at which the band's lower bound is at most one half, and the
    /// first at which its upper bound is. None where that bound stays above. Where nobody is left the band is not defined
    /// and ends, as in R's `survfit(conf.type = "log-log")`; up to there lifelines gives the same.
    pub fn median_interval(&self) -> (Option<u32>, Option<u32>) {
        let first = |z: f64| {
            let half = |p: &Point| p.undecided > 0.0 && p.bound(z) <= 0.5 + ROUNDING;
            self.curve().find(half).map(|p| p.time)
        };
        (first(Z_95), first(-Z_95))
    }

    /// The curve, at the times at which somebody was decided.
    fn curve(&self) -> impl Iterator<Item = Point> {
        let mut at_risk = self.n();
        let (mut undecided, mut variance) = (1.0_f64, 0.0_f64);
        self.at.iter().filter_map(move |(&time, &(d, censored))| {
            let (decided, risk) = (d as f64, at_risk as f64);
            at_risk -= d + censored;
            if d == 0 {
                return None;
            }
            undecided *= 1.0 - decided / risk;
            variance += decided / (risk * (risk - decided));
            Some(Point {
                time,
                undecided,
                variance,
            })
        })
    }
}

impl Point {
    /// The band's bound `z` standard errors down on the log(-log) scale; negative `z` gives the upper bound.
    fn bound(&self, z: f64) -> f64 {
        let log = self.undecided.ln();
        (log * (-z * self.variance.sqrt() / log).exp()).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Freireich et al., Blood 21 (1963): remission weeks under 6-MP, the textbook example; median 23.
    #[test]
    fn the_median_counts_the_censored() {
        let mut s = Survival::default();
        for t in [6, 6, 6, 7, 10, 13, 16, 22, 23] {
            s.decided(t);
        }
        for t in [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35] {
            s.censored(t);
        }
        assert_eq!(s.n(), 21);
        assert_eq!(s.median(), Some(23));
        assert_eq!(s.median_interval(), (Some(13), None));
        let mut open = Survival::default();
        open.decided(3);
        open.censored(3);
        open.censored(9);
        assert_eq!(open.median(), None);
    }

    /// 5/6 · 4/5 · 3/4 is one half, which the product of the rounded fractions need not be.
    #[test]
    fn an_exact_half_is_reached() {
        let mut s = Survival::default();
        (1..=6).for_each(|t| s.decided(t));
        assert_eq!(s.median(), Some(3));
        let mut s = Survival::default();
        (1..=49).for_each(|t| s.decided(t));
        (0..49).for_each(|_| s.censored(60));
        assert_eq!(s.median(), Some(49));
    }

    #[test]
    fn the_interval_ends_where_nobody_is_left() {
        let mut s = Survival::default();
        assert_eq!(s.median_interval(), (None, None));
        s.decided(1);
        assert_eq!((s.median(), s.median_interval()), (Some(1), (None, None)));
        s.decided(2);
        s.decided(3);
        assert_eq!(
            (s.median(), s.median_interval()),
            (Some(2), (Some(1), None))
        );
    }
}
