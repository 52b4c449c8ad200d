//! Any SQLite database, the embedded store among them, read through the adapter queries.
//!
//! In: a database file, queries, a sink. Out: every row as cells of the contract. The connection is read-only and all queries
//! run in one read transaction, so they see the same state. Read through rusqlite, which is four times as fast here as sqlx on
//! the same library; writing is sqlx's (`store`).

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};

use super::error::{SourceError, one_line};
use super::files::columns::Columns;
use super::held::{Described, Held};
use super::intake::Sink;
use super::row::ImportKind;
use super::server::Ask;
use super::value::Cell;
use crate::finding::{Check, Finding};
use crate::snapshot::Noted;

/// How long another program's lock is waited for.
pub const BUSY_WAIT: Duration = Duration::from_secs(3);

/// A database open for reading, in a transaction that sees one state.
pub struct Reading<'a> {
    file: &'a Path,
    conn: Connection,
    /// Each query may take so long.
    limit_seconds: u32,
    /// What the file was like, where it was opened as one that nobody writes; see [`is_wal_at_rest`].
    at_rest: Option<State>,
}

impl<'a> Reading<'a> {
    /// Opens the database at `file`.
    ///
    /// # Errors
    /// It is locked, damaged, or may not be read.
    pub fn begin(file: &'a Path, limit_seconds: u32) -> Result<Self, SourceError> {
        let failed = |e| failure(file, &e);
        let at_rest = is_wal_at_rest(file).then(|| state(file));
        let conn = open(file, at_rest.is_some()).map_err(failed)?;
        conn.busy_timeout(BUSY_WAIT).map_err(failed)?;
        conn.execute_batch("BEGIN").map_err(failed)?;
        // The transaction sees the state of its first reading.
        let read = conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()));
        read.map_err(failed)?;
        Ok(Self {
            file,
            conn,
            limit_seconds,
            at_rest,
        })
    }

    /// Hands every row of `asks` to the sink.
    ///
    /// # Errors
    /// A query that does not deliver the contract, or that the database refuses.
    pub fn read(&self, asks: &[Ask<'_>], sink: &mut dyn Sink) -> Result<(), SourceError> {
        let mut prepared = Vec::new();
        for ask in asks {
            prepared.push(self.columns(ask)?);
        }
        for (ask, columns) in asks.iter().zip(&prepared) {
            self.rows(ask, columns, sink)?;
        }
        match self
            .at_rest
            .as_ref()
            .is_some_and(|s| *s != state(self.file))
        {
            true => Err(SourceError::Locked {
                file: self.file.to_path_buf(),
            }),
            false => Ok(()),
        }
    }

    /// The columns are known before the first row, so an empty table is checked like a full one.
    fn columns(&self, ask: &Ask<'_>) -> Result<Columns, SourceError> {
        let statement = self
            .conn
            .prepare(&ask.statement)
            .map_err(|e| self.refused(ask, &e))?;
        let described: Vec<Described> = statement
            .column_names()
            .into_iter()
            .map(|name| Described {
                name: name.to_owned(),
                type_name: "any".to_owned(),
                held: Held::Any,
            })
            .collect();
        ask.columns(&described, true)
    }

    fn rows(
        &self,
        ask: &Ask<'_>,
        columns: &Columns,
        sink: &mut dyn Sink,
    ) -> Result<(), SourceError> {
        let _watch = Watch::over(&self.conn, self.limit_seconds);
        let refused = |e| self.refused(ask, &e);
        let mut statement = self.conn.prepare(&ask.statement).map_err(refused)?;
        let mut rows = statement.query([]).map_err(refused)?;
        while let Some(row) = rows.next().map_err(refused)? {
            let cells = columns.cells(|at| cell(row, at));
            let elements = columns.answers(|at| cell(row, at));
            sink.row(ask.kind(), &cells, &elements)?;
        }
        Ok(())
    }

    /// A mistake in the query is told from a failure of the database by SQLite's generic code (1), interrupted (9) or read-only
    /// (8).
    fn refused(&self, ask: &Ask<'_>, error: &rusqlite::Error) -> SourceError {
        let query = ask.query.name.clone();
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => SourceError::Server {
                at: self.file.display().to_string(),
                what: format!("{query} took longer than the {} seconds allowed", self.limit_seconds),
                cure: "make the query faster (bound it with :since, add an index), or raise statement_seconds"
                    .to_owned(),
            },
            Some(rusqlite::ErrorCode::ReadOnly) => SourceError::Query {
                query,
                reason: "it would change the database: only reading is allowed, write one SELECT"
                    .to_owned(),
            },
            _ => match failure(self.file, error) {
                SourceError::Database { .. } => SourceError::Query {
                    query,
                    reason: format!(
                        "the database refuses it ({}): correct the query, or the tables it names",
                        one_line(&error.to_string())
                    ),
                },
                other => other,
            },
        }
    }

    /// Whether this is the embedded store; an empty file counts as a database too.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn is_store(&self) -> Result<bool, SourceError> {
        let tables: i64 = self
            .conn
            .query_row(super::store::IS_STORE, [], |row| row.get(0))
            .map_err(|e| failure(self.file, &e))?;
        Ok(tables == 3)
    }

    /// Whether there is a table of this name: a store made by an older version lacks the newer ones until the next import.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn has_table(&self, name: &str) -> Result<bool, SourceError> {
        const FOUND: &str = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1";
        let found: i64 = self
            .conn
            .query_row(FOUND, [name], |row| row.get(0))
            .map_err(|e| failure(self.file, &e))?;
        Ok(found > 0)
    }

    /// Hands every row of a query of the program's own to `take`, which says what is wrong with one.
    ///
    /// # Errors
    /// The database cannot be read, or holds what no import has written.
    pub fn each(
        &self,
        select: &str,
        mut take: impl FnMut(&Row<'_>) -> Result<(), String>,
    ) -> Result<(), SourceError> {
        let failed = |e| failure(self.file, &e);
        let _watch = Watch::over(&self.conn, self.limit_seconds);
        let mut statement = self.conn.prepare(select).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            take(row).map_err(|found| SourceError::Database {
                file: self.file.to_path_buf(),
                reason: format!(
                    "a row that tepat has not written ({found}): restore the store from a backup"
                ),
            })?;
        }
        Ok(())
    }

    /// The findings that imports of `kind` left in the store.
    ///
    /// # Errors
    /// The database cannot be read, or holds a check that this version does not know.
    pub fn import_findings(
        &self,
        kind: ImportKind,
        mut take: impl FnMut(Noted) -> Result<(), SourceError>,
    ) -> Result<(), SourceError> {
        let failed = |e| failure(self.file, &e);
        // A store that an older version made has its first name for the column until the next import.
        const RENAMED: &str =
            "SELECT count(*) FROM pragma_table_info('import_findings') WHERE name = 'subject'";
        let renamed: i64 = self
            .conn
            .query_row(RENAMED, [], |row| row.get(0))
            .map_err(failed)?;
        let subject = ["case_id", "subject"][usize::from(renamed > 0)];
        let select = format!(
            "SELECT check_code, key, message, {subject} FROM import_findings WHERE kind = ?1"
        );
        let mut statement = self.conn.prepare(&select).map_err(failed)?;
        let mut rows = statement.query([kind.code()]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let code: String = row.get(0).map_err(failed)?;
            let check = Check::ALL.iter().find(|c| c.code() == code);
            let check = check.copied().ok_or_else(|| SourceError::Newer {
                file: self.file.to_path_buf(),
            })?;
            let (key, message): (String, String) =
                (row.get(1).map_err(failed)?, row.get(2).map_err(failed)?);
            take(Noted {
                case_id: row.get(3).map_err(failed)?,
                finding: Finding::new(check, key, message),
            })?;
        }
        Ok(())
    }
}

/// Whether the database keeps a write-ahead log (bytes 18 and 19 of its header; https://www.sqlite.org/fileformat2.html) and
/// no program has it open. An ordinary reader would make the log's two files beside it, as its own user, and leave them there:
/// then the office's application may no longer be able to write. Such a file is read as one that nobody writes, and if somebody
/// began to meanwhile, the reading does not count.
fn is_wal_at_rest(file: &Path) -> bool {
    let mut header = [0; 20];
    let read = std::fs::File::open(file).and_then(|mut f| f.read_exact(&mut header));
    read.is_ok() && header[18..] == [2, 2] && !beside(file, "-wal").exists()
}

/// Whether its log is there, when the file was last written, and its size: what no writer leaves as it was.
type State = (bool, Option<(std::time::SystemTime, u64)>);

fn state(file: &Path) -> State {
    let written = std::fs::metadata(file).and_then(|m| Ok((m.modified()?, m.len())));
    (beside(file, "-wal").exists(), written.ok())
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn open(file: &Path, alone: bool) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if !alone {
        return Connection::open_with_flags(file, flags);
    }
    let path = file.to_string_lossy();
    let path = percent_encoding::utf8_percent_encode(&path, IN_URI);
    let uri = format!("file:{path}?immutable=1");
    Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)
}

/// What must be encoded in the path of an SQLite URI (https://www.sqlite.org/uri.html).
const IN_URI: &percent_encoding::AsciiSet =
    &percent_encoding::CONTROLS.add(b'%').add(b'?').add(b'#');

/// Interrupts a connection that takes too long; dropped in time, it does nothing.
struct Watch {
    ended: Option<mpsc::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Watch {
    fn over(conn: &Connection, limit_seconds: u32) -> Self {
        let handle = conn.get_interrupt_handle();
        let (ended, waits) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let limit = Duration::from_secs(u64::from(limit_seconds));
            if let Err(mpsc::RecvTimeoutError::Timeout) = waits.recv_timeout(limit) {
                handle.interrupt();
            }
        });
        Self {
            ended: Some(ended),
            thread: Some(thread),
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.ended.take());
        if let Some(thread) = self.thread.take() {
            // It has only waited.
            let _ = thread.join();
        }
    }
}

fn failure(file: &Path, error: &rusqlite::Error) -> SourceError {
    let code = match error {
        rusqlite::Error::SqliteFailure(e, _) => Some(e.extended_code),
        _ => None,
    };
    SourceError::of_sqlite(file, code, &error.to_string())
}

/// The value as SQLite holds it: its type is the value's own, not the column's.
fn cell<'a>(row: &'a Row<'_>, at: usize) -> Cell<'a> {
    match row.get_ref(at) {
        Ok(ValueRef::Null) => Cell::Empty,
        Ok(ValueRef::Integer(n)) => Cell::Integer(n),
        Ok(ValueRef::Real(x)) => Cell::Real(x),
        Ok(ValueRef::Text(bytes)) => {
            std::str::from_utf8(bytes).map_or(Cell::Broken("bukan teks UTF-8"), Cell::Text)
        }
        Ok(ValueRef::Blob(_)) | Err(_) => Cell::Broken("data biner"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::intake::Elements;
    use super::super::row::Cells;
    use super::*;

    struct Nothing;

    impl Sink for Nothing {
        fn row(
            &mut self,
            _: ImportKind,
            _: &Cells<'_>,
            _: &Elements<'_>,
        ) -> Result<(), SourceError> {
            Ok(())
        }

        fn taken(&self) -> u64 {
            0
        }
    }

    #[test]
    fn a_database_that_is_written_while_it_is_read_at_rest_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kantor.db");
        let write = |sql: &str| {
            let conn = Connection::open(&file).unwrap();
            conn.execute_batch(sql).unwrap();
        };
        write("PRAGMA journal_mode = WAL; CREATE TABLE t (a)");
        let reading = Reading::begin(&file, 10).unwrap();
        assert!(reading.read(&[], &mut Nothing).is_ok());
        write("INSERT INTO t VALUES (1)");
        let refused = reading.read(&[], &mut Nothing).unwrap_err();
        assert!(matches!(refused, SourceError::Locked { .. }), "{refused}");
    }
}
