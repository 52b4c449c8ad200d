//! The one test binary (each further one would link polars again).

mod import;
mod snapshot;
mod source;
