//! A small office with invented numbers: every list filled, withheld and missing figures, hostile texts.
//!
//! The figures are counted here from the same rows the workbook lists, by plain loops, so that a recalculated workbook can
//! be held against them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Asia::Makassar;

use tepat::clock::DayTable;
use tepat::config::{Office, ReportRules, Signatory};
use tepat::finding::{Check, Finding, Level};
use tepat::format;
use tepat::instant::{Day, Instant, day_of};
use tepat::measure::membership::{Due, membership};
use tepat::measure::monthly::{
    Bottleneck, LateCase, Monthly, OpenCase, StageRow, TrendLimits, TrendPoint,
};
use tepat::measure::{Figure, FigureTable};
use tepat::period::Period;
use tepat::report::{MonthlyReport, Provenance, StandardUsed};
use tepat::score::{
    AwaitedStage, CaseVerdict, DayVerdict, Execution, MinuteVerdict, Scored, ScoredCase,
};
use tepat::snapshot::Outcome;
use tepat::standard::calendar::{Calendar, Interval, WeekHours, YearStatus};
use tepat::standard::{
    Citation, ClockName, ClockStart, Duty, Holder, Library, Minutes, NoLimit, PauseRule, Standard,
    Step, Unit, Window,
};

pub const MONTH: Period = Period::Month {
    year: 2026,
    month: 6,
};

/// Texts that must come out as text.
pub const HOSTILE: [&str; 4] = [
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "+62 811 \"kutip\" & 'petik'",
    "@SUM(A1:A9)",
];

/// What a [`MonthlyReport`] borrows.
pub struct Fixture {
    pub office: Office,
    pub rules: ReportRules,
    pub library: Library,
    pub monthly: Monthly,
    pub scored: Scored,
    pub by_rule: BTreeMap<PauseRule, Scored>,
    pub findings: Vec<Finding>,
}

impl Fixture {
    pub fn report(&self) -> MonthlyReport<'_> {
        MonthlyReport {
            office: &self.office,
            rules: &self.rules,
            library: &self.library,
            monthly: &self.monthly,
            scored: &self.scored,
            by_rule: &self.by_rule,
            findings: &self.findings,
            provenance: Provenance {
                program_version: "0.1.0".into(),
                snapshot_digest: "a1".repeat(32),
                standards: vec![StandardUsed {
                    document: "SOP-CONTOH-01".into(),
                    revision: "03".into(),
                    digest: "b2".repeat(32),
                }],
                calendar: "nasional".into(),
                calendar_digest: "c3".repeat(32),
                unsettled_years: vec!["2027 (sementara)".into()],
                settings_digest: "d4".repeat(32),
                edition: 1,
            },
        }
    }
}

/// An office of `count` cases. Their rows cycle through every verdict.
pub fn fixture(count: usize) -> Fixture {
    let library = library();
    let standard = library.services["SOP-CONTOH-01"][0].clone();
    let mut cases: Vec<ScoredCase> = (0..count).map(|i| case(i, &standard)).collect();
    cases.sort_by(|a, b| a.case_id.cmp(&b.case_id));
    let scored = Scored {
        cases,
        findings: Vec::new(),
    };
    let by_rule: BTreeMap<PauseRule, Scored> = PauseRule::ALL
        .into_iter()
        .map(|rule| (rule, under(&scored, rule)))
        .collect();
    let findings = findings();
    let monthly = monthly(&scored, &by_rule, &findings);
    Fixture {
        office: office(),
        rules: ReportRules {
            least_n: 10,
            at_risk_days: 3,
        },
        library,
        monthly,
        scored,
        by_rule,
        findings,
    }
}

fn office() -> Office {
    let who = |position: &str| Signatory {
        position: position.into(),
        name: String::new(),
    };
    Office {
        name: "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Contoh".into(),
        unit: "Bidang Layanan Perizinan & Nonperizinan".into(),
        province: "Provinsi Contoh".into(),
        city: "Kota Contoh".into(),
        zone: Makassar,
        zone_label: "WITA".into(),
        synthetic: true,
        made_by: who("Analis Kebijakan"),
        checked_by: who("Kepala Seksi Layanan"),
        approved_by: who("Kepala Bidang Layanan Perizinan"),
    }
}

fn day(y: i32, m: u32, d: u32) -> Day {
    day_of(NaiveDate::from_ymd_opt(y, m, d).expect("a date"))
}

/// Local time of day `d`, hours and minutes.
fn at(d: Day, hour: i64, minute: i64) -> Instant {
    let local = i64::from(d) * 86_400 + hour * 3_600 + minute * 60;
    Instant::from_utc_seconds(local - 8 * 3_600, Makassar)
}

fn as_of() -> Instant {
    at(day(2026, 7, 1), 0, 0)
}

fn cite(words: &str, place: &str) -> Citation {
    Citation {
        words: words.into(),
        place: place.into(),
    }
}

fn library() -> Library {
    let hours = vec![Interval {
        open: 8 * 3_600,
        close: 16 * 3_600,
    }];
    let mut week = WeekHours::default();
    for d in 0..5 {
        week.days[d] = hours.clone();
    }
    let calendar = Calendar {
        name: "nasional".into(),
        zone: Makassar,
        files: vec!["calendar.toml".into()],
        digest: "c3".repeat(32),
        years: [
            (2025, YearStatus::Final),
            (2026, YearStatus::Final),
            (2027, YearStatus::Provisional),
        ]
        .into(),
        holidays: BTreeMap::new(),
        openings: BTreeMap::new(),
        special: Vec::new(),
        joint_leave_works: false,
    };
    let days = Arc::new(DayTable::working(&calendar, &week));
    let dates = Arc::new(DayTable::every_date(&calendar));
    let standard = standard(days, dates);
    Library {
        calendar: Arc::new(calendar),
        services: [(standard.service.clone(), vec![Arc::new(standard)])].into(),
        aliases: BTreeMap::new(),
    }
}

const STEPS: [(i32, &str, &str, Option<u32>, bool); 5] = [
    (6, "Pendaftaran", "Loket Pendaftaran", Some(0), true),
    (
        7,
        "Verifikasi berkas",
        "Pemrosesan (Verifikasi)",
        Some(2),
        true,
    ),
    (9, "Penyerahan ke OPD", "Petugas Penghubung", None, false),
    (
        12,
        "Pemeriksaan draf",
        "Kepala Seksi Layanan",
        Some(8),
        true,
    ),
    (
        16,
        "Penomoran dan pengesahan",
        "Petugas Tata Usaha",
        Some(13),
        true,
    ),
];

fn standard(days: Arc<DayTable>, dates: Arc<DayTable>) -> Standard {
    let working = |value| Window {
        value,
        unit: Unit::WorkingDays,
    };
    let step = |(number, title, actor, limit, timed): (i32, &str, &str, Option<u32>, bool)| Step {
        number,
        title: title.into(),
        actor: actor.into(),
        holder: Holder::Office,
        duty: Duty::Mandatory,
        clock: Some(ClockName::Main),
        waktu: None,
        window: limit.map(working).ok_or(NoLimit::NotLegible),
        minutes: timed.then_some(Minutes {
            min: Some(5),
            max: 15,
        }),
        note: None,
    };
    Standard {
        total_reading: None,
        service: "SOP-CONTOH-01".into(),
        aliases: Vec::new(),
        name: "Izin Contoh <Satu>".into(),
        document: "SOP-CONTOH-01".into(),
        revision: "03".into(),
        effective_from: NaiveDate::from_ymd_opt(2025, 1, 1).expect("a date"),
        effective_to: None,
        synthetic: true,
        file: "contoh.toml".into(),
        digest: "b2".repeat(32),
        legal_basis: vec!["Peraturan Gubernur contoh".into()],
        fee: cite("Gratis", "bagian J"),
        product: "Izin".into(),
        start: ClockStart::Step(6),
        start_citation: cite("Waktu dihitung sejak pendaftaran", "langkah 6"),
        recommendation: None,
        recommendation_citation: None,
        pause: PauseRule::Exclude,
        pause_step: None,
        decides: Some(16),
        total: working(13),
        total_stated: 14,
        total_citation: cite("paling lama 14 hari kerja", "bagian I"),
        separate_duties: Vec::new(),
        steps: STEPS.map(|s| (s.0, step(s))).into(),
        hours_citation: cite("Senin–Jumat 08.00–16.00", "bagian H"),
        days,
        dates,
        step_hours: BTreeMap::new(),
    }
}

const VERDICTS: [CaseVerdict; 12] = [
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

fn case_id(i: usize) -> String {
    match i {
        0..4 => format!("{}{:05}", HOSTILE[i], i),
        4 => format!("{:0>60}", "4"),
        _ => format!("B-2026-{i:05}"),
    }
}

fn case(i: usize, standard: &Arc<Standard>) -> ScoredCase {
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
        decided: decided.map(|d| at(d, 10, 0)),
        applicant: None,
        region: Some(region(i).into()),
        channel: (i % 2 == 0).then(|| "Loket".to_owned()),
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

fn region(i: usize) -> &'static str {
    match i % 20 {
        0..12 => "Kota Contoh",
        12..19 => "Kabupaten \"Hulu\" & Hilir",
        _ => "Kecamatan * Terpencil?",
    }
}

fn awaited(h: Day, verdict: CaseVerdict) -> Vec<AwaitedStage> {
    let stage = AwaitedStage {
        step: 16,
        deadline: h + 17,
        overdue: verdict == CaseVerdict::Overdue,
    };
    let open = matches!(verdict, CaseVerdict::Overdue | CaseVerdict::Running);
    open.then_some(stage).into_iter().collect()
}

fn executions(i: usize, h: Day, verdict: CaseVerdict) -> Vec<Execution> {
    let minutes = [3, 9, 15, 16][i % 4];
    let minute = match minutes {
        3 => MinuteVerdict::Under,
        16 => MinuteVerdict::Over,
        _ => MinuteVerdict::Within,
    };
    let one = |step: i32, number: u32, d: Day, day: DayVerdict, is_last: bool| Execution {
        step,
        number,
        officer: Some(HOSTILE[i % 4].to_owned()),
        started: Some(at(d, 9, 0)),
        completed: Some(at(d, 9, minutes)),
        result: None,
        clock: Some(ClockName::Main),
        h: Some(h),
        offset: day.is_counted().then_some(2),
        limit: Some(8),
        deadline: Some(h + 10),
        day,
        service_seconds: Some(minutes * 60),
        minute,
        is_last,
        sent_back_by: (number > 1).then(|| (13, None)),
    };
    let mut all = vec![one(6, 1, h, DayVerdict::OnTime, true)];
    all.push(one(7, 1, h + 2, DayVerdict::OnTime, true));
    let day = match verdict {
        CaseVerdict::Late | CaseVerdict::Overdue => DayVerdict::Late,
        _ => DayVerdict::OnTime,
    };
    let again = i % 5 == 0;
    all.push(one(12, 1, h + 9, day, !again));
    if again {
        all.push(one(12, 2, h + 10, day, true));
    }
    all
}

/// The same cases under one rule: `restart` forgives some late ones, `include` condemns some others.
fn under(scored: &Scored, rule: PauseRule) -> Scored {
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

fn findings() -> Vec<Finding> {
    let mut all = Vec::new();
    for check in Check::ALL.iter().filter(|c| c.level() != Level::Blocking) {
        for hostile in HOSTILE {
            let message = format!("Contoh temuan pada {hostile}.");
            all.push(Finding::new(*check, hostile, message));
        }
    }
    all.sort();
    all
}

struct Counting<'a> {
    table: FigureTable,
    scored: &'a Scored,
}

fn figure(indicator: &str, group: &[(&str, &str)], n: i64) -> Figure {
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

fn share(indicator: &str, group: &[(&str, &str)], part: i64, whole: i64) -> Figure {
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

fn number(indicator: &str, group: &[(&str, &str)], value: f64, places: usize) -> Figure {
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

fn place(case: &ScoredCase) -> tepat::measure::membership::Membership {
    membership(case, MONTH, as_of())
}

fn monthly(
    scored: &Scored,
    by_rule: &BTreeMap<PauseRule, Scored>,
    findings: &[Finding],
) -> Monthly {
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

fn counts(c: &mut Counting) {
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

fn durations(c: &mut Counting) {
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

fn stage_figures(c: &mut Counting) {
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

fn other_figures(c: &mut Counting, findings: &[Finding]) {
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

fn trend(c: &mut Counting) -> Vec<TrendPoint> {
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
            signal: (back == 3).then(|| "di bawah batas bawah alami".into()),
        });
        if back > 0 {
            c.table.push(f);
        }
    }
    points
}

fn open_case(c: &ScoredCase) -> OpenCase {
    OpenCase {
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

fn lists(
    scored: &Scored,
    figures: FigureTable,
    trend: Vec<TrendPoint>,
    regions: &[&str],
) -> Monthly {
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
    Monthly {
        period: MONTH,
        as_of: as_of(),
        figures,
        trend,
        trend_limits: Some(TrendLimits {
            mean: 71.3,
            lower: 52.8,
            upper: 89.8,
        }),
        stages: STEPS
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
            .collect(),
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
