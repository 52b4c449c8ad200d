//! Who was reached: recipients from the case data, the sample, who answered, and how those served late judge.

use tepat::measure::ikm::Ikm;
use tepat::snapshot::{Outcome, ResponseRow};

use super::fixture::{World, figure, found, nine, printed};
use crate::support::{Case, KOM03, date};

/// Registered on Tuesday 2 June 2026, due on Monday 22; decided on this day, handed over on that.
fn case(id: &str, decided: &str, handed_over: &str) -> Case {
    let case = Case::received("2026-06-02 08:30")
        .step(6, "", "2026-06-02 09:00")
        .step(16, "", decided)
        .ends(Outcome::Issued, decided);
    let case = match handed_over {
        "" => case,
        at => case.step(17, "", at),
    };
    case.id(id)
}

fn linked(id: &str, case_id: &str, answer: u8) -> ResponseRow {
    let mut form = nine(id, [answer; 9]);
    form.answered_on = date("2026-06-25");
    form.case_id = Some(case_id.to_owned());
    form
}

fn cases() -> Vec<Case> {
    vec![
        case("on-time", "2026-06-10 09:00", "2026-06-12 09:00"),
        case("late", "2026-06-24 09:00", "2026-06-25 09:00"),
        // Handed over in another semester.
        case("july", "2026-06-30 09:00", "2026-07-01 00:00"),
        // No completion of step 17: the decision stands in.
        case("by-decision", "2026-06-11 09:00", ""),
        // Rejected: nothing was handed over, so nobody received the service.
        Case::received("2026-06-02 08:30")
            .step(6, "", "2026-06-02 09:00")
            .ends(Outcome::Rejected, "2026-06-12 09:00")
            .id("rejected"),
        // Rejected, and the letter was handed over.
        Case::received("2026-06-02 08:30")
            .step(6, "", "2026-06-02 09:00")
            .step(17, "", "2026-06-15 09:00")
            .ends(Outcome::Rejected, "2026-06-12 09:00")
            .id("letter"),
        Case::received("2026-06-20 09:00")
            .step(6, "", "2026-06-22 09:00")
            .id("open"),
    ]
}

fn n(ikm: &Ikm, indicator: &str, group: &[(&str, &str)]) -> u64 {
    figure(ikm, indicator, group).n
}

#[test]
fn recipients_are_those_handed_over_in_the_period_and_the_decision_stands_in() {
    let mut all = cases();
    for case in &mut all {
        case.row.channel = match case.row.case_id.as_str() {
            "late" => Some("daring".to_owned()),
            "letter" => None,
            _ => Some("loket".to_owned()),
        };
    }
    let world = World::new(Vec::new()).with_cases(&all);
    let ikm = world.ikm();
    assert_eq!(n(&ikm, "ikm.recipients", &[]), 4);
    assert_eq!(n(&ikm, "ikm.recipients", &[("service", KOM03)]), 4);
    let channel = |c| n(&ikm, "ikm.recipients", &[("channel", c)]);
    assert_eq!(
        [channel("loket"), channel("daring"), channel("NA")],
        [2, 1, 1]
    );
    let june = ikm.figures.get("ikm.recipients", "2026-06", &[]).unwrap();
    let may = ikm.figures.get("ikm.recipients", "2026-05", &[]).unwrap();
    assert_eq!((june.n, may.n), (4, 0));
    // Rejections are part of timeliness, which is of those decided: on-time, late, july, by-decision, both rejected ones.
    let timeliness = figure(&ikm, "ikm.timeliness", &[]);
    assert_eq!(
        (timeliness.numerator, timeliness.denominator),
        (Some(4), Some(6))
    );
    assert!(found(&ikm).contains(&("hand_over_unrecorded", "")));
}

#[test]
fn a_standard_without_a_step_of_handing_over_counts_decisions_and_says_nothing() {
    let mut world = World::new(Vec::new()).with_cases(&cases());
    for case in &mut world.scored.cases {
        let mut standard = (**case.standard.as_ref().unwrap()).clone();
        standard.hands_over = None;
        case.standard = Some(std::sync::Arc::new(standard));
    }
    let ikm = world.ikm();
    assert_eq!(n(&ikm, "ikm.recipients", &[]), 4);
    assert!(
        !found(&ikm)
            .iter()
            .any(|(check, _)| *check == "hand_over_unrecorded")
    );
}

#[test]
fn those_served_late_are_held_against_those_served_on_time() {
    let mut forms = Vec::new();
    for i in 0..3 {
        forms.push(linked(&format!("A{i}"), "on-time", 4));
        forms.push(linked(&format!("B{i}"), "late", 3));
    }
    forms[1].answers = super::fixture::CODES
        .iter()
        .map(|c| (*c, Some(if *c == "WAKTU" { 1 } else { 3 })))
        .collect();
    let world = World::new(forms).with_cases(&cases());
    let ikm = world.ikm();
    assert_eq!(
        printed(&ikm, "ikm.linked.unit", &[("verdict", "on_time")]),
        "100,00"
    );
    assert_eq!(
        printed(&ikm, "ikm.linked.unit", &[("verdict", "late")]),
        "73,15"
    );
    let waktu = |verdict| {
        printed(
            &ikm,
            "ikm.linked.element",
            &[("element", "WAKTU"), ("verdict", verdict)],
        )
    };
    assert_eq!(
        (waktu("on_time"), waktu("late")),
        ("4,00".into(), "2,33".into())
    );
    let difference = figure(&ikm, "ikm.linked.difference", &[]);
    assert_eq!(
        (difference.n, difference.printed.as_str()),
        (6, "−26,85 poin")
    );
    let of_waktu = |name| printed(&ikm, name, &[("element", "WAKTU")]);
    assert_eq!(of_waktu("ikm.linked.difference"), "−1,67");
    assert_eq!(of_waktu("ikm.linked.difference.low"), "−3,00");
    assert_eq!(of_waktu("ikm.linked.difference.high"), "−1,00");
    let all_alike = |name| printed(&ikm, name, &[("element", "BIAYA")]);
    assert_eq!(all_alike("ikm.linked.difference.low"), "−1,00");
    assert_eq!(all_alike("ikm.linked.difference.high"), "−1,00");
}

#[test]
fn a_side_of_which_nobody_answered_has_no_difference() {
    let world =
        World::new(vec![linked("A", "on-time", 4), linked("B", "on-time", 3)]).with_cases(&cases());
    let ikm = world.ikm();
    assert_eq!(
        printed(&ikm, "ikm.linked.unit", &[("verdict", "late")]),
        "–"
    );
    for name in ["ikm.linked.difference", "ikm.linked.difference.low"] {
        assert_eq!(
            (figure(&ikm, name, &[]).value, printed(&ikm, name, &[])),
            (None, "–".into())
        );
    }
}

#[test]
fn the_sample_is_held_against_recipients_and_a_rate_above_all_of_them_is_not_given() {
    let with = |forms: usize| {
        let forms = (0..forms)
            .map(|i| linked(&format!("R{i}"), "on-time", 3))
            .collect();
        World::new(forms).with_cases(&cases())
    };
    for (forms, reached, rate) in [
        (1, "belum memadai", "25,0 %"),
        (3, "belum memadai", "75,0 %"),
        (4, "memadai", "100,0 %"),
        (5, "memadai", "tidak dapat dinilai"),
    ] {
        let world = with(forms);
        let ikm = world.ikm();
        assert_eq!(printed(&ikm, "ikm.sample.needed", &[]), "4");
        for group in [&[][..], &[("service", KOM03)]] {
            assert_eq!(
                printed(&ikm, "ikm.sample.reached", group),
                reached,
                "{forms}"
            );
            assert_eq!(printed(&ikm, "ikm.response_rate", group), rate, "{forms}");
            let linked = figure(&ikm, "ikm.linked", group);
            assert_eq!((linked.numerator, linked.denominator), (Some(1), Some(4)));
        }
        assert_eq!(
            found(&ikm).contains(&("sample_insufficient", "")),
            reached != "memadai"
        );
        assert_eq!(
            found(&ikm).contains(&("more_forms_than_recipients", KOM03)),
            forms > 4
        );
    }
}

#[test]
fn without_recipients_nobody_can_say_whether_the_sample_suffices() {
    let world = World::new((0..30).map(|i| nine(&format!("R{i}"), [3; 9])).collect());
    let ikm = world.ikm();
    assert_eq!(printed(&ikm, "ikm.sample.needed", &[]), "–");
    let reached = figure(&ikm, "ikm.sample.reached", &[]);
    assert_eq!(
        (reached.n, reached.value, reached.printed.as_str()),
        (30, None, "tidak dapat dinilai")
    );
    assert_eq!(
        printed(&ikm, "ikm.response_rate", &[]),
        "tidak dapat dinilai"
    );
}

#[test]
fn shares_of_few_are_withheld_and_indices_are_not() {
    let mut world =
        World::new(vec![linked("A", "on-time", 4), linked("B", "late", 3)]).with_cases(&cases());
    world.rules.least_n = 10;
    let ikm = world.ikm();
    assert_eq!(printed(&ikm, "ikm.unit", &[]), "87,50");
    for (indicator, group) in [
        ("ikm.response_rate", &[][..]),
        ("ikm.linked", &[]),
        ("ikm.timeliness", &[]),
        ("ikm.element.ceiling", &[("element", "BIAYA")]),
    ] {
        let of = figure(&ikm, indicator, group);
        assert_eq!(of.value, None, "{indicator}");
        assert!(
            of.printed.starts_with("ditahan"),
            "{indicator}: {}",
            of.printed
        );
    }
}

#[test]
fn links_that_do_not_fit_are_counted_in_one_finding_each() {
    let mut forms = vec![
        linked("A", "on-time", 4),
        linked("B", "on-time", 4),
        linked("C", "nowhere", 3),
        linked("D", "late", 3),
        linked("E", "", 3),
    ];
    forms[3].service = "LAIN".into();
    forms[4].case_id = None;
    let world = World::new(forms).with_cases(&cases());
    let ikm = world.ikm();
    let message = |code: &str| {
        let of = ikm.findings.iter().find(|f| f.check.code() == code);
        of.map(|f| f.message.clone())
            .unwrap_or_else(|| panic!("{code}"))
    };
    assert!(message("form_case_unknown").contains("formulir C"));
    assert!(message("form_service_differs").contains("formulir D"));
    assert!(message("case_answered_twice").contains("on-time"));
    assert!(message("form_service_unknown").contains("“LAIN”"));
    assert!(ikm.findings.is_sorted());
    // A service that no standard knows still has its own row, and the rows sum to n.
    assert_eq!(ikm.services, ["LAIN", KOM03]);
    let of = |service| figure(&ikm, "ikm.respondents", &[("service", service)]).n;
    assert_eq!((of("LAIN"), of(KOM03)), (1, 4));
    assert_eq!(printed(&ikm, "ikm.unit", &[("service", "LAIN")]), "75,00");
}

#[test]
fn the_ceiling_of_a_free_service_is_the_share_of_the_highest_answer() {
    let mut other = nine("C", [2; 9]);
    other.service = "LAIN".into();
    let world = World::new(vec![nine("A", [4; 9]), nine("B", [3; 9]), other]);
    let ikm = world.ikm();
    let of = |group: &[(&str, &str)]| {
        let f = figure(&ikm, "ikm.element.ceiling", group);
        (f.numerator, f.denominator)
    };
    assert_eq!(of(&[("element", "BIAYA")]), (Some(1), Some(3)));
    assert_eq!(
        of(&[("element", "BIAYA"), ("service", KOM03)]),
        (Some(1), Some(2))
    );
    assert_eq!(
        of(&[("element", "BIAYA"), ("service", "LAIN")]),
        (Some(0), Some(1))
    );
    let at = ikm.period.to_string();
    assert_eq!(ikm.figures.rows_of("ikm.element.ceiling", &at).len(), 3);
}
