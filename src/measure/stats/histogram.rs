//! Exact order statistics of whole numbers.
//!
//! In: values one by one, or parts of a tally. Out: quantiles, each a value that occurred. Must not interpolate.

use std::collections::BTreeMap;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
