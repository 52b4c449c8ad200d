//! The public edition: aggregates only, small groups withheld so that no subtraction brings them back. Safe to put on the
//! office's site as it is.
//!
//! In: the report. Out: a list of figures that is all the page, the workbook and the file of figures may print, and the
//! first two. What is not in `choose`'s list cannot get out; names of applicants, officers and cases are never read here.

mod book;
mod choose;
mod page;
mod protect;
mod stages;
mod tables;
mod words;

use serde::Serialize;

use crate::measure::Group;
use crate::report::performance::PerformanceReport;
use crate::report::xlsx;

pub use protect::{Protected, protect};

/// What is printed in the place of a figure that is withheld.
pub const WITHHELD: &str = "ditahan";

/// One figure as the public may see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicFigure {
    pub indicator: String,
    pub period: String,
    pub group: Group,
    /// None where withheld, and where it would give a withheld count away.
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

impl Shown {
    /// The figure of an indicator, period and group.
    pub fn get(
        &self,
        indicator: &str,
        period: &str,
        group: &[(&str, &str)],
    ) -> Option<&PublicFigure> {
        self.figures.iter().find(|f| {
            f.indicator == indicator
                && f.period == period
                && f.group.len() == group.len()
                && group
                    .iter()
                    .all(|(k, v)| f.group.get(*k).is_some_and(|x| x == v))
        })
    }

    /// Values of a dimension that stands alone in a group of the indicator, in the order of the figures.
    pub fn values(&self, indicator: &str, period: &str, dimension: &str) -> Vec<&str> {
        let of = self
            .figures
            .iter()
            .filter(|f| f.indicator == indicator && f.period == period && f.group.len() == 1);
        of.filter_map(|f| f.group.get(dimension).map(String::as_str))
            .collect()
    }
}

/// Chooses and protects the figures.
pub fn shown(r: &PerformanceReport) -> Shown {
    choose::choose(r)
}

/// The page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn html(r: &PerformanceReport, shown: &Shown) -> anyhow::Result<String> {
    page::page(r, shown)
}

/// The workbook.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook(r: &PerformanceReport, shown: &Shown) -> anyhow::Result<Vec<u8>> {
    xlsx::guard::guarded(|| book::workbook(r, shown))
}
