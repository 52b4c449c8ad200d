//! Findings on a case as a whole: clocks without their record, a recommendation left lying, an end before the receipt.

use crate::finding::{Check, Finding, Level};
use crate::format::date_time_exact as when;
use crate::instant::Instant;
use crate::score::ScoredCase;
use crate::score::case::Read;
use crate::score::clocks::{self, Start, StartedBy};
use crate::score::outcome::End;
use crate::score::reading::Raw;
use crate::standard::{ClockStart, Standard};

/// An end before the receipt. The flow is counted by local dates, so an earlier date would unbalance it and holds publication
/// back; an earlier hour of the same date is a contradiction in the record and no more.
pub fn before_receipt(case: &ScoredCase) -> Option<Finding> {
    let (received, decided) = (case.received?, case.decided?);
    if decided >= received {
        return None;
    }
    let message = format!(
        "Berkas diputus atau ditutup {} sebelum diterima {}.",
        when(decided),
        when(received)
    );
    let finding = Finding::new(Check::DecidedBeforeReceived, &case.case_id, message);
    Some(match decided.day() < received.day() {
        true => finding,
        false => finding.at(Level::Warning),
    })
}

/// Clocks that a stand-in started, and a recommendation that nobody took up.
pub(super) fn of_clocks(
    standard: &Standard,
    read: &Read,
    registration: Option<Start>,
    main: Option<Start>,
    (end, as_of): (End, Instant),
    findings: &mut Vec<Finding>,
) {
    let id = &read.row.case_id;
    if let (Some(start), ClockStart::Step(step)) = (registration, standard.start)
        && start.by == StartedBy::Receipt
    {
        findings.push(Finding::new(
            Check::ClockFromReceipt,
            id,
            format!(
                "Selesainya langkah {step} tidak tercatat; hitungan pendaftaran dihitung dari saat diterima, {}.",
                when(start.at)
            ),
        ));
    }
    if main.is_some_and(|m| m.by == StartedBy::RegistrationInstead) {
        findings.push(Finding::new(
            Check::RecommendationUnrecorded,
            id,
            "Penerimaan rekomendasi teknis tidak tercatat pada berkas yang sudah diputus; dipakai hitungan pendaftaran.",
        ));
    }
    if let Some(finding) = left_lying(standard, read, end, as_of) {
        findings.push(finding);
    }
}

/// A recommendation handed over and taken up two or more working days later, or not yet.
fn left_lying(standard: &Standard, read: &Read, end: End, as_of: Instant) -> Option<Finding> {
    let rule = standard
        .recommendation
        .filter(|_| read.row.requires_recommendation)?;
    let handed = clocks::first_completion(&read.executions, rule.handed_over)?;
    let taken_up = || read.executions.iter().filter(|e| e.step == rule.received);
    let begun = match taken_up().any(Raw::has_instant) {
        true => taken_up().filter_map(|e| e.started).min()?,
        // Not begun at all: it lies there still, until the case ends.
        false => end.at().unwrap_or(as_of),
    };
    let from = standard.days.workday(handed.day())?;
    let to = standard.days.workday(begun.day())?;
    let days = standard.days.idx(to).checked_sub(standard.days.idx(from))?;
    (days >= 2).then(|| {
        Finding::new(
            Check::RecommendationLying,
            &read.row.case_id,
            format!(
                "Rekomendasi diserahkan {}, langkah {} belum dimulai sampai {} ({days} hari kerja kemudian).",
                when(handed),
                rule.received,
                when(begun)
            ),
        )
    })
}
