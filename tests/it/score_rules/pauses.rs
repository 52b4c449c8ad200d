//! Time with the applicant: which days it takes out, under each of the three readings.

use tepat::finding::Check;
use tepat::score::ScoredCase;
use tepat::standard::PauseRule::{self, *};

use tepat::standard::calendar::HolidayKind;

use crate::support::{self, Case, day, kom03, one};

/// Registered Tuesday 2 June 09:00.
fn registered() -> Case {
    Case::received("2026-06-02 08:30").step(6, "", "2026-06-02 09:00")
}

fn under(case: &Case, as_of: &str, rule: PauseRule) -> ScoredCase {
    one(case, &kom03(), as_of, rule).0
}

/// Paused days and offset at as_of.
fn counted(case: &Case, as_of: &str) -> (u32, u32) {
    let case = under(case, as_of, Exclude);
    (case.paused_days, case.offset.expect("a running clock"))
}

#[test]
fn a_day_is_paused_when_the_applicant_held_it_whole() {
    // as_of Friday 19 June 10:00: offset 12 without a pause.
    for (from, to, paused, why) in [
        (
            "2026-06-03 08:00",
            "2026-06-03 19:00",
            1,
            "exactly the service hours",
        ),
        (
            "2026-06-03 08:00:01",
            "2026-06-03 19:00",
            0,
            "a second missing at opening",
        ),
        (
            "2026-06-03 08:00",
            "2026-06-03 18:59:59",
            0,
            "a second missing at closing",
        ),
        (
            "2026-06-05 16:00",
            "2026-06-08 08:00",
            0,
            "Friday 16:00 to Monday 08:00 holds no service hour",
        ),
        (
            "2026-06-05 07:00",
            "2026-06-08 08:00",
            1,
            "with Friday's three hours: Friday",
        ),
        (
            "2026-06-04 18:59",
            "2026-06-09 08:00",
            2,
            "Friday and Monday",
        ),
        (
            "2026-06-15 12:00",
            "2026-06-17 12:00",
            0,
            "only a holiday lies between",
        ),
        (
            "2026-06-02 09:30",
            "2026-06-02 18:00",
            0,
            "H itself is never counted",
        ),
    ] {
        let case = registered().step(8, from, to);
        assert_eq!(
            counted(&case, "2026-06-19 10:00"),
            (paused, 12 - paused),
            "{why}"
        );
    }
}

#[test]
fn a_pause_begins_and_ends_where_work_does() {
    let base = || registered().step(7, "2026-06-02 10:00", "2026-06-02 10:10");
    // as_of Friday 12 June 10:00: offset 8 without a pause.
    for (case, paused, why) in [
        (
            base().step(8, "2026-06-02 10:10", "2026-06-05 08:00"),
            2,
            "start to completion",
        ),
        (
            base().step(8, "", "2026-06-05 08:00"),
            2,
            "no start: from the completion of 7",
        ),
        (
            registered().step(8, "", "2026-06-05 08:00"),
            0,
            "no start, no 7: no pause",
        ),
        (
            base().step(8, "2026-06-05 08:00", "2026-06-03 08:00"),
            0,
            "completed before it started",
        ),
        (base().step(8, "", ""), 0, "no instant"),
        (
            base().step(8, "2026-06-02 10:10", ""),
            8,
            "open until as_of, its day included",
        ),
        (
            base()
                .step(8, "2026-06-02 10:10", "")
                .step(7, "2026-06-05 08:00", ""),
            2,
            "overtaken by 7",
        ),
        (
            base()
                .step(8, "2026-06-02 10:10", "2026-06-11 08:00")
                .step(12, "", "2026-06-05 08:00"),
            2,
            "overtaken by a completion without start",
        ),
        (
            base()
                .step(8, "2026-06-02 10:10", "")
                .step(5, "2026-06-05 08:00", ""),
            8,
            "5 is no work on it",
        ),
        (
            base()
                .step(8, "2026-06-02 10:10", "")
                .step(17, "2026-06-05 08:00", ""),
            8,
            "nor is 17",
        ),
        (
            base()
                .step(8, "2026-06-02 10:10", "")
                .step(9, "2026-06-02 10:10", ""),
            8,
            "not later",
        ),
        (
            base().step(8, "2026-06-02 10:10", "2026-06-03 12:00").step(
                8,
                "2026-06-03 12:00",
                "2026-06-05 08:00",
            ),
            2,
            "touching pauses are one",
        ),
        (
            base().step(8, "2026-06-02 10:10", "2026-06-03 12:00").step(
                8,
                "2026-06-03 12:01",
                "2026-06-05 08:00",
            ),
            1,
            "a minute with the office between",
        ),
    ] {
        assert_eq!(
            counted(&case, "2026-06-12 10:00"),
            (paused, 8 - paused),
            "{why}"
        );
    }
    for step in (9..=16).filter(|s| *s != 16) {
        let case = base()
            .step(8, "2026-06-02 10:10", "")
            .step(step, "2026-06-05 08:00", "");
        assert_eq!(
            counted(&case, "2026-06-12 10:00").0,
            2,
            "overtaken by {step}"
        );
    }
}

#[test]
fn the_day_of_t_itself() {
    // Pause from Tuesday after closing; t is as_of on Wednesday 3 June.
    let open = registered().step(8, "2026-06-02 19:30", "");
    assert_eq!(
        counted(&open, "2026-06-03 07:00"),
        (1, 0),
        "before opening, with the applicant"
    );
    assert_eq!(
        counted(&open, "2026-06-03 12:00"),
        (1, 0),
        "since opening, still"
    );
    let ended = registered().step(8, "2026-06-02 19:30", "2026-06-03 12:00");
    assert_eq!(
        counted(&ended, "2026-06-03 12:00"),
        (0, 1),
        "a pause that ends at t is over"
    );
    assert_eq!(
        counted(&ended, "2026-06-03 11:59:59"),
        (1, 0),
        "a second before"
    );
    let late = registered().step(8, "2026-06-03 08:00:01", "");
    assert_eq!(
        counted(&late, "2026-06-03 12:00"),
        (0, 1),
        "the office had the first second"
    );
}

#[test]
fn a_pause_on_or_after_the_deadline_day_changes_nothing() {
    // H+13 is Monday 22 June.
    for (from, paused, offset, why) in [
        (
            "2026-06-21 20:00",
            7,
            12,
            "Sunday evening: the deadline moves",
        ),
        ("2026-06-22 00:00", 0, 19, "on the deadline day"),
        (
            "2026-06-22 07:00",
            0,
            19,
            "on the deadline day, before opening",
        ),
        ("2026-06-23 07:00", 0, 19, "after it"),
    ] {
        let case = registered().step(8, from, "");
        assert_eq!(
            counted(&case, "2026-06-30 10:00"),
            (paused, offset),
            "{why}"
        );
    }
    // An earlier pause of one day moves the deadline to Tuesday 23: a second on Monday 22 counts.
    let case = registered()
        .step(8, "2026-06-03 08:00", "2026-06-03 19:00")
        .step(8, "2026-06-22 07:00", "");
    assert_eq!(counted(&case, "2026-06-30 10:00"), (8, 11));
}

#[test]
fn the_three_rules_side_by_side() {
    // Wednesday 3 and Thursday 4 with the applicant, back on Friday 5 at 08:00; as_of Friday 12 June.
    let case = registered().step(8, "2026-06-02 18:00", "2026-06-05 08:00");
    for (rule, h, paused, offset, deadline) in [
        (Include, "2026-06-02", 0, 8, "2026-06-22"),
        (Exclude, "2026-06-02", 2, 6, "2026-06-24"),
        (Restart, "2026-06-05", 0, 5, "2026-06-25"),
    ] {
        let case = under(&case, "2026-06-12 10:00", rule);
        let got = (case.h, case.paused_days, case.offset, case.deadline);
        assert_eq!(
            got,
            (Some(day(h)), paused, Some(offset), Some(day(deadline))),
            "{rule:?}"
        );
    }
}

#[test]
fn restart_asks_for_a_paused_day_and_an_end() {
    for (from, to, as_of, h, why) in [
        (
            "2026-06-03 08:00",
            "2026-06-03 19:00",
            "2026-06-12 10:00",
            "2026-06-04",
            "ended at closing: next day",
        ),
        (
            "2026-06-03 08:01",
            "2026-06-03 19:00",
            "2026-06-12 10:00",
            "2026-06-02",
            "no paused day",
        ),
        (
            "2026-06-03 08:00",
            "",
            "2026-06-12 10:00",
            "2026-06-02",
            "not ended",
        ),
        (
            "2026-06-03 08:00",
            "2026-06-08 09:00",
            "2026-06-08 09:00",
            "2026-06-08",
            "ended at t",
        ),
        (
            "2026-06-03 08:00",
            "2026-06-08 09:00",
            "2026-06-08 08:59:59",
            "2026-06-02",
            "not ended by t",
        ),
        (
            "2026-06-03 08:00",
            "2026-06-06 09:00",
            "2026-06-12 10:00",
            "2026-06-08",
            "ended on a Saturday",
        ),
    ] {
        let case = registered().step(8, from, to);
        assert_eq!(under(&case, as_of, Restart).h, Some(day(h)), "{why}");
    }
    // A pause that merely touches a day which another one covers has not held it.
    let case = registered()
        .step(8, "2026-06-03 23:55:01", "2026-06-04 00:00:00")
        .step(8, "2026-06-04 00:00:01", "");
    assert_eq!(
        under(&case, "2026-06-05 10:00", Restart).h,
        Some(day("2026-06-02"))
    );
}

#[test]
fn what_is_no_pause_is_a_finding() {
    for (from, to, check) in [
        ("", "2026-06-05 08:00", Check::PauseWithoutStart),
        ("", "", Check::PauseUnusable),
        ("2026-06-05 08:00", "2026-06-03 08:00", Check::PauseUnusable),
    ] {
        let (_, all) = one(
            &registered().step(8, from, to),
            &kom03(),
            "2026-06-12 10:00",
            Exclude,
        );
        assert!(all.findings.iter().any(|f| f.check == check), "{from} {to}");
    }
}

#[test]
fn a_holiday_can_cost_a_one_day_service_its_day() {
    // H is Monday 8 (Friday closes at 11); Tuesday 9 is with the applicant until 19:30; decided ten minutes later.
    let case = Case::received("2026-06-05 11:00")
        .step(6, "", "2026-06-05 11:00")
        .step(8, "2026-06-05 11:00", "2026-06-09 19:30")
        .ends(tepat::snapshot::Outcome::Rejected, "2026-06-09 19:40");
    let plain = support::calendar();
    let mut closed = plain.clone();
    let holiday = support::holiday(HolidayKind::National, "uji");
    closed
        .holidays
        .insert(support::date("2026-06-09"), vec![holiday]);
    for (calendar, offset) in [(plain, 0), (closed, 1)] {
        let world = support::world_with(calendar, |s| s.total.value = 0);
        let (case, _) = one(&case, &world, "2026-06-30", Exclude);
        assert_eq!(case.offset, Some(offset));
    }
}
