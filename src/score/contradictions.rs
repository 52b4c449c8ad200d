//! Findings on a case as a whole: clocks without their record, a recommendation left lying, an end before the receipt.

use crate::finding::{Check, Finding, Level};
use crate::format::date_time_exact as when;
use crate::instant::Instant;
use crate::score::clocks::{self, Start, StartedBy};
use crate::score::notes::Notes;
use crate::score::outcome::End;
use crate::score::{Execution, ScoredCase};
use crate::standard::{ClockStart, Standard};

/// An end before the receipt. The flow is counted by local dates, so an earlier date would unbalance it and holds publication
/// back; an earlier hour of the same date is a contradiction in the record and no more.
pub fn before_receipt(case: &ScoredCase, notes: &mut Notes) {
    let Some((received, decided)) = case.received.zip(case.decided) else {
        return;
    };
    if decided >= received {
        return;
    }
    notes.add(|| {
        let message = format!(
            "Berkas diputus atau ditutup {} sebelum diterima {}.",
            when(decided),
            when(received)
        );
        let finding = Finding::new(Check::DecidedBeforeReceived, &case.case_id, message);
        match decided.day() < received.day() {
            true => finding,
            false => finding.at(Level::Warning),
        }
    });
}

/// Clocks that a stand-in started, and a recommendation that nobody took up.
pub(super) fn of_clocks(
    standard: &Standard,
    case: &ScoredCase,
    (registration, main): (Option<Start>, Option<Start>),
    (end, as_of): (End, Instant),
    notes: &mut Notes,
) {
    let id = &case.case_id;
    if let (Some(start), ClockStart::Step(step)) = (registration, standard.start)
        && start.by == StartedBy::Receipt
    {
        notes.add(|| Finding::new(
            Check::ClockFromReceipt,
            id,
            format!(
                "Selesainya langkah {step} tidak tercatat; hitungan pendaftaran dihitung dari saat diterima, {}.",
                when(start.at)
            ),
        ));
    }
    if main.is_some_and(|m| m.by == StartedBy::RegistrationInstead) {
        notes.add(|| Finding::new(
            Check::RecommendationUnrecorded,
            id,
            "Penerimaan rekomendasi teknis tidak tercatat pada berkas yang sudah diputus; dipakai hitungan pendaftaran.",
        ));
    }
    if let Some(lying) = left_lying(standard, case, end, as_of) {
        notes.add(|| {
            Finding::new(
                Check::RecommendationLying,
                id,
                format!(
                    "Rekomendasi diserahkan {}, langkah {} belum dimulai sampai {} ({} hari kerja kemudian).",
                    when(lying.handed),
                    lying.step,
                    when(lying.begun),
                    lying.days
                ),
            )
        });
    }
}

/// A recommendation that lay two or more working days.
struct Lying {
    handed: Instant,
    begun: Instant,
    /// That takes it up.
    step: i32,
    days: u32,
}

/// A recommendation handed over and taken up two or more working days later, or not yet.
fn left_lying(standard: &Standard, case: &ScoredCase, end: End, as_of: Instant) -> Option<Lying> {
    let rule = standard
        .recommendation
        .filter(|_| case.requires_recommendation)?;
    let handed = clocks::first_completion(&case.executions, rule.handed_over)?;
    let taken_up = || case.of_step(rule.received);
    let begun = match taken_up().any(Execution::has_instant) {
        true => taken_up().filter_map(|e| e.started).min()?,
        // Not begun at all: it lies there still, until the case ends.
        false => end.at().unwrap_or(as_of),
    };
    let from = standard.days.workday(handed.day())?;
    let to = standard.days.workday(begun.day())?;
    let days = standard.days.idx(to).checked_sub(standard.days.idx(from))?;
    (days >= 2).then_some(Lying {
        handed,
        begun,
        step: rule.received,
        days,
    })
}
