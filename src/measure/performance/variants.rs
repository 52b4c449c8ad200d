//! The paths decided cases really took, and the map of steps that followed one another.
//!
//! In: the cases decided in the period, and the [`Ledger`] for the waiting. Out: the most frequent paths, and nodes and
//! edges beside the standard's own sequence. A path is the steps in the order of their begin; executions without an instant
//! are on none. It must not lay out a drawing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::format;
use crate::instant::Instant;
use crate::measure::performance::passage::Row;
use crate::measure::performance::{Ledger, View};
use crate::measure::put::{Share, Writer};
use crate::measure::stats::quantile;
use crate::name::QuickMap;
use crate::score::{CaseVerdict, ScoredCase};
use crate::standard::{Duty, Standard, Unit};

/// How the beginning of a path is named in the dimension `from`.
pub const BEGIN: &str = "mulai";
/// How the end of a path is named in the dimension `to`.
pub const END: &str = "selesai";

/// How many of the most frequent paths are named.
const NAMED: usize = 12;

/// One path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Value of the dimension `variant`: "4-6-7-11".
    pub path: String,
    pub cases: u64,
}

/// A step on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapNode {
    pub step: i32,
    /// As the standard of most of the cases names it; empty for a step no standard knows.
    pub title: String,
    pub cases: u64,
    pub executions: u64,
    /// Mandatory, with or without a recommendation.
    pub mandatory: bool,
}

/// One step following another directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapEdge {
    /// None: the path begins.
    pub from: Option<i32>,
    /// None: the path ends.
    pub to: Option<i32>,
    pub count: u64,
    /// Median service seconds that `to` waited; None where none is known.
    pub wait_seconds: Option<i64>,
    /// The standard's own sequence has it.
    pub usual: bool,
}

/// Steps and what followed what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProcessMap {
    /// By step; every step of the standards, also one that nobody did.
    pub nodes: Vec<MapNode>,
    /// By from and to, ends first.
    pub edges: Vec<MapEdge>,
    /// The standards' own sequence of mandatory steps, with and without a recommendation, whether taken or not.
    pub usual: Vec<(Option<i32>, Option<i32>)>,
}

/// Paths and map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    /// The most frequent, most cases first, then by text.
    pub variants: Vec<Variant>,
    pub map: ProcessMap,
}

/// Writes the `variant.*` and `map.*` figures.
pub fn write(w: &mut Writer, view: &View, ledger: &Ledger) -> Paths {
    let Tally {
        variants,
        standards,
    } = tally(view, ledger);
    let variants: BTreeMap<Vec<i32>, Taken> = variants.into_iter().collect();
    let Passed { steps, edges } = Passed::of(&variants);
    let mut standards: Vec<_> = standards.into_values().collect();
    standards.sort_by_key(|(n, s)| (Reverse(*n), s.service.clone(), s.revision.clone()));
    let standards: Vec<&Standard> = standards.into_iter().map(|(_, s)| s).collect();
    let variants = write_variants(w, view, variants);
    let nodes = write_nodes(w, &standards, &steps);
    let usual = usual(&standards);
    let edges = write_edges(w, view, &usual, edges);
    let map = ProcessMap {
        nodes,
        edges,
        usual: usual.into_iter().collect(),
    };
    Paths { variants, map }
}

/// From and to; None for the ends.
type Edge = (Option<i32>, Option<i32>);

/// Counts over decided cases; parts merge by adding.
#[derive(Default)]
struct Tally<'a> {
    /// By path.
    variants: QuickMap<Vec<i32>, Taken>,
    /// Cases by standard.
    standards: BTreeMap<usize, (u64, &'a Standard)>,
}

/// The cases that took one path.
#[derive(Default)]
struct Taken {
    cases: u64,
    /// Working days used by those with a verdict.
    days: Vec<u32>,
    /// Service seconds waited, with the place in the path.
    waits: Vec<(u32, u32)>,
}

fn tally<'a>(view: &View<'a>, ledger: &Ledger) -> Tally<'a> {
    /// Cases of one part: many, since most of the merging is of paths that few took.
    const PART: usize = 32_768;
    let decided = view.decided();
    let parts = view.scored.cases.par_chunks(PART).enumerate();
    parts
        .map(|(part, cases)| {
            let mut tally = Tally::default();
            let mut path = Path::default();
            for (case, place) in cases.iter().zip(part * PART..) {
                if decided(case) {
                    tally.add(case, ledger, place as u32, &mut path);
                }
            }
            tally
        })
        .reduce(Tally::default, Tally::merge)
}

/// The path of one case after the other.
#[derive(Default)]
struct Path {
    /// Begin, step and execution, with the service seconds it waited.
    dated: Vec<((Instant, i32, u32), Option<u32>)>,
    steps: Vec<i32>,
}

impl Path {
    /// Steps in the order of begin, step, execution.
    fn fill(&mut self, case: &ScoredCase, rows: &[Row]) {
        self.dated.clear();
        self.dated.extend(rows.iter().filter_map(|row| {
            let e = case.executions.get(row.execution as usize)?;
            Some(((e.begin()?, e.step, e.number), row.wait))
        }));
        self.dated.sort_unstable_by_key(|(key, _)| *key);
        self.steps.clear();
        self.steps
            .extend(self.dated.iter().map(|((_, step, _), _)| *step));
    }
}

impl<'a> Tally<'a> {
    fn add(&mut self, case: &'a ScoredCase, ledger: &Ledger, at: u32, path: &mut Path) {
        let Some(standard) = &case.standard else {
            return;
        };
        let address = Arc::as_ptr(standard) as usize;
        self.standards.entry(address).or_insert((0, standard)).0 += 1;
        path.fill(case, ledger.of_case(at));
        let taken = match self.variants.get_mut(path.steps.as_slice()) {
            Some(taken) => taken,
            None => self.variants.entry(path.steps.clone()).or_default(),
        };
        taken.cases += 1;
        taken.days.extend(working_days_used(case, standard));
        let waits = (0..).zip(&path.dated);
        taken
            .waits
            .extend(waits.filter_map(|(place, (_, wait))| Some((place, (*wait)?))));
    }

    fn merge(mut self, other: Self) -> Self {
        for (steps, more) in other.variants {
            let taken = self.variants.entry(steps).or_default();
            taken.cases += more.cases;
            taken.days.extend(more.days);
            taken.waits.extend(more.waits);
        }
        for (address, (n, standard)) in other.standards {
            self.standards.entry(address).or_insert((0, standard)).0 += n;
        }
        self
    }
}

/// Steps passed and edges taken, as the paths add up to them.
#[derive(Default)]
struct Passed {
    /// Cases and executions.
    steps: BTreeMap<i32, (u64, u64)>,
    /// Times taken, and the service seconds the second step waited.
    edges: BTreeMap<Edge, (u64, Vec<u32>)>,
}

impl Passed {
    fn of(variants: &BTreeMap<Vec<i32>, Taken>) -> Self {
        let mut passed = Self::default();
        for (path, taken) in variants {
            passed.add(path, taken);
        }
        passed
    }

    fn add(&mut self, path: &[i32], taken: &Taken) {
        let mut waits = vec![Vec::new(); path.len() + 1];
        for (place, wait) in &taken.waits {
            if let Some(of_place) = waits.get_mut(*place as usize) {
                of_place.push(*wait);
            }
        }
        let mut from = None;
        let places = path.iter().copied().map(Some).chain([None]);
        for (to, waits) in places.zip(waits) {
            let edge = self.edges.entry((from, to)).or_default();
            edge.0 += taken.cases;
            edge.1.extend(waits);
            from = to;
        }
        for step in path {
            self.steps.entry(*step).or_default().1 += taken.cases;
        }
        for step in path.iter().collect::<BTreeSet<_>>() {
            self.steps.entry(*step).or_default().0 += taken.cases;
        }
    }
}

/// Working days used by a case with a verdict, H as the first; None for limits in another unit.
fn working_days_used(case: &ScoredCase, standard: &Standard) -> Option<u32> {
    let judged = matches!(case.verdict, CaseVerdict::OnTime | CaseVerdict::Late);
    let days = judged && standard.total.unit == Unit::WorkingDays;
    case.offset.filter(|_| days).map(|offset| offset + 1)
}

/// "4-6-7"; a case without a dated execution has no path.
fn path_words(steps: &[i32]) -> String {
    if steps.is_empty() {
        return format::NONE.to_owned();
    }
    let words: Vec<String> = steps.iter().map(i32::to_string).collect();
    words.join("-")
}

fn write_variants(
    w: &mut Writer,
    view: &View,
    variants: BTreeMap<Vec<i32>, Taken>,
) -> Vec<Variant> {
    let decided = variants.values().map(|taken| taken.cases).sum();
    let mut ranked: Vec<(String, u64, Vec<u32>)> = variants
        .into_iter()
        .map(|(steps, taken)| (path_words(&steps), taken.cases, taken.days))
        .collect();
    ranked.sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
    let others = ranked.split_off(ranked.len().min(NAMED));
    w.count("variant.others", &[], others.len() as u64);
    w.count(
        "variant.others_cases",
        &[],
        others.iter().map(|v| v.1).sum(),
    );
    let mut named = Vec::new();
    for (path, cases, mut days) in ranked {
        let group = [("variant", path.as_str())];
        let share = Share {
            hits: cases,
            of: decided,
        };
        w.count("variant.count", &group, cases);
        w.share("variant.share", &group, share);
        let n = days.len() as u64;
        match view.days_known || n == 0 {
            true => w.days("variant.days_median", &group, n, quantile(&mut days, 50)),
            false => w.not_assessable("variant.days_median", &group, n),
        }
        named.push(Variant { path, cases });
    }
    named
}

fn write_nodes(
    w: &mut Writer,
    standards: &[&Standard],
    passed: &BTreeMap<i32, (u64, u64)>,
) -> Vec<MapNode> {
    let stated = standards.iter().flat_map(|s| s.steps.keys().copied());
    let steps: BTreeSet<i32> = stated.chain(passed.keys().copied()).collect();
    let mut nodes = Vec::new();
    for step in steps {
        let info = standards.iter().find_map(|s| s.steps.get(&step));
        let (cases, executions) = passed.get(&step).copied().unwrap_or_default();
        let text = step.to_string();
        w.count("map.node", &[("step", &text)], cases);
        w.count("map.node_executions", &[("step", &text)], executions);
        nodes.push(MapNode {
            step,
            title: info.map(|s| s.title.clone()).unwrap_or_default(),
            cases,
            executions,
            mandatory: info.is_some_and(|s| s.duty != Duty::Optional),
        });
    }
    nodes
}

fn write_edges(
    w: &mut Writer,
    view: &View,
    usual: &BTreeSet<Edge>,
    edges: BTreeMap<Edge, (u64, Vec<u32>)>,
) -> Vec<MapEdge> {
    let mut written = Vec::new();
    for ((from, to), (count, mut waits)) in edges {
        let name = |step: Option<i32>, end: &str| step.map_or(end.to_owned(), |s| s.to_string());
        let (from_word, to_word) = (name(from, BEGIN), name(to, END));
        let group = [("from", from_word.as_str()), ("to", to_word.as_str())];
        let n = waits.len() as u64;
        let wait_seconds = quantile(&mut waits, 50).filter(|_| view.days_known);
        w.count("map.edge", &group, count);
        match view.days_known || n == 0 {
            true => w.minutes("map.edge_wait_median", &group, n, wait_seconds),
            false => w.not_assessable("map.edge_wait_median", &group, n),
        }
        written.push(MapEdge {
            from,
            to,
            count,
            wait_seconds,
            usual: usual.contains(&(from, to)),
        });
    }
    written
}

/// The sequences of mandatory steps in the order of the procedure, without and with a recommendation.
fn usual(standards: &[&Standard]) -> BTreeSet<Edge> {
    let mut edges = BTreeSet::new();
    for (standard, recommended) in standards.iter().flat_map(|s| [(s, false), (s, true)]) {
        let steps = standard.steps.keys().copied();
        let mandatory = steps.filter(|step| standard.is_mandatory(*step, recommended));
        let mut from = None;
        for to in mandatory.map(Some).chain([None]) {
            edges.insert((from, to));
            from = to;
        }
    }
    edges
}
