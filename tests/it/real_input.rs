//! A log from elsewhere, imported by a mapping, under a standard of 56 calendar days, to a monthly report for June 2011.
//!
//! What the log lacks (starts, holidays) must come out as not assessable or as a finding, not as a number. The expected
//! counts are made here from the file itself, by plain text and dates.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use serde_json::Value;

use crate::binary::Tepat;

const SETTINGS: &str = r#"
[office]
name = "Kantor Uji"
unit = "Penerimaan"
province = "Provinsi Uji"
city = "Kota Uji"
zone = "Europe/Amsterdam"
zone_label = "waktu setempat"

[standards]
calendar = "wabo"
"#;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/receipt")
        .join(name)
}

fn workspace() -> Tepat {
    let tepat = Tepat::new();
    for folder in ["standards/sop", "standards/calendar"] {
        std::fs::create_dir_all(tepat.path(folder)).unwrap();
    }
    std::fs::write(tepat.path("tepat.toml"), SETTINGS).unwrap();
    std::fs::copy(
        fixture("standard.toml"),
        tepat.path("standards/sop/wabo.toml"),
    )
    .unwrap();
    std::fs::copy(
        fixture("calendar.toml"),
        tepat.path("standards/calendar/wabo.toml"),
    )
    .unwrap();
    tepat
}

fn published(log: &Path) -> Vec<Value> {
    let tepat = workspace();
    let (log, mapping) = (log.to_str().unwrap(), fixture("mapping.toml"));
    let mapping = mapping.to_str().unwrap();
    for kind in ["cases", "steps"] {
        tepat
            .run(&["import", kind, log, "--mapping", mapping])
            .exits(0);
    }
    tepat
        .run(&["run", "--report", "monthly", "--period", "2011-06"])
        .exits(0);
    let figures = tepat.path("reports/2011-06/monthly/1/figures.json");
    serde_json::from_slice(&std::fs::read(figures).unwrap()).unwrap()
}

fn figure<'a>(figures: &'a [Value], indicator: &str, group: &Value) -> &'a Value {
    figures
        .iter()
        .find(|f| f["indicator"] == indicator && f["period"] == "2011-06" && f["group"] == *group)
        .unwrap_or_else(|| panic!("no figure {indicator} {group}"))
}

/// The log's cases: start, and end where it has one.
fn cases(log: &Path) -> Vec<(DateTime<FixedOffset>, Option<DateTime<FixedOffset>>)> {
    let bytes = std::fs::read(log).unwrap();
    let mut text = String::new();
    match log.extension().is_some_and(|e| e == "gz") {
        true => flate2::read::GzDecoder::new(&bytes[..])
            .read_to_string(&mut text)
            .unwrap(),
        false => (&bytes[..]).read_to_string(&mut text).unwrap(),
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    let (id, start, end) = (
        column("case:concept:name"),
        column("case:startdate"),
        column("case:enddate"),
    );
    let instant = |text: &str| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%:z").ok();
    let mut all = BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        all.insert(
            row[id].to_owned(),
            (instant(&row[start]).unwrap(), instant(&row[end])),
        );
    }
    all.into_values().collect()
}

/// Due and on time in June 2011 as known when the month ended: the deadline is the 56th date after the start's own.
fn due_by_hand(log: &Path) -> (i64, i64) {
    let date = |d: u32, m: u32| NaiveDate::from_ymd_opt(2011, m, d).unwrap();
    let (mut due, mut on_time) = (0, 0);
    for (start, end) in cases(log) {
        let deadline = start.date_naive() + Days::new(56);
        let ended_before_start = end.is_some_and(|e| e < start);
        if deadline < date(1, 6) || deadline >= date(1, 7) || ended_before_start {
            continue;
        }
        due += 1;
        on_time += i64::from(end.is_some_and(|e| e.date_naive() <= deadline));
    }
    (due, on_time)
}

fn holds_what_the_log_says(log: &Path) -> Vec<Value> {
    let figures = published(log);
    let none = serde_json::json!({});
    let due = figure(&figures, "on_time.due", &none);
    let (expected_due, expected_on_time) = due_by_hand(log);
    assert_eq!(due["denominator"], expected_due);
    assert_eq!(due["numerator"], expected_on_time);
    // No starts: no minutes. No holidays: no working days, no service time.
    for f in figures.iter().filter(|f| f["period"] == "2011-06") {
        let indicator = f["indicator"].as_str().unwrap();
        let lacking = [
            "stage.minutes_",
            "stage.within_minutes",
            "stage.under_minutes",
            "stage.within_window",
            "stage.work_hours",
            "stage.wait_hours",
            "working_days.",
            "time.",
        ];
        let counts_cases = indicator == "working_days.km_excluded";
        if !counts_cases && lacking.iter().any(|start| indicator.starts_with(start)) {
            assert!(f["value"].is_null(), "{f}");
        }
    }
    for check in ["missing_timestamps", "calendar_without_holidays"] {
        let found = figure(
            &figures,
            "findings.count",
            &serde_json::json!({"check": check}),
        );
        assert!(found["n"].as_u64().unwrap() > 0, "{check}");
    }
    figures
}

#[test]
fn an_invented_log_of_the_same_shape_gives_a_report() {
    holds_what_the_log_says(&fixture("invented.csv"));
}

#[test]
fn the_real_log_gives_a_report_where_it_is_at_hand() {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/receipt.csv.gz");
    if !real.exists() {
        println!("shared data are not at hand: only the invented log was tried");
    }
    let log = if real.exists() {
        real.clone()
    } else {
        fixture("invented.csv")
    };
    let figures = holds_what_the_log_says(&log);
    if real.exists() {
        // Known of the log: 1,434 cases; its own planned ends differ from 56 days in many.
        let due = figure(&figures, "on_time.due", &serde_json::json!({}));
        assert!(due["denominator"].as_i64().unwrap() > 50);
    }
}
