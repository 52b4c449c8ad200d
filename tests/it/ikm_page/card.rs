//! The publication card: words, one sheet of A4, pictures of the same bytes.

use tepat::report::ikm::{card_html, card_png, card_square_png, card_square_svg, card_svg};

use super::fixture::{Made, made};
use super::unescape;
use crate::browser;
use crate::report_fixture::HOSTILE;

fn svg(made: &Made) -> String {
    let ikm = made.ikm();
    card_svg(&made.report(&ikm)).expect("a card")
}

/// The lines of a card, in the order they are drawn.
fn lines(svg: &str) -> Vec<String> {
    let texts = svg.split("<text ").skip(1);
    let texts = texts.filter_map(|t| t.split_once('>')?.1.split_once("</text>"));
    texts.map(|(line, _)| unescape(line)).collect()
}

#[test]
fn the_card_says_what_the_ministrys_model_says() {
    let made = made(60);
    let ikm = made.ikm();
    let of = |indicator: &str| {
        &ikm.figures
            .get(indicator, "2026-S1", &[])
            .expect("a figure")
            .printed
    };
    let drawn = svg(&made);
    let said = lines(&drawn).join(" ");
    for words in [
        "Data sintetis",
        "INDEKS KEPUASAN MASYARAKAT (IKM)",
        "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU CONTOH",
        "PEMERINTAH PROVINSI CONTOH",
        "SEMESTER I TAHUN 2026",
        "NILAI IKM",
        of("ikm.unit"),
        "MUTU PELAYANAN",
        "NAMA LAYANAN",
        "Seluruh layanan",
        "RESPONDEN",
        "60 orang",
        "JENIS KELAMIN",
        "PENDIDIKAN",
        "PERIODE SURVEI",
        "1 Januari – 30 Juni 2026",
        "TERIMA KASIH ATAS PENILAIAN YANG TELAH ANDA BERIKAN.",
        "KUALITAS PELAYANAN BAGI MASYARAKAT.",
        "Jumlah responden belum memadai",
    ] {
        assert!(said.contains(words), "{words} is not in {said}");
    }
    let title = drawn.split_once("<title").expect("a title").1;
    assert!(title.contains(of("ikm.unit").as_str()) && drawn.contains("<desc"));
}

#[test]
fn without_answers_the_card_says_so_and_names_no_grade() {
    let made = made(0);
    let said = lines(&svg(&made)).join(" ");
    assert!(
        said.contains("BELUM ADA DATA") && said.contains("0 orang"),
        "{said}"
    );
    assert!(
        !said.contains("MUTU PELAYANAN") && !said.contains("memadai"),
        "{said}"
    );
}

#[test]
fn names_of_any_length_and_any_number_of_services_find_room() {
    let mut made = made(400);
    made.office.name = format!(
        "{} {}",
        "Dinas Penanaman Modal dan Pelayanan Terpadu ".repeat(6),
        HOSTILE[1]
    );
    let standard = made.library.services["SOP-CONTOH-01"].clone();
    let mut ikm_services: Vec<String> = Vec::new();
    for n in 0..40 {
        let code = format!("SOP-{n:02}");
        made.library.services.insert(code.clone(), standard.clone());
        ikm_services.push(code);
    }
    for form in &mut made.forms {
        form.case_id = None;
    }
    let mut ikm = made.ikm();
    ikm.services.extend(ikm_services);
    let said = lines(&card_svg(&made.report(&ikm)).expect("a card")).join(" ");
    assert!(
        said.contains("layanan lain") || said.contains('…'),
        "{said}"
    );
    assert!(said.contains('…') && said.contains("NILAI IKM"), "{said}");
}

#[test]
fn one_service_is_named_and_hostile_names_stay_text() {
    let made = made(40);
    let mut ikm = made.ikm();
    ikm.services = vec!["SOP-CONTOH-03".into()];
    let drawn = card_svg(&made.report(&ikm)).expect("a card");
    let said = lines(&drawn).join(" ");
    assert!(said.contains("Izin Usaha \"Contoh\" & Lainnya"), "{said}");
    assert!(!said.contains("Seluruh layanan"), "{said}");
    assert!(!drawn.contains("<script") && !drawn.contains("& Lainnya<"));
}

#[test]
fn pictures_have_their_size_and_the_same_bytes_each_time() {
    let made = made(400);
    let ikm = made.ikm();
    let r = made.report(&ikm);
    for (make, width, height) in [
        (card_png as fn(&_) -> _, 1240_u32, 1754_u32),
        (card_square_png, 1080, 1080),
    ] {
        let picture: Vec<u8> = make(&r).expect("a picture");
        assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(picture[16..20], width.to_be_bytes());
        assert_eq!(picture[20..24], height.to_be_bytes());
        assert_eq!(&picture[37..41], b"pHYs");
        assert!(picture == make(&r).expect("a picture"), "the bytes differ");
        assert!(
            picture.len() > 20_000,
            "{} bytes: nothing is drawn",
            picture.len()
        );
    }
}

#[test]
fn the_card_prints_on_one_sheet_of_a4_with_its_text_as_text() {
    for count in [0, 400] {
        let made = made(count);
        let ikm = made.ikm();
        let page = card_html(&made.report(&ikm)).expect("a page");
        let pdf = browser::pdf(&page);
        assert_eq!(browser::pdf_size(&pdf), (595, 842));
        let pages = browser::pdf_pages(&pdf);
        assert_eq!(pages.len(), 1, "{pages:#?}");
        assert!(
            pages[0].contains("NILAI IKM") && pages[0].contains("RESPONDEN"),
            "{pages:#?}"
        );
    }
}

#[test]
fn the_cards_page_fits_phone_and_desk() {
    let made = made(400);
    let ikm = made.ikm();
    let page = card_html(&made.report(&ikm)).expect("a page");
    for width in [390, 1280] {
        let seen = browser::open_at(&page, width);
        assert_eq!(seen.scroll_width, seen.client_width, "{seen:#?}");
        assert!(
            seen.console.is_empty() && seen.requests.is_empty(),
            "{seen:#?}"
        );
    }
}

#[test]
fn both_cards_may_stand_in_one_page() {
    let made = made(40);
    let ikm = made.ikm();
    let r = made.report(&ikm);
    let ids = |svg: &str| -> Vec<String> {
        let ids = svg.split(" id=\"").skip(1);
        ids.filter_map(|i| Some(i.split_once('"')?.0.to_owned()))
            .collect()
    };
    let mut all = ids(&card_svg(&r).expect("a card"));
    all.extend(ids(&card_square_svg(&r).expect("a card")));
    let count = all.len();
    all.sort();
    all.dedup();
    assert!(all.len() == count && count == 4, "{all:?}");
}
