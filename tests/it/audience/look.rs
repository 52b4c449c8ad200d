//! The pages in a browser: no scroll sideways at phone or desk width, no message, no request; A4 on paper.

use tepat::report::performance::{personal, public};

use super::random::office;
use crate::browser;

fn fits(page: &str) {
    for width in [360, 1280] {
        let seen = browser::open_at(page, width);
        assert_eq!(seen.scroll_width, seen.client_width, "{seen:#?}");
        assert!(seen.overflowing.is_empty(), "{seen:#?}");
        assert!(seen.console.is_empty(), "{seen:#?}");
        assert!(seen.requests.is_empty(), "{seen:#?}");
    }
    let pdf = browser::pdf(page);
    assert_eq!(browser::pdf_size(&pdf), (595, 842));
    for (i, text) in browser::pdf_pages(&pdf).iter().enumerate() {
        assert!(text.contains("Data sintetis"), "page {}: {text}", i + 1);
    }
}

#[test]
fn the_public_page_fits_phone_desk_and_paper() {
    let made = office(42);
    let report = made.report();
    fits(&public::html(&report, &public::shown(&report)).expect("a page"));
}

#[test]
fn a_personal_page_fits_phone_desk_and_paper() {
    let made = office(42);
    let report = made.report();
    let officers = personal::officers(&report);
    let most = officers.first().expect("an officer");
    fits(&personal::html(&report, most).expect("a page"));
}

#[test]
fn an_office_with_hardly_a_case_still_makes_both_editions() {
    let made = super::made(&[], super::library(1), &[]);
    let report = made.report();
    let shown = public::shown(&report);
    assert!(public::html(&report, &shown).is_ok() && public::workbook(&report, &shown).is_ok());
    assert!(personal::officers(&report).is_empty());
}
