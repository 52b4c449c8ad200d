//! How a case ended: decided or not, its verdict in order, and the findings on the way.

use tepat::finding::Check;
use tepat::score::CaseVerdict::{
    self, ClockNotStarted, Late, NoStandard, NotAssessable, OnTime, Overdue, Running, WithdrawnLate,
};
use tepat::snapshot::Outcome::{self, *};
use tepat::standard::PauseRule;

use crate::support::{Case, instant, kom03, one};

fn registered() -> Case {
    Case::received("2026-06-02 08:30").step(6, "", "2026-06-02 09:00")
}

/// Outcome as read, decision, verdict at 30 June 0.00, and whether each finding on the outcome was made.
fn check(case: Case, outcome: Outcome, decided: &str, verdict: CaseVerdict, findings: &[Check]) {
    let (scored, all) = one(&case, &kom03(), "2026-06-30", PauseRule::Exclude);
    assert_eq!(scored.outcome, outcome, "{case:#?}");
    let expected = (!decided.is_empty()).then(|| instant(decided));
    assert_eq!(scored.decided, expected, "{case:#?}");
    assert_eq!(scored.verdict, verdict, "{case:#?}");
    for check in [
        Check::ClosingTimeMissing,
        Check::OpenButDecided,
        Check::Reissued,
        Check::IssuedButClosed,
        Check::DecidedBeforeClock,
        Check::UnknownService,
    ] {
        let found = all.findings.iter().any(|f| f.check == check);
        assert_eq!(found, findings.contains(&check), "{check:?} {case:#?}");
    }
}

#[test]
fn decided_is_read_from_outcome_and_step_16() {
    let (early, mid, late) = ("2026-06-05 10:00", "2026-06-10 10:00", "2026-06-25 10:00");
    let after = "2026-07-05 10:00";
    let case = registered;
    check(case().ends(Rejected, mid), Rejected, mid, OnTime, &[]);
    check(case().ends(Rejected, late), Rejected, late, Late, &[]);
    check(
        case().ends(Issued, late).step(16, "", mid),
        Issued,
        mid,
        OnTime,
        &[],
    );
    check(
        case().ends(Issued, early).step(16, "", late),
        Issued,
        late,
        Late,
        &[],
    );
    check(case().ends(Issued, mid), Issued, mid, OnTime, &[]);
    check(
        case().step(16, "", mid),
        Open,
        mid,
        OnTime,
        &[Check::OpenButDecided],
    );
    check(
        case()
            .ends(Issued, mid)
            .step(16, "", mid)
            .step(16, "", late),
        Issued,
        mid,
        OnTime,
        &[Check::Reissued],
    );
    check(
        case().ends(Rejected, ""),
        Rejected,
        "",
        Overdue,
        &[Check::ClosingTimeMissing],
    );
    check(
        case().ends(Withdrawn, ""),
        Withdrawn,
        "",
        Overdue,
        &[Check::ClosingTimeMissing],
    );
    check(
        case().ends(Issued, ""),
        Issued,
        "",
        Overdue,
        &[Check::ClosingTimeMissing],
    );
    check(
        case().ends(Rejected, late).step(16, "", mid),
        Rejected,
        late,
        Late,
        &[Check::IssuedButClosed],
    );
    check(
        case().ends(Withdrawn, mid).step(16, "", early),
        Withdrawn,
        mid,
        CaseVerdict::Withdrawn,
        &[Check::IssuedButClosed],
    );
    check(
        case().ends(Withdrawn, late),
        Withdrawn,
        late,
        WithdrawnLate,
        &[],
    );
    // What happened after as_of has not happened.
    check(case().ends(Rejected, after), Open, "", Overdue, &[]);
    check(case().ends(Withdrawn, after), Open, "", Overdue, &[]);
    check(
        case().ends(Issued, "").step(16, "", after),
        Open,
        "",
        Overdue,
        &[],
    );
    check(
        case().ends(Issued, after).step(16, "", after),
        Open,
        "",
        Overdue,
        &[],
    );
}

#[test]
fn the_first_verdict_that_applies() {
    let none = || Case::received("2026-06-02 08:30");
    let mid = "2026-06-10 10:00";
    let mut unknown = registered().ends(Withdrawn, mid);
    unknown.row.service = "TIDAK-DIKENAL".to_owned();
    check(
        unknown,
        Withdrawn,
        mid,
        NoStandard,
        &[Check::UnknownService],
    );
    check(
        none().ends(Withdrawn, mid),
        Withdrawn,
        mid,
        CaseVerdict::Withdrawn,
        &[],
    );
    check(none(), Open, "", ClockNotStarted, &[]);
    check(
        registered().ends(Rejected, "2026-06-02 08:59:59"),
        Rejected,
        "2026-06-02 08:59:59",
        NotAssessable,
        &[Check::DecidedBeforeClock],
    );
    check(
        registered().ends(Rejected, "2026-06-02 09:00"),
        Rejected,
        "2026-06-02 09:00",
        OnTime,
        &[],
    );
    check(registered(), Open, "", Overdue, &[]);
    let (running, _) = one(
        &registered(),
        &kom03(),
        "2026-06-22 23:59",
        PauseRule::Exclude,
    );
    assert_eq!((running.verdict, running.offset), (Running, Some(13)));
    let (overdue, _) = one(&registered(), &kom03(), "2026-06-23", PauseRule::Exclude);
    assert_eq!((overdue.verdict, overdue.offset), (Overdue, Some(14)));
}

#[test]
fn as_of_removes_each_instant_on_its_own() {
    let case = registered()
        .step(7, "2026-06-03 09:00", "2026-06-03 09:10")
        .step(12, "2026-06-03 10:00", "2026-06-04 10:00")
        .step(13, "2026-06-04 10:00", "2026-06-04 10:20")
        .step(14, "", "");
    let (scored, _) = one(&case, &kom03(), "2026-06-03 12:00", PauseRule::Exclude);
    let rows: Vec<_> = scored
        .executions
        .iter()
        .map(|e| (e.step, e.completed.is_some()))
        .collect();
    // 12 has lost its completion, 13 is absent, 14 never had an instant and stays.
    assert_eq!(rows, [(6, true), (7, true), (12, false), (14, false)]);
    let world = kom03();
    let later = crate::support::snapshot(&[case]);
    let scored = crate::support::run(&later, &world, instant("2026-06-02 08:29:59"), None);
    assert!(scored.cases.is_empty(), "received later");
}

#[test]
fn duties_and_mandatory_steps() {
    let by = |a: &str, b: &str| {
        registered()
            .ends(Rejected, "2026-06-10 10:00")
            .step_by(12, "", "2026-06-03 10:00", Some(a))
            .step_by(13, "", "2026-06-04 10:00", Some(b))
    };
    let found = |case: &Case, check: Check| {
        let (_, all) = one(case, &kom03(), "2026-06-30", PauseRule::Exclude);
        all.findings.iter().any(|f| f.check == check)
    };
    assert!(found(&by("P1", "P1"), Check::DutiesJoined));
    assert!(!found(&by("P1", "P2"), Check::DutiesJoined));
    assert!(
        found(&by("P1", "P2"), Check::MandatoryStepMissing),
        "7, 11, 15, 16 are missing"
    );
    let full = [7, 11, 15, 16]
        .into_iter()
        .fold(by("P1", "P2").ends(Issued, "2026-06-10 10:00"), |c, s| {
            c.step(s, "", "2026-06-05 10:00")
        });
    assert!(!found(&full, Check::MandatoryStepMissing));
    assert!(
        found(
            &full.clone().with_recommendation(),
            Check::MandatoryStepMissing
        ),
        "9 and 10"
    );
}
