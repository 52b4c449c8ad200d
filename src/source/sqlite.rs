//! Any SQLite database, the embedded store among them, read through the adapter queries.
//!
//! In: a database file, queries. Out: rows of the contract and findings on the rows that break it. The connection is
//! read-only and both queries run in one read transaction, so they see the same state.

use std::path::Path;
use std::time::Duration;

use chrono_tz::Tz;
use futures_util::TryStreamExt;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{
    AssertSqlSafe, Column, ConnectOptions, Connection, Executor, Row, SqlSafeStr, Statement,
    TypeInfo, ValueRef,
};

use super::error::{SourceError, one_line};
use super::files::columns::Columns;
use super::queries::{Queries, QueryText, one_statement};
use super::row::{ImportKind, Problem, Rules, case_row, step_row};
use super::store;
use super::value::Cell;
use crate::finding::Finding;
use crate::snapshot::Snapshot;

/// How long another program's lock is waited for.
pub const BUSY_WAIT: Duration = Duration::from_secs(3);

/// Rows between two calls of the progress function.
const PROGRESS_STEP: u64 = 16_384;

/// Reads cases and steps of the database at `file`; with the import findings where it is the embedded store.
pub async fn read(
    file: &Path,
    is_store: bool,
    queries: &Queries,
    zone: Tz,
    progress: &dyn Fn(u64),
) -> Result<Snapshot, SourceError> {
    let failed = |e: sqlx::Error| SourceError::of(file, &e);
    let mut conn = SqliteConnectOptions::new()
        // Reading a whole office takes a while; that is no news for the log.
        .disable_statement_logging()
        .filename(file)
        .read_only(true)
        .busy_timeout(BUSY_WAIT)
        .row_buffer_size(1_024)
        .connect()
        .await
        .map_err(failed)?;
    let mut transaction = conn.begin().await.map_err(failed)?;
    if is_store && !store::is_one(&mut transaction).await.map_err(failed)? {
        return Err(SourceError::NotAStore {
            file: file.to_path_buf(),
        });
    }
    let mut reader = Reader {
        file,
        rules: Rules::plain(zone),
        progress,
        snapshot: Snapshot::default(),
    };
    reader
        .query(&mut transaction, ImportKind::Cases, &queries.cases)
        .await?;
    reader
        .query(&mut transaction, ImportKind::Steps, &queries.steps)
        .await?;
    let mut snapshot = reader.snapshot;
    if is_store {
        let found = store::findings(&mut transaction).await.map_err(failed)?;
        snapshot.findings.extend(found);
    }
    transaction.rollback().await.map_err(failed)?;
    conn.close().await.map_err(failed)?;
    snapshot.sort();
    Ok(snapshot)
}

struct Reader<'a> {
    file: &'a Path,
    rules: Rules,
    progress: &'a dyn Fn(u64),
    snapshot: Snapshot,
}

impl Reader<'_> {
    async fn query(
        &mut self,
        conn: &mut SqliteConnection,
        kind: ImportKind,
        query: &QueryText,
    ) -> Result<(), SourceError> {
        let wrong = |reason: String| SourceError::Query {
            query: query.name.clone(),
            reason,
        };
        one_statement(&query.sql).map_err(|reason| wrong(reason.to_owned()))?;
        let columns = self.columns(conn, kind, query).await?;
        let mut rows = sqlx::query(AssertSqlSafe(query.sql.clone())).fetch(&mut *conn);
        let mut problems = Vec::new();
        let mut count = 0;
        while let Some(row) = rows.try_next().await.map_err(|e| self.failure(query, &e))? {
            self.row(kind, &columns, &row, &mut problems);
            for problem in problems.drain(..) {
                self.snapshot.findings.push(finding(kind, problem));
            }
            count += 1;
            if count % PROGRESS_STEP == 0 {
                (self.progress)(PROGRESS_STEP);
            }
        }
        (self.progress)(count % PROGRESS_STEP);
        Ok(())
    }

    /// The columns are known before the first row, so an empty table is checked like a full one.
    async fn columns(
        &self,
        conn: &mut SqliteConnection,
        kind: ImportKind,
        query: &QueryText,
    ) -> Result<Columns, SourceError> {
        let statement = conn
            .prepare(AssertSqlSafe(query.sql.clone()).into_sql_str())
            .await
            .map_err(|e| self.failure(query, &e))?;
        let names: Vec<String> = statement
            .columns()
            .iter()
            .map(|c| c.name().to_owned())
            .collect();
        Columns::find(kind, &names, None).map_err(|reason| SourceError::Query {
            query: query.name.clone(),
            reason,
        })
    }

    /// A mistake in the query is told from a failure of the database by SQLite's generic code (1) or read-only (8).
    fn failure(&self, query: &QueryText, error: &sqlx::Error) -> SourceError {
        match SourceError::of(self.file, error) {
            SourceError::Database { .. } => SourceError::Query {
                query: query.name.clone(),
                reason: format!(
                    "the database refuses it ({}): correct the query",
                    one_line(&error.to_string())
                ),
            },
            SourceError::ReadOnly { .. } => SourceError::Query {
                query: query.name.clone(),
                reason: "it would change the database: only reading is allowed, write one SELECT"
                    .to_owned(),
            },
            other => other,
        }
    }

    fn row(
        &mut self,
        kind: ImportKind,
        columns: &Columns,
        row: &SqliteRow,
        problems: &mut Vec<Problem>,
    ) {
        let cells = columns.cells(|at| cell(row, at));
        match kind {
            ImportKind::Cases => {
                let read = case_row(cells, &self.rules, problems);
                self.snapshot.cases.extend(read);
            }
            ImportKind::Steps => {
                let read = step_row(cells, &self.rules, problems);
                self.snapshot.steps.extend(read.map(|r| r.row));
            }
            // Read from files only, so far.
            ImportKind::Responses | ImportKind::Complaints | ImportKind::Staff => {}
        }
    }
}

fn finding(kind: ImportKind, problem: Problem) -> Finding {
    let subject = kind.label();
    let key = problem.subject.unwrap_or_default();
    Finding::new(
        problem.check,
        key,
        format!("{subject}: {}", problem.message),
    )
}

/// The value as SQLite holds it: its type is the value's own, not the column's.
fn cell(row: &SqliteRow, at: usize) -> Cell<'_> {
    let Ok(value) = row.try_get_raw(at) else {
        return Cell::Empty;
    };
    if value.is_null() {
        return Cell::Empty;
    }
    let broken = Cell::Broken("data biner");
    match value.type_info().name() {
        "INTEGER" | "BOOLEAN" | "INT4" => row.try_get_unchecked(at).map_or(broken, Cell::Integer),
        "REAL" => row.try_get_unchecked(at).map_or(broken, Cell::Real),
        "TEXT" | "DATE" | "TIME" | "DATETIME" => {
            row.try_get_unchecked(at).map_or(broken, Cell::Text)
        }
        _ => broken,
    }
}
