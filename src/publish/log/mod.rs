//! A period's scored cases as an event log that process-mining tools open: XES or CSV, by the file's ending.
//!
//! In: the records as seen at `as_of` and the scored cases of a period. Out: bytes, equal for equal inputs. Nothing is
//! judged here; [`content`] says what stands in a log, `xes` and `csv` how it is written.
//!
//! `tepat import log` reads such a file back without a mapping, to the same cases, executions and instants (see
//! [`crate::source::files::log::own`]).

pub mod content;
mod csv;
mod xes;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use flate2::Compression;
use flate2::write::GzEncoder;

pub use content::{EventLog, Heading, event_log};

use crate::atomic::write_file;

/// How an event log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    kind: Kind,
    is_gzip: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Xes,
    Csv,
}

/// A path whose ending names no format of event logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` ends in none of .xes, .xes.gz, .csv and .csv.gz: name the file with one of these endings", path = .0.display())]
pub struct UnknownEnding(pub PathBuf);

impl Format {
    /// Reads the format from a path's ending.
    ///
    /// # Errors
    /// The ending names none.
    pub fn of(path: &Path) -> Result<Self, UnknownEnding> {
        let name = path.to_string_lossy().to_lowercase();
        let plain = name.strip_suffix(".gz").unwrap_or(&name);
        let kind = match (plain.ends_with(".xes"), plain.ends_with(".csv")) {
            (true, _) => Kind::Xes,
            (_, true) => Kind::Csv,
            _ => return Err(UnknownEnding(path.to_path_buf())),
        };
        Ok(Self {
            kind,
            is_gzip: plain.len() < name.len(),
        })
    }
}

/// A log in its format, and how many characters XML cannot hold were replaced by U+FFFD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub bytes: Vec<u8>,
    pub replaced: u64,
}

/// Renders a log.
///
/// # Errors
/// The bytes cannot be put together, for want of memory.
pub fn render(log: &EventLog, format: Format) -> anyhow::Result<Rendered> {
    let mut rendered = match format.kind {
        Kind::Xes => xes::render(log),
        Kind::Csv => Rendered {
            bytes: csv::render(log)?,
            replaced: 0,
        },
    };
    if format.is_gzip {
        // Without name and time in its header, so that equal logs are equal bytes.
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&rendered.bytes)?;
        rendered.bytes = packed.finish()?;
    }
    Ok(rendered)
}

/// Writes a log whole or not at all; gives the number of characters replaced.
///
/// # Errors
/// The file cannot be written.
pub fn write(path: &Path, format: Format, log: &EventLog) -> anyhow::Result<u64> {
    let rendered = render(log, format)
        .with_context(|| format!("could not write the event log {}", path.display()))?;
    write_file(path, &rendered.bytes)?;
    Ok(rendered.replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_endings() {
        let of = |path: &str| {
            Format::of(Path::new(path))
                .map(|f| (f.kind, f.is_gzip))
                .ok()
        };
        assert_eq!(of("a.xes"), Some((Kind::Xes, false)));
        assert_eq!(of("b/A.XES.GZ"), Some((Kind::Xes, true)));
        assert_eq!(of("a.csv.gz"), Some((Kind::Csv, true)));
        assert_eq!(of("a.gz"), None);
        assert_eq!(of("a.parquet"), None);
    }
}
