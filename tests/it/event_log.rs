//! Event logs: rows that are events, cases that repeat on them.

use std::fs;
use std::path::{Path, PathBuf};

use tepat::finding::Check;
use tepat::snapshot::{Outcome, check};
use tepat::source::{FileReport, ImportKind};

use super::import::{Office, ZONE, counts, of};

fn receipt(file: &Path, mapping: &Path) -> (Office, FileReport, FileReport) {
    let office = Office::new();
    let cases = office
        .try_import(ImportKind::Cases, file, Some(mapping))
        .unwrap();
    let steps = office
        .try_import(ImportKind::Steps, file, Some(mapping))
        .unwrap();
    (office, cases, steps)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/receipt")
        .join(name)
}

#[test]
fn an_event_log_becomes_cases_and_steps() {
    let (office, cases, steps) = receipt(&fixture("invented.csv"), &fixture("mapping.toml"));
    assert_eq!(counts(&cases), [6, 3, 0, 0, 0], "six events of three cases");
    assert_eq!(
        counts(&steps),
        [6, 5, 0, 0, 1],
        "one activity is in no code list"
    );
    let snapshot = office.read();
    let outcomes: Vec<Outcome> = snapshot.cases.iter().map(|c| c.outcome).collect();
    assert_eq!(outcomes, [Outcome::Issued, Outcome::Open, Outcome::Issued]);
    assert_eq!(
        snapshot.cases[0].due_on.map(|d| d.to_string()).as_deref(),
        Some("2011-07-29")
    );
    assert_eq!(
        snapshot.cases[2].due_on.map(|d| d.to_string()).as_deref(),
        Some("2011-07-01"),
        "the date in its own zone"
    );
    assert!(
        of(&snapshot, Check::UnreadableRow)[0]
            .contains("“An activity nobody listed”, tidak ada dalam daftar kode")
    );
    let events: Vec<i32> = snapshot.steps.iter().map(|s| s.step).collect();
    assert_eq!(events, [1, 2, 23, 1, 1]);
    assert!(
        check(&snapshot, ZONE)
            .iter()
            .any(|f| f.message.contains("tidak mencatat waktu mulai"))
    );
    let disagreeing = fs::read_to_string(fixture("invented.csv"))
        .unwrap()
        .replacen("Desk,case-1", "Post,case-1", 1);
    let report = office
        .try_import(
            ImportKind::Cases,
            &office.file("invented.csv", disagreeing),
            Some(&fixture("mapping.toml")),
        )
        .unwrap();
    assert_eq!((report.new, report.same), (1, 3));
    assert!(
        check(&office.read(), ZONE)
            .iter()
            .any(|f| f.check == Check::DuplicateCase && f.key == "case-1")
    );
}

#[test]
fn the_receipt_log_imports_whole_where_it_is_at_hand() {
    let log = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/receipt.csv.gz");
    let (file, want_cases, want_steps) = if log.exists() {
        (log, [8_577, 1_434, 0, 0, 0], [8_577, 8_577, 0, 0, 0])
    } else {
        println!(
            "../shared/data/receipt.csv.gz is not here: the invented log of the same shape is used instead"
        );
        (fixture("invented.csv"), [6, 3, 0, 0, 0], [6, 5, 0, 0, 1])
    };
    let (office, cases, steps) = receipt(&file, &fixture("mapping.toml"));
    assert_eq!(counts(&cases), want_cases);
    assert_eq!(counts(&steps), want_steps);
    let again = office
        .try_import(ImportKind::Steps, &file, Some(&fixture("mapping.toml")))
        .unwrap();
    assert_eq!(
        (again.new, again.replaced, again.same),
        (0, 0, want_steps[1])
    );
    let snapshot = office.read();
    assert_eq!(snapshot.steps.len() as u64, want_steps[1]);
    assert!(
        snapshot
            .cases
            .iter()
            .all(|c| c.received_at.is_some() && c.due_on.is_some() && c.service == "WABO")
    );
    assert!(
        snapshot
            .steps
            .iter()
            .all(|s| s.started_at.is_none() && s.completed_at.is_some())
    );
}

#[test]
fn what_is_wrong_with_a_case_is_found_once_not_on_each_of_its_events() {
    let office = Office::new();
    let log = fs::read_to_string(fixture("invented.csv"))
        .unwrap()
        .replace("2011-06-03 09:00:00.000000+02:00,task", "2011-06-31,task");
    let file = office.file("log.csv", log);
    office
        .try_import(ImportKind::Cases, &file, Some(&fixture("mapping.toml")))
        .unwrap();
    let found = of(&office.read(), Check::UnreadableValue);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("case-1 | log.csv:2: Kolom received_at"));
}
