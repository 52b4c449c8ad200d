//! What the synthetic office offers and who works in it. All of it is invented; officers are codes, never names.

use crate::demo::random::Random;
use crate::standard::{Unit, Window};

/// The standard that the program ships.
const KOM_03: &str = "SOP-LP2N-KOM-03";

/// A permit type of the synthetic office.
pub(super) struct Permit {
    /// Code of its standard, also the document's number.
    pub service: &'static str,
    pub name: &'static str,
    pub limit: Window,
    /// Cases of 1,000 that need a technical recommendation.
    pub recommended_per_mille: i64,
    /// Share of the cases, by weight.
    pub weight: i64,
}

const fn working(value: u32) -> Window {
    Window {
        value,
        unit: Unit::WorkingDays,
    }
}

/// The permit types; the last one is held to the shipped standard.
pub(super) const PERMITS: [Permit; 6] = [
    Permit {
        service: "SOP-CONTOH-01",
        name: "Izin Penyelenggaraan Reklame (contoh)",
        limit: working(6),
        recommended_per_mille: 0,
        weight: 26,
    },
    Permit {
        service: "SOP-CONTOH-02",
        name: "Izin Operasional Klinik (contoh)",
        limit: working(13),
        recommended_per_mille: 700,
        weight: 18,
    },
    Permit {
        service: "SOP-CONTOH-03",
        name: "Izin Trayek Angkutan (contoh)",
        limit: Window {
            value: 21,
            unit: Unit::CalendarDays,
        },
        recommended_per_mille: 0,
        weight: 14,
    },
    Permit {
        service: "SOP-CONTOH-04",
        name: "Izin Pengambilan Air Permukaan (contoh)",
        limit: working(19),
        recommended_per_mille: 1_000,
        weight: 12,
    },
    Permit {
        service: "SOP-CONTOH-05",
        name: "Izin Praktik Tenaga Kesehatan (contoh)",
        limit: working(9),
        recommended_per_mille: 0,
        weight: 24,
    },
    Permit {
        service: KOM_03,
        name: "Rekomendasi Izin Penyelenggaraan Pos",
        limit: working(13),
        recommended_per_mille: 600,
        weight: 6,
    },
];

impl Permit {
    /// Whether its standard is the demo's own, not the shipped one.
    pub(super) fn is_made_up(&self) -> bool {
        self.service != KOM_03
    }

    /// Service seconds between H and the limit: a working week of the service hours has 47 hours.
    pub(super) fn limit_seconds(&self) -> i64 {
        let days_per_week = match self.limit.unit {
            Unit::WorkingDays => 5,
            Unit::CalendarDays => 7,
            Unit::ElapsedHours => 7 * 24,
        };
        i64::from(self.limit.value) * 47 * 3_600 / days_per_week
    }
}

/// Regions of the province, by weight.
pub(super) const REGIONS: [(&str, i64); 10] = [
    ("Kota Samarinda", 28),
    ("Kota Balikpapan", 24),
    ("Kabupaten Kutai Kartanegara", 14),
    ("Kabupaten Kutai Timur", 8),
    ("Kabupaten Berau", 7),
    ("Kota Bontang", 6),
    ("Kabupaten Paser", 5),
    ("Kabupaten Penajam Paser Utara", 4),
    ("Kabupaten Kutai Barat", 3),
    ("Kabupaten Mahakam Ulu", 1),
];

/// A group of officers with the same task.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role {
    letter: char,
    officers: i64,
}

const fn role(letter: char, officers: i64) -> Role {
    Role { letter, officers }
}

pub(super) const COUNTER: Role = role('A', 4);
pub(super) const VERIFIER: Role = role('B', 4);
pub(super) const CUSTOMER_SERVICE: Role = role('C', 3);
pub(super) const LIAISON: Role = role('D', 2);
pub(super) const AGENCY: Role = role('E', 5);
pub(super) const DRAFTER: Role = role('F', 5);
pub(super) const SECTION_HEAD: Role = role('G', 3);
pub(super) const DIVISION_HEAD: Role = role('H', 1);
pub(super) const FORUM: Role = role('J', 1);
pub(super) const OFFICE_HEAD: Role = role('K', 1);
pub(super) const REGISTRAR: Role = role('L', 2);
pub(super) const HAND_OVER: Role = role('M', 2);

/// One officer: who, and how they differ from the usual.
pub(super) struct Officer {
    pub code: String,
    /// Percent of the usual waiting time before they take a file up.
    pub waiting: i64,
    /// Percent of the usual minutes they spend on it; far below 100 is haste.
    pub minutes: i64,
}

/// Differences by number within a role: waiting and minutes in percent. The third is hasty, the fourth slow.
const DIFFERENCES: [(i64, i64); 5] = [(100, 100), (80, 92), (90, 42), (150, 145), (110, 105)];

impl Role {
    /// One of the role's officers.
    pub(super) fn officer(self, random: &mut Random) -> Officer {
        let number = random.below(self.officers);
        let (waiting, minutes) = DIFFERENCES[number as usize % DIFFERENCES.len()];
        Officer {
            code: self.code(number),
            waiting,
            minutes,
        }
    }

    /// All of its officers, by their codes.
    pub(super) fn codes(self) -> impl Iterator<Item = String> {
        (0..self.officers).map(move |number| self.code(number))
    }

    fn code(self, number: i64) -> String {
        format!("Petugas {}-{:02}", self.letter, number + 1)
    }
}
