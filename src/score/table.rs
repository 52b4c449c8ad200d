//! The verdicts as two tables, column by column: what `tepat score` writes (design.md).
//!
//! Ordered by case_id, step, execution. Instants are local ISO 8601 with offset, dates ISO; empty where there is none.

use crate::instant::{Day, date_of};
use crate::score::{CaseVerdict, ScoredCase};
use crate::standard::ClockName;

/// Values of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    Text(Vec<Option<String>>),
    Whole(Vec<Option<i64>>),
    YesNo(Vec<Option<bool>>),
}

/// A table: named columns of equal length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub columns: Vec<(&'static str, Values)>,
}

fn text<T>(rows: &[T], f: impl Fn(&T) -> Option<String>) -> Values {
    Values::Text(rows.iter().map(f).collect())
}

fn whole<T, N: Into<i64>>(rows: &[T], f: impl Fn(&T) -> Option<N>) -> Values {
    Values::Whole(rows.iter().map(|r| f(r).map(Into::into)).collect())
}

fn day(d: Day) -> String {
    date_of(d).to_string()
}

/// One row per execution.
pub fn steps(cases: &[&ScoredCase]) -> Table {
    let rows: Vec<_> = cases
        .iter()
        .flat_map(|c| c.executions.iter().map(move |e| (*c, e)))
        .collect();
    let r = rows.as_slice();
    let minutes = |step: i32, c: &ScoredCase| c.standard.as_ref()?.steps.get(&step)?.minutes;
    Table {
        columns: vec![
            ("case_id", text(r, |(c, _)| Some(c.case_id.clone()))),
            ("service", text(r, |(c, _)| Some(c.service.clone()))),
            (
                "sop",
                text(r, |(c, _)| c.standard.as_ref().map(|s| s.document.clone())),
            ),
            (
                "revision",
                text(r, |(c, _)| c.standard.as_ref().map(|s| s.revision.clone())),
            ),
            ("step", whole(r, |(_, e)| Some(e.step))),
            ("execution", whole(r, |(_, e)| Some(e.number))),
            (
                "officer",
                text(r, |(_, e)| e.officer.map(|o| o.to_string())),
            ),
            (
                "started_at",
                text(r, |(_, e)| e.started.map(|t| t.to_iso())),
            ),
            (
                "completed_at",
                text(r, |(_, e)| e.completed.map(|t| t.to_iso())),
            ),
            (
                "clock",
                text(r, |(_, e)| e.clock.map(|c| c.code().to_owned())),
            ),
            ("h_date", text(r, |(_, e)| e.h.map(day))),
            ("offset_days", whole(r, |(_, e)| e.offset)),
            ("limit_days", whole(r, |(_, e)| e.limit)),
            (
                "day_verdict",
                text(r, |(_, e)| Some(e.day.code().to_owned())),
            ),
            ("service_seconds", whole(r, |(_, e)| e.service_seconds)),
            ("minutes_min", whole(r, |(c, e)| minutes(e.step, c)?.min)),
            (
                "minutes_max",
                whole(r, |(c, e)| minutes(e.step, c).map(|m| m.max)),
            ),
            (
                "minute_verdict",
                text(r, |(_, e)| Some(e.minute.code().to_owned())),
            ),
            (
                "is_last",
                Values::YesNo(r.iter().map(|(_, e)| Some(e.is_last)).collect()),
            ),
        ],
    }
}

/// One row per case.
pub fn cases(cases: &[&ScoredCase]) -> Table {
    let r = cases;
    Table {
        columns: vec![
            ("case_id", text(r, |c| Some(c.case_id.clone()))),
            ("service", text(r, |c| Some(c.service.clone()))),
            (
                "sop",
                text(r, |c| c.standard.as_ref().map(|s| s.document.clone())),
            ),
            (
                "revision",
                text(r, |c| c.standard.as_ref().map(|s| s.revision.clone())),
            ),
            ("received_at", text(r, |c| c.received.map(|t| t.to_iso()))),
            ("outcome", text(r, |c| Some(c.outcome.code().to_owned()))),
            ("decided_at", text(r, |c| c.decided.map(|t| t.to_iso()))),
            (
                "clock",
                text(r, |c| {
                    c.standard
                        .as_ref()
                        .map(|_| ClockName::Main.code().to_owned())
                }),
            ),
            ("h_date", text(r, |c| c.h.map(day))),
            ("deadline", text(r, |c| c.deadline.map(day))),
            ("paused_days", whole(r, |c| c.h.map(|_| c.paused_days))),
            (
                "offset_days",
                whole(r, |c| c.offset.filter(|_| shows_offset(c.verdict))),
            ),
            (
                "limit_days",
                whole(r, |c| c.standard.as_ref().and(c.limit.or(limit_of(c)))),
            ),
            ("verdict", text(r, |c| Some(c.verdict.code().to_owned()))),
            ("days_over", whole(r, |c| c.days_over)),
        ],
    }
}

fn shows_offset(verdict: CaseVerdict) -> bool {
    matches!(
        verdict,
        CaseVerdict::OnTime | CaseVerdict::Late | CaseVerdict::Running | CaseVerdict::Overdue
    )
}

/// n of H+n of a case whose clock has not started; none for limits in hours.
fn limit_of(case: &ScoredCase) -> Option<u32> {
    let total = case.standard.as_ref()?.total;
    (total.unit != crate::standard::Unit::ElapsedHours).then_some(total.value)
}
