//! CSV text into rows of the contract.
//!
//! In: the bytes of a file, its task. Out: parts by stretches of the text, read side by side and joined in order, with the
//! lines of the file. A row with another number of values than the header is rejected with a finding that names all its
//! lines, as is one whose quotation marks have swallowed others; a quotation mark that is never closed refuses the file.
//! Lines without any value are skipped. Encoding and delimiter are found in [`super::text`] and [`super::dialect`].

use std::borrow::Cow;

use csv::{Position, Reader, ReaderBuilder, StringRecord};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Fault;
use super::dialect::{self, Quotes};
use super::intake::Intake;
use super::mapping::Sheets;
use super::part::Part;
use super::plan::Plan;
use super::text;
use crate::source::error::one_line;
use crate::source::moment::forms::Seen;
use crate::source::value::Cell;

/// Bytes of text that one part is made from.
const STRETCH: usize = 1 << 19;
/// Parts that are read side by side before they are joined.
const SIDE_BY_SIDE: usize = 8;

/// Reads all rows into the intake.
///
/// # Errors
/// The bytes are no text, the header does not fit, a quotation mark is never closed.
pub(super) fn read(bytes: &[u8], into: &mut Intake<'_>) -> Result<(), Fault> {
    let mapping = into.task.mapping;
    if mapping.is_some_and(|m| m.header_rows.is_some() || m.sheets != Sheets::First) {
        let reason = "the mapping names `sheet`, `sheets` or `header_rows`, which only a workbook has: import the workbook itself, or use another mapping";
        return Err(Fault::Header(reason.to_owned()));
    }
    let decoded = text::decode(bytes, mapping.and_then(|m| m.encoding)).map_err(Fault::Header)?;
    into.read_as.encoding = Some(decoded.encoding);
    let text = with_line_feeds(decoded.text);
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    let table = table(&text, into)?;
    let mut plan = Plan::new(into.task, &table.header)?;
    let stretches = table.stretches();
    if let Some(at) = plan.dates_to_look_at() {
        plan.settle_dates(&table.header, &table.seen(&stretches, at))?;
    }
    for group in stretches.chunks(SIDE_BY_SIDE) {
        let parts: Vec<Result<Part, Fault>> = group
            .par_iter()
            .map(|stretch| table.part(&plan, *stretch, &into.name))
            .collect();
        for part in parts {
            into.absorb(part?);
        }
    }
    into.close(&plan)
}

/// The columns of a file.
///
/// # Errors
/// The bytes are no text, or hold no header.
pub(super) fn header(bytes: &[u8], into: &mut Intake<'_>) -> Result<Vec<String>, Fault> {
    let decoded = text::decode(bytes, None).map_err(Fault::Header)?;
    let text = with_line_feeds(decoded.text);
    Ok(table(&text, into)?.header)
}

/// Lines of an old Macintosh end with carriage returns alone; line numbers need line feeds.
fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.contains('\r') && !text.contains('\n') {
        true => Cow::Owned(text.replace('\r', "\n")),
        false => text,
    }
}

/// The text below the header.
struct Table<'t> {
    rows: &'t str,
    /// Number of the first line of `rows`.
    line: u64,
    delimiter: u8,
    header: Vec<String>,
}

/// A run of whole records.
#[derive(Clone, Copy)]
struct Stretch<'t> {
    text: &'t str,
    line: u64,
}

/// Finds delimiter and header.
fn table<'t>(text: &'t str, into: &mut Intake<'_>) -> Result<Table<'t>, Fault> {
    let mapping = into.task.mapping;
    let said = mapping.and_then(|m| m.delimiter);
    let stated = dialect::stated(text);
    if let (Some(said), Some((stated, _))) = (said, stated)
        && said != stated
    {
        return Err(Fault::Header(format!(
            "its first line says {:?}, but the mapping says delimiter {:?}: correct `delimiter` in the mapping, or leave it out",
            format!("sep={}", stated as char),
            (said as char).to_string()
        )));
    }
    let mut start = stated.map_or(0, |(_, length)| length);
    let mut line = 1 + u64::from(start > 0);
    if let Some(row) = mapping.and_then(|m| m.header_row) {
        into.read_as.header_row = Some(row);
        while line < row {
            let Some(end) = text[start..].find('\n') else {
                return Err(Fault::Header(format!(
                    "has fewer than {row} lines, but the mapping says header_row = {row}"
                )));
            };
            start += end + 1;
            line += 1;
        }
    }
    let text = &text[start..];
    let delimiter = said
        .or(stated.map(|(d, _)| d))
        .unwrap_or_else(|| dialect::detect(text));
    into.read_as.delimiter = Some(char::from(delimiter));
    let mut reader = reader(text, delimiter);
    let mut header = StringRecord::new();
    while header.iter().all(|name| name.trim().is_empty()) {
        if !next(&mut reader, &mut header)? {
            return Err(Fault::Empty);
        }
    }
    let end = reader.position();
    Ok(Table {
        rows: &text[offset(end)..],
        line: line + end.line() - 1,
        delimiter,
        header: header.iter().map(str::to_owned).collect(),
    })
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
}

fn next(reader: &mut Reader<&[u8]>, record: &mut StringRecord) -> Result<bool, Fault> {
    reader
        .read_record(record)
        .map_err(|e| Fault::Header(one_line(&e.to_string())))
}

fn offset(position: &Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

impl<'t> Table<'t> {
    /// Cuts the rows between records. Without quotation marks every line feed is such a place.
    fn stretches(&self) -> Vec<Stretch<'t>> {
        let mut cuts = match self.rows.contains('"') {
            true => self.record_ends(),
            false => self.line_ends(),
        };
        cuts.push(self.rows.len());
        let (mut from, mut line) = (0, self.line);
        let mut stretches = Vec::new();
        for cut in cuts {
            let text = &self.rows[from..cut];
            stretches.push(Stretch { text, line });
            line += text.bytes().filter(|b| *b == b'\n').count() as u64;
            from = cut;
        }
        stretches
    }

    fn line_ends(&self) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut from = 0;
        while self.rows.len() - from > STRETCH {
            let at = from + STRETCH;
            let Some(end) = self.rows.as_bytes()[at..].iter().position(|b| *b == b'\n') else {
                break;
            };
            from = at + end + 1;
            cuts.push(from);
        }
        cuts
    }

    fn record_ends(&self) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut reader = reader(self.rows, self.delimiter);
        let mut record = csv::ByteRecord::new();
        let mut from = 0;
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let end = offset(reader.position()).min(self.rows.len());
            if end - from > STRETCH && self.rows.is_char_boundary(end) {
                cuts.push(end);
                from = end;
            }
        }
        cuts
    }

    /// What the texts of a column show of how its dates are written.
    fn seen(&self, stretches: &[Stretch<'_>], at: usize) -> Seen {
        let look = |stretch: &Stretch<'_>| {
            let mut seen = Seen::default();
            let mut reader = reader(stretch.text, self.delimiter);
            let mut record = StringRecord::new();
            while reader.read_record(&mut record).unwrap_or(false) {
                seen.text(record.get(at).unwrap_or("").trim());
            }
            seen
        };
        let parts: Vec<Seen> = stretches.par_iter().map(look).collect();
        let mut all = Seen::default();
        parts.into_iter().for_each(|part| all.join(part));
        all
    }

    fn part(&self, plan: &Plan<'_>, stretch: Stretch<'_>, place: &str) -> Result<Part, Fault> {
        let mut part = plan.part(place);
        let mut reader = reader(stretch.text, self.delimiter);
        let mut record = StringRecord::new();
        while next(&mut reader, &mut record)? {
            let (first, last) = lines(&reader, &record);
            let line = stretch.line + first - 1;
            if last > first {
                let start = record.position().map_or(0, offset);
                let raw = &stretch.text.as_bytes()[start..offset(reader.position())];
                match dialect::quotes(raw, self.delimiter) {
                    Quotes::Sound => {}
                    Quotes::Crossed => {
                        part.reject(line, crossed(line, line + last - first));
                        continue;
                    }
                    Quotes::Open => return Err(Fault::Header(open(line))),
                }
            }
            if record.len() != self.header.len() {
                if record.iter().any(|v| !v.trim().is_empty()) {
                    part.reject(line, wrong_width(record.len(), self.header.len()));
                }
                continue;
            }
            let cell = |at| Cell::Text(record.get(at).unwrap_or(""));
            if record.iter().all(|v| v.trim().is_empty()) {
                continue;
            }
            plan.row(line, cell, &mut part);
        }
        Ok(part)
    }
}

/// First and last line of a record, from 1.
fn lines(reader: &Reader<&[u8]>, record: &StringRecord) -> (u64, u64) {
    let first = record.position().map_or(1, Position::line);
    // The reader stands behind the record's line feed, or at the end of the text.
    let last = reader.position().line().saturating_sub(1).max(first);
    (first, last)
}

fn wrong_width(found: usize, wanted: usize) -> String {
    format!("Jumlah nilai {found}, sedangkan judul kolom {wanted}; baris tidak dipakai.")
}

fn crossed(first: u64, last: u64) -> String {
    format!(
        "Baris {first} sampai {last} terbaca sebagai satu baris karena tanda kutip yang tidak ditutup pada tempatnya; baris tidak dipakai."
    )
}

fn open(line: u64) -> String {
    format!(
        "line {line}: a quotation mark is opened and never closed, so that the rest of the file would be one value: correct that line or export the file again"
    )
}
