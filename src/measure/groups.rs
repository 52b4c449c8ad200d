//! The headline by permit type, region and channel, for the values that occur.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::measure::headline::{self, Headline};
use crate::measure::membership::{Span, placed};
use crate::measure::put::Writer;
use crate::measure::review::Input;
use crate::score::{Scored, ScoredCase};
use crate::snapshot::UNRECORDED;
use crate::standard::Library;

/// The dimensions, in printing order.
const DIMENSIONS: [&str; 3] = ["service", "region", "channel"];

/// The value of a case in each dimension; None where the source records none.
fn values(case: &ScoredCase) -> [Option<&str>; 3] {
    let known = case.standard.as_ref().map(|s| s.service.as_str());
    [
        Some(known.unwrap_or(&case.service)),
        case.region.as_deref(),
        case.channel.as_deref(),
    ]
}

/// Headlines by the values of each dimension.
type Groups<'a> = [BTreeMap<Option<&'a str>, Headline>; 3];

fn tally<'a>(cases: &'a [ScoredCase], input: Input) -> Groups<'a> {
    /// Cases of one part; parts merge in any order, since all that is kept are sums.
    const PART: usize = 8_192;
    let span = Span::of(input.period, input.as_of);
    cases
        .par_chunks(PART)
        .map(|cases| {
            let mut groups = Groups::default();
            for case in cases {
                let standing = case.standing();
                let place = placed(case, &standing, span);
                for (group, value) in groups.iter_mut().zip(values(case)) {
                    let headline = group.entry(value).or_default();
                    headline.add(case, &standing, place);
                }
            }
            groups
        })
        .reduce(Groups::default, |mut a, b| {
            for (a, b) in a.iter_mut().zip(b) {
                for (value, headline) in b {
                    a.entry(value).or_default().merge(&headline);
                }
            }
            a
        })
}

/// Writes the headline by service, region and channel; returns the values that occur, with their names.
pub fn write(
    w: &mut Writer,
    input: Input,
    scored: &Scored,
    days_known: bool,
) -> Vec<(String, Vec<(String, String)>)> {
    let mut dimensions = Vec::new();
    for (dimension, mut groups) in DIMENSIONS.into_iter().zip(tally(&scored.cases, input)) {
        let unrecorded = groups.remove(&None);
        if groups.is_empty() {
            continue;
        }
        if let Some(headline) = unrecorded {
            groups.entry(Some(UNRECORDED)).or_default().merge(&headline);
        }
        let mut values = Vec::new();
        for (value, h) in groups {
            if h.due.of + h.decided.of + h.received + h.closing == 0 {
                continue;
            }
            let value = value.unwrap_or(UNRECORDED);
            headline::write_group(w, (dimension, value), &h, days_known);
            values.push((value.to_owned(), name_of(input.library, dimension, value)));
        }
        dimensions.push((dimension.to_owned(), values));
    }
    dimensions
}

/// The name a value is printed by: a service's is that of its newest revision, whatever an older one called it.
fn name_of(library: &Library, dimension: &str, value: &str) -> String {
    let newest = library
        .revisions(value)
        .filter(|_| dimension == "service")
        .and_then(<[_]>::last);
    newest.map_or_else(|| value.to_owned(), |s| s.name.clone())
}
