//! Which cell of a source row is which column of the contract.
//!
//! In: the header as found, a mapping or none. Out: [`Columns`], which picks the cells of each row; or the sentence that
//! names what was found, what is wanted and the nearest name. Used for files and queries alike.

use super::mapping::{Mapping, Origin};
use crate::source::row::{Cells, ImportKind, Need, Rules};
use crate::source::value::Cell;

#[derive(Debug, Clone)]
enum Pick {
    Absent,
    Column(usize),
    Constant(String),
    IssuedWhen(usize),
}

/// The way from source cells to contract cells.
#[derive(Debug, Clone)]
pub struct Columns {
    picks: Vec<Pick>,
    /// Columns of the source that nothing is read from.
    pub ignored: Vec<String>,
}

impl Columns {
    /// Finds the contract's columns in `header`.
    ///
    /// # Errors
    /// A sentence (without the file's name): columns missing, twice there, or misspelt.
    pub fn find(
        kind: ImportKind,
        header: &[String],
        mapping: Option<&Mapping>,
    ) -> Result<Self, String> {
        let mapping = mapping.filter(|m| m.maps(kind));
        let mut finder = Finder {
            header,
            used: vec![false; header.len()],
            lacking: Vec::new(),
        };
        let mut picks = Vec::new();
        for field in kind.fields() {
            let pick = match mapping {
                None => finder
                    .pick(field.name, field.need != Need::Optional)?
                    .map(Pick::Column),
                Some(mapping) => match mapping.origin(kind, field.name) {
                    None => None,
                    Some(Origin::Constant(word)) => Some(Pick::Constant(word.clone())),
                    Some(Origin::Column { name, .. }) => finder.pick(name, true)?.map(Pick::Column),
                    Some(Origin::IssuedWhen(name)) => {
                        finder.pick(name, true)?.map(Pick::IssuedWhen)
                    }
                },
            };
            picks.push(pick.unwrap_or(Pick::Absent));
        }
        finder.complain()?;
        let columns = Self {
            picks,
            ignored: finder.ignored(),
        };
        columns.check_times(kind, header)?;
        if mapping.is_none() {
            columns.check_spelling(kind)?;
        }
        Ok(columns)
    }

    /// The contract's columns that are in `header` under their own names; the others are absent.
    pub fn present(kind: ImportKind, header: &[String]) -> Self {
        let place = |name: &str| header.iter().position(|h| h == name);
        let pick = |name| place(name).map_or(Pick::Absent, Pick::Column);
        Self {
            picks: kind.fields().iter().map(|f| pick(f.name)).collect(),
            ignored: Vec::new(),
        }
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

    /// An optional column that is absent while a name nearly like it is there is a misspelling, not an absence.
    fn check_spelling(&self, kind: ImportKind) -> Result<(), String> {
        for found in &self.ignored {
            let near = kind
                .fields()
                .iter()
                .find(|f| self.is_absent(kind, f.name) && is_near(found, f.name));
            if let Some(field) = near {
                return Err(format!(
                    "column `{found}` is not of the contract, but nearly `{}`: rename it, or use a mapping",
                    field.name
                ));
            }
        }
        Ok(())
    }

    /// The contract's cells of one row; `cell` gives the source's cell by its number.
    pub fn cells<'a>(&'a self, cell: impl Fn(usize) -> Cell<'a>) -> Cells<'a> {
        let mut cells = [Cell::Empty; 10];
        for (slot, pick) in cells.iter_mut().zip(&self.picks) {
            *slot = match pick {
                Pick::Absent => Cell::Empty,
                Pick::Column(at) => cell(*at),
                Pick::Constant(word) => Cell::Text(word),
                Pick::IssuedWhen(at) if cell(*at).trimmed().is_empty() => Cell::Text("open"),
                Pick::IssuedWhen(_) => Cell::Text("issued"),
            };
        }
        cells
    }
}

/// The rules of reading that `mapping` sets for `kind`; `zone` is the office's.
pub fn rules(kind: ImportKind, mapping: Option<&Mapping>, zone: chrono_tz::Tz) -> Rules {
    let Some(mapping) = mapping else {
        return Rules::plain(zone);
    };
    let mut rules = Rules::plain(mapping.zone.unwrap_or(zone));
    for (at, field) in kind.fields().iter().enumerate() {
        rules.shapes[at] = match mapping.origin(kind, field.name) {
            Some(Origin::Column { shape, .. }) => shape.clone(),
            _ => None,
        };
        // A value the mapping itself sets needs no code list.
        let from_column = !matches!(
            mapping.origin(kind, field.name),
            Some(Origin::Constant(_) | Origin::IssuedWhen(_))
        );
        rules.codes[at] = mapping.codes(field.name).filter(|_| from_column).cloned();
    }
    rules
}

struct Finder<'a> {
    header: &'a [String],
    used: Vec<bool>,
    lacking: Vec<String>,
}

impl Finder<'_> {
    fn pick(&mut self, name: &str, needed: bool) -> Result<Option<usize>, String> {
        let mut places = (0..self.header.len()).filter(|i| self.header[*i].trim() == name);
        let (first, second) = (places.next(), places.next());
        match (first, second) {
            (Some(_), Some(_)) => Err(format!(
                "column `{name}` stands twice in the header: rename one of them"
            )),
            (Some(at), None) => {
                self.used[at] = true;
                Ok(Some(at))
            }
            (None, _) => {
                if needed {
                    self.lacking.push(name.to_owned());
                }
                Ok(None)
            }
        }
    }

    fn complain(&self) -> Result<(), String> {
        if self.lacking.is_empty() {
            return Ok(());
        }
        let near: Vec<String> = self
            .lacking
            .iter()
            .filter_map(|want| {
                let found = self.header.iter().find(|h| is_near(h, want))?;
                Some(format!(" (did you mean `{want}` by `{}`?)", found.trim()))
            })
            .collect();
        Err(format!(
            "columns missing: {}; columns found: {}{}: correct the header or the mapping",
            self.lacking.join(", "),
            list(self.header),
            near.join("")
        ))
    }

    fn ignored(&self) -> Vec<String> {
        let unused = self
            .header
            .iter()
            .zip(&self.used)
            .filter(|(_, used)| !**used);
        unused
            .map(|(name, _)| name.trim().to_owned())
            .filter(|n| !n.is_empty())
            .collect()
    }
}

fn list(header: &[String]) -> String {
    let mut names: Vec<String> = header.iter().take(SHOWN_NAMES).map(|h| shown(h)).collect();
    if header.len() > SHOWN_NAMES {
        names.push(format!("and {} more", header.len() - SHOWN_NAMES));
    }
    names.join(", ")
}

/// Most names and letters of a header that a message repeats.
const SHOWN_NAMES: usize = 40;
const SHOWN_LETTERS: usize = 60;

/// A name from a file as a message may show it: without control characters, cut where it is long.
fn shown(name: &str) -> String {
    let clean: String = name
        .trim()
        .chars()
        .take(SHOWN_LETTERS)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    match name.trim().chars().nth(SHOWN_LETTERS) {
        Some(_) => format!("{clean}…"),
        None => clean,
    }
}

/// Equal but for capitals, blanks, dashes and at most two letters.
pub(crate) fn is_near(found: &str, wanted: &str) -> bool {
    let plain = |s: &str| -> Vec<char> {
        s.trim()
            .chars()
            .map(|c| {
                if c == ' ' || c == '-' {
                    '_'
                } else {
                    c.to_ascii_lowercase()
                }
            })
            .collect()
    };
    let (a, b) = (plain(found), plain(wanted));
    distance(&a, &b) <= if b.len() > 4 { 2 } else { 1 }
}

/// Levenshtein distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn missing_columns_are_all_named_with_the_nearest() {
        let found = header("Case ID,service,received_at,result");
        let message = Columns::find(ImportKind::Cases, &found, None).unwrap_err();
        assert_eq!(
            message,
            "columns missing: case_id, requires_recommendation, outcome; columns found: Case ID, service, received_at, \
             result (did you mean `case_id` by `Case ID`?): correct the header or the mapping"
        );
    }

    #[test]
    fn a_misspelt_optional_column_is_not_taken_for_absent() {
        let found = header("case_id,step,started_at,complete_at");
        let message = Columns::find(ImportKind::Steps, &found, None).unwrap_err();
        assert!(
            message.contains("`complete_at`") && message.contains("`completed_at`"),
            "{message}"
        );
        let fine = Columns::find(
            ImportKind::Steps,
            &header("case_id,step,started_at,note"),
            None,
        )
        .unwrap();
        assert_eq!(fine.ignored, ["note"]);
    }

    #[test]
    fn steps_without_any_time_and_columns_twice_are_refused() {
        assert!(Columns::find(ImportKind::Steps, &header("case_id,step"), None).is_err());
        let twice = Columns::find(
            ImportKind::Steps,
            &header("case_id,step,step,started_at"),
            None,
        )
        .unwrap_err();
        assert!(twice.contains("twice"), "{twice}");
    }
}
