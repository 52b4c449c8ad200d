//! All tests that use the library from outside, in one binary: each further one would link polars again.

mod cli;

mod days;
mod oracle;
mod score_properties;
mod standards;
mod support;
