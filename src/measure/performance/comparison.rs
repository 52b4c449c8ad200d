//! Officers beside what their own mix of work would lead to: limits missed against those expected (indirect standardisation).
//!
//! In: the [`Ledger`]. Out: figures, the points of a funnel plot, and each officer's executions over a limit. A stratum is
//! step, permit type and month of completion; where nobody else worked in it, it tells nothing of the officer. It must not
//! rank.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::instant::{Day, Instant};
use crate::measure::performance::passage::{Arrival, Row};
use crate::measure::performance::{Ledger, View, least_executions};
use crate::measure::put::Writer;
use crate::measure::stats::mix::{Compared, Stratum, compare};
use crate::name::QuickMap;
use crate::score::{DayVerdict, MinuteVerdict};

/// What is held against the expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Every limit the execution is judged by.
    Standard,
    /// The day window alone.
    Window,
    /// The service minutes alone.
    Minutes,
}

impl Measure {
    pub const ALL: [Measure; 3] = [Measure::Standard, Measure::Window, Measure::Minutes];

    /// Value of the dimension `measure`.
    pub fn code(self) -> &'static str {
        match self {
            Measure::Standard => "standard",
            Measure::Window => "window",
            Measure::Minutes => "minutes",
        }
    }

    /// In words, formal Indonesian.
    pub fn label(self) -> &'static str {
        match self {
            Measure::Standard => "Seluruh batas",
            Measure::Window => "Batas hari",
            Measure::Minutes => "Batas menit",
        }
    }
}

/// Where an officer lies in the funnel. More limits missed than expected is above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    Inside,
    Above95,
    Below95,
    Above998,
    Below998,
    /// Too few executions that can be compared, or strata in which nothing can vary.
    NoComparison,
}

impl Position {
    pub const ALL: [Position; 6] = [
        Position::Inside,
        Position::Above95,
        Position::Below95,
        Position::Above998,
        Position::Below998,
        Position::NoComparison,
    ];

    /// Value of the dimension `position`.
    pub fn code(self) -> &'static str {
        match self {
            Position::Inside => "inside",
            Position::Above95 => "above_95",
            Position::Below95 => "below_95",
            Position::Above998 => "above_99.8",
            Position::Below998 => "below_99.8",
            Position::NoComparison => "no_comparison",
        }
    }

    /// In words, formal Indonesian.
    pub fn label(self) -> &'static str {
        match self {
            Position::Inside => "Dalam batas kewajaran",
            Position::Above95 => "Di atas batas 95 %",
            Position::Below95 => "Di bawah batas 95 %",
            Position::Above998 => "Di atas batas 99,8 %",
            Position::Below998 => "Di bawah batas 99,8 %",
            Position::NoComparison => "Tidak diperbandingkan",
        }
    }
}

/// One officer and measure in the funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelPoint {
    pub officer: String,
    pub measure: Measure,
    /// Executions compared.
    pub n: u64,
    /// Executions in strata nobody else worked in.
    pub alone: u64,
    /// Limits missed among the `n`.
    pub observed: u64,
    pub expected: f64,
    pub variance: f64,
    pub lower95: u64,
    pub upper95: u64,
    pub lower998: u64,
    pub upper998: u64,
    /// Observed over expected; None where nothing is expected or there is no comparison.
    pub ratio: Option<f64>,
    pub position: Position,
}

/// An execution over a limit, for the sheet of the officer who did it.
#[derive(Debug, Clone, PartialEq)]
pub struct LateExecution {
    pub case_id: String,
    pub service: String,
    pub step: i32,
    pub number: u32,
    pub started: Option<Instant>,
    /// None of one begun in time and overdue.
    pub completed: Option<Instant>,
    /// Last day of the window.
    pub deadline: Option<Day>,
    pub day: DayVerdict,
    pub minute: MinuteVerdict,
    pub service_seconds: Option<i64>,
    /// Upper bound of service minutes.
    pub minutes_max: Option<u32>,
    /// Where the window's limit passed; None where it was kept.
    pub arrival: Option<Arrival>,
}

/// Funnel and lists.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// By officer and measure; the unrecorded are not in it.
    pub funnel: Vec<FunnelPoint>,
    /// Executions over a limit by officer ([`super::UNRECORDED`] where none is recorded), by completion, case and step.
    pub late: BTreeMap<String, Vec<LateExecution>>,
}

/// Writes the figures that hold officers against the expected.
pub fn write(w: &mut Writer, view: &View, ledger: &Ledger) -> Comparison {
    let least = least_executions(w.least_n);
    let strata = strata(ledger);
    let nobody = ledger.names.nobody();
    let funnel: Vec<FunnelPoint> = by_officer(&strata)
        .par_iter()
        .filter(|(officer, _)| **officer != nobody)
        .flat_map_iter(|(officer, own)| {
            let name = ledger.names.officer_name(*officer);
            Measure::ALL.map(|measure| point(name, measure, own, least))
        })
        .collect();
    for point in &funnel {
        write_point(w, point, least);
    }
    Comparison {
        funnel,
        late: late(view, ledger),
    }
}

/// Executions judged and executions over a limit, by measure in the order of [`Measure::ALL`].
type Counts = [(u64, u64); 3];

/// Step, permit type, month.
type Key = (i32, u32, u8);

fn strata(ledger: &Ledger) -> BTreeMap<(Key, u32), Counts> {
    let parts: Vec<QuickMap<(Key, u32), Counts>> = ledger.parts().map(strata_of).collect();
    let mut strata = BTreeMap::new();
    for (key, counts) in parts.into_iter().flatten() {
        add(strata.entry(key).or_default(), &counts);
    }
    strata
}

fn strata_of(rows: &[Row]) -> QuickMap<(Key, u32), Counts> {
    let mut strata: QuickMap<(Key, u32), Counts> = QuickMap::default();
    for row in rows.iter().filter(|r| r.is_personnel()) {
        let month = row.counted_month().unwrap_or_default();
        let key = (row.step, row.service, month);
        let counts = strata.entry((key, row.officer)).or_default();
        let verdicts = [row.within(), row.window, row.minutes];
        for ((all, failed), verdict) in counts.iter_mut().zip(verdicts) {
            *all += u64::from(verdict.is_some());
            *failed += u64::from(verdict == Some(false));
        }
    }
    strata
}

fn add(to: &mut Counts, more: &Counts) {
    for (sum, part) in to.iter_mut().zip(more) {
        sum.0 += part.0;
        sum.1 += part.1;
    }
}

/// Each officer's strata: everybody's counts beside their own. The unrecorded are part of everybody.
fn by_officer(strata: &BTreeMap<(Key, u32), Counts>) -> BTreeMap<u32, Vec<(Counts, Counts)>> {
    let mut everybody: BTreeMap<Key, Counts> = BTreeMap::new();
    for ((key, _), counts) in strata {
        add(everybody.entry(*key).or_default(), counts);
    }
    let mut officers: BTreeMap<u32, Vec<(Counts, Counts)>> = BTreeMap::new();
    for ((key, officer), own) in strata {
        if let Some(all) = everybody.get(key) {
            officers.entry(*officer).or_default().push((*all, *own));
        }
    }
    officers
}

fn point(officer: &str, measure: Measure, strata: &[(Counts, Counts)], least: u64) -> FunnelPoint {
    let pick = |counts: &Counts| match (measure, counts) {
        (Measure::Standard, [standard, _, _]) => *standard,
        (Measure::Window, [_, window, _]) => *window,
        (Measure::Minutes, [_, _, minutes]) => *minutes,
    };
    let of_measure: Vec<Stratum> = strata
        .iter()
        .map(|(all, own)| (pick(all), pick(own)))
        .filter(|(_, (own, _))| *own > 0)
        .map(|((all, failed), (own, own_failed))| Stratum {
            all,
            failed,
            own,
            own_failed,
        })
        .collect();
    let c = compare(&of_measure);
    let position = position(&c, least);
    let comparable = position != Position::NoComparison && c.expected > 0.0;
    FunnelPoint {
        officer: officer.to_owned(),
        measure,
        n: c.n,
        alone: c.alone,
        observed: c.observed,
        expected: c.expected,
        variance: c.variance,
        lower95: c.lower95,
        upper95: c.upper95,
        lower998: c.lower998,
        upper998: c.upper998,
        ratio: comparable.then(|| c.observed as f64 / c.expected),
        position,
    }
}

fn position(c: &Compared, least: u64) -> Position {
    if c.n < least || c.variance <= 0.0 {
        Position::NoComparison
    } else if c.observed > c.upper998 {
        Position::Above998
    } else if c.observed < c.lower998 {
        Position::Below998
    } else if c.observed > c.upper95 {
        Position::Above95
    } else if c.observed < c.lower95 {
        Position::Below95
    } else {
        Position::Inside
    }
}

/// Counts stay whatever their number; what compares is withheld below the least executions, and none where nothing can vary.
fn write_point(w: &mut Writer, p: &FunnelPoint, least: u64) {
    let group = [
        ("officer", p.officer.as_str()),
        ("measure", p.measure.code()),
    ];
    w.count("personnel.compared", &group, p.n);
    w.count("personnel.alone", &group, p.alone);
    w.count("personnel.observed", &group, p.observed);
    let limits = [
        ("95", "lower", p.lower95),
        ("95", "upper", p.upper95),
        ("99.8", "lower", p.lower998),
        ("99.8", "upper", p.upper998),
    ];
    let few = 0 < p.n && p.n < least;
    let known = p.position != Position::NoComparison;
    let mut put = |indicator: &str, group: &[(&str, &str)], value: Option<f64>, places| match few {
        true => w.withheld(indicator, group, p.n),
        false => w.decimal(indicator, group, p.n, value, places),
    };
    put(
        "personnel.expected",
        &group,
        (p.n > 0).then_some(p.expected),
        1,
    );
    put("personnel.ratio", &group, p.ratio, 2);
    for (level, side, limit) in limits {
        let [officer, measure] = group;
        let group = [officer, measure, ("level", level), ("side", side)];
        put("personnel.limit", &group, known.then_some(limit as f64), 0);
    }
}

fn late(view: &View, ledger: &Ledger) -> BTreeMap<String, Vec<LateExecution>> {
    let over = |r: &&Row| r.is_personnel() && (r.arrival.is_some() || r.minutes == Some(false));
    let of_row = |row: &Row| Some((row.officer, late_execution(view, row)?));
    let mut found: Vec<(u32, LateExecution)> = ledger
        .parts()
        .flat_map_iter(|rows| rows.iter().filter(over).filter_map(of_row))
        .collect();
    found.par_sort_by(|(a, x), (b, y)| {
        let key = |e: &LateExecution| (e.completed, e.step, e.number);
        let by_time = a.cmp(b).then(x.completed.cmp(&y.completed));
        by_time
            .then_with(|| x.case_id.cmp(&y.case_id))
            .then_with(|| key(x).cmp(&key(y)))
    });
    let mut by_officer: BTreeMap<String, Vec<LateExecution>> = BTreeMap::new();
    for (officer, late) in found {
        let name = ledger.names.officer_name(officer);
        match by_officer.get_mut(name) {
            Some(list) => list.push(late),
            None => {
                by_officer.insert(name.to_owned(), vec![late]);
            }
        }
    }
    by_officer
}

fn late_execution(view: &View, row: &Row) -> Option<LateExecution> {
    let case = view.scored.cases.get(row.case as usize)?;
    let e = case.executions.get(row.execution as usize)?;
    let standard = case.standard.as_ref()?;
    Some(LateExecution {
        case_id: case.case_id.clone(),
        service: standard.service.clone(),
        step: e.step,
        number: e.number,
        started: e.started,
        completed: e.completed,
        deadline: e.deadline,
        day: e.day,
        minute: e.minute,
        service_seconds: e.service_seconds,
        minutes_max: standard.steps.get(&e.step)?.minutes.map(|m| m.max),
        arrival: row.arrival,
    })
}
