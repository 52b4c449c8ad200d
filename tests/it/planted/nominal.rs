//! Nothing planted: chance alone gives signals as often as it should, over 200 offices.

use rayon::prelude::*;
use tepat::measure::performance::{Measure, Performance, Position};
use tepat::measure::stats::mix::attained;
use tepat::measure::xmr;

use super::generator::{Plan, Random};
use super::{measured, strata};

const SEEDS: u64 = 200;
const CASES_PER_MONTH: u64 = 60;
/// Chance alone exceeds a band this many standard deviations wide in fewer than 1 of 10,000 tests.
const SIGMA: f64 = 4.0;

/// What one measure and one level gave: officers compared, and those outside.
#[derive(Debug, Clone, Copy, Default)]
struct Outside {
    officers: u64,
    outside: u64,
    /// Sum of the exact chances, and of their variances.
    expected: f64,
    variance: f64,
}

impl Outside {
    fn add(&mut self, outside: bool, chance: f64) {
        self.officers += 1;
        self.outside += u64::from(outside);
        self.expected += chance;
        self.variance += chance * (1.0 - chance);
    }

    fn plus(self, other: Self) -> Self {
        Self {
            officers: self.officers + other.officers,
            outside: self.outside + other.outside,
            expected: self.expected + other.expected,
            variance: self.variance + other.variance,
        }
    }
}

/// By measure, then 95 % and 99.8 %.
type Levels = [[Outside; 2]; 3];

fn outside(p: &Performance) -> Levels {
    let mut levels = Levels::default();
    for (at, measure) in Measure::ALL.into_iter().enumerate() {
        let strata = strata(p, measure);
        let points = p.rows.comparison.funnel.iter();
        let compared =
            points.filter(|x| x.measure == measure && x.position != Position::NoComparison);
        for point in compared {
            let chance = attained(&strata[&point.officer]);
            let beyond998 = matches!(point.position, Position::Above998 | Position::Below998);
            let beyond95 = point.position != Position::Inside;
            levels[at][0].add(beyond95, chance.outside95);
            levels[at][1].add(beyond998, chance.outside998);
        }
    }
    levels
}

/// Signals of each stage's chart.
fn signals(p: &Performance) -> Vec<u64> {
    let count = |t: &tepat::measure::performance::StageTrend| {
        assert!(
            t.points.iter().all(|x| x.hours.is_some()),
            "step {} has gaps",
            t.step
        );
        t.points.iter().filter(|x| x.signal.is_some()).count() as u64
    };
    p.stage_trends.iter().map(count).collect()
}

/// Mean, and variance of the mean.
fn mean(counts: &[u64]) -> (f64, f64) {
    let n = counts.len() as f64;
    let mean = counts.iter().sum::<u64>() as f64 / n;
    let square = counts
        .iter()
        .map(|c| (*c as f64 - mean).powi(2))
        .sum::<f64>();
    (mean, square / (n - 1.0) / n)
}

/// Signals of charts over 24 independent normal values by the same rules.
fn nominal_signals() -> Vec<u64> {
    (0..40_000)
        .map(|series| {
            let mut random = Random::new(4_242, series);
            let values: Vec<Option<f64>> = (0..24).map(|_| Some(random.normal())).collect();
            let limits = xmr::limits(&values).expect("24 values");
            xmr::signals(&values, limits).iter().flatten().count() as u64
        })
        .collect()
}

#[test]
fn with_nothing_planted_signals_stay_at_the_nominal_rate_over_200_seeds() {
    let offices: Vec<(Levels, Vec<u64>)> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let p = measured(&Plan::new(seed, CASES_PER_MONTH));
            (outside(&p), signals(&p))
        })
        .collect();
    for (at, measure) in Measure::ALL.into_iter().enumerate() {
        for (level, nominal) in [0.05, 0.002].into_iter().enumerate() {
            let all = offices.iter().map(|(levels, _)| levels[at][level]);
            let o = all.fold(Outside::default(), Outside::plus);
            println!("{measure:?} {nominal}: {o:?}");
            assert!(o.officers > 2_000, "{measure:?}: {} officers", o.officers);
            let (seen, n) = (o.outside as f64, o.officers as f64);
            let band = SIGMA * o.variance.sqrt();
            assert!(
                (seen - o.expected).abs() <= band,
                "{measure:?} {nominal}: {o:?}"
            );
            let band = SIGMA * (n * nominal * (1.0 - nominal)).sqrt();
            assert!(seen <= n * nominal + band, "{measure:?} {nominal}: {o:?}");
        }
    }
    let charts: Vec<u64> = offices
        .into_iter()
        .flat_map(|(_, signals)| signals)
        .collect();
    assert_eq!(charts.len() as u64, 7 * SEEDS);
    let ((seen, variance), (nominal, of_nominal)) = (mean(&charts), mean(&nominal_signals()));
    println!("signals per chart of 24 months: {seen:.3}, nominal {nominal:.3}");
    let band = SIGMA * (variance + of_nominal).sqrt();
    assert!(
        (seen - nominal).abs() <= band,
        "{seen} signals per chart, nominal {nominal} ± {band}"
    );
}
