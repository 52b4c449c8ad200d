use super::{measured, registered};

#[test]
fn a_passage_is_the_wait_since_the_file_was_free_and_the_work() {
    let case = registered("a").step(7, "2026-06-02 10:00", "2026-06-02 10:10");
    let m = measured(&[case]);
    for (indicator, printed) in [
        ("stage.wait_median", "1 jam"),
        ("stage.passage_median", "1 jam 10 menit"),
    ] {
        for period in ["2026-06", "2026-S1"] {
            let f = m.get(indicator, period, &[("step", "7")]);
            assert_eq!((f.n, f.printed.as_str()), (1, printed), "{period}");
        }
        assert_eq!(m.get(indicator, "2026-05", &[("step", "7")]).n, 0);
    }
    // Step 6: free since the receipt at 8.30, begun at 8.50.
    assert_eq!(
        m.printed("stage.wait_median", &[("step", "6")]).1,
        "20 menit"
    );
    // Nobody did step 12; the heat map has its row.
    assert_eq!(m.printed("stage.wait_median", &[("step", "12")]), (0, "–"));
}

#[test]
fn only_service_time_waits() {
    // Thursday 18.30 to Friday 8.30: half an hour on each side of the night.
    let case = registered("a")
        .step(7, "2026-06-04 18:00", "2026-06-04 18:30")
        .step(11, "2026-06-05 08:30", "2026-06-05 09:00");
    let m = measured(&[case]);
    assert_eq!(m.printed("stage.wait_median", &[("step", "11")]).1, "1 jam");
}

#[test]
fn time_with_the_applicant_and_at_the_agency_is_nobodys_wait() {
    let case = registered("a")
        .with_recommendation()
        .step(7, "2026-06-02 10:00", "2026-06-02 10:10")
        .step(8, "2026-06-02 11:00", "2026-06-03 09:00")
        .step(9, "2026-06-03 10:00", "2026-06-03 10:10")
        .step(10, "2026-06-03 12:00", "2026-06-08 09:00")
        .step(11, "2026-06-08 10:00", "2026-06-08 10:30")
        // Begun while the file was out: what lies before its return is not its wait.
        .step(12, "2026-06-08 08:30", "2026-06-08 11:00");
    let m = measured(&[case]);
    for (step, wait) in [
        ("8", "50 menit"),
        ("9", "1 jam"),
        ("10", "1 jam 50 menit"),
        ("11", "1 jam"),
        ("12", "0 detik"),
    ] {
        let printed = m.printed("stage.wait_median", &[("step", step)]);
        assert_eq!(printed, (1, wait), "step {step}");
    }
    // In hand from 9.00 to 11.00 only: until then the agency had the file.
    assert_eq!(
        m.printed("personnel.held_hours", &[("officer", "P12")]).1,
        "2,0 jam"
    );
    assert_eq!(
        m.printed("stage.passage_median", &[("step", "12")]).1,
        "2 jam 30 menit"
    );
}

#[test]
fn a_missing_start_gives_no_passage() {
    let case = registered("a").step(7, "", "2026-06-02 10:10");
    let m = measured(&[case]);
    assert_eq!(
        m.printed("stage.passage_median", &[("step", "7")]),
        (0, "–")
    );
}

#[test]
fn a_late_execution_is_charged_where_its_limit_passed() {
    // Step 12 is due on Friday 12 June.
    let case = |id: &str, free: &str, from: &str, to: &str| {
        registered(id).step(11, "", free).step(12, from, to)
    };
    let (on_arrival, in_queue, in_hand, unsplit) = (
        "personnel.late_on_arrival",
        "personnel.late_in_queue",
        "personnel.late_in_hand",
        "personnel.late_unsplit",
    );
    let (mon, done) = ("2026-06-15 10:00", "2026-06-15 10:20");
    for (free, from, to, want) in [
        ("2026-06-15 09:00", mon, done, on_arrival),
        // Saturday counts as Monday.
        ("2026-06-13 09:00", mon, done, on_arrival),
        ("2026-06-12 23:59", mon, done, in_queue),
        ("2026-06-11 09:00", "2026-06-12 10:50", done, in_hand),
        ("2026-06-11 09:00", "", done, unsplit),
        ("2026-06-15 09:00", "", done, on_arrival),
    ] {
        let m = measured(&[case("a", free, from, to)]);
        for indicator in [on_arrival, in_queue, in_hand, unsplit] {
            let group = [("officer", "P12"), ("step", "12")];
            let n = u64::from(indicator == want);
            assert_eq!(m.count(indicator, &group), n, "{free} {from} {indicator}");
        }
        // The officer answers for what was in their hands, the role for its queue too.
        let window = m.share("personnel.within_window", &[("officer", "P12")]);
        assert_eq!(window, (0, i64::from(want == in_hand)), "{free} {from}");
        let role = [("role", "Pelaksana 12")];
        let window = m.share("personnel.within_window", &role);
        assert_eq!(window, (0, i64::from(want != on_arrival)), "{free} {from}");
    }
}
