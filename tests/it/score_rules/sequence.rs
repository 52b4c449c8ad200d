//! Order and duties: what is missing, out of order, sent back, left lying, or joined in one hand.

use tepat::finding::{Check, Finding, Level};
use tepat::name::Name;
use tepat::snapshot::Outcome;
use tepat::standard::PauseRule;

use crate::support::{self, Case, kom03, one};

const AS_OF: &str = "2026-06-30 10:00";

/// Keys and levels of one check's findings.
fn found(case: &Case, check: Check) -> Vec<(String, Level)> {
    let (_, scored) = one(case, &kom03(), AS_OF, PauseRule::Exclude);
    let of_check = scored.findings.iter().filter(|f| f.check == check);
    of_check.map(|f| (f.key.clone(), f.level)).collect()
}

/// Every mandatory step once, in order, one a day, by officers of their own; decided Friday 12 June.
fn orderly() -> Case {
    Case::received("2026-06-02 08:30")
        .step(6, "2026-06-02 08:40", "2026-06-02 08:50")
        .step(7, "2026-06-03 09:00", "2026-06-03 09:10")
        .step(11, "2026-06-04 09:00", "2026-06-04 09:30")
        .step(12, "2026-06-08 09:00", "2026-06-08 09:20")
        .step(13, "2026-06-09 09:00", "2026-06-09 09:20")
        .step(15, "2026-06-10 09:00", "2026-06-10 09:20")
        .step(16, "2026-06-12 09:00", "2026-06-12 09:10")
        .ends(Outcome::Issued, "2026-06-12 09:10")
}

/// The orderly case without a step.
fn without(step: i32) -> Case {
    let mut case = orderly();
    case.steps.retain(|s| s.step != step);
    case
}

#[test]
fn an_orderly_case_has_no_finding() {
    let (_, scored) = one(&orderly(), &kom03(), AS_OF, PauseRule::Exclude);
    assert_eq!(scored.findings, []);
}

#[test]
fn a_mandatory_step_missing_from_a_decided_case_is_found() {
    for step in [6, 7, 11, 12, 13, 15, 16] {
        let found = found(&without(step), Check::MandatoryStepMissing);
        assert_eq!(found, [("A".to_owned(), Level::Warning)], "step {step}");
    }
    // 9 and 10 only where a recommendation is needed; 5, 8 and 14 never.
    assert_eq!(found(&orderly(), Check::MandatoryStepMissing), []);
    let needs = orderly().with_recommendation();
    assert_eq!(found(&needs, Check::MandatoryStepMissing).len(), 1);
    // In a rejected case it weighs less; an open one may still do the step.
    let rejected = Case::received("2026-06-02 08:30")
        .step(6, "2026-06-02 08:40", "2026-06-02 08:50")
        .ends(Outcome::Rejected, "2026-06-05 09:00");
    assert_eq!(
        found(&rejected, Check::MandatoryStepMissing),
        [("A".to_owned(), Level::Info)]
    );
    let mut open = without(15);
    open.steps.retain(|s| s.step != 16);
    open.row.outcome = Outcome::Open;
    open.row.closed_at = None;
    assert_eq!(found(&open, Check::MandatoryStepMissing), []);
}

#[test]
fn a_step_started_before_its_mandatory_predecessor_was_ever_completed_is_out_of_order() {
    // 13 after 12: at its completion in order, a second before out of order, before its start all the more.
    for (start, out) in [
        ("2026-06-08 09:20", false),
        ("2026-06-08 09:19:59", true),
        ("2026-06-08 08:00", true),
    ] {
        let case = without(13).step(13, start, "2026-06-09 09:20");
        let expected = if out {
            vec![("A/13/1".to_owned(), Level::Warning)]
        } else {
            vec![]
        };
        assert_eq!(found(&case, Check::OutOfOrder), expected, "{start}");
    }
    // An optional step between them is no predecessor: 15 waits for 13, not for 14.
    let meeting = orderly().step(14, "2026-06-10 10:00", "2026-06-10 11:00");
    assert_eq!(found(&meeting, Check::OutOfOrder), []);
    // Sent back: 11 begun again after 12 is no breach, since 7 was once completed.
    let back = orderly().step(11, "2026-06-08 10:00", "2026-06-08 10:30");
    assert_eq!(found(&back, Check::OutOfOrder), []);
    assert_eq!(found(&without(12), Check::OutOfOrder).len(), 1);
}

#[test]
fn duties_that_must_not_be_one_persons() {
    for (a, b) in [(12, 13), (7, 15)] {
        let at = |step: i32| {
            orderly()
                .steps
                .iter()
                .find(|s| s.step == step)
                .cloned()
                .unwrap()
        };
        let mut case = without(b);
        let mut joined = at(b);
        joined.officer = at(a).officer;
        case.steps.push(joined);
        assert_eq!(found(&case, Check::DutiesJoined).len(), 1, "{a} and {b}");
    }
    // Two rows without an officer are not one person.
    let mut nameless = orderly();
    for step in &mut nameless.steps {
        step.officer = None;
    }
    assert_eq!(found(&nameless, Check::DutiesJoined), []);
}

#[test]
fn a_recommendation_taken_up_two_working_days_later_was_left_lying() {
    // Handed over Thursday 4 June.
    for (taken_up, lying) in [
        ("2026-06-04 10:00", false),
        ("2026-06-05 08:00", false),
        ("2026-06-06 10:00", true), // Saturday counts as Monday's
        ("2026-06-08 08:00", true),
    ] {
        let case = Case::received("2026-06-02 08:30")
            .with_recommendation()
            .step(6, "2026-06-02 08:40", "2026-06-02 08:50")
            .step(10, "2026-06-03 09:00", "2026-06-04 09:30")
            .step(11, taken_up, "");
        assert_eq!(
            found(&case, Check::RecommendationLying).len(),
            usize::from(lying),
            "{taken_up}"
        );
    }
}

#[test]
fn files_returned_more_than_once_are_named() {
    let once = orderly().step(8, "2026-06-03 09:20", "2026-06-03 15:00");
    assert_eq!(found(&once, Check::ReturnedTwice), []);
    let twice = once.step(8, "2026-06-04 10:00", "2026-06-05 09:00");
    assert_eq!(
        found(&twice, Check::ReturnedTwice),
        [("A".to_owned(), Level::Info)]
    );
}

#[test]
fn the_word_for_nobody_names_nobody() {
    let mut case = orderly();
    for step in case.steps.iter_mut().filter(|s| [12, 13].contains(&s.step)) {
        step.officer = Some("(tidak tercatat)".to_owned());
    }
    let (scored, all) = one(&case, &kom03(), AS_OF, PauseRule::Exclude);
    let joined = |f: &&Finding| f.check == Check::DutiesJoined;
    assert_eq!(all.findings.iter().filter(joined).count(), 0);
    let nobody = scored.executions.iter().filter(|e| e.officer.is_none());
    assert_eq!(nobody.map(|e| e.step).collect::<Vec<_>>(), [12, 13]);
    let seen = support::snapshot(std::slice::from_ref(&case));
    let missing = tepat::snapshot::check(&seen, support::ZONE);
    let missing = missing.iter().filter(|f| f.check == Check::MissingOfficer);
    let keys: Vec<&str> = missing.map(|f| f.key.as_str()).collect();
    assert_eq!(keys, ["A/12", "A/13"]);
}

#[test]
fn rework_names_who_sent_the_file_back() {
    let case = orderly()
        .step(12, "2026-06-09 10:00", "2026-06-09 10:20")
        .step(11, "2026-06-08 10:00", "2026-06-08 10:30");
    let (scored, _) = one(&case, &kom03(), AS_OF, PauseRule::Exclude);
    let sender = |step: i32, number: u32| {
        let of = scored
            .executions
            .iter()
            .find(|e| e.step == step && e.number == number);
        of.and_then(|e| e.sent_back_by)
    };
    // 12 found the draft faulty on Monday, so 11 did it again; on Tuesday 13 sent it back to 12.
    assert_eq!(sender(11, 2), Some((12, Some(Name::of("P12")))));
    assert_eq!(sender(12, 2), Some((13, Some(Name::of("P13")))));
    assert_eq!(sender(11, 1), None);
}

#[test]
fn a_source_deadline_that_differs_is_a_finding() {
    // H Tuesday 2 June; 16 June 2026 is a holiday (1 Muharam), so H+13 is Monday 22 June.
    let (scored, _) = one(&orderly(), &kom03(), AS_OF, PauseRule::Exclude);
    let deadline = tepat::instant::date_of(scored.deadline.unwrap());
    for (days, differs) in [(0, false), (1, true)] {
        let mut case = orderly();
        case.row.due_on = Some(deadline + chrono::Days::new(days));
        assert_eq!(
            found(&case, Check::DueOnDiffers).len(),
            usize::from(differs)
        );
    }
}
