//! The program's log: stderr, filtered by the environment variable TEPAT_LOG, without colour in a file.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use super::Failure;

/// The environment variable that says what is logged, e.g. `info` or `tepat::source=debug`.
const VARIABLE: &str = "TEPAT_LOG";

/// Starts the log. Without TEPAT_LOG, warnings and errors are shown.
///
/// # Errors
/// A TEPAT_LOG that is no filter.
pub fn start() -> Result<(), Failure> {
    let words = std::env::var(VARIABLE).unwrap_or_else(|_| "warn".to_owned());
    let filter = EnvFilter::try_new(&words).map_err(|_| {
        Failure::usage_sentence(format!(
            "{VARIABLE} is `{words}`, which is no log filter: write error, warn, info, debug or trace, or MODULE=LEVEL"
        ))
    })?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .without_time()
        .with_target(false)
        .init();
    Ok(())
}
