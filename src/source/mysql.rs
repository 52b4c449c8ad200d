//! MariaDB and MySQL: one read-only transaction on a consistent snapshot, rows streamed.
//!
//! In: a link, queries, a sink. Out: every row as cells of the contract. The session's zone is UTC, so that TIMESTAMP comes
//! as the instant it is. Tables of engines without transactions (MyISAM, Aria) have no snapshot: docs/operations.md.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use futures_util::TryStreamExt;
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlRow, MySqlSslMode};
use sqlx::{
    AssertSqlSafe, Column, ConnectOptions, Connection, Executor, Row, SqlSafeStr, Statement,
    TypeInfo, ValueRef,
};

use super::files::columns::Columns;
use super::held::{Described, Held};
use super::intake::Sink;
use super::server::{Ask, Fault, Link, asking, connecting, parting};
use super::value::Cell;

/// Reads all rows of `asks`.
pub async fn read<'q>(
    link: &Link<'_>,
    asks: &'q [Ask<'q>],
    sink: &mut dyn Sink,
) -> Result<(), Fault<'q>> {
    let mut conn = connecting(link, open(link)).await?;
    let begin = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
    let mut transaction = connecting(link, conn.begin_with(begin)).await?;
    let mut described = Vec::new();
    for ask in asks {
        described.push(asking(link, ask.query, describe(&mut transaction, ask, link)).await?);
    }
    for (ask, columns) in asks.iter().zip(described) {
        asking(link, ask.query, rows(&mut transaction, ask, &columns, sink)).await?;
    }
    parting(transaction.rollback()).await;
    parting(conn.close()).await;
    Ok(())
}

async fn open(link: &Link<'_>) -> Result<MySqlConnection, sqlx::Error> {
    let server = link.server;
    let mode = match link.verifies() {
        true => MySqlSslMode::VerifyIdentity,
        false => MySqlSslMode::Preferred,
    };
    let mut options = MySqlConnectOptions::new()
        .username(&server.user)
        .database(&server.database)
        .ssl_mode(mode)
        .timezone(Some("+00:00".to_owned()))
        // The office's query means what it means in the office's own client.
        .pipes_as_concat(false)
        .no_engine_substitution(false)
        // Reading a whole office takes a while; that is no news for the log.
        .disable_statement_logging();
    options = match &server.socket {
        Some(socket) => options.socket(socket),
        None => options
            .host(server.host.trim_matches(['[', ']']))
            .port(server.port),
    };
    if let Some(password) = &link.password {
        options = options.password(password.reveal());
    }
    if let Some(file) = &link.database.ca_file {
        options = options.ssl_ca(link.workspace.join(file));
    }
    let mut conn = options.connect().await?;
    let version: String = sqlx::query_scalar("SELECT VERSION()")
        .fetch_one(&mut conn)
        .await?;
    let seconds = link.database.statement_seconds;
    // MariaDB counts seconds, MySQL milliseconds.
    let limit = match version.contains("MariaDB") {
        true => format!("SET SESSION max_statement_time = {seconds}"),
        false => format!("SET SESSION max_execution_time = {seconds}000"),
    };
    for set in [
        "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY".to_owned(),
        limit,
    ] {
        sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut conn).await?;
    }
    Ok(conn)
}

/// A query's columns, known before its first row, so an empty table is checked like a full one.
async fn describe<'q>(
    conn: &mut MySqlConnection,
    ask: &'q Ask<'q>,
    link: &Link<'_>,
) -> Result<(Columns, Vec<Reader>), Fault<'q>> {
    let sql = AssertSqlSafe(ask.statement.clone()).into_sql_str();
    let statement = conn
        .prepare(sql)
        .await
        .map_err(|e| Fault::Sql(e, Some(ask.query)))?;
    let described: Vec<Described> = statement
        .columns()
        .iter()
        .map(|c| Described {
            name: c.name().to_owned(),
            type_name: c.type_info().name().to_lowercase(),
            held: Reader::of(c.type_info().name()).held(),
        })
        .collect();
    let columns = ask.columns(&described, link.database.zone.is_some())?;
    let readers = statement
        .columns()
        .iter()
        .map(|c| Reader::of(c.type_info().name()));
    Ok((columns, readers.collect()))
}

async fn rows<'q>(
    conn: &mut MySqlConnection,
    ask: &'q Ask<'q>,
    (columns, readers): &(Columns, Vec<Reader>),
    sink: &mut dyn Sink,
) -> Result<(), Fault<'q>> {
    let query = sqlx::query(AssertSqlSafe(ask.statement.clone()));
    let mut rows = query.fetch(&mut *conn);
    let failed = |e| Fault::Sql(e, Some(ask.query));
    while let Some(row) = rows.try_next().await.map_err(failed)? {
        let cells = columns.cells(|at| cell(&row, at, readers[at]));
        let elements = columns.answers(|at| cell(&row, at, readers[at]));
        sink.row(ask.kind(), &cells, &elements)?;
    }
    Ok(())
}

/// How a column's values are read.
#[derive(Debug, Clone, Copy)]
enum Reader {
    Whole,
    Unsigned,
    Real,
    Text,
    Json,
    Utc,
    Local,
    Date,
    Unread,
}

impl Reader {
    /// By the driver's word for the type.
    fn of(name: &str) -> Self {
        match name {
            "BOOLEAN" | "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "BIGINT" => Reader::Whole,
            "TINYINT UNSIGNED" | "SMALLINT UNSIGNED" | "MEDIUMINT UNSIGNED" | "INT UNSIGNED"
            | "BIGINT UNSIGNED" | "BIT" | "YEAR" => Reader::Unsigned,
            "FLOAT" | "DOUBLE" => Reader::Real,
            "CHAR" | "VARCHAR" | "TINYTEXT" | "TEXT" | "MEDIUMTEXT" | "LONGTEXT" | "ENUM"
            // Text of a binary collation, and what some functions make of text.
            | "SET" | "BINARY" | "VARBINARY" | "TINYBLOB" | "BLOB" | "MEDIUMBLOB" | "LONGBLOB" | "NULL" => Reader::Text,
            "JSON" => Reader::Json,
            "TIMESTAMP" => Reader::Utc,
            "DATETIME" => Reader::Local,
            "DATE" => Reader::Date,
            _ => Reader::Unread,
        }
    }

    fn held(self) -> Held {
        match self {
            Reader::Whole | Reader::Unsigned => Held::Whole,
            Reader::Real => Held::Real,
            Reader::Text => Held::Text,
            Reader::Json => Held::Json,
            Reader::Utc => Held::Utc,
            Reader::Local => Held::Local,
            Reader::Date => Held::Date,
            Reader::Unread => Held::Other,
        }
    }
}

/// A value as the driver decodes it; the zero date of MySQL and what is no UTF-8 can't be read.
fn cell(row: &MySqlRow, at: usize, reader: Reader) -> Cell<'_> {
    match row.try_get_raw(at) {
        Ok(value) if value.is_null() => return Cell::Empty,
        Ok(_) => {}
        Err(_) => return Cell::Broken("tidak terbaca"),
    }
    let time = || row.try_get_unchecked::<NaiveDateTime, _>(at).ok();
    let read = match reader {
        Reader::Whole => row.try_get_unchecked(at).ok().map(Cell::Integer),
        Reader::Unsigned => {
            let n: Option<u64> = row.try_get_unchecked(at).ok();
            n.and_then(|n| i64::try_from(n).ok()).map(Cell::Integer)
        }
        Reader::Real => row.try_get_unchecked(at).ok().map(Cell::Real),
        Reader::Text | Reader::Json => row.try_get_unchecked(at).ok().map(Cell::Text),
        Reader::Utc => time().map(|t| Cell::Integer(t.and_utc().timestamp_micros())),
        Reader::Local => time().map(Cell::Local),
        Reader::Date => {
            let date: Option<NaiveDate> = row.try_get_unchecked(at).ok();
            date.map(|d| Cell::Local(d.and_time(NaiveTime::MIN)))
        }
        Reader::Unread => None,
    };
    read.unwrap_or(Cell::Broken("di luar jangkauan"))
}
