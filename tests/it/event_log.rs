//! Event logs: rows that are events, cases that repeat on them, from CSV and XES alike.

use std::fs;
use std::path::{Path, PathBuf};

use tepat::finding::Check;
use tepat::snapshot::{Outcome, Snapshot, StepRow, check};
use tepat::source::{FileReport, ImportError, ImportKind, ImportReport, import_log};

use super::import::{Office, ZONE, counts, now, of};
use super::snapshot::freeze;

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

/// A file beside the project; the invented one in its place where it is absent.
pub fn real_or(real: &str, invented: PathBuf) -> (PathBuf, bool) {
    let real = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(real);
    if real.exists() {
        return (real, true);
    }
    println!(
        "{} is not here: the invented log of the same shape is used instead",
        real.display()
    );
    (invented, false)
}

fn try_log(
    office: &Office,
    file: &Path,
    mapping: Option<&Path>,
) -> Result<Vec<ImportReport>, ImportError> {
    let files = [file.to_path_buf()];
    import_log(office.path(), &files, mapping, ZONE, now(), &|_| ())
}

/// Imports a log; gives the report on its cases and the one on its steps.
pub fn log(office: &Office, file: &Path, mapping: Option<&Path>) -> (FileReport, FileReport) {
    let mut reports = try_log(office, file, mapping).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(
        reports.iter().map(|r| r.kind).collect::<Vec<_>>(),
        [ImportKind::Cases, ImportKind::Steps]
    );
    let mut take = || reports.remove(0).files.remove(0);
    (take(), take())
}

/// Why a log is refused, in one sentence.
pub fn log_refused(office: &Office, file: &Path, mapping: Option<&Path>) -> String {
    let message = try_log(office, file, mapping).unwrap_err().to_string();
    assert!(!message.contains('\n'), "one sentence: {message}");
    message
}

fn digest(snapshot: &Snapshot) -> String {
    let folder = tempfile::tempdir().unwrap();
    freeze(snapshot, folder.path()).unwrap().digest
}

/// The invented log of `ending` with every activity in the code list, so that no finding names the file.
fn listed(office: &Office, ending: &str) -> PathBuf {
    let name = format!("invented.{ending}");
    let text = fs::read_to_string(fixture(&name)).unwrap();
    let known = "T06 Determine necessity of stop advice";
    office.file(&name, text.replace("An activity nobody listed", known))
}

#[test]
fn xes_and_csv_of_one_log_give_the_same_snapshot_to_the_byte() {
    let (csv, is_real) = real_or("receipt.csv.gz", PathBuf::new());
    let (xes, _) = real_or("receipt.xes.gz", PathBuf::new());
    let mut digests = Vec::new();
    for ending in ["csv", "xes"] {
        let office = Office::new();
        let (cases, steps) = log(
            &office,
            &listed(&office, ending),
            Some(&fixture("mapping.toml")),
        );
        assert_eq!(counts(&cases), [6, 3, 0, 0, 0]);
        assert_eq!(counts(&steps), [6, 6, 0, 0, 0]);
        digests.push(digest(&office.read()));
    }
    assert_eq!(digests[0], digests[1]);
    if is_real {
        let mut digests = Vec::new();
        for file in [csv, xes] {
            let (office, cases, steps) = receipt(&file, &fixture("mapping.toml"));
            assert_eq!(counts(&cases), [8_577, 1_434, 0, 0, 0]);
            assert_eq!(counts(&steps), [8_577, 8_577, 0, 0, 0]);
            digests.push(digest(&office.read()));
            let again = log(&office, &file, Some(&fixture("mapping.toml")));
            assert_eq!((again.0.same, again.1.same), (1_434, 8_577));
            digests.push(digest(&office.read()));
        }
        digests.dedup();
        assert_eq!(digests.len(), 1, "{digests:?}");
    }
}

#[test]
fn a_log_is_imported_whole_or_not_at_all() {
    let office = Office::new();
    let file = fixture("invented.csv");
    let wrong = fs::read_to_string(fixture("mapping.toml"))
        .unwrap()
        .replace("officer = \"org:resource\"", "officer = \"org:resoruce\"");
    let mapping = office.file("wrong.toml", wrong);
    let message = log_refused(&office, &file, Some(&mapping));
    assert!(
        message.contains("columns missing: org:resoruce") && message.contains("`org:resource`"),
        "{message}"
    );
    assert!(!office.path().join("state").exists());
    let only_steps = office.file("steps.toml", "[steps]\ncase_id = \"case:concept:name\"\nstep = \"concept:name\"\ncompleted_at = \"time:timestamp\"\n");
    let message = log_refused(&office, &file, Some(&only_steps));
    assert!(message.contains("says nothing of [cases]"), "{message}");
}

#[test]
fn a_log_of_another_program_needs_a_mapping_and_is_told_its_attributes() {
    let office = Office::new();
    for ending in ["csv", "xes"] {
        let message = log_refused(&office, &fixture(&format!("invented.{ending}")), None);
        for word in [
            "needs a mapping",
            "case:concept:name",
            "time:timestamp",
            "[cases]",
            "[steps]",
        ] {
            assert!(message.contains(word), "{word} is missing: {message}");
        }
    }
    assert!(!office.path().join("state").exists());
}

/// An XES log of one case and one event with these attributes.
fn tiny(of_trace: &str, of_event: &str) -> String {
    format!("<log><trace>{of_trace}<event>{of_event}</event></trace></log>")
}

const TINY: &str = "[cases]\ncase_id = \"case:concept:name\"\nservice = { value = \"S\" }\nreceived_at = \"case:start\"\n\
    requires_recommendation = { value = false }\noutcome = { issued_when = \"case:end\" }\nclosed_at = \"case:end\"\n\
    region = \"case:region\"\n[steps]\ncase_id = \"case:concept:name\"\nstep = \"step\"\ncompleted_at = \"time:timestamp\"\n\
    officer = \"org:resource\"\n";

/// What the steps of a tiny log were read as, and the findings on them.
fn tiny_steps(mapping: &str, text: &str) -> (Vec<StepRow>, Vec<String>) {
    let office = Office::new();
    let mapping = office.file("m.toml", mapping);
    let file = office.file("log.xes", text);
    log(&office, &file, Some(&mapping));
    let snapshot = office.read();
    let found = snapshot
        .findings
        .iter()
        .map(|f| format!("{} {}", f.check.code(), f.message));
    (snapshot.steps.clone(), found.collect())
}

const OF_TRACE: &str = "<string key=\"concept:name\" value=\"A\"/><date key=\"start\" value=\"2026-06-01T08:00:00.5+08:00\"/><date key=\"end\" value=\"2026-06-02T08:00:00Z\"/>";

#[test]
fn dates_of_xes_are_read_by_stated_rules() {
    let micros = |text: &str| {
        let time = chrono::DateTime::parse_from_rfc3339(text).unwrap();
        Some(time.timestamp_micros())
    };
    let zoned = format!("zone = \"Asia/Jakarta\"\n{TINY}");
    for (mapping, written, want, finding) in [
        (
            TINY,
            "2026-06-01T08:00:00.123456+08:00",
            micros("2026-06-01T00:00:00.123456Z"),
            "",
        ),
        (
            TINY,
            "2026-06-01T08:00:00.1239999Z",
            micros("2026-06-01T08:00:00.123999Z"),
            "",
        ),
        (
            TINY,
            "2026-06-01T08:00:00.000+0700",
            micros("2026-06-01T01:00:00Z"),
            "",
        ),
        (TINY, "2026-06-01T08:00:00", None, "tanpa zona"),
        (
            &zoned,
            "2026-06-01T08:00:00",
            micros("2026-06-01T01:00:00Z"),
            "",
        ),
        (
            TINY,
            "2026-02-31T08:00:00Z",
            None,
            "bukan tanggal atau waktu",
        ),
        (TINY, "NaT", None, "bukan tanggal atau waktu"),
    ] {
        let event = format!(
            "<int key=\"step\" value=\"7\"/><date key=\"time:timestamp\" value=\"{written}\"/>"
        );
        let (steps, found) = tiny_steps(mapping, &tiny(OF_TRACE, &event));
        assert_eq!(steps.len(), 1, "{written}");
        assert_eq!(
            (steps[0].step, steps[0].completed_at),
            (7, want),
            "{written}"
        );
        match finding {
            "" => assert_eq!(found, [""; 0], "{written}"),
            words => assert!(
                found.len() == 1
                    && found[0].starts_with("unreadable_value")
                    && found[0].contains(words),
                "{written}: {found:?}"
            ),
        }
    }
}

#[test]
fn what_an_xes_log_lacks_is_a_finding_or_an_absence_never_a_value() {
    let event = "<float key=\"step\" value=\"7.0\"/><date key=\"time:timestamp\" value=\"2026-06-01T09:00:00Z\"/>";
    // No case has a region and no event an officer: absent, not missing columns.
    let (steps, found) = tiny_steps(TINY, &tiny(OF_TRACE, event));
    assert_eq!((steps[0].step, steps[0].officer.clone()), (7, None));
    assert_eq!(found, [""; 0]);
    // A trace without a name is a case nobody knows.
    let (steps, found) = tiny_steps(
        TINY,
        &tiny(
            "<date key=\"start\" value=\"2026-06-01T08:00:00Z\"/><date key=\"end\" value=\"2026-06-01T08:00:00Z\"/>\
        </trace><trace><string key=\"concept:name\" value=\"A\"/>",
            event,
        ),
    );
    assert_eq!(steps.len(), 1);
    assert_eq!(
        found,
        ["unreadable_row Kolom case_id kosong; baris tidak dipakai."],
        "found once, as a case"
    );
    let nameless = tiny(OF_TRACE, event).replace("\"concept:name\"", "\"case\"");
    let office = Office::new();
    let message = log_refused(
        &office,
        &office.file("log.xes", nameless),
        Some(&office.file("m.toml", TINY)),
    );
    assert!(
        message.contains("columns missing: case:concept:name"),
        "{message}"
    );
    // An event outside any trace, and a key with two values.
    let stray = tiny(OF_TRACE, &format!("{event}<string key=\"org:resource\" value=\"A\"/><string key=\"org:resource\" value=\"B\"/>"))
        .replace("</log>", &format!("<event>{event}</event></log>"));
    let (steps, found) = tiny_steps(TINY, &stray);
    assert_eq!((steps.len(), steps[0].officer.clone()), (1, None));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("unreadable_row") && found[0].contains("di luar jejak"));
    assert!(found[1].starts_with("unreadable_value") && found[1].contains("dua nilai"));
}

#[test]
fn a_broken_xes_file_leaves_the_store_as_it_was() {
    let office = Office::new();
    let mapping = office.file("m.toml", TINY);
    let sound = tiny(
        OF_TRACE,
        "<int key=\"step\" value=\"7\"/><date key=\"time:timestamp\" value=\"2026-06-01T09:00:00Z\"/>",
    );
    for (text, words) in [
        (sound.replace("</trace></log>", ""), "cut off"),
        (sound[..sound.len() - 3].to_owned(), "tag not closed"),
        (format!("<!DOCTYPE log>{sound}"), "DOCTYPE"),
        (sound.replace("</event>", "</evnt>"), "not well-formed"),
        ("<log></log>".to_owned(), "holds no trace"),
        (sound.replace("log>", "ocel>"), "no XES log"),
        (sound.replace("time:timestamp", "time"), "time:timestamp"),
    ] {
        let file = office.file("log.xes", text);
        for kind in [ImportKind::Cases, ImportKind::Steps] {
            let refused = office.try_import(kind, &file, Some(&mapping));
            assert!(words == "time:timestamp" && kind == ImportKind::Cases || refused.is_err());
        }
        let message = log_refused(&office, &file, Some(&mapping));
        assert!(
            message.contains(words) && message.ends_with("nothing was imported"),
            "{message}"
        );
    }
    assert!(office.read().steps.is_empty());
}
