//! The keys of a file in `standards/ikm/`, as written. What they mean together is checked in `instrument.rs`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Spanned, Value};

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentFile {
    pub code: Spanned<String>,
    pub title: Spanned<String>,
    /// What it is, for whoever reads the file.
    pub description: Spanned<String>,
    pub owner: Spanned<String>,
    pub basis: Spanned<String>,
    pub mark: Spanned<String>,
    pub valid_from: Spanned<Value>,
    pub valid_to: Option<Spanned<Value>>,
    pub bands_mark: Option<Spanned<String>>,
    pub element: Spanned<Vec<Spanned<ElementFile>>>,
    #[serde(default)]
    pub band: Vec<Spanned<BandFile>>,
    #[serde(default)]
    pub orders: BTreeMap<String, Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub legacy: Vec<LegacyFile>,
    #[serde(default)]
    pub note: Vec<NoteFile>,
}

/// One element.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElementFile {
    pub code: Spanned<String>,
    pub title: Spanned<String>,
    pub weight: Spanned<String>,
    pub question: Option<Spanned<String>>,
    pub scale: Spanned<Vec<Spanned<String>>>,
    pub measured: Option<Spanned<String>>,
    #[serde(default)]
    pub keywords: Vec<Spanned<String>>,
}

/// One band of results: the lowest and the highest index, with 2 decimals.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BandFile {
    pub from: Spanned<String>,
    pub to: Spanned<String>,
    pub grade: Spanned<String>,
    pub performance: Spanned<String>,
}

/// A weight that reproduces archived figures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LegacyFile {
    pub code: Spanned<String>,
    pub weight: Spanned<String>,
    pub sum_places: Option<Spanned<u32>>,
    pub remark: Spanned<String>,
}

/// A remark for the method page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteFile {
    pub mark: Spanned<String>,
    pub text: Spanned<String>,
}
