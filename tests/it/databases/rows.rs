//! The rows every database is loaded with: the demo's synthetic office, and below it dirt that offices have and that the
//! demo has not.
//!
//! Only what every spelling of types can hold: times from 1970 to 2037, since MariaDB's TIMESTAMP ends there.

use chrono::NaiveDate;
use tepat::demo::{Plan, generate};
use tepat::snapshot::{CaseRow, Outcome, StepRow};

use crate::support;

/// A value before it is spelt in the types of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Text(String),
    Whole(i64),
    YesNo(bool),
    /// UTC microseconds.
    Instant(i64),
    Date(NaiveDate),
}

/// The columns of the two tables, in the order of the values.
pub const CASE_COLUMNS: [&str; 10] = [
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
pub const STEP_COLUMNS: [&str; 6] = [
    "case_id",
    "step",
    "officer",
    "started_at",
    "completed_at",
    "result",
];

/// An id that harms whoever puts values into SQL.
pub const INJECTION: &str = "'; DROP TABLE cases; --";

/// What stands in `cases` and `steps`.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    pub cases: Vec<[Value; 10]>,
    pub steps: Vec<[Value; 6]>,
}

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn maybe<T>(value: Option<T>, make: impl FnOnce(T) -> Value) -> Value {
    value.map_or(Value::Null, make)
}

impl Rows {
    /// The synthetic office: `cases_per_month` over `months` from January 2024 on.
    pub fn synthetic(cases_per_month: i64, months: u32) -> Self {
        let plan = Plan {
            cases_per_month,
            months,
            ..Plan::default()
        };
        let data = generate(&support::calendar(), &plan).expect("a plan inside the calendar");
        let mut rows = Self::default();
        data.cases.iter().for_each(|c| rows.case(c));
        data.steps.iter().for_each(|s| rows.step(s));
        rows
    }

    pub fn case(&mut self, row: &CaseRow) {
        self.cases.push([
            text(&row.case_id),
            text(&row.service),
            maybe(row.received_at, Value::Instant),
            Value::YesNo(row.requires_recommendation),
            text(row.outcome.code()),
            maybe(row.closed_at, Value::Instant),
            maybe(row.applicant.clone(), Value::Text),
            maybe(row.region.clone(), Value::Text),
            maybe(row.channel.clone(), Value::Text),
            maybe(row.due_on, Value::Date),
        ]);
    }

    pub fn step(&mut self, row: &StepRow) {
        self.steps.push([
            text(&row.case_id),
            Value::Whole(row.step.into()),
            maybe(row.officer.clone(), Value::Text),
            maybe(row.started_at, Value::Instant),
            maybe(row.completed_at, Value::Instant),
            maybe(row.result.clone(), Value::Text),
        ]);
    }

    /// A case with one registration at `received` (office time), closed ten days later where `closed`.
    pub fn plain(&mut self, case_id: &str, received: &str, closed: bool) {
        let at = support::micros(received);
        let end = at + 10 * 86_400_000_000;
        self.case(&CaseRow {
            case_id: case_id.to_owned(),
            service: "SOP-CONTOH-01".to_owned(),
            received_at: Some(at),
            requires_recommendation: false,
            outcome: if closed {
                Outcome::Issued
            } else {
                Outcome::Open
            },
            closed_at: closed.then_some(end),
            applicant: None,
            region: None,
            channel: None,
            due_on: None,
        });
        self.step(&StepRow {
            case_id: case_id.to_owned(),
            step: 6,
            started_at: Some(at),
            completed_at: Some(at + 300_000_000),
            officer: Some("Petugas A-01".to_owned()),
            result: None,
        });
    }

    /// The synthetic office with everything below.
    pub fn dirty(cases_per_month: i64, months: u32) -> Self {
        let mut rows = Self::synthetic(cases_per_month, months);
        rows.near_ids();
        rows.texts();
        rows.fractions();
        rows.broken();
        rows.doubles();
        rows
    }

    /// Ids that a collation might take for one, or that are SQL.
    fn near_ids(&mut self) {
        for id in [
            "A-1",
            "a-1",
            "Á-1",
            "ss-1",
            "ß-1",
            "i-1",
            "ı-1",
            "e\u{301}-1",
            "é-1",
            "01",
            "1",
            "1e0",
            "0x31",
            "null",
            "NULL",
            "Ⅸ",
            "🏛-1",
            "\\",
            "%",
            "_",
            "\\'",
            "''",
            "\"x\"",
            "`x`",
            "$1",
            "?",
            ":since",
            INJECTION,
        ] {
            self.plain(id, "2026-05-04 09:00", false);
        }
    }

    /// Texts in the columns that hold any.
    fn texts(&mut self) {
        let long = "panjang é🏛 ".repeat(6_000);
        for (number, word) in [
            "",
            " ",
            "\t\n ",
            "\u{a0}",
            " tepi ",
            "baris\nkedua\r\ntab\t.",
            "O'Neil \"Kopi\" \\n \\",
            "𠮷野家",
            "نص",
            "e\u{301} dan é",
            "\u{feff}bom",
            "👩‍👩‍👧",
            "\u{1}\u{7f}\u{85}",
            "NULL",
            "a;b--c/*d*/#e",
            "{ts '2026-01-01'}",
            &long,
        ]
        .iter()
        .enumerate()
        {
            let id = format!("TEKS-{number:02}");
            self.plain(&id, "2026-05-05 10:00", true);
            let case = self.cases.last_mut().expect("the row just made");
            case[6] = text(word);
            case[7] = text(word);
            case[8] = text("Loket");
            case[9] = Value::Date(support::date("2026-06-30"));
            let step = self.steps.last_mut().expect("the row just made");
            step[2] = text(word);
            step[5] = text(word);
        }
    }

    /// Parts of a second, and the edges of what all types can hold.
    fn fractions(&mut self) {
        let second = support::micros("2026-05-06 08:15:30");
        let edges = [
            support::micros("1970-01-02 00:00"),
            support::micros("2037-12-31 23:59:59") + 999_999,
            // The hours that the servers' own zone repeats and skips.
            support::micros("2025-11-02 11:15"),
            support::micros("2025-11-02 12:15"),
            support::micros("2026-03-08 13:45"),
            support::micros("2024-02-29 12:00"),
        ];
        let fractions = [0, 1, 10, 999, 1_000, 250_000, 500_000, 999_999].map(|f| second + f);
        for (number, at) in fractions.into_iter().chain(edges).enumerate() {
            let id = format!("WAKTU-{number:02}");
            self.plain(&id, "2026-05-06 08:00", false);
            let step = self.steps.last_mut().expect("the row just made");
            step[3] = Value::Instant(at);
            step[4] = Value::Instant(at + 1);
        }
    }

    /// Rows that break the contract: each a finding, none lost.
    fn broken(&mut self) {
        for (at, value) in [
            (0, Value::Null),
            (0, text("  ")),
            (1, Value::Null),
            (1, text("")),
            (3, Value::Null),
            (4, Value::Null),
        ] {
            self.plain(&format!("RUSAK-{at}"), "2026-05-07 09:00", false);
            let case = self.cases.last_mut().expect("the row just made");
            case[at] = value;
        }
        let steps = [(0, Value::Null), (0, text("\t")), (1, Value::Null)];
        for (number, (at, value)) in steps.into_iter().enumerate() {
            self.plain(&format!("LANGKAH-{number}"), "2026-05-07 10:00", false);
            let mut step = self.steps.last().expect("the row just made").clone();
            step[at] = value;
            self.steps.push(step);
        }
        self.plain("TANPA-WAKTU", "2026-05-07 11:00", false);
        self.cases.last_mut().expect("the row just made")[2] = Value::Null;
        let step = self.steps.last_mut().expect("the row just made");
        (step[2], step[3], step[4]) = (Value::Null, Value::Null, Value::Null);
        self.plain("LAYANAN-LAIN", "2026-05-07 12:00", false);
        self.cases.last_mut().expect("the row just made")[1] = text("SOP-TIDAK-ADA");
    }

    /// A step recorded twice: a finding, while a case twice would hold publication back.
    fn doubles(&mut self) {
        self.plain("GANDA", "2026-05-08 09:00", true);
        self.steps.extend(self.steps.last().cloned());
    }
}
