//! A sheet of this report.
//!
//! In: its figures. Out: words of its dimensions. It must not compute.

use crate::report::monthly::context::Context;
use crate::report::performance::words;
use crate::report::xlsx::sheet;

/// A worksheet being written from above.
pub type Sheet<'a, 'b> = sheet::Sheet<'b, Context<'a>>;

/// A value of the dimension `step` in words; what no recorded step accounts for as it is.
pub fn step_label(c: &Context, step: &str) -> String {
    match step.parse() {
        Ok(number) => words::step(c, number),
        Err(_) => step.to_owned(),
    }
}
