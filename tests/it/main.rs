//! One test binary: each further one would link polars again.

mod browser;
mod office;
mod report;
mod report_fixture;
