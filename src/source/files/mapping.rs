//! The mapping file: how an office's columns, formats and codes become the contract's.
//!
//! In: TOML text. Out: a checked [`Mapping`], or an error with the line. It knows nothing of the data files.
//!
//! ```toml
//! cases_from = "rows"          # every row is an event, the case's columns repeat on it; default "file": a row is a case
//! zone = "Europe/Amsterdam"    # of local times in this file; default the office's
//! delimiter = ";"              # default: found in the header among , ; and tab
//! encoding = "windows-1252"    # default "utf-8"
//! sheet = "Berkas"             # or its number from 1; default the first
//! unlisted = "finding"         # or "keep": what a word outside its code list becomes
//!
//! [cases]                      # contract column = source column
//! case_id = "Nomor"
//! service = { value = "WABO" }
//! received_at = { column = "Diterima", format = "%d/%m/%Y %H.%M" }
//! outcome = { issued_when = "Selesai" }
//!
//! [steps]
//! step = "Kegiatan"
//!
//! [codes.step]
//! "Pendaftaran" = 6
//! ```

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use chrono_tz::Tz;
use serde::Deserialize;
use toml::Spanned;

use crate::source::error::{ImportError, one_line};
use crate::source::moment::Shape;
use crate::source::row::{Codes, ImportKind, Need};

/// Where the values of a contract column come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Column {
        name: String,
        shape: Option<Shape>,
    },
    Constant(String),
    /// `outcome` only: issued where this column has a value, else open.
    IssuedWhen(String),
}

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

/// How the bytes of a text file are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Encoding {
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// A mapping, checked.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    pub cases_from: CasesFrom,
    pub zone: Option<Tz>,
    pub delimiter: Option<u8>,
    pub encoding: Encoding,
    pub sheet: Option<Sheet>,
    cases: BTreeMap<String, Origin>,
    steps: BTreeMap<String, Origin>,
    codes: BTreeMap<String, Codes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    cases_from: CasesFrom,
    zone: Option<Spanned<String>>,
    delimiter: Option<Spanned<String>>,
    #[serde(default)]
    encoding: Encoding,
    sheet: Option<Sheet>,
    #[serde(default)]
    unlisted: Unlisted,
    #[serde(default)]
    cases: BTreeMap<String, Spanned<Source>>,
    #[serde(default)]
    steps: BTreeMap<String, Spanned<Source>>,
    #[serde(default)]
    codes: BTreeMap<String, Spanned<BTreeMap<String, Word>>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Unlisted {
    #[default]
    Finding,
    Keep,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a column name, { column, format }, { value } or { issued_when }"
)]
enum Source {
    Name(String),
    Column(ColumnSource),
    Value(ValueSource),
    Derived(DerivedSource),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnSource {
    column: String,
    format: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueSource {
    value: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DerivedSource {
    issued_when: String,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected text, a whole number, true or false")]
enum Word {
    Text(String),
    Number(i64),
    Truth(bool),
}

impl Word {
    fn text(self) -> String {
        match self {
            Word::Text(text) => text,
            Word::Number(n) => n.to_string(),
            Word::Truth(b) => b.to_string(),
        }
    }
}

type Fault = (String, Option<Range<usize>>);

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
        let fault = |(reason, span): Fault| ImportError::Mapping {
            file: file.to_owned(),
            place: span.map_or(String::new(), |s| {
                format!(
                    ", line {}",
                    text[..s.start.min(text.len())].matches('\n').count() + 1
                )
            }),
            reason,
        };
        let read: File =
            toml::from_str(text).map_err(|e| fault((one_line(e.message()), e.span())))?;
        read.check().map_err(fault)
    }

    /// Where a contract column of `kind` comes from; None where the mapping does not name it.
    pub fn origin(&self, kind: ImportKind, field: &str) -> Option<&Origin> {
        match kind {
            ImportKind::Cases => self.cases.get(field),
            ImportKind::Steps => self.steps.get(field),
        }
    }

    /// Whether the mapping says anything on the columns of `kind`; else the contract's own names hold.
    pub fn maps(&self, kind: ImportKind) -> bool {
        match kind {
            ImportKind::Cases => !self.cases.is_empty(),
            ImportKind::Steps => !self.steps.is_empty(),
        }
    }

    /// The code list of a contract column.
    pub fn codes(&self, field: &str) -> Option<&Codes> {
        self.codes.get(field)
    }
}

impl File {
    fn check(self) -> Result<Mapping, Fault> {
        let zone = match self.zone {
            Some(zone) => Some(zone.get_ref().parse::<Tz>().map_err(|_| {
                let reason = format!(
                    "`{}` is no time zone: write one like \"Asia/Makassar\"",
                    zone.get_ref()
                );
                (reason, Some(zone.span()))
            })?),
            None => None,
        };
        let delimiter = match self.delimiter {
            Some(d) => match d.get_ref().as_bytes() {
                [one] if !one.is_ascii_alphanumeric() && !b"\"\r\n".contains(one) => Some(*one),
                _ => {
                    return Err((
                        format!(
                            "delimiter {:?}: write one character such as \";\"",
                            d.get_ref()
                        ),
                        Some(d.span()),
                    ));
                }
            },
            None => None,
        };
        let keep_unlisted = self.unlisted == Unlisted::Keep;
        let mut codes = BTreeMap::new();
        for (field, words) in self.codes {
            known(
                &field,
                &[ImportKind::Cases, ImportKind::Steps],
                "codes",
                words.span(),
            )?;
            let words = words
                .into_inner()
                .into_iter()
                .map(|(k, w)| (k, w.text()))
                .collect();
            codes.insert(
                field,
                Codes {
                    words,
                    keep_unlisted,
                },
            );
        }
        Ok(Mapping {
            cases_from: self.cases_from,
            zone,
            delimiter,
            encoding: self.encoding,
            sheet: self.sheet,
            cases: origins(self.cases, ImportKind::Cases)?,
            steps: origins(self.steps, ImportKind::Steps)?,
            codes,
        })
    }
}

fn known(
    field: &str,
    kinds: &[ImportKind],
    section: &str,
    span: Range<usize>,
) -> Result<(), Fault> {
    let mut names: Vec<&str> = Vec::new();
    for name in kinds.iter().flat_map(|k| k.fields()).map(|f| f.name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.contains(&field) {
        return Ok(());
    }
    let reason = format!(
        "[{section}] has no column `{field}`: the contract's are {}",
        names.join(", ")
    );
    Err((reason, Some(span)))
}

fn origins(
    given: BTreeMap<String, Spanned<Source>>,
    kind: ImportKind,
) -> Result<BTreeMap<String, Origin>, Fault> {
    let section = kind.code();
    let mut origins = BTreeMap::new();
    for (field, source) in given {
        let span = source.span();
        known(&field, &[kind], section, span.clone())?;
        let origin = origin(&field, source.into_inner()).map_err(|reason| (reason, Some(span)))?;
        origins.insert(field, origin);
    }
    let lacking: Vec<&str> = kind
        .fields()
        .iter()
        .filter(|f| f.need != Need::Optional && !origins.contains_key(f.name))
        .map(|f| f.name)
        .collect();
    if !origins.is_empty() && !lacking.is_empty() {
        let reason = format!(
            "[{section}] lacks {}: name the source column or a value",
            lacking.join(", ")
        );
        return Err((reason, None));
    }
    Ok(origins)
}

fn origin(field: &str, source: Source) -> Result<Origin, String> {
    match source {
        Source::Name(name) => Ok(Origin::Column { name, shape: None }),
        Source::Column(ColumnSource {
            column,
            format: None,
        }) => Ok(Origin::Column {
            name: column,
            shape: None,
        }),
        Source::Column(ColumnSource {
            column,
            format: Some(format),
        }) => {
            if !field.ends_with("_at") && !field.ends_with("_on") {
                return Err(format!(
                    "`{field}` is no time, so it has no format: leave `format` out"
                ));
            }
            let shape = Shape::new(&format).ok_or_else(|| {
                format!("format {format:?} cannot be read: write it like \"%d/%m/%Y %H:%M\"")
            })?;
            Ok(Origin::Column {
                name: column,
                shape: Some(shape),
            })
        }
        Source::Value(ValueSource { value }) => Ok(Origin::Constant(value.text())),
        Source::Derived(DerivedSource { issued_when }) if field == "outcome" => {
            Ok(Origin::IssuedWhen(issued_when))
        }
        Source::Derived(_) => Err(format!(
            "`issued_when` is only for `outcome`, not for `{field}`"
        )),
    }
}
