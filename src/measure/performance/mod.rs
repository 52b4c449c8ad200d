//! What the six-monthly report says of people, agencies and paths: figures by key, and typed rows where a page needs a list.
//!
//! In: cases scored once at `as_of`, and the semester. Out: figures through [`Writer`] and the rows of [`Rows`]. It knows
//! nothing of pages; it scores nothing again; it ranks nobody.
//!
//! Period is the semester; "month" marks figures that each month begun by `as_of` has as well. Shares are percent.
//! "Executions" are those completed in the period. A person's or role's rate or median over fewer than ten executions is
//! withheld; counts stay. `(tidak tercatat)` as a step is
//! time or a return that no recorded step accounts for.
//!
//! | indicator | groups | what |
//! |---|---|---|
//! | `stage.passage_median`, `stage.wait_median` | `step`, month | service time from the file being free to completion, and to the start; executions with start and completion |
//! | `personnel.executions` | `officer`; `officer`+`step`; `role` | executions of office steps |
//! | `personnel.within`, `.low`, `.high` | as above | of executions judged by day window or minutes, those that met each limit they were judged by |
//! | `personnel.within_window`, `.low`, `.high` | as above | executions on time, of those judged by a window: not the step that starts the clock, nor those late on arrival; of an officer neither those late in the queue, which is the role's |
//! | `personnel.within_minutes`, `.low`, `.high` | as above | executions not over their minutes, of those judged by minutes |
//! | `personnel.under` | as above | executions faster than their lower bound, of those judged by minutes |
//! | `personnel.minutes_median` | as above | service time from start to completion |
//! | `personnel.late_on_arrival`, `.late_in_queue`, `.late_in_hand`, `.late_unsplit` | as above | late executions by where the limit passed (see [`Arrival`]) |
//! | `personnel.overdue` | as above | executions begun in time, not completed and overdue, limit's day in the period; a missed window in `.within`, `.within_window` and the comparison |
//! | `personnel.rework`, `personnel.rework_share` | as above | executions whose step a later office step sent back to be done again, of all executions |
//! | `personnel.held_hours` | as above | service hours from start to completion, less time with the applicant or an agency |
//! | `personnel.wait_hours` | `role` | service hours free files waited for the role |
//! | `personnel.compared` | `officer`+`measure`=standard/window/minutes | executions in strata (step, permit type, month) others worked in too |
//! | `personnel.alone` | as above | executions in strata nobody else worked in |
//! | `personnel.observed`, `.expected`, `.ratio` | as above | limits missed; expected from everybody's rate in the same strata; their ratio |
//! | `personnel.limit` | as above +`level`=95/99.8 +`side`=lower/upper | limits of `observed` given the strata |
//! | `agency.count`, `.days_median`, `.days_p90` | none; `agency`; month | recommendations that came back; working days they took (time with the applicant is not subtracted) |
//! | `agency.open`, `.open_oldest` | none; `agency`; month | with the agency at the period's end; working days of the longest |
//! | `conformance.share`, `.low`, `.high` | `check`=mandatory_step_missing/out_of_order/duties_joined/returned_twice/any | of cases decided, those with it; a rejected case is in the denominator and never misses a step |
//! | `conformance.unassessable` | `check`=duties_joined | decided cases in which an officer of one of both duties is not recorded; not in that share |
//! | `conformance.rejected_missing` | none | rejected cases without a mandatory step, which a rejection may well be |
//! | `variant.count`, `.share`, `.days_median` | `variant`="4-6-7-…" | the 12 paths most often taken by decided cases; working days used |
//! | `variant.others`, `.others_cases` | none | further paths, and the cases on them |
//! | `map.node`, `map.node_executions` | `step` | decided cases that passed the step; its executions |
//! | `map.edge`, `map.edge_wait_median` | `from`+`to`, ends `mulai` and `selesai` | how often one step followed another; service time `to` waited |
//! | `returns.case_share`, `.low`, `.high` | none | of cases decided under a standard with returns, those returned at least once |
//! | `returns.count` | none | returns of cases decided |
//! | `returns.by` | `step` | the same by the step last completed before |
//! | `returns.calendar_days_median`, `.calendar_days_p90`, `.working_days_median`, `.working_days_p90` | none | days with the applicant, by stretch that has ended |
//! | `returns.repeated` | `state`=decided/open | cases returned more than once, decided in the period or open at its end |
//! | `lost_days.total` | none | days over the limit of cases decided late (n of them), limits in days |
//! | `lost_days.days`, `lost_days.share` | `step` | the same spread by service time from the clock's start to the decision |

pub mod agencies;
pub mod comparison;
pub mod conformance;
pub mod follow_up;
pub mod lost_days;
pub mod make;
pub mod names;
pub mod office;
pub mod passage;
pub mod personnel;
pub mod returns;
pub mod sensitivity;
pub mod stage_trends;
mod times;
pub mod variants;

use std::collections::BTreeMap;

use crate::instant::{Day, Instant};
use crate::measure::FigureTable;
use crate::measure::put::Writer;
use crate::measure::review;
use crate::period::Period;
use crate::score::{Scored, ScoredCase, Standing};
use crate::snapshot::Outcome;
use crate::standard::PauseRule;
use crate::timed::timed;

pub use agencies::Agencies;
pub use comparison::{Comparison, FunnelPoint, LateExecution, Measure, Position};
pub use conformance::DeviatingCase;
pub use lost_days::LostDays;
pub use make::{Input, Performance, performance};
pub use passage::{Arrival, Ledger};
pub use personnel::{OfficerRow, Personnel};
pub use returns::RepeatedReturn;
pub use stage_trends::{StagePoint, StageTrend};
pub use variants::{MapEdge, MapNode, Paths, ProcessMap, Variant};

/// How an officer, agency or step is shown where the source records none.
pub use crate::snapshot::UNRECORDED;

/// Fewest executions that a rate or comparison of a person is given for, whatever the office's own least n.
pub const LEAST_EXECUTIONS: u64 = 10;

/// Fewest executions that a rate or comparison of a person is given for in an office with this least n.
pub fn least_executions(least_n: u64) -> u64 {
    least_n.max(LEAST_EXECUTIONS)
}

/// What is measured: cases as seen at `as_of`, and the semester.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub scored: &'a Scored,
    /// How the same cases stand under each pause rule, in their order.
    pub by_rule: &'a BTreeMap<PauseRule, Vec<Standing>>,
    pub period: Period,
    pub as_of: Instant,
    /// The calendar has the period's holidays; service time and working days are a guess otherwise, and not printed.
    pub days_known: bool,
}

impl View<'_> {
    /// The months of the period, oldest first; those not begun by `as_of` too, since cases decided early fall due in them.
    pub fn months(&self) -> Vec<Period> {
        review::months_of(self.period)
    }

    /// First day of the period, and the day after its last.
    fn bounds(&self) -> (Day, Day) {
        let days = self.period.days();
        (days.start, days.end)
    }

    /// Whether a case is decided in the period: what `membership` says, without asking the calendar for every case.
    fn decided(&self) -> impl Fn(&ScoredCase) -> bool + Sync + use<> {
        let (first, end) = self.bounds();
        move |case| {
            case.outcome != Outcome::Withdrawn
                && case
                    .decided
                    .is_some_and(|t| (first..end).contains(&t.day()))
        }
    }
}

/// The unit an officer belongs to on a day, where the staff register says.
pub type UnitOf<'a> = &'a dyn Fn(&str, Day) -> Option<String>;

/// The lists beside the figures.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    pub personnel: Personnel,
    pub comparison: Comparison,
    pub agencies: Agencies,
    /// Cases decided in the period that did not go as the standard says, by case.
    pub deviating: Vec<DeviatingCase>,
    pub paths: Paths,
    /// Cases returned to the applicant more than once, by case.
    pub repeated_returns: Vec<RepeatedReturn>,
    /// Steps by lost days, most first.
    pub lost_days: Vec<LostDays>,
}

/// Writes all figures of the table above for the period of `w` and its months.
pub fn write(w: &mut Writer, view: &View, unit_of: UnitOf) -> Rows {
    let ledger = timed("draw up the ledger", || Ledger::new(view));
    let agencies = timed("measure agencies", || agencies::write(w, view, unit_of));
    // Each half writes into a table of its own; the order of the figures is settled when the table is sorted.
    let (period, least_n) = (w.period, w.least_n);
    let (mut people, mut paths) = (FigureTable::default(), FigureTable::default());
    let apart = |table| Writer {
        table,
        period,
        least_n,
    };
    let (of_people, of_paths) = rayon::join(
        || {
            let w = &mut apart(&mut people);
            timed("measure passages", || passage::write(w, view, &ledger));
            let personnel = timed("measure personnel", || personnel::write(w, view, &ledger));
            let compare = || comparison::write(w, view, &ledger);
            (personnel, timed("compare personnel", compare))
        },
        || {
            let w = &mut apart(&mut paths);
            let deviating = timed("measure conformance", || conformance::write(w, view));
            let paths = timed("measure paths", || variants::write(w, view, &ledger));
            let returns = timed("measure returns", || returns::write(w, view));
            let lost = timed("measure lost days", || lost_days::write(w, view));
            (deviating, paths, returns, lost)
        },
    );
    w.table.append(people);
    w.table.append(paths);
    let (personnel, comparison) = of_people;
    let (deviating, paths, repeated_returns, lost_days) = of_paths;
    Rows {
        personnel,
        comparison,
        agencies,
        deviating,
        paths,
        repeated_returns,
        lost_days,
    }
}

/// A writer of the same table for one month.
fn of_month<'a>(w: &'a mut Writer<'_>, month: Period) -> Writer<'a> {
    Writer {
        period: month,
        least_n: w.least_n,
        table: &mut *w.table,
    }
}
