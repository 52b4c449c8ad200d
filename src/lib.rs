//! tepat: holds every step of a licensing office's cases against its own service standard.
//!
//! The data's way: source, snapshot, score, measure, report, publish. Each module says what goes in and out of it.

/// Millions of small texts are read, kept for a moment and dropped; the system's allocator took a sixth of that time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod atomic;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod digest;
pub mod exact;
pub mod explain;
pub mod finding;
pub mod format;
pub mod guard;
pub mod instant;
pub mod measure;
pub mod period;
pub mod publish;
pub mod report;
pub mod score;
pub mod snapshot;
pub mod source;
pub mod standard;
pub mod timed;
