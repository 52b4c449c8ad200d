//! The shipped standard and calendar hold what the documents say (scoring.md, sections 1 and 2).

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Asia::Makassar;
use tepat::instant::{Day, day_of};
use tepat::standard::calendar::{HolidayKind, YearStatus};
use tepat::standard::load::{StandardFiles, load_calendar, load_library};
use tepat::standard::*;

use super::national;

fn kom() -> Arc<Standard> {
    let library = load_library(&StandardFiles::shipped(), national()).expect("sound");
    library.revisions("KOM-03").expect("known by its alias")[0].clone()
}

#[test]
fn every_step_of_kom_03_is_read_as_the_table_of_the_rules_says() {
    use Duty::{Mandatory as M, Optional as O, WithRecommendation as R};
    use Holder::{Agency, Applicant, Office};
    use NoLimit::{AsNeeded, NotLegible};
    let registration = Some(ClockName::Registration);
    let main = Some(ClockName::Main);
    let days = |value| {
        Ok(Window {
            value,
            unit: Unit::WorkingDays,
        })
    };
    let minutes = |min, max| Some(Minutes { min, max });
    let standard = kom();
    let expected = [
        (1, Applicant, O, None, Err(AsNeeded), None),
        (2, Office, O, None, Err(AsNeeded), None),
        (3, Applicant, O, None, Err(AsNeeded), None),
        (4, Office, O, None, Err(AsNeeded), None),
        (5, Office, O, registration, days(0), minutes(Some(10), 30)),
        (6, Office, M, registration, days(0), minutes(None, 10)),
        (7, Office, M, registration, days(2), minutes(Some(5), 15)),
        (8, Applicant, O, registration, Err(NotLegible), None),
        (9, Office, R, registration, Err(NotLegible), None),
        (10, Agency, R, registration, Err(NotLegible), None),
        (11, Office, M, main, Err(NotLegible), None),
        (12, Office, M, main, days(8), minutes(Some(10), 30)),
        (13, Office, M, main, days(8), minutes(Some(10), 30)),
        (14, Office, O, main, days(12), None),
        (15, Office, M, main, days(13), None),
        (16, Office, M, main, days(13), minutes(Some(5), 15)),
        (17, Office, O, None, Err(NotLegible), None),
        (18, Applicant, O, None, Err(NotLegible), None),
    ];
    let read: Vec<_> = standard
        .steps
        .values()
        .map(|s| (s.number, s.holder, s.duty, s.clock, s.window, s.minutes))
        .collect();
    assert_eq!(read, expected);
}

#[test]
fn every_limit_of_kom_03_stands_in_the_words_it_cites() {
    for step in kom().steps.values() {
        let n = step.number;
        let Some(waktu) = &step.waktu else {
            assert_eq!(step.window, Err(NoLimit::NotLegible), "step {n}");
            continue;
        };
        assert_eq!(waktu.place, format!("Lampiran 1, langkah {n}, kolom Waktu"));
        if let Ok(window) = step.window {
            let words = if window.value == 0 {
                "Hari ke H".into()
            } else {
                format!("H - H+{}", window.value)
            };
            assert!(waktu.words.contains(&words), "step {n}: {}", waktu.words);
        }
        if let Some(minutes) = step.minutes {
            let words = match minutes.min {
                Some(min) => format!("{min} - {} menit", minutes.max),
                None => format!("{} menit", minutes.max),
            };
            assert!(waktu.words.ends_with(&words), "step {n}: {}", waktu.words);
        }
    }
}

#[test]
fn the_rules_of_kom_03_as_a_whole() {
    let s = kom();
    assert_eq!(
        (s.service.as_str(), s.revision.as_str()),
        ("SOP-LP2N-KOM-03", "03")
    );
    assert_eq!(s.effective_from.to_string(), "2017-06-07");
    assert_eq!((s.effective_to, s.synthetic), (None, false));
    assert_eq!((s.legal_basis.len(), s.aliases.len()), (14, 2));
    assert_eq!(s.start, ClockStart::Step(6));
    assert!(
        s.start_citation
            .words
            .contains("mulainya perhitungan hari kerja")
    );
    assert_eq!(
        s.recommendation,
        Some(Recommendation {
            sent: 9,
            handed_over: 10,
            received: 11
        })
    );
    let recommended = s.recommendation_citation.as_ref().expect("cited");
    assert!(
        recommended
            .words
            .contains("sejak diterimanya rekomendasi teknis")
    );
    assert_eq!(
        (s.pause, s.pause_step),
        (
            PauseRule::Exclude,
            Some(PauseStep {
                step: 8,
                returned_by: 7
            })
        )
    );
    assert_eq!(s.decides, Some(16));
    assert_eq!(s.hands_over, Some(17));
    assert_eq!(
        (s.total, s.total_stated),
        (
            Window {
                value: 13,
                unit: Unit::WorkingDays
            },
            14
        )
    );
    assert!(
        s.total_citation
            .words
            .contains("14 (empat belas hari kerja)")
    );
    assert!(
        s.total_reading
            .as_ref()
            .is_some_and(|r| r.contains("bukan kutipan"))
    );
    assert_eq!(s.separate_duties, [(12, 13), (7, 15)]);
    assert!(s.fee.words.contains("gratis"));
    assert!(s.step_hours.is_empty());
}

#[test]
fn working_days_of_a_year_agree_with_the_published_counts() {
    let days = kom().days.clone();
    let date = |y, m, d| day_of(NaiveDate::from_ymd_opt(y, m, d).expect("a date"));
    for (year, expected) in [
        (2017, 239),
        (2020, 243),
        (2021, 248),
        (2023, 239),
        (2024, 238),
        (2025, 237),
        (2026, 240),
    ] {
        let counted = days.idx(date(year, 12, 31)) - days.idx(date(year - 1, 12, 31));
        assert_eq!(counted, expected, "{year}");
    }
}

#[test]
fn single_dates_that_lists_get_wrong() {
    let days = kom().days.clone();
    let on = |text: &str| -> Day { day_of(text.parse().expect("a date")) };
    for (date, works, why) in [
        ("2016-06-01", true, "1 June is a holiday from 2017 on"),
        ("2017-06-01", false, "Hari Lahir Pancasila"),
        ("2021-08-10", true, "moved away"),
        ("2021-08-11", false, "moved to"),
        ("2021-10-19", true, "moved away"),
        ("2021-10-20", false, "moved to"),
        ("2015-12-24", false, "Maulid, or cuti bersama"),
        ("2025-08-18", false, "cuti bersama added in August 2025"),
    ] {
        assert_eq!(days.is_working(on(date)), works, "{date}: {why}");
    }
}

#[test]
fn years_say_whether_they_are_final() {
    let calendar = national();
    let provisional: Vec<_> = calendar.unsettled().into_iter().collect();
    assert_eq!(provisional, [(2027, YearStatus::Provisional)]);
    assert_eq!(calendar.years.len(), 14);
    assert_eq!(
        calendar.files,
        [
            "standards/calendar/nasional.toml",
            "standards/calendar/nasional.csv"
        ]
    );
}

#[test]
fn every_holiday_has_a_name_and_a_basis() {
    let calendar = national();
    for (date, all) in &calendar.holidays {
        for holiday in all {
            assert!(
                !holiday.name.is_empty() && !holiday.basis.is_empty(),
                "{date}"
            );
            assert_ne!(holiday.kind, HolidayKind::Regional, "{date}");
        }
    }
    let basis = |text: &str| {
        let date: NaiveDate = text.parse().expect("a date");
        assert!(calendar.years.contains_key(&date.year()));
        calendar.holidays[&date][0].basis.clone()
    };
    assert_eq!(
        basis("2017-06-01"),
        "Keputusan Presiden Nomor 24 Tahun 2016"
    );
    assert_eq!(basis("2021-08-11"), "SKB tiga menteri Nomor 712 Tahun 2021");
}

#[test]
fn the_regional_calendar_adds_nothing_of_its_own_yet() {
    let regional =
        load_calendar("kaltim", &StandardFiles::shipped(), Makassar, false).expect("sound");
    let national = national();
    assert_eq!(regional.holidays, national.holidays);
    assert_eq!(regional.years, national.years);
    assert_eq!(regional.files.len(), 3);
    assert_ne!(regional.digest, national.digest);
}

#[test]
fn the_examples_of_the_regional_calendar_are_sound() {
    let shipped = StandardFiles::shipped();
    let path = "standards/calendar/kaltim.toml";
    let (_, bytes) = shipped.iter().find(|(p, _)| *p == path).expect("shipped");
    let text = std::str::from_utf8(bytes).expect("text");
    let entry = |l: &str| {
        l.starts_with("# [[")
            || l.split_once(" = ")
                .is_some_and(|(k, _)| k.starts_with("# ") && !k[2..].contains(' '))
    };
    let lines = text.lines().map(|l| if entry(l) { &l[2..] } else { l });
    let examples: Vec<_> = lines.collect();
    let files = shipped.clone().with(path, examples.join("\n"));
    let calendar = load_calendar("kaltim", &files, Makassar, false).expect("sound examples");
    assert_eq!((calendar.openings.len(), calendar.special.len()), (1, 1));
}

#[test]
fn the_template_for_a_new_standard_is_sound() {
    let template = include_str!("../../../standards/sop-template.toml");
    let library = super::load(&[("baru.toml", template)]).expect("sound");
    assert_eq!(library.services["KODE-LAYANAN"][0].steps.len(), 3);
}
