//! The standards in use, one block each: limit, clocks, pause, decision and duties, worded from the standard itself.
//!
//! In: the library. Out: [`Block`]s. A step's number stands only here, read off the standard that has it.

use std::collections::BTreeMap;

use crate::format;
use crate::report::method::Block;
use crate::standard::{
    Citation, ClockName, ClockStart, Duty, Library, NoLimit, PauseRule, Recommendation, Standard,
    Step, Unit,
};

/// Blocks on the standards themselves: one per revision in the library.
pub fn standards(library: &Library) -> Vec<Block> {
    let all = library.services.values().flatten();
    all.map(|s| standard(s)).collect()
}

fn standard(s: &Standard) -> Block {
    let mut rules = vec![limit(s), start(s), recommendation(s)];
    rules.extend(clocks(s));
    rules.extend([pause(s), decision(s), hours(s)]);
    rules.extend(duties(s));
    rules.extend(unlimited(s));
    let basis = match s.legal_basis.is_empty() {
        true => "dokumen tidak menyebut dasar hukum".to_owned(),
        false => {
            let each = s.legal_basis.iter().map(|b| b.trim_end_matches('.'));
            each.collect::<Vec<_>>().join("; ")
        }
    };
    Block {
        title: format!("{} – {} revisi {}", s.name, s.document, s.revision),
        rules,
        source: format!(
            "Berlaku sejak {}. Dasar hukum: {basis}",
            format::date(s.effective_from)
        ),
    }
}

fn quoted(c: &Citation) -> String {
    format!("Bunyi dokumen: “{}” ({}).", c.words, c.place)
}

fn limit(s: &Standard) -> String {
    let n = s.total.value;
    let read = match s.total.unit {
        Unit::WorkingDays => format!("H+{n} dalam hari kerja"),
        Unit::CalendarDays => format!("{n} hari kalender setelah tanggal mulai"),
        Unit::ElapsedHours => format!("{n} jam setelah saat mulai"),
    };
    let why = s.total_reading.as_deref().unwrap_or_default();
    let words = format!(
        "Batas penyelesaian: {} {}, dibaca sebagai {read}. {why} {}",
        s.total_stated,
        s.total.unit.label(),
        quoted(&s.total_citation)
    );
    words.replace("  ", " ")
}

fn start(s: &Standard) -> String {
    let when = match s.start {
        ClockStart::Step(step) => format!("saat langkah {} pertama kali selesai", named(s, step)),
        ClockStart::Receipt => "saat berkas diterima".to_owned(),
    };
    format!(
        "Hitungan pendaftaran mulai {when}. {}",
        quoted(&s.start_citation)
    )
}

fn recommendation(s: &Standard) -> String {
    let Some(Recommendation {
        handed_over,
        received,
        ..
    }) = s.recommendation
    else {
        return "Standar ini tidak mengenal rekomendasi teknis; hitungan utama sama dengan hitungan pendaftaran.".to_owned();
    };
    let cited = s.recommendation_citation.as_ref().map(quoted);
    format!(
        "Bila rekomendasi teknis diperlukan, hitungan utama mulai saat langkah {} pertama kali selesai; bila tidak tercatat, awal langkah {received} yang paling dini; bila tidak tercatat, selesainya langkah {received} yang pertama. {}",
        named(s, handed_over),
        cited.unwrap_or_default()
    )
}

/// Which steps run on which clock, where the standard has both.
fn clocks(s: &Standard) -> Option<String> {
    let on = |clock| numbers(s, |step| step.clock == Some(clock));
    let (registration, main) = (on(ClockName::Registration), on(ClockName::Main));
    (!registration.is_empty() && !main.is_empty()).then(|| {
        format!(
            "Langkah pada hitungan pendaftaran: {registration}. Pada hitungan utama: {main}, dan seluruh berkas."
        )
    })
}

fn pause(s: &Standard) -> String {
    let Some(p) = s.pause_step else {
        return "Jeda: standar ini tidak mempunyai langkah yang mengembalikan berkas kepada pemohon; tidak ada jeda.".to_owned();
    };
    let rule = match s.pause {
        PauseRule::Exclude => "hari kerja yang seluruhnya di pemohon tidak dihitung",
        PauseRule::Include => "semua hari kerja dihitung",
        PauseRule::Restart => "hitungan dimulai lagi setelah berkas kembali dari pemohon",
    };
    format!(
        "Jeda: selama langkah {}; {rule}. Bila awalnya tidak tercatat, dipakai selesainya langkah {} yang terakhir sebelumnya.",
        named(s, p.step),
        p.returned_by
    )
}

fn decision(s: &Standard) -> String {
    match s.decides {
        Some(step) => format!(
            "Berkas terbit diputus saat langkah {} pertama kali selesai; bila tidak tercatat, pada waktu penutupan.",
            named(s, step)
        ),
        None => "Berkas terbit diputus pada waktu penutupan.".to_owned(),
    }
}

fn hours(s: &Standard) -> String {
    let own: Vec<String> = s.step_hours.keys().map(i32::to_string).collect();
    let own = match own.is_empty() {
        true => "",
        false => &format!(" Jam tersendiri berlaku untuk langkah {}.", own.join(", ")),
    };
    format!("Jam pelayanan.{own} {}", quoted(&s.hours_citation))
}

fn duties(s: &Standard) -> Option<String> {
    let mandatory = numbers(s, |step| step.duty == Duty::Mandatory);
    let with = numbers(s, |step| step.duty == Duty::WithRecommendation);
    let mut parts = Vec::new();
    if !mandatory.is_empty() {
        parts.push(format!("Langkah wajib: {mandatory}."));
    }
    if !with.is_empty() {
        parts.push(format!("Wajib bila rekomendasi diperlukan: {with}."));
    }
    if !s.separate_duties.is_empty() {
        let pairs = s.separate_duties.iter();
        let pairs: Vec<String> = pairs.map(|(a, b)| format!("{a} dan {b}")).collect();
        parts.push(format!(
            "Tidak boleh dikerjakan petugas yang sama: langkah {}.",
            pairs.join("; ")
        ));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Steps without a limit of days, by the reason.
fn unlimited(s: &Standard) -> Option<String> {
    let mut reasons: BTreeMap<NoLimit, &str> = BTreeMap::new();
    reasons.insert(NoLimit::AsNeeded, "sesuai kebutuhan");
    reasons.insert(NoLimit::NotLegible, "kolom tidak terbaca pada salinan");
    reasons.insert(NoLimit::NotStated, "tidak dinyatakan");
    let parts: Vec<String> = reasons
        .into_iter()
        .map(|(why, words)| (numbers(s, |step| step.window == Err(why)), words))
        .filter(|(steps, _)| !steps.is_empty())
        .map(|(steps, words)| format!("langkah {steps} ({words})"))
        .collect();
    (!parts.is_empty()).then(|| format!("Tanpa batas hari: {}.", parts.join("; ")))
}

/// "6 (Pendaftaran)".
fn named(s: &Standard, step: i32) -> String {
    match s.steps.get(&step) {
        Some(known) => format!("{step} ({})", known.title),
        None => step.to_string(),
    }
}

/// "5–7, 9": the numbers of the steps that fit, neighbours joined.
fn numbers(s: &Standard, fits: impl Fn(&Step) -> bool) -> String {
    let mut runs: Vec<(i32, i32)> = Vec::new();
    for number in s.steps.values().filter(|x| fits(x)).map(|x| x.number) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let words = runs.into_iter().map(|(a, b)| match b - a {
        0 => a.to_string(),
        1 => format!("{a}, {b}"),
        _ => format!("{a}–{b}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::ReportRules;
    use crate::report::method::blocks;
    use crate::standard::load::{StandardFiles, load_calendar, load_library};

    fn library(calendar: &str, files: &StandardFiles) -> Library {
        let zone = chrono_tz::Asia::Makassar;
        let calendar = load_calendar(calendar, files, zone, false).expect("a calendar");
        load_library(files, Arc::new(calendar)).expect("a library")
    }

    #[test]
    fn general_rules_name_no_step() {
        let library = library("nasional", &StandardFiles::shipped());
        let rules = ReportRules {
            least_n: 10,
            at_risk_days: 3,
        };
        for block in blocks(&rules, &library) {
            for rule in block.rules {
                let mut words = rule.split("angkah ").skip(1);
                let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
                assert!(!words.any(number), "{rule}");
                assert!(!rule.contains("H+1"), "{rule}");
            }
        }
    }

    #[test]
    fn a_standard_from_receipt_in_calendar_days_is_worded_so() {
        let files = StandardFiles::shipped()
            .with(
                "standards/sop/wabo.toml",
                include_str!("../../../tests/fixtures/receipt/standard.toml"),
            )
            .with(
                "standards/calendar/wabo.toml",
                include_str!("../../../tests/fixtures/receipt/calendar.toml"),
            );
        let all = standards(&library("wabo", &files));
        let of_receipt = all.iter().find(|b| b.title.contains("WABO"));
        let all = of_receipt.expect("its block").rules.join("\n");
        for words in [
            "56 hari kalender, dibaca sebagai 56 hari kalender setelah tanggal mulai.",
            "mulai saat berkas diterima.",
            "tidak mengenal rekomendasi teknis",
            "tidak ada jeda",
        ] {
            assert!(all.contains(words), "{words}\n{all}");
        }
        assert!(!all.contains("H+"), "{all}");
    }
}
