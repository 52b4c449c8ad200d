//! Types and values that one database has and others have not: each read by a stated rule, or refused with a cure.

use serde_json::Value;

use crate::servers::{Database, Dialect};

use super::workspace::{Edition, RUN, Workspace};

/// A database with one issued case and its registration; the instants are of the type and with the literals given.
struct Times<'a> {
    sql_type: &'a str,
    received: &'a str,
    started: &'a str,
}

fn tables(database: &Database, times: &Times) {
    let Times {
        sql_type,
        received,
        started,
    } = times;
    database.run(&format!(
        "CREATE TABLE cases (case_id VARCHAR(20), service VARCHAR(40), received_at {sql_type}, requires_recommendation INT,
             outcome VARCHAR(10));
         CREATE TABLE steps (case_id VARCHAR(20), step INT, officer VARCHAR(20), started_at {sql_type});
         INSERT INTO cases VALUES ('P-1', 'SOP-CONTOH-01', {received}, 0, 'open');
         INSERT INTO steps VALUES ('P-1', 6, 'A', {started})"
    ));
}

/// The narrow tables above.
fn queries(workspace: &Workspace, dialect: Dialect) {
    workspace.query(
        dialect,
        "cases",
        "SELECT case_id, service, received_at, requires_recommendation, outcome FROM cases",
    );
    workspace.query(
        dialect,
        "steps",
        "SELECT case_id, step, officer, started_at FROM steps",
    );
}

fn office(dialect: Dialect, times: &Times, more: &str) -> Workspace {
    let workspace = Workspace::new();
    let database = workspace.database(dialect);
    tables(&database, times);
    queries(&workspace, dialect);
    workspace.source(&database, &database.url(), more);
    workspace
}

const ZONE: &str = "zone = \"Asia/Makassar\"";

#[test]
fn times_without_zone_need_the_setting() {
    for (dialect, sql_type) in [
        (Dialect::Postgres, "timestamp"),
        (Dialect::Postgres, "text"),
        (Dialect::Mariadb, "DATETIME"),
        (Dialect::Mariadb, "VARCHAR(40)"),
    ] {
        let times = Times {
            sql_type,
            received: "'2026-05-04 09:00:00'",
            started: "'2026-05-04 09:05:00'",
        };
        office(dialect, &times, "").fails(2, &["zone", "received_at", "cases"]);
        let edition = office(dialect, &times, ZONE).publishes();
        let utc = "zone = \"UTC\"";
        let other = office(dialect, &times, utc).publishes();
        assert_ne!(
            edition.digest, other.digest,
            "{dialect:?} {sql_type}: the zone matters"
        );
    }
}

#[test]
fn a_date_for_an_instant_is_its_first_moment() {
    for dialect in Dialect::SERVERS {
        let dates = Times {
            sql_type: "DATE",
            received: "'2026-05-04'",
            started: "'2026-05-05'",
        };
        let micros = Times {
            sql_type: "BIGINT",
            received: "1777824000000000",
            started: "1777910400000000",
        };
        let by_date = office(dialect, &dates, ZONE).publishes();
        let by_number = office(dialect, &micros, "").publishes();
        assert_eq!(by_date.digest, by_number.digest, "{dialect:?}");
    }
}

#[test]
fn numbers_with_a_point_are_no_instants() {
    for (dialect, sql_type) in [
        (Dialect::Postgres, "numeric"),
        (Dialect::Postgres, "double precision"),
        (Dialect::Postgres, "real"),
        (Dialect::Mariadb, "DECIMAL(20, 0)"),
        (Dialect::Mariadb, "DOUBLE"),
        (Dialect::Mariadb, "FLOAT"),
    ] {
        let times = Times {
            sql_type,
            received: "1777824000",
            started: "NULL",
        };
        let workspace = office(dialect, &times, ZONE);
        workspace.fails(2, &["received_at", "queries/"]);
    }
}

#[test]
fn times_that_no_calendar_holds_are_findings_and_stop_nothing() {
    for (dialect, sql_type, odd) in [
        (Dialect::Postgres, "timestamptz", "'infinity'"),
        (Dialect::Postgres, "timestamptz", "'-infinity'"),
        (
            Dialect::Postgres,
            "timestamptz",
            "'0044-03-15 12:00:00+00 BC'",
        ),
        (
            Dialect::Postgres,
            "timestamptz",
            "'294276-12-31 12:00:00+00'",
        ),
        (Dialect::Postgres, "timestamp", "'infinity'"),
        (Dialect::Postgres, "timestamp", "'4713-01-01 00:00:00 BC'"),
        (Dialect::Postgres, "date", "'infinity'"),
        (Dialect::Postgres, "date", "'5874897-12-31'"),
        (Dialect::Postgres, "bigint", "9223372036854775807"),
        (Dialect::Postgres, "bigint", "-9223372036854775808"),
        (Dialect::Mariadb, "DATETIME(6)", "'0000-00-00 00:00:00'"),
        (Dialect::Mariadb, "DATETIME", "'2026-00-00 00:00:00'"),
        (Dialect::Mariadb, "DATETIME", "'9999-12-31 23:59:59'"),
        (Dialect::Mariadb, "TIMESTAMP NULL", "'0000-00-00 00:00:00'"),
        (Dialect::Mariadb, "DATE", "'0000-00-00'"),
        (Dialect::Mariadb, "BIGINT", "9223372036854775807"),
        (Dialect::Mariadb, "BIGINT UNSIGNED", "18446744073709551615"),
        (Dialect::Sqlite, "INTEGER", "9223372036854775807"),
        (Dialect::Sqlite, "INTEGER", "-9223372036854775808"),
    ] {
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        let good = match (dialect, sql_type.to_lowercase().contains("int")) {
            (_, true) => "1777824000000000",
            (Dialect::Mariadb, _) => "'2026-05-04'",
            _ => "'2026-05-04 00:00:00'",
        };
        let before = match dialect {
            Dialect::Mariadb => "SET sql_mode = '';",
            _ => "",
        };
        database.run(&format!(
            "{before}
             CREATE TABLE cases (case_id VARCHAR(20), service VARCHAR(40), received_at {sql_type},
                 requires_recommendation INT, outcome VARCHAR(10));
             CREATE TABLE steps (case_id VARCHAR(20), step INT, officer VARCHAR(20), started_at {sql_type},
                 completed_at {sql_type});
             INSERT INTO cases VALUES ('P-1', 'SOP-CONTOH-01', {good}, 0, 'open');
             INSERT INTO steps VALUES ('P-1', 6, 'A', {good}, {good}), ('P-1', 7, 'A', {good}, {odd})"
        ));
        queries(&workspace, dialect);
        workspace.query(dialect, "steps", "SELECT * FROM steps");
        workspace.source(&database, &database.url(), ZONE);
        let edition = workspace.publishes();
        let name = format!("{dialect:?} {sql_type} {odd}");
        // The row is kept with its start. The odd value is told of, but for MySQL's zero date: it is MySQL's word for none.
        assert_eq!(edition.count("steps"), 2, "{name}");
        assert_eq!(told(&edition), !odd.contains("0000-00-00"), "{name}");
    }
}

/// Whether a finding says that an instant is unreadable, outside the calendar, or later than the extract.
fn told(edition: &Edition) -> bool {
    let figures: Vec<Value> = serde_json::from_slice(&edition.figures).unwrap();
    figures.iter().any(|figure| {
        let check = figure["group"]["check"].as_str().unwrap_or_default();
        figure["indicator"] == "findings.count"
            && figure["value"].as_f64() > Some(0.0)
            && [
                "unreadable_value",
                "instant_outside_calendar",
                "instant_after_extract",
            ]
            .contains(&check)
    })
}

#[test]
fn local_times_that_clocks_skip_or_repeat_are_findings() {
    for (dialect, sql_type) in [
        (Dialect::Postgres, "timestamp"),
        (Dialect::Mariadb, "DATETIME"),
    ] {
        for (odd, findings) in [
            ("'2026-03-29 02:30:00'", 1),
            ("'2025-10-26 02:30:00'", 1),
            ("'2026-03-29 03:30:00'", 0),
        ] {
            let times = Times {
                sql_type,
                received: "'2025-10-01 09:00:00'",
                started: odd,
            };
            let workspace = office(dialect, &times, "zone = \"Europe/Amsterdam\"");
            let edition = workspace.publishes();
            assert_eq!(edition.count("findings"), findings, "{dialect:?} {odd}");
        }
    }
}

#[test]
fn yes_and_no_are_read_by_the_stated_words_only() {
    for (dialect, sql_type, literal, findings) in [
        (Dialect::Postgres, "text", "'mungkin'", 1),
        (Dialect::Postgres, "text", "'t'", 1),
        (Dialect::Postgres, "text", "'f'", 1),
        (Dialect::Postgres, "text", "'Y'", 0),
        (Dialect::Postgres, "char(10)", "'tidak'", 0),
        (Dialect::Postgres, "integer", "2", 1),
        (Dialect::Postgres, "boolean", "NULL", 1),
        (Dialect::Mariadb, "VARCHAR(10)", "'mungkin'", 1),
        (Dialect::Mariadb, "VARCHAR(10)", "'t'", 1),
        (Dialect::Mariadb, "ENUM('Y','T')", "'T'", 0),
        (Dialect::Mariadb, "TINYINT(1)", "2", 1),
        (Dialect::Mariadb, "TINYINT", "1", 0),
        (Dialect::Mariadb, "BIT(1)", "b'1'", 0),
        (Dialect::Mariadb, "BIT(8)", "b'10'", 1),
        (Dialect::Mariadb, "BOOLEAN", "NULL", 1),
    ] {
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        database.run(&format!(
            "CREATE TABLE cases (case_id VARCHAR(20), service VARCHAR(40), received_at BIGINT,
                 requires_recommendation {sql_type}, outcome VARCHAR(10));
             CREATE TABLE steps (case_id VARCHAR(20), step INT, officer VARCHAR(20), started_at BIGINT);
             INSERT INTO cases VALUES ('P-1', 'SOP-CONTOH-01', 1777824000000000, {literal}, 'open');
             INSERT INTO steps VALUES ('P-1', 6, 'A', 1777824000000000)"
        ));
        queries(&workspace, dialect);
        workspace.source(&database, &database.url(), "");
        let edition = workspace.publishes();
        let name = format!("{dialect:?} {sql_type} {literal}");
        assert_eq!(edition.count("findings"), findings, "{name}");
        assert_eq!(edition.count("cases"), 1 - findings, "{name}");
    }
}

#[test]
fn ids_of_other_types_are_their_text() {
    for (dialect, sql_type, literal) in [
        (Dialect::Sqlite, "INTEGER", "17"),
        (Dialect::Postgres, "integer", "17"),
        (Dialect::Postgres, "bigint", "17"),
        (Dialect::Postgres, "smallint", "17"),
        (Dialect::Mariadb, "INT", "17"),
        (Dialect::Mariadb, "BIGINT UNSIGNED", "17"),
        (Dialect::Postgres, "char(8)", "'17'"),
        (Dialect::Postgres, "name", "'17'"),
        (Dialect::Mariadb, "CHAR(8)", "'17'"),
        (Dialect::Mariadb, "VARCHAR(8) CHARACTER SET latin1", "'17'"),
        (
            Dialect::Mariadb,
            "VARCHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            "'17'",
        ),
    ] {
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        database.run(&format!(
            "CREATE TABLE cases (case_id {sql_type}, service VARCHAR(40), received_at BIGINT,
                 requires_recommendation INT, outcome VARCHAR(10));
             CREATE TABLE steps (case_id {sql_type}, step INT, officer VARCHAR(20), started_at BIGINT);
             INSERT INTO cases VALUES ({literal}, 'SOP-CONTOH-01', 1777824000000000, 0, 'open');
             INSERT INTO steps VALUES ({literal}, 6, 'A', 1777824000000000)"
        ));
        queries(&workspace, dialect);
        workspace.source(&database, &database.url(), "");
        let ran = workspace.run(&RUN).exits(0);
        let edition = workspace.published(&ran);
        let explained = workspace
            .run(&["explain", "17", "--as-of", "2026-06-01"])
            .exits(0);
        assert!(explained.stdout.contains("17"), "{dialect:?} {sql_type}");
        assert_eq!(edition.count("findings"), 0, "{dialect:?} {sql_type}");
    }
}
