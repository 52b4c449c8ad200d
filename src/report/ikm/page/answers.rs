//! The first screen: the index, whether enough people answered, whether it changed, and the weakest element.

use crate::format;
use crate::report::html::{Markup, figure_or_none};
use crate::report::ikm::view::View;
use crate::report::ikm::words::{self, Carried};
use crate::report::monthly::answers::Answer;
use crate::report::words::{Phrase, capital};

/// The four, in reading order.
pub fn answers(v: &View) -> Vec<Answer> {
    vec![index(v), sample(v), change(v), weakest(v)]
}

fn index(v: &View) -> Answer {
    let question = "Berapa nilai IKM?";
    let target = "bab-3";
    let unit = v.whole("ikm.unit");
    if v.respondents() == 0 {
        return Answer {
            question,
            target,
            headline: match unit {
                Some(_) => figure_or_none(unit),
                None => Markup::text("belum ada data"),
            },
            lead: Markup::text(&format!("Belum ada responden pada {}.", v.period_name)),
            lines: Vec::new(),
        };
    }
    let grade = v.whole("ikm.grade");
    let mut lead = Phrase::default();
    match grade.map_or("", |f| v.performance(&f.printed)) {
        "" => {}
        word => lead = lead.text("mutu ").figure(grade).text(format!(" ({word}) ")),
    }
    lead = lead
        .text("dari ")
        .figure(v.whole("ikm.respondents"))
        .text(" responden");
    let interval = v.interval("ikm.unit", &[]);
    let lines = interval
        .map(|i| Phrase::of("Selang 95 %: ").phrase(i).html())
        .into_iter()
        .collect();
    Answer {
        question,
        target,
        headline: figure_or_none(unit),
        lead: lead.html(),
        lines,
    }
}

fn sample(v: &View) -> Answer {
    let reached = v.whole("ikm.sample.reached");
    let lead = Phrase::default()
        .figure(v.whole("ikm.respondents"))
        .text(" responden; diperlukan ")
        .figure(v.whole("ikm.sample.needed"))
        .text(" dari ")
        .figure(v.whole("ikm.recipients"))
        .text(" penerima layanan");
    let rate = Phrase::of("Tingkat jawaban: ").figure(v.whole("ikm.response_rate"));
    Answer {
        question: "Apakah jumlah responden memadai?",
        target: "responden",
        headline: figure_or_none(reached),
        lead: lead.html(),
        lines: vec![rate.html()],
    }
}

fn change(v: &View) -> Answer {
    let group = [("versus", "previous")];
    let verdict = match words::carried(v.bounds("ikm.change", &group)) {
        Carried::Higher => "Naik, lebih dari kebetulan",
        Carried::Lower => "Turun, lebih dari kebetulan",
        Carried::Undecided => "Belum dapat dibedakan dari kebetulan",
        Carried::Unknown => not_compared(v),
    };
    let mut lines = Vec::new();
    if let Some(interval) = v.interval("ikm.change", &group) {
        lines.push(Phrase::of("Selang 95 %: ").phrase(interval).html());
    }
    let year = v.figure("ikm.change", &[("versus", "last_year")]);
    if year.is_some_and(|f| f.value.is_some()) {
        let line = Phrase::default()
            .figure(year)
            .text(" terhadap semester yang sama tahun lalu");
        lines.push(line.html());
    }
    Answer {
        question: "Apakah berubah dari semester lalu?",
        target: "tren",
        headline: figure_or_none(v.figure("ikm.change", &group)),
        lead: Markup::text(verdict),
        lines,
    }
}

/// Why there is no change to tell of.
pub fn not_compared(v: &View) -> &'static str {
    let now = v.r.ikm.trend.last();
    match now.is_some_and(|p| p.breaks) && v.respondents() > 0 {
        true => "Tidak diperbandingkan: instrumennya berganti",
        false => "Belum dapat diperbandingkan",
    }
}

fn weakest(v: &View) -> Answer {
    let question = "Unsur mana yang terlemah?";
    let target = "unsur-terlemah";
    let Some(first) = v.survey.weakest.first() else {
        return Answer {
            question,
            target,
            headline: Markup::text("belum ada data"),
            lead: Markup::text("Belum ada unsur yang dijawab."),
            lines: Vec::new(),
        };
    };
    let group = [("element", first.element.as_str())];
    let mut lead = Phrase::of("NRR ")
        .figure(v.figure("ikm.element", &group))
        .text(", indeks ")
        .figure(v.figure("ikm.element.index", &group));
    let grade = v.figure("ikm.element.grade", &group);
    if grade.is_some_and(|f| f.printed != format::NONE) {
        lead = lead.text(", mutu ").figure(grade);
    }
    let mut lines = Vec::new();
    if !first.tied_with.is_empty() {
        let others: Vec<&str> = first.tied_with.iter().map(|c| v.element(c)).collect();
        let words = format!("Sama nilainya dengan {}", words::listed(&others));
        lines.push(Markup::text(&words));
    }
    if let Some(best) = v.survey.strongest.first() {
        let group = [("element", best.element.as_str())];
        let line = Phrase::of(format!("Terkuat: {} (NRR ", v.element(&best.element)))
            .figure(v.figure("ikm.element", &group))
            .text(")");
        lines.push(line.html());
    }
    Answer {
        question,
        target,
        headline: Markup::text(&capital(v.element(&first.element))),
        lead: lead.html(),
        lines,
    }
}
