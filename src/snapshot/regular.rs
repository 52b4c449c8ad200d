//! Instants too regular to have been recorded as they happened: the same second in many cases, or midnight in all.
//!
//! In: the steps' rows, a part at a time. Out: findings. Of millions of seconds nearly all are met once or twice, so they are
//! not sorted: a coarse count tells the few that may be met often, and only those are looked at.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::contract::StepRow;
use crate::finding::{Check, Finding};
use crate::format::{count, date_time_exact};
use crate::instant::{Instant, Offsets};

/// So many different cases in one second are too regular to have been recorded as they happened.
pub const REGULAR_CASES: usize = 20;

/// The recorded instants of some cases.
#[derive(Debug, Default)]
pub(super) struct Seconds {
    /// UTC seconds, but for those at midnight.
    seconds: Vec<i64>,
    midnight_instants: u64,
    midnight_cases: usize,
}

impl Seconds {
    /// Adds all rows of a case.
    pub fn add(&mut self, rows: &[StepRow], offsets: &Offsets) {
        let before = self.midnight_instants;
        for micros in rows.iter().flat_map(recorded) {
            let instant = offsets.instant(micros);
            match instant.second_of_day() {
                0 => self.midnight_instants += 1,
                _ => self.seconds.push(instant.utc_seconds()),
            }
        }
        self.midnight_cases += usize::from(self.midnight_instants > before);
    }
}

fn recorded(row: &StepRow) -> impl Iterator<Item = i64> {
    [row.started_at, row.completed_at].into_iter().flatten()
}

/// Adds what is found of all parts; `steps` are the rows they were made from.
pub(super) fn check(parts: &[Seconds], steps: &[StepRow], zone: Tz, findings: &mut Vec<Finding>) {
    let often = often(parts);
    if !often.is_empty() {
        for (second, (instants, cases)) in looked_at(steps, often) {
            if cases.len() >= REGULAR_CASES {
                let instant = Instant::from_utc_seconds(second, zone);
                let (n, m) = (count(instants), count(cases.len() as u64));
                let message = format!(
                    "{n} waktu langkah pada {m} berkas tercatat tepat sama, yaitu {}; diduga diketik kemudian.",
                    date_time_exact(instant)
                );
                findings.push(Finding::new(
                    Check::TypedAfterwards,
                    instant.to_iso(),
                    message,
                ));
            }
        }
    }
    let cases: usize = parts.iter().map(|p| p.midnight_cases).sum();
    if cases >= REGULAR_CASES {
        let instants = parts.iter().map(|p| p.midnight_instants).sum();
        let (n, m) = (count(instants), count(cases as u64));
        let message = format!(
            "{n} waktu langkah pada {m} berkas tercatat pukul 00.00.00; sumber diduga hanya menyimpan tanggal."
        );
        findings.push(Finding::new(Check::TypedAfterwards, "", message));
    }
}

/// The seconds that may be met often enough. Several share a count, so one too many may be named, but none is missed.
fn often(parts: &[Seconds]) -> BTreeSet<i64> {
    /// Four million counts: many times as many instants must be recorded before twenty of them meet in one by chance.
    const BITS: u32 = 22;
    let place = |second: i64| {
        let mixed = (second as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> (64 - BITS)) as usize
    };
    let mut counts = vec![0_u8; 1 << BITS];
    let all = || parts.iter().flat_map(|part| part.seconds.iter().copied());
    for second in all() {
        if let Some(n) = counts.get_mut(place(second)) {
            *n = n.saturating_add(1);
        }
    }
    let many = |second: &i64| {
        let n = counts.get(place(*second)).copied();
        usize::from(n.unwrap_or_default()) >= REGULAR_CASES
    };
    all().filter(many).collect()
}

/// How many instants each of these seconds has, and in which cases.
fn looked_at(steps: &[StepRow], seconds: BTreeSet<i64>) -> BTreeMap<i64, (u64, BTreeSet<&str>)> {
    let mut found: BTreeMap<i64, (u64, BTreeSet<&str>)> = BTreeMap::new();
    for row in steps {
        for micros in recorded(row) {
            let second = micros.div_euclid(1_000_000);
            if seconds.contains(&second) {
                let of_second = found.entry(second).or_default();
                of_second.0 += 1;
                of_second.1.insert(&row.case_id);
            }
        }
    }
    found
}
