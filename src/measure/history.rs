//! The headline of past months, each as seen at its own end: what was, or would have been, published then.
//!
//! In: the snapshot. Out: one share per month. Only the rows that can matter to a month are scored for it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::clock::OutsideCalendar;
use crate::instant::{Day, Instant, date_of, day_of};
use crate::measure::headline::{Headline, tally};
use crate::measure::put::Share;
use crate::measure::xmr;
use crate::measure::{TrendLimits, TrendPoint};
use crate::period::Period;
use crate::score::{ScoreOptions, score_cases_only, seen};
use crate::snapshot::{Outcome, Snapshot};
use crate::standard::{Library, Unit};

/// The default as_of of a past period: the instant it ends; of one still running, `now`.
pub fn default_as_of(period: Period, zone: Tz, now: Instant) -> Instant {
    Instant::start_of_day(period.end(), zone).min(now)
}

/// First and last day on which anything happened in a case, and whether its source says it is over.
struct Span {
    received: Option<Day>,
    last: Option<Day>,
    open: bool,
}

/// Scores past periods of one snapshot.
pub struct History<'a> {
    snapshot: &'a Snapshot,
    library: &'a Library,
    zone: Tz,
    spans: BTreeMap<&'a str, Span>,
    /// No deadline lies further after a closed case's last instant than this.
    margin: Day,
}

impl<'a> History<'a> {
    pub fn new(snapshot: &'a Snapshot, library: &'a Library, zone: Tz) -> Self {
        let day = |micros: i64| Instant::from_utc_micros(micros, zone).day();
        let mut spans: BTreeMap<&str, Span> = BTreeMap::new();
        for case in &snapshot.cases {
            let received = case.received_at.map(day);
            let span = Span {
                received,
                last: received.max(case.closed_at.map(day)),
                open: case.outcome == Outcome::Open || case.closed_at.is_none(),
            };
            spans.insert(&case.case_id, span);
        }
        for step in &snapshot.steps {
            if let Some(span) = spans.get_mut(step.case_id.as_str()) {
                let at = step.started_at.max(step.completed_at).map(day);
                span.last = span.last.max(at);
            }
        }
        Self {
            snapshot,
            library,
            zone,
            spans,
            margin: margin(library),
        }
    }

    /// The headline of `period` as seen at `as_of`.
    ///
    /// # Errors
    /// A date lies outside the calendar.
    pub fn headline(&self, period: Period, as_of: Instant) -> Result<Headline, OutsideCalendar> {
        let part = self.part(period);
        let options = ScoreOptions { as_of, pause: None };
        let seen = seen(&part, self.library, as_of);
        let scored = score_cases_only(&seen, self.library, self.zone, options)?;
        Ok(tally(&scored.cases, period, as_of))
    }

    /// Rows of cases that can be received, open, decided or due in `period`.
    fn part(&self, period: Period) -> Snapshot {
        let (first, end) = (day_of(period.first()), day_of(period.end()));
        let keep: BTreeSet<&str> = self
            .spans
            .iter()
            .filter(|(_, s)| s.received.is_none_or(|r| r < end))
            .filter(|(_, s)| s.open || s.last.is_none_or(|l| l + self.margin >= first))
            .map(|(id, _)| *id)
            .collect();
        Snapshot {
            cases: self
                .snapshot
                .cases
                .iter()
                .filter(|c| keep.contains(c.case_id.as_str()))
                .cloned()
                .collect(),
            steps: self
                .snapshot
                .steps
                .iter()
                .filter(|s| keep.contains(s.case_id.as_str()))
                .cloned()
                .collect(),
            findings: Vec::new(),
        }
    }
}

/// Local days within which n days after H must have come: working days with every week one of five, and two months of
/// holidays to spare.
fn margin(library: &Library) -> Day {
    let longest = library
        .services
        .values()
        .flatten()
        .map(|s| match s.total.unit {
            Unit::WorkingDays => 2 * s.total.value,
            Unit::CalendarDays => s.total.value,
            Unit::ElapsedHours => s.total.value.div_ceil(24),
        })
        .max();
    longest.unwrap_or(0) as Day + 62
}

/// The first date of which anything can matter to `period`: no deadline of a closed case lies further after its last instant.
pub fn needed_from(period: Period, library: &Library) -> NaiveDate {
    date_of(day_of(period.first()) - margin(library))
}

/// Builds the trend from shares, oldest first: gaps where nothing was due or fewer than `least_n`.
pub fn trend(months: &[(Period, Share)], least_n: u64) -> (Vec<TrendPoint>, Option<TrendLimits>) {
    let values: Vec<Option<f64>> = months
        .iter()
        .map(|(_, s)| (s.of >= least_n.max(1)).then(|| 100.0 * s.hits as f64 / s.of as f64))
        .collect();
    let limits = xmr::limits(&values);
    let signals = match limits {
        Some(limits) => xmr::signals(&values, limits),
        None => vec![None; values.len()],
    };
    let points = months
        .iter()
        .zip(&values)
        .zip(signals)
        .map(|(((period, share), value), signal)| TrendPoint {
            period: *period,
            n: share.of,
            on_time: share.hits,
            value: *value,
            signal: signal.map(|s| s.label().to_owned()),
        })
        .collect();
    let cut = limits.map(|l| TrendLimits {
        mean: l.mean,
        lower: l.lower.max(0.0),
        upper: l.upper.min(100.0),
    });
    (points, cut)
}
