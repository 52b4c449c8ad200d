//! Files into rows of the contract: CSV (also gzip) and XLSX, with or without a mapping.
//!
//! In: a path, the kind of rows, a mapping, the office's zone. Out: a [`ParsedFile`] held in memory, so that nothing is
//! stored before every file of a call has been read whole. This module knows nothing of the store.
//!
//! A further format is one file beside `csv` and `xlsx` that feeds the same `Collector`, and one line in [`parse`].

pub mod columns;
mod csv;
pub mod mapping;
mod text;
mod xlsx;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use chrono_tz::Tz;
use flate2::read::MultiGzDecoder;

use self::mapping::{CasesFrom, Encoding, Mapping};
use super::error::{ImportError, one_line};
use super::row::{Cells, ImportKind, Problem, Rules, StepRecord, case_row, step_row};
use crate::digest::sha256;
use crate::finding::{Check, Finding};
use crate::format::date_time_exact;
use crate::instant::Instant;
use crate::snapshot::CaseRow;

/// A finding on a row of a file; `case_id` where the row names a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowFinding {
    pub finding: Finding,
    pub case_id: Option<String>,
}

/// One file, read whole.
#[derive(Debug, Clone, Default)]
pub struct ParsedFile {
    /// Name without folder: findings and log must not hold paths of a machine.
    pub name: String,
    /// SHA-256 (hex) of the file's bytes.
    pub sha256: String,
    pub cases: Vec<CaseRow>,
    pub steps: Vec<StepRecord>,
    pub findings: Vec<RowFinding>,
    /// Rows below the header, the rejected among them.
    pub rows: u64,
    pub rejected: u64,
    /// Columns nothing was read from.
    pub ignored: Vec<String>,
}

/// What a format's reader can fail on; the file's name is added by the caller.
pub(super) enum Fault {
    Empty,
    Header(String),
    Workbook(String),
    Sheet { wanted: String, found: String },
}

/// Where readers of formats put what they read.
pub(super) struct Collector<'p> {
    kind: ImportKind,
    name: String,
    progress: &'p dyn Fn(u64),
    problems: Vec<Problem>,
    parsed: ParsedFile,
    pub(super) ignored: Vec<String>,
    /// By column of the contract: values that are not blank, those that could not be read, and the first of these.
    filled: [u64; COLUMNS],
    unreadable: [u64; COLUMNS],
    example: [Option<String>; COLUMNS],
    /// In an event log a case's columns repeat on each of its events: what was said of them already, as (case, message).
    told: Option<BTreeSet<(String, String)>>,
    zone: Tz,
    /// When the extract is taken, UTC microseconds.
    now: i64,
}

/// Columns of the widest contract.
const COLUMNS: usize = 10;
/// A column of which this many values are unreadable, all of them, is misunderstood as a whole.
const MISUNDERSTOOD: u64 = 5;

/// Rows between two calls of the progress function.
const PROGRESS_STEP: u64 = 16_384;

impl Collector<'_> {
    /// One row of the file, as contract cells.
    pub(super) fn row(&mut self, line: u64, cells: Cells<'_>, rules: &Rules) {
        self.count();
        for (filled, cell) in self.filled.iter_mut().zip(&cells) {
            *filled += u64::from(!cell.trimmed().is_empty());
        }
        match self.kind {
            ImportKind::Cases => match case_row(cells, rules, &mut self.problems) {
                Some(row) => {
                    self.not_yet(&row.case_id, [row.received_at, row.closed_at]);
                    self.parsed.cases.push(row);
                }
                None => self.parsed.rejected += 1,
            },
            ImportKind::Steps => match step_row(cells, rules, &mut self.problems) {
                Some(step) => {
                    self.not_yet(
                        &step.row.case_id,
                        [step.row.started_at, step.row.completed_at],
                    );
                    self.parsed.steps.push(step);
                }
                None => self.parsed.rejected += 1,
            },
        }
        for problem in std::mem::take(&mut self.problems) {
            if let Some(at) = problem.column
                && !cells[at].trimmed().is_empty()
            {
                self.unreadable[at] += 1;
                self.example[at]
                    .get_or_insert_with(|| format!("row {line}: {}", cells[at].trimmed().quoted()));
            }
            self.find(line, problem.check, problem.case_id, problem.message);
        }
    }

    /// An instant after the extract is a finding made now: once that instant has passed, nothing in the row shows it.
    fn not_yet(&mut self, case_id: &str, instants: [Option<i64>; 2]) {
        for t in instants.into_iter().flatten().filter(|t| *t > self.now) {
            // Without the time of the extract: equal records must be an equal snapshot, whenever the file is read.
            let when = date_time_exact(Instant::from_utc_micros(t, self.zone));
            let message = format!("waktu {when} berada sesudah data diambil.");
            self.problems.push(Problem {
                check: Check::InstantAfterExtract,
                column: None,
                case_id: Some(case_id.to_owned()),
                message,
            });
        }
    }

    /// A row that has no cells to read.
    pub(super) fn reject(&mut self, line: u64, message: String) {
        self.count();
        self.parsed.rejected += 1;
        self.find(line, Check::UnreadableRow, None, message);
    }

    fn count(&mut self) {
        self.parsed.rows += 1;
        if self.parsed.rows.is_multiple_of(PROGRESS_STEP) {
            (self.progress)(PROGRESS_STEP);
        }
    }

    fn find(&mut self, line: u64, check: Check, case_id: Option<String>, message: String) {
        if let (Some(told), Some(id)) = (&mut self.told, &case_id)
            && !told.insert((id.clone(), message.clone()))
        {
            return;
        }
        // A finding on a known case carries its number, so that it is counted where the case is.
        let place = format!("{}:{line}", self.name);
        let finding = match &case_id {
            Some(id) => Finding::new(check, id, format!("{place}: {message}")),
            None => Finding::new(check, place, message),
        };
        self.parsed.findings.push(RowFinding { finding, case_id });
    }

    /// Refuses a file of which a whole column could not be read: a format was misunderstood, and importing it would fill
    /// the store with rows that lack it.
    fn understood(&self, file: &str) -> Result<(), ImportError> {
        let wrong = (0..COLUMNS).find(|at| {
            self.unreadable[*at] >= MISUNDERSTOOD && self.unreadable[*at] == self.filled[*at]
        });
        let Some(at) = wrong else { return Ok(()) };
        Err(ImportError::Column {
            file: file.to_owned(),
            column: self.kind.fields()[at].name.to_owned(),
            rows: self.filled[at],
            example: self.example[at].clone().unwrap_or_default(),
        })
    }

    fn finish(mut self, sha256: String, mapping: Option<&Mapping>) -> ParsedFile {
        (self.progress)(self.parsed.rows % PROGRESS_STEP);
        if mapping.is_some_and(|m| m.cases_from == CasesFrom::Rows) {
            // The case's columns repeat on each of its events: equal rows are one case. Unequal ones stay, as two
            // cases of one id, which holds publication back.
            self.parsed.cases.sort_unstable();
            self.parsed.cases.dedup();
        }
        self.parsed.name = self.name;
        self.parsed.sha256 = sha256;
        self.parsed.ignored = self.ignored;
        self.parsed
    }
}

/// Reads `path` as rows of `kind`; local times are of `zone` unless the mapping says otherwise. `now` (UTC microseconds) is
/// when the extract is taken.
///
/// # Errors
/// The file cannot be read at all: missing, a folder, empty, of an unknown ending, damaged, wrongly encoded, or with a
/// header that does not fit. What is wrong in single rows is a finding, not an error.
pub fn parse(
    path: &Path,
    kind: ImportKind,
    mapping: Option<&Mapping>,
    zone: Tz,
    now: i64,
    progress: &dyn Fn(u64),
) -> Result<ParsedFile, ImportError> {
    let file = path.display().to_string();
    let bytes = read_bytes(path, &file)?;
    let sha256 = sha256(&bytes);
    let rules = columns::rules(kind, mapping, zone);
    let is_log = mapping.is_some_and(|m| m.cases_from == CasesFrom::Rows);
    let mut collector = Collector {
        kind,
        name: path
            .file_name()
            .map_or_else(|| file.clone(), |n| n.to_string_lossy().into_owned()),
        progress,
        problems: Vec::new(),
        parsed: ParsedFile::default(),
        ignored: Vec::new(),
        filled: [0; COLUMNS],
        unreadable: [0; COLUMNS],
        example: Default::default(),
        told: (is_log && kind == ImportKind::Cases).then(BTreeSet::new),
        zone,
        now,
    };
    let ending = path.to_string_lossy().to_lowercase();
    if ending.ends_with(".xlsx") {
        xlsx::read(path, kind, mapping, &rules, &mut collector)
            .map_err(|fault| named(fault, &file))?;
    } else {
        let text = decoded(bytes, &ending, mapping, &file)?;
        csv::read(&text, kind, mapping, &rules, &mut collector)
            .map_err(|fault| named(fault, &file))?;
    }
    collector.understood(&file)?;
    Ok(collector.finish(sha256, mapping))
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
    }
}

fn read_bytes(path: &Path, file: &str) -> Result<Vec<u8>, ImportError> {
    let file = file.to_owned();
    if path.is_dir() {
        return Err(ImportError::Folder { file });
    }
    let lower = file.to_lowercase();
    if ![".csv", ".csv.gz", ".xlsx"]
        .iter()
        .any(|e| lower.ends_with(e))
    {
        return Err(ImportError::Ending { file });
    }
    match std::fs::read(path) {
        Ok(bytes) if bytes.is_empty() => Err(ImportError::Empty { file }),
        Ok(bytes) => Ok(bytes),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(ImportError::NoFile { file }),
        Err(e) => Err(ImportError::Unreadable {
            file,
            reason: one_line(&e.to_string()),
        }),
    }
}

fn decoded(
    bytes: Vec<u8>,
    ending: &str,
    mapping: Option<&Mapping>,
    file: &str,
) -> Result<String, ImportError> {
    let bytes = if ending.ends_with(".gz") {
        let mut whole = Vec::with_capacity(bytes.len() * 8);
        MultiGzDecoder::new(bytes.as_slice())
            .read_to_end(&mut whole)
            .map_err(|e| ImportError::Gzip {
                file: file.to_owned(),
                reason: one_line(&e.to_string()),
            })?;
        whole
    } else {
        bytes
    };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ImportError::Utf16 {
            file: file.to_owned(),
        });
    }
    let encoding = mapping.map_or(Encoding::Utf8, |m| m.encoding);
    let text = text::decode(bytes, encoding).map_err(|line| ImportError::Encoding {
        file: file.to_owned(),
        line,
    })?;
    if text.trim().is_empty() {
        return Err(ImportError::Empty {
            file: file.to_owned(),
        });
    }
    Ok(text)
}
