//! Respondents by group and month, internal criteria, suggestions, and the plan of action.

use tepat::snapshot::FollowupRow;
use tepat::snapshot::beside::{Followed, Published};

use super::fixture::{CODES, World, figure, form, found, nine, printed};
use crate::support::date;

#[test]
fn every_breakdown_sums_to_n_and_keeps_what_is_not_recorded() {
    let mut forms = Vec::new();
    for (i, (sex, age, education, month)) in [
        (Some("L"), Some(19), Some("S1"), "2026-01-31"),
        (Some("P"), Some(20), Some("S1"), "2026-02-01"),
        (Some(" "), Some(29), Some("D4"), "2026-06-30"),
        (None, Some(30), None, "2026-06-30"),
        (Some("X"), Some(60), Some("SD"), "2026-06-30"),
        (None, Some(-1), None, "2026-06-30"),
        (None, None, None, "2026-06-30"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut one = nine(&format!("R{i}"), [3; 9]);
        one.sex = sex.map(Into::into);
        one.age = age;
        one.education = education.map(Into::into);
        one.answered_on = date(month);
        forms.push(one);
    }
    let world = World::new(forms);
    let ikm = world.ikm();
    let of = |dimension, value| figure(&ikm, "ikm.respondents", &[(dimension, value)]).n;
    assert_eq!(["L", "P", "X", "NA"].map(|v| of("sex", v)), [1, 1, 1, 4]);
    let bands = ["<20", "20-29", "30-39", "40-49", "50-59", "60+", "NA"];
    assert_eq!(bands.map(|v| of("age", v)), [1, 2, 1, 0, 0, 1, 2]);
    for (dimension, values) in &ikm.dimensions {
        assert_eq!(values.last().map(String::as_str), Some("NA"), "{dimension}");
        let n: u64 = values.iter().map(|v| of(dimension, v)).sum();
        assert_eq!(n, 7, "{dimension}");
    }
    let education = &ikm.dimensions[2];
    assert_eq!(education.0, "education");
    assert_eq!(
        education.1,
        ["SD", "SMP", "SMA", "D1-D3", "S1", "S2", "S3", "D4", "NA"]
    );
    let months: Vec<u64> = (1..=6)
        .map(|m| {
            ikm.figures
                .get("ikm.respondents", &format!("2026-{m:02}"), &[])
                .unwrap()
                .n
        })
        .collect();
    assert_eq!(months, [1, 1, 0, 0, 0, 5]);
    let in_june = ikm
        .figures
        .get("ikm.unit", "2026-06", &[("sex", "L")])
        .unwrap();
    assert_eq!(in_june.printed, "belum ada data");
    assert_eq!(
        printed(&ikm, "ikm.unit", &[("age", "40-49")]),
        "belum ada data"
    );
}

#[test]
fn the_office_s_own_age_bands_are_used() {
    let mut one = nine("R", [3; 9]);
    one.age = Some(45);
    let mut world = World::new(vec![one]);
    world.settings.age_bands = vec![25, 45];
    let ikm = world.ikm();
    assert_eq!(ikm.dimensions[1].1, ["<25", "25-44", "45+", "NA"]);
    assert_eq!(figure(&ikm, "ikm.respondents", &[("age", "45+")]).n, 1);
}

#[test]
fn the_unit_pools_respondents_and_is_not_the_mean_of_its_services() {
    let mut forms: Vec<_> = (0..9).map(|i| nine(&format!("A{i}"), [4; 9])).collect();
    let mut other = nine("B", [1; 9]);
    other.service = "LAIN".into();
    forms.push(other);
    let world = World::new(forms);
    let ikm = world.ikm();
    // 37 / 40 x 100; the mean of 100 and 25 would be 62.50.
    assert_eq!(printed(&ikm, "ikm.unit", &[]), "92,50");
}

#[test]
fn the_office_s_own_criteria_stand_beside_the_ministrys_and_carry_their_code() {
    let own: Vec<&str> = CODES
        .into_iter()
        .chain(["INFORMASI", "KANAL", "INTEGRITAS"])
        .collect();
    let all = |id: &str, answer| form(id, &own.iter().map(|c| (*c, answer)).collect::<Vec<_>>());
    let mut waktu = all("B", 3);
    waktu.answers = own
        .iter()
        .map(|c| (*c, Some(if *c == "WAKTU" { 1 } else { 3 })))
        .collect();
    let mut world = World::new(vec![all("A", 3), waktu, nine("C", [3; 9])]);
    world.settings.internal = vec!["internal-contoh".to_owned()];
    let ikm = world.ikm();
    let group = [("instrument", "internal-contoh")];
    // WAKTU weighs 1/6: 25 x (3 - 2/3 x 1/6) = 72.22; the ministry's ninth: 25 x (3 - 2/3 x 1/9) = 73.15.
    assert_eq!(printed(&ikm, "ikm.unit", &group), "72,22");
    assert_eq!(printed(&ikm, "ikm.unit", &[]), "73,15");
    let element = [("element", "INTEGRITAS"), group[0]];
    assert_eq!(figure(&ikm, "ikm.element", &element).n, 2);
    assert_eq!(ikm.internal.len(), 1);
    assert_eq!(ikm.internal[0].forms.len(), 3);
    assert_eq!(ikm.internal[0].weakest[0].element, "WAKTU");
    let at = ikm.period.to_string();
    for alone in ["ikm.recipients", "ikm.sample.needed", "ikm.timeliness"] {
        assert!(ikm.figures.get(alone, &at, &group).is_none(), "{alone}");
    }
    let unanswered = |(check, _): &(&str, &str)| *check == "element_unanswered";
    assert!(!found(&ikm).iter().any(unanswered), "{:?}", ikm.findings);
}

#[test]
fn criteria_of_which_an_element_is_not_asked_give_no_index_and_say_so() {
    let mut world = World::new(vec![nine("A", [3; 9]), nine("B", [3; 9])]);
    world.settings.internal = vec!["internal-contoh".to_owned()];
    let ikm = world.ikm();
    let group = [("instrument", "internal-contoh")];
    assert_eq!(printed(&ikm, "ikm.unit", &group), "tidak dapat dinilai");
    for code in ["INFORMASI", "KANAL", "INTEGRITAS"] {
        assert!(found(&ikm).contains(&("element_unanswered", code)));
    }
    assert_eq!(printed(&ikm, "ikm.unit", &[]), "75,00");
}

#[test]
fn suggestions_go_with_the_element_they_are_about_and_name_nobody() {
    let mut forms = Vec::new();
    for (id, day, text) in [
        ("a", "2026-02-02", "Ruang tunggu terlalu panas"),
        ("b", "2026-02-01", "Parkiran sempit, hubungi 0812 3456 7890"),
        ("c", "2026-02-01", "Prosesnya lambat sekali"),
        ("d", "2026-02-01", "Bu Sari kurang ramah"),
        ("e", "2026-02-01", "Terima kasih"),
        ("f", "2026-02-01", " - "),
        ("g", "2026-02-01", "keterlambatan tanpa kabar"),
        ("h", "2025-12-31", "lama"),
    ] {
        let mut one = nine(id, [3; 9]);
        one.suggestion = Some(text.to_owned());
        one.answered_on = date(day);
        forms.push(one);
    }
    let world = World::new(forms);
    let ikm = world.ikm();
    let found: Vec<_> = ikm
        .suggestions
        .iter()
        .map(|s| {
            (
                s.response_id.as_str(),
                s.element.as_deref(),
                s.text.as_str(),
                s.masked,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("c", Some("WAKTU"), "Prosesnya lambat sekali", false),
            ("g", Some("WAKTU"), "keterlambatan tanpa kabar", false),
            ("d", Some("PERILAKU"), "Bu [disamarkan] kurang ramah", true),
            (
                "b",
                Some("SARPRAS"),
                "Parkiran sempit, hubungi [disamarkan]",
                true
            ),
            ("a", Some("SARPRAS"), "Ruang tunggu terlalu panas", false),
            ("e", None, "Terima kasih", false),
        ]
    );
}

fn followed(id: &str, of: &str, indicator: &str, group: &str, then: Option<&str>) -> Followed {
    Followed {
        row: FollowupRow {
            followup_id: id.to_owned(),
            period: of.to_owned(),
            indicator: indicator.to_owned(),
            group: group.to_owned(),
            finding: "Unsur terendah".to_owned(),
            cause: None,
            action: None,
            who: None,
            by_when: None,
            done_on: None,
            note: None,
        },
        then: then.map(|printed| Published {
            edition: 1,
            n: 10,
            numerator: None,
            denominator: None,
            value: None,
            printed: printed.to_owned(),
        }),
    }
}

#[test]
fn the_plan_is_what_was_entered_for_elements_and_the_last_one_has_its_outcome() {
    let mut before = nine("old", [2; 9]);
    before.answered_on = date("2025-09-01");
    let mut world = World::new(vec![nine("new", [3; 9]), before]);
    world.followups = vec![
        followed("3", "2026-S1", "ikm.element", "element=WAKTU", None),
        followed("1", "2025-S2", "ikm.element", "element=WAKTU", Some("2,10")),
        followed("2", "2025-S2", "ikm.element", "element=SARPRAS", None),
        followed("4", "2025-S2", "ikm.element", "element=MAKLUMAT", None),
        followed("5", "2025-S2", "on_time.due", "", None),
        followed("6", "2025-S1", "ikm.element", "element=WAKTU", None),
        followed("7", "2026-S1", "ikm.element", "", None),
    ];
    let ikm = world.ikm();
    let plan: Vec<&str> = ikm
        .plan
        .iter()
        .map(|f| f.row.followup_id.as_str())
        .collect();
    assert_eq!(plan, ["3"]);
    let outcomes: Vec<_> = ikm
        .outcomes
        .iter()
        .map(|o| {
            (
                o.followed.row.followup_id.as_str(),
                o.then.as_deref(),
                o.now.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            ("1", Some("2,10"), Some("3,00")),
            ("2", Some("2,00"), Some("3,00")),
            ("4", None, None),
        ]
    );
}
