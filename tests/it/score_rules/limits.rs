//! No limit is dead: nudge it by one and some verdict changes.

use tepat::instant::Instant;
use tepat::snapshot::Snapshot;
use tepat::standard::{PauseRule, Standard, Unit, Window};

use crate::oracle::{Hours, World};
use crate::support::{self, Case, calendar, instant, kom03_hours, run, snapshot, world_of};

fn as_of() -> Instant {
    instant("2026-07-20 10:00")
}

/// A case per date of completion, 0 to 45 days after H, and one per duration of its steps, 0 to 44 minutes.
fn batch() -> Snapshot {
    let mut cases = Vec::new();
    for n in 0..45u32 {
        let (month, date) = if n < 29 { (6, 2 + n) } else { (7, n - 28) };
        let on = format!("2026-{month:02}-{date:02}");
        cases.push(every_step(&on, 0).id(&format!("D{n:02}")));
        cases.push(every_step("2026-06-03", n).id(&format!("M{n:02}")));
    }
    snapshot(&cases)
}

/// Registered on Tuesday 2 June, all steps on one date from 10:00.
fn every_step(on: &str, minutes: u32) -> Case {
    let case = Case::received("2026-06-02 08:30").step(6, "", "2026-06-02 09:00");
    let (from, to) = (format!("{on} 10:00"), format!("{on} 10:{minutes:02}"));
    (5..=16).fold(case, |case, step| case.step(step, &from, &to))
}

/// All verdicts of the batch under a standard changed by `change`.
fn verdicts(unit: Unit, change: &dyn Fn(&mut Standard)) -> String {
    let hours = Hours {
        service: kom03_hours(),
        ..Hours::default()
    };
    let calendar = calendar();
    let mut standard = support::standard(&calendar, &hours, unit);
    for step in standard.steps.values_mut() {
        if let (Unit::ElapsedHours, Ok(window)) = (unit, &mut step.window) {
            window.value *= 24;
        }
    }
    if unit == Unit::ElapsedHours {
        standard.total.unit = Unit::CalendarDays;
    }
    change(&mut standard);
    let world: World = world_of(calendar, hours, standard);
    let scored = run(&batch(), &world, as_of(), Some(PauseRule::Exclude));
    let of_case = |c: &tepat::score::ScoredCase| {
        let rows: Vec<_> = c
            .executions
            .iter()
            .map(|e| (e.step, e.day, e.minute))
            .collect();
        (c.verdict, rows)
    };
    format!("{:?}", scored.cases.iter().map(of_case).collect::<Vec<_>>())
}

#[test]
fn every_limit_matters() {
    for unit in [Unit::WorkingDays, Unit::CalendarDays, Unit::ElapsedHours] {
        let plain = verdicts(unit, &|_| {});
        let nudged = |change: &dyn Fn(&mut Standard)| verdicts(unit, change);
        assert_ne!(plain, nudged(&|s| s.total.value += 1), "{unit:?} total");
        assert_ne!(plain, nudged(&|s| s.total.value -= 1), "{unit:?} total");
        for step in [5, 6, 7, 12, 13, 14, 15, 16] {
            let later = |s: &mut Standard| {
                let step = s.steps.get_mut(&step).expect("a step");
                let hours = if unit == Unit::ElapsedHours { 24 } else { 1 };
                step.window = step.window.map(|w| Window {
                    value: w.value + hours,
                    ..w
                });
            };
            // Step 6 is on time by construction: its first completion starts the clock, and the batch has a second one.
            assert_ne!(plain, nudged(&later), "{unit:?} window of {step}");
        }
        for step in [5, 6, 7, 12, 13, 16] {
            let most = |s: &mut Standard| {
                let minutes = &mut s.steps.get_mut(&step).expect("a step").minutes;
                *minutes = minutes.map(|m| tepat::standard::Minutes {
                    max: m.max + 1,
                    ..m
                });
            };
            assert_ne!(plain, nudged(&most), "most minutes of {step}");
            if step == 6 {
                continue;
            }
            let least = |s: &mut Standard| {
                let minutes = &mut s.steps.get_mut(&step).expect("a step").minutes;
                *minutes = minutes.map(|m| tepat::standard::Minutes {
                    min: m.min.map(|n| n + 1),
                    ..m
                });
            };
            assert_ne!(plain, nudged(&least), "least minutes of {step}");
        }
    }
}
