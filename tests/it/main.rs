//! All tests that use the library from outside, in one binary: each further one would link polars again.

mod cli;

mod days;
mod oracle;
mod score_properties;
mod standards;
mod support;
//! The one test binary (each further one would link polars again).

mod import;
mod snapshot;
mod source;
//! One test binary: each further one would link polars again.

mod browser;
mod office;
mod report;
mod report_fixture;
