//! Findings on the survey: what of it is in doubt, and what it cannot say.
//!
//! In: what was counted. Out: findings in total order, in formal Indonesian. Many forms with the same fault are one finding with their
//! number: a survey has too many for a line each.

use std::collections::BTreeMap;

use super::archive::{Reproduced, reproduce};
use super::cases::{Cases, Recipients};
use super::forms::{NO_CASE, SERVICE};
use super::reach::is_enough;
use super::sample::needed;
use super::trend::{Past, contradicted, is_valid};
use super::write::Counted;
use super::{Input, Survey};
use crate::exact;
use crate::finding::{Check, Finding};
use crate::format;
use crate::standard::Instrument;

/// Numbers of forms that a finding names as examples.
const EXAMPLES: usize = 3;

/// What the findings are made of.
pub(super) struct Seen<'s, 'a> {
    pub input: &'s Input<'a>,
    pub counted: &'s Counted<'s, 'a>,
    pub cases: &'s Cases<'a>,
    pub recipients: &'s Recipients<'a>,
    pub past: &'s Past<'a>,
}

/// All findings on the survey of the period.
pub(super) fn findings(seen: &Seen, survey: &Survey, internal: &[Survey]) -> Vec<Finding> {
    let mut all = seen.input.reading.to_vec();
    answers(&mut all, seen.counted);
    unanswered(&mut all, survey);
    internal.iter().for_each(|s| unanswered(&mut all, s));
    reach(&mut all, seen);
    links(&mut all, seen);
    services(&mut all, seen);
    instruments(&mut all, seen, internal);
    archive(&mut all, seen);
    all.sort_unstable();
    all
}

/// Forms without any answer.
fn answers(all: &mut Vec<Finding>, c: &Counted) {
    let forms = c.forms.rows.iter().zip(&c.answered.patterns);
    let empty = forms
        .filter(|(_, p)| **p == 0)
        .map(|(r, _)| r.response_id.as_str());
    let (count, examples) = examples(empty);
    if count > 0 {
        all.push(Finding::new(
            Check::FormsUnanswered,
            "",
            format!(
                "{} formulir tidak menjawab satu unsur pun dan tidak ikut dihitung (antara lain {examples}).",
                format::count(count)
            ),
        ));
    }
}

/// Elements that nobody answered where somebody answered others.
fn unanswered(all: &mut Vec<Finding>, survey: &Survey) {
    let forms = || survey.forms.iter();
    let is_answered = |code: &str| forms().any(|f| f.answers.get(code).flatten().is_some());
    if survey.forms.is_empty() {
        return;
    }
    for element in &survey.instrument.elements {
        if !is_answered(&element.code) {
            all.push(Finding::new(
                Check::ElementUnanswered,
                &element.code,
                format!(
                    "Unsur “{}” menurut {} tidak dijawab oleh satu responden pun, sehingga indeksnya tidak dapat dihitung.",
                    element.title, survey.instrument.title
                ),
            ));
        }
    }
}

/// More forms than recipients, a sample that is too small, recipients known by the decision only.
fn reach(all: &mut Vec<Finding>, seen: &Seen) {
    let c = seen.counted;
    let mut groups = vec![("", c.unit().respondents, seen.recipients.of.len() as u64)];
    let services = c.forms.columns.iter().zip(&c.answered.columns);
    for (column, sums) in services.filter(|(c, _)| c.name == SERVICE) {
        for (value, sums) in column.values.iter().zip(sums) {
            let of = seen.recipients.count(|r| r.service == value);
            groups.push((value, sums.all.respondents, of));
        }
    }
    for (service, respondents, recipients) in groups {
        let place = match service {
            "" => String::new(),
            service => format!(" pada layanan {service}"),
        };
        let (n, of) = (format::count(respondents), format::count(recipients));
        if respondents > recipients {
            all.push(Finding::new(
                Check::MoreFormsThanRecipients,
                service,
                format!("{n} responden tercatat{place}, sedangkan penerima layanan pada periode itu {of}; tingkat respons tidak dapat dinilai."),
            ));
        } else if respondents == 1 {
            all.push(Finding::new(
                Check::SampleInsufficient,
                service,
                format!("Hanya satu responden{place}: indeksnya dihitung, tetapi satu formulir belum memadai."),
            ));
        } else if is_enough(respondents, recipients) == Some(false) && recipients > 0 {
            all.push(Finding::new(
                Check::SampleInsufficient,
                service,
                format!(
                    "{n} responden{place} belum memadai: untuk {of} penerima layanan diperlukan {} (Krejcie dan Morgan).",
                    format::count(needed(recipients))
                ),
            ));
        }
    }
    let by_decision = seen.recipients.count(|r| r.by_decision);
    if by_decision > 0 {
        all.push(Finding::new(
            Check::HandOverUnrecorded,
            "",
            format!("Penyerahan {} berkas kepada pemohon tidak tercatat; tanggal keputusannya yang dipakai.", format::count(by_decision)),
        ));
    }
}

/// Forms whose case is not known, is of another service, or has several forms.
fn links(all: &mut Vec<Finding>, seen: &Seen) {
    let c = seen.counted;
    let forms = || c.forms.rows.iter().zip(&c.forms.case);
    let unknown = forms()
        .filter(|(r, case)| **case == NO_CASE && r.case_id.is_some())
        .map(|(r, _)| r.response_id.as_str());
    let (count, first) = examples(unknown);
    if count > 0 {
        all.push(Finding::new(
            Check::FormCaseUnknown,
            "",
            format!("{} formulir menyebut nomor berkas yang tidak ada dalam data berkas (antara lain formulir {first}); formulirnya tetap dihitung, tanpa kaitan berkas.", format::count(count)),
        ));
    }
    let service_of = |case: u32| seen.cases.service.get(case as usize).copied();
    let other = forms().filter(|(r, case)| {
        let own = super::cases::service_code(&r.service, seen.input.library);
        service_of(**case).is_some_and(|s| s != own)
    });
    let (count, first) = examples(other.map(|(r, _)| r.response_id.as_str()));
    if count > 0 {
        all.push(Finding::new(
            Check::FormServiceDiffers,
            "",
            format!("{} formulir menyebut layanan yang berbeda dari layanan berkasnya (antara lain formulir {first}); dihitung pada layanan yang disebut formulir.", format::count(count)),
        ));
    }
    let mut forms_of = vec![0_u32; seen.cases.all.len()];
    for case in &c.forms.case {
        if let Some(n) = forms_of.get_mut(*case as usize) {
            *n += 1;
        }
    }
    let several = seen
        .cases
        .all
        .iter()
        .zip(&forms_of)
        .filter(|(_, n)| **n > 1);
    let (count, first) = examples(several.map(|(case, _)| case.case_id.as_str()));
    if count > 0 {
        all.push(Finding::new(
            Check::CaseAnsweredTwice,
            "",
            format!("{} berkas mempunyai lebih dari satu formulir (antara lain {first}); setiap formulir dihitung sebagai satu responden.", format::count(count)),
        ));
    }
}

/// Services that no standard knows.
fn services(all: &mut Vec<Finding>, seen: &Seen) {
    let mut unknown: BTreeMap<&str, u64> = BTreeMap::new();
    for column in seen
        .counted
        .forms
        .columns
        .iter()
        .filter(|c| c.name == SERVICE)
    {
        for value in &column.of {
            let service = column
                .values
                .get(*value as usize)
                .map_or("", String::as_str);
            *unknown.entry(service).or_default() += 1;
        }
    }
    unknown.retain(|service, _| seen.input.library.revisions(service).is_none());
    for (service, count) in unknown {
        all.push(Finding::new(
            Check::FormServiceUnknown,
            service,
            format!("{} formulir menyebut layanan “{service}” yang tidak mempunyai standar; hasilnya tetap ditampilkan dalam baris tersendiri.", format::count(count)),
        ));
    }
}

/// Instruments of which something is not verified, and periods or internal criteria without one in force.
fn instruments(all: &mut Vec<Finding>, seen: &Seen, internal: &[Survey]) {
    let instrument: &Instrument = seen.counted.scheme.instrument;
    if instrument.bands.is_empty() {
        all.push(Finding::new(
            Check::InstrumentUnverified,
            &instrument.code,
            format!("Ambang mutu menurut {} belum diverifikasi, sehingga mutu pelayanan tidak diberikan.", instrument.title),
        ));
    }
    for period in seen.past.without_instrument(seen.input) {
        all.push(Finding::new(
            Check::SurveyWithoutInstrument,
            period.to_string(),
            format!("Tidak ada instrumen survei yang berlaku pada {}, sehingga formulirnya tidak dihitung.", format::period(period)),
        ));
    }
    let named = seen.input.settings.internal.iter();
    let held = |code: &&String| internal.iter().any(|s| s.instrument.code == **code);
    for code in named.filter(|code| !held(code)) {
        let instrument = seen.input.instruments.by_code.get(code);
        if instrument.is_some_and(|i| !is_valid(i, seen.input.period)) {
            all.push(Finding::new(
                Check::SurveyWithoutInstrument,
                code,
                format!("Kriteria internal “{code}” tidak berlaku pada hari pertama periode ini dan tidak dilaporkan."),
            ));
        }
    }
}

/// Archived figures that are not what their NRR give, whose grade is not that of their bands, or that the forms contradict.
fn archive(all: &mut Vec<Finding>, seen: &Seen) {
    let mut differs = |period: crate::period::Period, message: String| {
        all.push(Finding::new(
            Check::ArchiveDiffers,
            period.to_string(),
            message,
        ));
    };
    for archived in &seen.input.settings.archive {
        let Some(instrument) = seen.input.instruments.by_code.get(&archived.instrument) else {
            continue;
        };
        let places = exact::places_written(&archived.written);
        let published = format::exact(&archived.value, places);
        if let Reproduced::Other(found) = reproduce(archived, instrument) {
            differs(
                archived.period,
                format!(
                    "IKM yang dipublikasikan {published} tidak dapat direproduksi: dari NRR-nya diperoleh {}.",
                    format::exact(&found, places)
                ),
            );
        }
        let band = exact::hundredths(&archived.value).and_then(|h| instrument.band(h));
        if let Some(band) = band.filter(|b| b.grade != archived.grade && !archived.grade.is_empty())
        {
            differs(
                archived.period,
                format!(
                    "Mutu yang dipublikasikan {} untuk IKM {published} bukan mutu menurut ambang {}, yaitu {}; mutu arsip dipertahankan.",
                    archived.grade, instrument.title, band.grade
                ),
            );
        }
    }
    for (period, found) in contradicted(seen.past, seen.input) {
        differs(
            period,
            format!(
                "Dari formulir yang tersimpan diperoleh IKM {}, berbeda dari nilai arsip; tren menampilkan nilai arsip.",
                format::exact(&found, 3)
            ),
        );
    }
}

/// How many there are, and the first few of them.
fn examples<'e>(ids: impl Iterator<Item = &'e str>) -> (u64, String) {
    let mut first: Vec<&str> = Vec::new();
    let mut count = 0;
    for id in ids {
        count += 1;
        if first.len() < EXAMPLES {
            first.push(id);
        }
    }
    (count, first.join(", "))
}
