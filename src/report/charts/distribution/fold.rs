//! Bars without gaps, and the tail folded into the last of them.
//!
//! In: values with their counts. Out: counts from the first value on; none is lost.

use super::Distribution;
use crate::format;

/// Of all that is counted, one in so many may lie in the folded tail for the sake of broader bars.
const TAIL: u64 = 100;
/// Bars from the first value to the last, none missing, and what was folded.
pub struct Folded {
    pub first: i64,
    pub counts: Vec<u64>,
    /// The last count stands for all values above the one before it.
    pub tail: bool,
}

/// Folds the tail into a last bar, where there are more than `most` bars or where hardly anything lies in it; never the
/// limit, nor a mark that still fits.
pub fn fold(d: &Distribution, most: i64) -> Folded {
    let present = || d.bars.iter().filter(|(_, count)| *count > 0);
    let first = present().map(|b| b.0).min().unwrap_or(0);
    let last = present().map(|b| b.0).max().unwrap_or(0);
    let total: u64 = present().map(|b| b.1).sum();
    let after = |v: i64| -> u64 { present().filter(|b| b.0 > v).map(|b| b.1).sum() };
    let named = d
        .marks
        .iter()
        .map(|m| m.0)
        .chain(d.limit.map(|l| l.saturating_add(2)));
    let needed = named.max().unwrap_or(first);
    let widest = first.saturating_add(most - 2);
    let body = (first..=widest.min(last)).find(|v| after(*v) <= total / TAIL);
    let body = body.unwrap_or(widest).max(needed).min(widest);
    // A tail of one value is no tail.
    let tail = last > body.saturating_add(1);
    let body = if tail { body } else { last };
    let count = |v: i64| present().filter(|b| b.0 == v).map(|b| b.1).sum();
    let mut counts: Vec<u64> = (first..=body).map(count).collect();
    if tail {
        counts.push(after(body));
    }
    Folded {
        first,
        counts,
        tail,
    }
}

impl Folded {
    /// Value of the `index`th bar; for the tail the greatest value it does not hold.
    pub fn value(&self, index: usize) -> i64 {
        let tail = self.tail && index + 1 == self.counts.len();
        self.first + index as i64 - i64::from(tail)
    }

    /// What stands under the bar.
    pub fn label(&self, index: usize) -> String {
        let tail = self.tail && index + 1 == self.counts.len();
        let number = format::integer(self.value(index));
        if tail { format!("> {number}") } else { number }
    }

    /// Place of a value among the bars, within them.
    pub fn index(&self, value: i64) -> f64 {
        let last = self.counts.len() as i64 - 1;
        value.saturating_sub(self.first).clamp(0, last.max(0)) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(bars: Vec<(i64, u64)>) -> Distribution {
        Distribution {
            bars,
            limit: Some(14),
            ..Distribution::default()
        }
    }

    #[test]
    fn the_tail_is_folded_and_nothing_is_lost() {
        let d = some((1..=200).map(|v| (v, 1)).collect());
        let folded = fold(&d, 46);
        assert_eq!(folded.counts.len(), 46);
        assert_eq!(folded.counts.iter().sum::<u64>(), 200);
        assert_eq!(folded.label(45), "> 45");
    }

    #[test]
    fn a_thin_tail_is_folded_but_not_the_limit() {
        let d = some(vec![(3, 5000), (4, 200), (40, 1), (41, 1)]);
        let folded = fold(&d, 46);
        assert_eq!(folded.label(folded.counts.len() - 1), "> 16");
        assert_eq!(folded.counts.last(), Some(&2));
        // Nothing is folded where only one value would be.
        assert!(!fold(&some(vec![(3, 10), (17, 1)]), 46).tail);
    }
}
