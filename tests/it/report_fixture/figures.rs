//! Figures and lists, counted by plain loops.

use std::collections::BTreeMap;

use tepat::finding::{Check, Finding, Level};
use tepat::format;
use tepat::measure::membership::{Due, membership};
use tepat::measure::overview::{Overview, TrendPoint};
use tepat::measure::{Figure, FigureTable};
use tepat::score::{CaseVerdict, DayVerdict, Execution, MinuteVerdict, Scored, ScoredCase};
use tepat::snapshot::Outcome;
use tepat::standard::PauseRule;

use super::*;

pub struct Counting<'a> {
    table: FigureTable,
    scored: &'a Scored,
}

pub fn figure(indicator: &str, group: &[(&str, &str)], n: i64) -> Figure {
    Figure {
        indicator: indicator.into(),
        period: MONTH.to_string(),
        group: group
            .iter()
            .map(|(k, v)| ((*k).into(), (*v).into()))
            .collect(),
        n: n as u64,
        numerator: Some(n),
        denominator: None,
        value: Some(n as f64),
        printed: format::integer(n),
    }
}

pub fn share(indicator: &str, group: &[(&str, &str)], part: i64, whole: i64) -> Figure {
    let shown = whole >= 10;
    Figure {
        n: whole as u64,
        numerator: shown.then_some(part),
        denominator: shown.then_some(whole),
        value: shown.then(|| part as f64 / whole as f64 * 100.0),
        printed: match (whole, shown) {
            (0, _) => format::NONE.into(),
            (_, true) => format::percent(part, whole),
            (_, false) => format::withheld(whole as u64),
        },
        ..figure(indicator, group, whole)
    }
}

pub fn number(indicator: &str, group: &[(&str, &str)], value: f64, places: usize) -> Figure {
    Figure {
        numerator: None,
        value: Some(value),
        printed: format::decimal(value, places),
        ..figure(indicator, group, 20)
    }
}

impl Counting<'_> {
    fn count(&mut self, indicator: &str, group: &[(&str, &str)], is: impl Fn(&ScoredCase) -> bool) {
        let n = self.scored.cases.iter().filter(|c| is(c)).count();
        self.table.push(figure(indicator, group, n as i64));
    }

    fn shares(
        &mut self,
        cases: &Scored,
        group: &[(&str, &str)],
        also: impl Fn(&ScoredCase) -> bool,
    ) {
        let all = || cases.cases.iter().filter(|c| also(c));
        let due = || all().filter(|c| place(c).due == Due::Counted);
        let decided = |c: &&ScoredCase| {
            place(c).decided && matches!(c.verdict, CaseVerdict::OnTime | CaseVerdict::Late)
        };
        let met = |c: &&ScoredCase| c.verdict == CaseVerdict::OnTime;
        for (name, part, whole) in [
            ("on_time.due", due().filter(met).count(), due().count()),
            (
                "on_time.decided",
                all().filter(decided).filter(met).count(),
                all().filter(decided).count(),
            ),
        ] {
            let figure = share(name, group, part as i64, whole as i64);
            if figure.value.is_some() {
                for (tail, value) in [("low", 61.2), ("high", 83.4)] {
                    let mut bound = number(&format!("{name}.{tail}"), group, value, 1);
                    bound.printed = format::percent_value(value);
                    self.table.push(bound);
                }
            }
            self.table.push(figure);
        }
    }
}

pub fn place(case: &ScoredCase) -> tepat::measure::membership::Membership {
    membership(case, MONTH, as_of())
}

pub fn monthly(
    scored: &Scored,
    by_rule: &BTreeMap<PauseRule, Scored>,
    findings: &[Finding],
) -> Overview {
    let mut c = Counting {
        table: FigureTable::default(),
        scored,
    };
    c.shares(scored, &[], |_| true);
    for rule in PauseRule::ALL {
        c.shares(&by_rule[&rule], &[("pause", rule.code())], |_| true);
    }
    let regions = [
        "Kota Contoh",
        "Kabupaten \"Hulu\" & Hilir",
        "Kecamatan * Terpencil?",
    ];
    for name in regions {
        c.shares(scored, &[("region", name)], |x| {
            x.region.as_deref() == Some(name)
        });
    }
    c.shares(scored, &[("channel", "Loket")], |x| x.channel.is_some());
    c.shares(scored, &[("service", "SOP-CONTOH-01")], |_| true);
    counts(&mut c);
    durations(&mut c);
    stage_figures(&mut c);
    other_figures(&mut c, findings);
    let trend = trend(&mut c);
    let mut figures = c.table;
    figures.sort();
    lists(scored, figures, trend, &regions)
}

pub fn counts(c: &mut Counting) {
    let due = |v| move |x: &ScoredCase| place(x).due == Due::Counted && x.verdict == v;
    c.count("due.count", &[], |x| place(x).due == Due::Counted);
    c.count("due.on_time", &[], due(CaseVerdict::OnTime));
    c.count("due.late", &[], due(CaseVerdict::Late));
    c.count("due.overdue", &[], due(CaseVerdict::Overdue));
    c.count("due.withdrawn_late", &[], due(CaseVerdict::WithdrawnLate));
    c.count("due.pending", &[], |x| place(x).due == Due::Pending);
    for (reason, v) in [
        ("withdrawn", CaseVerdict::Withdrawn),
        ("not_assessable", CaseVerdict::NotAssessable),
    ] {
        c.count("excluded.due", &[("reason", reason)], |x| {
            place(x).due == Due::Excluded && x.verdict == v
        });
    }
    c.count("excluded.due", &[("reason", "clock_not_started")], |x| {
        x.verdict == CaseVerdict::ClockNotStarted
    });
    c.count("flow.opening", &[], |x| place(x).opening);
    c.count("flow.previous_closing", &[], |x| place(x).opening);
    c.count("flow.received", &[], |x| place(x).received);
    c.count("flow.decided", &[], |x| place(x).decided);
    c.count("flow.issued", &[], |x| {
        place(x).decided && x.outcome != Outcome::Rejected
    });
    c.count("flow.rejected", &[], |x| {
        place(x).decided && x.outcome == Outcome::Rejected
    });
    c.count("flow.withdrawn", &[], |x| place(x).withdrawn);
    c.count("flow.closing", &[], |x| place(x).closing);
    c.count("flow.unplaced", &[], |x| x.received.is_none());
    c.count("open.overdue", &[], |x| x.verdict == CaseVerdict::Overdue);
    c.count("open.at_risk", &[], |x| x.verdict == CaseVerdict::Running);
    c.count("open.paused", &[], |x| x.paused_now);
    c.count("open.not_started", &[], |x| {
        x.decided.is_none() && x.verdict == CaseVerdict::ClockNotStarted
    });
}

pub fn durations(c: &mut Counting) {
    let judged = |x: &&ScoredCase| {
        place(x).decided && matches!(x.verdict, CaseVerdict::OnTime | CaseVerdict::Late)
    };
    let cases = c.scored.cases.iter().filter(judged);
    let mut days: Vec<u32> = cases.filter_map(|x| Some(x.offset? + 1)).collect();
    days.sort_unstable();
    for (tail, percent) in [("median", 50), ("p90", 90), ("p95", 95)] {
        let at = (percent * days.len()).div_ceil(100).max(1) - 1;
        for group in [&[][..], &[("service", "SOP-CONTOH-01")]] {
            if let Some(value) = days.get(at).filter(|_| group.is_empty() || tail != "p95") {
                let mut f = number(&format!("working_days.{tail}"), group, f64::from(*value), 0);
                f.n = days.len() as u64;
                c.table.push(f);
            }
        }
    }
    c.table.push(number("working_days.km_median", &[], 12.0, 0));
}

pub fn stage_figures(c: &mut Counting) {
    let scored = c.scored;
    for (step, ..) in STEPS {
        let text = step.to_string();
        let completed = |e: &&Execution| e.completed.is_some_and(|t| MONTH.contains(t.date()));
        let all = || {
            scored
                .cases
                .iter()
                .flat_map(|x| &x.executions)
                .filter(|e| e.step == step)
        };
        let done = || all().filter(completed);
        let minute = |v: &[MinuteVerdict]| done().filter(|e| v.contains(&e.minute)).count() as i64;
        let due = |e: &&Execution| {
            let date = e.deadline.map(tepat::instant::date_of);
            e.is_last && date.is_some_and(|d| MONTH.contains(d))
        };
        let awaited = scored.cases.iter().flat_map(|x| &x.awaited).filter(|a| {
            a.step == step && a.overdue && MONTH.contains(tepat::instant::date_of(a.deadline))
        });
        let on_time = all()
            .filter(due)
            .filter(|e| e.day == DayVerdict::OnTime)
            .count() as i64;
        let stages = all().filter(due).count() as i64 + awaited.count() as i64;
        let [under, within, over] = [
            MinuteVerdict::Under,
            MinuteVerdict::Within,
            MinuteVerdict::Over,
        ]
        .map(|v| minute(&[v]));
        for group in [
            &[("step", text.as_str())][..],
            &[("service", "SOP-CONTOH-01"), ("step", &text)],
        ] {
            c.table
                .push(figure("stage.executions", group, done().count() as i64));
            let again = done().filter(|e| e.number > 1).count() as i64;
            c.table.push(figure("stage.rework", group, again));
            let judged = under + within + over;
            c.table
                .push(share("stage.within_minutes", group, under + within, judged));
            c.table
                .push(share("stage.under_minutes", group, under, judged));
            c.table.push(number("stage.minutes_median", group, 9.0, 1));
            c.table.push(number("stage.minutes_p95", group, 16.0, 1));
            if step != 6 {
                c.table
                    .push(share("stage.within_window", group, on_time, stages));
            }
        }
        let group = [("step", text.as_str())];
        c.table
            .push(number("stage.work_hours", &group, f64::from(step) * 1.5, 1));
        c.table.push(number(
            "stage.wait_hours",
            &group,
            f64::from(step) * 4.25,
            1,
        ));
    }
}

pub fn other_figures(c: &mut Counting, findings: &[Finding]) {
    for (versus, value) in [("previous", 2.14), ("last_year", -3.5)] {
        let mut f = number("on_time.due.change", &[("versus", versus)], value, 1);
        f.printed = format::points(value);
        c.table.push(f);
    }
    for (holder, hours) in [
        ("work", 120),
        ("waiting", 480),
        ("applicant", 200),
        ("agency", 150),
        ("unsplit", 50),
    ] {
        c.table
            .push(share("time.share", &[("holder", holder)], hours, 1000));
        let mut f = number("time.hours", &[("holder", holder)], hours as f64, 0);
        f.printed = format!("{} jam", f.printed);
        c.table.push(f);
    }
    for check in Check::ALL {
        let n = findings.iter().filter(|f| f.check == *check).count() as i64;
        c.table
            .push(figure("findings.count", &[("check", check.code())], n));
    }
    for level in [Level::Blocking, Level::Error, Level::Warning, Level::Info] {
        let n = findings.iter().filter(|f| f.level == level).count() as i64;
        c.table
            .push(figure("findings.count", &[("level", level.code())], n));
    }
}

pub fn trend(c: &mut Counting) -> Vec<TrendPoint> {
    let now = c
        .table
        .get("on_time.due", "2026-06", &[])
        .cloned()
        .expect("the headline");
    let mut points = Vec::new();
    for back in (0..24u32).rev() {
        let period = MONTH.back(back);
        let (n, on_time) = match back {
            0 => (now.n as i64, now.numerator.unwrap_or(0)),
            7 => (0, 0),
            15 => (5, 4),
            _ => (40 + i64::from(back), 30 + i64::from(back * 7 % 11)),
        };
        let mut f = share("on_time.due", &[], on_time, n);
        f.period = period.to_string();
        points.push(TrendPoint {
            period,
            n: n as u64,
            on_time: on_time as u64,
            value: f.value,
            signal: (back == 3).then(|| "di atas batas atas alami".into()),
        });
        if back > 0 {
            c.table.push(f);
        }
    }
    points
}
