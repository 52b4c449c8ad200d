//! The tidy figures table: every number any page, sheet or file shows is one row of it.
//!
//! A share stays numerator and denominator until it is printed; rounding and withholding happen here, once, last
//! (scoring.md, section 5).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// Dimension to value, e.g. `{"step": "12"}`; empty for the office as a whole.
pub type Group = BTreeMap<String, String>;

/// One figure, as `figures.json` keeps it (design.md).
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// e.g. `on_time.due`.
    pub indicator: String,
    /// e.g. `2026-06`.
    pub period: String,
    pub group: Group,
    /// Number of units (cases, stages, executions) the figure is computed over.
    pub n: u64,
    /// Not written to files where the share is withheld: it would give the share away.
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// Unrounded; None where withheld or not computable.
    pub value: Option<f64>,
    /// As printed everywhere: Indonesian number, `ditahan (n = 7)` where withheld, `–` where there is none.
    pub printed: String,
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let withheld = self.value.is_none() && self.denominator.is_some_and(|d| d > 0);
        let mut row = serializer.serialize_struct("Figure", 8)?;
        row.serialize_field("indicator", &self.indicator)?;
        row.serialize_field("period", &self.period)?;
        row.serialize_field("group", &self.group)?;
        row.serialize_field("n", &self.n)?;
        row.serialize_field("numerator", &self.numerator.filter(|_| !withheld))?;
        row.serialize_field("denominator", &self.denominator)?;
        row.serialize_field("value", &self.value)?;
        row.serialize_field("printed", &self.printed)?;
        row.end()
    }
}

/// All figures of a run, found by indicator, period and group.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct FigureTable {
    rows: Vec<Figure>,
    /// Whether the rows are in their total order: then a figure is found without passing over all the others.
    #[serde(skip)]
    sorted: bool,
}

impl FigureTable {
    /// Adds a figure.
    pub fn push(&mut self, figure: Figure) {
        self.rows.push(figure);
        self.sorted = false;
    }

    /// Adds all figures of another table.
    pub fn append(&mut self, other: FigureTable) {
        self.rows.extend(other.rows);
        self.sorted = false;
    }

    /// Puts rows into their total order: indicator, period, group. Called once, before anything is written.
    pub fn sort(&mut self) {
        self.rows.sort_by(|a, b| {
            (&a.indicator, &a.period, &a.group).cmp(&(&b.indicator, &b.period, &b.group))
        });
        self.sorted = true;
    }

    /// All rows.
    pub fn rows(&self) -> &[Figure] {
        &self.rows
    }

    /// All figures of an indicator in a period, in the order of their groups. They stand together only once the table is
    /// sorted: before that none are given.
    pub fn rows_of(&self, indicator: &str, period: &str) -> &[Figure] {
        debug_assert!(self.sorted, "figures are asked for before they are sorted");
        if !self.sorted {
            return &[];
        }
        let place = |f: &Figure| place_of(f, indicator, period);
        let first = self.rows.partition_point(|f| place(f).is_lt());
        let rest = self.rows.get(first..).unwrap_or_default();
        rest.get(..rest.partition_point(|f| place(f).is_eq()))
            .unwrap_or_default()
    }

    /// The figure of an indicator and group in a period; None where it was not computed. `group` may be in any order. Of equal
    /// ones the first that was added. Quick only once the table is sorted.
    pub fn get(&self, indicator: &str, period: &str, group: &[(&str, &str)]) -> Option<&Figure> {
        if !self.sorted {
            let named = |f: &&Figure| place_of(f, indicator, period).is_eq() && is_group(f, group);
            return self.rows.iter().find(named);
        }
        let mut wanted = group.to_vec();
        wanted.sort_unstable();
        let rows = self.rows_of(indicator, period);
        let before = |f: &Figure| {
            let own = f.group.iter().map(|(k, v)| (k.as_str(), v.as_str()));
            own.cmp(wanted.iter().copied()).is_lt()
        };
        let at = rows.partition_point(before);
        rows.get(at).filter(|f| is_group(f, group))
    }
}

/// Where a figure stands beside those of an indicator and period.
fn place_of(figure: &Figure, indicator: &str, period: &str) -> Ordering {
    (figure.indicator.as_str(), figure.period.as_str()).cmp(&(indicator, period))
}

fn is_group(figure: &Figure, group: &[(&str, &str)]) -> bool {
    let own = |(k, v): &(&str, &str)| figure.group.get(*k).is_some_and(|x| x == v);
    figure.group.len() == group.len() && group.iter().all(own)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: [&str; 4] = ["a", "a.b", "b", ""];

    fn figure(indicator: usize, period: usize, group: &[(usize, usize)], n: u64) -> Figure {
        let pair = |(k, v): &(usize, usize)| (NAMES[*k].to_owned(), NAMES[*v].to_owned());
        Figure {
            indicator: NAMES[indicator].to_owned(),
            period: NAMES[period].to_owned(),
            group: group.iter().map(pair).collect(),
            n,
            numerator: None,
            denominator: None,
            value: None,
            printed: String::new(),
        }
    }

    fn any_key() -> impl Strategy<Value = (usize, usize, Vec<(usize, usize)>)> {
        (
            0..4usize,
            0..4usize,
            prop::collection::vec((0..4usize, 0..4usize), 0..3),
        )
    }

    proptest! {
        #[test]
        fn a_figure_is_found_alike_before_and_after_sorting(
            keys in prop::collection::vec(any_key(), 0..60),
            asked in any_key(),
        ) {
            let mut table = FigureTable::default();
            for (n, (indicator, period, group)) in keys.iter().enumerate() {
                table.push(figure(*indicator, *period, group, n as u64));
            }
            let mut sorted = table.clone();
            sorted.sort();
            for (indicator, period, group) in keys.iter().chain([&asked]) {
                let one = figure(*indicator, *period, group, 0);
                let mut group: Vec<(&str, &str)> =
                    one.group.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
                group.reverse();
                let found = table.get(&one.indicator, &one.period, &group);
                prop_assert_eq!(found, sorted.get(&one.indicator, &one.period, &group));
                let of: Vec<&Figure> = sorted.rows().iter()
                    .filter(|f| f.indicator == one.indicator && f.period == one.period)
                    .collect();
                let rows: Vec<&Figure> = sorted.rows_of(&one.indicator, &one.period).iter().collect();
                prop_assert_eq!(rows, of);
            }
        }
    }

    #[test]
    fn a_figure_added_after_sorting_is_found_and_the_written_table_is_its_rows() {
        let mut table = FigureTable::default();
        table.push(figure(2, 0, &[], 1));
        table.sort();
        table.push(figure(0, 0, &[(0, 1)], 2));
        assert_eq!(table.get("a", "a", &[("a", "a.b")]).map(|f| f.n), Some(2));
        let written = serde_json::to_value(&table).unwrap();
        assert_eq!(written, serde_json::to_value(table.rows()).unwrap());
    }
}
