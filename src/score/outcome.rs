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
    let mut found = |check, message: String| findings.push(Finding::new(check, case_id, message));
    let step = decides.unwrap_or_default();
    match outcome {
        Outcome::Rejected | Outcome::Withdrawn => {
            let word = if outcome == Outcome::Rejected {
                "ditolak"
            } else {
                "dicabut"
            };
            if !completions.is_empty() {
                found(
                    Check::IssuedButClosed,
                    format!("Langkah {step} selesai pada berkas yang tercatat {word}."),
                );
            }
            match closed {
                None => {
                    found(
                        Check::ClosingTimeMissing,
                        format!(
                            "Berkas tercatat {word} tanpa waktu penutupan; dihitung belum diputus."
                        ),
                    );
                    End::Undecided
                }
                Some(t) if outcome == Outcome::Rejected => End::Decided(t),
                Some(t) => End::Withdrawn(t),
            }
        }
        Outcome::Issued | Outcome::Open => {
            if completions.len() > 1 {
                found(
                    Check::Reissued,
                    format!(
                        "Langkah {step} diselesaikan {} kali; yang pertama dihitung sebagai keputusan.",
                        completions.len()
                    ),
                );
            }
            match (completions.first(), closed) {
                (Some(t), _) => {
                    if outcome == Outcome::Open {
                        found(
                            Check::OpenButDecided,
                            format!(
                                "Langkah {step} telah selesai padahal hasil berkas tercatat terbuka."
                            ),
                        );
                    }
                    End::Decided(*t)
                }
                (None, Some(t)) if outcome == Outcome::Issued => End::Decided(t),
                (None, None) if outcome == Outcome::Issued => {
                    found(
                        Check::ClosingTimeMissing,
                        "Berkas tercatat terbit tanpa langkah keputusan dan tanpa waktu penutupan; dihitung belum diputus."
                            .to_owned(),
                    );
                    End::Undecided
                }
                _ => End::Undecided,
            }
        }
    }
}
