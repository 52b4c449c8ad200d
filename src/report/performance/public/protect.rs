//! Which groups of a partition the public may see, when several counts of each group stand beside their totals.
//!
//! In: for each group its shares, one for each base (due, decided, received; a plain count is a share that is always hit).
//! Out: which groups are withheld, each with all its figures or not at all, and which bases may not be shown even as a
//! total. Must not know what is counted.
//!
//! A reader has, for each base, the sums over the withheld groups: total less what is shown. In each of them at least two
//! groups count that differ, for the denominators as for the numerators, and the groups that missed are not all equally
//! many; so there is no count in which two withheld groups could not change places. Groups are chosen by what they count,
//! never by their place, so that knowing this rule does not help either.

use crate::measure::put::Share;
use crate::measure::withhold::withheld;

/// What of one partition the public may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protected {
    /// One for each group, in their order.
    pub groups: Vec<bool>,
    /// One for each base: not even its total may be shown.
    pub totals: Vec<bool>,
}

/// Protects the groups; each has one share for each of `bases`. Bases marked in `gone` are shown nowhere and are left out.
pub fn protect(groups: &[Vec<Share>], gone: &[bool], least: u64) -> Protected {
    let mut totals = gone.to_vec();
    let mut hidden = vec![false; groups.len()];
    for (base, gone) in totals.iter_mut().enumerate() {
        let counts: Vec<u64> = column(groups, base).map(|s| s.of).collect();
        let small = withheld(&counts, least);
        *gone |= small.total;
        if !*gone {
            mark(&mut hidden, &small.cells);
        }
    }
    let bases: Vec<usize> = (0..totals.len())
        .filter(|b| totals.get(*b) == Some(&false))
        .collect();
    if hidden.contains(&true) {
        extend(&mut hidden, groups, &bases, least);
    }
    Protected {
        groups: hidden,
        totals,
    }
}

/// The shares of one base; a group without one counts nothing in it.
fn column(groups: &[Vec<Share>], base: usize) -> impl Iterator<Item = Share> {
    groups
        .iter()
        .map(move |g| g.get(base).copied().unwrap_or_default())
}

fn mark(hidden: &mut [bool], more: &[bool]) {
    for (hidden, more) in hidden.iter_mut().zip(more) {
        *hidden |= more;
    }
}

/// Withholds the next smallest groups, all of a size at once, until they hide each other or all are withheld.
fn extend(hidden: &mut [bool], groups: &[Vec<Share>], bases: &[usize], least: u64) {
    let sizes: Vec<u64> = groups
        .iter()
        .map(|g| bases.iter().filter_map(|b| g.get(*b)).map(|s| s.of).sum())
        .collect();
    while !bases
        .iter()
        .all(|base| hide_each_other(hidden, groups, *base, least))
    {
        let open = sizes.iter().zip(&*hidden).filter(|(_, hidden)| !**hidden);
        let Some(next) = open.map(|(size, _)| *size).min() else {
            return;
        };
        let more: Vec<bool> = sizes.iter().map(|size| *size == next).collect();
        mark(hidden, &more);
    }
}

/// Whether the withheld groups hide each other in a base. Where nothing in the office counts there is nothing to hide.
fn hide_each_other(hidden: &[bool], groups: &[Vec<Share>], base: usize, least: u64) -> bool {
    let all: Vec<Share> = column(groups, base).collect();
    let of = |count: fn(&Share) -> u64| -> (u64, Vec<u64>) {
        let total = all.iter().map(count).sum();
        let within = all.iter().zip(hidden).filter(|(_, hidden)| **hidden);
        (total, within.map(|(s, _)| count(s)).collect())
    };
    let (total, n) = of(|s| s.of);
    let (total_hits, hits) = of(|s| s.hits);
    let (total_misses, misses) = of(|s| s.of.saturating_sub(s.hits));
    let counting = |values: &[u64]| {
        values
            .iter()
            .copied()
            .filter(|n| *n > 0)
            .collect::<Vec<_>>()
    };
    (total == 0 || (differ(&counting(&n)) && n.iter().sum::<u64>() >= least))
        && (total_hits == 0 || differ(&counting(&hits)))
        && (total_misses == 0 || differ(&misses))
}

fn differ(values: &[u64]) -> bool {
    values.iter().min() != values.iter().max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(hits: u64, of: u64) -> Vec<Share> {
        vec![Share { hits, of }]
    }

    fn hidden(groups: &[Vec<Share>]) -> Vec<usize> {
        let bases = groups.first().map_or(0, Vec::len);
        let p = protect(groups, &vec![false; bases], 10);
        (0..groups.len()).filter(|i| p.groups[*i]).collect()
    }

    #[test]
    fn groups_that_are_large_enough_stay() {
        let groups = [share(9, 10), share(0, 12), vec![Share::default()]];
        assert_eq!(hidden(&groups), [0_usize; 0]);
    }

    #[test]
    fn numerators_take_a_further_group_where_the_denominators_alone_would_do() {
        // Hidden by their number 0 and 1; together none was on time, so 2 goes with them, and 1 is hit in it alone.
        let groups = [share(0, 4), share(0, 12), share(9, 20), share(30, 40)];
        assert_eq!(hidden(&groups), [0, 1, 2, 3]);
        let groups = [share(1, 4), share(7, 12), share(9, 20), share(30, 40)];
        assert_eq!(hidden(&groups), [0, 1]);
    }

    #[test]
    fn a_group_is_withheld_in_every_base_or_in_none() {
        let group = |a: u64, b: u64| vec![Share { hits: a / 2, of: a }, Share { hits: b, of: b }];
        let groups = [group(40, 3), group(60, 80), group(70, 90), group(20, 25)];
        assert_eq!(hidden(&groups), [0, 3]);
    }

    #[test]
    fn an_office_too_small_to_be_shown_loses_the_total_of_that_base_only() {
        let groups = [
            vec![Share { hits: 9, of: 9 }, Share { hits: 20, of: 40 }],
            vec![Share { hits: 8, of: 9 }, Share { hits: 31, of: 50 }],
        ];
        let p = protect(&groups, &[false, false], 10);
        assert_eq!(p.totals, [true, false]);
        assert_eq!(p.groups, [false, false]);
    }

    /// Two withheld groups that differ may always have been the other way round.
    fn could_change_places(groups: &[Vec<Share>], p: &Protected) -> Result<(), String> {
        let bases = (0..p.totals.len()).filter(|b| !p.totals[*b]);
        for base in bases {
            let all: Vec<Share> = column(groups, base).collect();
            let within = all.iter().zip(&p.groups).filter(|(_, hidden)| **hidden);
            let within: Vec<Share> = within.map(|(s, _)| *s).collect();
            if let Some(shown) = all
                .iter()
                .zip(&p.groups)
                .find(|(s, hidden)| !**hidden && (1..10).contains(&s.of))
            {
                return Err(format!("{shown:?} is shown"));
            }
            // Where all are withheld, only their total is known.
            if within.is_empty() || within.len() == all.len() {
                continue;
            }
            let counts: [fn(&Share) -> u64; 3] = [|s| s.of, |s| s.hits, |s| s.of - s.hits];
            for count in counts {
                let total: u64 = all.iter().map(count).sum();
                let values: Vec<u64> = within.iter().map(count).collect();
                if total > 0 && values.iter().all(|v| Some(v) == values.first()) {
                    return Err(format!("base {base}: {values:?} of {total}"));
                }
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn no_withheld_group_stands_alone(
            groups in prop::collection::vec(prop::collection::vec((0_u64..40, 0_u64..40), 3), 1..7),
        ) {
            let share = |(a, b): &(u64, u64)| Share { hits: *a.min(b), of: *b };
            let groups: Vec<Vec<Share>> = groups.iter().map(|g| g.iter().map(share).collect()).collect();
            let p = protect(&groups, &[false; 3], 10);
            prop_assert!(could_change_places(&groups, &p).is_ok(), "{groups:?} {p:?} {:?}", could_change_places(&groups, &p));
        }
    }
}
