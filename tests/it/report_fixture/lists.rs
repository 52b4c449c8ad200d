//! The lists of the review.

use tepat::measure::FigureTable;
use tepat::measure::overview::{
    Bottleneck, LateCase, OpenCase, Overview, StageRow, TrendLimits, TrendPoint,
};
use tepat::score::{CaseVerdict, Scored, ScoredCase};

use super::*;

pub fn open_case(c: &ScoredCase) -> OpenCase {
    OpenCase {
        working_days: None,
        case_id: c.case_id.clone(),
        service: c.service.clone(),
        service_name: "Izin Contoh <Satu>".into(),
        received: c.received,
        h: c.h,
        deadline: c.deadline,
        verdict: c.verdict,
        age: c.offset,
        days_left: c.offset.map(|o| 13 - i64::from(o)),
        paused_days: c.paused_days,
        holder: format!("menunggu: Kepala Seksi {}", HOSTILE[1]),
        at_step: "12 Pemeriksaan draf oleh Kepala Seksi Layanan Perizinan".into(),
        since: c.received,
        verdict_include: c.paused_now.then_some(CaseVerdict::Overdue),
        place: c.h.is_none().then(|| "OPD".into()),
    }
}

pub fn lists(
    scored: &Scored,
    figures: FigureTable,
    trend: Vec<TrendPoint>,
    regions: &[&str],
) -> Overview {
    let open = |is: &dyn Fn(&ScoredCase) -> bool| -> Vec<OpenCase> {
        scored
            .cases
            .iter()
            .filter(|c| is(c))
            .map(open_case)
            .collect()
    };
    let late = scored
        .cases
        .iter()
        .filter(|c| c.verdict == CaseVerdict::Late);
    let late = late.filter_map(|c| {
        Some(LateCase {
            case_id: c.case_id.clone(),
            service: c.service.clone(),
            service_name: "Izin Contoh <Satu>".into(),
            decided: c.decided?,
            deadline: c.deadline?,
            days_over: 2,
            used_by_step: Some(12),
            used_by: "menunggu".into(),
            used_seconds: 91_800,
        })
    });
    let named = |v: &str| (v.to_owned(), v.to_owned());
    Overview {
        period: MONTH,
        as_of: as_of(),
        figures,
        trend,
        trend_limits: Some(TrendLimits {
            mean: 71.3,
            lower: 52.8,
            upper: 89.8,
        }),
        stages: stages(),
        bottleneck: Some(Bottleneck {
            step: 12,
            title: "Pemeriksaan draf".into(),
            actor: "Kepala Seksi Layanan".into(),
            seconds: 1_234_567,
            total_seconds: 3_000_000,
            waiting_seconds: 1_000_000,
        }),
        overdue: open(&|c| c.verdict == CaseVerdict::Overdue),
        at_risk: open(&|c| c.verdict == CaseVerdict::Running),
        oldest: open(&|c| c.verdict == CaseVerdict::Overdue)
            .into_iter()
            .take(10)
            .collect(),
        not_started: open(&|c| c.verdict == CaseVerdict::ClockNotStarted),
        paused: open(&|c| c.paused_now),
        late: late.collect(),
        dimensions: vec![
            (
                "service".into(),
                vec![("SOP-CONTOH-01".into(), "Izin Contoh <Satu>".into())],
            ),
            ("region".into(), regions.iter().map(|r| named(r)).collect()),
            ("channel".into(), vec![named("Loket")]),
        ],
    }
}

fn stages() -> Vec<StageRow> {
    STEPS
        .iter()
        .map(|(step, title, actor, limit, timed)| StageRow {
            step: *step,
            title: (*title).into(),
            actor: (*actor).into(),
            window_words: limit.map_or("tidak terbaca".into(), |n| format!("H+{n}")),
            minutes_words: if *timed {
                "5–15 menit"
            } else {
                "tanpa batas menit"
            }
            .into(),
        })
        .collect()
}
