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
    let held: Vec<Option<DeviatingCase>> = view
        .scored
        .cases
        .par_iter()
        .filter(|case| decided(case))
        .filter_map(held_to_standard)
        .collect();
    let n = held.len() as u64;
    let listed: Vec<DeviatingCase> = held.into_iter().flatten().collect();
    let share = |hits: usize| Share {
        hits: hits as u64,
        of: n,
    };
    for (at, check) in CHECKS.iter().enumerate() {
        let fails = |c: &&DeviatingCase| c.fails().get(at) == Some(&true);
        let hits = listed.iter().filter(fails).count();
        let group = [("check", check.code())];
        w.share_with_interval("conformance.share", &group, share(hits));
    }
    let any = listed.iter().filter(|c| c.fails().contains(&true)).count();
    w.share_with_interval("conformance.share", &[("check", "any")], share(any));
    let rejected = |c: &&DeviatingCase| c.rejected && !c.missing.is_empty();
    let rejected = listed.iter().filter(rejected).count() as u64;
    w.count("conformance.rejected_missing", &[], rejected);
    listed
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
