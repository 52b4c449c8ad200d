//! The steps of a standard: read one by one, then held against each other and the case's total.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use super::error::{Doc, StandardError};
use super::parse::{text, word};
use super::sop_file::{MinutesFile, StepFile};
use crate::standard::sop::{ClockName, Duty, Holder, Minutes, NoLimit, Step, Unit, Window};

const HOLDERS: &[(&str, Holder)] = &[
    ("office", Holder::Office),
    ("applicant", Holder::Applicant),
    ("agency", Holder::Agency),
];
const DUTIES: &[(&str, Duty)] = &[
    ("mandatory", Duty::Mandatory),
    ("with_recommendation", Duty::WithRecommendation),
    ("optional", Duty::Optional),
];
const CLOCKS: &[(&str, ClockName)] = &[
    ("registration", ClockName::Registration),
    ("main", ClockName::Main),
];
const NO_LIMITS: &[(&str, NoLimit)] = &[
    ("as_needed", NoLimit::AsNeeded),
    ("not_legible", NoLimit::NotLegible),
    ("not_stated", NoLimit::NotStated),
];
pub(super) const UNITS: &[(&str, Unit)] = &[
    ("working_days", Unit::WorkingDays),
    ("calendar_days", Unit::CalendarDays),
    ("elapsed_hours", Unit::ElapsedHours),
];

/// Reads all steps; no number may stand twice.
pub(super) fn read_steps(
    doc: &Doc,
    files: &[Spanned<StepFile>],
    total: Window,
    has_recommendation: bool,
) -> Result<BTreeMap<i32, Step>, StandardError> {
    if files.is_empty() {
        return Err(doc.wrong(
            0..0,
            "the file has no steps: add a [[step]] for each step of the procedure",
        ));
    }
    let mut steps = BTreeMap::new();
    let mut lines = BTreeMap::new();
    for file in files {
        let step = read_step(doc, file, total)?;
        let span = file.get_ref().number.span();
        if step.duty == Duty::WithRecommendation && !has_recommendation {
            return Err(doc.wrong(
                file.get_ref().duty.span(),
                format!(
                    "`duty` of step {} is \"with_recommendation\", but the file has no [recommendation]: add that table, or write \"mandatory\" or \"optional\"",
                    step.number
                ),
            ));
        }
        if let Some(first) = lines.insert(step.number, doc.line(span.start)) {
            return Err(doc.wrong(
                span,
                format!(
                    "`number` is {}, which the step of line {first} has already: give every step a number of its own",
                    step.number
                ),
            ));
        }
        steps.insert(step.number, step);
    }
    Ok(steps)
}

fn read_step(doc: &Doc, file: &Spanned<StepFile>, total: Window) -> Result<Step, StandardError> {
    let span = file.get_ref().number.span();
    let file = file.get_ref();
    let number = *file.number.get_ref();
    if number < 1 {
        return Err(doc.wrong(
            span,
            format!("`number` is {number}, but steps are numbered from 1: write the document's own number"),
        ));
    }
    for (key, value) in [
        ("text", &file.text),
        ("kelengkapan", &file.kelengkapan),
        ("output", &file.output),
        ("keterangan", &file.keterangan),
    ] {
        if let Some(value) = value {
            text(doc, key, value)?;
        }
    }
    let clock = file.clock.as_ref().map(|c| word(doc, "clock", c, CLOCKS));
    let step = Step {
        number,
        title: text(doc, "title", &file.title)?,
        actor: text(doc, "actor", &file.actor)?,
        holder: word(doc, "holder", &file.holder, HOLDERS)?,
        duty: word(doc, "duty", &file.duty, DUTIES)?,
        clock: clock.transpose()?,
        waktu: file
            .waktu
            .as_ref()
            .map(|w| w.get_ref().read(doc))
            .transpose()?,
        window: read_window(doc, file, total)?,
        minutes: file
            .minutes
            .as_ref()
            .map(|m| read_minutes(doc, m))
            .transpose()?,
        note: file.note.as_ref().map(|n| n.read(doc)).transpose()?,
    };
    check_words(doc, &step, file)?;
    Ok(step)
}

/// The day window or the reason there is none: exactly one of the two keys.
fn read_window(
    doc: &Doc,
    file: &StepFile,
    total: Window,
) -> Result<Result<Window, NoLimit>, StandardError> {
    let number = file.number.get_ref();
    let (window, none) = match (&file.window, &file.no_limit) {
        (Some(window), None) => (window, None),
        (None, Some(none)) => return Ok(Err(word(doc, "no_limit", none, NO_LIMITS)?)),
        (Some(window), Some(none)) => (window, Some(none)),
        (None, None) => {
            return Err(doc.wrong(
                file.number.span(),
                format!(
                    "step {number} has neither `window` nor `no_limit`: write the limit as window = {{ limit = 2, unit = \"working_days\" }}, or why there is none as no_limit = \"as_needed\", \"not_legible\" or \"not_stated\""
                ),
            ));
        }
    };
    if let Some(none) = none {
        return Err(doc.wrong(
            none.span(),
            format!(
                "step {number} has a `window` and also no_limit = \"{}\", which contradict each other: keep the one the document supports",
                none.get_ref()
            ),
        ));
    }
    let limit = &window.get_ref().limit;
    let value = *limit.get_ref();
    let unit = word(doc, "unit", &window.get_ref().unit, UNITS)?;
    if unit == total.unit && value > total.value {
        return Err(doc.wrong(
            limit.span(),
            format!(
                "`limit` of step {number} is {value} {}, but the whole case has {} in [total]: a step cannot end after its case, so correct one of the two",
                unit.code(),
                total.value
            ),
        ));
    }
    Ok(Ok(Window { value, unit }))
}

fn read_minutes(doc: &Doc, file: &MinutesFile) -> Result<Minutes, StandardError> {
    let max = *file.max.get_ref();
    if max == 0 {
        return Err(doc.wrong(
            file.max.span(),
            "`max` is 0 minutes, which no step can keep: write the upper bound of the document, 1 or more",
        ));
    }
    if let Some(min) = &file.min
        && *min.get_ref() > max
    {
        return Err(doc.wrong(
            min.span(),
            format!(
                "`min` is {} minutes and `max` is {max}: the minimum must not be above the maximum, so correct one of the two",
                min.get_ref()
            ),
        ));
    }
    Ok(Minutes {
        min: file.min.as_ref().map(|m| *m.get_ref()),
        max,
    })
}

/// A limit needs a clock and the words it was read from; what is lost or not stated has no words.
fn check_words(doc: &Doc, step: &Step, file: &StepFile) -> Result<(), StandardError> {
    let n = step.number;
    let wrong = |span: Range<usize>, sentence: String| Err(doc.wrong(span, sentence));
    if let (Some(window), None) = (&file.window, step.clock) {
        return wrong(
            window.span(),
            format!(
                "step {n} has a `window` but no `clock`: write clock = \"registration\" or clock = \"main\", or replace the window by `no_limit`"
            ),
        );
    }
    let limited = step.window.is_ok() || step.minutes.is_some();
    if step.waktu.is_none() && (limited || step.window == Err(NoLimit::AsNeeded)) {
        return wrong(
            file.number.span(),
            format!(
                "step {n} has no `waktu`, but a limit, and \"as_needed\" too, carries the words it was read from: write waktu = {{ words = \"...\", place = \"...\" }}"
            ),
        );
    }
    if let (Some(waktu), Err(NoLimit::NotLegible | NoLimit::NotStated), None) =
        (&file.waktu, step.window, step.minutes)
    {
        return wrong(
            waktu.span(),
            format!(
                "step {n} cites words in `waktu`, but its `no_limit` says there are none: remove `waktu`, or write no_limit = \"as_needed\" or a `window`"
            ),
        );
    }
    Ok(())
}
