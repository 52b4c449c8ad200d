//! Measure: indicators and denominators, from verdicts. Knows nothing of pages or sheets.
//!
//! In: [`crate::score::Scored`] at one or more `as_of`. Out: the tidy [`figures::FigureTable`] and the lists a report prints
//! (cases overdue, at risk, late). All tallies are counts and integer histograms, so parts merge exactly.

pub mod figures;
pub mod groups;
pub mod headline;
pub mod history;
pub mod ikm;
pub mod lists;
pub mod membership;
pub mod overview;
pub mod performance;
pub mod put;
pub mod quality;
pub mod review;
pub mod stage_tally;
pub mod stages;
pub mod stats;
pub mod stays;
pub mod timeline;
pub mod withhold;
pub mod xmr;

pub use figures::{Figure, FigureTable, Group};
pub use overview::{Bottleneck, LateCase, OpenCase, Overview, StageRow, TrendLimits, TrendPoint};
