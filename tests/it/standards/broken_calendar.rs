//! One mistake in an otherwise sound calendar or list of holidays, and the whole sentence it must end in.

use chrono_tz::Asia::Makassar;
use tepat::standard::load::{StandardFiles, load_calendar};

use super::{CALENDAR, change};

const HOLIDAYS: &str = "date,kind,name,status,basis,note
2020-05-24,libur_nasional,Idul Fitri,confirmed,,
2020-05-25,libur_nasional,\"Idul Fitri, hari kedua\",confirmed,,
";

/// The sentence on a calendar of these two files; empty where there is no mistake.
fn sentence(calendar: &str, holidays: &str) -> String {
    let files = StandardFiles::shipped()
        .with("standards/calendar/uji.toml", calendar)
        .with("standards/calendar/uji.csv", holidays);
    let loaded = load_calendar("uji", &files, Makassar, false);
    loaded.map_or_else(|e| e.to_string(), |_| String::new())
}

#[test]
fn a_mistake_in_the_calendar() {
    assert_eq!(sentence(CALENDAR, HOLIDAYS), "");
    for (from, to, expected) in [
        (
            "name = \"uji\"",
            "name = \"contoh\"",
            "1: `name` is \"contoh\", but the file is called uji.toml: write name = \"uji\" or rename the file",
        ),
        (
            "name = \"uji\"",
            "name = \"uji\"\nextends = \"pusat\"",
            "2: `extends` is \"pusat\", which is no calendar here: write one of \"kaltim\", \"nasional\", \"uji\"",
        ),
        (
            "name = \"uji\"",
            "name = \"uji\"\nextends = \"uji\"",
            "2: `extends` is \"uji\", which leads back to this calendar: extend a calendar that does not extend this one, or remove the key",
        ),
        (
            "name = \"uji\"",
            "name = \"uji\"\nholidays = \"libur.csv\"",
            "2: `holidays` is \"libur.csv\", but there is no such file in standards/calendar/: correct the name or add the file",
        ),
        (
            "source = \"dibuat untuk uji\"\n",
            "",
            "1: the key `source` is missing at the top of the file: add it",
        ),
        (
            "year = 2021",
            "year = 2022",
            "1: the calendar's years jump from 2020 to 2022: declare the years between, as without_holidays where none are known",
        ),
        (
            "year = 2021",
            "year = 2020",
            "10: `year` 2020 is declared already, here or in the calendar this one extends: keep one of the two",
        ),
        (
            "year = 2021",
            "year = 20211",
            "10: `year` is 20211, which is no year known here: write a year between 1900 and 2199",
        ),
        (
            "status = \"without_holidays\"",
            "status = \"final\"",
            "10: `year` 2021 has no holidays: add them, or write status = \"without_holidays\" so that every report says so",
        ),
        (
            "status = \"final\"",
            "status = \"pasti\"",
            "6: `status` is \"pasti\", which is no word known here: write one of \"final\", \"provisional\", \"without_holidays\"",
        ),
        (
            "status = \"final\"",
            "status = \"without_holidays\"",
            "15: the holiday of 2020-01-01 (Tahun Baru) lies in the year 2020, which is declared \"without_holidays\": write \"provisional\" or \"final\" in its [[year]] or remove the holiday",
        ),
        (
            "[[closure]]\ndate = 2020-03-02",
            "[[closure]]\ndate = 2019-03-02",
            "22: the holiday of 2019-03-02 (Hari jadi) lies outside the calendar's years 2020-2021: correct the date or declare the year 2019 in a [[year]]",
        ),
        (
            "[[closure]]\ndate = 2020-03-02",
            "[[closure]]\ndate = 2020-02-30",
            "22: `date` is 2020-02-30, which is no date: write a day that exists as year-month-day, as in 2017-06-07",
        ),
        (
            "[[closure]]\ndate = 2020-03-02",
            "[[closure]]\ndate = 2020-01-01",
            "27: 2020-01-01 is closed by a libur_daerah and declared open by \"Keputusan 7\", which contradict each other: keep the entry that holds",
        ),
        (
            "[[closure]]\ndate = 2020-03-02",
            "[[closure]]\ndate = 2020-03-02\nname = \"a\"\nbasis = \"b\"\n[[closure]]\ndate = 2020-03-02",
            "26: 2020-03-02 has a libur_daerah already (a): keep one of the two entries",
        ),
        (
            "name = \"Hari jadi\"",
            "name = \"\"",
            "22: the holiday of 2020-03-02 has no `name`: write its name",
        ),
        (
            "kind = \"libur_nasional\"",
            "kind = \"libur\"",
            "16: `kind` is \"libur\", which is no kind of holiday: write one of \"libur_nasional\", \"cuti_bersama\", \"libur_daerah\"",
        ),
        (
            "status = \"confirmed\"",
            "status = \"subject_to_isbat\"",
            "15: the holiday of 2020-01-01 (Tahun Baru) has the status \"subject_to_isbat\", but the year 2020 is declared \"final\": write \"provisional\" in its [[year]] until the date is confirmed",
        ),
        (
            "status = \"confirmed\"",
            "status = \"mungkin\"",
            "15: `status` of the holiday of 2020-01-01 is \"mungkin\", which is no word known here: write one of \"confirmed\", \"subject_to_isbat\"",
        ),
        (
            "[[opening]]\ndate = 2020-01-01",
            "[[opening]]\ndate = 2022-01-01",
            "27: the date 2022-01-01 of the opening lies outside the calendar's years 2020-2021: correct the date or declare the year 2022 in a [[year]]",
        ),
        (
            "decision = \"Keputusan 7\"\n",
            "",
            "26: the key `decision` is missing in [[opening]]: add it",
        ),
        (
            "hours = \"08.00-12.00\"\n",
            "",
            "26: the key `hours` is missing in [[opening]]: add it",
        ),
        (
            "hours = \"08.00-12.00\"\n",
            "hours = \"pagi\"\n",
            "29: `hours` is \"pagi\", but \"pagi\" is not a range of hours: write opening and closing times between 00.00 and 24.00 as in \"08.00-16.00\" or \"08.00-12.00, 13.00-16.00\"",
        ),
        (
            "[[special_hours]]",
            "[[opening]]\ndate = 2020-01-01\ndecision = \"Keputusan 8\"\nhours = \"08.00-12.00\"\n[[special_hours]]",
            "32: 2020-01-01 is declared open already: keep one of the two entries",
        ),
        (
            "to = 2020-04-30",
            "to = 2020-03-30",
            "33: `to` is 2020-03-30, before `from` 2020-04-01: write the last day of the range",
        ),
        (
            "to = 2020-04-30",
            "to = 2022-03-30",
            "33: the date 2022-03-30 of the special hours lies outside the calendar's years 2020-2021: correct the date or declare the year 2022 in a [[year]]",
        ),
        (
            "[[special_hours]]",
            "[[special_hours]]\nfrom = 2020-04-30\nto = 2020-05-02\nname = \"a\"\nbasis = \"b\"\nweek = { monday = \"09.00-14.00\" }\n[[special_hours]]",
            "38: the special hours from 2020-04-01 to 2020-04-30 overlap those from 2020-04-30 to 2020-05-02 (a): correct the dates so that each day has one set of hours",
        ),
        (
            "[[special_hours]]",
            "[[cancelled]]\ndate = 2020-01-01\nkind = \"libur_nasional\"\nbasis = \"b\"\n[[special_hours]]",
            "32: 2020-01-01 has no libur_nasional to cancel in the calendar this one extends: correct `date` or `kind`, or remove the entry",
        ),
    ] {
        let found = sentence(&change(CALENDAR, from, to), HOLIDAYS);
        assert_eq!(found, format!("standards/calendar/uji.toml:{expected}"));
    }
}

#[test]
fn a_mistake_in_the_list_of_holidays() {
    let calendar = change(
        CALENDAR,
        "name = \"uji\"",
        "name = \"uji\"\nholidays = \"uji.csv\"",
    );
    assert_eq!(sentence(&calendar, HOLIDAYS), "");
    for (from, to, expected) in [
        (
            "date,kind,name,status,basis,note",
            "tanggal;jenis",
            "1: the columns are \"tanggal;jenis\": write the header date,kind,name,status,basis,note and separate the columns by commas",
        ),
        (
            "2020-05-25,",
            "2020-02-31,",
            "3: `date` is \"2020-02-31\", which is no date: write a day that exists as year-month-day, as in 2017-06-07",
        ),
        (
            "2020-05-25,",
            "25/05/2020,",
            "3: `date` is \"25/05/2020\", which is no date: write a day that exists as year-month-day, as in 2017-06-07",
        ),
        (
            "2020-05-25,libur_nasional",
            "2020-05-25,libur nasional",
            "3: `kind` is \"libur nasional\", which is no kind of holiday: write one of \"libur_nasional\", \"cuti_bersama\", \"libur_daerah\"",
        ),
        (
            "\"Idul Fitri, hari kedua\"",
            "Idul Fitri, hari kedua",
            "3: the row has 7 columns, but the header has 6: separate the columns by commas and put a text with a comma in quotation marks",
        ),
        (
            "\"Idul Fitri, hari kedua\"",
            "",
            "3: the holiday of 2020-05-25 has no `name`: write its name",
        ),
        (
            "2020-05-25,",
            "2020-05-24,",
            "3: 2020-05-24 has a libur_nasional already (Idul Fitri): keep one of the two entries",
        ),
        (
            "2020-05-25,",
            "2019-05-25,",
            "3: the holiday of 2019-05-25 (Idul Fitri, hari kedua) lies outside the calendar's years 2020-2021: correct the date or declare the year 2019 in a [[year]]",
        ),
        (
            "2020-05-25,",
            "2021-05-25,",
            "3: the holiday of 2021-05-25 (Idul Fitri, hari kedua) lies in the year 2021, which is declared \"without_holidays\": write \"provisional\" or \"final\" in its [[year]] or remove the holiday",
        ),
        (
            "hari kedua\",confirmed",
            "hari kedua\",subject_to_isbat",
            "3: the holiday of 2020-05-25 (Idul Fitri, hari kedua) has the status \"subject_to_isbat\", but the year 2020 is declared \"final\": write \"provisional\" in its [[year]] until the date is confirmed",
        ),
        (
            "hari kedua\",confirmed",
            "hari kedua\",pasti",
            "3: `status` of the holiday of 2020-05-25 is \"pasti\", which is no word known here: write one of \"confirmed\", \"subject_to_isbat\"",
        ),
    ] {
        let found = sentence(&calendar, &change(HOLIDAYS, from, to));
        assert_eq!(found, format!("standards/calendar/uji.csv:{expected}"));
    }
}

#[test]
fn a_calendar_without_years() {
    assert_eq!(
        sentence("name = \"uji\"\nsource = \"s\"\n", ""),
        "standards/calendar/uji.toml:1: the calendar declares no year: add a [[year]] with year, status and basis, or extend a calendar that has some"
    );
}

#[test]
fn a_calendar_nobody_has() {
    let error = load_calendar("pusat", &StandardFiles::shipped(), Makassar, false);
    assert_eq!(
        error.expect_err("there is none").to_string(),
        "there is no calendar \"pusat\" in standards/calendar/: correct `calendar` in tepat.toml to one of \"kaltim\", \"nasional\", or add standards/calendar/pusat.toml"
    );
}

#[test]
fn a_calendar_that_extends_itself_through_another() {
    let files = StandardFiles::default()
        .with(
            "standards/calendar/a.toml",
            "name = \"a\"\nsource = \"s\"\nextends = \"b\"\n",
        )
        .with(
            "standards/calendar/b.toml",
            "name = \"b\"\nsource = \"s\"\nextends = \"a\"\n",
        );
    let error = load_calendar("a", &files, Makassar, false);
    assert_eq!(
        error.expect_err("a circle").to_string(),
        "standards/calendar/b.toml:3: `extends` is \"a\", which leads back to this calendar: extend a calendar that does not extend this one, or remove the key"
    );
}
