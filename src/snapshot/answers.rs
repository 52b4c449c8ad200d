//! The answers of one survey form by element code, kept small: a semester may have a million forms.
//!
//! In: pairs of code and answer. Out: [`Answers`], in the order of the codes. Forms that were asked the same elements share
//! one list of codes, where a [`Questionnaires`] made them. Nothing is judged here.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Codes of the elements that a form asked, ascending.
pub type Asked = Arc<[Box<str>]>;

/// Element code to answer, 1 to 4. None: asked, but not answered or not readable; never 0. An element that was not asked
/// has no entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answers {
    asked: Asked,
    /// One for each code of `asked`.
    given: Box<[Option<u8>]>,
}

impl Answers {
    /// Codes that were asked, ascending.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The answers, in the order of [`Answers::asked`].
    pub fn given(&self) -> &[Option<u8>] {
        &self.given
    }

    /// The answer to an element; None where it was not asked.
    pub fn get(&self, code: &str) -> Option<Option<u8>> {
        let at = self.asked.binary_search_by(|c| (**c).cmp(code)).ok()?;
        self.given.get(at).copied()
    }

    /// Code and answer, by code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<u8>)> {
        let codes = self.asked.iter().map(|c| &**c);
        codes.zip(self.given.iter().copied())
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            asked: Arc::from([]),
            given: Box::from([]),
        }
    }
}

impl<C: AsRef<str>> FromIterator<(C, Option<u8>)> for Answers {
    fn from_iter<I: IntoIterator<Item = (C, Option<u8>)>>(pairs: I) -> Self {
        Questionnaires::default().answers(pairs)
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let pairs: BTreeMap<String, Option<u8>> = BTreeMap::deserialize(deserializer)?;
        Ok(pairs.into_iter().collect())
    }
}

/// Makes answers that share their lists of codes.
#[derive(Debug, Default)]
pub struct Questionnaires {
    known: BTreeSet<Asked>,
}

impl Questionnaires {
    /// Answers from pairs in any order; of two for one code the later.
    pub fn answers<C: AsRef<str>>(
        &mut self,
        pairs: impl IntoIterator<Item = (C, Option<u8>)>,
    ) -> Answers {
        let mut sorted: Vec<(C, Option<u8>)> = pairs.into_iter().collect();
        sorted.reverse();
        sorted.sort_by(|a, b| a.0.as_ref().cmp(b.0.as_ref()));
        sorted.dedup_by(|a, b| a.0.as_ref() == b.0.as_ref());
        let codes: Vec<Box<str>> = sorted.iter().map(|(c, _)| c.as_ref().into()).collect();
        let asked = match self.known.get(codes.as_slice()) {
            Some(asked) => Arc::clone(asked),
            None => {
                let asked: Asked = codes.into();
                self.known.insert(Arc::clone(&asked));
                asked
            }
        };
        Answers {
            asked,
            given: sorted.iter().map(|(_, answer)| *answer).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_in_any_order_are_the_same_answers_and_the_later_of_two_holds() {
        let mut forms = Questionnaires::default();
        let one = forms.answers([("WAKTU", Some(4)), ("BIAYA", None)]);
        let two = forms.answers([("BIAYA", Some(1)), ("BIAYA", None), ("WAKTU", Some(4))]);
        assert_eq!(one, two);
        assert!(Arc::ptr_eq(one.asked(), two.asked()));
        assert_eq!(
            (one.get("WAKTU"), one.get("BIAYA")),
            (Some(Some(4)), Some(None))
        );
        assert_eq!(one.get("PRODUK"), None);
    }

    #[test]
    fn written_and_read_they_are_the_same() {
        let one: Answers = [("WAKTU", Some(4)), ("BIAYA", None)].into_iter().collect();
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(text, r#"{"BIAYA":null,"WAKTU":4}"#);
        assert_eq!(serde_json::from_str::<Answers>(&text).unwrap(), one);
    }
}
