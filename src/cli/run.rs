//! `tepat run --report R --period P`: makes and publishes a report.

use clap::ValueEnum;
use serde::Serialize;

use super::office::Office;
use super::{Exit, Failure, Shared, as_of, output};
use crate::finding::Finding;
use crate::measure::review;
use crate::period::Period;
use crate::publish::ikm::{IKM, ikm};
use crate::publish::performance::{PERFORMANCE, performance};
use crate::publish::run::{MONTHLY, Ran, monthly};
use crate::source::ImportKind::{Responses, Staff};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which report
    #[arg(long, value_name = "R")]
    pub report: Report,
    /// Month 2026-06 for monthly, semester 2026-S1 for performance and ikm
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
    /// The six-monthly performance report
    Performance,
    /// The six-monthly satisfaction report (IKM)
    Ikm,
}

impl Report {
    /// Its name in paths and on the command line.
    fn code(self) -> &'static str {
        match self {
            Report::Monthly => MONTHLY,
            Report::Performance => PERFORMANCE,
            Report::Ikm => IKM,
        }
    }
}

/// Publishes an edition, or says which findings hold it back (exit code 3).
///
/// # Errors
/// Wrong settings; a period that does not fit the report; a source that cannot be read; a date outside the calendar; a
/// folder that cannot be written.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    let report = arguments.report;
    let period = fitting(report, arguments.period)?;
    let office = Office::open(&shared.workspace)?;
    let zone = office.settings.office.zone;
    let as_of = as_of::for_period(arguments.as_of.as_deref(), period, zone)?;
    as_of::begun(period, as_of, zone)?;
    let since = review::needed_from(period, &office.library);
    let mut records = match report {
        Report::Monthly => office.records(shared, as_of, Some(since))?,
        Report::Performance => office.records_and(shared, &[Staff], as_of, Some(since))?,
        Report::Ikm => office.records_and(shared, &[Responses], as_of, Some(since))?,
    };
    let progress = output::spinner(shared, "making the report");
    let queries = std::mem::take(&mut records.queries);
    let job = office.job(&queries);
    let ran = match report {
        Report::Monthly => monthly(job, &mut records.extract, period, as_of)?,
        Report::Performance => performance(job, &mut records, period, as_of)?,
        Report::Ikm => ikm(job, &mut records, period, as_of)?,
    };
    progress.finish_and_clear();
    let placed = match ran {
        Ran::Published(placed) => placed,
        Ran::Held(findings) if arguments.json => {
            output::json(&Held::of(report, period, &findings))?;
            return Ok(Exit::Held);
        }
        Ran::Held(findings) => return held(report.code(), period, &findings),
    };
    if arguments.json {
        output::json(&Published {
            report: report.code(),
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
            "Edition {} of {} {period} {what}: {}\n",
            placed.edition,
            report.code(),
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
    fn of(report: Report, period: Period, findings: &[Finding]) -> Self {
        let words = |f: &Finding| [f.check.code().to_owned(), f.key.clone(), f.message.clone()];
        Self {
            report: report.code(),
            period: period.to_string(),
            new: false,
            blocking: findings.iter().map(words).collect(),
        }
    }
}

/// The period, where the report is of such periods.
fn fitting(report: Report, period: Period) -> Result<Period, Failure> {
    let (of, example) = match (report, period) {
        (Report::Monthly, Period::Month { .. }) => return Ok(period),
        (Report::Performance | Report::Ikm, Period::Semester { .. }) => return Ok(period),
        (Report::Monthly, _) => ("month", "2026-06"),
        (Report::Performance | Report::Ikm, _) => ("semester", "2026-S1 or 2026-S2"),
    };
    Err(Failure::usage_sentence(format!(
        "--period is `{period}`, but the report {} is of a {of}: write one such as {example}",
        report.code()
    )))
}

/// Says which findings held the publication back: nothing was written.
///
/// # Errors
/// A stdout that cannot be written.
pub fn held(report: &str, period: Period, findings: &[Finding]) -> Result<Exit, Failure> {
    let mut text = format!("{report} {period} was not published; these findings hold it back:\n");
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
