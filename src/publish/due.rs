//! Which months are over and have records: what a catching-up run publishes, oldest first.

use chrono_tz::Tz;

use crate::instant::Instant;
use crate::period::Period;
use crate::snapshot::Snapshot;

/// Months from the first receipt to the last month that has ended at `as_of`.
pub fn months(snapshot: &Snapshot, zone: Tz, as_of: Instant) -> Vec<Period> {
    let first = snapshot.cases.iter().filter_map(|c| c.received_at).min();
    let Some(first) = first.map(|t| Instant::from_utc_micros(t, zone).date()) else {
        return Vec::new();
    };
    let mut months: Vec<Period> = Vec::new();
    let mut period = Period::month_of(as_of.date()).back(1);
    while period.end() > first {
        months.push(period);
        period = period.back(1);
    }
    months.reverse();
    months
}
