//! Where standards come from: the files inside the binary and those of a workspace, as plain named contents.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::error::StandardError;
use super::shipped::SHIPPED;

/// The folders of `standards/` that are read here, with the endings of the files that count. Anything else in them (a
/// scan of the decree, a note) is left alone, and so are subfolders.
const FOLDERS: &[(&str, &[&str])] = &[
    ("calendar", &["toml", "csv"]),
    ("ikm", &["toml"]),
    ("sop", &["toml"]),
];

/// Named file contents: the path shown in messages (`standards/sop/x.toml`) and the bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StandardFiles {
    files: BTreeMap<String, Vec<u8>>,
}

impl StandardFiles {
    /// The standards inside the binary.
    pub fn shipped() -> Self {
        let files = SHIPPED
            .iter()
            .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
        Self {
            files: files.collect(),
        }
    }

    /// The shipped standards under those of the workspace's `standards/` folder: a file there replaces the shipped one of
    /// the same path, and others are added. No such folder is no mistake.
    ///
    /// # Errors
    /// A file or folder that cannot be read, or that is something else than its name says.
    pub fn workspace(dir: &Path) -> Result<Self, StandardError> {
        let mut all = Self::shipped();
        let root = dir.join("standards");
        if !is_folder(&root, "standards")? {
            return Ok(all);
        }
        for (folder, endings) in FOLDERS {
            let shown = format!("standards/{folder}");
            let path = root.join(folder);
            if is_folder(&path, &shown)? {
                all.add_folder(&path, &shown, endings)?;
            }
        }
        Ok(all)
    }

    /// The same files with one added or replaced.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }

    /// All files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(p, b)| (p.as_str(), b.as_slice()))
    }

    /// Contents of one file.
    pub(super) fn get(&self, path: &str) -> Option<(&str, &[u8])> {
        let (path, bytes) = self.files.get_key_value(path)?;
        Some((path, bytes))
    }

    /// The files of one folder of `standards/` with the ending, by path.
    pub(super) fn folder(&self, folder: &str, ending: &str) -> impl Iterator<Item = (&str, &[u8])> {
        let start = format!("standards/{folder}/");
        let ending = ending.to_owned();
        self.iter()
            .filter(move |(path, _)| path.starts_with(&start) && has_ending(path, &ending))
    }

    fn add_folder(
        &mut self,
        path: &Path,
        shown: &str,
        endings: &[&str],
    ) -> Result<(), StandardError> {
        let entries = fs::read_dir(path).map_err(|e| unreadable(shown, "folder", &e))?;
        for entry in entries {
            let entry = entry.map_err(|e| unreadable(shown, "folder", &e))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') || !endings.iter().any(|e| has_ending(&name, e)) {
                continue;
            }
            let shown = format!("{shown}/{name}");
            if entry.path().is_dir() {
                return Err(StandardError::plain(format!(
                    "{shown} is a folder where a file is expected: remove or rename the folder"
                )));
            }
            let bytes = fs::read(entry.path()).map_err(|e| unreadable(&shown, "file", &e))?;
            self.files.insert(shown, bytes);
        }
        Ok(())
    }
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, e)| e.eq_ignore_ascii_case(ending))
}

/// Whether there is a folder at `path`; a file in its place is an error.
fn is_folder(path: &Path, shown: &str) -> Result<bool, StandardError> {
    match fs::metadata(path) {
        Ok(m) if m.is_dir() => Ok(true),
        Ok(_) => Err(StandardError::plain(format!(
            "{shown} is a file where a folder is expected: move the file away or make the folder"
        ))),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(unreadable(shown, "folder", &e)),
    }
}

fn unreadable(shown: &str, what: &str, error: &std::io::Error) -> StandardError {
    StandardError::plain(format!(
        "the {what} {shown} cannot be read ({error}): give this user the right to read it or remove it"
    ))
}
