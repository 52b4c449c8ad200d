//! A workspace opened: its settings, its standards and, where a command needs them, its records.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Failure, Shared, as_of, output};
use crate::config::source::Place;
use crate::config::{self, Settings};
use crate::instant::Instant;
use crate::measure::ikm::settings;
use crate::publish;
use crate::publish::run::Job;
use crate::snapshot::{Cut, Snapshot};
use crate::source::{self, ImportError, ImportKind, Records, SourceError, Wanted};
use crate::standard::load::{
    StandardError, StandardFiles, load_calendar, load_instruments, load_library,
};
use crate::standard::{Instruments, Library};

/// What every command on a workspace begins with.
#[derive(Debug)]
pub struct Office {
    pub workspace: PathBuf,
    pub settings: Settings,
    pub library: Library,
    /// The same standards with cuti bersama read the other way.
    pub other_leave: Library,
    /// Survey instruments: the shipped ones under those of the workspace.
    pub instruments: Instruments,
}

impl Office {
    /// Reads `tepat.toml`, and the calendar and standards that it names: the shipped ones under those of the workspace.
    ///
    /// # Errors
    /// The first mistake in the settings or in a file of `standards/`.
    pub fn open(workspace: &Path) -> Result<Self, Failure> {
        let settings = config::load(workspace)?;
        let files = StandardFiles::workspace(workspace)?;
        let library = |joint_leave_works| {
            let zone = settings.office.zone;
            let calendar = load_calendar(&settings.calendar, &files, zone, joint_leave_works)?;
            load_library(&files, Arc::new(calendar))
        };
        let works = settings.joint_leave_works;
        let (library, other_leave) = (library(works)?, library(!works)?);
        let instruments = load_instruments(&files)?;
        settings::check(&settings.ikm, &instruments, &library).map_err(|e| {
            let file = workspace.join(config::FILE);
            Failure::usage_sentence(format!("{}: {e}", file.display()))
        })?;
        Ok(Self {
            workspace: workspace.to_path_buf(),
            settings,
            library,
            other_leave,
            instruments,
        })
    }

    /// Reads the cases and steps of the office's sources for a run that knows what `as_of` knows. `since` is the first date that is needed; closed
    /// cases of which everything lies further back than that and the look-back are left in the source.
    ///
    /// # Errors
    /// A source that cannot be read, a query that does not deliver the contract.
    pub fn records(
        &self,
        shared: &Shared,
        as_of: Instant,
        since: Option<NaiveDate>,
    ) -> Result<Records, Failure> {
        self.read(shared, self.wanted(as_of, since, &|_| ()))
    }

    /// As [`Office::records`], and the follow-ups and the kinds of `beside` with them. A database of cases need not hold a staff
    /// register or survey forms: it is asked for them where the settings or a query of the workspace say so, and the store is
    /// read otherwise.
    ///
    /// # Errors
    /// As [`Office::records`].
    pub fn records_and(
        &self,
        shared: &Shared,
        beside: &[ImportKind],
        as_of: Instant,
        since: Option<NaiveDate>,
    ) -> Result<Records, Failure> {
        let mut kinds = vec![ImportKind::Cases, ImportKind::Steps, ImportKind::Followups];
        let (asked, stored): (Vec<ImportKind>, Vec<ImportKind>) =
            beside.iter().partition(|kind| self.asks_for(**kind));
        kinds.extend(asked);
        let wanted = Wanted {
            kinds: &kinds,
            ..self.wanted(as_of, since, &|_| ())
        };
        let mut records = self.read(shared, wanted)?;
        let further = &mut records.further;
        for kind in stored {
            let found = source::store::findings_of(&self.workspace, kind)?;
            further.findings.extend(found);
            match kind {
                ImportKind::Staff => further.staff = source::store::staff(&self.workspace)?,
                ImportKind::Responses => {
                    further.responses = source::store::responses(&self.workspace)?;
                }
                ImportKind::Complaints => {
                    further.complaints = source::store::complaints(&self.workspace)?;
                }
                ImportKind::Cases | ImportKind::Steps | ImportKind::Followups => {}
            }
        }
        further.sort();
        Ok(records)
    }

    /// Whether the place that the settings name for rows of this kind is known to hold them.
    fn asks_for(&self, kind: ImportKind) -> bool {
        let sources = &self.settings.sources;
        match &sources.default {
            _ if sources.own.contains_key(kind.code()) => true,
            Place::Store => true,
            Place::Files { .. } => false,
            Place::Database(database) => {
                let folder = self.workspace.join("queries");
                let folder = folder.join(database.address.dialect().folder());
                folder.join(format!("{}.sql", kind.code())).exists()
            }
        }
    }

    /// Reads what is wanted, and shows how it goes on.
    ///
    /// # Errors
    /// As [`Office::records`].
    pub fn read(&self, shared: &Shared, wanted: Wanted) -> Result<Records, Failure> {
        let progress = output::rows(shared, "reading");
        let records = source::read(Wanted {
            progress: &|rows| progress.inc(rows),
            ..wanted
        })?;
        progress.finish_and_clear();
        Ok(records)
    }

    /// What a run reads of the office's sources.
    pub fn wanted<'a>(
        &'a self,
        as_of: Instant,
        since: Option<NaiveDate>,
        progress: &'a dyn Fn(u64),
    ) -> Wanted<'a> {
        let zone = self.settings.office.zone;
        let now = as_of::now(zone);
        let (_, last) = self.library.calendar.range();
        let end = Instant::start_of_day(last.succ_opt().unwrap_or(last), zone);
        Wanted {
            workspace: &self.workspace,
            sources: &self.settings.sources,
            kinds: &[ImportKind::Cases, ImportKind::Steps],
            zone: self.settings.office.zone,
            ahead: if as_of >= now { now } else { end.max(now) },
            since: since.map(|date| publish::run::look_back(&self.settings, date)),
            progress,
        }
    }

    /// The records as seen at `as_of`.
    ///
    /// # Errors
    /// Rows that were laid aside cannot be read.
    pub fn seen(&self, records: &mut Records, as_of: Instant) -> Result<Snapshot, Failure> {
        let cut = Cut {
            as_of,
            bound: None,
            decides: &|service| self.library.decides(service),
        };
        Ok(records.extract.view(&cut)?)
    }

    /// What a report of these records is made from.
    pub fn job<'a>(&'a self, queries: &'a BTreeMap<String, String>) -> Job<'a> {
        Job {
            workspace: &self.workspace,
            settings: &self.settings,
            library: &self.library,
            other_leave: &self.other_leave,
            instruments: &self.instruments,
            queries,
        }
    }
}

impl From<StandardError> for Failure {
    fn from(error: StandardError) -> Self {
        Self::usage(error)
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::File(error) => (*error).into(),
            error if error.is_settings() => Self::usage_sentence(error.to_string()),
            error => anyhow::Error::from(error).into(),
        }
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        if let ImportError::Standard(error) = error {
            return (*error).into();
        }
        // A mapping is settings.
        if matches!(error, ImportError::Mapping { .. }) {
            return Self::usage_sentence(error.to_string());
        }
        anyhow::Error::from(error).into()
    }
}
