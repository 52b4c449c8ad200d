//! Publish: an edition whole or not at all, and the files other programs read.
//!
//! In: finished bytes and figures. Out: folders under `reports/` and tables where the caller says. Nothing is computed here.

pub mod due;
pub mod edition;
pub mod ikm;
pub mod log;
pub mod manifest;
pub mod performance;
pub mod run;
pub mod tables;
