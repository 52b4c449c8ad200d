//! Time at the technical agencies (OPD), from sending the file to handing over the recommendation, by agency.
//!
//! In: the scored cases, their stays and who belongs to which agency. Out: figures by agency and month, and the files still out. Days are
//! working days; time with the applicant in between is not subtracted, since the file is the agency's all the while. It must
//! not charge the office's clock, which is the score's.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::instant::{Day, Instant, day_of};
use crate::measure::performance::{UNRECORDED, UnitOf, View, least_executions, of_month};
use crate::measure::put::Writer;
use crate::measure::stats::Histogram;
use crate::measure::stays::stays;
use crate::name::Name;
use crate::period::Period;
use crate::score::ScoredCase;
use crate::standard::Standard;

/// A file with an agency at the period's end.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenAtAgency {
    pub case_id: String,
    pub service: String,
    pub agency: String,
    pub since: Instant,
    /// Working days so far; None past the calendar's end.
    pub working_days: Option<i64>,
}

/// The agencies the figures name, and the files they hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Agencies {
    /// Values of the dimension `agency`, by name; the unrecorded last.
    pub names: Vec<String>,
    /// Longest first.
    pub open: Vec<OpenAtAgency>,
}

/// A stay, ended or not, as the figures count it.
struct Counted<'a> {
    case: &'a ScoredCase,
    standard: &'a Standard,
    from: Instant,
    to: Option<Instant>,
    officer: Option<Name>,
}

impl Counted<'_> {
    /// Still out when the local day `end` begins, in a case not closed by then.
    fn is_open_at(&self, end: Day) -> bool {
        let later = |t: Option<Instant>| t.is_none_or(|t| t.day() >= end);
        self.from.day() < end && later(self.to) && later(self.case.decided)
    }

    /// Working days from the day it was sent to `day`, as offsets count them.
    fn days_to(&self, day: Day) -> Option<i64> {
        working_days(self.standard, self.from.day(), day)
    }
}

/// `idx(workday(to)) - idx(workday(from))`; None past the calendar's end.
pub(super) fn working_days(standard: &Standard, from: Day, to: Day) -> Option<i64> {
    let at = |day| {
        let day = standard.days.workday(day)?;
        Some(i64::from(standard.days.idx(day)))
    };
    Some(at(to)? - at(from)?)
}

/// Writes the `agency.*` figures for the period and its months.
pub fn write(w: &mut Writer, view: &View, unit_of: UnitOf) -> Agencies {
    let counted: Vec<Counted> = view
        .scored
        .cases
        .par_iter()
        .flat_map_iter(|case| of_case(case, view))
        .collect();
    let mut by_agency: BTreeMap<(bool, String), Vec<&Counted>> = BTreeMap::new();
    for stay in &counted {
        let name = agency(stay, view, unit_of);
        let key = (name == UNRECORDED, name);
        by_agency.entry(key).or_default().push(stay);
    }
    let all: Vec<&Counted> = counted.iter().collect();
    write_group(w, view, &[], &all);
    let mut open = Vec::new();
    for ((_, name), stays) in &by_agency {
        write_group(w, view, &[("agency", name)], stays);
        open.extend(still_out(stays, view).map(|(stay, days)| OpenAtAgency {
            case_id: stay.case.case_id.clone(),
            service: stay.standard.service.clone(),
            agency: name.clone(),
            since: stay.from,
            working_days: days,
        }));
    }
    open.sort_by(|a, b| {
        (Reverse(a.working_days), a.since, &a.case_id).cmp(&(
            Reverse(b.working_days),
            b.since,
            &b.case_id,
        ))
    });
    Agencies {
        names: by_agency.into_keys().map(|(_, name)| name).collect(),
        open,
    }
}

/// The stays of a case that ended in the period or were open in it.
fn of_case<'a>(case: &'a ScoredCase, view: &View) -> Vec<Counted<'a>> {
    let Some(standard) = case.standard.as_deref() else {
        return Vec::new();
    };
    let counted = |from, to, officer| Counted {
        case,
        standard,
        from,
        to,
        officer,
    };
    let (first, end) = view.bounds();
    let since = |t: Option<Instant>| t.is_none_or(|t| t.day() >= first);
    stays(case, standard)
        .into_iter()
        .map(|s| counted(s.from, Some(s.to), s.officer))
        .chain(still_with(case, standard).map(|(from, officer)| counted(from, None, officer)))
        .filter(|s| s.from.day() < end && since(s.to))
        .filter(|s| s.to.is_some() || since(case.decided))
        .collect()
}

/// The stay without a handing over: sent after the last one, or begun there. With the officer who has begun.
fn still_with(case: &ScoredCase, standard: &Standard) -> Option<(Instant, Option<Name>)> {
    let rule = standard.recommendation?;
    let back = case
        .of_step(rule.handed_over)
        .filter_map(|e| e.completed)
        .max();
    let after = |t: &Instant| back.is_none_or(|b| *t > b);
    let begun = case
        .of_step(rule.handed_over)
        .filter(|e| e.completed.is_none())
        .filter_map(|e| Some((e.started?, e.officer)))
        .filter(|(t, _)| after(t))
        .max_by_key(|(t, _)| *t);
    let sent = case
        .of_step(rule.sent)
        .filter_map(|e| e.completed)
        .filter(after)
        .max();
    let from = sent.or(begun.map(|(t, _)| t))?;
    // Work on the recommendation has begun: it is back, though nobody wrote down when.
    let taken_up = case
        .of_step(rule.received)
        .filter_map(|e| e.started.or(e.completed))
        .any(|t| t > from);
    (!taken_up).then(|| (from, begun.and_then(|(_, officer)| officer)))
}

/// The officer's unit where the register says, else the officer as recorded.
fn agency(stay: &Counted, view: &View, unit_of: UnitOf) -> String {
    let day = stay.to.unwrap_or(view.as_of).day();
    match stay.officer {
        Some(officer) => unit_of(&officer, day).unwrap_or_else(|| officer.to_string()),
        None => UNRECORDED.to_owned(),
    }
}

/// The stays open at the period's end, with their working days until then or `as_of`, whichever is earlier.
fn still_out<'a>(
    stays: &'a [&'a Counted<'a>],
    view: &View,
) -> impl Iterator<Item = (&'a Counted<'a>, Option<i64>)> {
    let (end, day) = end_of(view.period, view);
    stays
        .iter()
        .filter(move |s| s.is_open_at(end))
        .map(move |s| (*s, s.days_to(day)))
}

/// The day a period is over, and the day that counts at min(its end, as_of), as the clock counts it.
fn end_of(period: Period, view: &View) -> (Day, Day) {
    let end = day_of(period.end());
    (end, end.min(view.as_of.day()))
}

fn write_group(w: &mut Writer, view: &View, group: &[(&str, &str)], stays: &[&Counted]) {
    for month in view.months() {
        write_period(&mut of_month(w, month), view, group, stays);
    }
    write_period(w, view, group, stays);
}

fn write_period(w: &mut Writer, view: &View, group: &[(&str, &str)], stays: &[&Counted]) {
    let (end, today) = end_of(w.period, view);
    let first = day_of(w.period.first());
    let ended = || {
        let back = stays.iter().filter_map(|s| Some((s, s.to?)));
        back.filter(|(_, t)| (first..end).contains(&t.day()))
    };
    let mut days = Histogram::default();
    for used in ended().filter_map(|(s, t)| s.days_to(t.day())) {
        days.add(used);
    }
    let open = || stays.iter().filter(|s| s.is_open_at(end));
    let (n, n_open) = (days.n(), open().count() as u64);
    let oldest = open().filter_map(|s| s.days_to(today)).max();
    w.count("agency.count", group, ended().count() as u64);
    w.count("agency.open", group, n_open);
    // An agency may be one person: few recommendations give no median.
    let least = least_executions(w.least_n);
    let few = |n: u64| !group.is_empty() && (1..least).contains(&n);
    for (indicator, n, value) in [
        ("agency.days_median", n, days.quantile(50)),
        ("agency.days_p90", n, days.quantile(90)),
        ("agency.open_oldest", n_open, oldest),
    ] {
        match view.days_known || n == 0 {
            true if indicator != "agency.open_oldest" && few(n) => w.withheld(indicator, group, n),
            true => w.days(indicator, group, n, value),
            false => w.not_assessable(indicator, group, n),
        }
    }
}
