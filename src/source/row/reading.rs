//! One value after the other of one row: code lists, what a row needs, and the problem where one cannot be read.
//!
//! In: cells, rules. Out: values; problems in formal Indonesian. It knows no kind of row.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::fields::{Field, ImportKind};
use super::respondent::Trait;
use super::{Cells, Codes, Problem, Rules};
use crate::finding::Check;
use crate::snapshot::word::Words;
use crate::snapshot::{Outcome, Word};
use crate::source::value::{
    Cell, Reason, read_date, read_instant, read_text, read_words, read_zoned,
};

pub(super) struct Reading<'r, 'c> {
    pub rules: &'r Rules,
    cells: Cells<'c>,
    fields: &'static [Field],
    subject: Option<String>,
    problems: &'r mut Vec<Problem>,
}

impl<'r, 'c> Reading<'r, 'c> {
    pub fn new(
        kind: ImportKind,
        cells: Cells<'c>,
        rules: &'r Rules,
        problems: &'r mut Vec<Problem>,
    ) -> Self {
        Self {
            rules,
            cells,
            fields: kind.mapped_fields(),
            subject: None,
            problems,
        }
    }

    /// The first column: what the row is about.
    pub fn subject(&mut self) -> Option<String> {
        let subject = self.required(0, present)?;
        self.subject = Some(subject.clone());
        Some(subject)
    }

    fn problem(&mut self, check: Check, at: usize, reason: &str) {
        let cell = self.cells[at].trimmed();
        self.complain(check, at, self.fields[at].name, cell, reason);
    }

    /// A problem with the value `cell` of the column called `name`.
    pub fn complain(&mut self, check: Check, at: usize, name: &str, cell: Cell<'_>, reason: &str) {
        let consequence = match check {
            Check::UnreadableRow => "baris tidak dipakai",
            _ => "nilai diperlakukan sebagai kosong",
        };
        let found = if cell.is_empty() {
            "kosong".to_owned()
        } else {
            format!("berisi {}, {reason}", cell.quoted())
        };
        self.problems.push(Problem {
            check,
            column: Some(at),
            subject: self.subject.clone(),
            message: format!("Kolom {name} {found}; {consequence}."),
        });
    }

    pub fn raw(&self, at: usize) -> Cell<'c> {
        self.cells[at].trimmed()
    }

    fn cell<T>(
        &self,
        at: usize,
        read: impl FnOnce(Cell<'_>) -> Result<T, Reason>,
    ) -> Result<T, Reason> {
        coded(self.raw(at), self.rules.codes[at].as_ref(), read)
    }

    /// A value that the row cannot do without.
    pub fn required<T>(
        &mut self,
        at: usize,
        read: impl FnOnce(Cell<'_>) -> Result<T, Reason>,
    ) -> Option<T> {
        match self.cell(at, read) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.problem(Check::UnreadableRow, at, reason);
                None
            }
        }
    }

    /// A value that may be missing.
    pub fn maybe<T>(
        &mut self,
        at: usize,
        read: impl FnOnce(Cell<'_>) -> Result<Option<T>, Reason>,
    ) -> Option<T> {
        match self.cell(at, read) {
            Ok(value) => value,
            Err(reason) => {
                self.problem(Check::UnreadableValue, at, reason);
                None
            }
        }
    }

    /// A characteristic of a respondent, by its usual word. A code list need not name the common spellings.
    pub fn respondent(&mut self, at: usize, of: Trait, words: &mut Words) -> Option<Word> {
        let cell = self.raw(at);
        let codes = self.rules.codes[at].as_ref();
        let listed = codes.and_then(|c| c.words.get(cell.text().as_ref()));
        let read = match (listed, read_words(cell)) {
            (Some(word), _) => Ok(Some(of.read(word))),
            (None, Ok(Some(_))) if matches!(cell, Cell::Local(_)) => Err(TURNED_INTO_DATE),
            (None, Ok(Some(text))) => match (of.known(&text), codes) {
                (Some(word), _) => Ok(Some(Cow::Borrowed(word))),
                (None, Some(codes)) if !codes.keep_unlisted => Err(UNLISTED),
                _ => Ok(Some(Cow::Owned(of.read(&text).into_owned()))),
            },
            (None, other) => other,
        };
        match read {
            Ok(text) => text.map(|t| words.word(&t)),
            Err(reason) => {
                self.problem(Check::UnreadableValue, at, reason);
                None
            }
        }
    }

    /// UTC microseconds.
    pub fn instant(&mut self, at: usize) -> Option<i64> {
        let rules = self.rules;
        let shape = rules.shapes[at].as_ref();
        self.maybe(at, |c| match rules.needs_offset {
            true => read_zoned(c, shape, rules.decimal),
            false => read_instant(c, shape, rules.decimal, rules.zone),
        })
    }

    /// A local date.
    pub fn date(&mut self, at: usize) -> Option<NaiveDate> {
        let rules = self.rules;
        self.maybe(at, |c| {
            read_date(
                c,
                rules.shapes[at].as_ref(),
                rules.decimal,
                (rules.zone, rules.dates),
            )
        })
    }

    /// A local date that the row cannot do without.
    pub fn required_date(&mut self, at: usize) -> Option<NaiveDate> {
        let rules = self.rules;
        self.required(at, |c| {
            read_date(
                c,
                rules.shapes[at].as_ref(),
                rules.decimal,
                (rules.zone, rules.dates),
            )?
            .ok_or("kosong")
        })
    }
}

const UNLISTED: Reason = "tidak ada dalam daftar kode pada berkas pemetaan";
const TURNED_INTO_DATE: Reason =
    "tanggal yang dibuat lembar kerja dari isian seperti 08-12; simpan kolom itu sebagai teks";

/// Reads a trimmed cell after its code list, where it has one.
pub(super) fn coded<T>(
    cell: Cell<'_>,
    codes: Option<&Codes>,
    read: impl FnOnce(Cell<'_>) -> Result<T, Reason>,
) -> Result<T, Reason> {
    match codes {
        Some(codes) if !cell.is_empty() => match codes.words.get(cell.text().as_ref()) {
            Some(word) => read(Cell::Text(word)),
            None if codes.keep_unlisted => read(cell),
            None => Err(UNLISTED),
        },
        _ => read(cell),
    }
}

/// Text that must be there.
pub(super) fn present(cell: Cell<'_>) -> Result<String, Reason> {
    read_text(cell)?.ok_or("kosong")
}

pub(super) fn outcome(cell: Cell<'_>) -> Result<Outcome, Reason> {
    Outcome::from_code(&cell.text())
        .ok_or("bukan salah satu dari open, issued, rejected, withdrawn")
}
