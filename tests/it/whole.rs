//! The demo as a user runs it, through the real binary: three files that agree, formulas that recalculate, a page that keeps
//! to itself, and figures that follow from the verdicts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use calamine::{Data, DataType as _, Reader as _, Xlsx};
use serde_json::Value;

use crate::binary::Tepat;
use crate::{browser, office};

/// A demo made once for all tests of this file.
struct Demo {
    tepat: Tepat,
}

fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let tepat = Tepat::new();
        tepat.run(&["demo", "kantor"]).exits(0);
        Demo { tepat }
    })
}

/// The demo's workspace.
pub fn office() -> PathBuf {
    demo().tepat.path("kantor")
}

impl Demo {
    fn edition(&self) -> PathBuf {
        self.tepat.path("kantor/reports/2026-06/monthly/1")
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.edition().join(name)).unwrap()
    }

    fn page(&self) -> String {
        String::from_utf8(self.bytes("monthly-2026-06.html")).unwrap()
    }

    fn book(&self) -> Vec<u8> {
        self.bytes("monthly-2026-06.xlsx")
    }

    /// Key as the page and the workbook write it (`on_time.due{pause=include}`) to (printed, value), of the period.
    fn figures(&self) -> BTreeMap<(String, String), (String, Option<f64>)> {
        let rows: Vec<Value> = serde_json::from_slice(&self.bytes("figures.json")).unwrap();
        rows.iter()
            .map(|f| {
                let group: Vec<String> = f["group"]
                    .as_object()
                    .unwrap()
                    .iter()
                    .map(|(k, v)| format!("{k}={}", v.as_str().unwrap()))
                    .collect();
                let key = match group.is_empty() {
                    true => f["indicator"].as_str().unwrap().to_owned(),
                    false => format!(
                        "{}{{{}}}",
                        f["indicator"].as_str().unwrap(),
                        group.join(";")
                    ),
                };
                let printed = f["printed"].as_str().unwrap().to_owned();
                let period = f["period"].as_str().unwrap().to_owned();
                ((period, key), (printed, f["value"].as_f64()))
            })
            .collect()
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// All figures of the page: period and key to what is printed there.
fn printed_on(page: &str) -> Vec<((String, String), String)> {
    page.split("<span data-figure=\"")
        .skip(1)
        .map(|rest| {
            let (indicator, rest) = rest.split_once("\" data-period=\"").unwrap();
            let (period, rest) = rest.split_once("\" data-group=\"").unwrap();
            let (group, rest) = rest.split_once("\">").unwrap();
            let (printed, _) = rest.split_once("</span>").unwrap();
            let key = match group.is_empty() {
                true => indicator.to_owned(),
                false => format!("{indicator}{{{}}}", unescape(group)),
            };
            ((period.to_owned(), key), unescape(printed))
        })
        .collect()
}

#[test]
fn page_workbook_and_figures_agree_on_every_figure() {
    let demo = demo();
    let figures = demo.figures();
    let on_page = printed_on(&demo.page());
    assert!(
        on_page.len() > 300,
        "only {} figures on the page",
        on_page.len()
    );
    for (key, printed) in &on_page {
        let (expected, _) = figures
            .get(key)
            .unwrap_or_else(|| panic!("{key:?} is only on the page"));
        assert_eq!(printed, expected, "{key:?}");
    }
    let keys: Vec<_> = on_page.iter().map(|(k, _)| k).collect();
    for key in figures.keys() {
        // A withheld share has no bounds to print.
        let bound = key.1.contains(".low") || key.1.contains(".high");
        let empty = key.1.starts_with("findings.count") && figures[key].1 == Some(0.0)
            || bound && figures[key].1.is_none();
        assert!(empty || keys.contains(&key), "{key:?} is not on the page");
    }
    assert!(in_workbook(&demo.book(), &figures) > 60);
}

/// Compares the rows that carry a code on Ringkasan and Tahapan with the figures; returns how many were compared.
fn in_workbook(bytes: &[u8], figures: &BTreeMap<(String, String), (String, Option<f64>)>) -> usize {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("Ringkasan").unwrap();
    let mut compared = 0;
    for row in sheet.rows() {
        let Some(code) = row.first().and_then(Data::as_string) else {
            continue;
        };
        let Some((printed, value)) = figures.get(&("2026-06".to_owned(), code.clone())) else {
            continue;
        };
        compared += 1;
        assert_eq!(row[6].to_string(), *printed, "{code}");
        agrees(&code, &row[2], *value);
    }
    let sheet = book.worksheet_range("Tahapan").unwrap();
    let rows: Vec<_> = sheet.rows().collect();
    let codes = rows
        .iter()
        .position(|r| r.iter().any(|c| *c == "stage.executions"))
        .unwrap();
    for row in &rows[codes + 1..] {
        let Some(step) = row[0].as_i64() else { break };
        for (code, cell) in rows[codes].iter().zip(row.iter()) {
            let key = format!("{code}{{step={step}}}");
            if let Some((_, value)) = figures.get(&("2026-06".to_owned(), key.clone())) {
                compared += 1;
                agrees(&key, cell, *value);
            }
        }
    }
    compared
}

/// A cell holds the figure's value; a share in percent is a fraction there, and what has no value has no number.
fn agrees(code: &str, cell: &Data, value: Option<f64>) {
    let number = cell.as_f64().filter(|_| !matches!(cell, Data::String(_)));
    match (number, value) {
        (Some(cell), Some(value)) => {
            let close = |a: f64| (a - value).abs() < 1e-6 * value.abs().max(1.0);
            assert!(
                close(cell) || close(100.0 * cell),
                "{code}: {cell} against {value}"
            );
        }
        (None, None) => {}
        _ => panic!("{code}: cell {cell:?}, figure {value:?}"),
    }
}

#[test]
fn libreoffice_finds_every_formula_of_the_demo_true() {
    let (formulas, wrong) = office::recalculation_differences(&demo().book());
    assert!(formulas > 100, "only {formulas} formulas");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_demos_page_keeps_to_itself_at_every_width_and_on_paper() {
    let page = demo().page();
    for width in [360, 1280] {
        let seen = browser::open_at(&page, width);
        assert!(seen.scroll_width <= seen.client_width, "{width}: {seen:?}");
        assert!(
            seen.console.is_empty() && seen.requests.is_empty(),
            "{width}: {seen:?}"
        );
    }
    let pdf = browser::pdf(&page);
    assert_eq!(browser::pdf_size(&pdf), (595, 842));
    for (number, text) in browser::pdf_pages(&pdf).iter().enumerate() {
        assert!(
            text.contains("Data sintetis"),
            "page {} does not say that it is synthetic",
            number + 1
        );
    }
}

#[test]
fn every_sheet_says_that_the_office_is_synthetic() {
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(demo().book())).unwrap();
    for (name, sheet) in book.worksheets() {
        let said = sheet
            .rows()
            .take(6)
            .flatten()
            .any(|c| c.to_string().contains("Data sintetis"));
        assert!(said, "{name}");
    }
}

/// All files below a folder with their bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => {
                    let name = path.strip_prefix(folder).unwrap().to_path_buf();
                    files.insert(name, std::fs::read(path).unwrap());
                }
            }
        }
    }
    files
}

#[test]
fn same_inputs_same_bytes_and_no_new_edition() {
    let tepat = Tepat::new();
    for name in ["a", "b"] {
        tepat
            .run(&["demo", name, "--months", "8", "--cases-per-month", "40"])
            .exits(0);
    }
    let (a, b) = (
        tree(&tepat.path("a/reports")),
        tree(&tepat.path("b/reports")),
    );
    assert!(a.len() >= 8 * 4, "{} files", a.len());
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in &a {
        assert!(b[name] == *bytes, "{} differs", name.display());
    }
    tepat
        .run(&[
            "--workspace",
            "a",
            "run",
            "--report",
            "monthly",
            "--period",
            "2024-05",
        ])
        .exits(0);
    assert_eq!(tree(&tepat.path("a/reports")).len(), a.len());
}

/// Reads a table that `tepat score` wrote.
fn scored(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path)
        .unwrap()
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn the_headline_follows_from_the_verdicts_file() {
    let demo = demo();
    demo.tepat
        .run(&[
            "--workspace",
            "kantor",
            "score",
            "--period",
            "2026-06",
            "--steps",
            "steps.csv",
            "--cases",
            "cases.csv",
        ])
        .exits(0);
    let cases = scored(&demo.tepat.path("cases.csv"));
    let in_june = |date: &str| date.starts_with("2026-06");
    let due: Vec<_> = cases
        .iter()
        .filter(|c| in_june(&c["deadline"]))
        .filter(|c| {
            matches!(
                c["verdict"].as_str(),
                "on_time" | "late" | "overdue" | "running" | "withdrawn_late"
            )
        })
        .collect();
    let on_time = due.iter().filter(|c| c["verdict"] == "on_time").count();
    let figures = demo.figures();
    let value = |key: &str| figures[&("2026-06".to_owned(), key.to_owned())].1.unwrap();
    assert_eq!(value("due.count"), due.len() as f64);
    assert_eq!(value("due.on_time"), on_time as f64);
    let decided: Vec<_> = cases
        .iter()
        .filter(|c| {
            in_june(&c["decided_at"]) && matches!(c["verdict"].as_str(), "on_time" | "late")
        })
        .collect();
    let kept = decided.iter().filter(|c| c["verdict"] == "on_time").count();
    let share = 100.0 * kept as f64 / decided.len() as f64;
    assert!((value("on_time.decided") - share).abs() < 1e-9);
    stage_rates_follow(&scored(&demo.tepat.path("steps.csv")), &value);
}

/// Minutes kept, from the executions completed in June.
fn stage_rates_follow(steps: &[BTreeMap<String, String>], value: &dyn Fn(&str) -> f64) {
    for step in ["7", "12", "13", "16"] {
        let judged: Vec<_> = steps
            .iter()
            .filter(|s| s["step"] == step && s["completed_at"].starts_with("2026-06"))
            .filter(|s| matches!(s["minute_verdict"].as_str(), "within" | "under" | "over"))
            .collect();
        let kept = judged
            .iter()
            .filter(|s| s["minute_verdict"] != "over")
            .count();
        let share = 100.0 * kept as f64 / judged.len() as f64;
        let figure = value(&format!("stage.within_minutes{{step={step}}}"));
        assert!(
            (figure - share).abs() < 1e-9,
            "step {step}: {figure} against {share}"
        );
    }
}

#[test]
fn explain_gives_every_day_a_reason() {
    let demo = demo();
    demo.tepat
        .run(&[
            "--workspace",
            "kantor",
            "score",
            "--period",
            "2026-06",
            "--steps",
            "s2.csv",
            "--cases",
            "c2.csv",
        ])
        .exits(0);
    let late = scored(&demo.tepat.path("c2.csv"))
        .into_iter()
        .find(|c| c["verdict"] == "late" && c["paused_days"].parse::<u32>().is_ok_and(|d| d > 0))
        .unwrap();
    let ran = demo
        .tepat
        .run(&[
            "--workspace",
            "kantor",
            "explain",
            &late["case_id"],
            "--as-of",
            "2026-07-01",
        ])
        .exits(0);
    let text = ran.stdout();
    let over = format!("TERLAMBAT {} HARI", late["days_over"]);
    for words in [
        "PERHITUNGAN HARI",
        "bukan hari pelayanan",
        "berkas sepanjang hari di pemohon",
        "◄ batas waktu",
        &over,
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let paused = text
        .matches("tidak dihitung: berkas sepanjang hari")
        .count();
    assert_eq!(paused.to_string(), late["paused_days"], "{text}");
}

/// Runs the binary where no file may grow beyond `kib`: every write past it fails, as on a full disk.
fn run_on_a_full_disk(tepat: &Tepat, kib: u32) -> std::process::Output {
    let binary = assert_cmd::cargo::cargo_bin("tepat");
    let script = format!(
        "trap '' XFSZ; ulimit -f {kib}; exec '{}' --workspace kantor run --report monthly --period 2024-03",
        binary.display()
    );
    std::process::Command::new("bash")
        .args(["-c", &script])
        .current_dir(tepat.folder.path())
        .output()
        .unwrap()
}

#[test]
fn a_disk_that_fills_up_leaves_no_half_edition_and_the_next_run_completes() {
    let tepat = Tepat::new();
    let small = ["--months", "3", "--cases-per-month", "60"];
    tepat
        .run(&[&["demo", "kantor"], &small[..]].concat())
        .exits(0);
    for folder in ["kantor/reports", "kantor/state/snapshots"] {
        std::fs::remove_dir_all(tepat.path(folder)).unwrap();
    }
    // The snapshot's files, the workbook and the page fail in turn as there is more room.
    for kib in [1, 4, 16, 64, 128] {
        let output = run_on_a_full_disk(&tepat, kib);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{kib} KiB: {stderr}");
        assert!(
            stderr.starts_with("tepat: ") && stderr.lines().count() == 1,
            "{kib} KiB: {stderr}"
        );
        let left: Vec<PathBuf> = tree(tepat.folder.path()).into_keys().collect();
        let half = |p: &PathBuf| {
            let path = p.display().to_string();
            path.contains("reports/") || path.contains("/.")
        };
        assert!(!left.iter().any(half), "{kib} KiB left {left:?}");
    }
    let run = [
        "--workspace",
        "kantor",
        "run",
        "--report",
        "monthly",
        "--period",
        "2024-03",
    ];
    tepat.run(&run).exits(0);
    assert_eq!(
        tree(&tepat.path("kantor/reports/2024-03/monthly/1")).len(),
        4
    );
}
