//! One file of `standards/ikm/` into one [`Instrument`], and what all of them must agree on.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use num_rational::BigRational;
use num_traits::Zero;
use toml::Spanned;

use super::bands::read_bands;
use super::elements::read_elements;
use super::error::{Doc, StandardError};
use super::instrument_file::{InstrumentFile, LegacyFile};
use super::parse::{date, parse, text, word};
use crate::exact;
use crate::standard::instrument::{
    Element, Instrument, Instruments, LegacyRule, Owner, SourceMark,
};

const OWNERS: &[(&str, Owner)] = &[("ministry", Owner::Ministry), ("office", Owner::Office)];
const MARKS: &[(&str, SourceMark)] = &[
    ("V", SourceMark::Read),
    ("V2", SourceMark::SecondHand),
    ("C", SourceMark::Computed),
    ("O", SourceMark::Chosen),
];

/// A weighted sum is at most 4; nobody rounded it to more places than this.
const MOST_PLACES: u32 = 10;

/// An instrument and where in its file the date stands that must agree with other files.
pub(super) struct LoadedInstrument<'a> {
    doc: Doc<'a>,
    instrument: Instrument,
    valid_from: Range<usize>,
}

/// Reads one instrument.
pub(super) fn read_instrument<'a>(doc: Doc<'a>) -> Result<LoadedInstrument<'a>, StandardError> {
    let file: InstrumentFile = parse(&doc)?;
    text(&doc, "description", &file.description)?;
    let elements = read_elements(&doc, &file.element)?;
    let (valid_from, valid_to) = read_validity(&doc, &file)?;
    let mark = word(&doc, "mark", &file.mark, MARKS)?;
    let instrument = Instrument {
        code: read_code(&doc, &file.code)?,
        title: text(&doc, "title", &file.title)?,
        owner: word(&doc, "owner", &file.owner, OWNERS)?,
        basis: text(&doc, "basis", &file.basis)?,
        mark,
        valid_from,
        valid_to,
        bands: read_bands(&doc, &file.band)?,
        bands_mark: read_bands_mark(&doc, &file)?,
        orders: read_orders(&doc, &file, &elements)?,
        legacy: read_legacy(&doc, &file.legacy)?,
        notes: read_notes(&doc, &file)?,
        elements,
        file: doc.path.to_owned(),
        digest: doc.digest(),
    };
    Ok(LoadedInstrument {
        doc,
        instrument,
        valid_from: file.valid_from.span(),
    })
}

/// Puts the instruments side by side. Their codes are the names of their files, so no two are one; of the ministry's at most one is
/// in force on any day.
pub(super) fn assemble(loaded: Vec<LoadedInstrument>) -> Result<Instruments, StandardError> {
    let mut ministry: Vec<&LoadedInstrument> = loaded
        .iter()
        .filter(|l| l.instrument.owner == Owner::Ministry)
        .collect();
    ministry.sort_by_key(|l| l.instrument.valid_from);
    for pair in ministry.windows(2) {
        let [earlier, later] = pair else { continue };
        let from = later.instrument.valid_from;
        if earlier.instrument.valid_to.is_none_or(|last| last >= from) {
            return Err(later.doc.wrong(
                later.valid_from.clone(),
                format!(
                    "`valid_from` is {from}, but {} of {} is still in force on that day: write the last day of the earlier one as its `valid_to`, so that one instrument of the ministry is in force on any day",
                    earlier.instrument.code, earlier.doc.path
                ),
            ));
        }
    }
    let by_code = loaded
        .into_iter()
        .map(|l| (l.instrument.code.clone(), Arc::new(l.instrument)));
    Ok(Instruments {
        by_code: by_code.collect(),
    })
}

/// The code is the name of the file.
fn read_code(doc: &Doc, code: &Spanned<String>) -> Result<String, StandardError> {
    let name = doc.path.rsplit('/').next().unwrap_or(doc.path);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let found = code.get_ref();
    if found != name {
        return Err(doc.wrong(
            code.span(),
            format!("`code` is \"{found}\", but the file is called {name}.toml: write code = \"{name}\" or rename the file"),
        ));
    }
    if !found.chars().all(plain) {
        return Err(doc.wrong(
            code.span(),
            format!("`code` is \"{found}\": write small letters, digits, - and _ only, and rename the file alike"),
        ));
    }
    Ok(found.clone())
}

fn read_validity(
    doc: &Doc,
    file: &InstrumentFile,
) -> Result<(NaiveDate, Option<NaiveDate>), StandardError> {
    let from = date(doc, "valid_from", &file.valid_from)?;
    let Some(value) = &file.valid_to else {
        return Ok((from, None));
    };
    let to = date(doc, "valid_to", value)?;
    if to < from {
        return Err(doc.wrong(
            value.span(),
            format!("`valid_to` is {to}, before `valid_from` {from}: write the last day in force, or remove the key"),
        ));
    }
    Ok((from, Some(to)))
}

/// How sure the bands are; where there are none, they are not verified.
fn read_bands_mark(doc: &Doc, file: &InstrumentFile) -> Result<SourceMark, StandardError> {
    let first = file.band.first();
    match (&file.bands_mark, first) {
        (Some(mark), Some(_)) => word(doc, "bands_mark", mark, MARKS),
        (None, None) => Ok(SourceMark::SecondHand),
        (None, Some(band)) => Err(doc.wrong(
            band.span(),
            "the file has bands, but no `bands_mark` says how sure they are: write bands_mark = \"V\", \"V2\", \"C\" or \"O\" above the first table",
        )),
        (Some(mark), None) => Err(doc.wrong(
            mark.span(),
            format!(
                "`bands_mark` is \"{}\", but the file has no [[band]]: add the bands, or remove the key where they are not verified",
                mark.get_ref()
            ),
        )),
    }
}

/// Every order has every element once.
fn read_orders(
    doc: &Doc,
    file: &InstrumentFile,
    elements: &[Element],
) -> Result<BTreeMap<String, Vec<String>>, StandardError> {
    let mut orders = BTreeMap::new();
    for (name, order) in &file.orders {
        let mut codes: Vec<String> = Vec::new();
        for code in order.get_ref() {
            let found = code.get_ref();
            if !elements.iter().any(|e| e.code == *found) {
                let known: Vec<&str> = elements.iter().map(|e| e.code.as_str()).collect();
                return Err(doc.wrong(
                    code.span(),
                    format!(
                        "the order `{name}` has \"{found}\", which is no element of this instrument: write one of {}",
                        known.join(", ")
                    ),
                ));
            }
            if codes.contains(found) {
                return Err(doc.wrong(
                    code.span(),
                    format!("the order `{name}` has {found} twice: write every element once"),
                ));
            }
            codes.push(found.clone());
        }
        let missing = elements.iter().find(|e| !codes.contains(&e.code));
        if let Some(element) = missing {
            return Err(doc.wrong(
                order.span(),
                format!(
                    "the order `{name}` leaves out {}: write every element once",
                    element.code
                ),
            ));
        }
        orders.insert(name.clone(), codes);
    }
    Ok(orders)
}

fn read_legacy(doc: &Doc, files: &[LegacyFile]) -> Result<Vec<LegacyRule>, StandardError> {
    let mut rules: Vec<LegacyRule> = Vec::new();
    for file in files {
        let code = text(doc, "code", &file.code)?;
        if rules.iter().any(|r| r.code == code) {
            return Err(doc.wrong(
                file.code.span(),
                format!("`code` is \"{code}\", which another [[legacy]] has already: give every rule a code of its own"),
            ));
        }
        let places = file.sum_places.as_ref();
        if let Some(places) = places.filter(|p| *p.get_ref() > MOST_PLACES) {
            return Err(doc.wrong(
                places.span(),
                format!(
                    "`sum_places` is {}: write the decimals the weighted sum was rounded to, 0 to {MOST_PLACES}",
                    places.get_ref()
                ),
            ));
        }
        rules.push(LegacyRule {
            code,
            weight: read_weight(doc, &file.weight)?,
            sum_places: places.map(|p| *p.get_ref()),
            remark: text(doc, "remark", &file.remark)?,
        });
    }
    Ok(rules)
}

/// A weight above 0 and at most 1, exactly.
pub(super) fn read_weight(
    doc: &Doc,
    value: &Spanned<String>,
) -> Result<BigRational, StandardError> {
    let weight = exact::parse(value.get_ref());
    let one = exact::ratio(1, 1);
    weight
        .filter(|w| !w.is_zero() && *w <= one)
        .ok_or_else(|| {
            doc.wrong(
                value.span(),
                format!(
                    "`weight` is \"{}\": write a number above 0 and at most 1 in quotation marks, as a fraction or a decimal, as in \"1/9\" or \"0.05\"",
                    value.get_ref()
                ),
            )
        })
}

fn read_notes(
    doc: &Doc,
    file: &InstrumentFile,
) -> Result<Vec<(SourceMark, String)>, StandardError> {
    let note = |n: &super::instrument_file::NoteFile| {
        Ok((
            word(doc, "mark", &n.mark, MARKS)?,
            text(doc, "text", &n.text)?,
        ))
    };
    file.note.iter().map(note).collect()
}
