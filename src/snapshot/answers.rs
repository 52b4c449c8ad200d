//! The answers of one survey form by element code, kept small: a semester may have a million forms.
//!
//! In: pairs of code and answer. Out: [`Answers`], in the order of the codes. Forms with the same answers share them, and forms
//! that were asked the same elements share one list of codes, where a [`Questionnaires`] made them. Nothing is judged here.

use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Codes of the elements that a form asked, ascending.
pub type Asked = Arc<[Box<str>]>;

/// Element code to answer, 1 to 4. None: asked, but not answered or not readable; never 0. An element that was not asked
/// has no entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answers(Arc<Sheet>);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Sheet {
    asked: Asked,
    /// One for each code of `asked`.
    given: Box<[Option<u8>]>,
}

impl Answers {
    /// Codes that were asked, ascending.
    pub fn asked(&self) -> &Asked {
        &self.0.asked
    }

    /// The answers, in the order of [`Answers::asked`].
    pub fn given(&self) -> &[Option<u8>] {
        &self.0.given
    }

    /// The answer to an element; None where it was not asked.
    pub fn get(&self, code: &str) -> Option<Option<u8>> {
        let at = self.asked().binary_search_by(|c| (**c).cmp(code)).ok()?;
        self.given().get(at).copied()
    }

    /// Code and answer, by code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<u8>)> {
        let codes = self.asked().iter().map(|c| &**c);
        codes.zip(self.given().iter().copied())
    }
}

impl Default for Answers {
    fn default() -> Self {
        Questionnaires::default().answers::<&str>([])
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
        let Pairs(pairs) = Pairs::deserialize(deserializer)?;
        Ok(pairs.into_iter().collect())
    }
}

/// The pairs of a JSON object, without a map for each form.
struct Pairs<'t>(Vec<(Cow<'t, str>, Option<u8>)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of element codes to answers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::with_capacity(9);
        while let Some((Code(code), answer)) = map.next_entry()? {
            pairs.push((code, answer));
        }
        Ok(Pairs(pairs))
    }
}

/// A code as it stands in the text, where nothing in it is escaped.
#[derive(Deserialize)]
struct Code<'t>(#[serde(borrow)] Cow<'t, str>);

/// Makes answers that share what is equal.
#[derive(Debug, Default)]
pub struct Questionnaires {
    known: BTreeMap<Asked, BTreeSet<ByGiven>>,
    /// What the last form was asked: mostly the next one is asked the same.
    last: Option<Asked>,
}

/// Answers of one questionnaire, known by what was given.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ByGiven(Answers);

/// Within one questionnaire the order of answers is that of what was given.
impl Borrow<[Option<u8>]> for ByGiven {
    fn borrow(&self) -> &[Option<u8>] {
        self.0.given()
    }
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
        let asked = self.asked(sorted.iter().map(|(code, _)| code.as_ref()));
        let given: Vec<Option<u8>> = sorted.iter().map(|(_, answer)| *answer).collect();
        self.given(&asked, &given)
    }

    /// Answers from a JSON object of codes to answers.
    ///
    /// # Errors
    /// The text is none.
    pub fn parse(&mut self, json: &str) -> serde_json::Result<Answers> {
        let Pairs(pairs) = serde_json::from_str(json)?;
        Ok(self.answers(pairs))
    }

    /// The shared list of codes, which must come ascending.
    pub fn asked<'c>(&mut self, codes: impl Iterator<Item = &'c str> + Clone) -> Asked {
        let same = |asked: &&Asked| asked.iter().map(|c| &**c).eq(codes.clone());
        if let Some(last) = self.last.as_ref().filter(same) {
            return Arc::clone(last);
        }
        let codes: Vec<Box<str>> = codes.map(Box::from).collect();
        let asked = match self.known.get_key_value(codes.as_slice()) {
            Some((asked, _)) => Arc::clone(asked),
            None => codes.into(),
        };
        self.last = Some(Arc::clone(&asked));
        asked
    }

    /// Answers in the order of `asked`; what is not given of it is not answered.
    pub fn given(&mut self, asked: &Asked, given: &[Option<u8>]) -> Answers {
        let known = self.known.entry(Arc::clone(asked)).or_default();
        if let Some(ByGiven(answers)) = known.get(given) {
            return answers.clone();
        }
        let given = (0..asked.len()).map(|at| given.get(at).copied().flatten());
        let answers = Answers(Arc::new(Sheet {
            asked: Arc::clone(asked),
            given: given.collect(),
        }));
        known.insert(ByGiven(answers.clone()));
        answers
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
        assert!(Arc::ptr_eq(&one.0, &two.0));
        assert_eq!(
            (one.get("WAKTU"), one.get("BIAYA")),
            (Some(Some(4)), Some(None))
        );
        assert_eq!(one.get("PRODUK"), None);
    }

    #[test]
    fn forms_that_answered_otherwise_share_the_list_of_codes() {
        let mut forms = Questionnaires::default();
        let one = forms.answers([("WAKTU", Some(4))]);
        let other = forms.answers([("BIAYA", Some(4))]);
        let two = forms.answers([("WAKTU", Some(3))]);
        assert!(Arc::ptr_eq(one.asked(), two.asked()));
        assert!(one != two && one != other && one > two && other < two);
        assert_eq!(forms.given(one.asked(), &[]).get("WAKTU"), Some(None));
    }

    #[test]
    fn written_and_read_they_are_the_same() {
        let one: Answers = [("WAKTU", Some(4)), ("BIAYA", None)].into_iter().collect();
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(text, r#"{"BIAYA":null,"WAKTU":4}"#);
        assert_eq!(serde_json::from_str::<Answers>(&text).unwrap(), one);
        let mut forms = Questionnaires::default();
        assert_eq!(forms.parse(&text).unwrap(), one);
        assert_eq!(
            forms.parse(r#"{"WAK\u0054U": 4, "BIAYA": null}"#).unwrap(),
            one
        );
        assert!(forms.parse("[4]").is_err());
    }
}
