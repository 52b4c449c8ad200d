//! A small office with invented numbers: every list filled, withheld and missing figures, hostile texts.
//!
//! The figures are counted here from the same rows the workbook lists, by plain loops, so that a recalculated workbook can
//! be held against them.

use std::collections::BTreeMap;

use tepat::config::{Office, ReportRules};
use tepat::finding::{Check, Finding, Level};
use tepat::measure::overview::Overview;
use tepat::period::Period;
use tepat::report::{Provenance, ReviewReport, StandardUsed};
use tepat::score::{Scored, ScoredCase};
use tepat::standard::{Library, PauseRule};

mod cases;
mod figures;
mod lists;
mod standard;

use cases::*;
use figures::*;
use lists::*;
pub use standard::as_of;
use standard::*;

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

/// What a [`ReviewReport`] borrows.
pub struct Fixture {
    pub office: Office,
    pub rules: ReportRules,
    pub library: Library,
    pub overview: Overview,
    pub scored: Scored,
    pub by_rule: BTreeMap<PauseRule, Scored>,
    pub findings: Vec<Finding>,
}

impl Fixture {
    pub fn report(&self) -> ReviewReport<'_> {
        ReviewReport {
            office: &self.office,
            rules: &self.rules,
            library: &self.library,
            overview: &self.overview,
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
    let overview = monthly(&scored, &by_rule, &findings);
    Fixture {
        office: office(),
        rules: ReportRules {
            least_n: 10,
            at_risk_days: 3,
        },
        library,
        overview,
        scored,
        by_rule,
        findings,
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
