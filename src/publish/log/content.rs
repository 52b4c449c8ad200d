//! What stands in an event log: cases with their attributes, one event for each recorded start and completion.
//!
//! In: the snapshot as seen at `as_of`, scored cases. Out: an [`EventLog`] in its order: cases by `case_id`, events by time,
//! then starts before completions, then step and execution.
//!
//! - An instant that is not recorded gives no event. An execution with neither instant gives none at all; its case says
//!   how many such it has (`executions_without_time`). A case without events is in the log all the same.
//! - Instants are those recorded, to the microsecond, although counting cuts them to whole seconds: a log that was cut
//!   would not import back to the same records. Instants outside the calendar, which scoring reads as missing, are written
//!   too; so is the second of two events in one second.
//! - The start and the completion of an execution share `concept:instance`, which is unique in the log: case, step and
//!   execution. Rows that scoring joined as duplicates are one execution.
//! - Verdicts stand on the last event of their execution: its completion, or its start where it has no completion. Those
//!   of the whole case stand on the case. Names and values are those of `tepat score` (design.md).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::instant::Instant;
use crate::period::Period;
use crate::score::notes::Notes;
use crate::score::reading::Times;
use crate::score::table::{self, Table, Values};
use crate::score::{Execution, ScoredCase};
use crate::snapshot::{CaseRow, Snapshot, StepRow};
use crate::standard::Calendar;

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Whole(i64),
    YesNo(bool),
    /// UTC microseconds.
    Instant(i64),
}

/// Values in the order of a list of keys; None where there is none.
pub type Row = Vec<Option<Value>>;

/// Keys of a case, in order. The first eleven are the contract's.
pub const CASE_KEYS: [&str; 21] = [
    "concept:name",
    "service",
    "received_at",
    "requires_recommendation",
    "outcome",
    "closed_at",
    "applicant",
    "region",
    "channel",
    "due_on",
    "executions_without_time",
    "sop",
    "revision",
    "decided_at",
    "h_date",
    "deadline",
    "paused_days",
    "offset_days",
    "limit_days",
    "verdict",
    "days_over",
];

/// Keys of an event, in order.
pub const EVENT_KEYS: [&str; 18] = [
    "concept:name",
    "lifecycle:transition",
    "time:timestamp",
    "concept:instance",
    "org:resource",
    "step",
    "execution",
    "result",
    "clock",
    "h_date",
    "offset_days",
    "limit_days",
    "day_verdict",
    "service_seconds",
    "minutes_min",
    "minutes_max",
    "minute_verdict",
    "is_last",
];

/// Keys that every case has.
pub const CASE_GLOBALS: [&str; 5] = [
    "concept:name",
    "service",
    "requires_recommendation",
    "outcome",
    "verdict",
];

/// Keys that every event has.
pub const EVENT_GLOBALS: [&str; 6] = [
    "concept:name",
    "lifecycle:transition",
    "time:timestamp",
    "concept:instance",
    "step",
    "execution",
];

/// A case and its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCase {
    /// By [`CASE_KEYS`].
    pub attributes: Row,
    /// By [`EVENT_KEYS`].
    pub events: Vec<Row>,
}

/// What is said of the log as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Heading<'a> {
    pub office: &'a str,
    pub period: Period,
    pub as_of: Instant,
    pub zone: Tz,
    /// The office and its records are made up.
    pub is_synthetic: bool,
}

/// An event log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLog {
    pub attributes: Vec<(&'static str, Value)>,
    pub cases: Vec<LogCase>,
    /// Zone that instants are written in.
    pub zone: Tz,
    /// Executions that no event tells of.
    pub without_time: u64,
}

impl EventLog {
    /// Number of events.
    pub fn events(&self) -> usize {
        self.cases.iter().map(|c| c.events.len()).sum()
    }
}

/// The log of `listed`, which were scored from `seen`.
pub fn event_log(
    seen: &Snapshot,
    listed: &[&ScoredCase],
    calendar: &Calendar,
    heading: Heading,
) -> EventLog {
    let (of_cases, of_steps) = (table::cases(listed), table::steps(listed));
    let mut rows: BTreeMap<&str, &CaseRow> = BTreeMap::new();
    for row in &seen.cases {
        rows.entry(&row.case_id).or_insert(row);
    }
    let mut log = EventLog {
        attributes: attributes(heading),
        cases: Vec::with_capacity(listed.len()),
        zone: heading.zone,
        without_time: 0,
    };
    let times = Times::new(calendar, heading.zone);
    let mut first = 0;
    for (at, case) in listed.iter().enumerate() {
        let Some(row) = rows.get(case.case_id.as_str()) else {
            continue;
        };
        let recorded = Recorded::new(seen, case, &times);
        let without_time = recorded.without_time();
        log.without_time += without_time;
        log.cases.push(LogCase {
            attributes: case_row(row, case, &of_cases, at, without_time),
            events: events(case, &recorded, &of_steps, first),
        });
        first += case.executions.len();
    }
    log
}

fn attributes(heading: Heading) -> Vec<(&'static str, Value)> {
    let period = heading.period.to_string();
    let mut attributes = vec![
        ("concept:name", Value::Text(format!("tepat {period}"))),
        ("office", Value::Text(heading.office.to_owned())),
        ("period", Value::Text(period)),
        ("as_of", instant(heading.as_of)),
    ];
    if heading.is_synthetic {
        attributes.push(("synthetic", Value::YesNo(true)));
    }
    attributes
}

fn instant(t: Instant) -> Value {
    Value::Instant(t.utc_seconds() * 1_000_000)
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

fn case_row(row: &CaseRow, case: &ScoredCase, table: &Table, at: usize, untimed: u64) -> Row {
    let given = |key: &str| match key {
        "concept:name" => text(&row.case_id),
        "service" => text(&row.service),
        "received_at" => row.received_at.map(Value::Instant),
        "requires_recommendation" => Some(Value::YesNo(row.requires_recommendation)),
        "outcome" => text(row.outcome.code()),
        "closed_at" => row.closed_at.map(Value::Instant),
        "applicant" => row.applicant.as_deref().and_then(text),
        "region" => row.region.as_deref().and_then(text),
        "channel" => row.channel.as_deref().and_then(text),
        "due_on" => row.due_on.map(|d: NaiveDate| Value::Text(d.to_string())),
        "executions_without_time" => (untimed > 0).then_some(Value::Whole(untimed as i64)),
        "decided_at" => case.decided.map(instant),
        other => cell(table, other, at),
    };
    CASE_KEYS.map(given).into()
}

/// The value of a column of the score's own tables.
fn cell(table: &Table, name: &str, at: usize) -> Option<Value> {
    let (_, values) = table.columns.iter().find(|(column, _)| *column == name)?;
    match values {
        Values::Text(v) => v[at].clone().map(Value::Text),
        Values::Whole(v) => v[at].map(Value::Whole),
        Values::YesNo(v) => v[at].map(Value::YesNo),
    }
}

/// Start and completion of each execution of a case, as recorded.
struct Recorded(Vec<(Option<i64>, Option<i64>)>);

impl Recorded {
    /// Finds the row of each execution again: scoring keeps whole seconds only. Of rows it joined, the first is taken.
    fn new(seen: &Snapshot, case: &ScoredCase, recorded: &Times) -> Self {
        let from = seen.steps.partition_point(|s| s.case_id < case.case_id);
        let own = seen.steps[from..].partition_point(|s| s.case_id == case.case_id);
        let mut rows: Vec<&StepRow> = seen.steps[from..from + own].iter().collect();
        let read = |micros| recorded.read(micros, String::new, &mut Notes::unasked());
        let mut times = Vec::with_capacity(case.executions.len());
        for e in &case.executions {
            let found = rows.iter().position(|row| {
                row.step == e.step
                    && row.who() == e.officer.as_deref()
                    && row.result.as_deref() == e.result.as_deref()
                    && read(row.started_at) == e.started
                    && read(row.completed_at) == e.completed
            });
            let cut = |t: Option<Instant>| t.map(|t| t.utc_seconds() * 1_000_000);
            times.push(match found {
                Some(at) => {
                    let row = rows.remove(at);
                    (row.started_at, row.completed_at)
                }
                None => (cut(e.started), cut(e.completed)),
            });
        }
        Self(times)
    }

    fn without_time(&self) -> u64 {
        self.0.iter().filter(|t| **t == (None, None)).count() as u64
    }
}

/// The events of a case; `first` is the row of its first execution in the table of steps.
fn events(case: &ScoredCase, recorded: &Recorded, table: &Table, first: usize) -> Vec<Row> {
    let mut events = Vec::new();
    for (n, (execution, (started, completed))) in
        case.executions.iter().zip(&recorded.0).enumerate()
    {
        let at = first + n;
        for (micros, transition) in [(started, "start"), (completed, "complete")] {
            let Some(micros) = *micros else { continue };
            let is_final = transition == "complete" || completed.is_none();
            let event = Event {
                case,
                execution,
                micros,
                transition,
                is_final,
            };
            let order = (
                micros,
                transition == "complete",
                execution.step,
                execution.number,
            );
            events.push((order, event.row(table, at)));
        }
    }
    events.sort_by_key(|(order, _)| *order);
    events.into_iter().map(|(_, row)| row).collect()
}

struct Event<'a> {
    case: &'a ScoredCase,
    execution: &'a Execution,
    micros: i64,
    transition: &'static str,
    /// The last event of its execution, which carries the verdicts.
    is_final: bool,
}

impl Event<'_> {
    fn row(&self, table: &Table, at: usize) -> Row {
        let e = self.execution;
        let given = |key: &str| match key {
            "concept:name" => Some(Value::Text(activity(self.case, e.step))),
            "lifecycle:transition" => text(self.transition),
            "time:timestamp" => Some(Value::Instant(self.micros)),
            "concept:instance" => Some(Value::Text(format!(
                "{}/{}/{}",
                self.case.case_id, e.step, e.number
            ))),
            "org:resource" => e.officer.as_deref().and_then(text),
            "step" | "execution" => cell(table, key, at),
            "result" => e.result.as_deref().and_then(text).filter(|_| self.is_final),
            other => cell(table, other, at).filter(|_| self.is_final),
        };
        EVENT_KEYS.map(given).into()
    }
}

/// Number and short title of a step, so that names sort in the order of the standard.
fn activity(case: &ScoredCase, step: i32) -> String {
    let standard = case.standard.as_ref();
    match standard.and_then(|s| s.steps.get(&step)) {
        Some(known) => format!("{step:02} {}", known.title),
        None => format!("{step:02} (tidak ada dalam standar)"),
    }
}
