//! Which cell of a source row is which column of the contract.
//!
//! In: the header as found, a mapping or none. Out: [`Columns`], which picks the cells of each row and says in words what
//! feeds what; or the sentence that names what was found, what is wanted and the nearest name. Used for files and queries
//! alike. White space in a name counts as one blank each: spreadsheets break lines inside their header cells.

mod finder;

use std::borrow::Cow;

use serde::Serialize;

pub(in crate::source) use self::finder::is_near;
pub(super) use self::finder::list;
use self::finder::{Finder, shown};
use super::identity::number;
use super::mapping::{Mapping, Origin, Origins};
use super::personal::is_personal;
use super::survey::Questions;
use crate::source::row::fields::ANSWERS;
use crate::source::row::{Cells, ImportKind, Rules, WIDTH};
use crate::source::value::Cell;

#[derive(Debug, Clone)]
enum Pick {
    Absent,
    Column(usize),
    Constant(String),
    /// Places, and names as messages show them.
    FirstOf(Vec<(usize, String)>),
    IssuedWhen(usize),
    /// `response_id`: see [`Columns::number`].
    Made(Made),
}

/// Columns that make the number of a survey form, and what stands before it.
#[derive(Debug, Clone)]
struct Made {
    from: MadeFrom,
    prefix: String,
}

#[derive(Debug, Clone)]
enum MadeFrom {
    /// It is a number already.
    Number(usize),
    Columns(Vec<usize>),
    /// All columns that are read.
    Row,
}

/// What a column of the contract is read from, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// The contract's column, the element of a survey, or the step and column of a wide row.
    pub column: String,
    pub from: String,
}

/// The way from source cells to contract cells.
#[derive(Debug, Clone)]
pub struct Columns {
    picks: Vec<Pick>,
    /// Element codes of a survey and the columns that hold the answers to them.
    elements: Vec<(String, usize)>,
    /// The column that names the instrument of a survey's row.
    instrument: Option<usize>,
    used: Vec<bool>,
    /// Columns of the source that nothing is read from.
    pub ignored: Vec<String>,
    /// In the contract's order; columns that nothing feeds are left out.
    pub feeds: Vec<Feed>,
}

impl Columns {
    /// Finds the contract's columns in `header`; `sheet` is the workbook's sheet, `questions` what a survey can ask.
    ///
    /// # Errors
    /// A sentence (without the file's name): columns missing, twice there, misspelt, or of a person's name or number.
    pub(in crate::source) fn find(
        kind: ImportKind,
        header: &[String],
        mapping: Option<&Mapping>,
        sheet: Option<&str>,
        questions: &Questions<'_>,
    ) -> Result<Self, String> {
        let origins = mapping.and_then(|m| m.origins(kind));
        let mut finder = Finder::new(header, sheet);
        let names = own_names(kind, header);
        let picks = match origins {
            None => finder.own_names(kind, &names)?,
            Some(origins) => finder.mapped(kind, origins)?,
        };
        let (elements, instrument) = match kind {
            ImportKind::Responses => (
                finder.elements(mapping, questions)?,
                finder.instrument(mapping)?,
            ),
            _ => (Vec::new(), None),
        };
        let mut columns = finder.columns(kind, picks, elements, origins)?;
        columns.instrument = instrument;
        if kind == ImportKind::Responses {
            columns.check_survey(header, questions)?;
        }
        if origins.is_none() {
            columns.check_spelling(&names)?;
        }
        Ok(columns)
    }

    /// The contract's columns that are in `header` under their own names; the others are absent.
    pub fn present(kind: ImportKind, header: &[String]) -> Self {
        let place = |name: &str| header.iter().position(|h| h == name);
        let pick = |name| place(name).map_or(Pick::Absent, Pick::Column);
        Self {
            picks: kind.fields().iter().map(|f| pick(f.name)).collect(),
            elements: Vec::new(),
            instrument: None,
            used: vec![true; header.len()],
            ignored: Vec::new(),
            feeds: Vec::new(),
        }
    }

    /// Finds the columns of one step of a wide row.
    ///
    /// # Errors
    /// As `find`.
    pub fn of_step(
        header: &[String],
        origins: &Origins,
        sheet: Option<&str>,
    ) -> Result<Self, String> {
        let mut finder = Finder::new(header, sheet);
        let picks = finder.mapped(ImportKind::Steps, origins)?;
        finder.columns(ImportKind::Steps, picks, Vec::new(), Some(origins))
    }

    fn is_absent(&self, kind: ImportKind, name: &str) -> bool {
        let at = kind.fields().iter().position(|f| f.name == name);
        at.is_none_or(|at| matches!(self.picks[at], Pick::Absent))
    }

    /// A step needs at least one of its two times.
    fn check_times(&self, kind: ImportKind, header: &[String]) -> Result<(), String> {
        let absent = |name| self.is_absent(kind, name);
        if kind == ImportKind::Steps && absent("started_at") && absent("completed_at") {
            return Err(format!(
                "neither `started_at` nor `completed_at` is among the columns {}: at least one is needed",
                list(header)
            ));
        }
        Ok(())
    }

    /// A survey form without answers is none, and nobody's name or number may come with one.
    fn check_survey(&self, header: &[String], questions: &Questions<'_>) -> Result<(), String> {
        let is_used = |(at, _): &(usize, &String)| self.used.get(*at) == Some(&true);
        let mut used = header.iter().enumerate().filter(is_used);
        if let Some((_, name)) = used.find(|(_, name)| is_personal(name)) {
            return Err(format!(
                "column `{}` holds by its name what tells who somebody is (a name, a telephone or identity number, an address), and of a survey that is not kept: leave it out of the mapping, or rename the column if it holds something else",
                shown(name)
            ));
        }
        if self.elements.is_empty() && matches!(self.picks[ANSWERS], Pick::Absent) {
            return Err(format!(
                "no column holds answers; columns found: {}: name the columns by their element codes (WAKTU, BIAYA, ...), or say in the mapping, under [survey], which instrument it is, so that they are known by title or question, or under [answers] which column is which element",
                list(header)
            ));
        }
        let is_asked = |code: &str| self.elements.iter().any(|(known, _)| known == code);
        for found in &self.ignored {
            if let Some(code) = questions.nearly(found).filter(|code| !is_asked(code)) {
                return Err(format!(
                    "column `{}` is no element of the survey, but nearly `{code}`: rename it, or use a mapping",
                    shown(found)
                ));
            }
        }
        Ok(())
    }

    /// An optional column that is absent while a name nearly like it is there is a misspelling, not an absence.
    fn check_spelling(&self, names: &[&str]) -> Result<(), String> {
        for found in &self.ignored {
            let near = names
                .iter()
                .zip(&self.picks)
                .find(|(name, pick)| matches!(pick, Pick::Absent) && is_near(found, name));
            if let Some((name, _)) = near {
                return Err(format!(
                    "column `{}` is not of the contract, but nearly `{name}`: rename it, or use a mapping",
                    shown(found),
                ));
            }
        }
        Ok(())
    }

    /// The contract's cells of one row; `cell` gives the source's cell by its number.
    pub fn cells<'a>(&'a self, cell: impl Fn(usize) -> Cell<'a>) -> Cells<'a> {
        let mut cells = [Cell::Empty; WIDTH];
        for (slot, pick) in cells.iter_mut().zip(&self.picks) {
            *slot = match pick {
                Pick::Absent => Cell::Empty,
                Pick::Column(at) => cell(*at),
                Pick::Constant(word) => Cell::Text(word),
                Pick::FirstOf(places) => first(places.iter().map(|(at, _)| cell(*at))),
                Pick::IssuedWhen(at) if cell(*at).trimmed().is_empty() => Cell::Text("open"),
                Pick::IssuedWhen(_) => Cell::Text("issued"),
                // The plan makes the number of it, and lends it to the row.
                Pick::Made(made) => match made.from {
                    MadeFrom::Number(at) => cell(at),
                    _ => Cell::Empty,
                },
            };
        }
        cells
    }

    /// The number of a survey form that is not simply a cell; `text` gives what stands in a column. None: the number is a cell.
    pub(super) fn number<'c>(
        &self,
        text: impl Fn(usize) -> Cow<'c, str>,
    ) -> Option<Option<String>> {
        let Some(Pick::Made(made)) = self.picks.first() else {
            return None;
        };
        let columns = |places: &[usize]| number(&made.prefix, places.iter().map(|at| text(*at)));
        Some(match &made.from {
            MadeFrom::Number(at) => Some(text(*at))
                .filter(|number| !number.is_empty())
                .map(|number| format!("{}{number}", made.prefix)),
            MadeFrom::Columns(places) => columns(places),
            MadeFrom::Row => {
                let used = (0..self.used.len()).filter(|at| self.used[*at]);
                columns(&used.collect::<Vec<_>>())
            }
        })
    }

    /// Whether forms of equal cells have equal numbers until they are told apart.
    pub(super) fn makes_numbers(&self) -> bool {
        match self.picks.first() {
            Some(Pick::Made(made)) => !matches!(made.from, MadeFrom::Number(_)),
            _ => false,
        }
    }

    /// The column that names the instrument of a survey's row.
    pub(super) fn instrument(&self) -> Option<usize> {
        self.instrument
    }

    /// The cells of a survey's elements with their codes, in the order of the source's columns.
    pub fn answers<'a>(&'a self, cell: impl Fn(usize) -> Cell<'a>) -> Vec<(&'a str, Cell<'a>)> {
        let answer = |(code, at): &'a (String, usize)| (code.as_str(), cell(*at));
        self.elements.iter().map(answer).collect()
    }

    /// The source's column that feeds a column of the contract, where one does as it stands.
    pub(super) fn source(&self, at: usize) -> Option<usize> {
        match self.picks.get(at) {
            Some(Pick::Column(source)) => Some(*source),
            _ => None,
        }
    }

    /// Whether a column of the contract is read from any column of the source.
    pub(super) fn reads(&self, at: usize) -> bool {
        match self.picks.get(at) {
            Some(Pick::Column(_) | Pick::FirstOf(_) | Pick::IssuedWhen(_) | Pick::Made(_)) => true,
            Some(Pick::Absent | Pick::Constant(_)) | None => false,
        }
    }

    /// In words, for a finding: which value is used and which other one stands beside it, where a column of the contract
    /// is the first of several that have different values.
    pub(super) fn disagreement<'c>(
        &self,
        at: usize,
        cell: impl Fn(usize) -> Cell<'c>,
    ) -> Option<String> {
        let Some(Pick::FirstOf(places)) = self.picks.get(at) else {
            return None;
        };
        let mut filled = places
            .iter()
            .map(|(at, name)| (cell(*at).trimmed(), name))
            .filter(|(cell, _)| !cell.is_empty());
        let (used, of) = filled.next()?;
        let (other, beside) = filled.find(|(cell, _)| cell.text() != used.text())?;
        Some(format!(
            "{} pada kolom {of} dan {} pada kolom {beside}; yang dipakai {}",
            used.quoted(),
            other.quoted(),
            used.quoted()
        ))
    }

    /// The elements of a survey: code and source column.
    pub(super) fn elements(&self) -> &[(String, usize)] {
        &self.elements
    }

    /// Whether something is read from the source's column.
    pub(super) fn uses(&self, at: usize) -> bool {
        self.used.get(at).copied().unwrap_or(false)
    }
}

/// What the columns of `kind` are called in this header: as the contract calls them, or as the program's own sheet does where
/// the first of its heads is there.
fn own_names(kind: ImportKind, header: &[String]) -> Vec<&'static str> {
    let is_there = |heads: &&[&str]| {
        heads
            .first()
            .is_some_and(|h| header.iter().any(|n| n.trim() == *h))
    };
    match kind.sheet_heads().filter(is_there) {
        Some(heads) => heads.to_vec(),
        None => kind.fields().iter().map(|f| f.name).collect(),
    }
}

/// The rules of reading that `mapping` sets for `kind`; `zone` is the office's.
pub fn rules(kind: ImportKind, mapping: Option<&Mapping>, zone: chrono_tz::Tz) -> Rules {
    let origins = mapping.and_then(|m| m.origins(kind));
    rules_of(kind, mapping, origins, zone)
}

/// As [`rules()`], for columns that come from `origins`.
pub(super) fn rules_of(
    kind: ImportKind,
    mapping: Option<&Mapping>,
    origins: Option<&Origins>,
    zone: chrono_tz::Tz,
) -> Rules {
    let Some(mapping) = mapping else {
        return Rules::plain(zone);
    };
    let mut rules = Rules::plain(mapping.zone.unwrap_or(zone));
    rules.decimal = mapping.decimal;
    for (at, field) in kind.mapped_fields().iter().enumerate() {
        let origin = origins.and_then(|o| o.get(field.name));
        rules.shapes[at] = match origin {
            Some(Origin::Column { shape, .. }) => shape.clone(),
            _ => None,
        };
        // A value the mapping itself sets needs no code list.
        let from_column = !matches!(origin, Some(Origin::Constant(_) | Origin::IssuedWhen(_)));
        rules.codes[at] = mapping.codes(field.name).filter(|_| from_column).cloned();
    }
    rules
}

/// The first cell that is not blank.
fn first<'a>(mut cells: impl Iterator<Item = Cell<'a>>) -> Cell<'a> {
    cells
        .find(|cell| !cell.trimmed().is_empty())
        .unwrap_or(Cell::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split(',').map(str::to_owned).collect()
    }

    fn find(kind: ImportKind, header: &[String]) -> Result<Columns, String> {
        Columns::find(kind, header, None, None, &Questions::default())
    }

    #[test]
    fn missing_columns_are_all_named_with_the_nearest() {
        let found = header("Case ID,service,received_at,result");
        let message = find(ImportKind::Cases, &found).unwrap_err();
        assert_eq!(
            message,
            "columns missing: case_id, requires_recommendation, outcome; columns found: Case ID, service, received_at, \
             result (did you mean `case_id` by `Case ID`?): correct the header or the mapping"
        );
    }

    #[test]
    fn a_misspelt_optional_column_is_not_taken_for_absent() {
        let found = header("case_id,step,started_at,complete_at");
        let message = find(ImportKind::Steps, &found).unwrap_err();
        assert!(
            message.contains("`complete_at`") && message.contains("`completed_at`"),
            "{message}"
        );
        let fine = find(ImportKind::Steps, &header("case_id,step,started_at,note")).unwrap();
        assert_eq!(fine.ignored, ["note"]);
    }

    #[test]
    fn steps_without_any_time_and_columns_twice_are_refused() {
        assert!(find(ImportKind::Steps, &header("case_id,step")).is_err());
        let twice = find(ImportKind::Steps, &header("case_id,step,step,started_at")).unwrap_err();
        assert!(twice.contains("twice"), "{twice}");
    }
}
