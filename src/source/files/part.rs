//! What a stretch of a table yields: rows, what was found in them, and tallies that add up.
//!
//! In: rows as a plan reads them. Out: a [`Part`]; parts know nothing of each other.

use super::{ParsedFile, RowFinding};
use crate::finding::{Check, Finding};
use crate::snapshot::ResponseRow;
use crate::snapshot::kinds::Sharing;
use crate::source::row::Problem;
use crate::source::row::event::StepEvent;
use crate::source::value::Cell;

/// What was counted of one lane: by column of the contract, then by element.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// Values that are not blank, and those of them that could not be read.
    pub filled: Vec<u64>,
    pub unreadable: Vec<u64>,
    /// The first unreadable value.
    pub example: Vec<Option<String>>,
    /// Blank answers to elements that were asked.
    pub blank: Vec<u64>,
}

/// Decimal marks seen in the text of number columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub commas: u64,
    pub points: u64,
}

/// What was found in a row, before it is known where it is told.
pub(super) struct Said {
    pub line: u64,
    check: Check,
    pub subject: Option<String>,
    pub message: String,
}

/// What a stretch of a table yields.
pub(super) struct Part {
    /// Before the line number in findings: the file, perhaps with its sheet.
    pub place: String,
    /// Rows and counts; the findings are in `said`.
    pub parsed: ParsedFile,
    pub said: Vec<Said>,
    pub tallies: Vec<Tally>,
    pub marks: Marks,
    /// Rows of the table, where they are not rows of the contract.
    pub wide_rows: u64,
    /// Of the row that is being read.
    pub problems: Vec<Problem>,
    /// Of an event log that keeps starts and completions apart.
    pub events: Vec<StepEvent>,
    /// Lines of the survey forms, where their numbers are made of their rows.
    pub made: Vec<u64>,
    /// What equal survey forms share.
    pub sharing: Sharing,
    /// Letters of respondents' sex: some write P for perempuan, others P for pria and W for wanita.
    pub letters: Letters,
}

/// Whether a column of respondents' sex holds the letters P and W.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Letters {
    pub p: bool,
    pub w: bool,
}

impl Letters {
    /// Looks at the next value.
    pub fn look(&mut self, cell: Cell<'_>) {
        if let Cell::Text(text) = cell {
            self.p |= text.eq_ignore_ascii_case("p");
            self.w |= text.eq_ignore_ascii_case("w");
        }
    }

    /// Joins what another stretch holds.
    pub fn join(&mut self, other: Letters) {
        self.p |= other.p;
        self.w |= other.w;
    }
}

impl Marks {
    /// Counts the marks of one row.
    pub fn count<'c>(&mut self, numbers: &[usize], cell: impl Fn(usize) -> Cell<'c>) {
        for at in numbers {
            // Commas and points between words are none of numbers.
            if let Cell::Text(text) = cell(*at)
                && text
                    .bytes()
                    .all(|b| matches!(b, b'0'..=b'9' | b',' | b'.' | b'-' | b'+'))
            {
                self.commas += u64::from(text.contains(','));
                self.points += u64::from(text.contains('.'));
            }
        }
    }
}

impl Part {
    /// An empty part; `place` stands before the line number in its findings.
    pub fn new(place: &str, tallies: Vec<Tally>) -> Self {
        Self {
            place: place.to_owned(),
            parsed: ParsedFile::default(),
            said: Vec::new(),
            tallies,
            marks: Marks::default(),
            wide_rows: 0,
            problems: Vec::new(),
            events: Vec::new(),
            made: Vec::new(),
            sharing: Sharing::default(),
            letters: Letters::default(),
        }
    }

    /// A row that has no cells to read.
    pub fn reject(&mut self, line: u64, message: String) {
        self.parsed.rows += 1;
        self.parsed.rejected += 1;
        self.find(line, Check::UnreadableRow, None, message);
    }

    /// Counts the blank answers of a form to what it asked.
    pub fn count_blanks(&mut self, lane: usize, elements: &[(&str, Cell<'_>)], row: &ResponseRow) {
        let counts = &mut self.tallies[lane].blank;
        let from = counts.len() - elements.len();
        for (count, (code, cell)) in counts[from..].iter_mut().zip(elements) {
            *count += u64::from(cell.trimmed().is_empty() && row.answers.get(code).is_some());
        }
    }

    /// Keeps what was found in a row.
    pub fn find(&mut self, line: u64, check: Check, subject: Option<String>, message: String) {
        self.said.push(Said::new(line, check, subject, message));
    }
}

impl Said {
    /// What was found on `line`.
    pub fn new(line: u64, check: Check, subject: Option<String>, message: String) -> Self {
        Self {
            line,
            check,
            subject,
            message,
        }
    }

    /// The finding; `place` stands before its line.
    pub fn finding(self, place: &str) -> RowFinding {
        // A finding on a known subject carries its number, so that it is counted where the case is.
        let place = format!("{place}:{}", self.line);
        let finding = match &self.subject {
            Some(id) => Finding::new(self.check, id, format!("{place}: {}", self.message)),
            None => Finding::new(self.check, place, self.message),
        };
        RowFinding {
            finding,
            subject: self.subject,
        }
    }
}

impl Tally {
    /// Of this many columns.
    pub fn new(size: usize) -> Self {
        Self {
            filled: vec![0; size],
            unreadable: vec![0; size],
            example: vec![None; size],
            blank: vec![0; size],
        }
    }

    /// Joins the tally of the next part.
    pub fn add(&mut self, other: Tally) {
        for (all, new) in self.filled.iter_mut().zip(&other.filled) {
            *all += new;
        }
        for (all, new) in self.unreadable.iter_mut().zip(&other.unreadable) {
            *all += new;
        }
        for (all, new) in self.blank.iter_mut().zip(&other.blank) {
            *all += new;
        }
        for (all, new) in self.example.iter_mut().zip(other.example) {
            *all = all.take().or(new);
        }
    }
}
