//! Made-up surveys for the tests of the IKM workbook: forms from a seed, a plan, an archive, hostile texts.

use std::sync::Arc;

use chrono::NaiveDate;
use tepat::config::ikm::PartialForms;
use tepat::config::{IkmSettings, Office, ReportRules};
use tepat::measure::ikm::Ikm;
use tepat::period::Period;
use tepat::report::Provenance;
use tepat::report::ikm::IkmReport;
use tepat::snapshot::ResponseRow;
use tepat::snapshot::answers::Questionnaires;
use tepat::standard::load::{StandardFiles, load_instruments};
use tepat::standard::{Instrument, Library};

use crate::report_fixture::{HOSTILE, fixture};

mod stub;

pub const PERIOD: Period = Period::Semester {
    year: 2026,
    half: 1,
};

/// What an [`IkmReport`] borrows.
pub struct Survey {
    pub office: Office,
    pub rules: ReportRules,
    pub settings: IkmSettings,
    pub library: Library,
    pub instrument: Arc<Instrument>,
    pub forms: Vec<ResponseRow>,
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
}

/// The shipped instrument of a code.
pub fn instrument(code: &str) -> Arc<Instrument> {
    let all = load_instruments(&StandardFiles::shipped()).expect("the shipped instruments");
    Arc::clone(&all.by_code[code])
}

/// A survey of so many forms; `missing` in a hundred answers are not given.
pub fn survey(seed: u64, count: usize, missing: u64) -> Survey {
    let mut dice = Dice::new(seed);
    let mut asked = Questionnaires::default();
    let instrument = instrument("permenpanrb-14-2017");
    let forms = (0..count)
        .map(|i| form(i, &instrument, &mut asked, &mut dice, missing))
        .collect();
    of(instrument, forms)
}

/// A survey of given forms.
pub fn of(instrument: Arc<Instrument>, forms: Vec<ResponseRow>) -> Survey {
    let base = fixture(0);
    Survey {
        office: base.office,
        rules: base.rules,
        settings: IkmSettings::default(),
        library: base.library,
        instrument,
        forms,
    }
}

const SERVICES: [&str; 4] = ["SOP-CONTOH-01", "KOM-03", "LAYANAN \"A\" *", "KOM-07"];

fn form(
    i: usize,
    instrument: &Instrument,
    asked: &mut Questionnaires,
    dice: &mut Dice,
    missing: u64,
) -> ResponseRow {
    let mut one = |values: &[&str]| match dice.below(values.len() as u64 + 1) {
        0 => None,
        n => Some(values[n as usize - 1].to_owned()),
    };
    let (sex, education) = (one(&["L", "P"]), one(&["SMA", "D1-D3", "S1", "S2"]));
    let (occupation, hour_band) = (one(&["PNS", "SWASTA", "Lainnya"]), one(&["08-12", "13-17"]));
    let suggestion = (i % 3 == 0).then(|| match i % 2 {
        0 => HOSTILE[i / 6 % HOSTILE.len()].to_owned(),
        _ => "Waktu tunggu terlalu lama, mohon ada kepastian jadwal.".to_owned(),
    });
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    let mut answer = |code: &str| {
        let lowest = if code == "WAKTU" { 2 } else { 3 };
        let given = lowest + dice.below(5 - lowest) as u8 as u64;
        (dice.below(100) >= missing).then_some(given as u8)
    };
    let answers: Vec<(&str, Option<u8>)> = instrument
        .elements
        .iter()
        .map(|e| (e.code.as_str(), answer(&e.code)))
        .collect();
    ResponseRow {
        response_id: format!("FORM-{i:07}"),
        answered_on: first + chrono::Days::new(dice.below(181)),
        service: SERVICES[dice.below(4) as usize].to_owned(),
        case_id: None,
        answers: asked.answers(answers),
        sex,
        age: (dice.below(5) > 0).then(|| 17 + dice.below(50) as i32),
        education,
        occupation,
        hour_band,
        suggestion,
    }
}

impl Survey {
    pub fn ikm(&self) -> Ikm<'_> {
        stub::ikm(self)
    }

    pub fn rule(mut self, rule: PartialForms) -> Self {
        self.settings.partial_forms = rule;
        self
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
}
