use tepat::instant::Day;

use super::{Measured, measured_with, registered};
use crate::support::Case;

fn sent(id: &str) -> Case {
    registered(id)
        .with_recommendation()
        .step(9, "2026-06-02 16:00", "2026-06-02 16:10")
}

fn unit_of(officer: &str, _: Day) -> Option<String> {
    (officer == "Tim A").then(|| "Dinas A".to_owned())
}

fn measured(cases: &[Case]) -> Measured {
    measured_with(cases, &unit_of)
}

#[test]
fn days_run_from_sending_to_handing_over() {
    // Five of each, since fewer than ten have no median.
    let five = |name: &str, from: &str, to: &str| {
        (0..5)
            .map(|i| sent(&format!("{name}{i}")).step_by(10, from, to, Some("Tim A")))
            .collect::<Vec<_>>()
    };
    let few = [
        // Without a sending, from its own start: one.
        registered("c").step_by(10, "2026-06-03 09:00", "2026-06-04 09:00", Some("Tim B")),
        sent("d").step_by(10, "", "2026-06-03 09:00", None),
    ];
    let m = measured(
        &[
            // Tuesday 2 to Wednesday 10 June: six working days after the first.
            five("a", "2026-06-08 09:00", "2026-06-10 09:00"),
            // Saturday counts as Monday 8: four.
            five("b", "", "2026-06-06 09:00"),
            few.to_vec(),
        ]
        .concat(),
    );
    assert_eq!(
        m.rows.agencies.names,
        ["Dinas A", "Tim B", "(tidak tercatat)"]
    );
    for (agency, n, median, p90) in [
        ("Dinas A", 10, "4", "6"),
        ("Tim B", 1, "ditahan (n = 1)", "ditahan (n = 1)"),
        ("(tidak tercatat)", 1, "ditahan (n = 1)", "ditahan (n = 1)"),
    ] {
        let group = [("agency", agency)];
        assert_eq!(m.count("agency.count", &group), n, "{agency}");
        assert_eq!(
            m.printed("agency.days_median", &group),
            (n, median),
            "{agency}"
        );
        assert_eq!(m.printed("agency.days_p90", &group), (n, p90), "{agency}");
    }
    assert_eq!(m.printed("agency.days_median", &[]), (12, "4"));
    let june = m.get("agency.count", "2026-06", &[("agency", "Dinas A")]);
    let may = m.get("agency.count", "2026-05", &[("agency", "Dinas A")]);
    assert_eq!((june.n, may.n), (10, 0));
}

#[test]
fn what_is_still_out_is_open_at_each_months_end() {
    let m = measured(&[
        sent("a"),
        registered("b").step_by(10, "2026-06-29 09:00", "", Some("Tim A")),
        // Sent again after the first recommendation.
        sent("c")
            .step_by(10, "", "2026-06-04 09:00", Some("Tim A"))
            .step(9, "", "2026-06-24 09:00"),
        // Out over the end of May.
        Case::received("2026-05-18 08:30")
            .step(6, "", "2026-05-18 09:00")
            .step(9, "", "2026-05-20 09:00")
            .step_by(10, "", "2026-06-02 09:00", Some("Tim A"))
            .id("d"),
    ]);
    assert_eq!(m.count("agency.open", &[]), 3);
    assert_eq!(m.get("agency.open", "2026-05", &[]).n, 1);
    assert_eq!(m.get("agency.open", "2026-04", &[]).n, 0);
    // From Tuesday 2 June to as_of's day, Wednesday 1 July: 20 working days after the first.
    assert_eq!(m.printed("agency.open_oldest", &[]), (3, "20"));
    let open: Vec<_> = m
        .rows
        .agencies
        .open
        .iter()
        .map(|o| (o.case_id.as_str(), o.agency.as_str(), o.working_days))
        .collect();
    let nobody = "(tidak tercatat)";
    assert_eq!(
        open,
        [
            ("a", nobody, Some(20)),
            ("c", nobody, Some(5)),
            ("b", "Dinas A", Some(2))
        ]
    );
}

#[test]
fn a_closed_case_holds_nothing_at_an_agency() {
    let closed = sent("a").ends(tepat::snapshot::Outcome::Withdrawn, "2026-06-10 09:00");
    let m = measured(&[closed]);
    assert_eq!(m.count("agency.open", &[]), 0);
}
