//! Real PostgreSQL, MariaDB and SQLite databases as sources, through the real binary.

mod bounding;
mod connect;
mod consistency;
mod contract;
mod encryption;
mod harness;
mod headers;
mod injection;
mod load;
mod midway;
mod rows;
mod same_digest;
mod spelling;
mod types;
mod workspace;

use std::sync::OnceLock;

use crate::databases::load::load;
use crate::databases::rows::Rows;
use crate::databases::spelling::Spelling;
use crate::servers::{Database, Dialect, shared};

/// Runs a test on every server at the same time: much of it is waiting.
fn on_servers(test: impl Fn(Dialect) + Sync) {
    side_by_side(Dialect::SERVERS, test);
}

/// Runs a test on every item at the same time.
fn side_by_side<T: Send, const N: usize>(items: [T; N], test: impl Fn(T) + Sync) {
    std::thread::scope(|scope| {
        for item in items {
            let test = &test;
            scope.spawn(move || test(item));
        }
    });
}

/// A loaded database of a shared server, for tests that change nothing in it.
fn loaded(dialect: Dialect) -> &'static Database {
    static POSTGRES: OnceLock<Database> = OnceLock::new();
    static MARIADB: OnceLock<Database> = OnceLock::new();
    let cell = match dialect {
        Dialect::Mariadb => &MARIADB,
        _ => &POSTGRES,
    };
    cell.get_or_init(|| {
        let database = shared(dialect).database();
        load(&database, Spelling::plain(dialect), &some_rows());
        database
    })
}

/// Rows for tests to which their number does not matter: about 600 cases.
fn some_rows() -> Rows {
    Rows::dirty(20, 29)
}

/// The shipped cases query, slow: about a hundredth of a second and 2 kB for each row.
fn slow_cases(dialect: Dialect) -> String {
    let (pause, wide) = match dialect {
        Dialect::Mariadb => ("SLEEP(0.01) = 0", "REPEAT('x', 2000)"),
        _ => ("pg_sleep(0.01) IS NOT NULL", "repeat('x', 2000)"),
    };
    format!(
        "SELECT case_id, service, received_at, requires_recommendation, outcome, closed_at, {wide} AS applicant
         FROM cases WHERE {pause}"
    )
}

/// Waits until the reader's query on the database has run for a while.
fn wait_for_reader(database: &Database) {
    let name = &database.name;
    let sql = match database.dialect {
        Dialect::Mariadb => format!(
            "SELECT COUNT(*) FROM information_schema.processlist
             WHERE db = '{name}' AND user = 'pembaca' AND command IN ('Query', 'Execute') AND time_ms > 700"
        ),
        _ => format!(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}' AND usename = 'pembaca'
             AND state = 'active' AND now() - query_start > interval '0.7 s'"
        ),
    };
    let until = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while database.number(&sql) == 0 {
        assert!(
            std::time::Instant::now() < until,
            "the reader's query does not begin"
        );
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}
