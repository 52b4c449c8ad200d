//! The tidy figures table: every number any page, sheet or file shows is one row of it.
//!
//! A share stays numerator and denominator until it is printed; rounding and withholding happen here, once, last
//! (scoring.md, section 5).

use std::collections::BTreeMap;

use serde::Serialize;

/// Dimension to value, e.g. `{"step": "12"}`; empty for the office as a whole.
pub type Group = BTreeMap<String, String>;

/// One figure, as `figures.json` keeps it (design.md).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// e.g. `on_time.due`.
    pub indicator: String,
    /// e.g. `2026-06`.
    pub period: String,
    pub group: Group,
    /// Number of units (cases, stages, executions) the figure is computed over.
    pub n: u64,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// Unrounded; None where withheld or not computable.
    pub value: Option<f64>,
    /// As printed everywhere: Indonesian number, `ditahan (n = 7)` where withheld, `–` where there is none.
    pub printed: String,
}

/// All figures of a run, found by indicator and group.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct FigureTable {
    rows: Vec<Figure>,
}

impl FigureTable {
    /// Adds a figure.
    pub fn push(&mut self, figure: Figure) {
        self.rows.push(figure);
    }

    /// Puts rows into their total order: indicator, period, group. Called once, before anything is written.
    pub fn sort(&mut self) {
        self.rows.sort_by(|a, b| {
            (&a.indicator, &a.period, &a.group).cmp(&(&b.indicator, &b.period, &b.group))
        });
    }

    /// All rows.
    pub fn rows(&self) -> &[Figure] {
        &self.rows
    }

    /// The figure of an indicator and group in a period; None where it was not computed.
    pub fn get(&self, indicator: &str, period: &str, group: &[(&str, &str)]) -> Option<&Figure> {
        self.rows.iter().find(|f| {
            f.indicator == indicator
                && f.period == period
                && f.group.len() == group.len()
                && group
                    .iter()
                    .all(|(k, v)| f.group.get(*k).is_some_and(|x| x == v))
        })
    }
}
