//! Loading: files of `standards/` in, a validated [`Library`], [`Calendar`] and [`Instruments`] out.
//!
//! In: named file contents ([`StandardFiles`]). Out: plain values with compiled day tables. Every mistake in a file is a
//! [`StandardError`]: one sentence with file, line, key, the value found, the values allowed and the cure. Nothing here
//! reads the clock, the network or the settings, and nothing is corrected silently.

mod across;
mod bands;
mod calendar;
mod calendar_file;
mod draft;
mod elements;
mod error;
mod files;
mod holidays;
mod hours;
mod instrument;
mod instrument_file;
mod parse;
mod shipped;
mod sop;
mod sop_file;
mod steps;
mod tables;

use std::sync::Arc;

pub use calendar::load_calendar;
pub use error::StandardError;
pub use files::StandardFiles;

use super::{Calendar, Instruments, Library};
use error::Doc;
use tables::Tables;

/// Loads every standard of `standards/sop/` against `calendar`.
///
/// # Errors
/// The first mistake found, files in order of their paths: within one file first, then between files (two files of one
/// revision, revisions that overlap, codes that clash).
pub fn load_library(
    sources: &StandardFiles,
    calendar: Arc<Calendar>,
) -> Result<Library, StandardError> {
    let mut tables = Tables::new(calendar.clone());
    let mut loaded = Vec::new();
    for (path, bytes) in sources.folder("sop", "toml") {
        let doc = Doc::open(path, bytes)?;
        loaded.push(sop::read_standard(doc, &mut tables)?);
    }
    across::assemble(calendar, loaded)
}

/// Loads every survey instrument of `standards/ikm/`.
///
/// # Errors
/// The first mistake found, files in order of their paths: within one file first (weights that do not sum to 1, bands with gaps, an
/// order that is none), then between files (two instruments of the ministry in force on one day).
pub fn load_instruments(sources: &StandardFiles) -> Result<Instruments, StandardError> {
    let mut loaded = Vec::new();
    for (path, bytes) in sources.folder("ikm", "toml") {
        loaded.push(instrument::read_instrument(Doc::open(path, bytes)?)?);
    }
    instrument::assemble(loaded)
}
