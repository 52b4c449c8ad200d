//! Texts that many rows share, kept once: a million forms name a handful of services, levels of education and occupations.
//!
//! In: text. Out: [`Word`], which reads as `&str` wherever one is wanted. Nothing is judged here.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text of which copies cost nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(Arc<str>);

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Word {
    fn borrow(&self) -> &str {
        self
    }
}

impl AsRef<str> for Word {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl PartialEq<str> for Word {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Word {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl Serialize for Word {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// Gives the same word for the same text.
#[derive(Debug, Default)]
pub struct Words {
    known: BTreeSet<Word>,
}

impl Words {
    /// The word of a text.
    pub fn word(&mut self, text: &str) -> Word {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let word = Word::from(text);
        self.known.insert(word.clone());
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one_word_that_reads_and_serialises_as_text() {
        let mut words = Words::default();
        let (one, again, other) = (words.word("SMA"), words.word("SMA"), words.word("S1"));
        assert!(Arc::ptr_eq(&one.0, &again.0));
        assert_eq!((&*one, one == other), ("SMA", false));
        assert_eq!(serde_json::to_string(&one).unwrap(), "\"SMA\"");
        assert_eq!(serde_json::from_str::<Word>("\"SMA\"").unwrap(), one);
        assert_eq!(Some(one).as_deref(), Some("SMA"));
    }
}
