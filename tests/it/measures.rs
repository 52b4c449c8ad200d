//! Denominators, lists and time of the monthly review, on cases small enough to count by hand (scoring.md, section 5).
//!
//! Days of June 2026 under KOM-03: Monday 1 and Tuesday 16 are holidays, Friday closes at 11.00. With H on Tuesday 2:
//! H+2 Thu 4, H+8 Fri 12, H+12 Fri 19, H+13 Mon 22.

use tepat::config::ReportRules;
use tepat::instant::day_of;
use tepat::measure::review::{Input, Review, monthly};
use tepat::period::Period;
use tepat::score::{CaseVerdict, seen};
use tepat::snapshot::Outcome;

use crate::support::{Case, ZONE, instant, kom03, snapshot};

const JUNE: Period = Period::Month {
    year: 2026,
    month: 6,
};
const END: &str = "2026-07-01 00:00";

fn review_at(cases: &[Case], as_of: &str, least_n: u64) -> Review {
    let world = kom03();
    let rules = ReportRules {
        least_n,
        at_risk_days: 3,
    };
    monthly(Input {
        snapshot: &seen(&snapshot(cases), &world.library, instant(as_of)),
        library: &world.library,
        zone: ZONE,
        rules: &rules,
        period: JUNE,
        as_of: instant(as_of),
        published_closing: None,
    })
    .expect("all dates lie inside the calendar")
}

fn review(cases: &[Case]) -> Review {
    review_at(cases, END, 1)
}

/// Numerator, denominator and printed form of a figure of June.
fn figure(
    r: &Review,
    indicator: &str,
    group: &[(&str, &str)],
) -> (Option<i64>, Option<i64>, String) {
    let f = r
        .overview
        .figures
        .get(indicator, "2026-06", group)
        .unwrap_or_else(|| panic!("{indicator} {group:?}"));
    (f.numerator, f.denominator, f.printed.clone())
}

fn count(r: &Review, indicator: &str, group: &[(&str, &str)]) -> u64 {
    r.overview
        .figures
        .get(indicator, "2026-06", group)
        .unwrap_or_else(|| panic!("{indicator} {group:?}"))
        .n
}

/// Registered Tuesday 2 June: due Monday 22 June.
fn registered(id: &str) -> Case {
    Case::received("2026-06-02 08:30")
        .step(6, "2026-06-02 08:50", "2026-06-02 09:00")
        .id(id)
}

fn issued(id: &str, at: &str) -> Case {
    registered(id).step(16, "", at).ends(Outcome::Issued, at)
}

/// One case of each kind that June knows.
fn of_each_kind() -> Vec<Case> {
    vec![
        issued("on-time", "2026-06-22 23:59"),
        issued("late", "2026-06-23 08:00"),
        registered("overdue"),
        registered("withdrawn-late").ends(Outcome::Withdrawn, "2026-06-23 09:00"),
        registered("withdrawn").ends(Outcome::Withdrawn, "2026-06-10 09:00"),
        registered("rejected").ends(Outcome::Rejected, "2026-06-12 09:00"),
        // Decided in June, due in July.
        Case::received("2026-06-25 09:00")
            .step(6, "", "2026-06-25 09:10")
            .step(16, "", "2026-06-29 09:00")
            .ends(Outcome::Issued, "2026-06-29 09:00")
            .id("early"),
        Case::received("2026-06-30 09:00")
            .step(6, "", "2026-06-30 09:10")
            .id("running"),
        Case::received("2026-06-24 09:00")
            .with_recommendation()
            .step(6, "", "2026-06-24 09:10")
            .id("at-agency"),
        Case::received("2026-06-24 09:00").id("unregistered"),
        // Received in May, open in June.
        Case::received("2026-05-28 09:00")
            .step(6, "", "2026-05-28 09:10")
            .id("from-may"),
    ]
}

#[test]
fn each_kind_of_case_is_counted_where_it_belongs() {
    let r = review(&of_each_kind());
    // Due: on-time, late, overdue, withdrawn-late, rejected, from-may. A rejection in time keeps the promise.
    assert_eq!(
        figure(&r, "on_time.due", &[]),
        (Some(2), Some(6), "33,3 %".into())
    );
    for (indicator, n) in [
        ("due.count", 6),
        ("due.on_time", 2),
        ("due.late", 1),
        ("due.overdue", 2),
        ("due.withdrawn_late", 1),
        ("due.pending", 0),
        ("flow.opening", 1),
        ("flow.received", 10),
        ("flow.decided", 4),
        ("flow.issued", 3),
        ("flow.rejected", 1),
        ("flow.withdrawn", 2),
        ("flow.closing", 5),
        ("flow.previous_closing", 1),
        ("open.overdue", 2),
        ("open.not_started", 2),
        ("open.at_risk", 0),
    ] {
        assert_eq!(count(&r, indicator, &[]), n, "{indicator}");
    }
    // Decided: on-time, late, rejected, early.
    assert_eq!(
        figure(&r, "on_time.decided", &[]),
        (Some(3), Some(4), "75,0 %".into())
    );
    for (reason, n) in [
        ("withdrawn", 1),
        ("not_assessable", 0),
        ("clock_not_started", 2),
        ("no_standard", 0),
    ] {
        assert_eq!(
            count(&r, "excluded.due", &[("reason", reason)]),
            n,
            "{reason}"
        );
    }
}

#[test]
fn a_rate_over_finished_cases_alone_does_not_hide_the_open_ones() {
    let cases = [
        issued("a", "2026-06-10 09:00"),
        registered("b"),
        registered("c"),
    ];
    let r = review(&cases);
    assert_eq!(figure(&r, "on_time.decided", &[]).2, "100,0 %");
    assert_eq!(figure(&r, "on_time.due", &[]).2, "33,3 %");
}

#[test]
fn a_deadline_still_to_come_is_pending_until_its_day_has_passed() {
    let cases = [registered("a")];
    for (as_of, pending, due) in [
        ("2026-06-22 00:00", 1, 0),
        ("2026-06-22 23:59", 1, 0),
        ("2026-06-23 00:00", 0, 1),
    ] {
        let r = review_at(&cases, as_of, 1);
        assert_eq!(
            (count(&r, "due.pending", &[]), count(&r, "due.count", &[])),
            (pending, due),
            "{as_of}"
        );
    }
}

#[test]
fn below_the_least_n_the_share_is_withheld_and_n_stays() {
    let cases: Vec<Case> = (0..10)
        .map(|n| issued(&format!("c{n}"), "2026-06-10 09:00"))
        .collect();
    let nine = review_at(&cases[..9], END, 10);
    let f = nine
        .overview
        .figures
        .get("on_time.due", "2026-06", &[])
        .unwrap();
    assert_eq!(
        (f.n, f.value, f.printed.as_str()),
        (9, None, "ditahan (n = 9)")
    );
    let ten = review_at(&cases, END, 10);
    assert_eq!(figure(&ten, "on_time.due", &[]).2, "100,0 %");
    // Wilson, 10 of 10: 72.2 % to 100 %.
    assert_eq!(figure(&ten, "on_time.due.low", &[]).2, "72,2 %");
    let none = review(&[]);
    assert_eq!(
        figure(&none, "on_time.due", &[]),
        (Some(0), Some(0), "–".into())
    );
}

#[test]
fn a_mandatory_stage_not_begun_is_overdue_once_its_limit_date_has_passed() {
    // Step 7 done; 12 and 13 (H+8 = Friday 12 June) not begun.
    let case = registered("a").step(7, "2026-06-03 09:00", "2026-06-03 09:10");
    for (as_of, missed) in [("2026-06-12 23:59", 0), ("2026-06-13 00:00", 1)] {
        let r = review_at(std::slice::from_ref(&case), as_of, 1);
        assert_eq!(
            figure(&r, "stage.within_window", &[("step", "12")]).1,
            Some(missed),
            "{as_of}"
        );
        assert_eq!(
            figure(&r, "stage.within_window", &[("step", "7")]).0,
            Some(1),
            "{as_of}"
        );
        // Step 14 is optional, step 11 has no limit, step 6 no rate.
        assert_eq!(
            figure(&r, "stage.within_window", &[("step", "6")]).1,
            Some(0)
        );
    }
}

#[test]
fn a_stage_is_judged_by_its_last_execution_and_minutes_by_every_one() {
    let case = registered("a")
        .step(7, "2026-06-03 09:00", "2026-06-03 09:04") // under, in time
        .step(7, "2026-06-04 09:00", "2026-06-04 09:10") // within, in time
        .step(7, "2026-06-05 09:00", "2026-06-05 09:16"); // over, late
    let r = review(&[case]);
    let step = [("step", "7")];
    assert_eq!(figure(&r, "stage.within_window", &step).0, Some(0));
    assert_eq!(figure(&r, "stage.within_window", &step).1, Some(1));
    assert_eq!(figure(&r, "stage.within_minutes", &step).0, Some(2));
    assert_eq!(figure(&r, "stage.within_minutes", &step).1, Some(3));
    assert_eq!(figure(&r, "stage.under_minutes", &step).0, Some(1));
    assert_eq!(count(&r, "stage.executions", &step), 3);
    assert_eq!(count(&r, "stage.rework", &step), 2);
    assert_eq!(figure(&r, "stage.minutes_median", &step).2, "10 menit");
}

#[test]
fn the_holder_is_who_has_begun_else_the_role_of_the_next_mandatory_step() {
    let begun = registered("a").step(7, "2026-06-03 09:00", "");
    let waiting = registered("b").step(7, "2026-06-03 09:00", "2026-06-03 09:10");
    let agency = Case::received("2026-06-24 09:00")
        .with_recommendation()
        .step(6, "", "2026-06-24 09:10")
        .step(7, "2026-06-24 10:00", "2026-06-24 10:10")
        .step(9, "2026-06-25 09:00", "2026-06-25 09:10")
        .id("c");
    let r = review(&[begun, waiting, agency]);
    let holder = |list: &[tepat::measure::OpenCase], id: &str| {
        let case = list.iter().find(|c| c.case_id == id).unwrap();
        (case.holder.clone(), case.since)
    };
    let (held, since) = holder(&r.overview.overdue, "a");
    assert!(held.starts_with("P7 ("), "{held}");
    assert_eq!(since, Some(instant("2026-06-03 09:00")));
    let (held, since) = holder(&r.overview.overdue, "b");
    assert!(held.starts_with("menunggu: "), "{held}");
    assert_eq!(since, Some(instant("2026-06-03 09:10")));
    let place = r.overview.not_started[0].place.clone().unwrap();
    assert!(place.contains("OPD"), "{place}");
    // Registered Wednesday 24 June; Wednesday 1 July is the fifth working day after.
    assert_eq!(r.overview.not_started[0].age, Some(5));
}

#[test]
fn at_risk_are_running_cases_with_three_days_left_or_fewer() {
    // H Tuesday 2 June; on Wednesday 17 June the offset is 10: three days left.
    for (as_of, at_risk) in [
        ("2026-06-15 10:00", 0),
        ("2026-06-17 10:00", 1),
        ("2026-06-22 10:00", 1),
        ("2026-06-23 10:00", 0),
    ] {
        let r = review_at(&[registered("a")], as_of, 1);
        assert_eq!(count(&r, "open.at_risk", &[]), at_risk, "{as_of}");
    }
}

#[test]
fn service_time_is_divided_once_and_charged_to_the_step_that_had_it() {
    // Tuesday 2 June 09:00 registered. Waits until Wednesday 10:00 (10 h + 2 h), worked 1 h; with the applicant from
    // 11:00 to Thursday 11:00 (8 h + 3 h); waits for 16 until Thursday 13:00 (2 h), worked 30 minutes: decided.
    let case = registered("a")
        .step(7, "2026-06-03 10:00", "2026-06-03 11:00")
        .step(8, "2026-06-03 11:00", "2026-06-04 11:00")
        .step(16, "2026-06-04 13:00", "2026-06-04 13:30")
        .ends(Outcome::Issued, "2026-06-04 13:30");
    let r = review(&[case]);
    let hours = |holder: &str| figure(&r, "time.hours", &[("holder", holder)]).2;
    assert_eq!(hours("work"), "1,5 jam");
    assert_eq!(hours("waiting"), "14,0 jam");
    assert_eq!(hours("applicant"), "11,0 jam");
    assert_eq!(hours("agency"), "0,0 jam");
    assert_eq!(hours("unsplit"), "0,0 jam");
    let bottleneck = r.overview.bottleneck.unwrap();
    assert_eq!(
        (
            bottleneck.step,
            bottleneck.seconds,
            bottleneck.waiting_seconds
        ),
        (7, 13 * 3600, 12 * 3600)
    );
}

#[test]
fn a_file_is_at_the_agency_from_its_sending_to_the_recommendation_or_its_receipt() {
    let case = |id: &str| {
        registered(id)
            .with_recommendation()
            .step(16, "2026-06-10 09:00", "2026-06-10 09:10")
            .ends(Outcome::Issued, "2026-06-10 09:10")
    };
    // No handing over is recorded: from Wednesday 10.00 (9 h), Thursday (11 h), to the receipt on Friday 9.00 (1 h).
    let unrecorded = case("a")
        .step(9, "2026-06-03 09:30", "2026-06-03 10:00")
        .step(10, "2026-06-03 12:00", "")
        .step(11, "2026-06-05 09:00", "2026-06-05 09:30");
    // Reviewed before it was sent for all that is recorded: the sending counts, to 12.00 (2 h).
    let early = case("b")
        .step(9, "2026-06-03 09:30", "2026-06-03 10:00")
        .step(10, "2026-06-03 09:00", "2026-06-03 12:00");
    // A second recommendation without a second sending: 9.00 to 12.00 (3 h) beside the first stay of 2 h; what the office did
    // between them stays the office's.
    let second = case("c")
        .step(9, "2026-06-03 09:30", "2026-06-03 10:00")
        .step(10, "2026-06-03 10:30", "2026-06-03 12:00")
        .step(11, "2026-06-04 09:00", "2026-06-04 10:00")
        .step(10, "2026-06-08 09:00", "2026-06-08 12:00");
    for (case, agency) in [
        (unrecorded, "21,0 jam"),
        (early, "2,0 jam"),
        (second, "5,0 jam"),
    ] {
        let r = review(std::slice::from_ref(&case));
        let hours = figure(&r, "time.hours", &[("holder", "agency")]).2;
        assert_eq!(hours, agency, "{}", case.row.case_id);
    }
}

#[test]
fn a_late_case_names_the_step_that_used_the_days() {
    let case = registered("a")
        .step(7, "2026-06-03 10:00", "2026-06-03 10:10")
        .step(13, "2026-06-24 10:00", "2026-06-24 10:20")
        .step(16, "2026-06-24 11:00", "2026-06-24 11:10")
        .ends(Outcome::Issued, "2026-06-24 11:10");
    let r = review(&[case]);
    let late = &r.overview.late[0];
    assert_eq!((late.used_by_step, late.days_over), (Some(13), 2));
    assert_eq!(late.deadline, day_of("2026-06-22".parse().unwrap()));
    assert!(late.used_by.ends_with("(menunggu)"), "{}", late.used_by);
}

#[test]
fn paused_cases_show_what_they_would_be_without_the_pause() {
    let case = registered("a").step(8, "2026-06-03 08:00", "");
    let r = review(&[case]);
    let paused = &r.overview.paused[0];
    assert_eq!(paused.verdict, CaseVerdict::Running);
    assert_eq!(paused.verdict_include, Some(CaseVerdict::Overdue));
    assert_eq!(paused.holder, "Pemohon");
    // Wednesday 3 June to Wednesday 1 July, less Tuesday 16: twenty working days.
    assert_eq!(paused.paused_days, 20);
}

#[test]
fn days_used_count_h_as_the_first() {
    let cases = [
        issued("a", "2026-06-02 15:00"),
        issued("b", "2026-06-03 15:00"),
        issued("c", "2026-06-22 15:00"),
    ];
    let r = review(&cases);
    assert_eq!(figure(&r, "working_days.median", &[]).2, "2");
    assert_eq!(figure(&r, "working_days.p90", &[]).2, "14");
    assert_eq!(figure(&r, "working_days.km_median", &[]).2, "2");
}

#[test]
fn the_trend_sees_each_month_as_it_ended() {
    // Due Monday 22 June, decided late in July: June said overdue then, and says so still.
    let mut cases: Vec<Case> = (0..3)
        .map(|n| issued(&format!("c{n}"), "2026-06-10 09:00"))
        .collect();
    cases.push(
        registered("slow")
            .step(16, "", "2026-07-20 09:00")
            .ends(Outcome::Issued, "2026-07-20 09:00"),
    );
    let rules = ReportRules {
        least_n: 1,
        at_risk_days: 3,
    };
    let world = kom03();
    let july = Period::Month {
        year: 2026,
        month: 7,
    };
    let r = monthly(Input {
        snapshot: &seen(
            &snapshot(&cases),
            &world.library,
            instant("2026-08-01 00:00"),
        ),
        library: &world.library,
        zone: ZONE,
        rules: &rules,
        period: july,
        as_of: instant("2026-08-01 00:00"),
        published_closing: None,
    })
    .unwrap();
    let june = r
        .overview
        .figures
        .get("on_time.due", "2026-06", &[])
        .unwrap();
    let own = review(&cases);
    assert_eq!((june.numerator, june.denominator), (Some(3), Some(4)));
    assert_eq!(
        own.overview
            .figures
            .get("on_time.due", "2026-06", &[])
            .unwrap(),
        june
    );
    assert_eq!(r.overview.trend.len(), 24);
    assert_eq!(r.overview.trend[22].period, JUNE);
}
