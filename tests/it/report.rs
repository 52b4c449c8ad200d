//! The monthly review: every figure wrapped and escaped, formulas that recalculate to what is stored, sheets that spill.

use std::collections::{BTreeMap, BTreeSet};

use calamine::Data;
use tepat::report::html::{escape, figure_markup};
use tepat::report::{self, SYNTHETIC_BANNER, SheetCapacity};

use crate::report_fixture::{Fixture, HOSTILE, fixture};
use crate::{browser, office};

fn book(f: &Fixture) -> Vec<u8> {
    report::workbook(&f.report(), SheetCapacity::default()).expect("a workbook")
}

fn page(f: &Fixture) -> String {
    report::html(&f.report()).expect("a page")
}

#[test]
fn the_page_prints_every_figure_wrapped_with_its_key() {
    let f = fixture(240);
    let page = page(&f);
    let missing: BTreeSet<String> = f
        .overview
        .figures
        .rows()
        .iter()
        .filter(|x| !(x.indicator == "findings.count" && x.value == Some(0.0)))
        .map(|x| figure_markup(x).to_string())
        .filter(|wrapped| !page.contains(wrapped))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_page_escapes_hostile_texts_and_needs_nothing_else() {
    let page = page(&fixture(240));
    assert!(!page.contains("<script"), "a script got through");
    assert!(page.contains(&escape(HOSTILE[1])));
    for outside in ["src=", "url(", "@import", "http://", "https://"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("ditahan (n = "));
    assert!(page.contains(SYNTHETIC_BANNER));
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"id\">"));
}

#[test]
fn a_real_office_carries_no_banner() {
    let mut f = fixture(24);
    f.office.synthetic = false;
    assert!(!page(&f).contains(SYNTHETIC_BANNER));
}

#[test]
fn long_lists_are_cut_with_the_full_count_and_where_the_rest_stands() {
    let page = page(&fixture(1_200));
    assert!(page.contains("Ditampilkan 50 dari 100 berkas; selengkapnya pada lembar Berkas"));
}

#[test]
fn equal_inputs_are_equal_bytes() {
    let f = fixture(60);
    assert_eq!(book(&f), book(&f));
    assert_eq!(page(&f), page(&f));
}

#[test]
fn libreoffice_recalculates_every_formula_to_its_stored_value() {
    let (formulas, wrong) = office::recalculation_differences(&book(&fixture(240)));
    assert!(formulas > 100, "only {formulas} formulas");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The printed words of Ringkasan by code, e.g. `on_time.due{pause=include}` or `on_time.due@2026-05`.
fn printed_by_code(bytes: &[u8]) -> BTreeMap<String, String> {
    let sheet = office::sheet(bytes, "Ringkasan");
    let mut all = BTreeMap::new();
    for row in 5..200 {
        let cell = |col| match sheet.get_value((row, col)) {
            Some(Data::String(s)) => s.clone(),
            _ => String::new(),
        };
        let (code, printed) = (cell(0), cell(6));
        if code.contains('.') {
            all.insert(code, printed);
        }
    }
    all
}

#[test]
fn the_workbook_prints_the_words_of_its_figures() {
    let f = fixture(240);
    let shown = printed_by_code(&book(&f));
    let mut compared = 0;
    for x in f.overview.figures.rows() {
        let group: Vec<String> = x.group.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let code = match (group.is_empty(), x.period == "2026-06") {
            (true, true) => x.indicator.clone(),
            (true, false) => format!("{}@{}", x.indicator, x.period),
            (false, _) => format!("{}{{{}}}", x.indicator, group.join(";")),
        };
        if let Some(printed) = shown.get(&code) {
            assert_eq!(*printed, x.printed, "{code}");
            compared += 1;
        }
    }
    assert!(
        compared >= 70,
        "only {compared} figures on Ringkasan: {shown:#?}"
    );
}

#[test]
fn a_planted_wrong_value_is_found() {
    let mut f = fixture(240);
    let mut figures = tepat::measure::FigureTable::default();
    for row in f.overview.figures.rows() {
        let mut row = row.clone();
        if row.indicator == "due.count" {
            row.value = Some(999.0);
        }
        figures.push(row);
    }
    f.overview.figures = figures;
    let (_, wrong) = office::recalculation_differences(&book(&f));
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    assert!(wrong[0].contains("Float(999.0)"), "{wrong:#?}");
}

#[test]
fn rows_beyond_a_sheet_go_on_to_a_further_one_and_formulas_add_both() {
    let f = fixture(240);
    for (rows_per_sheet, table_rows) in [(100, 100_000), (100, 50), (100_000, 50)] {
        let capacity = SheetCapacity {
            rows_per_sheet,
            table_rows,
        };
        let bytes = report::workbook(&f.report(), capacity).expect("a workbook");
        let (formulas, wrong) = office::recalculation_differences(&bytes);
        assert!(
            formulas > 100 && wrong.is_empty(),
            "{capacity:?}: {wrong:#?}"
        );
        let second = office::formulas(&bytes)
            .iter()
            .any(|(.., formula)| formula.contains("+COUNTIFS(Berkas_2"));
        assert_eq!(second, rows_per_sheet == 100, "{capacity:?}");
    }
}

#[test]
fn text_that_starts_like_a_formula_stays_text() {
    let f = fixture(240);
    let bytes = book(&f);
    let sheet = office::sheet(&bytes, "Berkas");
    let texts: BTreeSet<String> = (5..300)
        .filter_map(|row| match sheet.get_value((row, 0)) {
            Some(Data::String(s)) => Some(s.clone()),
            _ => None,
        })
        .collect();
    for case in &f.scored.cases {
        assert!(texts.contains(&case.case_id), "{}", case.case_id);
    }
    let own = |sheet: &str| sheet.starts_with("Ringkasan") || sheet.starts_with("Tahapan");
    assert!(
        office::formulas(&bytes)
            .iter()
            .all(|(sheet, ..)| own(sheet))
    );
}

#[test]
fn no_cases_still_make_a_page_and_a_workbook() {
    let f = fixture(0);
    assert!(page(&f).contains("Tidak ada."));
    let (_, wrong) = office::recalculation_differences(&book(&f));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_page_fits_phone_and_desk_without_message_or_request() {
    let page = page(&fixture(240));
    for width in [360, 1280] {
        let seen = browser::open_at(&page, width);
        assert_eq!(seen.scroll_width, seen.client_width, "{seen:#?}");
        assert!(seen.overflowing.is_empty(), "{seen:#?}");
        assert!(seen.console.is_empty(), "{seen:#?}");
        assert!(seen.requests.is_empty(), "{seen:#?}");
    }
}

#[test]
fn the_page_prints_on_a4_with_the_banner_on_every_page() {
    let pdf = browser::pdf(&page(&fixture(240)));
    let (width, height) = browser::pdf_size(&pdf);
    assert_eq!((width, height), (595, 842));
    let pages = browser::pdf_pages(&pdf);
    assert!(pages.len() > 2);
    for (i, text) in pages.iter().enumerate() {
        assert!(text.contains("Data sintetis"), "page {}: {text}", i + 1);
    }
}
