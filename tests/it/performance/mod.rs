//! People, agencies and paths of the six-monthly report, on cases small enough to count by hand.
//!
//! Days of June 2026 under KOM-03: Monday 1 and Tuesday 16 are holidays, Friday closes at 11.00, other days are 08.00-19.00.
//! With H on Tuesday 2: H+2 Thu 4, H+8 Fri 12, H+12 Fri 19, H+13 Mon 22.

mod agencies;
mod comparison;
mod conformance;
mod lost_days;
mod passage;
mod personnel;
mod returns;
mod variants;

use std::collections::BTreeMap;

use tepat::instant::Day;
use tepat::measure::performance::{Rows, View, write};
use tepat::measure::put::Writer;
use tepat::measure::{Figure, FigureTable};
use tepat::period::Period;
use tepat::standard::PauseRule;

use crate::oracle::World;
use crate::support::{Case, instant, kom03, run, snapshot};

const SEMESTER: Period = Period::Semester {
    year: 2026,
    half: 1,
};

/// Figures and lists of the semester.
struct Measured {
    figures: FigureTable,
    rows: Rows,
}

impl Measured {
    fn get(&self, indicator: &str, period: &str, group: &[(&str, &str)]) -> &Figure {
        self.figures
            .get(indicator, period, group)
            .unwrap_or_else(|| panic!("{indicator} {period} {group:?}"))
    }

    /// n and printed form of a figure of the semester.
    fn printed(&self, indicator: &str, group: &[(&str, &str)]) -> (u64, &str) {
        let f = self.get(indicator, "2026-S1", group);
        (f.n, &f.printed)
    }

    /// Numerator and denominator.
    fn share(&self, indicator: &str, group: &[(&str, &str)]) -> (i64, i64) {
        let f = self.get(indicator, "2026-S1", group);
        (f.numerator.unwrap(), f.denominator.unwrap())
    }

    /// A count.
    fn count(&self, indicator: &str, group: &[(&str, &str)]) -> u64 {
        self.get(indicator, "2026-S1", group).n
    }
}

/// Measures at the semester's end, with units as the staff register would tell.
fn measured_with(cases: &[Case], unit_of: &dyn Fn(&str, Day) -> Option<String>) -> Measured {
    measured_in(&kom03(), cases, unit_of)
}

/// The same in another world.
fn measured_in(
    world: &World,
    cases: &[Case],
    unit_of: &dyn Fn(&str, Day) -> Option<String>,
) -> Measured {
    let as_of = instant("2026-07-01 00:00");
    let rows = snapshot(cases);
    let scored = run(&rows, world, as_of, None);
    let by_rule: BTreeMap<_, _> = PauseRule::ALL
        .into_iter()
        .map(|rule| {
            let cases = run(&rows, world, as_of, Some(rule)).cases;
            (rule, cases.iter().map(|c| c.standing()).collect())
        })
        .collect();
    let view = View {
        scored: &scored,
        by_rule: &by_rule,
        period: SEMESTER,
        as_of,
        days_known: true,
    };
    let mut figures = FigureTable::default();
    let mut writer = Writer {
        table: &mut figures,
        period: SEMESTER,
        least_n: 1,
    };
    let rows = write(&mut writer, &view, unit_of);
    unique(&figures);
    Measured { figures, rows }
}

fn measured(cases: &[Case]) -> Measured {
    measured_with(cases, &|_, _| None)
}

/// No figure is written twice.
fn unique(figures: &FigureTable) {
    let mut keys: Vec<_> = figures
        .rows()
        .iter()
        .map(|f| (&f.indicator, &f.period, &f.group))
        .collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all, "a figure is written twice");
}

/// Registered Tuesday 2 June 09.00.
fn registered(id: &str) -> Case {
    Case::received("2026-06-02 08:30")
        .step(6, "2026-06-02 08:50", "2026-06-02 09:00")
        .id(id)
}
