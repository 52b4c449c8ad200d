//! Edges: of the bands, of ties, of forms that leave elements out, of no form and of one.

use tepat::config::ikm::PartialForms;
use tepat::measure::ikm::IkmError;

use super::fixture::{CODES, World, figure, form, found, nine, period, printed, unit, with_sums};
use crate::support::date;

/// 25,000 forms of nine answers whose index is this many thousandths.
fn of_index(thousandths: u64) -> World {
    // 25 x T / (9 x 25,000) = index, so T = 9 x index.
    let total = 9 * thousandths;
    let sum = |e: u64| total / 9 + u64::from(e < total % 9);
    let sums: Vec<u64> = (0..9).map(sum).collect();
    World::new(with_sums(&CODES, &sums, 25_000))
}

#[test]
fn the_rounded_index_is_graded_on_both_sides_of_every_edge() {
    for (thousandths, index, grade) in [
        (64_994, "64,99", "D"),
        (64_995, "65,00", "C"),
        (76_604, "76,60", "C"),
        (76_605, "76,61", "B"),
        (88_304, "88,30", "B"),
        (88_305, "88,31", "A"),
    ] {
        let world = of_index(thousandths);
        let ikm = world.ikm();
        assert_eq!(unit(&ikm), (index.into(), grade.into()), "{thousandths}");
        let value = figure(&ikm, "ikm.unit", &[]).value.unwrap();
        assert!(
            (value - thousandths as f64 / 1000.0).abs() < 1e-9,
            "{value}"
        );
    }
}

#[test]
fn without_forms_there_is_no_index_no_grade_and_no_interval() {
    let world = World::new(Vec::new());
    let ikm = world.ikm();
    assert_eq!(unit(&ikm), ("belum ada data".into(), "–".into()));
    for indicator in [
        "ikm.unit",
        "ikm.grade",
        "ikm.unit.low",
        "ikm.unit.high",
        "ikm.alpha",
    ] {
        let of = figure(&ikm, indicator, &[]);
        assert_eq!((of.n, of.value), (0, None), "{indicator}");
    }
    assert_eq!(printed(&ikm, "ikm.sample.reached", &[]), "belum memadai");
    assert_eq!(printed(&ikm, "ikm.change", &[("versus", "previous")]), "–");
    assert!(ikm.survey.weakest.is_empty() && ikm.survey.strongest.is_empty());
    let last = ikm.trend.last().unwrap();
    assert_eq!(
        (last.printed.as_str(), last.value, last.grade.as_str()),
        ("belum ada data", None, "")
    );
    assert!(ikm.findings.is_empty());
}

#[test]
fn one_form_gives_an_index_without_an_interval_marked_insufficient() {
    let world = World::new(vec![nine("R1", [3; 9])]);
    let ikm = world.ikm();
    assert_eq!(unit(&ikm), ("75,00".into(), "C".into()));
    assert_eq!(figure(&ikm, "ikm.unit", &[]).n, 1);
    assert_eq!(printed(&ikm, "ikm.unit.low", &[]), "–");
    let reached = figure(&ikm, "ikm.sample.reached", &[]);
    assert_eq!(
        (reached.n, reached.value, reached.printed.as_str()),
        (1, Some(0.0), "belum memadai")
    );
}

#[test]
fn partial_forms_count_by_element_or_not_at_all_and_both_are_printed() {
    let mut partial = [3; 9];
    partial[3] = 0;
    let mut forms = vec![nine("R1", [4; 9]), nine("R2", [2; 9]), nine("R3", partial)];
    forms.push(nine("R4", [0; 9]));
    forms.push(form("R5", &[("WAKTU", 1)]));
    let mut world = World::new(forms);
    let check = |world: &World, rule: PartialForms| {
        let ikm = world.ikm();
        // By element: 4 + 2 + 3, BIAYA 4 + 2, WAKTU 4 + 2 + 3 + 1: NRR 3, 3, 10/4.
        let available = "73,61";
        let complete = "75,00";
        let by = |rule| {
            let of = figure(&ikm, "ikm.unit.partial", &[("rule", rule)]);
            (of.printed.clone(), of.n)
        };
        assert_eq!(by("available"), (available.into(), 4));
        assert_eq!(by("complete"), (complete.into(), 2));
        let own = match rule {
            PartialForms::Available => (available, 4),
            PartialForms::Complete => (complete, 2),
        };
        let of = figure(&ikm, "ikm.unit", &[]);
        assert_eq!((of.printed.as_str(), of.n), own);
        let counts = |name, code| figure(&ikm, name, &[("element", code)]).n;
        assert_eq!(counts("ikm.element.missing", "BIAYA"), 1);
        // R5 was not asked the others; R4 answered nothing and is no respondent.
        assert_eq!(counts("ikm.element.missing", "PRODUK"), 0);
        assert_eq!(figure(&ikm, "ikm.respondents", &[]).n, 4);
        assert_eq!(figure(&ikm, "ikm.unanswered", &[]).n, 1);
        assert_eq!(figure(&ikm, "ikm.alpha", &[]).n, 2);
        let fours = [("element", "WAKTU"), ("answer", "4")];
        assert_eq!(figure(&ikm, "ikm.element.answers", &fours).n, 1);
        assert!(found(&ikm).contains(&("forms_unanswered", "")));
        assert_eq!(ikm.survey.forms.len(), 4);
        counts("ikm.element", "WAKTU")
    };
    assert_eq!(check(&world, PartialForms::Available), 4);
    world.settings.partial_forms = PartialForms::Complete;
    assert_eq!(check(&world, PartialForms::Complete), 2);
}

#[test]
fn an_element_that_nobody_answered_leaves_no_index_and_is_a_finding() {
    let mut forms = with_sums(&CODES[..8], &[30; 8], 10);
    forms.push(nine("R9", [0; 9]));
    let world = World::new(forms);
    let ikm = world.ikm();
    assert_eq!(unit(&ikm), ("tidak dapat dinilai".into(), "–".into()));
    let of = figure(&ikm, "ikm.unit", &[]);
    assert_eq!((of.n, of.value), (10, None));
    assert_eq!(printed(&ikm, "ikm.element", &[("element", "SARPRAS")]), "–");
    assert!(found(&ikm).contains(&("element_unanswered", "SARPRAS")));
    assert_eq!(ikm.survey.weakest.len(), 3);
    assert!(!ikm.survey.weakest.iter().any(|r| r.element == "SARPRAS"));
}

#[test]
fn elements_that_print_alike_are_tied_only_where_they_are_exactly_equal() {
    // 1000/300 and 999/300 both print 3.33; so do 1000/300 twice.
    let sums = [1_000, 999, 1_000, 1_200, 1_200, 1_200, 1_100, 1_100, 1_150];
    let world = World::new(with_sums(&CODES, &sums, 300));
    let ikm = world.ikm();
    let weakest: Vec<(&str, &[String])> = ikm
        .survey
        .weakest
        .iter()
        .map(|r| (r.element.as_str(), r.tied_with.as_slice()))
        .collect();
    assert_eq!(
        weakest,
        [
            ("PROSEDUR", &[][..]),
            ("PERSYARATAN", &["WAKTU".to_owned()][..]),
            ("WAKTU", &["PERSYARATAN".to_owned()][..]),
        ]
    );
    let tied = &ikm.survey.strongest[0];
    assert_eq!((tied.element.as_str(), tied.tied_with.len()), ("BIAYA", 2));
}

#[test]
fn an_instrument_without_bands_gives_an_index_and_no_grade() {
    let codes = [
        "PERSYARATAN",
        "PROSEDUR",
        "WAKTU",
        "BIAYA",
        "PRODUK",
        "KOMPETENSI",
        "PERILAKU",
        "MAKLUMAT",
        "PENGADUAN",
    ];
    let mut forms = with_sums(&codes, &[30; 9], 10);
    forms
        .iter_mut()
        .for_each(|f| f.answered_on = date("2015-02-01"));
    let mut world = World::new(forms);
    world.period = period("2015-S1");
    let ikm = world.ikm();
    assert_eq!(unit(&ikm), ("75,00".into(), "–".into()));
    assert!(found(&ikm).contains(&("instrument_unverified", "permenpanrb-16-2014")));
}

#[test]
fn a_period_without_an_instrument_is_refused_and_one_named_for_it_holds() {
    let mut form = nine("R1", [3; 9]);
    form.answered_on = date("2003-02-01");
    let mut world = World::new(vec![form]);
    world.period = period("2003-S1");
    let error = world.try_ikm().unwrap_err();
    assert_eq!(
        error,
        IkmError::NoInstrument {
            period: world.period
        }
    );
    assert_eq!(
        error.to_string(),
        "no survey instrument of the ministry is in force on 2003-01-01, the first day of 2003-S1: add one to standards/ikm/, or name one for this period in an [[ikm.survey]] of tepat.toml"
    );
    world.settings.surveys = vec![(world.period, "permenpanrb-14-2017".to_owned())];
    assert_eq!(unit(&world.ikm()).0, "75,00");
    // Seen from later, the old forms belong to no instrument.
    world.settings.surveys.clear();
    world.period = period("2026-S1");
    assert!(found(&world.ikm()).contains(&("survey_without_instrument", "2003-S1")));
}
