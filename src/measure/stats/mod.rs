//! Statistics of counts and integer histograms: Wilson interval, exact order statistics, Kaplan-Meier median.

pub mod mix;

use std::collections::BTreeMap;

/// Standard normal quantile of a two-sided 95 % interval.
const Z_95: f64 = 1.959_963_984_540_054;

/// 95 % Wilson score interval of `hits` of `n`, in percent (Wilson, JASA 22, 1927). None for n = 0.
pub fn wilson(hits: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (n, p) = (n as f64, hits as f64 / n as f64);
    let z2 = Z_95 * Z_95;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Some((
        (100.0 * (centre - half)).max(0.0),
        (100.0 * (centre + half)).min(100.0),
    ))
}

/// Counts of whole values; parts of a tally merge by adding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: BTreeMap<i64, u64>,
}

impl Histogram {
    /// Counts one value.
    pub fn add(&mut self, value: i64) {
        *self.counts.entry(value).or_insert(0) += 1;
    }

    /// Adds another part's counts.
    pub fn merge(&mut self, other: &Histogram) {
        for (value, count) in &other.counts {
            *self.counts.entry(*value).or_insert(0) += count;
        }
    }

    /// Number of values.
    pub fn n(&self) -> u64 {
        self.counts.values().sum()
    }

    /// The smallest value with at least `percent` of all values at or below it; None where there is none.
    pub fn quantile(&self, percent: u64) -> Option<i64> {
        let n = self.n();
        let rank = (n * percent).div_ceil(100).max(1);
        let mut below = 0;
        self.counts.iter().find_map(|(value, count)| {
            below += count;
            (below >= rank).then_some(*value)
        })
    }
}

/// Times to decision with the undecided counted as long as they lasted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survival {
    /// Time to (decided, censored).
    at: BTreeMap<u32, (u64, u64)>,
}

impl Survival {
    /// A case decided after `time`.
    pub fn decided(&mut self, time: u32) {
        self.at.entry(time).or_default().0 += 1;
    }

    /// A case last seen undecided, or withdrawn, at `time`.
    pub fn censored(&mut self, time: u32) {
        self.at.entry(time).or_default().1 += 1;
    }

    /// Number of cases.
    pub fn n(&self) -> u64 {
        self.at.values().map(|(d, c)| d + c).sum()
    }

    /// Kaplan-Meier median: the first time at which the share still undecided is at most one half (Kaplan & Meier, JASA 53,
    /// 1958). None where it stays above.
    pub fn median(&self) -> Option<u32> {
        let mut at_risk = self.n();
        let mut undecided = 1.0_f64;
        for (time, (decided, censored)) in &self.at {
            if *decided > 0 {
                undecided *= 1.0 - *decided as f64 / at_risk as f64;
                // The product of fractions may miss an exact half by its last bits.
                if undecided <= 0.5 + 1e-12 {
                    return Some(*time);
                }
            }
            at_risk -= decided + censored;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29.
    #[test]
    fn wilson_equals_newcombes_table() {
        for (hits, n, low, high) in [
            (81, 263, 25.53, 36.62),
            (15, 148, 6.24, 16.05),
            (0, 20, 0.00, 16.11),
            (1, 29, 0.61, 17.18),
        ] {
            let (l, h) = wilson(hits, n).unwrap();
            assert!((l - low).abs() < 0.006, "{hits}/{n}: {l}");
            assert!((h - high).abs() < 0.006, "{hits}/{n}: {h}");
        }
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn a_quantile_is_the_smallest_value_with_the_share_at_or_below_it() {
        let mut h = Histogram::default();
        assert_eq!(h.quantile(50), None);
        for v in 1..=10 {
            h.add(v);
        }
        assert_eq!(h.quantile(50), Some(5));
        assert_eq!(h.quantile(90), Some(9));
        assert_eq!(h.quantile(95), Some(10));
        h.add(11);
        assert_eq!(h.quantile(50), Some(6));
    }

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
        let mut open = Survival::default();
        open.decided(3);
        open.censored(3);
        open.censored(9);
        assert_eq!(open.median(), None);
    }
}
