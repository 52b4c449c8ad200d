//! What must not be held against an officer, and what must be shown of one.

use tepat::measure::performance::{Measure, Position};

use super::generator::Plan;
use super::{figure, measured, point};

const SEEDS: std::ops::Range<u64> = 3_000..3_004;

#[test]
fn an_officer_alone_on_a_step_is_compared_with_nobody() {
    for seed in SEEDS {
        let one_head = measured(&Plan::new(seed, 60));
        for measure in [Measure::Standard, Measure::Window] {
            let x = point(&one_head, "K01", measure);
            assert_eq!(
                (x.position, x.ratio, x.n),
                (Position::NoComparison, None, 0),
                "seed {seed}"
            );
            assert!(x.alone > 100, "seed {seed}: {x:?}");
            let group = [("officer", "K01"), ("measure", measure.code())];
            let figures = &one_head.review.overview.figures;
            let get = |indicator| figures.get(indicator, "2026-S1", &group).unwrap();
            assert_eq!(get("personnel.alone").n, x.alone);
            assert_eq!(get("personnel.ratio").value, None);
        }
        let two_heads = measured(&Plan {
            further_heads: 1,
            ..Plan::new(seed, 60)
        });
        let x = point(&two_heads, "K01", Measure::Window);
        assert!(x.n > 50 && x.alone < x.n, "seed {seed}: {x:?}");
    }
}

#[test]
fn nine_executions_give_no_rate_and_ten_do() {
    const GUEST: &str = "V99";
    for seed in SEEDS {
        for executions in [9, 10] {
            let p = measured(&Plan {
                occasional: Some((GUEST, executions)),
                ..Plan::new(seed, 60)
            });
            assert_eq!(figure(&p, "personnel.executions", GUEST).n, executions);
            for indicator in [
                "personnel.within",
                "personnel.within_minutes",
                "personnel.under",
            ] {
                let rate = figure(&p, indicator, GUEST);
                assert_eq!(rate.n, executions, "{indicator}");
                assert_eq!(
                    rate.value.is_some(),
                    executions == 10,
                    "{indicator}: {rate:?}"
                );
            }
            let x = point(&p, GUEST, Measure::Minutes);
            assert_eq!(x.n, executions, "seed {seed}: {x:?}");
            let compared = x.position != Position::NoComparison;
            assert_eq!(compared, executions == 10, "seed {seed}: {x:?}");
        }
    }
}

#[test]
fn files_that_arrive_after_the_limit_are_not_charged() {
    const EXAMINER: &str = "S99";
    for seed in SEEDS {
        let sent_after = |hours| {
            measured(&Plan {
                after_limit: Some((EXAMINER, hours)),
                ..Plan::new(seed, 60)
            })
        };
        let late = sent_after(115);
        let count = |p, indicator| figure(p, indicator, EXAMINER).n;
        let all = count(&late, "personnel.executions");
        assert!(all > 20, "seed {seed}: {all}");
        assert_eq!(
            count(&late, "personnel.late_on_arrival"),
            all,
            "seed {seed}"
        );
        for charged in [
            "personnel.within_window",
            "personnel.late_in_queue",
            "personnel.late_in_hand",
            "personnel.late_unsplit",
        ] {
            assert_eq!(count(&late, charged), 0, "seed {seed}: {charged}");
        }
        let x = point(&late, EXAMINER, Measure::Window);
        assert_eq!((x.n, x.observed, x.ratio), (0, 0, None), "seed {seed}");
        // Minutes are still the officer's own.
        assert_eq!(
            point(&late, EXAMINER, Measure::Minutes).n,
            all,
            "seed {seed}"
        );
        let in_time = sent_after(0);
        assert!(
            count(&in_time, "personnel.within_window") > 10,
            "seed {seed}"
        );
    }
}

#[test]
fn haste_is_shown_and_is_no_delay() {
    const HASTY: &str = "V03";
    for seed in SEEDS {
        let plain = Plan::new(seed, 60);
        let hasty = measured(&Plan {
            hasty: Some(HASTY),
            ..plain.clone()
        });
        let under = figure(&hasty, "personnel.under", HASTY);
        assert!(
            under.n > 20 && under.value == Some(100.0),
            "seed {seed}: {under:?}"
        );
        assert_eq!(
            figure(&hasty, "personnel.within_minutes", HASTY).value,
            Some(100.0)
        );
        for n in (1..=10).filter(|n| *n != 3) {
            let other = figure(&hasty, "personnel.under", &format!("V{n:02}"));
            assert!(other.value.unwrap() < 20.0, "seed {seed}: {other:?}");
        }
        let same = figure(&measured(&plain), "personnel.under", HASTY)
            .value
            .unwrap();
        assert!(same < 20.0, "seed {seed}: {same}");
    }
}
