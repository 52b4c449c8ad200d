//! Which columns of a survey's table hold the answers to which element.
//!
//! In: the instruments of the workspace, the `[survey]` of a mapping, the table's header. Out: element codes and columns, and the
//! [`Scale`]s by which a row's answers are read. Elements are known by their code; where the mapping names the instrument, by their
//! title or question too, and where it names the order of the questions, by their position. A position alone is refused: the law
//! lists Pengaduan 8th and Sarpras 9th, the questionnaires in use ask them the other way round, and published files do both.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{is_near, list};
use super::mapping::{InstrumentOf, Mapping};
use super::personal::is_personal;
use crate::source::row::scale::folded;
use crate::source::row::{ImportKind, Scale, usable_code};
use crate::standard::instrument::{Instrument, Instruments};

/// Whose questions a table can hold.
#[derive(Debug, Clone, Default)]
pub(in crate::source) struct Questions<'a> {
    instruments: Vec<&'a Instrument>,
    /// The mapping names the instrument, or the column that does.
    is_named: bool,
    /// The order of the questions: its name, and the codes.
    order: Option<(&'a str, Vec<&'a str>)>,
    /// Capitals do not matter in a code, as in the columns of a database.
    any_case: bool,
}

impl<'a> Questions<'a> {
    /// Of a database's query.
    pub fn of_query(instruments: &'a Instruments) -> Self {
        Self {
            instruments: instruments.by_code.values().map(|i| &**i).collect(),
            any_case: true,
            ..Self::default()
        }
    }

    /// Of a table, perhaps a sheet of a workbook.
    ///
    /// # Errors
    /// The mapping names an instrument that is not known, or an order or elements that it does not have.
    pub fn of_table(
        instruments: &'a Instruments,
        mapping: Option<&'a Mapping>,
        sheet: Option<&str>,
    ) -> Result<Self, String> {
        let mut questions = Self {
            any_case: false,
            ..Self::of_query(instruments)
        };
        let Some(mapping) = mapping else {
            return Ok(questions);
        };
        questions.check_elements(mapping, "any instrument")?;
        let code = match &mapping.survey.instrument {
            None => return Ok(questions),
            Some(InstrumentOf::Column(_)) => None,
            Some(InstrumentOf::Code(code)) => Some(code.as_str()),
            Some(InstrumentOf::SheetName) => Some(of_sheet(mapping, sheet)?),
        };
        questions.is_named = true;
        let Some(code) = code else {
            return Ok(questions);
        };
        let instrument = named(instruments, code)?;
        questions.instruments = vec![instrument];
        questions.order = match &mapping.survey.order {
            Some(order) => Some((order, in_order(instrument, order)?)),
            None => None,
        };
        // What another sheet's instrument asks may be named too.
        if mapping.survey.instrument != Some(InstrumentOf::SheetName) {
            questions.check_elements(mapping, code)?;
        }
        Ok(questions)
    }

    fn check_elements(&self, mapping: &Mapping, whose: &str) -> Result<(), String> {
        let codes = mapping.answers.keys().map(String::as_str);
        let unknown: Vec<&str> = codes.filter(|code| !self.has(code)).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let known: BTreeSet<&str> = self.elements().map(|(code, _)| code).collect();
        let known: Vec<&str> = known.into_iter().collect();
        Err(format!(
            "the mapping names under [answers] what is no element of {whose}: {}; elements are {}",
            unknown.join(", "),
            known.join(", ")
        ))
    }

    fn elements(&self) -> impl Iterator<Item = (&'a str, [Option<&'a str>; 2])> + '_ {
        let all = self.instruments.iter().flat_map(|i| &i.elements);
        all.map(|e| {
            (
                e.code.as_str(),
                [Some(e.title.as_str()), e.question.as_deref()],
            )
        })
    }

    /// Whether an element of this code may be asked.
    pub fn has(&self, code: &str) -> bool {
        self.instruments.is_empty() || self.elements().any(|(known, _)| known == code)
    }

    /// The element whose answers stand in a column of this name.
    pub fn element(&self, name: &str) -> Option<String> {
        let is_contract = |code: &str| {
            let fields = ImportKind::Responses.fields();
            fields.iter().any(|f| f.name.eq_ignore_ascii_case(code))
        };
        if self.instruments.is_empty() {
            let usable = usable_code(name) && !is_contract(name) && !is_personal(name);
            return (usable && position(name).is_none()).then(|| name.to_owned());
        }
        let mut codes = self.elements().map(|(code, _)| code);
        let same = |code: &&str| match self.any_case {
            true => code.eq_ignore_ascii_case(name),
            false => *code == name,
        };
        match codes.find(same) {
            Some(code) => Some(code.to_owned()),
            None if self.is_named => self.by_words(name),
            None => None,
        }
    }

    /// By title or question, perhaps with a number before it; none where two elements are called so.
    fn by_words(&self, name: &str) -> Option<String> {
        let wanted = without_number(name);
        let called =
            |words: &[Option<&str>; 2]| words.iter().flatten().any(|w| folded(w) == wanted);
        let found = self.elements().filter(|(_, words)| called(words));
        let codes: BTreeSet<&str> = found.map(|(code, _)| code).collect();
        let mut codes = codes.into_iter();
        match (codes.next(), codes.next()) {
            (Some(code), None) => Some(code.to_owned()),
            _ => None,
        }
    }

    /// A code that `name` is a misspelling of.
    pub fn nearly(&self, name: &str) -> Option<&'a str> {
        let mut codes = self.elements().map(|(code, _)| code);
        codes.find(|code| usable_code(name) && is_near(name, code))
    }

    /// Element codes and columns by position, where columns that are not `used` are named by positions; `is_called` says whether
    /// elements are called by their names too.
    ///
    /// # Errors
    /// Nothing says the order, or it has other positions than the header.
    pub fn by_position(
        &self,
        header: &[String],
        used: &[bool],
        is_called: bool,
    ) -> Result<Option<Vec<(String, usize)>>, String> {
        let mut places: Vec<(u32, usize)> = Vec::new();
        for (at, name) in header.iter().enumerate() {
            match position(name).filter(|_| !used[at]) {
                Some(Position { number, bare }) if !(bare && is_called) => {
                    places.push((number, at))
                }
                _ => {}
            }
        }
        if places.is_empty() {
            return Ok(None);
        }
        let names: Vec<String> = places.iter().map(|(_, at)| header[*at].clone()).collect();
        let Some((order, codes)) = &self.order else {
            return Err(trap(&names));
        };
        places.sort_unstable();
        let numbers = places.iter().map(|(number, _)| *number as usize);
        if !numbers.eq(1..=codes.len()) {
            return Err(format!(
                "columns {} name elements by their position, but order = \"{order}\" of the mapping has the positions 1 to {}, each once: name the columns by element under [answers]",
                list(&names),
                codes.len()
            ));
        }
        let codes = codes.iter().map(|code| (*code).to_owned());
        Ok(Some(
            codes.zip(places.into_iter().map(|(_, at)| at)).collect(),
        ))
    }

    /// How a row's answers are read, by instrument; under no code for rows of which none is named.
    pub fn scales(&self, instruments: &Instruments, mapping: Option<&Mapping>) -> Scales {
        let by_row =
            mapping.is_some_and(|m| matches!(m.survey.instrument, Some(InstrumentOf::Column(_))));
        let of = |i: &&Instrument| (i.code.clone(), Scale::of(i));
        match (by_row, self.is_named, self.instruments.first()) {
            (true, ..) => Scales::ByRow(self.instruments.iter().map(of).collect()),
            (false, true, Some(instrument)) => Scales::One(Scale::of(instrument)),
            _ => Scales::One(Scale::of_all(instruments)),
        }
    }
}

/// How the answers of a table are read.
#[derive(Debug, Clone)]
pub(in crate::source) enum Scales {
    One(Scale),
    /// By code of the instrument that the row names.
    ByRow(BTreeMap<String, Scale>),
}

impl Default for Scales {
    fn default() -> Self {
        Scales::One(Scale::default())
    }
}

fn of_sheet<'a>(mapping: &'a Mapping, sheet: Option<&str>) -> Result<&'a str, String> {
    let Some(sheet) = sheet else {
        return Err("the mapping reads the instrument of [survey] from the sheet's name, but this file has no sheets: name the instrument".to_owned());
    };
    let code = mapping
        .codes("instrument")
        .and_then(|c| c.words.get(sheet.trim()));
    code.map(String::as_str).ok_or_else(|| {
        format!("the mapping's [codes.instrument] does not say which instrument the sheet \"{sheet}\" is of: add a line, such as \"{sheet}\" = \"permenpanrb-14-2017\"")
    })
}

fn named<'a>(instruments: &'a Instruments, code: &str) -> Result<&'a Instrument, String> {
    let found = instruments.by_code.get(code).map(|i| &**i);
    found.ok_or_else(|| {
        let known: Vec<&str> = instruments.by_code.keys().map(String::as_str).collect();
        format!(
            "the mapping's [survey] names the instrument `{code}`, which is not known: known are {}",
            known.join(", ")
        )
    })
}

/// The codes in an order of the instrument; `legal` is that of its elements.
fn in_order<'a>(instrument: &'a Instrument, order: &str) -> Result<Vec<&'a str>, String> {
    if let Some(codes) = instrument.orders.get(order) {
        return Ok(codes.iter().map(String::as_str).collect());
    }
    if order == LEGAL {
        return Ok(instrument
            .elements
            .iter()
            .map(|e| e.code.as_str())
            .collect());
    }
    let mut known: BTreeSet<&str> = instrument.orders.keys().map(String::as_str).collect();
    known.insert(LEGAL);
    Err(format!(
        "the mapping's [survey] names the order `{order}`, which {} does not have: it has {}",
        instrument.code,
        known.into_iter().collect::<Vec<_>>().join(", ")
    ))
}

const LEGAL: &str = "legal";

/// A column that says only which question it is.
struct Position {
    number: u32,
    /// Nothing but the number.
    bare: bool,
}

/// What stands before the number of a question.
const BEFORE: &[&str] = &[
    "u",
    "unsur",
    "q",
    "p",
    "pertanyaan",
    "soal",
    "question",
    "item",
    "butir",
    "indikator",
    "nilai",
    "skor",
    "jawaban",
    "no",
    "nomor",
    "ke",
    "skm",
    "ikm",
];
/// More elements than any questionnaire asks.
const MOST: u32 = 40;

/// `U8`, `Unsur 8`, `Q-8`, `Pertanyaan ke-8`, `8`.
fn position(name: &str) -> Option<Position> {
    let folded = folded(name);
    let digits = folded.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (before, number) = folded.split_at(folded.len() - digits);
    let number = number.parse().ok().filter(|n| (1..=MOST).contains(n))?;
    let mut words = before.split(' ').filter(|w| !w.is_empty());
    words.all(|w| BEFORE.contains(&w)).then_some(Position {
        number,
        bare: before.is_empty(),
    })
}

/// The words of a header, without the number of the question before them.
fn without_number(name: &str) -> String {
    let folded = folded(name);
    let is_number = |word: &str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let before = &word[..word.len() - digits.len()];
        !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
            && (before.is_empty() || BEFORE.contains(&before))
    };
    let mut words: Vec<&str> = folded.split(' ').collect();
    if let Some(at) = words.iter().position(|w| is_number(w))
        && words[..at].iter().all(|w| BEFORE.contains(w))
    {
        words.drain(..=at);
    }
    words.join(" ")
}

/// Why columns named by position are refused, and what to do.
fn trap(names: &[String]) -> String {
    format!(
        "columns {} name the elements of the survey by their position, and no position says which element it is: the regulation (PermenPANRB 14/2017) lists Penanganan Pengaduan 8th and Sarana dan Prasarana 9th, the questionnaire in use asks them the other way round, and published files do both; so nothing is guessed: say in the mapping, under [survey], instrument = \"permenpanrb-14-2017\" and order = \"legal\" or order = \"questionnaire\", as the form was that people filled in, or name each column by its element under [answers], such as PENGADUAN = \"{}\"",
        list(names),
        names.last().map_or("U9", String::as_str)
    )
}
