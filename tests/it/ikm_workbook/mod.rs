//! The IKM workbook: its own formulas against exact arithmetic, at the edges too; what it does with much, little and hostile.

mod edges;
mod keyed;
mod world;

use std::collections::BTreeSet;

use calamine::{Data, Range, Reader as _, Xlsx};
use tepat::config::ikm::PartialForms;
use tepat::measure::{Figure, FigureTable};
use tepat::report::{self, SheetCapacity};
use tepat::source::ImportKind;

use crate::import::{Office, counts};
use crate::office;
use keyed::{each_cell, figure, number, part, shows};
use world::World;

const SHEETS: [&str; 17] = [
    "Ringkasan",
    "Unsur",
    "Layanan",
    "Bulanan",
    "Responden",
    "Tren",
    "Saran",
    "Rencana Tindak Lanjut",
    "Tindak Lanjut",
    "Hasil Tindak Lanjut",
    "Waktu & Ketepatan",
    "Tingkat Respons",
    "Internal",
    "Matriks",
    "Instrumen",
    "Metode",
    "Temuan",
];

fn sheets(bytes: &[u8]) -> Vec<(String, Range<Data>)> {
    let bytes = std::io::Cursor::new(bytes.to_vec());
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(bytes).unwrap();
    let whole = |(name, sheet): (String, Range<Data>)| {
        let end = sheet.end().unwrap_or_default();
        (name, sheet.range((0, 0), end))
    };
    book.worksheets().into_iter().map(whole).collect()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut all = sheets(bytes).into_iter();
    all.find(|(n, _)| n == name).expect("the sheet").1
}

/// The first sheet as CSV in UTF-8, cells as they are displayed.
const AS_SHOWN: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true";

/// Text of all cells of a sheet.
fn words(sheet: &Range<Data>) -> String {
    let cells = sheet.rows().flatten().map(Data::to_string);
    cells.collect::<Vec<_>>().join("\n")
}

/// Holds a workbook recalculated by LibreOffice against what is stored in it; returns the number of formulas.
fn recalculated(bytes: &[u8]) -> usize {
    let (formulas, wrong) = office::recalculation_differences(bytes);
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
    formulas
}

#[test]
fn libreoffice_recalculates_random_surveys_to_the_figures() {
    for (seed, count, missing, rule) in [
        (1, 60, 0, PartialForms::Available),
        (2, 137, 12, PartialForms::Available),
        (3, 211, 4, PartialForms::Complete),
        (4, 25, 60, PartialForms::Complete),
    ] {
        let bytes = World::random(seed, count, missing).under(rule).book();
        if let Ok(folder) = std::env::var("BOOK_OUT") {
            std::fs::write(format!("{folder}/book{seed}.xlsx"), &bytes).unwrap();
        }
        let formulas = recalculated(&bytes);
        assert!(formulas > 400, "seed {seed}: only {formulas} formulas");
    }
}

#[test]
fn every_keyed_cell_shows_its_figure_and_no_other_number_is_printed() {
    let world = World::random(5, 180, 8);
    let ikm = world.ikm();
    let bytes = world.book();
    let (mut compared, mut wrong) = (0, Vec::new());
    // Numbers that are no figures: weights, shares of the respondents, archived results, the numbers of rows and answers.
    let own = |name: &str, col: u32| match name {
        "Unsur" | "Internal" => col == 7,
        "Responden" => col == 3,
        "Tren" | "Tindak Lanjut" | "Matriks" | "Saran" => true,
        _ => false,
    };
    for (name, sheet) in sheets(&bytes) {
        each_cell(&sheet, |parts, row, col, cell| match parts {
            Some((of_row, of_col)) => match figure(&ikm.figures, of_row, of_col) {
                Some(figure) => {
                    compared += 1;
                    if !shows(cell, &of_col.field, figure) {
                        wrong.push(format!("{name} {row} {col}: {cell:?} against {figure:?}"));
                    }
                }
                None if matches!(cell, Data::String(t) if t == "–") => {}
                None => wrong.push(format!("{name} {row} {col}: {cell:?} is no figure")),
            },
            None if matches!(cell, Data::Float(_) | Data::Int(_)) && !own(&name, col) => {
                // The headline in large letters, and bounds beside their figure.
                let key = sheet.get_value((row, 0)).map(Data::to_string);
                let mut of_row = part(&key.unwrap_or_default());
                match (row, col) {
                    (4, _) => of_row.indicator = "ikm.unit".to_owned(),
                    (_, 4) => of_row.indicator += ".low",
                    _ => of_row.indicator += ".high",
                }
                let figure = figure(&ikm.figures, &of_row, &part(""));
                if name != "Ringkasan" || !figure.is_some_and(|f| shows(cell, "", f)) {
                    wrong.push(format!("{name} {row} {col}: {cell:?} has no key"));
                }
            }
            None => {}
        });
    }
    assert!(compared > 1_000, "only {compared} cells");
    assert!(
        wrong.is_empty(),
        "{} wrong: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(20)]
    );
}

/// Cells of the row below the forms that begins with `label`.
fn result<'s>(sheet: &'s Range<Data>, label: &str) -> &'s [Data] {
    let mut rows = sheet.rows();
    let row = rows.find(|r| r[0].to_string().starts_with(label));
    &row.unwrap_or_else(|| panic!("no row {label}"))[8..]
}

#[test]
fn the_results_below_the_forms_are_the_figures_of_each_element_and_of_the_unit() {
    for rule in [PartialForms::Available, PartialForms::Complete] {
        let world = World::random(6, 150, 6).under(rule);
        let ikm = world.ikm();
        let matrix = sheet(&world.book(), "Matriks");
        let of = |indicator: &str, group: &[(&str, &str)]| {
            ikm.figures
                .get(indicator, "2026-S1", group)
                .expect(indicator)
        };
        for (at, element) in ikm.survey.instrument.elements.iter().enumerate() {
            let group = [("element", element.code.as_str())];
            for (label, field, indicator) in [
                ("Jumlah nilai", "numerator", "ikm.element"),
                ("Banyaknya jawaban", "denominator", "ikm.element"),
                ("Ditanyakan", "", "ikm.element.missing"),
                ("NRR per unsur", "", "ikm.element"),
                ("NRR tertimbang", "", "ikm.element.weighted"),
                ("Indeks unsur", "", "ikm.element.index"),
                ("Mutu unsur", "printed", "ikm.element.grade"),
            ] {
                let cell = &result(&matrix, label)[at];
                assert!(
                    shows(cell, field, of(indicator, &group)),
                    "{label} {at}: {cell:?}"
                );
            }
        }
        let unit = of("ikm.unit", &[]);
        let ikm_cell = &result(&matrix, "IKM unit pelayanan")[0];
        assert_eq!(*ikm_cell, Data::Float(number(&unit.printed).unwrap()));
        assert_eq!(
            result(&matrix, "Formulir yang dihitung")[0],
            Data::Float(unit.n as f64)
        );
        assert_eq!(
            result(&matrix, "Mutu pelayanan")[0].to_string(),
            of("ikm.grade", &[]).printed
        );
        let other = match rule {
            PartialForms::Available => "complete",
            PartialForms::Complete => "available",
        };
        let other = of("ikm.unit.partial", &[("rule", other)]);
        assert!(shows(&result(&matrix, "Pembanding")[0], "", other));
        assert_ne!(other.printed, unit.printed, "the two rules are told apart");
    }
}

/// The workbook with one figure changed before it is written.
fn planted(world: &World, indicator: &str, change: impl Fn(&mut Figure)) -> Vec<String> {
    let mut ikm = world.ikm();
    let mut figures = FigureTable::default();
    for row in ikm.figures.rows() {
        let mut row = row.clone();
        if row.indicator == indicator && row.period == "2026-S1" && row.group.is_empty() {
            change(&mut row);
        }
        figures.push(row);
    }
    figures.sort();
    ikm.figures = figures;
    let bytes = report::ikm::workbook(&world.report(&ikm), SheetCapacity::default()).unwrap();
    office::recalculation_differences(&bytes).1
}

#[test]
fn a_planted_wrong_value_is_found_wherever_it_stands() {
    let world = World::random(7, 40, 5);
    let wrong = planted(&world, "ikm.unit", |f| f.printed = "99,99".to_owned());
    for name in [
        "Ringkasan",
        "Unsur",
        "Layanan",
        "Bulanan",
        "Responden",
        "Matriks",
    ] {
        let found = |w: &&String| w.starts_with(&format!("{name} row")) && w.contains("99.99");
        assert!(
            wrong.iter().any(|w| found(&w)) || name == "Responden",
            "{name}: {wrong:#?}"
        );
    }
    let wrong = planted(&world, "ikm.grade", |f| f.printed = "D".to_owned());
    assert!(wrong.iter().any(|w| w.starts_with("Matriks")), "{wrong:#?}");
}

#[test]
fn without_forms_and_with_one_the_workbook_opens_and_says_so() {
    let empty = World::new(Vec::new()).book();
    recalculated(&empty);
    let matrix = sheet(&empty, "Matriks");
    assert_eq!(
        result(&matrix, "IKM unit pelayanan")[0].to_string(),
        "belum ada data"
    );
    assert_eq!(result(&matrix, "Mutu pelayanan")[0].to_string(), "–");
    for name in ["Ringkasan", "Unsur"] {
        assert!(
            words(&sheet(&empty, name)).contains("belum ada data"),
            "{name}"
        );
    }
    for name in ["Layanan", "Saran", "Rencana Tindak Lanjut", "Matriks"] {
        assert!(
            words(&sheet(&empty, name)).contains("Belum ada data"),
            "{name}"
        );
    }
    let one = World::random(8, 1, 0).book();
    recalculated(&one);
    let matrix = sheet(&one, "Matriks");
    assert!(matches!(
        result(&matrix, "IKM unit pelayanan")[0],
        Data::Float(_)
    ));
    assert!(words(&sheet(&one, "Ringkasan")).contains("belum memadai"));
}

#[test]
fn forms_beyond_a_sheet_go_on_to_a_further_one_and_formulas_add_both() {
    let world = World::random(9, 95, 7);
    let capacity = SheetCapacity {
        rows_per_sheet: 40,
        table_rows: 100,
    };
    let bytes = world.book_of(capacity);
    assert!(recalculated(&bytes) > 500);
    let names: Vec<String> = sheets(&bytes).into_iter().map(|(n, _)| n).collect();
    assert!(names.iter().any(|n| n == "Matriks 3"), "{names:?}");
    let sum = |(name, .., formula): &office::FormulaCell| {
        name == "Matriks 3" && formula.contains("'Matriks 2'!") && formula.starts_with("SUM")
    };
    assert!(office::formulas(&bytes).iter().any(sum));
    let (matrix, whole) = (sheet(&bytes, "Matriks 3"), sheet(&world.book(), "Matriks"));
    for label in ["Jumlah nilai", "NRR per unsur", "IKM unit"] {
        assert_eq!(result(&matrix, label), result(&whole, label), "{label}");
    }
}

#[test]
fn beyond_the_limit_of_a_table_the_matrix_holds_values_and_says_so() {
    let world = World::random(10, 95, 7);
    let capacity = SheetCapacity {
        rows_per_sheet: 100_000,
        table_rows: 94,
    };
    let bytes = world.book_of(capacity);
    recalculated(&bytes);
    let of_matrix = |(name, ..): &office::FormulaCell| name.starts_with("Matriks");
    assert!(!office::formulas(&bytes).iter().any(of_matrix));
    let referring = |(.., formula): &office::FormulaCell| formula.contains("COUNTIFS(");
    assert!(!office::formulas(&bytes).iter().any(referring));
    let (matrix, live) = (sheet(&bytes, "Matriks"), sheet(&world.book(), "Matriks"));
    let said = "Formulir lebih dari 94: lembar ini memuat nilai saja, tanpa rumus";
    assert!(words(&matrix).contains(said));
    for label in [
        "Jumlah nilai",
        "NRR per unsur",
        "IKM unit",
        "Mutu pelayanan",
        "Pembanding",
    ] {
        assert_eq!(result(&matrix, label), result(&live, label), "{label}");
    }
}

#[test]
fn hostile_texts_stay_text_and_long_ones_are_cut() {
    let mut world = World::random(11, 30, 0);
    let long = "panjang ".repeat(6_000);
    let texts = [
        "=1+SUM(2)",
        "+1 loket",
        "-1 loket",
        "@SUM(A1)",
        "a\u{1}b\u{b}c",
        &long,
    ];
    for (form, text) in world.forms.iter_mut().zip(&texts) {
        form.suggestion = Some((*text).to_owned());
        form.occupation = Some((*text).into());
        form.education = Some((*text).into());
    }
    world.forms[0].service = "-2+3".into();
    let bytes = world.book();
    recalculated(&bytes);
    for name in ["Saran", "Matriks"] {
        let shown: BTreeSet<String> = sheet(&bytes, name)
            .rows()
            .flatten()
            .map(Data::to_string)
            .collect();
        // What looks like an address of mail is masked among the suggestions.
        let kept = |t: &&&str| name == "Matriks" || !t.starts_with('@');
        for text in texts[..4].iter().filter(kept) {
            assert!(shown.contains(*text), "{name}: {text}");
        }
        assert!(
            shown
                .iter()
                .any(|t| t.starts_with("panjang") && t.ends_with('…')),
            "{name}"
        );
    }
    let plain = |(_, _, _, formula): &office::FormulaCell| !formula.contains("SUM(2)");
    assert!(office::formulas(&bytes).iter().all(plain));
}

#[test]
fn no_cell_is_an_error_in_libreoffice() {
    for world in [World::new(Vec::new()), World::random(12, 70, 10)] {
        let again = office::convert(&world.book(), "xlsx");
        for (name, sheet) in sheets(&again) {
            let wrong =
                |c: &&Data| matches!(c, Data::Error(_)) || c.to_string().starts_with("Err:");
            assert_eq!(sheet.rows().flatten().find(wrong), None, "{name}");
        }
    }
}

#[test]
fn the_sheets_stand_in_their_order_with_the_banner_and_equal_inputs_are_equal_bytes() {
    let world = World::random(13, 50, 5);
    let bytes = world.book();
    let all = sheets(&bytes);
    let names: Vec<&str> = all.iter().map(|(n, _)| n.as_str()).collect();
    assert_eq!(names, SHEETS);
    for (name, sheet) in &all {
        let mut top = sheet.rows().take(6).flatten();
        assert!(
            top.any(|c| c.to_string().contains("Data sintetis")),
            "{name}"
        );
    }
    assert!(bytes == world.book(), "the bytes differ");
    let mut real = World::random(13, 50, 5);
    real.office.synthetic = false;
    real.settings.internal.clear();
    let all = sheets(&real.book());
    assert!(
        all.iter()
            .all(|(n, s)| n != "Internal" && !words(s).contains("Data sintetis"))
    );
}

#[test]
fn what_a_spreadsheet_displays_is_what_is_printed() {
    let bytes = World::random(14, 160, 9).book();
    let csv = office::convert(&bytes, AS_SHOWN);
    let displayed = String::from_utf8(csv).unwrap();
    let summary = sheet(&bytes, "Ringkasan");
    let printed = |code: &str| {
        let mut rows = summary.rows();
        let row = rows.find(|r| r[0] == *code).expect(code);
        row[6].to_string()
    };
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader
        .flexible(true)
        .has_headers(false)
        .from_reader(displayed.as_bytes());
    let mut compared = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let (code, shown) = (
            row.get(0).unwrap_or_default(),
            row.get(2).unwrap_or_default(),
        );
        if !code.starts_with("ikm.") {
            continue;
        }
        let indonesian = |c| match c {
            '.' => ',',
            ',' => '.',
            '-' => '−',
            c => c,
        };
        let shown: String = shown.chars().map(indonesian).collect();
        let printed = printed(code).replace(" poin", "").replace(" %", "%");
        if shown.starts_with(|c: char| c.is_ascii_digit() || "+−".contains(c)) {
            assert_eq!(shown, printed, "{code}");
            compared += 1;
        }
    }
    assert!(compared > 15, "only {compared}");
}

#[test]
fn the_form_is_imported_again_and_the_table_of_the_plan_follows_it() {
    let world = World::random(15, 120, 3);
    let bytes = world.book();
    let office = Office::new();
    let file = office.file("ikm-2026-S1.xlsx", &bytes);
    let report = office.import(ImportKind::Followups, &file);
    let rows = 1 + world.ikm().survey.weakest.len() as u64;
    assert_eq!(
        counts(&report),
        [rows, rows, 0, 0, 0],
        "the line entered and the weakest three"
    );
    assert_eq!(report.findings, 0, "{:?}", report.examples);
    let stored = tepat::source::store::followups(office.path()).unwrap();
    let first = stored.iter().find(|r| r.group == "element=BIAYA").unwrap();
    assert_eq!(
        first, &world.followups[1].row,
        "what was entered comes back as it was"
    );
    let ids: BTreeSet<&str> = stored.iter().map(|r| r.followup_id.as_str()).collect();
    assert_eq!(ids.len() as u64, rows, "{ids:?}");
    assert!(
        stored
            .iter()
            .all(|r| r.indicator == "ikm.element" && r.period == "2026-S1")
    );
    let plan = sheet(&bytes, "Rencana Tindak Lanjut");
    let text = words(&plan);
    assert!(
        text.contains("=Menambah loket dan mengumumkan") && text.contains("√ 2026"),
        "{text}"
    );
    let outcome = words(&sheet(&bytes, "Hasil Tindak Lanjut"));
    assert!(
        outcome.contains("Berita acara nomor 12") && outcome.contains("Sudah"),
        "{outcome}"
    );
}
