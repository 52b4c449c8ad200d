//! `tepat import KIND FILE...`: files into the embedded store.

mod dry_run;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono_tz::Tz;
use clap::ValueEnum;
use serde::Serialize;

use super::{Exit, Failure, Shared, as_of, output};
use crate::config;
use crate::source::files::read_as::ReadAs;
use crate::source::{self, FileReport, ImportError, ImportKind, ImportReport};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What the rows are
    pub kind: Kind,
    /// CSV, XLSX or Parquet files, each perhaps as .gz
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Names columns, formats, zone and codes where the files do not have the contract's headers
    #[arg(long, value_name = "M.toml")]
    pub mapping: Option<PathBuf>,
    /// Show how the files would be read, and store nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

/// The kinds of rows that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Cases,
    Steps,
    Responses,
    Complaints,
    Staff,
    /// Findings of a performance report with what was done about them: its own workbook, filled in
    Followups,
    /// An event log: its cases and its steps at once
    Log,
}

/// Imports all files or none.
///
/// # Errors
/// Wrong settings; a file or mapping that cannot be read; a store that cannot be written.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    let settings = config::load(&shared.workspace)?;
    let zone = settings.office.zone;
    if arguments.dry_run {
        return dry_run::run(arguments, shared, zone, as_of::now(zone));
    }
    let progress = output::rows(shared, "importing");
    let reports = imported(arguments, shared, zone, &|rows| progress.inc(rows))?;
    progress.finish_and_clear();
    let files = || {
        reports
            .iter()
            .flat_map(|r| r.files.iter().map(|f| (r.kind, f)))
    };
    if arguments.json {
        let lines: Vec<Line> = files().map(|(kind, f)| Line::of(kind, f)).collect();
        output::json(&lines)?;
    } else if !shared.quiet {
        output::print(&reports.iter().map(sentences).collect::<String>())?;
    }
    let all_rejected = files().any(|(_, f)| f.rows > 0 && f.rejected == f.rows);
    Ok(match all_rejected {
        true => Exit::Incomplete,
        false => Exit::Done,
    })
}

fn imported(
    arguments: &Arguments,
    shared: &Shared,
    zone: Tz,
    progress: &dyn Fn(u64),
) -> Result<Vec<ImportReport>, ImportError> {
    let (workspace, files) = (&shared.workspace, &arguments.files);
    let (mapping, now) = (arguments.mapping.as_deref(), as_of::now(zone));
    match arguments.kind.rows() {
        None => source::import_log(workspace, files, mapping, zone, now, progress),
        Some(kind) => source::import(workspace, kind, files, mapping, zone, now, progress)
            .map(|report| vec![report]),
    }
}

impl Kind {
    /// The kind of rows; None for a log, which gives cases and steps.
    fn rows(self) -> Option<ImportKind> {
        match self {
            Kind::Cases => Some(ImportKind::Cases),
            Kind::Steps => Some(ImportKind::Steps),
            Kind::Responses => Some(ImportKind::Responses),
            Kind::Complaints => Some(ImportKind::Complaints),
            Kind::Staff => Some(ImportKind::Staff),
            Kind::Followups => Some(ImportKind::Followups),
            Kind::Log => None,
        }
    }
}

/// What became of one file, for scripts.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    kind: &'static str,
    sha256: &'a str,
    read_as: String,
    detected: &'a ReadAs,
    rows: u64,
    new: u64,
    replaced: u64,
    same: u64,
    removed: u64,
    rejected: u64,
    findings: u64,
    ignored_columns: &'a [String],
    /// Of a survey: element code to how many asked left it blank.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    blank_answers: BTreeMap<&'a str, u64>,
    /// The first findings, in Indonesian as the reports print them.
    examples: &'a [String],
}

impl<'a> Line<'a> {
    fn of(kind: ImportKind, report: &'a FileReport) -> Self {
        Self {
            file: &report.name,
            kind: kind.code(),
            sha256: &report.sha256,
            read_as: report.read_as.to_string(),
            detected: &report.read_as,
            rows: report.rows,
            new: report.new,
            replaced: report.replaced,
            same: report.same,
            removed: report.removed,
            rejected: report.rejected,
            findings: report.findings,
            ignored_columns: &report.ignored,
            blank_answers: report.blank.iter().map(|(c, n)| (c.as_str(), *n)).collect(),
            examples: &report.examples,
        }
    }
}

/// One line per file, and what to look at where rows were rejected.
fn sentences(report: &ImportReport) -> String {
    let mut text = String::new();
    for f in &report.files {
        text.push_str(&format!(
            "{}: {} rows of {}: {} new, {} replaced, {} the same, {} rejected, {} findings\n",
            f.name,
            f.rows,
            report.kind.code(),
            f.new,
            f.replaced,
            f.same,
            f.rejected,
            f.findings
        ));
        text.push_str(&format!("  read as: {}\n", f.read_as));
        for example in &f.examples {
            text.push_str(&format!("  {example}\n"));
        }
        if f.findings > f.examples.len() as u64 {
            text.push_str(match report.kind {
                ImportKind::Cases | ImportKind::Steps => {
                    "  ... (`tepat check --findings` lists all)\n"
                }
                _ => "  ... (`--dry-run --json` lists all)\n",
            });
        }
        text.push_str(&blanks(&f.blank));
        if !f.ignored.is_empty() {
            text.push_str(&format!("  columns not read: {}\n", listed(&f.ignored)));
        }
    }
    if report.changed_nothing() {
        text.push_str("The store holds the same rows as before.\n");
    }
    text
}

/// How many respondents left which element of a survey blank.
fn blanks(counts: &[(String, u64)]) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let each: Vec<String> = counts.iter().map(|(c, n)| format!("{c} {n}")).collect();
    format!("  blank answers, counted as missing: {}\n", each.join(", "))
}

/// Most columns that a line names; the JSON names all.
const NAMED: usize = 40;

fn listed(names: &[String]) -> String {
    let mut text = names[..names.len().min(NAMED)].join(", ");
    if names.len() > NAMED {
        text.push_str(&format!(" and {} more", names.len() - NAMED));
    }
    text
}
