//! One way from the rows of a table to rows of the contract: its columns, and the rules by which their values are read.
//!
//! In: a task, the table's header. Out: a [`Lane`]. A wide row has one for each listed step, any other table has one.

use std::borrow::Cow;

use super::columns::{Columns, Feed, rules_of};
use super::mapping::WideStep;
use super::part::Tally;
use super::survey::{Questions, Scales};
use super::task::Task;
use crate::source::moment::Shape;
use crate::source::row::fields::{ANSWERED_ON, ANSWERS, ROW_ID};
use crate::source::row::{Cells, Class, ImportKind, Rules, WIDTH};
use crate::source::value::{Cell, read_local};
use crate::standard::instrument::Instruments;

/// One way from a source row to one contract row.
pub(super) struct Lane {
    pub columns: Columns,
    pub rules: Rules,
    /// Source columns of numbers: their decimal marks are counted.
    pub numbers: Vec<usize>,
    /// Of a wide row: step and number of its entry.
    pub wide: Option<(i32, u32)>,
    /// Of a survey: how its answers are read.
    pub scales: Scales,
}

impl Lane {
    pub fn plain(task: Task<'_>, header: &[String]) -> Result<Self, String> {
        let origins = task.mapping.and_then(|m| m.origins(task.kind));
        let mut rules = rules_of(task.kind, task.mapping, origins, task.zone);
        rules.needs_offset = task.needs_offset;
        if task.kind != ImportKind::Responses {
            let questions = Questions::default();
            let columns = Columns::find(task.kind, header, task.mapping, task.sheet, &questions)?;
            return Ok(Self::new(task.kind, columns, rules, None));
        }
        let none = Instruments::default();
        let instruments = task.instruments.unwrap_or(&none);
        let questions = Questions::of_table(instruments, task.mapping, task.sheet)?;
        let columns = Columns::find(task.kind, header, task.mapping, task.sheet, &questions)?;
        rules.shapes[ANSWERED_ON].get_or_insert(Shape::Forms(None));
        Ok(Self {
            scales: questions.scales(instruments, task.mapping),
            ..Self::new(task.kind, columns, rules, None)
        })
    }

    /// What stands in a column, as the number of a form is made of it: a time to the second, in whatever format it comes.
    pub fn text<'c>(&self, at: usize, cell: Cell<'c>) -> Cow<'c, str> {
        let shape = self.rules.shapes[ANSWERED_ON].as_ref();
        if self.columns.source(ANSWERED_ON) != Some(at) {
            return cell.text();
        }
        let zones = (self.rules.zone, self.rules.dates);
        match read_local(cell, shape, self.rules.decimal, zones) {
            Some(local) => Cow::Owned(local.format("%Y-%m-%d %H:%M:%S").to_string()),
            None => cell.text(),
        }
    }

    pub fn wide(task: Task<'_>, header: &[String], entry: &WideStep) -> Result<Self, String> {
        let columns = Columns::of_step(header, &entry.origins, task.sheet)?;
        let mut rules = rules_of(task.kind, task.mapping, Some(&entry.origins), task.zone);
        rules.needs_offset = task.needs_offset;
        let wide = Some((entry.step, entry.nth));
        Ok(Self::new(task.kind, columns, rules, wide))
    }

    fn new(kind: ImportKind, columns: Columns, rules: Rules, wide: Option<(i32, u32)>) -> Self {
        let is_number = |at: usize| {
            let class = kind.fields().get(at).map(|f| f.class);
            let is_serial = matches!(rules.shapes[at], Some(Shape::Excel(_)));
            rules.codes[at].is_none() && (class == Some(Class::Whole) || is_serial)
        };
        let mut numbers: Vec<usize> = (0..WIDTH)
            .filter(|at| is_number(*at))
            .filter_map(|at| columns.source(at))
            .collect();
        if rules.codes[ANSWERS].is_none() {
            numbers.extend(columns.elements().iter().map(|(_, at)| *at));
        }
        Self {
            columns,
            rules,
            numbers,
            wide,
            scales: Scales::default(),
        }
    }

    /// Whether anything of the step stands in the row: officer, start, completion or result.
    pub fn is_executed(&self, cells: &Cells<'_>) -> bool {
        (2..ROW_ID).any(|at| self.columns.reads(at) && !cells[at].is_empty())
    }

    pub fn feeds(&self) -> Vec<Feed> {
        let mut feeds = self.columns.feeds.clone();
        if let Some((step, nth)) = self.wide {
            feeds.retain(|f| f.column != "step");
            let again = match nth {
                1 => String::new(),
                n => format!(" ({n})"),
            };
            for feed in &mut feeds {
                feed.column = format!("step {step}{again} {}", feed.column);
            }
        }
        feeds
    }

    pub fn tally(&self) -> Tally {
        Tally::new(WIDTH + self.columns.elements().len())
    }
}
