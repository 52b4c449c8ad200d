//! The snapshot as it would have been read at `as_of`: what happened after it has not happened (scoring.md, section 3).
//!
//! A report for June made in September and one made on 1 July see the same rows through this view, unless the source was
//! corrected in between. Nothing else is changed here.

use std::collections::{BTreeMap, BTreeSet};

use super::contract::{CaseRow, Outcome, Snapshot, StepRow};
use crate::instant::Instant;

/// Cuts `snapshot` off at `as_of`. `decides` tells which step of a service decides a case: an issued case without closing
/// time is open again where that step lies wholly after `as_of`.
pub fn view(
    snapshot: &Snapshot,
    as_of: Instant,
    decides: impl Fn(&str) -> Option<i32>,
) -> Snapshot {
    let later = |micros: i64| micros.div_euclid(1_000_000) > as_of.utc_seconds();
    let absent: BTreeSet<&str> = snapshot
        .cases
        .iter()
        .filter(|c| c.received_at.is_some_and(later))
        .map(|c| c.case_id.as_str())
        .collect();
    let deciding = deciding_completions(snapshot, &decides);
    let cases = snapshot
        .cases
        .iter()
        .filter(|c| !c.received_at.is_some_and(later))
        .map(|c| cut_case(c, later, deciding.get(c.case_id.as_str()).copied()))
        .collect();
    let known: BTreeSet<&str> = snapshot
        .cases
        .iter()
        .filter(|c| !c.received_at.is_some_and(later))
        .map(|c| c.case_id.as_str())
        .collect();
    let steps = snapshot
        .steps
        .iter()
        .filter(|s| known.contains(s.case_id.as_str()) || !absent.contains(s.case_id.as_str()))
        .filter_map(|s| cut_step(s, later))
        .collect();
    // What was found on a case that is not there yet has not been found either.
    let unseen = |key: &str| absent.contains(key) && !known.contains(key);
    let of_absent =
        |key: &str| unseen(key) || key.match_indices('/').any(|(i, _)| unseen(&key[..i]));
    let findings = snapshot.findings.iter().filter(|f| !of_absent(&f.key));
    let mut seen = Snapshot {
        cases,
        steps,
        findings: findings.cloned().collect(),
        taken_at: snapshot.taken_at,
    };
    seen.sort();
    seen
}

/// First completion of the deciding step by case, for issued cases without a closing time.
fn deciding_completions<'a>(
    snapshot: &'a Snapshot,
    decides: &impl Fn(&str) -> Option<i32>,
) -> BTreeMap<&'a str, i64> {
    let wanted: BTreeMap<&str, i32> = snapshot
        .cases
        .iter()
        .filter(|c| c.outcome == Outcome::Issued && c.closed_at.is_none())
        .filter_map(|c| decides(&c.service).map(|step| (c.case_id.as_str(), step)))
        .collect();
    let mut first = BTreeMap::new();
    if wanted.is_empty() {
        return first;
    }
    for step in &snapshot.steps {
        if wanted.get(step.case_id.as_str()) == Some(&step.step)
            && let Some(completed) = step.completed_at
        {
            first
                .entry(step.case_id.as_str())
                .and_modify(|t: &mut i64| *t = completed.min(*t))
                .or_insert(completed);
        }
    }
    first
}

fn cut_case(case: &CaseRow, later: impl Fn(i64) -> bool, deciding: Option<i64>) -> CaseRow {
    let mut cut = case.clone();
    if case.closed_at.is_some_and(&later) {
        cut.closed_at = None;
        cut.outcome = Outcome::Open;
    } else if case.closed_at.is_none() && deciding.is_some_and(later) {
        cut.outcome = Outcome::Open;
    }
    cut
}

/// None where as_of leaves no instant of a row that had one.
fn cut_step(step: &StepRow, later: impl Fn(i64) -> bool) -> Option<StepRow> {
    let mut cut = step.clone();
    cut.started_at = step.started_at.filter(|t| !later(*t));
    cut.completed_at = step.completed_at.filter(|t| !later(*t));
    let had = step.started_at.is_some() || step.completed_at.is_some();
    let has = cut.started_at.is_some() || cut.completed_at.is_some();
    (has || !had).then_some(cut)
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
        view(&snapshot, at(as_of), |_| Some(16))
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
}
