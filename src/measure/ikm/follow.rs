//! The plan of action: what the office entered for this period's results, and what became of the last plan.
//!
//! In: follow-ups, figures. Out: [`PlanOutcome`]. A line of the plan is a follow-up of the indicator `ikm.element` whose group names
//! an element.

use super::trend::{Past, nrr_then, versus};
use super::{Input, PlanOutcome};
use crate::measure::FigureTable;
use crate::measure::performance::follow_up::pairs;
use crate::snapshot::beside::Followed;

const INDICATOR: &str = "ikm.element";
const ELEMENT: &str = "element";

/// The lines entered for the report's own period.
pub(super) fn plan<'a>(input: &Input<'a>) -> Vec<&'a Followed> {
    lines(input, &input.period.to_string())
}

/// The lines of the period before, each with its element's NRR then and now.
pub(super) fn outcomes<'a>(
    input: &Input<'a>,
    past: &Past,
    figures: &FigureTable,
) -> Vec<PlanOutcome<'a>> {
    let [(_, before), _] = versus(input.period);
    let of = |followed: &'a Followed| {
        let group = pairs(&followed.row.group);
        let own: Vec<(&str, &str)> = group
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        let published = followed.then.as_ref().map(|t| t.printed.clone());
        // Where nothing was published, the forms of that period say it; of an element as a whole only.
        let alone = group.get(ELEMENT).filter(|_| group.len() == 1);
        let counted = || nrr_then(past, before, alone?, input);
        PlanOutcome {
            followed,
            then: published.or_else(counted),
            now: figures
                .get(INDICATOR, &input.period.to_string(), &own)
                .filter(|f| f.value.is_some())
                .map(|f| f.printed.clone()),
        }
    };
    lines(input, &before.to_string())
        .into_iter()
        .map(of)
        .collect()
}

/// Follow-ups of a period that are about an element, by their id.
fn lines<'a>(input: &Input<'a>, period: &str) -> Vec<&'a Followed> {
    let is_line = |f: &&Followed| {
        let row = &f.row;
        row.period == period
            && row.indicator == INDICATOR
            && pairs(&row.group).contains_key(ELEMENT)
    };
    let mut lines: Vec<&Followed> = input.followups.iter().filter(is_line).collect();
    lines.sort_by(|a, b| a.row.cmp(&b.row));
    lines
}
