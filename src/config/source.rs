//! `[source]`: where each kind of rows is read, as the settings file writes it, and its checks.
//!
//! In: the tables `[source]` and `[source.KIND]`. Out: [`Sources`], complete, or one mistake. A secret is never among the
//! settings, only where it is kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono_tz::Tz;
use serde::Deserialize;
use toml::Spanned;

use super::file::{Mistake, within};
use crate::source::Address;

/// Where rows of each kind are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    /// Of every kind that has no place of its own.
    pub default: Place,
    /// By the word of the kind: cases, steps, responses, complaints, staff, followups.
    pub own: BTreeMap<String, Place>,
    /// Days before a report's earliest period in which a closed case is still read, for late corrections.
    pub look_back_days: u32,
}

impl Sources {
    /// Where rows of this kind are read. Follow-ups are given back in the report's own workbook, so they are in the store unless
    /// they have a place of their own.
    pub fn place(&self, kind: &str) -> &Place {
        let default = match kind {
            "followups" => &Place::Store,
            _ => &self.default,
        };
        self.own.get(kind).unwrap_or(default)
    }
}

/// Where rows are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The embedded store, filled by `tepat import`.
    Store,
    Database(Database),
    /// Files that are read where they stand.
    Files {
        /// Relative to the workspace.
        files: Vec<PathBuf>,
        mapping: Option<PathBuf>,
    },
}

/// A database and how to speak with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Database {
    pub address: Address,
    pub password: Option<Secret>,
    /// Zone of times that are kept without one; None: where the source keeps such times, they cannot be read.
    pub zone: Option<String>,
    /// TLS with full verification also to this machine itself.
    pub tls_always: bool,
    /// PEM file of the authority that signed the server's certificate; None: those the system trusts.
    pub ca_file: Option<PathBuf>,
    pub connect_seconds: u32,
    pub statement_seconds: u32,
}

impl Database {
    /// The zone of times without one.
    pub fn tz(&self) -> Option<Tz> {
        self.zone.as_deref().and_then(|z| z.parse().ok())
    }
}

/// Where a password is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secret {
    /// An environment variable.
    Env(String),
    /// A file that only its owner may read; relative to the workspace.
    File(PathBuf),
    /// A file of systemd's credential directory.
    Credential(String),
}

/// A password's place, or something else; it may be the password itself, so it is never kept or repeated.
#[derive(Deserialize)]
#[serde(untagged)]
enum SecretWritten {
    Kept(Secret),
    Other(serde::de::IgnoredAny),
}

/// `[source]` as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceTable {
    url: Option<Spanned<String>>,
    socket: Option<PathBuf>,
    password: Option<Spanned<SecretWritten>>,
    zone: Option<Spanned<String>>,
    tls: Option<Spanned<String>>,
    ca_file: Option<PathBuf>,
    connect_seconds: Option<Spanned<u32>>,
    statement_seconds: Option<Spanned<u32>>,
    look_back_days: Option<Spanned<u32>>,
    file: Option<PathBuf>,
    files: Option<Vec<PathBuf>>,
    mapping: Option<PathBuf>,
    store: Option<bool>,
    cases: Option<Spanned<Box<SourceTable>>>,
    steps: Option<Spanned<Box<SourceTable>>>,
    responses: Option<Spanned<Box<SourceTable>>>,
    complaints: Option<Spanned<Box<SourceTable>>>,
    staff: Option<Spanned<Box<SourceTable>>>,
    followups: Option<Spanned<Box<SourceTable>>>,
}

/// Checks `[source]`.
pub(super) fn sources(mut table: SourceTable) -> Result<Sources, Mistake> {
    let look_back = table.look_back_days.take();
    let look_back_days = within(look_back, 92, 0..=3_660, "source.look_back_days")?;
    let mut own = BTreeMap::new();
    for (kind, given) in [
        ("cases", table.cases.take()),
        ("steps", table.steps.take()),
        ("responses", table.responses.take()),
        ("complaints", table.complaints.take()),
        ("staff", table.staff.take()),
        ("followups", table.followups.take()),
    ] {
        let Some(given) = given else { continue };
        let span = given.span();
        let inner = *given.into_inner();
        let nested = [
            &inner.cases,
            &inner.steps,
            &inner.responses,
            &inner.complaints,
            &inner.staff,
            &inner.followups,
        ];
        let misplaced = nested.iter().any(|t| t.is_some()) || inner.look_back_days.is_some();
        if misplaced {
            return Err(Mistake {
                message: format!("[source.{kind}] holds a key of [source] alone: move it there"),
                span,
            });
        }
        let section = format!("source.{kind}");
        let Some(place) = place(inner, &section)? else {
            return Err(Mistake {
                message: format!(
                    "[{section}] names no source: write `url`, `file` or `store = true`"
                ),
                span,
            });
        };
        own.insert(kind.to_owned(), place);
    }
    Ok(Sources {
        default: place(table, "source")?.unwrap_or(Place::Store),
        own,
        look_back_days,
    })
}

/// Refuses settings of a connection where there is none.
fn unconnected(table: &SourceTable, section: &str) -> Result<(), Mistake> {
    let password = table.password.as_ref().map(Spanned::span);
    match password.or(table.zone.as_ref().map(Spanned::span)) {
        None => Ok(()),
        Some(span) => Err(Mistake {
            message: format!(
                "[{section}] has settings of a connection but no `url`: write it, or remove them"
            ),
            span,
        }),
    }
}

/// The place a section names; None where it names none.
fn place(mut table: SourceTable, section: &str) -> Result<Option<Place>, Mistake> {
    let mut files = table.files.take().unwrap_or_default();
    files.extend(table.file.take());
    let named = [
        table.url.is_some(),
        !files.is_empty(),
        table.store == Some(true),
    ];
    if named.iter().filter(|n| **n).count() > 1 {
        return Err(Mistake {
            message: format!(
                "[{section}] names more than one source: leave one of `url`, `file` and `store`"
            ),
            span: table.url.map_or(0..0, |u| u.span()),
        });
    }
    let Some(url) = table.url else {
        unconnected(&table, section)?;
        if table.mapping.is_some() && files.is_empty() {
            return Err(Mistake {
                message: format!(
                    "{section}.mapping is set but no `file`: write it, or remove the mapping"
                ),
                span: 0..0,
            });
        }
        return Ok(match (files.is_empty(), table.store) {
            (false, _) => Some(Place::Files {
                files,
                mapping: table.mapping,
            }),
            (true, Some(true)) => Some(Place::Store),
            (true, _) => None,
        });
    };
    let span = url.span();
    let address =
        Address::parse(url.get_ref(), table.socket.as_deref()).map_err(|reason| Mistake {
            message: format!("{section}.url {reason}"),
            span,
        })?;
    Ok(Some(Place::Database(Database {
        address,
        password: table.password.map(|p| secret(p, section)).transpose()?,
        zone: table.zone.map(|z| zone(z, section)).transpose()?,
        tls_always: tls(table.tls, section)?,
        ca_file: table.ca_file,
        connect_seconds: within(
            table.connect_seconds,
            10,
            1..=600,
            &format!("{section}.connect_seconds"),
        )?,
        statement_seconds: within(
            table.statement_seconds,
            600,
            1..=86_400,
            &format!("{section}.statement_seconds"),
        )?,
    })))
}

fn secret(written: Spanned<SecretWritten>, section: &str) -> Result<Secret, Mistake> {
    let span = written.span();
    match written.into_inner() {
        SecretWritten::Kept(secret) => Ok(secret),
        SecretWritten::Other(_) => Err(Mistake {
            message: format!(
                "{section}.password is not where a password is kept: write {{ env = \"NAME\" }}, {{ file = \"FILE\" }} or {{ credential = \"NAME\" }}, never the password itself"
            ),
            span,
        }),
    }
}

fn zone(name: Spanned<String>, section: &str) -> Result<String, Mistake> {
    match name.get_ref().parse::<Tz>() {
        Ok(tz) => Ok(tz.name().to_owned()),
        Err(_) => Err(Mistake {
            message: format!(
                "{section}.zone is `{}`, which is no IANA time zone: write one such as Asia/Makassar or UTC",
                name.get_ref()
            ),
            span: name.span(),
        }),
    }
}

fn tls(word: Option<Spanned<String>>, section: &str) -> Result<bool, Mistake> {
    match word {
        None => Ok(false),
        Some(word) => match word.get_ref().as_str() {
            "remote" => Ok(false),
            "always" => Ok(true),
            other => Err(Mistake {
                message: format!(
                    "{section}.tls is `{other}`: write \"remote\" (verified, except to this machine itself) or \"always\""
                ),
                span: word.span(),
            }),
        },
    }
}
