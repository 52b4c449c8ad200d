//! A survey in memory: forms, cases under KOM-03, settings; and its figures by name.

use std::sync::OnceLock;

use tepat::config::{IkmSettings, ReportRules};
use tepat::measure::Figure;
use tepat::measure::ikm::{Ikm, IkmError, Input, ikm};
use tepat::period::Period;
use tepat::score::Scored;
use tepat::snapshot::ResponseRow;
use tepat::snapshot::beside::Followed;
use tepat::standard::load::{StandardFiles, load_instruments};
use tepat::standard::{Instruments, Library};

use crate::support::{Case, KOM03, date, instant, kom03, run, snapshot};

/// The ministry's elements in the order of the legal list.
pub const CODES: [&str; 9] = [
    "PERSYARATAN",
    "PROSEDUR",
    "WAKTU",
    "BIAYA",
    "PRODUK",
    "KOMPETENSI",
    "PERILAKU",
    "PENGADUAN",
    "SARPRAS",
];

pub fn shipped() -> &'static Instruments {
    static SHIPPED: OnceLock<Instruments> = OnceLock::new();
    SHIPPED.get_or_init(|| load_instruments(&StandardFiles::shipped()).expect("sound"))
}

pub fn period(word: &str) -> Period {
    word.parse().expect("a period")
}

/// A form of 10 March 2026 with these answers; 0 is none.
pub fn form(id: &str, answers: &[(&str, u8)]) -> ResponseRow {
    let given = |a: u8| (a > 0).then_some(a);
    ResponseRow {
        response_id: id.to_owned(),
        answered_on: date("2026-03-10"),
        service: KOM03.into(),
        case_id: None,
        answers: answers.iter().map(|(code, a)| (*code, given(*a))).collect(),
        sex: None,
        age: None,
        education: None,
        occupation: None,
        hour_band: None,
        suggestion: None,
    }
}

/// A form that answers the ministry's nine in the order of the legal list.
pub fn nine(id: &str, answers: [u8; 9]) -> ResponseRow {
    let pairs: Vec<(&str, u8)> = CODES.into_iter().zip(answers).collect();
    form(id, &pairs)
}

/// Forms of which the answers to each element have this sum, every answer the mean or the next whole number.
pub fn with_sums(codes: &[&str], sums: &[u64], n: u64) -> Vec<ResponseRow> {
    let answer = |sum: u64, i: u64| (sum / n + u64::from(i < sum % n)) as u8;
    let of = |i: u64| {
        let pairs = codes.iter().zip(sums);
        let pairs: Vec<(&str, u8)> = pairs.map(|(c, s)| (*c, answer(*s, i))).collect();
        form(&format!("R{i:06}"), &pairs)
    };
    (0..n).map(of).collect()
}

/// Everything a survey is measured from.
pub struct World {
    pub forms: Vec<ResponseRow>,
    pub settings: IkmSettings,
    pub instruments: Instruments,
    pub rules: ReportRules,
    pub library: Library,
    pub scored: Scored,
    pub followups: Vec<Followed>,
    pub period: Period,
}

impl World {
    pub fn new(mut forms: Vec<ResponseRow>) -> Self {
        forms.sort();
        Self {
            forms,
            settings: IkmSettings::default(),
            instruments: shipped().clone(),
            rules: ReportRules {
                least_n: 1,
                at_risk_days: 3,
            },
            library: kom03().library,
            scored: Scored::default(),
            followups: Vec::new(),
            period: period("2026-S1"),
        }
    }

    /// The same with cases, as known on 1 July 2026.
    pub fn with_cases(mut self, cases: &[Case]) -> Self {
        self.scored = run(
            &snapshot(cases),
            &kom03(),
            instant("2026-07-01 00:00"),
            None,
        );
        self
    }

    pub fn try_ikm(&self) -> Result<Ikm<'_>, IkmError> {
        ikm(Input {
            responses: &self.forms,
            instruments: &self.instruments,
            settings: &self.settings,
            rules: &self.rules,
            library: &self.library,
            cases: &self.scored.cases,
            followups: &self.followups,
            reading: &[],
            period: self.period,
            as_of: instant("2026-07-01 00:00"),
        })
    }

    pub fn ikm(&self) -> Ikm<'_> {
        self.try_ikm().expect("an instrument in force")
    }
}

/// A figure of the report's period.
pub fn figure<'i>(ikm: &'i Ikm, indicator: &str, group: &[(&str, &str)]) -> &'i Figure {
    let at = ikm.period.to_string();
    ikm.figures
        .get(indicator, &at, group)
        .unwrap_or_else(|| panic!("there is no {indicator} {group:?}"))
}

pub fn printed(ikm: &Ikm, indicator: &str, group: &[(&str, &str)]) -> String {
    figure(ikm, indicator, group).printed.clone()
}

/// Index and grade of the unit.
pub fn unit(ikm: &Ikm) -> (String, String) {
    (
        printed(ikm, "ikm.unit", &[]),
        printed(ikm, "ikm.grade", &[]),
    )
}

/// Findings as check and key.
pub fn found<'i>(ikm: &'i Ikm) -> Vec<(&'static str, &'i str)> {
    let findings = ikm.findings.iter();
    findings.map(|f| (f.check.code(), f.key.as_str())).collect()
}
