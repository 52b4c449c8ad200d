//! The paths decided cases really took, and the map of steps that followed one another.
//!
//! In: the cases decided in the period, and the [`Ledger`] for the waiting. Out: the most frequent paths, and nodes and
//! edges beside the standard's own sequence. A path is the steps in the order of their begin; executions without an instant
//! are on none. It must not lay out a drawing.

use crate::measure::performance::{Ledger, View};
use crate::measure::put::Writer;

/// How the beginning of a path is named in the dimension `from`.
pub const BEGIN: &str = "mulai";
/// How the end of a path is named in the dimension `to`.
pub const END: &str = "selesai";

/// One path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Value of the dimension `variant`: "4-6-7-11".
    pub path: String,
    pub cases: u64,
}

/// A step on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapNode {
    pub step: i32,
    /// As the standard of most of the cases names it; empty for a step no standard knows.
    pub title: String,
    pub cases: u64,
    pub executions: u64,
    /// Mandatory, with or without a recommendation.
    pub mandatory: bool,
}

/// One step following another directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapEdge {
    /// None: the path begins.
    pub from: Option<i32>,
    /// None: the path ends.
    pub to: Option<i32>,
    pub count: u64,
    /// Median service seconds that `to` waited; None where none is known.
    pub wait_seconds: Option<i64>,
    /// The standard's own sequence has it.
    pub usual: bool,
}

/// Steps and what followed what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProcessMap {
    /// By step; every step of the standards, also one that nobody did.
    pub nodes: Vec<MapNode>,
    /// By from and to, ends first.
    pub edges: Vec<MapEdge>,
    /// The standards' own sequence of mandatory steps, with and without a recommendation, whether taken or not.
    pub usual: Vec<(Option<i32>, Option<i32>)>,
}

/// Paths and map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    /// The most frequent, most cases first, then by text.
    pub variants: Vec<Variant>,
    pub map: ProcessMap,
}

/// Writes the `variant.*` and `map.*` figures.
pub fn write(_w: &mut Writer, _view: &View, _ledger: &Ledger) -> Paths {
    Paths::default()
}
