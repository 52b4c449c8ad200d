//! The IKM report as a page and the publication card, made from an invented survey.

mod card;
mod counting;
mod fixture;
mod look;
mod measured;

use std::collections::BTreeSet;

use tepat::report::SYNTHETIC_BANNER;
use tepat::report::html::{escape, figure_markup, group_key};
use tepat::report::ikm;

use crate::report_fixture::HOSTILE;
use fixture::{Made, made};

fn page(made: &Made) -> String {
    let ikm = made.ikm();
    ikm::html(&made.report(&ikm)).expect("a page")
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// The text of a page, tags taken out; without style and script.
fn text(page: &str) -> String {
    let body = page.split_once("</style>").map_or(page, |p| p.1);
    let body = body.split_once("<script>").map_or(body, |p| p.0);
    let parts = body
        .split('<')
        .map(|p| p.split_once('>').map_or(p, |t| t.1));
    unescape(&parts.collect::<Vec<_>>().join(" "))
}

#[test]
fn every_figure_on_the_page_is_one_of_the_table_and_printed_as_there() {
    let made = made(400);
    let ikm = made.ikm();
    let known: BTreeSet<String> = ikm
        .figures
        .rows()
        .iter()
        .map(|f| figure_markup(f).to_string())
        .collect();
    let page = page(&made);
    let shown: Vec<&str> = page
        .split("<span data-figure=")
        .skip(1)
        .filter_map(|rest| rest.split_once("</span>").map(|p| p.0))
        .collect();
    assert!(shown.len() > 700, "only {} figures", shown.len());
    for figure in shown {
        let whole = format!("<span data-figure={figure}</span>");
        assert!(known.contains(&whole), "{whole}");
    }
}

#[test]
fn every_figure_of_the_survey_is_on_the_page() {
    let made = made(400);
    let ikm = made.ikm();
    let page = page(&made);
    let missing: Vec<String> = ikm
        .figures
        .rows()
        .iter()
        // Of the office's own criteria the page has the whole, the workbook the groups; a month has no grade of elements.
        .filter(|f| !(f.group.contains_key("instrument") && of_a_group(f)))
        .filter(|f| !page.contains(figure_markup(f).as_str()))
        .map(|f| format!("{} {} {}", f.indicator, f.period, group_key(f)))
        .collect();
    assert!(
        missing.is_empty(),
        "{} missing: {missing:#?}",
        missing.len()
    );
}

fn of_a_group(f: &tepat::measure::Figure) -> bool {
    let own = |k: &str| ["instrument", "element", "answer"].contains(&k);
    f.period != "2026-S1" || !f.group.keys().all(|k| own(k))
}

#[test]
fn no_decimal_number_stands_on_the_page_that_was_not_given_to_it() {
    let made = made(400);
    let ikm = made.ikm();
    let page = page(&made);
    let chapters = page
        .split("<section id=\"metode\"")
        .next()
        .expect("chapters");
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut know = |text: &str| known.extend(decimals(text));
    for f in ikm.figures.rows() {
        know(&f.printed);
        let whole = ikm
            .figures
            .get("ikm.respondents", "2026-S1", &[])
            .expect("n")
            .n;
        // "Bagian" of a group: its n of all.
        know(&tepat::format::percent(f.n as i64, whole as i64));
    }
    ikm.trend.iter().for_each(|p| {
        know(&p.printed);
        know(p.legacy.as_deref().unwrap_or_default());
    });
    for o in &ikm.outcomes {
        [&o.then, &o.now]
            .into_iter()
            .flatten()
            .for_each(|t| know(t));
    }
    let instruments = std::iter::once(&ikm.survey).chain(&ikm.internal);
    for i in instruments {
        for b in &i.instrument.bands {
            know(&tepat::format::decimal(b.from as f64 / 100.0, 2));
            know(&tepat::format::decimal(b.to as f64 / 100.0, 2));
        }
        for e in &i.instrument.elements {
            know(&tepat::format::decimal(tepat::exact::to_f64(&e.weight), 4));
        }
    }
    // The basis of an instrument may name numbers of its own.
    let of_instruments: String = ikm
        .internal
        .iter()
        .map(|s| s.instrument.basis.as_str())
        .collect();
    know(&of_instruments);
    let unknown: Vec<String> = decimals(&text(chapters))
        .into_iter()
        .filter(|d| !known.contains(d))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Numbers with a decimal comma.
fn decimals(text: &str) -> Vec<String> {
    let numbers = text.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
    let numbers = numbers.map(|n| n.trim_matches([',', '.']));
    numbers
        .filter(|n| n.contains(','))
        .map(str::to_owned)
        .collect()
}

#[test]
fn hostile_texts_are_escaped_and_the_page_needs_nothing_else() {
    let page = page(&made(400));
    assert_eq!(page.matches("<script").count(), 1, "a script got through");
    assert!(page.contains(&escape(HOSTILE[1])) && page.contains(&escape(HOSTILE[2])));
    assert!(page.contains("Izin Contoh &lt;Satu&gt;") && !page.contains("<Satu>"));
    assert!(page.contains("&lt;b&gt;Lainnya") && !page.contains("<b>Lainnya"));
    for outside in ["src=", "url(http", "@import", "https://"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains(SYNTHETIC_BANNER));
}

#[test]
fn chapters_have_the_numbers_of_the_ministrys_model() {
    let page = page(&made(60));
    let page = text(
        page.split_once("<section id=\"bab-1\"")
            .expect("chapters")
            .1,
    );
    let mut rest = page.as_str();
    for title in [
        "Bab I Pendahuluan",
        "1.1 Latar belakang",
        "1.2 Dasar pelaksanaan",
        "1.3 Maksud dan tujuan",
        "Bab II Pengumpulan data",
        "2.1 Pelaksana",
        "2.2 Metode",
        "2.3 Lokasi",
        "2.4 Waktu",
        "2.5 Jumlah responden",
        "Bab III Hasil",
        "3.1 Responden",
        "3.2 Indeks Kepuasan Masyarakat",
        "Bab IV Analisis",
        "4.1 Unsur terlemah",
        "4.2 Rencana tindak lanjut",
        "4.3 Tren",
        "4.4 Unsur waktu",
        "4.5 Unsur biaya",
        "4.6 Penerima layanan yang tidak menjawab",
        "Bab V Penutup",
        "Kriteria internal",
        "Lampiran 1",
        "Lampiran 2",
        "Lampiran 3",
        "Lampiran 4",
    ] {
        rest = rest
            .split_once(title)
            .unwrap_or_else(|| panic!("{title} is not in its place"))
            .1;
    }
}

#[test]
fn without_a_single_answer_the_report_stays_whole_and_says_so() {
    let mut made = made(0);
    made.with_archive = false;
    let page = page(&made);
    let words = text(&page);
    assert!(words.matches("elum ada data").count() > 12, "{words}");
    for said in [
        "belum ada data",
        "tidak ada kesimpulan yang dapat ditarik",
        "Belum ada saran",
        "4.6 Penerima",
    ] {
        assert!(words.contains(said), "{said}");
    }
    for wrong in ["NaN", "∞", "mutu A", "mutu B", "mutu C", "mutu D"] {
        assert!(!words.contains(wrong), "{wrong}");
    }
}

#[test]
fn a_single_answer_is_computed_and_marked_insufficient() {
    let made = made(1);
    let ikm = made.ikm();
    let index = ikm
        .figures
        .get("ikm.unit", "2026-S1", &[])
        .expect("the index");
    let words = text(&page(&made));
    assert!(index.value.is_some() && words.contains(&index.printed));
    assert!(words.contains("belum memadai") && words.contains("dibaca dengan hati-hati"));
    assert!(!words.contains("NaN"));
}

#[test]
fn a_change_of_instrument_is_seen_in_every_drawing_of_the_trend() {
    let with = made(200);
    let page_with = page(&with);
    assert_eq!(
        page_with.matches("<g class=\"instrument\"").count(),
        2,
        "wide and narrow"
    );
    assert_eq!(page_with.matches("<tr class=\"break\">").count(), 1);
    assert!(
        text(&page_with).contains("Arsip; instrumen berganti")
            || text(&page_with).contains("Instrumen berganti")
    );
    assert!(page_with.contains("Direproduksi dengan bobot 0,071."));
    let mut without = made(200);
    without.with_archive = false;
    let page_without = page(&without);
    assert!(
        !page_without.contains("<g class=\"instrument\"")
            && !page_without.contains("nstrumen berganti")
    );
}

#[test]
fn ties_are_said_and_plans_without_an_entry_leave_a_line_to_write_on() {
    let made = made(1);
    let page = page(&made);
    // One form: every element it answered alike is tied.
    assert!(page.contains("Tepat sama dengan "), "no tie");
    let made = fixture::made(300);
    let ikm = made.ikm();
    let page = self::page(&made);
    let plan = page
        .split("<table class=\"data plan numbered\">")
        .nth(1)
        .expect("the plan");
    let plan = plan.split("</table>").next().expect("the plan's end");
    let open = ikm
        .survey
        .weakest
        .iter()
        .filter(|r| r.element != "WAKTU")
        .count();
    assert_eq!(plan.matches("<tr>").count(), 1 + 1 + open, "{plan}");
    assert!(plan.contains("30 Sep 2026"), "{plan}");
}

#[test]
fn an_office_without_criteria_of_its_own_has_no_chapter_on_them() {
    let mut made = made(40);
    made.with_internal = false;
    let page = page(&made);
    assert!(!page.contains("Kriteria internal") && !page.contains("kriteria internal kantor"));
}

#[test]
fn words_on_late_service_say_no_more_than_the_interval() {
    let made = made(400);
    let words = text(&page(&made));
    assert!(
        words.contains("yang dilayani terlambat menilai lebih rendah")
            && words.contains("bukan bukti sebab")
    );
    let mut ikm = made.ikm();
    let mut figures = tepat::measure::FigureTable::default();
    for f in ikm.figures.rows() {
        let mut f = f.clone();
        if f.indicator == "ikm.linked.difference.high" {
            f.value = Some(0.04);
            f.printed = "0,04".into();
        }
        figures.push(f);
    }
    figures.sort();
    ikm.figures = figures;
    let page = ikm::html(&made.report(&ikm)).expect("a page");
    let words = text(&page);
    assert!(
        words.contains("belum dapat dikatakan ada perbedaan")
            && !words.contains("menilai lebih rendah")
    );
}

#[test]
fn each_second_hand_rule_and_each_choice_carries_its_mark() {
    let page = page(&made(10));
    let method = page
        .split("<section id=\"metode\"")
        .nth(1)
        .expect("the method");
    for mark in ["[V]", "[V2]", "[C]", "[O]"] {
        assert!(
            method.matches(&format!("<li>{mark} ")).count() > 2,
            "{mark}"
        );
    }
    for said in [
        "Krejcie",
        "bootstrap",
        "setengah ke atas",
        "0,111",
        "Penyamaran tidak mengenali",
    ] {
        assert!(method.contains(said), "{said}");
    }
}

#[test]
fn equal_inputs_are_equal_bytes() {
    let made = made(50);
    assert_eq!(page(&made), page(&made));
}
