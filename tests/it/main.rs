//! The one integration test binary: every further one would link polars again.

mod oracle;
mod score_properties;
mod score_rules;
mod support;
