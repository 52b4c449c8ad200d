//! What reading from any database server has in common: the link, attempts, time-outs, and what a failure means.
//!
//! In: a server, the queries to ask, a sink. Out: every row handed to the sink, or one sentence that names the source and the
//! cure. A connection that is lost before the first row is tried again; after it, what was read can't be joined to a later
//! state of the source, so the run ends.

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use super::address::{Address, Dialect, Server};
use super::error::{SourceError, one_line};
use super::files::columns::Columns;
use super::files::survey::Questions;
use super::held::{Described, Difference, differences};
use super::intake::Sink;
use super::queries::QueryText;
use super::row::ImportKind;
use super::secret::{self, Password};
use super::{blocking, driver};
use crate::config::source::Database;
use crate::standard::instrument::Instruments;

/// A query and the statement that is sent of it.
pub struct Ask<'a> {
    pub query: &'a QueryText,
    pub statement: String,
    /// Where differences from the contract are laid down, so that the rows are read as far as they go; None: they end the
    /// reading.
    pub differing: Option<&'a RefCell<Vec<Difference>>>,
    /// Whose elements the columns of a survey may be called by.
    pub instruments: &'a Instruments,
}

impl Ask<'_> {
    pub(super) fn kind(&self) -> ImportKind {
        self.query.kind
    }

    /// The contract's columns among those that the query delivers.
    ///
    /// # Errors
    /// All differences, unless they are laid down.
    pub(super) fn columns(
        &self,
        described: &[Described],
        zone_known: bool,
    ) -> Result<Columns, SourceError> {
        let differences = differences(self.kind(), described, zone_known);
        let names: Vec<String> = described.iter().map(|d| d.name.clone()).collect();
        if let Some(all) = self.differing {
            all.borrow_mut().extend(differences);
            return Ok(Columns::present(self.kind(), &names));
        }
        let query = self.query.name.clone();
        let questions = Questions::of_query(self.instruments);
        match differences.is_empty() {
            true => Columns::find(self.kind(), &names, None, None, &questions)
                .map_err(|reason| SourceError::Adapter { query, reason }),
            false => Err(SourceError::Contract { query, differences }),
        }
    }
}

/// A server and all that is needed to speak with it.
pub struct Link<'a> {
    pub server: &'a Server,
    pub database: &'a Database,
    pub password: Option<Password>,
    /// Relative paths of certificates are relative to it.
    pub workspace: &'a Path,
}

impl<'a> Link<'a> {
    /// Fetches the password, and sees that the certificate to trust is there.
    ///
    /// # Errors
    /// One of them is not where the settings say.
    pub fn new(
        database: &'a Database,
        server: &'a Server,
        workspace: &'a Path,
    ) -> Result<Self, SourceError> {
        let fetched = database
            .password
            .as_ref()
            .map(|p| secret::fetch(p, workspace));
        let password = fetched.transpose().map_err(|reason| SourceError::Secret {
            at: database.address.to_string(),
            reason,
        })?;
        if let Some(file) = &database.ca_file
            && let Err(e) = std::fs::File::open(workspace.join(file))
        {
            return Err(SourceError::Authority {
                at: database.address.to_string(),
                file: file.clone(),
                reason: one_line(&e.to_string()),
            });
        }
        Ok(Self {
            server,
            database,
            password,
            workspace,
        })
    }

    /// Whether the server's certificate is verified: always, but to this machine itself.
    pub(super) fn verifies(&self) -> bool {
        self.database.tls_always || !self.server.is_local()
    }

    fn name(&self) -> String {
        Address::Server(self.server.clone()).to_string()
    }
}

/// What went wrong while a server was read.
pub(super) enum Fault<'q> {
    /// The server or the driver said so; while the query ran, where one did.
    Sql(sqlx::Error, Option<&'q QueryText>),
    ConnectTimeOut,
    StatementTimeOut(&'q QueryText),
    /// Not the server's fault.
    Ended(SourceError),
}

impl From<SourceError> for Fault<'_> {
    fn from(error: SourceError) -> Self {
        Fault::Ended(error)
    }
}

/// How long is waited before a connection is tried a second and a third time.
const WAITS: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// The server stops a statement itself; where it does not answer at all any more, this program waits so much longer.
const GRACE: Duration = Duration::from_secs(5);

/// Reads all rows of `asks`, in one transaction that sees one state.
///
/// # Errors
/// One sentence that names the source and the cure.
pub fn read(link: &Link<'_>, asks: &[Ask<'_>], sink: &mut dyn Sink) -> Result<(), SourceError> {
    blocking(async {
        let mut waits = WAITS.iter();
        loop {
            let fault = match attempt(link, asks, sink).await {
                Ok(()) => return Ok(()),
                Err(fault) => fault,
            };
            let wait = waits
                .next()
                .filter(|_| sink.taken() == 0 && passes(&fault, link));
            let Some(wait) = wait else {
                return Err(explain(fault, link, sink.taken()));
            };
            // No warning: a failure is told once, at the end.
            tracing::info!("{}; trying again", explain(fault, link, 0));
            tokio::time::sleep(*wait).await;
        }
    })
}

async fn attempt<'q>(
    link: &Link<'_>,
    asks: &'q [Ask<'q>],
    sink: &mut dyn Sink,
) -> Result<(), Fault<'q>> {
    match link.server.dialect {
        Dialect::MySql => driver::read::<sqlx::MySql>(link, asks, sink).await,
        Dialect::Postgres | Dialect::Sqlite => {
            driver::read::<sqlx::Postgres>(link, asks, sink).await
        }
    }
}

/// Bounds connecting by the time the settings allow.
pub(super) async fn connecting<'q, T>(
    link: &Link<'_>,
    work: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, Fault<'q>> {
    let limit = Duration::from_secs(u64::from(link.database.connect_seconds));
    match tokio::time::timeout(limit, work).await {
        Ok(done) => done.map_err(|e| Fault::Sql(e, None)),
        Err(_) => Err(Fault::ConnectTimeOut),
    }
}

/// Takes leave of a server. All rows are here, so how it ends changes nothing, and nobody waits for it.
pub(super) async fn parting<T>(work: impl Future<Output = T>) {
    let _ = tokio::time::timeout(Duration::from_secs(2), work).await;
}

/// Bounds one query, all its rows included.
pub(super) async fn asking<'q, T>(
    link: &Link<'_>,
    query: &'q QueryText,
    work: impl Future<Output = Result<T, Fault<'q>>>,
) -> Result<T, Fault<'q>> {
    let limit = Duration::from_secs(u64::from(link.database.statement_seconds)) + GRACE;
    let timed = tokio::time::timeout(limit, work).await;
    timed.unwrap_or(Err(Fault::StatementTimeOut(query)))
}

/// The server's own code of an error: PostgreSQL's SQLSTATE, MySQL's and MariaDB's number.
fn code(error: &sqlx::Error) -> Option<String> {
    let sqlx::Error::Database(e) = error else {
        return None;
    };
    match e.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>() {
        Some(mysql) => Some(mysql.number().to_string()),
        None => e.code().map(|c| c.into_owned()),
    }
}

/// What the server or the driver said. PostgreSQL's driver would add the line of the server's own source.
fn said_by(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(e) => e.message().to_owned(),
        other => other.to_string(),
    }
}

/// Whether the same may succeed a moment later: the server is not there, starts, ends, or is full.
fn passes(fault: &Fault, link: &Link) -> bool {
    let error = match fault {
        Fault::Sql(error, _) => error,
        Fault::ConnectTimeOut => return true,
        Fault::StatementTimeOut(_) | Fault::Ended(_) => return false,
    };
    match (code(error), link.server.dialect) {
        (Some(code), Dialect::MySql) => ["1040", "1053", "1203"].contains(&code.as_str()),
        // https://www.postgresql.org/docs/current/errcodes-appendix.html
        (Some(code), _) => ["53300", "57P01", "57P02", "57P03"].contains(&code.as_str()),
        (None, _) => is_loss(error),
    }
}

/// Whether the connection is gone, or was never there.
fn is_loss(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => !is_distrust(error),
        sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        _ => false,
    }
}

/// Whether TLS failed. The driver passes on what rustls refuses (a certificate, above all) as invalid data.
fn is_distrust(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Tls(_) => true,
        sqlx::Error::Io(e) => e.kind() == std::io::ErrorKind::InvalidData,
        _ => false,
    }
}

/// The failure as one sentence.
fn explain(fault: Fault, link: &Link, taken: u64) -> SourceError {
    let of = |what: String, cure: &str| SourceError::Server {
        at: link.name(),
        what,
        cure: cure.to_owned(),
    };
    let (error, query) = match fault {
        Fault::Ended(SourceError::Zone {
            kind,
            column,
            example,
            ..
        }) => {
            return SourceError::Zone {
                at: link.name(),
                kind,
                column,
                example,
            };
        }
        Fault::Ended(error) => return error,
        Fault::ConnectTimeOut => {
            let limit = link.database.connect_seconds;
            return of(
                format!("no connection within {limit} seconds"),
                "check the host, the port and the firewall, or raise connect_seconds",
            );
        }
        Fault::StatementTimeOut(query) => return too_slow(link, query),
        Fault::Sql(error, query) => (error, query),
    };
    let said = one_line(&said_by(&error));
    match error {
        error if is_distrust(&error) => of(
            format!("no verified TLS connection can be made ({said})"),
            "give the server a certificate for this host name from an authority the system trusts, or name the office's own with ca_file",
        ),
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => match query {
            None => of(
                format!("cannot be reached ({said})"),
                "check that the server runs, its host and port, and the network",
            ),
            Some(query) => of(
                format!(
                    "the connection was lost after {taken} rows, while {} was read ({said})",
                    query.name
                ),
                "check the server and the network, then run the command again; nothing was written",
            ),
        },
        sqlx::Error::Configuration(_) => of(
            format!("cannot be used ({said})"),
            "correct the settings in [source]",
        ),
        error => match code(&error) {
            Some(code) => refused(link, query, &code, &said),
            None => match query {
                Some(query) => refused_query(query, &said),
                None => of(
                    format!("answers what is not understood ({said})"),
                    "check that the address is that of a database server",
                ),
            },
        },
    }
}

fn too_slow(link: &Link, query: &QueryText) -> SourceError {
    SourceError::Server {
        at: link.name(),
        what: format!(
            "{} took longer than the {} seconds allowed",
            query.name, link.database.statement_seconds
        ),
        cure:
            "make the query faster (bound it with :since, add an index), or raise statement_seconds"
                .to_owned(),
    }
}

fn refused_query(query: &QueryText, said: &str) -> SourceError {
    SourceError::Query {
        query: query.name.clone(),
        reason: format!(
            "the database refuses it ({said}): correct the query, or the tables it names"
        ),
    }
}

/// What the server's code means. PostgreSQL: Appendix A, "Error Codes"; MySQL and MariaDB: "Server Error Message Reference".
fn refused(link: &Link, query: Option<&QueryText>, code: &str, said: &str) -> SourceError {
    let of = |what: &str, cure: &str| SourceError::Server {
        at: link.name(),
        what: format!("{what} ({said})"),
        cure: cure.to_owned(),
    };
    match (link.server.dialect, code) {
        (Dialect::MySql, "1045" | "1698" | "1862") | (_, "28000" | "28P01") => of(
            "the server refuses the user or the password",
            "correct the user in the address, and the password where [source] says it is kept",
        ),
        (Dialect::MySql, "1044" | "1049") | (_, "3D000") => of(
            "the database is not there, or not for this user",
            "correct its name in the address, or have the user granted access",
        ),
        (Dialect::MySql, "1040" | "1203") | (_, "53300") => of(
            "the server has no connection left",
            "run the command again later, or raise the server's limit of connections",
        ),
        (Dialect::MySql, "1053" | "1927") | (_, "57P01" | "57P02" | "57P03") => of(
            "the server is starting or shutting down",
            "run the command again when it is up; nothing was written",
        ),
        (Dialect::MySql, "1969" | "3024") | (_, "57014") => match query {
            Some(query) => too_slow(link, query),
            None => of("the server ended the statement", "run the command again"),
        },
        (Dialect::MySql, "1792") | (_, "25006") => match query {
            Some(query) => SourceError::Query {
                query: query.name.clone(),
                reason: "it would change the database: only reading is allowed, write one SELECT"
                    .to_owned(),
            },
            None => of(
                "the server refuses to begin",
                "tell whoever looks after the server",
            ),
        },
        (Dialect::MySql, "1142" | "1143" | "1370") | (_, "42501") => of(
            "the user may not read what the query names",
            "have the user granted SELECT on it",
        ),
        _ => match query {
            Some(query) => refused_query(query, said),
            None => of(
                "the server refuses the connection",
                "ask whoever looks after the server",
            ),
        },
    }
}

/// All differences of several queries in one sentence.
pub(super) fn listed(differences: &[Difference]) -> String {
    let all: Vec<String> = differences.iter().map(Difference::to_string).collect();
    all.join("; ")
}
