//! One case as a person would argue it: its clock, each counted and uncounted day, each verdict with the words of the
//! standard. Plain text, formal Indonesian.
//!
//! In: one scored case, its findings, the library. Out: text. It judges nothing; every word of it is read off the score.

use std::fmt::Write as _;

use crate::clock::OutsideCalendar;
use crate::finding::Finding;
use crate::format::{clock_time, count, date, date_long, date_time, duration_exact};
use crate::instant::{Instant, date_of};
use crate::score::trace::{self, DayRole, DayTrace};
use crate::score::{CaseVerdict, Execution, ScoredCase};
use crate::standard::calendar::{Calendar, DayReason, HolidayKind};
use crate::standard::{Citation, PauseRule, Standard, Unit};

/// What an explanation draws on.
#[derive(Debug, Clone, Copy)]
pub struct Explanation<'a> {
    pub case: &'a ScoredCase,
    /// Findings that name this case.
    pub findings: &'a [Finding],
    /// Verdict and days of the same case under each pause rule.
    pub by_rule: &'a [(PauseRule, ScoredCase)],
    pub calendar: &'a Calendar,
    pub zone_label: &'a str,
    pub as_of: Instant,
}

/// Writes the explanation.
///
/// # Errors
/// A date lies outside the calendar.
pub fn explain(e: Explanation) -> Result<String, OutsideCalendar> {
    let mut out = String::new();
    head(&mut out, e);
    if let Some(standard) = &e.case.standard {
        basis(&mut out, standard);
        clocks(&mut out, e, standard);
        applicant(&mut out, e);
        day_count(&mut out, e, standard)?;
        rules(&mut out, e, standard);
        steps(&mut out, e, standard);
    }
    if !e.findings.is_empty() {
        out.push_str("\nTEMUAN DATA\n");
        for finding in e.findings {
            line(
                &mut out,
                &format!("  [{}] {}", finding.level.label(), finding.message),
            );
        }
    }
    Ok(out)
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn head(out: &mut String, e: Explanation) {
    let case = e.case;
    let name = case.standard.as_ref().map_or(case.service.clone(), |s| {
        format!("{} ({} revisi {})", s.name, s.document, s.revision)
    });
    line(out, &format!("BERKAS {}", case.case_id));
    line(out, &format!("Layanan        : {name}"));
    if let Some(t) = case.received {
        line(
            out,
            &format!("Diterima       : {}", date_time(t, e.zone_label)),
        );
    }
    let closed =
        if case.verdict == CaseVerdict::Withdrawn || case.verdict == CaseVerdict::WithdrawnLate {
            "Dicabut        "
        } else {
            "Diputus        "
        };
    match case.decided {
        Some(t) => line(out, &format!("{closed}: {}", date_time(t, e.zone_label))),
        None => line(
            out,
            &format!(
                "{closed}: belum, keadaan per {}",
                date_time(e.as_of, e.zone_label)
            ),
        ),
    }
    line(out, &format!("PENILAIAN      : {}", headline(case)));
    if let Some(deadline) = case.deadline {
        line(
            out,
            &format!("Batas waktu    : {}", date_long(date_of(deadline))),
        );
    }
}

/// The verdict in large letters, then where it stands: "TERLAMBAT 7 HARI KERJA (H+26, batas H+19)".
fn headline(case: &ScoredCase) -> String {
    verdict_days(case).to_uppercase() + &standing(case)
}

/// The verdict and where it stands.
fn verdict(case: &ScoredCase) -> String {
    verdict_days(case) + &standing(case)
}

fn verdict_days(case: &ScoredCase) -> String {
    let unit = case
        .standard
        .as_ref()
        .map_or(Unit::WorkingDays, |s| s.total.unit);
    let mut words = case.verdict.label().to_owned();
    if let Some(over) = case.days_over {
        let _ = write!(words, " {} {}", count(u64::from(over)), unit.label());
    }
    words
}

fn standing(case: &ScoredCase) -> String {
    match (case.offset, case.limit) {
        (Some(offset), Some(limit)) => format!(" (H+{offset}, batas H+{limit})"),
        _ => String::new(),
    }
}

fn quoted(c: &Citation) -> String {
    format!("“{}” ({})", c.words, c.place)
}

fn basis(out: &mut String, s: &Standard) {
    line(out, "\nDASAR");
    line(
        out,
        &format!("  Batas keseluruhan : {}", quoted(&s.total_citation)),
    );
    line(
        out,
        &format!("  Mulai dihitung    : {}", quoted(&s.start_citation)),
    );
    if let Some(c) = &s.recommendation_citation {
        line(out, &format!("  Rekomendasi teknis: {}", quoted(c)));
    }
    line(
        out,
        &format!("  Jam pelayanan     : {}", quoted(&s.hours_citation)),
    );
}

fn clocks(out: &mut String, e: Explanation, s: &Standard) {
    line(out, "\nHITUNGAN WAKTU");
    let started = |t: Option<Instant>| {
        t.map_or("belum berjalan".to_owned(), |t| {
            format!("mulai {}", date_time(t, e.zone_label))
        })
    };
    line(
        out,
        &format!("  Pendaftaran    : {}", started(e.case.registration_start)),
    );
    let why = match s.recommendation {
        Some(rule) if e.case.requires_recommendation => {
            format!(
                " (memerlukan rekomendasi teknis; mulai saat rekomendasi diserahkan, langkah {})",
                rule.handed_over
            )
        }
        _ => " (sama dengan hitungan pendaftaran)".to_owned(),
    };
    line(
        out,
        &format!("  Utama          : {}{why}", started(e.case.main_start)),
    );
    if let Some(h) = e.case.h {
        line(
            out,
            &format!("  Hari H         : {}", date_long(date_of(h))),
        );
    }
}

fn applicant(out: &mut String, e: Explanation) {
    if e.case.with_applicant.is_empty() {
        return;
    }
    line(out, "\nBERKAS DI PEMOHON");
    for p in &e.case.with_applicant {
        let to = match p.open {
            true => "masih di pemohon".to_owned(),
            false => format!("s.d. {}", date_time(p.to, e.zone_label)),
        };
        let late =
            e.case.rule == PauseRule::Exclude && e.case.deadline.is_some_and(|d| p.from.day() >= d);
        let why = match late {
            true => " (mulai pada atau setelah hari batas; tidak mengubah hitungan)",
            false => "",
        };
        line(
            out,
            &format!("  {} {to}{why}", date_time(p.from, e.zone_label)),
        );
    }
}

fn day_count(out: &mut String, e: Explanation, s: &Standard) -> Result<(), OutsideCalendar> {
    if s.total.unit == Unit::ElapsedHours {
        return Ok(());
    }
    let Some(clock) = trace::clock(e.case, s, e.case.rule)? else {
        return Ok(());
    };
    let t = e.case.decided.unwrap_or(e.as_of);
    line(
        out,
        &format!("\nPERHITUNGAN HARI ({})", s.total.unit.label()),
    );
    for day in trace::days(&clock, e.calendar, s.total.value, t)? {
        line(
            out,
            &format!(
                "  {:<28} {}",
                date_long(date_of(day.day)),
                day_words(&day, e.case)
            ),
        );
    }
    Ok(())
}

fn day_words(day: &DayTrace, case: &ScoredCase) -> String {
    let mut words = match &day.role {
        DayRole::BeforeH(DayReason::Working) | DayRole::BeforeH(DayReason::Opened(_)) => {
            "–     hitungan mulai setelah jam tutup, atau dimulai lagi kemudian".to_owned()
        }
        DayRole::BeforeH(reason) | DayRole::Closed(reason) => {
            format!("–     {}", reason_words(reason))
        }
        DayRole::H => "H".to_owned(),
        DayRole::Counted(n) => format!("H+{n}"),
        DayRole::CountedOpened(n, decision) => format!("H+{n}   dibuka dengan {decision}"),
        DayRole::Paused => "–     tidak dihitung: berkas sepanjang hari di pemohon".to_owned(),
    };
    if day.is_deadline {
        words.push_str("   ◄ batas waktu");
    }
    if day.is_end {
        words.push_str(if case.decided.is_some() {
            "   ◄ selesai"
        } else {
            "   ◄ keadaan saat ini"
        });
    }
    words
}

fn reason_words(reason: &DayReason) -> String {
    match reason {
        DayReason::Working => "hari kerja".to_owned(),
        DayReason::Opened(decision) => format!("dibuka dengan {decision}"),
        DayReason::Weekend => "bukan hari pelayanan".to_owned(),
        DayReason::Holiday(kind, name) => {
            let kind = match kind {
                HolidayKind::National => "libur nasional",
                HolidayKind::JointLeave => "cuti bersama",
                HolidayKind::Regional => "libur daerah",
            };
            format!("{kind}: {name}")
        }
    }
}

fn rules(out: &mut String, e: Explanation, s: &Standard) {
    line(out, "\nMENURUT TIGA CARA MENGHITUNG JEDA");
    for (rule, case) in e.by_rule {
        let words = match rule {
            PauseRule::Exclude => "Hari di pemohon tidak dihitung",
            PauseRule::Include => "Semua hari kerja dihitung",
            PauseRule::Restart => "Hitungan dimulai lagi setelah berkas kembali",
        };
        let own = if *rule == s.pause {
            " – cara standar ini"
        } else {
            ""
        };
        line(out, &format!("  {words:<45}: {}{own}", verdict(case)));
    }
}

fn steps(out: &mut String, e: Explanation, s: &Standard) {
    line(out, "\nLANGKAH");
    for x in &e.case.executions {
        let title = s
            .steps
            .get(&x.step)
            .map_or("tidak dikenal dalam standar", |i| &i.title);
        line(out, &format!("  {}.{} {title}", x.step, x.number));
        let officer = x.officer.as_deref().unwrap_or("pelaksana tidak tercatat");
        line(
            out,
            &format!(
                "      {officer}: {}",
                span(x.started, x.completed, e.zone_label)
            ),
        );
        line(out, &format!("      hari  : {}", day_verdict(x, s)));
        line(out, &format!("      menit : {}", minute_verdict(x, s)));
    }
    for stage in e.case.awaited.iter().filter(|a| a.overdue) {
        line(
            out,
            &format!(
                "  {} belum dimulai, batasnya {} sudah lewat",
                stage.step,
                date_long(date_of(stage.deadline))
            ),
        );
    }
}

/// "8 April 2026 pukul 09.22–09.25 WITA"; both dates where they differ; what is missing is said.
fn span(from: Option<Instant>, to: Option<Instant>, zone_label: &str) -> String {
    let one = |t| date_time(t, zone_label);
    match (from, to) {
        (Some(a), Some(b)) if a.date() == b.date() => format!(
            "{} pukul {}–{} {zone_label}",
            date(a.date()),
            clock_time(a),
            clock_time(b)
        ),
        (Some(a), Some(b)) => format!("{} s.d. {}", one(a), one(b)),
        (Some(a), None) => format!("mulai {}, selesai tidak tercatat", one(a)),
        (None, Some(b)) => format!("mulai tidak tercatat, selesai {}", one(b)),
        (None, None) => "waktu tidak tercatat".to_owned(),
    }
}

fn waktu(x: &Execution, s: &Standard) -> String {
    match s.steps.get(&x.step).and_then(|i| i.waktu.as_ref()) {
        Some(c) => format!(" – {}", quoted(c)),
        None => String::new(),
    }
}

fn day_verdict(x: &Execution, s: &Standard) -> String {
    let mut words = x.day.label().to_owned();
    if let (Some(offset), Some(limit)) = (x.offset, x.limit) {
        let _ = write!(words, ", H+{offset}, batas H+{limit}");
    }
    if let Some(deadline) = x.deadline {
        let _ = write!(words, " ({})", date_long(date_of(deadline)));
    }
    words + &waktu(x, s)
}

fn minute_verdict(x: &Execution, s: &Standard) -> String {
    let mut words = x.minute.label().to_owned();
    if let Some(seconds) = x.service_seconds {
        let _ = write!(words, ", {} waktu layanan", duration_exact(seconds));
    }
    if let Some(m) = s.steps.get(&x.step).and_then(|i| i.minutes) {
        let bound = match m.min {
            Some(min) => format!("{min}–{}", m.max),
            None => format!("paling lama {}", m.max),
        };
        let _ = write!(words, "; batas {bound} menit");
    }
    words
}
