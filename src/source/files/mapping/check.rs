//! What a mapping says, checked: every mistake is a sentence with the place in the text.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono_tz::Tz;
use toml::Spanned;

use super::survey::{answers, found_by_itself, made, survey};
use super::text::{
    ColumnSource, DerivedSource, File, FirstOfSource, MadeSource, PrefixedSource, SheetSource,
    SheetsText, Source, Sources, Unlisted, ValueSource, Wide, WideEntry, Word,
};
use super::{MadeOf, Mapping, Origin, Origins, Sheets, WideStep};
use crate::source::moment::Shape;
use crate::source::row::{Class, Codes, ImportKind, Need};
use crate::source::value::Decimal;

pub(super) type Fault = (String, Option<Range<usize>>);

/// Most rows that a header can have.
const HEADER_ROWS: u64 = 5;

pub(super) fn mapping(file: File) -> Result<Mapping, Fault> {
    let sections = [
        (ImportKind::Cases, file.cases),
        (ImportKind::Steps, file.steps),
        (ImportKind::Responses, file.responses),
        (ImportKind::Complaints, file.complaints),
        (ImportKind::Staff, file.staff),
        (ImportKind::Followups, file.followups),
    ];
    let mut origins = BTreeMap::new();
    for (kind, sources) in sections {
        origins.insert(kind, section(sources, kind)?);
    }
    let has_steps = !origins[&ImportKind::Steps].is_empty();
    let wide = match file.wide {
        Some(wide) if has_steps => {
            let reason = "[wide] and [steps] both say where steps come from: leave one";
            return Err((reason.to_owned(), Some(wide.span())));
        }
        Some(wide) => wide_steps(wide)?,
        None => Vec::new(),
    };
    Ok(Mapping {
        cases_from: file.cases_from,
        zone: file.zone.map(zone).transpose()?,
        delimiter: file.delimiter.map(delimiter).transpose()?,
        encoding: file.encoding,
        decimal: file.decimal.map_or(Ok(Decimal::Either), decimal)?,
        sheets: sheets(file.sheet, file.sheets)?,
        header_row: file
            .header_row
            .map(|n| within("header_row", n, u64::from(u32::MAX)))
            .transpose()?,
        header_rows: file
            .header_rows
            .map(|n| within("header_rows", n, HEADER_ROWS))
            .transpose()?,
        missing: file.missing.iter().map(|m| m.trim().to_owned()).collect(),
        wide,
        survey: survey(file.survey)?,
        answers: answers(file.answers)?,
        codes: codes(file.codes, file.unlisted)?,
        origins,
    })
}

fn zone(given: Spanned<String>) -> Result<Tz, Fault> {
    given.get_ref().parse().map_err(|_| {
        let reason = format!(
            "`{}` is no time zone: write one like \"Asia/Makassar\"",
            given.get_ref()
        );
        (reason, Some(given.span()))
    })
}

fn delimiter(given: Spanned<String>) -> Result<u8, Fault> {
    match given.get_ref().as_bytes() {
        [one] if !one.is_ascii_alphanumeric() && !b"\"\r\n".contains(one) => Ok(*one),
        _ => {
            let reason = format!(
                "delimiter {:?}: write one character such as \";\"",
                given.get_ref()
            );
            Err((reason, Some(given.span())))
        }
    }
}

fn decimal(given: Spanned<String>) -> Result<Decimal, Fault> {
    match given.get_ref().as_str() {
        "," => Ok(Decimal::Comma),
        "." => Ok(Decimal::Point),
        other => {
            let reason = format!("decimal {other:?}: write \",\" or \".\"");
            Err((reason, Some(given.span())))
        }
    }
}

fn sheets(
    one: Option<super::Sheet>,
    several: Option<Spanned<SheetsText>>,
) -> Result<Sheets, Fault> {
    let Some(several) = several else {
        return Ok(one.map_or(Sheets::First, |sheet| Sheets::Listed(vec![sheet])));
    };
    let span = Some(several.span());
    if one.is_some() {
        let reason = "`sheet` and `sheets` both name sheets: leave one";
        return Err((reason.to_owned(), span));
    }
    match several.into_inner() {
        SheetsText::Word(word) if word == "all" => Ok(Sheets::All),
        SheetsText::List(list) if !list.is_empty() => Ok(Sheets::Listed(list)),
        _ => {
            let reason = "sheets: write a list such as [\"Jan\", \"Feb\"], or \"all\"";
            Err((reason.to_owned(), span))
        }
    }
}

fn within(key: &str, given: Spanned<u64>, most: u64) -> Result<u64, Fault> {
    let number = *given.get_ref();
    match (1..=most).contains(&number) {
        true => Ok(number),
        false => Err((
            format!("{key} = {number}: write a number from 1 to {most}"),
            Some(given.span()),
        )),
    }
}

/// Not a column of the contract, but of `[survey]`.
const INSTRUMENT: &str = "instrument";

fn codes(
    given: BTreeMap<String, Spanned<BTreeMap<String, Word>>>,
    unlisted: Unlisted,
) -> Result<BTreeMap<String, Codes>, Fault> {
    let mut codes = BTreeMap::new();
    for (field, words) in given {
        if field != INSTRUMENT {
            known(&field, &ImportKind::ALL, "codes", words.span())?;
        }
        let list = Codes {
            words: words
                .into_inner()
                .into_iter()
                .map(|(k, w)| (k, w.text()))
                .collect(),
            keep_unlisted: unlisted == Unlisted::Keep,
        };
        codes.insert(field, list);
    }
    Ok(codes)
}

fn known(
    field: &str,
    kinds: &[ImportKind],
    section: &str,
    span: Range<usize>,
) -> Result<(), Fault> {
    let mut names: Vec<&str> = Vec::new();
    for name in kinds.iter().flat_map(|k| k.mapped_fields()).map(|f| f.name) {
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

/// The origins of one kind's columns.
fn section(given: Sources, kind: ImportKind) -> Result<Origins, Fault> {
    let section = kind.code();
    let mut origins = Origins::new();
    for (field, source) in given {
        known(&field, &[kind], section, source.span())?;
        let found = origin(kind, &field, source)?;
        origins.insert(field, found);
    }
    let lacking: Vec<&str> = kind
        .fields()
        .iter()
        .filter(|f| f.need != Need::Optional && !origins.contains_key(f.name))
        .filter(|f| !found_by_itself(kind, f.name))
        .map(|f| f.name)
        .collect();
    if !origins.is_empty() && !lacking.is_empty() {
        let cure = match lacking.contains(&"response_id") {
            true => {
                "; a form without a number of its own gets one by response_id = { made_of = [\"Timestamp\"] }, from the columns that tell forms apart"
            }
            false => "",
        };
        let reason = format!(
            "[{section}] lacks {}: name the source column or a value{cure}",
            lacking.join(", ")
        );
        return Err((reason, None));
    }
    lifecycle(&origins)?;
    Ok(origins)
}

/// What a lifecycle column needs beside it.
fn lifecycle(origins: &Origins) -> Result<(), Fault> {
    let has = |name| origins.contains_key(name);
    let both = has("started_at") && has("completed_at");
    let reason = match (has("lifecycle"), has("instance")) {
        (true, _) if !both => {
            "[steps] has `lifecycle`, so events are starts and completions: name the column of their times as `started_at` and as `completed_at`"
        }
        (false, true) => {
            "[steps] has `instance` without `lifecycle`: name the column that says which events are starts and which completions"
        }
        _ => return Ok(()),
    };
    Err((reason.to_owned(), None))
}

/// The entries of `[[wide.steps]]`, each with the columns of its case.
fn wide_steps(given: Spanned<Wide>) -> Result<Vec<WideStep>, Fault> {
    let span = given.span();
    let Wide {
        case_id,
        row_id,
        steps,
    } = given.into_inner();
    if steps.is_empty() {
        let reason = "[wide] lists no step: write a [[wide.steps]] for each";
        return Err((reason.to_owned(), Some(span)));
    }
    let mut shared = Origins::new();
    for (field, source) in [("case_id", Some(case_id)), ("row_id", row_id)] {
        if let Some(source) = source {
            shared.insert(field.to_owned(), origin(ImportKind::Steps, field, source)?);
        }
    }
    let mut listed: Vec<WideStep> = Vec::new();
    for entry in steps {
        let earlier = listed.iter().filter(|s| s.step == entry.get_ref().step);
        let nth = 1 + earlier.count() as u32;
        listed.push(wide_step(entry, nth, shared.clone())?);
    }
    Ok(listed)
}

fn wide_step(entry: Spanned<WideEntry>, nth: u32, mut origins: Origins) -> Result<WideStep, Fault> {
    let span = entry.span();
    let entry = entry.into_inner();
    if entry.started_at.is_none() && entry.completed_at.is_none() {
        let reason = format!(
            "[[wide.steps]] step {} names neither `started_at` nor `completed_at`: at least one is needed",
            entry.step
        );
        return Err((reason, Some(span)));
    }
    let step = Origin::Constant(entry.step.to_string());
    origins.insert("step".to_owned(), step);
    for (field, source) in [
        ("started_at", entry.started_at),
        ("completed_at", entry.completed_at),
        ("officer", entry.officer),
        ("result", entry.result),
    ] {
        if let Some(source) = source {
            origins.insert(field.to_owned(), origin(ImportKind::Steps, field, source)?);
        }
    }
    Ok(WideStep {
        step: entry.step,
        nth,
        origins,
    })
}

fn origin(kind: ImportKind, field: &str, source: Spanned<Source>) -> Result<Origin, Fault> {
    let span = source.span();
    named_origin(kind, field, source.into_inner()).map_err(|reason| (reason, Some(span)))
}

fn named_origin(kind: ImportKind, field: &str, source: Source) -> Result<Origin, String> {
    match source {
        Source::Name(name) => Ok(Origin::Column { name, shape: None }),
        Source::Column(ColumnSource { column, format }) => Ok(Origin::Column {
            name: column,
            shape: format.map(|f| shape(kind, field, &f)).transpose()?,
        }),
        Source::Value(ValueSource { value }) => Ok(Origin::Constant(value.text())),
        Source::FirstOf(FirstOfSource { first_of }) if first_of.len() > 1 => {
            Ok(Origin::FirstOf(first_of))
        }
        Source::FirstOf(_) => Err("`first_of` lists at least two columns".to_owned()),
        Source::Derived(DerivedSource { issued_when }) if field == "outcome" => {
            Ok(Origin::IssuedWhen(issued_when))
        }
        Source::Derived(_) => Err(format!(
            "`issued_when` is only for `outcome`, not for `{field}`"
        )),
        Source::Sheet(SheetSource { sheet_name: true }) => Ok(Origin::SheetName),
        Source::Sheet(_) => Err(format!(
            "`{field}`: leave it out in place of sheet_name = false"
        )),
        Source::Prefixed(_) | Source::Made(_) if field != "response_id" => Err(format!(
            "`prefix` and `made_of` are only for `response_id`, not for `{field}`"
        )),
        Source::Prefixed(PrefixedSource { column, prefix }) => Ok(Origin::Made {
            of: MadeOf::Number(column),
            prefix,
        }),
        Source::Made(MadeSource { made_of, prefix }) => made(made_of, prefix),
    }
}

fn shape(kind: ImportKind, field: &str, format: &str) -> Result<Shape, String> {
    let is_time = |class| matches!(class, Class::Instant | Class::Date);
    let timed = kind
        .fields()
        .iter()
        .any(|f| f.name == field && is_time(f.class));
    if !timed {
        return Err(format!(
            "`{field}` is no time, so it has no format: leave `format` out"
        ));
    }
    Shape::new(format).ok_or_else(|| {
        format!(
            "format {format:?} cannot be read: write it like \"%d/%m/%Y %H:%M\", or \"excel\" for the numbers of a spreadsheet"
        )
    })
}
