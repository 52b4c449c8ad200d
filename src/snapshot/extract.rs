//! The records as read, any number of them: sorted, in memory as far as they fit, the rest aside on disk.
//!
//! In: rows and findings in the order in which a source delivers them. Out: the rows of one case after the other, cut off at
//! any `as_of`, as often as asked: one reading of a source serves many reports.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::contract::{CaseRow, Noted, Snapshot, StepRow};
use super::pack::{Packed, first_text};
use super::sorter::{Merge, Sorted, Sorter};
use super::view::{Cut, Group};
use crate::finding::Finding;

/// Memory for rows before they are laid aside, in bytes. With all else it keeps a reading under 300 MB.
const STEP_BUDGET: usize = 96 << 20;
const CASE_BUDGET: usize = 24 << 20;
const FINDING_BUDGET: usize = 16 << 20;

/// Takes rows and findings in as they are read.
#[derive(Debug)]
pub struct Gathering {
    cases: Sorter<CaseRow>,
    steps: Sorter<StepRow>,
    findings: Sorter<Noted>,
}

impl Gathering {
    /// What does not fit into memory is laid aside in `folder`.
    pub fn new(folder: &Path) -> Self {
        Self {
            cases: Sorter::new(folder, CASE_BUDGET),
            steps: Sorter::new(folder, STEP_BUDGET),
            findings: Sorter::new(folder, FINDING_BUDGET),
        }
    }

    /// Takes a row of `cases`.
    ///
    /// # Errors
    /// Rows cannot be laid aside, as when the disk is full.
    pub fn case(&mut self, row: &CaseRow) -> io::Result<()> {
        self.cases.push(row)
    }

    /// Takes a row of `steps`.
    ///
    /// # Errors
    /// As [`Gathering::case`].
    pub fn step(&mut self, row: &StepRow) -> io::Result<()> {
        self.steps.push(row)
    }

    /// Takes a finding of the reading.
    ///
    /// # Errors
    /// As [`Gathering::case`].
    pub fn finding(&mut self, finding: &Noted) -> io::Result<()> {
        self.findings.push(finding)
    }

    /// All that was read.
    pub fn finish(self) -> Extract {
        Extract {
            cases: self.cases.finish(),
            steps: self.steps.finish(),
            findings: self.findings.finish(),
        }
    }
}

/// What was read.
#[derive(Debug)]
pub struct Extract {
    cases: Sorted<CaseRow>,
    steps: Sorted<StepRow>,
    findings: Sorted<Noted>,
}

impl Extract {
    /// An extract of rows that are in memory; a finding is of the case that its key names.
    ///
    /// # Errors
    /// As [`Gathering::case`]; what fits into memory cannot fail.
    pub fn of(snapshot: &Snapshot, folder: &Path) -> io::Result<Self> {
        let mut gathering = Gathering::new(folder);
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        for row in &snapshot.cases {
            ids.insert(&row.case_id);
            gathering.case(row)?;
        }
        for row in &snapshot.steps {
            ids.insert(&row.case_id);
            gathering.step(row)?;
        }
        for finding in &snapshot.findings {
            let case_id = named_case(&finding.key, &ids);
            gathering.finding(&Noted {
                case_id,
                finding: finding.clone(),
            })?;
        }
        Ok(gathering.finish())
    }

    /// Rows of cases and of steps, as read.
    pub fn counts(&self) -> (u64, u64) {
        (self.cases.count(), self.steps.count())
    }

    /// Time of the first receipt, UTC microseconds; None where none is recorded.
    ///
    /// # Errors
    /// Rows laid aside cannot be read.
    pub fn first_received(&mut self) -> io::Result<Option<i64>> {
        let mut rows = self.cases.read()?;
        let mut first = None;
        while let Some(row) = rows.pop()? {
            first = [first, row.received_at].into_iter().flatten().min();
        }
        Ok(first)
    }

    /// The rows of one case after the other, cut off.
    ///
    /// # Errors
    /// Rows laid aside cannot be read.
    pub fn groups<'a>(&'a mut self, cut: &'a Cut<'a>) -> io::Result<Groups<'a>> {
        Ok(Groups {
            cases: self.cases.read()?,
            steps: self.steps.read()?,
            findings: self.findings.read()?,
            key: Vec::new(),
            cut,
        })
    }

    /// Everything that is left after the cut, in memory.
    ///
    /// # Errors
    /// Rows laid aside cannot be read.
    pub fn view(&mut self, cut: &Cut) -> io::Result<Snapshot> {
        let mut snapshot = Snapshot::default();
        let mut groups = self.groups(cut)?;
        while let Some((mut group, mut findings)) = groups.advance()? {
            snapshot.cases.append(&mut group.cases);
            snapshot.steps.append(&mut group.steps);
            snapshot.findings.append(&mut findings);
        }
        snapshot.findings.sort_unstable();
        Ok(snapshot)
    }
}

/// A reading of an extract, case by case.
#[derive(Debug)]
pub struct Groups<'a> {
    cases: Merge<'a, CaseRow>,
    steps: Merge<'a, StepRow>,
    findings: Merge<'a, Noted>,
    /// Packed id of the case being read.
    key: Vec<u8>,
    cut: &'a Cut<'a>,
}

impl Groups<'_> {
    /// The next case that is there after the cut, with the findings of its reading. Findings on no case come first, with no
    /// rows.
    ///
    /// # Errors
    /// Rows laid aside cannot be read.
    pub fn advance(&mut self) -> io::Result<Option<(Group, Vec<Finding>)>> {
        loop {
            let heads = [self.cases.peek(), self.steps.peek(), self.findings.peek()];
            let Some(key) = heads.into_iter().flatten().map(first_text).min() else {
                return Ok(None);
            };
            self.key.clear();
            self.key.extend_from_slice(key);
            let mut group = Group {
                cases: taken(&mut self.cases, &self.key)?,
                steps: taken(&mut self.steps, &self.key)?,
            };
            let findings = taken(&mut self.findings, &self.key)?;
            if group.cut(self.cut) {
                return Ok(Some((
                    group,
                    findings.into_iter().map(|n| n.finding).collect(),
                )));
            }
        }
    }
}

impl std::fmt::Debug for Cut<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cut")
            .field("as_of", &self.as_of)
            .field("bound", &self.bound)
            .finish_non_exhaustive()
    }
}

/// The known case that a finding's key names.
fn named_case(key: &str, ids: &BTreeSet<&str>) -> Option<String> {
    let heads = key.match_indices('/').map(|(i, _)| &key[..i]);
    let named = std::iter::once(key)
        .chain(heads)
        .find(|id| ids.contains(id));
    named.map(str::to_owned)
}

/// The next rows that begin with `key`.
fn taken<R: Packed>(rows: &mut Merge<'_, R>, key: &[u8]) -> io::Result<Vec<R>> {
    let mut own = Vec::new();
    while rows.peek().is_some_and(|row| row.starts_with(key)) {
        own.extend(rows.pop()?);
    }
    Ok(own)
}
