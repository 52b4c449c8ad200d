//! One file's rows into the store, inside the transaction of the whole import.
//!
//! In: a parsed file, an open transaction. Out: a [`FileReport`]; the changes, corrects, the old rows and the findings written.

use std::collections::BTreeSet;
use std::path::Path;

use chrono_tz::Tz;
use futures_util::TryStreamExt;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Error, Row};

use super::delta::{Delta, delta};
use super::record::{Record, Statement, changes, corrects};
use crate::finding::{Check, Finding};
use crate::source::error::{ImportError, SourceError};
use crate::source::files::RowFinding;
use crate::source::files::read_as::ReadAs;

/// What became of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileReport {
    /// Name without folder.
    pub name: String,
    /// SHA-256 (hex) of its bytes.
    pub sha256: String,
    /// Rows below the header; new, replaced, same and rejected add up to them (less repeats of a case, events that were joined
    /// into one execution and events left out, in an event log).
    pub rows: u64,
    pub new: u64,
    pub replaced: u64,
    pub same: u64,
    pub rejected: u64,
    /// Stored repeats that the file no longer holds, kept on record.
    pub removed: u64,
    /// Findings on the file's rows, replaced rows among them.
    pub findings: u64,
    /// What was found out about the file before its rows were read.
    pub read_as: ReadAs,
    /// Columns nothing was read from.
    pub ignored: Vec<String>,
    /// Of a survey: element code and how many asked left it blank, where any.
    pub blank: Vec<(String, u64)>,
    /// The first findings, as sentences.
    pub examples: Vec<String>,
}

/// How many findings a report of an import repeats; all are in the store.
const EXAMPLES: usize = 10;

/// Values bound to one statement; SQLite admits 32,766. Fewer mean more changes of thread: 900 took twice as long.
const BINDS: usize = 8_000;
/// Above this many subjects in a file the whole table is read instead of looking them up.
const LOOK_UP_SUBJECTS: usize = 2_000;
const LOOK_UP_BATCH: usize = 400;

/// Stores the rows of one file.
pub async fn store<R: Record>(
    conn: &mut SqliteConnection,
    mut report: FileReport,
    mut rows: Vec<R>,
    mut findings: Vec<RowFinding>,
    zone: Tz,
) -> Result<FileReport, Refused> {
    let import_id: i64 = sqlx::query("INSERT INTO imports (kind, file_name, sha256, rows, new, replaced, same, rejected) VALUES (?, ?, ?, 0, 0, 0, 0, 0) RETURNING import_id")
        .bind(R::KIND.code())
        .bind(report.name.clone())
        .bind(report.sha256.clone())
        .fetch_one(&mut *conn)
        .await?
        .try_get(0)?;
    clear_findings::<R>(conn, &report.name, &rows, &findings).await?;
    let delivered = rows.len();
    findings.extend(R::once(&mut rows).into_iter().map(|finding| RowFinding {
        subject: Some(finding.key.clone()),
        finding,
    }));
    let repeated = (delivered - rows.len()) as u64;
    let stored = stored_rows(conn, &rows).await?;
    let delta = delta(rows, stored);
    begun_again(&delta, &report.name)?;
    report.new = delta.new;
    report.replaced = delta.replaced;
    report.same = delta.same + repeated;
    report.removed = delta.remove.len() as u64 - delta.replaced;
    findings.extend(replacements(&delta, &report.name, zone));
    report.findings = findings.len() as u64;
    report.examples = findings
        .iter()
        .take(EXAMPLES)
        .map(|f| format!("{}: {}", f.finding.key, f.finding.message))
        .collect();
    remove(conn, import_id, &delta).await?;
    insert(conn, import_id, delta.insert).await?;
    insert_findings::<R>(conn, import_id, &report.name, &findings).await?;
    sqlx::query("UPDATE imports SET rows = ?, new = ?, replaced = ?, same = ?, rejected = ? WHERE import_id = ?")
        .bind(report.rows as i64)
        .bind(report.new as i64)
        .bind(report.replaced as i64)
        .bind(report.same as i64)
        .bind(report.rejected as i64)
        .bind(import_id)
        .execute(&mut *conn)
        .await?;
    Ok(report)
}

/// Why a file was not stored.
#[derive(Debug)]
pub enum Refused {
    Sql(Error),
    File(ImportError),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Refused::Sql(error)
    }
}

impl Refused {
    /// The sentence; `store` is the file of the store.
    pub fn at(self, store: &Path) -> SourceError {
        match self {
            Refused::Sql(error) => SourceError::of(store, &error),
            Refused::File(error) => SourceError::File(Box::new(error)),
        }
    }
}

/// This many rows that stand in the place of others by mistake, and most of all replaced, are no accident.
const MISTAKEN: usize = 5;

/// Refuses a file whose numbers begin again: its rows would take the place of others.
fn begun_again<R: Record>(delta: &Delta<R>, file: &str) -> Result<(), Refused> {
    let replaced = delta
        .remove
        .iter()
        .filter_map(|r| Some((&r.old, r.new.as_ref()?)));
    let all = replaced.clone().count();
    let mut others = replaced.filter(|(old, new)| old.is_another(new));
    let Some((example, _)) = others.next() else {
        return Ok(());
    };
    let count = 1 + others.count();
    if count < MISTAKEN || 2 * count <= all {
        return Ok(());
    }
    Err(Refused::File(ImportError::Header {
        file: file.to_owned(),
        reason: format!(
            "{count} of its rows bear the number of a stored one of another day and another content, `{}` among them, and would take its place: it seems that the numbers begin again in each file, so put something before them in the mapping, such as response_id = {{ column = \"No\", prefix = \"2026-S1/\" }}, or have numbers made by response_id = {{ made_of = [\"Timestamp\"] }}",
            example.subject()
        ),
    }))
}

/// Placeholders `(?,?),(?,?)` for `rows` rows of `width` values.
fn placeholders(rows: usize, width: usize) -> String {
    let one = format!("({})", vec!["?"; width].join(","));
    vec![one; rows].join(",")
}

/// Rows of the store that the incoming rows might correct.
async fn stored_rows<R: Record>(
    conn: &mut SqliteConnection,
    incoming: &[R],
) -> Result<Vec<(i64, R)>, Error> {
    let any: Option<i64> =
        sqlx::query_scalar(AssertSqlSafe(format!("SELECT 1 FROM {} LIMIT 1", R::TABLE)))
            .fetch_optional(&mut *conn)
            .await?;
    if any.is_none() {
        return Ok(Vec::new());
    }
    let select = format!(
        "SELECT row_number, {} FROM {}",
        R::COLUMNS.join(", "),
        R::TABLE
    );
    let mut subjects: BTreeSet<&str> = BTreeSet::new();
    for subject in incoming.iter().map(Record::subject) {
        // One more is enough to know that the whole table is read.
        if subjects.len() > LOOK_UP_SUBJECTS {
            break;
        }
        subjects.insert(subject);
    }
    let numbered = incoming.iter().any(|r| r.row_id().is_some());
    let mut found = Vec::new();
    if numbered || subjects.len() > LOOK_UP_SUBJECTS {
        fetch(conn, sqlx::query(AssertSqlSafe(select)), &mut found).await?;
        return Ok(found);
    }
    let subjects: Vec<&str> = subjects.into_iter().collect();
    for batch in subjects.chunks(LOOK_UP_BATCH) {
        let sql = format!(
            "{select} WHERE {} IN {}",
            R::SUBJECT,
            placeholders(1, batch.len())
        );
        let mut statement = sqlx::query(AssertSqlSafe(sql));
        for subject in batch {
            statement = statement.bind((*subject).to_owned());
        }
        fetch(conn, statement, &mut found).await?;
    }
    Ok(found)
}

async fn fetch<R: Record>(
    conn: &mut SqliteConnection,
    statement: Statement<'_>,
    into: &mut Vec<(i64, R)>,
) -> Result<(), Error> {
    let mut rows = statement.fetch(&mut *conn);
    let mut sharing = R::Sharing::default();
    while let Some(row) = rows.try_next().await? {
        into.push((row.try_get(0)?, R::read(&row, 1, &mut sharing)?));
    }
    Ok(())
}

/// Old findings that the file supersedes: those on subjects whose rows it brings anew, and those on rows without one in
/// a file of the same name. What was replaced stays on record.
async fn clear_findings<R: Record>(
    conn: &mut SqliteConnection,
    file_name: &str,
    rows: &[R],
    findings: &[RowFinding],
) -> Result<(), Error> {
    sqlx::query("DELETE FROM import_findings WHERE kind = ? AND subject IS NULL AND file_name = ?")
        .bind(R::KIND.code())
        .bind(file_name.to_owned())
        .execute(&mut *conn)
        .await?;
    let flagged: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT subject FROM import_findings WHERE kind = ? AND subject IS NOT NULL AND check_code <> ?")
            .bind(R::KIND.code())
            .bind(Check::ReplacedRow.code())
            .fetch_all(&mut *conn)
            .await?;
    if flagged.is_empty() {
        return Ok(());
    }
    let mut named: BTreeSet<&str> = rows.iter().map(Record::subject).collect();
    named.extend(findings.iter().filter_map(|f| f.subject.as_deref()));
    for subject in flagged.iter().filter(|s| named.contains(s.as_str())) {
        sqlx::query(
            "DELETE FROM import_findings WHERE kind = ? AND subject = ? AND check_code <> ?",
        )
        .bind(R::KIND.code())
        .bind(subject.clone())
        .bind(Check::ReplacedRow.code())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// A finding for each row that was corrected or went. The old row is kept in any case.
fn replacements<R: Record>(delta: &Delta<R>, file_name: &str, zone: Tz) -> Vec<RowFinding> {
    let finding = |old: &R, new: Option<&R>| {
        let change = match new {
            Some(new) => format!("diganti: {}", changes(&old.content(), &new.content(), zone)),
            None => "dihapus karena jumlah baris pada impor yang baru lebih sedikit".to_owned(),
        };
        let message = format!(
            "Baris lama {} {change}, oleh impor {file_name}.",
            old.place(zone)
        );
        RowFinding {
            finding: Finding::new(Check::ReplacedRow, old.subject(), message),
            subject: Some(old.subject().to_owned()),
        }
    };
    delta
        .remove
        .iter()
        .filter(|r| {
            let old = r.old.content();
            r.new
                .as_ref()
                .is_none_or(|new| corrects(&old, &new.content()))
        })
        .map(|r| finding(&r.old, r.new.as_ref()))
        .collect()
}

async fn remove<R: Record>(
    conn: &mut SqliteConnection,
    import_id: i64,
    delta: &Delta<R>,
) -> Result<(), Error> {
    let delete = format!("DELETE FROM {} WHERE row_number = ?", R::TABLE);
    for removal in &delta.remove {
        sqlx::query(
            "INSERT INTO replaced_rows (import_id, kind, subject, content) VALUES (?, ?, ?, ?)",
        )
        .bind(import_id)
        .bind(R::KIND.code())
        .bind(removal.old.subject().to_owned())
        .bind(removal.old.content().to_string())
        .execute(&mut *conn)
        .await?;
        sqlx::query(AssertSqlSafe(delete.clone()))
            .bind(removal.number)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

async fn insert<R: Record>(
    conn: &mut SqliteConnection,
    import_id: i64,
    rows: Vec<R>,
) -> Result<(), Error> {
    let width = R::COLUMNS.len() + 1;
    let head = format!(
        "INSERT INTO {} (import_id, {}) VALUES ",
        R::TABLE,
        R::COLUMNS.join(", ")
    );
    let size = BINDS / width;
    let whole = head.clone() + &placeholders(size, width);
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        let sql = if rows.len() >= size {
            whole.clone()
        } else {
            head.clone() + &placeholders(rows.len(), width)
        };
        let mut statement = sqlx::query(AssertSqlSafe(sql));
        for row in rows.by_ref().take(size) {
            statement = row.bind(statement.bind(import_id));
        }
        statement.execute(&mut *conn).await?;
    }
    Ok(())
}

async fn insert_findings<R: Record>(
    conn: &mut SqliteConnection,
    import_id: i64,
    file_name: &str,
    findings: &[RowFinding],
) -> Result<(), Error> {
    const WIDTH: usize = 7;
    for batch in findings.chunks(BINDS / WIDTH) {
        let sql = format!(
            "INSERT INTO import_findings (import_id, kind, file_name, subject, check_code, key, message) VALUES {}",
            placeholders(batch.len(), WIDTH)
        );
        let mut statement = sqlx::query(AssertSqlSafe(sql));
        for RowFinding { finding, subject } in batch {
            statement = statement
                .bind(import_id)
                .bind(R::KIND.code())
                .bind(file_name.to_owned())
                .bind(subject.clone())
                .bind(finding.check.code())
                .bind(finding.key.clone())
                .bind(finding.message.clone());
        }
        statement.execute(&mut *conn).await?;
    }
    Ok(())
}
