//! A snapshot as a folder of Parquet files that never changes, and back.
//!
//! In: records as read, where to cut them off, the folder of snapshots. Out: `<first 16 digits of the digest>/` with
//! `cases.parquet`, `steps.parquet`, `findings.parquet` and `snapshot.json` (digest, rows, SHA-256 of each file), written
//! in bounded memory, whole or not at all: temporary folder beside it, fsync, rename. The same snapshot again is the folder
//! that is there.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Scope;

use polars::prelude::PolarsError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::contract::{CaseRow, Snapshot, StepRow};
use super::digest::{TableDigest, digest, joined};
use super::extract::Extract;
use super::frames::{self, Table, TableFile};
use super::sorter::Sorter;
use super::view::Cut;
use crate::atomic::Aside;
use crate::digest::{hex, sha256};
use crate::finding::Finding;

const FORMAT: u32 = 2;
const CASES: &str = "cases.parquet";
const STEPS: &str = "steps.parquet";
const FINDINGS: &str = "findings.parquet";
const INDEX: &str = "snapshot.json";

/// Memory for findings while their order is made, in bytes.
const FINDING_BUDGET: usize = 16 << 20;

/// A frozen snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The folder that holds it.
    pub dir: PathBuf,
    /// SHA-256 (hex) over the logical rows (the header of `digest.rs` says how).
    pub digest: String,
    /// Rows of each table, by name.
    pub rows: BTreeMap<String, u64>,
    /// SHA-256 (hex) of the bytes of each file, by name.
    pub files: BTreeMap<String, String>,
    /// It was there already.
    pub reused: bool,
}

/// Why a snapshot could not be frozen or loaded.
#[derive(Debug, thiserror::Error)]
pub enum FreezeError {
    #[error(
        "{file}: the disk is full: free some space and run the command again; no snapshot was left behind"
    )]
    Full { file: PathBuf },
    #[error(
        "{file}: the snapshot cannot be written ({reason}): check the permissions of the folder"
    )]
    Write { file: PathBuf, reason: String },
    #[error(
        "{file}: the snapshot cannot be read ({reason}): restore its folder from a backup, or delete it and run the report again"
    )]
    Read { file: PathBuf, reason: String },
    #[error(
        "{file}: the snapshot was changed after it was made ({reason}): restore the folder from a backup, or delete it and run the report again"
    )]
    Changed { file: PathBuf, reason: String },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    format: u32,
    digest: String,
    rows: BTreeMap<String, u64>,
    files: BTreeMap<String, String>,
}

/// Writes what is left of `extract` after `cut` into `dir/<digest16>/`, or finds it there.
///
/// # Errors
/// The folder cannot be written, the disk is full, or the folder that is there is not what its name says.
pub fn freeze(extract: &mut Extract, cut: &Cut, dir: &Path) -> Result<Frozen, FreezeError> {
    let failed = |error: Failure| error.at(dir);
    let aside = Aside::begin(dir).map_err(|e| write_error(dir, &e.source))?;
    let index = write_tables(extract, cut, aside.path()).map_err(failed)?;
    let target = dir.join(&index.digest[..16]);
    if target.exists() {
        return reuse(target, index.digest);
    }
    let mut json = serde_json::to_vec_pretty(&index).map_err(|e| failed(Failure::Io(e.into())))?;
    json.push(b'\n');
    let placed = aside
        .write(INDEX, &json)
        .and_then(|()| aside.place(&target));
    if let Err(error) = placed {
        // Another run may have frozen the same rows meanwhile.
        return match target.join(INDEX).exists() {
            true => reuse(target, index.digest),
            false => Err(write_error(&target, &error.source)),
        };
    }
    Ok(Frozen {
        dir: target,
        digest: index.digest,
        rows: index.rows,
        files: index.files,
        reused: false,
    })
}

/// Writes the three tables into `folder`.
fn write_tables(extract: &mut Extract, cut: &Cut, folder: &Path) -> Result<Index, Failure> {
    let mut found = Sorter::<Finding>::new(folder, FINDING_BUDGET);
    std::thread::scope(|scope| {
        let mut cases = Open::<CaseRow>::begin(scope, folder, CASES)?;
        let mut steps = Open::<StepRow>::begin(scope, folder, STEPS)?;
        let mut groups = extract.groups(cut)?;
        while let Some((group, findings)) = groups.advance()? {
            let mut going = true;
            for row in group.cases {
                going &= cases.table.push(row);
            }
            for row in group.steps {
                going &= steps.table.push(row);
            }
            for finding in findings {
                found.push(&finding)?;
            }
            if !going {
                break;
            }
        }
        let (cases, steps) = (cases.finish()?, steps.finish()?);
        let mut findings = Open::<Finding>::begin(scope, folder, FINDINGS)?;
        let mut found = found.finish();
        let mut in_order = found.read()?;
        while let Some(finding) = in_order.pop()? {
            if !findings.table.push(finding) {
                break;
            }
        }
        Ok(index_of(cases, steps, findings.finish()?))
    })
}

fn index_of(cases: Ended, steps: Ended, findings: Ended) -> Index {
    let all = [
        ("cases", &cases),
        ("steps", &steps),
        ("findings", &findings),
    ];
    let rows = all.iter().map(|(name, t)| ((*name).to_owned(), t.rows));
    let files = all
        .iter()
        .map(|(_, t)| (t.file.to_owned(), t.sha256.clone()));
    Index {
        format: FORMAT,
        rows: rows.collect(),
        files: files.collect(),
        digest: joined(cases.digest, steps.digest, findings.digest),
    }
}

/// A table that is being written.
struct Open<'scope, R> {
    name: &'static str,
    file: Hashed,
    table: TableFile<'scope, R>,
}

/// A table that was written.
struct Ended {
    file: &'static str,
    sha256: String,
    rows: u64,
    digest: TableDigest,
}

impl<'scope, R: Table + Send + 'scope> Open<'scope, R> {
    fn begin(
        scope: &'scope Scope<'scope, '_>,
        folder: &Path,
        name: &'static str,
    ) -> Result<Self, Failure> {
        let file = Hashed::create(&folder.join(name))?;
        Ok(Self {
            name,
            table: TableFile::begin(scope, file.clone()),
            file,
        })
    }

    fn finish(self) -> Result<Ended, Failure> {
        let (digest, rows) = self.table.finish()?;
        Ok(Ended {
            file: self.name,
            sha256: self.file.finish()?,
            rows,
            digest,
        })
    }
}

/// A file that is hashed while it is written. Shared, because the Parquet writer keeps what it writes to.
#[derive(Clone)]
struct Hashed(Arc<Mutex<(BufWriter<File>, Sha256)>>);

impl Hashed {
    fn create(path: &Path) -> io::Result<Self> {
        let out = BufWriter::with_capacity(1 << 18, File::create(path)?);
        Ok(Self(Arc::new(Mutex::new((out, Sha256::new())))))
    }

    /// SHA-256 of what was written, which is on the disk then.
    fn finish(self) -> io::Result<String> {
        let mut both = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        both.0.flush()?;
        both.0.get_ref().sync_all()?;
        Ok(hex(&both.1.finalize_reset()))
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut both = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let written = both.0.write(bytes)?;
        both.1.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut both = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        both.0.flush()
    }
}

/// Reads the snapshot frozen in `dir` (the folder itself) and checks that it is the one that was frozen.
///
/// # Errors
/// A file is missing, unreadable, or not the one that was written.
pub fn load(dir: &Path) -> Result<Snapshot, FreezeError> {
    let index = index(dir)?;
    let part = |name: &str| checked(dir, &index, name);
    let (cases, steps, findings) = (part(CASES)?, part(STEPS)?, part(FINDINGS)?);
    let read = |name: &str, e: PolarsError| FreezeError::Read {
        file: dir.join(name),
        reason: one_line(&e),
    };
    let snapshot = Snapshot {
        cases: frames::cases(&cases).map_err(|e| read(CASES, e))?,
        steps: frames::steps(&steps).map_err(|e| read(STEPS, e))?,
        findings: frames::findings(&findings).map_err(|e| read(FINDINGS, e))?,
    };
    if digest(&snapshot) != index.digest {
        return Err(FreezeError::Changed {
            file: dir.to_path_buf(),
            reason: "its rows give another digest".to_owned(),
        });
    }
    Ok(snapshot)
}

fn reuse(dir: PathBuf, digest: String) -> Result<Frozen, FreezeError> {
    let index = index(&dir)?;
    if index.digest != digest {
        let reason = "its digest is another".to_owned();
        return Err(FreezeError::Changed { file: dir, reason });
    }
    for name in [CASES, STEPS, FINDINGS] {
        checked(&dir, &index, name)?;
    }
    Ok(Frozen {
        dir,
        digest,
        rows: index.rows,
        files: index.files,
        reused: true,
    })
}

fn index(dir: &Path) -> Result<Index, FreezeError> {
    let file = dir.join(INDEX);
    let failed = |reason: String| FreezeError::Read {
        file: file.clone(),
        reason,
    };
    let text = fs::read(&file).map_err(|e| failed(one_line(&e)))?;
    let index: Index = serde_json::from_slice(&text).map_err(|e| failed(one_line(&e)))?;
    if index.format != FORMAT {
        return Err(failed(format!(
            "format {} is not known, only {FORMAT}",
            index.format
        )));
    }
    Ok(index)
}

fn checked(dir: &Path, index: &Index, name: &str) -> Result<Vec<u8>, FreezeError> {
    let file = dir.join(name);
    let bytes = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(e) => {
            return Err(FreezeError::Read {
                reason: one_line(&e),
                file,
            });
        }
    };
    if index.files.get(name) != Some(&sha256(&bytes)) {
        return Err(FreezeError::Changed {
            file,
            reason: "its SHA-256 is another".to_owned(),
        });
    }
    Ok(bytes)
}

/// What can fail while tables are written.
enum Failure {
    Io(io::Error),
    Parquet(PolarsError),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Io(error)
    }
}

impl From<PolarsError> for Failure {
    fn from(error: PolarsError) -> Self {
        Failure::Parquet(error)
    }
}

impl Failure {
    fn at(self, dir: &Path) -> FreezeError {
        match self {
            Failure::Io(error) => write_error(dir, &error),
            Failure::Parquet(PolarsError::IO { error, .. }) => write_error(dir, &error),
            Failure::Parquet(error) => match system_error(&error.to_string()) {
                Some(error) => write_error(dir, &error),
                None => FreezeError::Write {
                    file: dir.to_path_buf(),
                    reason: one_line(&error),
                },
            },
        }
    }
}

/// The error of the system in a message of the Parquet writer, which keeps only its words: `... (os error 28)`.
fn system_error(message: &str) -> Option<io::Error> {
    let (_, rest) = message.rsplit_once("(os error ")?;
    let code = rest.split_once(')')?.0.parse().ok()?;
    Some(io::Error::from_raw_os_error(code))
}

pub(super) fn write_error(target: &Path, error: &io::Error) -> FreezeError {
    let file = target.to_path_buf();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            FreezeError::Full { file }
        }
        _ => FreezeError::Write {
            file,
            reason: one_line(error),
        },
    }
}

pub(super) fn one_line(error: &dyn std::fmt::Display) -> String {
    error
        .to_string()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
