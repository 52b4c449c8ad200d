//! A workbook's sheet into rows of the contract.
//!
//! In: an XLSX file, kind, mapping. Out: rows and findings by the sheet's own row numbers. Dates are typed cells (local
//! time of the office) or text as in CSV; a bare number is no date. The header is the first row that is not empty.

use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use chrono::{NaiveDate, NaiveDateTime};

use super::columns::Columns;
use super::mapping::{Mapping, Sheet};
use super::{Collector, Fault};
use crate::source::error::one_line;
use crate::source::row::{ImportKind, Rules};
use crate::source::value::Cell;

/// Reads all rows of the sheet into the collector.
///
/// # Errors
/// No workbook, no such sheet, or the header does not fit.
pub(super) fn read(
    path: &Path,
    kind: ImportKind,
    mapping: Option<&Mapping>,
    rules: &Rules,
    into: &mut Collector<'_>,
) -> Result<(), Fault> {
    let range = sheet(path, mapping.and_then(|m| m.sheet.as_ref()))?;
    let first_row = range.start().map_or(0, |(row, _)| u64::from(row));
    let mut rows = (first_row + 1..).zip(range.rows());
    let Some((_, header)) = rows.find(|(_, row)| !is_blank(row)) else {
        return Err(Fault::Empty);
    };
    let header: Vec<String> = header.iter().map(|c| c.to_string()).collect();
    let columns = Columns::find(kind, &header, mapping).map_err(Fault::Header)?;
    into.ignored = columns.ignored.clone();
    for (line, row) in rows.filter(|(_, row)| !is_blank(row)) {
        let typed: Vec<Cell<'_>> = row.iter().map(cell).collect();
        let cells = columns.cells(|at| typed.get(at).copied().unwrap_or(Cell::Empty));
        into.row(line, cells, rules);
    }
    Ok(())
}

fn sheet(path: &Path, wanted: Option<&Sheet>) -> Result<Range<Data>, Fault> {
    let broken = |e: calamine::XlsxError| Fault::Workbook(one_line(&e.to_string()));
    let mut book: Xlsx<_> = open_workbook(path).map_err(broken)?;
    let names = book.sheet_names();
    let name = match wanted {
        None => names.first(),
        Some(Sheet::Number(n)) => n.checked_sub(1).and_then(|at| names.get(at)),
        Some(Sheet::Name(name)) => names.iter().find(|n| *n == name),
    };
    let Some(name) = name else {
        return Err(Fault::Sheet {
            wanted: match wanted {
                Some(Sheet::Number(n)) => format!("number {n}"),
                Some(Sheet::Name(name)) => format!("`{name}`"),
                None => "at all".to_owned(),
            },
            found: names.join(", "),
        });
    };
    book.worksheet_range(name).map_err(broken)
}

fn is_blank(row: &[Data]) -> bool {
    row.iter().all(|c| cell(c).trimmed().is_empty())
}

fn cell(data: &Data) -> Cell<'_> {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) | Data::DateTimeIso(text) => Cell::Text(text),
        Data::DurationIso(text) => Cell::Broken(text),
        Data::Bool(b) => Cell::Bool(*b),
        Data::Int(n) => Cell::Real(*n as f64),
        Data::Float(x) => Cell::Real(*x),
        Data::Error(_) => Cell::Broken("#N/A"),
        Data::DateTime(serial) => local(serial.to_ymd_hms_milli())
            .map_or(Cell::Broken("tanggal di luar jangkauan"), Cell::Local),
    }
}

fn local(
    (year, month, day, hour, minute, second, milli): (u16, u8, u8, u8, u8, u8, u16),
) -> Option<NaiveDateTime> {
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))?.and_hms_milli_opt(
        u32::from(hour),
        u32::from(minute),
        u32::from(second),
        u32::from(milli),
    )
}
