//! `tepat demo [DIR]`: a synthetic office, with everything that is due published.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::NaiveDate;

use super::office::Office;
use super::{Exit, Failure, Shared, output};
use crate::config;
use crate::demo::{self, Plan};
use crate::instant::Instant;
use crate::period::Period;
use crate::publish::due;
use crate::publish::ikm::{IKM, ikm};
use crate::publish::performance::{PERFORMANCE, performance};
use crate::publish::run::{MONTHLY, Ran, monthly};
use crate::source::{self, ImportKind};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the synthetic office
    #[arg(default_value = "demo")]
    pub dir: PathBuf,
    /// Only make the office and its data files
    #[arg(long)]
    pub no_run: bool,
    /// Cases received in an average month
    #[arg(long, value_name = "N", default_value_t = Plan::default().cases_per_month, value_parser = clap::value_parser!(i64).range(1..=100_000))]
    pub cases_per_month: i64,
    /// Months from January 2024 on
    #[arg(long, value_name = "N", default_value_t = Plan::default().months, value_parser = clap::value_parser!(u32).range(1..=47))]
    pub months: u32,
}

/// Makes the office; a demo that is there already is made anew.
///
/// # Errors
/// A folder that holds another office; one that cannot be written.
pub fn run(arguments: &Arguments, shared: &Shared) -> Result<Exit, Failure> {
    let dir = &arguments.dir;
    clear_earlier_demo(dir)?;
    demo::write_office(dir)?;
    let office = Office::open(dir)?;
    let progress = output::spinner(shared, "making a synthetic office");
    let plan = Plan {
        cases_per_month: arguments.cases_per_month,
        months: arguments.months,
        ..Plan::default()
    };
    let data = demo::generate(&office.library.calendar, &plan)?;
    let (cases, steps) = demo::write_rows(dir, &data)?;
    let (staff, followups) = demo::write_beside(dir)?;
    let forms = demo::survey(&office.library.calendar, &plan, &data);
    let responses = demo::write_survey(dir, &forms)?;
    progress.finish_and_clear();
    remark(
        shared,
        &format!(
            "A synthetic office of {} cases is in {}.\n",
            data.cases.len(),
            dir.display()
        ),
    )?;
    if arguments.no_run {
        remark(
            shared,
            &format!("Its data: {} and {}.\n", cases.display(), steps.display()),
        )?;
        return Ok(Exit::Done);
    }
    let zone = office.settings.office.zone;
    let now = Instant::start_of_day(plan.end(), zone);
    for (kind, file) in [
        (ImportKind::Cases, cases),
        (ImportKind::Steps, steps),
        (ImportKind::Staff, staff),
        (ImportKind::Followups, followups),
        (ImportKind::Responses, responses),
    ] {
        let progress = output::rows(shared, "importing");
        source::import(dir, kind, &[file], None, zone, now, &|rows| {
            progress.inc(rows)
        })?;
        progress.finish_and_clear();
    }
    publish_all(&office, &plan, shared)
}

/// Reports of the months and semesters that are over, oldest end first; of those that end together the month's before the
/// semester's.
fn periods(first: NaiveDate, now: Instant) -> Vec<(Period, &'static str)> {
    let months = due::months(first, now).into_iter();
    let mut all: Vec<(Period, &str)> = months.map(|m| (m, MONTHLY)).collect();
    for semester in due::semesters(first, now) {
        all.extend([(semester, PERFORMANCE), (semester, IKM)]);
    }
    all.sort_by_key(|(p, _)| (p.end(), *p));
    all
}

/// Publishes every report of a month or semester that is over, oldest first, and says what to open.
fn publish_all(office: &Office, plan: &Plan, shared: &Shared) -> Result<Exit, Failure> {
    let zone = office.settings.office.zone;
    let now = Instant::start_of_day(plan.end(), zone);
    let mut records = office.records_and(
        shared,
        &[ImportKind::Staff, ImportKind::Responses],
        now,
        None,
    )?;
    let queries = std::mem::take(&mut records.queries);
    let job = office.job(&queries);
    let periods = match records.extract.first_received()? {
        Some(first) => periods(Instant::from_utc_micros(first, zone).date(), now),
        None => Vec::new(),
    };
    let progress = output::bar(shared, periods.len() as u64, "publishing");
    let mut last: BTreeMap<&str, PathBuf> = BTreeMap::new();
    for (period, report) in periods {
        let as_of = Instant::start_of_day(period.end(), zone);
        let ran = match report {
            MONTHLY => monthly(job, &mut records.extract, period, as_of)?,
            IKM => ikm(job, &mut records, period, as_of)?,
            _ => performance(job, &mut records, period, as_of)?,
        };
        match ran {
            Ran::Published(placed) => {
                let page = placed.folder.join(format!("{report}-{period}.html"));
                last.insert(report, page);
            }
            Ran::Held(findings) => return super::run::held(report, period, &findings),
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    for page in last.values() {
        let words = format!("Open {} and the workbook beside it.\n", page.display());
        remark(shared, &words)?;
    }
    Ok(Exit::Done)
}

fn remark(shared: &Shared, text: &str) -> Result<(), Failure> {
    if !shared.quiet {
        output::print(text)?;
    }
    Ok(())
}

/// Removes the store and the reports of an earlier demo, and touches nothing that is no demo's.
fn clear_earlier_demo(dir: &Path) -> Result<(), Failure> {
    let settings = dir.join(config::FILE);
    if !settings.exists() {
        return Ok(());
    }
    if !config::load(dir)?.office.synthetic {
        return Err(Failure::usage_sentence(format!(
            "{} belongs to an office that is not synthetic: name another folder for the demo",
            settings.display()
        )));
    }
    for folder in ["state", "reports"] {
        let path = dir.join(folder);
        if path.exists() {
            fs::remove_dir_all(&path)
                .with_context(|| format!("{} cannot be removed", path.display()))?;
        }
    }
    Ok(())
}
