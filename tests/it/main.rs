//! All tests that use the library from outside, in one binary: each further one would link polars again.

mod binary;
mod browser;
mod cli;
mod days;
mod dry_run;
mod event_log;
mod export;
mod files;
mod import;
mod kinds;
mod measures;
mod office;
mod oracle;
mod parquet_files;
mod real_input;
mod report;
mod report_fixture;
mod score_properties;
mod score_rules;
mod snapshot;
mod source;
mod standards;
mod support;
mod whole;
mod workbooks;
mod xes;
