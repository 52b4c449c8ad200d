//! Scored cases that cycle through every verdict.

use std::sync::Arc;

use tepat::instant::Day;
use tepat::name::Name;
use tepat::score::{
    AwaitedStage, CaseVerdict, DayVerdict, Execution, MinuteVerdict, Scored, ScoredCase,
};
use tepat::snapshot::Outcome;
use tepat::standard::{ClockName, PauseRule, Standard};

use super::*;

pub const VERDICTS: [CaseVerdict; 12] = [
    CaseVerdict::OnTime,
    CaseVerdict::OnTime,
    CaseVerdict::Late,
    CaseVerdict::OnTime,
    CaseVerdict::Overdue,
    CaseVerdict::Running,
    CaseVerdict::OnTime,
    CaseVerdict::ClockNotStarted,
    CaseVerdict::WithdrawnLate,
    CaseVerdict::OnTime,
    CaseVerdict::Withdrawn,
    CaseVerdict::NotAssessable,
];

pub fn case_id(i: usize) -> String {
    match i {
        0..4 => format!("{}{:05}", HOSTILE[i], i),
        4 => format!("{:0>60}", "4"),
        _ => format!("B-2026-{i:05}"),
    }
}

pub fn case(i: usize, standard: &Arc<Standard>) -> ScoredCase {
    let verdict = VERDICTS[i % VERDICTS.len()];
    let h = day(2026, 5, 18) + (i % 10) as Day;
    let running = verdict == CaseVerdict::Running;
    let h = if running { day(2026, 6, 15) } else { h };
    let started = verdict != CaseVerdict::ClockNotStarted;
    let deadline = h + 17;
    let decided = match verdict {
        CaseVerdict::OnTime | CaseVerdict::Withdrawn | CaseVerdict::NotAssessable => Some(h + 15),
        CaseVerdict::Late | CaseVerdict::WithdrawnLate => Some(h + 20),
        _ => None,
    };
    let outcome = match verdict {
        CaseVerdict::Withdrawn | CaseVerdict::WithdrawnLate => Outcome::Withdrawn,
        _ if decided.is_none() => Outcome::Open,
        _ if i % 7 == 3 => Outcome::Rejected,
        _ => Outcome::Issued,
    };
    let offset = match verdict {
        CaseVerdict::OnTime => Some(9 + (i % 5) as u32),
        CaseVerdict::Running => Some(12),
        _ => Some(15),
    };
    ScoredCase {
        rule: PauseRule::Exclude,
        with_applicant: Vec::new(),
        case_id: case_id(i),
        service: standard.service.clone(),
        standard: Some(standard.clone()),
        received: Some(at(h - 1, 9, 5)),
        requires_recommendation: false,
        outcome,
        closed: decided.map(|d| at(d, 10, 0)),
        decided: decided.map(|d| at(d, 10, 0)),
        applicant: None,
        region: Some(region(i).into()),
        channel: i.is_multiple_of(2).then(|| "Loket".to_owned()),
        due_on: None,
        registration_start: Some(at(h, 8, 0)),
        main_start: started.then(|| at(h, 8, 0)),
        h: started.then_some(h),
        deadline: started.then_some(deadline),
        paused_days: (i % 3) as u32,
        offset: offset.filter(|_| started),
        limit: started.then_some(13),
        verdict,
        days_over: (verdict == CaseVerdict::Late).then_some(2),
        pauses: Vec::new(),
        paused_now: running && i % 24 == 5,
        executions: executions(i, h, verdict),
        awaited: awaited(h, verdict),
    }
}

pub fn region(i: usize) -> &'static str {
    match i % 20 {
        0..12 => "Kota Contoh",
        12..19 => "Kabupaten \"Hulu\" & Hilir",
        _ => "Kecamatan * Terpencil?",
    }
}

pub fn awaited(h: Day, verdict: CaseVerdict) -> Vec<AwaitedStage> {
    let stage = AwaitedStage {
        step: 16,
        deadline: h + 17,
        overdue: verdict == CaseVerdict::Overdue,
    };
    let open = matches!(verdict, CaseVerdict::Overdue | CaseVerdict::Running);
    open.then_some(stage).into_iter().collect()
}

pub fn executions(i: usize, h: Day, verdict: CaseVerdict) -> Vec<Execution> {
    let minutes = [3, 9, 15, 16][i % 4];
    let minute = match minutes {
        3 => MinuteVerdict::Under,
        16 => MinuteVerdict::Over,
        _ => MinuteVerdict::Within,
    };
    let one = |step: i32, number: u32, d: Day, day: DayVerdict, is_last: bool| Execution {
        step,
        number,
        officer: Some(Name::of(HOSTILE[i % 4])),
        started: Some(at(d, 9, 0)),
        completed: Some(at(d, 9, minutes)),
        result: None,
        clock: Some(ClockName::Main),
        h: Some(h),
        offset: day.is_counted().then_some(2),
        limit: Some(8),
        deadline: Some(h + 10),
        expires: None,
        day,
        service_seconds: Some(minutes * 60),
        minute,
        is_last,
        sent_back_by: (number > 1).then_some((13, None)),
    };
    let mut all = vec![one(6, 1, h, DayVerdict::OnTime, true)];
    all.push(one(7, 1, h + 2, DayVerdict::OnTime, true));
    let day = match verdict {
        CaseVerdict::Late | CaseVerdict::Overdue => DayVerdict::Late,
        _ => DayVerdict::OnTime,
    };
    let again = i.is_multiple_of(5);
    all.push(one(12, 1, h + 9, day, !again));
    if again {
        all.push(one(12, 2, h + 10, day, true));
    }
    all
}

/// The same cases under one rule: `restart` forgives some late ones, `include` condemns some others.
pub fn under(scored: &Scored, rule: PauseRule) -> Scored {
    let change = |(i, case): (usize, &ScoredCase)| {
        let mut case = case.clone();
        match rule {
            PauseRule::Include if case.verdict == CaseVerdict::OnTime && i % 9 == 0 => {
                case.verdict = CaseVerdict::Late;
                case.deadline = case.deadline.map(|d| d - 3);
            }
            PauseRule::Restart if case.verdict == CaseVerdict::Late && i % 2 == 0 => {
                case.verdict = CaseVerdict::OnTime;
                case.deadline = case.deadline.map(|d| d + 6);
            }
            _ => {}
        }
        case
    };
    Scored {
        cases: scored.cases.iter().enumerate().map(change).collect(),
        findings: Vec::new(),
    }
}
