//! Rows by columns as a heat map: a table whose cells print their value and carry a class of five, so that it can be read
//! aloud, in black and white, and with the colours gone.
//!
//! In: plain numbers and labels. Out: a table with its legend. Must not drop a printed value, whatever its class.

use super::empty;
use super::scale::Unit;
use crate::report::html::Markup;

/// One cell. `Default` is an empty one.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    /// Its value as printed, and the number that decides its class.
    Value { printed: Markup, value: f64 },
    /// Too few to say: `printed` is n or words, `reason` is read on hovering and aloud.
    Withheld { printed: Markup, reason: String },
    /// Nothing to count.
    #[default]
    None,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    pub label: String,
    pub cells: Vec<Cell>,
}

/// Which end of the scale asks for attention: it gets the strongest classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Worse {
    #[default]
    Low,
    High,
}

/// Rows by columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heat {
    /// Heads the first column: `Tahapan`.
    pub corner: String,
    /// Heads of the others, short: `Jan 26`.
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// Four values, ascending, that part five classes; each belongs to the class above it. 50, 75, 90, 95 for a share on time.
    pub bounds: [f64; 4],
    pub unit: Unit,
    pub worse: Worse,
    /// Words below the legend.
    pub note: String,
}

/// The table with its legend. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(_id: &str, title: &str, _heat: &Heat) -> anyhow::Result<Markup> {
    Ok(empty(title))
}
