//! Results published before: reproduced under the rule they were made by, and never graded again.

use num_rational::BigRational;
use tepat::config::ikm::Archived;
use tepat::exact;
use tepat::measure::ikm::archive::{Reproduced, reproduce};
use tepat::measure::ikm::{TrendPoint, settings};

use super::fixture::{CODES, World, figure, found, nine, period, printed, shipped, with_sums};
use super::published::{FOURTEEN, JUNE_2012};
use crate::support::{date, kom03};

fn number(text: &str) -> BigRational {
    exact::parse(text).expect(text)
}

fn archived(of: &str, instrument: &str, value: &str, grade: &str) -> Archived {
    Archived {
        period: period(of),
        instrument: instrument.to_owned(),
        value: number(value),
        written: value.to_owned(),
        grade: grade.to_owned(),
        respondents: None,
        nrr: Vec::new(),
        legacy: None,
    }
}

/// With the NRR of sums over n forms.
fn with_nrr(
    mut a: Archived,
    codes: &[&str],
    sums: &[u64],
    n: i64,
    legacy: Option<&str>,
) -> Archived {
    let pairs = codes.iter().zip(sums);
    let of = |(code, sum): (&&str, &u64)| ((*code).to_owned(), exact::ratio(*sum as i64, n));
    a.nrr = pairs.map(of).collect();
    a.legacy = legacy.map(str::to_owned);
    a
}

/// Reproduced by this rule, or the figure found instead.
fn outcome(a: &Archived) -> Result<Option<String>, String> {
    match reproduce(a, &shipped().by_code[&a.instrument]) {
        Reproduced::NotTried => panic!("nothing to reproduce from"),
        Reproduced::Same(rule) => Ok(rule.map(|r| r.code.clone())),
        Reproduced::Other(found) => Err(exact::said(&found)),
    }
}

#[test]
fn june_2012_is_reproduced_under_its_legacy_rule_and_under_no_other() {
    let of = |value, legacy| {
        let plain = archived("2012-S1", "kep-25-2004", value, "B");
        outcome(&with_nrr(plain, &FOURTEEN, &JUNE_2012, 50, legacy))
    };
    assert_eq!(of("76.475", Some("0.071")), Ok(Some("0.071".into())));
    assert_eq!(of("76.93", None), Ok(None));
    assert_eq!(of("76.475", None), Err("76929/1000 (76.929)".into()));
    assert_eq!(of("76.93", Some("0.071")), Err("1912/25 (76.48)".into()));
}

#[test]
fn bantul_and_gaspul_are_reproduced_with_the_exact_weight_and_the_common_error_by_name() {
    let bantul = [331, 335, 349, 393, 345, 339, 339, 376, 335];
    let gaspul = [105, 101, 100, 116, 102, 105, 106, 115, 105];
    for (sums, n, exact, common) in [
        (bantul, 100, "87.28", "86.41"),
        (gaspul, 29, "91.48", "90.56"),
    ] {
        let of = |value, legacy| {
            let plain = archived("2023-S1", "permenpanrb-14-2017", value, "");
            outcome(&with_nrr(plain, &CODES, &sums, n, legacy))
        };
        assert_eq!(of(exact, None), Ok(None));
        assert_eq!(of(common, Some("0.11")), Ok(Some("0.11".into())));
        assert!(of(common, None).is_err() && of(exact, Some("0.11")).is_err());
    }
    let fours = with_nrr(
        archived("2023-S1", "permenpanrb-14-2017", "99.90", "A"),
        &CODES,
        &[4; 9],
        1,
        Some("0.111"),
    );
    assert_eq!(outcome(&fours), Ok(Some("0.111".into())));
}

fn short(p: &TrendPoint) -> (String, &str, &str, &str, bool) {
    (
        p.period.to_string(),
        p.printed.as_str(),
        p.grade.as_str(),
        p.performance.as_str(),
        p.breaks,
    )
}

#[test]
fn the_trend_of_kalbar_breaks_where_the_instrument_changed_and_grades_nothing_again() {
    let mut world = World::new(with_sums(&CODES, &[337; 9], 100));
    world.settings.archive = vec![
        archived("2020", "permenpanrb-14-2017", "84.18", "B"),
        archived("2016", "kep-25-2004", "76.49", "B"),
        archived("2014-S2", "permenpanrb-16-2014", "80,10", "Baik"),
        with_nrr(
            archived("2012-S1", "kep-25-2004", "76.475", "B"),
            &FOURTEEN,
            &JUNE_2012,
            50,
            Some("0.071"),
        ),
    ];
    world.settings.archive[0].respondents = Some(4_901);
    let ikm = world.ikm();
    let trend: Vec<_> = ikm.trend.iter().map(short).collect();
    assert_eq!(
        trend,
        [
            ("2012-S1".to_owned(), "76,475", "B", "Baik", false),
            ("2014-S2".to_owned(), "80,10", "Baik", "", true),
            ("2016".to_owned(), "76,49", "B", "Baik", true),
            ("2020".to_owned(), "84,18", "B", "Baik", true),
            ("2026-S1".to_owned(), "84,25", "B", "Baik", false),
        ]
    );
    // By the bands of 2017 the value of 2016 would be C; nobody says so.
    let now = &shipped().by_code["permenpanrb-14-2017"];
    assert_eq!(now.band(7_649).map(|b| b.grade.as_str()), Some("C"));
    assert_eq!(ikm.trend[3].respondents, Some(4_901));
    assert!(
        ikm.trend[0]
            .legacy
            .as_deref()
            .is_some_and(|r| r.contains("0,071"))
    );
    assert!(ikm.trend[1..].iter().all(|p| p.legacy.is_none()));
    assert!(
        !found(&ikm)
            .iter()
            .any(|(check, _)| *check == "archive_differs")
    );
}

#[test]
fn an_archived_figure_or_grade_that_does_not_fit_is_a_finding_and_stays() {
    let mut world = World::new(with_sums(&CODES, &[337; 9], 100));
    world.settings.archive = vec![
        with_nrr(
            archived("2012-S1", "kep-25-2004", "76.475", "B"),
            &FOURTEEN,
            &JUNE_2012,
            50,
            None,
        ),
        archived("2020", "permenpanrb-14-2017", "84.18", "A"),
    ];
    let ikm = world.ikm();
    let of_archive: Vec<_> = ikm
        .findings
        .iter()
        .filter(|f| f.check.code() == "archive_differs")
        .map(|f| (f.key.as_str(), f.message.as_str()))
        .collect();
    assert_eq!(
        of_archive,
        [
            (
                "2012-S1",
                "IKM yang dipublikasikan 76,475 tidak dapat direproduksi: dari NRR-nya diperoleh 76,929."
            ),
            (
                "2020",
                "Mutu yang dipublikasikan A untuk IKM 84,18 bukan mutu menurut ambang PermenPANRB Nomor 14 Tahun 2017, yaitu B; mutu arsip dipertahankan."
            ),
        ]
    );
    assert_eq!(
        (ikm.trend[0].printed.as_str(), ikm.trend[1].grade.as_str()),
        ("76,475", "A")
    );
}

#[test]
fn earlier_semesters_are_counted_by_their_own_instrument_and_an_archived_result_stands_before_them()
{
    let mut forms = vec![nine("now", [4; 9])];
    for (id, day, answer) in [
        ("a", "2025-08-01", 3),
        ("b", "2025-03-01", 2),
        ("c", "2027-01-01", 1),
    ] {
        let mut form = nine(id, [answer; 9]);
        form.answered_on = date(day);
        forms.push(form);
    }
    let mut old: Vec<_> = FOURTEEN.iter().map(|c| (*c, 3)).collect();
    old.push(("SARPRAS", 1));
    let mut of_2012 = super::fixture::form("old", &old);
    of_2012.answered_on = date("2012-02-01");
    forms.push(of_2012);
    let mut world = World::new(forms);
    world.settings.archive = vec![archived("2025-S1", "permenpanrb-14-2017", "51.00", "D")];
    let ikm = world.ikm();
    let trend: Vec<_> = ikm.trend.iter().map(short).collect();
    assert_eq!(
        trend,
        [
            ("2012-S1".to_owned(), "75,00", "B", "Baik", false),
            ("2025-S1".to_owned(), "51,00", "D", "Tidak baik", true),
            ("2025-S2".to_owned(), "75,00", "C", "Kurang baik", false),
            ("2026-S1".to_owned(), "100,00", "A", "Sangat baik", false),
        ]
    );
    // Forms of 2025-S1 are there: the change is counted from them, and that they differ from the archive is told.
    assert_eq!(
        printed(&ikm, "ikm.change", &[("versus", "previous")]),
        "+25,00 poin"
    );
    assert_eq!(
        printed(&ikm, "ikm.change", &[("versus", "last_year")]),
        "+50,00 poin"
    );
    assert!(found(&ikm).contains(&("archive_differs", "2025-S1")));
}

#[test]
fn a_change_against_an_archived_result_has_no_interval_and_against_another_instrument_none_at_all()
{
    let mut world = World::new(with_sums(&CODES, &[337; 9], 100));
    world.settings.archive = vec![
        archived("2025-S2", "permenpanrb-14-2017", "84.75", "B"),
        archived("2025-S1", "kep-25-2004", "80.00", "B"),
    ];
    let ikm = world.ikm();
    let previous = [("versus", "previous")];
    assert_eq!(printed(&ikm, "ikm.change", &previous), "−0,50 poin");
    assert_eq!(figure(&ikm, "ikm.change", &previous).n, 100);
    assert_eq!(printed(&ikm, "ikm.change.low", &previous), "–");
    assert_eq!(printed(&ikm, "ikm.change", &[("versus", "last_year")]), "–");
}

#[test]
fn settings_that_name_what_is_not_there_are_one_sentence_with_the_cure() {
    let library = kom03().library;
    let plain = || archived("2012-S1", "kep-25-2004", "76.475", "B");
    let complete = with_nrr(plain(), &FOURTEEN, &JUNE_2012, 50, Some("0.071"));
    let check = |change: &dyn Fn(&mut tepat::config::IkmSettings)| {
        let mut all = tepat::config::IkmSettings {
            archive: vec![complete.clone()],
            internal: vec!["internal-contoh".to_owned()],
            surveys: vec![(period("2017-S1"), "permenpanrb-14-2017".to_owned())],
            charged_services: vec!["SOP-LP2N-KOM-03".to_owned()],
            ..tepat::config::IkmSettings::default()
        };
        change(&mut all);
        settings::check(&all, shipped(), &library).map_err(|e| e.to_string())
    };
    assert_eq!(check(&|_| ()), Ok(()));
    let known = "one of internal-contoh, kep-25-2004, permenpanrb-14-2017, permenpanrb-16-2014";
    type Change = fn(&mut tepat::config::IkmSettings);
    let mistakes: [(Change, String); 8] = [
        (
            |s| s.internal = vec!["sendiri".to_owned()],
            format!("ikm.internal names the instrument `sendiri`, which standards/ikm/ does not have: write {known}, or add the file"),
        ),
        (
            |s| s.internal = vec!["kep-25-2004".to_owned()],
            "ikm.internal names `kep-25-2004`, which is the ministry's: write instruments with owner = \"office\" only; a period is held to the ministry's by itself".to_owned(),
        ),
        (
            |s| s.surveys[0].1 = "permenpanrb".to_owned(),
            format!("[[ikm.survey]] of 2017-S1 names the instrument `permenpanrb`, which standards/ikm/ does not have: write {known}, or add the file"),
        ),
        (
            |s| s.archive[0].instrument = "kep-25".to_owned(),
            format!("[[ikm.archive]] of 2012-S1 names the instrument `kep-25`, which standards/ikm/ does not have: write {known}, or add the file"),
        ),
        (
            |s| s.archive[0].legacy = Some("0.07".to_owned()),
            "[[ikm.archive]] of 2012-S1 names the legacy rule `0.07`, which the instrument kep-25-2004 does not have: write one of 0.071, or remove `legacy`".to_owned(),
        ),
        (
            |s| s.archive[0].nrr[13].0 = "SARPRAS".to_owned(),
            "[[ikm.archive]] of 2012-S1 has an NRR of `SARPRAS`, which is no element of kep-25-2004: write one of KEADILAN, KEAMANAN, KECEPATAN, KEDISIPLINAN, KEJELASAN_PETUGAS, KEMAMPUAN, KENYAMANAN, KEPASTIAN_BIAYA, KEPASTIAN_JADWAL, KESOPANAN, KEWAJARAN_BIAYA, PERSYARATAN, PROSEDUR, TANGGUNG_JAWAB".to_owned(),
        ),
        (
            |s| s.archive[0].nrr.truncate(13),
            "[[ikm.archive]] of 2012-S1 has NRR, but none of KEAMANAN: write that of every element of kep-25-2004, or remove `nrr`".to_owned(),
        ),
        (
            |s| s.charged_services = vec!["SOP-LAIN".to_owned()],
            "ikm.charged_services names `SOP-LAIN`, which no standard in standards/sop/ has: write one of SOP-LP2N-KOM-03".to_owned(),
        ),
    ];
    for (change, sentence) in mistakes {
        assert_eq!(check(&change), Err(sentence));
    }
}
