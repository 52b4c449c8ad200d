//! A workspace opened: its settings, its standards and, where a command needs them, its records.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Failure, Shared, output};
use crate::config::{self, Settings};
use crate::instant::Instant;
use crate::publish::run::Job;
use crate::snapshot::{Snapshot, checks};
use crate::source::{self, ImportError, Queries, SourceError};
use crate::standard::Library;
use crate::standard::load::{StandardError, StandardFiles, load_calendar, load_library};

/// What every command on a workspace begins with.
#[derive(Debug)]
pub struct Office {
    pub workspace: PathBuf,
    pub settings: Settings,
    pub library: Library,
}

/// Records read once, for any number of reports.
#[derive(Debug)]
pub struct Records {
    pub snapshot: Snapshot,
    /// Digest of the adapter queries they were read through.
    pub queries: String,
}

impl Office {
    /// Reads `tepat.toml`, and the calendar and standards that it names: the shipped ones under those of the workspace.
    ///
    /// # Errors
    /// The first mistake in the settings or in a file of `standards/`.
    pub fn open(workspace: &Path) -> Result<Self, Failure> {
        let settings = config::load(workspace)?;
        let files = StandardFiles::workspace(workspace)?;
        let calendar = load_calendar(
            &settings.calendar,
            &files,
            settings.office.zone,
            settings.joint_leave_works,
        )?;
        let library = load_library(&files, Arc::new(calendar))?;
        Ok(Self {
            workspace: workspace.to_path_buf(),
            settings,
            library,
        })
    }

    /// Reads the cases and steps of the office's source. `now` is when the extract is taken: instants after it are findings,
    /// made here, since no later view of the records holds them any more.
    ///
    /// # Errors
    /// A source that cannot be read, a query that does not deliver the contract.
    pub fn records(&self, shared: &Shared, now: Instant) -> Result<Snapshot, Failure> {
        let queries = Queries::load(&self.workspace)?;
        let progress = output::spinner(shared, "reading cases and steps");
        let url = self.settings.source_url.as_deref();
        let zone = self.settings.office.zone;
        let count = |rows| progress.inc(rows);
        let mut snapshot = source::read(&self.workspace, url, &queries, zone, &count)?;
        progress.finish_and_clear();
        // The embedded store made these findings when its rows came in.
        if url.is_some() {
            snapshot.taken_at = Some(now.utc_seconds() * 1_000_000);
            let after = checks::after_extract(&snapshot, zone);
            snapshot.findings.extend(after);
            snapshot.sort();
        }
        Ok(snapshot)
    }

    /// Reads what reports are made from.
    ///
    /// # Errors
    /// As [`Office::records`].
    pub fn for_reports(&self, shared: &Shared, now: Instant) -> Result<Records, Failure> {
        Ok(Records {
            snapshot: self.records(shared, now)?,
            queries: Queries::load(&self.workspace)?.digest(),
        })
    }

    /// What a report of these records is made from.
    pub fn job<'a>(&'a self, records: &'a Records) -> Job<'a> {
        Job {
            workspace: &self.workspace,
            settings: &self.settings,
            library: &self.library,
            records: &records.snapshot,
            queries: &records.queries,
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
        anyhow::Error::from(error).into()
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        // A mapping is settings.
        if matches!(error, ImportError::Mapping { .. }) {
            return Self::usage_sentence(error.to_string());
        }
        anyhow::Error::from(error).into()
    }
}
