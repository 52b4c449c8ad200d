//! Random offices with many small groups, and names that must come out nowhere.

use tepat::snapshot::{Outcome, StaffRow};

use super::{Made, library, made};
use crate::support::{Case, date};

/// A generator of numbers, the same for a seed on every machine (Steele, Lea, Flood: SplitMix64, 2014).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// Small numbers far more often than large ones, so that groups are of all sizes.
    fn skewed(&mut self, end: u64) -> u64 {
        let wide = self.below(end) + 1;
        self.below(wide)
    }
}

/// Officers of the steps, agencies last. Codes that are prefixes of one another.
pub const OFFICERS: [&str; 7] = [
    "Petugas A-1",
    "Petugas A-10",
    "Petugas A-11",
    "<b>Zulaiqah</b>",
    "=1+1 Qadriyo",
    "Wxylang & Co",
    "Ttomoreq",
];

pub const CASE: &str = "KASUSRAHASIA";
pub const APPLICANT: &str = "PEMOHONRAHASIA";

/// A random office. How many cases, services, regions and channels it has, and how punctual it is, depends on the seed.
pub fn office(seed: u64) -> Made {
    let mut random = Random(seed);
    let services = 1 + random.below(5);
    let regions = 1 + random.below(9);
    let channels = 1 + random.below(3);
    let cases = 12 + random.below(240);
    let lateness = random.below(101);
    let all: Vec<Case> = (0..cases)
        .map(|i| {
            let mut case = case(&mut random, i, lateness);
            case.row.service = format!("S{}", random.skewed(services));
            case.row.region = Some(format!("Wilayah {}", random.skewed(regions)));
            case.row.channel = Some(format!("Saluran {}", random.skewed(channels)));
            case
        })
        .collect();
    made(&all, library(services as usize), &staff())
}

fn case(random: &mut Random, number: u64, lateness: u64) -> Case {
    let first = date("2026-01-02") + chrono::Days::new(random.below(170));
    let day = |after: u64| {
        (first + chrono::Days::new(after))
            .format("%Y-%m-%d")
            .to_string()
    };
    let slow = random.below(100) < lateness;
    let scale = if slow { 3 + random.below(3) } else { 1 };
    let at = |after: u64, time: &str| format!("{} {time}", day(after));
    let mut case = Case::received(&at(0, "08:05")).id(&format!("{CASE}-{number}"));
    case.row.applicant = Some(format!("{APPLICANT} {number}"));
    let recommended = random.below(4) == 0;
    if recommended {
        case = case.with_recommendation();
    }
    let open_after = random.below(30);
    for (at_step, (step, after)) in [
        (6, 0),
        (7, 1),
        (9, 2),
        (10, 4),
        (11, 5),
        (12, 7),
        (13, 8),
        (15, 10),
        (16, 11),
    ]
    .into_iter()
    .enumerate()
    {
        if !recommended && matches!(step, 9 | 10) || at_step as u64 > open_after {
            continue;
        }
        let officer = officer(random, step);
        let minute = 10 + random.below(40);
        let (from, to) = (
            at(after * scale, "08:10"),
            at(after * scale, &format!("08:{minute}")),
        );
        case = case.step_by(step, &from, &to, Some(officer));
    }
    match random.below(12) {
        0 => case.ends(Outcome::Rejected, &at(9 * scale, "09:00")),
        1 => case.ends(Outcome::Withdrawn, &at(3, "09:00")),
        _ if open_after >= 8 => case.ends(Outcome::Issued, &at(11 * scale, "10:00")),
        _ => case,
    }
}

fn officer(random: &mut Random, step: i32) -> &'static str {
    match step {
        15 => OFFICERS[3],
        10 => OFFICERS[5 + random.below(2) as usize],
        7 | 11 => OFFICERS[random.skewed(5) as usize],
        _ => OFFICERS[random.below(3) as usize],
    }
}

/// Some officers stand in the register, one agency does.
fn staff() -> Vec<StaffRow> {
    let row = |officer: &str, name: &str, unit: &str| StaffRow {
        officer: officer.to_owned(),
        from: date("2025-01-01"),
        until: None,
        name: Some(name.to_owned()),
        unit: Some(unit.to_owned()),
        role: None,
        certificates: None,
    };
    vec![
        row(OFFICERS[0], "Namarahasia Satu", "Seksi Contoh"),
        row(OFFICERS[3], "Namarahasia Dua", "Pimpinan Contoh"),
        row(OFFICERS[5], "Namarahasia Tiga", "Dinas Teknis Contoh"),
    ]
}
