//! The lists of cases a review names: overdue, at risk, oldest, without a running clock, with the applicant, decided late.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::format;
use crate::instant::Instant;
use crate::measure::membership::{Span, placed};
use crate::measure::timeline::{Divider, Where};
use crate::measure::{LateCase, OpenCase};
use crate::period::Period;
use crate::score::{CaseVerdict, Execution, Scored, ScoredCase, Standing};
use crate::standard::{Duty, Holder, Standard, Unit};

/// How many of the oldest open cases a review names.
const OLDEST: usize = 10;

/// The lists of one run.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    pub overdue: Vec<OpenCase>,
    pub at_risk: Vec<OpenCase>,
    pub oldest: Vec<OpenCase>,
    pub not_started: Vec<OpenCase>,
    pub paused: Vec<OpenCase>,
    pub late: Vec<LateCase>,
}

/// Draws up the lists from the cases as seen at `as_of`; a case received after the period is not in them. `include` says how the
/// same cases stand where no pause counts.
pub fn draw_up(
    scored: &Scored,
    include: &[Standing],
    period: Period,
    as_of: Instant,
    at_risk_days: u32,
) -> Lists {
    /// Cases of one part; parts are joined in their order.
    const PART: usize = 4_096;
    let span = Span::of(period, as_of);
    let parts = scored.cases.par_chunks(PART).enumerate();
    let mut lists = parts
        .map(|(part, cases)| {
            let mut lists = Lists::default();
            let mut divider = Divider::default();
            for (at, case) in cases.iter().enumerate() {
                let m = placed(case, &case.standing(), span);
                if let Some(standard) = &case.standard
                    && case.decided.is_none()
                    && m.is_left_open()
                {
                    let mut open = open_case(case, standard, as_of);
                    let standing = include.get(part * PART + at).filter(|_| case.paused_now);
                    open.verdict_include = standing.map(|s| s.verdict);
                    lists.sort_in(open, case, at_risk_days);
                }
                if m.decided {
                    lists.late.extend(late_case(case, &mut divider));
                }
            }
            lists
        })
        .reduce(Lists::default, Lists::joined);
    lists.put_in_order();
    lists
}

impl Lists {
    fn sort_in(&mut self, open: OpenCase, case: &ScoredCase, at_risk_days: u32) {
        match case.verdict {
            CaseVerdict::Overdue => self.overdue.push(open.clone()),
            CaseVerdict::ClockNotStarted => self.not_started.push(open.clone()),
            CaseVerdict::Running
                if open.days_left.is_some_and(|d| d <= i64::from(at_risk_days)) =>
            {
                self.at_risk.push(open.clone());
            }
            _ => {}
        }
        if case.paused_now {
            self.paused.push(open.clone());
        }
        if matches!(case.verdict, CaseVerdict::Running | CaseVerdict::Overdue) {
            self.oldest.push(open);
        }
    }

    fn joined(mut self, mut other: Lists) -> Lists {
        for (a, b) in [
            (&mut self.overdue, &mut other.overdue),
            (&mut self.at_risk, &mut other.at_risk),
            (&mut self.oldest, &mut other.oldest),
            (&mut self.not_started, &mut other.not_started),
            (&mut self.paused, &mut other.paused),
        ] {
            a.append(b);
        }
        self.late.append(&mut other.late);
        self
    }

    fn put_in_order(&mut self) {
        let id = |c: &OpenCase| c.case_id.clone();
        self.overdue.sort_by_key(|c| (c.days_left, id(c)));
        self.at_risk
            .sort_by_key(|c| (c.days_left, c.deadline, id(c)));
        self.oldest
            .sort_by_key(|c| (std::cmp::Reverse(c.working_days), c.h, id(c)));
        self.oldest.truncate(OLDEST);
        self.not_started
            .sort_by_key(|c| (std::cmp::Reverse(c.age), id(c)));
        self.paused
            .sort_by_key(|c| (std::cmp::Reverse(c.paused_days), id(c)));
        self.late
            .sort_by_key(|c| (std::cmp::Reverse(c.days_over), c.case_id.clone()));
    }
}

fn open_case(case: &ScoredCase, standard: &Standard, as_of: Instant) -> OpenCase {
    let at = holding(case, standard);
    let not_started = case.verdict == CaseVerdict::ClockNotStarted;
    let age = match not_started {
        true => working_days_since(case, standard, as_of),
        false => case.offset,
    };
    let working_days = match standard.total.unit {
        Unit::WorkingDays => case.offset,
        Unit::CalendarDays | Unit::ElapsedHours => case.h.and_then(|h| {
            let today = standard.days.workday(as_of.day())?;
            Some(
                standard
                    .days
                    .idx(today)
                    .saturating_sub(standard.days.idx(h)),
            )
        }),
    };
    OpenCase {
        working_days,
        case_id: case.case_id.clone(),
        service: standard.service.clone(),
        service_name: standard.name.clone(),
        received: case.received,
        h: case.h,
        deadline: case.deadline,
        verdict: case.verdict,
        age,
        days_left: case
            .offset
            .zip(case.limit)
            .map(|(o, l)| i64::from(l) - i64::from(o)),
        paused_days: case.paused_days,
        holder: at.holder,
        at_step: at.step,
        since: at.since,
        verdict_include: None,
        place: not_started.then(|| place(case, standard)),
    }
}

/// Working days since registration (receipt, where it is not registered yet).
fn working_days_since(case: &ScoredCase, standard: &Standard, as_of: Instant) -> Option<u32> {
    let from = case.registration_start.or(case.received)?;
    let h = standard.days.roll(from).ok()?;
    let to = standard.days.workday(as_of.day())?;
    Some(standard.days.idx(to).saturating_sub(standard.days.idx(h)))
}

struct Holding {
    holder: String,
    step: String,
    since: Option<Instant>,
}

/// Officer or role of the execution begun and not completed, the latest begun; else the role of the next mandatory step.
fn holding(case: &ScoredCase, standard: &Standard) -> Holding {
    let begun = case
        .executions
        .iter()
        .filter(|e| e.started.is_some() && e.completed.is_none())
        .filter(|e| !is_done(case, e))
        .max_by_key(|e| (e.started, e.step));
    if let Some(e) = begun {
        let step = standard.steps.get(&e.step);
        let role = step.map_or("", |s| s.actor.as_str());
        let holder = match (&e.officer, step.map(|s| s.holder)) {
            (_, Some(Holder::Applicant)) => "Pemohon".to_owned(),
            (Some(officer), _) => format!("{officer} ({role})"),
            (None, _) => role.to_owned(),
        };
        return Holding {
            holder,
            step: name_of(standard, e.step),
            since: e.started,
        };
    }
    let completed = |number: i32| {
        case.executions
            .iter()
            .any(|e| e.step == number && e.completed.is_some())
    };
    let next = standard.steps.values().find(|s| {
        standard.is_mandatory(s.number, case.requires_recommendation) && !completed(s.number)
    });
    let since = case
        .executions
        .iter()
        .filter_map(|e| e.completed)
        .max()
        .or(case.received);
    Holding {
        holder: next.map_or_else(
            || format::NONE.to_owned(),
            |s| format!("menunggu: {}", s.actor),
        ),
        step: next.map_or_else(|| format::NONE.to_owned(), |s| name_of(standard, s.number)),
        since,
    }
}

/// An execution without completion is over where the same step was completed later, or the applicant's pause has ended.
fn is_done(case: &ScoredCase, e: &Execution) -> bool {
    let later = case
        .executions
        .iter()
        .any(|x| x.step == e.step && x.number > e.number && x.completed.is_some());
    let pausing = case
        .standard
        .as_ref()
        .and_then(|s| s.pause_step)
        .is_some_and(|p| p.step == e.step);
    later || (pausing && !case.with_applicant.iter().any(|p| p.open))
}

fn name_of(standard: &Standard, step: i32) -> String {
    match standard.steps.get(&step) {
        Some(s) => format!("{step} {}", s.title),
        None => step.to_string(),
    }
}

/// Where a case without a running clock is (scoring.md, section 5): at verification, with the agency, or after it.
fn place(case: &ScoredCase, standard: &Standard) -> String {
    let Some(rule) = standard.recommendation else {
        return "Belum terdaftar".to_owned();
    };
    let done = |step: i32| {
        case.executions
            .iter()
            .any(|e| e.step == step && e.completed.is_some())
    };
    let begun = |step: i32| case.executions.iter().any(|e| e.step == step);
    if case.registration_start.is_none() {
        "Belum terdaftar".to_owned()
    } else if done(rule.sent) || begun(rule.handed_over) {
        format!("Di OPD teknis (langkah {})", rule.handed_over)
    } else {
        let first = standard
            .steps
            .values()
            .find(|s| standard.is_processing(s.number) && s.duty == Duty::Mandatory)
            .map_or(rule.sent, |s| s.number);
        format!("Verifikasi dan pengantar (langkah {first}–{})", rule.sent)
    }
}

/// A case decided late, with the step on which most service time went since the clock started.
fn late_case(case: &ScoredCase, divider: &mut Divider) -> Option<LateCase> {
    let standard = case.standard.as_ref()?;
    if case.verdict != CaseVerdict::Late {
        return None;
    }
    let (from, to) = (case.main_start?, case.decided?);
    let mut used: BTreeMap<(i32, Where), i64> = BTreeMap::new();
    for stretch in divider.divide(case, standard, from, to) {
        let step = stretch.step.or(standard.decides).unwrap_or_default();
        if stretch.place != Where::Applicant {
            *used.entry((step, stretch.place)).or_default() += stretch.service_seconds;
        }
    }
    let most = used
        .into_iter()
        .max_by_key(|((step, place), seconds)| (*seconds, -*step, *place))
        .filter(|(_, seconds)| *seconds > 0);
    let (used_by_step, used_by, used_seconds) = match most {
        Some(((step, place), seconds)) => {
            let words = match place {
                Where::Work => "dikerjakan",
                Where::Agency => "di OPD teknis",
                Where::Unsplit => "dikerjakan atau menunggu",
                Where::Waiting | Where::Applicant => "menunggu",
            };
            let text = format!("{} ({words})", name_of(standard, step));
            (Some(step), text, seconds)
        }
        None => (None, format::NONE.to_owned(), 0),
    };
    Some(LateCase {
        case_id: case.case_id.clone(),
        service: standard.service.clone(),
        service_name: standard.name.clone(),
        decided: to,
        deadline: case.deadline?,
        days_over: case.days_over.unwrap_or(0),
        used_by_step,
        used_by,
        used_seconds,
    })
}
