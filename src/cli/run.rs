//! `tepat run --report R --period P`: an edition of one report.

use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use super::office::Office;
use super::{Exit, Failure, Shared, as_of, output};
use crate::instant::Instant;
use crate::period::Period;
use crate::publish::run::{self, Job, Ran};
use crate::snapshot::{Frozen, Snapshot, freeze};
use crate::source::Queries;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which report
    #[arg(long, value_name = "R")]
    pub report: Report,
    /// Its period: a month 2026-06
    #[arg(long, value_name = "P")]
    pub period: Period,
    /// What is known: a date (its 0.00) or an instant [default: the end of a past period, else now]
    #[arg(long, value_name = "T")]
    pub as_of: Option<String>,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

/// The reports there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Report {
    /// The monthly review for the head of division
    Monthly,
}

/// A workspace read and frozen: every report of one call is made from it.
#[derive(Debug)]
pub struct Read {
    pub office: Office,
    pub snapshot: Snapshot,
    pub frozen: Frozen,
    /// Digest of the adapter queries.
    pub queries: String,
}

impl Read {
    /// Opens the workspace, reads its records once and freezes them. `now` is when the extract is taken.
    ///
    /// # Errors
    /// Wrong settings or standards; a source that cannot be read; a snapshot that cannot be written.
    pub fn take(workspace: &Path, shared: &Shared, now: Option<Instant>) -> Result<Self, Failure> {
        let office = Office::open(workspace)?;
        let now = match now {
            Some(now) => now,
            None => as_of::or_now(None, office.settings.office.zone)?,
        };
        let snapshot = office.records(workspace, shared, now)?;
        let folder = workspace.join("state").join("snapshots");
        let frozen = freeze(&snapshot, &folder).map_err(anyhow::Error::from)?;
        let queries = Queries::load(workspace)?.digest();
        Ok(Self {
            office,
            snapshot,
            frozen,
            queries,
        })
    }

    /// What a run of this workspace is made from.
    pub fn job<'a>(&'a self, workspace: &'a Path) -> Job<'a> {
        Job {
            workspace,
            settings: &self.office.settings,
            library: &self.office.library,
            snapshot: &self.snapshot,
            frozen: &self.frozen,
            queries: &self.queries,
        }
    }
}

/// Publishes an edition, or says what held it back.
///
/// # Errors
/// Wrong usage or settings; a source that cannot be read; a date outside the calendar; a folder that cannot be written.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    let Report::Monthly = arguments.report;
    let period = arguments.period;
    if !matches!(period, Period::Month { .. }) {
        return Err(Failure::usage_sentence(format!(
            "--period {period} is no month: the monthly review takes a month such as 2026-06"
        )));
    }
    let read = Read::take(&shared.workspace, shared, None)?;
    let zone = read.office.settings.office.zone;
    let as_of = as_of::for_period(arguments.as_of.as_deref(), period, zone)?;
    let start = Instant::start_of_day(period.first(), zone);
    if as_of < start {
        return Err(Failure::usage_sentence(format!(
            "as_of is {}, before {period} begins: choose a period that has begun or a later --as-of",
            as_of.to_iso()
        )));
    }
    let progress = output::spinner(shared, "scoring, counting, printing");
    let ran = run::monthly(read.job(&shared.workspace), period, as_of)?;
    progress.finish_and_clear();
    report(&ran, arguments.json, shared, period)
}

/// The result for scripts.
#[derive(Serialize)]
struct Line {
    period: String,
    /// `published`, `unchanged` or `held`.
    state: &'static str,
    edition: Option<u32>,
    folder: Option<String>,
    /// Blocking findings, as `check: key: message`.
    blocking: Vec<String>,
}

fn report(ran: &Ran, json: bool, shared: &Shared, period: Period) -> Result<Exit, Failure> {
    let (line, exit) = match ran {
        Ran::Published(placed) => {
            let line = Line {
                period: period.to_string(),
                state: if placed.new { "published" } else { "unchanged" },
                edition: Some(placed.edition),
                folder: Some(placed.folder.display().to_string()),
                blocking: Vec::new(),
            };
            (line, Exit::Done)
        }
        Ran::Held(findings) => {
            let line = Line {
                period: period.to_string(),
                state: "held",
                edition: None,
                folder: None,
                blocking: findings
                    .iter()
                    .map(|f| format!("{}: {}: {}", f.check.code(), f.key, f.message))
                    .collect(),
            };
            (line, Exit::Held)
        }
    };
    if json {
        output::json(&line)?;
    } else {
        tell(&line, shared)?;
    }
    Ok(exit)
}

/// How many blocking findings are printed; `tepat check` prints all.
const SHOWN: usize = 10;

fn tell(line: &Line, shared: &Shared) -> Result<(), Failure> {
    let edition = line.edition.unwrap_or_default();
    let folder = line.folder.as_deref().unwrap_or_default();
    match line.state {
        "published" if !shared.quiet => output::print(&format!(
            "{}: edition {edition} is published in {folder}\n",
            line.period
        ))?,
        "unchanged" if !shared.quiet => output::print(&format!(
            "{}: nothing has changed since edition {edition} in {folder}\n",
            line.period
        ))?,
        "held" => {
            let mut text = format!(
                "tepat: {} is held back by {} blocking findings: correct the source and run again\n",
                line.period,
                line.blocking.len()
            );
            for finding in line.blocking.iter().take(SHOWN) {
                text.push_str(&format!("  {finding}\n"));
            }
            if line.blocking.len() > SHOWN {
                text.push_str("  ... (`tepat check` lists all)\n");
            }
            output::warn(&text);
        }
        _ => {}
    }
    Ok(())
}
