//! Files returned to the applicant: how often, by which step, for how long, and the cases returned more than once.
//!
//! In: the cases decided in the period, and those open at its end. Out: figures, and the cases returned more than once with
//! their verdict were each return to start the clock anew. Stretches with the applicant are those of the score.

use std::collections::BTreeMap;

use rayon::prelude::*;

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
    /// Cases of one part; their lists are joined in order.
    const PART: usize = 4_096;
    let parts = view.scored.cases.par_chunks(PART).enumerate();
    let parts: Vec<(Tally, Vec<RepeatedReturn>)> = parts
        .map(|(part, cases)| of_part(cases, part * PART, view))
        .collect();
    let mut tally = Tally::default();
    let mut repeated = Vec::new();
    for (of_part, mut returned) in parts {
        tally.merge(of_part);
        repeated.append(&mut returned);
    }
    tally.write(w, view.days_known);
    for (state, decided) in [("decided", true), ("open", false)] {
        let n = repeated.iter().filter(|r| r.decided == decided).count();
        w.count("returns.repeated", &[("state", state)], n as u64);
    }
    repeated
}

/// `first` is the place of the first of these cases among all.
fn of_part(cases: &[ScoredCase], first: usize, view: &View) -> (Tally, Vec<RepeatedReturn>) {
    let mut tally = Tally::default();
    let mut repeated = Vec::new();
    let decided = view.decided();
    for (case, place) in cases.iter().zip(first..) {
        let Some((standard, pause_step)) = returning(case) else {
            continue;
        };
        let episodes = case.of_step(pause_step);
        let decided = decided(case);
        if decided {
            tally.add(case, standard, episodes.clone());
        }
        let times = match decided {
            true => episodes.count(),
            false => returned_while_open(case, view, episodes),
        };
        if times > 1 {
            let restart = view.by_rule.get(&PauseRule::Restart);
            let restart = restart.and_then(|standings| standings.get(place));
            repeated.push(RepeatedReturn {
                verdict_restart: restart.map(|s| s.verdict),
                ..repeated_return(case, standard, decided, times)
            });
        }
    }
    (tally, repeated)
}

/// The standard of a case, and its step that returns files; None where it knows no returns.
fn returning(case: &ScoredCase) -> Option<(&Standard, i32)> {
    let standard = case.standard.as_deref()?;
    Some((standard, standard.pause_step?.step))
}

/// Times a case open at the period's end was returned until then; 0 for one that is not open.
fn returned_while_open<'a>(
    case: &ScoredCase,
    view: &View,
    episodes: impl Iterator<Item = &'a Execution> + Clone,
) -> usize {
    if episodes.clone().nth(1).is_none() {
        return 0;
    }
    let m = membership(case, view.period, view.as_of);
    let open = m.closing || (m.unplaced && case.decided.is_none());
    let (_, end) = view.bounds();
    let of_period = |e: &&Execution| open && e.begin().is_none_or(|t| t.day() < end);
    episodes.filter(of_period).count()
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
    fn add<'a>(
        &mut self,
        case: &ScoredCase,
        standard: &Standard,
        episodes: impl Iterator<Item = &'a Execution>,
    ) {
        let before = self.returns;
        for episode in episodes {
            self.returns += 1;
            let step = returned_by(case, episode);
            *self.by_step.entry(step).or_default() += 1;
        }
        self.cases.add(self.returns > before);
        for stretch in case.with_applicant.iter().filter(|p| !p.open) {
            self.calendar_days.add(calendar_days(stretch));
            if let Some(days) = working_days(standard, stretch.from.day(), stretch.to.day()) {
                self.working_days.add(days);
            }
        }
    }

    fn merge(&mut self, other: Tally) {
        self.cases.hits += other.cases.hits;
        self.cases.of += other.cases.of;
        self.returns += other.returns;
        for (step, n) in other.by_step {
            *self.by_step.entry(step).or_default() += n;
        }
        self.calendar_days.merge(&other.calendar_days);
        self.working_days.merge(&other.working_days);
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
    let begin = episode.begin()?;
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
) -> RepeatedReturn {
    let stretches = &case.with_applicant;
    let days = |p: &Pause| working_days(standard, p.from.day(), p.to.day());
    RepeatedReturn {
        case_id: case.case_id.clone(),
        service: standard.service.clone(),
        decided,
        times: times as u32,
        calendar_days: stretches.iter().map(calendar_days).sum(),
        working_days: stretches.iter().map(days).sum(),
        verdict: case.verdict,
        verdict_restart: None,
    }
}
