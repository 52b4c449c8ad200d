//! The several ways in which databases hold one and the same value: types of columns, and how values are written in them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::rows::Value;
use crate::servers::{Dialect, text_literal};

/// How instants are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// The number of microseconds.
    Micros,
    /// UTC, in a type that knows it.
    Utc,
    /// Local time without zone; the setting `source.zone` names it.
    Local(Tz),
    /// ISO 8601 with the offset of the zone.
    Offset(Tz),
}

/// One way to hold the contract's values.
#[derive(Debug, Clone, Copy)]
pub struct Spelling {
    pub name: &'static str,
    pub dialect: Dialect,
    /// Type of columns of text, of codes (service, outcome), of whole numbers, of dates.
    pub text: &'static str,
    pub code: &'static str,
    pub outcome: &'static str,
    pub whole: &'static str,
    pub date: &'static str,
    /// Type of instants, and how they are written.
    pub instant: &'static str,
    pub times: Times,
    /// Type of yes and no, and the two literals.
    pub yes_no: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    /// Statements before the tables are made.
    pub before: &'static str,
}

const SQLITE: Spelling = Spelling {
    name: "sqlite, microseconds",
    dialect: Dialect::Sqlite,
    text: "TEXT",
    code: "TEXT",
    outcome: "TEXT",
    whole: "INTEGER",
    date: "TEXT",
    instant: "INTEGER",
    times: Times::Micros,
    yes_no: "INTEGER",
    yes: "1",
    no: "0",
    before: "",
};

const POSTGRES: Spelling = Spelling {
    name: "postgres, timestamptz",
    dialect: Dialect::Postgres,
    date: "date",
    instant: "timestamptz",
    times: Times::Utc,
    yes_no: "boolean",
    yes: "true",
    no: "false",
    whole: "integer",
    text: "text",
    code: "text",
    outcome: "text",
    ..SQLITE
};

const MARIADB: Spelling = Spelling {
    name: "mariadb, timestamp",
    dialect: Dialect::Mariadb,
    text: "MEDIUMTEXT",
    code: "VARCHAR(80)",
    outcome: "VARCHAR(20)",
    whole: "INT",
    date: "DATE",
    instant: "TIMESTAMP(6) NULL",
    times: Times::Utc,
    yes_no: "TINYINT(1)",
    ..SQLITE
};

const MAKASSAR: Times = Times::Offset(chrono_tz::Asia::Makassar);

/// All of them; the first is what the others are compared with.
pub const SPELLINGS: [Spelling; 14] = [
    SQLITE,
    Spelling {
        name: "sqlite, text with offset",
        instant: "TEXT",
        times: MAKASSAR,
        yes_no: "TEXT",
        yes: "'ya'",
        no: "'tidak'",
        ..SQLITE
    },
    Spelling {
        name: "sqlite, local text of another zone",
        instant: "DATETIME",
        times: Times::Local(chrono_tz::Asia::Jayapura),
        yes_no: "CHAR(1)",
        yes: "'Y'",
        no: "'T'",
        ..SQLITE
    },
    POSTGRES,
    Spelling {
        name: "postgres, timestamp and Y/T",
        instant: "timestamp",
        times: Times::Local(chrono_tz::Asia::Makassar),
        yes_no: "char(1)",
        yes: "'Y'",
        no: "'T'",
        text: "varchar",
        code: "char(40)",
        outcome: "varchar(20)",
        whole: "smallint",
        ..POSTGRES
    },
    Spelling {
        name: "postgres, timestamp of another zone, own types",
        instant: "timestamp",
        times: Times::Local(chrono_tz::Asia::Jakarta),
        yes_no: "integer",
        yes: "1",
        no: "0",
        code: "kode",
        outcome: "status_berkas",
        whole: "bigint",
        before: "CREATE TYPE status_berkas AS ENUM ('open', 'issued', 'rejected', 'withdrawn');
            CREATE DOMAIN kode AS text",
        ..POSTGRES
    },
    Spelling {
        name: "postgres, text",
        instant: "text",
        times: MAKASSAR,
        yes_no: "text",
        yes: "'ya'",
        no: "'tidak'",
        whole: "text",
        date: "text",
        ..POSTGRES
    },
    Spelling {
        name: "postgres, microseconds",
        instant: "bigint",
        times: Times::Micros,
        yes_no: "smallint",
        yes: "1",
        no: "0",
        ..POSTGRES
    },
    MARIADB,
    Spelling {
        name: "mariadb, datetime and Y/T",
        instant: "DATETIME(6)",
        times: Times::Local(chrono_tz::Asia::Makassar),
        yes_no: "CHAR(1)",
        yes: "'Y'",
        no: "'T'",
        outcome: "ENUM('open', 'issued', 'rejected', 'withdrawn')",
        whole: "SMALLINT UNSIGNED",
        ..MARIADB
    },
    Spelling {
        name: "mariadb, datetime of another zone, binary collation",
        instant: "DATETIME(6)",
        times: Times::Local(chrono_tz::Asia::Jakarta),
        text: "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        code: "VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        yes_no: "INT UNSIGNED",
        whole: "BIGINT",
        ..MARIADB
    },
    Spelling {
        name: "mariadb, text",
        instant: "VARCHAR(40)",
        times: MAKASSAR,
        yes_no: "VARCHAR(5)",
        yes: "'ya'",
        no: "'tidak'",
        whole: "VARCHAR(5)",
        date: "VARCHAR(10)",
        ..MARIADB
    },
    Spelling {
        name: "mariadb, microseconds",
        instant: "BIGINT",
        times: Times::Micros,
        yes_no: "BOOLEAN",
        whole: "BIGINT UNSIGNED",
        ..MARIADB
    },
    Spelling {
        name: "mariadb, bit",
        instant: "BIGINT UNSIGNED",
        times: Times::Micros,
        yes_no: "BIT(1)",
        yes: "b'1'",
        no: "b'0'",
        whole: "TINYINT",
        ..MARIADB
    },
];

impl Spelling {
    /// The plainest of a dialect.
    pub fn plain(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Sqlite => SQLITE,
            Dialect::Postgres => POSTGRES,
            Dialect::Mariadb => MARIADB,
        }
    }

    /// The setting `source.zone` that it needs, if any.
    pub fn zone(self) -> Option<&'static str> {
        match self.times {
            Times::Local(zone) => Some(zone.name()),
            _ => None,
        }
    }

    /// The script that makes the two tables, without keys: offices have doubled rows.
    pub fn tables(self) -> String {
        let (text, code, instant) = (self.text, self.code, self.instant);
        format!(
            "{};
             CREATE TABLE cases (case_id {text}, service {code}, received_at {instant},
                 requires_recommendation {}, outcome {}, closed_at {instant}, applicant {text}, region {text},
                 channel {text}, due_on {});
             CREATE TABLE steps (case_id {text}, step {}, officer {text}, started_at {instant},
                 completed_at {instant}, result {text});",
            match self.before {
                "" => "SELECT 1",
                before => before,
            },
            self.yes_no,
            self.outcome,
            self.date,
            self.whole,
        )
    }

    /// A value as a literal of the dialect.
    pub fn literal(self, value: &Value) -> String {
        match value {
            Value::Null => "NULL".to_owned(),
            Value::Text(text) => text_literal(self.dialect, text),
            // Quoted, a number suits columns of text too.
            Value::Whole(n)
                if self.whole.to_lowercase().contains("char") || self.whole == "text" =>
            {
                format!("'{n}'")
            }
            Value::Whole(n) => n.to_string(),
            Value::YesNo(yes) => if *yes { self.yes } else { self.no }.to_owned(),
            Value::Date(date) => format!("'{date}'"),
            Value::Instant(micros) => self.instant_literal(*micros),
        }
    }

    fn instant_literal(self, micros: i64) -> String {
        let utc = DateTime::<Utc>::from_timestamp_micros(micros).expect("a time of our rows");
        match self.times {
            Times::Micros => micros.to_string(),
            Times::Utc if self.dialect == Dialect::Postgres => {
                format!("'{}+00'", utc.format("%Y-%m-%d %H:%M:%S%.6f"))
            }
            // The session that loads is in UTC.
            Times::Utc => format!("'{}'", utc.format("%Y-%m-%d %H:%M:%S%.6f")),
            Times::Local(zone) => {
                let local = utc.with_timezone(&zone);
                format!("'{}'", local.format("%Y-%m-%d %H:%M:%S%.6f"))
            }
            Times::Offset(zone) => {
                let local = utc.with_timezone(&zone);
                format!("'{}'", local.format("%Y-%m-%dT%H:%M:%S%.f%:z"))
            }
        }
    }
}
