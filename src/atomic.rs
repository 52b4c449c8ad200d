//! Files and folders that are there whole or not at all: written aside, synced, then renamed into place.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file or folder that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("could not write {path}: {source}; free space or permission on that folder is the usual cure", path = path.display())]
pub struct WriteError {
    pub path: PathBuf,
    pub source: io::Error,
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |source| WriteError {
        path: path.to_path_buf(),
        source,
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Syncs a folder's entries; a system that cannot open folders syncs them by itself.
fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(path) {
        Ok(folder) => folder.sync_all(),
        Err(_) => Ok(()),
    }
}

/// Replaces one file.
///
/// # Errors
/// The folder cannot be written to; the old file is then untouched.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut aside = tempfile::NamedTempFile::new_in(folder).map_err(at(path))?;
    aside.write_all(bytes).map_err(at(path))?;
    aside.as_file().sync_all().map_err(at(path))?;
    aside.persist(path).map_err(|e| at(path)(e.error))?;
    sync_folder(folder).map_err(at(path))
}

/// Makes the folder `target`, which must not exist yet, with these files in it.
///
/// # Errors
/// Something cannot be written; nothing of the folder is then left.
pub fn write_folder(target: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    let parent = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(at(parent))?;
    let aside = tempfile::Builder::new()
        .prefix(".tepat-")
        .tempdir_in(parent)
        .map_err(at(parent))?;
    for (name, bytes) in files {
        let path = aside.path().join(name);
        write_synced(&path, bytes).map_err(at(&path))?;
    }
    sync_folder(aside.path()).map_err(at(target))?;
    make_readable(aside.path()).map_err(at(target))?;
    fs::rename(aside.path(), target).map_err(at(target))?;
    // The folder has moved; there is nothing left for the guard to remove.
    let _ = aside.keep();
    sync_folder(parent).map_err(at(parent))
}

/// Temporary folders are private to their owner; an edition is for the office to read.
#[cfg(unix)]
fn make_readable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_readable(_: &Path) -> io::Result<()> {
    Ok(())
}
