//! The office, its calendar and its one standard.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Asia::Makassar;

use tepat::clock::DayTable;
use tepat::config::{Office, Signatory};
use tepat::instant::{Day, Instant, day_of};
use tepat::standard::calendar::{Calendar, Interval, WeekHours, YearStatus};
use tepat::standard::{
    Citation, ClockName, ClockStart, Duty, Holder, Library, Minutes, NoLimit, PauseRule, Standard,
    Step, Unit, Window,
};

pub fn office() -> Office {
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

pub fn day(y: i32, m: u32, d: u32) -> Day {
    day_of(NaiveDate::from_ymd_opt(y, m, d).expect("a date"))
}

/// Local time of day `d`, hours and minutes.
pub fn at(d: Day, hour: i64, minute: i64) -> Instant {
    let local = i64::from(d) * 86_400 + hour * 3_600 + minute * 60;
    Instant::from_utc_seconds(local - 8 * 3_600, Makassar)
}

pub fn as_of() -> Instant {
    at(day(2026, 7, 1), 0, 0)
}

pub fn cite(words: &str, place: &str) -> Citation {
    Citation {
        words: words.into(),
        place: place.into(),
    }
}

pub fn library() -> Library {
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

pub const STEPS: [(i32, &str, &str, Option<u32>, bool); 5] = [
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

pub fn standard(days: Arc<DayTable>, dates: Arc<DayTable>) -> Standard {
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
        hands_over: Some(17),
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
