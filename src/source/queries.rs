//! The adapter queries: one statement each for cases and steps, the office's own copy winning over the shipped one.
//!
//! In: a workspace. Out: the text of the queries, where each came from, their digest. What a query must deliver stands
//! in the header of the shipped ones.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::error::{SourceError, one_line};
use crate::digest::hex;

/// One query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryText {
    /// Name for messages and the manifest, relative to the workspace, e.g. `queries/sqlite/cases.sql`.
    pub name: String,
    pub sql: String,
    /// From the workspace, not shipped.
    pub own: bool,
}

/// The queries of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queries {
    pub cases: QueryText,
    pub steps: QueryText,
}

impl Queries {
    /// The queries of the workspace, where it has them, else the shipped ones.
    ///
    /// # Errors
    /// A file that cannot be read, holds no statement, or more than one.
    pub fn load(workspace: &Path) -> Result<Self, SourceError> {
        let shipped = Self::shipped();
        Ok(Self {
            cases: own(workspace, shipped.cases)?,
            steps: own(workspace, shipped.steps)?,
        })
    }

    /// The queries inside the program: they read the embedded store.
    pub fn shipped() -> Self {
        let text = |name: &str, sql: &str| QueryText {
            name: name.to_owned(),
            sql: sql.to_owned(),
            own: false,
        };
        Self {
            cases: text(
                "queries/sqlite/cases.sql",
                include_str!("../../queries/sqlite/cases.sql"),
            ),
            steps: text(
                "queries/sqlite/steps.sql",
                include_str!("../../queries/sqlite/steps.sql"),
            ),
        }
    }

    /// SHA-256 (hex) over both texts, for the manifest.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for query in [&self.cases, &self.steps] {
            hash.update((query.sql.len() as u64).to_le_bytes());
            hash.update(query.sql.as_bytes());
        }
        hex(&hash.finalize())
    }
}

fn own(workspace: &Path, shipped: QueryText) -> Result<QueryText, SourceError> {
    let file = workspace.join(&shipped.name);
    let sql = match std::fs::read_to_string(&file) {
        Ok(sql) => sql,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(shipped),
        Err(e) => {
            let reason = format!(
                "cannot be read ({}): check the file",
                one_line(&e.to_string())
            );
            return Err(SourceError::Query {
                query: shipped.name,
                reason,
            });
        }
    };
    one_statement(&sql).map_err(|reason| SourceError::Query {
        query: shipped.name.clone(),
        reason: reason.to_owned(),
    })?;
    Ok(QueryText {
        name: shipped.name,
        sql,
        own: true,
    })
}

/// Accepts exactly one statement. The driver would run every statement of the text; only the first would be meant.
///
/// # Errors
/// No statement, or something after the semicolon that is not a comment.
pub fn one_statement(sql: &str) -> Result<(), &'static str> {
    let mut rest = sql.as_bytes();
    let (mut begun, mut ended) = (false, false);
    while let Some(first) = rest.first() {
        let length = token(rest);
        let is_comment = rest.starts_with(b"--") || rest.starts_with(b"/*");
        let is_blank = first.is_ascii_whitespace() || rest.starts_with("\u{FEFF}".as_bytes());
        if *first == b';' {
            ended |= begun;
        } else if !is_comment && !is_blank {
            if ended {
                return Err("holds more than one statement: leave one SELECT in it");
            }
            begun = true;
        }
        rest = &rest[length..];
    }
    if begun {
        Ok(())
    } else {
        Err("holds no statement: write one SELECT, or delete the file to use the shipped query")
    }
}

/// Length of the comment, quoted text or single byte that `sql` begins with.
fn token(sql: &[u8]) -> usize {
    let until = |from: usize, end: &[u8]| {
        let found = sql[from..].windows(end.len()).position(|w| w == end);
        found.map_or(sql.len(), |at| from + at + end.len())
    };
    match sql {
        [b'-', b'-', ..] => until(2, b"\n"),
        [b'/', b'*', ..] => until(2, b"*/"),
        [quote @ (b'\'' | b'"' | b'`'), ..] => until(1, &[*quote]),
        [b'[', ..] => until(1, b"]"),
        [0xEF, 0xBB, 0xBF, ..] => 3,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_statement_is_accepted() {
        for fine in [
            "SELECT 1",
            "SELECT 1;\n-- the end; really\n/* ; */",
            "SELECT ';' AS \"a;b\", [c;d] FROM t;",
            "-- header; with semicolons\nSELECT 'it''s; fine'",
        ] {
            assert_eq!(one_statement(fine), Ok(()), "{fine}");
        }
        for wrong in [
            "",
            "-- nothing",
            ";;",
            "SELECT 1; DROP TABLE cases",
            "SELECT 1; -- x\n SELECT 2;",
        ] {
            assert!(one_statement(wrong).is_err(), "{wrong}");
        }
        let shipped = Queries::shipped();
        assert_eq!(one_statement(&shipped.cases.sql), Ok(()));
        assert_eq!(one_statement(&shipped.steps.sql), Ok(()));
    }
}
