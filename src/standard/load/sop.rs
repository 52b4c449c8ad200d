//! One file of `standards/sop/` into one [`Standard`]: values read, references followed, contradictions refused.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use toml::{Spanned, Value};

use super::error::{Doc, StandardError};
use super::hours::read_week;
use super::parse::{citation, date, parse, text, word};
use super::sop_file::{RecommendationFile, SopFile, StepHoursFile, TotalFile};
use super::steps::{UNITS, read_steps};
use super::tables::Tables;
use crate::clock::DayTable;
use crate::standard::sop::{
    ClockName, ClockStart, PauseRule, PauseStep, Recommendation, Standard, Step, Unit, Window,
};

const PAUSES: &[(&str, PauseRule)] = &[
    ("exclude", PauseRule::Exclude),
    ("include", PauseRule::Include),
    ("restart", PauseRule::Restart),
];

/// A standard and where in its file the values stand that must agree with other files.
pub(super) struct Loaded<'a> {
    pub doc: Doc<'a>,
    pub standard: Standard,
    pub revision: Range<usize>,
    pub effective_from: Range<usize>,
    pub aliases: Vec<Range<usize>>,
}

/// The steps of one file, for following references to them.
struct Steps<'a> {
    doc: &'a Doc<'a>,
    steps: &'a BTreeMap<i32, Step>,
}

impl Steps<'_> {
    /// The step a key names; it must exist.
    fn find(&self, key: &str, number: i32, span: Range<usize>) -> Result<&Step, StandardError> {
        self.steps.get(&number).ok_or_else(|| {
            let known: Vec<_> = self.steps.keys().map(i32::to_string).collect();
            self.doc.wrong(
                span,
                format!(
                    "`{key}` names step {number}, which this standard does not have: write one of its steps {}, or add the step",
                    known.join(", ")
                ),
            )
        })
    }

    fn number(&self, key: &str, value: &Spanned<i32>) -> Result<i32, StandardError> {
        Ok(self.find(key, *value.get_ref(), value.span())?.number)
    }
}

/// Reads one standard.
pub(super) fn read_standard<'a>(
    doc: Doc<'a>,
    tables: &mut Tables,
) -> Result<Loaded<'a>, StandardError> {
    let file: SopFile = parse(&doc)?;
    let (total, total_reading) = read_total(&doc, &file.total)?;
    let steps = read_steps(&doc, &file.step, total, file.recommendation.is_some())?;
    let known = Steps {
        doc: &doc,
        steps: &steps,
    };
    check_record(&doc, &file)?;
    let (effective_from, effective_to) = read_effective(&doc, &file, tables)?;
    let decides = file.decides.as_ref().map(|d| read_decides(&known, d));
    let hands_over = file.hands_over.as_ref();
    let standard = Standard {
        service: text(&doc, "service", &file.service)?,
        aliases: read_aliases(&doc, &file)?,
        name: text(&doc, "name", &file.name)?,
        document: text(&doc, "document", &file.document)?,
        revision: text(&doc, "revision", &file.revision)?,
        effective_from,
        effective_to,
        synthetic: file.synthetic,
        file: doc.path.to_owned(),
        digest: doc.digest(),
        legal_basis: read_legal_basis(&doc, &file)?,
        fee: file.fee.read(&doc)?,
        product: text(&doc, "product", &file.product)?,
        start: read_start(&known, &file.clock.start)?,
        start_citation: citation(&doc, &file.clock.words, &file.clock.place)?,
        recommendation: file
            .recommendation
            .as_ref()
            .map(|r| read_recommendation(&known, r))
            .transpose()?,
        recommendation_citation: file
            .recommendation
            .as_ref()
            .map(|r| citation(&doc, &r.words, &r.place))
            .transpose()?,
        pause: file
            .pause
            .as_ref()
            .map_or(Ok(PauseRule::Exclude), |p| word(&doc, "pause", p, PAUSES))?,
        pause_step: read_pause_step(&known, &file)?,
        decides: decides.transpose()?,
        hands_over: hands_over
            .map(|h| read_hands_over(&known, &file, h))
            .transpose()?,
        total,
        total_stated: *file.total.stated.get_ref(),
        total_reading,
        total_citation: citation(&doc, &file.total.words, &file.total.place)?,
        separate_duties: read_duties(&known, &file.separate_duties)?,
        hours_citation: citation(&doc, &file.hours.words, &file.hours.place)?,
        days: tables.working(read_week(&doc, &file.hours.week)?),
        dates: tables.dates(),
        step_hours: read_step_hours(&known, &file.step_hours, tables)?,
        steps,
    };
    Ok(Loaded {
        doc,
        standard,
        revision: file.revision.span(),
        effective_from: file.effective_from.span(),
        aliases: file.aliases.iter().map(Spanned::span).collect(),
    })
}

/// The total as a limit, and the reading that leads from the document's number to it.
fn read_total(doc: &Doc, file: &TotalFile) -> Result<(Window, Option<String>), StandardError> {
    let unit = word(doc, "unit", &file.unit, UNITS)?;
    let (stated, limit) = (*file.stated.get_ref(), *file.limit.get_ref());
    if stated == 0 {
        return Err(doc.wrong(
            file.stated.span(),
            "`stated` is 0, but a case has some time: write the document's own number, 1 or more",
        ));
    }
    let day_one = unit == Unit::WorkingDays && limit + 1 == stated;
    if limit != stated && !day_one {
        let allowed = match unit {
            Unit::WorkingDays => format!("{} (H is day 1) or {stated} (H is day 0)", stated - 1),
            _ => format!("{stated}"),
        };
        return Err(doc.wrong(
            file.limit.span(),
            format!(
                "`limit` is {limit}, which contradicts `stated` = {stated} {}: write {allowed}",
                unit.code()
            ),
        ));
    }
    let reading = file
        .reading
        .as_ref()
        .map(|r| text(doc, "reading", r))
        .transpose()?;
    if day_one && reading.is_none() {
        return Err(doc.wrong(
            file.limit.span(),
            format!("`limit` is {limit} where the document states {stated}, which is a reading: add `reading` with the sentence that explains it"),
        ));
    }
    Ok((Window { value: limit, unit }, reading))
}

fn read_aliases(doc: &Doc, file: &SopFile) -> Result<Vec<String>, StandardError> {
    let mut aliases: Vec<String> = Vec::new();
    for alias in &file.aliases {
        let name = text(doc, "aliases", alias)?;
        if aliases.contains(&name) || name == file.service.get_ref().trim() {
            return Err(doc.wrong(
                alias.span(),
                format!(
                    "`aliases` has \"{name}\" twice, or it is the service's own code: keep it once"
                ),
            ));
        }
        aliases.push(name);
    }
    Ok(aliases)
}

fn read_legal_basis(doc: &Doc, file: &SopFile) -> Result<Vec<String>, StandardError> {
    if file.legal_basis.get_ref().is_empty() {
        return Err(doc.wrong(
            file.legal_basis.span(),
            "`legal_basis` is empty: write at least one law or decision the standard rests on",
        ));
    }
    let basis = file.legal_basis.get_ref().iter();
    basis.map(|b| text(doc, "legal_basis", b)).collect()
}

/// What is kept in the file for the record alone must be readable too.
fn check_record(doc: &Doc, file: &SopFile) -> Result<(), StandardError> {
    for (key, value) in [("created", &file.created), ("revised", &file.revised)] {
        if let Some(value) = value {
            date(doc, key, value)?;
        }
    }
    for entry in &file.history {
        text(doc, "revision", &entry.revision)?;
        date(doc, "date", &entry.date)?;
        text(doc, "text", &entry.text)?;
    }
    let mut letters = Vec::new();
    for section in &file.section {
        let letter = text(doc, "letter", &section.letter)?;
        text(doc, "title", &section.title)?;
        text(doc, "text", &section.text)?;
        if letters.contains(&letter) {
            return Err(doc.wrong(
                section.letter.span(),
                format!("`letter` is \"{letter}\", which another section has already: give every section once"),
            ));
        }
        letters.push(letter);
    }
    Ok(())
}

/// First and last day in force. The calendar must cover the first.
fn read_effective(
    doc: &Doc,
    file: &SopFile,
    tables: &Tables,
) -> Result<(NaiveDate, Option<NaiveDate>), StandardError> {
    let from = date(doc, "effective_from", &file.effective_from)?;
    let calendar = tables.calendar();
    if !calendar.covers(from) {
        let (first, last) = calendar.range();
        return Err(doc.wrong(
            file.effective_from.span(),
            format!(
                "`effective_from` is {from}, which the calendar {} does not cover ({first} to {last}): add the year to the calendar, as without_holidays where none are known, or correct the date",
                calendar.files.join(", ")
            ),
        ));
    }
    let Some(value) = &file.effective_to else {
        return Ok((from, None));
    };
    let to = date(doc, "effective_to", value)?;
    if to < from {
        return Err(doc.wrong(
            value.span(),
            format!("`effective_to` is {to}, before `effective_from` {from}: write the last day in force, or remove the key"),
        ));
    }
    Ok((from, Some(to)))
}

fn read_start(known: &Steps, start: &Spanned<Value>) -> Result<ClockStart, StandardError> {
    let wrong = |found: String| {
        known.doc.wrong(
            start.span(),
            format!("`start` is {found}: write the number of the step whose completion starts the clock, or \"receipt\" where the case's receipt does"),
        )
    };
    match start.get_ref() {
        Value::String(s) if s == "receipt" => Ok(ClockStart::Receipt),
        Value::Integer(n) => {
            let number = i32::try_from(*n).map_err(|_| wrong(n.to_string()))?;
            let step = known.find("start", number, start.span())?;
            if step.clock != Some(ClockName::Registration) {
                return Err(known.doc.wrong(
                    start.span(),
                    format!("`start` names step {number}, which is not on the clock it starts: write clock = \"registration\" in that step, or name another step"),
                ));
            }
            Ok(ClockStart::Step(number))
        }
        other => Err(wrong(other.to_string())),
    }
}

fn read_decides(known: &Steps, decides: &Spanned<i32>) -> Result<i32, StandardError> {
    let step = known.find("decides", *decides.get_ref(), decides.span())?;
    if step.clock.is_none() {
        return Err(known.doc.wrong(
            decides.span(),
            format!("`decides` names step {}, which is on no clock: write clock = \"main\" in that step, or name another step", step.number),
        ));
    }
    Ok(step.number)
}

/// The step that hands over; nothing is handed over before it is decided.
fn read_hands_over(
    known: &Steps,
    file: &SopFile,
    step: &Spanned<i32>,
) -> Result<i32, StandardError> {
    let number = known.number("hands_over", step)?;
    let decides = file.decides.as_ref().map(|d| *d.get_ref());
    match decides {
        Some(decides) if number < decides => Err(known.doc.wrong(
            step.span(),
            format!("`hands_over` names step {number}, which comes before step {decides} that decides: name the step that gives the permit to the applicant, or remove the key"),
        )),
        _ => Ok(number),
    }
}

fn read_recommendation(
    known: &Steps,
    file: &RecommendationFile,
) -> Result<Recommendation, StandardError> {
    let steps = Recommendation {
        sent: known.number("sent", &file.sent)?,
        handed_over: known.number("handed_over", &file.handed_over)?,
        received: known.number("received", &file.received)?,
    };
    if steps.sent >= steps.handed_over || steps.handed_over >= steps.received {
        return Err(known.doc.wrong(
            file.sent.span(),
            format!(
                "`sent`, `handed_over` and `received` name steps {}, {} and {}, but a recommendation is sent for, handed over and received in that order: name three steps in ascending order",
                steps.sent, steps.handed_over, steps.received
            ),
        ));
    }
    Ok(steps)
}

fn read_pause_step(known: &Steps, file: &SopFile) -> Result<Option<PauseStep>, StandardError> {
    let Some(file) = &file.pause_step else {
        return Ok(None);
    };
    let step = known.number("step", &file.step)?;
    let returned_by = known.number("returned_by", &file.returned_by)?;
    if step == returned_by {
        return Err(known.doc.wrong(
            file.returned_by.span(),
            format!("`returned_by` names step {step}, the step that pauses: name the step whose completion returns the file to the applicant"),
        ));
    }
    Ok(Some(PauseStep { step, returned_by }))
}

fn read_duties(
    known: &Steps,
    pairs: &[Spanned<Vec<i32>>],
) -> Result<Vec<(i32, i32)>, StandardError> {
    let mut duties = Vec::new();
    for pair in pairs {
        let [a, b] = pair.get_ref()[..] else {
            return Err(known.doc.wrong(
                pair.span(),
                format!(
                    "`separate_duties` has an entry of {} steps: write pairs of steps as in [[12, 13], [7, 15]]",
                    pair.get_ref().len()
                ),
            ));
        };
        for step in [a, b] {
            known.find("separate_duties", step, pair.span())?;
        }
        if a == b || duties.contains(&(a, b)) || duties.contains(&(b, a)) {
            return Err(known.doc.wrong(
                pair.span(),
                format!("`separate_duties` has the pair [{a}, {b}], which names one step twice or stands in the list already: name two different steps, once"),
            ));
        }
        duties.push((a, b));
    }
    Ok(duties)
}

fn read_step_hours(
    known: &Steps,
    files: &[StepHoursFile],
    tables: &mut Tables,
) -> Result<BTreeMap<i32, Arc<DayTable>>, StandardError> {
    let mut hours = BTreeMap::new();
    for file in files {
        citation(known.doc, &file.words, &file.place)?;
        let table = tables.working(read_week(known.doc, &file.week)?);
        for step in &file.steps {
            let number = known.number("steps", step)?;
            if hours.insert(number, table.clone()).is_some() {
                return Err(known.doc.wrong(
                    step.span(),
                    format!("`steps` names step {number}, which has hours of its own already: name it in one [[step_hours]] only"),
                ));
            }
        }
    }
    Ok(hours)
}
