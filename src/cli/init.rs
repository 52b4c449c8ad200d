//! `tepat init [DIR]`: a workspace with commented settings.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{Exit, Failure, Shared, output};
use crate::config;
use crate::source::{self, Dialect, ImportKind, QueryText};
use crate::standard::load::StandardFiles;

/// Folders of a workspace: what people put files into, and where reports appear. The store makes `state/` itself.
const FOLDERS: [&str; 4] = [
    "standards/sop",
    "standards/calendar",
    "standards/ikm",
    "reports",
];

/// A commented standard to start a new one from; its ending keeps it from being read as one.
const STANDARD_TEMPLATE: (&str, &str) = (
    "standards/sop/template.txt",
    include_str!("../../standards/sop-template.toml"),
);

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the new workspace [default: the --workspace]
    pub dir: Option<PathBuf>,
}

/// Makes the workspace; an existing one is left as it is.
///
/// # Errors
/// A folder that holds settings already; one that cannot be written.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    let dir = arguments.dir.as_deref().unwrap_or(&shared.workspace);
    let settings = dir.join(config::FILE);
    if settings.exists() {
        return Err(Failure::usage_sentence(format!(
            "{} is there already: edit it, or name another folder",
            settings.display()
        )));
    }
    for folder in FOLDERS {
        make_folder(&dir.join(folder))?;
    }
    source::prepare(dir)?;
    let (template, text) = STANDARD_TEMPLATE;
    write_missing(&dir.join(template), text)?;
    write_instruments(dir)?;
    for dialect in Dialect::ALL {
        make_folder(&dir.join("queries").join(dialect.folder()))?;
        for kind in ImportKind::ALL {
            let query = QueryText::shipped(dialect, kind);
            write_missing(&dir.join(&query.name), &query.sql)?;
        }
    }
    // The settings come last: with them a folder is a workspace.
    write_whole(&settings, config::TEMPLATE)?;
    if !shared.quiet {
        output::print(&format!(
            "{} is ready: fill in {}, then `tepat import cases FILE` and `tepat import steps FILE`.\n",
            dir.display(),
            settings.display()
        ))?;
    }
    Ok(Exit::Done)
}

/// Writes the survey instruments: part of them is second-hand, so the office holds them against its own copies and corrects them.
fn write_instruments(dir: &Path) -> anyhow::Result<()> {
    let shipped = StandardFiles::shipped();
    let instruments = shipped
        .iter()
        .filter(|(path, _)| path.starts_with("standards/ikm/"));
    for (path, bytes) in instruments {
        write_missing(&dir.join(path), &String::from_utf8_lossy(bytes))?;
    }
    Ok(())
}

/// Makes a folder and those above it.
fn make_folder(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path)
        .with_context(|| format!("the folder {} cannot be made", path.display()))
}

/// Writes a file unless it is there: an `init` that was cut off can be repeated.
fn write_missing(path: &Path, text: &str) -> anyhow::Result<()> {
    match path.exists() {
        true => Ok(()),
        false => write_whole(path, text),
    }
}

/// Writes a new file whole or not at all, and never over another one.
fn write_whole(path: &Path, text: &str) -> anyhow::Result<()> {
    let context = || format!("{} cannot be written", path.display());
    let mut file = fs::File::create_new(path).with_context(context)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if written.is_err() {
        // The half of a file is worth less than none; the first error is the one to tell.
        let _ = fs::remove_file(path);
    }
    written.with_context(context)
}
