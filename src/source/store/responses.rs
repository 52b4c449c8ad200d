//! Survey forms in the store: their way in, and their way out again for the reports, a million of them if need be.
//!
//! In: forms; a workspace. Out: forms in their total order, read one after the other through rusqlite, which is four times as
//! fast here as sqlx. Nothing is judged here.

use std::cmp::Ordering;
use std::path::Path;

use chrono_tz::Tz;
use rayon::slice::ParallelSliceMut;
use rusqlite::types::ValueRef;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteRow;
use sqlx::{Error, Row};

use super::record::{Record, Statement};
use crate::finding::Finding;
use crate::snapshot::kinds::Sharing;
use crate::snapshot::{ResponseRow, Word};
use crate::source::error::SourceError;
use crate::source::repeats;
use crate::source::row::ImportKind;
use crate::source::sqlite::Reading;

/// All survey forms of the workspace's store, in their total order; none where there is no store yet.
///
/// # Errors
/// The store cannot be read.
pub fn responses(workspace: &Path) -> Result<Vec<ResponseRow>, SourceError> {
    let file = super::path(workspace);
    if !file.is_file() {
        return Ok(Vec::new());
    }
    super::recover(workspace)?;
    let reading = Reading::begin(&file, super::STORE_SECONDS)?;
    if !reading.is_store()? {
        return Err(SourceError::NotAStore { file });
    }
    let mut rows = Vec::new();
    if !reading.has_table(ResponseRow::TABLE)? {
        return Ok(rows);
    }
    let select = format!("SELECT {} FROM responses", ResponseRow::COLUMNS.join(", "));
    let mut sharing = Sharing::default();
    reading.each(&select, |row| {
        rows.push(form(row, &mut sharing)?);
        Ok(())
    })?;
    // Rows of one import stand in order already.
    rows.sort_unstable();
    Ok(rows)
}

/// A form of the columns of [`Record::COLUMNS`].
fn form(row: &rusqlite::Row<'_>, sharing: &mut Sharing) -> Result<ResponseRow, String> {
    let text = |at| text(row, at);
    let owned = |at| Ok::<_, String>(text(at)?.map(str::to_owned));
    let needed = |at: usize| text(at)?.ok_or_else(|| "a missing value".to_owned());
    let mut word = |at| Ok::<_, String>(text(at)?.map(|t| sharing.words.word(t)));
    let (service, sex) = (word(2)?, word(5)?);
    let (education, occupation, hour_band) = (word(7)?, word(8)?, word(9)?);
    let (date, answers) = (needed(1)?, needed(4)?);
    Ok(ResponseRow {
        response_id: needed(0)?.to_owned(),
        answered_on: date.parse().map_err(|_| format!("{date:?}, no date"))?,
        service: service.ok_or("a missing value")?,
        case_id: owned(3)?,
        answers: sharing
            .questionnaires
            .parse(answers)
            .map_err(|e| e.to_string())?,
        sex,
        age: row.get(6).map_err(|e| e.to_string())?,
        education,
        occupation,
        hour_band,
        suggestion: owned(10)?,
    })
}

fn text<'r>(row: &'r rusqlite::Row<'_>, at: usize) -> Result<Option<&'r str>, String> {
    match row.get_ref(at).map_err(|e| e.to_string())? {
        ValueRef::Null => Ok(None),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err("text that is not UTF-8".to_owned()),
        },
        _ => Err("a value that is no text".to_owned()),
    }
}

impl Record for ResponseRow {
    type Sharing = Sharing;
    const KIND: ImportKind = ImportKind::Responses;
    const TABLE: &'static str = "responses";
    const SUBJECT: &'static str = "response_id";
    const COLUMNS: &'static [&'static str] = &[
        "response_id",
        "answered_on",
        "service",
        "case_id",
        "answers",
        "sex",
        "age",
        "education",
        "occupation",
        "hour_band",
        "suggestion",
    ];

    fn subject(&self) -> &str {
        &self.response_id
    }

    fn by_identity(&self, other: &Self) -> Ordering {
        self.response_id.cmp(&other.response_id)
    }

    fn once(rows: &mut Vec<Self>) -> Vec<Finding> {
        if !rows.is_sorted() {
            rows.par_sort_unstable();
        }
        repeats::once(rows)
    }

    /// A form of another day that says something else was filled in by somebody else. Where the day alone differs, it was
    /// corrected.
    fn is_another(&self, new: &Self) -> bool {
        let corrected = Self {
            answered_on: new.answered_on,
            ..self.clone()
        };
        self.answered_on != new.answered_on && corrected != *new
    }

    fn bind<'q>(self, statement: Statement<'q>) -> Statement<'q> {
        statement
            .bind(self.response_id)
            .bind(self.answered_on.to_string())
            .bind(owned(Some(self.service)))
            .bind(self.case_id)
            .bind(serde_json::to_string(&self.answers).unwrap_or_default())
            .bind(owned(self.sex))
            .bind(self.age.map(i64::from))
            .bind(owned(self.education))
            .bind(owned(self.occupation))
            .bind(owned(self.hour_band))
            .bind(self.suggestion)
    }

    fn read(row: &SqliteRow, first: usize, sharing: &mut Sharing) -> Result<Self, Error> {
        let answers: &str = row.try_get(first + 4)?;
        let date: &str = row.try_get(first + 1)?;
        let mut word = |at| {
            let text: Option<&str> = row.try_get(first + at)?;
            Ok::<_, Error>(text.map(|t| sharing.words.word(t)))
        };
        let (service, sex) = (word(2)?, word(5)?);
        let (education, occupation, hour_band) = (word(7)?, word(8)?, word(9)?);
        Ok(Self {
            response_id: row.try_get(first)?,
            answered_on: date.parse().map_err(|e| Error::Decode(Box::new(e)))?,
            service: service.ok_or_else(|| Error::Decode("a missing service".into()))?,
            case_id: row.try_get(first + 3)?,
            answers: sharing
                .questionnaires
                .parse(answers)
                .map_err(|e| Error::Decode(Box::new(e)))?,
            sex,
            age: row.try_get(first + 6)?,
            education,
            occupation,
            hour_band,
            suggestion: row.try_get(first + 10)?,
        })
    }

    fn content(&self) -> Value {
        json!(self)
    }

    fn place(&self, _zone: Tz) -> String {
        format!("survei {}", self.response_id)
    }
}

fn owned(word: Option<Word>) -> Option<String> {
    word.map(|w| w.to_string())
}
