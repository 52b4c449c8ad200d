//! The performance report of the demo office, recomputed from `tepat score` by a program that shares no code with the measures
//! (tests/python). Every figure must be there on both sides and be the same: counts to the unit, values to the ninth digit,
//! print to the letter. And it must be able to fail.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::binary::Tepat;

const SEMESTER: &str = "2026-S1";

/// When the demo's records are taken: the end of its last month, which is also what the report knows.
const EXTRACTED: &str = "2026-07-01T00:00:00+08:00";

/// Every case of the demo is received, decided or open in one of these.
const YEARS: [&str; 3] = ["2024", "2025", "2026"];

/// The demo's office with its editions, and the score of all its cases under each reading of the rules.
struct Scored {
    tepat: Tepat,
    /// When the records were taken, in the office's time.
    extracted: String,
}

/// Made once for all tests of this file.
fn scored() -> &'static Scored {
    static SCORED: OnceLock<Scored> = OnceLock::new();
    SCORED.get_or_init(|| {
        let tepat = Tepat::new();
        tepat.run(&["demo", "kantor"]).exits(0);
        Scored::new(tepat, EXTRACTED.to_owned())
    })
}

/// The demo's office as badly kept books would have it: files kept past their limit, times and officers not recorded,
/// recommendations that nobody wrote down. Read anew, so the records are taken now.
fn rough() -> Scored {
    let tepat = Tepat::new();
    tepat.run(&["demo", "kantor"]).exits(0);
    for made in ["state", "reports"] {
        std::fs::remove_dir_all(tepat.path("kantor").join(made)).unwrap();
    }
    rewrite(&tepat.path("kantor/data/cases.csv"), |line| {
        kept_case(line).unwrap_or_else(|| line.to_owned())
    });
    let mut at = 0;
    rewrite(&tepat.path("kantor/data/steps.csv"), |line| {
        at += 1;
        rough_step(line, at)
    });
    for kind in ["cases", "steps", "staff", "followups"] {
        let file = format!("kantor/data/{kind}.csv");
        let import = ["import", "--workspace", "kantor", kind, &file];
        tepat.run(&import).exits(0);
    }
    let run = ["run", "--workspace", "kantor", "--report", "performance"];
    let of = ["--period", SEMESTER, "--as-of", EXTRACTED];
    tepat.run(&[&run[..], &of[..]].concat()).exits(0);
    let now = chrono::Utc::now() + chrono::TimeDelta::hours(8);
    Scored::new(tepat, now.format("%Y-%m-%dT%H:%M:%S+08:00").to_string())
}

/// Whether somebody keeps the file of this row at step 12.
fn is_kept(line: &str) -> bool {
    let case = line.split(',').next().unwrap_or_default();
    case.starts_with("BRK-2026-") && case.ends_with('7')
}

/// The row of a case kept at step 12: open, not closed.
fn kept_case(line: &str) -> Option<String> {
    let mut fields: Vec<&str> = line.split(',').collect();
    *fields.get_mut(4)? = "open";
    *fields.get_mut(5)? = "";
    is_kept(line).then(|| fields.join(","))
}

/// A row of a step with something not recorded; the `at`-th of the file. Empty: the row itself is not.
fn rough_step(line: &str, at: usize) -> String {
    let mut fields: Vec<&str> = line.split(',').collect();
    let [_, step, officer, started, completed, ..] = fields.as_mut_slice() else {
        return line.to_owned();
    };
    let number: u32 = step.parse().unwrap_or(0);
    match (number, at % 10) {
        (13.., _) if is_kept(line) => return String::new(),
        (12, _) if is_kept(line) => *completed = "",
        (9, 0) | (10, 0 | 1) => return String::new(),
        (10, 2) => *completed = "",
        (7 | 10 | 11 | 12 | 16, 3) => *started = "",
        (7 | 12 | 13, 4) => *officer = "",
        _ => {}
    }
    fields.join(",")
}

/// Writes the verdicts of all years under one reading: of a copy of the office whose standards or settings say so.
fn score(tepat: &Tepat, reading: &str) {
    let office = tepat.path(reading);
    for part in ["tepat.toml", "data", "standards", "state"] {
        copy(&tepat.path("kantor").join(part), &office.join(part));
    }
    match reading {
        "own" => {}
        "joint_leave" => rewrite(&office.join("tepat.toml"), |line| match line {
            "[standards]" => "[standards]\njoint_leave_works = true".to_owned(),
            other => other.to_owned(),
        }),
        rule => {
            let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("standards/sop");
            let own = office.join("standards/sop");
            copy(&shipped, &own);
            for file in files(&own) {
                rewrite(&file, |line| match line.starts_with("pause = ") {
                    true => format!("pause = \"{rule}\""),
                    false => line.to_owned(),
                });
            }
        }
    }
    let folder = tepat.path("scores").join(reading);
    std::fs::create_dir_all(&folder).unwrap();
    for year in YEARS {
        let [cases, steps] =
            ["cases", "steps"].map(|kind| format!("scores/{reading}/{kind}-{year}.csv"));
        let to = ["--cases", &cases, "--steps", &steps, "--as-of", EXTRACTED];
        let of = ["score", "--workspace", reading, "--period", year];
        tepat.run(&[&of[..], &to[..]].concat()).exits(0);
    }
}

impl Scored {
    fn new(tepat: Tepat, extracted: String) -> Self {
        for reading in ["own", "exclude", "include", "restart", "joint_leave"] {
            score(&tepat, reading);
        }
        Self { tepat, extracted }
    }

    fn edition(&self) -> PathBuf {
        let edition = format!("kantor/reports/{SEMESTER}/performance/1");
        self.tepat.path(&edition)
    }

    /// The differences that the recomputation finds, one a line.
    fn differences(&self, edition: &Path, scores: &Path) -> Vec<String> {
        let python = std::env::var_os("TEPAT_PM4PY").expect(
            "TEPAT_PM4PY names no Python: run tests/all.sh, which installs one, or set it to one of 3.11 or later",
        );
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = Command::new(&python)
            .arg("-B")
            .arg(root.join("tests/python/performance.py"))
            .args([
                &self.tepat.path("kantor"),
                edition,
                scores,
                &root.join("standards"),
            ])
            .arg(&self.extracted)
            .output()
            .unwrap_or_else(|e| panic!("{}: {e}", python.to_string_lossy()));
        let found: Vec<String> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect();
        // 0: none, 1: some, and each is printed; Python itself ends with 1 when it breaks, and prints nothing then.
        let told = match output.status.code() {
            Some(0) => found.is_empty(),
            Some(1) => !found.is_empty(),
            _ => false,
        };
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(told && stderr.contains(" figures, "), "{stderr}");
        found
    }
}

#[test]
fn every_figure_of_the_performance_report_is_the_one_recomputed_from_the_score() {
    assert_recomputed(scored());
}

#[test]
fn every_figure_of_an_office_with_badly_kept_books_is_the_one_recomputed_too() {
    let rough = rough();
    let text = std::fs::read(rough.edition().join("figures.json")).unwrap();
    let figures: Vec<serde_json::Value> = serde_json::from_slice(&text).unwrap();
    for indicator in ["personnel.overdue", "conformance.unassessable"] {
        let mut own = figures.iter().filter(|f| f["indicator"] == indicator);
        assert!(own.any(|f| f["value"].as_f64() > Some(0.0)), "{indicator}");
    }
    assert_recomputed(&rough);
}

fn assert_recomputed(scored: &Scored) {
    let found = scored.differences(&scored.edition(), &scored.tepat.path("scores"));
    let first: Vec<&str> = found.iter().take(20).map(String::as_str).collect();
    assert!(
        found.is_empty(),
        "{} differences, of them:\n{}",
        found.len(),
        first.join("\n")
    );
}

#[test]
fn an_altered_figure_is_found_and_no_other() {
    let scored = scored();
    let edition = tempfile::tempdir().unwrap();
    copy(
        &scored.edition().join("manifest.json"),
        &edition.path().join("manifest.json"),
    );
    let text = std::fs::read(scored.edition().join("figures.json")).unwrap();
    let mut rows: Vec<serde_json::Value> = serde_json::from_slice(&text).unwrap();
    let altered = rows
        .iter_mut()
        .find(|f| f["indicator"] == "stage.wait_median" && f["value"].is_f64())
        .unwrap();
    let value = altered["value"].as_f64().unwrap();
    altered["value"] = (value * (1.0 + 1e-7)).into();
    let gone = rows
        .iter()
        .position(|f| f["indicator"] == "map.edge")
        .unwrap();
    rows.remove(gone);
    std::fs::write(
        edition.path().join("figures.json"),
        serde_json::to_vec(&rows).unwrap(),
    )
    .unwrap();
    let found = scored.differences(edition.path(), &scored.tepat.path("scores"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("not published: map.edge"), "{found:?}");
    assert!(
        found[1].starts_with("differs: stage.wait_median"),
        "{found:?}"
    );
}

#[test]
fn one_altered_row_of_the_score_is_found() {
    let scored = scored();
    let folder = tempfile::tempdir().unwrap();
    copy(&scored.tepat.path("scores"), folder.path());
    let steps = folder.path().join("own/steps-2026.csv");
    let mut left = 1;
    rewrite(&steps, |line| {
        let altered = line.replace(",on_time,", ",late,");
        match left > 0
            && line.starts_with("BRK-2026-")
            && altered != line
            && line.contains(",12,1,")
        {
            true => {
                left -= 1;
                altered
            }
            false => line.to_owned(),
        }
    });
    assert_eq!(left, 0);
    let found = scored.differences(&scored.edition(), folder.path());
    let of = |name: &str| {
        found
            .iter()
            .any(|d| d.starts_with(&format!("differs: {name} ")))
    };
    assert!(of("stage.within_window"), "{found:?}");
    assert!(of("personnel.within_window"), "{found:?}");
    assert!(!of("on_time.due"), "{found:?}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|e| e.unwrap().path()).collect()
}

/// Copies a file, or a folder with all it holds.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in files(from) {
            copy(&entry, &to.join(entry.file_name().unwrap()));
        }
    } else {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(from, to).unwrap();
    }
}

/// Rewrites a text file line by line; an empty one goes.
fn rewrite(file: &Path, mut change: impl FnMut(&str) -> String) {
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().map(&mut change);
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    std::fs::write(file, lines.join("\n") + "\n").unwrap();
}
