//! What commands say: results on stdout, remarks and progress on stderr.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::Shared;

/// Writes results to stdout.
///
/// # Errors
/// A closed or full stdout; a closed pipe ends the program quietly (`Failure::print`).
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes a result as indented JSON to stdout, for scripts.
///
/// # Errors
/// As [`print()`].
pub fn json(value: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    print(&text)
}

/// A moving sign on stderr for reading, with the rows so far and their rate; none in a log, none with `--quiet`.
pub fn rows(shared: &Shared, message: &'static str) -> ProgressBar {
    moving(
        shared,
        message,
        "{spinner} {msg}: {human_pos} rows, {per_sec}",
    )
}

/// A moving sign on stderr for long work; none in a log, none with `--quiet`.
pub fn spinner(shared: &Shared, message: &'static str) -> ProgressBar {
    moving(shared, message, "{spinner} {msg}")
}

fn moving(shared: &Shared, message: &'static str, template: &str) -> ProgressBar {
    if shared.quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message(message);
    bar.enable_steady_tick(Duration::from_millis(120));
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// A bar on stderr for work of a known length; none in a log, none with `--quiet`.
pub fn bar(shared: &Shared, length: u64, message: &'static str) -> ProgressBar {
    if shared.quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length).with_message(message);
    match ProgressStyle::with_template("{msg} {bar:30} {human_pos}/{human_len}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
