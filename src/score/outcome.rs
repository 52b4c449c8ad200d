//! When a case was decided, as its outcome, closing time and deciding step say together (scoring.md, section 4).

use crate::finding::{Check, Finding};
use crate::instant::Instant;
use crate::score::ScoredCase;
use crate::score::notes::Notes;
use crate::snapshot::Outcome;

/// The end of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Issued or rejected at this instant.
    Decided(Instant),
    Withdrawn(Instant),
    Undecided,
}

impl End {
    /// Issued or rejected; a withdrawn case was never decided.
    pub fn is_decided(self) -> bool {
        matches!(self, End::Decided(_))
    }

    /// Decision, or closing time of a withdrawn case.
    pub fn at(self) -> Option<Instant> {
        match self {
            End::Decided(t) | End::Withdrawn(t) => Some(t),
            End::Undecided => None,
        }
    }
}

/// The completions of the deciding step.
#[derive(Clone, Copy)]
struct Completions {
    step: i32,
    count: usize,
    first: Option<Instant>,
}

/// Finds the end of a case from what was read of it; contradictions between its sources are noted.
pub fn end(case: &ScoredCase, decides: Option<i32>, notes: &mut Notes) -> End {
    let step = decides.unwrap_or_default();
    let completed = || {
        let executions = case.executions.iter();
        executions
            .filter(|e| Some(e.step) == decides)
            .filter_map(|e| e.completed)
    };
    let completions = Completions {
        step,
        count: completed().count(),
        first: completed().min(),
    };
    let mut note = |check, message: &dyn Fn() -> String| {
        notes.add(|| Finding::new(check, &case.case_id, message()));
    };
    match case.outcome {
        Outcome::Rejected => {
            let t = closed_without_step("ditolak", case, completions, &mut note);
            t.map_or(End::Undecided, End::Decided)
        }
        Outcome::Withdrawn => {
            let t = closed_without_step("dicabut", case, completions, &mut note);
            t.map_or(End::Undecided, End::Withdrawn)
        }
        Outcome::Issued | Outcome::Open => {
            let t = issued(case, completions, &mut note);
            t.map_or(End::Undecided, End::Decided)
        }
    }
}

/// A rejected or withdrawn case ends at its closing time; its deciding step should not have been completed.
fn closed_without_step(
    word: &str,
    case: &ScoredCase,
    Completions { step, count, .. }: Completions,
    note: &mut impl FnMut(Check, &dyn Fn() -> String),
) -> Option<Instant> {
    if count > 0 {
        note(Check::IssuedButClosed, &|| {
            format!("Langkah {step} selesai pada berkas yang tercatat {word}.")
        });
    }
    if case.closed.is_none() {
        note(Check::ClosingTimeMissing, &|| {
            format!("Berkas tercatat {word} tanpa waktu penutupan; dihitung belum diputus.")
        });
    }
    case.closed
}

/// An issued or open case is decided at the first completion of its deciding step; failing that, an issued one at its
/// closing time.
fn issued(
    case: &ScoredCase,
    Completions { step, count, first }: Completions,
    note: &mut impl FnMut(Check, &dyn Fn() -> String),
) -> Option<Instant> {
    if count > 1 {
        note(Check::Reissued, &|| {
            format!(
                "Langkah {step} diselesaikan {count} kali; yang pertama dihitung sebagai keputusan."
            )
        });
    }
    if let Some(first) = first {
        if case.outcome == Outcome::Open {
            note(Check::OpenButDecided, &|| {
                format!("Langkah {step} telah selesai padahal hasil berkas tercatat terbuka.")
            });
        }
        return Some(first);
    }
    if case.outcome == Outcome::Issued && case.closed.is_none() {
        note(Check::ClosingTimeMissing, &|| {
            "Berkas tercatat terbit tanpa langkah keputusan dan tanpa waktu penutupan; dihitung belum diputus."
                .to_owned()
        });
    }
    case.closed.filter(|_| case.outcome == Outcome::Issued)
}
