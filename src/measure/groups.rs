//! The headline by permit type, region and channel, for the values that occur.

use std::collections::BTreeMap;

use crate::measure::headline;
use crate::measure::put::Writer;
use crate::measure::review::Input;
use crate::score::{Scored, ScoredCase};
use crate::standard::Library;

/// The value of a dimension where the source records none; only where some case has one.
const UNRECORDED: &str = "(tidak tercatat)";

/// Writes the headline by service, region and channel; returns the values that occur, with their names.
pub fn write(
    w: &mut Writer,
    input: Input,
    scored: &Scored,
    days_known: bool,
) -> Vec<(String, Vec<(String, String)>)> {
    type Key = fn(&ScoredCase) -> Option<&str>;
    let keys: [(&str, Key); 3] = [
        ("service", |c| {
            let known = c.standard.as_ref().map(|s| s.service.as_str());
            Some(known.unwrap_or(&c.service))
        }),
        ("region", |c| c.region.as_deref()),
        ("channel", |c| c.channel.as_deref()),
    ];
    let mut dimensions = Vec::new();
    for (dimension, key) in keys {
        if !scored.cases.iter().any(|c| key(c).is_some()) {
            continue;
        }
        let mut groups: BTreeMap<&str, Vec<&ScoredCase>> = BTreeMap::new();
        for case in &scored.cases {
            groups
                .entry(key(case).unwrap_or(UNRECORDED))
                .or_default()
                .push(case);
        }
        let mut values = Vec::new();
        for (value, cases) in groups {
            let h = headline::tally(cases.into_iter(), input.period, input.as_of);
            if h.due.of + h.decided.of + h.received + h.closing == 0 {
                continue;
            }
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
