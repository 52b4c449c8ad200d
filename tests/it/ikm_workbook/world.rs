//! Made-up surveys for the workbook: forms from a seed, cases they are linked to, a plan, an archive, hostile texts.

use chrono::{Days, NaiveDate};
use tepat::config::ikm::{Archived, PartialForms};
use tepat::config::{IkmSettings, Office, ReportRules};
use tepat::exact;
use tepat::measure::ikm::{Ikm, Input, ikm};
use tepat::period::Period;
use tepat::report::ikm::IkmReport;
use tepat::report::{self, Provenance, SheetCapacity};
use tepat::score::Scored;
use tepat::snapshot::answers::Questionnaires;
use tepat::snapshot::beside::Followed;
use tepat::snapshot::{FollowupRow, Outcome, ResponseRow, Word};
use tepat::standard::load::{StandardFiles, load_instruments};
use tepat::standard::{Instruments, Library};

use crate::report_fixture::{self, HOSTILE};
use crate::support::{Case, KOM03, instant, kom03, run, snapshot};

pub const PERIOD: Period = Period::Semester {
    year: 2026,
    half: 1,
};

/// Services that forms name: one by an alias, one that tries to break formulas.
pub const SERVICES: [&str; 4] = [KOM03, "KOM-03", "LAYANAN \"A\" *~?", "=1+1"];

/// Everything a report is made from.
pub struct World {
    pub office: Office,
    pub rules: ReportRules,
    pub settings: IkmSettings,
    pub library: Library,
    pub instruments: Instruments,
    pub forms: Vec<ResponseRow>,
    pub scored: Scored,
    pub followups: Vec<Followed>,
}

/// Numbers that look random and are the same every time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }

    /// One of them, or none.
    fn one(&mut self, values: &[&str]) -> Option<Word> {
        let at = self.below(values.len() as u64 + 1) as usize;
        values.get(at).map(|v| (*v).into())
    }
}

impl World {
    /// A survey of these forms, without cases.
    pub fn new(mut forms: Vec<ResponseRow>) -> Self {
        forms.sort();
        let mut library = kom03().library;
        library.aliases.insert("KOM-03".into(), KOM03.into());
        Self {
            office: report_fixture::fixture(0).office,
            rules: ReportRules {
                least_n: 10,
                at_risk_days: 3,
            },
            settings: IkmSettings::default(),
            library,
            instruments: load_instruments(&StandardFiles::shipped()).expect("sound"),
            forms,
            scored: Scored::default(),
            followups: Vec::new(),
        }
    }

    /// So many forms, `missing` in a hundred answers not given; with cases, archive, plan and an internal instrument.
    pub fn random(seed: u64, count: usize, missing: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut asked = Questionnaires::default();
        let instruments = load_instruments(&StandardFiles::shipped()).expect("sound");
        let elements = &instruments.by_code["internal-contoh"].elements;
        let codes: Vec<&str> = elements.iter().map(|e| e.code.as_str()).collect();
        let forms = (0..count).map(|i| form(i, &codes, &mut asked, &mut dice, missing));
        let mut world = Self::new(forms.collect());
        let cases: Vec<Case> = (0..60).map(case).collect();
        world.scored = run(&snapshot(&cases), &kom03(), as_of(), None);
        world.settings.internal = vec!["internal-contoh".into()];
        world.settings.archive = archive();
        world.followups = vec![
            followup("2025-S2", "WAKTU", true),
            followup("2026-S1", "BIAYA", false),
        ];
        world
    }

    pub fn under(mut self, rule: PartialForms) -> Self {
        self.settings.partial_forms = rule;
        self
    }

    pub fn ikm(&self) -> Ikm<'_> {
        ikm(Input {
            responses: &self.forms,
            instruments: &self.instruments,
            settings: &self.settings,
            rules: &self.rules,
            library: &self.library,
            cases: &self.scored.cases,
            followups: &self.followups,
            reading: &[],
            period: PERIOD,
            as_of: as_of(),
        })
        .expect("an instrument in force")
    }

    pub fn report<'a>(&'a self, ikm: &'a Ikm<'a>) -> IkmReport<'a> {
        IkmReport {
            office: &self.office,
            rules: &self.rules,
            settings: &self.settings,
            library: &self.library,
            ikm,
            provenance: Provenance {
                program_version: "0.1.0".into(),
                snapshot_digest: "a1".repeat(32),
                calendar: "nasional".into(),
                calendar_digest: "c3".repeat(32),
                settings_digest: "d4".repeat(32),
                edition: 1,
                ..Provenance::default()
            },
            survey_digest: "e5".repeat(32),
        }
    }

    pub fn book(&self) -> Vec<u8> {
        self.book_of(SheetCapacity::default())
    }

    pub fn book_of(&self, capacity: SheetCapacity) -> Vec<u8> {
        let ikm = self.ikm();
        report::ikm::workbook(&self.report(&ikm), capacity).expect("a workbook")
    }
}

fn as_of() -> tepat::instant::Instant {
    instant("2026-07-01 00:00")
}

fn form(
    i: usize,
    codes: &[&str],
    asked: &mut Questionnaires,
    dice: &mut Dice,
    missing: u64,
) -> ResponseRow {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    let answers: Vec<(&str, Option<u8>)> = codes
        .iter()
        .map(|code| {
            let lowest = if *code == "WAKTU" { 2 } else { 3 };
            let answer = (lowest + dice.below(5 - lowest)) as u8;
            (*code, (dice.below(100) >= missing).then_some(answer))
        })
        .collect();
    let suggestion = match i % 6 {
        0 => Some(HOSTILE[i / 6 % HOSTILE.len()].to_owned()),
        3 => Some("Waktu tunggu terlalu lama, mohon ada kepastian jadwal pengambilan izin.".into()),
        _ => None,
    };
    let case = dice.below(120);
    ResponseRow {
        response_id: format!("FORM-{i:07}"),
        answered_on: first + Days::new(dice.below(181)),
        service: SERVICES[dice.below(4) as usize].into(),
        case_id: (case < 60).then(|| format!("BRK-{case:03}")),
        answers: asked.answers(answers),
        sex: dice.one(&["L", "P"]),
        age: (dice.below(5) > 0).then(|| 17 + dice.below(50) as i32),
        education: dice.one(&["SMA", "D1-D3", "S1", "S2", "Pondok *"]),
        occupation: dice.one(&["PNS", "SWASTA", "Lainnya"]),
        hour_band: dice.one(&["08-12", "13-17"]),
        suggestion,
    }
}

/// Every third is late; all are handed over in June.
fn case(i: usize) -> Case {
    let (decided, handed_over) = match i % 3 {
        0 => ("2026-06-24 09:00", "2026-06-25 09:00"),
        _ => ("2026-06-10 09:00", "2026-06-12 09:00"),
    };
    let mut case = Case::received("2026-06-02 08:30")
        .step(6, "", "2026-06-02 09:00")
        .step(16, "", decided)
        .step(17, "", handed_over)
        .ends(Outcome::Issued, decided)
        .id(&format!("BRK-{i:03}"));
    case.row.channel = Some(["daring", "loket"][i % 2].to_owned());
    case
}

fn archive() -> Vec<Archived> {
    let of = |year, half, instrument: &str, written: &str, respondents| Archived {
        period: Period::Semester { year, half },
        instrument: instrument.to_owned(),
        value: exact::parse(written).expect("a number"),
        written: written.to_owned(),
        grade: "B".to_owned(),
        respondents,
        nrr: Vec::new(),
        legacy: None,
    };
    vec![
        of(2016, 1, "kep-25-2004", "76.49", Some(150)),
        of(2016, 2, "kep-25-2004", "77.03", None),
        of(2024, 2, "permenpanrb-14-2017", "84.18", Some(420)),
        of(2025, 1, "permenpanrb-14-2017", "85.02", Some(388)),
    ]
}

fn followup(period: &str, element: &str, done: bool) -> Followed {
    let day = |text: &str| text.parse().ok();
    Followed {
        row: FollowupRow {
            followup_id: format!("{period}-IKM-01"),
            period: period.to_owned(),
            indicator: "ikm.element".to_owned(),
            group: format!("element={element}"),
            finding: format!("Unsur {element} menempati urutan terendah ke-1."),
            cause: Some("Loket terbatas".to_owned()),
            action: Some(
                "=Menambah loket dan mengumumkan jadwal pengambilan izin setiap hari".to_owned(),
            ),
            who: Some("Kepala Seksi".to_owned()),
            by_when: day("2026-09-30"),
            done_on: if done { day("2026-03-31") } else { None },
            note: done.then(|| "Berita acara nomor 12".to_owned()),
        },
        then: None,
    }
}
