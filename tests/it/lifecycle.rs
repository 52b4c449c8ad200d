//! Starts and completions that belong together, in one row or in two, from files to executions and findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use tepat::finding::Check;
use tepat::snapshot::StepRow;
use tepat::source::ImportKind;

use crate::event_log::{log, log_refused, real_or};
use crate::import::{Office, counts, of};

fn invented_log(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/log")
        .join(name)
}

#[test]
fn starts_and_completions_become_executions() {
    let office = Office::new();
    let file = invented_log("lifecycle.csv");
    let mapping = invented_log("lifecycle.toml");
    let (cases, steps) = log(&office, &file, Some(&mapping));
    assert_eq!(counts(&cases), [9, 3, 0, 0, 0]);
    assert_eq!(
        counts(&steps),
        [8, 4, 0, 0, 1],
        "`suspend` is in no code list, the row of K-3 is no event"
    );
    let snapshot = office.read();
    let hour = |t: Option<i64>| t.map(|t| (t / 60_000_000 + 8 * 60) % 1440);
    let seen: Vec<_> = snapshot
        .steps
        .iter()
        .map(|s| {
            let who = s.officer.as_deref().unwrap_or_default();
            (
                s.case_id.as_str(),
                s.step,
                hour(s.started_at),
                hour(s.completed_at),
                who,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("K-1", 7, Some(490), Some(520), "P03"),
            ("K-1", 7, Some(500), Some(510), "P02"),
            ("K-2", 6, None, Some(520), "P01"),
            ("K-2", 7, Some(520), None, "P01"),
        ]
    );
    let of = |check| of(&snapshot, check);
    assert_eq!(
        of(Check::OfficersDiffer),
        [
            "K-1 | lifecycle.csv:6: Langkah 7 dimulai oleh “P01” dan diselesaikan oleh “P03”; pelaksana yang dicatat adalah “P03”."
        ]
    );
    let unpaired = of(Check::UnpairedEvent);
    assert_eq!(unpaired.len(), 2, "{unpaired:?}");
    assert!(unpaired[0].starts_with("K-2 | lifecycle.csv:7: Langkah 6 tercatat selesai"));
    assert!(unpaired[1].starts_with("K-2 | lifecycle.csv:8: Langkah 7 tercatat mulai"));
    assert!(of(Check::UnreadableRow)[0].contains("“suspend”, tidak ada dalam daftar kode"));
    let (cases, steps) = log(&office, &file, Some(&mapping));
    assert_eq!(
        (cases.same, steps.same, steps.new, steps.replaced),
        (3, 4, 0, 0)
    );
}

/// Rows of a CSV file by column name.
fn rows(file: &Path) -> Vec<BTreeMap<String, String>> {
    let bytes = fs::read(file).unwrap();
    let mut text = String::new();
    match bytes.starts_with(&[0x1f, 0x8b]) {
        true => flate2::read::GzDecoder::new(&bytes[..])
            .read_to_string(&mut text)
            .unwrap(),
        false => (&bytes[..]).read_to_string(&mut text).unwrap(),
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn intervals_with_two_officers_import_with_what_they_lack_as_findings() {
    let (file, is_real) = real_or("bpic2012_W_intervals.csv.gz", invented_log("intervals.csv"));
    intervals(&invented_log("intervals.csv"), [6, 2, 2, 1, 1]);
    if is_real {
        intervals(&file, [71_373, 9_657, 0, 8, 7_999]);
    }
}

/// Imports intervals and holds them to a count of the file: rows, cases, rows with one time only, rows whose officers
/// differ, rows without officer.
fn intervals(file: &Path, known: [usize; 5]) {
    let all = rows(file);
    let count = |f: &dyn Fn(&BTreeMap<String, String>) -> bool| all.iter().filter(|r| f(r)).count();
    let has = |r: &BTreeMap<String, String>, column: &str| !r[column].is_empty();
    let cases: BTreeSet<&str> = all.iter().map(|r| r["case_id"].as_str()).collect();
    let counted = [
        all.len(),
        cases.len(),
        count(&|r| has(r, "start_at") != has(r, "complete_at")),
        count(&|r| {
            has(r, "start_resource")
                && has(r, "complete_resource")
                && r["start_resource"] != r["complete_resource"]
        }),
        count(&|r| !has(r, "start_resource") && !has(r, "complete_resource")),
    ];
    assert_eq!(
        counted, known,
        "the file is not the one these counts are of"
    );
    let office = Office::new();
    let (cases, steps) = log(&office, file, Some(&invented_log("intervals.toml")));
    let n = |n: usize| n as u64;
    assert_eq!(counts(&cases), [n(known[0]), n(known[1]), 0, 0, 0]);
    assert_eq!(counts(&steps), [n(known[0]), n(known[0]), 0, 0, 0]);
    let snapshot = office.read();
    assert_eq!(of(&snapshot, Check::UnpairedEvent).len(), known[2]);
    assert_eq!(of(&snapshot, Check::OfficersDiffer).len(), known[3]);
    let without = snapshot.steps.iter().filter(|s| s.officer.is_none());
    assert_eq!(without.count(), known[4]);
    let mut charged: Vec<&str> = all
        .iter()
        .map(|r| match r["complete_resource"].as_str() {
            "" => r["start_resource"].as_str(),
            other => other,
        })
        .collect();
    let mut read: Vec<&str> = snapshot
        .steps
        .iter()
        .map(|s| s.officer.as_deref().unwrap_or_default())
        .collect();
    charged.sort_unstable();
    read.sort_unstable();
    assert_eq!(read, charged, "who completed, else who started");
}

#[test]
fn intervals_taken_apart_into_events_come_together_again() {
    let (file, _) = real_or("bpic2012_W_intervals.csv.gz", invented_log("intervals.csv"));
    let mut text = String::from("case,step,who,what,at,execution\n");
    let all = rows(&file);
    for (n, r) in all.iter().enumerate() {
        for (what, at) in [("start", &r["start_at"]), ("complete", &r["complete_at"])] {
            if !at.is_empty() {
                let who = &r[&format!("{what}_resource")];
                text.push_str(&format!(
                    "{},{},{who},{what},{at},{n}\n",
                    r["case_id"], r["activity"]
                ));
            }
        }
    }
    let mapping = fs::read_to_string(invented_log("intervals.toml")).unwrap();
    let (_, codes) = mapping.split_once("[codes.step]").unwrap();
    let mapping = format!(
        "cases_from = \"rows\"\n[steps]\ncase_id = \"case\"\nstep = \"step\"\nofficer = \"who\"\nstarted_at = \"at\"\n\
         completed_at = \"at\"\nlifecycle = \"what\"\ninstance = \"execution\"\n[codes.step]{codes}"
    );
    let whole = Office::new();
    log(&whole, &file, Some(&invented_log("intervals.toml")));
    let (whole, whole_steps) = (whole.read(), all.len());
    let apart = Office::new();
    let file = apart.file("events.csv", &text);
    let report = apart
        .try_import(
            ImportKind::Steps,
            &file,
            Some(&apart.file("m.toml", &mapping)),
        )
        .unwrap();
    assert_eq!(report.new as usize, whole_steps);
    assert_eq!(apart.read().steps, whole.steps);
    // Without the execution's number the rule alone pairs them: as many, each event used once.
    let alone = Office::new();
    let file = alone.file("events.csv", text);
    let unnumbered = alone.file("m.toml", mapping.replace("instance = \"execution\"\n", ""));
    let report = alone
        .try_import(ImportKind::Steps, &file, Some(&unnumbered))
        .unwrap();
    let times = |steps: &[StepRow]| {
        let mut times: Vec<i64> = steps
            .iter()
            .flat_map(|s| [s.started_at, s.completed_at])
            .flatten()
            .collect();
        times.sort_unstable();
        times
    };
    let paired = alone.read();
    assert_eq!(times(&paired.steps), times(&whole.steps));
    let halves = of(&paired, Check::UnpairedEvent).len();
    let apart_halves = of(&apart.read(), Check::UnpairedEvent).len();
    assert!(halves <= apart_halves, "{halves} {apart_halves}");
    assert_eq!(
        report.new as usize + (apart_halves - halves) / 2,
        whole_steps
    );
}

#[test]
fn mistakes_in_a_mapping_of_a_log_name_the_cure() {
    let office = Office::new();
    let file = invented_log("lifecycle.csv");
    let steps = "[steps]\ncase_id = \"nomor\"\nstep = \"langkah\"\n";
    for (more, words) in [
        (
            "completed_at = \"waktu\"\nlifecycle = \"peristiwa\"\n",
            "name the column of their times as `started_at` and as `completed_at`",
        ),
        (
            "completed_at = \"waktu\"\ninstance = \"nomor\"\n",
            "`instance` without `lifecycle`",
        ),
        (
            "completed_at = \"waktu\"\nofficer = { first_of = [\"petugas\"] }\n",
            "line 5: `first_of` lists at least two columns",
        ),
        (
            "completed_at = \"waktu\"\nofficer = { first_of = [\"petugas\", \"pelaksana\"] }\n",
            "columns missing: pelaksana",
        ),
        (
            "started_at = \"waktu\"\ncompleted_at = \"waktu\"\nlifecycle = \"kejadian\"\n",
            "columns missing: kejadian",
        ),
    ] {
        let mapping = office.file("m.toml", format!("{steps}{more}"));
        let message = office.refused(ImportKind::Steps, &file, Some(&mapping));
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn a_lifecycle_that_nobody_understands_rejects_every_event() {
    let office = Office::new();
    let file = invented_log("lifecycle.csv");
    let mapping = fs::read_to_string(invented_log("lifecycle.toml")).unwrap();
    let wrong = mapping.replace("lifecycle = \"peristiwa\"", "lifecycle = \"petugas\"");
    let message = log_refused(&office, &file, Some(&office.file("m.toml", wrong)));
    assert!(
        message.contains("column lifecycle") && message.contains("“P01”"),
        "{message}"
    );
    // Without a code list the standard's own two words are known, in capitals or not.
    let (plain, _) = mapping.split_once("[codes.lifecycle]").unwrap();
    let (_, steps) = log(&office, &file, Some(&office.file("m.toml", plain)));
    assert_eq!(counts(&steps), [8, 4, 0, 0, 2], "`schedule` and `suspend`");
}
