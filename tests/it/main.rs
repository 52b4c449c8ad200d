//! All tests that use the library from outside, in one binary: each further one would link polars again.

mod binary;
mod browser;
mod cli;
mod databases;
mod days;
mod event_log;
mod files;
mod import;
mod measures;
mod office;
mod oracle;
mod reading;
mod real_input;
mod report;
mod report_fixture;
mod score_properties;
mod score_rules;
mod servers;
mod snapshot;
mod source;
mod standards;
mod support;
mod whole;
