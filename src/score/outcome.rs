//! When a case was decided, as its outcome, closing time and deciding step say together (scoring.md, section 4).

use crate::finding::{Check, Finding};
use crate::instant::Instant;
use crate::score::reading::Raw;
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

/// Finds the end of a case; contradictions between its sources are findings.
pub fn end(
    case_id: &str,
    outcome: Outcome,
    closed: Option<Instant>,
    decides: Option<i32>,
    executions: &[Raw],
    findings: &mut Vec<Finding>,
) -> End {
    let mut completions: Vec<Instant> = executions
        .iter()
        .filter(|e| Some(e.step) == decides)
        .filter_map(|e| e.completed)
        .collect();
    completions.sort_unstable();
    let step = decides.unwrap_or_default();
    let mut found = |check, message: String| findings.push(Finding::new(check, case_id, message));
    match outcome {
        Outcome::Rejected => {
            let t = closed_without_step("ditolak", closed, step, &completions, &mut found);
            t.map_or(End::Undecided, End::Decided)
        }
        Outcome::Withdrawn => {
            let t = closed_without_step("dicabut", closed, step, &completions, &mut found);
            t.map_or(End::Undecided, End::Withdrawn)
        }
        Outcome::Issued | Outcome::Open => {
            let t = issued(outcome, closed, step, &completions, &mut found);
            t.map_or(End::Undecided, End::Decided)
        }
    }
}

/// A rejected or withdrawn case ends at its closing time; its deciding step should not have been completed.
fn closed_without_step(
    word: &str,
    closed: Option<Instant>,
    step: i32,
    completions: &[Instant],
    found: &mut impl FnMut(Check, String),
) -> Option<Instant> {
    if !completions.is_empty() {
        found(
            Check::IssuedButClosed,
            format!("Langkah {step} selesai pada berkas yang tercatat {word}."),
        );
    }
    if closed.is_none() {
        found(
            Check::ClosingTimeMissing,
            format!("Berkas tercatat {word} tanpa waktu penutupan; dihitung belum diputus."),
        );
    }
    closed
}

/// An issued or open case is decided at the first completion of its deciding step; failing that, an issued one at its
/// closing time.
fn issued(
    outcome: Outcome,
    closed: Option<Instant>,
    step: i32,
    completions: &[Instant],
    found: &mut impl FnMut(Check, String),
) -> Option<Instant> {
    if completions.len() > 1 {
        found(
            Check::Reissued,
            format!(
                "Langkah {step} diselesaikan {} kali; yang pertama dihitung sebagai keputusan.",
                completions.len()
            ),
        );
    }
    if let Some(first) = completions.first() {
        if outcome == Outcome::Open {
            found(
                Check::OpenButDecided,
                format!("Langkah {step} telah selesai padahal hasil berkas tercatat terbuka."),
            );
        }
        return Some(*first);
    }
    if outcome == Outcome::Issued && closed.is_none() {
        found(
            Check::ClosingTimeMissing,
            "Berkas tercatat terbit tanpa langkah keputusan dan tanpa waktu penutupan; dihitung belum diputus."
                .to_owned(),
        );
    }
    closed.filter(|_| outcome == Outcome::Issued)
}
