//! Day windows: H, offset and deadline, one day either side of each boundary.

use tepat::score::DayVerdict::{self, *};
use tepat::score::{CaseVerdict, Execution};
use tepat::snapshot::Outcome;
use tepat::standard::PauseRule;

use crate::support::{Case, date, day, kom03, one};

fn registered() -> Case {
    Case::received("2026-06-02 08:30").step(6, "2026-06-02 08:55", "2026-06-02 09:00")
}

fn last(case: &Case, as_of: &str, step: i32) -> Execution {
    let (case, _) = one(case, &kom03(), as_of, PauseRule::Exclude);
    let mut of_step = case.executions.into_iter().filter(|e| e.step == step);
    of_step.next_back().expect("the step")
}

#[test]
fn one_day_either_side_of_each_window() {
    for (step, last_day, next_day) in [
        (5, "2026-06-02", "2026-06-03"),
        (7, "2026-06-04", "2026-06-05"),
        (12, "2026-06-12", "2026-06-15"),
        (13, "2026-06-12", "2026-06-15"),
        (14, "2026-06-19", "2026-06-22"),
        (15, "2026-06-22", "2026-06-23"),
        (16, "2026-06-22", "2026-06-23"),
    ] {
        for (date, verdict) in [(last_day, OnTime), (next_day, Late)] {
            let case = registered().step(step, "", &format!("{date} 10:00"));
            let e = last(&case, "2026-06-30", step);
            assert_eq!(
                (e.day, e.deadline),
                (verdict, Some(day(last_day))),
                "step {step}"
            );
        }
        // "anything up to midnight of the last day is in time"
        let case = registered().step(step, "", &format!("{last_day} 23:59:59"));
        assert_eq!(last(&case, "2026-06-30", step).day, OnTime, "step {step}");
        // Not completed: running while the last day lasts, overdue from the next working day on.
        let case = registered().step(step, "2026-06-02 10:00", "");
        let at = |date: &str| last(&case, &format!("{date} 12:00"), step).day;
        assert_eq!(
            (at(last_day), at(next_day)),
            (Running, Overdue),
            "step {step}"
        );
    }
}

#[test]
fn saturday_work_counts_as_mondays() {
    for (completed, verdict) in [
        ("2026-06-12 23:59:59", OnTime),
        ("2026-06-13 09:00", Late),
        ("2026-06-14 09:00", Late),
        ("2026-06-15 00:00", Late),
    ] {
        let case = registered().step(12, "", completed);
        assert_eq!(last(&case, "2026-06-30", 12).day, verdict, "{completed}");
    }
    // The case's last day is a Monday: the weekend before it is still in time.
    let case = registered().step(16, "", "2026-06-20 09:00");
    assert_eq!(last(&case, "2026-06-30", 16).offset, Some(13));
}

#[test]
fn the_day_a_clock_starts() {
    for (start, h, why) in [
        ("2026-06-02 08:00", "2026-06-02", "within hours"),
        ("2026-06-02 06:00", "2026-06-02", "before opening"),
        (
            "2026-06-02 18:59:59",
            "2026-06-02",
            "a second before closing",
        ),
        ("2026-06-02 19:00", "2026-06-03", "at closing time"),
        ("2026-06-05 10:59:59", "2026-06-05", "Friday before 11"),
        ("2026-06-05 11:00", "2026-06-08", "Friday closes at 11"),
        ("2026-06-06 09:00", "2026-06-08", "Saturday"),
        (
            "2026-05-30 09:00",
            "2026-06-02",
            "Sunday is Waisak, Monday Pancasila",
        ),
        ("2026-06-01 09:00", "2026-06-02", "a holiday"),
        (
            "2026-05-13 19:00",
            "2026-05-18",
            "a holiday, cuti bersama and a weekend",
        ),
        (
            "2021-08-10 09:00",
            "2021-08-10",
            "the day the decree gave back",
        ),
        ("2021-08-11 09:00", "2021-08-12", "the day the decree took"),
        ("2016-06-01 09:00", "2016-06-01", "no holiday before 2017"),
    ] {
        let case = Case::received(start).step(6, "", start);
        // A week on, before any deadline.
        let as_of = date(&start[..10]) + chrono::Days::new(7);
        let (case, _) = one(&case, &kom03(), &as_of.to_string(), PauseRule::Exclude);
        assert_eq!(case.h, Some(day(h)), "{start}: {why}");
    }
}

#[test]
fn the_first_verdict_that_applies() {
    let none = Case::received("2026-06-02 08:30");
    let table: Vec<(Case, i32, DayVerdict, &str)> = vec![
        (
            registered().step(11, "", "2026-06-03 10:00"),
            11,
            NoStandard,
            "not legible",
        ),
        (
            registered().step(99, "", "2026-06-03 10:00"),
            99,
            NoStandard,
            "unknown step",
        ),
        (
            registered().step(17, "", ""),
            17,
            NoStandard,
            "no limit goes before no instant",
        ),
        (registered().step(7, "", ""), 7, NotAssessable, "no instant"),
        (
            none.clone().step(5, "", ""),
            5,
            NotAssessable,
            "no instant goes before the clock",
        ),
        (
            none.clone().step(5, "", "2026-06-02 10:00"),
            5,
            ClockNotStarted,
            "never registered",
        ),
        (
            registered().step(5, "", "2026-06-02 08:59:59"),
            5,
            BeforeClock,
            "help desk before registration",
        ),
        (
            registered().step(7, "", "2026-06-02 08:59:59"),
            7,
            BeforeClock,
            "verified before registration",
        ),
        (
            registered().step(7, "", "2026-06-02 09:00"),
            7,
            OnTime,
            "at the very start",
        ),
        (
            registered().step(7, "2026-06-02 08:00", ""),
            7,
            Overdue,
            "begun before, not completed",
        ),
        (
            registered()
                .step(7, "2026-06-03 10:00", "")
                .ends(Outcome::Rejected, "2026-06-08 10:00"),
            7,
            NotAssessable,
            "not completed in a decided case",
        ),
        (
            registered()
                .step(7, "2026-06-03 10:00", "")
                .ends(Outcome::Withdrawn, "2026-06-08 10:00"),
            7,
            NotAssessable,
            "not completed in a withdrawn case",
        ),
        (
            registered()
                .step(12, "2026-06-03 10:00", "")
                .with_recommendation(),
            12,
            ClockNotStarted,
            "no recommendation yet",
        ),
    ];
    for (case, step, verdict, why) in table {
        assert_eq!(last(&case, "2026-06-30", step).day, verdict, "{why}");
    }
}

#[test]
fn a_stage_speaks_through_its_last_counted_execution() {
    let case = registered()
        .step(12, "2026-06-03 10:00", "2026-06-03 10:20")
        .step(12, "2026-06-15 10:00", "2026-06-15 10:20")
        .step(12, "", "");
    let (case, _) = one(&case, &kom03(), "2026-06-30", PauseRule::Exclude);
    let stage: Vec<_> = case.executions.iter().filter(|e| e.step == 12).collect();
    let shown: Vec<_> = stage.iter().map(|e| (e.number, e.day, e.is_last)).collect();
    assert_eq!(
        shown,
        [
            (1, OnTime, false),
            (2, Late, true),
            (3, NotAssessable, false)
        ]
    );
}

#[test]
fn fourteen_working_days_use_offset_thirteen() {
    for (decided, verdict, offset, over) in [
        ("2026-06-22 18:00", CaseVerdict::OnTime, 13, None),
        ("2026-06-23 08:00", CaseVerdict::Late, 14, Some(1)),
        ("2026-06-25 08:00", CaseVerdict::Late, 16, Some(3)),
    ] {
        let case = registered()
            .ends(Outcome::Issued, "2026-06-30 10:00")
            .step(16, "", decided);
        let (case, _) = one(&case, &kom03(), "2026-07-01", PauseRule::Exclude);
        let got = (case.verdict, case.offset, case.days_over.filter(|d| *d > 0));
        assert_eq!(got, (verdict, Some(offset), over));
        assert_eq!(case.deadline, Some(day("2026-06-22")));
    }
}
