//! A snapshot as a folder of Parquet files that never changes, and back.
//!
//! In: a snapshot and the folder of snapshots. Out: `<first 16 digits of the digest>/` with `cases.parquet`,
//! `steps.parquet`, `findings.parquet` and `snapshot.json` (digest, rows, SHA-256 of each file), written whole or not at
//! all: temporary folder beside it, fsync, rename. `taken_at` is not frozen: what follows from it are findings, to be made
//! before freezing. The same snapshot again is the folder that is there.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use polars::prelude::{PolarsError, PolarsResult};
use serde::{Deserialize, Serialize};

use super::contract::Snapshot;
use super::digest::digest;
use super::frames;
use crate::atomic::write_folder;
use crate::digest::sha256;

const FORMAT: u32 = 1;
const CASES: &str = "cases.parquet";
const STEPS: &str = "steps.parquet";
const FINDINGS: &str = "findings.parquet";
const INDEX: &str = "snapshot.json";

/// A frozen snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The folder that holds it.
    pub dir: PathBuf,
    /// SHA-256 (hex) over the logical rows (the header of `digest.rs` says how).
    pub digest: String,
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
        "{file}: the snapshot cannot be read ({reason}): restore the folder from a backup, or run the report again"
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

/// Writes `snapshot` into `dir/<digest16>/`, or finds it there.
///
/// # Errors
/// The folder cannot be written, the disk is full, or the folder that is there is not what its name says.
pub fn freeze(snapshot: &Snapshot, dir: &Path) -> Result<Frozen, FreezeError> {
    if !is_sorted(snapshot) {
        let mut sorted = snapshot.clone();
        sorted.sort();
        return freeze(&sorted, dir);
    }
    let digest = digest(snapshot);
    let target = dir.join(&digest[..16]);
    if target.exists() {
        return reuse(target, digest);
    }
    let parts = parts(snapshot).map_err(|e| FreezeError::Write {
        file: target.clone(),
        reason: one_line(&e),
    })?;
    let index = Index {
        format: FORMAT,
        digest: digest.clone(),
        rows: BTreeMap::from([
            ("cases".to_owned(), snapshot.cases.len() as u64),
            ("findings".to_owned(), snapshot.findings.len() as u64),
            ("steps".to_owned(), snapshot.steps.len() as u64),
        ]),
        files: parts
            .iter()
            .map(|(name, bytes)| ((*name).to_owned(), sha256(bytes)))
            .collect(),
    };
    let mut files: Vec<(String, Vec<u8>)> = parts
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes))
        .collect();
    let mut json = serde_json::to_vec_pretty(&index).map_err(|e| FreezeError::Write {
        file: target.clone(),
        reason: e.to_string(),
    })?;
    json.push(b'\n');
    files.push((INDEX.to_owned(), json));
    if let Err(error) = write_folder(&target, &files) {
        // Another run may have frozen the same rows meanwhile.
        return match target.join(INDEX).exists() {
            true => reuse(target, digest),
            false => Err(write_error(&target, &error.source)),
        };
    }
    Ok(Frozen {
        dir: target,
        digest,
        files: index.files,
        reused: false,
    })
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
        taken_at: None,
    };
    if digest(&snapshot) != index.digest {
        return Err(FreezeError::Changed {
            file: dir.to_path_buf(),
            reason: "its rows give another digest".to_owned(),
        });
    }
    Ok(snapshot)
}

fn is_sorted(snapshot: &Snapshot) -> bool {
    snapshot.cases.is_sorted() && snapshot.steps.is_sorted() && snapshot.findings.is_sorted()
}

fn parts(snapshot: &Snapshot) -> PolarsResult<Vec<(&'static str, Vec<u8>)>> {
    Ok(vec![
        (CASES, frames::cases_bytes(&snapshot.cases)?),
        (FINDINGS, frames::findings_bytes(&snapshot.findings)?),
        (STEPS, frames::steps_bytes(&snapshot.steps)?),
    ])
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

fn write_error(target: &Path, error: &io::Error) -> FreezeError {
    let file = target.to_path_buf();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FreezeError::Full { file },
        _ => FreezeError::Write {
            file,
            reason: one_line(error),
        },
    }
}

fn one_line(error: &dyn std::fmt::Display) -> String {
    error
        .to_string()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
