//! Passwords: from the environment, a file, or systemd's credential directory, at the moment they are needed.
//!
//! In: where a password is kept. Out: the password, in a type that no message can print; or what is wrong, without it.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::config::source::Secret;

/// A password. It has no way out but to the driver.
pub struct Password(String);

impl Password {
    /// For the driver alone.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Fetches a password. One line end after it is not part of it, since editors and `echo` put it there.
///
/// # Errors
/// It is not there, empty, no text, or a file that others may read; as the end of a sentence, with the cure.
pub fn fetch(secret: &Secret, workspace: &Path) -> Result<Password, String> {
    let (text, place) = match secret {
        Secret::Env(name) => {
            let text = std::env::var(name).map_err(|e| match e {
                std::env::VarError::NotPresent => format!(
                    "the environment variable {name} is not set: set it for the user that runs tepat"
                ),
                std::env::VarError::NotUnicode(_) => {
                    format!("the environment variable {name} is not UTF-8 text: set it again")
                }
            })?;
            (text, format!("the environment variable {name}"))
        }
        Secret::File(path) => (of_file(&workspace.join(path))?, path.display().to_string()),
        Secret::Credential(name) => {
            let path = credential(name)?;
            let text = std::fs::read_to_string(&path).map_err(|e| {
                format!("the credential {name} cannot be read ({e}): add LoadCredential={name}:FILE to the service")
            })?;
            (text, format!("the credential {name}"))
        }
    };
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    match text.is_empty() {
        true => Err(format!("{place} is empty: write the password there")),
        false => Ok(Password(text.to_owned())),
    }
}

/// systemd.exec(5), "Credentials": the folder is named by CREDENTIALS_DIRECTORY.
fn credential(name: &str) -> Result<PathBuf, String> {
    if name.is_empty() || name.contains('/') {
        return Err(format!(
            "the credential `{name}` is no name: write one without slashes"
        ));
    }
    match std::env::var_os("CREDENTIALS_DIRECTORY") {
        Some(folder) => Ok(Path::new(&folder).join(name)),
        None => Err(format!(
            "the credential {name} is wanted, but systemd gave none (CREDENTIALS_DIRECTORY is not set): run tepat as the service, or name another place for the password"
        )),
    }
}

fn of_file(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| {
        format!("{shown} cannot be read ({e}): write the password there, in one line")
    })?;
    private(path).map(|()| text)
}

#[cfg(unix)]
fn private(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_or(0o777, |m| m.permissions().mode());
    match mode & 0o077 {
        0 => Ok(()),
        _ => Err(format!(
            "{} may be read by others (mode {:03o}): run `chmod 600` on it",
            path.display(),
            mode & 0o777
        )),
    }
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), String> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_gives_its_line_and_must_be_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sandi");
        let fetch = || fetch(&Secret::File("sandi".into()), folder.path());
        assert!(fetch().unwrap_err().contains("cannot be read"));
        for (content, want) in [
            ("rahasia\r\n", "rahasia"),
            (" a b ", " a b "),
            ("x\n\n", "x\n"),
        ] {
            std::fs::write(&path, content).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
            let password = fetch().unwrap();
            assert_eq!(password.reveal(), want);
            assert!(!format!("{password:?}").contains(want));
        }
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let message = fetch().unwrap_err();
        assert!(
            message.contains("mode 640") && message.contains("chmod 600"),
            "{message}"
        );
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::fs::write(&path, "\n").unwrap();
        assert!(fetch().unwrap_err().contains("is empty"));
    }

    #[test]
    fn what_is_not_there_is_named() {
        let of = |secret| fetch(&secret, Path::new(".")).unwrap_err();
        assert!(of(Secret::Env("TEPAT_TEST_NONE".into())).contains("TEPAT_TEST_NONE is not set"));
        assert!(of(Secret::Credential("../x".into())).contains("is no name"));
    }
}
