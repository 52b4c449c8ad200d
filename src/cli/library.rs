//! The workspace's standards, as every command needs them.

use std::path::Path;
use std::sync::Arc;

use super::Failure;
use crate::config::Settings;
use crate::standard::Library;
use crate::standard::load::{StandardError, StandardFiles, load_calendar, load_library};

/// Loads the calendar and the standards that the settings name: the shipped ones under those of the workspace.
///
/// # Errors
/// The first mistake in a file of `standards/`.
pub fn load(workspace: &Path, settings: &Settings) -> Result<Library, Failure> {
    let files = StandardFiles::workspace(workspace)?;
    let calendar = load_calendar(
        &settings.calendar,
        &files,
        settings.office.zone,
        settings.joint_leave_works,
    )?;
    Ok(load_library(&files, Arc::new(calendar))?)
}

impl From<StandardError> for Failure {
    fn from(error: StandardError) -> Self {
        Self::usage(error)
    }
}
