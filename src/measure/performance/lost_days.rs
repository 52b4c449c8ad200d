//! On which steps the days over the limit were lost.
//!
//! In: cases decided late in the period under a limit in days. Out: their days over, spread over the steps in proportion to
//! the service time each used, work and waiting alike, from the main clock's start to the decision. Time with the applicant
//! takes no share. It must not name persons.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::measure::performance::{UNRECORDED, View};
use crate::measure::put::Writer;
use crate::measure::timeline::{Divider, Where};
use crate::score::{CaseVerdict, ScoredCase};
use crate::standard::Unit;

/// Parts of a day that are dealt out whole, so that the steps' parts add up to the days lost, in any order.
const PARTS: u64 = 1_000_000;

/// A step's part of the lost days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostDays {
    /// None where no service time passed that could be charged to a step.
    pub step: Option<i32>,
    /// Millionths of a day.
    pub micro_days: u64,
}

/// Writes the `lost_days.*` figures; returns the steps by lost days, most first.
pub fn write(w: &mut Writer, view: &View) -> Vec<LostDays> {
    let decided = view.decided();
    let lost: Vec<Lost> = view
        .scored
        .cases
        .par_iter()
        .filter(|case| case.verdict == CaseVerdict::Late)
        .filter(|case| decided(case))
        .map_init(Divider::default, |divider, case| lost_by(case, divider))
        .flatten()
        .collect();
    let n = lost.len() as u64;
    let total: u64 = lost.iter().map(|l| u64::from(l.days)).sum();
    let mut by_step: BTreeMap<Option<i32>, u64> = BTreeMap::new();
    for (step, parts) in lost.into_iter().flat_map(|l| l.parts) {
        *by_step.entry(step).or_default() += parts;
    }
    write_total(w, view, n, total);
    for (step, parts) in &by_step {
        let step = step.map_or(UNRECORDED.to_owned(), |s| s.to_string());
        let group = [("step", step.as_str())];
        if !view.days_known {
            w.not_assessable("lost_days.days", &group, n);
            w.not_assessable("lost_days.share", &group, n);
            continue;
        }
        let days = *parts as f64 / PARTS as f64;
        w.decimal("lost_days.days", &group, n, Some(days), 1);
        let (parts, of) = (*parts as i64, (total * PARTS) as i64);
        w.time_share("lost_days.share", &group, n, parts, of);
    }
    let mut rows: Vec<LostDays> = by_step
        .into_iter()
        .map(|(step, micro_days)| LostDays { step, micro_days })
        .collect();
    rows.sort_by_key(|l| (Reverse(l.micro_days), l.step));
    rows
}

fn write_total(w: &mut Writer, view: &View, n: u64, total: u64) {
    match view.days_known || n == 0 {
        true => w.days("lost_days.total", &[], n, Some(total as i64)),
        false => w.not_assessable("lost_days.total", &[], n),
    }
}

/// A case's days over the limit, dealt out.
struct Lost {
    days: u32,
    parts: Vec<(Option<i32>, u64)>,
}

/// None for a case whose limit is not in days.
fn lost_by(case: &ScoredCase, divider: &mut Divider) -> Option<Lost> {
    let standard = case.standard.as_ref()?;
    let (from, to) = (case.main_start?, case.decided?);
    let days = case
        .days_over
        .filter(|_| standard.total.unit != Unit::ElapsedHours)?;
    let mut used: BTreeMap<Option<i32>, u64> = BTreeMap::new();
    for stretch in divider.divide(case, standard, from, to) {
        if stretch.place != Where::Applicant {
            let step = stretch.step.or(standard.decides);
            *used.entry(step).or_default() += stretch.service_seconds.unsigned_abs();
        }
    }
    used.retain(|_, seconds| *seconds > 0);
    let parts = deal_out(u64::from(days) * PARTS, used);
    Some(Lost { days, parts })
}

/// Deals `parts` out in proportion to `used`, whole: what division leaves over goes to the largest remainders, of equal ones
/// to the earlier step (method of largest remainders). To nobody where nothing was used.
fn deal_out(parts: u64, used: BTreeMap<Option<i32>, u64>) -> Vec<(Option<i32>, u64)> {
    let all: u128 = used.values().map(|s| u128::from(*s)).sum();
    if all == 0 {
        return vec![(None, parts)];
    }
    let mut dealt: Vec<(Option<i32>, u64, u128)> = used
        .into_iter()
        .map(|(step, seconds)| {
            let product = u128::from(parts) * u128::from(seconds);
            (step, (product / all) as u64, product % all)
        })
        .collect();
    let left = parts - dealt.iter().map(|(_, whole, _)| whole).sum::<u64>();
    dealt.sort_by_key(|(step, _, rest)| (Reverse(*rest), *step));
    for (_, whole, _) in dealt.iter_mut().take(left as usize) {
        *whole += 1;
    }
    dealt
        .into_iter()
        .map(|(step, whole, _)| (step, whole))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_dealt_out_whole_and_add_up() {
        let used = |pairs: &[(i32, u64)]| pairs.iter().map(|(s, n)| (Some(*s), *n)).collect();
        let mut dealt = deal_out(10, used(&[(7, 1), (12, 1), (13, 1)]));
        dealt.sort();
        assert_eq!(dealt, [(Some(7), 4), (Some(12), 3), (Some(13), 3)]);
        let mut dealt = deal_out(100, used(&[(7, 2), (12, 5)]));
        dealt.sort();
        assert_eq!(dealt, [(Some(7), 29), (Some(12), 71)]);
        assert_eq!(deal_out(5, BTreeMap::new()), [(None, 5)]);
    }
}
