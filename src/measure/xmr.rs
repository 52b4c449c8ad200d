//! XmR chart: individual values with limits at mean ± 2.66 mean moving range (Wheeler, Understanding Variation, 1993).
//!
//! In: values in time order, gaps as None. Out: limits and signals. A gap breaks the moving range and a run.

/// 3/d2 for ranges of two: natural process limits from the mean moving range.
const LIMIT_FACTOR: f64 = 2.66;
/// Values a run on one side of the mean needs to be a signal (Wheeler, detection rule two).
const RUN: usize = 8;
/// Fewer values than this give no limits worth the name.
const LEAST_VALUES: usize = 6;

/// Natural process limits, uncut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    pub mean: f64,
    pub lower: f64,
    pub upper: f64,
}

/// Why a point is a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    AboveLimit,
    BelowLimit,
    /// The eighth or a later one in a row above the mean.
    RunAbove,
    RunBelow,
}

impl Signal {
    /// In words, formal Indonesian.
    pub fn label(self) -> &'static str {
        match self {
            Signal::AboveLimit => "di atas batas kendali atas",
            Signal::BelowLimit => "di bawah batas kendali bawah",
            Signal::RunAbove => "delapan bulan atau lebih berturut-turut di atas rata-rata",
            Signal::RunBelow => "delapan bulan atau lebih berturut-turut di bawah rata-rata",
        }
    }
}

/// Limits of a series; None with too few values or no two neighbouring ones.
pub fn limits(values: &[Option<f64>]) -> Option<Limits> {
    let present: Vec<f64> = values.iter().copied().flatten().collect();
    let ranges: Vec<f64> = values
        .windows(2)
        .filter_map(|w| Some((w[1]? - w[0]?).abs()))
        .collect();
    if present.len() < LEAST_VALUES || ranges.is_empty() {
        return None;
    }
    let mean = present.iter().sum::<f64>() / present.len() as f64;
    let range = ranges.iter().sum::<f64>() / ranges.len() as f64;
    Some(Limits {
        mean,
        lower: mean - LIMIT_FACTOR * range,
        upper: mean + LIMIT_FACTOR * range,
    })
}

/// The signal of each point, if it is one. A point beyond a limit is that before it is part of a run. Points beyond a limit
/// also draw the mean to their side, and all others seem to run on the other: a run is one that lies on one side of the mean
/// with and without them.
pub fn signals(values: &[Option<f64>], limits: Limits) -> Vec<Option<Signal>> {
    let (low, high) = centre(values, limits);
    let (mut above, mut below) = (0, 0);
    values
        .iter()
        .map(|value| {
            let Some(value) = *value else {
                (above, below) = (0, 0);
                return None;
            };
            above = if value > high { above + 1 } else { 0 };
            below = if value < low { below + 1 } else { 0 };
            if value > limits.upper {
                Some(Signal::AboveLimit)
            } else if value < limits.lower {
                Some(Signal::BelowLimit)
            } else if above >= RUN {
                Some(Signal::RunAbove)
            } else if below >= RUN {
                Some(Signal::RunBelow)
            } else {
                None
            }
        })
        .collect()
}

/// The mean of all values and the mean of those within the limits, the lower one first.
fn centre(values: &[Option<f64>], limits: Limits) -> (f64, f64) {
    let present = values.iter().copied().flatten();
    let within = present.filter(|v| (limits.lower..=limits.upper).contains(v));
    let (n, sum) = within.fold((0_u32, 0.0), |(n, sum), v| (n + 1, sum + v));
    let mean = match n {
        0 => limits.mean,
        _ => sum / f64::from(n),
    };
    (mean.min(limits.mean), mean.max(limits.mean))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nine months about 10 and one of 40: the mean of all is 13, and nine months lie below it for that alone.
    #[test]
    fn one_month_beyond_a_limit_makes_no_run_of_the_others() {
        let mut values: Vec<Option<f64>> =
            [9.0, 11.0, 10.0].repeat(3).into_iter().map(Some).collect();
        values.push(Some(40.0));
        let found = signals(&values, limits(&values).unwrap());
        assert_eq!(found[9], Some(Signal::AboveLimit));
        assert!(found[..9].iter().all(Option::is_none), "{found:?}");
    }

    /// Worked by hand: mean 10.5, moving ranges 2 1 3 2 2 (mean 2), limits 10.5 ± 5.32.
    #[test]
    fn limits_follow_the_mean_moving_range() {
        let l = limits(&[10.0, 12.0, 11.0, 8.0, 10.0, 12.0].map(Some)).unwrap();
        assert!((l.mean - 10.5).abs() < 1e-12);
        assert!((l.upper - 15.82).abs() < 1e-9 && (l.lower - 5.18).abs() < 1e-9);
    }

    #[test]
    fn a_gap_breaks_range_and_run() {
        let mut values = vec![Some(10.0); 7];
        values.push(None);
        values.extend([Some(10.0); 7]);
        let l = Limits {
            mean: 9.0,
            lower: 0.0,
            upper: 20.0,
        };
        assert!(signals(&values, l).iter().all(Option::is_none));
        values[7] = Some(10.0);
        let found = signals(&values, l);
        assert_eq!(found[6], None);
        assert_eq!(found[7], Some(Signal::RunAbove));
        let l = limits(&[
            Some(0.0),
            None,
            Some(100.0),
            Some(0.0),
            Some(0.0),
            Some(0.0),
            Some(0.0),
        ]);
        assert!((l.unwrap().upper - (100.0 / 6.0 + 2.66 * 25.0)).abs() < 1e-9);
    }

    #[test]
    fn few_values_give_no_limits() {
        assert_eq!(limits(&[Some(1.0); 5]), None);
        assert_eq!(limits(&[]), None);
    }

    #[test]
    fn a_point_beyond_a_limit_is_named() {
        let l = Limits {
            mean: 80.0,
            lower: 70.0,
            upper: 90.0,
        };
        let found = signals(&[Some(69.9), Some(70.0), Some(90.0), Some(90.1)], l);
        assert_eq!(
            found,
            [
                Some(Signal::BelowLimit),
                None,
                None,
                Some(Signal::AboveLimit)
            ]
        );
    }
}
