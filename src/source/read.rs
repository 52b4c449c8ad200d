//! One reading of an office's sources for one run.
//!
//! In: which kinds of rows are wanted, where each is, from when on. Out: [`Records`]. All kinds of one database are read in one
//! transaction; different sources are read one after the other.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use super::address::{Address, Dialect};
use super::error::{ImportError, SourceError, one_line};
use super::files::{self, ParsedFile, Task, mapping::Mapping};
use super::held::Difference;
use super::instruments::instruments;
use super::intake::{Further, Intake};
use super::queries::{QueryText, Since};
use super::relay::relayed;
use super::row::{ImportKind, Scale};
use super::server::{self, Ask, Link};
use super::sqlite::Reading;
use super::store;
use crate::config::source::{Database, Place, Sources};
use crate::digest::sha256;
use crate::instant::Instant;
use crate::snapshot::{Extract, Gathering, Noted};
use crate::standard::instrument::Instruments;

/// What is to be read.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    pub workspace: &'a Path,
    pub sources: &'a Sources,
    pub kinds: &'a [ImportKind],
    /// The office's zone.
    pub zone: Tz,
    /// Instants after it are findings: when the extract is taken, where the run sees now; else the end of the calendar, so that
    /// what a run for a past moment finds does not depend on the hour at which it is made.
    pub ahead: Instant,
    /// From when on closed cases are needed; None: all.
    pub since: Option<Instant>,
    /// Called with numbers of rows read since the last call.
    pub progress: &'a dyn Fn(u64),
}

/// What was read, and through what.
#[derive(Debug)]
pub struct Records {
    /// Cases and steps.
    pub extract: Extract,
    /// Survey forms, complaints, staff and follow-ups, as far as they were wanted.
    pub further: Further,
    /// SHA-256 of the adapter queries and mappings, by name.
    pub queries: BTreeMap<String, String>,
}

/// Reads the kinds that are wanted.
///
/// # Errors
/// A source that cannot be reached or read, a query or file that does not deliver the contract, settings that are wrong.
pub fn read(wanted: Wanted) -> Result<Records, SourceError> {
    // Aside on the disk that the snapshot goes to as well.
    let folder = wanted.workspace.join("state");
    let gathering = Gathering::new(&folder);
    let survey = wanted.kinds.contains(&ImportKind::Responses);
    let instruments = match survey {
        true => instruments(wanted.workspace, ImportKind::Responses).map_err(failed)?,
        false => Instruments::default(),
    };
    let scale = Scale::of_all(&instruments);
    let mut intake = Intake::new(gathering, wanted.zone, wanted.ahead, scale);
    let mut queries = BTreeMap::new();
    for (place, kinds) in places(&wanted) {
        match place {
            Place::Store => {
                let asked = store_rows(&wanted, &kinds, &mut intake)?;
                queries.extend(digests(&asked));
            }
            Place::Database(database) => {
                let asked = database_rows(&wanted, database, &kinds, &instruments, &mut intake)?;
                queries.extend(digests(&asked));
            }
            Place::Files { files, mapping } => {
                for kind in kinds {
                    let mapping = mapping.as_deref();
                    file_rows(&wanted, kind, files, mapping, &instruments, &mut intake)?;
                }
                if let Some(mapping) = mapping {
                    let name = mapping.display().to_string();
                    queries.insert(name, digest_of(&wanted.workspace.join(mapping))?);
                }
            }
        }
    }
    let mut further = intake.further;
    further.sort();
    Ok(Records {
        extract: intake.gathering.finish(),
        further,
        queries,
    })
}

fn failed(error: ImportError) -> SourceError {
    SourceError::File(Box::new(error))
}

fn digests(queries: &[QueryText]) -> impl Iterator<Item = (String, String)> {
    let digest = |q: &QueryText| (q.name.clone(), sha256(q.sql.as_bytes()));
    queries.iter().map(digest)
}

/// The bound for the queries of these kinds. A query of cases that does not see the steps, or the other way round, could not
/// judge what is over; then all is read, and the bound holds where both are at hand ([`crate::snapshot::Cut`]).
fn bound(wanted: &Wanted, kinds: &[ImportKind]) -> Since {
    let both = [ImportKind::Cases, ImportKind::Steps]
        .iter()
        .all(|k| kinds.contains(k));
    Since::instant(wanted.since.filter(|_| both))
}

/// The places of the wanted kinds; kinds of one place together, in the order of the kinds.
pub(super) fn places<'a>(wanted: &Wanted<'a>) -> Vec<(&'a Place, Vec<ImportKind>)> {
    let mut places: Vec<(&Place, Vec<ImportKind>)> = Vec::new();
    for kind in wanted.kinds {
        let place = wanted.sources.place(kind.code());
        match places.iter_mut().find(|(p, _)| *p == place) {
            Some((_, kinds)) => kinds.push(*kind),
            None => places.push((place, vec![*kind])),
        }
    }
    places
}

fn store_rows(
    wanted: &Wanted,
    kinds: &[ImportKind],
    intake: &mut Intake,
) -> Result<Vec<QueryText>, SourceError> {
    let file = store::path(wanted.workspace);
    if !file.is_file() {
        // An office whose records stand elsewhere has a store only once it gives follow-ups back.
        return match kinds {
            [ImportKind::Followups] => Ok(Vec::new()),
            _ => Err(SourceError::NoStore { file }),
        };
    }
    store::recover(wanted.workspace)?;
    let in_snapshot = |kind: &&ImportKind| matches!(kind, ImportKind::Cases | ImportKind::Steps);
    // An office's own queries are for its own tables.
    let queries: Vec<QueryText> = kinds
        .iter()
        .filter(in_snapshot)
        .map(|kind| QueryText::shipped(Dialect::Sqlite, *kind))
        .collect();
    let reading = Reading::begin(&file, store::STORE_SECONDS)?;
    if !reading.is_store()? {
        return Err(SourceError::NotAStore { file });
    }
    intake.begin(Some(wanted.zone), false);
    let none = Instruments::default();
    let asked = asks(&queries, bound(wanted, kinds), &none);
    relayed(intake, wanted.progress, |sink| reading.read(&asked, sink))?;
    for kind in kinds.iter().filter(in_snapshot) {
        reading.import_findings(*kind, |noted| {
            intake.gathering.finding(&noted).map_err(SourceError::aside)
        })?;
    }
    for kind in kinds {
        further_of_store(wanted.workspace, *kind, &mut intake.further)?;
    }
    Ok(queries)
}

fn further_of_store(
    workspace: &Path,
    kind: ImportKind,
    further: &mut Further,
) -> Result<(), SourceError> {
    match kind {
        ImportKind::Cases | ImportKind::Steps => return Ok(()),
        ImportKind::Responses => further.responses.extend(store::responses(workspace)?),
        ImportKind::Complaints => further.complaints.extend(store::complaints(workspace)?),
        ImportKind::Staff => further.staff.extend(store::staff(workspace)?),
        ImportKind::Followups => further.followups.extend(store::followups(workspace)?),
    }
    further
        .findings
        .extend(store::findings_of(workspace, kind)?);
    Ok(())
}

fn asks<'a>(queries: &'a [QueryText], since: Since, instruments: &'a Instruments) -> Vec<Ask<'a>> {
    let ask = |query| Ask {
        statement: QueryText::statement(query, since),
        query,
        instruments,
        differing: None,
    };
    queries.iter().map(ask).collect()
}

fn database_rows(
    wanted: &Wanted,
    database: &Database,
    kinds: &[ImportKind],
    instruments: &Instruments,
    intake: &mut Intake,
) -> Result<Vec<QueryText>, SourceError> {
    let dialect = database.address.dialect();
    let load = |kind: &ImportKind| QueryText::load(wanted.workspace, dialect, *kind);
    let queries = kinds.iter().map(load).collect::<Result<Vec<_>, _>>()?;
    let asks = asks(&queries, bound(wanted, kinds), instruments);
    match &database.address {
        Address::Sqlite(file) => {
            let file = wanted.workspace.join(file);
            if !file.is_file() {
                return Err(SourceError::NoDatabase { file });
            }
            intake.begin(Some(database.tz().unwrap_or(wanted.zone)), true);
            let reading = Reading::begin(&file, database.statement_seconds)?;
            relayed(intake, wanted.progress, |sink| reading.read(&asks, sink))?;
        }
        Address::Server(at) => {
            let link = Link::new(database, at, wanted.workspace)?;
            intake.begin(database.tz(), true);
            relayed(intake, wanted.progress, |sink| {
                server::read(&link, &asks, sink)
            })?;
        }
    }
    Ok(queries)
}

/// Rows of files that are read where they stand.
fn file_rows(
    wanted: &Wanted,
    kind: ImportKind,
    paths: &[PathBuf],
    mapping: Option<&Path>,
    instruments: &Instruments,
    intake: &mut Intake,
) -> Result<(), SourceError> {
    let mapping = mapping.map(|m| Mapping::load(&wanted.workspace.join(m)));
    let mapping = mapping.transpose().map_err(failed)?;
    let ahead = wanted.ahead.utc_seconds() * 1_000_000;
    for path in paths {
        let path = wanted.workspace.join(path);
        let task = Task::new(kind, mapping.as_ref(), wanted.zone, ahead).asked(instruments);
        let parsed = files::parse(&path, task, wanted.progress).map_err(failed)?;
        keep(parsed, kind, intake)?;
    }
    Ok(())
}

/// Puts what was read of a file to the rest.
fn keep(parsed: ParsedFile, kind: ImportKind, intake: &mut Intake) -> Result<(), SourceError> {
    let kept = |done: std::io::Result<()>| done.map_err(SourceError::aside);
    for row in &parsed.cases {
        kept(intake.gathering.case(row))?;
    }
    for step in &parsed.steps {
        kept(intake.gathering.step(&step.row))?;
    }
    intake.further.responses.extend(parsed.responses);
    intake.further.complaints.extend(parsed.complaints);
    intake.further.staff.extend(parsed.staff);
    intake.further.followups.extend(parsed.followups);
    for found in parsed.findings {
        match kind {
            ImportKind::Cases | ImportKind::Steps => kept(intake.gathering.finding(&Noted {
                case_id: found.subject,
                finding: found.finding,
            }))?,
            _ => intake.further.findings.push(found.finding),
        }
    }
    Ok(())
}

fn digest_of(path: &Path) -> Result<String, SourceError> {
    let bytes = std::fs::read(path).map_err(|e| {
        SourceError::File(Box::new(ImportError::Unreadable {
            file: path.display().to_string(),
            reason: one_line(&e.to_string()),
        }))
    })?;
    Ok(sha256(&bytes))
}

/// What `tepat check` reads of a query: enough to see what its values are.
pub(super) const SAMPLE_ROWS: u32 = 1_000;

/// Hands the first rows of a kind's query to `sink`, and lays down in `differing` how its columns differ from the contract.
///
/// # Errors
/// As [`read`].
pub(super) fn sample(
    wanted: &Wanted,
    database: &Database,
    query: &QueryText,
    instruments: &Instruments,
    differing: &RefCell<Vec<Difference>>,
    sink: &mut dyn super::intake::Sink,
) -> Result<(), SourceError> {
    let inner = query.statement(Since::instant(wanted.since));
    let ask = Ask {
        query,
        instruments,
        // On lines of its own: the query may end in a comment.
        statement: format!("SELECT * FROM (\n{inner}\n) AS tepat_sample LIMIT {SAMPLE_ROWS}"),
        differing: Some(differing),
    };
    match &database.address {
        Address::Sqlite(file) => {
            let file = wanted.workspace.join(file);
            if !file.is_file() {
                return Err(SourceError::NoDatabase { file });
            }
            Reading::begin(&file, database.statement_seconds)?.read(&[ask], sink)
        }
        Address::Server(at) => {
            let link = Link::new(database, at, wanted.workspace)?;
            server::read(&link, &[ask], sink)
        }
    }
}
