//! Tables of verdicts as CSV or Parquet, by the file's ending.

use std::path::{Path, PathBuf};

use anyhow::Context;
use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};

use crate::atomic::write_file;
use crate::score::table::{Table, Values};

/// A format that tables are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Parquet,
}

/// A path whose ending names no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` ends in neither .csv nor .parquet: name the file with one of these endings", path = .0.display())]
pub struct UnknownEnding(pub PathBuf);

impl Format {
    /// Reads the format from a path's ending.
    ///
    /// # Errors
    /// The ending names none.
    pub fn of(path: &Path) -> Result<Self, UnknownEnding> {
        let ending = path.extension().and_then(|e| e.to_str());
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("csv") => Ok(Format::Csv),
            Some("parquet") => Ok(Format::Parquet),
            _ => Err(UnknownEnding(path.to_path_buf())),
        }
    }
}

/// Writes a table whole or not at all.
///
/// # Errors
/// The file cannot be written.
pub fn write(path: &Path, format: Format, table: &Table) -> anyhow::Result<()> {
    let bytes = match format {
        Format::Csv => csv_bytes(table),
        Format::Parquet => parquet_bytes(table),
    }
    .with_context(|| format!("could not write the table {}", path.display()))?;
    Ok(write_file(path, &bytes)?)
}

fn csv_bytes(table: &Table) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|(name, _)| name))?;
    let rows = table.columns.first().map_or(0, |(_, v)| length(v));
    for row in 0..rows {
        for (_, values) in &table.columns {
            let cell = match values {
                Values::Text(v) => v[row].clone(),
                Values::Whole(v) => v[row].map(|n| n.to_string()),
                Values::YesNo(v) => v[row].map(|b| b.to_string()),
            };
            writer.write_field(cell.unwrap_or_default())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.into_inner()?)
}

fn length(values: &Values) -> usize {
    match values {
        Values::Text(v) => v.len(),
        Values::Whole(v) => v.len(),
        Values::YesNo(v) => v.len(),
    }
}

fn parquet_bytes(table: &Table) -> anyhow::Result<Vec<u8>> {
    let columns: Vec<Column> = table
        .columns
        .iter()
        .map(|(name, values)| {
            let name = (*name).into();
            match values {
                Values::Text(v) => Series::new(name, v).into_column(),
                Values::Whole(v) => Series::new(name, v).into_column(),
                Values::YesNo(v) => Series::new(name, v).into_column(),
            }
        })
        .collect();
    let rows = table.columns.first().map_or(0, |(_, v)| length(v));
    let mut frame = DataFrame::new(rows, columns)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame)?;
    Ok(bytes)
}
