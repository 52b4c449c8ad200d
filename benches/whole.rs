//! How long the program takes as a whole, and how much memory: the real binary, run as an office would run it.
//!
//! `cargo bench --bench whole` prints one table. Nothing is asserted: a timing that fails a test on a busy machine teaches
//! people to ignore tests. Peak memory is read from /proc and is left out where there is none.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const TEPAT: &str = env!("CARGO_BIN_EXE_tepat");

/// What one run took.
struct Taken {
    seconds: f64,
    peak_kib: Option<u64>,
}

fn main() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| format!("no temporary folder: {e}"))?;
    println!(
        "{:<58} {:>9} {:>14} {:>9}",
        "what", "seconds", "rows/s", "peak MB"
    );
    let small = folder.path().join("demo");
    line(
        "demo, whole: data, import, everything due",
        &tepat(&["demo", text(&small)?])?,
        None,
    );
    import(folder.path())?;
    survey(folder.path())?;
    month(folder.path())?;
    semester(folder.path())
}

/// A million step rows and their cases into an empty store, then the same file again.
fn import(folder: &Path) -> Result<(), String> {
    let office = office(folder, "import", "3300", "30")?;
    let (cases, steps) = data(&office);
    let workspace = text(&office)?;
    for (what, kind, file) in [
        ("import cases, CSV", "cases", &cases),
        ("import steps, CSV", "steps", &steps),
        ("import steps, the same file again", "steps", &steps),
    ] {
        let rows = rows(file)?;
        let taken = tepat(&["--workspace", workspace, "import", kind, text(file)?])?;
        line(&format!("{what}: {rows} rows"), &taken, Some(rows));
    }
    Ok(())
}

/// A million survey forms into an empty store, then the same file again.
fn survey(folder: &Path) -> Result<(), String> {
    let workspace = folder.join("survey");
    tepat(&["init", text(&workspace)?])?;
    let file = folder.join("forms.csv");
    std::fs::write(&file, forms()).map_err(|e| format!("{}: {e}", file.display()))?;
    let rows = rows(&file)?;
    for what in [
        "import responses, CSV",
        "import responses, the same file again",
    ] {
        let taken = tepat(&[
            "--workspace",
            text(&workspace)?,
            "import",
            "responses",
            text(&file)?,
        ])?;
        line(&format!("{what}: {rows} rows"), &taken, Some(rows));
    }
    Ok(())
}

/// Forms of half a year, every field filled in, one answer in fifty left out.
fn forms() -> String {
    const FORMS: u64 = 1_000_000;
    let mut state = 7u64;
    let mut below = |limit: u64| {
        // Knuth's multiplier; the upper bits are good enough for filling a file.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let mut text = String::from(
        "response_id,answered_on,service,case_id,sex,age,education,occupation,hour_band,\
         PERSYARATAN,PROSEDUR,WAKTU,BIAYA,PRODUK,KOMPETENSI,PERILAKU,PENGADUAN,SARPRAS,suggestion\n",
    );
    for n in 0..FORMS {
        let (month, day, service) = (1 + below(6), 1 + below(28), 1 + below(5));
        let (sex, age) = (["L", "P"][below(2) as usize], 18 + below(50));
        let education = ["SMA", "D1-D3", "S1", "S2"][below(4) as usize];
        let job = ["PNS", "SWASTA", "WIRAUSAHA"][below(3) as usize];
        text += &format!(
            "R-{n:07},2026-{month:02}-{day:02},SOP-CONTOH-{service:02},BRK-2026-{n:07},{sex},{age},{education},{job},08-12,"
        );
        for _ in 0..9 {
            let answer = below(50);
            text += match answer {
                0 => ",",
                1..20 => "4,",
                20..45 => "3,",
                _ => "2,",
            };
        }
        text += match below(10) {
            0 => "\"Pelayanan sudah baik, mohon antrean dipercepat\"\n",
            _ => "\n",
        };
    }
    text
}

/// One month of about 10,000 cases, beside the two months before it, from the store to workbook and page.
fn month(folder: &Path) -> Result<(), String> {
    let office = office(folder, "month", "10000", "3")?;
    let (cases, steps) = data(&office);
    let workspace = text(&office)?;
    for (kind, file) in [("cases", &cases), ("steps", &steps)] {
        tepat(&["--workspace", workspace, "import", kind, text(file)?])?;
    }
    let taken = tepat(&[
        "--workspace",
        workspace,
        "run",
        "--report",
        "monthly",
        "--period",
        "2024-03",
        "--as-of",
        "2024-04-01",
    ])?;
    line("a month of 10,000 cases, store to both files", &taken, None);
    Ok(())
}

/// A semester of 1.8 million step rows, from the store to the files of every audience. The demo has 10 steps a case, so that
/// takes 176,000 cases. How long scoring and measuring took of it stands on stderr, as the program logs it.
fn semester(folder: &Path) -> Result<(), String> {
    let office = office(folder, "semester", "36300", "6")?;
    let (cases, steps) = data(&office);
    let workspace = text(&office)?;
    for (kind, file) in [("cases", &cases), ("steps", &steps)] {
        tepat(&["--workspace", workspace, "import", kind, text(file)?])?;
    }
    let of = format!("{} cases, {} steps", rows(&cases)?, rows(&steps)?);
    let taken = tepat_with(
        &[("TEPAT_LOG", "tepat::timed=debug")],
        &[
            "--workspace",
            workspace,
            "run",
            "--report",
            "performance",
            "--period",
            "2024-S1",
            "--as-of",
            "2024-07-01",
        ],
    )?;
    line(&format!("a semester of {of}, to all files"), &taken, None);
    Ok(())
}

/// The workspace of a synthetic office, its data written but not imported.
fn office(
    folder: &Path,
    name: &str,
    cases_per_month: &str,
    months: &str,
) -> Result<PathBuf, String> {
    let dir = folder.join(name);
    tepat(&[
        "demo",
        text(&dir)?,
        "--no-run",
        "--cases-per-month",
        cases_per_month,
        "--months",
        months,
    ])?;
    Ok(dir)
}

fn data(office: &Path) -> (PathBuf, PathBuf) {
    (office.join("data/cases.csv"), office.join("data/steps.csv"))
}

fn text(path: &Path) -> Result<&str, String> {
    path.to_str()
        .ok_or_else(|| format!("{} is not UTF-8", path.display()))
}

fn rows(file: &Path) -> Result<u64, String> {
    let bytes = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(bytes.iter().filter(|b| **b == b'\n').count() as u64 - 1)
}

/// Runs the binary; exit code 3 (a blocking finding) is a completed run too.
fn tepat(arguments: &[&str]) -> Result<Taken, String> {
    tepat_with(&[], arguments)
}

/// The same with environment variables set.
fn tepat_with(variables: &[(&str, &str)], arguments: &[&str]) -> Result<Taken, String> {
    let begun = Instant::now();
    let mut child = Command::new(TEPAT)
        .args(arguments)
        .envs(variables.iter().copied())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| format!("{TEPAT}: {e}"))?;
    let mut peak_kib = None;
    let status = loop {
        peak_kib = peak_kib.max(high_water_kib(&child));
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => std::thread::sleep(Duration::from_millis(2)),
            Err(e) => return Err(format!("tepat {}: {e}", arguments.join(" "))),
        }
    };
    let seconds = begun.elapsed().as_secs_f64();
    match status.code() {
        Some(0 | 3) => Ok(Taken { seconds, peak_kib }),
        _ => Err(format!("tepat {}: {status}", arguments.join(" "))),
    }
}

/// The child's largest resident size so far, in KiB. It only grows, so the last look before the end is the peak.
fn high_water_kib(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn line(what: &str, taken: &Taken, rows: Option<u64>) {
    let speed = rows.map_or_else(String::new, |n| format!("{:.0}", n as f64 / taken.seconds));
    let peak = taken
        .peak_kib
        .map_or_else(String::new, |kib| format!("{:.0}", kib as f64 / 1_024.0));
    println!("{what:<58} {:>9.2} {speed:>14} {peak:>9}", taken.seconds);
}
