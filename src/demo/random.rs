//! The demo's own source of chance: equal seeds give equal numbers on every machine.
//!
//! Integers only: a floating-point logarithm may differ in its last digit between platforms, and with it the demo's bytes.

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
pub(super) struct Random(u64);

/// Deciles of a right-skewed duration, in thousandths of its median: most files take about the usual time, a few take
/// several times as long.
const SKEWED: [i64; 11] = [
    150, 400, 560, 700, 850, 1_000, 1_180, 1_400, 1_720, 2_300, 4_200,
];

impl Random {
    /// The stream of one case: neighbouring `index`es are unrelated.
    pub(super) fn new(seed: u64, index: u64) -> Self {
        let mut random = Self(seed ^ index.wrapping_mul(0xD1B5_4A32_D192_ED03));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..limit`; 0 where `limit` is 0.
    pub(super) fn below(&mut self, limit: i64) -> i64 {
        ((u128::from(self.next()) * limit.max(0) as u128) >> 64) as i64
    }

    /// A number in `low..=high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    /// True in `per_mille` of 1,000 draws.
    pub(super) fn chance(&mut self, per_mille: i64) -> bool {
        self.below(1_000) < per_mille
    }

    /// A right-skewed amount with this median.
    pub(super) fn skewed(&mut self, median: i64) -> i64 {
        let point = self.below(1_000);
        let (decile, rest) = ((point / 100) as usize, point % 100);
        let factor = SKEWED[decile] + (SKEWED[decile + 1] - SKEWED[decile]) * rest / 100;
        median * factor / 1_000
    }

    /// One of `items`, by weight.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T], weight: impl Fn(&T) -> i64) -> &'a T {
        let mut left = self.below(items.iter().map(&weight).sum());
        let found = items.iter().position(|item| {
            left -= weight(item);
            left < 0
        });
        &items[found.unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_in_their_range_and_reach_both_ends() {
        let mut random = Random::new(1, 1);
        let draws: Vec<i64> = (0..2_000).map(|_| random.between(-3, 3)).collect();
        assert_eq!(draws.iter().min(), Some(&-3));
        assert_eq!(draws.iter().max(), Some(&3));
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn the_skewed_draw_has_its_median() {
        let mut random = Random::new(7, 0);
        let under = (0..10_000).filter(|_| random.skewed(1_000) < 1_000).count();
        assert!((4_800..5_200).contains(&under), "{under}");
    }

    #[test]
    fn weights_are_kept() {
        let mut random = Random::new(3, 9);
        let items = [("a", 9), ("b", 1), ("never", 0)];
        let mut seen = [0; 3];
        for _ in 0..5_000 {
            let chosen = random.pick(&items, |i| i.1).0;
            seen[items.iter().position(|i| i.0 == chosen).unwrap()] += 1;
        }
        assert!((4_300..4_700).contains(&seen[0]), "{seen:?}");
        assert_eq!(seen[2], 0);
    }
}
