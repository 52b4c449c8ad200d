//! Rows from one thread to another: a driver goes on fetching while the rows it has given are read by the contract.
//!
//! In: a reading that hands rows to a sink. Out: the same rows, in the same order, in the intake. Values are copied into
//! batches, nothing is understood here. On two cores a reading takes three quarters of the time it takes on one thread.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use chrono::NaiveDateTime;

use super::error::SourceError;
use super::intake::{Elements, Intake, Sink};
use super::row::{Cells, ImportKind, WIDTH};
use super::value::Cell;

/// Rows or bytes of text that go over together, and how many such batches may wait.
const BATCH_ROWS: usize = 2_048;
const BATCH_BYTES: usize = 4 << 20;
const WAITING: usize = 4;

/// Runs `read` with a sink whose rows reach `intake` on a thread of its own; `progress` is told the rows on this one.
///
/// # Errors
/// Those of the intake, else those of the reading.
pub fn relayed(
    intake: &mut Intake,
    progress: &dyn Fn(u64),
    read: impl FnOnce(&mut dyn Sink) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    let (batches, waiting) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        let taking = scope.spawn(move || take(waiting, intake));
        let mut relay = Relay {
            batches,
            batch: Batch::default(),
            taken: 0,
            progress,
        };
        let read = read(&mut relay).and_then(|()| relay.send());
        drop(relay);
        match taking.join() {
            // What the intake refused is why the reading could not go on.
            Ok(took) => took.and(read),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn take(batches: Receiver<Batch>, intake: &mut Intake) -> Result<(), SourceError> {
    for batch in batches {
        batch.hand_over(intake)?;
    }
    Ok(())
}

/// The sink on the side of the driver.
struct Relay<'a> {
    batches: SyncSender<Batch>,
    batch: Batch,
    taken: u64,
    progress: &'a dyn Fn(u64),
}

impl Relay<'_> {
    fn send(&mut self) -> Result<(), SourceError> {
        let batch = std::mem::take(&mut self.batch);
        (self.progress)(batch.rows.len() as u64);
        // The other side ends early only with an error of its own, which is told in place of this one.
        self.batches
            .send(batch)
            .map_err(|_| SourceError::aside(std::io::ErrorKind::BrokenPipe.into()))
    }
}

impl Sink for Relay<'_> {
    fn row(
        &mut self,
        kind: ImportKind,
        cells: &Cells<'_>,
        elements: &Elements<'_>,
    ) -> Result<(), SourceError> {
        self.batch.put(kind, cells, elements);
        self.taken += 1;
        let full = self.batch.rows.len() >= BATCH_ROWS || self.batch.text.len() >= BATCH_BYTES;
        match full {
            true => self.send(),
            false => Ok(()),
        }
    }

    fn taken(&self) -> u64 {
        self.taken
    }
}

/// A [`Cell`] whose text stands in its batch.
#[derive(Clone, Copy)]
enum Kept {
    Empty,
    Text(Place),
    Integer(i64),
    Real(f64),
    Bool(bool),
    Utc(i64),
    Local(NaiveDateTime),
    Broken(Place),
}

/// Begin and end of a text in its batch.
type Place = (u32, u32);

/// Rows on their way.
#[derive(Default)]
struct Batch {
    text: String,
    cells: Vec<Kept>,
    /// Kind and number of elements of each row.
    rows: Vec<(ImportKind, usize)>,
    elements: Vec<(Place, Kept)>,
}

impl Batch {
    fn put(&mut self, kind: ImportKind, cells: &Cells<'_>, elements: &Elements<'_>) {
        for cell in cells {
            let kept = self.keep(*cell);
            self.cells.push(kept);
        }
        for (code, cell) in elements {
            let kept = (self.place(code), self.keep(*cell));
            self.elements.push(kept);
        }
        self.rows.push((kind, elements.len()));
    }

    fn place(&mut self, text: &str) -> Place {
        let from = self.text.len() as u32;
        self.text.push_str(text);
        (from, self.text.len() as u32)
    }

    fn keep(&mut self, cell: Cell<'_>) -> Kept {
        match cell {
            Cell::Empty => Kept::Empty,
            Cell::Text(text) => Kept::Text(self.place(text)),
            Cell::Integer(n) => Kept::Integer(n),
            Cell::Real(x) => Kept::Real(x),
            Cell::Bool(b) => Kept::Bool(b),
            Cell::Utc(micros) => Kept::Utc(micros),
            Cell::Local(local) => Kept::Local(local),
            Cell::Broken(text) => Kept::Broken(self.place(text)),
        }
    }

    fn at(&self, (from, to): Place) -> &str {
        &self.text[from as usize..to as usize]
    }

    fn cell(&self, kept: Kept) -> Cell<'_> {
        match kept {
            Kept::Empty => Cell::Empty,
            Kept::Text(place) => Cell::Text(self.at(place)),
            Kept::Integer(n) => Cell::Integer(n),
            Kept::Real(x) => Cell::Real(x),
            Kept::Bool(b) => Cell::Bool(b),
            Kept::Utc(micros) => Cell::Utc(micros),
            Kept::Local(local) => Cell::Local(local),
            Kept::Broken(place) => Cell::Broken(self.at(place)),
        }
    }

    fn hand_over(&self, intake: &mut Intake) -> Result<(), SourceError> {
        let mut elements = self.elements.as_slice();
        for ((kind, count), kept) in self.rows.iter().zip(self.cells.chunks(WIDTH)) {
            let mut cells: Cells<'_> = [Cell::Empty; WIDTH];
            for (cell, kept) in cells.iter_mut().zip(kept) {
                *cell = self.cell(*kept);
            }
            let (own, rest) = elements.split_at(*count);
            elements = rest;
            let own: Vec<(&str, Cell<'_>)> = own
                .iter()
                .map(|(code, kept)| (self.at(*code), self.cell(*kept)))
                .collect();
            intake.row(*kind, &cells, &own)?;
        }
        Ok(())
    }
}
