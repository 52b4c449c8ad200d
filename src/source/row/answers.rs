//! One survey form, with its answers by element code.
//!
//! In: the cells of the contract's columns, and one cell for each element (or all of them as JSON in `answers`). Out: a
//! row. An answer is 1, 2, 3 or 4, or a word of the scale (PermenPANRB 14/2017: the scale of the questionnaire); anything else is
//! missing, with a problem, and never 0. A blank is missing too: people leave out what they have no opinion on.

use std::borrow::Cow;

use serde_json::Value;

use super::fields::{ANSWERS, ImportKind, WIDTH};
use super::reading::{Reading, coded};
use super::respondent::Trait;
use super::scale::Scale;
use super::{Cells, Problem, Rules};
use crate::finding::Check;
use crate::snapshot::ResponseRow;
use crate::snapshot::kinds::Sharing;
use crate::source::value::{Cell, Reason, read_text, read_whole, read_words};

/// Ages that are read; others are typing mistakes.
const AGES: std::ops::RangeInclusive<i32> = 1..=120;

/// Whether a column of this name holds the answers to an element: capitals A to Z, digits and `_`, a letter first.
pub fn usable_code(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

/// Element code and answer; None: not answered, or not readable.
type Pair<'a> = (Cow<'a, str>, Option<u8>);

/// Reads a row of `responses`; `elements` are the cells of the element columns with their codes, `scale` says what is asked and
/// what the words of the answers mean.
pub fn response_row(
    cells: Cells<'_>,
    elements: &[(&str, Cell<'_>)],
    scale: &Scale,
    sharing: &mut Sharing,
    rules: &Rules,
    problems: &mut Vec<Problem>,
) -> Option<ResponseRow> {
    let mut reading = Reading::new(ImportKind::Responses, cells, rules, problems);
    let response_id = reading.subject()?;
    let answered_on = reading.required_date(1);
    let words = &mut sharing.words;
    let service = reading.required(2, |c| match read_words(c)? {
        Some(text) => Ok(words.word(&text)),
        None => Err("kosong"),
    });
    let (answered_on, service) = (answered_on?, service?);
    let mut pairs = packed(&mut reading, scale)?;
    for (n, (code, cell)) in elements.iter().enumerate() {
        let cell = cell.trimmed();
        if scale.asks(code) {
            let answer = answer(&mut reading, WIDTH + n, code, cell, scale);
            pairs.push((Cow::Borrowed(code), answer));
        } else if !cell.is_empty() {
            reading.complain(Check::UnreadableValue, WIDTH + n, code, cell, NOT_ASKED);
        }
    }
    Some(ResponseRow {
        response_id,
        answered_on,
        service,
        case_id: reading.maybe(3, read_text),
        answers: sharing.questionnaires.answers(pairs),
        sex: reading.respondent(4, Trait::Sex, words),
        age: reading.maybe(5, |c| age(c, rules)),
        education: reading.respondent(6, Trait::Education, words),
        occupation: reading.respondent(7, Trait::Occupation, words),
        hour_band: reading.respondent(8, Trait::HourBand, words),
        suggestion: reading.maybe(9, read_text),
    })
}

const NOT_ASKED: Reason = "padahal unsur ini tidak ditanyakan oleh instrumen pada baris ini";

/// `34`, or `34 tahun`.
fn age(cell: Cell<'_>, rules: &Rules) -> Result<Option<i32>, Reason> {
    let cell = match cell {
        Cell::Empty => return Ok(None),
        Cell::Text(text) => {
            let years = ["tahun", "thn", "th"];
            let bare = text.trim_end_matches('.').to_lowercase();
            let without = years.iter().find_map(|y| bare.strip_suffix(y));
            match without.map(|w| w.trim().len()) {
                Some(end) => Cell::Text(&text[..end]),
                None => cell,
            }
        }
        other => other,
    };
    let age = read_whole(cell, rules.decimal)?;
    let known = AGES.contains(&age);
    known
        .then_some(Some(age))
        .ok_or("bukan umur antara 1 dan 120")
}

/// One answer. A blank one is no problem, only missing: it is counted where the answers are.
fn answer(
    reading: &mut Reading<'_, '_>,
    at: usize,
    code: &str,
    cell: Cell<'_>,
    scale: &Scale,
) -> Option<u8> {
    let rules = reading.rules;
    if cell.is_empty() {
        return None;
    }
    let read = coded(cell, rules.codes[ANSWERS].as_ref(), |c| {
        scale.read(code, c, rules.decimal)
    });
    match read {
        Ok(answer) => Some(answer),
        Err(reason) => {
            reading.complain(Check::UnreadableValue, at, code, cell, reason);
            None
        }
    }
}

/// The answers in one JSON value; none where the column is absent. None: the row is rejected.
fn packed<'a>(reading: &mut Reading<'_, '_>, scale: &Scale) -> Option<Vec<Pair<'a>>> {
    let mut answers = Vec::with_capacity(10);
    let cell = reading.raw(ANSWERS);
    if cell.is_empty() {
        return Some(answers);
    }
    let parsed = serde_json::from_str(&cell.text());
    let Ok(Value::Object(object)) = parsed else {
        let wanted = "bukan objek JSON dari kode unsur ke jawaban";
        reading.complain(Check::UnreadableRow, ANSWERS, "answers", cell, wanted);
        return None;
    };
    for (code, value) in object {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        if !usable_code(&code) {
            let wanted = "bukan kode unsur (huruf besar, angka, garis bawah)";
            let found = Cell::Text(&code);
            reading.complain(Check::UnreadableValue, ANSWERS, "answers", found, wanted);
            continue;
        }
        let answer = answer(reading, ANSWERS, &code, Cell::Text(&text).trimmed(), scale);
        answers.push((Cow::Owned(code), answer));
    }
    Some(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(answers: &str, elements: &[(&str, Cell<'_>)]) -> (Option<ResponseRow>, Vec<String>) {
        let mut cells = [Cell::Empty; WIDTH];
        cells[0] = Cell::Text("R-1");
        cells[1] = Cell::Text("2026-06-30");
        cells[2] = Cell::Text("KOM-03");
        cells[4] = Cell::Text("Perempuan");
        cells[5] = Cell::Text("34 tahun");
        cells[ANSWERS] = Cell::Text(answers);
        let mut problems = Vec::new();
        let rules = Rules::plain(chrono_tz::Asia::Makassar);
        let (scale, mut sharing) = (Scale::default(), Sharing::default());
        let row = response_row(cells, elements, &scale, &mut sharing, &rules, &mut problems);
        (row, problems.into_iter().map(|p| p.message).collect())
    }

    #[test]
    fn what_is_no_answer_is_missing_and_said_and_never_zero() {
        let (row, said) = read(
            "",
            &[
                ("WAKTU", Cell::Text("4")),
                ("BIAYA", Cell::Text("3,0")),
                ("PRODUK", Cell::Text("0")),
                ("SARPRAS", Cell::Text("5")),
                ("PERILAKU", Cell::Text(" ")),
                ("PROSEDUR", Cell::Real(2.5)),
                ("PENGADUAN", Cell::Empty),
            ],
        );
        let row = row.unwrap();
        assert_eq!((row.age, row.sex.as_deref()), (Some(34), Some("P")));
        assert_eq!(row.answers.given().len(), 7);
        assert_eq!(
            (row.answers.get("WAKTU"), row.answers.get("BIAYA")),
            (Some(Some(4)), Some(Some(3)))
        );
        assert_eq!(row.answers.given().iter().flatten().count(), 2);
        assert_eq!(
            said,
            [
                "Kolom PRODUK berisi “0”, bukan jawaban 1, 2, 3, atau 4; nilai diperlakukan sebagai kosong.",
                "Kolom SARPRAS berisi “5”, bukan jawaban 1, 2, 3, atau 4; nilai diperlakukan sebagai kosong.",
                "Kolom PROSEDUR berisi “2.5”, bukan jawaban 1, 2, 3, atau 4; nilai diperlakukan sebagai kosong.",
            ]
        );
    }

    #[test]
    fn answers_in_one_json_value_are_the_same_answers() {
        let (row, said) = read(r#"{"WAKTU": 4, "BIAYA": "3", "PRODUK": null, "u": 1}"#, &[]);
        let answers = row.unwrap().answers;
        assert_eq!(answers.given().len(), 3);
        assert_eq!(
            (answers.get("WAKTU"), answers.get("PRODUK")),
            (Some(Some(4)), Some(None))
        );
        assert_eq!(said.len(), 1, "a blank is no problem: {said:?}");
        let (row, said) = read("[4, 3]", &[]);
        assert_eq!(row, None);
        assert!(said[0].contains("bukan objek JSON"), "{said:?}");
    }
}
