//! Numbers for survey forms that have none of their own, as Google Forms gives none.
//!
//! In: the cells of a row that tell forms apart. Out: a response_id that is the same whenever the file is imported again, however
//! its rows are sorted and whatever rows were added: the first 16 digits of the SHA-256 of the cells. Rows with equal cells are
//! forms of their own, numbered in the order of the file: the second has `-2` behind its number, the third `-3`.
//!
//! Only cells that the mapping reads are used, so that no name or telephone number is in a number either.

use std::collections::BTreeMap;

use super::part::Part;
use crate::digest::sha256;

/// Between the cells; no cell of a file holds it.
const UNIT: &str = "\u{1f}";
/// Hexadecimal digits that are used: 64 bits, so that two of a million forms agree by chance once in 30 million files.
const DIGITS: usize = 16;

/// The number of a row by its cells; None where all are blank.
pub(super) fn number<'c>(
    prefix: &str,
    cells: impl Iterator<Item = std::borrow::Cow<'c, str>>,
) -> Option<String> {
    let cells: Vec<_> = cells.collect();
    if cells.iter().all(|c| c.is_empty()) {
        return None;
    }
    let digest = sha256(cells.join(UNIT).as_bytes());
    Some(format!("{prefix}{}", &digest[..DIGITS]))
}

/// Numbers that a file has given so far, and how often.
#[derive(Default)]
pub(super) struct Given(BTreeMap<u64, u32>);

impl Given {
    /// Tells forms of equal numbers apart, and corrects what was said of them. The parts must come in the order of the file.
    pub fn tell_apart(&mut self, part: &mut Part) {
        if part.made.is_empty() {
            return;
        }
        let mut renamed: BTreeMap<u64, String> = BTreeMap::new();
        for (row, line) in part.parsed.responses.iter_mut().zip(&part.made) {
            let digits = row.response_id.len().saturating_sub(DIGITS);
            let digest = row.response_id.get(digits..).unwrap_or_default();
            let Ok(digest) = u64::from_str_radix(digest, 16) else {
                continue;
            };
            let nth = self.0.entry(digest).or_default();
            *nth += 1;
            if *nth > 1 {
                row.response_id.push_str(&format!("-{nth}"));
                renamed.insert(*line, row.response_id.clone());
            }
        }
        for said in part.said.iter_mut().filter(|s| s.subject.is_some()) {
            if let Some(number) = renamed.get(&said.line) {
                said.subject = Some(number.clone());
            }
        }
    }
}
