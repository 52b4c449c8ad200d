//! Parquet files as input: typed columns, zones, gzip, and files that are cut short.

use std::io::Write;

use polars::prelude::{
    Categories, Column, DataFrame, DataType, IntoColumn, NamedFrom, ParquetWriter, Series,
    TimeUnit, TimeZone,
};
use tepat::finding::Check;
use tepat::source::ImportKind;

use super::import::{CASES, Office, counts, of};

/// 1 June 2026, 8.00 WITA, UTC microseconds.
const EIGHT: i64 = 1_780_272_000_000_000;
/// Eight hours: what a local time of WITA lies before UTC.
const OFFSET: i64 = 8 * 3_600 * 1_000_000;

fn bytes(columns: Vec<Column>) -> Vec<u8> {
    let mut frame = DataFrame::new_infer_height(columns).unwrap();
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    bytes
}

fn text(name: &str, values: &[&str]) -> Series {
    Series::new(name.into(), values)
}

fn times(name: &str, micros: &[Option<i64>], unit: TimeUnit, zone: Option<&str>) -> Column {
    let zone = zone.map(|z| TimeZone::opt_try_new(Some(z)).unwrap().unwrap());
    let scale = |t: i64| match unit {
        TimeUnit::Nanoseconds => t * 1_000,
        TimeUnit::Microseconds => t,
        TimeUnit::Milliseconds => t / 1_000,
    };
    let values: Vec<Option<i64>> = micros.iter().map(|t| t.map(scale)).collect();
    let values = Series::new(name.into(), values);
    let values = values.i64().unwrap().clone();
    values.into_datetime(unit, zone).into_column()
}

#[test]
fn typed_columns_are_read_and_a_zone_is_heeded() {
    let office = Office::new();
    let days = Series::new("due_on".into(), [20_634_i32, 20_635]);
    let category = DataType::from_categories(Categories::global());
    let cases = bytes(vec![
        text("case_id", &["B-1", "B-2"]).into(),
        text("service", &["KOM-03", "KOM-03"])
            .cast(&category)
            .unwrap()
            .into(),
        times(
            "received_at",
            &[Some(EIGHT), Some(EIGHT)],
            TimeUnit::Nanoseconds,
            Some("UTC"),
        ),
        Series::new("requires_recommendation".into(), [true, false]).into(),
        text("outcome", &["issued", "open"]).into(),
        // Without a zone: local time, of WITA.
        times(
            "closed_at",
            &[Some(EIGHT + OFFSET), None],
            TimeUnit::Milliseconds,
            None,
        ),
        days.cast(&DataType::Date).unwrap().into(),
        Series::new("bytes".into(), [1.5, f64::NAN]).into(),
    ]);
    let file = office.file("cases.parquet", &cases);
    let report = office.import(ImportKind::Cases, &file);
    assert_eq!(counts(&report), [2, 2, 0, 0, 0]);
    assert_eq!(
        (report.read_as.to_string().as_str(), report.findings),
        ("Parquet", 0)
    );
    assert_eq!(report.ignored, ["bytes"]);
    let read = office.read().cases;
    assert_eq!(
        (read[0].received_at, read[0].closed_at),
        (Some(EIGHT), Some(EIGHT))
    );
    assert!(read[0].requires_recommendation && read[1].closed_at.is_none());
    assert_eq!(
        read[0].due_on.map(|d| d.to_string()).as_deref(),
        Some("2026-06-30")
    );
    assert_eq!(read[1].service, "KOM-03");

    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(&cases).unwrap();
    let packed = office.file("cases.parquet.gz", writer.finish().unwrap());
    let report = office.import(ImportKind::Cases, &packed);
    assert_eq!(counts(&report), [2, 0, 0, 2, 0]);
    assert_eq!(report.read_as.to_string(), "gzip, Parquet");
}

#[test]
fn numbers_are_steps_and_never_instants() {
    let office = Office::new();
    let steps = |starts: Series| {
        bytes(vec![
            text("case_id", &["B-1", "B-1"]).into(),
            Series::new("step".into(), [6_i32, 7]).into(),
            Series::new("officer".into(), [f64::NAN, 12.0]).into(),
            starts.into(),
        ])
    };
    let numbers = Series::new("started_at".into(), [EIGHT, 46_174]);
    let file = office.file("s.parquet", steps(numbers));
    assert_eq!(
        counts(&office.import(ImportKind::Steps, &file)),
        [2, 2, 0, 0, 0]
    );
    let snapshot = office.read();
    assert_eq!(of(&snapshot, Check::UnreadableValue).len(), 2);
    assert_eq!(snapshot.steps[0].officer, None, "NaN is missing");
    assert_eq!(snapshot.steps[1].officer.as_deref(), Some("12"));
    let excel = "[steps]\ncase_id = \"case_id\"\nstep = \"step\"\nstarted_at = { column = \"started_at\", format = \"excel\" }\n";
    let mapping = office.file("m.toml", excel);
    let serials = Series::new("started_at".into(), [46_174.0, 46_174.5]);
    let file = office.file("s.parquet", steps(serials));
    let report = office
        .try_import(ImportKind::Steps, &file, Some(&mapping))
        .unwrap();
    assert_eq!(report.findings, 0);
}

#[test]
fn a_parquet_file_that_is_cut_short_or_called_otherwise_is_refused() {
    let office = Office::new();
    let whole = bytes(vec![text("case_id", &["B-1"; 500]).into()]);
    for (name, content, part) in [
        (
            "cut.parquet",
            &whole[..whole.len() - 40],
            "is not a readable Parquet file",
        ),
        (
            "p.csv",
            &whole[..],
            "is called .csv, but is a Parquet file: call it .parquet",
        ),
        ("p.parquet", &whole[..], "columns missing: service"),
        (
            "c.parquet",
            CASES.as_bytes(),
            "is called .parquet, but is not a readable Parquet file",
        ),
    ] {
        let message = office.refused(ImportKind::Cases, &office.file(name, content), None);
        assert!(message.contains(part), "{name}: {message}");
    }
    // Bytes changed in the file's own description: some make the library panic.
    let length = whole.len();
    for at in length - 400..length - 8 {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        let file = office.file("d.parquet", damaged);
        office.refused(ImportKind::Cases, &file, None);
    }
    let mapping = office.file("m.toml", "header_rows = 2\n");
    let file = office.file("p.parquet", &whole);
    assert!(
        office
            .refused(ImportKind::Cases, &file, Some(&mapping))
            .contains("which a Parquet file does not have")
    );
}
