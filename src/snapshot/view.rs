//! The records as they would have been read at `as_of`, and no more of them than a report needs.
//!
//! In: all rows of one case, or a snapshot. Out: those rows cut off. What happened after `as_of` has not happened
//! (scoring.md, section 3): a report for June made in September and one made on 1 July see the same rows through this view,
//! unless the source was corrected in between. Nothing else is changed here.

use std::collections::BTreeSet;

use super::contract::{CaseRow, Outcome, Snapshot, StepRow};
use crate::instant::Instant;

/// What is left of the records.
#[derive(Clone, Copy)]
pub struct Cut<'a> {
    /// What happened after it has not happened.
    pub as_of: Instant,
    /// Which closed cases are left out; None: none is.
    pub bound: Option<Bound>,
    /// The step of a service that decides a case: an issued case without closing time is open again where that step lies
    /// wholly after `as_of`.
    pub decides: &'a dyn Fn(&str) -> Option<i32>,
}

/// A closed case is left out where everything recorded of it lies from `known_from` on and before `since`. An instant that no
/// calendar holds is not known to lie before anything: its case stays, with the finding on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The first instant that the calendar holds.
    pub known_from: Instant,
    pub since: Instant,
}

/// The rows of one case id. Several case rows are one too many (a finding), none an orphan's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    pub cases: Vec<CaseRow>,
    pub steps: Vec<StepRow>,
}

impl Group {
    /// Cuts the rows off and puts what is left in order; false where the case is not there at all, and what was found on it
    /// has not been found either.
    pub fn cut(&mut self, cut: &Cut) -> bool {
        let later = |micros: i64| micros.div_euclid(1_000_000) > cut.as_of.utc_seconds();
        let recorded = self.cases.len();
        self.cases.retain(|c| !c.received_at.is_some_and(later));
        if self.cases.is_empty() && recorded > 0 {
            return false;
        }
        let decided = self.decided(cut.decides);
        for case in &mut self.cases {
            cut_case(case, later, decided);
        }
        self.steps.retain_mut(|step| cut_step(step, later));
        // Of what is left: what happened after as_of does not bring a case back.
        if cut.bound.is_some_and(|bound| self.is_over(bound)) {
            return false;
        }
        self.cases.sort_unstable();
        self.steps.sort_unstable();
        true
    }

    /// Whether all case rows are closed and every instant recorded lies within the bound.
    fn is_over(&self, bound: Bound) -> bool {
        let within = bound.known_from.utc_seconds()..bound.since.utc_seconds();
        let before =
            |micros: Option<i64>| micros.is_none_or(|t| within.contains(&t.div_euclid(1_000_000)));
        let closed = |c: &CaseRow| {
            let over = c.outcome != Outcome::Open && c.closed_at.is_some();
            over && before(c.closed_at) && before(c.received_at)
        };
        let mut steps = self.steps.iter();
        !self.cases.is_empty()
            && self.cases.iter().all(closed)
            && steps.all(|s| before(s.started_at) && before(s.completed_at))
    }

    /// First completion of the deciding step, for an issued case without a closing time.
    fn decided(&self, decides: &dyn Fn(&str) -> Option<i32>) -> Option<i64> {
        let issued = |c: &&CaseRow| c.outcome == Outcome::Issued && c.closed_at.is_none();
        let services = self.cases.iter().filter(issued);
        let step = services.filter_map(|c| decides(&c.service)).last()?;
        let executions = self.steps.iter().filter(|s| s.step == step);
        executions.filter_map(|s| s.completed_at).min()
    }
}

fn cut_case(case: &mut CaseRow, later: impl Fn(i64) -> bool, decided: Option<i64>) {
    if case.closed_at.is_some_and(&later) {
        case.closed_at = None;
        case.outcome = Outcome::Open;
    } else if case.closed_at.is_none() && decided.is_some_and(later) {
        case.outcome = Outcome::Open;
    }
}

/// False where as_of leaves no instant of a row that had one.
fn cut_step(step: &mut StepRow, later: impl Fn(i64) -> bool) -> bool {
    let had = step.started_at.is_some() || step.completed_at.is_some();
    step.started_at = step.started_at.filter(|t| !later(*t));
    step.completed_at = step.completed_at.filter(|t| !later(*t));
    let has = step.started_at.is_some() || step.completed_at.is_some();
    has || !had
}

/// Cuts a whole snapshot off.
pub fn view(snapshot: &Snapshot, cut: &Cut) -> Snapshot {
    let sorted;
    let snapshot = match snapshot.is_sorted() {
        true => snapshot,
        false => {
            let mut copy = snapshot.clone();
            copy.sort();
            sorted = copy;
            &sorted
        }
    };
    let mut seen = Snapshot::default();
    let mut gone: BTreeSet<&str> = BTreeSet::new();
    for (case_id, mut group) in groups(snapshot) {
        if group.cut(cut) {
            seen.cases.append(&mut group.cases);
            seen.steps.append(&mut group.steps);
        } else {
            gone.insert(case_id);
        }
    }
    let of_gone = |key: &str| {
        gone.contains(key)
            || key
                .match_indices('/')
                .any(|(i, _)| gone.contains(&key[..i]))
    };
    let findings = snapshot.findings.iter().filter(|f| !of_gone(&f.key));
    seen.findings = findings.cloned().collect();
    seen
}

/// The rows of each case id, of a snapshot in its order.
fn groups(snapshot: &Snapshot) -> impl Iterator<Item = (&str, Group)> {
    let (mut cases, mut steps) = (snapshot.cases.as_slice(), snapshot.steps.as_slice());
    std::iter::from_fn(move || {
        let heads = cases.first().map(|c| c.case_id.as_str()).into_iter();
        let id = heads
            .chain(steps.first().map(|s| s.case_id.as_str()))
            .min()?;
        let own_cases = cases.iter().take_while(|c| c.case_id == id).count();
        let own_steps = steps.iter().take_while(|s| s.case_id == id).count();
        let group = Group {
            cases: cases[..own_cases].to_vec(),
            steps: steps[..own_steps].to_vec(),
        };
        (cases, steps) = (&cases[own_cases..], &steps[own_steps..]);
        Some((id, group))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_utc_seconds(seconds, chrono_tz::UTC)
    }

    fn case(outcome: Outcome, closed: Option<i64>) -> CaseRow {
        CaseRow {
            case_id: "A".into(),
            service: "S".into(),
            received_at: Some(0),
            requires_recommendation: false,
            outcome,
            closed_at: closed.map(|s| s * 1_000_000),
            applicant: None,
            region: None,
            channel: None,
            due_on: None,
        }
    }

    fn step(started: Option<i64>, completed: Option<i64>) -> StepRow {
        StepRow {
            case_id: "A".into(),
            step: 16,
            started_at: started.map(|s| s * 1_000_000),
            completed_at: completed.map(|s| s * 1_000_000),
            officer: None,
            result: Some("x".into()),
        }
    }

    fn seen(case: CaseRow, steps: Vec<StepRow>, as_of: i64) -> Snapshot {
        let snapshot = Snapshot {
            cases: vec![case],
            steps,
            ..Snapshot::default()
        };
        view(
            &snapshot,
            &Cut {
                as_of: at(as_of),
                bound: None,
                decides: &|_| Some(16),
            },
        )
    }

    #[test]
    fn each_instant_after_as_of_goes_alone_and_an_emptied_row_is_absent() {
        let rows = vec![
            step(Some(5), Some(11)),
            step(Some(11), Some(12)),
            step(None, None),
            step(Some(10), None),
        ];
        let s = seen(case(Outcome::Open, None), rows, 10);
        let left: Vec<_> = s
            .steps
            .iter()
            .map(|r| (r.started_at, r.completed_at))
            .collect();
        assert_eq!(
            left,
            [
                (None, None),
                (Some(5_000_000), None),
                (Some(10_000_000), None)
            ]
        );
    }

    #[test]
    fn an_outcome_closed_later_is_open_and_one_decided_later_too() {
        for (outcome, closed, decided, expected) in [
            (Outcome::Issued, Some(10), None, Outcome::Issued),
            (Outcome::Issued, Some(11), None, Outcome::Open),
            (Outcome::Rejected, Some(11), None, Outcome::Open),
            (Outcome::Withdrawn, Some(11), None, Outcome::Open),
            (Outcome::Issued, None, Some(11), Outcome::Open),
            (Outcome::Issued, None, Some(10), Outcome::Issued),
            (Outcome::Issued, None, None, Outcome::Issued),
        ] {
            let s = seen(case(outcome, closed), vec![step(None, decided)], 10);
            assert_eq!(
                s.cases[0].outcome, expected,
                "{outcome:?} {closed:?} {decided:?}"
            );
        }
    }

    #[test]
    fn a_case_received_later_is_absent_with_its_steps() {
        let mut c = case(Outcome::Open, None);
        c.received_at = Some(11_000_000);
        let s = seen(c, vec![step(Some(5), None)], 10);
        assert!(s.cases.is_empty() && s.steps.is_empty());
    }

    #[test]
    fn a_closed_case_is_left_out_only_where_everything_recorded_is_before() {
        let closed = case(Outcome::Rejected, Some(10));
        for (outcome, closed_at, received_at, step_at, left) in [
            (Outcome::Rejected, Some(10), Some(0), Some(10), 0),
            (Outcome::Rejected, Some(10), None, None, 0),
            (Outcome::Rejected, Some(20), Some(0), Some(10), 1),
            (Outcome::Rejected, Some(10), Some(20), Some(10), 1),
            (Outcome::Issued, Some(10), Some(0), Some(20), 1),
            (Outcome::Open, Some(10), Some(0), Some(10), 1),
            (Outcome::Issued, None, Some(0), Some(10), 1),
            // No calendar holds it, so nobody knows that it lies before.
            (Outcome::Rejected, Some(10), Some(0), Some(-6), 1),
            (Outcome::Rejected, Some(10), Some(-6), Some(0), 1),
            // What happens after as_of does not bring it back.
            (Outcome::Rejected, Some(10), Some(0), Some(101), 0),
        ] {
            let row = CaseRow {
                outcome,
                received_at: received_at.map(|s: i64| s * 1_000_000),
                closed_at: closed_at.map(|s: i64| s * 1_000_000),
                ..closed.clone()
            };
            let mut group = Group {
                cases: vec![row],
                steps: vec![step(None, step_at)],
            };
            let cut = Cut {
                as_of: at(100),
                bound: Some(Bound {
                    known_from: at(-5),
                    since: at(20),
                }),
                decides: &|_| Some(16),
            };
            let there = group.cut(&cut);
            assert_eq!(
                there,
                left == 1,
                "{outcome:?} {closed_at:?} {received_at:?} {step_at:?}"
            );
        }
        let mut orphan = Group {
            steps: vec![step(None, Some(1))],
            ..Group::default()
        };
        let cut = Cut {
            as_of: at(100),
            bound: Some(Bound {
                known_from: at(-5),
                since: at(20),
            }),
            decides: &|_| None,
        };
        assert!(orphan.cut(&cut), "an orphan is a finding, however old");
    }
}
