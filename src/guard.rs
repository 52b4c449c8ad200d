//! Some libraries panic on what a careful one would return as an error: a full disk, a damaged file. Here that becomes an
//! error like any other. Only calls into such a library may be run in the guard, and nothing half made is looked at behind it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

static GUARDED: AtomicUsize = AtomicUsize::new(0);

/// Whether a panic would be caught and told as an error: a panic hook stays silent then.
pub fn is_active() -> bool {
    GUARDED.load(Ordering::SeqCst) > 0
}

/// Runs `make`.
///
/// # Errors
/// The words of a panic, on one line.
pub fn caught<T>(make: impl FnOnce() -> T) -> Result<T, String> {
    GUARDED.fetch_add(1, Ordering::SeqCst);
    let made = catch_unwind(AssertUnwindSafe(make));
    GUARDED.fetch_sub(1, Ordering::SeqCst);
    made.map_err(|panic| words(panic.as_ref()))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("no reason given").replace('\n', " ")
}
