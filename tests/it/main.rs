//! All tests that use the library from outside, in one binary: each further one would link polars again.

mod cli;

mod oracle;
mod score_properties;
mod support;
