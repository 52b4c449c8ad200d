//! Event logs.

pub mod xes;
