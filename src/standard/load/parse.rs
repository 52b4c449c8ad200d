//! TOML text into a file's structure, and the small values every file has: words, texts, dates, citations.

use std::ops::Range;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Spanned, Value};

use super::error::{Doc, StandardError};
use crate::standard::sop::Citation;

/// Words of a document and where they stand in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CitationFile {
    words: Spanned<String>,
    place: Spanned<String>,
}

impl CitationFile {
    pub fn read(&self, doc: &Doc) -> Result<Citation, StandardError> {
        citation(doc, &self.words, &self.place)
    }
}

/// Words and place, neither of them empty.
pub(super) fn citation(
    doc: &Doc,
    words: &Spanned<String>,
    place: &Spanned<String>,
) -> Result<Citation, StandardError> {
    Ok(Citation {
        words: text(doc, "words", words)?,
        place: text(doc, "place", place)?,
    })
}

/// A text that must not be empty.
pub(super) fn text(doc: &Doc, key: &str, value: &Spanned<String>) -> Result<String, StandardError> {
    let trimmed = value.get_ref().trim();
    if trimmed.is_empty() {
        return Err(doc.wrong(
            value.span(),
            format!("`{key}` is empty: write the text, or remove the key where it may be left out"),
        ));
    }
    Ok(trimmed.to_owned())
}

/// One of a closed list of words.
pub(super) fn word<T: Copy>(
    doc: &Doc,
    key: &str,
    value: &Spanned<String>,
    allowed: &[(&str, T)],
) -> Result<T, StandardError> {
    let found = allowed.iter().find(|(w, _)| *w == value.get_ref());
    found.map(|(_, v)| *v).ok_or_else(|| {
        let words: Vec<_> = allowed.iter().map(|(w, _)| format!("\"{w}\"")).collect();
        doc.wrong(
            value.span(),
            format!(
                "`{key}` is \"{}\", which is no word known here: write one of {}",
                value.get_ref(),
                words.join(", ")
            ),
        )
    })
}

/// A date, written as `2017-06-07` with or without quotation marks.
pub(super) fn date(
    doc: &Doc,
    key: &str,
    value: &Spanned<Value>,
) -> Result<NaiveDate, StandardError> {
    let written = match value.get_ref() {
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    date_of_text(&written).ok_or_else(|| {
        doc.wrong(
            value.span(),
            format!("`{key}` is {written}, which is no date: write a day that exists as year-month-day, as in 2017-06-07"),
        )
    })
}

/// Reads `2017-06-07`, and nothing looser.
pub(super) fn date_of_text(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if !shape {
        return None;
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

/// Reads a whole file into its structure.
pub(super) fn parse<T: DeserializeOwned>(doc: &Doc) -> Result<T, StandardError> {
    let text = doc.text.strip_prefix('\u{feff}').unwrap_or(doc.text);
    let skipped = doc.text.len() - text.len();
    toml::from_str(text).map_err(|e| {
        let span = e.span().unwrap_or(0..0);
        let span = span.start + skipped..span.end + skipped;
        let sentence = explain(doc, e.message(), &span);
        doc.wrong(span, sentence)
    })
}

/// The parser's message as a sentence with key, value, what is allowed and the cure.
fn explain(doc: &Doc, message: &str, span: &Range<usize>) -> String {
    let message = message.trim().replace('\n', ", ");
    let key = key_at(doc.text, span.start);
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let (found, known) = rest.split_once(", expected ").unwrap_or((rest, "none"));
        let known = known.strip_prefix("one of ").unwrap_or(known);
        return format!(
            "the key {found} is not known here: correct its spelling or remove it; the keys allowed are {known}"
        );
    }
    if let Some(missing) = message.strip_prefix("missing field ") {
        return format!(
            "the key {missing} is missing {}: add it",
            place_of(doc.text, span)
        );
    }
    if message.starts_with("duplicate key") {
        return format!("the key `{key}` is given twice: keep one of the two");
    }
    if message.starts_with("invalid ") && message.contains(", expected ") {
        let said = message
            .replace("expected u32", "expected a whole number, 0 or more")
            .replace("expected i32", "expected a whole number")
            .replace("expected struct", "expected a table of")
            .replace("expected a sequence", "expected a list in [ ]");
        return format!(
            "the value of `{key}` has the wrong form ({said}): write it in the form expected"
        );
    }
    format!("this is not valid TOML ({message}): correct the line")
}

/// The key on the line of an offset.
fn key_at(text: &str, offset: usize) -> &str {
    let start = text[..offset].rfind('\n').map_or(0, |i| i + 1);
    let line = text[start..].lines().next().unwrap_or("");
    // Within an inline table the nearest key in front of the offset is the one meant.
    let (front, behind) = line.split_at((offset - start).min(line.len()));
    let front = front.trim_end().trim_end_matches('=').trim_end();
    let nearest = front
        .rsplit(['{', ',', ' ', '['])
        .next()
        .unwrap_or("")
        .trim();
    if nearest.is_empty() {
        behind.split(['=', ']']).next().unwrap_or("").trim()
    } else {
        nearest
    }
}

/// Which table a span is: the header it stands on or below.
fn place_of(text: &str, span: &Range<usize>) -> String {
    let line_end = text[span.start..]
        .find('\n')
        .map_or(text.len(), |i| span.start + i);
    let header = text[..line_end]
        .lines()
        .rev()
        .find(|l| l.trim_start().starts_with('['));
    match header {
        Some(header) if span.end < text.trim_end().len() || span.start > 0 => {
            format!("in {}", header.trim())
        }
        _ => "at the top of the file".to_owned(),
    }
}
