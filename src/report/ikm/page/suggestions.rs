//! Suggestions (saran) by element, for a reader to search; what could name a person is masked, and the page says what that is
//! worth.

use crate::format;
use crate::measure::ikm::Suggestion;
use crate::report::blocks::Section;
use crate::report::html::{Markup, escape};
use crate::report::ikm::view::View;

/// Suggestions of an element shown on the page; the workbook has all.
const MOST: usize = 300;

const SEARCH: &str = "<form id=\"cari-saran\" class=\"search\" role=\"search\" hidden><label for=\"kata-saran\">Cari saran</label><input id=\"kata-saran\" type=\"search\" autocomplete=\"off\"><output for=\"kata-saran\"></output></form>\n";

/// The attachment.
pub fn section(v: &View) -> Section {
    let all = &v.r.ikm.suggestions;
    let section = Section::new("lampiran-2", "Lampiran 2: Saran responden");
    if all.is_empty() {
        return section.note("Belum ada saran.");
    }
    let mut section = section
        .note("Nomor telepon, nomor identitas, alamat surel, nomor kendaraan dan nama sesudah sapaan disamarkan otomatis menurut bentuknya. Penyamaran otomatis dapat meloloskan nama orang dan dapat pula menyamarkan yang bukan nama: periksa saran satu per satu sebelum laporan dibagikan ke luar kantor. Pengelompokan menurut unsur juga otomatis, menurut kata yang dipakai.")
        .with(Markup::trusted(SEARCH.to_owned()));
    for element in v.elements() {
        let of = |s: &&Suggestion| s.element.as_deref() == Some(element.code.as_str());
        section = group(v, section, &element.title, all.iter().filter(of).collect());
    }
    let known = |code: &str| v.elements().iter().any(|e| e.code == code);
    let others = |s: &&Suggestion| !s.element.as_deref().is_some_and(known);
    group(
        v,
        section,
        "Umum atau tidak dikenali unsurnya",
        all.iter().filter(others).collect(),
    )
}

fn group(v: &View, section: Section, title: &str, suggestions: Vec<&Suggestion>) -> Section {
    if suggestions.is_empty() {
        return section;
    }
    // The latest ones, where there are too many, in the order of all.
    let from = suggestions.len().saturating_sub(MOST);
    let shown = suggestions.get(from..).unwrap_or_default();
    let items: String = shown.iter().map(|s| item(v, s)).collect();
    let count = format::count(suggestions.len() as u64);
    let cut = match from {
        0 => String::new(),
        _ => format!(
            "<p class=\"note\">Ditampilkan {} yang terbaru dari {count}; selengkapnya pada lembar Saran dan Masukan buku kerja.</p>",
            format::count(shown.len() as u64)
        ),
    };
    section.with(Markup::trusted(format!(
        "<details class=\"saran\"{}><summary>{} ({count})</summary><ul>{items}</ul>{cut}</details>\n",
        if suggestions.len() <= 8 { " open" } else { "" },
        escape(title)
    )))
}

fn item(v: &View, s: &Suggestion) -> String {
    let masked = match s.masked {
        true => " · sebagian disamarkan",
        false => "",
    };
    format!(
        "<li>{} <span class=\"who\">{} · {}{masked}</span></li>",
        escape(&s.text),
        escape(&format::date_short(s.answered_on)),
        escape(v.service(&s.service))
    )
}
