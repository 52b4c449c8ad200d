use tepat::measure::performance::{Arrival, FunnelPoint, Measure, Position};
use tepat::score::{DayVerdict, MinuteVerdict};

use super::{Measured, measured, registered};
use crate::support::Case;

/// Step 7 (5-15 minutes, H+2) on the day of registration, by an officer.
fn verified(id: String, officer: &str, over: bool) -> Case {
    let to = ["2026-06-02 10:10", "2026-06-02 10:16"][usize::from(over)];
    registered(&id).step_by(7, "2026-06-02 10:00", to, Some(officer))
}

fn work(officer: &str, all: usize, over: usize) -> Vec<Case> {
    (0..all)
        .map(|n| verified(format!("{officer}{n}"), officer, n < over))
        .collect()
}

fn point<'a>(m: &'a Measured, officer: &str, measure: Measure) -> &'a FunnelPoint {
    let mut funnel = m.rows.comparison.funnel.iter();
    funnel
        .find(|p| p.officer == officer && p.measure == measure)
        .unwrap()
}

#[test]
fn observed_stands_beside_what_the_same_work_leads_to() {
    let m = measured(&[work("Ani", 10, 5), work("Budi", 10, 0)].concat());
    // 5 of 20 over: of ten 2.5 are expected. The chance of all five is C(10,5)/C(20,5) = 1.6 %.
    let ani = point(&m, "Ani", Measure::Minutes);
    assert_eq!((ani.n, ani.alone, ani.observed), (10, 0, 5));
    assert!((ani.expected - 2.5).abs() < 1e-12);
    assert_eq!((ani.lower95, ani.upper95), (1, 4));
    assert_eq!((ani.lower998, ani.upper998), (0, 5));
    assert_eq!(ani.position, Position::Above95);
    assert_eq!(
        point(&m, "Budi", Measure::Minutes).position,
        Position::Below95
    );
    let window = point(&m, "Ani", Measure::Window);
    assert_eq!(window.position, Position::NoComparison, "nobody was late");
    assert_eq!(window.ratio, None);
    let group = [("measure", "minutes"), ("officer", "Ani")];
    assert_eq!(m.printed("personnel.expected", &group), (10, "2,5"));
    assert_eq!(m.printed("personnel.ratio", &group), (10, "2,00"));
    let limit = [
        ("officer", "Ani"),
        ("measure", "minutes"),
        ("level", "95"),
        ("side", "upper"),
    ];
    assert_eq!(m.printed("personnel.limit", &limit), (10, "4"));
    let none = [("officer", "Ani"), ("measure", "window")];
    assert_eq!(m.printed("personnel.ratio", &none), (10, "–"));
}

#[test]
fn work_that_nobody_else_did_compares_with_nothing() {
    // Step 12 is Ani's alone, in June; step 7 is shared.
    let alone: Vec<Case> = (0..10)
        .map(|n| {
            registered(&format!("x{n}"))
                .step(11, "", "2026-06-03 09:00")
                .step_by(12, "2026-06-03 10:00", "2026-06-03 11:00", Some("Ani"))
        })
        .collect();
    let m = measured(&[work("Ani", 10, 2), work("Budi", 10, 2), alone].concat());
    let ani = point(&m, "Ani", Measure::Minutes);
    assert_eq!((ani.n, ani.alone, ani.observed), (10, 10, 2));
    assert_eq!(ani.position, Position::Inside);
}

#[test]
fn nine_are_too_few_to_compare_and_stay_counted() {
    let m = measured(&[work("Ani", 9, 9), work("Budi", 30, 0)].concat());
    assert_eq!(
        point(&m, "Ani", Measure::Minutes).position,
        Position::NoComparison
    );
    let group = [("officer", "Ani"), ("measure", "minutes")];
    assert_eq!(m.printed("personnel.observed", &group).1, "9");
    for indicator in ["personnel.expected", "personnel.ratio"] {
        assert_eq!(m.printed(indicator, &group).1, "ditahan (n = 9)");
    }
}

#[test]
fn months_and_late_arrivals_are_not_mixed() {
    // Budi's work of May is no measure of Ani's work of June.
    let may: Vec<Case> = (0..10)
        .map(|n| {
            Case::received("2026-05-04 08:30")
                .step(6, "", "2026-05-04 09:00")
                .step_by(7, "2026-05-04 10:00", "2026-05-04 10:10", Some("Budi"))
                .id(&format!("m{n}"))
        })
        .collect();
    let m = measured(&[work("Ani", 10, 5), may].concat());
    let ani = point(&m, "Ani", Measure::Standard);
    assert_eq!((ani.n, ani.alone), (0, 10));
}

#[test]
fn the_sheet_lists_what_went_over_a_limit_and_where() {
    let late = registered("late").step(11, "", "2026-06-15 09:00").step_by(
        12,
        "2026-06-15 10:00",
        "2026-06-15 10:20",
        Some("Ani"),
    );
    let m = measured(&[vec![late], work("Ani", 2, 1)].concat());
    let list = m.rows.comparison.late.get("Ani").unwrap();
    let ids: Vec<&str> = list.iter().map(|e| e.case_id.as_str()).collect();
    assert_eq!(ids, ["Ani0", "late"]);
    assert_eq!(list[0].minute, MinuteVerdict::Over);
    assert_eq!(
        (list[0].service_seconds, list[0].minutes_max),
        (Some(960), Some(15))
    );
    assert_eq!(list[0].arrival, None);
    assert_eq!(list[1].day, DayVerdict::Late);
    assert_eq!(list[1].arrival, Some(Arrival::OnArrival));
}
