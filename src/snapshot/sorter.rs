//! Any number of rows put into their order in bounded memory: sorted in parts, parts that do not fit laid aside on disk.
//!
//! In: rows, in any order. Out: [`Sorted`], which gives them in order as often as asked. A part aside is a file without a
//! name: the system removes it when the program ends, however it ends.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use rayon::slice::ParallelSliceMut;

use super::pack::Packed;

/// Buffer of a file aside that is read: with a thousand of them still small.
const BUFFER: usize = 64 * 1024;

/// Packed rows in one block of memory.
#[derive(Debug, Default)]
struct Block {
    bytes: Vec<u8>,
    /// Begin and end of each row.
    rows: Vec<(u32, u32)>,
}

impl Block {
    fn get(&self, at: usize) -> Option<&[u8]> {
        let (from, to) = *self.rows.get(at)?;
        Some(&self.bytes[from as usize..to as usize])
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        let row = |(from, to): &(u32, u32)| &bytes[*from as usize..*to as usize];
        if !self.rows.is_sorted_by(|a, b| row(a) <= row(b)) {
            self.rows.par_sort_unstable_by(|a, b| row(a).cmp(row(b)));
        }
    }
}

/// Takes rows in.
#[derive(Debug)]
pub struct Sorter<R> {
    block: Block,
    aside: Vec<File>,
    budget: usize,
    folder: PathBuf,
    count: u64,
    rows: PhantomData<R>,
}

impl<R: Packed> Sorter<R> {
    /// A sorter that holds about `budget` bytes and lays what does not fit aside in `folder`, made where it is missing.
    pub fn new(folder: &Path, budget: usize) -> Self {
        Self {
            block: Block::default(),
            aside: Vec::new(),
            // Rows are found by 32-bit places.
            budget: budget.min(1 << 31),
            folder: folder.to_path_buf(),
            count: 0,
            rows: PhantomData,
        }
    }

    /// Takes a row.
    ///
    /// # Errors
    /// A full block cannot be laid aside.
    pub fn push(&mut self, row: &R) -> io::Result<()> {
        let from = self.block.bytes.len();
        row.pack(&mut self.block.bytes);
        let to = self.block.bytes.len();
        self.block.rows.push((from as u32, to as u32));
        self.count += 1;
        match to + self.block.rows.len() * size_of::<(u32, u32)>() > self.budget {
            true => self.lay_aside(),
            false => Ok(()),
        }
    }

    fn lay_aside(&mut self) -> io::Result<()> {
        self.block.sort();
        std::fs::create_dir_all(&self.folder)?;
        let file = tempfile::tempfile_in(&self.folder)?;
        let mut out = BufWriter::with_capacity(1 << 20, file);
        for (from, to) in &self.block.rows {
            out.write_all(&(to - from).to_le_bytes())?;
            out.write_all(&self.block.bytes[*from as usize..*to as usize])?;
        }
        self.aside
            .push(out.into_inner().map_err(io::IntoInnerError::into_error)?);
        self.block.bytes.clear();
        self.block.rows.clear();
        Ok(())
    }

    /// All rows taken, ready to be read in order.
    pub fn finish(mut self) -> Sorted<R> {
        self.block.sort();
        Sorted {
            block: self.block,
            aside: self.aside,
            count: self.count,
            rows: PhantomData,
        }
    }
}

/// Rows in order.
#[derive(Debug)]
pub struct Sorted<R> {
    block: Block,
    aside: Vec<File>,
    count: u64,
    rows: PhantomData<R>,
}

impl<R: Packed> Sorted<R> {
    /// How many rows there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The rows from the first on; one reading at a time, since it moves along the files aside.
    ///
    /// # Errors
    /// A file aside cannot be read.
    pub fn read(&mut self) -> io::Result<Merge<'_, R>> {
        let mut parts = vec![Part::Memory {
            block: &self.block,
            next: 0,
        }];
        for file in &mut self.aside {
            file.rewind()?;
            parts.push(Part::Aside {
                file: BufReader::with_capacity(BUFFER, file),
                row: Vec::new(),
            });
        }
        let mut merge = Merge {
            heads: BinaryHeap::new(),
            parts,
            rows: PhantomData,
        };
        for at in 0..merge.parts.len() {
            merge.advance(at)?;
        }
        Ok(merge)
    }
}

#[derive(Debug)]
enum Part<'a> {
    Memory {
        block: &'a Block,
        next: usize,
    },
    Aside {
        file: BufReader<&'a mut File>,
        row: Vec<u8>,
    },
}

impl Part<'_> {
    /// Moves to the next row; false after the last.
    fn advance(&mut self) -> io::Result<bool> {
        match self {
            Part::Memory { block, next } => {
                *next += 1;
                Ok(*next <= block.rows.len())
            }
            Part::Aside { file, row } => {
                let mut length = [0; 4];
                match file.read_exact(&mut length) {
                    Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
                    read => read?,
                }
                row.resize(u32::from_le_bytes(length) as usize, 0);
                file.read_exact(row)?;
                Ok(true)
            }
        }
    }

    fn row(&self) -> &[u8] {
        match self {
            Part::Memory { block, next } => block.get(next - 1).unwrap_or(&[]),
            Part::Aside { row, .. } => row,
        }
    }
}

/// The next row of a part.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    row: Vec<u8>,
    part: usize,
}

impl Ord for Head {
    /// Reversed: the heap gives its greatest.
    fn cmp(&self, other: &Self) -> Ordering {
        (&other.row, other.part).cmp(&(&self.row, self.part))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A reading of sorted rows.
#[derive(Debug)]
pub struct Merge<'a, R> {
    heads: BinaryHeap<Head>,
    parts: Vec<Part<'a>>,
    rows: PhantomData<R>,
}

impl<R: Packed> Merge<'_, R> {
    fn advance(&mut self, part: usize) -> io::Result<()> {
        if self.parts[part].advance()? {
            let row = self.parts[part].row().to_vec();
            self.heads.push(Head { row, part });
        }
        Ok(())
    }

    /// The bytes of the next row.
    pub fn peek(&self) -> Option<&[u8]> {
        self.heads.peek().map(|h| h.row.as_slice())
    }

    /// The next row.
    ///
    /// # Errors
    /// A file aside cannot be read.
    pub fn pop(&mut self) -> io::Result<Option<R>> {
        let Some(mut head) = self.heads.peek_mut() else {
            return Ok(None);
        };
        let row = R::unpack(&head.row).map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidData, "rows laid aside were changed")
        })?;
        let part = &mut self.parts[head.part];
        if part.advance()? {
            head.row.clear();
            head.row.extend_from_slice(part.row());
        } else {
            std::collections::binary_heap::PeekMut::pop(head);
        }
        Ok(Some(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::StepRow;

    fn step(n: i64) -> StepRow {
        StepRow {
            case_id: format!("B-{}", n * 7_919 % 1_000),
            step: 7,
            started_at: Some(n),
            completed_at: None,
            officer: None,
            result: None,
        }
    }

    fn sorted(budget: usize) -> (usize, Vec<StepRow>) {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path(), budget);
        for n in 0..1_000 {
            sorter.push(&step(n)).unwrap();
        }
        let mut sorted = sorter.finish();
        assert_eq!(sorted.count(), 1_000);
        let aside = sorted.aside.len();
        let mut first = Vec::new();
        for _twice in 0..2 {
            let mut rows = Vec::new();
            let mut merge = sorted.read().unwrap();
            while let Some(row) = merge.pop().unwrap() {
                rows.push(row);
            }
            assert!(first.is_empty() || first == rows, "read again");
            first = rows;
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        (aside, first)
    }

    #[test]
    fn rows_laid_aside_come_back_in_order() {
        let (none, whole) = sorted(1 << 20);
        let (several, parts) = sorted(2_000);
        assert_eq!(none, 0);
        assert!(several > 10, "{several}");
        assert!(whole.is_sorted());
        assert_eq!(whole, parts);
    }
}
