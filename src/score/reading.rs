//! Rows of one case read into executions: instants in the office's time, equal rows joined, executions numbered.
//!
//! scoring.md, section 2 (instants outside the calendar) and section 3 (executions).

use chrono_tz::Tz;

use crate::finding::{Check, Finding};
use crate::format::date_time_exact as when;
use crate::instant::{Day, Instant, Offsets, day_of};
use crate::name::Namer;
use crate::score::notes::Notes;
use crate::score::{DayVerdict, Execution, MinuteVerdict};
use crate::snapshot::StepRow;
use crate::standard::Calendar;

/// Reads instants into the office's time.
#[derive(Debug)]
pub struct Times<'a> {
    calendar: &'a Calendar,
    offsets: Offsets,
    /// First and last day that the calendar covers.
    first: Day,
    last: Day,
}

impl<'a> Times<'a> {
    pub fn new(calendar: &'a Calendar, zone: Tz) -> Self {
        let (first, last) = calendar.range();
        let (first, last) = (day_of(first), day_of(last));
        Self {
            calendar,
            offsets: Offsets::of(zone, first..last + 1),
            first,
            last,
        }
    }

    /// Reads microseconds; a date outside the calendar's years is a finding on `key`, and reads as missing.
    pub fn read(
        &self,
        micros: Option<i64>,
        key: impl FnOnce() -> String,
        notes: &mut Notes,
    ) -> Option<Instant> {
        let t = self.offsets.instant(micros?);
        if (self.first..=self.last).contains(&t.day()) {
            return Some(t);
        }
        let (first, last) = self.calendar.range();
        notes.add(|| {
            Finding::new(
                Check::InstantOutsideCalendar,
                key(),
                format!(
                    "Waktu {} berada di luar kalender ({} s.d. {}) dan diperlakukan sebagai kosong.",
                    when(t),
                    first.format("%Y"),
                    last.format("%Y")
                ),
            )
        });
        None
    }
}

/// Reads the rows of one case, joins equal ones and numbers the executions of each step. Ordered by step and number, not yet
/// judged.
pub fn executions<'a>(
    rows: &'a [StepRow],
    times: &Times,
    namer: &mut Namer<'a>,
    notes: &mut Notes,
) -> Vec<Execution> {
    let mut read: Vec<Execution> = Vec::with_capacity(rows.len());
    for row in rows {
        let key = || format!("{}/{}", row.case_id, row.step);
        read.push(Execution {
            officer: row.who().map(|text| namer.name(text)),
            started: times.read(row.started_at, key, notes),
            completed: times.read(row.completed_at, key, notes),
            result: row.result.as_deref().map(|text| namer.name(text)),
            ..unjudged(row.step)
        });
    }
    read.sort_by(|a, b| {
        a.step
            .cmp(&b.step)
            .then_with(|| numbering(a).cmp(&numbering(b)))
    });
    read.dedup_by(|later, kept| {
        let same = is_same_row(later, kept);
        if same {
            let case_id = rows.first().map_or("", |r| r.case_id.as_str());
            notes.add(|| doubled(case_id, kept));
        }
        same
    });
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

/// An execution of a step before anything is known of it.
fn unjudged(step: i32) -> Execution {
    Execution {
        step,
        number: 0,
        officer: None,
        started: None,
        completed: None,
        result: None,
        clock: None,
        h: None,
        offset: None,
        limit: None,
        deadline: None,
        expires: None,
        day: DayVerdict::NoStandard,
        service_seconds: None,
        minute: MinuteVerdict::NoStandard,
        is_last: false,
        sent_back_by: None,
    }
}

/// The order executions are numbered in: start (completion where the start is missing), then completion, then officer; what is
/// missing comes last.
fn numbering(e: &Execution) -> impl Ord {
    (
        last_if_none(e.begin()),
        last_if_none(e.completed),
        last_if_none(e.officer),
        last_if_none(e.result),
        // Rows that differ in nothing else but a missing start must not stand between equal ones.
        last_if_none(e.started),
    )
}

fn last_if_none<T: Ord>(value: Option<T>) -> (bool, Option<T>) {
    (value.is_none(), value)
}

fn is_same_row(a: &Execution, b: &Execution) -> bool {
    let row = |e: &Execution| (e.step, e.started, e.completed, e.officer, e.result);
    row(a) == row(b)
}

fn doubled(case_id: &str, kept: &Execution) -> Finding {
    let step = kept.step;
    let time = kept.begin().map_or("tanpa waktu".to_owned(), |t| {
        format!("pukul catat {}", when(t))
    });
    Finding::new(
        Check::DuplicateRow,
        format!("{case_id}/{step}"),
        format!("Baris langkah {step} ({time}) tercatat ganda dan dihitung satu kali."),
    )
}
