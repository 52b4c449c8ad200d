//! On which steps the days over the limit were lost.
//!
//! In: cases decided late in the period under a limit in days. Out: their days over, spread over the steps in proportion to
//! the service time each used, work and waiting alike, from the main clock's start to the decision. Time with the applicant
//! takes no share. It must not name persons.

use crate::measure::performance::View;
use crate::measure::put::Writer;

/// A step's part of the lost days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostDays {
    /// None where no service time passed that could be charged to a step.
    pub step: Option<i32>,
    /// Millionths of a day.
    pub micro_days: u64,
}

/// Writes the `lost_days.*` figures.
pub fn write(_w: &mut Writer, _view: &View) -> Vec<LostDays> {
    Vec::new()
}
