//! What tests of the score share: a calendar, KOM-03 built by hand from the table of scoring.md, and rows in local time.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;
use tepat::clock::DayTable;
use tepat::instant::Instant;
use tepat::score::{ScoreOptions, Scored, ScoredCase, score};
use tepat::snapshot::{CaseRow, Outcome, Snapshot, StepRow};
use tepat::standard::calendar::{Holiday, HolidayKind, Interval, WeekHours, YearStatus};
use tepat::standard::{
    Calendar, Citation, ClockName, ClockStart, Duty, Holder, Library, Minutes, NoLimit, PauseRule,
    PauseStep, Recommendation, Standard, Step, Unit, Window,
};

use crate::oracle::{Hours, World};

pub const ZONE: Tz = chrono_tz::Asia::Makassar;
pub const KOM03: &str = "SOP-LP2N-KOM-03";

/// Holidays used by the tables, from the national decrees.
const HOLIDAYS: [(&str, HolidayKind, &str); 16] = [
    (
        "2016-05-05",
        HolidayKind::National,
        "Kenaikan Yesus Kristus",
    ),
    (
        "2016-05-06",
        HolidayKind::National,
        "Isra Mikraj Nabi Muhammad",
    ),
    ("2016-07-06", HolidayKind::National, "Hari Raya Idul Fitri"),
    // Islamic New Year 1443: the decree moved the day off from Tuesday 10 August to Wednesday 11 August 2021.
    ("2021-08-11", HolidayKind::National, "Tahun Baru Islam"),
    ("2021-08-17", HolidayKind::National, "Hari Kemerdekaan"),
    ("2025-12-25", HolidayKind::National, "Hari Raya Natal"),
    ("2025-12-26", HolidayKind::JointLeave, "Cuti Bersama Natal"),
    ("2026-01-01", HolidayKind::National, "Tahun Baru Masehi"),
    ("2026-01-16", HolidayKind::National, "Isra Mikraj"),
    (
        "2026-05-14",
        HolidayKind::National,
        "Kenaikan Yesus Kristus",
    ),
    (
        "2026-05-15",
        HolidayKind::JointLeave,
        "Cuti Bersama Kenaikan",
    ),
    ("2026-05-27", HolidayKind::National, "Hari Raya Idul Adha"),
    (
        "2026-05-28",
        HolidayKind::JointLeave,
        "Cuti Bersama Idul Adha",
    ),
    ("2026-05-31", HolidayKind::National, "Hari Raya Waisak"),
    ("2026-06-01", HolidayKind::National, "Hari Lahir Pancasila"),
    ("2026-06-16", HolidayKind::National, "Tahun Baru Islam"),
];

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// "2026-06-05 18:00" or "2026-06-05 18:00:01", office time, as UTC microseconds.
pub fn micros(text: &str) -> i64 {
    instant(text).utc_seconds() * 1_000_000
}

/// The same as an instant.
pub fn instant(text: &str) -> Instant {
    let (day, time) = text.split_once(' ').unwrap_or((text, "00:00"));
    let time = NaiveTime::parse_from_str(time, "%H:%M:%S")
        .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"))
        .expect("a time");
    let local = NaiveDateTime::new(date(day), time);
    let t = ZONE
        .from_local_datetime(&local)
        .single()
        .expect("WITA has no gaps");
    Instant::from_utc_seconds(t.timestamp(), ZONE)
}

pub fn day(text: &str) -> i32 {
    tepat::instant::day_of(date(text))
}

fn hours(open: u32, close: u32) -> Vec<Interval> {
    vec![Interval {
        open: open * 3600,
        close: close * 3600,
    }]
}

/// Monday to Thursday 08.00-19.00, Friday 08.00-11.00.
pub fn kom03_hours() -> WeekHours {
    let long = hours(8, 19);
    let none = Vec::new();
    WeekHours {
        days: [
            long.clone(),
            long.clone(),
            long.clone(),
            long,
            hours(8, 11),
            none.clone(),
            none,
        ],
    }
}

pub fn holiday(kind: HolidayKind, name: &str) -> Holiday {
    Holiday {
        kind,
        name: name.to_owned(),
        basis: "uji".to_owned(),
    }
}

/// The years 2016 to 2027 with the holidays above.
pub fn calendar() -> Calendar {
    let mut holidays: BTreeMap<NaiveDate, Vec<Holiday>> = BTreeMap::new();
    for (day, kind, name) in HOLIDAYS {
        holidays
            .entry(date(day))
            .or_default()
            .push(holiday(kind, name));
    }
    Calendar {
        name: "uji".to_owned(),
        zone: ZONE,
        files: vec!["uji.toml".to_owned()],
        digest: String::new(),
        years: (2016..=2027).map(|y| (y, YearStatus::Final)).collect(),
        holidays,
        openings: BTreeMap::new(),
        special: Vec::new(),
        joint_leave_works: false,
    }
}

fn citation(words: &str) -> Citation {
    Citation {
        words: words.to_owned(),
        place: "uji".to_owned(),
    }
}

type Limit = Result<u32, NoLimit>;
type Bounds = Option<(Option<u32>, u32)>;

/// Step, duty, clock, n of H+n, minutes: the table of section 1.
fn kom03_table() -> Vec<(i32, Duty, Option<ClockName>, Limit, Bounds)> {
    use ClockName::{Main, Registration};
    use Duty::{Mandatory, Optional, WithRecommendation};
    use NoLimit::{AsNeeded, NotLegible};
    let (reg, main) = (Some(Registration), Some(Main));
    vec![
        (1, Optional, None, Err(AsNeeded), None),
        (2, Optional, None, Err(AsNeeded), None),
        (3, Optional, None, Err(AsNeeded), None),
        (4, Optional, None, Err(AsNeeded), None),
        (5, Optional, reg, Ok(0), Some((Some(10), 30))),
        (6, Mandatory, reg, Ok(0), Some((None, 10))),
        (7, Mandatory, reg, Ok(2), Some((Some(5), 15))),
        (8, Optional, reg, Err(NotLegible), None),
        (9, WithRecommendation, reg, Err(NotLegible), None),
        (10, WithRecommendation, reg, Err(NotLegible), None),
        (11, Mandatory, main, Err(NotLegible), None),
        (12, Mandatory, main, Ok(8), Some((Some(10), 30))),
        (13, Mandatory, main, Ok(8), Some((Some(10), 30))),
        (14, Optional, main, Ok(12), None),
        (15, Mandatory, main, Ok(13), None),
        (16, Mandatory, main, Ok(13), Some((Some(5), 15))),
        (17, Optional, None, Err(NotLegible), None),
        (18, Optional, None, Err(NotLegible), None),
    ]
}

fn steps(unit: Unit) -> BTreeMap<i32, Step> {
    let step =
        |(number, duty, clock, limit, bounds): (i32, Duty, Option<ClockName>, Limit, Bounds)| {
            let step = Step {
                number,
                title: format!("Langkah {number}"),
                actor: format!("Pelaksana {number}"),
                holder: match number {
                    1 | 3 | 8 | 18 => Holder::Applicant,
                    10 => Holder::Agency,
                    _ => Holder::Office,
                },
                duty,
                clock,
                waktu: None,
                window: limit.map(|value| Window { value, unit }),
                minutes: bounds.map(|(min, max)| Minutes { min, max }),
                note: None,
            };
            (number, step)
        };
    kom03_table().into_iter().map(step).collect()
}

/// KOM-03 rev. 03 over `calendar`, all day limits in `unit`.
pub fn standard(calendar: &Calendar, hours: &Hours, unit: Unit) -> Standard {
    Standard {
        service: KOM03.to_owned(),
        aliases: Vec::new(),
        total_reading: None,
        name: "Rekomendasi Izin Penyelenggaraan Pos".to_owned(),
        document: KOM03.to_owned(),
        revision: "03".to_owned(),
        effective_from: date("2016-01-01"),
        effective_to: None,
        synthetic: false,
        file: "uji.toml".to_owned(),
        digest: String::new(),
        legal_basis: Vec::new(),
        fee: citation("tidak ada"),
        product: "Rekomendasi".to_owned(),
        start: ClockStart::Step(6),
        start_citation: citation("H"),
        recommendation: Some(Recommendation {
            handed_over: 10,
            received: 11,
            sent: 9,
        }),
        recommendation_citation: None,
        pause: PauseRule::Exclude,
        pause_step: Some(PauseStep {
            step: 8,
            returned_by: 7,
        }),
        decides: Some(16),
        hands_over: Some(17),
        total: Window { value: 13, unit },
        total_stated: 14,
        total_citation: citation("14 hari kerja"),
        separate_duties: vec![(12, 13), (7, 15)],
        steps: steps(unit),
        hours_citation: citation("jam pelayanan"),
        days: Arc::new(DayTable::working(calendar, &hours.service)),
        dates: Arc::new(DayTable::every_date(calendar)),
        step_hours: hours
            .steps
            .iter()
            .map(|(step, weekly)| (*step, Arc::new(DayTable::working(calendar, weekly))))
            .collect(),
    }
}

/// A world of one standard.
pub fn world_of(calendar: Calendar, hours: Hours, standard: Standard) -> World {
    World {
        hours: BTreeMap::from([(standard.service.clone(), hours)]),
        library: Library {
            calendar: Arc::new(calendar),
            services: BTreeMap::from([(standard.service.clone(), vec![Arc::new(standard)])]),
            aliases: BTreeMap::new(),
        },
        zone: ZONE,
    }
}

/// A world whose only standard is KOM-03, changed by `change`.
pub fn world_with(calendar: Calendar, change: impl FnOnce(&mut Standard)) -> World {
    let hours = Hours {
        service: kom03_hours(),
        steps: BTreeMap::new(),
    };
    let mut standard = standard(&calendar, &hours, Unit::WorkingDays);
    change(&mut standard);
    world_of(calendar, hours, standard)
}

/// KOM-03 under the calendar above.
pub fn kom03() -> World {
    world_with(calendar(), |_| {})
}

/// One case and its rows, in office time. "" is a missing instant.
#[derive(Debug, Clone)]
pub struct Case {
    pub row: CaseRow,
    pub steps: Vec<StepRow>,
}

fn optional(text: &str) -> Option<i64> {
    (!text.is_empty()).then(|| micros(text))
}

impl Case {
    /// An open case "A".
    pub fn received(at: &str) -> Self {
        Self {
            row: CaseRow {
                case_id: "A".to_owned(),
                service: KOM03.to_owned(),
                received_at: optional(at),
                requires_recommendation: false,
                outcome: Outcome::Open,
                closed_at: None,
                applicant: None,
                region: None,
                channel: None,
                due_on: None,
            },
            steps: Vec::new(),
        }
    }

    pub fn id(mut self, id: &str) -> Self {
        self.row.case_id = id.to_owned();
        for step in &mut self.steps {
            step.case_id = id.to_owned();
        }
        self
    }

    pub fn with_recommendation(mut self) -> Self {
        self.row.requires_recommendation = true;
        self
    }

    pub fn ends(mut self, outcome: Outcome, at: &str) -> Self {
        self.row.outcome = outcome;
        self.row.closed_at = optional(at);
        self
    }

    /// A row by an officer of its own, so that duties stay apart.
    pub fn step(self, step: i32, started: &str, completed: &str) -> Self {
        let officer = format!("P{step}");
        self.step_by(step, started, completed, Some(&officer))
    }

    pub fn step_by(mut self, step: i32, from: &str, to: &str, officer: Option<&str>) -> Self {
        self.steps.push(StepRow {
            case_id: self.row.case_id.clone(),
            step,
            started_at: optional(from),
            completed_at: optional(to),
            officer: officer.map(str::to_owned),
            result: None,
        });
        self
    }
}

/// Cases as a snapshot.
pub fn snapshot(cases: &[Case]) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for case in cases {
        snapshot.cases.push(case.row.clone());
        snapshot.steps.extend(case.steps.iter().cloned());
    }
    snapshot.sort();
    snapshot
}

/// Scores a snapshot by the program.
pub fn run(snapshot: &Snapshot, world: &World, as_of: Instant, pause: Option<PauseRule>) -> Scored {
    score(
        snapshot,
        &world.library,
        world.zone,
        ScoreOptions { as_of, pause },
    )
    .expect("all dates lie inside the calendar")
}

/// Scores one case by the program under KOM-03, and holds the oracle to the same answer.
pub fn one(case: &Case, world: &World, as_of: &str, pause: PauseRule) -> (ScoredCase, Scored) {
    let snapshot = snapshot(std::slice::from_ref(case));
    let scored = run(&snapshot, world, instant(as_of), Some(pause));
    crate::score_properties::agrees(&snapshot, world, instant(as_of), Some(pause))
        .unwrap_or_else(|difference| panic!("{difference}\n{case:#?}"));
    (scored.cases.first().cloned().expect("one case"), scored)
}

/// What a script under tests/pm4py prints; its Python is the one that tests/all.sh installs.
pub fn pm4py(script: &str, arguments: &[&Path]) -> String {
    let python = std::env::var_os("TEPAT_PM4PY").expect(
        "TEPAT_PM4PY names no Python with PM4Py: run tests/all.sh, which installs it, or set it to one",
    );
    let output = Command::new(&python)
        .arg("-B")
        .arg(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/pm4py")
                .join(script),
        )
        .args(arguments)
        .output()
        .unwrap_or_else(|e| panic!("{}: {e}", python.to_string_lossy()));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {stderr}");
    String::from_utf8(output.stdout).unwrap_or_else(|e| panic!("{script}: {e}"))
}
