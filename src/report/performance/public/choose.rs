//! What the public edition shows: a list of figures, and nothing that is not on it.
//!
//! In: the figures of the report. Out: [`Shown`]. Must not show a figure of an officer, a case, a service in a month or any
//! other crossing of two partitions: their sums would be shown twice over.
//!
//! The cases of the semester are parted by month, service, region and channel. Each part has three bases: due, decided,
//! received. All parts of all partitions are protected together ([`protect`]). The office's own figures are not protected
//! but by their n: counts of outcomes of the whole office say nothing of a person.

use super::{PublicFigure, Shown, WITHHELD, protect, stages};
use crate::measure::put::Share;
use crate::measure::{Figure, FigureTable};
use crate::period::Period;
use crate::report::performance::PerformanceReport;

/// No office may set the least n lower than this for what the public sees: with 2, two groups of one are no secret.
pub(super) const LEAST: u64 = 3;

/// Bases of the partitions, in this order.
const DUE: usize = 0;
const DECIDED: usize = 1;
const RECEIVED: usize = 2;

/// A share with its interval.
const INTERVAL: [&str; 3] = ["", ".low", ".high"];

/// Chooses and protects the figures.
pub fn choose(r: &PerformanceReport) -> Shown {
    let mut chooser = Chooser {
        r,
        table: &r.review.overview.figures,
        period: r.review.overview.period.to_string(),
        least: r.review.rules.least_n.max(LEAST),
        shown: Vec::new(),
    };
    let partitions = chooser.partitions();
    let gone = chooser.gone(&partitions);
    for partition in &partitions {
        chooser.partition(partition, &gone);
    }
    chooser.office(&gone);
    chooser.agencies();
    stages::choose(&mut chooser);
    let mut figures = chooser.shown;
    figures.sort_by(|a, b| {
        (&a.indicator, &a.period, &a.group).cmp(&(&b.indicator, &b.period, &b.group))
    });
    Shown { figures }
}

/// The choice being made.
pub(super) struct Chooser<'a> {
    pub r: &'a PerformanceReport<'a>,
    table: &'a FigureTable,
    pub period: String,
    /// Below this a count is withheld.
    pub least: u64,
    shown: Vec<PublicFigure>,
}

/// The cases of the semester parted in one way.
struct Partition {
    dimension: &'static str,
    /// Period and value of each group; months are periods, and have no value.
    groups: Vec<(String, String)>,
    shares: Vec<Vec<Share>>,
    /// The value may be printed even where all its figures are withheld: it is no secret that it exists.
    named: bool,
}

impl<'a> Chooser<'a> {
    pub fn figure(&self, indicator: &str, group: &[(&str, &str)]) -> Option<&'a Figure> {
        self.table.get(indicator, &self.period, group)
    }

    /// Shows a figure of the semester unless its own n is small.
    pub fn show(&mut self, indicator: &str, group: &[(&str, &str)]) {
        let period = self.period.clone();
        self.put((indicator, &period), group, false);
    }

    /// Shows a share with its interval, or withholds all three.
    pub fn show_share(&mut self, indicator: &str, group: &[(&str, &str)], hidden: bool) {
        let period = self.period.clone();
        self.put_share((indicator, &period), group, hidden);
    }

    pub fn put(&mut self, (indicator, period): (&str, &str), group: &[(&str, &str)], hidden: bool) {
        if let Some(figure) = self.table.get(indicator, period, group) {
            let small = (1..self.least).contains(&figure.n);
            self.shown.push(public(figure, hidden || small));
        }
    }

    fn put_share(
        &mut self,
        (indicator, period): (&str, &str),
        group: &[(&str, &str)],
        hidden: bool,
    ) {
        for bound in INTERVAL {
            self.put((&format!("{indicator}{bound}"), period), group, hidden);
        }
    }

    /// A count of the office: an outcome may be rare, so only a base that is gone withholds it.
    fn count(&mut self, indicator: &str, hidden: bool) {
        if let Some(figure) = self.figure(indicator, &[]) {
            self.shown.push(public(figure, hidden));
        }
    }

    fn partitions(&self) -> Vec<Partition> {
        let months = self.r.performance.months.iter().map(Period::to_string);
        let mut all =
            vec![self.partition_of("month", months.map(|m| (m, String::new())).collect())];
        for dimension in ["service", "region", "channel"] {
            let values = self.r.review.overview.dimensions.iter();
            let values = values.filter(|(name, _)| name == dimension);
            let groups: Vec<(String, String)> = values
                .flat_map(|(_, values)| values)
                .map(|(value, _)| (self.period.clone(), value.clone()))
                .collect();
            all.push(self.partition_of(dimension, groups));
        }
        all
    }

    fn partition_of(&self, dimension: &'static str, groups: Vec<(String, String)>) -> Partition {
        let shares = groups
            .iter()
            .map(|(period, value)| {
                let group = pairs(dimension, value);
                let of = |indicator| self.table.get(indicator, period, &group);
                let mut shares = vec![Share::default(); 3];
                for (base, figure) in [
                    (DUE, of("on_time.due")),
                    (DECIDED, of("on_time.decided")),
                    (RECEIVED, of("flow.received")),
                ] {
                    if let (Some(share), Some(figure)) = (shares.get_mut(base), figure) {
                        *share = share_of(figure);
                    }
                }
                shares
            })
            .collect();
        Partition {
            dimension,
            groups,
            shares,
            named: matches!(dimension, "month" | "service"),
        }
    }

    /// Bases that are too small to be shown even as a total.
    fn gone(&self, partitions: &[Partition]) -> Vec<bool> {
        let whole = ["on_time.due", "on_time.decided", "flow.received"]
            .map(|indicator| self.figure(indicator, &[]).map_or(0, |f| f.n));
        let mut gone: Vec<bool> = whole.iter().map(|n| (1..self.least).contains(n)).collect();
        for partition in partitions {
            gone = protect(&partition.shares, &gone, self.least).totals;
        }
        gone
    }

    fn partition(&mut self, partition: &Partition, gone: &[bool]) {
        let hidden = protect(&partition.shares, gone, self.least).groups;
        let is_gone = |base: usize| gone.get(base).copied().unwrap_or(true);
        for ((period, value), hidden) in partition.groups.iter().zip(hidden) {
            if !self.is_named(partition, value, hidden) {
                continue;
            }
            let group = pairs(partition.dimension, value);
            self.put_share(("on_time.due", period), &group, hidden || is_gone(DUE));
            self.put_share(
                ("on_time.decided", period),
                &group,
                hidden || is_gone(DECIDED),
            );
            self.put(
                ("flow.received", period),
                &group,
                hidden || is_gone(RECEIVED),
            );
            if partition.dimension == "service" {
                self.days(&group, hidden || is_gone(DECIDED));
            }
        }
    }

    /// A region or channel of few cases is not even named; a service only where the office has a standard for it, since
    /// otherwise it is whatever somebody wrote.
    fn is_named(&self, partition: &Partition, value: &str, hidden: bool) -> bool {
        let known = || self.r.review.library.revisions(value).is_some();
        (partition.named || !hidden) && (partition.dimension != "service" || known())
    }

    /// Working days used. Their n tells how many of those decided have another kind of limit, so it is left out where it is
    /// not that of those decided.
    fn days(&mut self, group: &[(&str, &str)], hidden: bool) {
        let decided = self.figure("on_time.decided", group).map(|f| f.n);
        for indicator in ["working_days.median", "working_days.p90"] {
            let Some(figure) = self.figure(indicator, group) else {
                continue;
            };
            let small = (1..self.least).contains(&figure.n);
            let mut shown = public(figure, hidden || small);
            shown.n = shown.n.filter(|n| Some(*n) == decided);
            self.shown.push(shown);
        }
    }

    fn office(&mut self, gone: &[bool]) {
        let is_gone = |base: usize| gone.get(base).copied().unwrap_or(true);
        let (due, decided) = (is_gone(DUE), is_gone(DECIDED));
        self.show_share("on_time.due", &[], due);
        self.show_share("on_time.decided", &[], decided);
        for outcome in [
            "count",
            "on_time",
            "late",
            "overdue",
            "withdrawn_late",
            "pending",
        ] {
            self.count(&format!("due.{outcome}"), due);
        }
        // Each of the flow is the rest of the others, so those decided are hidden only if those withdrawn are too.
        let flow = decided || is_gone(RECEIVED);
        for part in ["opening", "received", "closing"] {
            self.count(&format!("flow.{part}"), flow);
        }
        let unjudged = self.near("flow.decided", "on_time.decided");
        for part in ["decided", "withdrawn"] {
            self.count(&format!("flow.{part}"), flow || unjudged);
        }
        self.days(&[], decided);
        for rule in ["exclude", "include", "restart"] {
            self.show_share("on_time.due", &[("pause", rule)], due);
        }
        self.earlier(due);
        self.returns(decided);
    }

    /// Earlier semesters: the office as a whole, so that nothing can be taken from what their own editions showed.
    fn earlier(&mut self, gone: bool) {
        for period in &self.r.performance.earlier {
            self.put_share(("on_time.due", &period.to_string()), &[], false);
        }
        for bound in INTERVAL {
            let indicator = format!("on_time.due.change{bound}");
            let period = self.period.clone();
            self.put((&indicator, &period), &[("versus", "previous")], gone);
        }
    }

    /// The share of returned files is over the cases whose standard has returns.
    fn returns(&mut self, gone: bool) {
        let gives_away = self.near("returns.case_share", "on_time.decided")
            || self.near("returns.case_share", "flow.decided")
                && !self.near("flow.decided", "on_time.decided");
        self.show_share("returns.case_share", &[], gone || gives_away);
    }

    /// Whether two counts of the office differ by so few that the rest would be a small group: the cases of services without
    /// a standard, or of standards of another kind.
    fn near(&self, one: &str, other: &str) -> bool {
        let n = |indicator| self.figure(indicator, &[]).map_or(0, |f| f.n);
        (1..self.least).contains(&n(one).abs_diff(n(other)))
    }

    /// The agencies: units of the register only, since an agency nobody registered is called by its officer's name.
    fn agencies(&mut self) {
        let agencies = &self.r.performance.rows.agencies.names;
        let count = |name: &str| {
            self.figure("agency.count", &[("agency", name)])
                .map_or(0, |f| f.n)
        };
        let shares: Vec<Vec<Share>> = agencies
            .iter()
            .map(|name| vec![whole(count(name))])
            .collect();
        let p = protect(&shares, &[false], self.least);
        let gone = p.totals.first().copied().unwrap_or(true);
        for (name, hidden) in agencies.iter().zip(&p.groups) {
            if *hidden || gone || !self.is_unit(name) {
                continue;
            }
            for indicator in ["agency.count", "agency.days_median"] {
                self.show(indicator, &[("agency", name)]);
            }
        }
        let period = self.period.clone();
        for indicator in ["agency.count", "agency.days_median"] {
            self.put((indicator, &period), &[], gone);
        }
    }

    fn is_unit(&self, name: &str) -> bool {
        let register = &self.r.performance.officers;
        let is_officer = register.contains_key(name)
            || (self.r.performance.rows.personnel.officers.iter()).any(|o| o.officer == name);
        let is_person = register.values().any(|s| s.name.as_deref() == Some(name));
        let is_unit = register.values().any(|s| s.unit.as_deref() == Some(name));
        // A unit of one reviewer is a person by another name.
        let staff = register
            .values()
            .filter(|s| s.unit.as_deref() == Some(name));
        is_unit && !is_officer && !is_person && staff.count() > 1
    }
}

/// The group of a value; none of a month, which is a period.
fn pairs<'v>(dimension: &'static str, value: &'v str) -> Vec<(&'static str, &'v str)> {
    match dimension {
        "month" => Vec::new(),
        _ => vec![(dimension, value)],
    }
}

/// The counts behind a share, or a plain count as a share that is always hit.
fn share_of(figure: &Figure) -> Share {
    let hits = figure
        .numerator
        .map_or(figure.n, |k| k.max(0).unsigned_abs());
    Share {
        hits: hits.min(figure.n),
        of: figure.n,
    }
}

fn whole(n: u64) -> Share {
    Share { hits: n, of: n }
}

fn public(figure: &Figure, hidden: bool) -> PublicFigure {
    let shown = !hidden;
    PublicFigure {
        indicator: figure.indicator.clone(),
        period: figure.period.clone(),
        group: figure.group.clone(),
        n: Some(figure.n).filter(|_| shown),
        numerator: figure.numerator.filter(|_| shown),
        denominator: figure.denominator.filter(|_| shown),
        value: figure.value.filter(|_| shown),
        printed: match shown {
            true => figure.printed.clone(),
            false => WITHHELD.to_owned(),
        },
    }
}
