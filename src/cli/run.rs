//! `tepat run --report R --period P`: makes and publishes a report.

use clap::ValueEnum;
use serde::Serialize;

use super::office::Office;
use super::{Exit, Failure, Shared, as_of, output};
use crate::finding::Finding;
use crate::measure::review;
use crate::period::Period;
use crate::publish::run::{MONTHLY, Ran, monthly};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which report
    #[arg(long, value_name = "R")]
    pub report: Report,
    /// Month 2026-06
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
    /// The monthly review
    Monthly,
}

/// Publishes an edition, or says which findings hold it back (exit code 3).
///
/// # Errors
/// Wrong settings; a period that does not fit the report; a source that cannot be read; a date outside the calendar; a
/// folder that cannot be written.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    let Report::Monthly = arguments.report;
    let period = month(arguments.period)?;
    let office = Office::open(&shared.workspace)?;
    let zone = office.settings.office.zone;
    let as_of = as_of::for_period(arguments.as_of.as_deref(), period, zone)?;
    as_of::begun(period, as_of, zone)?;
    let since = review::needed_from(period, &office.library);
    let mut records = office.records(shared, as_of, Some(since))?;
    let progress = output::spinner(shared, "making the report");
    let job = office.job(&records.queries);
    let ran = monthly(job, &mut records.extract, period, as_of)?;
    progress.finish_and_clear();
    let placed = match ran {
        Ran::Published(placed) => placed,
        Ran::Held(findings) if arguments.json => {
            output::json(&Held::of(period, &findings))?;
            return Ok(Exit::Held);
        }
        Ran::Held(findings) => return held(period, &findings),
    };
    if arguments.json {
        output::json(&Published {
            report: MONTHLY,
            period: period.to_string(),
            edition: placed.edition,
            new: placed.new,
            folder: placed.folder.display().to_string(),
        })?;
    } else if !shared.quiet {
        let what = if placed.new {
            "published"
        } else {
            "was published already"
        };
        output::print(&format!(
            "Edition {} of {MONTHLY} {period} {what}: {}\n",
            placed.edition,
            placed.folder.display()
        ))?;
    }
    Ok(Exit::Done)
}

/// What was published, for scripts.
#[derive(Serialize)]
struct Published {
    report: &'static str,
    period: String,
    edition: u32,
    new: bool,
    folder: String,
}

/// What held publication back, for scripts.
#[derive(Serialize)]
struct Held {
    report: &'static str,
    period: String,
    new: bool,
    /// Check, key and message of each blocking finding.
    blocking: Vec<[String; 3]>,
}

impl Held {
    fn of(period: Period, findings: &[Finding]) -> Self {
        let words = |f: &Finding| [f.check.code().to_owned(), f.key.clone(), f.message.clone()];
        Self {
            report: MONTHLY,
            period: period.to_string(),
            new: false,
            blocking: findings.iter().map(words).collect(),
        }
    }
}

fn month(period: Period) -> Result<Period, Failure> {
    match period {
        Period::Month { .. } => Ok(period),
        Period::Semester { .. } | Period::Year { .. } => Err(Failure::usage_sentence(format!(
            "--period is `{period}`, but the report {MONTHLY} is of a month: write one such as 2026-06"
        ))),
    }
}

/// Says which findings held the publication back: nothing was written.
///
/// # Errors
/// A stdout that cannot be written.
pub fn held(period: Period, findings: &[Finding]) -> Result<Exit, Failure> {
    let mut text = format!("{MONTHLY} {period} was not published; these findings hold it back:\n");
    for finding in findings {
        text.push_str(&format!(
            "  [{}] {} {}\n",
            finding.check.code(),
            finding.key,
            finding.message
        ));
    }
    text.push_str(
        "Correct these records at their source and import them again; the corrected rows take the place of the old ones.\n",
    );
    output::print(&text)?;
    Ok(Exit::Held)
}
