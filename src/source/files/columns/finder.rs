//! The search for columns by name, and the sentences on those that are not found.
//!
//! In: the header, names. Out: the numbers of columns, or a sentence that names what was found and what is nearest.

use super::{Columns, Feed, Made, MadeFrom, Pick};
use crate::source::files::mapping::{InstrumentOf, MadeOf, Mapping, Origin, Origins};
use crate::source::files::survey::Questions;
use crate::source::moment::{Epoch, Shape};
use crate::source::row::{ImportKind, Need};

/// What survey programs call the time at which a form was handed in.
const FORM_TIMES: [&str; 3] = ["Timestamp", "Cap waktu", "Stempel waktu"];

pub(super) struct Finder<'a> {
    header: &'a [String],
    /// The workbook's sheet.
    sheet: Option<&'a str>,
    used: Vec<bool>,
    lacking: Vec<String>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(header: &'a [String], sheet: Option<&'a str>) -> Self {
        Self {
            header,
            sheet,
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
            let form_time = self.form_time(kind, field.name, name);
            let name = form_time.unwrap_or(name);
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
                None => match self.form_time(kind, field.name, "") {
                    Some(name) => self.pick(name, true)?.map(Pick::Column),
                    None => None,
                },
                Some(Origin::SheetName) => Some(self.sheet_name(field.name)?),
                Some(Origin::Made { of, prefix }) => self.made(of, prefix)?.map(Pick::Made),
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

    /// What a survey program calls its own column of times, where the column of the contract is not there; a survey without
    /// any is told so by the first name.
    fn form_time(&self, kind: ImportKind, field: &str, name: &str) -> Option<&'static str> {
        let is_there = |name: &str| self.header.iter().any(|h| same_name(h, name));
        if kind != ImportKind::Responses || field != "answered_on" || is_there(name) {
            return None;
        }
        let found = FORM_TIMES.iter().copied().find(|n| is_there(n));
        match name {
            "" => Some(found.unwrap_or(FORM_TIMES[0])),
            _ => found,
        }
    }

    fn sheet_name(&self, field: &str) -> Result<Pick, String> {
        let name = self.sheet.ok_or_else(|| {
            format!(
                "the mapping reads `{field}` from the sheet's name, but this file has no sheets: name a column or a value"
            )
        })?;
        Ok(Pick::Constant(name.trim().to_owned()))
    }

    fn made(&mut self, of: &MadeOf, prefix: &str) -> Result<Option<Made>, String> {
        let from = match of {
            MadeOf::Row => Some(MadeFrom::Row),
            MadeOf::Number(name) => self.pick(name, true)?.map(MadeFrom::Number),
            MadeOf::Columns(names) => {
                let mut places = Vec::new();
                for name in names {
                    places.extend(self.pick(name, true)?);
                }
                Some(MadeFrom::Columns(places))
            }
        };
        Ok(from.map(|from| Made {
            from,
            prefix: prefix.to_owned(),
        }))
    }

    /// The column that names the instrument of each row.
    pub(super) fn instrument(
        &mut self,
        mapping: Option<&Mapping>,
    ) -> Result<Option<usize>, String> {
        match mapping.map(|m| &m.survey.instrument) {
            Some(Some(InstrumentOf::Column(name))) => self.pick(name, true),
            _ => Ok(None),
        }
    }

    /// The columns of a survey's elements: those that the mapping names, else those whose names or positions say which they are.
    pub(super) fn elements(
        &mut self,
        mapping: Option<&Mapping>,
        questions: &Questions<'_>,
    ) -> Result<Vec<(String, usize)>, String> {
        let mut found = Vec::new();
        if let Some(named) = mapping.map(|m| &m.answers).filter(|a| !a.is_empty()) {
            // What the instrument of this sheet does not ask need not be in it.
            for (code, column) in named.iter().filter(|(code, _)| questions.has(code)) {
                found.extend(self.pick(column, true)?.map(|at| (code.clone(), at)));
            }
            found.sort_unstable_by_key(|(_, at)| *at);
            return Ok(found);
        }
        let mut by_name: Vec<(String, usize)> = Vec::new();
        for (at, name) in self.header.iter().enumerate() {
            let Some(code) = questions.element(&tidy(name)).filter(|_| !self.used[at]) else {
                continue;
            };
            if by_name.iter().any(|(known, _)| *known == code) {
                return Err(format!(
                    "two columns hold the answers to {code}, one of them `{}`: say in the mapping under [answers] which is meant",
                    shown(name)
                ));
            }
            by_name.push((code, at));
        }
        let by_position = questions.by_position(self.header, &self.used, !by_name.is_empty())?;
        for (code, at) in by_position.unwrap_or(by_name) {
            self.used[at] = true;
            found.push((code, at));
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
            instrument: None,
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
            Shape::Forms(_) => "a survey form writes it".to_owned(),
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
        Pick::Made(Made { from, prefix }) => {
            let made = match from {
                MadeFrom::Number(at) => name(at),
                MadeFrom::Columns(places) => {
                    let names: Vec<String> = places.iter().map(name).collect();
                    format!("made of {}", names.join(", "))
                }
                MadeFrom::Row => "made of all columns that are read".to_owned(),
            };
            Some(match prefix.is_empty() {
                true => made,
                false => format!("\"{prefix}\" and {made}"),
            })
        }
        Pick::IssuedWhen(at) => Some(format!("issued where {} has a value, else open", name(at))),
    }
}
