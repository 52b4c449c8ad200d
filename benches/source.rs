//! How fast sources are read: PostgreSQL, MariaDB and SQLite to the frozen Parquet snapshot, beside what their own clients take
//! to send the same rows nowhere; and the import of CSV beside its two parts, a bare reader and a bare insert.
//!
//! `cargo bench --bench source` prints one table; `ROWS=5000000` sets another number of step rows. Needs postgresql,
//! mariadb-server and sqlite3 (Debian). With `--features polars-csv` the import of CSV is timed too, beside polars' own reader
//! and a bare insert of what it read. Each figure is the median of five runs, each a process of its own, taken in turn with what
//! it is compared with; nothing is asserted.
#![allow(
    dead_code,
    reason = "the servers of the tests serve here too, not all of what they can do is used"
)]

#[path = "../tests/it/servers/mod.rs"]
#[allow(unused_imports, reason = "as above")]
mod servers;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant as Clock;

use servers::{Database, Dialect, SECRET};
use tepat::config;
use tepat::instant::Instant;
use tepat::snapshot::{Cut, freeze};
use tepat::source::{ImportKind, Wanted, read};

/// Set in the processes that the benchmark starts of itself: the workspace to read and freeze.
const READ: &str = "TEPAT_BENCH_READ";
const RUNS: usize = 5;
/// Step rows of a case.
const STEPS: u64 = 6;

fn main() {
    if let Some(workspace) = std::env::var_os(READ) {
        return read_and_freeze(Path::new(&workspace));
    }
    #[cfg(feature = "polars-csv")]
    if let Some(file) = std::env::var_os(csv::BARE) {
        return csv::read_and_insert(Path::new(&file));
    }
    let rows: u64 = std::env::var("ROWS").map_or(1_000_000, |n| n.parse().expect("ROWS: a number"));
    println!(
        "{rows} step rows of {} cases; median of {RUNS}\n{:<52} {:>8} {:>11} {:>8} {:>7}",
        rows / STEPS,
        "what",
        "seconds",
        "rows/s",
        "peak MB",
        "of it"
    );
    for dialect in [Dialect::Postgres, Dialect::Mariadb, Dialect::Sqlite] {
        database(dialect, rows);
    }
    #[cfg(feature = "polars-csv")]
    csv::import();
}

/// What a run does with its source, up to the frozen snapshot.
fn read_and_freeze(workspace: &Path) {
    let settings = config::load(workspace).expect("the settings");
    let zone = settings.office.zone;
    let now = Instant::from_utc_seconds(1_800_000_000, zone);
    let mut records = read(Wanted {
        workspace,
        sources: &settings.sources,
        kinds: &[ImportKind::Cases, ImportKind::Steps],
        zone,
        ahead: now,
        since: None,
        progress: &|_| (),
    })
    .expect("the source");
    let cut = Cut {
        as_of: now,
        bound: None,
        decides: &|_| Some(16),
    };
    let target = tempfile::tempdir_in(workspace).expect("a folder");
    freeze(&mut records.extract, &cut, target.path()).expect("the snapshot");
}

/// One kind of database: our reading beside its own client's.
fn database(dialect: Dialect, rows: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let database = Database::new(dialect, folder.path());
    fill(&database, rows);
    let workspace = folder.path();
    fs::write(workspace.join("password"), SECRET).expect("a file");
    private(&workspace.join("password"));
    let password = match dialect {
        Dialect::Sqlite => "",
        _ => "password = { file = \"password\" }",
    };
    let settings = format!(
        "[office]\nname = \"Dinas\"\nunit = \"Bidang\"\n[source]\nurl = \"{}\"\n{password}\n",
        database.url()
    );
    fs::write(workspace.join("tepat.toml"), settings).expect("a file");
    let ours = || {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.env(READ, workspace);
        command
    };
    let (own, other) = in_turn(ours, || client(&database));
    let name = dialect.folder();
    line(
        &format!("{name}: its own client, to nowhere"),
        other,
        rows,
        None,
    );
    line(
        &format!("{name}: to the frozen snapshot"),
        own,
        rows,
        Some(other),
    );
}

/// The medians of two commands, run in turn.
fn in_turn(ours: impl Fn() -> Command, theirs: impl Fn() -> Command) -> (Taken, Taken) {
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        let (a, b) = (timed(ours()), timed(theirs()));
        // The first fills caches.
        if run > 0 {
            own.push(a);
            other.push(b);
        }
    }
    (median(own), median(other))
}

/// The same rows in every database: six steps a case, times as each keeps them best.
fn fill(database: &Database, rows: u64) {
    let cases = rows / STEPS;
    let (instant, series) = match database.dialect {
        Dialect::Postgres => (
            "timestamptz",
            format!("generate_series(0, {}) AS n(i)", cases - 1),
        ),
        Dialect::Mariadb => ("timestamp(6) NULL", format!("seq_0_to_{} AS n", cases - 1)),
        Dialect::Sqlite => (
            "INTEGER",
            format!(
                "(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT i FROM n) AS n",
                cases - 1
            ),
        ),
    };
    let i = match database.dialect {
        Dialect::Mariadb => "n.seq",
        _ => "n.i",
    };
    // From 1 January 2025 on, a case every minute, a step every hour.
    let at = |seconds: String| match database.dialect {
        Dialect::Postgres => format!("to_timestamp(1735689600 + {seconds})"),
        Dialect::Mariadb => format!("from_unixtime(1735689600 + {seconds})"),
        Dialect::Sqlite => format!("(1735689600 + {seconds}) * 1000000"),
    };
    let id = match database.dialect {
        Dialect::Sqlite => format!("'BRK-' || substr('0000000' || {i}, -8)"),
        _ => format!("concat('BRK-', lpad(concat('', {i}), 8, '0'))"),
    };
    let officer = match database.dialect {
        Dialect::Sqlite => format!("'PTG-' || ({i} % 40)"),
        _ => format!("concat('PTG-', {i} % 40)"),
    };
    let optional = "applicant varchar(80), region varchar(80), channel varchar(40), due_on date";
    database.run(&format!(
        "CREATE TABLE cases (case_id varchar(40), service varchar(40), received_at {instant}, requires_recommendation smallint,
             outcome varchar(20), closed_at {instant}, {optional});
         CREATE TABLE steps (case_id varchar(40), step integer, officer varchar(40), started_at {instant}, completed_at {instant},
             result varchar(40));
         INSERT INTO cases SELECT {id}, 'SOP-LP2N-KOM-03', {}, 0, 'issued', {}, NULL, 'Samarinda', 'Loket', NULL FROM {series};",
        at(format!("{i} * 60")),
        at(format!("{i} * 60 + 21600")),
    ));
    for step in 0..STEPS {
        database.run(&format!(
            "INSERT INTO steps SELECT {id}, {}, {officer}, {}, {}, NULL FROM {series}",
            [6, 7, 11, 12, 13, 16][step as usize],
            at(format!("{i} * 60 + {}", step * 3600)),
            at(format!("{i} * 60 + {}", step * 3600 + 900)),
        ));
    }
}

/// The database's own client, sending the rows of the same queries nowhere.
fn client(database: &Database) -> Command {
    let query = |kind| {
        let text = fs::read_to_string(format!(
            "{}/queries/{}/{kind}.sql",
            env!("CARGO_MANIFEST_DIR"),
            database.dialect.folder()
        ))
        .expect("a query");
        let lines = text.lines().filter(|l| !l.starts_with("--"));
        lines
            .collect::<Vec<_>>()
            .join(" ")
            .replace(":since_micros", "-30610224000000000")
    };
    let (cases, steps) = (query("cases"), query("steps"));
    let port = database.port.to_string();
    let mut command;
    match database.dialect {
        Dialect::Postgres => {
            command = Command::new("psql");
            command.env("PGPASSWORD", SECRET).args([
                "-h",
                "127.0.0.1",
                "-p",
                &port,
                "-U",
                servers::READER,
                "-d",
                &database.name,
            ]);
            command.args([
                "-c",
                &format!("COPY ({cases}) TO STDOUT"),
                "-c",
                &format!("COPY ({steps}) TO STDOUT"),
            ]);
        }
        Dialect::Mariadb => {
            command = Command::new("mariadb");
            command.args([
                "--no-defaults",
                "--quick",
                "--batch",
                "-h",
                "127.0.0.1",
                "-P",
                &port,
                "-u",
                servers::READER,
            ]);
            command.arg(format!("-p{SECRET}")).args([
                "-e",
                &format!("{cases}; {steps}"),
                &database.name,
            ]);
        }
        Dialect::Sqlite => {
            command = Command::new("sqlite3");
            command
                .args(["-csv", "-readonly"])
                .arg(database.file.as_ref().expect("a file"));
            command.arg(format!("{cases}; {steps}"));
        }
    }
    command
}

#[derive(Clone, Copy)]
struct Taken {
    seconds: f64,
    peak_mb: f64,
}

fn timed(mut command: Command) -> Taken {
    let begun = Clock::now();
    let mut child = command
        .stdout(Stdio::null())
        .spawn()
        .unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let mut peak_mb: f64 = 0.0;
    loop {
        peak_mb = peak_mb.max(high_water_mb(&child));
        if let Some(status) = child.try_wait().expect("a child") {
            assert!(status.success(), "{command:?}");
            return Taken {
                seconds: begun.elapsed().as_secs_f64(),
                peak_mb,
            };
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// The child's largest resident size so far. It only grows, so the last look before the end is the peak.
fn high_water_mb(child: &Child) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status
        .lines()
        .find(|l| l.starts_with("VmHWM:"))
        .unwrap_or("");
    let kib: Option<f64> = line.split_whitespace().nth(1).and_then(|n| n.parse().ok());
    kib.unwrap_or(0.0) / 1024.0
}

fn median(mut all: Vec<Taken>) -> Taken {
    all.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let peak_mb = all.iter().map(|t| t.peak_mb).fold(0.0, f64::max);
    Taken {
        seconds: all[all.len() / 2].seconds,
        peak_mb,
    }
}

fn line(what: &str, taken: Taken, rows: u64, of: Option<Taken>) {
    let share = of.map_or_else(String::new, |of| {
        format!("{:.0} %", 100.0 * of.seconds / taken.seconds)
    });
    println!(
        "{what:<52} {:>8.2} {:>11.0} {:>8.0} {share:>7}",
        taken.seconds,
        rows as f64 / taken.seconds,
        taken.peak_mb
    );
}

fn private(path: &PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("a mode");
}

/// The import of CSV.
#[cfg(feature = "polars-csv")]
mod csv {
    use polars::prelude::{CsvReadOptions, SerReader};

    use super::*;

    /// Set in the process that only reads and inserts: the CSV file.
    pub const BARE: &str = "TEPAT_BENCH_CSV";
    /// Rows of a statement, as the store's own.
    const BATCH: usize = 1_000;

    /// A million step rows of the synthetic office into an empty store, beside a bare reader and a bare insert.
    pub fn import() {
        let folder = tempfile::tempdir().expect("a folder");
        let office = folder.path().join("kantor");
        let tepat = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tepat"));
            command.current_dir(folder.path()).args(arguments);
            command
        };
        let size = ["--cases-per-month", "3300", "--months", "30"];
        timed(tepat(
            &[&["demo", "kantor", "--no-run"], &size[..]].concat(),
        ));
        let file = office.join("data/steps.csv");
        let lines = fs::read(&file)
            .expect("the data")
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        let ours = || {
            let _ = fs::remove_dir_all(office.join("state"));
            tepat(&[
                "--workspace",
                "kantor",
                "--quiet",
                "import",
                "steps",
                "kantor/data/steps.csv",
            ])
        };
        let theirs = || {
            let mut command = Command::new(std::env::current_exe().expect("this program"));
            command.env(BARE, &file);
            command
        };
        let (own, other) = in_turn(ours, theirs);
        let rows = lines as u64 - 1;
        line("csv: polars' reader, then a bare insert", other, rows, None);
        line("csv: import into the empty store", own, rows, Some(other));
    }

    /// What nothing that imports the file can do without.
    pub fn read_and_insert(file: &Path) {
        let options = CsvReadOptions::default().with_has_header(true);
        let reader = options
            .try_into_reader_with_file_path(Some(file.to_path_buf()))
            .expect("a file");
        let frame = reader.finish().expect("CSV");
        let text = |name: &str| {
            frame
                .column(name)
                .expect("a column")
                .str()
                .expect("text")
                .clone()
        };
        let (ids, officers) = (text("case_id"), text("officer"));
        let steps = frame
            .column("step")
            .expect("a column")
            .i64()
            .expect("numbers")
            .clone();
        let folder = tempfile::tempdir().expect("a folder");
        let conn = rusqlite::Connection::open(folder.path().join("x.db")).expect("a database");
        conn.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
             CREATE TABLE steps (row_number INTEGER PRIMARY KEY, import_id INTEGER NOT NULL, case_id TEXT NOT NULL,
                 step INTEGER NOT NULL, started_at INTEGER, completed_at INTEGER, officer TEXT, result TEXT, row_id TEXT) STRICT;
             CREATE INDEX steps_by_case ON steps (case_id); BEGIN",
        )
        .expect("a table");
        let head = "INSERT INTO steps (import_id, case_id, step, started_at, completed_at, officer, result, row_id) VALUES ";
        for from in (0..frame.height()).step_by(BATCH) {
            let count = BATCH.min(frame.height() - from);
            let sql = format!("{head}{}", vec!["(?,?,?,?,?,?,?,?)"; count].join(","));
            let mut statement = conn.prepare(&sql).expect("a statement");
            for (n, at) in (from..from + count).enumerate() {
                let bind = n * 8 + 1;
                let instant = 1_735_689_600_000_000 + at as i64;
                let done = statement
                    .raw_bind_parameter(bind, 1)
                    .and_then(|()| statement.raw_bind_parameter(bind + 1, ids.get(at)))
                    .and_then(|()| statement.raw_bind_parameter(bind + 2, steps.get(at)))
                    .and_then(|()| statement.raw_bind_parameter(bind + 3, instant))
                    .and_then(|()| statement.raw_bind_parameter(bind + 4, instant))
                    .and_then(|()| statement.raw_bind_parameter(bind + 5, officers.get(at)));
                done.expect("values");
            }
            statement.raw_execute().expect("an insert");
        }
        conn.execute_batch("COMMIT").expect("a commit");
    }
}
