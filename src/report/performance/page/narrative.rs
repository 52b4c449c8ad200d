//! The report in sentences. Every number is a figure; nothing is claimed that its figure and interval do not carry.

use super::View;
use crate::format;
use crate::measure::Figure;
use crate::measure::performance::{Measure, Position, StagePoint, least_executions};
use crate::report::blocks::Section;
use crate::report::performance::words;
use crate::report::words::{Phrase, out_of};

/// The sentences, one paragraph a subject.
pub fn section(v: &View) -> Section {
    let mut section = Section::new("ringkasan", "Uraian");
    for paragraph in [
        promise(v),
        change(v, "previous", "semester sebelumnya"),
        change(v, "last_year", "semester yang sama tahun lalu"),
        days(v),
        readings(v),
        stages(v),
        signals(v),
        agencies(v),
        officers(v),
        conformance(v),
        quality(v),
    ] {
        section = section.paragraph(&paragraph);
    }
    section
}

fn promise<'a>(v: &View<'a>) -> Phrase<'a> {
    let c = &v.c;
    if c.whole("due.count").is_none_or(|f| f.n == 0) {
        return Phrase::of(format!(
            "Tidak ada berkas yang jatuh tempo pada {}.",
            c.period_name
        ));
    }
    let mut phrase = Phrase::of("Pada ")
        .text(c.period_name.clone())
        .text(", ")
        .figure(c.whole("due.count"))
        .text(" berkas jatuh tempo dan ")
        .figure(c.whole("due.on_time"))
        .text(" di antaranya diselesaikan tepat waktu (")
        .figure(c.whole("on_time.due"));
    if let Some(interval) = c.interval("on_time.due", &[]) {
        phrase = phrase.text("; selang kepercayaan 95 %: ").phrase(interval);
    }
    phrase
        .text("). ")
        .figure(c.whole("due.late"))
        .text(" berkas diputus terlambat, ")
        .figure(c.whole("due.overdue"))
        .text(" lewat batas dan belum diputus, dan ")
        .figure(c.whole("due.withdrawn_late"))
        .text(" dicabut setelah lewat batas. Dari berkas yang diputus dalam semester ini, ketepatan waktunya ")
        .phrase(with_counts(c.whole("on_time.decided")))
        .text(format!(". {} ", v.at_end()))
        .figure(c.whole("flow.closing"))
        .text(" berkas masih terbuka.")
}

/// "81,4 % (403 dari 495)".
fn with_counts(share: Option<&Figure>) -> Phrase<'_> {
    Phrase::default()
        .figure(share)
        .text(format!(" ({})", out_of(share)))
}

/// What changed, by how much, and whether it is more than chance.
fn change<'a>(v: &View<'a>, versus: &str, than: &str) -> Phrase<'a> {
    let c = &v.c;
    let group = [("versus", versus)];
    let change = c.figure("on_time.due.change", &group);
    let low = c.figure("on_time.due.change.low", &group);
    let high = c.figure("on_time.due.change.high", &group);
    let of = |f: Option<&Figure>| f.and_then(|f| f.value);
    let (Some(_), Some(from), Some(to)) = (of(change), of(low), of(high)) else {
        return Phrase::of(format!(
            "Perubahan terhadap {than} tidak dihitung, karena jumlah berkas pada salah satunya tidak cukup."
        ));
    };
    let words = match (from, to) {
        (from, _) if from > 0.0 => {
            "kenaikan itu lebih besar daripada yang dapat dijelaskan oleh kebetulan"
        }
        (_, to) if to < 0.0 => {
            "penurunan itu lebih besar daripada yang dapat dijelaskan oleh kebetulan"
        }
        _ => "perubahan sebesar itu belum dapat dibedakan dari kebetulan",
    };
    Phrase::of(format!("Terhadap {than}, ketepatan waktu berubah "))
        .figure(change)
        .text(" (selang 95 %: ")
        .figure(low)
        .text(" sampai ")
        .figure(high)
        .text(format!("); {words}."))
}

fn days<'a>(v: &View<'a>) -> Phrase<'a> {
    let c = &v.c;
    let median = c.whole("working_days.median");
    if median.is_none_or(|f| f.value.is_none()) {
        return Phrase::default();
    }
    let mut phrase = Phrase::of("Separuh berkas yang diputus memakai paling banyak ")
        .figure(median)
        .text(" hari kerja, sembilan dari sepuluh paling banyak ")
        .figure(c.whole("working_days.p90"))
        .text(", dan sembilan belas dari dua puluh paling banyak ")
        .figure(c.whole("working_days.p95"))
        .text(".");
    let km = c.whole("working_days.km_median");
    if km.is_some_and(|f| f.value.is_some()) {
        phrase = phrase
            .text(" Bila berkas yang belum selesai ikut diperhitungkan (Kaplan–Meier), median berkas yang diterima dalam semester ini ")
            .figure(km)
            .text(" hari kerja (selang 95 %: ")
            .figure(c.whole("working_days.km_median.low"))
            .text(" sampai ")
            .figure(c.whole("working_days.km_median.high"))
            .text(").");
    }
    phrase
}

/// How far the headline depends on the readings taken.
fn readings<'a>(v: &View<'a>) -> Phrase<'a> {
    let c = &v.c;
    let due = |rule: &str| c.figure("sensitivity.due", &[("rule", rule)]);
    if due("own").is_none_or(|f| f.value.is_none()) {
        return Phrase::default();
    }
    let works = c.r.library.calendar.joint_leave_works;
    Phrase::of("Angka utama bergantung pada cara membaca standar: ")
        .figure(due("exclude"))
        .text(" bila hari di pemohon tidak dihitung, ")
        .figure(due("include"))
        .text(" bila semua hari kerja dihitung, dan ")
        .figure(due("restart"))
        .text(" bila hitungan dimulai lagi setelah berkas kembali. ")
        .text(format!("{}: ", words::reading("joint_leave", works)))
        .figure(due("joint_leave"))
        .text("; tanpa berkas yang memiliki temuan data: ")
        .figure(due("without_findings"))
        .text(".")
}

fn stages<'a>(v: &View<'a>) -> Phrase<'a> {
    let c = &v.c;
    let total = c.whole("lost_days.total");
    let lost = &v.r.performance.rows.lost_days;
    // Of few late cases nothing is said; of the largest part only where it has a step.
    let enough = total.is_some_and(|f| f.n >= c.r.rules.least_n.max(1) && f.value > Some(0.0));
    let (Some(step), true) = (lost.first().and_then(|l| l.step), enough) else {
        return Phrase::default();
    };
    let number = step.to_string();
    let share = c.figure("lost_days.share", &[("step", &number)]);
    let late = total.map_or(0, |f| f.n);
    Phrase::of(format!(
        "{} berkas yang diputus terlambat melewati batasnya ",
        format::count(late)
    ))
    .figure(total)
    .text(" hari seluruhnya; bagian terbesar, ")
    .figure(share)
    .text(format!(", terpakai pada langkah {}.", words::step(c, step)))
}

/// Signals of the stages in the months of the period.
fn signals<'a>(v: &View<'a>) -> Phrase<'a> {
    let period = v.c.r.overview.period;
    let trends = &v.r.performance.stage_trends;
    let charted = trends.iter().any(|t| t.limits.is_some());
    let named: Vec<String> = trends
        .iter()
        .filter_map(|t| {
            let mean = t.limits?.mean;
            let own = |p: &&StagePoint| p.signal.is_some() && period.contains(p.period.first());
            // The last one says where the stage stands at the end of the period.
            let hours = t.points.iter().rfind(own)?.hours?;
            let words = match hours > mean {
                true => "lebih lama dari biasanya",
                false => "lebih singkat dari biasanya",
            };
            Some(format!("{}. {} ({words})", t.step, t.title))
        })
        .collect();
    match (charted, named.is_empty()) {
        (false, _) => Phrase::of(
            "Jumlah bulan yang mempunyai nilai belum cukup untuk menilai waktu tiap langkah dengan batas kendali.",
        ),
        (true, true) => Phrase::of(
            "Tidak ada langkah yang waktunya memberi sinyal dalam semester ini; naik-turunnya masih dalam batas kendali.",
        ),
        (true, false) => Phrase::of(format!(
            "Waktu melalui langkah berikut memberi sinyal dalam semester ini: {}.",
            named.join("; ")
        )),
    }
}

fn agencies<'a>(v: &View<'a>) -> Phrase<'a> {
    let c = &v.c;
    let count = c.whole("agency.count");
    if count.is_none_or(|f| f.n == 0) {
        return Phrase::default();
    }
    let mut phrase = Phrase::default()
        .figure(count)
        .text(" rekomendasi teknis diterima kembali dari OPD, separuhnya dalam paling banyak ")
        .figure(c.whole("agency.days_median"))
        .text(" hari kerja; ")
        .figure(c.whole("agency.open"))
        .text(format!(
            " berkas masih di OPD {}",
            v.at_end().to_lowercase()
        ));
    if c.whole("agency.open_oldest")
        .is_some_and(|f| f.value.is_some())
    {
        phrase = phrase
            .text(", yang terlama ")
            .figure(c.whole("agency.open_oldest"))
            .text(" hari kerja");
    }
    phrase.text(".")
}

/// Counts of positions; nobody is named here.
fn officers<'a>(v: &View<'a>) -> Phrase<'a> {
    let c = &v.c;
    let count = |position: &str| {
        let group = [
            ("measure", Measure::Standard.code()),
            ("position", position),
        ];
        c.figure("personnel.position", &group)
    };
    let compared = c.figure(
        "personnel.comparable",
        &[("measure", Measure::Standard.code())],
    );
    if compared.is_none_or(|f| f.n == 0) {
        let least = format::count(least_executions(c.r.rules.least_n));
        return Phrase::of(format!(
            "Tidak ada petugas yang dapat diperbandingkan: pekerjaannya kurang dari {least} pelaksanaan, atau tidak ada petugas lain yang mengerjakan hal yang sama."
        ));
    }
    Phrase::of("Dari ")
        .figure(compared)
        .text(" petugas yang dapat diperbandingkan dengan rekan yang mengerjakan hal yang sama, ")
        .figure(count(Position::Above998.code()))
        .text(" lebih sering di luar standar daripada yang dapat dijelaskan oleh kebetulan (di atas batas 99,8 %) dan ")
        .figure(count(Position::Above95.code()))
        .text(" di antara batas atas 95 % dan 99,8 %. Tanpa perbedaan apa pun, paling banyak satu dari empat puluh petugas akan berada di atas batas 95 % karena kebetulan; angka ini membuka pertanyaan dan bukan penilaian atas orang.")
}

fn conformance<'a>(v: &View<'a>) -> Phrase<'a> {
    let c = &v.c;
    let any = c.figure("conformance.share", &[("check", "any")]);
    if any.is_none_or(|f| f.n == 0) {
        return Phrase::default();
    }
    let share = |check: &str| c.figure("conformance.share", &[("check", check)]);
    Phrase::of("Dari berkas yang diputus di bawah standar, ")
        .phrase(with_counts(share("mandatory_step_missing")))
        .text(" tanpa catatan langkah wajib, ")
        .phrase(with_counts(share("out_of_order")))
        .text(" memuat langkah yang dikerjakan mendahului urutannya, dan pada ")
        .phrase(with_counts(share("duties_joined")))
        .text(" tugas yang harus terpisah dikerjakan satu petugas. ")
        .phrase(with_counts(c.whole("returns.case_share")))
        .text(" pernah dikembalikan kepada pemohon; ")
        .figure(c.figure("returns.repeated", &[("state", "decided")]))
        .text(" berkas yang diputus dikembalikan lebih dari satu kali.")
}

fn quality<'a>(v: &View<'a>) -> Phrase<'a> {
    let c = &v.c;
    let level = |level: &str| c.figure("findings.count", &[("level", level)]);
    Phrase::of("Atas data semester ini tercatat ")
        .figure(level("error"))
        .text(" kesalahan dan ")
        .figure(level("warning"))
        .text(" peringatan; tidak ada baris yang dibuang atau diperbaiki tanpa dicatat.")
}
