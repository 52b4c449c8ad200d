//! A workspace that reads a database, the real binary in it, and what must hold after every run: what stands on stderr, that
//! the password is nowhere, that nothing half made is left.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::servers::{Database, Dialect, SECRET};

/// The period that all runs here are of.
pub const PERIOD: &str = "2026-05";
pub const RUN: [&str; 5] = ["run", "--report", "monthly", "--period", PERIOD];

/// Where the password stands for the binary.
const PASSWORD: &str = "TEPAT_UJI_SANDI";

/// No run here needs longer, even on a busy machine; one that hangs must not hang the tests.
const PATIENCE: Duration = Duration::from_secs(120);

/// A workspace in a temporary folder, and beside it a folder for the temporary files of the binary.
pub struct Workspace {
    folder: TempDir,
    password: String,
}

/// How a run ended.
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub took: Duration,
}

/// What a run published.
pub struct Edition {
    pub digest: String,
    /// The frozen snapshot.
    pub folder: PathBuf,
    pub snapshot: BTreeMap<String, Vec<u8>>,
    pub figures: Vec<u8>,
    pub manifest: Value,
}

impl Workspace {
    /// The synthetic office's settings and standards, without source.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("tmp")).unwrap();
        let workspace = Self {
            folder,
            password: SECRET.to_owned(),
        };
        fs::create_dir(workspace.path()).unwrap();
        tepat::demo::write_office(&workspace.path()).unwrap();
        workspace
    }

    /// One whose source is the database, with further lines of `[source]`.
    pub fn reading(database: &Database, more: &str) -> Self {
        let workspace = Self::new();
        workspace.source(database, &database.url(), more);
        workspace
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("kantor")
    }

    /// The folder where a database of SQLite is to stand.
    pub fn database(&self, dialect: Dialect) -> Database {
        Database::new(dialect, &self.path())
    }

    /// Sets the source; the password comes from the environment where the database has any.
    pub fn source(&self, database: &Database, url: &str, more: &str) {
        let url = match &database.file {
            Some(file) => format!("sqlite:{}", file.display()),
            None => url.to_owned(),
        };
        let password = match database.file {
            Some(_) => String::new(),
            None => format!("password = {{ env = \"{PASSWORD}\" }}\n"),
        };
        self.settings(&format!("[source]\nurl = \"{url}\"\n{password}{more}\n"));
    }

    /// Sets what follows the synthetic office's own settings.
    pub fn settings(&self, more: &str) {
        let text = format!("{}\n{more}", tepat::demo::SETTINGS);
        fs::write(self.path().join("tepat.toml"), text).unwrap();
    }

    pub fn with_password(mut self, password: &str) -> Self {
        self.password = password.to_owned();
        self
    }

    /// Writes the workspace's own query.
    pub fn query(&self, dialect: Dialect, kind: &str, sql: &str) {
        let folder = self.path().join("queries").join(dialect.folder());
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{kind}.sql")), sql).unwrap();
    }

    /// The binary with everything set, not started yet. `limit` is the most KiB that a file may grow to.
    fn command(&self, arguments: &[&str], log: Option<&str>, limit: Option<u32>) -> Command {
        let binary = assert_cmd::cargo::cargo_bin("tepat");
        let mut command = match limit {
            None => Command::new(binary),
            Some(kib) => {
                let script = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"");
                let mut bash = Command::new("bash");
                bash.args(["-c", &script]).arg(binary);
                bash
            }
        };
        command
            .args(["--workspace", "kantor"])
            .args(arguments)
            .current_dir(self.folder.path())
            .env("TMPDIR", self.folder.path().join("tmp"))
            .env(PASSWORD, &self.password)
            .env_remove("TEPAT_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(log) = log {
            command.env("TEPAT_LOG", log);
        }
        command
    }

    /// Starts the binary; [`finish`] waits for it.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments, None, None).spawn().unwrap()
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        finish(self.start(arguments))
    }

    /// Runs where no file may grow beyond `kib`: every write past it fails, as on a full disk.
    pub fn run_on_a_full_disk(&self, kib: u32) -> Ran {
        finish(self.command(&RUN, None, Some(kib)).spawn().unwrap())
    }

    /// Publishes the period.
    #[track_caller]
    pub fn publishes(&self) -> Edition {
        let ran = self.run(&RUN).exits(0);
        self.published(&ran)
    }

    /// The newest edition, which `ran` has published.
    #[track_caller]
    pub fn published(&self, ran: &Ran) -> Edition {
        let reports = self.path().join("reports").join(PERIOD).join("monthly");
        let last = fs::read_dir(&reports).map_or(0, Iterator::count);
        let edition = reports.join(last.to_string());
        let read = |name: &str| {
            fs::read(edition.join(name)).unwrap_or_else(|e| panic!("{name}: {e}\n{}", ran.all()))
        };
        let manifest: Value = serde_json::from_slice(&read("manifest.json")).unwrap();
        let digest = manifest["inputs"]["snapshot"]["digest"].as_str().unwrap();
        let snapshots = files(&self.path().join("state/snapshots"));
        let folder = format!("{}/", &digest[..16]);
        let snapshot = snapshots
            .into_iter()
            .filter_map(|(name, bytes)| Some((name.strip_prefix(&folder)?.to_owned(), bytes)))
            .collect();
        self.keeps_its_secret(ran);
        Edition {
            digest: digest.to_owned(),
            folder: self.path().join("state/snapshots").join(&digest[..16]),
            snapshot,
            figures: read("figures.json"),
            manifest,
        }
    }

    /// Fails as it should: the exit code, one sentence with these words, nothing left; and again with the log at its
    /// loudest, where the password must not stand either.
    #[track_caller]
    pub fn fails(&self, code: i32, words: &[&str]) -> Ran {
        let before = self.made();
        // At the same time: where a connection is tried again, each of them takes seconds.
        let quiet = self.start(&RUN);
        let loud = [&RUN[..], &["check"]].map(|arguments| {
            let mut command = self.command(arguments, Some("trace"), None);
            command.spawn().unwrap()
        });
        let ran = finish(quiet);
        for loud in loud.map(finish) {
            self.keeps_its_secret(&loud);
        }
        self.failed(&before, &ran, code, words);
        ran
    }

    /// What [`Workspace::fails`] asserts of a run that was made otherwise; `before` is what [`Workspace::made`] said.
    #[track_caller]
    pub fn failed(&self, before: &[String], ran: &Ran, code: i32, words: &[&str]) {
        assert_eq!(ran.code, Some(code), "{}", ran.all());
        let sentences = ran
            .stderr
            .lines()
            .filter(|l| l.starts_with("tepat: "))
            .count();
        assert_eq!(sentences, 1, "one sentence\n{}", ran.all());
        if code == 1 {
            assert_eq!(ran.stderr.lines().count(), 1, "only it\n{}", ran.all());
        }
        for word in words {
            assert!(
                ran.stderr.contains(word),
                "`{word}` is missing\n{}",
                ran.all()
            );
        }
        assert_eq!(before, self.made(), "nothing is left behind\n{}", ran.all());
        self.keeps_its_secret(ran);
    }

    /// Snapshots, editions, hidden and temporary files.
    pub fn made(&self) -> Vec<String> {
        let all = files(self.folder.path()).into_keys();
        all.filter(|name| {
            ["kantor/state/snapshots", "kantor/reports", "tmp/"]
                .iter()
                .any(|f| name.starts_with(f))
                || name.contains("/.")
                || name.contains("tmp")
        })
        .chain(folders(&self.path().join("state/snapshots")))
        .collect()
    }

    /// The password stands in no output and in no file of the workspace.
    #[track_caller]
    pub fn keeps_its_secret(&self, ran: &Ran) {
        let part = "Rahasia";
        assert!(self.password.contains(part), "the test knows the password");
        assert!(
            !ran.stdout.contains(part) && !ran.stderr.contains(part),
            "{}",
            ran.all()
        );
        for (name, bytes) in files(self.folder.path()) {
            let found = bytes.windows(part.len()).any(|w| w == part.as_bytes());
            assert!(!found, "the password stands in {name}");
        }
    }
}

/// Waits for the end of a run, and kills one that does not end.
#[track_caller]
pub fn finish(mut child: Child) -> Ran {
    let began = Instant::now();
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let read = |stream: Option<Box<dyn std::io::Read + Send>>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            stream.map(|mut s| s.read_to_end(&mut bytes));
            String::from_utf8_lossy(&bytes).into_owned()
        })
    };
    let out = read(out.map(|s| Box::new(s) as _));
    let err = read(err.map(|s| Box::new(s) as _));
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break Some(status);
        }
        if began.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let ran = Ran {
        code: status.and_then(|s| s.code()),
        stdout: out.join().unwrap(),
        stderr: err.join().unwrap(),
        took: began.elapsed(),
    };
    assert!(status.is_some(), "it does not end\n{}", ran.all());
    ran
}

impl Ran {
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.all());
        self
    }

    /// Everything, for the message of a failed test.
    pub fn all(&self) -> String {
        format!(
            "exit code {:?} after {:?}\n--- stdout\n{}\n--- stderr\n{}",
            self.code, self.took, self.stdout, self.stderr
        )
    }
}

impl Edition {
    /// Asserts that both were made from the same bytes; else shows rows that only one of them has.
    #[track_caller]
    pub fn equals(&self, other: &Edition, name: &str) {
        if self.digest != other.digest {
            panic!(
                "{name}: other rows than wanted\n{}",
                only_in_one(other, self)
            );
        }
        assert!(self.snapshot == other.snapshot, "{name}: other bytes");
        assert!(self.figures == other.figures, "{name}: other figures");
        let counts = |e: &Edition| e.manifest["counts"].clone();
        assert_eq!(counts(self), counts(other), "{name}");
    }

    /// How often a check of this code was raised by the reading itself or by the review.
    pub fn count(&self, table: &str) -> u64 {
        self.manifest["inputs"]["snapshot"][table].as_u64().unwrap()
    }
}

/// Rows and findings that one snapshot has and the other has not, the first few.
fn only_in_one(wanted: &Edition, found: &Edition) -> String {
    let rows = |edition: &Edition| -> BTreeSet<String> {
        let snapshot = tepat::snapshot::load(&edition.folder).unwrap();
        let cases = snapshot.cases.iter().map(|r| format!("{r:?}"));
        let steps = snapshot.steps.iter().map(|r| format!("{r:?}"));
        let findings = snapshot.findings.iter().map(|r| format!("{r:?}"));
        cases.chain(steps).chain(findings).collect()
    };
    let (wanted, found) = (rows(wanted), rows(found));
    let short = |word: &str, row: &String| {
        let start: String = row.chars().take(400).collect();
        format!("{word}: {start}\n")
    };
    let lost = wanted
        .difference(&found)
        .take(5)
        .map(|r| short("wanted", r));
    let new = found.difference(&wanted).take(5).map(|r| short("found", r));
    lost.chain(new).collect()
}

/// All files below a folder by relative name; none where there is no folder.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            // Another process may be removing it.
            found.insert(name, fs::read(path).unwrap_or_default());
        }
    }
    found
}

/// The folders in a folder.
fn folders(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|e| e.path().display().to_string()).collect();
    names.sort();
    names
}

/// A run that was made with `Command` alone, as a [`Ran`].
impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            took: Duration::ZERO,
        }
    }
}
