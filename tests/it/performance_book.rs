//! The workbook of the demo's performance report: every keyed cell against the table of figures, every formula against its
//! stored result, and the form that the office gives back.

use std::collections::BTreeMap;

use calamine::{Data, Range, Reader as _, Xlsx};
use serde_json::Value;

use crate::{office, whole};

/// Sheets written for this report, in their order after Ringkasan.
const SHEETS: [&str; 15] = [
    "Bulanan",
    "Kepekaan",
    "Sebaran",
    "Pengembalian",
    "Tahapan Bulanan",
    "Tahapan XmR",
    "OPD",
    "Petugas",
    "Petugas Langkah",
    "Jabatan",
    "Kesesuaian",
    "Kesesuaian Berkas",
    "Jalur",
    "Tindak Lanjut",
    "Tindak Lanjut Lalu",
];

const SEMESTER: &str = "2026-S1";

type Key = (String, String, BTreeMap<String, String>);

fn file(name: &str) -> Vec<u8> {
    let edition = whole::office().join("reports/2026-S1/performance/1");
    std::fs::read(edition.join(name)).unwrap()
}

fn book() -> Vec<u8> {
    file("performance-2026-S1.xlsx")
}

fn sheets(bytes: Vec<u8>) -> Vec<(String, Range<Data>)> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    book.worksheets()
}

fn figures() -> BTreeMap<Key, Value> {
    let rows: Vec<Value> = serde_json::from_slice(&file("figures.json")).unwrap();
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    let key = |f: &Value| {
        let group = f["group"].as_object().unwrap();
        let group = group.iter().map(|(k, v)| (k.clone(), text(v))).collect();
        (text(&f["indicator"]), text(&f["period"]), group)
    };
    rows.into_iter().map(|f| (key(&f), f)).collect()
}

/// A part of a key: `indicator@period{k=v;k=v}/field`.
#[derive(Default)]
struct Part {
    indicator: String,
    period: String,
    group: BTreeMap<String, String>,
    field: String,
}

fn part(code: &str) -> Part {
    let (head, group) = match code.split_once('{') {
        Some((head, rest)) => {
            let (group, tail) = rest.rsplit_once('}').unwrap();
            (format!("{head}{tail}"), group)
        }
        None => (code.to_owned(), ""),
    };
    let (head, field) = head.split_once('/').unwrap_or((&head, ""));
    let (indicator, period) = head.split_once('@').unwrap_or((head, ""));
    let pairs = group.split(';').filter_map(|p| p.split_once('='));
    Part {
        indicator: indicator.to_owned(),
        period: period.to_owned(),
        group: pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
        field: field.to_owned(),
    }
}

fn join(row: &Part, column: &Part) -> (Key, String) {
    let either = |a: &str, b: &str| {
        if a.is_empty() {
            b.to_owned()
        } else {
            a.to_owned()
        }
    };
    let mut group = row.group.clone();
    group.extend(column.group.clone());
    let period = either(&either(&row.period, &column.period), SEMESTER);
    let key = (either(&row.indicator, &column.indicator), period, group);
    (key, either(&column.field, &row.field))
}

fn text(cell: Option<&Data>) -> &str {
    match cell {
        Some(Data::String(t)) => t,
        _ => "",
    }
}

/// Calls `see` with every cell of the sheet's tables whose row and column name a figure.
fn each_cell(sheet: &Range<Data>, mut see: impl FnMut(Key, &str, &Data)) {
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let mut columns: Vec<(usize, Part)> = Vec::new();
    let mut after = 0;
    for (at, row) in rows.iter().enumerate() {
        let first = text(row.first());
        if first == "Kode" {
            let codes = rows[at + 1].iter().enumerate();
            columns = codes
                .filter(|(_, c)| !text(Some(c)).is_empty())
                .map(|(col, c)| (col, part(text(Some(c)))))
                .collect();
            after = at + 1;
            continue;
        }
        // A title, a note or a list ends the table.
        if first.is_empty()
            || first.contains(' ') && !first.contains('{')
            || first.starts_with("BRK-")
        {
            if at > after && !first.is_empty() {
                columns.clear();
            }
            continue;
        }
        let code = part(first);
        for (col, column) in columns.iter().filter(|_| at > after) {
            let (key, field) = join(&code, column);
            see(key, &field, row.get(*col).unwrap_or(&Data::Empty));
        }
    }
}

/// Whether the cell shows that field of the figure.
fn shows(cell: &Data, field: &str, figure: &Value) -> bool {
    let none = matches!(cell, Data::String(t) if t == "–");
    let number = match cell {
        Data::Float(v) => Some(*v),
        Data::Int(v) => Some(*v as f64),
        _ => None,
    };
    let close = |a: f64, b: f64| (a - b).abs() < 1e-6 * b.abs().max(1.0);
    let value = figure["value"].as_f64();
    match field {
        "printed" => text(Some(cell)) == figure["printed"],
        "n" => number == figure["n"].as_f64(),
        "numerator" if value.is_none() => none || number == Some(0.0),
        "numerator" | "denominator" => number == figure[field].as_f64(),
        "60" => match number {
            Some(hours) => value.is_some_and(|v| close(60.0 * hours, v)),
            None => true,
        },
        _ => match value {
            Some(v) => number.is_some_and(|x| close(x, v) || close(100.0 * x, v)),
            None => text(Some(cell)) == figure["printed"],
        },
    }
}

#[test]
fn every_keyed_cell_of_the_new_sheets_shows_its_figure() {
    let figures = figures();
    let (mut compared, mut wrong) = (0, Vec::new());
    for (name, sheet) in sheets(book())
        .iter()
        .filter(|(n, _)| SHEETS.contains(&n.as_str()))
    {
        each_cell(sheet, |key, field, cell| match figures.get(&key) {
            Some(figure) => {
                compared += 1;
                if !shows(cell, field, figure) {
                    wrong.push(format!(
                        "{name}: {key:?} {field}: {cell:?} against {figure}"
                    ));
                }
            }
            None if matches!(cell, Data::Empty) || text(Some(cell)) == "–" => {}
            None => wrong.push(format!("{name}: {key:?} {field}: {cell:?} is no figure")),
        });
    }
    assert!(compared > 4_000, "only {compared} cells");
    assert!(
        wrong.is_empty(),
        "{} wrong: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(20)]
    );
}

#[test]
fn the_figures_that_only_this_report_has_are_all_in_the_workbook() {
    let mut seen = std::collections::BTreeSet::new();
    for (_, sheet) in sheets(book())
        .iter()
        .filter(|(n, _)| SHEETS.contains(&n.as_str()))
    {
        each_cell(sheet, |key, _, _| {
            seen.insert(key);
        });
    }
    let families = [
        "sensitivity.",
        "limit_margin.",
        "days_used.",
        "open.ageing",
        "returns.",
        "lost_days.",
        "agency.",
        "personnel.",
        "conformance.",
        "variant.",
        "map.",
        "follow_up.",
    ];
    let own = |key: &Key| key.1 == SEMESTER && families.iter().any(|f| key.0.starts_with(f));
    let missing: Vec<Key> = figures()
        .into_keys()
        .filter(|k| own(k) && !seen.contains(k))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn libreoffice_finds_every_formula_of_the_semester_true() {
    let (formulas, wrong) = office::recalculation_differences(&book());
    assert!(formulas > 1_500, "only {formulas} formulas");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_sheets_stand_in_their_order_and_say_that_the_office_is_synthetic() {
    let sheets = sheets(book());
    let names: Vec<&str> = sheets.iter().map(|(n, _)| n.as_str()).collect();
    assert_eq!(names[0], "Ringkasan");
    assert_eq!(names[1..16], SHEETS);
    assert_eq!(
        names[16..],
        ["Tahapan", "Berkas", "Pelaksanaan", "Temuan Data", "Metode"]
    );
    for (name, sheet) in &sheets {
        let mut top = sheet.rows().take(6).flatten();
        assert!(
            top.any(|c| c.to_string().contains("Data sintetis")),
            "{name}"
        );
    }
}

#[test]
fn the_form_has_its_heads_in_row_five_and_a_row_for_each_finding() {
    let sheets = sheets(book());
    let (_, form) = sheets.iter().find(|(n, _)| n == "Tindak Lanjut").unwrap();
    let row = |r: u32| -> Vec<String> {
        (0..12)
            .map(|c| {
                form.get_value((r, c))
                    .map(Data::to_string)
                    .unwrap_or_default()
            })
            .collect()
    };
    assert_eq!(
        row(4).join(" | "),
        "Nomor | Periode | Indikator | Kelompok | Temuan | Angka saat itu | Sebab | Tindakan | Penanggung jawab | \
         Batas waktu | Selesai pada | Catatan"
    );
    let figures = figures();
    let last = form.end().unwrap().0;
    assert!(last > 5, "no finding is proposed");
    for (n, at) in (1..).zip(5..=last) {
        let cells = row(at);
        assert_eq!(cells[0], format!("{SEMESTER}-{n:02}"));
        assert_eq!(cells[1], SEMESTER);
        let of = part(&format!("{}{{{}}}", cells[2], cells[3]));
        let figure = &figures[&(of.indicator, SEMESTER.to_owned(), of.group)];
        assert_eq!(cells[5], figure["printed"].as_str().unwrap());
        assert!(cells[4].ends_with('.') && cells[6..].iter().all(String::is_empty));
    }
}
