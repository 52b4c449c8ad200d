//! The workbook library writes rows to temporary files as they come and panics where the disk takes no more. Here that
//! becomes an error like any other; nothing else may be run in this guard.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

static GUARDED: AtomicUsize = AtomicUsize::new(0);

/// Whether a panic would be caught and told as an error: a panic hook stays silent then.
pub fn is_active() -> bool {
    GUARDED.load(Ordering::SeqCst) > 0
}

/// Runs the making of a workbook.
///
/// # Errors
/// Its own errors, and a panic of the workbook library in one sentence.
pub fn guarded<T>(make: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    GUARDED.fetch_add(1, Ordering::SeqCst);
    // What was being made is dropped with the panic; nothing half made is looked at afterwards.
    let made = catch_unwind(AssertUnwindSafe(make));
    GUARDED.fetch_sub(1, Ordering::SeqCst);
    made.unwrap_or_else(|panic| {
        anyhow::bail!(
            "the workbook could not be written to the temporary folder {} ({}); free space there is the usual cure",
            std::env::temp_dir().display(),
            words(panic.as_ref())
        )
    })
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("no reason given").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_one_sentence() {
        let error = guarded::<()>(|| panic!("no room\nat all")).unwrap_err();
        assert!(
            error.to_string().contains("(no room at all); free space"),
            "{error}"
        );
        assert_eq!(guarded(|| Ok(3)).unwrap(), 3);
    }
}
