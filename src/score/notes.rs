//! Where the findings of scoring go: to whoever lists them, or nowhere, and then nobody words them.

use crate::finding::Finding;

/// Takes findings.
#[derive(Debug)]
pub struct Notes<'a>(Option<&'a mut Vec<Finding>>);

impl<'a> Notes<'a> {
    /// Kept in `findings`.
    pub fn kept(findings: &'a mut Vec<Finding>) -> Self {
        Self(Some(findings))
    }

    /// Asked for by nobody: of a case scored again under another reading.
    pub fn unasked() -> Self {
        Self(None)
    }

    /// Takes the finding that `make` words.
    pub fn add(&mut self, make: impl FnOnce() -> Finding) {
        if let Some(findings) = &mut self.0 {
            findings.push(make());
        }
    }
}
