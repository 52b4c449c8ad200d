//! The mapping file: how an office's columns, formats and codes become the contract's.
//!
//! In: TOML text. Out: a checked [`Mapping`], or an error with the line. It knows nothing of the data files. What the text
//! may say stands in `text`, what is wrong with it in `check`.
//!
//! ```toml
//! cases_from = "rows"          # every row is an event, the case's columns repeat on it; default "file": a row is a case
//! zone = "Europe/Amsterdam"    # of local times in this file; default the office's
//! delimiter = ";"              # default: detected among , ; tab and |
//! encoding = "windows-1252"    # default: detected
//! decimal = ","                # of numbers in text; default: detected
//! sheet = "Berkas"             # or its number from 1; default the first
//! sheets = ["Jan", "Feb"]      # or "all": one after the other, in place of `sheet`
//! header_row = 4               # number of the header's first row; default the first that is not empty
//! header_rows = 2              # of a workbook: names joined as "Verifikasi / Mulai"; default 1
//! missing = ["-", "n/a"]       # what stands in cells of which nothing is known
//! unlisted = "finding"         # or "keep": what a word outside its code list becomes
//!
//! [cases]                      # contract column = source column
//! case_id = "Nomor"
//! service = { value = "WABO" }
//! received_at = { column = "Diterima", format = "%d/%m/%Y %H.%M" }   # or format = "excel"
//! outcome = { issued_when = "Selesai" }
//!
//! [steps]
//! step = "Kegiatan"
//! officer = { first_of = ["Diselesaikan Oleh", "Dimulai Oleh"] }   # the first that has a value; where they differ, a finding
//! started_at = "Waktu"         # of an event log: start and completion are events of their own
//! completed_at = "Waktu"
//! lifecycle = "Peristiwa"      # which they are: start, complete, or by [codes.lifecycle] these or "ignore"
//! instance = "Nomor Pekerjaan" # what joins them, where the log has it
//!
//! [wide]                       # in place of [steps]: a row is a case, with columns for each step
//! case_id = "Nomor"
//! [[wide.steps]]
//! step = 7
//! started_at = { column = "Verifikasi / Mulai", format = "%d/%m/%Y %H.%M" }
//! completed_at = { column = "Verifikasi / Selesai", format = "%d/%m/%Y %H.%M" }
//!
//! [responses]                  # of a survey
//! response_id = { made_of = ["Timestamp"], prefix = "SKM/" }   # or made_of = "row"; or { column = "No", prefix = "2026-S1/" }
//! service = { sheet_name = true }   # with [codes.service]; any text column may be so
//! # answered_on may be left out where the form's own column is there: Timestamp, Cap waktu
//!
//! [survey]
//! instrument = "permenpanrb-14-2017"   # or { column = "Instrumen" } or { sheet_name = true }, with [codes.instrument]
//! order = "questionnaire"      # or "legal": which elements the columns U1, U2, ... are
//!
//! [answers]                    # element code = source column; else columns are known by code, title or question
//! WAKTU = "Bagaimana pendapat Saudara tentang kecepatan waktu?"
//!
//! [codes.step]
//! "Pendaftaran" = 6
//! ```

mod check;
mod survey;
mod text;

use std::collections::BTreeMap;
use std::path::Path;

use chrono_tz::Tz;
use serde::Deserialize;

use crate::source::error::{ImportError, one_line};
use crate::source::moment::Shape;
use crate::source::row::{Codes, ImportKind};
use crate::source::value::Decimal;

/// Where the values of a contract column come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Column {
        name: String,
        shape: Option<Shape>,
    },
    Constant(String),
    /// The first of these columns that has a value.
    FirstOf(Vec<String>),
    /// `outcome` only: issued where this column has a value, else open.
    IssuedWhen(String),
    /// The name of the workbook's sheet.
    SheetName,
    /// `response_id` only.
    Made {
        of: MadeOf,
        prefix: String,
    },
}

/// What the number of a survey form is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MadeOf {
    /// The number in this column.
    Number(String),
    /// What stands in these columns, as a digest.
    Columns(Vec<String>),
    /// All that is read of the row, as a digest.
    Row,
}

/// What says by which instrument a survey was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstrumentOf {
    Code(String),
    /// By `[codes.instrument]`.
    Column(String),
    SheetName,
}

/// What a mapping says of a survey's questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    pub instrument: Option<InstrumentOf>,
    /// Name of the order in which the form asks the elements.
    pub order: Option<String>,
}

/// Contract column to where it comes from.
pub type Origins = BTreeMap<String, Origin>;

/// What a row of the file is, for `import cases`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CasesFrom {
    /// A row is a case.
    #[default]
    File,
    /// A row is an event; the distinct case rows are the cases.
    Rows,
}

/// Which sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Sheet {
    Number(usize),
    Name(String),
}

/// Which sheets of a workbook, in the order in which they are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Sheets {
    #[default]
    First,
    /// As the workbook orders them.
    All,
    Listed(Vec<Sheet>),
}

/// How the bytes of a text file are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Encoding {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// One step among the columns of a wide row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WideStep {
    pub step: i32,
    /// 1 for the first entry of this step in the list, 2 for the next.
    pub nth: u32,
    /// For the columns of `steps`, those of the case among them.
    pub origins: Origins,
}

/// A mapping, checked.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    pub cases_from: CasesFrom,
    pub zone: Option<Tz>,
    pub delimiter: Option<u8>,
    pub encoding: Option<Encoding>,
    pub decimal: Decimal,
    pub sheets: Sheets,
    /// From 1.
    pub header_row: Option<u64>,
    pub header_rows: Option<u64>,
    /// Texts that are read as an empty cell.
    pub missing: Vec<String>,
    /// The steps of a wide row; empty where a row is one execution.
    pub wide: Vec<WideStep>,
    pub survey: Survey,
    /// Element code to source column; empty where the columns' own names say which element they are.
    pub answers: BTreeMap<String, String>,
    origins: BTreeMap<ImportKind, Origins>,
    codes: BTreeMap<String, Codes>,
}

impl Mapping {
    /// Reads the mapping file.
    ///
    /// # Errors
    /// The file cannot be read, or says something that no mapping can; with the line.
    pub fn load(path: &Path) -> Result<Self, ImportError> {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| ImportError::Unreadable {
            file: file.clone(),
            reason: one_line(&e.to_string()),
        })?;
        Self::parse(&text, &file)
    }

    /// Reads the text of a mapping; `file` names it in errors.
    ///
    /// # Errors
    /// As [`Mapping::load`].
    pub fn parse(text: &str, file: &str) -> Result<Self, ImportError> {
        let fault = |(reason, span): check::Fault| ImportError::Mapping {
            file: file.to_owned(),
            place: span.map_or(String::new(), |s| {
                format!(
                    ", line {}",
                    text[..s.start.min(text.len())].matches('\n').count() + 1
                )
            }),
            reason,
        };
        let read: text::File =
            toml::from_str(text).map_err(|e| fault((one_line(e.message()), e.span())))?;
        check::mapping(read).map_err(fault)
    }

    /// Where the contract columns of `kind` come from; None where the contract's own names hold.
    pub fn origins(&self, kind: ImportKind) -> Option<&Origins> {
        self.origins.get(&kind).filter(|o| !o.is_empty())
    }

    /// The code list of a contract column.
    pub fn codes(&self, field: &str) -> Option<&Codes> {
        self.codes.get(field)
    }

    /// Whether a row is an event, and the case's columns repeat on each of its events.
    pub fn is_log(&self) -> bool {
        self.cases_from == CasesFrom::Rows
    }
}
