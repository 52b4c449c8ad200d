//! Loads rows into a database in one of the spellings, many to a statement.

use super::rows::{CASE_COLUMNS, Rows, STEP_COLUMNS, Value};
use super::spelling::Spelling;
use crate::servers::{Database, blocking};

/// Rows of one INSERT: well below the servers' limits on the length of a statement.
const ROWS_PER_STATEMENT: usize = 500;

/// Makes the tables `cases` and `steps` and fills them.
pub fn load(database: &Database, spelling: Spelling, rows: &Rows) {
    assert_eq!(database.dialect, spelling.dialect);
    blocking(async {
        let mut link = database.link().await;
        link.run(&spelling.tables()).await;
        link.run(if database.file.is_some() {
            "BEGIN"
        } else {
            "SELECT 1"
        })
        .await;
        for part in rows.cases.chunks(ROWS_PER_STATEMENT) {
            link.run(&insert(spelling, "cases", &CASE_COLUMNS, part))
                .await;
        }
        for part in rows.steps.chunks(ROWS_PER_STATEMENT) {
            link.run(&insert(spelling, "steps", &STEP_COLUMNS, part))
                .await;
        }
        link.run(if database.file.is_some() {
            "COMMIT"
        } else {
            "SELECT 1"
        })
        .await;
        link.close().await;
    });
}

fn insert<const N: usize>(
    spelling: Spelling,
    table: &str,
    columns: &[&str; N],
    rows: &[[Value; N]],
) -> String {
    let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    for (at, row) in rows.iter().enumerate() {
        let values: Vec<String> = row.iter().map(|v| spelling.literal(v)).collect();
        sql += if at > 0 { ",\n(" } else { "(" };
        sql += &values.join(", ");
        sql += ")";
    }
    sql
}
