//! Due, decided, flow and days used: the counts behind the first screen (scoring.md, section 5).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::instant::Instant;
use crate::measure::membership::{Due, Membership, Span, placed};
use crate::measure::put::{Share, Writer};
use crate::measure::stats::{Histogram, Survival};
use crate::period::Period;
use crate::score::{CaseVerdict, ScoredCase, Standing};
use crate::snapshot::Outcome;
use crate::standard::{PauseRule, Unit};

/// Counts over the cases of one period, for the office or one group of cases.
#[derive(Debug, Clone, Default)]
pub struct Headline {
    pub due: Share,
    pub decided: Share,
    pub due_late: u64,
    pub due_overdue: u64,
    pub due_withdrawn_late: u64,
    pub pending: u64,
    /// Cases in no rate, by verdict.
    pub excluded: BTreeMap<CaseVerdict, u64>,
    /// Decided in the period but in no rate of those decided, by verdict.
    pub excluded_decided: BTreeMap<CaseVerdict, u64>,
    pub opening: u64,
    pub received: u64,
    pub issued: u64,
    pub rejected: u64,
    pub withdrawn: u64,
    pub closing: u64,
    /// Cases without a receipt: in no flow.
    pub unplaced: u64,
    /// Days used of cases decided in the period, by unit of their limit: working days with H as the first (offset + 1),
    /// calendar days after the start's own date (offset).
    pub days: BTreeMap<Unit, Histogram>,
    /// Of cases received in the period with a limit in working days and a clock that has started.
    pub survival: Survival,
    /// Received in the period but not among these.
    pub not_in_survival: u64,
}

/// Tallies `cases` for `period` as seen at `as_of`.
pub fn tally(cases: &[ScoredCase], period: Period, as_of: Instant) -> Headline {
    let own = |_: usize, case: &ScoredCase| Some(case.standing());
    tally_as(cases, period, as_of, own)
}

/// [`tally`] of cases that stand as `standing` says of each, by its place; those of which it says nothing are left out.
pub fn tally_as(
    cases: &[ScoredCase],
    period: Period,
    as_of: Instant,
    standing: impl Fn(usize, &ScoredCase) -> Option<Standing> + Sync,
) -> Headline {
    let of_period = tally_with(cases, &[period], as_of, standing);
    of_period.into_iter().next().unwrap_or_default()
}

/// Tallies `cases` for each of `periods` as seen at `as_of`; in their order.
pub fn tally_each(cases: &[ScoredCase], periods: &[Period], as_of: Instant) -> Vec<Headline> {
    let own = |_: usize, case: &ScoredCase| Some(case.standing());
    tally_with(cases, periods, as_of, own)
}

fn tally_with(
    cases: &[ScoredCase],
    periods: &[Period],
    as_of: Instant,
    standing: impl Fn(usize, &ScoredCase) -> Option<Standing> + Sync,
) -> Vec<Headline> {
    /// Cases of one part; parts merge in any order, since all that is kept are sums.
    const PART: usize = 8_192;
    let spans: Vec<Span> = periods.iter().map(|p| Span::of(*p, as_of)).collect();
    let none = || vec![Headline::default(); spans.len()];
    let parts = cases.par_chunks(PART).enumerate();
    parts
        .map(|(part, cases)| {
            let mut headlines = none();
            for (at, case) in cases.iter().enumerate() {
                let Some(standing) = standing(part * PART + at, case) else {
                    continue;
                };
                for (headline, span) in headlines.iter_mut().zip(&spans) {
                    headline.add(case, &standing, placed(case, &standing, *span));
                }
            }
            headlines
        })
        .reduce(none, |mut a, b| {
            a.iter_mut().zip(&b).for_each(|(a, b)| a.merge(b));
            a
        })
}

impl Headline {
    /// Counts a case.
    pub fn add(&mut self, case: &ScoredCase, standing: &Standing, m: Membership) {
        match m.due {
            Due::Counted => self.add_due(standing.verdict),
            Due::Pending => self.pending += 1,
            Due::Excluded | Due::Outside => {}
        }
        self.add_excluded(standing, m);
        if m.decided {
            match standing.verdict {
                CaseVerdict::OnTime | CaseVerdict::Late => {
                    self.decided.add(standing.verdict == CaseVerdict::OnTime)
                }
                other => *self.excluded_decided.entry(other).or_default() += 1,
            }
        }
        self.opening += u64::from(m.opening);
        self.received += u64::from(m.received);
        self.withdrawn += u64::from(m.withdrawn && case.received.is_some());
        self.closing += u64::from(m.closing);
        if m.decided && case.received.is_some() {
            match case.outcome {
                Outcome::Rejected => self.rejected += 1,
                _ => self.issued += 1,
            }
        }
        self.unplaced += u64::from(m.unplaced);
        if m.decided || m.received {
            self.add_days(standing, m);
        }
    }

    /// Adds the counts of other cases.
    pub fn merge(&mut self, other: &Headline) {
        for (a, b) in [
            (&mut self.due, other.due),
            (&mut self.decided, other.decided),
        ] {
            a.hits += b.hits;
            a.of += b.of;
        }
        for (a, b) in [
            (&mut self.due_late, other.due_late),
            (&mut self.due_overdue, other.due_overdue),
            (&mut self.due_withdrawn_late, other.due_withdrawn_late),
            (&mut self.pending, other.pending),
            (&mut self.opening, other.opening),
            (&mut self.received, other.received),
            (&mut self.issued, other.issued),
            (&mut self.rejected, other.rejected),
            (&mut self.withdrawn, other.withdrawn),
            (&mut self.closing, other.closing),
            (&mut self.unplaced, other.unplaced),
            (&mut self.not_in_survival, other.not_in_survival),
        ] {
            *a += b;
        }
        for (a, b) in [
            (&mut self.excluded, &other.excluded),
            (&mut self.excluded_decided, &other.excluded_decided),
        ] {
            for (verdict, n) in b {
                *a.entry(*verdict).or_default() += n;
            }
        }
        for (unit, days) in &other.days {
            self.days.entry(*unit).or_default().merge(days);
        }
        self.survival.merge(&other.survival);
    }

    fn add_due(&mut self, verdict: CaseVerdict) {
        self.due.add(verdict == CaseVerdict::OnTime);
        match verdict {
            CaseVerdict::Late => self.due_late += 1,
            CaseVerdict::WithdrawnLate => self.due_withdrawn_late += 1,
            CaseVerdict::OnTime => {}
            _ => self.due_overdue += 1,
        }
    }

    /// Cases beside the headline: with a deadline in the period but in no rate, or in the flow without a clock or standard.
    fn add_excluded(&mut self, standing: &Standing, m: Membership) {
        let beside = match standing.verdict {
            CaseVerdict::Withdrawn | CaseVerdict::NotAssessable => m.due == Due::Excluded,
            CaseVerdict::NoStandard => m.decided || m.withdrawn || m.closing,
            CaseVerdict::ClockNotStarted => m.closing || m.unplaced,
            _ => false,
        };
        if beside {
            *self.excluded.entry(standing.verdict).or_default() += 1;
        }
    }

    fn add_days(&mut self, standing: &Standing, m: Membership) {
        let in_survival = self.add_days_used(standing, m);
        self.not_in_survival += u64::from(m.received && !in_survival);
    }

    /// Whether it is among those of the survival curve.
    fn add_days_used(&mut self, standing: &Standing, m: Membership) -> bool {
        let (Some(offset), Some(unit)) = (standing.offset, standing.unit) else {
            return false;
        };
        let used = offset + 1;
        let judged = matches!(standing.verdict, CaseVerdict::OnTime | CaseVerdict::Late);
        if m.decided && judged {
            let days = self.days.entry(unit).or_default();
            days.add(match unit {
                Unit::WorkingDays => i64::from(used),
                Unit::CalendarDays | Unit::ElapsedHours => i64::from(offset),
            });
        }
        let counts = m.received && unit == Unit::WorkingDays;
        match judged {
            _ if !counts => return false,
            true => self.survival.decided(used),
            false if standing.verdict == CaseVerdict::NotAssessable => return false,
            false => self.survival.censored(used),
        }
        true
    }

    /// Decided in the period, whatever the verdict.
    pub fn closed_by_decision(&self) -> u64 {
        self.issued + self.rejected
    }
}

/// Writes the office's headline figures.
pub fn write(w: &mut Writer, h: &Headline, previous_closing: u64, days_known: bool) {
    w.share_with_interval("on_time.due", &[], h.due);
    w.share_with_interval("on_time.decided", &[], h.decided);
    for (name, count) in [
        ("due.count", h.due.of),
        ("due.on_time", h.due.hits),
        ("due.late", h.due_late),
        ("due.overdue", h.due_overdue),
        ("due.withdrawn_late", h.due_withdrawn_late),
        ("due.pending", h.pending),
        ("flow.opening", h.opening),
        ("flow.received", h.received),
        ("flow.decided", h.closed_by_decision()),
        ("flow.issued", h.issued),
        ("flow.rejected", h.rejected),
        ("flow.withdrawn", h.withdrawn),
        ("flow.closing", h.closing),
        ("flow.previous_closing", previous_closing),
        ("flow.unplaced", h.unplaced),
    ] {
        w.count(name, &[], count);
    }
    let restated = h.opening as i64 - previous_closing as i64;
    w.days("flow.restated", &[], h.opening, Some(restated));
    for verdict in [
        CaseVerdict::NotAssessable,
        CaseVerdict::ClockNotStarted,
        CaseVerdict::NoStandard,
    ] {
        let n = h.excluded_decided.get(&verdict).copied().unwrap_or(0);
        w.count("excluded.decided", &[("reason", verdict.code())], n);
    }
    for verdict in [
        CaseVerdict::Withdrawn,
        CaseVerdict::NotAssessable,
        CaseVerdict::ClockNotStarted,
        CaseVerdict::NoStandard,
    ] {
        let n = h.excluded.get(&verdict).copied().unwrap_or(0);
        w.count("excluded.due", &[("reason", verdict.code())], n);
    }
    write_days(w, h, days_known);
}

/// Days used. Working days in a year without holidays on record would be a guess, and are not printed.
fn write_days(w: &mut Writer, h: &Headline, days_known: bool) {
    let none = Histogram::default();
    for (unit, name) in [
        (Unit::WorkingDays, "working_days"),
        (Unit::CalendarDays, "calendar_days"),
    ] {
        let days = h.days.get(&unit).unwrap_or(&none);
        for (suffix, percent) in [("median", 50), ("p90", 90), ("p95", 95)] {
            let indicator = format!("{name}.{suffix}");
            if unit == Unit::WorkingDays && !days_known && days.n() > 0 {
                w.not_assessable(&indicator, &[], days.n());
            } else {
                w.days(&indicator, &[], days.n(), days.quantile(percent));
            }
        }
    }
    w.count("working_days.km_excluded", &[], h.not_in_survival);
    let n = h.survival.n();
    match days_known {
        true => w.days(
            "working_days.km_median",
            &[],
            n,
            h.survival.median().map(i64::from),
        ),
        false => w.not_assessable("working_days.km_median", &[], n),
    }
}

/// Writes the headline under one pause rule.
pub fn write_rule(w: &mut Writer, rule: PauseRule, h: &Headline) {
    let group = [("pause", rule.code())];
    w.share_with_interval("on_time.due", &group, h.due);
    w.share_with_interval("on_time.decided", &group, h.decided);
}

/// Writes the headline of one group of cases; for a service also the working days its cases took.
pub fn write_group(
    w: &mut Writer,
    (dimension, value): (&str, &str),
    h: &Headline,
    days_known: bool,
) {
    let group = [(dimension, value)];
    w.share_with_interval("on_time.due", &group, h.due);
    w.share_with_interval("on_time.decided", &group, h.decided);
    for (name, count) in [
        ("flow.received", h.received),
        ("flow.decided", h.closed_by_decision()),
        ("flow.closing", h.closing),
    ] {
        w.count(name, &group, count);
    }
    let Some(days) = h
        .days
        .get(&Unit::WorkingDays)
        .filter(|_| dimension == "service")
    else {
        return;
    };
    for (indicator, percent) in [("working_days.median", 50), ("working_days.p90", 90)] {
        match days_known {
            true => w.days(indicator, &group, days.n(), days.quantile(percent)),
            false => w.not_assessable(indicator, &group, days.n()),
        }
    }
}
