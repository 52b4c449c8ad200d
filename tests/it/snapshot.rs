//! Freezing and checking snapshots.

use std::fs;
use std::path::Path;

use tepat::finding::{Check, Finding, Level};
use tepat::instant::Instant;
use tepat::snapshot::{
    CaseRow, Cut, Extract, FreezeError, Frozen, Outcome, Snapshot, StepRow, check, load,
};

use super::import::ZONE;

const SECOND: i64 = 1_000_000;
/// 1 June 2026, 8.00 WITA.
const MORNING: i64 = 1_780_272_000 * SECOND;

fn case(id: &str, outcome: Outcome) -> CaseRow {
    CaseRow {
        case_id: id.into(),
        service: "KOM-03".into(),
        received_at: Some(MORNING),
        requires_recommendation: false,
        outcome,
        closed_at: None,
        applicant: None,
        region: None,
        channel: Some("loket".into()),
        due_on: chrono::NaiveDate::from_ymd_opt(2026, 6, 30),
    }
}

fn step(id: &str, step: i32, started: Option<i64>, completed: Option<i64>) -> StepRow {
    StepRow {
        case_id: id.into(),
        step,
        started_at: started,
        completed_at: completed,
        officer: Some("P1".into()),
        result: None,
    }
}

/// Freezes all rows as they are.
pub fn freeze(snapshot: &Snapshot, dir: &Path) -> Result<Frozen, FreezeError> {
    let aside = tempfile::tempdir().unwrap();
    let cut = Cut {
        as_of: Instant::from_utc_seconds(4_000_000_000, ZONE),
        bound: None,
        decides: &|_| None,
    };
    let mut extract = Extract::of(snapshot, aside.path()).unwrap();
    tepat::snapshot::freeze(&mut extract, &cut, dir)
}

fn sample() -> Snapshot {
    let mut snapshot = Snapshot {
        cases: vec![case("B-2", Outcome::Open), case("B-1", Outcome::Issued)],
        steps: vec![
            step("B-2", 6, None, Some(MORNING)),
            step("B-1", 7, Some(MORNING), None),
            step("B-1", 6, Some(MORNING), Some(MORNING + 600 * SECOND)),
        ],
        findings: vec![
            Finding::new(Check::UnreadableRow, "a.csv:2", "Kolom step kosong.").at(Level::Warning),
        ],
    };
    snapshot.sort();
    snapshot
}

#[test]
fn a_frozen_snapshot_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = sample();
    let frozen = freeze(&snapshot, folder.path()).unwrap();
    assert_eq!(frozen.dir, folder.path().join(&frozen.digest[..16]));
    assert!(!frozen.reused);
    let back = load(&frozen.dir).unwrap();
    assert_eq!(
        (back.cases, back.steps, back.findings),
        (snapshot.cases, snapshot.steps, snapshot.findings)
    );
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 1, "no temporary folder is left: {left:?}");
}

#[test]
fn the_digest_is_of_the_rows_and_the_bytes_follow_it() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = freeze(&sample(), one.path()).unwrap();
    let mut other_order = sample();
    other_order.cases.reverse();
    other_order.steps.reverse();
    let second = freeze(&other_order, two.path()).unwrap();
    assert_eq!(
        (&first.digest, &first.files),
        (&second.digest, &second.files)
    );
    assert!(freeze(&sample(), one.path()).unwrap().reused);
    let changes: [fn(&mut Snapshot); 8] = [
        |s| s.cases[0].received_at = None,
        |s| s.cases[0].requires_recommendation = true,
        |s| s.cases[0].region = Some(String::new()),
        |s| s.cases[0].due_on = None,
        |s| s.steps[0].completed_at = s.steps[0].completed_at.map(|t| t + 1),
        |s| s.steps[0].officer = None,
        |s| s.steps.truncate(2),
        |s| s.findings.clear(),
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut changed = sample();
        change(&mut changed);
        assert_ne!(
            freeze(&changed, one.path()).unwrap().digest,
            first.digest,
            "change {at}"
        );
    }
}

#[test]
fn an_empty_snapshot_freezes_too() {
    let folder = tempfile::tempdir().unwrap();
    let frozen = freeze(&Snapshot::default(), folder.path()).unwrap();
    let back = load(&frozen.dir).unwrap();
    assert!(back.cases.is_empty() && back.steps.is_empty() && back.findings.is_empty());
}

#[test]
fn a_snapshot_changed_by_hand_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let frozen = freeze(&sample(), folder.path()).unwrap();
    let steps = frozen.dir.join("steps.parquet");
    let mut bytes = fs::read(&steps).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&steps, bytes).unwrap();
    assert!(
        load(&frozen.dir)
            .unwrap_err()
            .to_string()
            .contains("was changed after it was made")
    );
    assert!(
        freeze(&sample(), folder.path()).is_err(),
        "a damaged folder is not used again"
    );
    fs::remove_file(&steps).unwrap();
    assert!(
        load(&frozen.dir)
            .unwrap_err()
            .to_string()
            .contains("cannot be read")
    );
    let file = folder.path().join("a file");
    fs::write(&file, "").unwrap();
    assert!(
        freeze(&sample(), &file)
            .unwrap_err()
            .to_string()
            .contains("cannot be written")
    );
}

fn found(snapshot: &Snapshot, wanted: Check) -> Vec<(String, Level)> {
    let findings = check(snapshot, ZONE);
    findings
        .iter()
        .filter(|f| f.check == wanted)
        .map(|f| (f.key.clone(), f.level))
        .collect()
}

#[test]
fn a_clean_snapshot_has_no_findings() {
    let snapshot = Snapshot {
        cases: vec![case("B-1", Outcome::Open)],
        steps: vec![
            step("B-1", 6, Some(MORNING), Some(MORNING)),
            step("B-1", 7, Some(MORNING), None),
        ],
        findings: Vec::new(),
    };
    assert_eq!(check(&snapshot, ZONE), []);
}

#[test]
fn every_doubtful_row_is_found() {
    let mut snapshot = sample();
    snapshot
        .steps
        .push(step("B-9", 6, Some(MORNING), Some(MORNING)));
    snapshot
        .steps
        .push(step("B-9", 7, Some(MORNING), Some(MORNING - 1)));
    snapshot.steps.push(step("B-2", 9, None, None));
    snapshot.steps[0].officer = None;
    snapshot.cases.push(case("B-3", Outcome::Open));
    snapshot.cases[0].received_at = None;
    let one = |key: &str, level| vec![(key.to_owned(), level)];
    assert_eq!(
        found(&snapshot, Check::StepWithoutCase),
        one("B-9", Level::Error)
    );
    assert_eq!(
        found(&snapshot, Check::CaseWithoutSteps),
        one("B-3", Level::Warning)
    );
    assert_eq!(
        found(&snapshot, Check::CompletedBeforeStarted),
        one("B-9/7", Level::Error)
    );
    assert_eq!(
        found(&snapshot, Check::MissingOfficer),
        one("B-1/6", Level::Warning)
    );
    let times: Vec<String> = found(&snapshot, Check::MissingTimestamps)
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    assert_eq!(times, ["B-1", "B-1/7", "B-2/6", "B-2/9"]);
}

#[test]
fn two_cases_of_one_id_block_whether_equal_or_not() {
    let mut snapshot = sample();
    snapshot.cases.push(case("B-1", Outcome::Issued));
    assert_eq!(
        found(&snapshot, Check::DuplicateCase),
        [("B-1".to_owned(), Level::Blocking)]
    );
    snapshot.cases[0].channel = None;
    assert_eq!(
        found(&snapshot, Check::DuplicateCase),
        [("B-1".to_owned(), Level::Blocking)]
    );
}

fn steps_at(cases: usize, at: i64) -> Snapshot {
    let ids: Vec<String> = (0..cases).map(|n| format!("B-{n:02}")).collect();
    Snapshot {
        cases: ids.iter().map(|id| case(id, Outcome::Open)).collect(),
        // Twice in a case counts as one case; parts of a second do not matter.
        steps: ids
            .iter()
            .enumerate()
            .map(|(n, id)| step(id, 6, Some(at + n as i64), Some(at + 999_999)))
            .collect(),
        ..Snapshot::default()
    }
}

#[test]
fn the_same_second_in_twenty_cases_was_typed_afterwards() {
    assert_eq!(found(&steps_at(19, MORNING), Check::TypedAfterwards), []);
    let key = "2026-06-01T08:00:00+08:00".to_owned();
    assert_eq!(
        found(&steps_at(20, MORNING), Check::TypedAfterwards),
        [(key, Level::Warning)]
    );
}

#[test]
fn dates_without_times_are_one_finding_for_the_source() {
    let midnight = MORNING - 8 * 3600 * SECOND;
    let mut snapshot = steps_at(25, midnight);
    for (n, row) in snapshot.steps.iter_mut().enumerate() {
        row.completed_at = Some(midnight + (n as i64 % 3) * 86_400 * SECOND);
    }
    assert_eq!(
        found(&snapshot, Check::TypedAfterwards),
        [(String::new(), Level::Warning)]
    );
    let message = &check(&snapshot, ZONE)[0].message;
    assert_eq!(
        message,
        "50 waktu langkah pada 25 berkas tercatat pukul 00.00.00; sumber diduga hanya menyimpan tanggal."
    );
}

#[test]
fn a_source_without_starts_or_officers_says_so_once() {
    let mut snapshot = steps_at(15, MORNING);
    for row in &mut snapshot.steps {
        row.started_at = None;
        row.officer = None;
    }
    assert_eq!(
        found(&snapshot, Check::MissingTimestamps),
        [(String::new(), Level::Warning)]
    );
    assert_eq!(
        found(&snapshot, Check::MissingOfficer),
        [(String::new(), Level::Warning)]
    );
}
