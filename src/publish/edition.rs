//! Editions: `reports/<period>/<report>/<edition>/`, numbered from 1, never overwritten.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::manifest::{Counts, Inputs, Manifest, Output};
use crate::atomic::{WriteError, write_folder};
use crate::digest::sha256;
use crate::snapshot::beside::Published;

/// Name of the manifest in an edition.
pub const MANIFEST: &str = "manifest.json";

/// An edition that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("could not read {path}: {reason}; restore the file from a backup, since a published edition is never rewritten", path = path.display())]
    Unreadable { path: PathBuf, reason: String },
}

/// Name of the figures table in an edition.
pub const FIGURES: &str = "figures.json";

/// What is read back of a published figure.
#[derive(Debug, serde::Deserialize)]
struct ReadBack {
    indicator: String,
    period: String,
    group: BTreeMap<String, String>,
    n: u64,
    numerator: Option<i64>,
    denominator: Option<i64>,
    value: Option<f64>,
    printed: String,
}

/// Where an edition stands, and whether this run made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub folder: PathBuf,
    pub edition: u32,
    /// False where an edition with the same inputs was there already.
    pub new: bool,
}

/// The editions of one report and period.
#[derive(Debug, Clone)]
pub struct Shelf {
    reports: PathBuf,
    report: String,
    period: String,
}

impl Shelf {
    pub fn new(reports: &Path, report: &str, period: &str) -> Self {
        Self {
            reports: reports.to_path_buf(),
            report: report.to_owned(),
            period: period.to_owned(),
        }
    }

    fn folder_of(&self, period: &str) -> PathBuf {
        self.reports.join(period).join(&self.report)
    }

    /// The last edition's number and manifest; None where nothing is published.
    ///
    /// # Errors
    /// A manifest is there but cannot be read.
    pub fn latest(&self) -> Result<Option<(u32, Manifest, String)>, EditionError> {
        latest_in(&self.folder_of(&self.period))
    }

    /// A count of the office as a whole in the last edition's figures; None where nothing is published.
    ///
    /// # Errors
    /// An edition is there but its manifest or figures cannot be read.
    pub fn count(&self, indicator: &str) -> Result<Option<u64>, EditionError> {
        let own = self.published(indicator, &BTreeMap::new())?;
        Ok(own.map(|f| f.n))
    }

    /// A figure of this period in the last edition; None where nothing is published or no such figure is in it.
    ///
    /// # Errors
    /// As [`Shelf::count`].
    pub fn published(
        &self,
        indicator: &str,
        group: &BTreeMap<String, String>,
    ) -> Result<Option<Published>, EditionError> {
        let Some((edition, _, _)) = self.latest()? else {
            return Ok(None);
        };
        let folder = self.folder_of(&self.period).join(edition.to_string());
        let path = folder.join(FIGURES);
        let bytes = fs::read(&path).map_err(|e| unreadable(&path, e))?;
        let figures: Vec<ReadBack> =
            serde_json::from_slice(&bytes).map_err(|e| unreadable(&path, e))?;
        let own = figures
            .into_iter()
            .find(|f| f.indicator == indicator && f.period == self.period && f.group == *group);
        Ok(own.map(|f| Published {
            edition,
            n: f.n,
            numerator: f.numerator,
            denominator: f.denominator,
            value: f.value,
            printed: f.printed,
        }))
    }

    /// Digest of the manifest published before for this report: the period's last edition, else that of the nearest
    /// earlier period of the same kind (periods of one kind sort as text).
    fn previous(&self) -> Result<Option<String>, EditionError> {
        if let Some((_, _, digest)) = self.latest()? {
            return Ok(Some(digest));
        }
        let mut earlier: Vec<String> = match fs::read_dir(&self.reports) {
            Ok(entries) => entries
                .flatten()
                .filter_map(|e| e.file_name().into_string().ok())
                .filter(|name| name.len() == self.period.len() && *name < self.period)
                .collect(),
            Err(_) => Vec::new(),
        };
        earlier.sort_unstable();
        for period in earlier.iter().rev() {
            if let Some((_, _, digest)) = latest_in(&self.folder_of(period))? {
                return Ok(Some(digest));
            }
        }
        Ok(None)
    }

    /// The edition already published from these inputs, or the number the next one gets.
    ///
    /// # Errors
    /// The last manifest cannot be read.
    pub fn next(&self, inputs: &Inputs) -> Result<Result<u32, Placed>, EditionError> {
        Ok(match self.latest()? {
            Some((edition, manifest, _)) if manifest.inputs == *inputs => Err(Placed {
                folder: self.folder_of(&self.period).join(edition.to_string()),
                edition,
                new: false,
            }),
            Some((edition, _, _)) => Ok(edition + 1),
            None => Ok(1),
        })
    }

    /// Publishes an edition whole, manifest included.
    ///
    /// # Errors
    /// It cannot be written; nothing of it is then left.
    pub fn publish(
        &self,
        edition: u32,
        inputs: Inputs,
        counts: Counts,
        mut files: Vec<(String, Vec<u8>)>,
    ) -> Result<Placed, EditionError> {
        let outputs = files
            .iter()
            .map(|(name, bytes)| {
                let output = Output {
                    bytes: bytes.len() as u64,
                    digest: sha256(bytes),
                };
                (name.clone(), output)
            })
            .collect();
        let manifest = Manifest {
            edition,
            inputs,
            counts,
            outputs,
            previous: self.previous()?,
        };
        let folder = self.folder_of(&self.period).join(edition.to_string());
        let mut bytes = serde_json::to_vec_pretty(&manifest).map_err(|e| unreadable(&folder, e))?;
        bytes.push(b'\n');
        files.push((MANIFEST.to_owned(), bytes));
        if let Err(error) = write_folder(&folder, &files) {
            // Another run may have published the same meanwhile; what it wrote is what this one would have written.
            return match self.next(&manifest.inputs)? {
                Err(placed) => Ok(placed),
                Ok(_) => Err(error.into()),
            };
        }
        Ok(Placed {
            folder,
            edition,
            new: true,
        })
    }
}

fn unreadable(path: &Path, reason: impl ToString) -> EditionError {
    EditionError::Unreadable {
        path: path.to_path_buf(),
        reason: reason.to_string(),
    }
}

fn latest_in(folder: &Path) -> Result<Option<(u32, Manifest, String)>, EditionError> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(None);
    };
    let last = entries
        .flatten()
        .filter_map(|e| e.file_name().to_str()?.parse::<u32>().ok())
        .max();
    let Some(edition) = last else {
        return Ok(None);
    };
    let path = folder.join(edition.to_string()).join(MANIFEST);
    let bytes = fs::read(&path).map_err(|e| unreadable(&path, e))?;
    let manifest = serde_json::from_slice(&bytes).map_err(|e| unreadable(&path, e))?;
    Ok(Some((edition, manifest, sha256(&bytes))))
}
