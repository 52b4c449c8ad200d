//! Private database servers for the tests: one PostgreSQL and one MariaDB for the whole test binary, and further ones for
//! tests that kill or configure theirs.
//!
//! Each runs on a temporary folder and a free port of 127.0.0.1, under `guard.sh`, which ends it and removes the folder when
//! this process is gone, however it ended. A server that cannot be started fails the test with what it said; none is skipped.
//! The servers' own zone is one with a half hour and summer time, so that a result that depends on it is found.

mod database;
pub mod dump;
pub mod proxy;
pub mod tls;

use std::fs;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub use database::{Database, READER, SECRET, blocking, text_literal};

/// The databases under test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    Sqlite,
    Postgres,
    Mariadb,
}

impl Dialect {
    /// Those that need a server.
    pub const SERVERS: [Dialect; 2] = [Dialect::Postgres, Dialect::Mariadb];
    pub const ALL: [Dialect; 3] = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mariadb];

    /// Folder of the adapter queries.
    pub fn folder(self) -> &'static str {
        match self {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgres",
            Dialect::Mariadb => "mysql",
        }
    }

    /// What the guard calls the server.
    fn word(self) -> &'static str {
        match self {
            Dialect::Sqlite => panic!("SQLite has no server"),
            Dialect::Postgres => "postgres",
            Dialect::Mariadb => "mariadb",
        }
    }

    /// The server's program, and the account it runs under where the tests run as root.
    fn program(self) -> (&'static str, &'static str) {
        match self {
            Dialect::Mariadb => ("mariadbd", "mysql"),
            _ => ("postgres", "postgres"),
        }
    }
}

/// The administrator of every private server, and its password.
const ADMIN: &str = "tepat_root";
const ADMIN_PASSWORD: &str = "hanya-untuk-uji";

/// A zone of the servers that no office has: UTC-3:30, with summer time.
const ODD_ZONE: &str = "America/St_Johns";

/// Longest wait for a server to answer; it takes about a second on an idle machine.
const START_SECONDS: u64 = 60;

/// A running private server; dropping it ends it.
pub struct Server {
    pub dialect: Dialect,
    pub port: u16,
    folder: PathBuf,
    guard: Child,
}

/// The server that the tests share.
pub fn shared(dialect: Dialect) -> &'static Server {
    static POSTGRES: OnceLock<Server> = OnceLock::new();
    static MARIADB: OnceLock<Server> = OnceLock::new();
    let cell = match dialect {
        Dialect::Mariadb => &MARIADB,
        _ => &POSTGRES,
    };
    cell.get_or_init(|| Server::start(dialect, "", None))
}

impl Server {
    /// Starts one with further lines of settings, and TLS where a folder of certificates is given.
    pub fn start(dialect: Dialect, settings: &str, tls: Option<&Path>) -> Self {
        let mut said = String::new();
        // A free port may be taken by another program before the server binds it.
        for _ in 0..3 {
            match Self::try_start(dialect, settings, tls) {
                Ok(server) => return server,
                Err(reason) => said = reason,
            }
        }
        panic!(
            "the private {} server could not be started: {said}",
            dialect.word()
        );
    }

    fn try_start(dialect: Dialect, settings: &str, tls: Option<&Path>) -> Result<Self, String> {
        let bin = programs(dialect)?;
        let folder = prepared(dialect, settings, tls).map_err(|e| e.to_string())?;
        let port = free_port();
        let script = folder.path().join("guard.sh");
        let guard = Command::new("sh")
            .arg(&script)
            .args([dialect.word(), &folder.path().display().to_string()])
            .args([&port.to_string(), &bin.display().to_string()])
            .arg(dialect.program().1)
            .env("TZ", ODD_ZONE)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("sh cannot be run ({e})"))?;
        // From here on the guard removes the folder.
        let server = Self {
            dialect,
            port,
            folder: folder.keep(),
            guard,
        };
        server.wait().map(|()| server)
    }

    /// Waits until an administrator can log in.
    fn wait(&self) -> Result<(), String> {
        let until = Instant::now() + Duration::from_secs(START_SECONDS);
        loop {
            if self.folder.join("ended").exists() || Instant::now() > until {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                return Err(format!("it did not answer on port {}:\n{log}", self.port));
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() && self.answers() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The folder of its socket, or the socket itself, as the setting `socket` names it.
    pub fn socket(&self) -> PathBuf {
        match self.dialect {
            Dialect::Mariadb => self.folder.join("mysqld.sock"),
            _ => self.folder.clone(),
        }
    }

    /// Kills the server and all its processes at once, as the kernel does when memory runs out.
    pub fn kill(&self) {
        let file = match self.dialect {
            Dialect::Mariadb => self.folder.join("pid"),
            _ => self.folder.join("data/postmaster.pid"),
        };
        let text = fs::read_to_string(file).expect("the server's pid file");
        let main = text.lines().next().expect("a pid").trim().to_owned();
        let workers = children(&main);
        let kill = |all: &[String]| Command::new("kill").arg("-KILL").args(all).status();
        let status = kill(&[main]).expect("kill");
        assert!(status.success(), "the server was not there any more");
        // Some of them may have ended by themselves.
        if !workers.is_empty() {
            let _ = kill(&workers);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// The folder with the server's programs: Debian keeps PostgreSQL's off the PATH.
fn programs(dialect: Dialect) -> Result<PathBuf, String> {
    let (program, _) = dialect.program();
    let mut folders: Vec<PathBuf> = std::env::var_os("PATH")
        .map(|path| std::env::split_paths(&path).collect())
        .unwrap_or_default();
    folders.extend(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from));
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut versions: Vec<PathBuf> = versions.flatten().map(|e| e.path().join("bin")).collect();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    let found = folders.into_iter().find(|f| f.join(program).is_file());
    found.ok_or_else(|| {
        format!("`{program}` is not installed: tests/all.sh installs postgresql and mariadb-server")
    })
}

/// A new folder with all that the guard needs.
fn prepared(dialect: Dialect, settings: &str, tls: Option<&Path>) -> io::Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("tepat-db-").tempdir()?;
    let path = folder.path();
    fs::write(path.join("guard.sh"), include_str!("guard.sh"))?;
    fs::write(path.join("password"), ADMIN_PASSWORD)?;
    let mut lines = settings.to_owned();
    if dialect == Dialect::Postgres {
        lines += &format!("\ntimezone = '{ODD_ZONE}'\ndatestyle = 'German, DMY'\n");
    }
    if let Some(tls) = tls {
        let copy = path.join("tls");
        fs::create_dir(&copy)?;
        for name in [tls::CERTIFICATE, tls::KEY] {
            fs::copy(tls.join(name), copy.join(name))?;
        }
        let (certificate, key) = (copy.join(tls::CERTIFICATE), copy.join(tls::KEY));
        let (certificate, key) = (certificate.display(), key.display());
        lines += &match dialect {
            Dialect::Mariadb => format!("\nssl_cert={certificate}\nssl_key={key}\n"),
            _ => {
                format!("\nssl = on\nssl_cert_file = '{certificate}'\nssl_key_file = '{key}'\n")
            }
        };
    }
    fs::write(path.join("settings"), lines)?;
    Ok(folder)
}

/// A port nobody listens on at the moment.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port of 127.0.0.1");
    listener.local_addr().expect("its number").port()
}

/// The processes whose parent is `pid`.
fn children(pid: &str) -> Vec<String> {
    let all = fs::read_dir("/proc").expect("/proc").flatten();
    all.filter_map(|entry| {
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        // pid (name) state parent ...; the name may hold blanks and brackets.
        let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?;
        (parent == pid).then(|| entry.file_name().to_string_lossy().into_owned())
    })
    .collect()
}
