//! Holidays as rows: the CSV file a calendar names, and what every holiday must satisfy wherever it is written.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::draft::{Draft, contradiction};
use super::error::{Doc, StandardError};
use super::parse::{date_of_text, no_date};
use crate::standard::calendar::{Holiday, HolidayKind, YearStatus};

/// The columns of a holiday file, in order.
const COLUMNS: [&str; 6] = ["date", "kind", "name", "status", "basis", "note"];

/// A holiday whose date may still move is no fact yet; its year cannot be final.
const STATUSES: [&str; 2] = ["confirmed", "subject_to_isbat"];

/// One holiday as written, with the span errors point at.
pub(super) struct Row<'a> {
    pub date: NaiveDate,
    pub kind: HolidayKind,
    pub name: &'a str,
    pub status: &'a str,
    pub basis: &'a str,
    pub span: Range<usize>,
}

/// The kind of a word, or the end of the sentence that names the allowed ones.
pub(super) fn kind_of(word: &str) -> Result<HolidayKind, String> {
    let found = HolidayKind::ALL.into_iter().find(|k| k.code() == word);
    found.ok_or_else(|| {
        let codes = HolidayKind::ALL.map(|k| format!("\"{}\"", k.code()));
        format!(
            "`kind` is \"{word}\", which is no kind of holiday: write one of {}",
            codes.join(", ")
        )
    })
}

/// Reads a holiday file into the draft.
pub(super) fn read_csv(doc: &Doc, draft: &mut Draft) -> Result<(), StandardError> {
    let text = doc.text;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header_end = text.find('\n').unwrap_or(text.len());
    let headers = reader.headers().map_err(|e| unreadable(doc, 0..0, &e))?;
    if headers.iter().ne(COLUMNS) {
        let found: Vec<_> = headers.iter().collect();
        return Err(doc.wrong(
            0..header_end,
            format!(
                "the columns are \"{}\": write the header {} and separate the columns by commas",
                found.join(","),
                COLUMNS.join(",")
            ),
        ));
    }
    let mut record = csv::StringRecord::new();
    loop {
        let start = reader.position().byte() as usize;
        let more = reader.read_record(&mut record);
        let span = line_span(doc.text, start);
        if !more.map_err(|e| unreadable(doc, span.clone(), &e))? {
            return Ok(());
        }
        let row = read_record(doc, &record, span)?;
        draft.add_holiday(doc, row)?;
    }
}

/// The first line at or after `start` that is not empty.
fn line_span(text: &str, start: usize) -> Range<usize> {
    let rest = &text[start.min(text.len())..];
    let start = start + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    start..start + length
}

fn unreadable(doc: &Doc, span: Range<usize>, error: &csv::Error) -> StandardError {
    doc.wrong(
        span,
        format!(
            "the row cannot be read ({error}): write {} columns separated by commas",
            COLUMNS.len()
        ),
    )
}

fn read_record<'a>(
    doc: &Doc,
    record: &'a csv::StringRecord,
    span: Range<usize>,
) -> Result<Row<'a>, StandardError> {
    if record.len() != COLUMNS.len() {
        return Err(doc.wrong(
            span,
            format!(
                "the row has {} columns, but the header has {}: separate the columns by commas and put a text with a comma in quotation marks",
                record.len(),
                COLUMNS.len()
            ),
        ));
    }
    let cell = |i: usize| record.get(i).unwrap_or("").trim();
    let written = format!("\"{}\"", cell(0));
    let date =
        date_of_text(cell(0)).ok_or_else(|| doc.wrong(span.clone(), no_date("date", &written)))?;
    let kind = kind_of(cell(1)).map_err(|sentence| doc.wrong(span.clone(), sentence))?;
    Ok(Row {
        date,
        kind,
        name: cell(2),
        status: cell(3),
        basis: cell(4),
        span,
    })
}

impl Draft {
    /// Adds one holiday, from whatever file it is written in.
    pub(super) fn add_holiday(&mut self, doc: &Doc, row: Row) -> Result<(), StandardError> {
        let year_basis = self
            .check_row(&row)
            .map_err(|sentence| doc.wrong(row.span.clone(), sentence))?;
        let basis = if row.basis.is_empty() {
            year_basis
        } else {
            row.basis.to_owned()
        };
        let date = row.date;
        if row.kind == HolidayKind::Regional
            && let Some(opening) = self.openings.get(&date)
        {
            return Err(contradiction(doc, row.span, date, &opening.decision));
        }
        let of_date = self.holidays.entry(date).or_default();
        if let Some(same) = of_date.iter().find(|h| h.kind == row.kind) {
            return Err(doc.wrong(
                row.span,
                format!(
                    "{date} has a {} already ({}): keep one of the two entries",
                    row.kind.code(),
                    same.name
                ),
            ));
        }
        of_date.push(Holiday {
            kind: row.kind,
            name: row.name.to_owned(),
            basis,
        });
        of_date.sort_by_key(|h| h.kind);
        Ok(())
    }

    /// Holds a row against its year and gives the year's legal basis, or the sentence on what is wrong.
    fn check_row(&self, row: &Row) -> Result<String, String> {
        let (date, year, name) = (row.date, row.date.year(), row.name);
        if name.is_empty() {
            return Err(format!(
                "the holiday of {date} has no `name`: write its name"
            ));
        }
        if !STATUSES.contains(&row.status) {
            return Err(format!(
                "`status` of the holiday of {date} is \"{}\", which is no word known here: write one of \"{}\"",
                row.status,
                STATUSES.join("\", \"")
            ));
        }
        let Some((status, basis)) = self.years.get(&year) else {
            return Err(format!(
                "the holiday of {date} ({name}) lies outside the calendar's years {}: correct the date or declare the year {year} in a [[year]]",
                self.years_text()
            ));
        };
        match status {
            YearStatus::WithoutHolidays => Err(format!(
                "the holiday of {date} ({name}) lies in the year {year}, which is declared \"without_holidays\": write \"provisional\" or \"final\" in its [[year]] or remove the holiday"
            )),
            YearStatus::Final if row.status != STATUSES[0] => Err(format!(
                "the holiday of {date} ({name}) has the status \"{}\", but the year {year} is declared \"final\": write \"provisional\" in its [[year]] until the date is confirmed",
                row.status
            )),
            _ => Ok(basis.clone()),
        }
    }
}
