//! MariaDB and MySQL: one read-only transaction on a consistent snapshot, rows streamed.
//!
//! In: a link; a row. Out: a session; cells of the contract (`driver` reads through them). The session's zone is UTC, so that TIMESTAMP comes
//! as the instant it is. Tables of engines without transactions (MyISAM, Aria) have no snapshot: docs/operations.md.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use sqlx::mysql::{
    MySql, MySqlConnectOptions, MySqlConnection, MySqlRow, MySqlSslMode, MySqlTypeInfo,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Row, TypeInfo, ValueRef};

use super::driver::Speech;
use super::held::Held;
use super::server::Link;
use super::value::Cell;

impl Speech for MySql {
    type Reader = Reader;
    const BEGIN: &'static str = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

    fn open(link: &Link<'_>) -> impl Future<Output = Result<MySqlConnection, sqlx::Error>> {
        open(link)
    }

    fn reader(info: &MySqlTypeInfo) -> Reader {
        Reader::of(info.name())
    }

    fn held(reader: Reader) -> Held {
        reader.held()
    }

    fn cell(row: &MySqlRow, at: usize, reader: Reader) -> Cell<'_> {
        cell(row, at, reader)
    }
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

/// How a column's values are read.
#[derive(Debug, Clone, Copy)]
pub enum Reader {
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

/// A value as the driver decodes it. The zero date of MySQL comes from it as NULL; what is no UTF-8 cannot be read.
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
