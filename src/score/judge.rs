//! The verdicts themselves: pure functions from facts to a word, the first rule that applies (scoring.md, section 4).

use crate::score::verdict::{CaseVerdict, DayVerdict, MinuteVerdict};
use crate::standard::Minutes;

/// What the day verdict of an execution depends on.
#[derive(Debug, Clone, Copy)]
pub struct DayFacts {
    pub has_limit: bool,
    pub has_instant: bool,
    pub clock_started: bool,
    pub completed: bool,
    /// Completed before the clock's start instant.
    pub before_clock: bool,
    /// The case is decided or withdrawn.
    pub case_closed: bool,
    /// The limit is met at completion, else at as_of.
    pub met: bool,
}

/// Verdict on the day window.
pub fn day(facts: DayFacts) -> DayVerdict {
    match facts {
        DayFacts {
            has_limit: false, ..
        } => DayVerdict::NoStandard,
        DayFacts {
            has_instant: false, ..
        } => DayVerdict::NotAssessable,
        DayFacts {
            clock_started: false,
            ..
        } => DayVerdict::ClockNotStarted,
        DayFacts {
            before_clock: true, ..
        } => DayVerdict::BeforeClock,
        DayFacts {
            completed: true,
            met,
            ..
        } => {
            if met {
                DayVerdict::OnTime
            } else {
                DayVerdict::Late
            }
        }
        DayFacts {
            case_closed: true, ..
        } => DayVerdict::NotAssessable,
        DayFacts { met: true, .. } => DayVerdict::Running,
        DayFacts { met: false, .. } => DayVerdict::Overdue,
    }
}

/// What the minute verdict of an execution depends on.
#[derive(Debug, Clone, Copy)]
pub struct MinuteFacts {
    pub limit: Option<Minutes>,
    pub has_instant: bool,
    pub completed: bool,
    pub case_closed: bool,
    /// Service seconds from start to completion; None without a start or with a completion before it.
    pub service_seconds: Option<i64>,
    /// Time passed, all of it outside service hours.
    pub wholly_outside: bool,
}

/// Verdict on the service minutes, to the second: 15:00 is within 5-15, 15:01 is over.
pub fn minutes(facts: MinuteFacts) -> MinuteVerdict {
    let Some(limit) = facts.limit else {
        return MinuteVerdict::NoStandard;
    };
    if !facts.has_instant {
        return MinuteVerdict::NotAssessable;
    }
    if !facts.completed {
        return if facts.case_closed {
            MinuteVerdict::NotAssessable
        } else {
            MinuteVerdict::Open
        };
    }
    match facts.service_seconds {
        None => MinuteVerdict::NotAssessable,
        Some(_) if facts.wholly_outside => MinuteVerdict::NotAssessable,
        Some(s) if s > 60 * i64::from(limit.max) => MinuteVerdict::Over,
        Some(s) if limit.min.is_some_and(|min| s < 60 * i64::from(min)) => MinuteVerdict::Under,
        Some(_) => MinuteVerdict::Within,
    }
}

/// What a case's verdict depends on.
#[derive(Debug, Clone, Copy)]
pub struct CaseFacts {
    pub has_standard: bool,
    pub withdrawn: bool,
    pub decided: bool,
    pub clock_started: bool,
    /// Decided before the clock's start instant.
    pub decided_before_clock: bool,
    /// The limit is met at decision or withdrawal, else at as_of; true without a clock.
    pub met: bool,
}

/// Verdict on the whole case.
pub fn case(facts: CaseFacts) -> CaseVerdict {
    if !facts.has_standard {
        return CaseVerdict::NoStandard;
    }
    if facts.withdrawn {
        return if facts.met {
            CaseVerdict::Withdrawn
        } else {
            CaseVerdict::WithdrawnLate
        };
    }
    if !facts.clock_started {
        return CaseVerdict::ClockNotStarted;
    }
    if facts.decided_before_clock {
        return CaseVerdict::NotAssessable;
    }
    match (facts.decided, facts.met) {
        (true, true) => CaseVerdict::OnTime,
        (true, false) => CaseVerdict::Late,
        (false, true) => CaseVerdict::Running,
        (false, false) => CaseVerdict::Overdue,
    }
}
