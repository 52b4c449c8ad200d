use tepat::standard::{Unit, Window};

use super::{measured, registered};
use crate::support::{Case, calendar, world_with};

/// Step 12 (H+8 Fri 12 June, 10-30 minutes) by an officer; free since 11 was done.
fn checked(id: &str, free: &str, from: &str, to: &str, officer: Option<&str>) -> Case {
    registered(id)
        .step(11, "", free)
        .step_by(12, from, to, officer)
}

fn four() -> Vec<Case> {
    let by = Some("Ani");
    vec![
        checked(
            "a",
            "2026-06-10 09:00",
            "2026-06-10 10:00",
            "2026-06-10 10:20",
            by,
        ),
        // On time, over its minutes.
        checked(
            "b",
            "2026-06-10 09:00",
            "2026-06-10 10:00",
            "2026-06-10 10:31",
            by,
        ),
        // Late on arrival, within its minutes: judged by these alone.
        checked(
            "c",
            "2026-06-15 09:00",
            "2026-06-15 10:00",
            "2026-06-15 10:30",
            by,
        ),
        // Late in hand, in haste by the minutes.
        checked(
            "d",
            "2026-06-12 09:00",
            "2026-06-15 10:00",
            "2026-06-15 10:05",
            by,
        ),
    ]
}

/// `cases` three times, so that rates are not withheld.
fn thrice(cases: &[Case]) -> Vec<Case> {
    let copy = |n: usize| cases.iter().cloned().map(move |c| (n, c));
    (0..3)
        .flat_map(copy)
        .map(|(n, case)| {
            let id = format!("{}{n}", case.row.case_id);
            case.id(&id)
        })
        .collect()
}

#[test]
fn an_officer_is_held_to_each_limit_that_was_theirs_to_keep() {
    let m = measured(&thrice(&four()));
    // What was late in the queue is the role's alone.
    for (group, within, of_window) in [
        (vec![("officer", "Ani")], 9, 6),
        (vec![("officer", "Ani"), ("step", "12")], 9, 6),
        (vec![("role", "Pelaksana 12")], 6, 9),
    ] {
        assert_eq!(m.count("personnel.executions", &group), 12);
        assert_eq!(m.share("personnel.within", &group), (within, 12));
        assert_eq!(m.share("personnel.within_window", &group), (6, of_window));
        assert_eq!(m.share("personnel.within_minutes", &group), (9, 12));
        assert_eq!(m.share("personnel.under", &group), (3, 12));
        assert_eq!(m.count("personnel.late_on_arrival", &group), 3);
        assert_eq!(m.count("personnel.late_in_queue", &group), 3);
        assert_eq!(m.printed("personnel.minutes_median", &group).1, "20 menit");
        // (20 + 31 + 30 + 5) minutes, three times.
        assert_eq!(m.printed("personnel.held_hours", &group), (12, "4,3 jam"));
    }
    assert_eq!(
        m.printed("personnel.within", &[("officer", "Ani")]).1,
        "75,0 %"
    );
    // Six are too few for a rate, whatever the office's least n.
    let window = m.printed("personnel.within_window", &[("officer", "Ani")]);
    assert_eq!(window, (6, "ditahan (n = 6)"));
}

#[test]
fn a_window_of_hours_passes_at_its_second_not_at_the_end_of_its_day() {
    let world = world_with(calendar(), |standard| {
        let step = standard.steps.get_mut(&12).expect("step 12");
        step.window = Ok(Window {
            value: 48,
            unit: Unit::ElapsedHours,
        });
    });
    // Registered Tuesday 2 June 9.00: the 48 hours end on Thursday at 9.00.
    let case = |id: &str, free: &str, start: &str, end: &str| {
        registered(id)
            .step(11, "2026-06-03 08:00", free)
            .step_by(12, start, end, Some("Ani"))
    };
    let cases = [
        case(
            "a",
            "2026-06-04 09:30",
            "2026-06-04 10:00",
            "2026-06-04 10:20",
        ),
        case(
            "b",
            "2026-06-04 08:30",
            "2026-06-04 09:30",
            "2026-06-04 09:50",
        ),
        case(
            "c",
            "2026-06-03 10:00",
            "2026-06-04 08:45",
            "2026-06-04 09:05",
        ),
        case(
            "d",
            "2026-06-03 10:00",
            "2026-06-04 08:40",
            "2026-06-04 09:00",
        ),
    ];
    let m = super::measured_in(&world, &cases, &|_, _| None);
    let officer = [("officer", "Ani")];
    assert_eq!(m.count("personnel.late_on_arrival", &officer), 1);
    assert_eq!(m.count("personnel.late_in_queue", &officer), 1);
    assert_eq!(m.count("personnel.late_in_hand", &officer), 1);
    assert_eq!(m.share("personnel.within_window", &officer), (1, 2));
}

#[test]
fn the_queue_is_the_roles_and_no_persons() {
    let m = measured(&four());
    // An hour for a, b and c; for d from Friday 9.00: two hours that day, two on Monday.
    assert_eq!(
        m.printed("personnel.wait_hours", &[("role", "Pelaksana 12")]),
        (4, "7,0 jam")
    );
    let officer = [("officer", "Ani")];
    assert!(
        m.figures
            .get("personnel.wait_hours", "2026-S1", &officer)
            .is_none()
    );
}

#[test]
fn fewer_than_ten_executions_have_no_rate_and_no_median() {
    let m = measured(&four());
    let group = [("officer", "Ani")];
    assert_eq!(m.printed("personnel.executions", &group).1, "4");
    for indicator in [
        "personnel.within",
        "personnel.minutes_median",
        "personnel.rework_share",
    ] {
        assert_eq!(m.printed(indicator, &group).1, "ditahan (n = 4)");
        assert_eq!(m.get(indicator, "2026-S1", &group).value, None);
    }
}

#[test]
fn rework_is_what_a_later_office_step_sent_back() {
    let case = registered("a")
        // Comes back from the applicant: no rework.
        .step(7, "2026-06-02 10:00", "2026-06-02 10:10")
        .step(8, "2026-06-02 11:00", "2026-06-03 09:00")
        .step(7, "2026-06-03 10:00", "2026-06-03 10:10")
        .step(11, "2026-06-03 10:20", "2026-06-03 10:30")
        // 13 finds a fault: 12 is done again, by another officer. The first one's work came back.
        .step_by(12, "2026-06-04 09:00", "2026-06-04 09:20", Some("Ani"))
        .step(13, "2026-06-04 10:00", "2026-06-04 10:20")
        .step_by(12, "2026-06-04 11:00", "2026-06-04 11:20", Some("Budi"))
        // Comes forward again: 13 did nothing that had to be done again.
        .step(13, "2026-06-04 12:00", "2026-06-04 12:20");
    let m = measured(&[case]);
    for (officer, n) in [("Ani", 1), ("Budi", 0), ("P7", 0), ("P13", 0)] {
        let group = [("officer", officer)];
        assert_eq!(m.count("personnel.rework", &group), n, "{officer}");
    }
}

#[test]
fn who_is_not_recorded_is_shown_and_never_compared() {
    let by = |n: usize, officer| {
        let id = format!("c{n}");
        checked(
            &id,
            "2026-06-10 09:00",
            "2026-06-10 10:00",
            "2026-06-10 10:20",
            officer,
        )
    };
    let mut cases: Vec<Case> = (0..12).map(|n| by(n, None)).collect();
    cases.extend((12..24).map(|n| by(n, Some("Ani"))));
    let m = measured(&cases);
    let nobody = [("officer", "(tidak tercatat)")];
    assert_eq!(m.count("personnel.executions", &nobody), 12);
    let names: Vec<&str> = m
        .rows
        .personnel
        .officers
        .iter()
        .map(|o| o.officer.as_str())
        .collect();
    assert_eq!(names, ["Ani", "P11", "P6", "(tidak tercatat)"]);
    let ani = m.rows.personnel.officers.first().unwrap();
    assert_eq!(ani.steps, [(12, 12)]);
    assert_eq!(ani.roles, ["Pelaksana 12"]);
    assert!(
        m.rows
            .comparison
            .funnel
            .iter()
            .all(|p| p.officer != nobody[0].1)
    );
}

#[test]
fn work_outside_the_semester_and_of_others_than_the_office_is_not_counted() {
    let case = Case::received("2025-12-30 08:30")
        .step_by(6, "2025-12-30 09:00", "2025-12-30 09:05", Some("Ani"))
        .step_by(7, "2026-01-02 09:00", "2026-01-02 09:10", Some("Ani"))
        .step_by(8, "2026-01-05 09:00", "2026-01-06 09:10", Some("Ani"))
        .step_by(10, "2026-01-07 09:00", "2026-01-08 09:10", Some("Ani"));
    let m = measured(&[case]);
    assert_eq!(m.count("personnel.executions", &[("officer", "Ani")]), 1);
}
