//! `tepat import`, library part: files into the embedded store and out again through the shipped queries.

use std::fs;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use tempfile::TempDir;
use tepat::finding::Check;
use tepat::instant::Instant;
use tepat::snapshot::{Outcome, Snapshot, check};
use tepat::source::{FileReport, ImportError, ImportKind, import};

use super::reading;

pub const ZONE: Tz = chrono_tz::Asia::Makassar;

/// When these tests import: after every date they write, unless one says otherwise.
pub fn now() -> Instant {
    Instant::from_utc_seconds(4_000_000_000, ZONE)
}

/// A workspace in a temporary folder.
pub struct Office {
    folder: TempDir,
}

impl Office {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    pub fn try_import(
        &self,
        kind: ImportKind,
        file: &Path,
        mapping: Option<&Path>,
    ) -> Result<FileReport, ImportError> {
        let mut report = import(
            self.path(),
            kind,
            &[file.to_path_buf()],
            mapping,
            ZONE,
            now(),
            &|_| (),
        )?;
        assert_eq!(report.files.len(), 1);
        Ok(report.files.remove(0))
    }

    pub fn import(&self, kind: ImportKind, file: &Path) -> FileReport {
        self.try_import(kind, file, None).unwrap()
    }

    pub fn refused(&self, kind: ImportKind, file: &Path, mapping: Option<&Path>) -> String {
        let message = self
            .try_import(kind, file, mapping)
            .unwrap_err()
            .to_string();
        assert!(!message.contains('\n'), "one sentence: {message}");
        message
    }

    pub fn read(&self) -> Snapshot {
        reading::all(self.path(), None).unwrap()
    }
}

pub fn counts(report: &FileReport) -> [u64; 5] {
    [
        report.rows,
        report.new,
        report.replaced,
        report.same,
        report.rejected,
    ]
}

pub fn of(snapshot: &Snapshot, check: Check) -> Vec<String> {
    let found = snapshot.findings.iter().filter(|f| f.check == check);
    found
        .map(|f| format!("{} | {}", f.key, f.message))
        .collect()
}

pub const CASES: &str = "case_id,service,received_at,requires_recommendation,outcome,closed_at,region\n\
    B-1,KOM-03,2026-06-01 08:00,ya,issued,2026-06-10T10:00:00+08:00,Samarinda\n\
    B-2,KOM-03,2026-06-02,0,open,,\n";
pub const STEPS: &str = "case_id,step,officer,started_at,completed_at\n\
    B-1,6,P1,2026-06-01 08:00:00,2026-06-01 08:10:00.5\n\
    B-1,7,P2,2026-06-01 09:00:00,\n\
    B-1,7,P2,2026-06-01 09:00:00,\n\
    B-2,6,,,2026-06-02 09:00\n";

#[test]
fn a_file_of_the_contract_imports_without_a_mapping_and_twice_changes_nothing() {
    let office = Office::new();
    let cases = office.file("cases.csv", CASES);
    let steps = office.file("steps.csv", STEPS);
    assert_eq!(
        counts(&office.import(ImportKind::Cases, &cases)),
        [2, 2, 0, 0, 0]
    );
    assert_eq!(
        counts(&office.import(ImportKind::Steps, &steps)),
        [4, 4, 0, 0, 0]
    );
    let first = office.read();
    assert_eq!(first.cases.len(), 2);
    assert_eq!(
        first.cases[0].received_at,
        Some(1_780_272_000_000_000),
        "8.00 WITA is 0.00 UTC"
    );
    assert!(first.cases[0].requires_recommendation && !first.cases[1].requires_recommendation);
    assert_eq!(first.cases[0].outcome, Outcome::Issued);
    assert_eq!(
        first.steps.len(),
        4,
        "rows twice in the file are kept twice"
    );
    assert_eq!(
        counts(&office.import(ImportKind::Cases, &cases)),
        [2, 0, 0, 2, 0]
    );
    let again = import(
        office.path(),
        ImportKind::Steps,
        &[steps],
        None,
        ZONE,
        now(),
        &|_| (),
    )
    .unwrap();
    assert_eq!(counts(&again.files[0]), [4, 0, 0, 4, 0]);
    assert!(again.changed_nothing());
    let second = office.read();
    assert_eq!(
        (first.cases, first.steps, first.findings),
        (second.cases, second.steps, second.findings)
    );
}

#[test]
fn a_corrected_row_replaces_and_is_recorded() {
    let office = Office::new();
    office.import(ImportKind::Cases, &office.file("cases.csv", CASES));
    office.import(ImportKind::Steps, &office.file("steps.csv", STEPS));
    let corrected = CASES.replace(
        "B-2,KOM-03,2026-06-02,0,open",
        "B-2,KOM-03,2026-06-02,1,open",
    );
    assert_eq!(
        counts(&office.import(ImportKind::Cases, &office.file("corrected.csv", corrected))),
        [2, 0, 1, 1, 0]
    );
    let steps = STEPS.replace("B-1,6,P1", "B-1,6,P9");
    assert_eq!(
        counts(&office.import(ImportKind::Steps, &office.file("steps.csv", steps))),
        [4, 0, 1, 3, 0]
    );
    let snapshot = office.read();
    assert!(snapshot.cases[1].requires_recommendation);
    assert_eq!(snapshot.cases.len(), 2);
    assert_eq!(
        of(&snapshot, Check::ReplacedRow),
        [
            "B-1 | Baris lama berkas B-1 langkah 6 (mulai 1 Juni 2026 pukul 08.00.00) diganti: officer “P1” menjadi “P9”, \
             oleh impor steps.csv.",
            "B-2 | Baris lama berkas B-2 diganti: requires_recommendation tidak menjadi ya, oleh impor corrected.csv.",
        ]
    );
}

#[test]
fn an_export_of_another_month_leaves_the_others_alone() {
    let office = Office::new();
    office.import(ImportKind::Steps, &office.file("steps.csv", STEPS));
    let next = "case_id,step,started_at,completed_at\nB-1,11,2026-07-01 08:00,\n";
    assert_eq!(
        counts(&office.import(ImportKind::Steps, &office.file("july.csv", next))),
        [1, 1, 0, 0, 0]
    );
    assert_eq!(office.read().steps.len(), 5);
    let done = next.replace("08:00,", "08:00,2026-07-02 09:00");
    assert_eq!(
        counts(&office.import(ImportKind::Steps, &office.file("july.csv", done))),
        [1, 0, 1, 0, 0]
    );
    assert_eq!(
        office.read().steps.len(),
        5,
        "completion came later: the same execution"
    );
}

#[test]
fn a_row_number_of_the_source_is_its_identity() {
    let office = Office::new();
    let rows = "row_id,case_id,step,started_at,completed_at\n1,B-1,7,2026-07-01 08:00,\n2,B-1,7,2026-07-01 08:00,\n";
    office.import(ImportKind::Steps, &office.file("s.csv", rows));
    let moved = rows.replace("2,B-1,7,2026-07-01 08:00", "2,B-3,7,2026-07-05 08:00");
    assert_eq!(
        counts(&office.import(ImportKind::Steps, &office.file("s.csv", moved))),
        [2, 0, 1, 1, 0]
    );
    let snapshot = office.read();
    assert_eq!(snapshot.steps.len(), 2);
    assert_eq!(snapshot.steps[1].case_id, "B-3");
}

#[test]
fn two_different_rows_of_one_case_are_both_kept_and_block() {
    let office = Office::new();
    let double = format!("{CASES}B-2,KOM-03,2026-06-03,0,open,,\n");
    let report = office.import(ImportKind::Cases, &office.file("cases.csv", double));
    assert_eq!(counts(&report), [3, 3, 0, 0, 0]);
    let findings = check(&office.read(), ZONE);
    let blocking: Vec<&str> = findings
        .iter()
        .filter(|f| f.level == tepat::finding::Level::Blocking)
        .map(|f| f.message.as_str())
        .collect();
    assert_eq!(
        blocking,
        ["Berkas B-2 tercatat 2 kali dengan isi yang berbeda."]
    );
    let cured = office.import(ImportKind::Cases, &office.file("cases.csv", CASES));
    assert_eq!((cured.same, cured.removed), (2, 1));
    assert!(
        check(&office.read(), ZONE)
            .iter()
            .all(|f| f.check != Check::DuplicateCase)
    );
    assert_eq!(
        of(&office.read(), Check::ReplacedRow).len(),
        1,
        "the row that went is on record"
    );
}

#[test]
fn rows_that_cannot_be_read_are_findings_and_go_when_corrected() {
    let office = Office::new();
    let bad = "case_id,service,received_at,requires_recommendation,outcome\n\
        B-1,KOM-03,2026-02-31,ya,open\n,KOM-03,2026-06-01,ya,open\nB-3,KOM-03,2026-06-01,ya,selesai\nB-4,KOM-03\n";
    let report = office.import(ImportKind::Cases, &office.file("k 'x\".csv", bad));
    assert_eq!(counts(&report), [4, 1, 0, 0, 3]);
    let snapshot = office.read();
    assert_eq!(
        of(&snapshot, Check::UnreadableValue),
        [
            "B-1 | k 'x\".csv:2: Kolom received_at berisi “2026-02-31”, bukan tanggal atau waktu yang dapat dibaca; \
          nilai diperlakukan sebagai kosong."
        ]
    );
    let rejected = of(&snapshot, Check::UnreadableRow);
    assert_eq!(rejected.len(), 3);
    assert!(
        rejected
            .iter()
            .any(|r| r.starts_with("k 'x\".csv:3 | Kolom case_id kosong")),
        "{rejected:?}"
    );
    assert!(
        rejected
            .iter()
            .any(|r| r.contains("Jumlah nilai 2, sedangkan judul kolom 5")),
        "{rejected:?}"
    );
    let good = bad
        .replace("02-31", "02-28")
        .replace("\n,KOM", "\nB-2,KOM")
        .replace("selesai", "open")
        .replace("B-4,KOM-03", "B-4,KOM-03,2026-06-01,T,open");
    let report = office.import(ImportKind::Cases, &office.file("k 'x\".csv", good));
    assert_eq!(counts(&report), [4, 3, 1, 0, 0]);
    let left = office.read().findings;
    assert!(
        left.iter().all(|f| f.check == Check::ReplacedRow),
        "{left:?}"
    );
}

#[test]
fn hostile_text_stays_text() {
    let office = Office::new();
    let id = "'; DROP TABLE cases;--";
    let cases = format!(
        "case_id,service,received_at,requires_recommendation,outcome,applicant\n\"{id}\",KOM-03,2026-06-01,0,open,\"=HYPERLINK(\"\"x\"\")\"\n"
    );
    let report = office.import(ImportKind::Cases, &office.file("a b; rm -rf '.csv", &cases));
    assert_eq!(counts(&report), [1, 1, 0, 0, 0]);
    let snapshot = office.read();
    assert_eq!(snapshot.cases[0].case_id, id);
    assert_eq!(
        snapshot.cases[0].applicant.as_deref(),
        Some("=HYPERLINK(\"x\")")
    );
    assert_eq!(
        counts(&office.import(ImportKind::Cases, &office.file("again.csv", &cases))),
        [1, 0, 0, 1, 0]
    );
}

#[test]
fn an_instant_after_the_import_is_a_finding_that_stays() {
    let office = Office::new();
    let at = |seconds| Instant::from_utc_seconds(seconds, ZONE);
    let row = "case_id,step,officer,started_at,completed_at\nB-1,7,P1,2026-06-01T08:00:00+08:00,2026-08-01T08:00:00+08:00\n";
    let file = office.file("steps.csv", row);
    // 1 July 2026, 0.00 WITA.
    let july = at(1_782_835_200);
    let run = import(
        office.path(),
        ImportKind::Steps,
        &[file],
        None,
        ZONE,
        july,
        &|_| (),
    )
    .unwrap();
    assert_eq!(run.files[0].findings, 1);
    let findings = office.read().findings;
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].check, Check::InstantAfterExtract);
    assert!(
        findings[0]
            .message
            .contains("1 Agustus 2026 pukul 08.00.00"),
        "{findings:?}"
    );
}
