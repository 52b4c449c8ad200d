//! The page's first screen: is the promise kept, is it getting better, where are files stuck, what is late next.
//!
//! In: the report. Out: [`Answer`]s and the sentences its sections repeat. On a phone only headline and lead show.

use crate::format;
use crate::report::html::{Markup, figure_or_none};
use crate::report::monthly::context::Context;
use crate::report::monthly::sections;
use crate::report::words::{self, Phrase, out_of};

/// One of the four questions of the first screen.
pub struct Answer {
    pub question: &'static str,
    /// Where on the page the whole answer stands.
    pub target: &'static str,
    pub headline: Markup,
    /// Said under the headline, short.
    pub lead: Markup,
    /// What stands in the sections too.
    pub lines: Vec<Markup>,
}

/// The four, in reading order.
pub fn answers(c: &Context) -> Vec<Answer> {
    vec![promise(c), improving(c), stuck(c), next_late(c)]
}

fn promise(c: &Context) -> Answer {
    let decided = c.whole("on_time.decided");
    let lead = Phrase::of("tepat waktu: ")
        .figure(c.whole("due.on_time"))
        .text(" dari ")
        .figure(c.whole("due.count"))
        .text(" berkas yang jatuh tempo");
    let missed = Phrase::default()
        .figure(c.whole("due.late"))
        .text(" diputus terlambat, ")
        .figure(c.whole("due.overdue"))
        .text(" lewat batas dan belum diputus");
    let mut lines = vec![missed.html()];
    if let Some(interval) = c.interval("on_time.due", &[]) {
        let words = Markup::text("Selang kepercayaan 95 %: ");
        lines.push(Markup::trusted(format!("{words}{}", interval.html())));
    }
    let beside = Phrase::of("Dari yang diputus bulan ini: ")
        .figure(decided)
        .text(format!(" ({})", out_of(decided)));
    lines.push(beside.html());
    let excluded = sections::excluded(c, false);
    if !excluded.is_empty() {
        let words = Markup::text("Tidak dihitung: ");
        lines.push(Markup::trusted(format!("{words}{}", excluded.html())));
    }
    Answer {
        question: "Apakah janji layanan ditepati?",
        target: "janji",
        headline: figure_or_none(c.whole("on_time.due")),
        lead: lead.html(),
        lines,
    }
}

/// The change against the month before and the same month of last year.
pub fn changes<'a>(c: &Context<'a>) -> Phrase<'a> {
    let change = |versus| c.figure("on_time.due.change", &[("versus", versus)]);
    Phrase::default()
        .figure(change("previous"))
        .text(" terhadap bulan sebelumnya, ")
        .figure(change("last_year"))
        .text(" terhadap bulan yang sama tahun lalu")
}

fn improving(c: &Context) -> Answer {
    let (verdict, explanation) =
        words::trend_verdict(&c.r.overview.trend, c.r.overview.trend_limits);
    Answer {
        question: "Apakah membaik?",
        target: "tren",
        headline: Markup::text(&verdict),
        lead: changes(c).html(),
        lines: vec![Markup::text(&explanation)],
    }
}

/// "Tim Teknis (OPD): 25,1 % dari waktu layanan di luar waktu di pemohon".
fn bottleneck_words(c: &Context) -> Option<String> {
    let b = c.r.overview.bottleneck.as_ref()?;
    let share = format::percent(b.seconds, b.total_seconds);
    Some(format!(
        "{}: {share} dari waktu layanan, di luar waktu di pemohon",
        b.actor
    ))
}

/// The main bottleneck as a sentence; empty where none can be named.
pub fn bottleneck(c: &Context) -> String {
    match (&c.r.overview.bottleneck, bottleneck_words(c)) {
        (Some(b), Some(words)) => {
            format!(
                "Penghambat utama: langkah {}, {}. {words}.",
                b.step, b.title
            )
        }
        _ => String::new(),
    }
}

fn stuck(c: &Context) -> Answer {
    let question = "Di mana berkas tertahan?";
    let (Some(b), Some(lead)) = (&c.r.overview.bottleneck, bottleneck_words(c)) else {
        return Answer {
            question,
            target: "tahapan",
            headline: Markup::text("Belum dapat ditunjuk"),
            lead: Markup::text(
                "Waktu mulai dan selesai yang tercatat tidak cukup untuk menunjuk satu langkah.",
            ),
            lines: Vec::new(),
        };
    };
    let hours = format::hours(b.seconds);
    let mut lines = vec![Markup::text(&format!(
        "{hours} pada berkas yang diputus bulan ini"
    ))];
    if b.waiting_seconds > 0 {
        let waiting = format::percent(b.waiting_seconds, b.seconds);
        lines.push(Markup::text(&format!(
            "{waiting} darinya menunggu, bukan dikerjakan"
        )));
    }
    Answer {
        question,
        target: "tahapan",
        headline: Markup::text(&format!("Langkah {}: {}", b.step, b.title)),
        lead: Markup::text(&lead),
        lines,
    }
}

fn next_late(c: &Context) -> Answer {
    let days = c.r.rules.at_risk_days;
    let lead = Phrase::of(format!("bersisa paling banyak {days} hari; "))
        .figure(c.whole("open.overdue"))
        .text(" lainnya sudah lewat batas dan belum diputus");
    let mut lines = Vec::new();
    if let Some((first, deadline)) =
        c.r.overview
            .at_risk
            .first()
            .and_then(|f| f.deadline.map(|d| (f, d)))
    {
        lines.push(Markup::text(&format!(
            "Paling dekat: {}, batas {} ({})",
            first.case_id,
            format::day_short(deadline),
            words::days_left(first.days_left)
        )));
    }
    let aside = Phrase::default()
        .figure(c.whole("open.not_started"))
        .text(" berkas hitungannya belum berjalan, ")
        .figure(c.whole("open.paused"))
        .text(" sedang di pemohon");
    lines.push(aside.html());
    Answer {
        question: "Apa yang segera terlambat?",
        target: "daftar",
        headline: Phrase::default()
            .figure(c.whole("open.at_risk"))
            .text(" berkas")
            .html(),
        lead: lead.html(),
        lines,
    }
}
