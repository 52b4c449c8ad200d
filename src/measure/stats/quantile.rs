//! Exact order statistics of values that are held one by one.

/// The smallest value with at least `percent` of all values at or below it, as [`super::Histogram::quantile`]; puts the values
/// out of order. None where there is none.
pub fn quantile(values: &mut [u32], percent: usize) -> Option<i64> {
    let rank = (values.len() * percent).div_ceil(100).max(1);
    if rank > values.len() {
        return None;
    }
    let (_, value, _) = values.select_nth_unstable(rank - 1);
    Some(i64::from(*value))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Histogram;
    use super::*;

    proptest! {
        #[test]
        fn values_one_by_one_have_the_quantiles_of_their_counts(
            mut values in prop::collection::vec(0_u32..40, 0..90),
            percent in 1_usize..=100,
        ) {
            let mut counts = Histogram::default();
            values.iter().for_each(|v| counts.add(i64::from(*v)));
            prop_assert_eq!(quantile(&mut values, percent), counts.quantile(percent as u64));
        }
    }
}
