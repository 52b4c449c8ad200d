//! What a mapping says of a survey, checked.
//!
//! In: the text of `[survey]`, `[answers]` and of a form's number. Out: the same, or the mistake with its place. Whether an
//! instrument is known is found where the workspace's are ([`crate::source::files`]).

use std::collections::BTreeMap;

use toml::Spanned;

use super::check::Fault;
use super::text::{InstrumentText, MadeText, OfColumn, SheetSource, SurveyText};
use super::{InstrumentOf, MadeOf, Origin, Survey};
use crate::source::row::{ImportKind, usable_code};

pub(super) fn survey(given: SurveyText) -> Result<Survey, Fault> {
    let span = given.order.as_ref().map(Spanned::span);
    let instrument = match given.instrument.map(Spanned::into_inner) {
        None => None,
        Some(InstrumentText::Code(code)) => Some(InstrumentOf::Code(code)),
        Some(InstrumentText::Column(OfColumn { column })) => Some(InstrumentOf::Column(column)),
        Some(InstrumentText::Sheet(SheetSource { sheet_name: true })) => {
            Some(InstrumentOf::SheetName)
        }
        Some(InstrumentText::Sheet(_)) => None,
    };
    let reason = match (&instrument, &given.order) {
        (None, Some(_)) => {
            "[survey] has an order, but no instrument whose order it is: add instrument = \"permenpanrb-14-2017\", or the one that was used"
        }
        (Some(InstrumentOf::Column(_)), Some(_)) => {
            "[survey] has one order for rows of several instruments: name the columns by element under [answers] instead"
        }
        _ => {
            return Ok(Survey {
                instrument,
                order: given.order.map(Spanned::into_inner),
            });
        }
    };
    Err((reason.to_owned(), span))
}

pub(super) fn answers(
    given: BTreeMap<Spanned<String>, String>,
) -> Result<BTreeMap<String, String>, Fault> {
    let mut answers = BTreeMap::new();
    for (code, column) in given {
        let span = code.span();
        let code = code.into_inner();
        if !usable_code(&code) {
            let reason = format!(
                "[answers] `{code}` is no element code: write capitals, digits and `_`, such as WAKTU"
            );
            return Err((reason, Some(span)));
        }
        answers.insert(code, column);
    }
    Ok(answers)
}

pub(super) fn made(of: MadeText, prefix: String) -> Result<Origin, String> {
    let of = match of {
        MadeText::Word(word) if word == "row" => MadeOf::Row,
        MadeText::Columns(columns) if !columns.is_empty() => MadeOf::Columns(columns),
        _ => {
            return Err(
                "`made_of`: write the columns that tell forms apart, such as [\"Timestamp\"], or \"row\""
                    .to_owned(),
            );
        }
    };
    Ok(Origin::Made { of, prefix })
}

/// Survey programs have a column for the time of their own, which is looked for.
pub(super) fn found_by_itself(kind: ImportKind, field: &str) -> bool {
    kind == ImportKind::Responses && field == "answered_on"
}
