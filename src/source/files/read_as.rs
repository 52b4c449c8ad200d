//! What was found out about a file before its rows were read, as the output of an import confirms it.
//!
//! In: what the readers of formats detect or are told. Out: one line of English words, and the same for scripts.

use std::fmt;

use serde::Serialize;

/// How a file was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReadAs {
    pub format: Format,
    pub gzip: bool,
    /// Of a text file, in words: `UTF-8 with byte order mark`.
    pub encoding: Option<String>,
    pub delimiter: Option<char>,
    /// The decimal mark of numbers in text; None where none has decimals.
    pub decimal: Option<char>,
    /// Of a workbook, in the order read.
    pub sheets: Vec<String>,
    /// Number of the header's first row, where it is not the first.
    pub header_row: Option<u64>,
    /// Rows of a table that holds several executions in each.
    pub wide_rows: Option<u64>,
}

/// The kind of file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    #[default]
    Csv,
    Xlsx,
    Parquet,
    Xes,
}

impl fmt::Display for ReadAs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        if self.gzip {
            parts.push("gzip".to_owned());
        }
        match self.format {
            Format::Csv => {}
            Format::Xlsx => parts.push("XLSX workbook".to_owned()),
            Format::Parquet => parts.push("Parquet".to_owned()),
            Format::Xes => parts.push("XES event log".to_owned()),
        }
        parts.extend(self.encoding.clone());
        parts.extend(self.delimiter.map(|d| match d {
            '\t' => "delimiter tab".to_owned(),
            other => format!("delimiter \"{other}\""),
        }));
        parts.extend(self.decimal.map(|d| {
            let name = if d == ',' { "comma" } else { "point" };
            format!("decimal {name}")
        }));
        let sheets: Vec<String> = self.sheets.iter().map(|s| format!("\"{s}\"")).collect();
        match sheets.len() {
            0 => {}
            1 => parts.push(format!("sheet {}", sheets[0])),
            _ => parts.push(format!("sheets {}", sheets.join(", "))),
        }
        parts.extend(self.header_row.map(|row| format!("header in row {row}")));
        parts.extend(self.wide_rows.map(|n| format!("{n} wide rows")));
        f.write_str(&parts.join(", "))
    }
}
