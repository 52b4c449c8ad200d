//! Standards as data: service standards (SOP) and the working calendar, loaded once and given to score, measure and report.

pub mod calendar;
pub mod instrument;
pub mod library;
pub mod load;
pub mod sop;

pub use calendar::Calendar;
pub use instrument::{Instrument, Instruments};
pub use library::Library;
pub use sop::*;
