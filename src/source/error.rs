//! What can stop an import or a read, each in one sentence: what, where, found, allowed, cure.

use std::path::{Path, PathBuf};

use super::held::Difference;
use super::server::listed;
use crate::standard::load::StandardError;

/// Why an import was not done. Nothing of the call has been stored then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{file}: no such file: check the path")]
    NoFile { file: String },
    #[error("{file}: is a folder, not a file: name the files in it one by one")]
    Folder { file: String },
    #[error("{file}: the file is empty: it needs a header line and rows; nothing was imported")]
    Empty { file: String },
    #[error("{file}: cannot be read ({reason}); nothing was imported")]
    Unreadable { file: String, reason: String },
    #[error(
        "{file}: this kind of file is not read: give .csv, .xlsx, .parquet or .xes, each perhaps with .gz behind"
    )]
    Ending { file: String },
    #[error(
        "{file}: the gzip file is cut off or damaged ({reason}): fetch it again; nothing was imported"
    )]
    Gzip { file: String, reason: String },
    #[error(
        "{file}: is not a readable XLSX workbook ({reason}): save it again from the spreadsheet program, or as CSV; nothing was imported"
    )]
    Workbook { file: String, reason: String },
    #[error(
        "{file}: has no sheet {wanted}, only {found}: correct `sheet` in the mapping; nothing was imported"
    )]
    Sheet {
        file: String,
        wanted: String,
        found: String,
    },
    #[error(
        "{file}: not one of the {rows} values of column {column} can be read ({example}): give its format, zone or codes in a mapping; nothing was imported"
    )]
    Column {
        file: String,
        column: String,
        rows: u64,
        example: String,
    },
    #[error("{file}: {reason}; nothing was imported")]
    Header { file: String, reason: String },
    #[error(
        "{file}: is an event log of another program, so it needs a mapping that says under [cases] what is case_id, service, received_at, requires_recommendation and outcome, and under [steps] what is case_id, step and started_at or completed_at; its attributes are {columns}; nothing was imported"
    )]
    ForeignLog { file: String, columns: String },
    #[error("{file}{place}: {reason}")]
    Mapping {
        file: String,
        place: String,
        reason: String,
    },
    #[error(transparent)]
    Standard(Box<StandardError>),
    #[error(transparent)]
    Store(#[from] SourceError),
}

/// Why a source could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error(
        "{file}: there is no store yet: import data first with `tepat import cases FILE` and `tepat import steps FILE`"
    )]
    NoStore { file: PathBuf },
    #[error(
        "{file}: is a database, but not the store of tepat: restore the store from a backup, or move the file away and import again"
    )]
    NotAStore { file: PathBuf },
    #[error("{file}: no such database file: correct the address of the source")]
    NoDatabase { file: PathBuf },
    #[error(
        "{file}: the folder of the store cannot be made or written ({reason}): check that the workspace exists and may be written to"
    )]
    Folder { file: PathBuf, reason: String },
    #[error(
        "{file}: the database is in use by another program, perhaps another tepat: wait until it has ended, then run the command again"
    )]
    Locked { file: PathBuf },
    #[error(
        "{file}: is not an SQLite database, or is damaged: restore it from a backup, or move it away and import again"
    )]
    Damaged { file: PathBuf },
    #[error(
        "{file}: the disk is full: free some space and run the command again; nothing was changed"
    )]
    Full { file: PathBuf },
    #[error("{file}: may not be written: check the permissions of the file and its folder")]
    ReadOnly { file: PathBuf },
    #[error(
        "{file}: another program left the database in the middle of a change: open it once with that program, which repairs it, then run the command again"
    )]
    Unfinished { file: PathBuf },
    #[error("{file}: the store was made by a newer version of tepat: use that version")]
    Newer { file: PathBuf },
    #[error("{file}: {reason}")]
    Database { file: PathBuf, reason: String },
    #[error("{at}: {reason}")]
    Secret { at: String, reason: String },
    #[error(
        "{at}: ca_file {file} cannot be read ({reason}): name the PEM file of the office's authority"
    )]
    Authority {
        at: String,
        file: PathBuf,
        reason: String,
    },
    #[error("{query}: {reason}")]
    Adapter { query: String, reason: String },
    #[error("{query} does not deliver the contract: {all}", all = listed(.differences))]
    Contract {
        query: String,
        differences: Vec<Difference>,
    },
    #[error(
        "{at}: column `{column}` of {kind} holds times without a zone (`{example}`), and none is guessed: say which zone they are in with `zone` in [source], e.g. \"Asia/Makassar\" or \"UTC\""
    )]
    Zone {
        /// The source; filled in where it is known.
        at: String,
        kind: &'static str,
        column: &'static str,
        example: String,
    },
    #[error("{query}: {reason}")]
    Query { query: String, reason: String },
    #[error("{at}: {what}: {cure}")]
    Server {
        at: String,
        what: String,
        cure: String,
    },
    #[error(transparent)]
    File(Box<ImportError>),
    #[error(
        "rows cannot be laid aside on the disk while they are sorted ({reason}): free some space in the workspace and run the command again; nothing was written"
    )]
    Aside { reason: String },
}

impl SourceError {
    /// Whether the settings are wrong, not the source or the machine.
    pub fn is_settings(&self) -> bool {
        matches!(
            self,
            SourceError::Secret { .. }
                | SourceError::Authority { .. }
                | SourceError::Adapter { .. }
                | SourceError::Contract { .. }
                | SourceError::Zone { .. }
        )
    }

    /// Rows could not be laid aside.
    pub(crate) fn aside(error: std::io::Error) -> Self {
        SourceError::Aside {
            reason: one_line(&error.to_string()),
        }
    }

    /// Sorts a failure of the store into the kinds a person can act on.
    pub(crate) fn of(file: &Path, error: &sqlx::Error) -> Self {
        let code = match error {
            sqlx::Error::Database(e) => e.code().and_then(|c| c.parse::<i32>().ok()),
            _ => None,
        };
        Self::of_sqlite(file, code, &error.to_string())
    }

    /// The same by SQLite's extended result code, https://www.sqlite.org/rescode.html
    pub(crate) fn of_sqlite(file: &Path, code: Option<i32>, message: &str) -> Self {
        let file = file.to_path_buf();
        // Read-only, with a journal to be rolled back or recovered first.
        if let Some(264 | 520 | 776) = code {
            return SourceError::Unfinished { file };
        }
        match code.map(|c| c & 0xff) {
            Some(5 | 6) => SourceError::Locked { file },
            Some(8) => SourceError::ReadOnly { file },
            Some(11 | 26) => SourceError::Damaged { file },
            Some(13) => SourceError::Full { file },
            Some(14) => SourceError::Folder {
                file,
                reason: "it cannot be opened".to_owned(),
            },
            _ => SourceError::Database {
                file,
                reason: one_line(message),
            },
        }
    }
}

/// A message of a library on one line, without its final stop.
pub(crate) fn one_line(message: &str) -> String {
    message
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end_matches('.')
        .to_owned()
}
