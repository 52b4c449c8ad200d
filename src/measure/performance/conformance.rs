//! Whether decided cases went as the standard says: steps missing, out of order, sent back twice, duties in one hand.
//!
//! In: the cases decided in the period. Out: shares by check, and the cases. The deviations are those the findings are worded
//! from (`score::sequence`); none is looked for here.

use crate::instant::Instant;
use crate::measure::performance::View;
use crate::measure::put::Writer;

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

/// Writes the `conformance.*` figures.
pub fn write(_w: &mut Writer, _view: &View) -> Vec<DeviatingCase> {
    Vec::new()
}
