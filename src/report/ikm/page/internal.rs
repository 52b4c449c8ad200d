//! The office's own criteria, beside the ministry's: figures of their own that are never mixed with the IKM.

use super::elements;
use crate::report::blocks::Section;
use crate::report::html::figure_or_none;
use crate::report::ikm::IkmReport;
use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::words::Phrase;

/// The chapter; None where the office has no instrument of its own.
///
/// # Errors
/// A template that cannot be rendered.
pub fn section(v: &View) -> anyhow::Result<Option<Section>> {
    let r: &IkmReport = v.r;
    if r.ikm.internal.is_empty() {
        return Ok(None);
    }
    let mut section = Section::new("internal", "Kriteria internal").note(
        "Unsur dan bobot berikut ditetapkan kantor sendiri. Hasilnya disandingkan dengan IKM menurut kementerian, tidak digabungkan dengannya.",
    );
    for (number, survey) in (1..).zip(&r.ikm.internal) {
        let own = View::internal(r, survey);
        section = one(&own, section, &format!("internal-{number}"))?;
    }
    Ok(Some(section))
}

fn one(v: &View, section: Section, id: &str) -> anyhow::Result<Section> {
    let instrument = v.instrument();
    let section = section
        .heading(&instrument.title)
        .paragraph(&Phrase::of(instrument.basis.clone()));
    if v.respondents() == 0 {
        let words = "Belum ada data: belum ada responden yang menjawab unsur ini.";
        return Ok(section.paragraph(&Phrase::of(words)));
    }
    let mut facts = vec![
        (figure_or_none(v.whole("ikm.unit")), "indeks".to_owned()),
        (
            figure_or_none(v.whole("ikm.respondents")),
            "responden".to_owned(),
        ),
    ];
    if !instrument.bands.is_empty() {
        facts.insert(1, (figure_or_none(v.whole("ikm.grade")), "mutu".to_owned()));
    }
    let section = section.facts(facts).paragraph(&interval(v));
    let section = elements::blocks(v, section, id)?;
    Ok(section.paragraph(&ranking(v)))
}

fn interval<'a>(v: &View<'a>) -> Phrase<'a> {
    match v.interval("ikm.unit", &[]) {
        Some(interval) => Phrase::of("Selang 95 % indeks: ")
            .phrase(interval)
            .text("."),
        None => Phrase::default(),
    }
}

fn ranking<'a>(v: &View<'a>) -> Phrase<'a> {
    let named = |list: &[crate::measure::ikm::Ranked]| {
        let names: Vec<&str> = list.iter().map(|r| v.element(&r.element)).collect();
        words::listed(&names)
    };
    match v.survey.weakest.is_empty() {
        true => Phrase::default(),
        false => Phrase::of(format!(
            "Terlemah: {}. Terkuat: {}.",
            named(&v.survey.weakest),
            named(&v.survey.strongest)
        )),
    }
}
