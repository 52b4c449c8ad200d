//! Chapter V: what follows from the results, in sentences that carry their figures.

use crate::report::blocks::Section;
use crate::report::html::Markup;
use crate::report::ikm::view::View;
use crate::report::ikm::words::{self, Carried};
use crate::report::words::Phrase;

/// The chapter.
pub fn section(v: &View) -> Section {
    let section = Section::new("bab-5", "Bab V Penutup");
    if v.respondents() == 0 {
        return section
            .paragraph(&Phrase::of(format!(
                "Belum ada data: pada {} belum ada responden, sehingga tidak ada kesimpulan yang dapat ditarik.",
                v.period_name
            )))
            .paragraph(&Phrase::of(
                "Survei perlu dilaksanakan dahulu; laporan dibuat kembali setelah jawabannya diimpor.",
            ));
    }
    let conclusions = [result(v), sample(v), change(v), elements(v)];
    let shown: Vec<Markup> = conclusions
        .iter()
        .filter(|p| !p.is_empty())
        .map(Phrase::html)
        .collect();
    section
        .paragraph(&Phrase::of("Dari hasil survei dapat disimpulkan:"))
        .list(&shown)
        .paragraph(&Phrase::of(
            "Rencana tindak lanjut pada 4.2 dilaksanakan oleh penanggung jawabnya, dan hasilnya dilaporkan pada laporan semester berikutnya.",
        ))
}

fn result<'a>(v: &View<'a>) -> Phrase<'a> {
    let grade = v.whole("ikm.grade");
    let mut phrase =
        Phrase::of(format!("IKM {} adalah ", v.period_name)).figure(v.whole("ikm.unit"));
    let word = grade.map_or("", |f| v.performance(&f.printed));
    if !word.is_empty() {
        phrase = phrase
            .text(", mutu pelayanan ")
            .figure(grade)
            .text(format!(" ({word})"));
    }
    phrase.text(".")
}

fn sample<'a>(v: &View<'a>) -> Phrase<'a> {
    Phrase::of("Jumlah responden ")
        .figure(v.whole("ikm.sample.reached"))
        .text(": ")
        .figure(v.whole("ikm.respondents"))
        .text(" dari ")
        .figure(v.whole("ikm.sample.needed"))
        .text(" yang diperlukan.")
}

fn change<'a>(v: &View<'a>) -> Phrase<'a> {
    let group = [("versus", "previous")];
    let change = v.figure("ikm.change", &group).filter(|f| f.value.is_some());
    let Some(change) = change else {
        return Phrase::default();
    };
    let words = match words::carried(v.bounds("ikm.change", &group)) {
        Carried::Higher => "; kenaikan itu lebih dari kebetulan.",
        Carried::Lower => "; penurunan itu lebih dari kebetulan.",
        Carried::Undecided => "; perubahan itu belum dapat dibedakan dari kebetulan.",
        Carried::Unknown => ".",
    };
    Phrase::of("Terhadap semester sebelumnya IKM berubah ")
        .figure(Some(change))
        .text(words)
}

fn elements<'a>(v: &View<'a>) -> Phrase<'a> {
    let names = |list: &[crate::measure::ikm::Ranked]| {
        let names: Vec<&str> = list.iter().map(|r| v.element(&r.element)).collect();
        words::listed(&names)
    };
    match (v.survey.weakest.as_slice(), v.survey.strongest.as_slice()) {
        ([], _) | (_, []) => Phrase::default(),
        (weak, strong) => Phrase::of(format!(
            "Unsur yang perlu didahulukan perbaikannya: {}. Unsur yang perlu dipertahankan: {}.",
            names(weak),
            names(strong)
        )),
    }
}
