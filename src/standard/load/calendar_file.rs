//! The keys of a file in `standards/calendar/`, as written. What they mean together is checked in `calendar.rs`.

use serde::Deserialize;
use toml::{Spanned, Value};

use super::hours::WeekFile;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarFile {
    pub name: Spanned<String>,
    pub extends: Option<Spanned<String>>,
    pub source: Spanned<String>,
    /// Name of a CSV file in the same folder.
    pub holidays: Option<Spanned<String>>,
    #[serde(default)]
    pub year: Vec<YearFile>,
    #[serde(default)]
    pub cancelled: Vec<CancelledFile>,
    #[serde(default)]
    pub holiday: Vec<HolidayFile>,
    #[serde(default)]
    pub closure: Vec<ClosureFile>,
    #[serde(default)]
    pub opening: Vec<OpeningFile>,
    #[serde(default)]
    pub special_hours: Vec<SpecialFile>,
}

/// One year covered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YearFile {
    pub year: Spanned<i32>,
    pub status: Spanned<String>,
    pub basis: Spanned<String>,
}

/// A holiday of a calendar this one extends that a decree took away.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CancelledFile {
    pub date: Spanned<Value>,
    pub kind: Spanned<String>,
    pub basis: Spanned<String>,
}

/// A holiday added.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HolidayFile {
    pub date: Spanned<Value>,
    pub kind: Spanned<String>,
    pub name: Spanned<String>,
    pub status: Spanned<String>,
    pub basis: Spanned<String>,
}

/// A regional closure (libur daerah).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClosureFile {
    pub date: Spanned<Value>,
    pub name: Spanned<String>,
    pub basis: Spanned<String>,
}

/// A date declared open by decision.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OpeningFile {
    pub date: Spanned<Value>,
    pub decision: Spanned<String>,
    pub hours: Spanned<String>,
}

/// Hours that replace the weekly ones for a range of dates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpecialFile {
    pub from: Spanned<Value>,
    pub to: Spanned<Value>,
    pub name: Spanned<String>,
    pub basis: Spanned<String>,
    pub week: Spanned<WeekFile>,
}
