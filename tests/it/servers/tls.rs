//! A certificate authority made for one test, by the openssl of the system.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

pub const CERTIFICATE: &str = "server.crt";
pub const KEY: &str = "server.key";
const CA: &str = "ca.pem";
const CA_KEY: &str = "ca.key";

/// A certificate authority and a server certificate that it signed.
pub struct Authority {
    folder: TempDir,
}

impl Authority {
    /// One whose server certificate is for `host` alone, e.g. `DNS:localhost`.
    pub fn new(host: &str) -> Self {
        let authority = Self {
            folder: tempfile::tempdir().expect("a folder for certificates"),
        };
        authority.openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=CA-uji",
            &["-keyout", CA_KEY, "-out", CA],
            "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign",
        );
        authority.openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=server-uji",
            &["-keyout", KEY, "-out", "server.csr"],
            "",
        );
        fs::write(
            authority.path().join("extensions"),
            format!(
                "subjectAltName={host}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n"
            ),
        )
        .expect("the extensions");
        authority.openssl(
            "x509 -req -days 2 -in server.csr -CAcreateserial -extfile extensions",
            &["-CA", CA, "-CAkey", CA_KEY, "-out", CERTIFICATE],
            "",
        );
        let key = authority.path().join(KEY);
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(key, mode).expect("the key's permissions");
        authority
    }

    /// The folder with [`CERTIFICATE`] and [`KEY`].
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The file that clients trust.
    pub fn ca(&self) -> PathBuf {
        self.path().join(CA)
    }

    fn openssl(&self, words: &str, files: &[&str], more: &str) {
        let output = Command::new("openssl")
            .current_dir(self.path())
            .args(words.split(' '))
            .args(files)
            .args(more.split_whitespace())
            .output()
            .expect("openssl");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {words}: {said}");
    }
}
