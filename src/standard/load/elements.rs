//! The elements of an instrument: read one by one, then held against each other. Their weights must sum to 1.

use num_rational::BigRational;
use num_traits::{One, Zero};
use toml::Spanned;

use super::error::{Doc, StandardError};
use super::instrument::read_weight;
use super::instrument_file::ElementFile;
use super::parse::{text, word};
use crate::exact;
use crate::standard::instrument::{Element, Measured};

const MEASURED: &[(&str, Measured)] =
    &[("timeliness", Measured::Timeliness), ("fee", Measured::Fee)];

/// More elements than any questionnaire has; the answers of a form are kept in one number.
const MOST_ELEMENTS: usize = 40;

/// Columns of a file of responses that are no elements (design.md, "Contract of the snapshot").
const COLUMNS: [&str; 11] = [
    "RESPONSE_ID",
    "ANSWERED_ON",
    "SERVICE",
    "CASE_ID",
    "SEX",
    "AGE",
    "EDUCATION",
    "OCCUPATION",
    "HOUR_BAND",
    "SUGGESTION",
    "ANSWERS",
];

/// Reads all elements.
pub(super) fn read_elements(
    doc: &Doc,
    files: &Spanned<Vec<Spanned<ElementFile>>>,
) -> Result<Vec<Element>, StandardError> {
    let count = files.get_ref().len();
    if !(1..=MOST_ELEMENTS).contains(&count) {
        return Err(doc.wrong(
            files.span(),
            format!("the file has {count} elements: write a [[element]] for each question of the survey, 1 to {MOST_ELEMENTS}"),
        ));
    }
    let mut elements: Vec<Element> = Vec::new();
    for file in files.get_ref() {
        let element = read_element(doc, file.get_ref())?;
        if elements.iter().any(|e| e.code == element.code) {
            return Err(doc.wrong(
                file.get_ref().code.span(),
                format!(
                    "`code` is \"{}\", which another element has already: give every element a code of its own",
                    element.code
                ),
            ));
        }
        elements.push(element);
    }
    check_sum(doc, files, &elements)?;
    Ok(elements)
}

fn check_sum(
    doc: &Doc,
    files: &Spanned<Vec<Spanned<ElementFile>>>,
    elements: &[Element],
) -> Result<(), StandardError> {
    let sum = elements
        .iter()
        .fold(BigRational::zero(), |sum, e| sum + &e.weight);
    if sum.is_one() {
        return Ok(());
    }
    let first = files.get_ref().first();
    let count = elements.len();
    Err(doc.wrong(
        first.map_or(files.span(), |f| f.get_ref().weight.span()),
        format!(
            "the weights of the {count} elements sum to {}, but they must sum to 1 exactly: correct them; where all weigh alike, write weight = \"1/{count}\"",
            exact::said(&sum)
        ),
    ))
}

fn read_element(doc: &Doc, file: &ElementFile) -> Result<Element, StandardError> {
    let measured = file.measured.as_ref();
    let question = file.question.as_ref();
    Ok(Element {
        code: read_code(doc, &file.code)?,
        title: text(doc, "title", &file.title)?,
        weight: read_weight(doc, &file.weight)?,
        question: question.map(|q| text(doc, "question", q)).transpose()?,
        scale: read_scale(doc, file)?,
        measured: measured
            .map(|m| word(doc, "measured", m, MEASURED))
            .transpose()?,
        keywords: read_keywords(doc, file)?,
    })
}

/// A code in capitals that can be a column beside those of the contract.
fn read_code(doc: &Doc, code: &Spanned<String>) -> Result<String, StandardError> {
    let found = code.get_ref();
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let usable = found.chars().all(plain) && found.starts_with(|c: char| c.is_ascii_uppercase());
    if !usable {
        return Err(doc.wrong(
            code.span(),
            format!("`code` is \"{found}\": write capital letters, digits and _ only, a letter first, as in \"WAKTU\""),
        ));
    }
    if COLUMNS.contains(&found.as_str()) {
        return Err(doc.wrong(
            code.span(),
            format!(
                "`code` is \"{found}\", which is the name of another column of survey files: choose another code; taken are {}",
                COLUMNS.join(", ")
            ),
        ));
    }
    Ok(found.clone())
}

/// Four different words.
fn read_scale(doc: &Doc, file: &ElementFile) -> Result<[String; 4], StandardError> {
    let words = file.scale.get_ref();
    let mut read: Vec<String> = Vec::new();
    for one in words {
        let word = text(doc, "scale", one)?;
        let same = |other: &String| other.to_lowercase() == word.to_lowercase();
        if read.iter().any(same) {
            return Err(doc.wrong(
                one.span(),
                format!("`scale` has \"{word}\" twice: give every answer words of its own, or an import cannot tell them apart"),
            ));
        }
        read.push(word);
    }
    read.try_into().map_err(|_| {
        doc.wrong(
            file.scale.span(),
            format!(
                "`scale` has {} words: write four, for the answers 1, 2, 3 and 4",
                words.len()
            ),
        )
    })
}

/// Keywords in lower case, each once.
fn read_keywords(doc: &Doc, file: &ElementFile) -> Result<Vec<String>, StandardError> {
    let mut keywords: Vec<String> = Vec::new();
    for one in &file.keywords {
        let word = text(doc, "keywords", one)?;
        if word != word.to_lowercase() || keywords.contains(&word) {
            return Err(doc.wrong(
                one.span(),
                format!("`keywords` has \"{word}\": write every keyword once, in small letters"),
            ));
        }
        keywords.push(word);
    }
    Ok(keywords)
}
