//! Rows of a database as they come: read by the contract, with what was found wrong, into a [`Gathering`].
//!
//! In: cells in the contract's order. Out: rows and findings. A row that breaks the contract is a finding, never an end; what
//! is wrong with the settings is an end.

use chrono_tz::Tz;

use super::error::SourceError;
use super::moment::{Written, read_iso};
use super::repeats;
use super::row::{
    Cells, Class, ImportKind, Problem, Rules, Scale, case_row, complaint_row, followup_row,
    response_row, staff_row, step_row,
};
use super::value::Cell;
use crate::finding::{Check, Finding};
use crate::format::date_time_exact;
use crate::instant::Instant;
use crate::snapshot::kinds::Sharing;
use crate::snapshot::{ComplaintRow, FollowupRow, Gathering, Noted, ResponseRow, StaffRow};

/// The answers of a survey form by element code; of other kinds, none.
pub type Elements<'a> = [(&'a str, Cell<'a>)];

/// Where a database's rows go.
pub trait Sink {
    /// Takes a row of `kind`.
    ///
    /// # Errors
    /// The row cannot be kept, or shows that the settings are wrong; reading ends.
    fn row(
        &mut self,
        kind: ImportKind,
        cells: &Cells<'_>,
        elements: &Elements<'_>,
    ) -> Result<(), SourceError>;
    /// Rows taken.
    fn taken(&self) -> u64;
}

/// Rows of the kinds that no snapshot of cases and steps holds, and the findings of their reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Further {
    pub responses: Vec<ResponseRow>,
    pub complaints: Vec<ComplaintRow>,
    pub staff: Vec<StaffRow>,
    pub followups: Vec<FollowupRow>,
    pub findings: Vec<Finding>,
}

impl Further {
    /// Puts all rows into their total order, each survey form once.
    pub fn sort(&mut self) {
        self.responses.sort_unstable();
        self.findings.extend(repeats::once(&mut self.responses));
        self.complaints.sort_unstable();
        self.staff.sort_unstable();
        self.followups.sort_unstable();
        self.findings.sort_unstable();
        // The import has said of the store's forms what is said here of them again.
        self.findings.dedup();
    }
}

/// Where all rows of a run end.
pub struct Intake {
    pub(super) gathering: Gathering,
    pub(super) further: Further,
    rules: Rules,
    /// What the words of survey answers mean.
    scale: Scale,
    sharing: Sharing,
    /// None: a time without zone ends the reading.
    zone: Option<Tz>,
    office: Tz,
    /// Instants after it are findings, made here, since no later view holds them any more.
    ahead: Instant,
    watches: bool,
    problems: Vec<Problem>,
}

impl Intake {
    /// `office` is the office's zone.
    pub fn new(gathering: Gathering, office: Tz, ahead: Instant, scale: Scale) -> Self {
        Self {
            scale,
            sharing: Sharing::default(),
            gathering,
            further: Further::default(),
            rules: Rules::plain(office),
            zone: Some(office),
            office,
            ahead,
            watches: true,
            problems: Vec::new(),
        }
    }

    /// Begins with another source, which keeps times without zone in `zone`. The embedded store found what lay in the future
    /// when its rows came in; of any other source, `watches` that.
    pub fn begin(&mut self, zone: Option<Tz>, watches: bool) {
        self.zone = zone;
        self.watches = watches;
        self.rules = Rules::plain(zone.unwrap_or(self.office));
        self.rules.dates = self.office;
    }

    fn note(&mut self, kind: ImportKind, problem: Problem) -> Result<(), SourceError> {
        let key = problem.subject.clone().unwrap_or_default();
        let message = format!("{}: {}", kind.label(), problem.message);
        let finding = Finding::new(problem.check, key, message);
        if !matches!(kind, ImportKind::Cases | ImportKind::Steps) {
            self.further.findings.push(finding);
            return Ok(());
        }
        let noted = Noted {
            finding,
            case_id: problem.subject,
        };
        self.gathering.finding(&noted).map_err(SourceError::aside)
    }

    fn after_extract(&mut self, subject: &str, instants: &[(&str, Option<i64>)]) {
        for (what, micros) in instants.iter().filter(|_| self.watches) {
            let Some(t) = micros.filter(|t| t.div_euclid(1_000_000) > self.ahead.utc_seconds())
            else {
                continue;
            };
            let when = date_time_exact(Instant::from_utc_micros(t, self.office));
            self.problems.push(Problem {
                check: Check::InstantAfterExtract,
                column: None,
                subject: Some(subject.to_owned()),
                // Without the time of the extract: each run takes one, and equal records must be an equal snapshot.
                message: format!("waktu {what} ({when}) sesudah data diambil."),
            });
        }
    }
}

impl Intake {
    fn case(&mut self, cells: &Cells<'_>) -> Result<(), SourceError> {
        let Some(row) = case_row(*cells, &self.rules, &mut self.problems) else {
            return Ok(());
        };
        let instants = [("diterima", row.received_at), ("penutupan", row.closed_at)];
        self.after_extract(&row.case_id, &instants);
        self.gathering.case(&row).map_err(SourceError::aside)
    }

    fn step(&mut self, cells: &Cells<'_>) -> Result<(), SourceError> {
        let Some(step) = step_row(*cells, &self.rules, &mut self.problems) else {
            return Ok(());
        };
        let row = step.row;
        let instants = [("mulai", row.started_at), ("selesai", row.completed_at)];
        self.after_extract(&row.case_id, &instants);
        self.gathering.step(&row).map_err(SourceError::aside)
    }

    fn complaint(&mut self, cells: &Cells<'_>) {
        if let Some(row) = complaint_row(*cells, &self.rules, &mut self.problems) {
            let instants = [
                ("diterima", row.received_at),
                ("tanggapan", row.responded_at),
                ("penyelesaian", row.resolved_at),
            ];
            self.after_extract(&row.complaint_id, &instants);
            self.further.complaints.push(row);
        }
    }
}

impl Intake {
    /// Takes a row of `kind`.
    ///
    /// # Errors
    /// The row cannot be laid aside, or a time has no zone and the settings name none.
    pub fn row(
        &mut self,
        kind: ImportKind,
        cells: &Cells<'_>,
        elements: &Elements<'_>,
    ) -> Result<(), SourceError> {
        if self.zone.is_none() {
            zoned(kind, cells)?;
        }
        match kind {
            ImportKind::Cases => self.case(cells)?,
            ImportKind::Steps => self.step(cells)?,
            ImportKind::Responses => {
                let (scale, sharing) = (&self.scale, &mut self.sharing);
                let (rules, problems) = (&self.rules, &mut self.problems);
                let row = response_row(*cells, elements, scale, sharing, rules, problems);
                self.further.responses.extend(row);
            }
            ImportKind::Complaints => self.complaint(cells),
            ImportKind::Staff => {
                let row = staff_row(*cells, &self.rules, &mut self.problems);
                self.further.staff.extend(row);
            }
            ImportKind::Followups => {
                let row = followup_row(*cells, &self.rules, &mut self.problems);
                self.further.followups.extend(row);
            }
        }
        for problem in std::mem::take(&mut self.problems) {
            self.note(kind, problem)?;
        }
        Ok(())
    }
}

/// Refuses a time in text that has no zone where the settings name none: which one is meant is not guessed.
pub(super) fn zoned(kind: ImportKind, cells: &Cells<'_>) -> Result<(), SourceError> {
    for (field, cell) in kind.fields().iter().zip(cells) {
        if field.class == Class::Instant
            && let Cell::Text(text) = cell.trimmed()
            && text.len() > "2026-06-30".len()
            && let Ok(Written::Local(_)) = read_iso(&text.replace('\u{a0}', " "))
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
