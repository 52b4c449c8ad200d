//! `tepat export --period P FILE...`: a period's scored cases as an event log for process-mining tools.

use std::path::PathBuf;

use super::office::Office;
use super::{Exit, Failure, Shared, as_of, output};
use crate::measure::history;
use crate::measure::membership::in_scope;
use crate::period::Period;
use crate::publish::log::{self, Format, Heading};
use crate::score::{ScoreOptions, ScoredCase, score_view};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Month 2026-06, semester 2026-S1 or year 2026
    #[arg(long, value_name = "P")]
    pub period: Period,
    /// What is known: a date (its 0.00) or an instant [default: the end of a past period, else now]
    #[arg(long, value_name = "T")]
    pub as_of: Option<String>,
    /// Event logs to write: .xes, .xes.gz, .csv or .csv.gz
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Writes the cases that `tepat score` lists for the period, with all their executions.
///
/// # Errors
/// Wrong settings or endings; a source that cannot be read; a date outside the calendar; a file that cannot be written.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    let formats = formats(&arguments.files)?;
    let office = Office::open(&shared.workspace)?;
    let settings = &office.settings.office;
    let zone = settings.zone;
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
    let heading = Heading {
        office: &settings.name,
        period: arguments.period,
        as_of,
        zone,
        is_synthetic: settings.synthetic,
    };
    let log = log::event_log(&snapshot, &listed, &office.library.calendar, heading);
    for (file, format) in arguments.files.iter().zip(formats) {
        let replaced = log::write(file, format, &log)?;
        if !shared.quiet {
            let head = format!(
                "{}: {} cases and {} events of {} as of {}\n",
                file.display(),
                log.cases.len(),
                log.events(),
                arguments.period,
                as_of.to_iso()
            );
            output::print(&(head + &remarks(replaced, log.without_time)))?;
        }
    }
    Ok(Exit::Done)
}

/// What the file does not hold as it was recorded.
fn remarks(replaced: u64, without_time: u64) -> String {
    let mut text = String::new();
    if replaced > 0 {
        text.push_str(&format!(
            "  {replaced} characters that XML does not allow were replaced by U+FFFD\n"
        ));
    }
    if without_time > 0 {
        text.push_str(&format!(
            "  {without_time} executions without start and completion have no event; their cases say how many\n"
        ));
    }
    text
}

/// The format of each file, before any work is done.
fn formats(files: &[PathBuf]) -> Result<Vec<Format>, Failure> {
    for (at, file) in files.iter().enumerate() {
        if files[..at].contains(file) {
            return Err(Failure::usage_sentence(format!(
                "{} is named twice: name each file once",
                file.display()
            )));
        }
    }
    files
        .iter()
        .map(|file| Format::of(file).map_err(|e| Failure::usage_sentence(e.to_string())))
        .collect()
}
