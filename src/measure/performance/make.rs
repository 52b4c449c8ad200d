//! The six-monthly report's measures put together.

use std::collections::BTreeMap;

use crate::clock::OutsideCalendar;
use crate::instant::{Day, day_of};
use crate::measure::performance::follow_up::{self, FollowedUp, Proposal};
use crate::measure::performance::stage_trends::{self, StageTrend};
use crate::measure::performance::{
    Ledger, Measure, Position, Rows, View, of_month, office, passage, sensitivity,
};
use crate::measure::put::Writer;
use crate::measure::quality;
use crate::measure::review::{self, Review};
use crate::period::Period;
use crate::score::{Standing, standing};
use crate::snapshot::StaffRow;
use crate::snapshot::beside::Followed;
use crate::standard::Library;
use crate::timed::timed;

/// What the report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub review: review::Input<'a>,
    /// The same standards with cuti bersama read the other way.
    pub other_leave: &'a Library,
    pub staff: &'a [StaffRow],
    /// What the office gave back, each with its figure as published then.
    pub followups: &'a [Followed],
}

/// Everything the six-monthly report prints; all its figures are in `review.overview.figures`.
#[derive(Debug, Clone)]
pub struct Performance {
    pub review: Review,
    pub rows: Rows,
    /// Months of the period begun by `as_of`, oldest first.
    pub months: Vec<Period>,
    /// Earlier semesters with cases, oldest first.
    pub earlier: Vec<Period>,
    pub stage_trends: Vec<StageTrend>,
    pub followed_up: Vec<FollowedUp>,
    pub proposals: Vec<Proposal>,
    /// Names and units of the officers, from the staff register.
    pub officers: BTreeMap<String, StaffRow>,
}

/// Scores and measures a semester.
///
/// # Errors
/// A date lies outside the calendar.
pub fn performance(input: Input) -> Result<Performance, OutsideCalendar> {
    let own = input.review;
    let mut review = review::semester(own)?;
    let other_leave = timed("score by the other cuti bersama", || {
        standing::under_library(&review.scored, input.other_leave, own.as_of)
    })?;
    let mut of_months = std::mem::take(&mut review.months);
    let mut figures = std::mem::take(&mut review.overview.figures);
    let view = View {
        scored: &review.scored,
        by_rule: &review.by_rule,
        period: own.period,
        as_of: own.as_of,
        days_known: review::holidays_known(own, own.period),
    };
    let months = view.months();
    let rows = timed("measure people, agencies and paths", || {
        let mut w = Writer {
            table: &mut figures,
            period: own.period,
            least_n: own.rules.least_n,
        };
        stage_trends::write_months(&mut w, &mut of_months, view.days_known);
        write(&mut w, input, &review, &view, &other_leave)
    });
    figures.sort();
    let least_n = own.rules.least_n;
    let mut trend_months = review::trend_months(own.period);
    trend_months.retain(|month| month.first() <= own.as_of.date());
    let stage_trends = review::usual_standard(own.library, &review.scored.cases)
        .map(|s| stage_trends::trends(&figures, &s, &trend_months, least_n))
        .unwrap_or_default();
    let units = input
        .staff
        .iter()
        .filter_map(|s| s.unit.as_deref())
        .collect();
    let proposals =
        follow_up::proposals(&figures, own.period, &rows, &stage_trends, &units, least_n);
    let followed_up = follow_up::followed_up(input.followups, &figures, own.period, least_n);
    let mut w = Writer {
        table: &mut figures,
        period: own.period,
        least_n,
    };
    follow_up::write(&mut w, &proposals, &followed_up);
    write_positions(&mut w, &rows);
    figures.sort();
    let mut earlier: Vec<Period> = review.past.earlier.iter().map(|(p, _)| *p).collect();
    earlier.reverse();
    review.overview.figures = figures;
    Ok(Performance {
        rows,
        months,
        earlier,
        stage_trends,
        followed_up,
        proposals,
        officers: register(input.staff, own.period),
        review,
    })
}

fn write(
    w: &mut Writer,
    input: Input,
    review: &Review,
    view: &View,
    other_leave: &[Standing],
) -> Rows {
    timed("measure the office", || {
        office::write(w, view, &review.past)
    });
    timed("measure sensitivity", || {
        let doubtful = quality::doubtful(&review.findings, &review.scored);
        sensitivity::write(w, view, other_leave, &doubtful);
    });
    let unit = |officer: &str, day: Day| {
        let row = input
            .staff
            .iter()
            .find(|s| s.officer == officer && holds(s, day))?;
        row.unit.clone()
    };
    let rows = super::write(w, view, &unit);
    // The charts of the stages reach back over the earlier semesters.
    for (semester, _) in &review.past.earlier {
        let then = View {
            period: *semester,
            days_known: review::holidays_known(input.review, *semester),
            ..*view
        };
        let mut w = of_month(w, *semester);
        passage::write(&mut w, &then, &Ledger::new(&then));
    }
    rows
}

/// How many officers stand where in the funnel, by measure.
fn write_positions(w: &mut Writer, rows: &Rows) {
    for measure in Measure::ALL {
        let of = |p: Position| {
            let points = rows.comparison.funnel.iter();
            points
                .filter(|x| x.measure == measure && x.position == p)
                .count() as u64
        };
        for position in Position::ALL {
            let group = [("measure", measure.code()), ("position", position.code())];
            w.count("personnel.position", &group, of(position));
        }
        let compared = Position::ALL
            .into_iter()
            .filter(|p| *p != Position::NoComparison);
        let compared = compared.map(of).sum();
        w.count(
            "personnel.comparable",
            &[("measure", measure.code())],
            compared,
        );
    }
}

/// Whether the row says where the officer was on the day.
fn holds(row: &StaffRow, day: Day) -> bool {
    day_of(row.from) <= day && row.until.is_none_or(|until| day <= day_of(until))
}

/// Each officer's row of the register that holds at the end of the period; else the newest before it.
fn register(staff: &[StaffRow], period: Period) -> BTreeMap<String, StaffRow> {
    let mut officers: BTreeMap<String, StaffRow> = BTreeMap::new();
    for row in staff.iter().filter(|s| s.from <= period.last()) {
        let newer = officers
            .get(&row.officer)
            .is_none_or(|held| held.from <= row.from);
        if newer {
            officers.insert(row.officer.clone(), row.clone());
        }
    }
    officers
}
