//! What was read, frozen: the contract's rows and the findings of the reading.

pub mod contract;
pub mod view;
pub(crate) mod words;

pub use contract::{CaseRow, Outcome, Snapshot, StepRow};
