//! One run of the six-monthly IKM report: freeze the forms, measure, render, publish.
//!
//! In: the records as read, with survey forms and follow-ups. Out: an edition with the internal files at its top and, in
//! `public/`, the card that the office hangs up and puts on its site.

use anyhow::Context;

use super::edition::{FIGURES, Shelf};
use super::manifest::{BesideUsed, Counts, Inputs, InstrumentUsed, SurveyUsed};
use super::run::{Job, Ran, bound, inputs, json, provenance};
use crate::finding::{Finding, Level};
use crate::instant::Instant;
use crate::measure::ikm::{self, Ikm};
use crate::measure::performance::follow_up::pairs;
use crate::period::Period;
use crate::report::SheetCapacity;
use crate::report::ikm::{self as report, IkmReport};
use crate::score::{ScoreOptions, score_view};
use crate::snapshot::beside::{Beside, Followed};
use crate::snapshot::survey::{self, FrozenSurvey};
use crate::snapshot::{Cut, freeze, load};
use crate::source::Records;
use crate::source::intake::Further;
use crate::timed::timed;

/// The report's name in paths and on the command line.
pub const IKM: &str = "ikm";

/// Makes and publishes the IKM report of a semester.
///
/// # Errors
/// A date outside the calendar, a page, card or workbook that cannot be rendered, a folder that cannot be written.
pub fn ikm(job: Job, records: &mut Records, period: Period, as_of: Instant) -> anyhow::Result<Ran> {
    let snapshots = job.workspace.join("state").join("snapshots");
    let cut = Cut {
        as_of,
        bound: Some(bound(job, period)),
        decides: &|service| job.library.decides(service),
    };
    let frozen = timed("freeze", || freeze(&mut records.extract, &cut, &snapshots))?;
    let forms = timed("freeze the forms", || {
        survey::freeze(&records.further.responses, as_of.date(), &snapshots)
    })?;
    let beside = Beside {
        staff: Vec::new(),
        followups: followed(job, records, period, as_of)?,
        reading: reading(&records.further, period),
    };
    let kept = beside.freeze(&snapshots)?;
    let mut inputs = inputs(job, &frozen, IKM, period, as_of)?;
    inputs.published_closing = None;
    inputs.beside = Some(BesideUsed {
        digest: kept.digest,
        staff: kept.staff,
        followups: kept.followups,
    });
    inputs.survey = Some(survey_used(job, &forms));
    let shelf = Shelf::new(&job.workspace.join("reports"), IKM, &period.to_string());
    let edition = match shelf.next(&inputs)? {
        Ok(number) => number,
        Err(placed) => return Ok(Ran::Published(placed)),
    };
    // The report is made from what is frozen, so it can be made again from it.
    let snapshot = timed("load", || load(&frozen.dir))?;
    let responses = timed("load the forms", || survey::load(&forms.file))?;
    let beside = Beside::load(&kept.file)?;
    let options = ScoreOptions { as_of, pause: None };
    let zone = job.settings.office.zone;
    let scored = timed("score", || {
        score_view(&snapshot, job.library, zone, options)
    })?;
    drop(snapshot);
    let measured = timed("measure", || {
        ikm::ikm(ikm::Input {
            responses: &responses,
            instruments: job.instruments,
            settings: &job.settings.ikm,
            rules: &job.settings.rules,
            library: job.library,
            cases: &scored.cases,
            followups: &beside.followups,
            reading: &beside.reading,
            period,
            as_of,
        })
    })?;
    let blocking: Vec<Finding> = findings(&measured, Level::Blocking).cloned().collect();
    if !blocking.is_empty() {
        return Ok(Ran::Held(blocking));
    }
    let files = timed("render", || render(job, &measured, &inputs, edition))
        .with_context(|| format!("could not make the IKM report of {period}"))?;
    let counts = counts(&measured);
    Ok(Ran::Published(
        shelf.publish(edition, inputs, counts, files)?,
    ))
}

fn survey_used(job: Job, forms: &FrozenSurvey) -> SurveyUsed {
    let instruments = job.instruments.by_code.values();
    SurveyUsed {
        digest: forms.digest.clone(),
        responses: forms.responses,
        instruments: instruments
            .map(|i| InstrumentUsed {
                code: i.code.clone(),
                file: i.file.clone(),
                digest: i.digest.clone(),
            })
            .collect(),
    }
}

/// What was found on reading the period's forms, and rows of which no form could be made: those no period can be named for.
fn reading(further: &Further, period: Period) -> Vec<Finding> {
    let form = |id: &str| {
        let forms = &further.responses;
        let at = forms.binary_search_by(|r| r.response_id.as_str().cmp(id));
        at.ok().and_then(|at| forms.get(at))
    };
    let belongs = |f: &&Finding| form(&f.key).is_none_or(|r| period.contains(r.answered_on));
    further.findings.iter().filter(belongs).cloned().collect()
}

/// The plans on this period's results and on those of the one before, as known at `as_of`; each with its figure as published.
fn followed(
    job: Job,
    records: &Records,
    period: Period,
    as_of: Instant,
) -> anyhow::Result<Vec<Followed>> {
    let reports = job.workspace.join("reports");
    let mut followups = Vec::new();
    for row in &records.further.followups {
        let about = row.indicator.starts_with("ikm.");
        let of = row.period.parse::<Period>();
        if !about || !of.is_ok_and(|of| of == period || of == period.back(1)) {
            continue;
        }
        let mut row = row.clone();
        row.done_on = row.done_on.filter(|d| *d <= as_of.date());
        // What this period's edition says is what is being made: only an earlier one is read back.
        let then = match row.period == period.to_string() {
            true => None,
            false => Shelf::new(&reports, IKM, &row.period)
                .published(&row.indicator, &pairs(&row.group))?,
        };
        followups.push(Followed { row, then });
    }
    Ok(followups)
}

fn findings<'a>(ikm: &'a Ikm, level: Level) -> impl Iterator<Item = &'a Finding> {
    ikm.findings.iter().filter(move |f| f.level == level)
}

fn counts(ikm: &Ikm) -> Counts {
    let mut counts = Counts {
        responses: Some(ikm.survey.forms.len() as u64),
        ..Counts::default()
    };
    for finding in &ikm.findings {
        let level = finding.level.code().to_owned();
        *counts.findings.entry(level).or_default() += 1;
    }
    counts
}

/// Page, workbook, card and figures, by file name.
fn render(
    job: Job,
    measured: &Ikm,
    inputs: &Inputs,
    edition: u32,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let report = IkmReport {
        office: &job.settings.office,
        rules: &job.settings.rules,
        settings: &job.settings.ikm,
        library: job.library,
        ikm: measured,
        provenance: provenance(inputs, edition),
        survey_digest: inputs
            .survey
            .as_ref()
            .map(|s| s.digest.clone())
            .unwrap_or_default(),
    };
    let stem = format!("{IKM}-{}", inputs.period);
    let (book, others) = rayon::join(
        || report::workbook(&report, SheetCapacity::default()),
        || -> anyhow::Result<_> {
            let mut files = vec![(format!("{stem}.html"), report::html(&report)?.into_bytes())];
            files.extend(card(&report, &inputs.period)?);
            Ok(files)
        },
    );
    let mut files = vec![(format!("{stem}.xlsx"), book?)];
    files.extend(others?);
    files.push((FIGURES.to_owned(), json(&measured.figures)?));
    Ok(files)
}

/// The publication card in the forms it is used in.
fn card(report: &IkmReport, period: &str) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let name = |ending: &str| format!("public/kartu-ikm-{period}{ending}");
    Ok(vec![
        (name(".html"), report::card_html(report)?.into_bytes()),
        (name(".svg"), report::card_svg(report)?.into_bytes()),
        (name(".png"), report::card_png(report)?),
        (
            name("-persegi.svg"),
            report::card_square_svg(report)?.into_bytes(),
        ),
        (name("-persegi.png"), report::card_square_png(report)?),
    ])
}
