//! Words shared by the findings of scoring.

use crate::instant::Instant;

/// Local date and time for a finding's message, e.g. `30-06-2026 14.05.09`.
pub fn when(t: Instant) -> String {
    let s = t.second_of_day();
    format!(
        "{} {:02}.{:02}.{:02}",
        t.date().format("%d-%m-%Y"),
        s / 3600,
        s / 60 % 60,
        s % 60
    )
}
