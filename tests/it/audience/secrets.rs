//! Names that must come out nowhere: officers, applicants and cases in the public edition, other officers in a personal one.

use std::io::Read;

use tepat::report::performance::{personal, public};

use super::random::{APPLICANT, CASE, OFFICERS, office};

/// All text of a workbook's parts, read by the list at the archive's end (PKWARE APPNOTE 4.3.7 and 4.3.12).
fn unzipped(bytes: &[u8]) -> String {
    let number = |at: usize, len: usize| {
        let le = bytes[at..at + len].iter().rev();
        le.fold(0_usize, |n, b| n << 8 | usize::from(*b))
    };
    let entries = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, w)| *w == b"PK\x01\x02");
    let mut all = String::new();
    let mut parts = 0;
    for (at, _) in entries {
        let (method, packed, local) = (number(at + 10, 2), number(at + 20, 4), number(at + 42, 4));
        let from = local + 30 + number(local + 26, 2) + number(local + 28, 2);
        let data = &bytes[from..from + packed];
        let mut text = Vec::new();
        match method {
            0 => text.extend_from_slice(data),
            _ => {
                let mut reader = flate2::read::DeflateDecoder::new(data);
                reader.read_to_end(&mut text).expect("a deflated part");
            }
        }
        all.push_str(&String::from_utf8_lossy(&text));
        parts += 1;
    }
    assert!(parts > 8 && all.contains("<worksheet"), "{parts} parts");
    all
}

/// Whether `name` stands in `text` as a whole word, as written or escaped.
fn says(text: &str, name: &str) -> bool {
    let escaped = name
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    [name, escaped.as_str()].iter().any(|name| {
        text.match_indices(name).any(|(at, found)| {
            let after = text[at + found.len()..].chars().next();
            let before = text[..at].chars().next_back();
            let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !word(after) && !word(before)
        })
    })
}

#[test]
fn the_public_edition_names_no_officer_applicant_or_case() {
    for seed in [3, 17, 58] {
        let made = office(seed);
        let report = made.report();
        let shown = public::shown(&report);
        let page = public::html(&report, &shown).expect("a page");
        let book = unzipped(&public::workbook(&report, &shown).expect("a workbook"));
        let json = serde_json::to_string(&shown.figures).expect("figures");
        for text in [&page, &book, &json] {
            for name in OFFICERS {
                assert!(!says(text, name), "{seed}: {name}");
            }
            for secret in [
                CASE,
                APPLICANT,
                "Namarahasia",
                "Zulaiqah",
                "Qadriyo",
                "Wxylang",
                "Ttomoreq",
            ] {
                assert!(!text.contains(secret), "{seed}: {secret}");
            }
            assert!(
                !text.contains("findings.") && !text.contains("personnel."),
                "{seed}"
            );
        }
    }
}

#[test]
fn page_and_workbook_print_no_figure_beyond_those_shown() {
    let made = office(5);
    let report = made.report();
    let shown = public::shown(&report);
    let page = public::html(&report, &shown).expect("a page");
    let mut printed = 0;
    for found in page.split("<span data-figure=\"").skip(1) {
        let end = found.find("</span>").expect("its end");
        let key = &found[..end];
        let known = shown.figures.iter().any(|f| {
            let group: Vec<String> = f.group.iter().map(|(k, v)| format!("{k}={v}")).collect();
            let (indicator, period) = (&f.indicator, &f.period);
            let group = group.join(";");
            key == format!(
                "{indicator}\" data-period=\"{period}\" data-group=\"{group}\">{}",
                f.printed
            )
        });
        assert!(known, "{key}");
        printed += 1;
    }
    assert!(printed > 40, "{printed}");
    // Its origin is told by digests, not by paths or counts.
    for outside in [
        "src=", "url(", "@import", "http://", "https://", ".csv", ".toml", ".parquet", "<a ",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn a_personal_edition_names_nobody_else() {
    let made = office(42);
    let report = made.report();
    let officers = personal::officers(&report);
    assert!(officers.len() >= 5, "{officers:?}");
    for own in &officers {
        let page = personal::html(&report, own).expect("a page");
        let book = unzipped(&personal::workbook(&report, own).expect("a workbook"));
        for text in [&page, &book] {
            assert!(says(text, &own.officer), "{own:?}");
            for other in officers.iter().filter(|o| o.officer != own.officer) {
                assert!(!says(text, &other.officer), "{own:?} reads of {other:?}");
            }
            assert!(!text.contains(APPLICANT), "{own:?}");
            let names = ["Satu", "Dua", "Tiga"].map(|n| format!("Namarahasia {n}"));
            let named = names.iter().filter(|n| text.contains(n.as_str())).count();
            assert!(named <= 1, "{own:?}");
        }
        assert!(page.contains("Tanggapan petugas") && !page.contains("<b>Zulaiqah"));
    }
}

#[test]
fn equal_inputs_are_equal_bytes() {
    let (a, b) = (office(9), office(9));
    let (a, b) = (a.report(), b.report());
    let (shown, same) = (public::shown(&a), public::shown(&b));
    assert_eq!(shown, same);
    assert_eq!(public::html(&a, &shown).ok(), public::html(&b, &same).ok());
    assert_eq!(
        public::workbook(&a, &shown).ok(),
        public::workbook(&b, &same).ok()
    );
    for own in personal::officers(&a) {
        assert_eq!(personal::html(&a, &own).ok(), personal::html(&b, &own).ok());
        assert_eq!(
            personal::workbook(&a, &own).ok(),
            personal::workbook(&b, &own).ok()
        );
    }
}
