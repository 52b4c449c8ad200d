//! One mistake in an otherwise sound survey instrument, and the whole sentence it must end in.

use tepat::standard::Instruments;
use tepat::standard::load::{StandardError, StandardFiles, load_instruments};

use super::change;

const SOUND: &str = include_str!("../../fixtures/standards/instrument.toml");

/// What is changed, into what, and the sentence without its file.
type Mistake<'a> = (&'a str, &'a str, &'a str);

fn load(files: &[(&str, &str)]) -> Result<Instruments, StandardError> {
    let with = |sources: StandardFiles, (name, text): &(&str, &str)| {
        sources.with(format!("standards/ikm/{name}"), *text)
    };
    load_instruments(&files.iter().fold(StandardFiles::default(), with))
}

fn expect(mistakes: &[Mistake]) {
    load(&[("uji.toml", SOUND)]).expect("without a mistake the file is sound");
    for (from, to, sentence) in mistakes {
        let file = change(SOUND, from, to);
        let error = load(&[("uji.toml", &file)]).expect_err(to);
        assert_eq!(
            error.to_string(),
            format!("standards/ikm/uji.toml:{sentence}")
        );
    }
}

#[test]
fn weights_that_do_not_sum_to_1_are_refused_with_their_sum() {
    expect(&[
        (
            "\"2/3\"",
            "\"0.66\"",
            "14: the weights of the 2 elements sum to 149/150 (about 0.9933), but they must sum to 1 exactly: correct them; where all weigh alike, write weight = \"1/2\"",
        ),
        (
            "\"2/3\"",
            "\"1\"",
            "14: the weights of the 2 elements sum to 4/3 (about 1.3333), but they must sum to 1 exactly: correct them; where all weigh alike, write weight = \"1/2\"",
        ),
        (
            "\"2/3\"",
            "\"2,3\"",
            "23: `weight` is \"2,3\": write a number above 0 and at most 1 in quotation marks, as a fraction or a decimal, as in \"1/9\" or \"0.05\"",
        ),
        (
            "\"2/3\"",
            "\"0\"",
            "23: `weight` is \"0\": write a number above 0 and at most 1 in quotation marks, as a fraction or a decimal, as in \"1/9\" or \"0.05\"",
        ),
        (
            "\"2/3\"",
            "\"dua pertiga\"",
            "23: `weight` is \"dua pertiga\": write a number above 0 and at most 1 in quotation marks, as a fraction or a decimal, as in \"1/9\" or \"0.05\"",
        ),
        (
            "\"2/3\"",
            "0.67",
            "23: the value of `weight` has the wrong form (invalid type: floating point `0.67`, expected a string): write it in the form expected",
        ),
    ]);
}

#[test]
fn the_common_error_of_nine_weights_of_011_is_refused_with_its_sum() {
    let shipped = StandardFiles::shipped();
    let path = "standards/ikm/permenpanrb-14-2017.toml";
    let (_, bytes) = shipped.iter().find(|(p, _)| *p == path).expect("shipped");
    let text = std::str::from_utf8(bytes).expect("text");
    let wrong = text.replace("weight = \"1/9\"", "weight = \"0.11\"");
    let error = load(&[("permenpanrb-14-2017.toml", &wrong)]).expect_err("0.99");
    let sentence = error.to_string();
    assert!(
        sentence.contains(
            "the weights of the 9 elements sum to 99/100 (0.99), but they must sum to 1 exactly"
        ),
        "{sentence}"
    );
}

#[test]
fn elements_that_cannot_be_told_apart_or_used() {
    expect(&[
        (
            "code = \"BIAYA\"",
            "code = \"WAKTU\"",
            "21: `code` is \"WAKTU\", which another element has already: give every element a code of its own",
        ),
        (
            "code = \"BIAYA\"",
            "code = \"Biaya\"",
            "21: `code` is \"Biaya\": write capital letters, digits and _ only, a letter first, as in \"WAKTU\"",
        ),
        (
            "code = \"BIAYA\"",
            "code = \"8\"",
            "21: `code` is \"8\": write capital letters, digits and _ only, a letter first, as in \"WAKTU\"",
        ),
        (
            "code = \"BIAYA\"",
            "code = \"SERVICE\"",
            "21: `code` is \"SERVICE\", which is the name of another column of survey files: choose another code; taken are RESPONSE_ID, ANSWERED_ON, SERVICE, CASE_ID, SEX, AGE, EDUCATION, OCCUPATION, HOUR_BAND, SUGGESTION, ANSWERS",
        ),
        (
            "[\"Sangat mahal\", \"Cukup mahal\", \"Murah\", \"Gratis\"]",
            "[\"Sangat mahal\", \"Murah\", \"Gratis\"]",
            "24: `scale` has 3 words: write four, for the answers 1, 2, 3 and 4",
        ),
        (
            "\"Cukup mahal\"",
            "\"murah\"",
            "24: `scale` has \"Murah\" twice: give every answer words of its own, or an import cannot tell them apart",
        ),
        (
            "measured = \"fee\"",
            "measured = \"tarif\"",
            "25: `measured` is \"tarif\", which is no word known here: write one of \"timeliness\", \"fee\"",
        ),
        (
            "\"lambat\"",
            "\"Lambat\"",
            "18: `keywords` has \"Lambat\": write every keyword once, in small letters",
        ),
        (
            "\"lambat\"",
            "\"lama\"",
            "18: `keywords` has \"lama\": write every keyword once, in small letters",
        ),
        (
            "title = \"Biaya\"\n",
            "",
            "20: the key `title` is missing in [[element]]: add it",
        ),
    ]);
}

#[test]
fn bands_with_gaps_overlaps_or_outside_25_to_100() {
    expect(&[
        (
            "from = \"65.00\"",
            "from = \"65.01\"",
            "34: `from` is 65.01, which leaves a gap to the band in front, which ends at 64.99: write from = \"65.00\", bands lowest first",
        ),
        (
            "from = \"65.00\"",
            "from = \"64.99\"",
            "34: `from` is 64.99, which overlaps the band in front, which ends at 64.99: write from = \"65.00\", bands lowest first",
        ),
        (
            "from = \"25.00\"",
            "from = \"26.00\"",
            "28: `from` of the first band is 26.00, but an index may be as low as 25.00: write from = \"25.00\"",
        ),
        (
            "to = \"100.00\"",
            "to = \"99.99\"",
            "35: `to` of the last band is 99.99, but an index may be as high as 100.00: write to = \"100.00\"",
        ),
        (
            "to = \"100.00\"",
            "to = \"100.01\"",
            "35: `to` is \"100.01\": write an index from \"25.00\" to \"100.00\" with 2 decimals, in quotation marks",
        ),
        (
            "to = \"64.99\"",
            "to = \"64.995\"",
            "29: `to` is \"64.995\": write an index from \"25.00\" to \"100.00\" with 2 decimals, in quotation marks",
        ),
        (
            "from = \"25.00\"\nto = \"64.99\"",
            "from = \"64.99\"\nto = \"25.00\"",
            "29: `to` is 25.00, below `from` 64.99: write the highest index of the band",
        ),
        (
            "grade = \"A\"",
            "grade = \"D\"",
            "36: `grade` is \"D\", which another band has already: give every band a grade of its own",
        ),
        (
            "bands_mark = \"V2\"\n",
            "",
            "26: the file has bands, but no `bands_mark` says how sure they are: write bands_mark = \"V\", \"V2\", \"C\" or \"O\" above the first table",
        ),
    ]);
}

#[test]
fn orders_legacy_rules_marks_and_dates_that_do_not_fit() {
    expect(&[
        (
            "legal = [\"WAKTU\", \"BIAYA\"]",
            "legal = [\"WAKTU\"]",
            "40: the order `legal` leaves out BIAYA: write every element once",
        ),
        (
            "legal = [\"WAKTU\", \"BIAYA\"]",
            "legal = [\"WAKTU\", \"BIAYA\", \"WAKTU\"]",
            "40: the order `legal` has WAKTU twice: write every element once",
        ),
        (
            "legal = [\"WAKTU\", \"BIAYA\"]",
            "legal = [\"WAKTU\", \"TARIF\"]",
            "40: the order `legal` has \"TARIF\", which is no element of this instrument: write one of WAKTU, BIAYA",
        ),
        (
            "sum_places = 3",
            "sum_places = 11",
            "45: `sum_places` is 11: write the decimals the weighted sum was rounded to, 0 to 10",
        ),
        (
            "[[note]]",
            "[[legacy]]\ncode = \"0.3\"\nweight = \"0.3\"\nremark = \"r\"\n[[note]]",
            "49: `code` is \"0.3\", which another [[legacy]] has already: give every rule a code of its own",
        ),
        (
            "mark = \"O\"",
            "mark = \"V3\"",
            "49: `mark` is \"V3\", which is no word known here: write one of \"V\", \"V2\", \"C\", \"O\"",
        ),
        (
            "owner = \"ministry\"",
            "owner = \"dinas\"",
            "4: `owner` is \"dinas\", which is no word known here: write one of \"ministry\", \"office\"",
        ),
        (
            "valid_to = 2020-12-31",
            "valid_to = 2017-05-08",
            "8: `valid_to` is 2017-05-08, before `valid_from` 2017-05-09: write the last day in force, or remove the key",
        ),
        (
            "valid_from = 2017-05-09",
            "valid_from = 2017-02-29",
            "7: `valid_from` is 2017-02-29, which is no date: write a day that exists as year-month-day, as in 2017-06-07",
        ),
        (
            "code = \"uji\"",
            "code = \"ujian\"",
            "1: `code` is \"ujian\", but the file is called uji.toml: write code = \"uji\" or rename the file",
        ),
        (
            "description = \"Instrumen tanpa kesalahan.\"",
            "description = \"\"",
            "3: `description` is empty: write the text, or remove the key where it may be left out",
        ),
        (
            "[orders]",
            "[order]",
            "39: the key `order` is not known here: correct its spelling or remove it; the keys allowed are `code`, `title`, `description`, `owner`, `basis`, `mark`, `valid_from`, `valid_to`, `bands_mark`, `element`, `band`, `orders`, `legacy`, `note`",
        ),
    ]);
}

#[test]
fn a_file_without_bands_gives_no_grade_and_says_no_mark() {
    let from = SOUND.find("[[band]]").expect("bands");
    let to = SOUND.find("[orders]").expect("orders");
    let without = format!("{}{}", &SOUND[..from], &SOUND[to..]);
    let error = load(&[("uji.toml", &without)]).expect_err("a mark of nothing");
    assert_eq!(
        error.to_string(),
        "standards/ikm/uji.toml:9: `bands_mark` is \"V2\", but the file has no [[band]]: add the bands, or remove the key where they are not verified"
    );
    let without = change(&without, "bands_mark = \"V2\"\n", "");
    let read = load(&[("uji.toml", &without)]).expect("sound");
    assert_eq!(read.by_code["uji"].band(7000), None);
}

#[test]
fn two_instruments_of_the_ministry_on_one_day_are_refused_and_one_of_the_office_is_not() {
    let other = change(SOUND, "code = \"uji\"", "code = \"baru\"");
    let from = |date: &str| {
        change(
            &other,
            "valid_from = 2017-05-09",
            &format!("valid_from = {date}"),
        )
    };
    let later = from("2020-12-31");
    let error = load(&[("uji.toml", SOUND), ("baru.toml", &later)]).expect_err("one day too many");
    assert_eq!(
        error.to_string(),
        "standards/ikm/baru.toml:7: `valid_from` is 2020-12-31, but uji of standards/ikm/uji.toml is still in force on that day: write the last day of the earlier one as its `valid_to`, so that one instrument of the ministry is in force on any day"
    );
    let office = change(&later, "owner = \"ministry\"", "owner = \"office\"");
    load(&[("uji.toml", SOUND), ("baru.toml", &office)]).expect("the office may have its own");
    let next = change(&from("2021-01-01"), "valid_to = 2020-12-31\n", "");
    let both = load(&[("uji.toml", SOUND), ("baru.toml", &next)]).expect("one after the other");
    let on = |date: &str| {
        both.in_force(date.parse().expect("a date"))
            .map(|i| i.code.as_str())
    };
    assert_eq!(
        ["2017-05-08", "2017-05-09", "2020-12-31", "2021-01-01"].map(on),
        [None, Some("uji"), Some("uji"), Some("baru")]
    );
}

#[test]
fn no_damage_to_an_instrument_makes_the_reader_panic() {
    for at in (0..SOUND.len()).step_by(7) {
        let garbled = format!("{}\u{e9}={{[\"{}", &SOUND[..at], &SOUND[at..]);
        for damaged in [&SOUND[..at], &garbled] {
            if let Err(error) = load(&[("uji.toml", damaged)]) {
                let sentence = error.to_string();
                assert!(
                    sentence.starts_with("standards/ikm/uji.toml:") && !sentence.contains('\n'),
                    "{sentence}"
                );
            }
        }
    }
}
