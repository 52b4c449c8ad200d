//! Files returned to the applicant: how often, by which step, for how long, and the cases returned more than once.
//!
//! In: the cases decided in the period, and those open at its end. Out: figures, and the cases returned more than once with
//! their verdict were each return to start the clock anew. Stretches with the applicant are those of the score.

use std::collections::BTreeMap;

use crate::clock::Pause;
use crate::measure::membership::membership;
use crate::measure::performance::agencies::working_days;
use crate::measure::performance::{UNRECORDED, View};
use crate::measure::put::{Share, Writer};
use crate::measure::stats::Histogram;
use crate::score::{CaseVerdict, Execution, ScoredCase};
use crate::standard::{PauseRule, Standard};

/// A case returned to the applicant more than once.
#[derive(Debug, Clone, PartialEq)]
pub struct RepeatedReturn {
    pub case_id: String,
    pub service: String,
    /// Decided in the period; else open at its end.
    pub decided: bool,
    pub times: u32,
    /// Calendar days with the applicant, all stretches together.
    pub calendar_days: i64,
    /// Working days with the applicant, likewise; None past the calendar's end.
    pub working_days: Option<i64>,
    pub verdict: CaseVerdict,
    /// The verdict were the clock started anew after each return; None where the case was not scored so.
    pub verdict_restart: Option<CaseVerdict>,
}

/// Writes the `returns.*` figures; returns the cases returned more than once, by case_id.
pub fn write(w: &mut Writer, view: &View) -> Vec<RepeatedReturn> {
    let mut tally = Tally::default();
    let mut repeated = Vec::new();
    let decided = view.decided();
    for case in &view.scored.cases {
        let Some((standard, pause_step)) = returning(case) else {
            continue;
        };
        let returns = case.executions.iter().filter(|e| e.step == pause_step);
        let episodes: Vec<&Execution> = returns.collect();
        let decided = decided(case);
        if decided {
            tally.add(case, standard, &episodes);
        }
        let times = match decided {
            true => episodes.len(),
            false => returned_while_open(case, view, &episodes),
        };
        if times > 1 {
            repeated.push(repeated_return(case, standard, decided, times, view));
        }
    }
    tally.write(w, view.days_known);
    for (state, decided) in [("decided", true), ("open", false)] {
        let n = repeated.iter().filter(|r| r.decided == decided).count();
        w.count("returns.repeated", &[("state", state)], n as u64);
    }
    repeated
}

/// The standard of a case, and its step that returns files; None where it knows no returns.
fn returning(case: &ScoredCase) -> Option<(&Standard, i32)> {
    let standard = case.standard.as_deref()?;
    Some((standard, standard.pause_step?.step))
}

/// Times a case open at the period's end was returned until then; 0 for one that is not open.
fn returned_while_open(case: &ScoredCase, view: &View, episodes: &[&Execution]) -> usize {
    if episodes.len() < 2 {
        return 0;
    }
    let m = membership(case, view.period, view.as_of);
    let open = m.closing || (m.unplaced && case.decided.is_none());
    let (_, end) = view.bounds();
    let of_period = |e: &&&Execution| open && begin(e).is_none_or(|t| t.day() < end);
    episodes.iter().filter(of_period).count()
}

fn begin(e: &Execution) -> Option<crate::instant::Instant> {
    e.started.or(e.completed)
}

/// Counts over cases decided in the period.
#[derive(Default)]
struct Tally {
    cases: Share,
    returns: u64,
    /// By the step that returned the file; None where no step was completed before.
    by_step: BTreeMap<Option<i32>, u64>,
    calendar_days: Histogram,
    working_days: Histogram,
}

impl Tally {
    fn add(&mut self, case: &ScoredCase, standard: &Standard, episodes: &[&Execution]) {
        self.cases.add(!episodes.is_empty());
        self.returns += episodes.len() as u64;
        for episode in episodes {
            let step = returned_by(case, episode);
            *self.by_step.entry(step).or_default() += 1;
        }
        for stretch in case.with_applicant.iter().filter(|p| !p.open) {
            self.calendar_days.add(calendar_days(stretch));
            if let Some(days) = working_days(standard, stretch.from.day(), stretch.to.day()) {
                self.working_days.add(days);
            }
        }
    }

    fn write(&self, w: &mut Writer, days_known: bool) {
        w.share_with_interval("returns.case_share", &[], self.cases);
        w.count("returns.count", &[], self.returns);
        for (step, n) in &self.by_step {
            let step = step.map_or(UNRECORDED.to_owned(), |s| s.to_string());
            w.count("returns.by", &[("step", &step)], *n);
        }
        for (indicator, days, percent) in [
            ("returns.calendar_days_median", &self.calendar_days, 50),
            ("returns.calendar_days_p90", &self.calendar_days, 90),
        ] {
            w.days(indicator, &[], days.n(), days.quantile(percent));
        }
        for (indicator, percent) in [
            ("returns.working_days_median", 50),
            ("returns.working_days_p90", 90),
        ] {
            let (n, value) = (self.working_days.n(), self.working_days.quantile(percent));
            match days_known || n == 0 {
                true => w.days(indicator, &[], n, value),
                false => w.not_assessable(indicator, &[], n),
            }
        }
    }
}

/// The step last completed before the file went to the applicant.
fn returned_by(case: &ScoredCase, episode: &Execution) -> Option<i32> {
    let begin = begin(episode)?;
    case.executions
        .iter()
        .filter(|e| e.step != episode.step)
        .filter_map(|e| Some((e.completed?, e.step)))
        .filter(|(t, _)| *t <= begin)
        .max()
        .map(|(_, step)| step)
}

/// Local dates after the first.
fn calendar_days(stretch: &Pause) -> i64 {
    i64::from(stretch.to.day()) - i64::from(stretch.from.day())
}

fn repeated_return(
    case: &ScoredCase,
    standard: &Standard,
    decided: bool,
    times: usize,
    view: &View,
) -> RepeatedReturn {
    let stretches = &case.with_applicant;
    let days = |p: &Pause| working_days(standard, p.from.day(), p.to.day());
    let restart = view.by_rule.get(&PauseRule::Restart).and_then(|scored| {
        let at = scored
            .cases
            .binary_search_by(|c| c.case_id.cmp(&case.case_id))
            .ok()?;
        scored.cases.get(at)
    });
    RepeatedReturn {
        case_id: case.case_id.clone(),
        service: standard.service.clone(),
        decided,
        times: times as u32,
        calendar_days: stretches.iter().map(calendar_days).sum(),
        working_days: stretches.iter().map(days).sum(),
        verdict: case.verdict,
        verdict_restart: restart.map(|c| c.verdict),
    }
}
