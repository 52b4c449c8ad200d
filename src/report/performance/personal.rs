//! The personal edition: one officer's figures, their executions over a limit, and room for their reply. No other name is in it.

use crate::report::performance::PerformanceReport;

/// One officer who gets an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// As the source records them.
    pub officer: String,
    /// Stem of the files: letters, digits and `-` only, unique among the officers.
    pub file: String,
}

/// The officers with executions in the period, in order.
pub fn officers(r: &PerformanceReport) -> Vec<Officer> {
    let _ = r;
    Vec::new()
}

/// The officer's page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn html(_r: &PerformanceReport, _officer: &Officer) -> anyhow::Result<String> {
    Ok(String::new())
}

/// The officer's workbook.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook(_r: &PerformanceReport, _officer: &Officer) -> anyhow::Result<Vec<u8>> {
    Ok(Vec::new())
}
