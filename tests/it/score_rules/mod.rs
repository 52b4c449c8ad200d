//! Every rule of the score as a table: input in office time, the answer worked out by hand from the rules.
//!
//! Days of June 2026 under KOM-03: Monday 1 and Tuesday 16 are holidays, Friday closes at 11.00. With H on Tuesday 2:
//! H+2 Thu 4, H+8 Fri 12, H+12 Fri 19, H+13 Mon 22.

mod clocks;
mod days;
mod limits;
mod minutes;
mod outcomes;
mod pauses;
mod sequence;
mod shipped_limits;
