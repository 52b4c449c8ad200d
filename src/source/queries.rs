//! The adapter queries: one statement for each kind of rows in each dialect, the office's own copy winning over the shipped.
//!
//! In: a workspace, a dialect, a kind. Out: the text of the query, and where it came from. What a query must deliver
//! stands in the header of the shipped ones. Nothing of a query but the parameters below is changed before it is sent.
//!
//! `:since` and `:since_micros` stand for the first date the report needs (`'2024-01-31'`) and its beginning in UTC epoch
//! microseconds. They are replaced by literals that this program made itself, so that they take the type of what they are
//! compared with; nothing from outside is ever put into a query.

use std::path::Path;

use chrono::NaiveDate;

use super::address::Dialect;
use super::error::{SourceError, one_line};
use super::row::ImportKind;
use super::sql::{Token, one_select, tokens};
use crate::instant::Instant;

/// One query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryText {
    /// Name for messages and the manifest, relative to the workspace, e.g. `queries/sqlite/cases.sql`.
    pub name: String,
    pub sql: String,
    pub dialect: Dialect,
    pub kind: ImportKind,
    /// From the workspace, not shipped.
    pub own: bool,
}

macro_rules! shipped {
    ($($dialect:ident $folder:literal: $($kind:ident $file:literal),+;)+) => {
        fn text_of(dialect: Dialect, kind: ImportKind) -> &'static str {
            match (dialect, kind) {
                $($((Dialect::$dialect, ImportKind::$kind) =>
                    include_str!(concat!("../../queries/", $folder, "/", $file, ".sql")),)+)+
            }
        }
    };
}

shipped! {
    Sqlite "sqlite": Cases "cases", Steps "steps", Responses "responses", Complaints "complaints", Staff "staff", Followups "followups";
    Postgres "postgres": Cases "cases", Steps "steps", Responses "responses", Complaints "complaints", Staff "staff", Followups "followups";
    MySql "mysql": Cases "cases", Steps "steps", Responses "responses", Complaints "complaints", Staff "staff", Followups "followups";
}

impl QueryText {
    /// The query inside the program: it reads tables with the contract's names, as the embedded store has them.
    pub fn shipped(dialect: Dialect, kind: ImportKind) -> Self {
        Self {
            name: format!("queries/{}/{}.sql", dialect.folder(), kind.code()),
            sql: text_of(dialect, kind).to_owned(),
            dialect,
            kind,
            own: false,
        }
    }

    /// The query of the workspace, where it has one, else the shipped one.
    ///
    /// # Errors
    /// A file that cannot be read, or is not one SELECT.
    pub fn load(workspace: &Path, dialect: Dialect, kind: ImportKind) -> Result<Self, SourceError> {
        let shipped = Self::shipped(dialect, kind);
        let wrong = |reason: String| SourceError::Adapter {
            query: shipped.name.clone(),
            reason,
        };
        let sql = match std::fs::read_to_string(workspace.join(&shipped.name)) {
            Ok(sql) => sql,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(shipped),
            Err(e) => {
                let reason = one_line(&e.to_string());
                return Err(wrong(format!("cannot be read ({reason}): check the file")));
            }
        };
        one_select(&sql, dialect).map_err(|reason| wrong(reason.to_owned()))?;
        Ok(Self {
            sql,
            own: true,
            ..shipped
        })
    }

    /// The statement as it is sent: parameters replaced, without its final semicolon, so that it can stand in another.
    pub fn statement(&self, since: Since) -> String {
        let mut sent = String::with_capacity(self.sql.len());
        for token in tokens(&self.sql, self.dialect) {
            match token {
                Token::Parameter(":since") => sent.push_str(&format!("'{}'", since.date)),
                Token::Parameter(":since_micros") => sent.push_str(&since.micros.to_string()),
                Token::Symbol(";") => {}
                other => sent.push_str(other.text()),
            }
        }
        sent
    }
}

/// From when on closed cases are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    date: NaiveDate,
    micros: i64,
}

impl Since {
    /// Everything: the year 1000 is the first that every database knows.
    pub const ALL: Since = Since {
        date: match NaiveDate::from_ymd_opt(1000, 1, 1) {
            Some(date) => date,
            None => NaiveDate::MIN,
        },
        micros: -30_610_224_000_000_000,
    };

    /// From an instant on. The date is a day early, so that no reading of a zone cuts off too much; what is too much is left
    /// out by [`crate::snapshot::Cut`].
    pub fn instant(instant: Option<Instant>) -> Self {
        instant.map_or(Self::ALL, |t| Self {
            date: t.date().pred_opt().unwrap_or(t.date()),
            micros: t.utc_seconds() * 1_000_000,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_queries_are_one_select_each() {
        for dialect in Dialect::ALL {
            for kind in ImportKind::ALL {
                let query = QueryText::shipped(dialect, kind);
                assert_eq!(one_select(&query.sql, dialect), Ok(()), "{}", query.name);
            }
        }
    }

    #[test]
    fn parameters_are_replaced_where_they_are_parameters() {
        let zone = chrono_tz::Asia::Makassar;
        let since = Since::instant(Some(Instant::from_utc_seconds(1_704_038_400, zone)));
        for (sql, sent) in [
            ("SELECT :since;", "SELECT '2023-12-31'"),
            ("SELECT a::since_t FROM t", "SELECT a::since_t FROM t"),
            (
                "SELECT ':since', \":since\" -- :since;\n",
                "SELECT ':since', \":since\" -- :since;\n",
            ),
            ("SELECT a >= :since_micros", "SELECT a >= 1704038400000000"),
        ] {
            let mut query = QueryText::shipped(Dialect::Postgres, ImportKind::Cases);
            query.sql = sql.to_owned();
            assert_eq!(query.statement(since), sent);
        }
        let all = Since::instant(None);
        assert_eq!(
            all.date
                .and_time(chrono::NaiveTime::MIN)
                .and_utc()
                .timestamp_micros(),
            all.micros
        );
    }
}
