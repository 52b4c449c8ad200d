//! What the store needs to know of a kind of row: its table, its identity, its way in and out of SQLite.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteRow};
use sqlx::{Error, Row};

use crate::finding::Finding;
use crate::format::date_time_exact;
use crate::instant::Instant;
use crate::snapshot::{CaseRow, Outcome, StepRow};
use crate::source::row::{ImportKind, StepRecord};

/// A statement that values are bound to.
pub type Statement<'q> = Query<'q, Sqlite, SqliteArguments>;

/// A row the store keeps. Its order is total; rows of one identity stand together in [`Record::by_identity`].
pub trait Record: Ord + Clone + Send {
    /// What equal rows share in memory.
    type Sharing: Default;
    const KIND: ImportKind;
    /// Table and columns, in the order of [`Record::bind`].
    const TABLE: &'static str;
    /// The column of [`Record::subject`].
    const SUBJECT: &'static str;
    const COLUMNS: &'static [&'static str];

    /// What the row is about: its case, or what else rows of its kind are looked up by. Rows of one identity have one
    /// subject, unless they have a [`Record::row_id`].
    fn subject(&self) -> &str;
    /// The source's own number of the row, which may move from case to case.
    fn row_id(&self) -> Option<&str> {
        None
    }
    /// Orders by identity alone; equal means: one corrects the other (see [`super`]).
    fn by_identity(&self, other: &Self) -> Ordering;
    /// Takes rows of a file together that are one, and says so; the rows are in any order.
    fn once(_rows: &mut Vec<Self>) -> Vec<Finding> {
        Vec::new()
    }
    /// Whether `new` bears this row's identity by mistake: it is of something else.
    fn is_another(&self, _new: &Self) -> bool {
        false
    }
    /// Binds the columns. The row is used up: its texts go to the database as they are.
    fn bind<'q>(self, statement: Statement<'q>) -> Statement<'q>;
    /// Reads the columns, which begin at `first`.
    fn read(row: &SqliteRow, first: usize, sharing: &mut Self::Sharing) -> Result<Self, Error>;
    /// The contract's columns, for the record of a replaced row.
    fn content(&self) -> Value;
    /// The row's place in words, for a finding.
    fn place(&self, zone: chrono_tz::Tz) -> String;
}

impl Record for CaseRow {
    type Sharing = ();
    const KIND: ImportKind = ImportKind::Cases;
    const TABLE: &'static str = "cases";
    const SUBJECT: &'static str = "case_id";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "service",
        "received_at",
        "requires_recommendation",
        "outcome",
        "closed_at",
        "applicant",
        "region",
        "channel",
        "due_on",
    ];

    fn subject(&self) -> &str {
        &self.case_id
    }

    fn by_identity(&self, other: &Self) -> Ordering {
        self.case_id.cmp(&other.case_id)
    }

    fn bind<'q>(self, statement: Statement<'q>) -> Statement<'q> {
        statement
            .bind(self.case_id)
            .bind(self.service)
            .bind(self.received_at)
            .bind(i64::from(self.requires_recommendation))
            .bind(self.outcome.code())
            .bind(self.closed_at)
            .bind(self.applicant)
            .bind(self.region)
            .bind(self.channel)
            .bind(self.due_on.map(|d| d.to_string()))
    }

    fn read(row: &SqliteRow, first: usize, (): &mut ()) -> Result<Self, Error> {
        let outcome: &str = row.try_get(first + 4)?;
        let due_on: Option<&str> = row.try_get(first + 9)?;
        Ok(Self {
            case_id: row.try_get(first)?,
            service: row.try_get(first + 1)?,
            received_at: row.try_get(first + 2)?,
            requires_recommendation: row.try_get::<i64, _>(first + 3)? != 0,
            outcome: Outcome::from_code(outcome)
                .ok_or_else(|| Error::Decode(format!("unknown outcome {outcome:?}").into()))?,
            closed_at: row.try_get(first + 5)?,
            applicant: row.try_get(first + 6)?,
            region: row.try_get(first + 7)?,
            channel: row.try_get(first + 8)?,
            due_on: due_on
                .map(str::parse)
                .transpose()
                .map_err(|e| Error::Decode(Box::new(e)))?,
        })
    }

    fn content(&self) -> Value {
        json!({
            "case_id": self.case_id,
            "service": self.service,
            "received_at": self.received_at,
            "requires_recommendation": self.requires_recommendation,
            "outcome": self.outcome.code(),
            "closed_at": self.closed_at,
            "applicant": self.applicant,
            "region": self.region,
            "channel": self.channel,
            "due_on": self.due_on.map(|d| d.to_string()),
        })
    }

    fn place(&self, _zone: chrono_tz::Tz) -> String {
        format!("berkas {}", self.case_id)
    }
}

/// Identity of a step row: the source's own number, else case, step and start, else completion, else none.
fn step_identity(record: &StepRecord) -> (Option<&str>, &str, i32, u8, i64) {
    let row = &record.row;
    if let Some(id) = &record.row_id {
        return (Some(id), "", 0, 0, 0);
    }
    let (kind, instant) = match (row.started_at, row.completed_at) {
        (Some(started), _) => (1, started),
        (None, Some(completed)) => (2, completed),
        (None, None) => (3, 0),
    };
    (None, &row.case_id, row.step, kind, instant)
}

impl Record for StepRecord {
    type Sharing = ();
    const KIND: ImportKind = ImportKind::Steps;
    const TABLE: &'static str = "steps";
    const SUBJECT: &'static str = "case_id";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "step",
        "started_at",
        "completed_at",
        "officer",
        "result",
        "row_id",
    ];

    fn subject(&self) -> &str {
        &self.row.case_id
    }

    fn row_id(&self) -> Option<&str> {
        self.row_id.as_deref()
    }

    fn by_identity(&self, other: &Self) -> Ordering {
        step_identity(self).cmp(&step_identity(other))
    }

    fn bind<'q>(self, statement: Statement<'q>) -> Statement<'q> {
        statement
            .bind(self.row.case_id)
            .bind(i64::from(self.row.step))
            .bind(self.row.started_at)
            .bind(self.row.completed_at)
            .bind(self.row.officer)
            .bind(self.row.result)
            .bind(self.row_id)
    }

    fn read(row: &SqliteRow, first: usize, (): &mut ()) -> Result<Self, Error> {
        Ok(Self {
            row: StepRow {
                case_id: row.try_get(first)?,
                step: row.try_get(first + 1)?,
                started_at: row.try_get(first + 2)?,
                completed_at: row.try_get(first + 3)?,
                officer: row.try_get(first + 4)?,
                result: row.try_get(first + 5)?,
            },
            row_id: row.try_get(first + 6)?,
        })
    }

    fn content(&self) -> Value {
        json!({
            "case_id": self.row.case_id,
            "step": self.row.step,
            "started_at": self.row.started_at,
            "completed_at": self.row.completed_at,
            "officer": self.row.officer,
            "result": self.row.result,
            "row_id": self.row_id,
        })
    }

    fn place(&self, zone: chrono_tz::Tz) -> String {
        let when = match (self.row.started_at, self.row.completed_at) {
            (Some(t), _) => format!(
                " (mulai {})",
                date_time_exact(Instant::from_utc_micros(t, zone))
            ),
            (None, Some(t)) => format!(
                " (selesai {})",
                date_time_exact(Instant::from_utc_micros(t, zone))
            ),
            (None, None) => String::new(),
        };
        format!(
            "berkas {} langkah {}{when}",
            self.row.case_id, self.row.step
        )
    }
}

/// Whether a new content corrects the old one: it changes or empties what was recorded. A case that goes on, with times
/// filled in and an outcome in place of `open`, is corrected by nobody.
pub fn corrects(old: &Value, new: &Value) -> bool {
    let Some(columns) = old.as_object() else {
        return true;
    };
    columns.iter().any(|(name, before)| {
        let went_on = before.is_null() || (name == "outcome" && before == Outcome::Open.code());
        !went_on && new.get(name) != Some(before)
    })
}

/// The columns in which two contents differ, in words: `officer “A” menjadi “B”`; in a group of values each by its name.
pub fn changes(old: &Value, new: &Value, zone: chrono_tz::Tz) -> String {
    let empty = Map::new();
    let (old, new) = (
        old.as_object().unwrap_or(&empty),
        new.as_object().unwrap_or(&empty),
    );
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut parts = Vec::new();
    for name in names {
        let value = |of: &Map<String, Value>| of.get(name).cloned().unwrap_or(Value::Null);
        let (before, after) = (value(old), value(new));
        if before == after {
            continue;
        }
        if before.is_object() {
            parts.push(changes(&before, &after, zone));
            continue;
        }
        let words = |v: &Value| value_words(name, v, zone);
        parts.push(format!(
            "{name} {} menjadi {}",
            words(&before),
            words(&after)
        ));
    }
    parts.join("; ")
}

/// Columns of local dates.
const DATES: [&str; 6] = [
    "due_on",
    "answered_on",
    "from",
    "until",
    "by_when",
    "done_on",
];

fn value_words(name: &str, value: &Value, zone: chrono_tz::Tz) -> String {
    match value {
        Value::Null => "kosong".to_owned(),
        Value::Bool(true) => "ya".to_owned(),
        Value::Bool(false) => "tidak".to_owned(),
        Value::Number(n) => match n.as_i64() {
            Some(micros) if name.ends_with("_at") => {
                date_time_exact(Instant::from_utc_micros(micros, zone))
            }
            _ => n.to_string(),
        },
        Value::String(text) => match text.parse() {
            Ok(date) if DATES.contains(&name) => crate::format::date(date),
            _ => format!("“{text}”"),
        },
        other => other.to_string(),
    }
}
