//! The first screen: is the promise kept, did it change, where did the days go, what is to be followed up.

use super::View;
use crate::report::html::{Markup, figure_or_none};
use crate::report::monthly::answers::Answer;
use crate::report::performance::words;
use crate::report::words::{Phrase, out_of};

/// The four, in reading order.
pub fn answers(v: &View) -> Vec<Answer> {
    vec![promise(v), change(v), days(v), next(v)]
}

fn promise(v: &View) -> Answer {
    let c = &v.c;
    let lead = Phrase::of("tepat waktu: ")
        .figure(c.whole("due.on_time"))
        .text(" dari ")
        .figure(c.whole("due.count"))
        .text(" berkas yang jatuh tempo");
    let mut lines = Vec::new();
    if let Some(interval) = c.interval("on_time.due", &[]) {
        lines.push(
            Phrase::of("Selang kepercayaan 95 %: ")
                .phrase(interval)
                .html(),
        );
    }
    let decided = c.whole("on_time.decided");
    let beside = Phrase::of("Dari yang diputus: ")
        .figure(decided)
        .text(format!(" ({})", out_of(decided)));
    lines.push(beside.html());
    Answer {
        question: "Apakah janji layanan ditepati?",
        target: "janji",
        headline: figure_or_none(c.whole("on_time.due")),
        lead: lead.html(),
        lines,
    }
}

fn change(v: &View) -> Answer {
    let c = &v.c;
    let group = [("versus", "previous")];
    let bound = |indicator: &str| c.figure(indicator, &group).and_then(|f| f.value);
    let bounds = bound("on_time.due.change.low").zip(bound("on_time.due.change.high"));
    let verdict = match bounds {
        Some((low, _)) if low > 0.0 => "Naik, lebih dari kebetulan",
        Some((_, high)) if high < 0.0 => "Turun, lebih dari kebetulan",
        Some(_) => "Belum dapat dibedakan dari kebetulan",
        None => "Belum dapat dibandingkan",
    };
    let line = Phrase::default()
        .figure(c.figure("on_time.due.change", &[("versus", "last_year")]))
        .text(" terhadap semester yang sama tahun lalu");
    Answer {
        question: "Apakah berubah dari semester lalu?",
        target: "ringkasan",
        headline: figure_or_none(c.figure("on_time.due.change", &group)),
        lead: Markup::text(verdict),
        lines: vec![line.html()],
    }
}

fn days(v: &View) -> Answer {
    let c = &v.c;
    let question = "Di mana hari keterlambatan terpakai?";
    let lost = &v.r.performance.rows.lost_days;
    let total = c.whole("lost_days.total");
    let enough = total.is_some_and(|f| f.n >= c.r.rules.least_n.max(1));
    let Some(step) = lost.first().and_then(|l| l.step).filter(|_| enough) else {
        return Answer {
            question,
            target: "tahapan",
            headline: Markup::text("Belum dapat ditunjuk"),
            lead: Markup::text(
                "Berkas yang diputus terlambat terlalu sedikit untuk menunjuk satu langkah.",
            ),
            lines: Vec::new(),
        };
    };
    let number = step.to_string();
    let lead = Phrase::default()
        .figure(c.figure("lost_days.share", &[("step", &number)]))
        .text(" dari ")
        .figure(c.whole("lost_days.total"))
        .text(" hari di atas batas");
    Answer {
        question,
        target: "tahapan",
        headline: Markup::text(&format!("Langkah {}", words::step(c, step))),
        lead: lead.html(),
        lines: Vec::new(),
    }
}

fn next(v: &View) -> Answer {
    let c = &v.c;
    let state = |state: &str| c.figure("follow_up.count", &[("state", state)]);
    let lead = Phrase::of("temuan baru; dari yang disepakati sebelumnya ")
        .figure(state("done"))
        .text(" selesai dan ")
        .figure(state("open"))
        .text(" belum");
    Answer {
        question: "Apa yang perlu ditindaklanjuti?",
        target: "tindak-lanjut",
        headline: figure_or_none(state("proposed")),
        lead: lead.html(),
        lines: Vec::new(),
    }
}
