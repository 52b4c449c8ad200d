//! The error of a standards file, and the open file that raises it.

use std::fmt::Display;
use std::ops::Range;
use std::sync::Arc;

use miette::{NamedSource, SourceSpan};
use sha2::{Digest, Sha256};

use crate::digest::hex;

/// A mistake in a file of `standards/`, or a file that cannot be read.
///
/// Its `Display` is one full sentence, `file:line: what is wrong and what to do`, so that a plain log has everything;
/// as a miette diagnostic it also shows the line itself.
#[derive(Debug, Clone, thiserror::Error, miette::Diagnostic)]
#[error("{sentence}")]
pub struct StandardError {
    sentence: String,
    #[source_code]
    text: Option<Arc<NamedSource<String>>>,
    #[label("here")]
    at: Option<SourceSpan>,
}

impl StandardError {
    /// A mistake that no line of a file can be shown for.
    pub(super) fn plain(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            text: None,
            at: None,
        }
    }
}

/// One open file: the path shown in messages, its bytes, and its text without a byte order mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doc<'a> {
    pub path: &'a str,
    pub bytes: &'a [u8],
    pub text: &'a str,
}

impl<'a> Doc<'a> {
    /// Opens a file's bytes as UTF-8 text.
    pub fn open(path: &'a str, bytes: &'a [u8]) -> Result<Self, StandardError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self {
                path,
                bytes,
                text: text.strip_prefix('\u{feff}').unwrap_or(text),
            }),
            Err(e) => {
                let good = &bytes[..e.valid_up_to()];
                let line = 1 + good.iter().filter(|b| **b == b'\n').count();
                Err(StandardError::plain(format!(
                    "{path}:{line}: the file is not UTF-8 text: save it with the encoding UTF-8"
                )))
            }
        }
    }

    /// Line number, from 1, of a byte offset.
    pub fn line(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().get(..offset);
        let before = before.unwrap_or(self.text.as_bytes());
        1 + before.iter().filter(|b| **b == b'\n').count()
    }

    /// The error at `span` of this file; `sentence` goes on after `file:line: `.
    pub fn wrong(&self, span: Range<usize>, sentence: impl Display) -> StandardError {
        StandardError {
            sentence: format!("{}:{}: {sentence}", self.path, self.line(span.start)),
            text: Some(Arc::new(NamedSource::new(self.path, self.text.to_owned()))),
            at: Some(span.into()),
        }
    }

    /// SHA-256 of the file's bytes, hex.
    pub fn digest(&self) -> String {
        hex_digest([self.bytes])
    }
}

/// SHA-256 of several byte strings one after the other, hex.
pub(super) fn hex_digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hex(&hasher.finalize())
}
