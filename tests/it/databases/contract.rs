//! `tepat check` against queries that break the contract in several ways at once: every difference in one run.

use crate::databases::load::load;
use crate::databases::rows::Rows;
use crate::databases::spelling::Spelling;
use crate::servers::{Database, Dialect};

use super::side_by_side;
use super::workspace::{Ran, Workspace};

/// A difference: the column that must be named, and what must stand on the same line of it.
type Difference = (&'static str, &'static [&'static str]);

struct Broken {
    dialect: Dialect,
    cases: &'static str,
    steps: &'static str,
    differences: &'static [Difference],
}

const BROKEN: [Broken; 4] = [
    Broken {
        dialect: Dialect::Postgres,
        cases: "SELECT case_id, service AS servis, 1777824000.5::numeric AS received_at, 'mungkin' AS requires_recommendation,
                    closed_at AT TIME ZONE 'UTC' AS closed_at, interval '1 day' AS due_on, applicant AS applicants
                FROM cases",
        steps: "SELECT case_id, 'enam' AS step, started_at::time AS started_at, 1.5::float8 AS completed_at FROM steps",
        differences: &[
            ("case_id", &["NULL"]),
            ("service", &["servis"]),
            ("received_at", &["NUMERIC"]),
            ("requires_recommendation", &["mungkin"]),
            ("outcome", &[]),
            ("closed_at", &["TIMESTAMP", "zone"]),
            ("due_on", &["INTERVAL"]),
            ("step", &["enam"]),
            ("started_at", &["TIME"]),
            ("completed_at", &["FLOAT8"]),
        ],
    },
    Broken {
        dialect: Dialect::Mariadb,
        cases: "SELECT case_id, service AS servis, CAST(1777824000.5 AS DECIMAL(20, 1)) AS received_at,
                    'mungkin' AS requires_recommendation, CAST(closed_at AS DATETIME) AS closed_at,
                    CAST('10:00' AS TIME) AS due_on, applicant AS applicants
                FROM cases",
        steps: "SELECT case_id, 'enam' AS step, CAST(started_at AS TIME) AS started_at, 1.5e0 AS completed_at FROM steps",
        differences: &[
            ("case_id", &["NULL"]),
            ("service", &["servis"]),
            ("received_at", &["DECIMAL"]),
            ("requires_recommendation", &["mungkin"]),
            ("outcome", &[]),
            ("closed_at", &["DATETIME", "zone"]),
            ("due_on", &["TIME"]),
            ("step", &["enam"]),
            ("started_at", &["TIME"]),
            ("completed_at", &["DOUBLE"]),
        ],
    },
    // SQLite's columns have no types, so what they hold is seen by the rows that are otherwise whole.
    Broken {
        dialect: Dialect::Sqlite,
        cases: "SELECT case_id, service AS servis, 'mungkin' AS requires_recommendation, closed_at, applicant AS applicants
                FROM cases",
        steps: "SELECT case_id, 'enam' AS step, started_at FROM steps",
        differences: &[
            ("case_id", &["NULL"]),
            ("service", &["servis"]),
            ("received_at", &["servis"]),
            ("requires_recommendation", &["mungkin"]),
            ("outcome", &[]),
            ("applicant", &["applicants"]),
            ("step", &["enam"]),
        ],
    },
    Broken {
        dialect: Dialect::Sqlite,
        cases: "SELECT case_id, service, 1777824000.5 AS received_at, requires_recommendation, outcome, x'00' AS due_on
                FROM cases",
        steps: "SELECT case_id, step, 'kemarin' AS started_at, 1.5 AS complete_at FROM steps",
        differences: &[
            ("case_id", &["NULL"]),
            ("received_at", &["1777824000.5"]),
            ("due_on", &["biner"]),
            ("started_at", &["kemarin"]),
            ("completed_at", &["complete_at"]),
        ],
    },
];

fn office(dialect: Dialect) -> (Workspace, Database) {
    let workspace = Workspace::new();
    let database = workspace.database(dialect);
    load(&database, Spelling::plain(dialect), &Rows::synthetic(4, 29));
    workspace.source(&database, &database.url(), "");
    (workspace, database)
}

/// Every difference stands in a paragraph of its own, with its words, what is wanted and the cure.
#[track_caller]
fn names(ran: &Ran, differences: &[Difference]) {
    let paragraphs: Vec<&str> = ran.stdout.split("  column ").collect();
    for (column, words) in differences {
        let found = paragraphs.iter().any(|text| {
            let has = |w: &&str| text.to_lowercase().contains(&w.to_lowercase());
            text.lines().next() == Some(*column)
                && words.iter().all(has)
                && ["found: ", "wanted: ", "cure: "].iter().all(has)
        });
        assert!(found, "`{column}` with {words:?} is missing\n{}", ran.all());
    }
}

#[test]
fn every_difference_is_told_in_one_run() {
    for broken in &BROKEN {
        let (workspace, database) = office(broken.dialect);
        workspace.run(&["check"]).exits(0);
        database.run("UPDATE cases SET case_id = NULL WHERE case_id LIKE '%0001'");
        workspace.query(broken.dialect, "cases", broken.cases);
        workspace.query(broken.dialect, "steps", broken.steps);
        let before = workspace.made();
        let ran = workspace.run(&["check"]).exits(2);
        names(&ran, broken.differences);
        for query in ["cases", "steps"] {
            let file = format!("queries/{}/{query}.sql", broken.dialect.folder());
            assert!(ran.all().contains(&file), "{file}\n{}", ran.all());
        }
        assert_eq!(before, workspace.made());
        workspace.keeps_its_secret(&ran);
        // A run does not begin either, where names or types are wrong.
        workspace.fails(2, &["queries/"]);
    }
}

#[test]
fn the_check_looks_at_the_first_rows_only_to_find_a_difference() {
    side_by_side(Dialect::ALL, |dialect| {
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        load(
            &database,
            Spelling::plain(dialect),
            &Rows::synthetic(80, 29),
        );
        // Reading all 26,000 rows would take minutes.
        let pause = match dialect {
            Dialect::Sqlite => "",
            Dialect::Postgres => "WHERE pg_sleep(0.005) IS NOT NULL",
            Dialect::Mariadb => "WHERE SLEEP(0.005) = 0",
        };
        let steps = format!("SELECT case_id, 'enam' AS step, started_at FROM steps {pause}");
        workspace.query(dialect, "steps", &steps);
        workspace.source(&database, &database.url(), "");
        let ran = workspace.run(&["check"]).exits(2);
        names(&ran, &[("step", &["enam", "1000"])]);
        assert!(
            ran.took < std::time::Duration::from_secs(40),
            "{}",
            ran.all()
        );
    });
}
