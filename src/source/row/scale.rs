//! What the words of a questionnaire's answers mean: 1 to 4.
//!
//! In: instruments. Out: a [`Scale`], which reads an answer as people and spreadsheets write it: `4`, `Sangat baik`,
//! `4 - Sangat mudah`, `(4) sangat cepat`, `Gratis`; capitals, blanks and marks do not matter. A word is read by its own element,
//! since `Cukup` is 2 of one and nothing of another; the scale's general words, `Tidak baik` to `Sangat baik` (PermenPANRB
//! 14/2017), hold for every element that has no other meaning for them. Nothing is guessed: a number and a word that disagree are
//! no answer.

use std::collections::BTreeMap;

use crate::source::value::{Cell, Decimal, Reason, read_whole};
use crate::standard::instrument::{Instrument, Instruments};

/// The words for 1, 2, 3 and 4 that hold for every element.
const GENERAL: [&str; 4] = ["tidak baik", "kurang baik", "baik", "sangat baik"];

const OFF_SCALE: Reason = "bukan jawaban 1, 2, 3, atau 4";
const UNKNOWN_WORD: Reason =
    "bukan jawaban 1, 2, 3, atau 4 dan bukan kata pada skala jawaban unsur ini";
const READ_DIFFERENTLY: Reason = "kata yang berbeda nilainya antarinstrumen; sebutkan instrument pada [survey] di berkas pemetaan";
const DISAGREES: Reason = "angka dan kata yang tidak sama nilainya";

/// Folded word to answer; None: instruments read it differently.
type Meanings = BTreeMap<String, Option<u8>>;

/// The words of the answers, by element.
#[derive(Debug, Clone, Default)]
pub struct Scale {
    elements: BTreeMap<String, Meanings>,
    /// Code of the one instrument whose elements are asked, and no others; None: any may be.
    only: Option<String>,
}

impl Scale {
    /// Of one instrument: no other elements are asked.
    pub fn of(instrument: &Instrument) -> Self {
        let mut scale = Self {
            only: Some(instrument.code.clone()),
            ..Self::default()
        };
        scale.add(instrument);
        scale
    }

    /// Of all instruments: a word counts where those that have the element agree on it.
    pub fn of_all(instruments: &Instruments) -> Self {
        let mut scale = Self::default();
        for instrument in instruments.by_code.values() {
            scale.add(instrument);
        }
        scale
    }

    fn add(&mut self, instrument: &Instrument) {
        for element in &instrument.elements {
            let meanings = self.elements.entry(element.code.clone()).or_default();
            for (word, answer) in element.scale.iter().zip(1u8..) {
                let known = meanings.entry(folded(word)).or_insert(Some(answer));
                if *known != Some(answer) {
                    *known = None;
                }
            }
        }
    }

    /// The instrument to which the elements asked are confined.
    pub fn only(&self) -> Option<&str> {
        self.only.as_deref()
    }

    /// Whether an element is asked.
    pub fn asks(&self, code: &str) -> bool {
        self.only.is_none() || self.elements.contains_key(code)
    }

    /// Reads an answer that is not blank.
    ///
    /// # Errors
    /// The reason, for what is no answer.
    pub fn read(&self, code: &str, cell: Cell<'_>, decimal: Decimal) -> Result<u8, Reason> {
        if let Cell::Text(text) = cell {
            if let [digit @ b'1'..=b'4'] = text.as_bytes() {
                return Ok(digit - b'0');
            }
            if text.chars().any(char::is_alphabetic) || text.starts_with('(') {
                return self.words(code, text);
            }
        }
        on_scale(read_whole(cell, decimal).map_err(|_| OFF_SCALE)?)
    }

    fn words(&self, code: &str, text: &str) -> Result<u8, Reason> {
        let folded = folded(text);
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let parted = match (folded.split_once(' '), folded.rsplit_once(' ')) {
            _ if is_number(&folded) => Some((folded.as_str(), "")),
            (Some((number, word)), _) if is_number(number) => Some((number, word)),
            (_, Some((word, number))) if is_number(number) => Some((number, word)),
            _ => None,
        };
        let Some((number, word)) = parted else {
            return self.word(code, &folded).unwrap_or(Err(UNKNOWN_WORD));
        };
        if word.bytes().any(|b| b.is_ascii_digit()) {
            return Err(OFF_SCALE);
        }
        let answer = on_scale(number.parse().map_err(|_| OFF_SCALE)?)?;
        match self.word(code, word) {
            Some(Ok(other)) if other != answer => Err(DISAGREES),
            _ => Ok(answer),
        }
    }

    /// What a folded word means of an element; None where it is not known.
    fn word(&self, code: &str, word: &str) -> Option<Result<u8, Reason>> {
        let own = self.elements.get(code).and_then(|words| words.get(word));
        match own {
            Some(meaning) => Some(meaning.ok_or(READ_DIFFERENTLY)),
            None => (1..)
                .zip(GENERAL)
                .find(|(_, g)| *g == word)
                .map(|(n, _)| Ok(n)),
        }
    }
}

fn on_scale(number: i32) -> Result<u8, Reason> {
    let answer = u8::try_from(number).ok().filter(|n| (1..=4).contains(n));
    answer.ok_or(OFF_SCALE)
}

/// Words in small letters with one blank between them; every other mark counts as a blank.
pub fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::row::tests::instrument;

    fn scale() -> Scale {
        Scale::of(&instrument(
            "a",
            &[
                (
                    "WAKTU",
                    ["Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"],
                ),
                ("BIAYA", ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"]),
                ("SARPRAS", ["Buruk", "Cukup", "Baik", "Sangat baik"]),
                ("MUTU", ["Baik sekali", "Baik", "Cukup", "Buruk"]),
            ],
        ))
    }

    #[test]
    fn answers_are_read_as_people_and_spreadsheets_write_them() {
        for (code, text, want) in [
            ("WAKTU", "4", Some(4)),
            ("WAKTU", "3,0", Some(3)),
            ("WAKTU", "Sangat  Baik", Some(4)),
            ("WAKTU", "kurang cepat", Some(2)),
            ("WAKTU", "4 - Sangat cepat", Some(4)),
            ("WAKTU", "4. Sangat baik", Some(4)),
            ("WAKTU", "(3) CEPAT", Some(3)),
            ("WAKTU", "Sangat cepat (4)", Some(4)),
            ("WAKTU", "(2)", Some(2)),
            ("WAKTU", "2 = agak lama", Some(2)),
            ("BIAYA", "Gratis.", Some(4)),
            ("BIAYA", "sangat-mahal", Some(1)),
            ("SARPRAS", "Cukup", Some(2)),
            ("MUTU", "Cukup", Some(3)),
            ("MUTU", "Baik", Some(2)),
            ("WAKTU", "Cukup", None),
            ("WAKTU", "Gratis", None),
            ("WAKTU", "3 - Sangat cepat", None),
            ("WAKTU", "5 - Sangat cepat", None),
            ("WAKTU", "4 dari 5", None),
            ("WAKTU", "2.5 bintang", None),
            ("WAKTU", "0", None),
            ("WAKTU", "-1", None),
            ("WAKTU", "3/4", None),
            ("WAKTU", "puas", None),
            ("WAKTU", "-", None),
        ] {
            let read = scale().read(code, Cell::Text(text), Decimal::Either);
            assert_eq!(read.ok(), want, "{code} {text}");
        }
        assert_eq!(
            scale().read("WAKTU", Cell::Real(4.0), Decimal::Either),
            Ok(4)
        );
        assert!(
            scale()
                .read("WAKTU", Cell::Bool(true), Decimal::Either)
                .is_err()
        );
    }

    #[test]
    fn of_several_instruments_a_word_counts_where_they_agree() {
        let one = instrument("a", &[("WAKTU", ["Buruk", "Cukup", "Baik", "Sangat baik"])]);
        let two = instrument("b", &[("WAKTU", ["Buruk", "Sedang", "Cukup", "Prima"])]);
        let by_code = [one, two].map(|i| (i.code.clone(), Arc::new(i)));
        let all = Scale::of_all(&Instruments {
            by_code: by_code.into(),
        });
        let read = |text| all.read("WAKTU", Cell::Text(text), Decimal::Either);
        assert_eq!((read("Buruk"), read("Prima")), (Ok(1), Ok(4)));
        assert_eq!(read("Cukup"), Err(READ_DIFFERENTLY));
        assert_eq!(read("2 - Cukup"), Ok(2));
        assert!(all.asks("LAIN") && !scale().asks("LAIN"));
    }
}
