//! Files and folders that are there whole or not at all: written aside, synced, then renamed into place.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

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

/// Makes the folder `target`, which must not exist yet, with these files in it. A name may have sub-folders before it,
/// parted by `/`.
///
/// # Errors
/// Something cannot be written, or a name leads out of the folder; nothing of the folder is then left.
pub fn write_folder(target: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    let aside = Aside::begin(target.parent().unwrap_or(Path::new(".")))?;
    for (name, bytes) in files {
        aside.write(name, bytes)?;
    }
    aside.place(target)
}

/// A folder that is being filled, beside the place it will have; it goes when it is dropped before it is placed.
#[derive(Debug)]
pub struct Aside(TempDir);

impl Aside {
    /// An empty folder in `parent`, which is made where it is missing.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn begin(parent: &Path) -> Result<Self, WriteError> {
        fs::create_dir_all(parent).map_err(at(parent))?;
        remove_abandoned(parent);
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent);
        Ok(Self(folder.map_err(at(parent))?))
    }

    /// Where to write what [`Aside::write`] is not given; it must be synced by whoever writes it.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes one file; the sub-folders that its name has before it are made where they are missing.
    ///
    /// # Errors
    /// It cannot be written, or its name is absolute, is empty or goes through `..`.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let path = self.0.path().join(name);
        inside(name).map_err(at(&path))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(at(folder))?;
        }
        write_synced(&path, bytes).map_err(at(&path))
    }

    /// Moves the folder to its place, which must not exist yet.
    ///
    /// # Errors
    /// It cannot be moved; nothing of it is then left.
    pub fn place(self, target: &Path) -> Result<(), WriteError> {
        let parent = target.parent().unwrap_or(Path::new("."));
        finish_folder(self.0.path()).map_err(at(target))?;
        fs::rename(self.0.path(), target).map_err(at(target))?;
        // The folder has moved; there is nothing left for the guard to remove.
        let _ = self.0.keep();
        sync_folder(parent).map_err(at(parent))
    }
}

/// Refuses a name that is not one of a file below the folder.
fn inside(name: &str) -> io::Result<()> {
    let mut parts = Path::new(name).components().peekable();
    if parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_))) {
        return Ok(());
    }
    let message = format!("the name `{name}` must be a relative one, without `.` and `..`");
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

/// Syncs and opens to readers a folder and those in it, the innermost first: what is synced names only what is.
fn finish_folder(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            finish_folder(&entry.path())?;
        }
    }
    sync_folder(path)?;
    make_readable(path)
}

/// Removes what runs left that were killed: such folders are a day old at least, and no run takes so long. What cannot be
/// removed does no harm.
fn remove_abandoned(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let abandoned = entry.file_name().to_string_lossy().starts_with(PREFIX)
            && entry
                .metadata()
                .and_then(|m| m.modified())
                .is_ok_and(|t| t.elapsed().is_ok_and(|age| age > ABANDONED));
        if abandoned {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

const PREFIX: &str = ".tepat-";
const ABANDONED: Duration = Duration::from_secs(86_400);

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

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Vec<(String, Vec<u8>)> {
        let file = |name: &&str| ((*name).to_owned(), name.as_bytes().to_vec());
        names.iter().map(file).collect()
    }

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn files_go_into_sub_folders_that_are_as_readable_as_the_folder() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("1");
        let names = [
            "a.json",
            "public/a.html",
            "public/b.html",
            "personal/A-01/a.html",
        ];
        write_folder(&target, &files(&names)).unwrap();
        for name in names {
            assert_eq!(fs::read(target.join(name)).unwrap(), name.as_bytes());
        }
        assert_eq!(names_in(parent.path()), ["1"]);
        assert_eq!(names_in(&target), ["a.json", "personal", "public"]);
        #[cfg(unix)]
        for folder in ["", "public", "personal", "personal/A-01"] {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(target.join(folder)).unwrap().permissions();
            assert_eq!(mode.mode() & 0o777, 0o755, "{folder}");
        }
    }

    #[test]
    fn a_name_that_leads_out_of_the_folder_leaves_nothing() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("1");
        let outside = parent.path().join("out.html").display().to_string();
        for wrong in [
            "../out.html",
            "a/../../out.html",
            "a/../b",
            "./b",
            "",
            &outside,
        ] {
            let error = write_folder(&target, &files(&["public/a.html", wrong])).unwrap_err();
            assert!(error.to_string().contains("relative"), "{wrong}: {error}");
            assert_eq!(names_in(parent.path()), [""; 0], "{wrong}");
        }
    }

    #[test]
    fn a_failure_half_way_leaves_nothing() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("1");
        // `public` is a file by then, so no folder can bear its name.
        let taken = files(&["deep/er/a.html", "public", "public/b.html"]);
        let error = write_folder(&target, &taken).unwrap_err();
        assert!(error.to_string().contains("public"), "{error}");
        assert_eq!(names_in(parent.path()), [""; 0]);

        write_folder(&target, &files(&["public/a.html"])).unwrap();
        write_folder(&target, &files(&["public/b.html"])).unwrap_err();
        assert_eq!(names_in(parent.path()), ["1"]);
        assert_eq!(names_in(&target.join("public")), ["a.html"]);
    }
}
