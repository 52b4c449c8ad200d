//! A synthetic office: settings, standards and data as an office would have them, all of it invented and marked so.
//!
//! In: the calendar, a [`Plan`]. Out: [`DemoData`], the contract's rows, equal for equal plans; and a workspace on disk.
//! It must not score or report anything: the demo goes the way of every other office.

mod dirt;
mod journey;
mod permits;
mod random;
mod register;
mod remarks;
mod season;
mod standards;
mod survey;
mod write;

use chrono::{Months, NaiveDate};
use rayon::prelude::*;

use crate::clock::{DayTable, OutsideCalendar};
use crate::instant::{DAY_SECONDS, day_of};
use crate::snapshot::{CaseRow, StepRow};
use crate::standard::Calendar;
use crate::standard::calendar::{Interval, WeekHours};

pub use register::{followups, staff};
pub use survey::survey;
pub use write::{SETTINGS, write_beside, write_office, write_rows, write_survey};

/// The office's offset from UTC: WITA.
const WITA_SECONDS: i64 = 8 * 3_600;

/// How large the synthetic office is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Cases received in an average month.
    pub cases_per_month: i64,
    /// Months from January 2024 on.
    pub months: u32,
    /// Equal seeds give equal data.
    pub seed: u64,
    /// Whether doubtful rows are mixed in.
    pub dirty: bool,
}

impl Default for Plan {
    /// About 3,000 cases from January 2024 to June 2026.
    fn default() -> Self {
        Self {
            cases_per_month: 107,
            months: 30,
            seed: 20_260_701,
            dirty: true,
        }
    }
}

impl Plan {
    /// First date of the data.
    pub fn first(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or(NaiveDate::MIN)
    }

    /// First date after the data; the extract is taken when it begins.
    pub fn end(&self) -> NaiveDate {
        self.first() + Months::new(self.months)
    }

    /// When the extract is taken, local seconds.
    fn extract(&self) -> i64 {
        i64::from(day_of(self.end())) * DAY_SECONDS
    }
}

/// The rows of the synthetic office, ordered by case and step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DemoData {
    pub cases: Vec<CaseRow>,
    pub steps: Vec<StepRow>,
}

/// Makes the office's rows.
///
/// # Errors
/// A plan that ends after the calendar's years.
pub fn generate(calendar: &Calendar, plan: &Plan) -> Result<DemoData, OutsideCalendar> {
    let days = DayTable::working(calendar, &service_hours());
    if !days.covers(day_of(plan.end())) {
        return Err(days.outside("the end of the demo's data", day_of(plan.end())));
    }
    let arrivals = season::arrivals(plan, calendar, &days);
    let journeys: Vec<(CaseRow, Vec<StepRow>)> = arrivals
        .par_iter()
        .enumerate()
        .map(|(index, arrival)| {
            let random = random::Random::new(plan.seed, index as u64);
            let case_id = case_id(index, *arrival);
            journey::Journey::new(&days, plan.extract(), random, *arrival, case_id).walk()
        })
        .collect();
    let mut data = DemoData::default();
    data.steps.reserve(journeys.len() * 13);
    for (case, steps) in journeys {
        data.cases.push(case);
        data.steps.extend(steps);
    }
    if plan.dirty {
        dirt::scatter(&mut data, plan);
    }
    Ok(data)
}

/// e.g. `BRK-2026-002871`: the year it arrived, and a number that runs through.
fn case_id(index: usize, arrival: i64) -> String {
    use chrono::Datelike;
    let day = arrival.div_euclid(DAY_SECONDS) as crate::instant::Day;
    let year = crate::instant::date_of(day).year();
    format!("BRK-{year}-{:06}", index + 1)
}

/// The office's hours, those of KOM-03: Monday to Thursday 08.00-19.00, Friday 08.00-11.00.
fn service_hours() -> WeekHours {
    let hours = |close: u32| {
        vec![Interval {
            open: 8 * 3_600,
            close: close * 3_600,
        }]
    };
    let (long, short) = (hours(19), hours(11));
    WeekHours {
        days: [
            long.clone(),
            long.clone(),
            long.clone(),
            long,
            short,
            Vec::new(),
            Vec::new(),
        ],
    }
}

/// Local seconds of the office as the contract's UTC microseconds.
fn utc_micros(local_seconds: i64) -> i64 {
    (local_seconds - WITA_SECONDS) * 1_000_000
}

/// The contract's UTC microseconds as local seconds of the office.
fn local_seconds(utc_micros: i64) -> i64 {
    utc_micros.div_euclid(1_000_000) + WITA_SECONDS
}

#[cfg(test)]
mod tests;
