//! The snapshot's three tables as Parquet and back.
//!
//! In: rows. Out: files whose bytes depend on the rows alone, written a part at a time. Instants are Int64 columns of UTC
//! epoch microseconds, dates text in ISO form, outcomes and checks their codes. No folders here.

use std::io::{Cursor, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use polars::prelude::{
    Column, DataFrame, NamedFrom, ParquetReader, ParquetWriter, PolarsError, PolarsResult,
    SerReader, Series,
};

use super::contract::{CaseRow, Outcome, StepRow};
use super::digest::TableDigest;
use super::pack::Packed;
use crate::finding::{Check, Finding, Level};

/// Rows in a row group. Fixed, since the bytes depend on it.
const GROUP_ROWS: usize = 32_768;

/// Rows that become columns.
pub(super) trait Table: Packed {
    /// The columns of these rows.
    fn columns(rows: &[Self]) -> Vec<Column>;
}

/// A table on its way into a file: rows are handed to a thread that hashes, encodes and writes them, a row group at a time.
pub(super) struct TableFile<'scope, R> {
    groups: SyncSender<Vec<R>>,
    rows: Vec<R>,
    writing: ScopedJoinHandle<'scope, PolarsResult<(TableDigest, u64)>>,
}

impl<'scope, R: Table + Send + 'scope> TableFile<'scope, R> {
    pub(super) fn begin<W: Write + Send + 'scope>(
        scope: &'scope Scope<'scope, '_>,
        out: W,
    ) -> Self {
        // One group waits while another is written; more would only take memory.
        let (groups, waiting) = sync_channel(1);
        Self {
            groups,
            rows: Vec::new(),
            writing: scope.spawn(|| write(waiting, out)),
        }
    }

    /// Takes the next row in order; false where writing has failed, and [`TableFile::finish`] says why.
    pub(super) fn push(&mut self, row: R) -> bool {
        self.rows.push(row);
        self.rows.len() < GROUP_ROWS || self.groups.send(std::mem::take(&mut self.rows)).is_ok()
    }

    /// Ends the file; its digest and its number of rows.
    pub(super) fn finish(self) -> PolarsResult<(TableDigest, u64)> {
        // Where it cannot be sent, the thread has ended with an error.
        let _ = self.groups.send(self.rows);
        drop(self.groups);
        match self.writing.join() {
            Ok(ended) => ended,
            Err(_) => Err(PolarsError::ComputeError("the writer ended early".into())),
        }
    }
}

/// Writes all groups; the bytes depend on the rows alone.
fn write<R: Table, W: Write>(groups: Receiver<Vec<R>>, out: W) -> PolarsResult<(TableDigest, u64)> {
    let none = DataFrame::new_infer_height(R::columns(&[]))?;
    // One thread: the order of pages must not depend on scheduling.
    let mut writer = ParquetWriter::new(out)
        .set_parallel(false)
        .batched(none.schema())?;
    let mut digest = TableDigest::default();
    let mut count = 0;
    for rows in groups {
        if rows.is_empty() {
            continue;
        }
        count += rows.len() as u64;
        rows.iter().for_each(|row| digest.row(row));
        writer.write_batch(&DataFrame::new_infer_height(R::columns(&rows))?)?;
    }
    writer.finish()?;
    Ok((digest, count))
}

fn frame(bytes: &[u8]) -> PolarsResult<DataFrame> {
    ParquetReader::new(Cursor::new(bytes)).finish()
}

fn text<'a, T>(name: &str, rows: &'a [T], value: impl Fn(&'a T) -> Option<&'a str>) -> Column {
    let values: Vec<Option<&str>> = rows.iter().map(value).collect();
    Series::new(name.into(), values).into()
}

fn number<T>(name: &str, rows: &[T], value: impl Fn(&T) -> Option<i64>) -> Column {
    let values: Vec<Option<i64>> = rows.iter().map(value).collect();
    Series::new(name.into(), values).into()
}

fn owned(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<String>>> {
    Ok(frame
        .column(name)?
        .str()?
        .iter()
        .map(|v| v.map(str::to_owned))
        .collect())
}

fn needed(frame: &DataFrame, name: &str) -> PolarsResult<Vec<String>> {
    owned(frame, name)?
        .into_iter()
        .map(|v| v.ok_or_else(|| wrong(name, "a missing value")))
        .collect()
}

fn numbers(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<i64>>> {
    Ok(frame.column(name)?.i64()?.iter().collect())
}

fn wrong(column: &str, found: &str) -> PolarsError {
    PolarsError::ComputeError(format!("column {column} holds {found}").into())
}

impl Table for CaseRow {
    fn columns(rows: &[Self]) -> Vec<Column> {
        let due: Vec<Option<String>> = rows
            .iter()
            .map(|r| r.due_on.map(|d| d.to_string()))
            .collect();
        let recommendation: Vec<bool> = rows.iter().map(|r| r.requires_recommendation).collect();
        vec![
            text("case_id", rows, |r| Some(&r.case_id)),
            text("service", rows, |r| Some(&r.service)),
            number("received_at", rows, |r| r.received_at),
            Series::new("requires_recommendation".into(), recommendation).into(),
            text("outcome", rows, |r| Some(r.outcome.code())),
            number("closed_at", rows, |r| r.closed_at),
            text("applicant", rows, |r| r.applicant.as_deref()),
            text("region", rows, |r| r.region.as_deref()),
            text("channel", rows, |r| r.channel.as_deref()),
            Series::new("due_on".into(), due).into(),
        ]
    }
}

pub(super) fn cases(bytes: &[u8]) -> PolarsResult<Vec<CaseRow>> {
    let frame = frame(bytes)?;
    let recommendation: Vec<Option<bool>> = frame
        .column("requires_recommendation")?
        .bool()?
        .iter()
        .collect();
    let outcomes = needed(&frame, "outcome")?;
    let due = owned(&frame, "due_on")?;
    let (received, closed) = (
        numbers(&frame, "received_at")?,
        numbers(&frame, "closed_at")?,
    );
    let mut applicants = owned(&frame, "applicant")?;
    let mut regions = owned(&frame, "region")?;
    let mut channels = owned(&frame, "channel")?;
    let ids = needed(&frame, "case_id")?
        .into_iter()
        .zip(needed(&frame, "service")?);
    ids.enumerate()
        .map(|(at, (case_id, service))| {
            let due_on = due[at].as_deref().map(str::parse).transpose();
            Ok(CaseRow {
                case_id,
                service,
                received_at: received[at],
                requires_recommendation: recommendation[at]
                    .ok_or_else(|| wrong("requires_recommendation", "a missing value"))?,
                outcome: Outcome::from_code(&outcomes[at])
                    .ok_or_else(|| wrong("outcome", &outcomes[at]))?,
                closed_at: closed[at],
                applicant: applicants[at].take(),
                region: regions[at].take(),
                channel: channels[at].take(),
                due_on: due_on.map_err(|_| wrong("due_on", "no date"))?,
            })
        })
        .collect()
}

impl Table for StepRow {
    fn columns(rows: &[Self]) -> Vec<Column> {
        let steps: Vec<i32> = rows.iter().map(|r| r.step).collect();
        vec![
            text("case_id", rows, |r| Some(&r.case_id)),
            Series::new("step".into(), steps).into(),
            text("officer", rows, |r| r.officer.as_deref()),
            number("started_at", rows, |r| r.started_at),
            number("completed_at", rows, |r| r.completed_at),
            text("result", rows, |r| r.result.as_deref()),
        ]
    }
}

pub(super) fn steps(bytes: &[u8]) -> PolarsResult<Vec<StepRow>> {
    let frame = frame(bytes)?;
    let steps: Vec<Option<i32>> = frame.column("step")?.i32()?.iter().collect();
    let (started, completed) = (
        numbers(&frame, "started_at")?,
        numbers(&frame, "completed_at")?,
    );
    let mut officers = owned(&frame, "officer")?;
    let mut results = owned(&frame, "result")?;
    needed(&frame, "case_id")?
        .into_iter()
        .enumerate()
        .map(|(at, case_id)| {
            Ok(StepRow {
                case_id,
                step: steps[at].ok_or_else(|| wrong("step", "a missing value"))?,
                started_at: started[at],
                completed_at: completed[at],
                officer: officers[at].take(),
                result: results[at].take(),
            })
        })
        .collect()
}

impl Table for Finding {
    fn columns(rows: &[Self]) -> Vec<Column> {
        vec![
            text("level", rows, |f| Some(f.level.code())),
            text("check", rows, |f| Some(f.check.code())),
            text("key", rows, |f| Some(&f.key)),
            text("message", rows, |f| Some(&f.message)),
        ]
    }
}

pub(super) fn findings(bytes: &[u8]) -> PolarsResult<Vec<Finding>> {
    const LEVELS: [Level; 4] = [Level::Info, Level::Warning, Level::Error, Level::Blocking];
    let frame = frame(bytes)?;
    let levels = needed(&frame, "level")?;
    let checks = needed(&frame, "check")?;
    let texts = needed(&frame, "key")?
        .into_iter()
        .zip(needed(&frame, "message")?);
    texts
        .enumerate()
        .map(|(at, (key, message))| {
            let level = LEVELS.iter().find(|l| l.code() == levels[at]);
            let check = Check::ALL.iter().find(|c| c.code() == checks[at]);
            Ok(Finding {
                level: *level.ok_or_else(|| wrong("level", &levels[at]))?,
                check: *check.ok_or_else(|| wrong("check", &checks[at]))?,
                key,
                message,
            })
        })
        .collect()
}
