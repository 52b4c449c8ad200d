//! The shipped survey instruments hold what the rules of the survey say, and a period finds its own.

use num_rational::BigRational;
use tepat::exact;
use tepat::period::Period;
use tepat::standard::instrument::{Measured, Owner, SourceMark};
use tepat::standard::load::{StandardFiles, load_instruments};
use tepat::standard::{Instrument, Instruments};

fn shipped() -> Instruments {
    load_instruments(&StandardFiles::shipped()).expect("the shipped instruments are sound")
}

fn codes(instrument: &Instrument) -> Vec<&str> {
    instrument
        .elements
        .iter()
        .map(|e| e.code.as_str())
        .collect()
}

fn period(word: &str) -> Period {
    word.parse().expect("a period")
}

#[test]
fn four_are_shipped_and_every_weight_is_exact() {
    let all = shipped();
    let found: Vec<(&str, usize, Owner, SourceMark)> = all
        .by_code
        .values()
        .map(|i| (i.code.as_str(), i.elements.len(), i.owner, i.mark))
        .collect();
    assert_eq!(
        found,
        [
            ("internal-contoh", 12, Owner::Office, SourceMark::Chosen),
            ("kep-25-2004", 14, Owner::Ministry, SourceMark::Read),
            (
                "permenpanrb-14-2017",
                9,
                Owner::Ministry,
                SourceMark::SecondHand
            ),
            ("permenpanrb-16-2014", 9, Owner::Ministry, SourceMark::Read),
        ]
    );
    for (code, weight) in [
        ("kep-25-2004", exact::ratio(1, 14)),
        ("permenpanrb-14-2017", exact::ratio(1, 9)),
        ("permenpanrb-16-2014", exact::ratio(1, 9)),
    ] {
        assert!(
            all.by_code[code]
                .elements
                .iter()
                .all(|e| e.weight == weight),
            "{code}"
        );
    }
    for instrument in all.by_code.values() {
        let sum: BigRational = instrument.elements.iter().map(|e| e.weight.clone()).sum();
        assert_eq!(sum, exact::ratio(1, 1), "{}", instrument.code);
        assert!(!instrument.notes.is_empty() && !instrument.basis.is_empty());
    }
}

#[test]
fn the_nine_elements_of_2017_stand_in_both_orders() {
    let all = shipped();
    let now = &all.by_code["permenpanrb-14-2017"];
    let legal = [
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
    assert_eq!(codes(now), legal);
    assert_eq!(now.orders["legal"], legal);
    let asked = &now.orders["questionnaire"];
    assert_eq!(asked[..7], legal[..7]);
    assert_eq!(asked[7..], ["SARPRAS", "PENGADUAN"]);
    let measured: Vec<_> = now
        .elements
        .iter()
        .filter_map(|e| Some((e.code.as_str(), e.measured?)))
        .collect();
    assert_eq!(
        measured,
        [("WAKTU", Measured::Timeliness), ("BIAYA", Measured::Fee)]
    );
    assert_eq!(
        now.element("BIAYA").map(|e| e.scale[3].as_str()),
        Some("Gratis")
    );
    assert!(
        now.elements
            .iter()
            .all(|e| e.question.is_some() && !e.keywords.is_empty())
    );
}

#[test]
fn an_index_is_graded_after_its_rounding_at_every_edge() {
    let all = shipped();
    let grade = |code: &str, index: &str| {
        let value = exact::parse(index).expect("a number");
        let hundredths = exact::hundredths(&value).expect("small");
        let instrument = &all.by_code[code];
        instrument
            .band(hundredths)
            .map(|b| b.grade.clone())
            .unwrap_or_default()
    };
    for (index, wanted) in [
        ("25", "D"),
        ("64.994", "D"),
        ("64.995", "C"),
        ("76.604", "C"),
        ("76.605", "B"),
        ("88.304", "B"),
        ("88.305", "A"),
        ("100", "A"),
    ] {
        assert_eq!(grade("permenpanrb-14-2017", index), wanted, "{index}");
    }
    for (index, wanted) in [
        ("43.75", "D"),
        ("43.76", "C"),
        ("62.50", "C"),
        ("62.51", "B"),
        ("81.25", "B"),
        ("81.26", "A"),
        ("76.49", "B"),
    ] {
        assert_eq!(grade("kep-25-2004", index), wanted, "{index}");
    }
    assert_eq!(grade("permenpanrb-14-2017", "76.49"), "C");
    assert_eq!(grade("permenpanrb-16-2014", "76.49"), "");
}

#[test]
fn the_instrument_of_2014_has_the_pledge_and_no_facilities() {
    let all = shipped();
    let of_2014 = codes(&all.by_code["permenpanrb-16-2014"]);
    assert_eq!(of_2014[7..], ["MAKLUMAT", "PENGADUAN"]);
    assert!(!of_2014.contains(&"SARPRAS"));
}

#[test]
fn a_period_is_held_to_what_was_in_force_on_its_first_day_or_to_what_the_settings_name() {
    let all = shipped();
    let named = [(period("2017-S1"), "permenpanrb-14-2017".to_owned())];
    for (word, surveys, wanted) in [
        ("2003-S2", &[][..], None),
        ("2004-S2", &[], Some("kep-25-2004")),
        ("2014-S1", &[], Some("kep-25-2004")),
        ("2014-S2", &[], Some("permenpanrb-16-2014")),
        ("2017-S1", &[], Some("permenpanrb-16-2014")),
        ("2017-S1", &named[..], Some("permenpanrb-14-2017")),
        ("2017-S2", &named[..], Some("permenpanrb-14-2017")),
        ("2026-S1", &[], Some("permenpanrb-14-2017")),
    ] {
        let found = all
            .of_period(period(word), surveys)
            .map(|i| i.code.as_str());
        assert_eq!(found, wanted, "{word}");
    }
}

#[test]
fn the_example_of_an_office_adds_to_the_ministrys_elements() {
    let all = shipped();
    let (own, ministry) = (
        &all.by_code["internal-contoh"],
        &all.by_code["permenpanrb-14-2017"],
    );
    assert!(own.title.contains("contoh"));
    assert_eq!(codes(own)[..9], codes(ministry)[..]);
    assert_eq!(
        own.element("WAKTU").map(|e| e.weight.clone()),
        Some(exact::ratio(1, 6))
    );
}
