//! One whole file: the parts that its readers yield, joined in order.
//!
//! In: parts of one table after the other. Out: a [`ParsedFile`], or the reason why the file is refused as a whole: a
//! column of which nothing can be read, numbers with both decimal marks.

use std::collections::BTreeSet;

use super::identity::Given;
use super::lifecycle;
use super::part::{Letters, Marks, Part, Said, Tally};
use super::plan::Plan;
use super::read_as::ReadAs;
use super::task::Task;
use super::{Fault, ParsedFile};
use crate::source::row::event::StepEvent;
use crate::source::row::{ImportKind, WIDTH};
use crate::source::value::Decimal;

/// A column of which this many values are unreadable, all of them, is misunderstood as a whole.
const MISUNDERSTOOD: u64 = 5;

/// Where readers of formats put what they read.
pub(super) struct Intake<'a> {
    pub task: Task<'a>,
    /// The file's name without folder.
    pub name: String,
    pub read_as: ReadAs,
    progress: &'a dyn Fn(u64),
    /// Rows of the contract that are kept, where only the first are wanted.
    keep: Option<usize>,
    parsed: ParsedFile,
    tallies: Vec<Tally>,
    marks: Marks,
    /// In an event log a case's columns repeat on each of its events: what was said of them already, as (case, message).
    told: Option<BTreeSet<(String, String)>>,
    /// Halves of executions, joined when all are there.
    events: Vec<StepEvent>,
    /// Numbers that were made for survey forms.
    given: Given,
    letters: Letters,
}

impl<'a> Intake<'a> {
    pub fn new(
        task: Task<'a>,
        name: String,
        keep: Option<usize>,
        progress: &'a dyn Fn(u64),
    ) -> Self {
        let of_cases = task.is_log && task.kind == ImportKind::Cases;
        Self {
            task,
            name,
            read_as: ReadAs::default(),
            progress,
            // Equal rows of a log are one case: the first of all are known at the end only.
            keep: keep.filter(|_| !of_cases),
            parsed: ParsedFile::default(),
            tallies: Vec::new(),
            marks: Marks::default(),
            told: of_cases.then(BTreeSet::new),
            events: Vec::new(),
            given: Given::default(),
            letters: Letters::default(),
        }
    }

    /// Joins the next part.
    pub fn absorb(&mut self, mut part: Part) {
        (self.progress)(part.parsed.rows);
        self.given.tell_apart(&mut part);
        self.letters.join(part.letters);
        let (all, mut new) = (&mut self.parsed, part.parsed);
        all.rows += new.rows;
        all.rejected += new.rejected;
        all.cases.append(&mut new.cases);
        all.steps.append(&mut new.steps);
        all.responses.append(&mut new.responses);
        all.complaints.append(&mut new.complaints);
        all.staff.append(&mut new.staff);
        all.followups.append(&mut new.followups);
        if let Some(keep) = self.keep {
            all.cases.truncate(keep);
            all.steps.truncate(keep);
            all.responses.truncate(keep);
            all.complaints.truncate(keep);
            all.staff.truncate(keep);
            all.followups.truncate(keep);
        }
        for said in part.said {
            let repeated = match (&mut self.told, &said.subject) {
                (Some(told), Some(id)) => !told.insert((id.clone(), said.message.clone())),
                _ => false,
            };
            if !repeated {
                all.findings.push(said.finding(&part.place));
            }
        }
        self.events.extend(part.events);
        self.marks.commas += part.marks.commas;
        self.marks.points += part.marks.points;
        if part.wide_rows > 0 {
            *self.read_as.wide_rows.get_or_insert(0) += part.wide_rows;
        }
        if self.tallies.is_empty() {
            self.tallies = part.tallies;
        } else {
            for (all, new) in self.tallies.iter_mut().zip(part.tallies) {
                all.add(new);
            }
        }
    }

    /// Ends one table.
    ///
    /// # Errors
    /// A column of which nothing could be read: a format was misunderstood, and importing it would fill the store with
    /// rows that lack it.
    pub fn close(&mut self, plan: &Plan<'_>) -> Result<(), Fault> {
        for name in &plan.ignored {
            if !self.parsed.ignored.contains(name) {
                self.parsed.ignored.push(name.clone());
            }
        }
        for feed in &plan.feeds {
            if !self.parsed.feeds.contains(feed) {
                self.parsed.feeds.push(feed.clone());
            }
        }
        for tally in &self.tallies {
            self.parsed.count_blanks(plan.elements(), &tally.blank);
        }
        let fields = self.task.kind.mapped_fields();
        for tally in std::mem::take(&mut self.tallies) {
            let wrong = (0..tally.filled.len()).find(|at| {
                tally.unreadable[*at] >= MISUNDERSTOOD && tally.unreadable[*at] == tally.filled[*at]
            });
            let Some(at) = wrong else { continue };
            let element = || plan.feeds.iter().rev().nth(tally.filled.len() - 1 - at);
            return Err(Fault::Column {
                column: match fields.get(at).filter(|_| at < WIDTH) {
                    Some(field) => field.name.to_owned(),
                    None => element().map_or(String::new(), |f| f.column.clone()),
                },
                rows: tally.filled[at],
                example: tally.example[at].clone().unwrap_or_default(),
            });
        }
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Numbers with both decimal marks, and no mapping that says which is meant.
    pub fn finish(mut self, sha256: String) -> Result<ParsedFile, Fault> {
        let said = self.task.mapping.map_or(Decimal::Either, |m| m.decimal);
        self.read_as.decimal = match (said, self.marks) {
            (Decimal::Comma, _) => Some(','),
            (Decimal::Point, _) => Some('.'),
            (
                Decimal::Either,
                Marks {
                    commas: 0,
                    points: 0,
                },
            ) => None,
            (Decimal::Either, Marks { points: 0, .. }) => Some(','),
            (Decimal::Either, Marks { commas: 0, .. }) => Some('.'),
            (Decimal::Either, Marks { commas, points }) => {
                return Err(Fault::Header(format!(
                    "its numbers are written with a decimal comma {commas} times and with a decimal point {points} times: say in the mapping which is meant, decimal = \",\" or \".\""
                )));
            }
        };
        if self.letters == (Letters { p: true, w: true }) {
            return Err(Fault::Header(
                "its column of `sex` has the letters P and W, so P may be pria there, and perempuan everywhere else: say in the mapping which it is, under [codes.sex], such as P = \"L\" and W = \"P\""
                    .to_owned(),
            ));
        }
        self.join();
        if self.told.is_some() {
            // The case's columns repeat on each of its events: equal rows are one case. Unequal ones stay, as two
            // cases of one id, which holds publication back.
            self.parsed.cases.sort_unstable();
            self.parsed.cases.dedup();
        }
        self.parsed.name = self.name;
        self.parsed.sha256 = sha256;
        self.parsed.read_as = self.read_as;
        Ok(self.parsed)
    }
}

impl Intake<'_> {
    /// Makes executions of the halves that an event log keeps.
    fn join(&mut self) {
        let joined = lifecycle::join(std::mem::take(&mut self.events), self.task.zone);
        let steps = &mut self.parsed.steps;
        steps.extend(joined.steps);
        steps.truncate(self.keep.unwrap_or(steps.len()));
        for (line, problem) in joined.problems {
            let said = Said::new(line, problem.check, problem.subject, problem.message);
            self.parsed.findings.push(said.finding(&self.name));
        }
    }
}
