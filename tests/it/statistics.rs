//! The statistics against published values and other programs, kept in `tests/fixtures/statistics` with their sources.

use std::time::{Duration, Instant};

use serde_json::Value;
use tepat::exact;
use tepat::measure::ikm::alpha::alpha;
use tepat::measure::stats::mix::{Compared, Stratum, attained, compare};
use tepat::measure::stats::{Histogram, Survival, newcombe, wilson};
use tepat::measure::xmr::{Signal, limits, signals};

/// Half of the last place that a percentage is printed to, and a little.
const PRINTED: f64 = 0.005_01;

fn fixture(name: &str) -> Value {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/statistics");
    serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap()
}

fn numbers(row: &Value) -> Vec<f64> {
    let row = row.as_array().unwrap();
    row.iter().map(|v| v.as_f64().unwrap()).collect()
}

fn counts(row: &Value) -> Vec<u64> {
    let row = row.as_array().unwrap();
    row.iter().map(|v| v.as_u64().unwrap()).collect()
}

fn near(found: f64, wanted: f64, by: f64) -> bool {
    (found - wanted).abs() <= by
}

#[test]
fn wilson_equals_newcombes_table_and_statsmodels() {
    let data = fixture("wilson.json");
    for (key, by) in [("published", PRINTED), ("program", 1e-9)] {
        for row in list(&data, key) {
            let row = numbers(row);
            let (low, high) = wilson(row[0] as u64, row[1] as u64).unwrap();
            assert!(
                near(low, row[2], by) && near(high, row[3], by),
                "{row:?}: {low} {high}"
            );
        }
    }
}

#[test]
fn the_difference_equals_newcombes_table_and_statsmodels() {
    let data = fixture("newcombe.json");
    for (key, by) in [("published", PRINTED), ("program", 1e-9)] {
        for row in list(&data, key) {
            let row = numbers(row);
            let of = |i: usize| row[i] as u64;
            let (low, high) = newcombe(of(0), of(1), of(2), of(3)).unwrap();
            assert!(
                near(low, row[4], by) && near(high, row[5], by),
                "{row:?}: {low} {high}"
            );
        }
    }
}

fn survival(case: &Value) -> Survival {
    let mut survival = Survival::default();
    for row in list(case, "cases") {
        let row = counts(row);
        let time = row[0] as u32;
        (0..row[1]).for_each(|_| survival.decided(time));
        (0..row[2]).for_each(|_| survival.censored(time));
    }
    survival
}

#[test]
fn the_median_and_its_interval_equal_lifelines_and_sas() {
    let data = fixture("kaplan_meier.json");
    let programs = list(&data, "program");
    for case in programs {
        let s = survival(case);
        let wanted = ["median", "lower", "upper"].map(|key| case[key].as_u64().map(|t| t as u32));
        let (lower, upper) = s.median_interval();
        assert_eq!([s.median(), lower, upper], wanted, "{}", case["name"]);
    }
    for row in list(&data, "published") {
        let case = programs.iter().find(|c| c["name"] == row[0]).unwrap();
        let s = survival(case);
        let (lower, upper) = s.median_interval();
        let found = [s.median(), lower, upper].map(|t| u64::from(t.unwrap()));
        assert_eq!(found, [1, 2, 3].map(|i| row[i].as_u64().unwrap()), "{row}");
    }
}

/// The published limits use 3/1.128, which 2.66 rounds, so they agree to the third figure after the point only by 0.001.
#[test]
fn process_limits_and_signals_equal_published_ones() {
    for chart in list(&fixture("xmr.json"), "published") {
        let name = &chart["name"];
        let values: Vec<Option<f64>> = numbers(&chart["values"]).into_iter().map(Some).collect();
        let found = limits(&values).unwrap();
        for (key, value) in [
            ("mean", found.mean),
            ("lower", found.lower),
            ("upper", found.upper),
        ] {
            if let Some(wanted) = chart[key].as_f64() {
                assert!(near(value, wanted, PRINTED), "{name} {key}: {value}");
            }
        }
        let signals = signals(&values, found);
        let at = |wanted: &[Signal]| -> Vec<u64> {
            let points = (1..).zip(&signals);
            let points = points.filter(|(_, s)| s.is_some_and(|s| wanted.contains(&s)));
            points.map(|(i, _)| i).collect()
        };
        let beyond = at(&[Signal::AboveLimit, Signal::BelowLimit]);
        assert_eq!(beyond, counts(&chart["beyond"]), "{name}");
        // Runs are signals from the seventh point there and from the eighth here: one after another point of the run.
        let seventh = counts(&chart["seventh"]);
        let eighth: Vec<u64> = seventh
            .iter()
            .copied()
            .filter(|i| seventh.contains(&(i - 1)))
            .collect();
        assert_eq!(at(&[Signal::RunAbove, Signal::RunBelow]), eighth, "{name}");
    }
}

fn strata(rows: &[Value]) -> Vec<Stratum> {
    let stratum = |row: &Value| {
        let row = counts(row);
        Stratum {
            all: row[0],
            failed: row[1],
            own: row[2],
            own_failed: row[3],
        }
    };
    rows.iter().map(stratum).collect()
}

/// Mantel and Haenszel's statistic, by what is taken from the difference for continuity.
fn statistic(c: &Compared, correction: f64) -> f64 {
    ((c.observed as f64 - c.expected).abs() - correction).powi(2) / c.variance
}

#[test]
fn expected_and_variance_give_the_published_statistics() {
    let data = fixture("mix.json");
    let of = |name: &str| {
        let case = list(&data, "program").iter().find(|c| c["name"] == name);
        strata(list(case.unwrap(), "strata"))
    };
    let admissions = compare(&of("admissions"));
    assert!(near(statistic(&admissions, 0.5), 1.4269, 0.000_05));
    let smoking = compare(&of("smoking"));
    assert!(near(statistic(&smoking, 0.0), 280.1, 0.05), "{smoking:?}");
    assert!(smoking.observed > smoking.upper998);
}

/// Agresti's rabbits: 16 cures, two-sided 0.040: outside the 95 % limits, inside the 99.8 % ones, one-sided 0.020.
#[test]
fn the_null_distribution_is_that_of_the_exact_test() {
    let data = fixture("mix.json");
    let case = list(&data, "program")
        .iter()
        .find(|c| c["name"] == "rabbits")
        .unwrap();
    let rabbits = compare(&strata(list(case, "strata")));
    assert_eq!(rabbits.observed, 16);
    assert_eq!((rabbits.lower95, rabbits.upper95), (11, 15));
    assert_eq!((rabbits.lower998, rabbits.upper998), (9, 17));
    let outside = attained(&strata(list(case, "strata")));
    assert!(near(outside.outside95, 0.040, 0.000_5), "{outside:?}");
    assert!(near(
        case["chance_at_observed_or_more"].as_f64().unwrap(),
        0.020,
        0.000_5
    ));
}

/// Florida is part of the United States as an officer's work is part of everybody's.
#[test]
fn expected_events_equal_a_published_indirect_standardisation() {
    let data = fixture("mix.json");
    let florida = &data["florida"];
    let all = strata(list(florida, "strata"));
    for (stratum, wanted) in all.iter().zip(numbers(&florida["expected"])) {
        assert!(
            near(compare(&[*stratum]).expected, wanted, 0.000_501),
            "{stratum:?}"
        );
    }
    let found = compare(&all);
    assert_eq!((found.observed, found.alone), (538, 0));
    let sum: f64 = numbers(&florida["expected"]).iter().sum();
    assert!(near(found.expected, sum, 0.005));
    assert!(found.lower95 <= 538 && 538 <= found.upper95);
}

#[test]
fn limits_and_what_lies_outside_equal_scipys() {
    let data = fixture("mix.json");
    for case in list(&data, "program") {
        let strata = strata(list(case, "strata"));
        let (found, outside) = (compare(&strata), attained(&strata));
        let name = &case["name"];
        assert_eq!(found.observed, case["observed"].as_u64().unwrap(), "{name}");
        assert_eq!(
            vec![found.lower95, found.upper95],
            counts(&case["limits95"]),
            "{name}"
        );
        assert_eq!(
            vec![found.lower998, found.upper998],
            counts(&case["limits998"]),
            "{name}"
        );
        let wanted = |key: &str| case[key].as_f64().unwrap();
        assert!(near(found.expected, wanted("expected"), 1e-9), "{name}");
        assert!(
            near(outside.outside95, wanted("outside95"), 1e-12),
            "{name}"
        );
        assert!(
            near(outside.outside998, wanted("outside998"), 1e-12),
            "{name}"
        );
        assert!(outside.outside95 <= 0.05 + 1e-9 && outside.outside998 <= 0.002 + 1e-9);
        if let Some(wanted) = case["statistic"].as_f64() {
            let statistic = statistic(&found, 0.0);
            assert!(
                near(statistic, wanted, 1e-9 * wanted.max(1.0)),
                "{name}: {statistic}"
            );
        }
    }
}

#[test]
fn limits_become_binomial_where_the_own_part_is_small() {
    const ALL: u64 = 1_000_000_000_000;
    for row in list(&fixture("funnel.json"), "program") {
        let row = counts(row);
        let found = compare(&[Stratum {
            all: ALL,
            failed: ALL / 100 * row[0],
            own: row[1],
            own_failed: 0,
        }]);
        let limits = [found.lower95, found.upper95, found.lower998, found.upper998];
        assert_eq!(limits, row[2..], "{row:?}");
    }
}

/// An officer with 42,000 executions in 700 strata. Builds for tests are optimised; the bound leaves room for a busy machine.
#[test]
fn a_busy_officer_is_compared_at_once() {
    let stratum = |i: u64| Stratum {
        all: 300 + i % 97,
        failed: 20 + (7 * i) % 120,
        own: 30 + i % 61,
        own_failed: i % 13,
    };
    let strata: Vec<Stratum> = (0..700).map(stratum).collect();
    let start = Instant::now();
    let found = compare(&strata);
    let took = start.elapsed();
    println!("{took:?} for {} executions", found.n);
    assert!(found.n > 40_000 && found.alone == 0);
    assert!(took < Duration::from_millis(150), "{took:?}");
}

#[test]
fn quantiles_are_exact_order_statistics() {
    for case in list(&fixture("quantile.json"), "program") {
        let mut histogram = Histogram::default();
        for value in list(case, "values") {
            histogram.add(value.as_i64().unwrap());
        }
        for (percent, wanted) in counts(&case["percents"])
            .iter()
            .zip(list(case, "quantiles"))
        {
            assert_eq!(
                histogram.quantile(*percent),
                wanted.as_i64(),
                "{percent}: {}",
                case["values"]
            );
        }
    }
}

#[test]
fn alpha_equals_a_published_one_and_numpy() {
    let data = fixture("alpha.json");
    for (key, by) in [("published", PRINTED / 10.0), ("program", 1e-12)] {
        for case in list(&data, key) {
            let rows: Vec<Vec<u8>> = list(case, "answers")
                .iter()
                .map(|row| counts(row).iter().map(|a| *a as u8).collect())
                .collect();
            let found = alpha(rows.iter().map(|row| (row.as_slice(), 1))).unwrap();
            let wanted = case["alpha"].as_f64().unwrap();
            assert!(near(exact::to_f64(&found), wanted, by), "{key}: {found}");
        }
    }
}
