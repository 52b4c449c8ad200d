//! One run of the six-monthly performance report: measure, render for each audience, publish.
//!
//! In: the records as read, with staff and follow-ups. Out: an edition with the internal files at its top, `public/` to be
//! put on the office's site as it is, and `personal/` with two files per officer.

use anyhow::Context;
use rayon::prelude::*;

use super::edition::{FIGURES, Shelf};
use super::manifest::{BesideUsed, Inputs};
use super::run::{Job, Ran, blocking, bound, counts, inputs, json, of_review};
use crate::instant::Instant;
use crate::measure::performance::{self, Performance};
use crate::measure::review;
use crate::period::Period;
use crate::report::performance::{PerformanceReport, personal, public};
use crate::report::{self, SheetCapacity};
use crate::snapshot::beside::{Beside, Followed};
use crate::snapshot::{Cut, freeze, load};
use crate::source::Records;
use crate::timed::timed;

/// The report's name in paths and on the command line.
pub const PERFORMANCE: &str = "performance";

/// Follow-ups of so many earlier semesters are shown with their results; of older ones those that are not done.
const SEMESTERS_FOLLOWED: u32 = 3;

/// Makes and publishes the performance report of a semester.
///
/// # Errors
/// A date outside the calendar, a page or workbook that cannot be rendered, a folder that cannot be written.
pub fn performance(
    job: Job,
    records: &mut Records,
    period: Period,
    as_of: Instant,
) -> anyhow::Result<Ran> {
    let reports = job.workspace.join("reports");
    let snapshots = job.workspace.join("state").join("snapshots");
    let cut = Cut {
        as_of,
        bound: Some(bound(job, period)),
        decides: &|service| job.library.decides(service),
    };
    let frozen = timed("freeze", || freeze(&mut records.extract, &cut, &snapshots))?;
    let kept = beside(job, records, period, as_of)?.freeze(&snapshots)?;
    let mut inputs = inputs(job, &frozen, PERFORMANCE, period, as_of)?;
    inputs.beside = Some(BesideUsed {
        digest: kept.digest,
        staff: kept.staff,
        followups: kept.followups,
    });
    let shelf = Shelf::new(&reports, PERFORMANCE, &period.to_string());
    let edition = match shelf.next(&inputs)? {
        Ok(number) => number,
        Err(placed) => return Ok(Ran::Published(placed)),
    };
    // The report is made from what is frozen, so it can be made again from it.
    let snapshot = timed("load", || load(&frozen.dir))?;
    let beside = Beside::load(&kept.file)?;
    let input = performance::Input {
        review: review::Input {
            snapshot: &snapshot,
            library: job.library,
            zone: job.settings.office.zone,
            rules: &job.settings.rules,
            period,
            as_of,
            published_closing: inputs.published_closing,
        },
        other_leave: job.other_leave,
        staff: &beside.staff,
        followups: &beside.followups,
    };
    let measured = timed("score and measure", || performance::performance(input))?;
    let blocking = blocking(&measured.review);
    if !blocking.is_empty() {
        return Ok(Ran::Held(blocking));
    }
    let files = timed("render", || render(job, &measured, &inputs, edition))
        .with_context(|| format!("could not make the performance report of {period}"))?;
    let counts = counts(&measured.review, period, as_of);
    drop(measured);
    let placed = timed("publish", || shelf.publish(edition, inputs, counts, files))?;
    Ok(Ran::Published(placed))
}

/// Staff and follow-ups as known at `as_of`, each follow-up with its figure as published then.
fn beside(job: Job, records: &Records, period: Period, as_of: Instant) -> anyhow::Result<Beside> {
    let reports = job.workspace.join("reports");
    let earliest = period.back(SEMESTERS_FOLLOWED).first();
    let mut followups = Vec::new();
    for row in &records.further.followups {
        let Ok(of) = row.period.parse::<Period>() else {
            continue;
        };
        let mut row = row.clone();
        row.done_on = row.done_on.filter(|d| *d <= as_of.date());
        let settled = of.first() < earliest && row.done_on.is_some();
        if settled || of.end() > period.first() {
            continue;
        }
        let shelf = Shelf::new(&reports, PERFORMANCE, &row.period);
        let group = performance::follow_up::pairs(&row.group);
        let then = shelf.published(&row.indicator, &group)?;
        followups.push(Followed { row, then });
    }
    let staff = records.further.staff.iter();
    Ok(Beside {
        staff: staff.filter(|s| s.from <= as_of.date()).cloned().collect(),
        followups,
        reading: Vec::new(),
    })
}

/// The files of all audiences, by name.
fn render(
    job: Job,
    measured: &Performance,
    inputs: &Inputs,
    edition: u32,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let report = PerformanceReport {
        review: of_review(job, &measured.review, inputs, edition),
        performance: measured,
    };
    let stem = format!("{PERFORMANCE}-{}", inputs.period);
    let capacity = SheetCapacity::default();
    let (book, others) = rayon::join(
        || report::performance::workbook(&report, capacity),
        || -> anyhow::Result<_> {
            let mut files = vec![(
                format!("{stem}.html"),
                report::performance::html(&report)?.into_bytes(),
            )];
            files.extend(for_public(&report, &stem)?);
            files.extend(for_officers(&report, &stem)?);
            Ok(files)
        },
    );
    let mut files = vec![(format!("{stem}.xlsx"), book?)];
    files.extend(others?);
    files.push((FIGURES.to_owned(), json(&measured.review.overview.figures)?));
    Ok(files)
}

fn for_public(r: &PerformanceReport, stem: &str) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let shown = public::shown(r);
    let file = |name: String| format!("public/{name}");
    Ok(vec![
        (
            file(format!("{stem}-publik.html")),
            public::html(r, &shown)?.into_bytes(),
        ),
        (
            file(format!("{stem}-publik.xlsx")),
            public::workbook(r, &shown)?,
        ),
        (file(FIGURES.to_owned()), json(&shown.figures)?),
    ])
}

fn for_officers(r: &PerformanceReport, stem: &str) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let made: anyhow::Result<Vec<_>> = personal::officers(r)
        .par_iter()
        .map(|officer| {
            let name = |ending| format!("personal/{}-{stem}.{ending}", officer.file);
            Ok([
                (name("html"), personal::html(r, officer)?.into_bytes()),
                (name("xlsx"), personal::workbook(r, officer)?),
            ])
        })
        .collect();
    Ok(made?.into_iter().flatten().collect())
}
