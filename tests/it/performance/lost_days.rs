use tepat::measure::performance::LostDays;
use tepat::snapshot::Outcome;

use super::{measured, registered};

#[test]
fn days_over_the_limit_are_spread_by_the_service_time_each_step_used() {
    // Wednesday 24 June is H+15: two days over. Step 11 from the clock's start to Friday 19 June 11.00, 118 of the 141
    // service hours; the rest is the wait for 16.
    let late = registered("late")
        .step(11, "2026-06-02 09:00", "2026-06-19 11:00")
        .step(16, "2026-06-24 09:00", "2026-06-24 09:00")
        .ends(Outcome::Issued, "2026-06-24 09:00");
    let on_time = registered("on-time").ends(Outcome::Rejected, "2026-06-22 09:00");
    let m = measured(&[late, on_time]);
    assert_eq!(m.printed("lost_days.total", &[]), (1, "2"));
    for (step, days, share) in [("11", "1,7", "83,7 %"), ("16", "0,3", "16,3 %")] {
        let group = [("step", step)];
        assert_eq!(m.printed("lost_days.days", &group), (1, days), "{step}");
        assert_eq!(m.printed("lost_days.share", &group), (1, share), "{step}");
    }
    let rows = [(11, 1_673_759), (16, 326_241)].map(|(step, micro_days)| LostDays {
        step: Some(step),
        micro_days,
    });
    assert_eq!(m.rows.lost_days, rows);
}

#[test]
fn time_with_the_applicant_takes_no_share() {
    // Paused from Wednesday 3 to Thursday 4 June, so that H+13 is Wednesday 24: one day over on the 25th.
    let late = registered("late")
        .step(7, "2026-06-02 09:00", "2026-06-02 19:00")
        .step(8, "2026-06-02 19:00", "2026-06-04 19:00")
        .step(16, "2026-06-25 09:00", "2026-06-25 09:00")
        .ends(Outcome::Issued, "2026-06-25 09:00");
    let m = measured(&[late]);
    assert_eq!(m.printed("lost_days.total", &[]), (1, "1"));
    let steps: Vec<_> = m.rows.lost_days.iter().map(|l| l.step).collect();
    assert_eq!(steps, [Some(16), Some(7)]);
}

#[test]
fn without_late_cases_nothing_is_lost() {
    let m = measured(&[registered("a")]);
    assert_eq!(m.printed("lost_days.total", &[]), (0, "0"));
    assert!(m.rows.lost_days.is_empty());
}
