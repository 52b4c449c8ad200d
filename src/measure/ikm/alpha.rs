//! Cronbach's alpha: Coefficient alpha and the internal structure of tests, Psychometrika 16 (1951), 297-334.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// k / (k - 1) x (1 - sum of the items' variances / variance of the totals), with sample variances (divided by n - 1), exactly.
///
/// `rows` are the answers to the k items and how many gave them. None for fewer than two rows or items, and where all totals are
/// the same: there is nothing to divide by then.
pub fn alpha<'r>(rows: impl IntoIterator<Item = (&'r [u8], u64)>) -> Option<BigRational> {
    let mut items: Vec<Moments> = Vec::new();
    let mut totals = Moments::default();
    for (answers, times) in rows {
        items.resize(answers.len().max(items.len()), Moments::default());
        for (item, answer) in items.iter_mut().zip(answers) {
            item.add(u64::from(*answer), times);
        }
        let total = answers.iter().map(|a| u64::from(*a)).sum();
        totals.add(total, times);
    }
    let k = items.len();
    let spread = totals.spread();
    if totals.n < 2 || k < 2 || spread.is_zero() {
        return None;
    }
    let within = items.iter().fold(BigInt::zero(), |sum, i| sum + i.spread());
    let k = BigInt::from(k);
    let below = &k - BigInt::one();
    let factor = BigRational::new(k, below);
    Some(factor * (BigRational::one() - BigRational::new(within, spread)))
}

/// Sums from which a variance is made.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    n: u64,
    sum: u128,
    squares: u128,
}

impl Moments {
    fn add(&mut self, value: u64, times: u64) {
        let (value, times_wide) = (u128::from(value), u128::from(times));
        self.n += times;
        self.sum += value * times_wide;
        self.squares += value * value * times_wide;
    }

    /// n (n - 1) times the sample variance: the same factor for items and totals, so it cancels.
    fn spread(&self) -> BigInt {
        let sum = BigInt::from(self.sum);
        BigInt::from(self.n) * BigInt::from(self.squares) - &sum * &sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::ratio;

    #[test]
    fn items_that_agree_wholly_have_an_alpha_of_one_and_opposite_ones_none() {
        let same: [[u8; 3]; 3] = [[1, 1, 1], [2, 2, 2], [4, 4, 4]];
        let rows = |all: &'static [[u8; 3]]| alpha(all.iter().map(|r| (r.as_slice(), 1)));
        assert_eq!(
            alpha(same.iter().map(|r| (r.as_slice(), 5))),
            Some(ratio(1, 1))
        );
        assert_eq!(rows(&[[1, 4, 2], [4, 1, 2]]), None);
        assert_eq!(rows(&[[4, 4, 4], [4, 4, 4]]), None);
        assert_eq!(rows(&[[1, 2, 3]]), None);
        assert_eq!(rows(&[]), None);
        assert_eq!(alpha([(&[1_u8][..], 3), (&[2], 1)]), None);
    }

    /// By hand: items (1, 2), (2, 2), (3, 4): variances 1 and 4/3, totals 3, 4, 7 with 13/3; 2 x (1 - (7/3)/(13/3)) = 12/13.
    #[test]
    fn two_items_are_worked_by_hand() {
        let rows: [[u8; 2]; 3] = [[1, 2], [2, 2], [3, 4]];
        assert_eq!(
            alpha(rows.iter().map(|r| (r.as_slice(), 1))),
            Some(ratio(12, 13))
        );
    }
}
