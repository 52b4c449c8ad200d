//! Where each clock starts, fall-back by fall-back.

use tepat::finding::Check;
use tepat::instant::Instant;
use tepat::snapshot::Outcome;
use tepat::standard::PauseRule;

use crate::support::{Case, instant, kom03, one};

const AS_OF: &str = "2026-06-30";

fn at(text: &str) -> Option<Instant> {
    (!text.is_empty()).then(|| instant(text))
}

fn check(case: Case, registration: &str, main: &str, finding: Option<Check>, why: &str) {
    let (scored, all) = one(&case, &kom03(), AS_OF, PauseRule::Exclude);
    assert_eq!(scored.registration_start, at(registration), "{why}");
    assert_eq!(scored.main_start, at(main), "{why}");
    for clock in [Check::ClockFromReceipt, Check::RecommendationUnrecorded] {
        let found = all.findings.iter().any(|f| f.check == clock);
        assert_eq!(found, finding == Some(clock), "{why}: {clock:?}");
    }
}

#[test]
fn the_registration_clock() {
    let received = "2026-06-02 08:30";
    let case = || Case::received(received);
    let from_receipt = Some(Check::ClockFromReceipt);
    let reg = "2026-06-02 09:00";
    check(
        case()
            .step(6, "", "2026-06-03 09:00")
            .step(6, "2026-06-02 08:50", reg),
        reg,
        reg,
        None,
        "the first completion of step 6",
    );
    check(
        case().step(6, "2026-06-02 08:50", ""),
        "",
        "",
        None,
        "begun is not completed",
    );
    check(case(), "", "", None, "nothing but a receipt");
    check(
        case().step(4, "", reg),
        "",
        "",
        None,
        "step 4 proves nothing",
    );
    check(case().step(17, "", reg), "", "", None, "nor does 17");
    check(
        case().step(7, "", ""),
        "",
        "",
        None,
        "a row without instants proves nothing",
    );
    for step in 7..=16 {
        check(
            case().step(step, reg, ""),
            received,
            received,
            from_receipt,
            "work has begun",
        );
    }
    check(
        case().ends(Outcome::Rejected, reg),
        received,
        received,
        from_receipt,
        "rejected",
    );
    check(
        case().ends(Outcome::Issued, reg),
        received,
        received,
        from_receipt,
        "issued",
    );
    check(
        case().ends(Outcome::Issued, ""),
        "",
        "",
        None,
        "issued but undecided",
    );
    check(
        case().ends(Outcome::Withdrawn, reg),
        "",
        "",
        None,
        "withdrawn is not decided",
    );
    check(
        Case::received("").step(7, "", reg),
        "",
        "",
        None,
        "no receipt to fall back on",
    );
    check(
        case().step(6, "", "2026-07-01 09:00"),
        "",
        "",
        None,
        "registered after as_of",
    );
}

#[test]
fn the_main_clock_of_a_case_with_recommendation() {
    let reg = "2026-06-02 09:00";
    let case = || {
        Case::received("2026-06-02 08:30")
            .step(6, "", reg)
            .with_recommendation()
    };
    check(
        case()
            .step(10, "", "2026-06-09 09:00")
            .step(10, "", "2026-06-08 09:00")
            .step(11, "2026-06-05 09:00", "2026-06-05 09:30"),
        reg,
        "2026-06-08 09:00",
        None,
        "the first completion of 10, before any 11",
    );
    check(
        case()
            .step(11, "", "2026-06-04 09:00")
            .step(11, "2026-06-05 09:00", ""),
        reg,
        "2026-06-05 09:00",
        None,
        "the earliest start of 11 goes before its completion",
    );
    check(
        case().step(11, "", "2026-06-04 09:00"),
        reg,
        "2026-06-04 09:00",
        None,
        "the first completion of 11",
    );
    check(
        case().step(10, "2026-06-03 09:00", ""),
        reg,
        "",
        None,
        "still with the OPD",
    );
    check(
        case().ends(Outcome::Rejected, "2026-06-05 09:00"),
        reg,
        reg,
        Some(Check::RecommendationUnrecorded),
        "decided without any trace of it",
    );
    check(
        case().ends(Outcome::Withdrawn, "2026-06-05 09:00"),
        reg,
        "",
        None,
        "withdrawn",
    );
    check(
        case().step(10, "", "2026-07-02 09:00"),
        reg,
        "",
        None,
        "handed over after as_of",
    );
}

#[test]
fn executions_are_numbered_by_start_completion_officer() {
    let case = Case::received("2026-06-02 08:30")
        .step_by(7, "", "", Some("P0"))
        .step_by(7, "2026-06-03 09:00", "", Some("P1"))
        .step_by(7, "2026-06-03 09:00", "2026-06-03 09:10", None)
        .step_by(7, "2026-06-03 09:00", "2026-06-03 09:10", Some("P2"))
        .step_by(7, "", "2026-06-03 08:59", Some("P3"))
        .step_by(7, "", "2026-06-03 08:59", Some("P3"));
    let (case, all) = one(&case, &kom03(), AS_OF, PauseRule::Exclude);
    let order: Vec<_> = case
        .executions
        .iter()
        .map(|e| (e.number, e.officer.as_deref()))
        .collect();
    let expected = [
        (1, Some("P3")),
        (2, Some("P2")),
        (3, None),
        (4, Some("P1")),
        (5, Some("P0")),
    ];
    assert_eq!(order, expected);
    assert_eq!(
        all.findings
            .iter()
            .filter(|f| f.check == Check::DuplicateRow)
            .count(),
        1
    );
}
