//! Results that agencies published, to the printed digit (ikm.md, worked examples).

use tepat::exact;
use tepat::measure::ikm::Ikm;
use tepat::snapshot::ResponseRow;

use super::fixture::{CODES, World, figure, period, printed, unit, with_sums};
use crate::support::date;

/// The elements of KEP/25 in the order of the decision.
pub const FOURTEEN: [&str; 14] = [
    "PROSEDUR",
    "PERSYARATAN",
    "KEJELASAN_PETUGAS",
    "KEDISIPLINAN",
    "TANGGUNG_JAWAB",
    "KEMAMPUAN",
    "KECEPATAN",
    "KEADILAN",
    "KESOPANAN",
    "KEWAJARAN_BIAYA",
    "KEPASTIAN_BIAYA",
    "KEPASTIAN_JADWAL",
    "KENYAMANAN",
    "KEAMANAN",
];

/// Sums of the NRR published for Bantul, over 100 forms.
const BANTUL: [u64; 9] = [331, 335, 349, 393, 345, 339, 339, 376, 335];

/// Sums published by GASPUL for 29 forms, with Pengaduan before Sarpras.
const GASPUL: [u64; 9] = [105, 101, 100, 116, 102, 105, 106, 115, 105];

/// Sums of the NRR published under KEP/25 in June 2012, over 50 forms.
pub const JUNE_2012: [u64; 14] = [
    153, 149, 153, 145, 153, 157, 152, 153, 159, 154, 160, 159, 155, 152,
];

fn elements<'i>(ranked: &'i [tepat::measure::ikm::Ranked]) -> Vec<(&'i str, Vec<&'i str>)> {
    let tied = |r: &'i tepat::measure::ikm::Ranked| r.tied_with.iter().map(String::as_str);
    ranked
        .iter()
        .map(|r| (r.element.as_str(), tied(r).collect()))
        .collect()
}

fn nrr(ikm: &Ikm) -> Vec<String> {
    let of = |code| printed(ikm, "ikm.element", &[("element", code)]);
    CODES.into_iter().map(of).collect()
}

#[test]
fn bantul_2023_is_87_28_and_b_with_its_tie_told() {
    let world = World::new(with_sums(&CODES, &BANTUL, 100));
    let ikm = world.ikm();
    assert_eq!(unit(&ikm), ("87,28".into(), "B".into()));
    assert_eq!(
        nrr(&ikm),
        [
            "3,31", "3,35", "3,49", "3,93", "3,45", "3,39", "3,39", "3,76", "3,35"
        ]
    );
    assert_eq!(
        elements(&ikm.survey.weakest),
        [
            ("PERSYARATAN", vec![]),
            ("PROSEDUR", vec!["SARPRAS"]),
            ("SARPRAS", vec!["PROSEDUR"]),
        ]
    );
    assert_eq!(
        elements(&ikm.survey.strongest),
        [("BIAYA", vec![]), ("PENGADUAN", vec![]), ("WAKTU", vec![])]
    );
    let waktu = |name| printed(&ikm, name, &[("element", "WAKTU")]);
    assert_eq!(waktu("ikm.element.index"), "87,25");
    assert_eq!(waktu("ikm.element.grade"), "B");
    assert_eq!(waktu("ikm.element.weighted"), "0,3878");
    // 0.11 in place of 1/9 would give 86.41: this program does not.
    let common_error = exact::parse("0.11").unwrap() * exact::ratio(25 * 3142, 100);
    assert_eq!(exact::decimal(&common_error, 2), "86.41");
}

#[test]
fn gaspul_is_91_48_and_a_from_its_29_forms() {
    let world = World::new(with_sums(&CODES, &GASPUL, 29));
    let ikm = world.ikm();
    assert_eq!(unit(&ikm), ("91,48".into(), "A".into()));
    for (code, sum) in CODES.into_iter().zip(GASPUL) {
        let of = figure(&ikm, "ikm.element", &[("element", code)]);
        assert_eq!(
            (of.numerator, of.denominator, of.n),
            (Some(sum as i64), Some(29), 29)
        );
    }
    let common_error = exact::parse("0.11").unwrap() * exact::ratio(25 * 955, 29);
    assert_eq!(exact::decimal(&common_error, 2), "90.56");
}

#[test]
fn june_2012_is_76_93_by_the_exact_weight_of_kep_25_and_graded_by_its_bands() {
    let mut forms = with_sums(&FOURTEEN, &JUNE_2012, 50);
    forms
        .iter_mut()
        .for_each(|f| f.answered_on = date("2012-06-15"));
    let mut world = World::new(forms);
    world.period = period("2012-S1");
    let ikm = world.ikm();
    assert_eq!(ikm.survey.instrument.code, "kep-25-2004");
    assert_eq!(unit(&ikm), ("76,93".into(), "B".into()));
}

/// Forms whose answers have the index and the sexes of the card of Kalbar 2020.
fn kalbar() -> Vec<ResponseRow> {
    // 4901 forms with 9 answers; 148524 / 44109 x 25 = 84.18.
    let sums = [16_502; 6].into_iter().chain([16_504; 3]);
    let mut forms = with_sums(&CODES, &sums.collect::<Vec<_>>(), 4_901);
    for (i, form) in forms.iter_mut().enumerate() {
        form.sex = match i {
            0..2_774 => Some("L".into()),
            2_774..4_688 => Some("P".into()),
            _ => None,
        };
        form.answered_on = date("2020-04-01");
    }
    forms
}

#[test]
fn the_card_of_kalbar_2020_has_a_breakdown_that_sums_to_n() {
    let mut world = World::new(kalbar());
    world.period = period("2020-S1");
    let ikm = world.ikm();
    assert_eq!(unit(&ikm), ("84,18".into(), "B".into()));
    let of = |sex| figure(&ikm, "ikm.respondents", &[("sex", sex)]).n;
    assert_eq!([of("L"), of("P"), of("NA")], [2_774, 1_914, 213]);
    assert_eq!(figure(&ikm, "ikm.respondents", &[]).n, 4_901);
}
