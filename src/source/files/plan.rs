//! How the rows of one table (a CSV file, a sheet, a Parquet file) become rows of the contract.
//!
//! In: the table's header, the kind of rows, a mapping. Out: a [`Plan`], which turns one source row after the other into
//! a [`Part`]: rows, findings and tallies of a stretch of the table. Parts know nothing of each other, so stretches can be
//! read side by side; whoever joins them keeps their order. No file is opened here.
//!
//! A wide row has one lane for each listed step, any other table has one lane. The execution of a wide row is known by
//! its case (or the source's number of the row), its step and which entry of that step it is: that is its `row_id`, so
//! that a corrected time takes the place of the old one.

use super::Fault;
use super::columns::Feed;
use super::lane::Lane;
use super::log::steps::Steps;
use super::part::Part;
use super::survey::Scales;
use super::task::Task;
use crate::finding::Check;
use crate::format::date_time_exact;
use crate::instant::Instant;
use crate::snapshot::ResponseRow;
use crate::source::moment::forms::Seen;
use crate::source::moment::{Epoch, Shape};
use crate::source::row::event::halved;
use crate::source::row::fields::{ANSWERED_ON, ROW_ID, SEX};
use crate::source::row::{
    Cells, Class, ImportKind, Problem, case_row, complaint_row, followup_row, response_row,
    staff_row,
};
use crate::source::value::{Cell, read_words};

/// The way from the rows of one table to the contract.
pub(super) struct Plan<'a> {
    task: Task<'a>,
    lanes: Vec<Lane>,
    /// Columns of the table that nothing is read from.
    pub ignored: Vec<String>,
    pub feeds: Vec<Feed>,
}

impl<'a> Plan<'a> {
    /// Finds the columns.
    ///
    /// # Errors
    /// The header does not fit.
    pub fn new(task: Task<'a>, header: &[String]) -> Result<Self, Fault> {
        let wide = match (task.kind, task.mapping) {
            (ImportKind::Steps, Some(mapping)) => mapping.wide.as_slice(),
            _ => &[],
        };
        let lanes = match wide {
            [] => vec![Lane::plain(task, header)],
            wide => wide
                .iter()
                .map(|step| Lane::wide(task, header, step))
                .collect(),
        };
        let lanes = lanes
            .into_iter()
            .collect::<Result<Vec<_>, _>>()
            .map_err(Fault::Header)?;
        let unused = |(at, _): &(usize, &String)| lanes.iter().all(|l| !l.columns.uses(*at));
        let ignored = header
            .iter()
            .enumerate()
            .filter(unused)
            .map(|(_, name)| name.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|name| !name.is_empty())
            .collect();
        Ok(Self {
            task,
            ignored,
            feeds: lanes.iter().flat_map(Lane::feeds).collect(),
            lanes,
        })
    }

    /// Serial numbers of this table count from another epoch than the mapping says.
    pub fn set_epoch(&mut self, epoch: Epoch) {
        let shapes = self.lanes.iter_mut().flat_map(|l| &mut l.rules.shapes);
        for shape in shapes.flatten() {
            if let Shape::Excel(given) = shape {
                *given = epoch;
            }
        }
    }

    /// Whether a source column holds instants or dates.
    pub fn is_time(&self, source: usize) -> bool {
        let fields = self.task.kind.fields();
        self.lanes.iter().any(|lane| {
            fields.iter().enumerate().any(|(at, field)| {
                lane.columns.source(at) == Some(source)
                    && matches!(field.class, Class::Instant | Class::Date)
            })
        })
    }

    /// The source column of a survey's dates, where they are text of which nobody has said how it is written.
    pub fn dates_to_look_at(&self) -> Option<usize> {
        let [lane] = self.lanes.as_slice() else {
            return None;
        };
        match lane.rules.shapes[ANSWERED_ON] {
            Some(Shape::Forms(_)) => lane.columns.source(ANSWERED_ON),
            _ => None,
        }
    }

    /// Settles how the dates are written that [`Plan::dates_to_look_at`] names, by what all of them show.
    ///
    /// # Errors
    /// They do not show whether the day or the month comes first.
    pub fn settle_dates(&mut self, header: &[String], seen: &Seen) -> Result<(), Fault> {
        let Some(at) = self.dates_to_look_at() else {
            return Ok(());
        };
        let first = seen.first().map_err(|reason| {
            let name = header.get(at).map_or("", String::as_str);
            Fault::Header(format!("column `{}` {reason}", name.trim()))
        })?;
        for lane in &mut self.lanes {
            lane.rules.shapes[ANSWERED_ON] = Some(Shape::Forms(first));
        }
        Ok(())
    }

    /// The elements of a survey: code and source column.
    pub fn elements(&self) -> &[(String, usize)] {
        self.lanes.first().map_or(&[], |l| l.columns.elements())
    }

    /// Whether anything is read from a source column.
    pub fn uses(&self, source: usize) -> bool {
        self.lanes.iter().any(|l| l.columns.uses(source))
    }

    /// An empty part; `place` stands before the line number in its findings.
    pub fn part(&self, place: &str) -> Part {
        Part::new(place, self.lanes.iter().map(Lane::tally).collect())
    }

    /// One row of the table; `cell` gives its cells by their number.
    pub fn row<'c>(&'c self, line: u64, cell: impl Fn(usize) -> Cell<'c>, into: &mut Part) {
        let missing = self.task.mapping.map_or(&[][..], |m| m.missing.as_slice());
        let cell = |at| match cell(at).trimmed() {
            Cell::Text(text) if missing.iter().any(|m| m == text) => Cell::Empty,
            other => other,
        };
        for (n, lane) in self.lanes.iter().enumerate() {
            let mut cells = lane.columns.cells(cell);
            let Some((step, nth)) = lane.wide else {
                let text = |at| lane.text(at, cell(at));
                let number = lane.columns.number(text);
                // A number that a spreadsheet has rounded stays one, and is found fault with.
                if let Some(Some(number)) = &number
                    && read_words(cells[0]).is_ok()
                {
                    cells[0] = Cell::Text(number);
                }
                self.lane_row(n, line, cells, cell, into);
                continue;
            };
            into.wide_rows += u64::from(n == 0);
            if lane.is_executed(&cells) {
                let row = match cells[ROW_ID] {
                    Cell::Empty => cells[0],
                    id => id,
                };
                let row_id = format!("{}/{step}/{nth}", row.text());
                // Without a case the row is rejected; its number would only hide that.
                if !row.is_empty() {
                    cells[ROW_ID] = Cell::Text(&row_id);
                }
                self.lane_row(n, line, cells, cell, into);
            }
        }
    }

    fn lane_row<'c>(
        &'c self,
        n: usize,
        line: u64,
        cells: Cells<'_>,
        cell: impl Fn(usize) -> Cell<'c>,
        into: &mut Part,
    ) {
        let lane = &self.lanes[n];
        let steps = self.steps(lane);
        let cells = match self.task.kind {
            ImportKind::Steps if !steps.is_event(&cells) => return,
            ImportKind::Steps if steps.has_lifecycle() => halved(cells, &lane.rules),
            _ => cells,
        };
        let elements = match self.task.kind {
            ImportKind::Responses => lane.columns.answers(&cell),
            _ => Vec::new(),
        };
        into.marks.count(&lane.numbers, &cell);
        let values = || {
            cells
                .iter()
                .copied()
                .chain(elements.iter().map(|(_, c)| *c))
        };
        for (filled, cell) in into.tallies[n].filled.iter_mut().zip(values()) {
            *filled += u64::from(!cell.is_empty());
        }
        if self.task.kind == ImportKind::Responses && lane.rules.codes[SEX].is_none() {
            into.letters.look(cells[SEX]);
        }
        into.parsed.rows += 1;
        self.read((n, lane), line, cells, &elements, &cell, into);
        for problem in std::mem::take(&mut into.problems) {
            if let Some(at) = problem.column
                && let Some(found) = values().nth(at).filter(|c| !c.is_empty())
            {
                into.tallies[n].unreadable[at] += 1;
                into.tallies[n].example[at]
                    .get_or_insert_with(|| format!("row {line}: {}", found.quoted()));
            }
            let message = match lane.wide {
                Some((step, _)) => format!("Langkah {step}: {}", problem.message),
                None => problem.message,
            };
            into.find(line, problem.check, problem.subject, message);
        }
    }

    fn steps<'p>(&'p self, lane: &'p Lane) -> Steps<'p> {
        Steps {
            task: self.task,
            columns: &lane.columns,
            rules: &lane.rules,
            is_wide: lane.wide.is_some(),
        }
    }

    /// Reads one row of the contract and keeps it.
    fn read<'c>(
        &'c self,
        (n, lane): (usize, &'c Lane),
        line: u64,
        cells: Cells<'_>,
        elements: &[(&str, Cell<'_>)],
        cell: impl Fn(usize) -> Cell<'c>,
        into: &mut Part,
    ) {
        let rules = &lane.rules;
        let kept = match self.task.kind {
            ImportKind::Cases => case_row(cells, rules, &mut into.problems).map(|row| {
                let instants = [row.received_at, row.closed_at];
                self.not_yet(&row.case_id, instants, into);
                // On each event of a log its case stands again, mostly one event after the other.
                if !self.task.is_log || into.parsed.cases.last() != Some(&row) {
                    into.parsed.cases.push(row);
                }
            }),
            ImportKind::Steps => {
                let kept = self.steps(lane).keep(cells, line, cell, into);
                kept.map(|instants| self.not_yet(&cells[0].trimmed().text(), instants, into))
            }
            ImportKind::Responses => self.form(lane, cells, elements, &cell, into).map(|row| {
                into.count_blanks(n, elements, &row);
                let day = Instant::start_of_day(row.answered_on, self.task.zone);
                let begun = day.utc_seconds() * 1_000_000;
                self.not_yet(&row.response_id, [Some(begun)], into);
                into.parsed.responses.push(row);
                if lane.columns.makes_numbers() {
                    into.made.push(line);
                }
            }),
            ImportKind::Complaints => complaint_row(cells, rules, &mut into.problems).map(|row| {
                let instants = [row.received_at, row.responded_at, row.resolved_at];
                self.not_yet(&row.complaint_id, instants, into);
                into.parsed.complaints.push(row);
            }),
            ImportKind::Staff => {
                staff_row(cells, rules, &mut into.problems).map(|row| into.parsed.staff.push(row))
            }
            ImportKind::Followups => followup_row(cells, rules, &mut into.problems)
                .map(|row| into.parsed.followups.push(row)),
        };
        into.parsed.rejected += u64::from(kept.is_none());
    }

    /// One survey form, read by the instrument that its row, its table or nobody names.
    fn form<'c>(
        &'c self,
        lane: &'c Lane,
        cells: Cells<'_>,
        elements: &[(&str, Cell<'_>)],
        cell: impl Fn(usize) -> Cell<'c>,
        into: &mut Part,
    ) -> Option<ResponseRow> {
        let scale = match &lane.scales {
            Scales::One(scale) => scale,
            Scales::ByRow(scales) => {
                let found = lane.columns.instrument().map_or(Cell::Empty, cell);
                let codes = self.task.mapping.and_then(|m| m.codes("instrument"));
                let text = found.text();
                let code = codes.and_then(|c| c.words.get(text.as_ref()));
                let scale = scales.get(code.map_or(text.as_ref(), String::as_str));
                if scale.is_none() {
                    into.problems.push(of_no_instrument(&cells, found));
                }
                scale?
            }
        };
        let (sharing, problems) = (&mut into.sharing, &mut into.problems);
        response_row(cells, elements, scale, sharing, &lane.rules, problems)
    }

    /// An instant after the extract is a finding made now: once that instant has passed, nothing in the row shows it.
    fn not_yet<const N: usize>(&self, subject: &str, instants: [Option<i64>; N], into: &mut Part) {
        let now = self.task.now;
        for t in instants.into_iter().flatten().filter(|t| *t > now) {
            // Without the time of the extract: equal records must be an equal snapshot, whenever the file is read.
            let when = date_time_exact(Instant::from_utc_micros(t, self.task.zone));
            into.problems.push(Problem {
                check: Check::InstantAfterExtract,
                column: None,
                subject: Some(subject.to_owned()),
                message: format!("waktu {when} berada sesudah data diambil."),
            });
        }
    }
}

fn of_no_instrument(cells: &Cells<'_>, found: Cell<'_>) -> Problem {
    let what = match found.is_empty() {
        true => "kosong".to_owned(),
        false => format!(
            "berisi {}, bukan instrumen survei yang dikenal",
            found.quoted()
        ),
    };
    Problem {
        check: Check::UnreadableRow,
        column: None,
        subject: Some(cells[0].trimmed().text().into_owned()).filter(|id| !id.is_empty()),
        message: format!("Kolom instrumen {what}; baris tidak dipakai."),
    }
}
