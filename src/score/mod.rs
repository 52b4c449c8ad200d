//! Score: every step held against day window and minutes, every case against its total.
//!
//! In: a snapshot, the standards, `as_of`. Out: [`Scored`], one verdict of each kind per execution and per case, and the
//! findings on the way; and how the same cases stand under another reading of the rules. Score knows nothing of indicators or
//! reports. Cases are independent of each other.

pub mod case;
pub mod clocks;
mod contradictions;
pub mod execution;
pub mod judge;
pub mod notes;
pub mod outcome;
pub mod reading;
pub mod scored;
pub mod sequence;
pub mod standing;
pub mod table;
pub mod trace;
pub mod verdict;

pub use scored::{AwaitedStage, Execution, Scored, ScoredCase, Standing};
pub use verdict::{CaseVerdict, DayVerdict, MinuteVerdict};

use chrono_tz::Tz;
use rayon::prelude::*;

use crate::clock::OutsideCalendar;
use crate::instant::Instant;
use crate::name::Namer;
use crate::score::case::Scorer;
use crate::score::notes::Notes;
use crate::snapshot::view::{Cut, view};
use crate::snapshot::{CaseRow, Snapshot, StepRow};
use crate::standard::{Library, PauseRule};

/// How to score.
#[derive(Debug, Clone, Copy)]
pub struct ScoreOptions {
    pub as_of: Instant,
    /// Overrides every standard's own pause rule; None: as the standards say.
    pub pause: Option<PauseRule>,
}

/// Scores every case of the snapshot at `options.as_of`.
///
/// # Errors
/// A date that no calendar covers: `as_of`, an H or a deadline.
pub fn score(
    snapshot: &Snapshot,
    library: &Library,
    zone: Tz,
    options: ScoreOptions,
) -> Result<Scored, OutsideCalendar> {
    score_view(
        &seen(snapshot, library, options.as_of),
        library,
        zone,
        options,
    )
}

/// The snapshot as it would have been read at `as_of`.
pub fn seen(snapshot: &Snapshot, library: &Library, as_of: Instant) -> Snapshot {
    let cut = Cut {
        as_of,
        bound: None,
        decides: &|service| library.decides(service),
    };
    view(snapshot, &cut)
}

/// Scores a snapshot that was already cut off at `options.as_of` by [`seen`].
///
/// # Errors
/// As [`score`].
pub fn score_view(
    seen: &Snapshot,
    library: &Library,
    zone: Tz,
    options: ScoreOptions,
) -> Result<Scored, OutsideCalendar> {
    covered(library, options.as_of)?;
    let scorer = Scorer::new(library, zone, options);
    let parts = each_part(seen, |rows, cases| {
        let mut findings = Vec::new();
        let mut namer = Namer::default();
        for (row, steps) in rows {
            let notes = &mut Notes::kept(&mut findings);
            cases.push(scorer.score(row, steps, &mut namer, notes)?);
        }
        Ok(findings)
    })?;
    let mut scored = Scored::default();
    scored.cases.reserve(seen.cases.len());
    scored
        .findings
        .reserve(parts.iter().map(|(_, f)| f.len()).sum());
    for (cases, findings) in parts {
        scored.cases.extend(cases);
        scored.findings.extend(findings);
    }
    scored.findings.par_sort_unstable();
    Ok(scored)
}

/// Scores like [`score_view`], keeping only what is said of whole cases: no executions, no findings.
///
/// # Errors
/// As [`score`].
pub fn score_cases_only(
    seen: &Snapshot,
    library: &Library,
    zone: Tz,
    options: ScoreOptions,
) -> Result<Scored, OutsideCalendar> {
    covered(library, options.as_of)?;
    let scorer = Scorer::new(library, zone, options);
    let parts = each_part(seen, |rows, cases| {
        let mut namer = Namer::default();
        for (row, steps) in rows {
            cases.push(scorer.whole(row, steps, &mut namer)?);
        }
        Ok(())
    })?;
    Ok(Scored {
        cases: parts.into_iter().flat_map(|(cases, ())| cases).collect(),
        findings: Vec::new(),
    })
}

/// Scores the cases of the snapshot in parts, in parallel; parts come in the order of the snapshot.
fn each_part<T: Send>(
    seen: &Snapshot,
    of_part: impl Fn(WithSteps, &mut Vec<ScoredCase>) -> Result<T, OutsideCalendar> + Sync,
) -> Result<Vec<(Vec<ScoredCase>, T)>, OutsideCalendar> {
    /// Cases of one part.
    const PART: usize = 2_048;
    let parts = seen.cases.par_chunks(PART).enumerate();
    parts
        .map(|(part, rows)| {
            let before = (part * PART)
                .checked_sub(1)
                .and_then(|at| seen.cases.get(at));
            let mut cases = Vec::with_capacity(rows.len());
            let rest = of_part(WithSteps::new(rows, before, &seen.steps), &mut cases)?;
            Ok((cases, rest))
        })
        .collect()
}

fn covered(library: &Library, as_of: Instant) -> Result<(), OutsideCalendar> {
    use chrono::Datelike;
    let calendar = &library.calendar;
    if calendar.covers(as_of.date()) {
        return Ok(());
    }
    let (first, last) = calendar.range();
    Err(OutsideCalendar {
        what: "as_of",
        date: as_of.date(),
        first: first.year(),
        last: last.year(),
        file: calendar.files.join(", "),
    })
}

/// Cases of a part, each with its own steps. Of two cases of one id (a blocking finding) the first is held.
struct WithSteps<'a> {
    cases: std::slice::Iter<'a, CaseRow>,
    /// Of the case before.
    case_id: Option<&'a str>,
    /// Steps not yet passed.
    steps: &'a [StepRow],
}

impl<'a> WithSteps<'a> {
    fn new(cases: &'a [CaseRow], before: Option<&'a CaseRow>, steps: &'a [StepRow]) -> Self {
        let first = cases.first().map_or(0, |case| {
            steps.partition_point(|step| step.case_id < case.case_id)
        });
        Self {
            cases: cases.iter(),
            case_id: before.map(|case| case.case_id.as_str()),
            steps: steps.get(first..).unwrap_or_default(),
        }
    }
}

impl<'a> Iterator for WithSteps<'a> {
    type Item = (&'a CaseRow, &'a [StepRow]);

    fn next(&mut self) -> Option<Self::Item> {
        let case = self
            .cases
            .find(|c| Some(c.case_id.as_str()) != self.case_id)?;
        self.case_id = Some(&case.case_id);
        // A walk, not a search: most steps belong to a case, and come next.
        let mut steps = self.steps.iter();
        let before = steps.position(|s| s.case_id >= case.case_id);
        let (_, from) = self.steps.split_at(before.unwrap_or(self.steps.len()));
        let own = from
            .iter()
            .take_while(|s| s.case_id == case.case_id)
            .count();
        let (own, rest) = from.split_at(own);
        self.steps = rest;
        Some((case, own))
    }
}
