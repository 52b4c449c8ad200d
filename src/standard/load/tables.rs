//! Day tables compiled once per table of hours and shared by all standards that have it.

use std::sync::Arc;

use crate::clock::DayTable;
use crate::standard::calendar::{Calendar, WeekHours};

/// The tables of one calendar.
pub(super) struct Tables {
    calendar: Arc<Calendar>,
    working: Vec<(WeekHours, Arc<DayTable>)>,
    dates: Arc<DayTable>,
}

impl Tables {
    pub fn new(calendar: Arc<Calendar>) -> Self {
        Self {
            dates: Arc::new(DayTable::every_date(&calendar)),
            calendar,
            working: Vec::new(),
        }
    }

    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The axis of calendar days.
    pub fn dates(&self) -> Arc<DayTable> {
        self.dates.clone()
    }

    /// The working days under these hours.
    pub fn working(&mut self, hours: WeekHours) -> Arc<DayTable> {
        if let Some((_, table)) = self.working.iter().find(|(known, _)| *known == hours) {
            return table.clone();
        }
        let table = Arc::new(DayTable::working(&self.calendar, &hours));
        self.working.push((hours, table.clone()));
        table
    }
}
