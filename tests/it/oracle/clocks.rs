//! Section 3: starts of the clocks, pauses, H, offset and deadline, each by walking from day to day.

use std::collections::BTreeSet;

use tepat::finding::Check;
use tepat::instant::{DAY_SECONDS, Day, Instant};
use tepat::standard::{ClockStart, PauseRule};

use super::axis::Axis;
use super::{Frame, Outside};

/// A stretch of time with the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Instant,
    pub to: Instant,
    /// Still with the applicant at as_of.
    pub open: bool,
}

/// A started clock.
#[derive(Debug, Clone)]
pub struct Clock {
    pub start: Instant,
    /// Joined pauses that change something on this clock.
    pub pauses: Vec<Span>,
}

/// Where a clock stands at t for H+n.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub h: Day,
    pub offset: u32,
    pub paused_days: u32,
    pub deadline: Day,
}

fn first_completion(frame: &Frame, step: i32) -> Option<Instant> {
    let rows = frame.rows.iter().filter(|r| r.step == step);
    rows.filter_map(|r| r.completed).min()
}

fn first_start(frame: &Frame, step: i32) -> Option<Instant> {
    let rows = frame.rows.iter().filter(|r| r.step == step);
    rows.filter_map(|r| r.started).min()
}

/// Steps 7-16: known steps after the one that starts the clock, up to the one that decides.
pub fn in_process(frame: &Frame, step: i32) -> bool {
    let after_start = match frame.standard.start {
        ClockStart::Step(s) => step > s,
        ClockStart::Receipt => true,
    };
    let upto_decision = match frame.standard.decides {
        Some(d) => step <= d,
        None => true,
    };
    frame.standard.steps.contains_key(&step) && after_start && upto_decision
}

pub fn registration_start(frame: &Frame, notes: &mut BTreeSet<Check>) -> Option<Instant> {
    match frame.standard.start {
        ClockStart::Receipt => frame.received,
        ClockStart::Step(step) => {
            // "starts at the first completion of step 6"
            if let Some(t) = first_completion(frame, step) {
                return Some(t);
            }
            // "If there is none: at `received_at`, with a finding, when the case is decided or any of steps 7-16 has an
            // instant; otherwise it has not started."
            let begun = frame
                .rows
                .iter()
                .any(|r| in_process(frame, r.step) && r.begin().is_some());
            if frame.ending.decided.is_none() && !begun {
                return None;
            }
            if frame.received.is_some() {
                notes.insert(Check::ClockFromReceipt);
            }
            frame.received
        }
    }
}

pub fn main_start(frame: &Frame, notes: &mut BTreeSet<Check>) -> Option<Instant> {
    let registration = registration_start(frame, notes);
    // "the registration clock, unless the case needs a technical recommendation"
    let needed = frame.requires_recommendation;
    let Some(rule) = frame.standard.recommendation.filter(|_| needed) else {
        return registration;
    };
    // "the first completion of step 10, which hands it over; where none, the earliest start of step 11; failing that, the
    // first completion of 11"
    let received = first_completion(frame, rule.handed_over)
        .or_else(|| first_start(frame, rule.received))
        .or_else(|| first_completion(frame, rule.received));
    if received.is_some() {
        return received;
    }
    // "failing that, a decided case uses the registration clock, with a finding; else it has not started"
    if frame.ending.decided.is_some() {
        // Reading: the finding says which clock was used, so it needs one that has started.
        if registration.is_some() {
            notes.insert(Check::RecommendationUnrecorded);
        }
        return registration;
    }
    None
}

/// Pauses of the case, joined, before any clock drops some.
pub fn joined_pauses(frame: &Frame, notes: &mut BTreeSet<Check>) -> Vec<Span> {
    let Some(rule) = frame.standard.pause_step else {
        return Vec::new();
    };
    let mut spans: Vec<Span> = Vec::new();
    for row in frame.rows.iter().filter(|r| r.step == rule.step) {
        // "No instant at all, or completed before it started: no pause, a finding."
        let backwards = matches!((row.started, row.completed), (Some(s), Some(c)) if c < s);
        if row.begin().is_none() || backwards {
            notes.insert(Check::PauseUnusable);
            continue;
        }
        // "from its start (failing that, the completion of the latest step 7 not after its own completion; failing that no
        // pause, a finding)"
        let returned = frame
            .rows
            .iter()
            .filter(|r| r.step == rule.returned_by)
            .filter_map(|r| r.completed)
            .filter(|c| row.completed.is_some_and(|own| *c <= own))
            .max();
        let Some(from) = row.started.or(returned) else {
            notes.insert(Check::PauseWithoutStart);
            continue;
        };
        // "to its completion, or to the first later start (completion where the start is missing) of step 7 or 9-16 if that
        // is earlier: work on the file has begun again. Neither: open until `as_of`."
        let work = frame
            .rows
            .iter()
            .filter(|r| r.step != rule.step && in_process(frame, r.step))
            .filter_map(|r| r.begin())
            .filter(|t| *t > from)
            .min();
        let end = [row.completed, work].into_iter().flatten().min();
        spans.push(Span {
            from,
            to: end.unwrap_or(frame.as_of),
            open: end.is_none(),
        });
    }
    join(spans)
}

/// "Pauses that overlap or touch are joined first."
fn join(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|s| (s.from, s.to));
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.from <= last.to => {
                last.to = last.to.max(span.to);
                last.open |= span.open;
            }
            _ => joined.push(span),
        }
    }
    joined
}

/// "A pause that begins on or after the day of the case's deadline (H+13 on that clock, counted without it) changes
/// nothing."
pub fn clock(frame: &Frame, start: Instant, joined: &[Span]) -> Result<Clock, Outside> {
    let mut clock = Clock {
        start,
        pauses: Vec::new(),
    };
    // "`include` (no pause counts)"
    if frame.rule == PauseRule::Include {
        return Ok(clock);
    }
    let axis = frame.axis(frame.standard.total.unit);
    for pause in joined {
        let without = standing(frame, axis, &clock, pause.from, frame.standard.total.value)?;
        if pause.from.day() >= without.deadline {
            break;
        }
        clock.pauses.push(*pause);
    }
    Ok(clock)
}

/// "A working day is paused when a pause covers all its service hours", second by second.
fn covered_days(axis: Axis, pauses: &[Span]) -> BTreeSet<Day> {
    let held = |second: i64| {
        pauses
            .iter()
            .any(|p| p.from.local_seconds() <= second && second < p.to.local_seconds())
    };
    let mut days = BTreeSet::new();
    for pause in pauses {
        for day in pause.from.day()..=pause.to.day() {
            let midnight = i64::from(day) * DAY_SECONDS;
            let hours = axis.hours_on(day);
            let whole = hours
                .iter()
                .all(|(open, close)| (*open..*close).all(|s| held(midnight + s)));
            if !hours.is_empty() && whole {
                days.insert(day);
            }
        }
    }
    days
}

/// H in force at t.
pub fn h_at(frame: &Frame, axis: Axis, clock: &Clock, t: Instant) -> Result<Day, Outside> {
    // "`H = roll(start)`"
    let mut h = axis.roll(clock.start)?;
    if frame.rule == PauseRule::Restart {
        for pause in &clock.pauses {
            // "after a pause that has ended by t and held at least one paused day, H is roll(its end), if later"
            let ended = !pause.open && pause.to <= t;
            if ended && !covered_days(axis, &[*pause]).is_empty() {
                h = h.max(axis.roll(pause.to)?);
            }
        }
    }
    Ok(h)
}

/// Where the clock stands at t for H+n.
pub fn standing(
    frame: &Frame,
    axis: Axis,
    clock: &Clock,
    t: Instant,
    n: u32,
) -> Result<Standing, Outside> {
    let h = h_at(frame, axis, clock, t)?;
    // "The day of an instant t is workday(date(t)); it is also paused when the file was with the applicant from the earlier
    // of its opening and t, and still is just after t (a pause that ends at t is over)."
    let today = axis.workday(t.day())?;
    let mut paused = covered_days(axis, &clock.pauses);
    let since = axis.opening(today).min(t.local_seconds());
    let with_applicant = clock
        .pauses
        .iter()
        .any(|p| p.from.local_seconds() <= since && (p.to > t || p.open));
    if with_applicant {
        paused.insert(today);
    }
    // "`offset(t)`: the number of working days d with H < d <= workday(date(t)) that are not paused."
    let (mut offset, mut paused_days) = (0, 0);
    for day in h + 1..=today {
        if axis.counts(day) && paused.contains(&day) {
            paused_days += 1;
        } else if axis.counts(day) {
            offset += 1;
        }
    }
    // "Deadline for H+n: the n-th working day after H that is not paused, knowing what is known at t."
    // "So met, offset <= n and workday(date(t)) <= deadline always say the same."
    // Reading: the second sentence asks for the last working day whose offset is still <= n. That is the n-th one of the
    // first, and the paused days right behind it.
    let mut deadline = h;
    let mut left = n;
    loop {
        let next = match axis.next(deadline) {
            Ok(next) => next,
            Err(outside) if left > 0 => return Err(outside),
            Err(_) => break,
        };
        if next > today || !paused.contains(&next) {
            if left == 0 {
                break;
            }
            left -= 1;
        }
        deadline = next;
    }
    Ok(Standing {
        h,
        offset,
        paused_days,
        deadline,
    })
}

/// "elapsed hours count instants": seconds between start and t that were not with the applicant.
/// Reading: under `restart` the start moves to the end of a pause that held a whole local date.
pub fn elapsed_seconds(frame: &Frame, axis: Axis, clock: &Clock, t: Instant) -> i64 {
    let mut start = clock.start.utc_seconds();
    for pause in &clock.pauses {
        let ended = !pause.open && pause.to <= t;
        let held = !covered_days(axis, &[*pause]).is_empty();
        if frame.rule == PauseRule::Restart && ended && held {
            start = start.max(pause.to.utc_seconds());
        }
    }
    let end = t.utc_seconds();
    let with_applicant: i64 = clock
        .pauses
        .iter()
        .map(|p| (p.to.utc_seconds().min(end) - p.from.utc_seconds().max(start)).max(0))
        .sum();
    end - start - with_applicant
}
