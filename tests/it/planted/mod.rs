//! Truths planted in generated records come out of the six-monthly report, and nothing else does.
//!
//! Every test measures the same office twice, with the plant and without it, so that what it asserts of the plant is known to
//! fail where there is none. The records come from [`generator`], which shares nothing with the demo or the measures.

mod generator;
mod nominal;
mod officers;
mod stages;
mod treatment;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use tepat::config::ReportRules;
use tepat::measure::Figure;
use tepat::measure::performance::{
    FunnelPoint, Input, Ledger, Measure, Performance, Position, View, performance,
};
use tepat::measure::review;
use tepat::measure::stats::mix::Stratum;
use tepat::period::Period;
use tepat::score::seen;
use tepat::standard::Library;

use crate::oracle::World;
use crate::support::{KOM03, ZONE, calendar, instant, kom03, world_with};
use generator::{Plan, SERVICES};

const SEMESTER: Period = Period::Semester {
    year: 2026,
    half: 1,
};
const RULES: ReportRules = ReportRules {
    least_n: 10,
    at_risk_days: 3,
};

/// The office's standards, and the same with cuti bersama as a working day.
static LIBRARIES: LazyLock<(Library, Library)> = LazyLock::new(|| {
    let mut working = calendar();
    working.joint_leave_works = true;
    (permits(kom03()), permits(world_with(working, |_| {})))
});

/// KOM-03 for each permit type: equal steps and limits, different work.
fn permits(world: World) -> Library {
    let mut library = world.library;
    let original = library.services.remove(KOM03).expect("KOM-03");
    for service in SERVICES {
        let of_service = original.iter().map(|standard| {
            let mut standard = (**standard).clone();
            standard.service = service.to_owned();
            Arc::new(standard)
        });
        library
            .services
            .insert(service.to_owned(), of_service.collect());
    }
    library
}

/// Measures the first semester of 2026 as the program does: cut off at its end, scored, measured.
fn measured(plan: &Plan) -> Performance {
    let (library, other_leave) = &*LIBRARIES;
    let as_of = instant("2026-07-01 00:00");
    let days = &library.services[SERVICES[0]][0].days;
    let snapshot = seen(&plan.snapshot(days), library, as_of);
    performance(Input {
        review: review::Input {
            snapshot: &snapshot,
            library,
            zone: ZONE,
            rules: &RULES,
            period: SEMESTER,
            as_of,
            published_closing: None,
        },
        other_leave,
        staff: &[],
        followups: &[],
    })
    .expect("all dates lie inside the calendar")
}

/// A figure of the semester about an officer.
fn figure<'a>(p: &'a Performance, indicator: &str, officer: &str) -> &'a Figure {
    p.review
        .overview
        .figures
        .get(indicator, "2026-S1", &[("officer", officer)])
        .unwrap_or_else(|| panic!("no {indicator} of {officer}"))
}

fn point<'a>(p: &'a Performance, officer: &str, measure: Measure) -> &'a FunnelPoint {
    p.rows
        .comparison
        .funnel
        .iter()
        .find(|x| x.officer == officer && x.measure == measure)
        .unwrap_or_else(|| panic!("no {measure:?} of {officer}"))
}

fn position(p: &Performance, officer: &str, measure: Measure) -> Position {
    point(p, officer, measure).position
}

/// Each officer's strata (step, permit type, month) of a measure, in which anybody was judged.
fn strata(p: &Performance, measure: Measure) -> BTreeMap<String, Vec<Stratum>> {
    let view = View {
        scored: &p.review.scored,
        by_rule: &p.review.by_rule,
        period: SEMESTER,
        as_of: p.review.overview.as_of,
        days_known: true,
    };
    let ledger = Ledger::new(&view);
    let mut all: BTreeMap<_, (u64, u64)> = BTreeMap::new();
    let mut own: BTreeMap<_, (u64, u64)> = BTreeMap::new();
    for row in ledger.rows().filter(|r| r.is_personnel()) {
        let kept = match measure {
            Measure::Standard => row.within(),
            Measure::Window => row.window,
            Measure::Minutes => row.minutes,
        };
        let Some(kept) = kept else { continue };
        let key = (row.step, row.service, row.month);
        for (n, failed) in [
            all.entry(key).or_default(),
            own.entry((row.officer, key)).or_default(),
        ] {
            *n += 1;
            *failed += u64::from(!kept);
        }
    }
    let mut strata: BTreeMap<String, Vec<Stratum>> = BTreeMap::new();
    for ((officer, key), (own, own_failed)) in own {
        let (all, failed) = all[&key];
        let name = ledger.names.officer_name(officer).to_owned();
        strata.entry(name).or_default().push(Stratum {
            all,
            failed,
            own,
            own_failed,
        });
    }
    strata
}
