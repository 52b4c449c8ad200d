//! The forms of one period, column by column: a semester may have a million.
//!
//! In: the period's rows, the cases. Out: [`Forms`]: for each form its month, its case, and for each dimension a number that stands
//! for its value. Answers are no part of it: they are counted by an instrument.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::cases::{Cases, Recipients, service_code};
use crate::period::Period;
use crate::snapshot::ResponseRow;
use crate::standard::Library;

/// Where nothing is recorded.
pub const UNRECORDED: &str = "NA";

/// The dimension of services.
pub(super) const SERVICE: &str = "service";

/// The dimension of the channel that the linked case came by.
pub(super) const CHANNEL: &str = "channel";

/// No case, or none that is known.
pub(super) const NO_CASE: u32 = u32::MAX;

/// Values of the ministry's questionnaire, in its order; others that occur come behind them, what is not recorded last.
const SEX: &[&str] = &["L", "P"];
const EDUCATION: &[&str] = &["SD", "SMP", "SMA", "D1-D3", "S1", "S2", "S3"];
const OCCUPATION: &[&str] = &["PNS", "TNI", "POLRI", "SWASTA", "WIRAUSAHA", "Lainnya"];
const HOUR_BAND: &[&str] = &["08-12", "13-17"];

/// Older than anybody is; a year of birth, perhaps.
const MOST_YEARS: i32 = 120;

/// What forms are placed by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a, 'c> {
    /// Lowest age of each band after the first.
    pub ages: &'c [u8],
    pub cases: &'c Cases<'a>,
    pub recipients: &'c Recipients<'a>,
    pub library: &'a Library,
}

/// One dimension: its values in the order they are printed, and the place of each form's value.
#[derive(Debug)]
pub(super) struct Column {
    pub name: &'static str,
    pub values: Vec<String>,
    pub of: Vec<u32>,
}

/// The forms of a period.
#[derive(Debug)]
pub(super) struct Forms<'a> {
    /// By response_id.
    pub rows: Vec<&'a ResponseRow>,
    /// The period's months; none where it is one itself.
    pub months: Vec<Period>,
    /// Place among `months`, 0 where there are none.
    pub month: Vec<u8>,
    /// Service first, then the dimensions of respondents.
    pub columns: Vec<Column>,
    /// Place of the case that a form is linked to, or [`NO_CASE`].
    pub case: Vec<u32>,
}

impl<'a> Forms<'a> {
    pub fn new(rows: Vec<&'a ResponseRow>, period: Period, around: Around<'a, '_>) -> Self {
        let months = months(period);
        let month = |r: &&ResponseRow| place_of(&months, r.answered_on);
        let month = rows.par_iter().map(month).collect();
        let find = |id: &str| around.cases.find(id);
        let linked = |r: &&ResponseRow| r.case_id.as_deref().and_then(find);
        let case = rows.par_iter().map(|r| linked(r).unwrap_or(NO_CASE));
        let case: Vec<u32> = case.collect();
        Self {
            columns: columns(&rows, &case, around),
            rows,
            months,
            month,
            case,
        }
    }

    /// The dimensions of respondents: all columns but the service.
    pub fn dimensions(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|c| c.name != SERVICE)
    }
}

/// The months of a period; none where it is a month itself.
pub(super) fn months(period: Period) -> Vec<Period> {
    if matches!(period, Period::Month { .. }) {
        return Vec::new();
    }
    let first = period.first();
    let month = |n| first.checked_add_months(chrono::Months::new(n));
    let dates = (0..12).filter_map(month).take_while(|d| *d < period.end());
    dates.map(Period::month_of).collect()
}

/// Place of a date's month among `months`; 0 where there are none.
pub(super) fn place_of(months: &[Period], date: NaiveDate) -> u8 {
    let at = months.iter().position(|m| m.contains(date));
    u8::try_from(at.unwrap_or(0)).unwrap_or(0)
}

/// The age bands in words: `<20`, `20-29`, `60+`.
fn age_bands(ages: &[u8]) -> Vec<String> {
    let mut words: Vec<String> = ages.first().map(|a| format!("<{a}")).into_iter().collect();
    let between = ages.windows(2).filter_map(|w| match w {
        [from, next] => Some(format!("{from}-{}", next.saturating_sub(1))),
        _ => None,
    });
    words.extend(between);
    words.extend(ages.last().map(|a| format!("{a}+")));
    words
}

fn columns<'a>(rows: &[&'a ResponseRow], case: &[u32], around: Around<'a, '_>) -> Vec<Column> {
    let (cases, library) = (around.cases, around.library);
    let bands = age_bands(around.ages);
    let bands: Vec<&str> = bands.iter().map(String::as_str).collect();
    let band = |r: &ResponseRow| {
        let age = r.age.filter(|a| (0..=MOST_YEARS).contains(a))?;
        let at = around.ages.partition_point(|from| i32::from(*from) <= age);
        bands.get(at).copied()
    };
    let channel = |i: usize| {
        let case = case.get(i).and_then(|c| cases.get(*c))?;
        case.channel.as_deref()
    };
    let recipients = || around.recipients.of.iter();
    let services: BTreeSet<&str> = recipients().map(|r| r.service).collect();
    let channels: BTreeSet<&str> = recipients().map(|r| r.channel).collect();
    let service = |r: &'a ResponseRow| Some(service_code(&r.service, library));
    vec![
        Column::sorted(SERVICE, services, rows, |_, r| service(r)),
        Column::listed("sex", SEX, rows, |_, r| r.sex.as_deref()),
        Column::listed("age", &bands, rows, |_, r| band(r)),
        Column::listed("education", EDUCATION, rows, |_, r| r.education.as_deref()),
        Column::listed("occupation", OCCUPATION, rows, |_, r| {
            r.occupation.as_deref()
        }),
        Column::listed("hour_band", HOUR_BAND, rows, |_, r| r.hour_band.as_deref()),
        Column::sorted(CHANNEL, channels, rows, |i, _| channel(i)),
    ]
}

impl Column {
    /// A column whose values are known, in their order; others that occur come behind them, `NA` last.
    fn listed<'r, 'v>(
        name: &'static str,
        known: &[&str],
        rows: &[&'r ResponseRow],
        value: impl Fn(usize, &'r ResponseRow) -> Option<&'v str>,
    ) -> Self {
        let (seen, of) = numbered(rows, value);
        let others = seen.keys().copied();
        let others = others.filter(|v| !known.contains(v) && *v != UNRECORDED);
        let values = known.iter().copied().chain(others).chain([UNRECORDED]);
        let values = values.map(str::to_owned).collect();
        Self::placed(name, values, &seen, of)
    }

    /// A column of all values that occur here or elsewhere, in their own order. `NA` is last, and of services only where a form or
    /// a case is of that.
    fn sorted<'r, 'v>(
        name: &'static str,
        elsewhere: BTreeSet<&str>,
        rows: &[&'r ResponseRow],
        value: impl Fn(usize, &'r ResponseRow) -> Option<&'v str>,
    ) -> Self {
        let (seen, of) = numbered(rows, value);
        let mut all: BTreeSet<&str> = elsewhere;
        all.extend(seen.keys());
        let unrecorded = all.remove(UNRECORDED) || name != SERVICE;
        let last = unrecorded.then_some(UNRECORDED);
        let values = all.into_iter().chain(last).map(str::to_owned).collect();
        Self::placed(name, values, &seen, of)
    }

    /// Turns the numbers in which values were first seen into their places.
    fn placed(
        name: &'static str,
        values: Vec<String>,
        seen: &BTreeMap<&str, u32>,
        mut of: Vec<u32>,
    ) -> Self {
        let mut places = vec![0_u32; seen.len()];
        for (value, number) in seen {
            let at = values.iter().position(|v| v == value);
            if let (Some(place), Some(at)) = (places.get_mut(*number as usize), at) {
                *place = at as u32;
            }
        }
        for number in &mut of {
            *number = places.get(*number as usize).copied().unwrap_or(0);
        }
        Self { name, values, of }
    }
}

/// The values that occur, numbered as they are first seen, and the number of each form.
fn numbered<'r, 'v>(
    rows: &[&'r ResponseRow],
    value: impl Fn(usize, &'r ResponseRow) -> Option<&'v str>,
) -> (BTreeMap<&'v str, u32>, Vec<u32>) {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let mut of = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        let value = value(i, row).map(str::trim).filter(|v| !v.is_empty());
        let next = seen.len() as u32;
        of.push(*seen.entry(value.unwrap_or(UNRECORDED)).or_insert(next));
    }
    (seen, of)
}
