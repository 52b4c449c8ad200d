use tepat::snapshot::Outcome;

use super::{measured, registered};
use crate::support::Case;

/// Every mandatory step in order; 12 and 13 by those officers.
fn whole(id: &str, twelve: &str, thirteen: &str) -> Case {
    registered(id)
        .step(7, "2026-06-02 10:00", "2026-06-02 10:10")
        .step(11, "2026-06-03 10:00", "2026-06-03 10:10")
        .step_by(12, "2026-06-04 10:00", "2026-06-04 10:20", Some(twelve))
        .step_by(13, "2026-06-05 10:00", "2026-06-05 10:20", Some(thirteen))
        .step(15, "2026-06-08 10:00", "2026-06-08 10:10")
        .step(16, "2026-06-09 10:00", "2026-06-09 10:10")
        .ends(Outcome::Issued, "2026-06-09 10:10")
}

#[test]
fn each_deviation_is_counted_of_the_cases_decided() {
    let missing = registered("missing")
        .step(16, "", "2026-06-09 10:10")
        .ends(Outcome::Issued, "2026-06-09 10:10");
    let m = measured(&[
        whole("right", "A", "B"),
        whole("joined", "A", "A"),
        // 14 is optional but begun before 13 was done; twice with the applicant.
        whole("early", "A", "B")
            .step(14, "2026-06-05 09:00", "2026-06-05 09:30")
            .step(8, "2026-06-02 11:00", "2026-06-02 12:00")
            .step(8, "2026-06-02 13:00", "2026-06-02 14:00"),
        missing,
        registered("rejected").ends(Outcome::Rejected, "2026-06-04 09:00"),
        registered("withdrawn").ends(Outcome::Withdrawn, "2026-06-04 09:00"),
        registered("open"),
    ]);
    for (check, hits) in [
        ("mandatory_step_missing", 1),
        // Step 16 of "missing" has no step 15 before it.
        ("out_of_order", 2),
        ("duties_joined", 1),
        ("returned_twice", 1),
        ("any", 3),
    ] {
        let group = [("check", check)];
        assert_eq!(m.share("conformance.share", &group), (hits, 5), "{check}");
    }
    assert_eq!(m.count("conformance.rejected_missing", &[]), 1);
    let ids: Vec<&str> = m
        .rows
        .deviating
        .iter()
        .map(|c| c.case_id.as_str())
        .collect();
    assert_eq!(ids, ["early", "joined", "missing", "rejected"]);
    let early = m.rows.deviating.first().unwrap();
    assert_eq!(early.out_of_order, [(14, 1, 13)]);
    assert_eq!((early.returned, early.rejected), (2, false));
    let joined = m.rows.deviating.get(1).unwrap();
    assert_eq!(joined.joined, [(12, 13, "A".to_owned())]);
    let missing = m.rows.deviating.get(2).unwrap();
    assert_eq!(missing.missing, [7, 11, 12, 13, 15]);
}
