//! The IKM workbook: its own formulas against exact arithmetic, at the edges too; what it does with much, little and hostile.

use std::time::Instant;

use tepat::report::{self, SheetCapacity};

use crate::ikm_fixture::{Survey, survey};
use crate::office;

fn book(s: &Survey) -> Vec<u8> {
    with(s, SheetCapacity::default())
}

fn with(s: &Survey, capacity: SheetCapacity) -> Vec<u8> {
    let ikm = s.ikm();
    report::ikm::workbook(&s.report(&ikm), capacity).expect("a workbook")
}

#[test]
fn libreoffice_recalculates_random_surveys_to_the_figures() {
    for (seed, count, missing) in [(1, 60, 0), (2, 137, 12)] {
        let bytes = book(&survey(seed, count, missing));
        if let Ok(p) = std::env::var("BOOK_OUT") {
            std::fs::write(format!("{p}/book{seed}.xlsx"), &bytes).unwrap();
        }
        let (formulas, wrong) = office::recalculation_differences(&bytes);
        assert!(formulas > 300, "only {formulas} formulas");
        assert!(wrong.is_empty(), "{seed}: {wrong:#?}");
    }
}

#[test]
fn speed() {
    let s = survey(3, 1_000_000, 3);
    let ikm = s.ikm();
    let start = Instant::now();
    let bytes = report::ikm::workbook(&s.report(&ikm), SheetCapacity::default()).unwrap();
    eprintln!("{:?} {} bytes", start.elapsed(), bytes.len());
    eprintln!(
        "{}",
        std::fs::read_to_string("/proc/self/status")
            .unwrap()
            .lines()
            .filter(|l| l.starts_with("Vm"))
            .collect::<Vec<_>>()
            .join("\n")
    );
}
