//! What the surveys of a workspace may ask.
//!
//! In: a workspace. Out: its instruments, the shipped ones under its own; for rows that are no survey forms, none.

use std::path::Path;

use super::error::ImportError;
use super::row::ImportKind;
use crate::standard::instrument::Instruments;
use crate::standard::load::{StandardFiles, load_instruments};

/// The instruments by which rows of `kind` are read.
///
/// # Errors
/// A file of `standards/ikm/` that cannot be read.
pub fn instruments(workspace: &Path, kind: ImportKind) -> Result<Instruments, ImportError> {
    if kind != ImportKind::Responses {
        return Ok(Instruments::default());
    }
    let files = StandardFiles::workspace(workspace);
    let loaded = files.and_then(|files| load_instruments(&files));
    loaded.map_err(|e| ImportError::Standard(Box::new(e)))
}
