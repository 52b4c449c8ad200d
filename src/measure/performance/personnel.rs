//! What every officer and role did: executions, limits kept, haste, lateness by cause, rework, time held.
//!
//! In: the [`Ledger`]. Out: figures by officer, officer and step, and role. Time with the applicant or another agency is
//! charged to nobody, the queue to the role. It must not rank.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::measure::performance::passage::{Arrival, Row};
use crate::measure::performance::{Ledger, View, least_executions};
use crate::measure::put::{Share, Writer};
use crate::measure::stats::quantile;
use crate::name::QuickMap;

/// An officer the figures name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerRow {
    /// As recorded; [`super::UNRECORDED`] where no officer is.
    pub officer: String,
    /// Executions of office steps completed in the period.
    pub executions: u64,
    /// Steps done, with their executions, in the order of the procedure.
    pub steps: Vec<(i32, u64)>,
    /// Roles they acted in, as the standards name them, in the alphabet's order.
    pub roles: Vec<String>,
}

/// Who and which roles the figures name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Personnel {
    /// By name; the unrecorded last.
    pub officers: Vec<OfficerRow>,
    /// Roles with their executions, in the alphabet's order.
    pub roles: Vec<(String, u64)>,
}

/// Officer, step and role: the finest group; all others are sums of it.
type Key = (u32, i32, u32);

/// Writes the `personnel.*` figures that compare nobody.
pub fn write(w: &mut Writer, view: &View, ledger: &Ledger) -> Personnel {
    let least_n = least_executions(w.least_n);
    let mut w = Writer {
        table: &mut *w.table,
        period: w.period,
        least_n,
    };
    let finest = tally(ledger);
    let names = &ledger.names;
    let mut personnel = Personnel::default();
    for ((officer, step), mut tally) in sum(&finest, |(officer, step, _)| (officer, step)) {
        let (officer, step) = (names.officer_name(officer), step.to_string());
        let group = [("officer", officer), ("step", step.as_str())];
        write_group(&mut w, &group, &mut tally, view.days_known);
    }
    for (officer, mut tally) in sum(&finest, |(officer, _, _)| officer) {
        let name = names.officer_name(officer);
        write_group(&mut w, &[("officer", name)], &mut tally, view.days_known);
        personnel
            .officers
            .push(officer_row(ledger, officer, &finest));
    }
    for (role, mut tally) in sum(&finest, |(_, _, role)| role) {
        let group = [("role", names.role_name(role))];
        (tally.within, tally.window) = (tally.role_within, tally.role_window);
        write_group(&mut w, &group, &mut tally, view.days_known);
        tally.write_wait(&mut w, &group, view.days_known);
        let role = names.role_name(role).to_owned();
        personnel.roles.push((role, tally.executions));
    }
    personnel
}

fn officer_row(ledger: &Ledger, officer: u32, finest: &BTreeMap<Key, Tally>) -> OfficerRow {
    let mut steps: BTreeMap<i32, u64> = BTreeMap::new();
    let mut roles: BTreeMap<u32, u64> = BTreeMap::new();
    let own = (officer, i32::MIN, u32::MIN)..=(officer, i32::MAX, u32::MAX);
    for ((_, step, role), tally) in finest.range(own) {
        *steps.entry(*step).or_default() += tally.executions;
        *roles.entry(*role).or_default() += tally.executions;
    }
    let name_of = |role: u32| ledger.names.role_name(role).to_owned();
    OfficerRow {
        officer: ledger.names.officer_name(officer).to_owned(),
        executions: steps.values().sum(),
        steps: steps.into_iter().collect(),
        roles: roles.into_keys().map(name_of).collect(),
    }
}

/// Counts of a group of executions; parts merge by adding.
#[derive(Debug, Clone, Default)]
struct Tally {
    executions: u64,
    within: Share,
    window: Share,
    role_within: Share,
    role_window: Share,
    minutes: Share,
    /// Begun in time, not completed, overdue.
    overdue: u64,
    under: Share,
    /// Late executions in the order of [`Arrival::ALL`].
    late: [u64; 4],
    rework: u64,
    /// Service seconds of executions a median may use.
    seconds: Vec<u32>,
    held_seconds: i64,
    wait_seconds: i64,
    /// Executions whose time in hand and in the queue is known.
    timed: u64,
}

impl Tally {
    fn add(&mut self, row: &Row) {
        for (share, met) in [
            (&mut self.within, row.within()),
            (&mut self.window, row.window),
            (&mut self.role_within, row.role_within()),
            (&mut self.role_window, row.role_window),
        ] {
            if let Some(met) = met {
                share.add(met);
            }
        }
        if row.month.is_none() {
            self.overdue += u64::from(row.window.is_some());
            return;
        }
        self.executions += 1;
        if let Some(met) = row.minutes {
            self.minutes.add(met);
            self.under.add(row.under);
        }
        for (count, arrival) in self.late.iter_mut().zip(Arrival::ALL) {
            *count += u64::from(row.arrival == Some(arrival));
        }
        self.rework += u64::from(row.rework);
        self.seconds.extend(row.work.filter(|_| row.usable));
        self.held_seconds += i64::from(row.held);
        self.wait_seconds += row.wait.map_or(0, i64::from);
        self.timed += u64::from(row.wait.is_some());
    }

    fn merge(&mut self, other: &Tally) {
        self.executions += other.executions;
        for (a, b) in [
            (&mut self.within, other.within),
            (&mut self.window, other.window),
            (&mut self.role_within, other.role_within),
            (&mut self.role_window, other.role_window),
            (&mut self.minutes, other.minutes),
            (&mut self.under, other.under),
        ] {
            a.hits += b.hits;
            a.of += b.of;
        }
        for (count, more) in self.late.iter_mut().zip(other.late) {
            *count += more;
        }
        self.overdue += other.overdue;
        self.rework += other.rework;
        self.seconds.extend_from_slice(&other.seconds);
        self.held_seconds += other.held_seconds;
        self.wait_seconds += other.wait_seconds;
        self.timed += other.timed;
    }

    /// The queue belongs to the role, not to the person who takes the next file from it.
    fn write_wait(&self, w: &mut Writer, group: &[(&str, &str)], days_known: bool) {
        let (indicator, n) = ("personnel.wait_hours", self.timed);
        match days_known {
            true => w.hours(indicator, group, n, Some(self.wait_seconds)),
            false => w.not_assessable(indicator, group, n),
        }
    }
}

fn tally(ledger: &Ledger) -> BTreeMap<Key, Tally> {
    let parts: Vec<QuickMap<Key, Tally>> = ledger.parts().map(tally_part).collect();
    let mut tallies: BTreeMap<Key, Tally> = BTreeMap::new();
    // Parts are merged in any order, since all that is kept are counts and unordered values.
    for (key, tally) in parts.into_iter().flatten() {
        tallies.entry(key).or_default().merge(&tally);
    }
    tallies
}

fn tally_part(rows: &[Row]) -> QuickMap<Key, Tally> {
    let mut tallies: QuickMap<Key, Tally> = QuickMap::default();
    for row in rows.iter().filter(|r| r.is_personnel()) {
        let key = (row.officer, row.step, row.role);
        tallies.entry(key).or_default().add(row);
    }
    tallies
}

fn sum<K: Ord>(finest: &BTreeMap<Key, Tally>, of: impl Fn(Key) -> K) -> BTreeMap<K, Tally> {
    let mut sums: BTreeMap<K, Tally> = BTreeMap::new();
    for (key, tally) in finest {
        sums.entry(of(*key)).or_default().merge(tally);
    }
    sums
}

/// Writes one group's figures; `w` withholds below the least executions.
fn write_group(w: &mut Writer, group: &[(&str, &str)], tally: &mut Tally, days_known: bool) {
    w.count("personnel.executions", group, tally.executions);
    for (indicator, share) in [
        ("personnel.within", tally.within),
        ("personnel.within_window", tally.window),
        ("personnel.within_minutes", tally.minutes),
    ] {
        w.share_with_interval(indicator, group, share);
    }
    w.share("personnel.under", group, tally.under);
    let [on_arrival, in_queue, in_hand, unsplit] = tally.late;
    for (indicator, count) in [
        ("personnel.late_on_arrival", on_arrival),
        ("personnel.late_in_queue", in_queue),
        ("personnel.late_in_hand", in_hand),
        ("personnel.late_unsplit", unsplit),
        ("personnel.overdue", tally.overdue),
        ("personnel.rework", tally.rework),
    ] {
        w.count(indicator, group, count);
    }
    let rework = Share {
        hits: tally.rework,
        of: tally.executions,
    };
    w.share("personnel.rework_share", group, rework);
    let n = tally.seconds.len() as u64;
    match (n, days_known) {
        (1.., false) => w.not_assessable("personnel.minutes_median", group, n),
        (1.., true) if n < w.least_n => w.withheld("personnel.minutes_median", group, n),
        _ => {
            let median = quantile(&mut tally.seconds, 50);
            w.minutes("personnel.minutes_median", group, n, median);
        }
    }
    match days_known {
        true => w.hours(
            "personnel.held_hours",
            group,
            tally.timed,
            Some(tally.held_seconds),
        ),
        false => w.not_assessable("personnel.held_hours", group, tally.timed),
    }
}
