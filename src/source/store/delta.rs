//! What an import changes: the incoming rows of a file against the stored rows of the same identities.
//!
//! In: two sets of rows, repeats counted. Out: rows to add, rows to take out with what replaced them, counts. No SQL.

use std::cmp::Ordering;

use rayon::slice::ParallelSliceMut;

use super::record::Record;

/// A stored row that goes, and the row that takes its place, where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal<R> {
    /// The store's number of the row.
    pub number: i64,
    pub old: R,
    pub new: Option<R>,
}

/// The changes, and how many rows of the file were new, replaced another, or were there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta<R> {
    pub insert: Vec<R>,
    pub remove: Vec<Removal<R>>,
    pub new: u64,
    pub replaced: u64,
    pub same: u64,
}

/// Compares identity by identity. Stored identities that the file does not hold stay as they are. Repeats count: a row
/// twice in the file is stored twice, and the same file again finds both.
pub fn delta<R: Record>(mut incoming: Vec<R>, mut stored: Vec<(i64, R)>) -> Delta<R> {
    let order = |a: &R, b: &R| a.by_identity(b).then_with(|| a.cmp(b));
    if !incoming.is_sorted_by(|a, b| order(a, b) != Ordering::Greater) {
        incoming.par_sort_unstable_by(order);
    }
    stored.sort_unstable_by(|(i, a), (j, b)| order(a, b).then(i.cmp(j)));
    let mut delta = Delta {
        insert: Vec::new(),
        remove: Vec::new(),
        new: 0,
        replaced: 0,
        same: 0,
    };
    if stored.is_empty() {
        delta.new = incoming.len() as u64;
        delta.insert = incoming;
        return delta;
    }
    let mut stored = stored.into_iter().peekable();
    let mut incoming = incoming.into_iter().peekable();
    while let Some(first) = incoming.next() {
        let mut arriving = vec![first];
        while let Some(next) = incoming.next_if(|r| r.by_identity(&arriving[0]) == Ordering::Equal)
        {
            arriving.push(next);
        }
        while stored
            .next_if(|(_, r)| r.by_identity(&arriving[0]) == Ordering::Less)
            .is_some()
        {}
        let mut present = Vec::new();
        while let Some(next) =
            stored.next_if(|(_, r)| r.by_identity(&arriving[0]) == Ordering::Equal)
        {
            present.push(next);
        }
        delta.group(arriving, present);
    }
    delta
}

impl<R: Record> Delta<R> {
    /// One identity: both sides sorted by row.
    fn group(&mut self, arriving: Vec<R>, present: Vec<(i64, R)>) {
        let mut present = present.into_iter().peekable();
        let (mut added, mut gone) = (Vec::new(), Vec::new());
        for row in arriving {
            while let Some(old) = present.next_if(|(_, old)| *old < row) {
                gone.push(old);
            }
            if present.next_if(|(_, old)| *old == row).is_some() {
                self.same += 1;
            } else {
                added.push(row);
            }
        }
        gone.extend(present);
        let replaced = added.len().min(gone.len());
        self.replaced += replaced as u64;
        self.new += (added.len() - replaced) as u64;
        for (at, (number, old)) in gone.into_iter().enumerate() {
            let new = added.get(at).cloned();
            self.remove.push(Removal { number, old, new });
        }
        self.insert.append(&mut added);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::StepRow;
    use crate::source::row::StepRecord;

    fn step(started: Option<i64>, officer: &str) -> StepRecord {
        StepRecord {
            row: StepRow {
                case_id: "B-1".into(),
                step: 7,
                started_at: started,
                completed_at: None,
                officer: Some(officer.into()),
                result: None,
            },
            row_id: None,
        }
    }

    fn stored(rows: &[StepRecord]) -> Vec<(i64, StepRecord)> {
        (1..).zip(rows.iter().cloned()).collect()
    }

    fn counts(incoming: &[StepRecord], present: &[StepRecord]) -> (u64, u64, u64, usize) {
        let d = delta(incoming.to_vec(), stored(present));
        (d.new, d.replaced, d.same, d.remove.len())
    }

    #[test]
    fn repeats_are_counted_and_never_doubled() {
        let (a, b) = (step(Some(1), "P1"), step(Some(1), "P2"));
        let twice = [a.clone(), a.clone()];
        assert_eq!(counts(&twice, &[]), (2, 0, 0, 0));
        assert_eq!(counts(&twice, &twice), (0, 0, 2, 0));
        assert_eq!(counts(&twice, std::slice::from_ref(&a)), (1, 0, 1, 0));
        assert_eq!(
            counts(std::slice::from_ref(&a), &twice),
            (0, 0, 1, 1),
            "one repeat goes, and is recorded"
        );
        assert_eq!(
            counts(std::slice::from_ref(&b), std::slice::from_ref(&a)),
            (0, 1, 0, 1),
            "a correction"
        );
        assert_eq!(
            counts(&[step(Some(2), "P1")], &[a]),
            (1, 0, 0, 0),
            "another start is another row"
        );
    }

    #[test]
    fn rows_without_times_are_told_apart_by_their_number_only() {
        let (a, b) = (step(None, "P1"), step(None, "P2"));
        assert_eq!(counts(&[a.clone(), b.clone()], &[]), (2, 0, 0, 0));
        assert_eq!(
            counts(&[b.clone(), a.clone()], &[a.clone(), b.clone()]),
            (0, 0, 2, 0)
        );
        assert_eq!(
            counts(&[a.clone(), step(None, "P3")], &[a, b]),
            (0, 1, 1, 1)
        );
    }
}
