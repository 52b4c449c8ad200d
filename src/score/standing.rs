//! How a case stands as a whole: its verdict and days by the main clock, under its own reading of the rules or another.
//!
//! In: a case and its clocks; or scored cases, and a pause rule or other standards. Out: [`Standing`]s. Another reading touches
//! no execution, so nothing of a case is read or worded again for it.

use rayon::prelude::*;

use crate::clock::{Clock, OutsideCalendar};
use crate::instant::Instant;
use crate::score::case::choose;
use crate::score::clocks::{self, start_clock};
use crate::score::judge::{self, CaseFacts};
use crate::score::notes::Notes;
use crate::score::outcome::{self, End};
use crate::score::{CaseVerdict, Scored, ScoredCase, Standing, execution};
use crate::snapshot::Outcome;
use crate::standard::{Library, PauseRule, Standard};

/// Of a case that ended at `end`, on its main clock; None where that has not started.
///
/// # Errors
/// A date lies outside the calendar.
pub fn of_case(
    standard: &Standard,
    main: Option<&Clock>,
    end: End,
    as_of: Instant,
) -> Result<Standing, OutsideCalendar> {
    let held = match main {
        Some(clock) => {
            let t = end.at().unwrap_or(as_of);
            Some(execution::hold(clock, standard.total, t)?)
        }
        None => None,
    };
    let verdict = judge::case(CaseFacts {
        has_standard: true,
        withdrawn: matches!(end, End::Withdrawn(_)),
        decided: matches!(end, End::Decided(_)),
        clock_started: main.is_some(),
        decided_before_clock: is_before_clock(main, end),
        met: held.is_none_or(|h| h.met),
    });
    let unit = Some(standard.total.unit);
    let Some(held) = held else {
        return Ok(Standing::without_clock(verdict, unit));
    };
    let over = matches!(
        verdict,
        CaseVerdict::Late | CaseVerdict::Overdue | CaseVerdict::WithdrawnLate
    );
    let days_over = |offset: u32| offset.saturating_sub(standard.total.value);
    Ok(Standing {
        verdict,
        h: Some(held.h),
        deadline: Some(held.deadline),
        paused_days: held.paused_days,
        offset: held.offset,
        limit: held.offset.map(|_| standard.total.value),
        days_over: held.offset.filter(|_| over).map(days_over),
        unit,
    })
}

/// Whether a case was decided before its clock started.
pub fn is_before_clock(main: Option<&Clock>, end: End) -> bool {
    match (main, end) {
        (Some(clock), End::Decided(at)) => at < clock.started_at(),
        _ => false,
    }
}

/// The cases of `own`, scored at `as_of` under each standard's own pause rule, as they stand under `rule`; in their order. A
/// pause rule says nothing of a case that was never with the applicant.
///
/// # Errors
/// A deadline lies outside the calendar.
pub fn under_rule(
    own: &Scored,
    rule: PauseRule,
    as_of: Instant,
) -> Result<Vec<Standing>, OutsideCalendar> {
    let cases = own.cases.par_iter().with_min_len(PART);
    cases
        .map(|case| match &case.standard {
            Some(standard) if case.rule != rule && !case.with_applicant.is_empty() => {
                let start = |at| start_clock(standard, rule, at, &case.with_applicant);
                let main = case.main_start.map(start).transpose()?;
                of_case(standard, main.as_ref(), end_of(case), as_of)
            }
            _ => Ok(case.standing()),
        })
        .collect()
}

/// The cases of `own`, scored at `as_of`, as they stand under other standards or another calendar; in their order.
///
/// # Errors
/// A date lies outside the calendar.
pub fn under_library(
    own: &Scored,
    library: &Library,
    as_of: Instant,
) -> Result<Vec<Standing>, OutsideCalendar> {
    let cases = own.cases.par_iter().with_min_len(PART);
    cases.map(|case| under(case, library, as_of)).collect()
}

/// Cases that are not worth a thread of their own.
const PART: usize = 1_024;

fn under(
    case: &ScoredCase,
    library: &Library,
    as_of: Instant,
) -> Result<Standing, OutsideCalendar> {
    let notes = &mut Notes::unasked();
    let Some(standard) = choose(case, library, notes)? else {
        return Ok(Standing::without_clock(CaseVerdict::NoStandard, None));
    };
    let end = outcome::end(case, standard.decides, notes);
    let (_, main) = clocks::starts(case, &standard, end.is_decided());
    let away = clocks::with_applicant(&standard, &case.case_id, &case.executions, as_of, notes);
    let start = |start: clocks::Start| start_clock(&standard, standard.pause, start.at, &away);
    let main = main.map(start).transpose()?;
    of_case(&standard, main.as_ref(), end, as_of)
}

/// The end that a scored case was found to have.
fn end_of(case: &ScoredCase) -> End {
    match case.decided {
        Some(t) if case.outcome == Outcome::Withdrawn => End::Withdrawn(t),
        Some(t) => End::Decided(t),
        None => End::Undecided,
    }
}
