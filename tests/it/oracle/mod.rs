//! The second implementation of sections 2 to 4 of the counting rules: plain enumeration of dates and seconds.
//!
//! In: a snapshot, the standards with the weekly hours they were made of, `as_of`, a pause rule. Out: every number and
//! word the score must agree with. It is slow and short on purpose, each sentence of the rules stands above the lines that
//! do it, and it must not call `clock` or `score`: it takes value types only.
//!
//! Readings taken where the rules leave room are marked `Reading:`.

pub mod axis;
pub mod clocks;
pub mod findings;
pub mod reading;
pub mod verdicts;

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use tepat::finding::Check;
use tepat::instant::{Day, Instant};
use tepat::score::{CaseVerdict, DayVerdict, MinuteVerdict};
use tepat::snapshot::{Outcome, Snapshot};
use tepat::standard::calendar::WeekHours;
use tepat::standard::{Calendar, ClockName, Library, PauseRule, Standard};

/// The weekly hours a standard's compiled tables were made of.
#[derive(Debug, Clone, Default)]
pub struct Hours {
    pub service: WeekHours,
    /// Steps with hours of their own.
    pub steps: BTreeMap<i32, WeekHours>,
}

/// A library and, by service code, the hours behind its tables.
#[derive(Clone)]
pub struct World {
    pub library: Library,
    pub hours: BTreeMap<String, Hours>,
    pub zone: Tz,
}

/// Only what tells worlds apart, so that a failing example fits on a screen.
impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let calendar = &self.library.calendar;
        writeln!(f, "holidays {:?}", calendar.holidays)?;
        writeln!(f, "joint leave works {}", calendar.joint_leave_works)?;
        writeln!(
            f,
            "openings {:?}, special {:?}",
            calendar.openings, calendar.special
        )?;
        for standard in self.library.services.values().flatten() {
            let windows: Vec<_> = standard
                .steps
                .values()
                .filter_map(|s| Some((s.number, s.window.ok()?)))
                .collect();
            writeln!(
                f,
                "{} total {:?}, {windows:?}",
                standard.service, standard.total
            )?;
        }
        write!(f, "hours {:?}", self.hours)
    }
}

/// A date outside the calendar's years: the rules make it an error, never a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outside;

/// What the oracle says of one execution.
#[derive(Debug, Clone, PartialEq)]
pub struct OracleExecution {
    pub step: i32,
    pub number: u32,
    pub officer: Option<String>,
    pub started: Option<Instant>,
    pub completed: Option<Instant>,
    pub result: Option<String>,
    pub clock: Option<ClockName>,
    pub h: Option<Day>,
    pub offset: Option<u32>,
    pub limit: Option<u32>,
    /// With the offset only.
    pub deadline: Option<Day>,
    pub day: DayVerdict,
    pub service_seconds: Option<i64>,
    pub minute: MinuteVerdict,
    pub is_last: bool,
}

/// What the oracle says of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct OracleCase {
    pub case_id: String,
    pub revision: Option<String>,
    pub outcome: Outcome,
    pub decided: Option<Instant>,
    pub registration_start: Option<Instant>,
    pub main_start: Option<Instant>,
    pub h: Option<Day>,
    pub deadline: Option<Day>,
    pub paused_days: u32,
    /// With the four counted verdicts and the two of withdrawal.
    pub offset: Option<u32>,
    pub verdict: CaseVerdict,
    pub days_over: u32,
    pub executions: Vec<OracleExecution>,
}

/// All cases by id, and (check, case id) of every finding that the oracle makes.
#[derive(Debug, Clone, Default)]
pub struct OracleScored {
    pub cases: Vec<OracleCase>,
    pub findings: BTreeSet<(Check, String)>,
}

/// What one case is scored in: read rows, the standard, the moment.
pub struct Frame<'a> {
    pub calendar: &'a Calendar,
    pub standard: &'a Standard,
    pub hours: &'a Hours,
    pub rule: PauseRule,
    pub as_of: Instant,
    pub rows: &'a [reading::Row],
    pub received: Option<Instant>,
    pub requires_recommendation: bool,
    pub ending: reading::Ending,
}

/// Scores every case of the snapshot by enumeration.
pub fn score(
    snapshot: &Snapshot,
    world: &World,
    as_of: Instant,
    pause: Option<PauseRule>,
) -> Result<OracleScored, Outside> {
    let calendar = &world.library.calendar;
    // "an `as_of`, H or deadline outside them is an error"
    if !calendar.covers(as_of.date()) {
        return Err(Outside);
    }
    let mut out = OracleScored::default();
    let mut cases = snapshot.cases.clone();
    cases.sort();
    for case in &cases {
        let rows: Vec<_> = snapshot
            .steps
            .iter()
            .filter(|s| s.case_id == case.case_id)
            .collect();
        let mut notes = BTreeSet::new();
        let Some(read) = reading::read(case, &rows, calendar, world.zone, as_of, &mut notes) else {
            // "so is a case received later": absent
            continue;
        };
        let scored = one_case(&read, world, as_of, pause, &mut notes)?;
        out.findings
            .extend(notes.into_iter().map(|c| (c, case.case_id.clone())));
        out.cases.push(scored);
    }
    Ok(out)
}

fn one_case(
    read: &reading::ReadCase,
    world: &World,
    as_of: Instant,
    pause: Option<PauseRule>,
    notes: &mut BTreeSet<Check>,
) -> Result<OracleCase, Outside> {
    let code = world
        .library
        .aliases
        .get(&read.service)
        .unwrap_or(&read.service);
    let Some(revisions) = world.library.services.get(code) else {
        notes.insert(Check::UnknownService);
        return Ok(verdicts::without_standard(read, notes));
    };
    // "A case is held to the revision in force on its registration H, whatever clock or pause rule moves later."
    // Reading: without a registration H, on the date of receipt; without that, on as_of's date.
    for standard in revisions.iter().rev() {
        let frame = Frame {
            calendar: &world.library.calendar,
            standard: standard.as_ref(),
            hours: &world.hours[code],
            rule: pause.unwrap_or(standard.pause),
            as_of,
            rows: &read.rows,
            received: read.received,
            requires_recommendation: read.requires_recommendation,
            ending: reading::ending(read, standard.decides),
        };
        let day = match clocks::registration_start(&frame, &mut BTreeSet::new()) {
            Some(start) => frame.axis(standard.total.unit).roll(start)?,
            None => read.received.unwrap_or(as_of).day(),
        };
        let date = tepat::instant::date_of(day);
        let in_force =
            standard.effective_from <= date && standard.effective_to.is_none_or(|to| date <= to);
        if in_force {
            return verdicts::score_case(read, &frame, notes);
        }
    }
    notes.insert(Check::NoRevisionInForce);
    Ok(verdicts::without_standard(read, notes))
}
