//! `tepat import --dry-run`: how files would be read, and nothing stored.
//!
//! In: files, an office's zone. Out: what was detected, what feeds which column, the first rows as understood, counts and
//! findings of the whole files. No store is opened.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Arguments, blanks, listed};
use crate::cli::{Exit, Failure, Shared, output};
use crate::instant::Instant;
use crate::source::files::columns::Feed;
use crate::source::files::mapping::Mapping;
use crate::source::files::read_as::ReadAs;
use crate::source::files::{ParsedFile, Task, preview, preview_log};
use crate::source::{ImportError, ImportKind, instruments, log_mapping};
use crate::standard::instrument::Instruments;

/// Rows that are shown.
const ROWS: usize = 5;
/// Findings that are printed; all are in the JSON.
const FINDINGS: usize = 10;

/// One row as understood: contract column to value, instants in office time with their offset.
type Row = Vec<(String, Value)>;

/// One file, for scripts.
#[derive(Serialize)]
struct File {
    file: String,
    kind: &'static str,
    sha256: String,
    read_as: String,
    detected: ReadAs,
    columns: Vec<Feed>,
    ignored_columns: Vec<String>,
    first_rows: Vec<BTreeMap<String, Value>>,
    rows: u64,
    rejected: u64,
    /// Of a survey: element code to how many asked left it blank.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    blank_answers: BTreeMap<String, u64>,
    /// All of them, in Indonesian as the reports print them.
    findings: Vec<String>,
}

/// Reads all files and says what an import would see.
///
/// # Errors
/// As an import: a file or mapping that cannot be read.
pub(super) fn run(
    arguments: &Arguments,
    shared: &Shared,
    zone: Tz,
    now: Instant,
) -> Result<Exit, Failure> {
    let progress = output::spinner(shared, "reading");
    let asked = match arguments.kind.rows() {
        Some(kind) => instruments(&shared.workspace, kind)?,
        None => Instruments::default(),
    };
    let parsed = previews(arguments, &asked, zone, now, &|rows| progress.inc(rows))?;
    progress.finish_and_clear();
    let all_rejected = parsed
        .iter()
        .any(|(_, f)| f.rows > 0 && f.rejected == f.rows);
    if arguments.json {
        let of = |(kind, f)| File::of(kind, f, zone);
        output::json(&parsed.into_iter().map(of).collect::<Vec<_>>())?;
    } else {
        let of = |(kind, f): &(ImportKind, ParsedFile)| sentences(f, *kind, zone);
        let text: String = parsed.iter().map(of).collect();
        output::print(&format!("{text}Dry run: nothing was stored.\n"))?;
    }
    Ok(match all_rejected {
        true => Exit::Incomplete,
        false => Exit::Done,
    })
}

/// The first rows of all files; of a log, those of its cases and those of its steps.
fn previews(
    arguments: &Arguments,
    asked: &Instruments,
    zone: Tz,
    now: Instant,
    progress: &dyn Fn(u64),
) -> Result<Vec<(ImportKind, ParsedFile)>, ImportError> {
    let kind = arguments.kind.rows();
    let mapping = arguments.mapping.as_deref().map(|path| match kind {
        Some(_) => Mapping::load(path),
        None => log_mapping(path),
    });
    let mapping = mapping.transpose()?;
    let mapping = mapping.as_ref();
    let micros = now.utc_seconds() * 1_000_000;
    let mut parsed = Vec::new();
    for path in &arguments.files {
        match kind {
            Some(kind) => {
                let task = Task::new(kind, mapping, zone, micros).asked(asked);
                let file = preview(path, task, ROWS, progress)?;
                parsed.push((kind, file));
            }
            None => {
                let task = Task::new(ImportKind::Cases, mapping, zone, micros);
                let both = preview_log(path, task, ROWS, progress)?;
                parsed.extend([ImportKind::Cases, ImportKind::Steps].into_iter().zip(both));
            }
        }
    }
    Ok(parsed)
}

impl File {
    fn of(kind: ImportKind, parsed: ParsedFile, zone: Tz) -> Self {
        let rows = first_rows(&parsed, zone);
        Self {
            kind: kind.code(),
            first_rows: rows
                .into_iter()
                .map(|row| row.into_iter().collect())
                .collect(),
            read_as: parsed.read_as.to_string(),
            detected: parsed.read_as,
            columns: parsed.feeds,
            ignored_columns: parsed.ignored,
            rows: parsed.rows,
            rejected: parsed.rejected,
            findings: parsed
                .findings
                .iter()
                .map(|f| format!("{}: {}", f.finding.key, f.finding.message))
                .collect(),
            blank_answers: parsed.blank.into_iter().collect(),
            file: parsed.name,
            sha256: parsed.sha256,
        }
    }
}

fn sentences(file: &ParsedFile, kind: ImportKind, zone: Tz) -> String {
    let mut text = format!(
        "{}: {} rows of {}: {} could be read, {} rejected, {} findings\n  read as: {}\n",
        file.name,
        file.rows,
        kind.code(),
        file.rows - file.rejected,
        file.rejected,
        file.findings.len(),
        file.read_as
    );
    for feed in &file.feeds {
        text.push_str(&format!("  {} <- {}\n", feed.column, feed.from));
    }
    text.push_str(&blanks(&file.blank));
    if !file.ignored.is_empty() {
        text.push_str(&format!("  columns not read: {}\n", listed(&file.ignored)));
    }
    for (n, row) in (1..).zip(first_rows(file, zone)) {
        let values: Vec<String> = row
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| match value {
                Value::String(text) => format!("{name} {text:?}"),
                other => format!("{name} {other}"),
            })
            .collect();
        text.push_str(&format!("  row {n}: {}\n", values.join(", ")));
    }
    for found in file.findings.iter().take(FINDINGS) {
        let finding = &found.finding;
        text.push_str(&format!("  {}: {}\n", finding.key, finding.message));
    }
    if file.findings.len() > FINDINGS {
        text.push_str("  ... (`--json` lists all)\n");
    }
    text
}

/// The first rows of whatever kind the file holds.
fn first_rows(file: &ParsedFile, zone: Tz) -> Vec<Row> {
    let at = |t: Option<i64>| t.map(|t| Instant::from_utc_micros(t, zone).to_iso());
    let cases = file.cases.iter().map(|r| {
        json!({"case_id": r.case_id, "service": r.service, "received_at": at(r.received_at),
            "requires_recommendation": r.requires_recommendation, "outcome": r.outcome.code(),
            "closed_at": at(r.closed_at), "applicant": r.applicant, "region": r.region,
            "channel": r.channel, "due_on": r.due_on})
    });
    let steps = file.steps.iter().map(|r| {
        json!({"case_id": r.row.case_id, "step": r.row.step, "officer": r.row.officer,
            "started_at": at(r.row.started_at), "completed_at": at(r.row.completed_at),
            "result": r.row.result, "row_id": r.row_id})
    });
    let responses = file.responses.iter().map(|r| json!(r));
    let complaints = file.complaints.iter().map(|r| {
        json!({"complaint_id": r.complaint_id, "service": r.service, "channel": r.channel,
            "received_at": at(r.received_at), "responded_at": at(r.responded_at),
            "resolved_at": at(r.resolved_at), "category": r.category})
    });
    let staff = file.staff.iter().map(|r| json!(r));
    let followups = file.followups.iter().map(|r| json!(r));
    let all = cases
        .chain(steps)
        .chain(responses)
        .chain(complaints)
        .chain(staff)
        .chain(followups);
    all.take(ROWS).map(|row| in_order(&row, file)).collect()
}

/// The values in the order of the file's feeds, where they are columns of the contract; then the others.
fn in_order(row: &Value, file: &ParsedFile) -> Row {
    let mut values: BTreeMap<String, Value> = row
        .as_object()
        .map(|o| o.iter().map(|(k, v)| (k.clone(), v.clone())).collect())
        .unwrap_or_default();
    let mut ordered: Row = Vec::new();
    for feed in &file.feeds {
        ordered.extend(values.remove_entry(&feed.column));
    }
    ordered.extend(values);
    ordered
}
