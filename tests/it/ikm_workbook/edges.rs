//! Results that lie exactly on a tie or next to one: where binary doubles and exact arithmetic part company.

use calamine::Data;
use num_rational::BigRational;
use tepat::config::ikm::PartialForms;
use tepat::exact;
use tepat::snapshot::ResponseRow;
use tepat::standard::Instrument;

use super::world::World;
use super::{number, recalculated, result, sheet};
use crate::support::date;

const CODES: [&str; 9] = [
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

fn form(id: String, service: &str, answers: Vec<(&str, Option<u8>)>) -> ResponseRow {
    ResponseRow {
        response_id: id,
        answered_on: date("2026-03-10"),
        service: service.into(),
        case_id: None,
        answers: answers.into_iter().collect(),
        sex: None,
        age: None,
        education: None,
        occupation: None,
        hour_band: None,
        suggestion: None,
    }
}

/// The `i`th of `n` answers that sum to `sum`.
fn spread(sum: u64, n: u64, i: u64) -> Option<u8> {
    (i < n).then(|| (sum / n + u64::from(i < sum % n)) as u8)
}

/// Forms of one service whose IKM is 25/9 × (a/625 + b/8 + c): 625 answers to one element, 8 to another, 625 to each of the rest.
fn service(name: &str, (a, b, c): (u64, u64, u64)) -> Vec<ResponseRow> {
    let rest = |element: u64| (c / 7 + u64::from(element < c % 7)) as u8;
    let one = |i: u64| {
        let mut answers = vec![(CODES[0], spread(a, 625, i)), (CODES[1], spread(b, 8, i))];
        answers.extend((0..7).map(|e| (CODES[e as usize + 2], Some(rest(e)))));
        form(format!("{name}-{i:03}"), name, answers)
    };
    (0..625).map(one).collect()
}

/// Sums that make an IKM of exactly so many half hundredths: 17661 for 88.305.
fn exactly(half_hundredths: u64) -> (u64, u64, u64) {
    // 2500/9 × (a/625 + b/8 + c) = half_hundredths / 2.
    let whole = half_hundredths * 9;
    for c in 7..=28 {
        for b in 8..=32 {
            let rest = whole.checked_sub(5_000 * c + 625 * b);
            if let Some(a) = rest
                .filter(|r| r % 8 == 0)
                .map(|r| r / 8)
                .filter(|a| (625..=2_500).contains(a))
            {
                return (a, b, c);
            }
        }
    }
    panic!("no answers make {half_hundredths}");
}

#[test]
fn ties_at_the_edges_of_the_bands_go_up_and_what_is_below_them_does_not() {
    let edges = [12_999, 15_321, 17_661, 16_001, 17_333];
    let mut forms = Vec::new();
    let mut expected = Vec::new();
    for edge in edges {
        let (a, b, c) = exactly(edge);
        let tie = format!("T{edge}");
        forms.extend(service(&tie, (a, b, c)));
        expected.push((tie, edge.div_ceil(2)));
        let below = format!("U{edge}");
        forms.extend(service(&below, (a - 1, b, c)));
        expected.push((below, edge / 2));
    }
    let world = World::new(forms);
    let bytes = world.book();
    recalculated(&bytes);
    let services = sheet(&bytes, "Layanan");
    for (name, hundredths) in expected {
        let key = format!("{{service={name}}}");
        let row = services
            .rows()
            .find(|r| r[0].to_string() == key)
            .expect(&key);
        assert_eq!(row[3], Data::Float(hundredths as f64 / 100.0), "{name}");
        let grade = match hundredths {
            ..=6_499 => "D",
            6_500..=7_660 => "C",
            7_661..=8_830 => "B",
            _ => "A",
        };
        assert_eq!(row[6].to_string(), grade, "{name}");
    }
}

/// The shipped instrument with other weights.
fn weighted(weights: [&str; 9]) -> Instrument {
    let all = World::new(Vec::new()).instruments;
    let mut instrument = (*all.by_code["permenpanrb-14-2017"]).clone();
    for (element, weight) in instrument.elements.iter_mut().zip(weights) {
        element.weight = exact::parse(weight).unwrap();
    }
    let sum: BigRational = instrument.elements.iter().map(|e| e.weight.clone()).sum();
    assert_eq!(sum, exact::ratio(1, 1));
    instrument
}

#[test]
fn other_weights_and_few_forms_meet_ties_that_doubles_miss() {
    // 25 × 0.05 × answer: every third result has a 5 in the third decimal; under 1/3 and 1/7 no double is exact.
    let mut ties = 0;
    for weights in [
        [
            "0.05", "0.05", "0.05", "0.05", "0.1", "0.1", "0.2", "0.2", "0.2",
        ],
        [
            "1/3", "1/3", "1/21", "1/21", "1/21", "1/21", "1/21", "1/21", "1/21",
        ],
        [
            "1/8", "1/8", "1/16", "1/16", "1/8", "1/8", "1/8", "1/8", "1/8",
        ],
    ] {
        for n in [4, 8, 16] {
            let one = |i: u64| {
                let answer = |e: usize| spread(n * 2 + (7 * e as u64 + i / n) % (2 * n), n, i);
                let answers = CODES.iter().enumerate().map(|(e, c)| (*c, answer(e)));
                form(format!("F{i:02}"), "X", answers.collect())
            };
            let mut world = World::new((0..n).map(one).collect());
            let instrument = std::sync::Arc::new(weighted(weights));
            world
                .instruments
                .by_code
                .insert(instrument.code.clone(), instrument);
            let ikm = world.ikm();
            let unit = ikm.figures.get("ikm.unit", "2026-S1", &[]).unwrap();
            ties += usize::from(
                (unit.value.unwrap() * 1_000.0).fract().abs() < 1e-9
                    && (unit.value.unwrap() * 1_000.0).round() as i64 % 10 == 5,
            );
            let bytes = world.under(PartialForms::Complete).book();
            recalculated(&bytes);
            let matrix = sheet(&bytes, "Matriks");
            let shown = &result(&matrix, "IKM unit pelayanan")[0];
            assert_eq!(*shown, Data::Float(number(&unit_printed(&bytes)).unwrap()));
        }
    }
    assert!(ties > 0, "no survey lies on a tie");
}

/// The IKM as Ringkasan prints it.
fn unit_printed(bytes: &[u8]) -> String {
    let summary = sheet(bytes, "Ringkasan");
    let row = summary.rows().find(|r| r[0] == "ikm.unit").unwrap();
    row[6].to_string()
}
