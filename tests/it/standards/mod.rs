//! Standards and calendars as files: the shipped ones hold what the documents say, and every mistake is one sentence.

mod across;
mod broken_calendar;
mod broken_instrument;
mod broken_sop;
mod files;
mod hours;
mod instruments;
mod shipped;

use std::sync::Arc;

use chrono_tz::Asia::Makassar;
use tepat::standard::load::{StandardError, StandardFiles, load_calendar, load_library};
use tepat::standard::{Calendar, Library};

/// A small standard without mistakes; tests put one into it.
pub const SOP: &str = include_str!("../../fixtures/standards/sound.toml");

/// A small calendar without mistakes.
pub const CALENDAR: &str = include_str!("../../fixtures/standards/calendar.toml");

pub fn national() -> Arc<Calendar> {
    let calendar = load_calendar("nasional", &StandardFiles::shipped(), Makassar, false);
    Arc::new(calendar.expect("the shipped calendar is sound"))
}

/// Loads the given files of `standards/sop/` and nothing else.
pub fn load(files: &[(&str, &str)]) -> Result<Library, StandardError> {
    let mut sources = StandardFiles::default();
    for (name, text) in files {
        sources = sources.with(format!("standards/sop/{name}"), *text);
    }
    load_library(&sources, national())
}

/// `text` with one place changed; the place must be there once.
pub fn change(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from:?} must stand once");
    text.replace(from, to)
}
