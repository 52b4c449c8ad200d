//! The six-monthly performance report, for three audiences: internal (everything), public (no names, small groups
//! withheld), personal (one officer).

pub mod page;
pub mod personal;
pub mod public;
pub mod words;
pub mod workbook;

use crate::measure::performance::Performance;
use crate::report::{ReviewReport, SheetCapacity, xlsx};

/// Everything the report is made from.
#[derive(Debug, Clone)]
pub struct PerformanceReport<'a> {
    /// The overview of the semester and its origin, as any review has them.
    pub review: ReviewReport<'a>,
    pub performance: &'a Performance,
}

/// The internal edition as one self-contained page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn html(r: &PerformanceReport) -> anyhow::Result<String> {
    page::page(r)
}

/// The internal edition as a workbook (XLSX).
///
/// # Errors
/// What the workbook writer refuses, e.g. no room for its temporary files.
pub fn workbook(r: &PerformanceReport, capacity: SheetCapacity) -> anyhow::Result<Vec<u8>> {
    xlsx::guard::guarded(|| workbook::workbook(r, capacity))
}
