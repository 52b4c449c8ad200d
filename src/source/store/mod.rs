//! The embedded store, `state/tepat.db`: imported rows of every kind, what was replaced, what could not be read.
//!
//! In: parsed files. Out: rows, through the same queries as any SQLite source, and findings. A whole call of `import` is
//! one transaction. The journal is a rollback journal with full synchronisation, not WAL: one writer at a time is all a
//! batch job has, and the single file also stays sound on a network folder and can be copied as it is.
//!
//! **What a later import does with a row** (the identity of a row):
//! - a case is its `case_id`;
//! - a step row is its `row_id` where the source has one, else case, step and start, where the start is missing case,
//!   step and completion, where both are missing case and step. The execution of a wide row has a `row_id` made of its
//!   case, step and entry, so that a start filled in or corrected later takes the place of the old one;
//! - a survey form is its `response_id`, a complaint its `complaint_id`, a role of an officer its `officer` and `from`,
//!   a follow-up its `followup_id`.
//!
//! Rows of one identity are a set with repeats. The rows a file brings take the place of the stored rows of the same
//! identities; equal rows are "same", a different one in place of another is "replaced" (the old row is kept in
//! `replaced_rows`, with a finding), one more is "new". Identities the file does not hold stay untouched: an export of
//! one month does not delete the others. So a file imported twice changes nothing, and two different rows of one case in
//! one file are both kept, until a file brings that case as one row.
//!
//! Findings on unreadable rows go when a later import of the same kind brings rows of the same case, or, where the row
//! named no case, when a file of the same name is imported; findings on replaced rows stay.

mod delta;
mod import;
mod kinds;
mod record;
mod responses;

use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, SqlSafeStr};

pub use self::import::FileReport;
use self::import::Refused;
pub use self::kinds::{complaints, findings_of, followups, staff};
pub use self::responses::responses;
use super::error::{SourceError, one_line};
use super::files::ParsedFile;
use super::row::ImportKind;
use super::sqlite::BUSY_WAIT;
use crate::finding::{Check, Finding};

/// The store's file in a workspace.
pub fn path(workspace: &Path) -> PathBuf {
    workspace.join("state").join("tepat.db")
}

const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "import", include_str!("migrations/0001_import.sql")),
    (2, "kinds", include_str!("migrations/0002_kinds.sql")),
    (
        3,
        "followups",
        include_str!("migrations/0003_followups.sql"),
    ),
];

fn migrator(migrations: &[(i64, &'static str, &'static str)]) -> Migrator {
    let migrations = migrations.iter().map(|(version, name, sql)| {
        Migration::new(
            *version,
            (*name).into(),
            MigrationType::Simple,
            (*sql).into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}

/// Opens the store for writing; makes it, or brings it to the newest form.
pub(super) async fn open(workspace: &Path) -> Result<SqliteConnection, SourceError> {
    let file = path(workspace);
    if !workspace.is_dir() {
        return Err(SourceError::Folder {
            file,
            reason: "the workspace folder does not exist".to_owned(),
        });
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|e| SourceError::Folder {
            file: file.clone(),
            reason: one_line(&e.to_string()),
        })?;
    }
    let mut conn = SqliteConnectOptions::new()
        // Reading a whole office takes a while; that is no news for the log.
        .disable_statement_logging()
        .filename(&file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Delete)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_WAIT)
        .pragma("cache_size", "-65536")
        // A migration may have to make a table anew that others refer to; switched on behind it.
        .foreign_keys(false)
        .connect()
        .await
        .map_err(|e| SourceError::of(&file, &e))?;
    migrate(&mut conn, &file).await?;
    sqlx::query("PRAGMA foreign_keys = ON")
        .execute(&mut conn)
        .await
        .map_err(|e| SourceError::of(&file, &e))?;
    Ok(conn)
}

/// Undoes an import that a crash cut off: its journal is still there, and a read-only connection may not roll it back.
pub(super) fn recover(workspace: &Path) -> Result<(), SourceError> {
    let mut journal = path(workspace).into_os_string();
    journal.push("-journal");
    if Path::new(&journal).exists() {
        super::prepare(workspace)
    } else {
        Ok(())
    }
}

async fn migrate(conn: &mut SqliteConnection, file: &Path) -> Result<(), SourceError> {
    conn.ping().await.map_err(|e| SourceError::of(file, &e))?;
    match migrator(MIGRATIONS).run_direct(None, conn, false).await {
        Ok(()) => Ok(()),
        Err(MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _)) => {
            Err(SourceError::of(file, &e))
        }
        Err(MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..)) => {
            Err(SourceError::Newer {
                file: file.to_path_buf(),
            })
        }
        Err(other) => Err(SourceError::Database {
            file: file.to_path_buf(),
            reason: one_line(&other.to_string()),
        }),
    }
}

/// Stores the files of one call, each as rows of its kind, in order, in one transaction.
pub(super) async fn import(
    workspace: &Path,
    files: Vec<(ImportKind, ParsedFile)>,
    zone: Tz,
) -> Result<Vec<FileReport>, SourceError> {
    let file = path(workspace);
    let mut conn = open(workspace).await?;
    let reports = import_into(&mut conn, files, zone)
        .await
        .map_err(|e| e.at(&file))?;
    conn.close().await.map_err(|e| SourceError::of(&file, &e))?;
    Ok(reports)
}

async fn import_into(
    conn: &mut SqliteConnection,
    files: Vec<(ImportKind, ParsedFile)>,
    zone: Tz,
) -> Result<Vec<FileReport>, Refused> {
    // Immediate: a second writer is refused here, not in the middle.
    let mut transaction = conn.begin_with("BEGIN IMMEDIATE").await?;
    let mut reports = Vec::new();
    for (kind, parsed) in files {
        let report = FileReport {
            name: parsed.name,
            sha256: parsed.sha256,
            rows: parsed.rows,
            rejected: parsed.rejected,
            read_as: parsed.read_as,
            ignored: parsed.ignored,
            blank: parsed.blank,
            ..FileReport::default()
        };
        let (conn, found) = (&mut transaction, parsed.findings);
        reports.push(match kind {
            ImportKind::Cases => import::store(conn, report, parsed.cases, found, zone).await?,
            ImportKind::Steps => import::store(conn, report, parsed.steps, found, zone).await?,
            ImportKind::Responses => {
                import::store(conn, report, parsed.responses, found, zone).await?
            }
            ImportKind::Complaints => {
                import::store(conn, report, parsed.complaints, found, zone).await?
            }
            ImportKind::Staff => import::store(conn, report, parsed.staff, found, zone).await?,
            ImportKind::Followups => {
                import::store(conn, report, parsed.followups, found, zone).await?
            }
        });
    }
    transaction.commit().await?;
    Ok(reports)
}

/// The store's own queries are known; the limit only keeps a broken disk from holding a run for ever.
pub(super) const STORE_SECONDS: u32 = 3_600;

/// Whether a database has the store's tables; an empty file counts as a database too.
async fn is_one(conn: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let tables: i64 = sqlx::query_scalar(IS_STORE).fetch_one(conn).await?;
    Ok(tables == 3)
}

/// Counts three where the tables of every version of the store are there.
pub(super) const IS_STORE: &str = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('cases', 'steps', 'import_findings')";

async fn findings_where(
    conn: &mut SqliteConnection,
    kinds: &[ImportKind],
) -> Result<Vec<Finding>, sqlx::Error> {
    let codes: Vec<String> = kinds.iter().map(|k| format!("'{}'", k.code())).collect();
    let sql = format!(
        "SELECT check_code, key, message FROM import_findings WHERE kind IN ({})",
        codes.join(", ")
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let code: &str = row.try_get(0)?;
            let check = Check::ALL.iter().find(|c| c.code() == code).copied();
            let check = check
                .ok_or_else(|| sqlx::Error::Decode(format!("unknown check {code:?}").into()))?;
            Ok(Finding::new(
                check,
                row.try_get::<String, _>(1)?,
                row.try_get::<String, _>(2)?,
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::StepRow;
    use crate::source::blocking;
    use crate::source::row::StepRecord;

    fn parsed(rows: i32) -> ParsedFile {
        let row = |n: i32| StepRecord {
            row: StepRow {
                case_id: format!("B-{n:06}"),
                step: 7,
                started_at: Some(i64::from(n)),
                completed_at: None,
                officer: Some("Pelaksana dengan nama jabatan yang panjang".into()),
                result: None,
            },
            row_id: None,
        };
        ParsedFile {
            name: "a.csv".into(),
            steps: (0..rows).map(row).collect(),
            ..ParsedFile::default()
        }
    }

    fn steps(rows: i32) -> Vec<(ImportKind, ParsedFile)> {
        vec![(ImportKind::Steps, parsed(rows))]
    }

    #[test]
    fn a_full_disk_is_named_and_leaves_the_store_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let zone = chrono_tz::Asia::Makassar;
        let left = blocking(async {
            let mut conn = open(folder.path()).await?;
            import_into(&mut conn, steps(10), zone)
                .await
                .map_err(|e| e.at(&path(folder.path())))?;
            // SQLite reports the same code for its own page limit as for a full disk.
            sqlx::query("PRAGMA max_page_count = 20")
                .execute(&mut conn)
                .await
                .unwrap();
            let full = import_into(&mut conn, steps(10_000), zone).await;
            let error = full.unwrap_err().at(&path(folder.path()));
            assert!(matches!(error, SourceError::Full { .. }), "{error}");
            let left: i64 = sqlx::query_scalar("SELECT count(*) FROM steps")
                .fetch_one(&mut conn)
                .await
                .unwrap();
            Ok::<_, SourceError>(left)
        });
        assert_eq!(left.unwrap(), 10);
    }

    #[test]
    fn a_store_of_the_first_form_is_brought_to_the_newest_with_its_rows() {
        let folder = tempfile::tempdir().unwrap();
        let file = path(folder.path());
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let old = blocking(async {
            let mut old = SqliteConnectOptions::new()
                .filename(&file)
                .create_if_missing(true)
                .connect()
                .await
                .unwrap();
            migrator(&MIGRATIONS[..1])
                .run_direct(None, &mut old, false)
                .await
                .unwrap();
            for sql in [
                "INSERT INTO imports VALUES (7, 'steps', 'a.csv', 'x', 1, 1, 0, 0, 0)",
                "INSERT INTO steps (import_id, case_id, step) VALUES (7, 'B-1', 6)",
                "INSERT INTO replaced_rows (import_id, kind, case_id, content) VALUES (7, 'steps', 'B-1', '{}')",
                "INSERT INTO import_findings (import_id, kind, file_name, case_id, check_code, key, message) \
                 VALUES (7, 'steps', 'a.csv', 'B-1', 'unreadable_value', 'B-1', 'x')",
            ] {
                sqlx::query(sql).execute(&mut old).await.unwrap();
            }
            old.close().await.unwrap();
            Ok::<_, SourceError>(())
        });
        old.unwrap();
        let rows = responses(folder.path());
        assert!(
            rows.is_ok_and(|rows| rows.is_empty()),
            "an old store has none"
        );
        let left = blocking(async {
            let mut conn = open(folder.path()).await?;
            let broken = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut conn);
            assert!(broken.await.unwrap().is_empty());
            let on: i64 = sqlx::query_scalar("PRAGMA foreign_keys")
                .fetch_one(&mut conn)
                .await
                .unwrap();
            assert_eq!(on, 1);
            let orphan = "INSERT INTO steps (import_id, case_id, step) VALUES (8, 'B-1', 6)";
            assert!(sqlx::query(orphan).execute(&mut conn).await.is_err());
            assert_eq!(
                findings_where(&mut conn, &[ImportKind::Cases, ImportKind::Steps])
                    .await
                    .unwrap()
                    .len(),
                1
            );
            let left: (i64, String) = sqlx::query_as(
                "SELECT count(*), max(subject) FROM steps JOIN imports USING (import_id) JOIN replaced_rows USING (import_id)",
            )
            .fetch_one(&mut conn)
            .await
            .unwrap();
            Ok::<_, SourceError>(left)
        });
        assert_eq!(left.unwrap(), (1, "B-1".to_owned()));
    }
}
