//! Statistics of counts and whole numbers: shares and their intervals, exact order statistics, the Kaplan-Meier median, and
//! the comparison that allows for the mix of work.
//!
//! In: counts. Out: numbers. Must not know of cases, indicators or words. Each formula names its source, and each is held
//! against published values in `tests/fixtures/statistics`.

mod histogram;
pub mod mix;
mod quantile;
mod shares;
mod survival;

pub use histogram::Histogram;
pub use quantile::quantile;
pub use shares::{newcombe, wilson};
pub use survival::Survival;

/// Standard normal quantile of a two-sided 95 % interval.
const Z_95: f64 = 1.959_963_984_540_054;
