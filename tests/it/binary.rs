//! Runs the real binary in an empty folder and prints everything when it does not end as expected.

use std::process::Output;

use assert_cmd::Command;

/// The real binary in an empty folder.
pub struct Tepat {
    pub folder: tempfile::TempDir,
}

/// What a run of the binary left.
pub struct Ran {
    arguments: String,
    output: Output,
}

impl Tepat {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the binary in the folder; the environment's TEPAT_LOG is not passed on.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = Command::cargo_bin("tepat")
            .unwrap()
            .current_dir(self.folder.path())
            .env_remove("TEPAT_LOG")
            .args(arguments)
            .output()
            .unwrap();
        Ran {
            arguments: arguments.join(" "),
            output,
        }
    }
}

impl Ran {
    pub fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }

    pub fn stderr(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }

    /// Asserts the exit code and prints everything where it is another one.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.output.status.code(),
            Some(code),
            "{}",
            self.everything()
        );
        self
    }

    /// Asserts that stderr holds all the words.
    #[track_caller]
    pub fn complains(self, words: &[&str]) -> Self {
        let stderr = self.stderr();
        for word in words {
            assert!(
                stderr.contains(word),
                "`{word}` is missing\n{}",
                self.everything()
            );
        }
        self
    }

    fn everything(&self) -> String {
        format!(
            "tepat {}\n{}\n--- stdout\n{}\n--- stderr\n{}",
            self.arguments,
            self.output.status,
            String::from_utf8_lossy(&self.output.stdout),
            String::from_utf8_lossy(&self.output.stderr)
        )
    }
}
