//! Rows of a database as they come: read by the contract, with what was found wrong, into a [`Gathering`].
//!
//! In: cells in the contract's order. Out: rows and findings. A row that breaks the contract is a finding, never an end; what
//! is wrong with the settings is an end.

use chrono_tz::Tz;

use super::error::SourceError;
use super::moment::{Written, read_iso};
use super::row::{Cells, Class, ImportKind, Problem, Rules, case_row, step_row};
use super::value::Cell;
use crate::finding::{Check, Finding};
use crate::format::date_time_exact;
use crate::instant::Instant;
use crate::snapshot::{Gathering, Noted};

/// Rows between two calls of the progress function.
const PROGRESS_STEP: u64 = 16_384;

/// Where a database's rows go.
pub trait Sink {
    /// Takes a row of `kind`.
    ///
    /// # Errors
    /// The row cannot be kept, or shows that the settings are wrong; reading ends.
    fn row(&mut self, kind: ImportKind, cells: &Cells<'_>) -> Result<(), SourceError>;
    /// Rows taken.
    fn taken(&self) -> u64;
}

/// The sink of a run.
pub struct Intake<'a> {
    pub(super) gathering: Gathering,
    rules: Rules,
    /// None: a time without zone ends the reading.
    zone: Option<Tz>,
    office: Tz,
    /// When the extract is taken: instants after it are findings, made here, since no later view holds them any more.
    now: Instant,
    watches: bool,
    progress: &'a dyn Fn(u64),
    problems: Vec<Problem>,
    taken: u64,
}

impl<'a> Intake<'a> {
    /// `office` is the office's zone.
    pub fn new(gathering: Gathering, office: Tz, now: Instant, progress: &'a dyn Fn(u64)) -> Self {
        Self {
            gathering,
            rules: Rules::plain(office),
            zone: Some(office),
            office,
            now,
            watches: true,
            progress,
            problems: Vec::new(),
            taken: 0,
        }
    }

    /// Begins with another source, which keeps times without zone in `zone`. The embedded store found what lay in the future
    /// when its rows came in; of any other source, `watches` that.
    pub fn begin(&mut self, zone: Option<Tz>, watches: bool) {
        self.zone = zone;
        self.watches = watches;
        self.rules = Rules::plain(zone.unwrap_or(self.office));
        self.taken = 0;
    }

    fn note(&mut self, kind: ImportKind, problem: Problem) -> Result<(), SourceError> {
        let subject = match kind {
            ImportKind::Steps => "Data langkah",
            _ => "Data berkas",
        };
        let key = problem.case_id.clone().unwrap_or_default();
        let message = format!("{subject}: {}", problem.message);
        let noted = Noted {
            finding: Finding::new(problem.check, key, message),
            case_id: problem.case_id,
        };
        self.gathering.finding(&noted).map_err(SourceError::aside)
    }

    fn after_extract(&mut self, case_id: &str, instants: [(&str, Option<i64>); 2]) {
        for (what, micros) in instants.into_iter().filter(|_| self.watches) {
            let Some(t) = micros.filter(|t| t.div_euclid(1_000_000) > self.now.utc_seconds())
            else {
                continue;
            };
            let when = date_time_exact(Instant::from_utc_micros(t, self.office));
            self.problems.push(Problem {
                check: Check::InstantAfterExtract,
                column: None,
                case_id: Some(case_id.to_owned()),
                // Without the time of the extract: each run takes one, and equal records must be an equal snapshot.
                message: format!("waktu {what} ({when}) sesudah data diambil."),
            });
        }
    }
}

impl Sink for Intake<'_> {
    fn row(&mut self, kind: ImportKind, cells: &Cells<'_>) -> Result<(), SourceError> {
        if self.zone.is_none() {
            zoned(kind, cells)?;
        }
        match kind {
            ImportKind::Cases => {
                if let Some(row) = case_row(*cells, &self.rules, &mut self.problems) {
                    self.after_extract(
                        &row.case_id,
                        [("diterima", row.received_at), ("penutupan", row.closed_at)],
                    );
                    self.gathering.case(&row).map_err(SourceError::aside)?;
                }
            }
            ImportKind::Steps => {
                if let Some(step) = step_row(*cells, &self.rules, &mut self.problems) {
                    let row = step.row;
                    self.after_extract(
                        &row.case_id,
                        [("mulai", row.started_at), ("selesai", row.completed_at)],
                    );
                    self.gathering.step(&row).map_err(SourceError::aside)?;
                }
            }
        }
        for problem in std::mem::take(&mut self.problems) {
            self.note(kind, problem)?;
        }
        self.taken += 1;
        if self.taken.is_multiple_of(PROGRESS_STEP) {
            (self.progress)(PROGRESS_STEP);
        }
        Ok(())
    }

    fn taken(&self) -> u64 {
        self.taken
    }
}

/// Refuses a time in text that has no zone where the settings name none: which one is meant is not guessed.
pub(super) fn zoned(kind: ImportKind, cells: &Cells<'_>) -> Result<(), SourceError> {
    for (field, cell) in kind.fields().iter().zip(cells) {
        if field.class == Class::Instant
            && let Cell::Text(text) = cell.trimmed()
            && text.len() > "2026-06-30".len()
            && let Ok(Written::Local(_)) = read_iso(text)
        {
            return Err(SourceError::Zone {
                at: String::new(),
                kind: kind.code(),
                column: field.name,
                example: text.chars().take(40).collect(),
            });
        }
    }
    Ok(())
}
