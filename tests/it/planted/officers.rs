//! Officers given their mix: who is slower stands out, who has the hard work does not.

use rayon::prelude::*;
use tepat::measure::performance::{Measure, Performance, Position};
use tepat::measure::stats::mix::{Stratum, compare};

use super::generator::Plan;
use super::{figure, measured, point, position, strata};

/// Offices each truth is planted in.
const SEEDS: u64 = 20;

fn above998(p: &Performance, measure: Measure) -> Vec<&str> {
    let points = p.rows.comparison.funnel.iter();
    points
        .filter(|x| x.measure == measure && x.position == Position::Above998)
        .map(|x| x.officer.as_str())
        .collect()
}

#[test]
fn an_officer_slower_given_the_mix_is_above_the_funnel_and_nobody_else() {
    const SLOW: &str = "V04";
    let others: Vec<usize> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let plain = Plan::new(1_000 + seed, 120);
            let planted = Plan {
                slow: Some((SLOW, 160)),
                ..plain.clone()
            };
            let (with, without) = (measured(&planted), measured(&plain));
            let mut others = 0;
            for measure in [Measure::Standard, Measure::Minutes] {
                let found = above998(&with, measure);
                assert!(found.contains(&SLOW), "seed {seed}, {measure:?}: {found:?}");
                let colleagues = found.iter().filter(|o| o.starts_with('V')).count();
                assert_eq!(colleagues, 1, "seed {seed}, {measure:?}: {found:?}");
                assert!(!above998(&without, measure).contains(&SLOW), "seed {seed}");
                others += found.len() - 1;
            }
            others
        })
        .collect();
    // 24 officers of other steps, two measures, at most 0.1 % each above by chance: 0.96 expected, and four sigma.
    let others: usize = others.iter().sum();
    assert!(others <= 4, "{others} others above 99.8 %");
}

#[test]
fn an_officer_with_only_hard_cases_is_inside_though_last_by_percentage() {
    const BURDENED: &str = "V02";
    let outside: Vec<bool> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let plan = Plan {
                hard_months: true,
                hard_only: Some(BURDENED),
                ..Plan::new(2_000 + seed, 120)
            };
            let p = measured(&plan);
            let share = |officer: &str| figure(&p, "personnel.within", officer).value.unwrap();
            let best_of_rest = (1..=10)
                .map(|n| format!("V{n:02}"))
                .filter(|o| o != BURDENED)
                .map(|o| share(&o))
                .fold(f64::INFINITY, f64::min);
            let own = share(BURDENED);
            assert!(
                own + 20.0 < best_of_rest,
                "seed {seed}: {own} against {best_of_rest}"
            );
            assert_eq!(
                bare_position(&p, BURDENED),
                Position::Above998,
                "seed {seed}"
            );
            let x = point(&p, BURDENED, Measure::Standard);
            assert!(x.n >= 10 && x.alone == 0, "seed {seed}: {x:?}");
            let is = position(&p, BURDENED, Measure::Standard);
            assert!(
                !matches!(is, Position::Above998 | Position::NoComparison),
                "seed {seed}: {x:?}"
            );
            is != Position::Inside
        })
        .collect();
    // At most 5 % of 20 by chance, and four sigma.
    let outside = outside.into_iter().filter(|x| *x).count();
    assert!(outside <= 4, "{outside} of {SEEDS} outside 95 %");
}

/// Where the officer would stand if all verifications counted as one kind of work.
fn bare_position(p: &Performance, officer: &str) -> Position {
    let strata = strata(p, Measure::Standard);
    let sum = |own: &[Stratum]| {
        own.iter()
            .fold((0, 0), |(n, failed), s| (n + s.own, failed + s.own_failed))
    };
    let verifiers = strata.iter().filter(|(o, _)| o.starts_with('V'));
    let (all, failed) = verifiers
        .map(|(_, own)| sum(own))
        .fold((0, 0), |(n, f), (m, g)| (n + m, f + g));
    let (own, own_failed) = sum(&strata[officer]);
    let bare = compare(&[Stratum {
        all,
        failed,
        own,
        own_failed,
    }]);
    match bare.observed > bare.upper998 {
        true => Position::Above998,
        false => Position::Inside,
    }
}
