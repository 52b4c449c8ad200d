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
}

/// Made once for all tests of this file.
fn scored() -> &'static Scored {
    static SCORED: OnceLock<Scored> = OnceLock::new();
    SCORED.get_or_init(|| {
        let tepat = Tepat::new();
        tepat.run(&["demo", "kantor"]).exits(0);
        for reading in ["own", "exclude", "include", "restart", "joint_leave"] {
            score(&tepat, reading);
        }
        Scored { tepat }
    })
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
            .arg(EXTRACTED)
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
    let scored = scored();
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

/// Rewrites a text file line by line.
fn rewrite(file: &Path, mut change: impl FnMut(&str) -> String) {
    let text = std::fs::read_to_string(file).unwrap();
    let lines: Vec<String> = text.lines().map(&mut change).collect();
    std::fs::write(file, lines.join("\n") + "\n").unwrap();
}
