//! The personal edition: one officer's figures, their executions over a limit, and room for their reply. No other name is in it.
//!
//! In: the report and one officer. Out: a page and a workbook. Must not read a figure of another officer, nor an applicant;
//! what everybody did is shown as one figure of the step.

mod book;
mod content;
mod page;
mod stem;
mod words;

use crate::measure::performance::UNRECORDED;
use crate::report::performance::PerformanceReport;
use crate::report::xlsx;

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
    let recorded = r.performance.rows.personnel.officers.iter();
    let names: Vec<&str> = recorded
        .map(|o| o.officer.as_str())
        .filter(|o| *o != UNRECORDED)
        .collect();
    let stems = stem::stems(&names);
    let named = names.into_iter().zip(stems);
    named
        .map(|(officer, file)| Officer {
            officer: officer.to_owned(),
            file,
        })
        .collect()
}

/// The officer's page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn html(r: &PerformanceReport, officer: &Officer) -> anyhow::Result<String> {
    page::page(r, officer)
}

/// The officer's workbook.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook(r: &PerformanceReport, officer: &Officer) -> anyhow::Result<Vec<u8>> {
    xlsx::guard::guarded(|| book::workbook(r, officer))
}
