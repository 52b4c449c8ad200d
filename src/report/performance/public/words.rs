//! Sentences of the public edition, plain enough for those who have never read a standard.
//!
//! In: what is shown. Out: sentences, and the short method. A sentence claims no more than the figure and its interval carry.

use super::PublicFigure;
use super::tables::Content;
use crate::format;
use crate::report::html::{Markup, escape};

/// Heading and rules of the short method.
pub struct Subject {
    pub title: &'static str,
    pub rules: Vec<String>,
}

/// A figure with its key, as every page prints figures; [`format::NONE`] where there is none.
pub fn markup(figure: Option<&PublicFigure>) -> Markup {
    let Some(f) = figure else {
        return Markup::text(format::NONE);
    };
    let group: Vec<String> = f.group.iter().map(|(k, v)| format!("{k}={v}")).collect();
    Markup::trusted(format!(
        "<span data-figure=\"{}\" data-period=\"{}\" data-group=\"{}\">{}</span>",
        escape(&f.indicator),
        escape(&f.period),
        escape(&group.join(";")),
        escape(&f.printed)
    ))
}

/// Text and figures put together.
pub fn sentence(parts: &[Markup]) -> Markup {
    Markup::trusted(parts.iter().map(Markup::as_str).collect())
}

/// "12 dari 14"; nothing where the share is withheld or none.
pub fn out_of(figure: &PublicFigure) -> String {
    match (figure.numerator, figure.denominator, figure.value) {
        (Some(part), Some(whole), Some(_)) => {
            format!("{} dari {}", format::integer(part), format::integer(whole))
        }
        _ => String::new(),
    }
}

/// What the headline says: how many of ten, and how sure that is.
pub fn headline(c: &Content) -> (Markup, Vec<Markup>) {
    let due = c.share("on_time.due", &[]);
    if due.share.is_none_or(|f| f.value.is_none()) {
        let words = "Permohonan yang jatuh tempo terlalu sedikit untuk menyebut persentasenya";
        return (Markup::text(words), Vec::new());
    }
    let lead = sentence(&[
        markup(c.figure("due.on_time", &[])),
        Markup::text(" dari "),
        markup(c.figure("due.count", &[])),
        Markup::text(" permohonan yang jatuh tempo semester ini diputus tepat waktu"),
    ]);
    let mut lines = Vec::new();
    if due.low.is_some() {
        lines.push(sentence(&[
            Markup::text("Ketidakpastiannya: antara "),
            markup(due.low),
            Markup::text(" dan "),
            markup(due.high),
            Markup::text(" (selang kepercayaan 95 %)"),
        ]));
    }
    lines.push(change(c));
    let decided = c.share("on_time.decided", &[]).share;
    lines.push(sentence(&[
        Markup::text("Dari seluruh yang diputus semester ini: "),
        markup(decided),
    ]));
    (lead, lines)
}

/// The change against the semester before, and whether it is more than chance.
fn change(c: &Content) -> Markup {
    let bound = |suffix: &str| {
        let indicator = format!("on_time.due.change{suffix}");
        c.figure(&indicator, &[("versus", "previous")])
    };
    let (change, low, high) = (bound(""), bound(".low"), bound(".high"));
    let value = |f: Option<&PublicFigure>| f.and_then(|f| f.value);
    let verdict = match (value(change), value(low), value(high)) {
        (None, ..) => return Markup::text("Belum ada semester sebelumnya untuk dibandingkan"),
        (_, Some(low), _) if low > 0.0 => {
            "; lebih baik daripada yang dapat dijelaskan oleh kebetulan"
        }
        (_, _, Some(high)) if high < 0.0 => {
            "; lebih buruk daripada yang dapat dijelaskan oleh kebetulan"
        }
        (_, Some(_), Some(_)) => "; perbedaan sebesar ini dapat terjadi karena kebetulan",
        _ => "",
    };
    sentence(&[
        Markup::text("Terhadap semester sebelumnya: "),
        markup(change),
        Markup::text(verdict),
    ])
}

/// How long it takes: half within, nine of ten within.
pub fn duration(c: &Content) -> (Markup, Vec<Markup>) {
    let (median, p90) = (
        c.figure("working_days.median", &[]),
        c.figure("working_days.p90", &[]),
    );
    if median.is_none_or(|f| f.value.is_none()) {
        return (Markup::text("Lamanya tidak dapat disebut"), Vec::new());
    }
    let lead = Markup::text("hari kerja: dalam waktu ini setengah dari permohonan telah diputus");
    let nine = sentence(&[
        Markup::text("Sembilan dari sepuluh diputus dalam "),
        markup(p90),
        Markup::text(" hari kerja"),
    ]);
    let returned = c.share("returns.case_share", &[]);
    let mut lines = vec![nine];
    if returned.share.is_some_and(|f| f.value.is_some()) {
        lines.push(sentence(&[
            Markup::text("Dikembalikan kepada pemohon untuk dilengkapi: "),
            markup(returned.share),
            Markup::text(" dari yang diputus"),
        ]));
    }
    lines.push(Markup::text(
        "Hari pendaftaran dihitung sebagai hari pertama; waktu sebelum rekomendasi teknis diterima tidak termasuk",
    ));
    (lead, lines)
}

/// What the office promises for each service that has figures, by the newest revision of its standard.
pub fn promises(c: &Content) -> Vec<String> {
    let period = c.r.review.overview.period.to_string();
    let services = c.shown.values("on_time.due", &period, "service");
    let newest = |service: &str| c.r.review.library.revisions(service)?.last();
    services
        .into_iter()
        .filter_map(newest)
        .map(|s| {
            let (limit, unit) = (s.total.value, s.total.unit);
            let words = match unit {
                crate::standard::Unit::WorkingDays => {
                    format!(
                        "paling lama {} hari kerja",
                        format::count(u64::from(limit) + 1)
                    )
                }
                other => format!(
                    "paling lama {} {}",
                    format::count(limit.into()),
                    other.label()
                ),
            };
            format!("{}: {words} ({})", s.name, s.document)
        })
        .collect()
}

/// The short method.
pub fn method(c: &Content) -> Vec<Subject> {
    let least = format::count(c.r.review.rules.least_n.max(super::choose::LEAST));
    let subject = |title, rules: &[&str]| Subject {
        title,
        rules: rules.iter().map(|r| (*r).to_owned()).collect(),
    };
    vec![
        subject(
            "Yang dihitung",
            &[
                "Jatuh tempo: permohonan yang batas waktunya jatuh dalam semester ini dan yang sudah diputus, atau yang belum diputus sedangkan batasnya sudah lewat. Yang dicabut setelah lewat batas dihitung tidak tepat waktu.",
                "Persentase atas yang selesai saja akan menguntungkan kantor yang membiarkan permohonan sulit tetap terbuka; karena itu angka utama dihitung atas yang jatuh tempo, dan angka atas yang diputus selalu disandingkan.",
            ],
        ),
        subject(
            "Cara menghitung hari",
            &[
                "Hari kerja adalah hari yang mempunyai jam pelayanan dan bukan hari libur. Hari pendaftaran adalah hari pertama.",
                "Bila permohonan memerlukan rekomendasi teknis, hitungan mulai saat rekomendasi itu diterima.",
                "Hari kerja saat berkas sepenuhnya berada di pemohon untuk dilengkapi dihitung menurut standar masing-masing; hasil menurut ketiga cara membacanya ditampilkan.",
            ],
        ),
        subject(
            "Ketidakpastian",
            &[
                "Selang kepercayaan 95 % (Wilson) adalah rentang angka yang masih sejalan dengan data. Makin sedikit permohonan, makin lebar rentangnya.",
                "Median adalah nilai yang setengah dari permohonan berada padanya atau di bawahnya; persentil ke-90 demikian pula untuk sembilan dari sepuluh.",
            ],
        ),
        Subject {
            title: "Arti “ditahan”",
            rules: vec![
                format!(
                    "Angka atas kurang dari {least} permohonan ditahan, agar tidak ada pemohon yang dapat dikenali. “Ditahan” bukan nol."
                ),
                "Kelompok terkecil berikutnya ikut ditahan, agar angka yang ditahan tidak dapat dihitung kembali dari jumlah keseluruhan. Suatu kelompok ditahan seluruhnya atau ditampilkan seluruhnya.".to_owned(),
                "Angka tahapan yang dikerjakan oleh satu orang saja ditahan. Laporan ini tidak memuat nama pemohon, nama petugas, atau nomor permohonan.".to_owned(),
            ],
        },
    ]
}
