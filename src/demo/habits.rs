//! How often files go back and forth in the synthetic office.
//!
//! In: the plan. Out: chances of 1,000, for the journeys. It must not draw any.

use crate::demo::Plan;

/// Chances of 1,000, by the step at which they fall.
pub(super) struct Habits {
    /// Help desk (step 5).
    pub help_desk: i64,
    /// Verification (step 7) returns the file to the applicant: the first time, the second, and so on; never the last.
    pub returned: &'static [i64],
    /// The draft (steps 12 and 13) is found faulty, likewise.
    pub faulty: &'static [i64],
    /// A joint meeting (step 14).
    pub meeting: i64,
    /// The signature (step 15) is refused, and of that to the applicant rather than to the checks.
    pub refused: i64,
    pub refused_to_applicant: i64,
    /// Percent of the usual waiting before each step: who has more of them waits less for each.
    pub waiting: i64,
}

const USUAL: Habits = Habits {
    help_desk: 150,
    returned: &[150, 220, 0],
    faulty: &[75, 120, 0],
    meeting: 110,
    refused: 45,
    refused_to_applicant: 20,
    waiting: 100,
};

/// An office that checks everything twice: most drafts are written anew, half of the files go back to the applicant, and most
/// are talked over together.
const THOROUGH: Habits = Habits {
    help_desk: 400,
    returned: &[640, 470, 300, 0],
    faulty: &[820, 760, 670, 570, 450, 300, 0],
    meeting: 700,
    refused: 260,
    refused_to_applicant: 90,
    waiting: 28,
};

/// The habits of the plan's office.
pub(super) fn of(plan: &Plan) -> &'static Habits {
    match plan.thorough {
        true => &THOROUGH,
        false => &USUAL,
    }
}
