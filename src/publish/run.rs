//! One run of one report: review, render, publish.
//!
//! In: the records as read, the standards, the settings, a period and `as_of`. Out: an edition, or the blocking findings that
//! held it back. What is frozen, and what the bytes depend on, is the records as seen at `as_of`: so a run for a past period
//! equals an earlier one unless the source was corrected, whatever was recorded since. No database is asked here.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use chrono::{Days, NaiveDate};

use super::edition::{FIGURES, Placed, Shelf};
use super::manifest::{CalendarUsed, Counts, Inputs, SettingsUsed, SnapshotUsed, StandardUsed};
use crate::config::Settings;
use crate::finding::{Finding, Level};
use crate::instant::Instant;
use crate::measure::membership::in_scope;
use crate::measure::review::{self, Review};
use crate::period::Period;
use crate::report::{self, Provenance, ReviewReport, SheetCapacity};
use crate::snapshot::{Bound, Cut, Extract, Frozen, freeze, load};
use crate::standard::calendar::YearStatus;
use crate::standard::{Instruments, Library};

/// The report's name in paths and on the command line.
pub const MONTHLY: &str = "monthly";

/// What every report of one call is made from.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    pub workspace: &'a Path,
    pub settings: &'a Settings,
    pub library: &'a Library,
    /// The same standards with cuti bersama read the other way.
    pub other_leave: &'a Library,
    /// Survey instruments.
    pub instruments: &'a Instruments,
    /// Digests of the queries and mappings that the records were read through, by name.
    pub queries: &'a BTreeMap<String, String>,
}

/// How a run ended.
#[derive(Debug, Clone)]
pub enum Ran {
    Published(Placed),
    /// Nothing was written: these blocking findings must be cleared first.
    Held(Vec<Finding>),
}

/// The instant from which closed cases are read, where `date` is the first date that a report needs.
pub fn look_back(settings: &Settings, date: NaiveDate) -> Instant {
    let days = Days::new(u64::from(settings.sources.look_back_days));
    let from = date.checked_sub_days(days).unwrap_or(date);
    Instant::start_of_day(from, settings.office.zone)
}

/// Which closed cases the review of `period` does without.
pub(super) fn bound(job: Job, period: Period) -> Bound {
    let (first, _) = job.library.calendar.range();
    Bound {
        known_from: Instant::start_of_day(first, job.settings.office.zone),
        since: look_back(job.settings, review::needed_from(period, job.library)),
    }
}

/// Makes and publishes the monthly review.
///
/// # Errors
/// A date outside the calendar, a page or workbook that cannot be rendered, a folder that cannot be written.
pub fn monthly(
    job: Job,
    records: &mut Extract,
    period: Period,
    as_of: Instant,
) -> anyhow::Result<Ran> {
    let shelf = Shelf::new(&job.workspace.join("reports"), MONTHLY, &period.to_string());
    let cut = Cut {
        as_of,
        bound: Some(bound(job, period)),
        decides: &|service| job.library.decides(service),
    };
    let frozen = freeze(
        records,
        &cut,
        &job.workspace.join("state").join("snapshots"),
    )?;
    let inputs = inputs(job, &frozen, MONTHLY, period, as_of)?;
    let edition = match shelf.next(&inputs)? {
        Ok(number) => number,
        Err(placed) => return Ok(Ran::Published(placed)),
    };
    // The report is made from what is frozen, so it can be made again from it.
    let snapshot = load(&frozen.dir)?;
    let review = review::monthly(review::Input {
        snapshot: &snapshot,
        library: job.library,
        zone: job.settings.office.zone,
        rules: &job.settings.rules,
        period,
        as_of,
        published_closing: inputs.published_closing,
    })?;
    let blocking = blocking(&review);
    if !blocking.is_empty() {
        return Ok(Ran::Held(blocking));
    }
    let files = render(job, &review, &inputs, edition)
        .with_context(|| format!("could not make the monthly review of {period}"))?;
    let counts = counts(&review, period, as_of);
    drop(review);
    Ok(Ran::Published(
        shelf.publish(edition, inputs, counts, files)?,
    ))
}

/// The findings that hold publication back.
pub(super) fn blocking(review: &Review) -> Vec<Finding> {
    let all = review.findings.iter();
    all.filter(|f| f.level == Level::Blocking)
        .cloned()
        .collect()
}

/// Page, workbook and figures, by file name.
fn render(
    job: Job,
    review: &Review,
    inputs: &Inputs,
    edition: u32,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let report = of_review(job, review, inputs, edition);
    let stem = format!("{MONTHLY}-{}", inputs.period);
    let (page, book) = rayon::join(
        || report::html(&report),
        || report::workbook(&report, SheetCapacity::default()),
    );
    let figures = json(&review.overview.figures)?;
    Ok(vec![
        (format!("{stem}.xlsx"), book?),
        (format!("{stem}.html"), page?.into_bytes()),
        (FIGURES.to_owned(), figures),
    ])
}

/// Indented JSON with a last line break.
pub(super) fn json(value: &impl serde::Serialize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What the page and the workbook of a review are made from.
pub(super) fn of_review<'a>(
    job: Job<'a>,
    review: &'a Review,
    inputs: &Inputs,
    edition: u32,
) -> ReviewReport<'a> {
    ReviewReport {
        office: &job.settings.office,
        rules: &job.settings.rules,
        library: job.library,
        overview: &review.overview,
        scored: &review.scored,
        by_rule: &review.by_rule,
        findings: &review.findings,
        provenance: provenance(inputs, edition),
    }
}

pub(super) fn provenance(inputs: &Inputs, edition: u32) -> Provenance {
    Provenance {
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        snapshot_digest: inputs.snapshot.digest.clone(),
        standards: inputs
            .standards
            .iter()
            .map(|s| report::StandardUsed {
                document: s.document.clone(),
                revision: s.revision.clone(),
                digest: s.digest.clone(),
            })
            .collect(),
        calendar: inputs.calendar.name.clone(),
        calendar_digest: inputs.calendar.digest.clone(),
        unsettled_years: inputs
            .calendar
            .unsettled
            .iter()
            .map(|(year, status)| {
                let words = match status.as_str() {
                    "provisional" => "sementara",
                    _ => "tanpa data hari libur",
                };
                format!("{year} ({words})")
            })
            .collect(),
        settings_digest: inputs.settings.digest.clone(),
        edition,
    }
}

/// What an edition of `report` is made from.
///
/// # Errors
/// The edition of the period before is there but cannot be read.
pub(super) fn inputs(
    job: Job,
    frozen: &Frozen,
    report: &str,
    period: Period,
    as_of: Instant,
) -> anyhow::Result<Inputs> {
    let rows = |table: &str| frozen.rows.get(table).copied().unwrap_or(0);
    let Settings {
        office,
        rules,
        joint_leave_works,
        digest,
        ..
    } = job.settings;
    let calendar = &job.library.calendar;
    let reports = job.workspace.join("reports");
    let before = Shelf::new(&reports, report, &period.back(1).to_string());
    Ok(Inputs {
        program: format!("tepat {}", env!("CARGO_PKG_VERSION")),
        report: report.to_owned(),
        period: period.to_string(),
        as_of: as_of.to_iso(),
        settings: SettingsUsed {
            digest: digest.clone(),
            office: office.name.clone(),
            synthetic: office.synthetic,
            zone: office.zone.name().to_owned(),
            least_n: rules.least_n,
            at_risk_days: rules.at_risk_days,
            joint_leave_works: *joint_leave_works,
        },
        snapshot: SnapshotUsed {
            digest: frozen.digest.clone(),
            cases: rows("cases"),
            steps: rows("steps"),
            findings: rows("findings"),
        },
        standards: job
            .library
            .services
            .values()
            .flatten()
            .map(|s| StandardUsed {
                document: s.document.clone(),
                revision: s.revision.clone(),
                file: s.file.clone(),
                digest: s.digest.clone(),
            })
            .collect(),
        calendar: CalendarUsed {
            name: calendar.name.clone(),
            digest: calendar.digest.clone(),
            unsettled: calendar
                .unsettled()
                .into_iter()
                .map(|(year, status)| {
                    let word = match status {
                        YearStatus::Provisional => "provisional",
                        YearStatus::WithoutHolidays | YearStatus::Final => "without_holidays",
                    };
                    (year.to_string(), word.to_owned())
                })
                .collect(),
        },
        queries: job.queries.clone(),
        published_closing: before.count("flow.closing")?,
        beside: None,
        survey: None,
    })
}

/// Counts over the cases that the workbook lists.
pub(super) fn counts(review: &Review, period: Period, as_of: Instant) -> Counts {
    let mut counts = Counts::default();
    let add = |map: &mut BTreeMap<String, u64>, word: &str| {
        *map.entry(word.to_owned()).or_default() += 1;
    };
    for case in review
        .scored
        .cases
        .iter()
        .filter(|c| in_scope(c, period, as_of))
    {
        counts.cases += 1;
        counts.executions += case.executions.len() as u64;
        add(&mut counts.case_verdicts, case.verdict.code());
        for e in &case.executions {
            add(&mut counts.day_verdicts, e.day.code());
            add(&mut counts.minute_verdicts, e.minute.code());
        }
    }
    for finding in &review.findings {
        add(&mut counts.findings, finding.level.code());
    }
    counts
}
