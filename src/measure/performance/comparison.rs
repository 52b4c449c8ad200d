//! Officers beside what their own mix of work would lead to: limits missed against those expected (indirect standardisation).
//!
//! In: the [`Ledger`]. Out: figures, the points of a funnel plot, and each officer's executions over a limit. A stratum is
//! step, permit type and month of completion; where nobody else worked in it, it tells nothing of the officer. It must not
//! rank.

use std::collections::BTreeMap;

use crate::instant::{Day, Instant};
use crate::measure::performance::passage::Arrival;
use crate::measure::performance::{Ledger, View};
use crate::measure::put::Writer;
use crate::score::{DayVerdict, MinuteVerdict};

/// What is held against the expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Every limit the execution is judged by.
    Standard,
    /// The day window alone.
    Window,
    /// The service minutes alone.
    Minutes,
}

impl Measure {
    pub const ALL: [Measure; 3] = [Measure::Standard, Measure::Window, Measure::Minutes];

    /// Value of the dimension `measure`.
    pub fn code(self) -> &'static str {
        match self {
            Measure::Standard => "standard",
            Measure::Window => "window",
            Measure::Minutes => "minutes",
        }
    }

    /// In words, formal Indonesian.
    pub fn label(self) -> &'static str {
        match self {
            Measure::Standard => "Seluruh batas",
            Measure::Window => "Batas hari",
            Measure::Minutes => "Batas menit",
        }
    }
}

/// Where an officer lies in the funnel. More limits missed than expected is above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    Inside,
    Above95,
    Below95,
    Above998,
    Below998,
    /// Too few executions that can be compared, or strata in which nothing can vary.
    NoComparison,
}

impl Position {
    /// In words, formal Indonesian.
    pub fn label(self) -> &'static str {
        match self {
            Position::Inside => "Dalam batas kewajaran",
            Position::Above95 => "Di atas batas 95 %",
            Position::Below95 => "Di bawah batas 95 %",
            Position::Above998 => "Di atas batas 99,8 %",
            Position::Below998 => "Di bawah batas 99,8 %",
            Position::NoComparison => "Tidak diperbandingkan",
        }
    }
}

/// One officer and measure in the funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelPoint {
    pub officer: String,
    pub measure: Measure,
    /// Executions compared.
    pub n: u64,
    /// Executions in strata nobody else worked in.
    pub alone: u64,
    /// Limits missed among the `n`.
    pub observed: u64,
    pub expected: f64,
    pub variance: f64,
    pub lower95: u64,
    pub upper95: u64,
    pub lower998: u64,
    pub upper998: u64,
    /// Observed over expected; None where nothing is expected or there is no comparison.
    pub ratio: Option<f64>,
    pub position: Position,
}

/// An execution over a limit, for the sheet of the officer who did it.
#[derive(Debug, Clone, PartialEq)]
pub struct LateExecution {
    pub case_id: String,
    pub service: String,
    pub step: i32,
    pub number: u32,
    pub started: Option<Instant>,
    pub completed: Instant,
    /// Last day of the window.
    pub deadline: Option<Day>,
    pub day: DayVerdict,
    pub minute: MinuteVerdict,
    pub service_seconds: Option<i64>,
    /// Upper bound of service minutes.
    pub minutes_max: Option<u32>,
    /// Where the window's limit passed; None where it was kept.
    pub arrival: Option<Arrival>,
}

/// Funnel and lists.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// By officer and measure; the unrecorded are not in it.
    pub funnel: Vec<FunnelPoint>,
    /// Executions over a limit by officer ([`super::UNRECORDED`] where none is recorded), by completion, case and step.
    pub late: BTreeMap<String, Vec<LateExecution>>,
}

/// Writes the figures that hold officers against the expected.
pub fn write(_w: &mut Writer, _view: &View, _ledger: &Ledger) -> Comparison {
    Comparison::default()
}
