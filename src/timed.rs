//! How long a part of a run took, for the log: `TEPAT_LOG=debug` shows it.
//!
//! In: work. Out: what it gives, unchanged. No figure may depend on it.

use std::time::Instant;

/// Does the work and says to the log how many seconds it took.
pub fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = work();
    tracing::debug!("{what}: {:.2} s", begun.elapsed().as_secs_f64());
    done
}
