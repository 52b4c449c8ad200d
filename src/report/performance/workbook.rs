//! The internal edition as a workbook.

use crate::report::performance::PerformanceReport;
use crate::report::{SheetCapacity, monthly};

/// All sheets.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook(r: &PerformanceReport, capacity: SheetCapacity) -> anyhow::Result<Vec<u8>> {
    monthly::workbook(&r.review, capacity)
}
