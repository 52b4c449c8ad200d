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
    date_of_text(&written).ok_or_else(|| doc.wrong(value.span(), no_date(key, &written)))
}

/// The sentence on a value that is no date.
pub(super) fn no_date(key: &str, value: &str) -> String {
    format!(
        "`{key}` is {value}, which is no date: write a day that exists as year-month-day, as in 2017-06-07"
    )
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
    toml::from_str(doc.text).map_err(|e| {
        let span = e.span().unwrap_or(0..0);
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
    if message.starts_with("invalid date") {
        return no_date(key, value_at(doc.text, span.start));
    }
    if message.starts_with("invalid ") && message.contains(", expected ") {
        let said = plain_words(&message);
        return format!(
            "the value of `{key}` has the wrong form ({said}): write it in the form expected"
        );
    }
    format!("this is not valid TOML ({message}): correct the line")
}

/// The key whose value, or name, stands at an offset.
fn key_at(text: &str, offset: usize) -> &str {
    let offset = boundary(text, offset);
    let mut start = text[..offset].rfind('\n').map_or(0, |i| i + 1);
    // A value on a line of its own belongs to the key of a line above.
    while start > 0 && is_value_alone(text[start..].lines().next().unwrap_or("")) {
        start = text[..start - 1].rfind('\n').map_or(0, |i| i + 1);
    }
    let front = &text[start..offset];
    let inner = match front.rfind('{') {
        Some(open) if !front[open..].contains('}') => {
            let inner = &front[open + 1..];
            inner.rsplit(',').next().unwrap_or(inner)
        }
        _ => front,
    };
    let named = inner
        .split('=')
        .next()
        .unwrap_or("")
        .trim_matches(['[', ' ', '\t']);
    if named.is_empty() {
        let line = text[offset..].lines().next().unwrap_or("");
        line.trim_matches(['[', ']'])
            .split('=')
            .next()
            .unwrap_or("")
            .trim()
    } else {
        named
    }
}

/// The offset, or the nearest place before it where the text can be cut.
fn boundary(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

/// A line that goes on with the value of an earlier one: neither a key nor a table's header.
fn is_value_alone(line: &str) -> bool {
    !line.contains('=') && !line.starts_with('[')
}

/// The value behind the key at an offset, as written.
fn value_at(text: &str, offset: usize) -> &str {
    let start = text[..boundary(text, offset)]
        .rfind('=')
        .map_or(0, |i| i + 1);
    let line = text[start..].lines().next().unwrap_or("");
    line.split([',', '}', '#']).next().unwrap_or("").trim()
}

/// The table a span is, in words: under a header, in braces, or the file itself.
fn place_of(text: &str, span: &Range<usize>) -> String {
    let rest = text.get(span.start..).unwrap_or("");
    if rest.starts_with('[') {
        format!("in {}", rest.lines().next().unwrap_or("").trim())
    } else if rest.starts_with('{') {
        format!("in `{}`", key_at(text, span.start))
    } else {
        "at the top of the file".to_owned()
    }
}

/// A type of the parser in a reader's words.
fn plain_words(message: &str) -> String {
    let mut said = message
        .replace("expected u32", "expected a whole number, 0 or more")
        .replace("expected i32", "expected a whole number")
        .replace("expected a boolean", "expected true or false")
        .replace("expected a sequence", "expected a list in [ ]");
    if let Some(at) = said.find("expected struct") {
        said.truncate(at);
        said.push_str("expected a table");
    }
    said
}
