use tepat::score::CaseVerdict;
use tepat::snapshot::Outcome;

use super::{measured, registered};

#[test]
fn returns_are_counted_by_the_step_before_and_by_their_days() {
    let m = measured(&[
        // From 7, Tuesday 2 to Monday 8 June.
        registered("a")
            .step(7, "2026-06-02 10:00", "2026-06-02 10:10")
            .step(8, "2026-06-02 11:00", "2026-06-08 09:00")
            .ends(Outcome::Rejected, "2026-06-09 09:00"),
        // From 15, two days.
        registered("b")
            .step(7, "2026-06-02 10:00", "2026-06-02 10:10")
            .step(15, "2026-06-03 10:00", "2026-06-03 10:10")
            .step(8, "2026-06-03 11:00", "2026-06-05 09:00")
            .ends(Outcome::Rejected, "2026-06-09 09:00"),
        registered("c").ends(Outcome::Rejected, "2026-06-09 09:00"),
        // Open: in no share.
        registered("open").step(8, "2026-06-03 11:00", ""),
    ]);
    assert_eq!(m.share("returns.case_share", &[]), (2, 3));
    assert_eq!(m.count("returns.count", &[]), 2);
    assert_eq!(m.count("returns.by", &[("step", "7")]), 1);
    assert_eq!(m.count("returns.by", &[("step", "15")]), 1);
    assert_eq!(m.printed("returns.calendar_days_median", &[]), (2, "2"));
    assert_eq!(m.printed("returns.calendar_days_p90", &[]), (2, "6"));
    assert_eq!(m.printed("returns.working_days_p90", &[]), (2, "4"));
    assert_eq!(m.count("returns.repeated", &[("state", "decided")]), 0);
}

#[test]
fn cases_returned_more_than_once_are_named_with_what_a_restart_would_make_of_them() {
    let twice = |id: &str| {
        registered(id)
            .step(7, "2026-06-02 10:00", "2026-06-02 10:10")
            .step(8, "2026-06-02 11:00", "2026-06-03 19:00")
            .step(7, "2026-06-04 09:00", "2026-06-04 09:10")
            .step(8, "2026-06-04 10:00", "2026-06-09 19:00")
    };
    let m = measured(&[
        // Paused: 3, 5, 8 and 9 June. Counted to the 29th: over 13 from the 2nd, but not from the 10th.
        twice("decided").ends(Outcome::Rejected, "2026-06-29 09:00"),
        twice("open"),
        twice("earlier").ends(Outcome::Withdrawn, "2026-06-12 09:00"),
    ]);
    let rows = &m.rows.repeated_returns;
    let ids: Vec<_> = rows
        .iter()
        .map(|r| (r.case_id.as_str(), r.decided))
        .collect();
    assert_eq!(ids, [("decided", true), ("open", false)]);
    let first = rows.first().unwrap();
    assert_eq!((first.times, first.calendar_days), (2, 6));
    assert_eq!(first.working_days, Some(4));
    assert_eq!(first.verdict, CaseVerdict::Late);
    assert_eq!(first.verdict_restart, Some(CaseVerdict::OnTime));
    for state in ["decided", "open"] {
        assert_eq!(
            m.count("returns.repeated", &[("state", state)]),
            1,
            "{state}"
        );
    }
}
