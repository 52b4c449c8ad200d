//! Files into rows of the contract: CSV, XLSX, Parquet and XES, each also as gzip, with or without a mapping.
//!
//! In: a path, the kind of rows, a mapping, the office's zone. Out: a [`ParsedFile`] held in memory, so that nothing is
//! stored before every file of a call has been read whole. This module knows nothing of the store.
//!
//! A further format is one file beside `csv` and `sheets` that feeds the same `Intake` with parts of a `Plan`, a line in
//! `read_as::Format` and `input`, and one line in `read`.

pub mod columns;
mod csv;
mod dialect;
mod identity;
mod input;
mod intake;
mod lane;
pub mod lifecycle;
pub mod log;
pub mod mapping;
mod parquet;
mod part;
mod personal;
mod plan;
pub mod read_as;
mod sheets;
pub(in crate::source) mod survey;
mod task;
mod text;

use std::path::Path;

use chrono_tz::Tz;

use self::columns::Feed;
use self::input::Input;
use self::intake::Intake;
use self::mapping::Mapping;
use self::read_as::{Format, ReadAs};
pub use self::task::Task;
use super::error::ImportError;
use super::row::{ImportKind, StepRecord};
use crate::digest::sha256;
use crate::finding::Finding;
use crate::guard::caught;
use crate::snapshot::{CaseRow, ComplaintRow, FollowupRow, ResponseRow, StaffRow};

/// A finding on a row of a file; `subject` where the row names a case, or what else a row of its kind is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowFinding {
    pub finding: Finding,
    pub subject: Option<String>,
}

/// One file, read whole: the rows of its kind, in the file's order.
#[derive(Debug, Clone, Default)]
pub struct ParsedFile {
    /// Name without folder: findings and log must not hold paths of a machine.
    pub name: String,
    /// SHA-256 (hex) of the file's bytes.
    pub sha256: String,
    pub read_as: ReadAs,
    pub cases: Vec<CaseRow>,
    pub steps: Vec<StepRecord>,
    pub responses: Vec<ResponseRow>,
    pub complaints: Vec<ComplaintRow>,
    pub staff: Vec<StaffRow>,
    pub followups: Vec<FollowupRow>,
    pub findings: Vec<RowFinding>,
    /// Rows below the header, the rejected among them; of wide rows their executions.
    pub rows: u64,
    pub rejected: u64,
    /// Columns nothing was read from.
    pub ignored: Vec<String>,
    /// What feeds which column of the contract.
    pub feeds: Vec<Feed>,
    /// Of a survey: element code and how many asked did not answer, where any.
    pub blank: Vec<(String, u64)>,
}

impl ParsedFile {
    /// Adds the blank answers of one table; the counts of the elements stand last.
    fn count_blanks(&mut self, elements: &[(String, usize)], counts: &[u64]) {
        let from = counts.len().saturating_sub(elements.len());
        for ((code, _), count) in elements.iter().zip(&counts[from..]) {
            match self.blank.iter_mut().find(|(known, _)| known == code) {
                Some((_, all)) => *all += count,
                None if *count > 0 => self.blank.push((code.clone(), *count)),
                None => {}
            }
        }
    }
}

/// What a format's reader can fail on; the file's name is added by the caller.
pub(super) enum Fault {
    Empty,
    Header(String),
    Workbook(String),
    Sheet {
        wanted: String,
        found: String,
    },
    Column {
        column: String,
        rows: u64,
        example: String,
    },
}

/// Reads `path` as rows of the task's kind. `progress` is called with numbers of rows read since the last call.
///
/// # Errors
/// The file cannot be read at all: missing, a folder, empty, of an unknown ending, damaged, wrongly encoded, or with a
/// header that does not fit. What is wrong in single rows is a finding, not an error.
pub fn parse(
    path: &Path,
    task: Task<'_>,
    progress: &dyn Fn(u64),
) -> Result<ParsedFile, ImportError> {
    read(path, task, None, progress)
}

/// As [`parse`], but keeps the first `rows` rows only. The whole file is read, so that counts and findings are those of an
/// import.
///
/// # Errors
/// As [`parse`].
pub fn preview(
    path: &Path,
    task: Task<'_>,
    rows: usize,
    progress: &dyn Fn(u64),
) -> Result<ParsedFile, ImportError> {
    read(path, task, Some(rows), progress)
}

/// Reads `path` as an event log: its cases, then its steps. A log that `tepat export` wrote needs no mapping.
///
/// # Errors
/// As [`parse`]; also a log of another program without a mapping.
pub fn parse_log(
    path: &Path,
    task: Task<'_>,
    progress: &dyn Fn(u64),
) -> Result<[ParsedFile; 2], ImportError> {
    log_parts(path, task, None, progress)
}

/// As [`parse_log`], but keeps the first `rows` rows of each only.
///
/// # Errors
/// As [`parse_log`].
pub fn preview_log(
    path: &Path,
    task: Task<'_>,
    rows: usize,
    progress: &dyn Fn(u64),
) -> Result<[ParsedFile; 2], ImportError> {
    log_parts(path, task, Some(rows), progress)
}

fn log_parts(
    path: &Path,
    task: Task<'_>,
    keep: Option<usize>,
    progress: &dyn Fn(u64),
) -> Result<[ParsedFile; 2], ImportError> {
    let own = match task.mapping {
        Some(_) => None,
        None => Some(own_mapping(path, task.zone)?),
    };
    let read = |kind| {
        let task = Task {
            kind,
            mapping: task.mapping.or(own.as_ref()),
            is_log: true,
            ..task
        };
        read(path, task, keep, progress)
    };
    Ok([read(ImportKind::Cases)?, read(ImportKind::Steps)?])
}

/// The mapping of a log that `tepat export` wrote.
fn own_mapping(path: &Path, zone: Tz) -> Result<Mapping, ImportError> {
    let file = shown(path);
    let input = input::open(path, &file)?;
    let mut intake = Intake::new(
        Task::new(ImportKind::Cases, None, zone, 0),
        file.clone(),
        None,
        &|_| (),
    );
    let columns = match input.format {
        Format::Csv => csv::header(input.bytes(), &mut intake),
        Format::Xes => log::rows::keys(input.bytes()),
        Format::Xlsx | Format::Parquet => Err(Fault::Header(
            "is read as an event log by a mapping only: name one with --mapping".to_owned(),
        )),
    };
    let columns = columns.map_err(|fault| named(fault, &file))?;
    log::own::mapping(&columns).unwrap_or_else(|| {
        Err(ImportError::ForeignLog {
            file,
            columns: columns::list(&columns),
        })
    })
}

fn read(
    path: &Path,
    mut task: Task<'_>,
    keep: Option<usize>,
    progress: &dyn Fn(u64),
) -> Result<ParsedFile, ImportError> {
    let file = shown(path);
    let input = input::open(path, &file)?;
    let name = match path.file_name() {
        Some(name) => shown(Path::new(name)),
        None => file.clone(),
    };
    if input.format == Format::Xes {
        task.is_log = true;
        // Whoever wrote the file may have meant any zone, so the office's is not taken for it.
        task.needs_offset = task.mapping.is_none_or(|m| m.zone.is_none());
    }
    let mut intake = Intake::new(task, name, keep, progress);
    intake.read_as.format = input.format;
    intake.read_as.gzip = input.is_gzip();
    // The digest of a large file takes as long as a third of its reading.
    let (done, digest) = std::thread::scope(|scope| {
        let digest = scope.spawn(|| sha256(&input.packed));
        let done = rows(&input, &mut intake);
        (done, digest.join())
    });
    let digest = digest.unwrap_or_else(|_| sha256(&input.packed));
    done.and_then(|()| intake.finish(digest))
        .map_err(|fault| named(fault, &file))
}

/// All rows into the intake. Damaged files make the libraries of two formats panic.
fn rows(input: &Input, intake: &mut Intake<'_>) -> Result<(), Fault> {
    let bytes = input.bytes();
    match input.format {
        Format::Csv => csv::read(bytes, intake),
        Format::Xes => log::rows::read(bytes, intake),
        Format::Xlsx => caught(|| sheets::read(bytes, intake))
            .unwrap_or_else(|words| Err(Fault::Workbook(words))),
        Format::Parquet => caught(|| parquet::read(bytes, intake))
            .unwrap_or_else(|words| Err(parquet::broken(&words))),
    }
}

/// A path as messages and findings may show it: on one line.
fn shown(path: &Path) -> String {
    path.to_string_lossy()
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

fn named(fault: Fault, file: &str) -> ImportError {
    let file = file.to_owned();
    match fault {
        Fault::Empty => ImportError::Empty { file },
        Fault::Header(reason) => ImportError::Header { file, reason },
        Fault::Workbook(reason) => ImportError::Workbook { file, reason },
        Fault::Sheet { wanted, found } => ImportError::Sheet {
            file,
            wanted,
            found,
        },
        Fault::Column {
            column,
            rows,
            example,
        } => ImportError::Column {
            file,
            column,
            rows,
            example,
        },
    }
}
