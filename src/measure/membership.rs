//! Which of a period's populations a case belongs to: due, decided, received, withdrawn, open (scoring.md, section 5).
//!
//! Every denominator of every report is a count over these answers, and the workbook prints them as columns, so that whoever
//! filters a sheet finds the same cases.

use crate::instant::{Instant, date_of};
use crate::period::Period;
use crate::score::{CaseVerdict, ScoredCase};
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

/// Places `case` in `period` as seen at `as_of`. Flow is counted by local dates at min(period end, as_of); a case without
/// a receipt is in no flow.
pub fn membership(case: &ScoredCase, period: Period, as_of: Instant) -> Membership {
    let closed = case.decided.map(Instant::date);
    let withdrawn = case.outcome == Outcome::Withdrawn;
    let closed_in = closed.is_some_and(|d| period.contains(d));
    let received = case.received.map(Instant::date);
    let open_on = |limit| received.is_some_and(|r| r < limit) && closed.is_none_or(|c| c >= limit);
    Membership {
        due: due(case, period, as_of),
        decided: closed_in && !withdrawn,
        received: received.is_some_and(|r| period.contains(r)),
        withdrawn: closed_in && withdrawn,
        opening: open_on(period.first()),
        closing: open_on(period.end()),
        unplaced: received.is_none() && closed.is_none_or(|c| c >= period.first()),
    }
}

fn due(case: &ScoredCase, period: Period, as_of: Instant) -> Due {
    let Some(deadline) = case.deadline.map(date_of) else {
        let withdrawn = case.verdict == CaseVerdict::Withdrawn
            && case.decided.is_some_and(|t| period.contains(t.date()));
        return if withdrawn {
            Due::Excluded
        } else {
            Due::Outside
        };
    };
    if !period.contains(deadline) {
        return Due::Outside;
    }
    match case.verdict {
        CaseVerdict::OnTime | CaseVerdict::Late | CaseVerdict::WithdrawnLate => Due::Counted,
        CaseVerdict::Running | CaseVerdict::Overdue if deadline < as_of.date() => Due::Counted,
        CaseVerdict::Running | CaseVerdict::Overdue => Due::Pending,
        CaseVerdict::Withdrawn | CaseVerdict::NotAssessable => Due::Excluded,
        CaseVerdict::NoStandard | CaseVerdict::ClockNotStarted => Due::Outside,
    }
}

/// Whether `tepat score --period` and the workbook list the case: received, decided, due or open at any time in the
/// period. A case without a receipt belongs to every period until it is closed, since nothing says otherwise.
pub fn in_scope(case: &ScoredCase, period: Period, as_of: Instant) -> bool {
    let m = membership(case, period, as_of);
    m.due != Due::Outside || m.decided || m.withdrawn || m.received || m.opening || m.unplaced
}
