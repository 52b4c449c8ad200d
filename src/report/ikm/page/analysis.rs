//! Chapter IV: the weakest and the strongest elements with what was suggested about them, the plan of action, the trend, and
//! what stands beside the survey.

use super::{beside, plan, trend, untitled};
use crate::format;
use crate::measure::ikm::{Ranked, Suggestion};
use crate::report::blocks::Section;
use crate::report::html::{Markup, escape};
use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::words::Phrase;

/// Suggestions shown with an element; all of them stand in the attachment.
const SUGGESTIONS: usize = 5;

/// The chapter.
///
/// # Errors
/// A template that cannot be rendered.
pub fn section(v: &View) -> anyhow::Result<Section> {
    let section = Section::new("bab-4", "Bab IV Analisis")
        .with(Markup::trusted(
            "<h3 id=\"unsur-terlemah\">4.1 Unsur terlemah dan unsur terkuat</h3>\n".to_owned(),
        ))
        .paragraph(&ranking(v))
        .with(ranked(v, "Tiga unsur terlemah", &v.survey.weakest))
        .with(ranked(v, "Tiga unsur terkuat", &v.survey.strongest))
        .heading("4.2 Rencana tindak lanjut")
        .note("Program atau kegiatan yang disepakati diisi pada lembar Tindak Lanjut buku kerja, lalu lembar itu diimpor; laporan semester berikutnya menyandingkan hasilnya.")
        .with(untitled(&plan::table(v))?);
    let section = trend::blocks(v, section)?;
    beside::blocks(v, section)
}

fn ranking<'a>(v: &View<'a>) -> Phrase<'a> {
    match v.survey.weakest.is_empty() {
        true => Phrase::of("Belum ada data: belum ada unsur yang dapat diurutkan."),
        false => Phrase::of(
            "Diurutkan menurut NRR yang belum dibulatkan; unsur dengan NRR tepat sama diurutkan menurut nomor unsur dan disebut. Saran di bawah tiap unsur dikelompokkan menurut kata yang dipakai responden; pengelompokan itu otomatis.",
        ),
    }
}

/// Three elements with their figures and suggestions.
fn ranked(v: &View, title: &str, elements: &[Ranked]) -> Markup {
    if elements.is_empty() {
        return Markup::default();
    }
    let items: String = elements.iter().map(|e| item(v, e)).collect();
    Markup::trusted(format!(
        "<h4>{}</h4>\n<ol class=\"ranked\">{items}</ol>\n",
        escape(title)
    ))
}

fn item(v: &View, ranked: &Ranked) -> String {
    let group = [("element", ranked.element.as_str())];
    let mut line = Phrase::of("NRR ")
        .figure(v.figure("ikm.element", &group))
        .text(" · indeks ")
        .figure(v.figure("ikm.element.index", &group));
    let grade = v.figure("ikm.element.grade", &group);
    if grade.is_some_and(|f| f.value.is_some()) {
        line = line.text(" · mutu ").figure(grade);
    }
    let mut tied = String::new();
    if !ranked.tied_with.is_empty() {
        let others: Vec<&str> = ranked.tied_with.iter().map(|c| v.element(c)).collect();
        let words = format!("Tepat sama dengan {}.", words::listed(&others));
        tied = format!("<p class=\"note\">{}</p>", escape(&words));
    }
    format!(
        "<li><p><strong>{}</strong> <span class=\"measure\">{}</span></p>{tied}{}</li>",
        escape(v.element(&ranked.element)),
        line.html(),
        said(v, &ranked.element)
    )
}

/// The latest suggestions about an element, the same words once.
fn said(v: &View, element: &str) -> String {
    let of = |s: &&Suggestion| s.element.as_deref() == Some(element);
    let all: Vec<&Suggestion> = v.r.ikm.suggestions.iter().filter(of).collect();
    if all.is_empty() {
        return "<p class=\"note\">Tidak ada saran tentang unsur ini.</p>".to_owned();
    }
    let mut shown: Vec<&Suggestion> = Vec::new();
    for suggestion in all.iter().rev() {
        let again = shown
            .iter()
            .any(|s| s.text.trim() == suggestion.text.trim());
        if !again && shown.len() < SUGGESTIONS {
            shown.push(suggestion);
        }
    }
    let items: String = shown
        .iter()
        .map(|s| {
            let when = format::date_short(s.answered_on);
            let service = v.service(&s.service);
            format!(
                "<li>“{}” <span class=\"who\">{} · {}</span></li>",
                escape(&s.text),
                escape(&when),
                escape(service)
            )
        })
        .collect();
    let more = match all.len() > shown.len() {
        true => "<p class=\"note\">Yang terbaru; selebihnya pada lampiran saran.</p>",
        false => "",
    };
    format!("<ul class=\"said\">{items}</ul>{more}")
}
