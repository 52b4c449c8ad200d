//! How much the headline depends on the readings taken: each pause rule, cuti bersama as a working day, doubtful cases left
//! out (scoring.md, sections 2, 3 and 6).
//!
//! In: the cases scored under each reading. Out: figures with group `rule`; `own` is the headline itself.

use crate::measure::headline::{self, Headline};
use crate::measure::performance::View;
use crate::measure::put::Writer;
use crate::score::{ScoredCase, Standing};
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

/// Writes the table. `other_leave`: the same cases with cuti bersama read the other way; `doubtful`: which of the cases have a
/// finding that puts a figure in doubt.
pub fn write(w: &mut Writer, view: &View, other_leave: &[Standing], doubtful: &[bool]) {
    let cases = &view.scored.cases;
    let own = headline::tally(cases, view.period, view.as_of);
    let of = |standings: &[Standing]| {
        let under = |at: usize, _: &ScoredCase| standings.get(at).copied();
        headline::tally_as(cases, view.period, view.as_of, under)
    };
    let sound = |at: usize, case: &ScoredCase| {
        let doubtful = doubtful.get(at).copied().unwrap_or(false);
        (!doubtful).then(|| case.standing())
    };
    let without = headline::tally_as(cases, view.period, view.as_of, sound);
    let by_rule = PauseRule::ALL.into_iter();
    let by_rule = by_rule.filter_map(|rule| Some((rule.code(), of(view.by_rule.get(&rule)?))));
    let other = of(other_leave);
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
