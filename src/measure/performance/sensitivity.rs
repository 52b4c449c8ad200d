//! How much the headline depends on the readings taken: each pause rule, cuti bersama as a working day, doubtful cases left
//! out (scoring.md, sections 2, 3 and 6).
//!
//! In: the cases scored under each reading. Out: figures with group `rule`; `own` is the headline itself.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::measure::headline::{self, Headline};
use crate::measure::performance::View;
use crate::measure::put::Writer;
use crate::score::{Scored, ScoredCase};
use crate::standard::{PauseRule, Unit};

/// A reading's code, in printing order.
pub const RULES: [&str; 6] = [
    "own",
    "exclude",
    "include",
    "restart",
    "joint_leave",
    "without_findings",
];

/// Writes the table. `other_leave`: the same cases with cuti bersama read the other way; `doubtful`: ids of the cases with a
/// finding that puts a figure in doubt.
pub fn write(w: &mut Writer, view: &View, other_leave: &Scored, doubtful: &BTreeSet<&str>) {
    let of = |scored: &Scored| headline::tally(scored.cases.iter(), view.period, view.as_of);
    let own = of(view.scored);
    let sound = |case: &&ScoredCase| !doubtful.contains(case.case_id.as_str());
    let without = || {
        let sound = view.scored.cases.iter().filter(sound);
        headline::tally(sound, view.period, view.as_of)
    };
    let rules = PauseRule::ALL.into_par_iter();
    let by_rule = rules.filter_map(|rule| Some((rule.code(), of(view.by_rule.get(&rule)?))));
    let (by_rule, (other, without)) = rayon::join(
        || by_rule.collect::<Vec<_>>(),
        || rayon::join(|| of(other_leave), without),
    );
    let mut rows = vec![("own", own.clone())];
    rows.extend(by_rule);
    rows.push(("joint_leave", other));
    rows.push(("without_findings", without));
    for (rule, headline) in &rows {
        write_row(w, rule, headline, &own, view.days_known);
    }
}

fn write_row(w: &mut Writer, rule: &str, h: &Headline, own: &Headline, days_known: bool) {
    let group = [("rule", rule)];
    w.share_with_interval("sensitivity.due", &group, h.due);
    w.share_with_interval("sensitivity.decided", &group, h.decided);
    w.change("sensitivity.due.change", &group, h.due, own.due);
    let days = h.days.get(&Unit::WorkingDays).cloned().unwrap_or_default();
    match days_known {
        true => w.days(
            "sensitivity.days_median",
            &group,
            days.n(),
            days.quantile(50),
        ),
        false => w.not_assessable("sensitivity.days_median", &group, days.n()),
    }
}
