//! Event logs: XES as a table of events, and the logs that `tepat export` wrote.
//!
//! In: bytes, or the columns of a log. Out: rows for the intake; a mapping. Joining starts and completions is the work of
//! [`super::lifecycle`].

pub mod own;
pub(super) mod rows;
pub(super) mod steps;
pub mod xes;
