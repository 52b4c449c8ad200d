//! Small multiples: one compact XmR chart per series, side by side and each on its own scale.
//!
//! In: series with their names. Out: one figure. No figure is computed here.

use super::empty;
use super::series::Series;
use crate::report::html::Markup;

/// One chart of the group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Panel {
    /// Printed above it: `7 · Verifikasi`.
    pub name: String,
    pub series: Series,
}

/// The group: two or three in a row on a wide page, one on a phone. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(_id: &str, title: &str, _panels: &[Panel]) -> anyhow::Result<Markup> {
    Ok(empty(title))
}
