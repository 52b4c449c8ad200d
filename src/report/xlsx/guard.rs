//! The workbook library writes rows to temporary files as they come and panics where the disk takes no more. Here that
//! becomes an error like any other; nothing else may be run in this guard.

use crate::guard::caught;

/// Runs the making of a workbook.
///
/// # Errors
/// Its own errors, and a panic of the workbook library in one sentence.
pub fn guarded<T>(make: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    caught(make).unwrap_or_else(|words| {
        anyhow::bail!(
            "the workbook could not be written to the temporary folder {} ({words}); free space there is the usual cure",
            std::env::temp_dir().display()
        )
    })
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
