//! `tepat check`: settings, standards, calendar coverage, adapter queries and data quality, before anything is published.

use std::collections::BTreeMap;

use serde::Serialize;

use super::office::Office;
use super::{Exit, Failure, Shared, as_of, output};
use crate::finding::{Check, Finding, Level};
use crate::score::{ScoreOptions, score_view, seen};
use crate::snapshot::checks;
use crate::standard::Library;
use crate::standard::calendar::YearStatus;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What is known: a date (its 0.00) or an instant [default: now]
    #[arg(long, value_name = "T")]
    pub as_of: Option<String>,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

/// All there is to say, for scripts.
#[derive(Serialize)]
struct Summary {
    as_of: String,
    standards: Vec<String>,
    calendar_final: Vec<i32>,
    calendar_provisional: Vec<i32>,
    calendar_without_holidays: Vec<i32>,
    cases: usize,
    steps: usize,
    /// Check code to count.
    findings: BTreeMap<&'static str, u64>,
    blocking: Vec<String>,
}

/// Checks the workspace; exit code 3 where a blocking finding would hold publication back.
///
/// # Errors
/// Wrong settings or standards; a source that cannot be read or does not deliver the contract.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    let office = Office::open(&shared.workspace)?;
    let zone = office.settings.office.zone;
    let as_of = as_of::or_now(arguments.as_of.as_deref(), zone)?;
    let snapshot = office.records(&shared.workspace, shared, as_of)?;
    let view = seen(&snapshot, &office.library, as_of);
    let options = ScoreOptions { as_of, pause: None };
    let scored = score_view(&view, &office.library, zone, options)?;
    let mut findings = view.findings.clone();
    findings.extend(checks::check(&view, zone));
    findings.extend(scored.findings);
    findings.sort();
    let result = summary(
        &office.library,
        &findings,
        as_of.to_iso(),
        (view.cases.len(), view.steps.len()),
    );
    if arguments.json {
        output::json(&result)?;
    } else {
        output::print(&sentences(&result, &findings))?;
    }
    Ok(match result.blocking.is_empty() {
        true => Exit::Done,
        false => Exit::Held,
    })
}

fn summary(
    library: &Library,
    findings: &[Finding],
    as_of: String,
    rows: (usize, usize),
) -> Summary {
    let years = |status| {
        let of = library.calendar.years.iter().filter(|(_, s)| **s == status);
        of.map(|(y, _)| *y).collect()
    };
    let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.check.code()).or_default() += 1;
    }
    Summary {
        as_of,
        standards: library
            .services
            .values()
            .flatten()
            .map(|s| {
                format!(
                    "{} revision {} from {}",
                    s.document, s.revision, s.effective_from
                )
            })
            .collect(),
        calendar_final: years(YearStatus::Final),
        calendar_provisional: years(YearStatus::Provisional),
        calendar_without_holidays: years(YearStatus::WithoutHolidays),
        cases: rows.0,
        steps: rows.1,
        findings: counts,
        blocking: findings
            .iter()
            .filter(|f| f.level == Level::Blocking)
            .map(|f| format!("{}: {}: {}", f.check.code(), f.key, f.message))
            .collect(),
    }
}

fn list(years: &[i32]) -> String {
    match years {
        [] => "none".to_owned(),
        _ => years
            .iter()
            .map(i32::to_string)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn sentences(r: &Summary, findings: &[Finding]) -> String {
    let mut text = format!("As of {}\n\nStandards\n", r.as_of);
    for standard in &r.standards {
        text.push_str(&format!("  {standard}\n"));
    }
    text.push_str(&format!(
        "\nCalendar\n  final: {}\n  provisional: {}\n  without holidays on record: {}\n",
        list(&r.calendar_final),
        list(&r.calendar_provisional),
        list(&r.calendar_without_holidays)
    ));
    text.push_str(&format!(
        "\nRecords\n  {} cases, {} steps\n\nFindings\n",
        r.cases, r.steps
    ));
    for check in Check::ALL {
        let of: Vec<&Finding> = findings.iter().filter(|f| f.check == *check).collect();
        if let Some(first) = of.iter().max_by_key(|f| f.level) {
            text.push_str(&format!(
                "  {:>6}  {:<8} {}: {}\n",
                of.len(),
                first.level.code(),
                check.code(),
                check.label()
            ));
        }
    }
    for finding in &r.blocking {
        text.push_str(&format!("  blocking  {finding}\n"));
    }
    text
}
