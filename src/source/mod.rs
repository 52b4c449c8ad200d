//! Source: how an office's records get in. The only place with sqlx and async; everything here blocks for its caller.
//!
//! In: files for [`import`]; databases with their adapter queries, files and the embedded store for [`read`]. Out: an
//! [`ImportReport`]; [`Records`]. Nothing is judged here and nothing repaired: what cannot be read is a finding (scoring.md,
//! section 6).
//!
//! A further database is one file beside `postgres` that hands its rows to a [`intake::Sink`], and one line in [`Dialect`]; a
//! further file format is one file in [`files`].

pub mod address;
mod driver;
pub mod error;
pub mod examine;
pub mod files;
pub mod held;
mod instruments;
pub mod intake;
pub mod moment;
mod mysql;
mod postgres;
pub mod queries;
mod read;
mod relay;
mod repeats;
pub mod row;
pub mod secret;
mod server;
pub mod sql;
mod sqlite;
pub mod store;
pub mod value;

use std::future::Future;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;

pub use self::address::{Address, Dialect};
pub use self::error::{ImportError, SourceError};
pub use self::instruments::instruments;
pub use self::queries::QueryText;
pub use self::read::{Records, Wanted, read};
pub use self::row::ImportKind;
pub use self::store::FileReport;
use crate::instant::Instant;
use files::Task;
use files::mapping::Mapping;

/// What an import did, file by file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    pub kind: ImportKind,
    pub files: Vec<FileReport>,
}

impl ImportReport {
    /// Whether the store holds the same rows as before.
    pub fn changed_nothing(&self) -> bool {
        self.files
            .iter()
            .all(|f| f.new + f.replaced == 0 && f.removed == 0)
    }
}

/// Imports `files` as rows of `kind` into the workspace's embedded store, all or none, and reports what was new,
/// replaced, the same and rejected. `zone` is the office's; `now` is when the extract is taken; `progress` is called with numbers of rows read since the last
/// call. The rule of identity stands in [`store`].
///
/// # Errors
/// A file that cannot be read as a whole, a mapping that is wrong, a store that cannot be written.
pub fn import(
    workspace: &Path,
    kind: ImportKind,
    files: &[PathBuf],
    mapping: Option<&Path>,
    zone: Tz,
    now: Instant,
    progress: &dyn Fn(u64),
) -> Result<ImportReport, ImportError> {
    let mapping = mapping.map(Mapping::load).transpose()?;
    let micros = now.utc_seconds() * 1_000_000;
    let asked = instruments(workspace, kind)?;
    let task = Task::new(kind, mapping.as_ref(), zone, micros).asked(&asked);
    let parsed = files
        .iter()
        .map(|path| Ok((kind, files::parse(path, task, progress)?)))
        .collect::<Result<Vec<_>, ImportError>>()?;
    let files = blocking(store::import(workspace, parsed, zone))?;
    Ok(ImportReport { kind, files })
}

/// Imports `files` as event logs, each as cases and as steps, all or none; gives the report on the cases and the one on
/// the steps. A log that `tepat export` wrote needs no mapping. For the rest see [`import`].
///
/// # Errors
/// As [`import`]; also a mapping that does not say what a case and what a step is.
pub fn import_log(
    workspace: &Path,
    files: &[PathBuf],
    mapping: Option<&Path>,
    zone: Tz,
    now: Instant,
    progress: &dyn Fn(u64),
) -> Result<Vec<ImportReport>, ImportError> {
    let mapping = mapping.map(log_mapping).transpose()?;
    let micros = now.utc_seconds() * 1_000_000;
    let (mut cases, mut steps) = (Vec::new(), Vec::new());
    let task = Task::new(ImportKind::Cases, mapping.as_ref(), zone, micros);
    for path in files {
        let [of_cases, of_steps] = files::parse_log(path, task, progress)?;
        cases.push((ImportKind::Cases, of_cases));
        steps.push((ImportKind::Steps, of_steps));
    }
    cases.append(&mut steps);
    let mut reports = blocking(store::import(workspace, cases, zone))?;
    let of_steps = reports.split_off(files.len());
    let report = |kind, files| ImportReport { kind, files };
    Ok(vec![
        report(ImportKind::Cases, reports),
        report(ImportKind::Steps, of_steps),
    ])
}

/// Reads a mapping that says what the cases and what the steps of a log are.
///
/// # Errors
/// The file cannot be read, or does not say both.
pub fn log_mapping(path: &Path) -> Result<Mapping, ImportError> {
    let mapping = Mapping::load(path)?;
    for kind in [ImportKind::Cases, ImportKind::Steps] {
        if mapping.origins(kind).is_none() {
            return Err(ImportError::Mapping {
                file: path.display().to_string(),
                place: String::new(),
                reason: format!(
                    "says nothing of [{}], but an event log is read as cases and as steps: write both sections",
                    kind.code()
                ),
            });
        }
    }
    Ok(mapping)
}

/// Makes the embedded store where there is none, or brings it to the newest form; for `tepat init`.
///
/// # Errors
/// The folder or file cannot be written, is locked, or is no store.
pub fn prepare(workspace: &Path) -> Result<(), SourceError> {
    blocking(async {
        store::open(workspace).await?;
        Ok(())
    })
}

/// Runs a future to its end on this thread.
fn blocking<T, E: From<SourceError>>(work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| SourceError::Database {
            file: PathBuf::from("tokio"),
            reason: error::one_line(&e.to_string()),
        })?;
    runtime.block_on(work)
}
