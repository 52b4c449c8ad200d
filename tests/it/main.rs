//! The one test binary (each further one would link polars again).

mod event_log;
mod files;
mod import;
mod snapshot;
mod source;
