//! A stage that took twice its time in one month.

use std::collections::BTreeSet;

use rayon::prelude::*;
use tepat::measure::performance::Performance;
use tepat::period::Period;

use super::generator::Plan;
use super::{SEMESTER, measured};

const SEEDS: u64 = 20;
const STEP: i32 = 12;

/// Step, month and words of every signal in the semester.
fn signals(p: &Performance) -> BTreeSet<(i32, Period, String)> {
    let mut found = BTreeSet::new();
    for trend in &p.stage_trends {
        for point in &trend.points {
            let inside = SEMESTER.contains(point.period.first());
            if let Some(words) = point.signal.as_ref().filter(|_| inside) {
                found.insert((trend.step, point.period, words.clone()));
            }
        }
    }
    found
}

#[test]
fn a_stage_that_doubled_in_april_gives_a_signal_there_and_nowhere_else() {
    let april: Period = "2026-04".parse().unwrap();
    let elsewhere: Vec<_> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let plain = Plan::new(5_000 + seed, 60);
            let planted = Plan {
                doubled: Some((STEP, april)),
                ..plain.clone()
            };
            let (with, without) = (signals(&measured(&planted)), signals(&measured(&plain)));
            let planted = (STEP, april, "di atas batas kendali atas".to_owned());
            assert!(with.contains(&planted), "seed {seed}: {with:?}");
            assert!(!without.contains(&planted), "seed {seed}: {without:?}");
            let new = with.difference(&without).filter(|s| **s != planted);
            new.map(|s| (seed, s.clone())).collect::<Vec<_>>()
        })
        .collect();
    let elsewhere: Vec<_> = elsewhere.into_iter().flatten().collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}
