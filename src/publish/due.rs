//! Which periods are over and have records: what a catching-up run publishes, oldest first.

use chrono::NaiveDate;

use crate::instant::Instant;
use crate::period::Period;

/// Months from that of the first receipt to the last month that has ended at `as_of`.
pub fn months(first: NaiveDate, as_of: Instant) -> Vec<Period> {
    let mut months: Vec<Period> = Vec::new();
    let mut period = Period::month_of(as_of.date()).back(1);
    while period.end() > first {
        months.push(period);
        period = period.back(1);
    }
    months.reverse();
    months
}

/// Semesters from that of the first receipt to the last one that has ended at `as_of`.
pub fn semesters(first: NaiveDate, as_of: Instant) -> Vec<Period> {
    let mut semesters: Vec<Period> = Vec::new();
    let mut period = Period::semester_of(as_of.date()).back(1);
    while period.end() > first {
        semesters.push(period);
        period = period.back(1);
    }
    semesters.reverse();
    semesters
}
