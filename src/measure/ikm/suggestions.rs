//! Suggestions: which element each is about, with personal data masked.
//!
//! In: forms, the keywords of an instrument. Out: [`Suggestion`], in the order of the elements. A suggestion is about the element most of
//! whose keywords it has; a keyword of several words counts for each of them; of equal ones the first of the instrument. A keyword
//! of five letters or more is found inside longer words too (`lambat` in "keterlambatan"), a shorter one only where a word is it,
//! or it with -nya.

use rayon::prelude::*;

use super::Suggestion;
use super::cases::service_code;
use super::mask::{masked, words};
use crate::snapshot::ResponseRow;
use crate::standard::{Instrument, Library};

/// Shorter keywords would be found in words that have nothing to do with them.
const LEAST_INSIDE: usize = 5;

/// All suggestions that say something: one without a letter is none.
pub(super) fn suggestions(
    rows: &[&ResponseRow],
    instrument: &Instrument,
    library: &Library,
) -> Vec<Suggestion> {
    let made = |row: &&ResponseRow| {
        let text = row.suggestion.as_deref().map(str::trim)?;
        text.chars().any(char::is_alphabetic).then_some(())?;
        let element = element(text, instrument);
        let place = element.map_or(instrument.elements.len(), |(place, _)| place);
        let (text, masked) = masked(text);
        let suggestion = Suggestion {
            response_id: row.response_id.clone(),
            answered_on: row.answered_on,
            service: service_code(&row.service, library).to_owned(),
            element: element.map(|(_, code)| code.to_owned()),
            text,
            masked,
        };
        Some((place, suggestion))
    };
    let mut all: Vec<(usize, Suggestion)> = rows.par_iter().filter_map(made).collect();
    all.par_sort_by(|(a, one), (b, other)| {
        let key = |place, s: &'_ Suggestion| (place, s.answered_on);
        key(*a, one)
            .cmp(&key(*b, other))
            .then_with(|| one.text.cmp(&other.text))
            .then_with(|| one.response_id.cmp(&other.response_id))
    });
    all.into_iter().map(|(_, suggestion)| suggestion).collect()
}

/// The element a text is about: its place in the instrument, and its code.
fn element<'i>(text: &str, instrument: &'i Instrument) -> Option<(usize, &'i str)> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = words(&lower)
        .into_iter()
        .filter_map(|(from, to)| lower.get(from..to))
        .collect();
    let points = |keywords: &[String]| -> usize { keywords.iter().map(|k| found(k, &words)).sum() };
    let elements = instrument.elements.iter().enumerate();
    let scored = elements.map(|(place, e)| (points(&e.keywords), place, e.code.as_str()));
    // The first of the highest: max_by would take the last.
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    (best.0 > 0).then_some((best.1, best.2))
}

/// How much a keyword counts: its number of words where the text has them one after the other, else 0.
fn found(keyword: &str, text: &[&str]) -> usize {
    let parts: Vec<&str> = words(keyword)
        .into_iter()
        .filter_map(|(from, to)| keyword.get(from..to))
        .collect();
    let has = text
        .windows(parts.len().max(1))
        .any(|window| parts.iter().zip(window).all(|(p, w)| is_word(p, w)));
    if has { parts.len() } else { 0 }
}

fn is_word(keyword: &str, word: &str) -> bool {
    match keyword.chars().count() >= LEAST_INSIDE {
        true => word.contains(keyword),
        false => word == keyword || word.strip_suffix("nya") == Some(keyword),
    }
}
