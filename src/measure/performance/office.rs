//! What the six-monthly report says of the office as a whole beyond the overview: intervals, distribution, ageing.
//!
//! In: the headlines and the scored cases. Out: figures.

use std::collections::BTreeMap;

use crate::measure::headline::Headline;
use crate::measure::membership::membership;
use crate::measure::performance::View;
use crate::measure::put::{Share, Writer};
use crate::measure::review::Past;
use crate::measure::stats::newcombe;
use crate::score::{CaseVerdict, ScoredCase};
use crate::standard::Unit;

/// Classes of the open cases by days over their limit, as (code, least, most); `within` before the limit has passed.
const AGES: [(&str, u32, u32); 4] = [
    ("1-5", 1, 5),
    ("6-10", 6, 10),
    ("11-20", 11, 20),
    ("21+", 21, u32::MAX),
];

/// Codes of the classes of ageing, in printing order.
pub const AGE_CODES: [&str; 6] = ["not_started", "within", "1-5", "6-10", "11-20", "21+"];

/// Writes intervals of changes, the interval of the Kaplan-Meier median, the distribution of the days used, and the age of
/// the open cases.
pub fn write(w: &mut Writer, view: &View, past: &Past) {
    for (versus, then) in [("previous", &past.previous), ("last_year", &past.last_year)] {
        change_interval(w, &[("versus", versus)], past.own.due, then.due);
    }
    km_interval(w, &past.own, view.days_known);
    distribution(w, view);
    ageing(w, view);
}

/// The interval of a change of two shares, in percentage points, as `on_time.due.change.low` and `.high`.
fn change_interval(w: &mut Writer, group: &[(&str, &str)], now: Share, then: Share) {
    let least = w.least_n.max(1);
    let known = now.of >= least && then.of >= least;
    let bounds = newcombe(now.hits, now.of, then.hits, then.of).filter(|_| known);
    w.points("on_time.due.change.low", group, now.of, bounds.map(|b| b.0));
    w.points(
        "on_time.due.change.high",
        group,
        now.of,
        bounds.map(|b| b.1),
    );
}

fn km_interval(w: &mut Writer, own: &Headline, days_known: bool) {
    let n = own.survival.n();
    let (low, high) = own.survival.median_interval();
    for (indicator, days) in [
        ("working_days.km_median.low", low),
        ("working_days.km_median.high", high),
    ] {
        match days_known {
            true => w.days(indicator, &[], n, days.map(i64::from)),
            false => w.not_assessable(indicator, &[], n),
        }
    }
}

/// Days before (negative) or after the limit at which the cases of the period were decided; and of each service the days
/// used, as its limit counts them.
fn distribution(w: &mut Writer, view: &View) {
    let mut margins: BTreeMap<i64, u64> = BTreeMap::new();
    let mut used: BTreeMap<(&str, i64), u64> = BTreeMap::new();
    for case in &view.scored.cases {
        let Some((service, days, margin)) = days_of(case, view) else {
            continue;
        };
        *margins.entry(margin).or_default() += 1;
        *used.entry((service, days)).or_default() += 1;
    }
    if !view.days_known {
        return;
    }
    for (margin, cases) in margins {
        w.count(
            "limit_margin.count",
            &[("days", &margin.to_string())],
            cases,
        );
    }
    for ((service, days), cases) in used {
        let group = [("service", service), ("days", &days.to_string())];
        w.count("days_used.count", &group, cases);
    }
}

/// Service, days used and days past the limit of a case decided in the period under a limit in days.
fn days_of<'a>(case: &'a ScoredCase, view: &View) -> Option<(&'a str, i64, i64)> {
    let standard = case.standard.as_ref()?;
    let judged = matches!(case.verdict, CaseVerdict::OnTime | CaseVerdict::Late);
    if !judged || !membership(case, view.period, view.as_of).decided {
        return None;
    }
    let (offset, limit) = (i64::from(case.offset?), i64::from(case.limit?));
    let days = match standard.total.unit {
        // H is the first working day.
        Unit::WorkingDays => offset + 1,
        Unit::CalendarDays | Unit::ElapsedHours => offset,
    };
    Some((&standard.service, days, offset - limit))
}

/// Cases open at the period's end under a standard, by how far past their limit they are.
fn ageing(w: &mut Writer, view: &View) {
    let mut classes: BTreeMap<&str, u64> = BTreeMap::new();
    for case in &view.scored.cases {
        let m = membership(case, view.period, view.as_of);
        if case.decided.is_some() || !(m.closing || m.unplaced) {
            continue;
        }
        if let Some(class) = age_class(case) {
            *classes.entry(class).or_default() += 1;
        }
    }
    // Ages are those of as_of: of the end of a period that is long over they are not known.
    let known = view.as_of.date() <= view.period.end();
    for code in AGE_CODES {
        let n = classes.get(code).copied().unwrap_or(0);
        match known {
            true => w.count("open.ageing", &[("over", code)], n),
            false => w.not_assessable("open.ageing", &[("over", code)], 0),
        }
    }
}

fn age_class(case: &ScoredCase) -> Option<&'static str> {
    match case.verdict {
        CaseVerdict::ClockNotStarted => Some("not_started"),
        CaseVerdict::Running => Some("within"),
        CaseVerdict::Overdue => {
            // A limit in hours has no days over; it is past all the same.
            let over = case.days_over.unwrap_or(1).max(1);
            let class = AGES
                .iter()
                .find(|(_, least, most)| (*least..=*most).contains(&over));
            class.map(|(code, _, _)| *code)
        }
        _ => None,
    }
}
