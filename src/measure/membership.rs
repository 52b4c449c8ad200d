//! Which of a period's populations a case belongs to: due, decided, received, withdrawn, open (scoring.md, section 5).
//!
//! Every denominator of every report is a count over these answers, and the workbook prints them as columns, so that whoever
//! filters a sheet finds the same cases.

use crate::instant::{Day, Instant};
use crate::period::Period;
use crate::score::{CaseVerdict, ScoredCase, Standing};
use crate::snapshot::Outcome;

/// A case's place in "due in the period".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// The deadline is not in the period, or there is none.
    Outside,
    /// In the denominator.
    Counted,
    /// Deadline in the period, not passed at as_of, undecided: "still to fall due".
    Pending,
    /// Deadline in the period but in no rate: withdrawn in time, or not assessable. Also a case withdrawn in the period
    /// before any clock gave it a deadline, which otherwise no period would name.
    Excluded,
}

/// Where a case stands in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    pub due: Due,
    /// Decided (issued or rejected) in the period, whatever the verdict.
    pub decided: bool,
    pub received: bool,
    pub withdrawn: bool,
    /// Open when the period began.
    pub opening: bool,
    /// Open at the period's end.
    pub closing: bool,
    /// Without a receipt, and not closed before the period: in no flow, but somewhere.
    pub unplaced: bool,
}

impl Membership {
    /// What [`in_scope`] says of the case.
    pub fn in_scope(self) -> bool {
        self.due != Due::Outside
            || self.decided
            || self.withdrawn
            || self.received
            || self.opening
            || self.unplaced
    }

    /// Open at the period's end, or without a receipt and open then for all that is known.
    pub fn is_left_open(self) -> bool {
        self.closing || self.unplaced
    }
}

/// A period as seen at an `as_of`, by the numbers of its days: it is asked for every case.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    first: Day,
    /// The day after the last.
    end: Day,
    today: Day,
}

impl Span {
    pub fn of(period: Period, as_of: Instant) -> Self {
        let days = period.days();
        Self {
            first: days.start,
            end: days.end,
            today: as_of.day(),
        }
    }

    fn contains(self, day: Day) -> bool {
        self.first <= day && day < self.end
    }
}

/// Places `case` in `period` as seen at `as_of`. Flow is counted by local dates at min(period end, as_of); a case without
/// a receipt is in no flow.
pub fn membership(case: &ScoredCase, period: Period, as_of: Instant) -> Membership {
    placed(case, &case.standing(), Span::of(period, as_of))
}

/// [`membership`] of a case that stands as `standing` says, under whatever reading of the rules.
pub fn placed(case: &ScoredCase, standing: &Standing, span: Span) -> Membership {
    let closed = case.decided.map(Instant::day);
    let withdrawn = case.outcome == Outcome::Withdrawn;
    let closed_in = closed.is_some_and(|d| span.contains(d));
    let received = case.received.map(Instant::day);
    let open_on = |limit| received.is_some_and(|r| r < limit) && closed.is_none_or(|c| c >= limit);
    Membership {
        due: due(standing, closed_in, span),
        decided: closed_in && !withdrawn,
        received: received.is_some_and(|r| span.contains(r)),
        withdrawn: closed_in && withdrawn,
        opening: open_on(span.first),
        closing: open_on(span.end),
        unplaced: received.is_none() && closed.is_none_or(|c| c >= span.first),
    }
}

fn due(standing: &Standing, closed_in: bool, span: Span) -> Due {
    let Some(deadline) = standing.deadline else {
        let withdrawn = standing.verdict == CaseVerdict::Withdrawn && closed_in;
        return if withdrawn {
            Due::Excluded
        } else {
            Due::Outside
        };
    };
    if !span.contains(deadline) {
        return Due::Outside;
    }
    match standing.verdict {
        CaseVerdict::OnTime | CaseVerdict::Late | CaseVerdict::WithdrawnLate => Due::Counted,
        CaseVerdict::Running | CaseVerdict::Overdue if deadline < span.today => Due::Counted,
        CaseVerdict::Running | CaseVerdict::Overdue => Due::Pending,
        CaseVerdict::Withdrawn | CaseVerdict::NotAssessable => Due::Excluded,
        CaseVerdict::NoStandard | CaseVerdict::ClockNotStarted => Due::Outside,
    }
}

/// Whether `tepat score --period` and the workbook list the case: received, decided, due or open at any time in the
/// period. A case without a receipt belongs to every period until it is closed, since nothing says otherwise.
pub fn in_scope(case: &ScoredCase, period: Period, as_of: Instant) -> bool {
    membership(case, period, as_of).in_scope()
}
