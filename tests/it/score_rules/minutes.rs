//! Service minutes: to the second, within service hours only.

use tepat::score::MinuteVerdict::{self, *};
use tepat::standard::PauseRule;

use crate::support::{Case, kom03, one};

/// Service seconds and verdict of the last execution of `step` in an open case registered Tuesday 2 June 09:00.
fn minute(step: i32, from: &str, to: &str) -> (Option<i64>, MinuteVerdict) {
    let case = Case::received("2026-06-02 08:30")
        .step(6, "2026-06-02 08:55", "2026-06-02 09:00")
        .step(step, from, to);
    let (case, _) = one(&case, &kom03(), "2026-06-30", PauseRule::Exclude);
    let e = case
        .executions
        .iter()
        .rfind(|e| e.step == step)
        .expect("the step");
    (e.service_seconds, e.minute)
}

#[test]
fn one_second_either_side_of_each_limit() {
    for (step, min, max) in [
        (5, 10, 30),
        (7, 5, 15),
        (12, 10, 30),
        (13, 10, 30),
        (16, 5, 15),
    ] {
        for (seconds, verdict) in [
            (min * 60 - 1, Under),
            (min * 60, Within),
            (max * 60, Within),
            (max * 60 + 1, Over),
            ((max + 1) * 60, Over),
        ] {
            let to = format!("2026-06-03 10:{:02}:{:02}", seconds / 60, seconds % 60);
            let expected = (Some(seconds), verdict);
            assert_eq!(
                minute(step, "2026-06-03 10:00", &to),
                expected,
                "step {step}"
            );
        }
    }
    // "10 menit" of step 6 is an upper bound: no haste below it.
    assert_eq!(minute(6, "2026-06-03 10:00", "2026-06-03 10:00").1, Within);
    assert_eq!(
        minute(6, "2026-06-03 10:00", "2026-06-03 10:10:00").1,
        Within
    );
    assert_eq!(minute(6, "2026-06-03 10:00", "2026-06-03 10:10:01").1, Over);
}

#[test]
fn only_service_hours_count() {
    for (from, to, hours, why) in [
        (
            "2026-06-05 18:00",
            "2026-06-08 18:00",
            10,
            "Friday has closed; Monday 8 to 18",
        ),
        (
            "2026-06-07 10:00",
            "2026-06-09 10:00",
            13,
            "Sunday to Tuesday: Monday whole, Tuesday 2",
        ),
        (
            "2026-06-01 10:00",
            "2026-06-02 10:00",
            2,
            "Pancasila does not count",
        ),
        (
            "2026-06-02 20:00",
            "2026-06-03 09:00",
            1,
            "started after closing",
        ),
        (
            "2026-06-02 06:00",
            "2026-06-02 21:00",
            11,
            "start and end outside hours: the whole day",
        ),
        (
            "2026-06-02 08:00",
            "2026-06-05 07:00",
            33,
            "three long days, not 71 hours",
        ),
        (
            "2026-06-02 08:00",
            "2026-06-04 18:00",
            32,
            "32 service hours are three dates, not 1 day",
        ),
        (
            "2026-06-05 08:00",
            "2026-06-08 08:00",
            3,
            "Friday is 3 hours",
        ),
        (
            "2026-06-15 08:00",
            "2026-06-17 08:00",
            11,
            "16 June is a holiday",
        ),
        (
            "2021-08-10 08:00",
            "2021-08-11 19:00",
            11,
            "the decree moved the day off from 10 to 11 August",
        ),
        (
            "2016-06-01 08:00",
            "2016-06-01 19:00",
            11,
            "1 June 2016 is a working day: off since 2017",
        ),
        (
            "2026-05-28 08:00",
            "2026-05-29 09:00",
            1,
            "cuti bersama of Idul Adha, then Friday",
        ),
    ] {
        assert_eq!(minute(12, from, to).0, Some(hours * 3600), "{why}");
    }
}

#[test]
fn the_first_verdict_that_applies() {
    let late = "2026-06-03 10:10";
    for (step, from, to, verdict, why) in [
        (
            11,
            "2026-06-03 10:00",
            late,
            NoStandard,
            "no minutes stated",
        ),
        (
            99,
            "2026-06-03 10:00",
            late,
            NoStandard,
            "a step no standard knows",
        ),
        (99, "", "", NoStandard, "even without an instant"),
        (7, "", "", NotAssessable, "no instant"),
        (
            7,
            "2026-06-03 10:00",
            "",
            Open,
            "not completed in an undecided case",
        ),
        (
            7,
            "2026-06-03 10:00",
            "2026-07-01 10:00",
            Open,
            "completed after as_of",
        ),
        (7, "", late, NotAssessable, "no start"),
        (
            7,
            late,
            "2026-06-03 10:00",
            NotAssessable,
            "completed before it started",
        ),
        (
            7,
            "2026-06-03 20:00",
            "2026-06-03 20:10",
            NotAssessable,
            "wholly after closing",
        ),
        (
            7,
            "2026-06-03 19:00",
            "2026-06-03 19:10",
            NotAssessable,
            "closing time is no service",
        ),
        (
            7,
            "2026-06-03 18:59:59",
            "2026-06-03 19:10",
            Under,
            "one second of service",
        ),
        (
            7,
            "2026-06-03 20:00",
            "2026-06-03 20:00",
            Under,
            "outside hours, but no time passed",
        ),
        (
            7,
            "2026-06-02 18:50",
            "2026-06-03 08:05",
            Within,
            "10 minutes before closing and 5 after opening",
        ),
        (
            7,
            "2026-06-02 18:50",
            "2026-06-03 08:05:01",
            Over,
            "and one second more",
        ),
    ] {
        assert_eq!(minute(step, from, to).1, verdict, "{why}");
    }
}
