//! Short texts that recur in millions of rows, such as officers and results: each kept once, and passed on as one word.
//!
//! In: texts. Out: [`Name`]s, equal where the texts are. What was kept stays until the process ends: an office has few of
//! them, and a run reads one office. It must not know what a text means.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

/// A text that is kept once; it reads as `str`. Equality costs a comparison of two words, order is that of the texts.
#[derive(Clone, Copy)]
pub struct Name(&'static Kept);

struct Kept {
    number: u32,
    text: Box<str>,
}

impl Name {
    /// The name of a text; one after the other. For many at a time see [`Namer`].
    pub fn of(text: &str) -> Self {
        static ALL: Mutex<Option<Map<'static>>> = Mutex::new(None);
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        let all = all.get_or_insert_default();
        if let Some(name) = all.get(text) {
            return *name;
        }
        let kept: &'static Kept = Box::leak(Box::new(Kept {
            number: all.len() as u32,
            text: text.into(),
        }));
        all.insert(&kept.text, Name(kept));
        Name(kept)
    }

    /// A number of its own, from 0 on, in the order in which texts were first met: it differs from run to run, so nothing that
    /// is written may depend on it.
    pub fn number(self) -> usize {
        self.0.number as usize
    }
}

/// Names many texts of which most were met before, without asking for the lock each time.
#[derive(Default)]
pub struct Namer<'a>(Map<'a>);

impl<'a> Namer<'a> {
    pub fn name(&mut self, text: &'a str) -> Name {
        *self.0.entry(text).or_insert_with(|| Name::of(text))
    }
}

type Map<'a> = QuickMap<&'a str, Name>;

/// A map for tallies whose order nobody sees.
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// Multiplies and folds, eight bytes at a time: names are short, and nobody gains by choosing them badly.
#[derive(Default)]
pub struct Quick(u64);

impl Quick {
    fn add(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * 0x9E37_79B9_7F4A_7C15;
        self.0 = (product as u64) ^ ((product >> 64) as u64);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            self.add(word.try_into().map_or(0, u64::from_le_bytes));
        }
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(words.remainder()) {
            *to = *from;
        }
        self.add(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, n: u8) {
        self.add(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.add(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.add(n);
    }

    fn write_usize(&mut self, n: usize) {
        self.add(n as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.text
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Name {}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        match self == other {
            true => Ordering::Equal,
            false => self.0.text.cmp(&other.0.text),
        }
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.number.hash(state);
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self)
    }
}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one_name_from_whatever_thread() {
        let texts: Vec<String> = (0..200).map(|n| format!("Petugas {}", n % 20)).collect();
        let named = || {
            let mut namer = Namer::default();
            texts.iter().map(|t| namer.name(t)).collect::<Vec<_>>()
        };
        let (a, b) = rayon::join(named, named);
        assert_eq!(a, b);
        assert!(a.iter().zip(&texts).all(|(name, text)| **name == **text));
        assert_eq!(
            (a[3].number(), a[3]),
            (a[23].number(), Name::of("Petugas 3"))
        );
        assert_eq!(size_of::<Option<Name>>(), 8);
    }

    #[test]
    fn names_are_ordered_by_their_texts() {
        let mut names = ["b", "", "a", "ab", "a"].map(Name::of);
        names.sort();
        assert_eq!(names.map(|n| n.to_string()), ["", "a", "a", "ab", "b"]);
    }
}
