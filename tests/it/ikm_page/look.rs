//! The page in a browser: phone, desk and paper, and the search of suggestions with and without script.

use super::fixture::made;
use super::page;
use crate::browser;

#[test]
fn the_page_fits_phone_and_desk_and_tables_scroll_in_their_own_box() {
    for count in [0, 400] {
        let page = page(&made(count));
        for width in [390, 1280] {
            let seen = browser::open_at(&page, width);
            assert_eq!(seen.scroll_width, seen.client_width, "{seen:#?}");
            assert!(seen.overflowing.is_empty(), "{seen:#?}");
            assert!(seen.console.is_empty(), "{seen:#?}");
            assert!(seen.requests.is_empty(), "{seen:#?}");
        }
    }
}

#[test]
fn the_page_prints_on_a4_with_the_banner_on_every_page() {
    let pdf = browser::pdf(&page(&made(400)));
    assert_eq!(browser::pdf_size(&pdf), (595, 842));
    let pages = browser::pdf_pages(&pdf);
    assert!(pages.len() > 5);
    for (i, text) in pages.iter().enumerate() {
        assert!(text.contains("Data sintetis"), "page {}: {text}", i + 1);
    }
}

#[test]
fn suggestions_are_searched_and_without_script_all_of_them_show() {
    let made = made(400);
    let page = page(&made);
    let all = made.ikm().suggestions.len();
    let with = |word: &str| {
        let ikm = made.ikm();
        let has = ikm
            .suggestions
            .iter()
            .filter(|s| s.text.to_lowercase().contains(word));
        has.count()
    };
    let found = browser::search(&page, "LAMA  prosesnya", true);
    assert_eq!(
        (found.shown, found.field),
        (with("prosesnya terlalu lama"), true),
        "{found:?}"
    );
    assert!(found.said.contains("saran ditemukan"), "{found:?}");
    let none = browser::search(&page, "tidak ada yang begini", true);
    assert_eq!(none.shown, 0, "{none:?}");
    let back = browser::search(&page, "", true);
    assert_eq!((back.shown, back.said.as_str()), (all, ""), "{back:?}");
    let off = browser::search(&page, "lama", false);
    assert_eq!((off.shown, off.field), (all, false), "{off:?}");
}
