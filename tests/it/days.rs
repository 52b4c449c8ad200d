//! Day tables under the hours of KOM-03 (Monday to Thursday 08.00-19.00, Friday 08.00-11.00), in dates people argue about.

use std::sync::Arc;

use chrono::NaiveDateTime;
use chrono_tz::Asia::Makassar;
use tepat::clock::DayTable;
use tepat::instant::{DAY_SECONDS, Instant, day_of};
use tepat::standard::Calendar;
use tepat::standard::calendar::{Interval, WeekHours};
use tepat::standard::load::{StandardFiles, load_calendar, load_library};

const HOUR: i64 = 3_600;

fn calendar() -> Arc<Calendar> {
    let calendar = load_calendar("nasional", &StandardFiles::shipped(), Makassar, false);
    Arc::new(calendar.expect("sound"))
}

fn kom() -> Arc<DayTable> {
    let library = load_library(&StandardFiles::shipped(), calendar()).expect("sound");
    library.services["SOP-LP2N-KOM-03"][0].days.clone()
}

/// A moment of the office's wall clock, e.g. `2026-06-05 18:00:00`.
fn at(text: &str) -> Instant {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").expect("a time");
    Instant::from_utc_seconds(local.and_utc().timestamp() - 8 * HOUR, Makassar)
}

fn day(text: &str) -> i32 {
    day_of(text.parse().expect("a date"))
}

#[test]
fn service_time_between_two_moments() {
    let table = kom();
    for (from, to, hours, why) in [
        (
            "2026-06-05 18:00:00",
            "2026-06-08 18:00:00",
            10,
            "Friday 18.00 to Monday 18.00: Friday closed at 11.00",
        ),
        (
            "2026-06-05 10:00:00",
            "2026-06-08 10:00:00",
            3,
            "one hour of Friday, two of Monday",
        ),
        (
            "2026-06-07 09:00:00",
            "2026-06-09 09:00:00",
            12,
            "Sunday to Tuesday",
        ),
        (
            "2026-06-08 20:00:00",
            "2026-06-09 07:00:00",
            0,
            "both ends outside hours, overnight",
        ),
        (
            "2026-06-08 06:00:00",
            "2026-06-08 22:00:00",
            11,
            "both ends outside hours, one whole day between",
        ),
        (
            "2026-05-14 09:00:00",
            "2026-05-18 09:00:00",
            1,
            "start on a holiday, then cuti bersama and a weekend",
        ),
        ("2026-06-06 08:00:00", "2026-06-07 23:59:59", 0, "a weekend"),
        (
            "2026-06-08 08:00:00",
            "2026-06-10 18:00:00",
            32,
            "32 service hours",
        ),
        (
            "2026-06-09 08:00:00",
            "2026-06-08 18:00:00",
            0,
            "the end before the start",
        ),
    ] {
        assert_eq!(
            table.service_seconds(at(from), at(to)),
            hours * HOUR,
            "{why}"
        );
    }
}

#[test]
fn thirty_two_service_hours_are_two_working_days_not_one() {
    let table = kom();
    let passed = table.idx(day("2026-06-10")) - table.idx(day("2026-06-08"));
    assert_eq!(passed, 2);
    assert_eq!(
        table.workdays(day("2026-06-08"), day("2026-06-10")),
        [day("2026-06-09"), day("2026-06-10")]
    );
}

#[test]
fn seconds_are_counted_to_the_second() {
    let table = kom();
    let seconds = |from, to| table.service_seconds(at(from), at(to));
    assert_eq!(seconds("2026-06-08 08:00:00", "2026-06-08 08:15:01"), 901);
    assert_eq!(seconds("2026-06-08 07:59:59", "2026-06-08 08:00:01"), 1);
    assert_eq!(seconds("2026-06-08 18:59:59", "2026-06-09 08:00:00"), 1);
}

#[test]
fn day_zero_of_a_clock() {
    let table = kom();
    for (start, expected, why) in [
        ("2026-06-08 08:00:00", "2026-06-08", "within hours"),
        ("2026-06-08 05:00:00", "2026-06-08", "before opening"),
        (
            "2026-06-08 18:59:59",
            "2026-06-08",
            "the last second of service",
        ),
        ("2026-06-08 19:00:00", "2026-06-09", "at closing"),
        ("2026-06-05 10:59:59", "2026-06-05", "Friday before closing"),
        ("2026-06-05 18:00:00", "2026-06-08", "Friday after closing"),
        ("2026-06-07 12:00:00", "2026-06-08", "Sunday"),
        (
            "2026-05-14 09:00:00",
            "2026-05-18",
            "a holiday, then cuti bersama and a weekend",
        ),
        (
            "2016-06-01 09:00:00",
            "2016-06-01",
            "1 June 2016 is a working day",
        ),
    ] {
        assert_eq!(table.roll(at(start)), Ok(day(expected)), "{why}");
    }
}

#[test]
fn a_moment_outside_the_calendar_is_an_error_that_names_date_and_files() {
    let table = kom();
    let error = table
        .roll(at("2028-02-01 09:00:00"))
        .expect_err("not covered");
    assert_eq!(
        error.to_string(),
        "H 2028-02-01 lies outside the years 2014-2027 that the calendar standards/calendar/nasional.toml, standards/calendar/nasional.csv covers: add the year to the calendar or choose another date"
    );
    // The last working day of 2027 after closing: the next one would lie in 2028.
    let error = table
        .roll(at("2027-12-31 11:00:00"))
        .expect_err("the year ends");
    assert_eq!(error.date.to_string(), "2028-01-01");
    assert!(table.roll(at("2013-12-31 09:00:00")).is_err());
    assert_eq!(table.workday(day("2028-01-01")), None);
    assert_eq!(table.workday(day("2013-12-31")), None);
}

#[test]
fn index_and_next_working_day_agree_on_every_day() {
    let table = kom();
    let mut next = None;
    for d in (day("2014-01-01")..=day("2027-12-31")).rev() {
        if table.is_working(d) {
            next = Some(d);
        }
        assert_eq!(table.workday(d), next);
        assert_eq!(
            table.idx(d) - table.idx(d - 1),
            u32::from(table.is_working(d))
        );
        assert_eq!(table.next_workday(d - 1), next);
    }
}

/// Monday to Friday with a lunch break.
fn with_lunch() -> WeekHours {
    let mut week = WeekHours::default();
    for day in &mut week.days[..5] {
        for (open, close) in [(8, 12), (13, 16)] {
            day.push(Interval {
                open: open * 3_600,
                close: close * 3_600,
            });
        }
    }
    week
}

#[test]
fn a_lunch_break_is_no_service_time() {
    let table = DayTable::working(&calendar(), &with_lunch());
    let hours = |from, to| table.service_seconds(at(from), at(to)) / HOUR;
    assert_eq!(hours("2026-06-08 08:00:00", "2026-06-08 16:00:00"), 7);
    assert_eq!(hours("2026-06-08 11:00:00", "2026-06-08 14:00:00"), 2);
    assert_eq!(hours("2026-06-08 12:00:00", "2026-06-08 13:00:00"), 0);
    let monday = day("2026-06-08");
    assert_eq!(
        (table.opening(monday), table.closing(monday)),
        (Some(28_800), Some(57_600))
    );
    assert_eq!(table.roll(at("2026-06-08 12:30:00")), Ok(monday));
}

#[test]
fn service_seconds_agree_with_counting_every_second() {
    let table = DayTable::working(&calendar(), &with_lunch());
    let first = i64::from(day("2026-05-12")) * DAY_SECONDS;
    let mut counted = vec![0_i64];
    for second in first..first + 9 * DAY_SECONDS {
        let of_day = second.rem_euclid(DAY_SECONDS) as u32;
        let hours = table.intervals(second.div_euclid(DAY_SECONDS) as i32);
        let served = hours.iter().any(|i| i.open <= of_day && of_day < i.close);
        counted.push(counted[counted.len() - 1] + i64::from(served));
    }
    for a in (0..counted.len()).step_by(1_571) {
        for b in (a..counted.len()).step_by(1_789) {
            let fast = table.service_seconds_local(first + a as i64, first + b as i64);
            assert_eq!(fast, counted[b] - counted[a], "{a} to {b}");
        }
    }
}

#[test]
fn calendar_days_count_every_date_and_every_hour() {
    let table = DayTable::every_date(&calendar());
    assert_eq!(
        table.idx(day("2026-06-15")) - table.idx(day("2026-06-01")),
        14
    );
    assert_eq!(table.roll(at("2026-06-07 23:59:59")), Ok(day("2026-06-07")));
    let seconds = table.service_seconds(at("2026-06-05 18:00:00"), at("2026-06-08 18:00:00"));
    assert_eq!(seconds, 72 * HOUR);
}
