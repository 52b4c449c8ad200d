//! PostgreSQL: one repeatable-read, read-only transaction, rows streamed.
//!
//! In: a link; a row. Out: a session; cells of the contract (`driver` reads through them). The session's zone is UTC and it may not write,
//! whatever the server's settings are.

use chrono::{DateTime, Days, NaiveDate};
use sqlx::postgres::{
    PgConnectOptions, PgConnection, PgRow, PgSslMode, PgTypeInfo, PgTypeKind, Postgres,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Row, TypeInfo, ValueRef};

use super::driver::Speech;
use super::held::Held;
use super::server::Link;
use super::value::Cell;

/// Seconds and days from 1970-01-01 to 2000-01-01, where PostgreSQL counts from.
const EPOCH_MICROS: i64 = 946_684_800_000_000;
const EPOCH_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2000, 1, 1);

impl Speech for Postgres {
    type Reader = Reader;
    const BEGIN: &'static str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    fn open(link: &Link<'_>) -> impl Future<Output = Result<PgConnection, sqlx::Error>> {
        open(link)
    }

    fn reader(info: &PgTypeInfo) -> Reader {
        Reader::of(info)
    }

    fn held(reader: Reader) -> Held {
        held(reader)
    }

    fn cell(row: &PgRow, at: usize, reader: Reader) -> Cell<'_> {
        cell(row, at, reader)
    }
}

async fn open(link: &Link<'_>) -> Result<PgConnection, sqlx::Error> {
    let server = link.server;
    let mode = match link.verifies() {
        true => PgSslMode::VerifyFull,
        false => PgSslMode::Prefer,
    };
    let mut options = PgConnectOptions::new_without_pgpass()
        .username(&server.user)
        .database(&server.database)
        .application_name("tepat")
        .ssl_mode(mode)
        // Reading a whole office takes a while; that is no news for the log.
        .disable_statement_logging();
    options = match &server.socket {
        Some(socket) => options.host("localhost").port(server.port).socket(socket),
        None => options.host(&server.host).port(server.port),
    };
    if let Some(password) = &link.password {
        options = options.password(password.reveal());
    }
    if let Some(file) = &link.database.ca_file {
        options = options.ssl_root_cert(link.workspace.join(file));
    }
    let mut conn = options.connect().await?;
    let milliseconds = u64::from(link.database.statement_seconds) * 1_000;
    let set = format!(
        "SET statement_timeout = {milliseconds}; SET TimeZone = 'UTC'; SET default_transaction_read_only = on"
    );
    sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut conn).await?;
    Ok(conn)
}

fn held(reader: Reader) -> Held {
    match reader {
        Reader::Bool => Held::Bool,
        Reader::Whole => Held::Whole,
        Reader::Real => Held::Real,
        Reader::Text => Held::Text,
        Reader::Json { .. } => Held::Json,
        Reader::Utc => Held::Utc,
        Reader::Local => Held::Local,
        Reader::Date => Held::Date,
        Reader::Unread => Held::Other,
    }
}

/// How a column's bytes are read.
#[derive(Debug, Clone, Copy)]
pub enum Reader {
    Bool,
    Whole,
    Real,
    Text,
    Json { versioned: bool },
    Utc,
    Local,
    Date,
    Unread,
}

impl Reader {
    fn of(info: &PgTypeInfo) -> Self {
        match info.kind() {
            PgTypeKind::Enum(_) => return Reader::Text,
            PgTypeKind::Domain(base) => return Reader::of(base),
            _ => {}
        }
        match info.name().to_ascii_lowercase().as_str() {
            "bool" => Reader::Bool,
            "int2" | "int4" | "int8" => Reader::Whole,
            "float4" | "float8" => Reader::Real,
            "text" | "varchar" | "char" | "bpchar" | "name" | "citext" | "unknown" | "\"char\"" => {
                Reader::Text
            }
            "json" => Reader::Json { versioned: false },
            "jsonb" => Reader::Json { versioned: true },
            "timestamptz" => Reader::Utc,
            "timestamp" => Reader::Local,
            "date" => Reader::Date,
            _ => Reader::Unread,
        }
    }
}

/// A value out of PostgreSQL's binary form ("Frontend/Backend Protocol"; integers are big endian).
fn cell(row: &PgRow, at: usize, reader: Reader) -> Cell<'_> {
    let Ok(value) = row.try_get_raw(at) else {
        return Cell::Broken("tidak terbaca");
    };
    if value.is_null() {
        return Cell::Empty;
    }
    let Ok(bytes) = value.as_bytes() else {
        return Cell::Broken("tidak terbaca");
    };
    let number = || match bytes.len() {
        2 => bytes
            .try_into()
            .ok()
            .map(|b| i64::from(i16::from_be_bytes(b))),
        4 => bytes
            .try_into()
            .ok()
            .map(|b| i64::from(i32::from_be_bytes(b))),
        8 => bytes.try_into().ok().map(i64::from_be_bytes),
        _ => None,
    };
    let read = match reader {
        Reader::Bool => Some(Cell::Bool(bytes == [1])),
        Reader::Whole => number().map(Cell::Integer),
        Reader::Real => real(bytes).map(Cell::Real),
        Reader::Text | Reader::Json { versioned: false } => {
            std::str::from_utf8(bytes).ok().map(Cell::Text)
        }
        Reader::Json { versioned: true } => bytes
            .get(1..)
            .and_then(|b| std::str::from_utf8(b).ok())
            .map(Cell::Text),
        Reader::Utc => number().and_then(finite).map(Cell::Integer),
        Reader::Local => number()
            .and_then(finite)
            .and_then(DateTime::from_timestamp_micros)
            .map(|t| Cell::Local(t.naive_utc())),
        Reader::Date => number().and_then(date).map(Cell::Local),
        Reader::Unread => None,
    };
    read.unwrap_or(Cell::Broken("di luar jangkauan"))
}

fn real(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => bytes
            .try_into()
            .ok()
            .map(|b| f64::from(f32::from_be_bytes(b))),
        8 => bytes.try_into().ok().map(f64::from_be_bytes),
        _ => None,
    }
}

/// Microseconds since 1970; none for `infinity` and `-infinity`, which are the greatest and the least number.
fn finite(micros: i64) -> Option<i64> {
    match micros {
        i64::MAX | i64::MIN => None,
        micros => micros.checked_add(EPOCH_MICROS),
    }
}

fn date(days: i64) -> Option<chrono::NaiveDateTime> {
    let distance = Days::new(days.unsigned_abs());
    let date = match days < 0 {
        true => EPOCH_DAY?.checked_sub_days(distance),
        false => EPOCH_DAY?.checked_add_days(distance),
    };
    date.map(|d| d.and_time(chrono::NaiveTime::MIN))
}
