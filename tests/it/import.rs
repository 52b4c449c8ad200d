//! `tepat import`, library part: files into the embedded store and out again through the shipped queries.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use tempfile::TempDir;
use tepat::finding::Check;
use tepat::snapshot::{Outcome, Snapshot, check};
use tepat::source::{FileReport, ImportError, ImportKind, Queries, import, read};

pub const ZONE: Tz = chrono_tz::Asia::Makassar;

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
        read(
            self.path(),
            None,
            &Queries::load(self.path()).unwrap(),
            ZONE,
            &|_| (),
        )
        .unwrap()
    }
}

fn counts(report: &FileReport) -> [u64; 5] {
    [
        report.rows,
        report.new,
        report.replaced,
        report.same,
        report.rejected,
    ]
}

fn of(snapshot: &Snapshot, check: Check) -> Vec<String> {
    let found = snapshot.findings.iter().filter(|f| f.check == check);
    found
        .map(|f| format!("{} | {}", f.key, f.message))
        .collect()
}

const CASES: &str = "case_id,service,received_at,requires_recommendation,outcome,closed_at,region\n\
    B-1,KOM-03,2026-06-01 08:00,ya,issued,2026-06-10T10:00:00+08:00,Samarinda\n\
    B-2,KOM-03,2026-06-02,0,open,,\n";
const STEPS: &str = "case_id,step,officer,started_at,completed_at\n\
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
            "k 'x\".csv:2 | Berkas B-1: Kolom received_at berisi “2026-02-31”, bukan tanggal atau waktu yang dapat dibaca; \
          nilai diperlakukan sebagai kosong."
        ]
    );
    let rejected = of(&snapshot, Check::UnreadableRow);
    assert_eq!(rejected.len(), 3);
    assert!(
        rejected[0].starts_with("k 'x\".csv:3 | Kolom case_id kosong"),
        "{rejected:?}"
    );
    assert!(
        rejected[2].contains("Jumlah nilai 2, sedangkan judul kolom 5"),
        "{rejected:?}"
    );
    let good = bad
        .replace("02-31", "02-28")
        .replace("\n,KOM", "\nB-2,KOM")
        .replace("selesai", "open")
        .replace("B-4,KOM-03", "B-4,KOM-03,2026-06-01,t,open");
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
fn files_that_cannot_be_read_end_in_one_sentence_and_change_nothing() {
    let office = Office::new();
    let gz = |bytes: &[u8]| {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    };
    let whole = gz(CASES.repeat(50).as_bytes());
    fs::create_dir(office.path().join("folder.csv")).unwrap();
    for (name, content, part) in [
        ("empty.csv", Some(Vec::new()), "the file is empty"),
        ("blank.csv", Some(b"\n \n".to_vec()), "the file is empty"),
        ("folder.csv", None, "is a folder"),
        ("absent.csv", None, "no such file"),
        (
            "cases.ods",
            Some(b"x".to_vec()),
            "give .csv, .csv.gz or .xlsx",
        ),
        (
            "cut.csv.gz",
            Some(whole[..whole.len() / 2].to_vec()),
            "cut off or damaged",
        ),
        (
            "cut.xlsx",
            Some(b"PK\x03\x04 not a whole workbook".to_vec()),
            "not a readable XLSX workbook",
        ),
        (
            "latin.csv",
            Some(b"case_id,service\nB-1,Kaf\xE9\n".to_vec()),
            "line 2: is not UTF-8",
        ),
        (
            "header.csv",
            Some(b"Case ID,service\nB-1,K\n".to_vec()),
            "columns missing: case_id, received_at",
        ),
    ] {
        let path = match content {
            Some(content) => office.file(name, content),
            None => office.path().join(name),
        };
        let message = office.refused(ImportKind::Cases, &path, None);
        assert!(
            message.contains(part) && message.contains(name),
            "{name}: {message}"
        );
    }
    assert!(!office.path().join("state").exists(), "nothing was stored");
    let good = office.file("good.csv", CASES);
    let bad = office.path().join("empty.csv");
    let both = import(
        office.path(),
        ImportKind::Cases,
        &[good, bad],
        None,
        ZONE,
        &|_| (),
    );
    assert!(both.is_err());
    assert!(
        !office.path().join("state").exists(),
        "all files of a call or none"
    );
}

#[test]
fn encodings_delimiters_and_gzip_are_read() {
    let office = Office::new();
    let semicolons = CASES.replace(',', ";").replace("Samarinda", "Kaf\u{e9}");
    let bom = [b"\xEF\xBB\xBF".as_slice(), semicolons.as_bytes()].concat();
    assert_eq!(
        counts(&office.import(ImportKind::Cases, &office.file("bom.csv", bom))),
        [2, 2, 0, 0, 0]
    );
    let latin: Vec<u8> = semicolons.chars().map(|c| c as u32 as u8).collect();
    let mapping = office.file("m.toml", "encoding = \"windows-1252\"\n");
    let latin = office.file("latin.csv", latin);
    let report = office
        .try_import(ImportKind::Cases, &latin, Some(&mapping))
        .unwrap();
    assert_eq!(counts(&report), [2, 0, 0, 2, 0], "the same text");
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer
        .write_all(CASES.replace(',', "\t").as_bytes())
        .unwrap();
    let packed = office.file("cases.csv.gz", writer.finish().unwrap());
    assert_eq!(
        counts(&office.import(ImportKind::Cases, &packed)),
        [2, 0, 1, 1, 0]
    );
}

#[test]
fn a_workbook_gives_the_same_rows_as_its_csv() {
    let office = Office::new();
    let path = office.path().join("steps.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let time = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    for (col, name) in ["case_id", "step", "officer", "started_at", "completed_at"]
        .iter()
        .enumerate()
    {
        sheet.write(1, col as u16, *name).unwrap();
    }
    let at = |h, m, s, ms| {
        rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 6, 1)
            .unwrap()
            .and_hms_milli(h, m, s, ms)
            .unwrap()
    };
    sheet.write(2, 0, "B-1").unwrap();
    sheet.write(2, 1, 6).unwrap();
    sheet.write(2, 2, "P1").unwrap();
    sheet
        .write_with_format(2, 3, at(8, 0, 0, 0), &time)
        .unwrap();
    sheet
        .write_with_format(2, 4, at(8, 10, 0, 500), &time)
        .unwrap();
    sheet.write(4, 0, "B-1").unwrap();
    sheet.write(4, 1, 7).unwrap();
    sheet.write(4, 3, 46_174.5).unwrap();
    book.save(&path).unwrap();
    let report = office.import(ImportKind::Steps, &path);
    assert_eq!(counts(&report), [2, 2, 0, 0, 0]);
    assert_eq!(
        of(&office.read(), Check::UnreadableValue).len(),
        1,
        "a bare number is no date"
    );
    assert!(
        of(&office.read(), Check::UnreadableValue)[0].starts_with("steps.xlsx:5 |"),
        "the sheet's own row number"
    );
    let same = STEPS.lines().take(2).collect::<Vec<_>>().join("\n");
    assert_eq!(
        counts(&office.import(ImportKind::Steps, &office.file("s.csv", same))),
        [1, 0, 0, 1, 0]
    );
    let mapping = office.file("m.toml", "sheet = \"Lain\"\n");
    assert!(
        office
            .refused(ImportKind::Steps, &path, Some(&mapping))
            .contains("has no sheet `Lain`, only Sheet1")
    );
}

#[test]
fn mistakes_in_a_mapping_name_the_line_and_the_cure() {
    let office = Office::new();
    let cases = office.file("cases.csv", CASES);
    for (text, part) in [
        (
            "zone = \"Asia/Makasar\"",
            "line 1: `Asia/Makasar` is no time zone",
        ),
        ("\nfoo = 1", "line 2: unknown field `foo`"),
        ("zone = \"UTC\"\nzone = \"UTC\"", "line 2: duplicate key"),
        (
            "[cases]\ncase_id = \"a\"",
            "[cases] lacks service, received_at, requires_recommendation, outcome",
        ),
        (
            "[steps]\nstart = \"x\"",
            "line 2: [steps] has no column `start`: the contract's are case_id, step",
        ),
        ("delimiter = \"ab\"", "line 1: delimiter \"ab\""),
        (
            "[cases]\nreceived_at = { column = \"a\", format = \"dd/mm\" }",
            "line 2: format \"dd/mm\" cannot be read",
        ),
        (
            "[steps]\nstep = { issued_when = \"a\" }",
            "line 2: `issued_when` is only for `outcome`",
        ),
        ("[codes.stp]\na = 1", "line 2: [codes] has no column `stp`"),
        (
            "encoding = \"latin\"",
            "line 1: unknown variant `latin`, expected `utf-8` or `windows-1252`",
        ),
    ] {
        let mapping = office.file("m.toml", text);
        let message = office.refused(ImportKind::Cases, &cases, Some(&mapping));
        assert!(
            message.contains(part) && message.contains("m.toml"),
            "{text:?}: {message}"
        );
    }
}

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
