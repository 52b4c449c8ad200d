//! Which hours a date has: an opening wins over a holiday, a holiday over special hours, those over the week.

use chrono::NaiveDate;
use chrono_tz::Asia::Makassar;
use tepat::standard::Calendar;
use tepat::standard::calendar::{DayReason, HolidayKind, Interval, WeekHours};
use tepat::standard::load::{StandardFiles, load_calendar};

use super::{CALENDAR, SOP, change, load};

fn calendar(text: &str, joint_leave_works: bool) -> Calendar {
    let files = StandardFiles::shipped().with("standards/calendar/uji.toml", text);
    load_calendar("uji", &files, Makassar, joint_leave_works).expect("sound")
}

fn hours(open: u32, close: u32) -> Vec<Interval> {
    vec![Interval {
        open: open * 3_600,
        close: close * 3_600,
    }]
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Monday to Friday 08.00-16.00.
fn week() -> WeekHours {
    let mut week = WeekHours::default();
    for day in &mut week.days[..5] {
        *day = hours(8, 16);
    }
    week
}

#[test]
fn what_a_date_has() {
    let closure_in_ramadan =
        "[[closure]]\ndate = 2020-04-06\nname = \"Banjir\"\nbasis = \"b\"\n\n[[opening]]";
    let calendar = calendar(&change(CALENDAR, "[[opening]]", closure_in_ramadan), false);
    for (date, expected, why) in [
        ("2020-01-02", hours(8, 16), "an ordinary Thursday"),
        ("2020-01-04", Vec::new(), "a Saturday"),
        ("2020-01-01", hours(8, 12), "a holiday declared open"),
        ("2020-03-02", Vec::new(), "a regional closure"),
        (
            "2020-03-30",
            hours(8, 16),
            "the Monday before the special hours",
        ),
        ("2020-04-13", hours(9, 14), "a Monday with special hours"),
        (
            "2020-04-14",
            Vec::new(),
            "a Tuesday the special hours do not name",
        ),
        (
            "2020-04-06",
            Vec::new(),
            "a closure within the special hours",
        ),
        (
            "2020-05-04",
            hours(8, 16),
            "the Monday after the special hours",
        ),
    ] {
        assert_eq!(
            calendar.hours_on(day(date), &week()),
            expected,
            "{date}: {why}"
        );
    }
    let reason = |date| calendar.reason(day(date), true);
    assert_eq!(
        reason("2020-01-01"),
        DayReason::Opened("Keputusan 7".into())
    );
    assert_eq!(
        reason("2020-03-02"),
        DayReason::Holiday(HolidayKind::Regional, "Hari jadi".into())
    );
    assert_eq!(reason("2020-01-02"), DayReason::Working);
    assert_eq!(
        calendar.reason(day("2020-01-04"), false),
        DayReason::Weekend
    );
}

#[test]
fn joint_leave_works_only_where_the_setting_says_so() {
    let joint = change(
        CALENDAR,
        "kind = \"libur_nasional\"",
        "kind = \"cuti_bersama\"",
    );
    let joint = change(
        &joint,
        "[[holiday]]\ndate = 2020-01-01",
        "[[holiday]]\ndate = 2020-01-02",
    );
    let date = day("2020-01-02");
    assert!(calendar(&joint, false).hours_on(date, &week()).is_empty());
    assert_eq!(calendar(&joint, true).hours_on(date, &week()), hours(8, 16));
}

#[test]
fn a_decree_moves_a_holiday() {
    let moved = "name = \"uji\"
extends = \"nasional\"
source = \"uji\"
[[cancelled]]
date = 2027-03-10
kind = \"libur_nasional\"
basis = \"keputusan uji\"
[[holiday]]
date = 2027-03-16
kind = \"libur_nasional\"
name = \"Hari Raya Idul Fitri\"
status = \"confirmed\"
basis = \"keputusan uji\"
";
    let calendar = calendar(moved, false);
    assert_eq!(calendar.hours_on(day("2027-03-10"), &week()), hours(8, 16));
    assert!(calendar.hours_on(day("2027-03-16"), &week()).is_empty());
    let name = &calendar.holidays[&day("2027-03-16")][0];
    assert_eq!(
        (name.name.as_str(), name.basis.as_str()),
        ("Hari Raya Idul Fitri", "keputusan uji")
    );
}

#[test]
fn an_office_may_add_years_before_the_national_calendar() {
    let years: String = (2010..2014)
        .map(|y| {
            format!("[[year]]\nyear = {y}\nstatus = \"without_holidays\"\nbasis = \"belum ada\"\n")
        })
        .collect();
    let text = format!("name = \"uji\"\nextends = \"nasional\"\nsource = \"uji\"\n{years}");
    let (first, last) = calendar(&text, false).range();
    assert_eq!((first, last), (day("2010-01-01"), day("2027-12-31")));
}

#[test]
fn back_office_steps_may_have_hours_of_their_own() {
    let own = "[[step_hours]]\nsteps = [2]\nwords = \"w\"\nplace = \"p\"\nweek = { saturday = \"22.00-24.00\" }\n\n[pause_step]";
    let library = load(&[("uji.toml", &change(SOP, "[pause_step]", own))]).expect("sound");
    let standard = &library.services["UJI-01"][0];
    let saturday = tepat::instant::day_of(day("2020-01-04"));
    assert_eq!(standard.hours(2).intervals(saturday), hours(22, 24));
    assert!(standard.hours(1).intervals(saturday).is_empty());
    let monday = tepat::instant::day_of(day("2020-01-06"));
    assert_eq!(
        standard.hours(1).intervals(monday),
        [hours(8, 12), hours(13, 16)].concat()
    );
}

#[test]
fn a_standard_may_start_at_receipt_and_leave_out_what_it_lacks() {
    let bare = change(SOP, "start = 1", "start = \"receipt\"");
    let bare = change(&bare, "[pause_step]\nstep = 3\nreturned_by = 2\n", "");
    let bare = change(&bare, "decides = 4\n", "");
    let bare = change(&bare, "pause = \"exclude\"\n", "");
    let bare = change(
        &bare,
        "stated = 5\nunit = \"working_days\"\nlimit = 4\nreading = \"H adalah hari ke-1\"",
        "stated = 56\nunit = \"calendar_days\"\nlimit = 56",
    );
    let library = load(&[("uji.toml", &bare)]).expect("sound");
    let standard = &library.services["UJI-01"][0];
    assert_eq!(standard.start, tepat::standard::ClockStart::Receipt);
    assert_eq!(
        (
            standard.decides,
            standard.pause_step,
            standard.recommendation
        ),
        (None, None, None)
    );
    assert_eq!(standard.pause, tepat::standard::PauseRule::Exclude);
    assert_eq!(
        (
            standard.total.value,
            standard.total_stated,
            &standard.total_reading
        ),
        (56, 56, &None)
    );
}
