//! Whether decided cases went as the standard says: steps missing, out of order, sent back twice, duties in one hand.
//!
//! In: the cases decided in the period. Out: shares by check, and the cases. The deviations are those the findings are worded
//! from (`score::sequence`); none is looked for here.

use rayon::prelude::*;

use crate::finding::Check;
use crate::instant::Instant;
use crate::measure::performance::View;
use crate::measure::put::{Share, Writer};
use crate::score::ScoredCase;
use crate::score::sequence::{Deviations, deviations};
use crate::snapshot::Outcome;

/// A decided case that did not go as the standard says.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviatingCase {
    pub case_id: String,
    pub service: String,
    pub decided: Instant,
    /// A rejected case may well lack its later steps: for it `missing` is a note, no deviation.
    pub rejected: bool,
    /// Mandatory steps without an execution.
    pub missing: Vec<i32>,
    /// Step, execution, and the mandatory predecessor not completed when it began.
    pub out_of_order: Vec<(i32, u32, i32)>,
    /// Two duties of one officer.
    pub joined: Vec<(i32, i32, String)>,
    /// Steps the standard does not know; in no share.
    pub unknown: Vec<i32>,
    /// Times returned to the applicant; a deviation from the second on.
    pub returned: u32,
}

impl DeviatingCase {
    /// The checks it fails: mandatory_step_missing, out_of_order, duties_joined, returned_twice.
    pub fn fails(&self) -> [bool; 4] {
        [
            !self.missing.is_empty() && !self.rejected,
            !self.out_of_order.is_empty(),
            !self.joined.is_empty(),
            self.returned > 1,
        ]
    }

    fn is_listed(&self) -> bool {
        self.fails().contains(&true) || !self.missing.is_empty() || !self.unknown.is_empty()
    }
}

const CHECKS: [Check; 4] = [
    Check::MandatoryStepMissing,
    Check::OutOfOrder,
    Check::DutiesJoined,
    Check::ReturnedTwice,
];

/// Writes the `conformance.*` figures; returns the cases by case_id, those a share does not count among them too.
pub fn write(w: &mut Writer, view: &View) -> Vec<DeviatingCase> {
    let decided = view.decided();
    let held: Vec<(bool, Option<DeviatingCase>)> = view
        .scored
        .cases
        .par_iter()
        .filter(|case| decided(case))
        .filter_map(|case| Some((duties_known(case), held_to_standard(case)?)))
        .collect();
    let n = held.len() as u64;
    let known = held.iter().filter(|(known, _)| *known).count() as u64;
    let listed: Vec<DeviatingCase> = held.into_iter().filter_map(|(_, case)| case).collect();
    let share_of = |hits: usize, of: u64| Share {
        hits: hits as u64,
        of,
    };
    let share = |hits: usize| share_of(hits, n);
    let joined = [("check", Check::DutiesJoined.code())];
    w.count("conformance.unassessable", &joined, n - known);
    for (at, check) in CHECKS.iter().enumerate() {
        let fails = |c: &&DeviatingCase| c.fails().get(at) == Some(&true);
        let hits = listed.iter().filter(fails).count();
        let group = [("check", check.code())];
        let of = match check {
            Check::DutiesJoined => known,
            _ => n,
        };
        w.share_with_interval("conformance.share", &group, share_of(hits, of));
    }
    let any = listed.iter().filter(|c| c.fails().contains(&true)).count();
    w.share_with_interval("conformance.share", &[("check", "any")], share(any));
    let rejected = |c: &&DeviatingCase| c.rejected && !c.missing.is_empty();
    let rejected = listed.iter().filter(rejected).count() as u64;
    w.count("conformance.rejected_missing", &[], rejected);
    listed
}

/// Whether it can be said that duties were kept apart: of each pair that was done, both have an officer, or one is known to have
/// done both.
fn duties_known(case: &ScoredCase) -> bool {
    let Some(standard) = &case.standard else {
        return false;
    };
    let of = |step: i32| case.executions.iter().filter(move |e| e.step == step);
    let pairs = &standard.separate_duties;
    let unknown = |a: i32, b: i32| {
        let both_done = of(a).next().is_some() && of(b).next().is_some();
        let named = |step| of(step).any(|e| e.officer.is_some());
        both_done && !(named(a) && named(b))
    };
    let both = |a: i32, b: i32| {
        of(a).any(|x| x.officer.is_some() && of(b).any(|y| y.officer == x.officer))
    };
    pairs.iter().any(|(a, b)| both(*a, *b)) || !pairs.iter().any(|(a, b)| unknown(*a, *b))
}

/// None: no standard holds the case. Some(None): nothing deviates.
fn held_to_standard(case: &ScoredCase) -> Option<Option<DeviatingCase>> {
    let standard = case.standard.as_ref()?;
    let decided = case.decided?;
    let Deviations {
        missing,
        out_of_order,
        joined,
        unknown,
        returned,
    } = deviations(case, standard);
    let found = DeviatingCase {
        case_id: String::new(),
        service: String::new(),
        decided,
        rejected: case.outcome == Outcome::Rejected,
        missing,
        out_of_order,
        joined,
        unknown,
        returned,
    };
    Some(found.is_listed().then(|| DeviatingCase {
        case_id: case.case_id.clone(),
        service: standard.service.clone(),
        ..found
    }))
}
