//! Random offices: calendars with holidays around the cases, small cases with clean and dirty instants at boundaries.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use tepat::instant::Instant;
use tepat::snapshot::{Outcome, Snapshot};
use tepat::standard::calendar::{
    HolidayKind, Interval, Opening, SpecialHours, WeekHours, YearStatus,
};
use tepat::standard::{Calendar, Unit, Window};

use crate::oracle::{Hours, World};
use crate::support::{self, Case, ZONE};

/// Friday 29 May 2026: the first day on which anything happens.
fn base() -> NaiveDate {
    support::date("2026-05-29")
}

/// Seconds of the day at which rules change, and a few plain ones.
const TIMES: [i64; 18] = [
    0, 28_799, 28_800, 28_801, 29_100, 34_200, 39_599, 39_600, 43_200, 45_000, 46_800, 54_000,
    57_600, 68_399, 68_400, 68_401, 70_000, 86_399,
];

/// Seconds from start to completion: backwards, none, one second and one minute either side of limits, days.
const DURATIONS: [i64; 20] = [
    -3600, 0, 1, 299, 300, 301, 599, 600, 601, 899, 900, 901, 1799, 1800, 1801, 7200, 40_000,
    90_000, 200_000, 700_000,
];

fn local_micros(day: u64, second: i64) -> i64 {
    let date = base() + Days::new(day);
    (Instant::start_of_day(date, ZONE).utc_seconds() + second) * 1_000_000
}

/// An instant within `days` of the base, often at a boundary, sometimes with a fraction of a second.
fn moment(days: std::ops::Range<u64>) -> impl Strategy<Value = i64> {
    let second = prop_oneof![3 => prop::sample::select(TIMES.to_vec()), 1 => 0..86_400i64];
    let fraction = prop_oneof![4 => Just(0), 1 => 0..1_000_000i64];
    (days, second, fraction).prop_map(|(d, s, f)| local_micros(d, s) + f)
}

pub fn as_of() -> impl Strategy<Value = Instant> {
    moment(0..70).prop_map(|m| Instant::from_utc_micros(m, ZONE))
}

fn interval(open: u32, close: u32) -> Interval {
    Interval {
        open: open * 60,
        close: close * 60,
    }
}

fn weekly() -> impl Strategy<Value = WeekHours> {
    let split = vec![interval(480, 720), interval(780, 960)];
    let mut days = [const { Vec::new() }; 7];
    days[..5].fill(split);
    prop_oneof![
        3 => Just(support::kom03_hours()),
        1 => Just(WeekHours { days }),
    ]
}

fn ramadan() -> impl Strategy<Value = Option<SpecialHours>> {
    let mut days = [const { Vec::new() }; 7];
    days[..5].fill(vec![interval(480, 900)]);
    let hours = WeekHours { days };
    prop::option::weighted(0.2, (0..60u64, 0..20u64)).prop_map(move |range| {
        range.map(|(from, length)| SpecialHours {
            from: base() + Days::new(from),
            to: base() + Days::new(from + length),
            name: "Ramadan".to_owned(),
            basis: "uji".to_owned(),
            hours: hours.clone(),
        })
    })
}

/// A calendar of 2026 and 2027 with holidays, an opening and special hours around the cases.
pub fn calendar() -> impl Strategy<Value = Calendar> {
    let kind = prop::sample::select(HolidayKind::ALL.to_vec());
    let holidays = prop::collection::vec((0..75u64, kind), 0..8);
    let opening = prop::option::weighted(0.3, 0..60u64);
    (holidays, opening, ramadan(), any::<bool>()).prop_map(|(holidays, opening, special, works)| {
        let mut calendar = Calendar {
            years: (2026..=2027).map(|y| (y, YearStatus::Final)).collect(),
            holidays: BTreeMap::new(),
            joint_leave_works: works,
            special: special.into_iter().collect(),
            ..support::calendar()
        };
        for (day, kind) in holidays {
            let date = base() + Days::new(day);
            let list = calendar.holidays.entry(date).or_default();
            list.push(support::holiday(kind, "uji"));
        }
        if let Some(day) = opening {
            let opening = Opening {
                decision: "uji".to_owned(),
                hours: vec![interval(540, 720)],
            };
            calendar.openings.insert(base() + Days::new(day), opening);
        }
        calendar
    })
}

/// A standard like KOM-03 over the calendar: working or calendar days, a step with hours of its own, elapsed hours.
pub fn world() -> impl Strategy<Value = World> {
    let unit = prop_oneof![4 => Just(Unit::WorkingDays), 1 => Just(Unit::CalendarDays)];
    let own = prop::option::weighted(0.2, weekly());
    let elapsed = prop::bool::weighted(0.2);
    (calendar(), weekly(), unit, own, elapsed, 0..14u32).prop_map(
        |(calendar, service, unit, own, elapsed, total)| {
            let steps = own.into_iter().map(|w| (12, w)).collect();
            let hours = Hours { service, steps };
            let mut standard = support::standard(&calendar, &hours, unit);
            standard.total.value = total;
            if elapsed {
                let window = Window {
                    value: 48,
                    unit: Unit::ElapsedHours,
                };
                standard.steps.get_mut(&14).expect("step 14").window = Ok(window);
            }
            support::world_of(calendar, hours, standard)
        },
    )
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop::sample::select(Outcome::ALL.to_vec())
}

/// Steps in any order at any time, instants missing or backwards, a few in the years 1989 and 2031, which no calendar covers.
fn chaos() -> impl Strategy<Value = Vec<(i32, Option<i64>, Option<i64>)>> {
    let step = prop::sample::select(vec![
        4, 5, 6, 6, 7, 8, 8, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 99,
    ]);
    let row = (
        step,
        moment(0..40),
        prop::sample::select(DURATIONS.to_vec()),
        prop::bool::weighted(0.15),
        prop::bool::weighted(0.2),
        prop::option::weighted(
            0.02,
            prop::sample::select(vec![600_000_000_000_000, 1_950_000_000_000_000]),
        ),
    );
    let row = row.prop_map(|(step, start, length, no_start, no_end, outside)| {
        let end = outside.unwrap_or(start + length * 1_000_000);
        (step, (!no_start).then_some(start), (!no_end).then_some(end))
    });
    prop::collection::vec(row, 0..9)
}

/// The procedure in order, gaps of hours and days between steps, returns to the applicant on the way, cut anywhere.
fn procedure() -> impl Strategy<Value = Vec<(i32, Option<i64>, Option<i64>)>> {
    let gap = prop_oneof![
        4 => 0..7200i64,
        3 => 60_000..100_000i64,
        2 => 200_000..700_000i64,
    ];
    let orders = vec![
        vec![6, 7, 9, 10, 11, 12, 13, 15, 16, 17],
        vec![6, 7, 8, 7, 11, 12, 13, 14, 15, 16],
        vec![5, 6, 7, 8, 7, 8, 7, 9, 10, 11, 12, 13, 15, 16],
        vec![6, 7, 11, 12, 8, 12, 13, 8, 13, 15, 16],
        vec![6, 8, 16],
        vec![6, 12, 8, 8, 15, 16, 16],
    ];
    let order = prop::sample::select(orders);
    let length = prop::sample::select(DURATIONS[1..].to_vec());
    let long = prop_oneof![2 => Just(0), 1 => 50_000..900_000i64];
    let pieces = prop::collection::vec((gap, length, long, 0..30u32), 14);
    (order, moment(0..10), pieces, 1..15usize).prop_map(|(order, first, pieces, keep)| {
        let mut t = first;
        let mut rows = Vec::new();
        for (step, (gap, length, long, dirt)) in order.into_iter().zip(pieces).take(keep) {
            let start = t + gap * 1_000_000;
            let held = if step == 8 || step == 10 { long } else { 0 };
            t = start + (length.min(7200) + held) * 1_000_000;
            let end = (dirt != 1).then_some(t);
            rows.push((step, (dirt != 0).then_some(start), end));
        }
        rows
    })
}

/// One case with its rows.
pub fn case() -> impl Strategy<Value = Case> {
    let rows = prop_oneof![1 => chaos(), 2 => procedure()];
    let received = prop::option::weighted(0.9, moment(0..12));
    let closed = prop::option::weighted(0.6, moment(0..60));
    let officer = prop::option::weighted(0.9, prop::sample::select(vec!["P1", "P2", "P3"]));
    let officers = prop::collection::vec((officer, 0..20u32), 14);
    (
        rows,
        received,
        closed,
        outcome(),
        any::<bool>(),
        officers,
        prop::bool::weighted(0.02),
    )
        .prop_map(
            |(rows, received, closed, outcome, recommendation, officers, unknown)| {
                let mut case = Case::received("");
                case.row.received_at = received;
                case.row.closed_at = closed.filter(|_| outcome != Outcome::Open);
                case.row.outcome = outcome;
                case.row.requires_recommendation = recommendation;
                if unknown {
                    case.row.service = "TIDAK-DIKENAL".to_owned();
                }
                for ((step, from, to), (officer, twice)) in rows.into_iter().zip(officers) {
                    let mut with = case.step_by(step, "", "", officer);
                    let row = with.steps.last_mut().expect("just added");
                    (row.started_at, row.completed_at) = (from, to);
                    let again = row.clone();
                    with.steps.extend((twice == 0).then_some(again));
                    case = with;
                }
                case
            },
        )
}

/// One to three cases, rows in their total order.
pub fn snapshot() -> impl Strategy<Value = Snapshot> {
    prop::collection::vec(case(), 1..4).prop_map(|cases| {
        let named: Vec<Case> = cases
            .into_iter()
            .enumerate()
            .map(|(i, case)| case.id(&format!("K{i}")))
            .collect();
        support::snapshot(&named)
    })
}
