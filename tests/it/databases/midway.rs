//! Faults while rows are coming: no retry (rows were read already), one sentence, nothing left.

use std::time::Duration;

use crate::databases::load::load;
use crate::databases::rows::{Rows, Value};
use crate::databases::spelling::Spelling;
use crate::servers::proxy::{Fault, Proxy};
use crate::servers::{Dialect, Server};

use super::workspace::{RUN, Workspace, finish};
use super::{loaded, on_servers, slow_cases, some_rows, wait_for_reader};

#[test]
fn a_server_killed_while_it_delivers_leaves_nothing() {
    on_servers(|dialect| {
        let server = Server::start(dialect, "", None);
        let database = server.database();
        load(&database, Spelling::plain(dialect), &some_rows());
        let workspace = Workspace::reading(&database, "");
        workspace.query(dialect, "cases", &slow_cases(dialect));
        let before = workspace.made();
        let child = workspace.start(&RUN);
        wait_for_reader(&database);
        server.kill();
        let ran = finish(child);
        workspace.failed(&before, &ran, 1, &[&format!("127.0.0.1:{}", server.port)]);
        assert!(ran.took < Duration::from_secs(15), "{}", ran.all());
    });
}

#[test]
fn a_connection_cut_while_rows_come_is_not_tried_again() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        for fault in [
            Fault::CutAfter(150_000),
            Fault::ResetAfter(150_000),
            Fault::ResetAfter(400_000),
        ] {
            let proxy = Proxy::to(database.port, fault);
            let workspace = Workspace::new();
            workspace.source(database, &database.url_at("127.0.0.1", proxy.port), "");
            let before = workspace.made();
            let ran = workspace.run(&RUN);
            workspace.failed(&before, &ran, 1, &[&format!("127.0.0.1:{}", proxy.port)]);
            assert_eq!(proxy.attempts(), 1, "{dialect:?} {fault:?}\n{}", ran.all());
        }
    });
}

#[test]
fn a_connection_that_falls_silent_ends_with_the_statements_time() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        let proxy = Proxy::to(database.port, Fault::SilentAfter(150_000));
        let workspace = Workspace::new();
        let url = database.url_at("127.0.0.1", proxy.port);
        workspace.source(database, &url, "statement_seconds = 2");
        let before = workspace.made();
        let ran = workspace.run(&RUN);
        workspace.failed(&before, &ran, 1, &["statement_seconds"]);
        assert!(ran.took < Duration::from_secs(30), "{}", ran.all());
    });
}

#[test]
fn a_statement_that_takes_too_long_is_ended() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        let pause = match dialect {
            Dialect::Mariadb => "SLEEP(60) = 0",
            _ => "pg_sleep(60) IS NOT NULL",
        };
        // Slow before the first row, and slow between rows.
        for cases in [
            format!("SELECT * FROM cases WHERE {pause}"),
            slow_cases(dialect),
        ] {
            let workspace = Workspace::reading(database, "statement_seconds = 1");
            workspace.query(dialect, "cases", &cases);
            let before = workspace.made();
            let ran = workspace.run(&RUN);
            workspace.failed(&before, &ran, 1, &["cases", "statement_seconds"]);
            assert!(ran.took < Duration::from_secs(30), "{}", ran.all());
        }
    });
}

#[test]
fn a_table_dropped_between_check_and_run_is_named() {
    for dialect in Dialect::ALL {
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        load(&database, Spelling::plain(dialect), &Rows::synthetic(4, 29));
        workspace.source(&database, &database.url(), "");
        workspace.run(&["check"]).exits(0);
        database.run("DROP TABLE steps");
        workspace.fails(1, &["steps"]);
    }
}

#[test]
fn a_row_that_breaks_the_contract_in_the_last_batch_is_a_finding() {
    for dialect in Dialect::ALL {
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        let mut rows = Rows::synthetic(80, 29);
        let clean = {
            load(&database, Spelling::plain(dialect), &rows);
            workspace.source(&database, &database.url(), "look_back_days = 3650");
            workspace.publishes()
        };
        rows.steps.extend(rows.steps.last().cloned());
        rows.steps.last_mut().unwrap()[0] = Value::Null;
        database.run("DROP TABLE cases; DROP TABLE steps");
        load(&database, Spelling::plain(dialect), &rows);
        let with = workspace.publishes();
        assert_eq!(with.count("steps"), clean.count("steps"), "{dialect:?}");
        assert_eq!(
            with.count("findings"),
            clean.count("findings") + 1,
            "{dialect:?}"
        );
    }
}

/// An expression of `case_id` that fails when it is computed for this id alone.
fn failing(dialect: Dialect, id: &str) -> String {
    match dialect {
        Dialect::Sqlite => {
            format!("abs(CASE WHEN case_id = '{id}' THEN -9223372036854775807 - 1 ELSE 1 END)")
        }
        Dialect::Postgres => format!("1 / CASE WHEN case_id = '{id}' THEN 0 ELSE 1 END"),
        Dialect::Mariadb => format!("gagal(case_id, '{id}')"),
    }
}

#[test]
fn a_query_that_fails_in_its_last_row_leaves_nothing() {
    for dialect in Dialect::ALL {
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        let mut rows = some_rows();
        rows.plain("TERAKHIR", "2026-05-20 09:00", false);
        load(&database, Spelling::plain(dialect), &rows);
        if dialect == Dialect::Mariadb {
            database.run(
                "CREATE FUNCTION gagal(a TEXT, b TEXT) RETURNS INT DETERMINISTIC NO SQL BEGIN
                 IF a = b THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'baris terakhir'; END IF; RETURN 1; END",
            );
        }
        workspace.source(&database, &database.url(), "");
        let steps = format!(
            "SELECT case_id, step, officer, started_at, completed_at, {} AS result FROM steps",
            failing(dialect, "TERAKHIR")
        );
        workspace.query(dialect, "steps", &steps);
        workspace.fails(1, &[&format!("queries/{}/steps.sql", dialect.folder())]);
        workspace.query(dialect, "steps", &steps.replace("TERAKHIR", "tidak ada"));
        workspace.publishes();
    }
}

#[test]
fn a_disk_that_fills_up_while_rows_come_leaves_nothing() {
    for dialect in Dialect::ALL {
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        load(&database, Spelling::plain(dialect), &Rows::dirty(80, 29));
        workspace.source(&database, &database.url(), "look_back_days = 3650");
        // The snapshot of these rows is larger than all of these.
        for kib in [1, 4, 16, 64] {
            let before = workspace.made();
            let ran = workspace.run_on_a_full_disk(kib);
            workspace.failed(&before, &ran, 1, &["disk", "full"]);
        }
        workspace.publishes();
    }
}
