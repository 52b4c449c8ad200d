//! How the rows of one table (a CSV file, a sheet, a Parquet file) become rows of the contract.
//!
//! In: the table's header, the kind of rows, a mapping. Out: a [`Plan`], which turns one source row after the other into
//! a [`Part`]: rows, findings and tallies of a stretch of the table. Parts know nothing of each other, so stretches can be
//! read side by side; whoever joins them keeps their order. No file is opened here.
//!
//! A wide row has one lane for each listed step, any other table has one lane. The execution of a wide row is known by
//! its case (or the source's number of the row), its step and which entry of that step it is: that is its `row_id`, so
//! that a corrected time takes the place of the old one.

use std::borrow::Cow;

use super::Fault;
use super::columns::{Columns, Feed, rules_of};
use super::log::steps::Steps;
use super::mapping::{Mapping, WideStep};
use super::part::{Part, Tally};
use super::survey::{Questions, Scales};
use crate::finding::Check;
use crate::format::date_time_exact;
use crate::instant::Instant;
use crate::snapshot::ResponseRow;
use crate::source::moment::forms::Seen;
use crate::source::moment::{Epoch, Shape};
use crate::source::row::event::halved;
use crate::source::row::fields::{ANSWERED_ON, ANSWERS, ROW_ID, SEX};
use crate::source::row::{
    Cells, Class, ImportKind, Problem, Rules, WIDTH, case_row, complaint_row, followup_row,
    response_row, staff_row,
};
use crate::source::value::{Cell, read_local};
use crate::standard::instrument::Instruments;

/// What is to be read, and how.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    pub kind: ImportKind,
    pub mapping: Option<&'a Mapping>,
    /// The office's.
    pub zone: chrono_tz::Tz,
    /// When the extract is taken, UTC microseconds.
    pub now: i64,
    /// A row is an event, and the case's columns repeat on each of its events.
    pub is_log: bool,
    /// Nobody has said which zone times without offset are in.
    pub needs_offset: bool,
    /// What surveys of the workspace ask; of other kinds, nothing.
    pub instruments: Option<&'a Instruments>,
    /// The sheet of a workbook that is being read.
    pub sheet: Option<&'a str>,
}

impl<'a> Task<'a> {
    /// What a mapping alone says.
    pub fn new(
        kind: ImportKind,
        mapping: Option<&'a Mapping>,
        zone: chrono_tz::Tz,
        now: i64,
    ) -> Self {
        Self {
            kind,
            mapping,
            zone,
            now,
            is_log: mapping.is_some_and(Mapping::is_log),
            needs_offset: false,
            instruments: None,
            sheet: None,
        }
    }

    /// The same for a survey by these instruments.
    pub fn asked(self, instruments: &'a Instruments) -> Self {
        Self {
            instruments: Some(instruments),
            ..self
        }
    }
}

/// One way from a source row to one contract row.
struct Lane {
    columns: Columns,
    rules: Rules,
    /// Source columns of numbers: their decimal marks are counted.
    numbers: Vec<usize>,
    /// Of a wide row: step and number of its entry.
    wide: Option<(i32, u32)>,
    /// Of a survey: how its answers are read.
    scales: Scales,
}

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
                if let Some(Some(number)) = &number {
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

impl Lane {
    fn plain(task: Task<'_>, header: &[String]) -> Result<Self, String> {
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
    fn text<'c>(&self, at: usize, cell: Cell<'c>) -> Cow<'c, str> {
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

    fn wide(task: Task<'_>, header: &[String], entry: &WideStep) -> Result<Self, String> {
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
    fn is_executed(&self, cells: &Cells<'_>) -> bool {
        (2..ROW_ID).any(|at| self.columns.reads(at) && !cells[at].is_empty())
    }

    fn feeds(&self) -> Vec<Feed> {
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

    fn tally(&self) -> Tally {
        Tally::new(WIDTH + self.columns.elements().len())
    }
}
