//! When applications arrive: the seasons of the synthetic office.
//!
//! In: the calendar and the plan. Out: arrivals in order of time, as local seconds.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::clock::DayTable;
use crate::demo::Plan;
use crate::demo::random::Random;
use crate::instant::{DAY_SECONDS, Day, date_of, day_of};
use crate::standard::Calendar;

/// Applications by month, in percent of the year's mean: plans and budgets are closed before the year ends.
const MONTHS: [i64; 12] = [84, 88, 95, 97, 96, 98, 102, 98, 102, 110, 124, 108];

/// Days around Idul Fitri on which few apply.
const LEBARAN_DAYS: Day = 9;

/// All arrivals of the plan.
pub(super) fn arrivals(plan: &Plan, calendar: &Calendar, days: &DayTable) -> Vec<i64> {
    let lebaran = lebaran(calendar);
    let mut random = Random::new(plan.seed, u64::MAX);
    let mut all = Vec::new();
    for date in plan.first().iter_days().take_while(|d| *d < plan.end()) {
        let day = day_of(date);
        let expected_milli = expected(plan, date, days.is_working(day), &lebaran);
        let count = (expected_milli + random.below(1_000)) / 1_000;
        let from = all.len();
        for _ in 0..count {
            all.push(i64::from(day) * DAY_SECONDS + second_of_arrival(&mut random, days, day));
        }
        all[from..].sort_unstable();
    }
    all
}

/// Thousandths of an application expected on a date.
fn expected(plan: &Plan, date: NaiveDate, works: bool, lebaran: &BTreeSet<Day>) -> i64 {
    let weekday = if works { 138 } else { 22 };
    let near = (-LEBARAN_DAYS..=LEBARAN_DAYS).any(|n| lebaran.contains(&(day_of(date) + n)));
    let feast = if near { 45 } else { 100 };
    let mean_milli = plan.cases_per_month * 12 * 1_000 / 365;
    mean_milli * MONTHS[date.month0() as usize] / 100 * weekday / 100 * feast / 100
}

/// Dates of Idul Fitri, as the calendar names them.
fn lebaran(calendar: &Calendar) -> BTreeSet<Day> {
    calendar
        .holidays
        .iter()
        .filter(|(_, holidays)| {
            holidays
                .iter()
                .any(|h| h.name.starts_with("Hari Raya Idul Fitri"))
        })
        .map(|(date, _)| day_of(*date))
        .collect()
}

/// Most arrive while the counter is open; what arrives at another time came online.
fn second_of_arrival(random: &mut Random, days: &DayTable, day: Day) -> i64 {
    let open = days.opening(day).zip(days.closing(day));
    match open {
        Some((open, close)) if !random.chance(130) => {
            // Counters are fuller in the morning: the earlier of two draws, half of the time.
            let (open, close) = (i64::from(open), i64::from(close) - 1_200);
            let (one, other) = (random.between(open, close), random.between(open, close));
            if random.chance(500) {
                one.min(other)
            } else {
                one
            }
        }
        Some((_, close)) => random.between(i64::from(close), 23 * 3_600 + 1_800),
        None => random.between(7 * 3_600, 22 * 3_600),
    }
}

/// Percent of the usual waiting before step 13: the post of Kepala Bidang was half vacant in spring 2025.
pub(super) fn division_head_percent(local_seconds: i64) -> i64 {
    match month(local_seconds) {
        (2025, 3) => 240,
        (2025, 4) => 380,
        (2025, 5) => 290,
        (2025, 6) => 180,
        (2026, 5..=6) => 160,
        _ => 100,
    }
}

/// Percent of the usual time at the OPD: its queue grows from early 2026.
pub(super) fn agency_percent(local_seconds: i64) -> i64 {
    match month(local_seconds) {
        (2026, m) => 100 + 40 * i64::from(m.min(6)),
        _ => 100,
    }
}

fn month(local_seconds: i64) -> (i32, u32) {
    let date = date_of(local_seconds.div_euclid(DAY_SECONDS) as Day);
    (date.year(), date.month())
}
