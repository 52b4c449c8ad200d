//! The search for columns by name, and the sentences on those that are not found.
//!
//! In: the header, names. Out: the numbers of columns, or a sentence that names what was found and what is nearest.

use super::{Columns, Feed, Pick};
use crate::source::files::mapping::{Mapping, Origin, Origins};
use crate::source::moment::{Epoch, Shape};
use crate::source::row::{ImportKind, Need, usable_code};

pub(super) struct Finder<'a> {
    header: &'a [String],
    used: Vec<bool>,
    lacking: Vec<String>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(header: &'a [String]) -> Self {
        Self {
            header,
            used: vec![false; header.len()],
            lacking: Vec::new(),
        }
    }

    /// Columns that are called by these names, one for each of the contract.
    pub(super) fn own_names(
        &mut self,
        kind: ImportKind,
        names: &[&str],
    ) -> Result<Vec<Pick>, String> {
        let mut picks = Vec::new();
        for (field, name) in kind.fields().iter().zip(names) {
            let found = self.pick(name, field.need != Need::Optional)?;
            picks.push(found.map_or(Pick::Absent, Pick::Column));
        }
        Ok(picks)
    }

    /// Columns that a mapping names.
    pub(super) fn mapped(
        &mut self,
        kind: ImportKind,
        origins: &Origins,
    ) -> Result<Vec<Pick>, String> {
        let mut picks = Vec::new();
        for field in kind.mapped_fields() {
            let pick = match origins.get(field.name) {
                None => None,
                Some(Origin::Constant(word)) => Some(Pick::Constant(word.clone())),
                Some(Origin::Column { name, .. }) => self.pick(name, true)?.map(Pick::Column),
                Some(Origin::FirstOf(names)) => {
                    let mut places = Vec::new();
                    for name in names {
                        places.extend(self.pick(name, true)?.map(|at| (at, shown(name))));
                    }
                    Some(Pick::FirstOf(places))
                }
                Some(Origin::IssuedWhen(name)) => self.pick(name, true)?.map(Pick::IssuedWhen),
            };
            picks.push(pick.unwrap_or(Pick::Absent));
        }
        Ok(picks)
    }

    /// The columns of a survey's elements: those that the mapping names, else all whose names are codes.
    pub(super) fn elements(
        &mut self,
        mapping: Option<&Mapping>,
    ) -> Result<Vec<(String, usize)>, String> {
        let mut found = Vec::new();
        if let Some(named) = mapping.map(|m| &m.answers).filter(|a| !a.is_empty()) {
            for (code, column) in named {
                found.extend(self.pick(column, true)?.map(|at| (code.clone(), at)));
            }
            found.sort_unstable_by_key(|(_, at)| *at);
            return Ok(found);
        }
        for (at, name) in self.header.iter().enumerate() {
            let code = tidy(name);
            if self.used[at] || !usable_code(&code) || is_field(&code) {
                continue;
            }
            if is_position(&code) {
                return Err(format!(
                    "column `{code}` names an element by its position, and the eighth and ninth are asked in either order (the regulation's list has PENGADUAN 8th and SARPRAS 9th, the questionnaire in use the other way round): say in the mapping under [answers] which element each column holds, such as PENGADUAN = \"U9\""
                ));
            }
            found.extend(self.pick(&code, true)?.map(|at| (code, at)));
        }
        Ok(found)
    }

    pub(super) fn columns(
        self,
        kind: ImportKind,
        picks: Vec<Pick>,
        elements: Vec<(String, usize)>,
        origins: Option<&Origins>,
    ) -> Result<Columns, String> {
        self.complain()?;
        let mut feeds = Vec::new();
        for (field, pick) in kind.mapped_fields().iter().zip(&picks) {
            let origin = origins.and_then(|o| o.get(field.name));
            feeds.extend(words(pick, origin, self.header).map(|from| Feed {
                column: field.name.to_owned(),
                from,
            }));
        }
        feeds.extend(elements.iter().map(|(code, at)| Feed {
            column: code.clone(),
            from: format!("\"{}\"", shown(&self.header[*at])),
        }));
        let columns = Columns {
            picks,
            elements,
            ignored: self.ignored(),
            used: self.used,
            feeds,
        };
        columns.check_times(kind, self.header)?;
        Ok(columns)
    }

    fn pick(&mut self, name: &str, needed: bool) -> Result<Option<usize>, String> {
        let mut places = (0..self.header.len()).filter(|i| same_name(&self.header[*i], name));
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
            .map(|(name, _)| tidy(name))
            .filter(|n| !n.is_empty())
            .collect()
    }
}

/// A name with one blank for each stretch of white space.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same_name(found: &str, wanted: &str) -> bool {
    found.split_whitespace().eq(wanted.split_whitespace())
}

/// Whether a name is a column of the contract, written in capitals.
fn is_field(code: &str) -> bool {
    let fields = ImportKind::Responses.fields();
    fields.iter().any(|f| f.name.eq_ignore_ascii_case(code))
}

/// `U1` to `U99`.
fn is_position(code: &str) -> bool {
    let number = code.strip_prefix('U');
    number.is_some_and(|n| matches!(n.len(), 1 | 2) && n.bytes().all(|b| b.is_ascii_digit()))
}

pub(in crate::source::files) fn list(header: &[String]) -> String {
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
pub(super) fn shown(name: &str) -> String {
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
pub(in crate::source) fn is_near(found: &str, wanted: &str) -> bool {
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

/// What a column is read from, in words.
fn words(pick: &Pick, origin: Option<&Origin>, header: &[String]) -> Option<String> {
    let name = |at: &usize| format!("\"{}\"", shown(&header[*at]));
    let format = match origin {
        Some(Origin::Column { shape, .. }) => shape.as_ref().map(|shape| match shape {
            Shape::WithOffset(f) | Shape::Local(f) | Shape::DateOnly(f) => f.clone(),
            Shape::Excel(Epoch::Y1900) => "excel".to_owned(),
            Shape::Excel(Epoch::Y1904) => "excel-1904".to_owned(),
        }),
        _ => None,
    };
    match pick {
        Pick::Absent => None,
        Pick::Column(at) => Some(match format {
            Some(format) => format!("{} as {format}", name(at)),
            None => name(at),
        }),
        Pick::Constant(word) => Some(format!("always {word}")),
        Pick::FirstOf(places) => {
            let names: Vec<String> = places.iter().map(|(at, _)| name(at)).collect();
            Some(format!("the first value of {}", names.join(", ")))
        }
        Pick::IssuedWhen(at) => Some(format!("issued where {} has a value, else open", name(at))),
    }
}
