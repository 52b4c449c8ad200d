//! The public and the personal editions of the performance report: what they must not say, and that they can be read.

mod attack;
mod look;
mod random;
mod secrets;

use std::collections::BTreeMap;

use tepat::config::{Office, ReportRules, Signatory};
use tepat::measure::performance::{self, Performance};
use tepat::measure::review;
use tepat::period::Period;
use tepat::report::performance::PerformanceReport;
use tepat::report::{Provenance, ReviewReport, StandardUsed};
use tepat::score::seen;
use tepat::snapshot::StaffRow;
use tepat::standard::Library;

use crate::support::{Case, ZONE, instant, kom03, snapshot};

const SEMESTER: Period = Period::Semester {
    year: 2026,
    half: 1,
};

/// Fewest cases the made-up offices show.
const LEAST: u64 = 10;

/// What a report borrows.
struct Made {
    office: Office,
    rules: ReportRules,
    library: Library,
    performance: Performance,
}

impl Made {
    fn report(&self) -> PerformanceReport<'_> {
        let review = &self.performance.review;
        PerformanceReport {
            review: ReviewReport {
                office: &self.office,
                rules: &self.rules,
                library: &self.library,
                overview: &review.overview,
                scored: &review.scored,
                by_rule: &review.by_rule,
                findings: &review.findings,
                provenance: provenance(),
            },
            performance: &self.performance,
        }
    }
}

fn provenance() -> Provenance {
    Provenance {
        program_version: "0.1.0".into(),
        snapshot_digest: "a1".repeat(32),
        standards: vec![StandardUsed {
            document: "SOP-CONTOH-01".into(),
            revision: "03".into(),
            digest: "b2".repeat(32),
        }],
        calendar: "nasional".into(),
        calendar_digest: "c3".repeat(32),
        unsettled_years: Vec::new(),
        settings_digest: "d4".repeat(32),
        edition: 1,
    }
}

fn office() -> Office {
    let signatory = |position: &str| Signatory {
        position: position.into(),
        name: String::new(),
    };
    Office {
        name: "Dinas Contoh".into(),
        unit: "Bidang Layanan".into(),
        province: "Provinsi Contoh".into(),
        city: "Kota Contoh".into(),
        zone: ZONE,
        zone_label: "WITA".into(),
        synthetic: true,
        made_by: signatory("Staf"),
        checked_by: signatory("Kepala Seksi"),
        approved_by: signatory("Kepala Dinas"),
    }
}

/// KOM-03 and copies of it under other codes.
fn library(services: usize) -> Library {
    let mut library = kom03().library;
    let standard = library.services.values().flatten().next().cloned();
    let standard = standard.expect("one standard");
    library.services = BTreeMap::new();
    for i in 0..services {
        let mut copy = (*standard).clone();
        copy.service = format!("S{i}");
        copy.name = format!("Izin {i}");
        library
            .services
            .insert(copy.service.clone(), vec![std::sync::Arc::new(copy)]);
    }
    library
}

/// Measures the semester over the cases.
fn made(cases: &[Case], library: Library, staff: &[StaffRow]) -> Made {
    let rules = ReportRules {
        least_n: LEAST,
        at_risk_days: 3,
    };
    let as_of = instant("2026-07-01 00:00");
    let snapshot = seen(&snapshot(cases), &library, as_of);
    let performance = performance::performance(performance::Input {
        review: review::Input {
            snapshot: &snapshot,
            library: &library,
            zone: ZONE,
            rules: &rules,
            period: SEMESTER,
            as_of,
            published_closing: None,
        },
        other_leave: &library,
        staff,
        followups: &[],
    });
    Made {
        office: office(),
        performance: performance.expect("all dates lie inside the calendar"),
        rules,
        library,
    }
}
