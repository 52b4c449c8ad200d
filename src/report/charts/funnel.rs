//! The funnel: observed against expected, each point with its own exact limits (Spiegelhalter, Statistics in Medicine 24,
//! 2005, section 2: funnel plots with control limits at 95 % and 99.8 %).
//!
//! In: plain numbers and labels. Out: a figure. Computes no limit and ranks nobody.

use super::empty;
use crate::report::html::Markup;

/// Where a point lies. Whoever computed the limits decides; the drawing does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    #[default]
    Inside,
    Beyond95,
    Beyond998,
}

/// One point. All values but `x` are ratios, on the axis of `y`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunnelPoint {
    /// Name or code of the officer.
    pub label: String,
    /// Read on hovering: `diamati 31, diharapkan 18,2, rasio 1,70`.
    pub detail: String,
    /// Expected number E; a point with none above zero is not drawn.
    pub x: f64,
    /// Observed over expected.
    pub y: f64,
    /// Exact 95 % limits of the count over E.
    pub low95: f64,
    pub high95: f64,
    /// Exact 99.8 % limits of the count over E.
    pub low998: f64,
    pub high998: f64,
    pub position: Position,
    /// Drawn stronger and named, wherever it lies.
    pub highlight: bool,
}

/// Points with the words of the axes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Funnel {
    pub points: Vec<FunnelPoint>,
    /// `jumlah terlambat yang diharapkan`.
    pub x_axis: String,
    /// `rasio diamati terhadap diharapkan`.
    pub y_axis: String,
}

/// The figure of all points, for wide pages and phones. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(_id: &str, title: &str, _funnel: &Funnel) -> anyhow::Result<Markup> {
    Ok(empty(title))
}

/// The figure of one person: the bands of all, the highlighted points only, and no other name in the markup.
///
/// # Errors
/// A template that cannot be rendered.
pub fn personal(_id: &str, title: &str, _funnel: &Funnel) -> anyhow::Result<Markup> {
    Ok(empty(title))
}
