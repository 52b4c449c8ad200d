//! `tepat score --period P --steps FILE --cases FILE`: the verdicts themselves.

use std::path::PathBuf;

use super::office::Office;
use super::{Exit, Failure, Shared, as_of, output};
use crate::measure::history;
use crate::measure::membership::in_scope;
use crate::period::Period;
use crate::publish::tables::{self, Format};
use crate::score::{ScoreOptions, ScoredCase, score_view, table};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Month 2026-06, semester 2026-S1 or year 2026
    #[arg(long, value_name = "P")]
    pub period: Period,
    /// What is known: a date (its 0.00) or an instant [default: the end of a past period, else now]
    #[arg(long, value_name = "T")]
    pub as_of: Option<String>,
    /// Verdicts by execution, .csv or .parquet
    #[arg(long, value_name = "FILE")]
    pub steps: PathBuf,
    /// Verdicts by case, .csv or .parquet
    #[arg(long, value_name = "FILE")]
    pub cases: PathBuf,
}

/// Writes both tables: the cases received, decided, due or open at any time in the period, with all their executions.
///
/// # Errors
/// Wrong settings or endings; a source that cannot be read; a date outside the calendar; a file that cannot be written.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    if arguments.steps == arguments.cases {
        return Err(Failure::usage_sentence(format!(
            "--steps and --cases both name {}: give each table a file of its own",
            arguments.cases.display()
        )));
    }
    let steps_format = format_of(&arguments.steps)?;
    let cases_format = format_of(&arguments.cases)?;
    let office = Office::open(&shared.workspace)?;
    let zone = office.settings.office.zone;
    let as_of = as_of::for_period(arguments.as_of.as_deref(), arguments.period, zone)?;
    as_of::begun(arguments.period, as_of, zone)?;
    let since = history::needed_from(arguments.period, &office.library);
    let mut records = office.records(shared, as_of, Some(since))?;
    let snapshot = office.seen(&mut records, as_of)?;
    let options = ScoreOptions { as_of, pause: None };
    let scored = score_view(&snapshot, &office.library, zone, options)?;
    let listed: Vec<&ScoredCase> = scored
        .cases
        .iter()
        .filter(|case| in_scope(case, arguments.period, as_of))
        .collect();
    tables::write(&arguments.steps, steps_format, &table::steps(&listed))?;
    tables::write(&arguments.cases, cases_format, &table::cases(&listed))?;
    if !shared.quiet {
        output::print(&format!(
            "{} cases of {} as of {}: {} and {}\n",
            listed.len(),
            arguments.period,
            as_of.to_iso(),
            arguments.cases.display(),
            arguments.steps.display()
        ))?;
    }
    Ok(Exit::Done)
}

fn format_of(path: &std::path::Path) -> Result<Format, Failure> {
    Format::of(path).map_err(|e| Failure::usage_sentence(e.to_string()))
}
