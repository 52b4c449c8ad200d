//! The clock: working-day index, service seconds, pauses and offsets, as plain Rust on slices.
//!
//! In: a calendar compiled for one table of hours, instants. Out: day numbers and seconds, exact integers.
//! Nothing here knows of steps, verdicts or reports (scoring.md, sections 2 and 3).

pub mod days;
pub mod offset;
pub mod pause;

pub use days::{DayTable, OutsideCalendar};
pub use offset::{Clock, Reading};
pub use pause::Pause;
