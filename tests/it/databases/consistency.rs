//! A run sees one state, whatever others change between its two queries.

use std::time::{Duration, Instant};

use crate::databases::load::load;
use crate::databases::spelling::Spelling;
use crate::servers::Dialect;

use super::workspace::{RUN, Workspace, finish};
use super::{side_by_side, some_rows, wait_for_reader};

/// The cases query, which takes a few seconds before it ends.
fn lasting(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => {
            "SELECT cases.* FROM cases, (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
             WHERE i < 20000000) SELECT MAX(i) AS i FROM n) AS lama WHERE lama.i > 0"
        }
        Dialect::Postgres => "SELECT cases.* FROM cases, (SELECT pg_sleep(4)::text AS i) AS lama WHERE lama.i = ''",
        Dialect::Mariadb => "SELECT cases.* FROM cases JOIN (SELECT SLEEP(4) AS i) AS lama ON lama.i = 0",
    }
}

#[test]
fn what_is_changed_between_the_queries_of_a_run_is_not_seen() {
    side_by_side(Dialect::ALL, |dialect| {
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        if dialect == Dialect::Sqlite {
            database.run("PRAGMA journal_mode = WAL");
        }
        load(&database, Spelling::plain(dialect), &some_rows());
        workspace.source(&database, &database.url(), "look_back_days = 3650");
        let before = workspace.publishes();
        // The office's application has its database open, as it does all day.
        let _application = database.file.is_some().then(|| database.session());
        workspace.query(dialect, "cases", lasting(dialect));
        let child = workspace.start(&RUN);
        match &database.file {
            None => wait_for_reader(&database),
            Some(file) => wait_for_file(child.id(), file),
        }
        let began = Instant::now();
        database.run("DELETE FROM steps WHERE step > 6; UPDATE cases SET region = 'berubah'");
        let changed = began.elapsed();
        let ran = finish(child).exits(0);
        assert!(
            changed < ran.took,
            "{dialect:?}: the change came in time\n{}",
            ran.all()
        );
        let after = workspace.published(&ran);
        assert_eq!(before.digest, after.digest, "{dialect:?}");
        workspace.query(dialect, "cases", "SELECT * FROM cases");
        assert_ne!(
            before.digest,
            workspace.publishes().digest,
            "{dialect:?}: the change was one"
        );
    });
}

/// Waits until the process has the database open, and a little longer.
fn wait_for_file(process: u32, file: &std::path::Path) {
    let until = Instant::now() + Duration::from_secs(60);
    let open = || {
        let all = std::fs::read_dir(format!("/proc/{process}/fd"))
            .into_iter()
            .flatten();
        all.flatten()
            .any(|e| std::fs::read_link(e.path()).is_ok_and(|to| to == file))
    };
    while !open() {
        assert!(Instant::now() < until, "the database is not opened");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(300));
}
