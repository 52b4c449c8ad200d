//! Reading less: a query that leaves old cases to the database gives the snapshot that one without does.

use crate::databases::load::load;
use crate::databases::spelling::{SPELLINGS, Times};
use crate::servers::Dialect;

use super::headers::{condition, shipped};
use super::some_rows;
use super::workspace::Workspace;

#[test]
fn leaving_old_cases_to_the_database_changes_no_byte() {
    let rows = some_rows();
    // A case closed long ago, with one step recorded in the period: all its steps are needed.
    let mut rows = rows;
    rows.plain("DIBUKA-LAGI", "2024-03-04 09:00", true);
    let mut late = rows.steps.last().unwrap().clone();
    late[3] = crate::databases::rows::Value::Instant(crate::support::micros("2026-05-11 09:00"));
    late[4] = late[3].clone();
    rows.steps.push(late);
    let all = rows.cases.len() as u64;
    for spelling in SPELLINGS {
        // The shipped headers compare with times of the database.
        let dialect = spelling.dialect;
        if dialect == Dialect::Sqlite || !matches!(spelling.times, Times::Utc | Times::Local(_)) {
            continue;
        }
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        load(&database, spelling, &rows);
        // As every office has them; without, the database compares each step with every other.
        database.run(match dialect {
            Dialect::Mariadb => {
                "CREATE INDEX c ON cases (case_id(40)); CREATE INDEX s ON steps (case_id(40))"
            }
            _ => "CREATE INDEX c ON cases (case_id); CREATE INDEX s ON steps (case_id)",
        });
        let zone = spelling
            .zone()
            .map(|z| format!("zone = \"{z}\""))
            .unwrap_or_default();
        workspace.source(
            &database,
            &database.url(),
            &format!("{zone}\nlook_back_days = 0"),
        );
        let without = workspace.publishes();
        assert!(
            without.count("cases") < all,
            "{}: dropped anyhow",
            spelling.name
        );
        for kind in ["cases", "steps"] {
            let sql = shipped(dialect, kind);
            workspace.query(dialect, kind, &format!("{sql}\n{}", condition(&sql)));
        }
        let with = workspace.publishes();
        with.equals(&without, spelling.name);
        for kind in ["cases", "steps"] {
            let sql = condition(&shipped(dialect, kind));
            let sql = sql
                .replace("CAST(:since AS date)", "DATE '2024-10-01'")
                .replace(":since", "'2024-10-01'");
            let left = database.number(&format!("SELECT COUNT(*) FROM {kind} {sql}"));
            let all = database.number(&format!("SELECT COUNT(*) FROM {kind}"));
            assert!(
                left < all,
                "{}: the database leaves out {kind}",
                spelling.name
            );
        }
    }
}

#[test]
fn the_bound_may_be_written_in_microseconds() {
    for dialect in Dialect::ALL {
        let spelling = SPELLINGS
            .into_iter()
            .find(|s| s.dialect == dialect && s.times == Times::Micros)
            .unwrap();
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        load(&database, spelling, &some_rows());
        workspace.source(&database, &database.url(), "");
        let without = workspace.publishes();
        workspace.query(
            dialect,
            "cases",
            "SELECT * FROM cases WHERE (outcome <> 'open' AND received_at < :since_micros AND closed_at < :since_micros
             -- :since in a comment, and ':since' in a text, are none
             AND ':since' <> ':since_micros'
             AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.case_id = cases.case_id
                AND (s.started_at >= :since_micros OR s.completed_at >= :since_micros))) IS NOT TRUE",
        );
        let with = workspace.publishes();
        with.equals(&without, spelling.name);
    }
}
