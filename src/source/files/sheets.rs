//! A workbook's sheets into rows of the contract.
//!
//! In: the bytes of an XLSX file, its task. Out: parts by sheet, with the sheet's own row numbers. Dates are typed cells
//! (local time of the office) or text as in CSV; a bare number is a date only where the mapping says `format = "excel"`,
//! counted from the epoch that the workbook names. Formulas give the value that was stored with them; one stored without
//! is unreadable, not empty. The header is the mapping's, else the first row that is not empty; with several header rows
//! a merged cell holds for all columns under it. The follow-up sheet that a performance report has is known by its name and needs
//! no mapping. A cell merged over several rows of one column holds for each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{
    CellErrorType, Data, Dimensions, Range, Reader, SheetType, Xlsx, XlsxError,
    open_workbook_from_rs,
};
use chrono::{NaiveDate, NaiveDateTime};
use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::Fault;
use super::intake::Intake;
use super::mapping::{Sheet, Sheets};
use super::part::Part;
use super::plan::Plan;
use super::task::Task;
use crate::source::error::one_line;
use crate::source::moment::Epoch;
use crate::source::moment::forms::Seen;
use crate::source::row::ImportKind;
use crate::source::value::Cell;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;
/// Row and column of a sheet, from 0.
type Place = (u32, u32);

/// The sheet of a performance report that the office fills in and gives back, and where its heads stand, from 1.
const FORM_SHEET: &str = "Tindak Lanjut";
const FORM_HEADER_ROW: u64 = 5;

/// Rows that one part is made from.
const STRETCH: usize = 4_096;

/// Reads all rows of the sheets into the intake.
///
/// # Errors
/// No workbook, no such sheet, or a header that does not fit.
pub(super) fn read(bytes: &[u8], into: &mut Intake<'_>) -> Result<(), Fault> {
    let mut book: Book<'_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let form = into.task.kind == ImportKind::Followups
        && into.task.mapping.is_none()
        && book.sheet_names().iter().any(|name| name == FORM_SHEET);
    let form_sheet = Sheets::Listed(vec![Sheet::Name(FORM_SHEET.to_owned())]);
    let wanted = match into.task.mapping {
        _ if form => &form_sheet,
        mapping => mapping.map_or(&Sheets::First, |m| &m.sheets),
    };
    let header_row = match into.task.mapping {
        _ if form => Some(FORM_HEADER_ROW),
        mapping => mapping.and_then(|m| m.header_row),
    };
    let names = wanted_names(&book, wanted)?;
    let mut any = false;
    for name in &names {
        let table = Table::open(&mut book, name, header_row, into)?;
        let Some(table) = table else {
            if *wanted != Sheets::All {
                return Err(match names.len() {
                    1 => Fault::Empty,
                    _ => Fault::Header(format!("its sheet \"{name}\" is empty")),
                });
            }
            into.read_as.sheets.push(format!("{name} (empty)"));
            continue;
        };
        any = true;
        into.read_as.sheets.push(name.clone());
        let place = match wanted {
            Sheets::First => into.name.clone(),
            _ if names.len() == 1 => into.name.clone(),
            _ => format!("{} [{name}]", into.name),
        };
        table
            .read((name, &place), book.has_1904_epoch(), into)
            .map_err(|fault| match fault {
                Fault::Header(reason) if names.len() > 1 => {
                    Fault::Header(format!("sheet \"{name}\": {reason}"))
                }
                other => other,
            })?;
    }
    match any {
        true => Ok(()),
        false => Err(Fault::Empty),
    }
}

fn broken(error: XlsxError) -> Fault {
    match error {
        XlsxError::Password => Fault::Header(
            "is a workbook behind a password: open it in the spreadsheet program, remove the password and save it again"
                .to_owned(),
        ),
        other => Fault::Workbook(one_line(&other.to_string())),
    }
}

fn wanted_names(book: &Book<'_>, wanted: &Sheets) -> Result<Vec<String>, Fault> {
    let is_table = |s: &&calamine::Sheet| s.typ == SheetType::WorkSheet;
    let all: Vec<&str> = book
        .sheets_metadata()
        .iter()
        .filter(is_table)
        .map(|s| s.name.as_str())
        .collect();
    let listed = match wanted {
        Sheets::All => return Ok(all.iter().map(|n| (*n).to_owned()).collect()),
        Sheets::First => &[Sheet::Number(1)][..],
        Sheets::Listed(list) => list,
    };
    let mut names = Vec::new();
    for sheet in listed {
        let name = match sheet {
            Sheet::Number(n) => n.checked_sub(1).and_then(|at| all.get(at)).copied(),
            Sheet::Name(name) => all.iter().find(|n| *n == name).copied(),
        };
        names.push(name.map(str::to_owned).ok_or_else(|| Fault::Sheet {
            wanted: match sheet {
                Sheet::Number(n) => format!("number {n}"),
                Sheet::Name(name) => format!("`{name}`"),
            },
            found: all.join(", "),
        })?);
    }
    Ok(names)
}

/// One sheet, its header found.
struct Table {
    cells: Range<Data>,
    /// Formulas without a stored value.
    unvalued: BTreeSet<Place>,
    /// The values of merged cells, for the other rows of one column.
    repeated: BTreeMap<Place, Place>,
    header: Vec<String>,
    /// First row below the header, from 0.
    first: u32,
    /// Whether the header's row has merged cells that nobody spoke of.
    has_unread_merges: bool,
}

impl Table {
    /// None: the sheet is empty.
    fn open(
        book: &mut Book<'_>,
        name: &str,
        said: Option<u64>,
        into: &mut Intake<'_>,
    ) -> Result<Option<Self>, Fault> {
        let mapping = into.task.mapping;
        let cells = book.worksheet_range(name).map_err(broken)?;
        let (Some(start), Some(end)) = (cells.start(), cells.end()) else {
            return Ok(None);
        };
        let filled = |row: &u32| (start.1..=end.1).any(|col| !is_blank(&cells, (*row, col)));
        into.read_as.header_row = said;
        let top = match said.and_then(|row| u32::try_from(row - 1).ok()) {
            Some(row) if row > end.0 => {
                let said = match mapping {
                    Some(_) => format!("the mapping says header_row = {}", row + 1),
                    None => format!("a report's own sheet has its heads in row {}", row + 1),
                };
                return Err(Fault::Header(format!(
                    "its sheet \"{name}\" has {} rows, but {said}",
                    end.0 + 1
                )));
            }
            Some(row) => row,
            None => match (start.0..=end.0).find(filled) {
                Some(row) => row,
                None => return Ok(None),
            },
        };
        let rows = mapping.and_then(|m| m.header_rows).unwrap_or(1) as u32;
        let merged = book.merge_cells_by_sheet_name(name).map_err(broken)?;
        let formulas = book.worksheet_formula(name).map_err(broken)?;
        let header = (start.1..=end.1)
            .map(|col| joined(&cells, &merged, top..top + rows, col))
            .collect();
        let is_wide = |d: &&Dimensions| d.start.0 <= top && d.end.0 >= top && d.end.1 > d.start.1;
        Ok(Some(Self {
            unvalued: unvalued(&cells, &formulas),
            repeated: repeated(&cells, &merged, top + rows),
            has_unread_merges: rows == 1 && merged.iter().any(|d| is_wide(&d)),
            header,
            first: top + rows,
            cells,
        }))
    }

    fn read(
        &self,
        (name, place): (&str, &str),
        is_1904: bool,
        into: &mut Intake<'_>,
    ) -> Result<(), Fault> {
        let task = Task {
            sheet: Some(name),
            ..into.task
        };
        let mut plan = Plan::new(task, &self.header).map_err(|fault| match fault {
            Fault::Header(reason) if self.has_unread_merges => Fault::Header(format!(
                "{reason} (the header's row {} has merged cells: perhaps the mapping lacks header_rows = 2)",
                self.first
            )),
            other => other,
        })?;
        if is_1904 {
            plan.set_epoch(Epoch::Y1904);
        }
        let last = self.cells.end().map_or(0, |(row, _)| row);
        let rows: Vec<u32> = (self.first..=last).collect();
        if let Some(at) = plan.dates_to_look_at() {
            plan.settle_dates(&self.header, &self.seen(&rows, at))?;
        }
        let parts: Vec<Part> = rows
            .par_chunks(STRETCH)
            .map(|rows| self.part(&plan, rows, place))
            .with_max_len(1)
            .collect();
        for part in parts {
            into.absorb(part);
        }
        into.close(&plan)
    }

    /// What a column shows of how its dates are written.
    fn seen(&self, rows: &[u32], at: usize) -> Seen {
        let mut seen = Seen::default();
        let first = self.cells.start().map_or(0, |(_, col)| col);
        for row in rows {
            match self.cell((*row, first + at as u32)).trimmed() {
                Cell::Text(text) => seen.text(text),
                Cell::Local(local) => seen.typed(local),
                _ => {}
            }
        }
        seen
    }

    fn part(&self, plan: &Plan<'_>, rows: &[u32], place: &str) -> Part {
        let mut part = plan.part(place);
        let first = self.cells.start().map_or(0, |(_, col)| col);
        let width = self.header.len() as u32;
        for row in rows {
            let is_blank = (first..first + width).all(|col| is_blank(&self.cells, (*row, col)));
            let unvalued = self.unvalued.range((*row, 0)..(*row + 1, 0)).next();
            if is_blank && unvalued.is_none() {
                continue;
            }
            let cell = |at: usize| self.cell((*row, first + at as u32));
            plan.row(u64::from(*row) + 1, cell, &mut part);
        }
        part
    }

    fn cell(&self, place: Place) -> Cell<'_> {
        if self.unvalued.contains(&place) {
            return Cell::Broken("rumus tanpa nilai tersimpan");
        }
        let place = self.repeated.get(&place).copied().unwrap_or(place);
        self.cells.get_value(place).map_or(Cell::Empty, cell)
    }
}

fn is_blank(cells: &Range<Data>, place: Place) -> bool {
    cells
        .get_value(place)
        .is_none_or(|value| cell(value).trimmed().is_empty())
}

/// The name of a column under a header of several rows: `Verifikasi / Mulai`. A cell merged downwards counts once.
fn joined(
    cells: &Range<Data>,
    merged: &[Dimensions],
    rows: std::ops::Range<u32>,
    col: u32,
) -> String {
    let several = rows.len() > 1;
    let mut parts: Vec<String> = Vec::new();
    let mut from = None;
    for row in rows {
        let region = merged.iter().find(|d| several && d.contains(row, col));
        let place = region.map_or((row, col), |d| d.start);
        if from == Some(place) {
            continue;
        }
        from = Some(place);
        let text = cells
            .get_value(place)
            .map_or(String::new(), Data::to_string);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            parts.push(text);
        }
    }
    parts.join(" / ")
}

/// Places of formulas that were saved without their value: the program that wrote them does not calculate.
fn unvalued(cells: &Range<Data>, formulas: &Range<String>) -> BTreeSet<Place> {
    let (row, col) = formulas.start().unwrap_or_default();
    formulas
        .used_cells()
        .map(|(r, c, _)| (row + r as u32, col + c as u32))
        .filter(|place| matches!(cells.get_value(*place), None | Some(Data::Empty)))
        .collect()
}

/// Places below the first of a cell that is merged over several rows of one column.
fn repeated(cells: &Range<Data>, merged: &[Dimensions], first: u32) -> BTreeMap<Place, Place> {
    let mut repeated = BTreeMap::new();
    let last = cells.end().map_or(0, |(row, _)| row);
    for region in merged {
        let (top, bottom) = (region.start.0, region.end.0.min(last));
        if region.start.1 == region.end.1 && top >= first {
            repeated.extend((top + 1..=bottom).map(|row| ((row, region.start.1), region.start)));
        }
    }
    repeated
}

fn cell(data: &Data) -> Cell<'_> {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) | Data::DateTimeIso(text) => Cell::Text(text),
        Data::DurationIso(text) => Cell::Broken(text),
        Data::Bool(b) => Cell::Bool(*b),
        Data::Int(n) => Cell::Real(*n as f64),
        Data::Float(x) => Cell::Real(*x),
        Data::Error(error) => Cell::Broken(error_name(error)),
        Data::DateTime(serial) => local(serial.to_ymd_hms_milli())
            .map_or(Cell::Broken("tanggal di luar jangkauan"), Cell::Local),
    }
}

fn error_name(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#DATA!",
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
