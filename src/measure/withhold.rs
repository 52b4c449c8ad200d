//! Withholding of small counts in what the public may see, so that no subtraction brings them back.
//!
//! In: the counts of one partition. Out: which of them, and whether their total, must not be shown.
//! Must not know what is counted. A count of zero is no disclosure and stays, so everybody knows that a withheld count is at
//! least one. Partitions that share counts must be withheld together by the caller; this function sees one at a time.

/// What of one partition must not be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// One for each count, in their order.
    pub cells: Vec<bool>,
    /// Their total must not be shown either; then every cell is withheld, zeros too.
    pub total: bool,
}

/// Which counts of a partition must not be shown beside its total: every one from 1 to `least` - 1, then the next smallest
/// value, wherever it occurs, until the withheld counts differ among themselves and make up at least `least`.
///
/// Nobody can work out a withheld count, not even by trying this rule on every table that would fit: the rule looks at values
/// and never at places, so two different withheld counts may always have been the other way round. `least` should be 3 or
/// more; with 2, a count withheld together with its total is known to be 1.
pub fn withheld(counts: &[u64], least: u64) -> Withheld {
    let mut values: Vec<u64> = counts.iter().copied().filter(|n| *n > 0).collect();
    values.sort_unstable();
    let small = values.iter().take_while(|n| **n < least).count();
    if small == 0 {
        return Withheld {
            cells: vec![false; counts.len()],
            total: false,
        };
    }
    let ends = (small..=values.len()).filter(|end| values.get(*end) != values.get(end - 1));
    match ends
        .map(|end| values.split_at(end).0)
        .find(|v| protects(v, least))
    {
        Some(withheld) => {
            let largest = withheld.last().copied().unwrap_or(0);
            Withheld {
                cells: counts.iter().map(|n| (1..=largest).contains(n)).collect(),
                total: false,
            }
        }
        None => Withheld {
            cells: vec![true; counts.len()],
            total: true,
        },
    }
}

/// Whether these counts, ascending, hide each other.
fn protects(withheld: &[u64], least: u64) -> bool {
    withheld.first() != withheld.last() && withheld.iter().sum::<u64>() >= least
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    fn shown(counts: &[u64], least: u64) -> String {
        let w = withheld(counts, least);
        let cells: Vec<String> = std::iter::zip(counts, &w.cells)
            .map(|(n, hidden)| if *hidden { "*".into() } else { n.to_string() })
            .collect();
        let total = if w.total {
            "*".into()
        } else {
            counts.iter().sum::<u64>().to_string()
        };
        format!("{} = {total}", cells.join(" "))
    }

    #[test]
    fn the_next_smallest_goes_with_a_small_one() {
        assert_eq!(shown(&[40, 3, 25, 60], 10), "40 * * 60 = 128");
        assert_eq!(shown(&[40, 25, 60], 10), "40 25 60 = 125");
        assert_eq!(shown(&[0, 40, 3, 0, 25], 10), "0 40 * 0 * = 68");
        assert_eq!(shown(&[], 10), " = 0");
    }

    #[test]
    fn counts_that_their_sum_would_give_away_take_another() {
        assert_eq!(shown(&[1, 1, 30, 20], 10), "* * 30 * = 52");
        assert_eq!(shown(&[9, 9, 30, 20], 10), "* * 30 * = 68");
        assert_eq!(shown(&[2, 1, 30, 20], 10), "* * 30 * = 53");
        assert_eq!(shown(&[9, 1, 30, 20], 10), "* * 30 20 = 60");
        assert_eq!(shown(&[5, 20, 20, 30], 10), "* * * 30 = 75");
    }

    #[test]
    fn what_cannot_be_protected_goes_with_its_total() {
        assert_eq!(shown(&[0, 4, 0], 10), "* * * = *");
        assert_eq!(shown(&[9, 9], 10), "* * = *");
        assert_eq!(shown(&[2, 3], 10), "* * = *");
        assert_eq!(shown(&[4, 7], 10), "* * = 11");
    }

    /// Every table that the shown parts and the rule allow: a reader tries all counts from 0 to `most` for the withheld
    /// cells, and keeps those that would have been withheld in the same way.
    fn what_fits(counts: &[u64], least: u64, most: u64) -> Vec<BTreeSet<u64>> {
        let seen = withheld(counts, least);
        let mut values = vec![BTreeSet::new(); counts.len()];
        let mut guess: Vec<u64> = counts.to_vec();
        try_all(&mut guess, 0, &seen, (counts, least, most), &mut values);
        values
    }

    fn try_all(
        guess: &mut Vec<u64>,
        at: usize,
        seen: &Withheld,
        known: (&[u64], u64, u64),
        values: &mut [BTreeSet<u64>],
    ) {
        let (counts, least, most) = known;
        if at == guess.len() {
            let total_fits = seen.total || guess.iter().sum::<u64>() == counts.iter().sum::<u64>();
            if total_fits && withheld(guess, least) == *seen {
                for (value, found) in guess.iter().zip(values) {
                    found.insert(*value);
                }
            }
            return;
        }
        if !seen.cells[at] {
            return try_all(guess, at + 1, seen, known, values);
        }
        for value in 0..=most {
            guess[at] = value;
            try_all(guess, at + 1, seen, known, values);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn a_reader_who_knows_the_rule_finds_no_withheld_count(
            counts in prop::collection::vec(0_u64..9, 1..6),
            least in 3_u64..6,
        ) {
            let seen = withheld(&counts, least);
            for (at, values) in what_fits(&counts, least, 10).iter().enumerate() {
                if seen.cells[at] {
                    prop_assert!(values.len() >= 2, "{counts:?} {least}: {at} is {values:?}");
                } else {
                    prop_assert!(counts[at] == 0 || counts[at] >= least);
                }
            }
            let sum: u64 = std::iter::zip(&counts, &seen.cells).filter(|(_, h)| **h).map(|(n, _)| n).sum();
            prop_assert!(sum == 0 || seen.total || sum >= least);
        }
    }
}
