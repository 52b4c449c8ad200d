//! A Parquet file into rows of the contract.
//!
//! In: the bytes of a file, its task. Out: parts in the order of the rows; "row 1" is the first. Only the columns that
//! something is read from are decoded. A date and time with a zone is exact; one without is local time, as in CSV; NaN is
//! missing. A whole number is no instant: its unit is not known.

use std::io::Cursor;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use polars::prelude::{
    AnyValue, ArrowDataType, ArrowSchema, Column, DataFrame, ParquetReader, SerReader, TimeUnit,
};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Fault;
use super::intake::Intake;
use super::mapping::Sheets;
use super::part::Part;
use super::plan::Plan;
use crate::source::error::one_line;
use crate::source::moment::forms::Seen;
use crate::source::value::Cell;

/// Rows that one part is made from.
const STRETCH: usize = 16_384;
/// Parts that are read side by side before they are joined.
const SIDE_BY_SIDE: usize = 8;

/// Reads all rows into the intake.
///
/// # Errors
/// No Parquet file, or columns that do not fit.
pub(super) fn read(bytes: &[u8], into: &mut Intake<'_>) -> Result<(), Fault> {
    let mapping = into.task.mapping;
    let of_sheet = |m: &super::Mapping| {
        m.header_row.is_some() || m.header_rows.is_some() || m.sheets != Sheets::First
    };
    if mapping.is_some_and(of_sheet) {
        let reason = "the mapping names sheets or header rows, which a Parquet file does not have: use another mapping";
        return Err(Fault::Header(reason.to_owned()));
    }
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let schema = reader.schema().map_err(|e| broken(&e))?;
    let header: Vec<String> = schema.iter_names().map(|n| n.to_string()).collect();
    let mut plan = Plan::new(into.task, &header)?;
    let used: Vec<usize> = (0..header.len()).filter(|at| plan.uses(*at)).collect();
    let mut frame = reader
        .with_projection(Some(used.clone()))
        .finish()
        .map_err(|e| narrow(&schema, &used).unwrap_or_else(|| broken(&e)))?;
    frame.rechunk_mut();
    let table = Table::new(&frame, header.len(), &used, &plan);
    if let Some(at) = plan.dates_to_look_at() {
        let mut seen = Seen::default();
        for row in 0..frame.height() {
            if let Cell::Text(text) = table.cell(at, row) {
                seen.text(text.trim());
            }
        }
        plan.settle_dates(&header, &seen)?;
    }
    let starts: Vec<usize> = (0..frame.height()).step_by(STRETCH).collect();
    for group in starts.chunks(SIDE_BY_SIDE) {
        let parts: Vec<Part> = group
            .par_iter()
            .map(|start| {
                let mut part = plan.part(&into.name);
                for row in *start..frame.height().min(start + STRETCH) {
                    plan.row(row as u64 + 1, |at| table.cell(at, row), &mut part);
                }
                part
            })
            .collect();
        for part in parts {
            into.absorb(part);
        }
    }
    into.close(&plan)
}

/// The sentence on a file that the library cannot read.
pub(super) fn broken(reason: &impl ToString) -> Fault {
    Fault::Header(format!(
        "is not a readable Parquet file ({}): export it again",
        one_line(&reason.to_string())
    ))
}

/// Columns of whole numbers of 8 or 16 bits: polars reads them with further features only.
fn narrow(schema: &ArrowSchema, used: &[usize]) -> Option<Fault> {
    use ArrowDataType::{Int8, Int16, UInt8, UInt16};
    let is_narrow = |dtype: &ArrowDataType| matches!(dtype, Int8 | Int16 | UInt8 | UInt16);
    let column = used
        .iter()
        .filter_map(|at| schema.get_at_index(*at))
        .find(|(_, field)| is_narrow(field.dtype()));
    column.map(|(name, field)| {
        Fault::Header(format!(
            "column `{name}` holds whole numbers of type {:?}, which are not read: write it as 32 or 64 bits",
            field.dtype()
        ))
    })
}

/// The columns that something is read from.
struct Table<'f> {
    /// By column of the file; None where nothing is read from it.
    columns: Vec<Option<Source<'f>>>,
}

struct Source<'f> {
    column: &'f Column,
    /// It holds instants or dates.
    is_time: bool,
}

impl<'f> Table<'f> {
    fn new(frame: &'f DataFrame, width: usize, used: &[usize], plan: &Plan<'_>) -> Self {
        let mut columns: Vec<Option<Source<'f>>> = (0..width).map(|_| None).collect();
        for (at, column) in used.iter().zip(frame.columns()) {
            columns[*at] = Some(Source {
                column,
                is_time: plan.is_time(*at),
            });
        }
        Self { columns }
    }

    fn cell(&self, at: usize, row: usize) -> Cell<'f> {
        let Some(Some(source)) = self.columns.get(at) else {
            return Cell::Empty;
        };
        match source.column.get(row) {
            Ok(value) => cell(&value, source.is_time),
            Err(_) => Cell::Broken("nilai yang tidak dapat dibaca"),
        }
    }
}

fn cell<'f>(value: &AnyValue<'f>, is_time: bool) -> Cell<'f> {
    match *value {
        AnyValue::Null => Cell::Empty,
        AnyValue::Boolean(b) => Cell::Bool(b),
        AnyValue::String(text) => Cell::Text(text),
        AnyValue::Categorical(code, words) | AnyValue::Enum(code, words) => {
            words.cat_to_str(code).map_or(Cell::Empty, Cell::Text)
        }
        AnyValue::Date(days) => DateTime::<Utc>::UNIX_EPOCH
            .naive_utc()
            .checked_add_signed(TimeDelta::days(i64::from(days)))
            .map_or(OUTSIDE, Cell::Local),
        AnyValue::Datetime(since, unit, zone) => match (micros(since, unit), zone) {
            (None, _) => OUTSIDE,
            (Some(micros), Some(_)) => Cell::Utc(micros),
            (Some(micros), None) => local(micros).map_or(OUTSIDE, Cell::Local),
        },
        AnyValue::Float32(x) => real(f64::from(x)),
        AnyValue::Float64(x) => real(x),
        ref other => match whole(other) {
            // A real number is an instant only as a serial number, where the mapping says so.
            Some(n) if is_time => Cell::Real(n as f64),
            Some(n) => Cell::Integer(n),
            None => Cell::Broken("jenis data yang tidak dapat dibaca"),
        },
    }
}

const OUTSIDE: Cell<'static> = Cell::Broken("waktu di luar jangkauan");

fn real<'f>(x: f64) -> Cell<'f> {
    match x.is_nan() {
        true => Cell::Empty,
        false => Cell::Real(x),
    }
}

fn whole(value: &AnyValue<'_>) -> Option<i64> {
    match *value {
        AnyValue::Int8(n) => Some(n.into()),
        AnyValue::Int16(n) => Some(n.into()),
        AnyValue::Int32(n) => Some(n.into()),
        AnyValue::Int64(n) => Some(n),
        AnyValue::UInt8(n) => Some(n.into()),
        AnyValue::UInt16(n) => Some(n.into()),
        AnyValue::UInt32(n) => Some(n.into()),
        AnyValue::UInt64(n) => i64::try_from(n).ok(),
        _ => None,
    }
}

/// Microseconds, cut as those of text are.
fn micros(since: i64, unit: TimeUnit) -> Option<i64> {
    match unit {
        TimeUnit::Nanoseconds => Some(since.div_euclid(1_000)),
        TimeUnit::Microseconds => Some(since),
        TimeUnit::Milliseconds => since.checked_mul(1_000),
    }
}

fn local(micros: i64) -> Option<NaiveDateTime> {
    DateTime::<Utc>::from_timestamp_micros(micros).map(|t| t.naive_utc())
}
