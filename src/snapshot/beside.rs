//! What a report needs beside cases and steps, frozen: the staff register, and the follow-ups with their figures as published.
//!
//! In: rows. Out: `beside-<first 16 digits of the digest>.json` among the snapshots, written whole or not at all; the digest
//! is the SHA-256 of the file's bytes, which are the rows in their total order.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::freeze::{FreezeError, one_line, write_error};
use super::kinds::{FollowupRow, StaffRow};
use crate::atomic::write_file;
use crate::digest::sha256;
use crate::finding::Finding;

/// A figure as it was published, read back from its edition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// Edition it was read from.
    pub edition: u32,
    pub n: u64,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    pub value: Option<f64>,
    pub printed: String,
}

/// A follow-up and the figure it is about, as published then; None where nothing was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Followed {
    pub row: FollowupRow,
    pub then: Option<Published>,
}

/// The rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    pub staff: Vec<StaffRow>,
    pub followups: Vec<Followed>,
    /// Findings of the reading of rows that no snapshot of cases and steps holds, where a report shows them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reading: Vec<Finding>,
}

/// Where the rows were frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenBeside {
    pub file: PathBuf,
    /// SHA-256 (hex) of the file.
    pub digest: String,
    /// Rows.
    pub staff: u64,
    pub followups: u64,
}

impl Beside {
    /// Writes the rows below `dir`, or finds them there.
    ///
    /// # Errors
    /// The folder cannot be written, or the file that is there is not what its name says.
    pub fn freeze(&self, dir: &Path) -> Result<FrozenBeside, FreezeError> {
        let mut sorted = self.clone();
        sorted.staff.sort_unstable();
        sorted.followups.sort_by(|a, b| a.row.cmp(&b.row));
        sorted.reading.sort_unstable();
        let bytes = canonical(&sorted).map_err(|e| FreezeError::Write {
            file: dir.to_path_buf(),
            reason: one_line(&e),
        })?;
        let digest = sha256(&bytes);
        let file = dir.join(format!("beside-{}.json", &digest[..16]));
        if file.exists() {
            Self::load(&file)?;
        } else {
            fs::create_dir_all(dir).map_err(|e| write_error(dir, &e))?;
            write_file(&file, &bytes).map_err(|e| write_error(&file, &e.source))?;
        }
        Ok(FrozenBeside {
            file,
            digest,
            staff: self.staff.len() as u64,
            followups: self.followups.len() as u64,
        })
    }

    /// Reads frozen rows and checks that they are those that were frozen.
    ///
    /// # Errors
    /// The file is missing, unreadable, or not the one that was written.
    pub fn load(file: &Path) -> Result<Self, FreezeError> {
        let failed = |reason: String| FreezeError::Read {
            file: file.to_path_buf(),
            reason,
        };
        let bytes = fs::read(file).map_err(|e| failed(one_line(&e)))?;
        let name = file
            .file_stem()
            .and_then(|n| n.to_str())
            .unwrap_or_default();
        if name != format!("beside-{}", &sha256(&bytes)[..16]) {
            return Err(FreezeError::Changed {
                file: file.to_path_buf(),
                reason: "its SHA-256 is another".to_owned(),
            });
        }
        serde_json::from_slice(&bytes).map_err(|e| failed(one_line(&e)))
    }
}

fn canonical(rows: &Beside) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(rows)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff(officer: &str) -> StaffRow {
        StaffRow {
            officer: officer.to_owned(),
            from: chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap(),
            until: None,
            name: None,
            unit: Some("Bidang".to_owned()),
            role: None,
            certificates: None,
        }
    }

    #[test]
    fn the_same_rows_in_any_order_are_one_file_and_a_changed_one_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let of = |names: [&str; 2]| Beside {
            staff: names.map(staff).into(),
            ..Beside::default()
        };
        let one = of(["A", "B"]).freeze(dir.path()).unwrap();
        assert_eq!(of(["B", "A"]).freeze(dir.path()).unwrap(), one);
        assert_eq!(Beside::load(&one.file).unwrap(), of(["A", "B"]));
        let mut bytes = fs::read(&one.file).unwrap();
        let at = bytes.iter().position(|b| *b == b'A').unwrap();
        bytes[at] = b'C';
        fs::write(&one.file, bytes).unwrap();
        let error = of(["A", "B"]).freeze(dir.path()).unwrap_err();
        assert!(matches!(error, FreezeError::Changed { .. }), "{error}");
    }
}
