//! Phrases of the reports: text and figures in one, printed as a page's markup or as a cell's plain text.
//!
//! In: figures and lists of measure. Out: [`Phrase`]. The words are formal Indonesian; no number is made here, only placed.

use crate::format;
use crate::measure::Figure;
use crate::measure::overview::{TrendLimits, TrendPoint};
use crate::report::html::{Markup, escape, figure_markup};
use crate::standard::PauseRule;

#[derive(Debug, Clone)]
enum Part<'a> {
    Text(String),
    Figure(&'a Figure),
}

/// Words and figures, in order.
#[derive(Debug, Clone, Default)]
pub struct Phrase<'a> {
    parts: Vec<Part<'a>>,
}

impl<'a> Phrase<'a> {
    /// A phrase that begins with `text`.
    pub fn of(text: impl Into<String>) -> Self {
        Self::default().text(text)
    }

    /// Adds words.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Text(text.into()));
        self
    }

    /// Adds a figure; [`format::NONE`] where it was not computed.
    pub fn figure(mut self, figure: Option<&'a Figure>) -> Self {
        self.parts.push(match figure {
            Some(f) => Part::Figure(f),
            None => Part::Text(format::NONE.to_owned()),
        });
        self
    }

    /// Adds another phrase.
    pub fn phrase(mut self, other: Phrase<'a>) -> Self {
        self.parts.extend(other.parts);
        self
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// For a page: words escaped, each figure wrapped with its key.
    pub fn html(&self) -> Markup {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(t) => out.push_str(&escape(t)),
                Part::Figure(f) => out.push_str(figure_markup(f).as_str()),
            }
        }
        Markup::trusted(out)
    }

    /// For a cell.
    pub fn plain(&self) -> String {
        let words = self.parts.iter().map(|p| match p {
            Part::Text(t) => t.as_str(),
            Part::Figure(f) => f.printed.as_str(),
        });
        words.collect()
    }
}

/// "12 dari 14": numerator and denominator of a share; where the share is withheld, its n alone.
pub fn out_of(figure: Option<&Figure>) -> String {
    let shown = |f: &Figure| f.numerator.filter(|_| f.value.is_some());
    match figure.map(|f| (shown(f), f.denominator, f.n)) {
        Some((Some(part), Some(whole), _)) => {
            format!("{} dari {}", format::integer(part), format::integer(whole))
        }
        Some((_, _, n)) => format!("n = {}", format::count(n)),
        None => format::NONE.to_owned(),
    }
}

/// The pause rule in words.
pub fn pause_rule(rule: PauseRule) -> &'static str {
    match rule {
        PauseRule::Exclude => "Hari di pemohon tidak dihitung",
        PauseRule::Include => "Semua hari kerja dihitung",
        PauseRule::Restart => "Hitungan dimulai lagi setelah berkas kembali",
    }
}

/// Words of a figure's dimension value, where the code is not what people say.
pub fn group_value(dimension: &str, value: &str) -> String {
    let words = match (dimension, value) {
        ("pause", "exclude") => pause_rule(PauseRule::Exclude),
        ("pause", "include") => pause_rule(PauseRule::Include),
        ("pause", "restart") => pause_rule(PauseRule::Restart),
        ("versus", "previous") => "Bulan sebelumnya",
        ("versus", "last_year") => "Bulan yang sama tahun lalu",
        ("reason", "withdrawn") => "Dicabut dalam batas waktu",
        ("reason", "not_assessable") => "Tidak dapat dinilai",
        ("reason", "clock_not_started") => "Hitungan belum berjalan",
        ("reason", "no_standard") => "Layanan tanpa standar",
        ("holder", "work") => "Dikerjakan",
        ("holder", "waiting") => "Menunggu pelaksana berikutnya",
        ("holder", "applicant") => "Di pemohon",
        ("holder", "agency") => "Di OPD teknis",
        ("holder", "unsplit") => "Dikerjakan atau menunggu (waktu mulai tidak tercatat)",
        _ => value,
    };
    words.to_owned()
}

/// What the chart says of the month, as a short verdict and its explanation.
pub fn trend_verdict(trend: &[TrendPoint], limits: Option<TrendLimits>) -> (String, String) {
    let Some(last) = trend.last() else {
        return (
            "Belum ada tren".to_owned(),
            "Belum ada bulan yang dapat dibandingkan.".to_owned(),
        );
    };
    let Some(l) = limits else {
        let why = "Bulan yang bernilai belum cukup untuk menghitung batas kendali.";
        return ("Belum dapat disimpulkan".to_owned(), why.to_owned());
    };
    let range = format!(
        "rata-rata {}, batas kendali {}–{}",
        format::percent_value(l.mean),
        format::percent_value(l.lower),
        format::percent_value(l.upper)
    );
    match (&last.signal, last.value) {
        (Some(signal), value) => (
            match value.is_some_and(|v| v > l.mean) {
                true => "Ada sinyal membaik".to_owned(),
                false => "Ada sinyal memburuk".to_owned(),
            },
            format!("{} ({range}).", capital(signal)),
        ),
        (None, None) => (
            "Tanpa titik bulan ini".to_owned(),
            format!("Berkas yang jatuh tempo terlalu sedikit untuk dinilai ({range})."),
        ),
        (None, Some(_)) => (
            "Tidak ada sinyal perubahan".to_owned(),
            format!("Nilai bulan ini dalam naik-turun yang wajar ({range})."),
        ),
    }
}

/// The months that are signals, named: "Maret 2026: di atas batas kendali atas".
pub fn signals(trend: &[TrendPoint]) -> Vec<String> {
    let named = |p: &TrendPoint| {
        let signal = p.signal.as_ref()?;
        Some(format!("{}: {signal}", format::period(p.period)))
    };
    trend.iter().rev().filter_map(named).collect()
}

/// The text with its first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// "3 hari lagi", "hari ini", "lewat 2 hari".
pub fn days_left(days: Option<i64>) -> String {
    match days {
        None => format::NONE.to_owned(),
        Some(0) => "hari terakhir".to_owned(),
        Some(d) if d > 0 => format!("{} hari lagi", format::integer(d)),
        Some(d) => format!("lewat {} hari", format::count(d.unsigned_abs())),
    }
}
