//! Each adapter query against the contract, by its columns and its first rows: for `tepat check`.
//!
//! In: what a run would read. Out: every difference of every query at once. Nothing is kept of the rows.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::error::SourceError;
use super::held::Difference;
use super::intake::{Elements, Sink, zoned};
use super::queries::QueryText;
use super::read::{Wanted, places, sample};
use super::row::{
    Cells, ImportKind, Problem, Rules, Scale, WIDTH, case_row, complaint_row, followup_row,
    response_row, staff_row, step_row,
};
use crate::config::source::Place;
use crate::snapshot::kinds::Sharing;
use crate::standard::instrument::Instruments;

/// One query, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// e.g. `queries/postgres/cases.sql`.
    pub query: String,
    /// The workspace's own, not the shipped one.
    pub own: bool,
    /// Where it was asked, without secrets.
    pub source: String,
    /// Rows looked at.
    pub rows: u64,
    pub differences: Vec<Difference>,
}

/// Looks at every query of a database that a run would ask.
///
/// # Errors
/// A source that cannot be reached, settings that are wrong, a query that the database refuses.
pub fn examine(wanted: &Wanted) -> Result<Vec<Examined>, SourceError> {
    let mut all = Vec::new();
    for (place, kinds) in places(wanted) {
        let Place::Database(database) = place else {
            continue;
        };
        for kind in kinds {
            let query = QueryText::load(wanted.workspace, database.address.dialect(), kind)?;
            let local = database.tz().unwrap_or(wanted.zone);
            let asks_zone = database.zone.is_none() && database.address.is_server();
            let mut looking = Looking::new(local, asks_zone);
            let columns = RefCell::new(Vec::new());
            let none = Instruments::default();
            sample(wanted, database, &query, &none, &columns, &mut looking)?;
            let mut differences = columns.into_inner();
            // Of a column that is not what it should be, the values say nothing more.
            let known = |d: &Difference| differences.iter().any(|k| k.column == d.column);
            let values: Vec<Difference> = looking.differences(kind);
            let values: Vec<Difference> = values.into_iter().filter(|d| !known(d)).collect();
            differences.extend(values);
            differences.sort();
            all.push(Examined {
                query: query.name,
                own: query.own,
                source: database.address.to_string(),
                rows: looking.rows,
                differences,
            });
        }
    }
    Ok(all)
}

/// A sink that only looks.
struct Looking {
    rules: Rules,
    asks_zone: bool,
    rows: u64,
    /// By column: how many values could not be read, and the first of them.
    wrong: BTreeMap<usize, (u64, String)>,
    without_zone: BTreeMap<&'static str, (u64, String)>,
    problems: Vec<Problem>,
}

impl Looking {
    fn new(zone: Tz, asks_zone: bool) -> Self {
        Self {
            rules: Rules::plain(zone),
            asks_zone,
            rows: 0,
            wrong: BTreeMap::new(),
            without_zone: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    fn differences(&self, kind: ImportKind) -> Vec<Difference> {
        let rows = self.rows;
        let wrong = self.wrong.iter().map(|(at, (count, example))| {
            let field = kind.fields()[*at];
            Difference {
                column: field.name.to_owned(),
                found: format!("{example} in {count} of the first {rows} rows"),
                wanted: field.class.words().to_owned(),
                cure: match example.as_str() {
                    "NULL" => "leave these rows out, or give them a value".to_owned(),
                    _ => "convert these values in the query".to_owned(),
                },
            }
        });
        let without = self.without_zone.iter().map(|(column, (count, example))| Difference {
            column: (*column).to_owned(),
            found: format!("`{example}`, a time without zone, in {count} of the first {rows} rows"),
            wanted: "a time with zone".to_owned(),
            cure: "say which zone it is in with `zone` in [source], e.g. \"Asia/Makassar\" or \"UTC\"".to_owned(),
        });
        wrong.chain(without).collect()
    }
}

impl Sink for Looking {
    fn row(
        &mut self,
        kind: ImportKind,
        cells: &Cells<'_>,
        elements: &Elements<'_>,
    ) -> Result<(), SourceError> {
        self.rows += 1;
        if self.asks_zone
            && let Err(SourceError::Zone {
                column, example, ..
            }) = zoned(kind, cells)
        {
            self.without_zone.entry(column).or_insert((0, example)).0 += 1;
        }
        let (rules, problems) = (&self.rules, &mut self.problems);
        match kind {
            ImportKind::Cases => drop(case_row(*cells, rules, problems)),
            ImportKind::Steps => drop(step_row(*cells, rules, problems)),
            ImportKind::Responses => {
                let (scale, mut sharing) = (Scale::default(), Sharing::default());
                response_row(*cells, elements, &scale, &mut sharing, rules, problems);
            }
            ImportKind::Complaints => drop(complaint_row(*cells, rules, problems)),
            ImportKind::Staff => drop(staff_row(*cells, rules, problems)),
            ImportKind::Followups => drop(followup_row(*cells, rules, problems)),
        }
        for problem in self.problems.drain(..) {
            // An answer that is none is the respondent's, not the query's.
            let Some(at) = problem.column.filter(|at| *at < WIDTH) else {
                continue;
            };
            let cell = cells[at].trimmed();
            let example = match cell.is_empty() {
                true => "NULL".to_owned(),
                false => cell.quoted(),
            };
            self.wrong.entry(at).or_insert((0, example)).0 += 1;
        }
        Ok(())
    }

    fn taken(&self) -> u64 {
        self.rows
    }
}
