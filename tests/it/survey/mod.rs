//! Survey forms as offices have them: out of Google Forms, out of office sheets, with and without numbers of their own.

mod database;
mod forms;
mod identity;
mod kept;
mod orders;
mod sheets;

use std::path::{Path, PathBuf};

use tepat::snapshot::ResponseRow;
use tepat::source::ImportKind::Responses;
use tepat::source::store::responses;
use tepat::source::{FileReport, ImportKind};

use super::import::{Office, counts};

/// The header and mapping of an office sheet whose rows have numbers.
const SHEET: &str = "[responses]\nresponse_id = \"No\"\nanswered_on = \"Tanggal\"\nservice = { value = \"KOM-03\" }\n";

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/survey");
    std::fs::read(folder.join(name)).unwrap()
}

/// The form of Google Forms, and its mapping, in an office.
fn google_forms(office: &Office) -> (PathBuf, PathBuf) {
    let file = office.file("jawaban.csv", fixture("google-forms.csv"));
    (
        file,
        office.file("forms.toml", fixture("google-forms.toml")),
    )
}

fn rows(office: &Office) -> Vec<ResponseRow> {
    responses(office.path()).unwrap()
}

fn import(office: &Office, file: &Path, mapping: &Path) -> FileReport {
    office.try_import(Responses, file, Some(mapping)).unwrap()
}

/// The answers of a form in words: `BIAYA 4 WAKTU –`.
fn answers(row: &ResponseRow) -> String {
    let words = row.answers.iter().map(|(code, answer)| match answer {
        Some(answer) => format!("{code} {answer}"),
        None => format!("{code} –"),
    });
    words.collect::<Vec<_>>().join(" ")
}
