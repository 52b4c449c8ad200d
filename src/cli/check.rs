//! `tepat check`: settings, standards, calendar, adapter queries, data quality.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::office::Office;
use super::{Exit, Failure, Shared, as_of, output};
use crate::config::source::Place;
use crate::finding::{Check, Finding, Level};
use crate::score::{ScoreOptions, score_view};
use crate::snapshot::{self, Snapshot};
use crate::source::examine::{Examined, examine};
use crate::source::held::Difference;
use crate::source::intake::Further;
use crate::source::{ImportKind, QueryText, Wanted};
use crate::standard::calendar::YearStatus;
use crate::standard::instrument::{Instrument, SourceMark};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What is known: a date (its 0.00) or an instant [default: now]
    #[arg(long, value_name = "T")]
    pub as_of: Option<String>,
    /// List every finding, not only their counts
    #[arg(long)]
    pub findings: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

/// What was checked and found.
#[derive(Serialize)]
struct Checked {
    office: String,
    /// Service code to number of revisions.
    standards: BTreeMap<String, usize>,
    calendar: String,
    calendar_years: (i32, i32),
    /// Year to status, for years that are not final.
    unsettled_years: BTreeMap<i32, &'static str>,
    /// Survey instruments by code.
    instruments: BTreeMap<String, InstrumentSeen>,
    cases: usize,
    steps: usize,
    /// Rows of the kinds beside cases and steps.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    further: BTreeMap<&'static str, usize>,
    /// Check code to number of findings.
    findings: BTreeMap<&'static str, u64>,
    blocking: u64,
}

/// A survey instrument, and what of it an office should confirm.
#[derive(Serialize)]
struct InstrumentSeen {
    owner: &'static str,
    elements: usize,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    /// How sure it is as a whole: V, V2, C or O.
    mark: &'static str,
    /// How sure its bands are; null where none are verified.
    bands: Option<&'static str>,
    /// Remarks on what is second-hand.
    second_hand: Vec<String>,
}

impl InstrumentSeen {
    fn of(instrument: &Instrument) -> Self {
        let notes = instrument.notes.iter();
        let second_hand = notes.filter(|(mark, _)| *mark == SourceMark::SecondHand);
        let bands = Some(instrument.bands_mark.code());
        Self {
            owner: instrument.owner.code(),
            elements: instrument.elements.len(),
            valid_from: instrument.valid_from,
            valid_to: instrument.valid_to,
            mark: instrument.mark.code(),
            bands: bands.filter(|_| !instrument.bands.is_empty()),
            second_hand: second_hand.map(|(_, text)| text.clone()).collect(),
        }
    }

    /// Lines for people: what it is, what was not read in the text itself, what is not verified.
    fn lines(&self, code: &str) -> String {
        let from = match self.valid_to {
            Some(to) => format!("{} to {to}", self.valid_from),
            None => format!("from {}", self.valid_from),
        };
        let mut text = format!(
            "Instrument {code} ({}, {}): {} elements, {from}\n",
            self.owner, self.mark, self.elements
        );
        if self.bands.is_none() {
            text.push_str("  not verified: its bands; no grade is given\n");
        }
        for note in &self.second_hand {
            text.push_str(&format!("  second-hand: {note}\n"));
        }
        text
    }
}

/// Checks everything and prints the counts; exit code 3 where a finding would hold publication back, 2 where a query does not
/// deliver the contract.
///
/// # Errors
/// Wrong settings or standards; a source that cannot be read; a date outside the calendar.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    let office = Office::open(&shared.workspace)?;
    let zone = office.settings.office.zone;
    let as_of = as_of::or_now(arguments.as_of.as_deref(), zone)?;
    let kinds = kinds_in_use(&office)?;
    let wanted = Wanted {
        kinds: &kinds,
        ..office.wanted(as_of, None, &|_| ())
    };
    let examined = examine(&wanted)?;
    if examined.iter().any(|e| !e.differences.is_empty()) {
        return differs(&examined, arguments.json);
    }
    let mut read = office.read(shared, wanted)?;
    let records = office.seen(&mut read, as_of)?;
    let mut findings = snapshot::check(&records, zone);
    let options = ScoreOptions { as_of, pause: None };
    findings.extend(score_view(&records, &office.library, zone, options)?.findings);
    findings.extend(records.findings.iter().cloned());
    findings.extend(read.further.findings.iter().cloned());
    let checked = checked(&office, rows(&records, &read.further), &findings);
    if arguments.json {
        output::json(&checked)?;
    } else {
        output::print(&sentences(&checked))?;
        if arguments.findings {
            output::print(&listed(&findings))?;
        }
    }
    Ok(if checked.blocking > 0 {
        Exit::Held
    } else {
        Exit::Done
    })
}

/// Cases and steps, and of the other kinds those that have a source: a place of their own in the settings, a query of the
/// office's own, or the embedded store.
fn kinds_in_use(office: &Office) -> Result<Vec<ImportKind>, Failure> {
    let sources = &office.settings.sources;
    let mut kinds = Vec::new();
    for kind in ImportKind::ALL {
        let in_use = match sources.place(kind.code()) {
            _ if matches!(kind, ImportKind::Cases | ImportKind::Steps) => true,
            _ if sources.own.contains_key(kind.code()) => true,
            Place::Database(database) => {
                let dialect = database.address.dialect();
                let own = QueryText::load(&office.workspace, dialect, kind)?;
                own.sql != QueryText::shipped(dialect, kind).sql
            }
            Place::Store if kind == ImportKind::Followups => true,
            Place::Store | Place::Files { .. } => matches!(sources.default, Place::Store),
        };
        if in_use {
            kinds.push(kind);
        }
    }
    Ok(kinds)
}

/// Rows by kind; kinds without any are left out, but for cases and steps.
fn rows(records: &Snapshot, further: &Further) -> BTreeMap<&'static str, usize> {
    let mut rows = BTreeMap::from([
        ("responses", further.responses.len()),
        ("complaints", further.complaints.len()),
        ("staff", further.staff.len()),
        ("followups", further.followups.len()),
    ]);
    rows.retain(|_, n| *n > 0);
    rows.insert("cases", records.cases.len());
    rows.insert("steps", records.steps.len());
    rows
}

fn checked(office: &Office, rows: BTreeMap<&'static str, usize>, findings: &[Finding]) -> Checked {
    use chrono::Datelike;
    let calendar = &office.library.calendar;
    let (first, last) = calendar.range();
    let mut by_check = BTreeMap::new();
    for finding in findings {
        *by_check.entry(finding.check.code()).or_default() += 1;
    }
    let blocking = findings.iter().filter(|f| f.level == Level::Blocking);
    let services = office.library.services.iter();
    let unsettled = calendar.unsettled().into_iter();
    Checked {
        office: office.settings.office.name.clone(),
        standards: services
            .map(|(code, all)| (code.clone(), all.len()))
            .collect(),
        calendar: calendar.name.clone(),
        calendar_years: (first.year(), last.year()),
        unsettled_years: unsettled
            .map(|(year, status)| (year, word(status)))
            .collect(),
        instruments: office
            .instruments
            .by_code
            .iter()
            .map(|(code, instrument)| (code.clone(), InstrumentSeen::of(instrument)))
            .collect(),
        cases: rows.get("cases").copied().unwrap_or(0),
        steps: rows.get("steps").copied().unwrap_or(0),
        further: rows
            .into_iter()
            .filter(|(kind, _)| !["cases", "steps"].contains(kind))
            .collect(),
        findings: by_check,
        blocking: blocking.count() as u64,
    }
}

/// Tells every difference of every query from the contract; nothing can be read before they are mended.
fn differs(examined: &[Examined], json: bool) -> Result<Exit, Failure> {
    let wrong = examined.iter().filter(|e| !e.differences.is_empty());
    if json {
        output::json(&wrong.map(Differing::of).collect::<Vec<_>>())?;
        return Ok(Exit::Usage);
    }
    let mut text = String::new();
    for one in wrong {
        text.push_str(&format!(
            "{} ({}) does not deliver the contract:\n",
            one.query, one.source
        ));
        for d in &one.differences {
            text.push_str(&format!(
                "  column {}\n    found:  {}\n    wanted: {}\n    cure:   {}\n",
                d.column, d.found, d.wanted, d.cure
            ));
        }
    }
    output::print(&text)?;
    Ok(Exit::Usage)
}

/// A query that does not deliver the contract, for scripts.
#[derive(Serialize)]
struct Differing<'a> {
    query: &'a str,
    source: &'a str,
    rows_looked_at: u64,
    /// Column, found, wanted, cure.
    differences: Vec<[&'a str; 4]>,
}

impl<'a> Differing<'a> {
    fn of(one: &'a Examined) -> Self {
        let words = |d: &'a Difference| [&*d.column, &*d.found, &*d.wanted, &*d.cure];
        Self {
            query: &one.query,
            source: &one.source,
            rows_looked_at: one.rows,
            differences: one.differences.iter().map(words).collect(),
        }
    }
}

/// Every finding on a line of its own: level, check, key, message.
fn listed(findings: &[Finding]) -> String {
    let line = |f: &Finding| {
        let (level, check) = (f.level.code(), f.check.code());
        format!("{level}\t{check}\t{}\t{}\n", f.key, f.message)
    };
    findings.iter().map(line).collect()
}

fn word(status: YearStatus) -> &'static str {
    match status {
        YearStatus::Final => "final",
        YearStatus::Provisional => "provisional",
        YearStatus::WithoutHolidays => "without holidays",
    }
}

/// The counts as people read them; the words of each check are those of the reports.
fn sentences(c: &Checked) -> String {
    let mut text = format!("Office: {}\n", c.office);
    for (code, revisions) in &c.standards {
        text.push_str(&format!("Standard {code}: {revisions} revision(s)\n"));
    }
    let (first, last) = c.calendar_years;
    text.push_str(&format!("Calendar {}: {first}-{last}\n", c.calendar));
    for (year, status) in &c.unsettled_years {
        text.push_str(&format!("  {year}: {status}\n"));
    }
    for (code, instrument) in &c.instruments {
        text.push_str(&instrument.lines(code));
    }
    text.push_str(&format!("Records: {} cases, {} steps\n", c.cases, c.steps));
    for (kind, n) in &c.further {
        text.push_str(&format!("  {kind}: {n}\n"));
    }
    text.push_str("Findings:\n");
    for check in Check::ALL {
        if let Some(count) = c.findings.get(check.code()) {
            let (code, level) = (check.code(), check.level().code());
            text.push_str(&format!(
                "  {count:>6}  {level:<8}  {code}: {}\n",
                check.label()
            ));
        }
    }
    if c.blocking > 0 {
        text.push_str(&format!("{} of them hold publication back.\n", c.blocking));
    }
    text
}
