//! LibreOffice as a second opinion: recalculates a workbook headless and holds every formula against its stored result.
//!
//! LibreOffice keeps stored results unless told otherwise, so its profile orders a recalculation on load; the planted wrong
//! value in `report.rs` proves that the comparison can fail.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Range, Reader, Xlsx};

const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"#;

/// Converts `bytes` (XLSX) to `target`, an ending LibreOffice knows and perhaps `:FILTER:OPTIONS`, recalculated. Panics where
/// LibreOffice is missing.
pub fn convert(bytes: &[u8], target: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let user = folder.path().join("profile/user");
    std::fs::create_dir_all(&user).expect("a profile");
    std::fs::write(user.join("registrymodifications.xcu"), RECALCULATE).expect("its settings");
    let input = folder.path().join("book.xlsx");
    std::fs::write(&input, bytes).expect("the workbook");
    let out = folder.path().join("out");
    run_soffice(folder.path(), &input, target, &out);
    let ending = target.split(':').next().unwrap_or_default();
    let made = out.join(format!("book.{ending}"));
    std::fs::read(&made).expect("LibreOffice wrote no file")
}

fn run_soffice(folder: &Path, input: &Path, target: &str, out: &Path) {
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let output = Command::new("soffice")
        .args([
            &profile,
            "--headless",
            "--norestore",
            "--convert-to",
            target,
        ])
        .arg("--outdir")
        .arg(out)
        .arg(input)
        .env("HOME", folder)
        .output()
        .expect("LibreOffice (soffice) is needed for this test: install libreoffice-calc-nogui");
    assert!(
        output.status.success(),
        "soffice failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).expect("a readable workbook")
}

/// A formula's cell: sheet, row and column from 0, formula.
pub type FormulaCell = (String, u32, u32, String);

/// All formulas of a workbook.
pub fn formulas(bytes: &[u8]) -> Vec<FormulaCell> {
    let mut book = open(bytes);
    let mut all = Vec::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_formula(&sheet).expect("formulas");
        let Some((top, left)) = range.start() else {
            continue;
        };
        for (row, col, formula) in range.used_cells() {
            if !formula.is_empty() {
                let place = (top + row as u32, left + col as u32);
                all.push((sheet.clone(), place.0, place.1, formula.clone()));
            }
        }
    }
    all
}

/// The values of a sheet.
pub fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    open(bytes).worksheet_range(name).expect("a sheet")
}

/// Recalculates the workbook; returns the number of formulas and a sentence for each whose stored result differs.
pub fn recalculation_differences(bytes: &[u8]) -> (usize, Vec<String>) {
    let again = convert(bytes, "xlsx");
    let all = formulas(bytes);
    let (mut before, mut after) = (open(bytes), open(&again));
    let mut wrong = Vec::new();
    let mut sheet = String::new();
    let mut ranges = None;
    for (name, row, col, formula) in &all {
        if *name != sheet {
            sheet = name.clone();
            ranges = before
                .worksheet_range(name)
                .ok()
                .zip(after.worksheet_range(name).ok());
        }
        let (stored, computed) = ranges.as_ref().expect("the sheet in both workbooks");
        let stored = stored
            .get_value((*row, *col))
            .cloned()
            .unwrap_or(Data::Empty);
        let computed = computed
            .get_value((*row, *col))
            .cloned()
            .unwrap_or(Data::Empty);
        if !same(&stored, &computed) {
            wrong.push(format!(
                "{name} row {} column {}: stored {stored:?}, recalculated {computed:?}, from {formula}",
                row + 1,
                col + 1
            ));
        }
    }
    (all.len(), wrong)
}

fn same(a: &Data, b: &Data) -> bool {
    let number = |d: &Data| match d {
        Data::Float(v) => Some(*v),
        Data::Int(v) => Some(*v as f64),
        _ => None,
    };
    match (number(a), number(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        (None, None) => a == b,
        _ => false,
    }
}
