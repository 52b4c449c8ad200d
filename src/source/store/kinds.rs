//! Complaints, staff and follow-ups in the store: their way in, and their way out again for the reports.
//!
//! In: rows; a workspace. Out: rows in their total order. Nothing is judged here.

use std::cmp::Ordering;
use std::path::Path;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Error, Row};

use super::record::{Record, Statement};
use crate::finding::Finding;
use crate::snapshot::{ComplaintRow, FollowupRow, StaffRow};
use crate::source::error::SourceError;
use crate::source::row::ImportKind;
use crate::source::sqlite::BUSY_WAIT;

/// All complaints of the workspace's store, in their total order; none where there is no store yet.
///
/// # Errors
/// The store cannot be read.
pub fn complaints(workspace: &Path) -> Result<Vec<ComplaintRow>, SourceError> {
    rows(workspace)
}

/// The staff of the workspace's store, in total order; none where there is no store yet.
///
/// # Errors
/// The store cannot be read.
pub fn staff(workspace: &Path) -> Result<Vec<StaffRow>, SourceError> {
    rows(workspace)
}

/// The follow-ups of the workspace's store, in total order; none where there is no store yet.
///
/// # Errors
/// The store cannot be read.
pub fn followups(workspace: &Path) -> Result<Vec<FollowupRow>, SourceError> {
    rows(workspace)
}

/// What the imports of one kind found, in total order. Those of cases and steps are in every snapshot as well.
///
/// # Errors
/// The store cannot be read.
pub fn findings_of(workspace: &Path, kind: ImportKind) -> Result<Vec<Finding>, SourceError> {
    let found = from_store(workspace, async |conn| {
        super::findings_where(conn, &[kind]).await
    })?;
    let mut findings = found.unwrap_or_default();
    findings.sort_unstable();
    Ok(findings)
}

fn rows<R: Record>(workspace: &Path) -> Result<Vec<R>, SourceError> {
    let select = format!("SELECT {} FROM {}", R::COLUMNS.join(", "), R::TABLE);
    let found = from_store(workspace, async |conn| {
        if !has_table(conn, R::TABLE).await? {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(AssertSqlSafe(select)).fetch_all(conn).await?;
        rows.iter()
            .map(|row| R::read(row, 0, &mut R::Sharing::default()))
            .collect()
    })?;
    let mut rows: Vec<R> = found.unwrap_or_default();
    rows.sort_unstable();
    Ok(rows)
}

/// A store made by an older version lacks the newer tables until the next import.
async fn has_table(conn: &mut SqliteConnection, table: &str) -> Result<bool, Error> {
    let sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";
    let found: Option<i64> = sqlx::query_scalar(sql)
        .bind(table.to_owned())
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// Reads from the store, where there is one.
fn from_store<T>(
    workspace: &Path,
    read: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, Error>,
) -> Result<Option<T>, SourceError> {
    let file = super::path(workspace);
    if !file.is_file() {
        return Ok(None);
    }
    super::recover(workspace)?;
    crate::source::blocking(async {
        let failed = |e: Error| SourceError::of(&file, &e);
        let mut conn = SqliteConnectOptions::new()
            .disable_statement_logging()
            .filename(&file)
            .read_only(true)
            .busy_timeout(BUSY_WAIT)
            .connect()
            .await
            .map_err(failed)?;
        if !super::is_one(&mut conn).await.map_err(failed)? {
            return Err(SourceError::NotAStore { file: file.clone() });
        }
        let found = read(&mut conn).await.map_err(failed)?;
        conn.close().await.map_err(failed)?;
        Ok(Some(found))
    })
}

fn date(row: &SqliteRow, at: usize) -> Result<Option<NaiveDate>, Error> {
    let text: Option<&str> = row.try_get(at)?;
    text.map(str::parse)
        .transpose()
        .map_err(|e| Error::Decode(Box::new(e)))
}

fn needed_date(row: &SqliteRow, at: usize) -> Result<NaiveDate, Error> {
    date(row, at)?.ok_or_else(|| Error::Decode("a missing date".into()))
}

impl Record for ComplaintRow {
    type Sharing = ();
    const KIND: ImportKind = ImportKind::Complaints;
    const TABLE: &'static str = "complaints";
    const SUBJECT: &'static str = "complaint_id";
    const COLUMNS: &'static [&'static str] = &[
        "complaint_id",
        "service",
        "channel",
        "received_at",
        "responded_at",
        "resolved_at",
        "category",
    ];

    fn subject(&self) -> &str {
        &self.complaint_id
    }

    fn by_identity(&self, other: &Self) -> Ordering {
        self.complaint_id.cmp(&other.complaint_id)
    }

    fn bind<'q>(self, statement: Statement<'q>) -> Statement<'q> {
        statement
            .bind(self.complaint_id)
            .bind(self.service)
            .bind(self.channel)
            .bind(self.received_at)
            .bind(self.responded_at)
            .bind(self.resolved_at)
            .bind(self.category)
    }

    fn read(row: &SqliteRow, first: usize, (): &mut ()) -> Result<Self, Error> {
        Ok(Self {
            complaint_id: row.try_get(first)?,
            service: row.try_get(first + 1)?,
            channel: row.try_get(first + 2)?,
            received_at: row.try_get(first + 3)?,
            responded_at: row.try_get(first + 4)?,
            resolved_at: row.try_get(first + 5)?,
            category: row.try_get(first + 6)?,
        })
    }

    fn content(&self) -> Value {
        json!(self)
    }

    fn place(&self, _zone: Tz) -> String {
        format!("pengaduan {}", self.complaint_id)
    }
}

impl Record for StaffRow {
    type Sharing = ();
    const KIND: ImportKind = ImportKind::Staff;
    const TABLE: &'static str = "staff";
    const SUBJECT: &'static str = "officer";
    const COLUMNS: &'static [&'static str] = &[
        "officer",
        "\"from\"",
        "until",
        "name",
        "unit",
        "role",
        "certificates",
    ];

    fn subject(&self) -> &str {
        &self.officer
    }

    fn by_identity(&self, other: &Self) -> Ordering {
        (&self.officer, self.from).cmp(&(&other.officer, other.from))
    }

    fn bind<'q>(self, statement: Statement<'q>) -> Statement<'q> {
        statement
            .bind(self.officer)
            .bind(self.from.to_string())
            .bind(self.until.map(|d| d.to_string()))
            .bind(self.name)
            .bind(self.unit)
            .bind(self.role)
            .bind(self.certificates)
    }

    fn read(row: &SqliteRow, first: usize, (): &mut ()) -> Result<Self, Error> {
        Ok(Self {
            officer: row.try_get(first)?,
            from: needed_date(row, first + 1)?,
            until: date(row, first + 2)?,
            name: row.try_get(first + 3)?,
            unit: row.try_get(first + 4)?,
            role: row.try_get(first + 5)?,
            certificates: row.try_get(first + 6)?,
        })
    }

    fn content(&self) -> Value {
        json!(self)
    }

    fn place(&self, _zone: Tz) -> String {
        format!(
            "pelaksana {} sejak {}",
            self.officer,
            crate::format::date(self.from)
        )
    }
}

impl Record for FollowupRow {
    type Sharing = ();
    const KIND: ImportKind = ImportKind::Followups;
    const TABLE: &'static str = "followups";
    const SUBJECT: &'static str = "followup_id";
    const COLUMNS: &'static [&'static str] = &[
        "followup_id",
        "period",
        "indicator",
        "\"group\"",
        "finding",
        "cause",
        "action",
        "who",
        "by_when",
        "done_on",
        "note",
    ];

    fn subject(&self) -> &str {
        &self.followup_id
    }

    fn by_identity(&self, other: &Self) -> Ordering {
        self.followup_id.cmp(&other.followup_id)
    }

    fn bind<'q>(self, statement: Statement<'q>) -> Statement<'q> {
        statement
            .bind(self.followup_id)
            .bind(self.period)
            .bind(self.indicator)
            .bind(self.group)
            .bind(self.finding)
            .bind(self.cause)
            .bind(self.action)
            .bind(self.who)
            .bind(self.by_when.map(|d| d.to_string()))
            .bind(self.done_on.map(|d| d.to_string()))
            .bind(self.note)
    }

    fn read(row: &SqliteRow, first: usize, (): &mut ()) -> Result<Self, Error> {
        Ok(Self {
            followup_id: row.try_get(first)?,
            period: row.try_get(first + 1)?,
            indicator: row.try_get(first + 2)?,
            group: row.try_get(first + 3)?,
            finding: row.try_get(first + 4)?,
            cause: row.try_get(first + 5)?,
            action: row.try_get(first + 6)?,
            who: row.try_get(first + 7)?,
            by_when: date(row, first + 8)?,
            done_on: date(row, first + 9)?,
            note: row.try_get(first + 10)?,
        })
    }

    fn content(&self) -> Value {
        json!(self)
    }

    fn place(&self, _zone: Tz) -> String {
        format!("tindak lanjut {}", self.followup_id)
    }
}
