//! One survey form, with its answers by element code.
//!
//! In: the cells of the contract's columns, and one cell for each element (or all of them as JSON in `answers`). Out: a
//! row. An answer is 1, 2, 3 or 4; what is anything else, or blank, is missing (PermenPANRB 14/2017: the scale of the
//! questionnaire), with a problem, and never 0.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fields::{ANSWERS, ImportKind, WIDTH};
use super::reading::{Reading, coded, present};
use super::{Cells, Problem, Rules};
use crate::finding::Check;
use crate::snapshot::ResponseRow;
use crate::source::value::{Cell, Reason, read_text, read_whole};

/// Ages that are read; others are typing mistakes.
const AGES: std::ops::RangeInclusive<i32> = 1..=120;

/// Whether a column of this name holds the answers to an element: capitals A to Z, digits and `_`, a letter first.
pub fn usable_code(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

/// Reads a row of `responses`; `elements` are the cells of the element columns with their codes.
pub fn response_row(
    cells: Cells<'_>,
    elements: &[(&str, Cell<'_>)],
    rules: &Rules,
    problems: &mut Vec<Problem>,
) -> Option<ResponseRow> {
    let mut reading = Reading::new(ImportKind::Responses, cells, rules, problems);
    let response_id = reading.subject()?;
    let answered_on = reading.required_date(1);
    let service = reading.required(2, present);
    let (answered_on, service) = (answered_on?, service?);
    let mut answers = packed(&mut reading)?;
    let mut blank = Vec::new();
    for (n, (code, cell)) in elements.iter().enumerate() {
        let cell = cell.trimmed();
        if cell.is_empty() {
            blank.push(*code);
        }
        let answer = answer(&mut reading, WIDTH + n, code, cell);
        answers.insert((*code).to_owned(), answer);
    }
    tell_blanks(&mut reading, &blank);
    Some(ResponseRow {
        response_id,
        answered_on,
        service,
        case_id: reading.maybe(3, read_text),
        answers: answers.into_iter().collect(),
        sex: reading.maybe(4, read_text),
        age: reading.maybe(5, |c| age(c, rules)),
        education: reading.maybe(6, read_text),
        occupation: reading.maybe(7, read_text),
        hour_band: reading.maybe(8, read_text),
        suggestion: reading.maybe(9, read_text),
    })
}

fn age(cell: Cell<'_>, rules: &Rules) -> Result<Option<i32>, Reason> {
    if cell.is_empty() {
        return Ok(None);
    }
    let age = read_whole(cell, rules.decimal)?;
    let known = AGES.contains(&age);
    known
        .then_some(Some(age))
        .ok_or("bukan umur antara 1 dan 120")
}

/// One answer; a blank one is told with all others of the form by [`tell_blanks`].
fn answer(reading: &mut Reading<'_, '_>, at: usize, code: &str, cell: Cell<'_>) -> Option<u8> {
    let rules = reading.rules;
    if cell.is_empty() {
        return None;
    }
    let read = coded(cell, rules.codes[ANSWERS].as_ref(), |c| {
        let number = read_whole(c, rules.decimal).map_err(|_| OFF_SCALE)?;
        u8::try_from(number)
            .ok()
            .filter(|n| (1..=4).contains(n))
            .ok_or(OFF_SCALE)
    });
    match read {
        Ok(answer) => Some(answer),
        Err(reason) => {
            reading.complain(Check::UnreadableValue, at, code, cell, reason);
            None
        }
    }
}

const OFF_SCALE: Reason = "bukan jawaban 1, 2, 3, atau 4";

/// The answers in one JSON value; none where the column is absent. None: the row is rejected.
fn packed(reading: &mut Reading<'_, '_>) -> Option<BTreeMap<String, Option<u8>>> {
    let mut answers = BTreeMap::new();
    let cell = reading.raw(ANSWERS);
    if cell.is_empty() {
        return Some(answers);
    }
    let parsed = serde_json::from_str(&cell.text());
    let mut blank = Vec::new();
    let Ok(Value::Object(object)) = parsed else {
        let wanted = "bukan objek JSON dari kode unsur ke jawaban";
        reading.complain(Check::UnreadableRow, ANSWERS, "answers", cell, wanted);
        return None;
    };
    for (code, value) in &object {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if !usable_code(code) {
            let wanted = "bukan kode unsur (huruf besar, angka, garis bawah)";
            reading.complain(
                Check::UnreadableValue,
                ANSWERS,
                "answers",
                Cell::Text(code),
                wanted,
            );
            continue;
        }
        let cell = Cell::Text(&text).trimmed();
        if cell.is_empty() {
            blank.push(code.as_str());
        }
        let answer = answer(reading, ANSWERS, code, cell);
        answers.insert(code.clone(), answer);
    }
    tell_blanks(reading, &blank);
    Some(answers)
}

/// One problem that names all elements left blank.
fn tell_blanks(reading: &mut Reading<'_, '_>, blank: &[&str]) {
    if !blank.is_empty() {
        reading.doubt(
            Check::UnreadableValue,
            format!(
                "Jawaban {} kosong; dihitung sebagai tidak menjawab.",
                blank.join(", ")
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(answers: &str, elements: &[(&str, Cell<'_>)]) -> (Option<ResponseRow>, Vec<String>) {
        let mut cells = [Cell::Empty; WIDTH];
        cells[0] = Cell::Text("R-1");
        cells[1] = Cell::Text("2026-06-30");
        cells[2] = Cell::Text("KOM-03");
        cells[5] = Cell::Text("34");
        cells[ANSWERS] = Cell::Text(answers);
        let mut problems = Vec::new();
        let rules = Rules::plain(chrono_tz::Asia::Makassar);
        let row = response_row(cells, elements, &rules, &mut problems);
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
        assert_eq!(row.age, Some(34));
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
                "Jawaban PERILAKU, PENGADUAN kosong; dihitung sebagai tidak menjawab.",
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
        assert_eq!(said.len(), 2, "{said:?}");
        let (row, said) = read("[4, 3]", &[]);
        assert_eq!(row, None);
        assert!(said[0].contains("bukan objek JSON"), "{said:?}");
    }
}
