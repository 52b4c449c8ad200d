//! What the text of a mapping may say, as TOML: nothing is checked here but the shape.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{CasesFrom, Encoding, Sheet};

pub(super) type Sources = BTreeMap<String, Spanned<Source>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub cases_from: CasesFrom,
    pub zone: Option<Spanned<String>>,
    pub delimiter: Option<Spanned<String>>,
    pub encoding: Option<Encoding>,
    pub decimal: Option<Spanned<String>>,
    pub sheet: Option<Sheet>,
    pub sheets: Option<Spanned<SheetsText>>,
    pub header_row: Option<Spanned<u64>>,
    pub header_rows: Option<Spanned<u64>>,
    #[serde(default)]
    pub missing: Vec<String>,
    #[serde(default)]
    pub unlisted: Unlisted,
    #[serde(default)]
    pub cases: Sources,
    #[serde(default)]
    pub steps: Sources,
    #[serde(default)]
    pub responses: Sources,
    #[serde(default)]
    pub complaints: Sources,
    #[serde(default)]
    pub staff: Sources,
    #[serde(default)]
    pub followups: Sources,
    pub wide: Option<Spanned<Wide>>,
    #[serde(default)]
    pub survey: SurveyText,
    #[serde(default)]
    pub answers: BTreeMap<Spanned<String>, String>,
    #[serde(default)]
    pub codes: BTreeMap<String, Spanned<BTreeMap<String, Word>>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a list of sheets or \"all\"")]
pub(super) enum SheetsText {
    Word(String),
    List(Vec<Sheet>),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveyText {
    pub instrument: Option<Spanned<InstrumentText>>,
    pub order: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected the code of an instrument, { column } or { sheet_name = true }"
)]
pub(super) enum InstrumentText {
    Code(String),
    Column(OfColumn),
    Sheet(SheetSource),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfColumn {
    pub column: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wide {
    pub case_id: Spanned<Source>,
    pub row_id: Option<Spanned<Source>>,
    #[serde(default)]
    pub steps: Vec<Spanned<WideEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WideEntry {
    pub step: i32,
    pub started_at: Option<Spanned<Source>>,
    pub completed_at: Option<Spanned<Source>>,
    pub officer: Option<Spanned<Source>>,
    pub result: Option<Spanned<Source>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unlisted {
    #[default]
    Finding,
    Keep,
}

#[derive(Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a column name, { column, format }, { value }, { first_of }, { sheet_name }, { issued_when }, or for response_id { column, prefix } or { made_of, prefix }"
)]
pub(super) enum Source {
    Name(String),
    Column(ColumnSource),
    Value(ValueSource),
    FirstOf(FirstOfSource),
    Derived(DerivedSource),
    Sheet(SheetSource),
    Prefixed(PrefixedSource),
    Made(MadeSource),
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnSource {
    pub column: String,
    pub format: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueSource {
    pub value: Word,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FirstOfSource {
    pub first_of: Vec<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DerivedSource {
    pub issued_when: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SheetSource {
    pub sheet_name: bool,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PrefixedSource {
    pub column: String,
    pub prefix: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MadeSource {
    pub made_of: MadeText,
    #[serde(default)]
    pub prefix: String,
}

#[derive(Clone, Deserialize)]
#[serde(untagged, expecting = "expected a list of columns or \"row\"")]
pub(super) enum MadeText {
    Word(String),
    Columns(Vec<String>),
}

#[derive(Clone, Deserialize)]
#[serde(untagged, expecting = "expected text, a whole number, true or false")]
pub(super) enum Word {
    Text(String),
    Number(i64),
    Truth(bool),
}

impl Word {
    pub fn text(self) -> String {
        match self {
            Word::Text(text) => text,
            Word::Number(n) => n.to_string(),
            Word::Truth(b) => b.to_string(),
        }
    }
}
