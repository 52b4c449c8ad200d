//! Rows of one case read into executions: instants in the office's time, equal rows joined, executions numbered.
//!
//! scoring.md, section 2 (instants outside the calendar) and section 3 (executions).

use chrono_tz::Tz;

use crate::finding::{Check, Finding};
use crate::format::date_time_exact as when;
use crate::instant::Instant;
use crate::snapshot::StepRow;
use crate::standard::Calendar;

/// One execution before any verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    pub step: i32,
    pub number: u32,
    pub started: Option<Instant>,
    pub completed: Option<Instant>,
    pub officer: Option<String>,
    pub result: Option<String>,
}

impl Raw {
    /// Whether the row has any instant.
    pub fn has_instant(&self) -> bool {
        self.started.is_some() || self.completed.is_some()
    }

    /// Its start, or its completion where the start is missing.
    pub fn begin(&self) -> Option<Instant> {
        self.started.or(self.completed)
    }

    /// The order executions are numbered in: start (completion where the start is missing), then completion, then officer;
    /// what is missing comes last.
    fn order(&self) -> impl Ord + '_ {
        (
            last_if_none(self.begin()),
            last_if_none(self.completed),
            last_if_none(self.officer.as_deref()),
            last_if_none(self.result.as_deref()),
            // Rows that differ in nothing else but a missing start must not stand between equal ones.
            last_if_none(self.started),
        )
    }
}

fn last_if_none<T: Ord>(value: Option<T>) -> (bool, Option<T>) {
    (value.is_none(), value)
}

/// Reads microseconds into the office's time; a date outside the calendar's years is a finding and reads as missing.
pub fn instant(
    micros: Option<i64>,
    zone: Tz,
    calendar: &Calendar,
    key: &str,
    findings: &mut Vec<Finding>,
) -> Option<Instant> {
    let t = Instant::from_utc_micros(micros?, zone);
    if calendar.covers(t.date()) {
        return Some(t);
    }
    let (first, last) = calendar.range();
    findings.push(Finding::new(
        Check::InstantOutsideCalendar,
        key,
        format!(
            "Waktu {} berada di luar kalender ({} s.d. {}) dan diperlakukan sebagai kosong.",
            when(t),
            first.format("%Y"),
            last.format("%Y")
        ),
    ));
    None
}

/// Reads the rows of one case, joins equal ones and numbers the executions of each step. Ordered by step and number.
pub fn executions(
    rows: &[StepRow],
    zone: Tz,
    calendar: &Calendar,
    findings: &mut Vec<Finding>,
) -> Vec<Raw> {
    let mut read: Vec<Raw> = rows
        .iter()
        .map(|row| {
            let key = format!("{}/{}", row.case_id, row.step);
            Raw {
                step: row.step,
                number: 0,
                started: instant(row.started_at, zone, calendar, &key, findings),
                completed: instant(row.completed_at, zone, calendar, &key, findings),
                officer: row.officer.clone(),
                result: row.result.clone(),
            }
        })
        .collect();
    read.sort_by(|a, b| a.step.cmp(&b.step).then_with(|| a.order().cmp(&b.order())));
    let before = read.len();
    let mut doubled: Vec<(i32, Option<Instant>)> = Vec::new();
    read.dedup_by(|later, kept| {
        let same = later == kept;
        if same {
            doubled.push((kept.step, kept.begin()));
        }
        same
    });
    debug_assert_eq!(before, read.len() + doubled.len());
    if let Some(case_id) = rows.first().map(|r| r.case_id.as_str()) {
        findings.extend(doubled.into_iter().map(|(step, begin)| {
            let time = begin.map_or("tanpa waktu".to_owned(), |t| {
                format!("pukul catat {}", when(t))
            });
            Finding::new(
                Check::DuplicateRow,
                format!("{case_id}/{step}"),
                format!("Baris langkah {step} ({time}) tercatat ganda dan dihitung satu kali."),
            )
        }));
    }
    let mut previous = (i32::MIN, 0);
    for row in &mut read {
        let number = if row.step == previous.0 {
            previous.1 + 1
        } else {
            1
        };
        row.number = number;
        previous = (row.step, number);
    }
    read
}
