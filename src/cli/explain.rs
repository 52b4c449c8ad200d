//! `tepat explain CASE`: one case as a person would argue it.

use super::office::Office;
use super::{Exit, Failure, Shared, as_of, output};
use crate::explain::{Explanation, explain};
use crate::finding::Finding;
use crate::instant::Instant;
use crate::score::{ScoreOptions, Scored, ScoredCase, score};
use crate::snapshot::Snapshot;
use crate::standard::PauseRule;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The case's number
    pub case: String,
    /// What is known: a date (its 0.00) or an instant [default: now]
    #[arg(long, value_name = "T")]
    pub as_of: Option<String>,
}

/// Prints the explanation, in Indonesian.
///
/// # Errors
/// Wrong settings; a source that cannot be read; no such case; a date outside the calendar.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    let office = Office::open(&shared.workspace)?;
    let as_of = as_of::or_now(arguments.as_of.as_deref(), office.settings.office.zone)?;
    let mut records = office.records(shared, as_of, None)?;
    let snapshot = only(office.seen(&mut records, as_of)?, &arguments.case);
    let scored = scored(&office, &snapshot, as_of, None)?;
    let Some(case) = scored.cases.first() else {
        return Err(anyhow::anyhow!(
            "there is no case `{}` as of {}: check its number and --as-of",
            arguments.case,
            as_of.to_iso()
        )
        .into());
    };
    let mut by_rule: Vec<(PauseRule, ScoredCase)> = Vec::new();
    for rule in PauseRule::ALL {
        let under = self::scored(&office, &snapshot, as_of, Some(rule))?;
        by_rule.extend(under.cases.into_iter().next().map(|case| (rule, case)));
    }
    let mut findings: Vec<Finding> = snapshot.findings.clone();
    findings.extend_from_slice(&scored.findings);
    findings.sort();
    let text = explain(Explanation {
        case,
        findings: &findings,
        by_rule: &by_rule,
        calendar: &office.library.calendar,
        zone_label: &office.settings.office.zone_label,
        as_of,
    })?;
    output::print(&text)?;
    Ok(Exit::Done)
}

/// The rows and findings of one case; cases do not depend on each other.
fn only(mut snapshot: Snapshot, case: &str) -> Snapshot {
    let about =
        |key: &str| key == case || key.strip_prefix(case).is_some_and(|r| r.starts_with('/'));
    snapshot.cases.retain(|c| c.case_id == case);
    snapshot.steps.retain(|s| s.case_id == case);
    snapshot.findings.retain(|f| about(&f.key));
    snapshot
}

fn scored(
    office: &Office,
    snapshot: &Snapshot,
    as_of: Instant,
    pause: Option<PauseRule>,
) -> Result<Scored, Failure> {
    let options = ScoreOptions { as_of, pause };
    let zone = office.settings.office.zone;
    Ok(score(snapshot, &office.library, zone, options)?)
}
