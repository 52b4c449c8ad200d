//! A small office of invented records over 26 months, the last 24 of which a report of 2026-S1 looks at.
//!
//! In: a [`Plan`]. Out: a snapshot. Everything is drawn on an axis of service seconds, so that a step takes equally long in
//! every month whatever its holidays. Each case draws from a sequence of its own and always draws equally often: with and without a
//! plant all else is equal, to the second. Officers are drawn apart from everything else, which is the null hypothesis.

use tepat::clock::DayTable;
use tepat::instant::Instant;
use tepat::period::Period;
use tepat::snapshot::{CaseRow, Outcome, Snapshot, StepRow};

use crate::support::{ZONE, date, day};

/// Permit types from easy to hard.
pub const SERVICES: [&str; 3] = ["UJI-MUDAH", "UJI-SEDANG", "UJI-SULIT"];
/// Of a thousand executions those over their minutes, by permit type.
const OVER_PER_MILLE: [u64; 3] = [40, 150, 600];
/// The same of the hard type in hard months.
const OVER_IN_HARD_MONTHS: u64 = 850;
/// Of a thousand executions those below their lower bound.
const UNDER_PER_MILLE: u64 = 20;
/// Of a thousand hard cases in hard months those the officer of [`Plan::hard_only`] gets.
const TAKEN_PER_MILLE: u64 = 400;
/// Of a thousand cases those the officer of [`Plan::after_limit`] gets.
const SENT_LATE_PER_MILLE: u64 = 100;

/// Months from the first receipt to the end of the period.
const MONTHS: u64 = 26;

/// A step of the procedure as this office does it.
struct Task {
    step: i32,
    /// Letter of the officers' names, and how many they are.
    pool: (char, u64),
    /// Longest wait before it, service hours. Two halves are drawn, so half of it is the median.
    wait_hours: u64,
    /// Lower and upper bound of minutes, as KOM-03 has them or as if it had.
    minutes: (u64, u64),
}

/// The steps every case takes, in order.
const TASKS: [Task; 7] = [
    task(6, ('D', 8), 2, (2, 10)),
    task(7, ('V', 10), 30, (5, 15)),
    task(11, ('V', 10), 110, (10, 30)),
    task(12, ('S', 8), 10, (10, 30)),
    task(13, ('B', 8), 10, (10, 30)),
    task(15, ('K', 1), 10, (5, 15)),
    task(16, ('D', 8), 12, (5, 15)),
];

const fn task(step: i32, pool: (char, u64), wait_hours: u64, minutes: (u64, u64)) -> Task {
    Task {
        step,
        pool,
        wait_hours,
        minutes,
    }
}

/// What is planted; nothing by default.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub seed: u64,
    pub cases_per_month: u64,
    /// An officer whose work takes so many percent of its time.
    pub slow: Option<(&'static str, u64)>,
    /// An officer of step 7 who always needs less than the lower bound.
    pub hasty: Option<&'static str>,
    /// February and March 2026 are harder for the hard permit type, whoever does it.
    pub hard_months: bool,
    /// An officer who is given step 7 of hard cases in hard months, and no other.
    pub hard_only: Option<&'static str>,
    /// A step that takes twice its wait and work where begun in the month.
    pub doubled: Option<(i32, Period)>,
    /// An officer who does step 7 of so many cases received in May 2026.
    pub occasional: Option<(&'static str, u64)>,
    /// An officer of step 12 whose cases all waited so many service hours before step 11.
    pub after_limit: Option<(&'static str, u64)>,
    /// Heads beyond the first, who share step 15.
    pub further_heads: u64,
}

impl Plan {
    pub fn new(seed: u64, cases_per_month: u64) -> Self {
        Self {
            seed,
            cases_per_month,
            ..Self::default()
        }
    }

    /// The records, in their order.
    pub fn snapshot(&self, days: &DayTable) -> Snapshot {
        let axis = Axis::new(days);
        let (first, end) = (axis.place("2024-05-01"), axis.place("2026-07-01"));
        let mut snapshot = Snapshot::default();
        let mut given = 0;
        for number in 0..self.cases_per_month * MONTHS {
            let mut random = Random::new(self.seed, number);
            let received = first + random.below((end - first) as u64) as i64;
            self.case(
                number,
                received,
                &axis,
                &mut random,
                (&mut snapshot, &mut given),
            );
        }
        snapshot.sort();
        snapshot
    }

    fn case(
        &self,
        number: u64,
        received: i64,
        axis: &Axis,
        random: &mut Random,
        (snapshot, given): (&mut Snapshot, &mut u64),
    ) {
        let case_id = format!("U{number:06}");
        let permit = random.below(3) as usize;
        let sent_late = random.below(1000) < SENT_LATE_PER_MILLE;
        let mut free = received;
        for task in &TASKS {
            let draw = Draw::of(random);
            let late = self.after_limit.filter(|_| sent_late);
            let mut wait = draw.wait(task);
            if let Some((_, hours)) = late.filter(|_| task.step == 11) {
                wait = wait.max(hours as i64 * 3_600);
            }
            let twice = self.doubled.is_some_and(|(step, month)| {
                step == task.step && month.contains(axis.instant(free).date())
            });
            let times = if twice { 2 } else { 1 };
            let start = free + times * wait;
            let hard = self.hard_months && permit == 2 && is_hard_month(axis.instant(start));
            let mut officer = self.officer(task, &draw, hard);
            if let Some((name, _)) = late.filter(|_| task.step == 12) {
                officer = name.to_owned();
            }
            if let Some((name, most)) = self.occasional.filter(|_| task.step == 7)
                && *given < most
                && permit == 1
                && is_may(axis.instant(received))
            {
                *given += 1;
                officer = name.to_owned();
            }
            let over = if hard {
                OVER_IN_HARD_MONTHS
            } else {
                OVER_PER_MILLE[permit]
            };
            let done = start + times * self.work(task, &draw, over, &officer);
            snapshot.steps.push(StepRow {
                case_id: case_id.clone(),
                step: task.step,
                started_at: Some(axis.micros(start)),
                completed_at: Some(axis.micros(done)),
                officer: Some(officer),
                result: None,
            });
            free = done;
        }
        snapshot.cases.push(CaseRow {
            case_id,
            service: SERVICES[permit].to_owned(),
            received_at: Some(axis.micros(received)),
            requires_recommendation: false,
            outcome: Outcome::Issued,
            closed_at: Some(axis.micros(free)),
            applicant: None,
            region: None,
            channel: None,
            due_on: None,
        });
    }

    fn officer(&self, task: &Task, draw: &Draw, hard: bool) -> String {
        let (letter, mut many) = task.pool;
        if task.step == 15 {
            many += self.further_heads;
        }
        let drawn = name(letter, draw.officer % many);
        match self.hard_only.filter(|o| o.starts_with(letter)) {
            Some(officer) if hard && task.step == 7 && draw.taken < TAKEN_PER_MILLE => {
                officer.to_owned()
            }
            // Whoever sits next takes what the officer is not given.
            Some(officer) if drawn == officer => name(letter, (draw.officer + 1) % many),
            _ => drawn,
        }
    }

    /// Service seconds of work.
    fn work(&self, task: &Task, draw: &Draw, over_per_mille: u64, officer: &str) -> i64 {
        let (least, most) = (60 * task.minutes.0, 60 * task.minutes.1);
        let within = |from: u64, to: u64| from + draw.length * (to - from) / Draw::LENGTHS;
        let seconds = match draw.over {
            _ if self.hasty == Some(officer) && task.step == 7 => within(least / 5, least - 10),
            over if over < over_per_mille => within(most + 1, 2 * most),
            over if over >= 1_000 - UNDER_PER_MILLE => within(least / 2, least - 1),
            _ => within(least, most),
        };
        match self.slow {
            Some((slow, percent)) if slow == officer => (seconds * percent / 100) as i64,
            _ => seconds as i64,
        }
    }
}

fn name(letter: char, number: u64) -> String {
    format!("{letter}{:02}", number + 1)
}

fn is_hard_month(t: Instant) -> bool {
    (date("2026-02-01")..date("2026-04-01")).contains(&t.date())
}

fn is_may(t: Instant) -> bool {
    (date("2026-05-01")..date("2026-06-01")).contains(&t.date())
}

/// Everything random about one execution, drawn whether it is used or not.
struct Draw {
    officer: u64,
    taken: u64,
    halves: (u64, u64),
    over: u64,
    length: u64,
}

impl Draw {
    const LENGTHS: u64 = 1 << 20;

    fn of(random: &mut Random) -> Self {
        Self {
            officer: random.below(1 << 40),
            taken: random.below(1_000),
            halves: (random.below(Self::LENGTHS), random.below(Self::LENGTHS)),
            over: random.below(1_000),
            length: random.below(Self::LENGTHS),
        }
    }

    /// Service seconds before the task: symmetric about half of the longest.
    fn wait(&self, task: &Task) -> i64 {
        let half = task.wait_hours * 1_800;
        ((self.halves.0 + self.halves.1) * half / Self::LENGTHS) as i64
    }
}

/// Service time as one axis of seconds from 2024-04-01 on.
struct Axis {
    /// Where each stretch of service hours begins on the axis, and as a UTC second.
    stretches: Vec<(i64, i64)>,
}

impl Axis {
    fn new(days: &DayTable) -> Self {
        let (mut stretches, mut place) = (Vec::new(), 0);
        for local in day("2024-04-01")..day("2027-01-01") {
            for hours in days.intervals(local) {
                let midnight = i64::from(local) * 86_400 - 8 * 3_600;
                stretches.push((place, midnight + i64::from(hours.open)));
                place += i64::from(hours.close - hours.open);
            }
        }
        Self { stretches }
    }

    fn utc_second(&self, place: i64) -> i64 {
        let at = self.stretches.partition_point(|(from, _)| *from <= place);
        let (from, utc) = self.stretches[at - 1];
        utc + place - from
    }

    fn micros(&self, place: i64) -> i64 {
        self.utc_second(place) * 1_000_000
    }

    fn instant(&self, place: i64) -> Instant {
        Instant::from_utc_seconds(self.utc_second(place), ZONE)
    }

    /// The place of the first service second on or after a date.
    fn place(&self, from: &str) -> i64 {
        let utc = i64::from(day(from)) * 86_400 - 8 * 3_600;
        let at = self.stretches.partition_point(|(_, t)| *t < utc);
        self.stretches[at].0
    }
}

/// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014).
pub struct Random(u64);

impl Random {
    /// A sequence for each pair.
    pub fn new(seed: u64, number: u64) -> Self {
        let mut mixed = Self(seed.wrapping_mul(0xA076_1D64_78BD_642F));
        let start = mixed.next() ^ number.wrapping_mul(0xE703_7ED1_A0B4_28DB);
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `many`; the bias of the remainder is below 1 in 10^7 for all that is drawn here.
    pub fn below(&mut self, many: u64) -> u64 {
        self.next() % many
    }

    /// Uniform in (0, 1].
    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal (Box & Muller, Ann. Math. Stat. 29, 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.unit().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }
}
