//! Doubtful rows, as every office has them: each kind of mistake a few times, so that each finding is seen.
//!
//! None of them blocks publication. The cases they fall on are chosen by the plan's seed.

use chrono::NaiveDate;

use crate::demo::random::Random;
use crate::demo::{Plan, utc_micros};
use crate::instant::{DAY_SECONDS, day_of};
use crate::snapshot::{CaseRow, Outcome, StepRow};

use super::DemoData;

/// Mixes the doubtful rows into clean data.
pub(super) fn scatter(data: &mut DemoData, plan: &Plan) {
    if data.steps.is_empty() {
        return;
    }
    let mut random = Random::new(plan.seed, u64::MAX - 1);
    missing_values(data, &mut random);
    typed_afterwards(data);
    swapped_instants(data, &mut random);
    instant_after_extract(data, plan);
    add_rows(data, &mut random);
    add_cases(data, plan);
    data.cases.sort_unstable();
    data.steps.sort_unstable();
}

/// Officers and instants that nobody wrote down.
fn missing_values(data: &mut DemoData, random: &mut Random) {
    for row in &mut data.steps {
        match random.below(1_000) {
            0..5 => row.officer = None,
            5..13 => row.started_at = None,
            13..15 if row.started_at.is_some() => row.completed_at = None,
            _ => {}
        }
    }
}

/// A clerk who caught up on two weeks' hand-overs in one go: one second for all of them.
fn typed_afterwards(data: &mut DemoData) {
    let monday = NaiveDate::from_ymd_opt(2025, 12, 1).map_or(0, day_of);
    let from = i64::from(monday) * DAY_SECONDS;
    let typed = utc_micros(from + 11 * DAY_SECONDS + 10 * 3_600 + 1_800);
    for row in data.steps.iter_mut().filter(|r| r.step == 17) {
        if let (Some(start), Some(_)) = (row.started_at, row.completed_at)
            && (utc_micros(from)..typed).contains(&start)
        {
            row.completed_at = Some(typed);
        }
    }
}

/// Completion before start: the two fields were mixed up.
fn swapped_instants(data: &mut DemoData, random: &mut Random) {
    let both = |row: &&mut StepRow| {
        matches!(row.step, 7 | 11 | 12) && row.started_at.is_some() && row.completed_at.is_some()
    };
    let every = (data.steps.len() / 7).max(1);
    let first = random.below(every as i64 / 10) as usize;
    for row in data
        .steps
        .iter_mut()
        .filter(both)
        .skip(first)
        .step_by(every / 10 + 1)
        .take(6)
    {
        std::mem::swap(&mut row.started_at, &mut row.completed_at);
    }
}

/// A wrong year at the desk: completed after the data was taken.
fn instant_after_extract(data: &mut DemoData, plan: &Plan) {
    let late = utc_micros(plan.extract() + 2 * DAY_SECONDS + 9 * 3_600);
    if let Some(row) = data
        .steps
        .iter_mut()
        .rev()
        .find(|r| r.step == 17 && r.completed_at.is_some())
    {
        row.completed_at = Some(late);
    }
}

/// Rows entered twice, a step that no standard knows, steps of a case that was never registered.
fn add_rows(data: &mut DemoData, random: &mut Random) {
    for number in 0..8 {
        let chosen = random.below(data.steps.len() as i64) as usize;
        data.steps.push(data.steps[chosen].clone());
        if number < 3 {
            let mut unknown = data.steps[chosen].clone();
            unknown.step = 27;
            data.steps.push(unknown);
        }
        if number < 5 {
            let mut orphan = data.steps[chosen].clone();
            orphan.case_id = format!("BRK-2025-9000{number:02}");
            data.steps.push(orphan);
        }
    }
}

/// Cases of a service without a standard, and cases without any step.
fn add_cases(data: &mut DemoData, plan: &Plan) {
    for number in 0..4 {
        let days_back = 20 + 9 * number;
        let received = plan.extract() - days_back * DAY_SECONDS + 9 * 3_600;
        let case = CaseRow {
            case_id: format!("BRK-2026-9100{number:02}"),
            service: "SOP-LAMA-99".to_owned(),
            received_at: Some(utc_micros(received)),
            requires_recommendation: false,
            outcome: Outcome::Issued,
            closed_at: Some(utc_micros(received + 6 * DAY_SECONDS)),
            applicant: None,
            region: Some("Kota Samarinda".to_owned()),
            channel: Some("Loket".to_owned()),
            due_on: None,
        };
        data.steps.push(StepRow {
            case_id: case.case_id.clone(),
            step: 6,
            started_at: Some(utc_micros(received)),
            completed_at: Some(utc_micros(received + 300)),
            officer: Some("Petugas A-01".to_owned()),
            result: None,
        });
        let empty = CaseRow {
            case_id: format!("BRK-2026-9200{number:02}"),
            service: "SOP-CONTOH-05".to_owned(),
            outcome: Outcome::Open,
            closed_at: None,
            ..case.clone()
        };
        data.cases.extend([case, empty]);
    }
}
