//! Indonesian formats: numbers, percentages, dates and durations as every page and sheet prints them.
//!
//! In: integers, exact pairs of numerator and denominator, dates, instants. Out: text. Rounding to a printed digit happens
//! here and nowhere else; nothing here looks up a figure or decides whether one is withheld.

use chrono::{Datelike, NaiveDate};
use num_rational::BigRational;

use crate::instant::{Day, Instant, date_of};
use crate::period::Period;

/// What is printed where there is no figure.
pub const NONE: &str = "–";

/// The minus sign of print (U+2212), not a hyphen.
pub const MINUS: char = '−';

/// Months, January first.
pub const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// Months in three letters, as official calendars shorten them.
pub const MONTHS_SHORT: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
];

/// Weekdays, Monday first.
pub const WEEKDAYS: [&str; 7] = [
    "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu",
];

/// `1.234`, `−7`: digits in groups of three, divided by a point.
pub fn integer(value: i64) -> String {
    let digits = grouped(&value.unsigned_abs().to_string());
    match value < 0 {
        true => format!("{MINUS}{digits}"),
        false => digits,
    }
}

/// A count: as [`integer`].
pub fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// `1.234,5`: with the given number of decimals; a value that rounds to zero has no sign. [`NONE`] for what is no number.
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let text = format!("{:.places$}", value.abs());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let zero = text.bytes().all(|b| b == b'0' || b == b'.');
    let sign = if value < 0.0 && !zero { "−" } else { "" };
    let comma = if part.is_empty() { "" } else { "," };
    format!("{sign}{}{comma}{part}", grouped(whole))
}

/// `87,28`: an exact number with the given number of decimals, half away from zero; a value that rounds to zero has no sign.
pub fn exact(value: &BigRational, places: u32) -> String {
    let text = crate::exact::decimal(value, places);
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = whole.trim_start_matches('-');
    let zero = text.bytes().all(|b| matches!(b, b'0' | b'.' | b'-'));
    let sign = if whole.len() > digits.len() && !zero {
        "−"
    } else {
        ""
    };
    let comma = if part.is_empty() { "" } else { "," };
    format!("{sign}{}{comma}{part}", grouped(digits))
}

/// `+0,31`, `−0,40`, `0,00`: an exact difference of two means.
pub fn exact_signed(difference: &BigRational) -> String {
    let text = exact(difference, 2);
    match text == "0,00" || text.starts_with(MINUS) {
        true => text,
        false => format!("+{text}"),
    }
}

/// `+0,71 poin`, `−0,40 poin`, `0,00 poin`: an exact difference of two indices.
pub fn exact_points(difference: &BigRational) -> String {
    format!("{} poin", exact_signed(difference))
}

/// `87,5 %`: one decimal, half up, from the exact fraction; [`NONE`] where the denominator is not positive.
pub fn percent(numerator: i64, denominator: i64) -> String {
    match tenths(i128::from(numerator) * 100, i128::from(denominator)) {
        Some(t) => format!("{} %", from_tenths(t)),
        None => NONE.to_owned(),
    }
}

/// `87,5 %` from a percentage that is no fraction of counts (a bound of an interval, a mean).
pub fn percent_value(percentage: f64) -> String {
    match percentage.is_finite() {
        true => format!("{} %", decimal(percentage, 1)),
        false => NONE.to_owned(),
    }
}

/// `+2,1 poin`, `−0,4 poin`, `0,0 poin`: the difference `now - then` of two shares, each (numerator, denominator), rounded
/// half away from zero once, from the exact fraction. [`NONE`] where a denominator is not positive.
pub fn points_between(now: (i64, i64), then: (i64, i64)) -> String {
    if now.1 <= 0 || then.1 <= 0 {
        return NONE.to_owned();
    }
    let [a, b, c, d] = [now.0, now.1, then.0, then.1].map(i128::from);
    match tenths(((a * d) - (c * b)).abs() * 100, b * d) {
        Some(0) => "0,0 poin".to_owned(),
        Some(t) if a * d > c * b => format!("+{} poin", from_tenths(t)),
        Some(t) => format!("{MINUS}{} poin", from_tenths(t)),
        None => NONE.to_owned(),
    }
}

/// `+2,1 poin` from a difference in percentage points.
pub fn points(difference: f64) -> String {
    let text = decimal(difference, 1);
    match difference.is_finite() {
        false => NONE.to_owned(),
        true if difference > 0.0 && text != "0,0" => format!("+{text} poin"),
        true => format!("{text} poin"),
    }
}

/// `ditahan (n = 7)`: a share that is withheld because n is below the office's least n.
pub fn withheld(n: u64) -> String {
    format!("ditahan (n = {})", count(n))
}

/// `30 Juni 2026`.
pub fn date(date: NaiveDate) -> String {
    let month = MONTHS[date.month0() as usize];
    format!("{} {month} {}", date.day(), date.year())
}

/// `30 Jun 2026`.
pub fn date_short(date: NaiveDate) -> String {
    let month = MONTHS_SHORT[date.month0() as usize];
    format!("{} {month} {}", date.day(), date.year())
}

/// `Selasa, 30 Juni 2026`.
pub fn date_long(day: NaiveDate) -> String {
    format!("{}, {}", weekday(day), date(day))
}

/// `30 Jun 2026` of a day number.
pub fn day_short(day: Day) -> String {
    date_short(date_of(day))
}

/// `Selasa`.
pub fn weekday(date: NaiveDate) -> &'static str {
    WEEKDAYS[date.weekday().num_days_from_monday() as usize]
}

/// `14.05`.
pub fn clock_time(t: Instant) -> String {
    let minutes = t.second_of_day() / 60;
    format!("{:02}.{:02}", minutes / 60, minutes % 60)
}

/// `30 Juni 2026 pukul 14.05 WITA`; `zone_label` as the office writes it.
pub fn date_time(t: Instant, zone_label: &str) -> String {
    format!("{} pukul {} {zone_label}", date(t.date()), clock_time(t))
}

/// `30 Juni 2026 pukul 14.05.09`: to the second, for findings.
pub fn date_time_exact(t: Instant) -> String {
    let seconds = t.second_of_day() % 60;
    format!("{} pukul {}.{seconds:02}", date(t.date()), clock_time(t))
}

/// `30 Jun 2026 14.05`, for lists.
pub fn date_time_short(t: Instant) -> String {
    format!("{} {}", date_short(t.date()), clock_time(t))
}

/// `Juni 2026`, `Semester I Tahun 2026`, `Tahun 2026`.
pub fn period(period: Period) -> String {
    match period {
        Period::Month { year, month } => {
            format!("{} {year}", MONTHS[(month as usize - 1).min(11)])
        }
        Period::Semester { year, half: 1 } => format!("Semester I Tahun {year}"),
        Period::Semester { year, .. } => format!("Semester II Tahun {year}"),
        Period::Year { year } => format!("Tahun {year}"),
    }
}

/// `Jun 26`, for the axis of a chart; other periods by their code.
pub fn period_short(period: Period) -> String {
    match period {
        Period::Month { year, month } => {
            let name = MONTHS_SHORT[(month as usize - 1).min(11)];
            format!("{name} {:02}", year.rem_euclid(100))
        }
        other => other.to_string(),
    }
}

/// `12 jam 30 menit`: service seconds cut to the minute; under a minute `45 detik`.
pub fn duration(seconds: i64) -> String {
    let sign = if seconds < 0 { "−" } else { "" };
    let total = seconds.unsigned_abs();
    let (hours, minutes) = (total / 3600, total / 60 % 60);
    let text = match (hours, minutes) {
        (0, 0) => format!("{} detik", total % 60),
        (0, m) => format!("{m} menit"),
        (h, 0) => format!("{} jam", count(h)),
        (h, m) => format!("{} jam {m} menit", count(h)),
    };
    format!("{sign}{text}")
}

/// `15 menit 1 detik`: service seconds whole, for a verdict that goes by the second.
pub fn duration_exact(seconds: i64) -> String {
    let rest = seconds.rem_euclid(60);
    match (seconds < 60, rest) {
        (true, _) => format!("{seconds} detik"),
        (false, 0) => duration(seconds),
        (false, _) => format!("{} {rest} detik", duration(seconds)),
    }
}

/// `12,5 jam`: seconds as hours with one decimal, half up.
pub fn hours(seconds: i64) -> String {
    match tenths(i128::from(seconds.unsigned_abs()), 3600) {
        Some(t) if seconds < 0 && t > 0 => format!("{MINUS}{} jam", from_tenths(t)),
        Some(t) => format!("{} jam", from_tenths(t)),
        None => NONE.to_owned(),
    }
}

/// `15:01`: minutes and seconds.
pub fn minutes_seconds(seconds: i64) -> String {
    let sign = if seconds < 0 { "−" } else { "" };
    let total = seconds.unsigned_abs();
    format!("{sign}{}:{:02}", count(total / 60), total % 60)
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    out
}

/// Tenths of `numerator / denominator`, half up; None where the denominator is not positive.
fn tenths(numerator: i128, denominator: i128) -> Option<i64> {
    if denominator <= 0 {
        return None;
    }
    let doubled = 2 * (numerator * 10) + denominator;
    i64::try_from(doubled.div_euclid(2 * denominator)).ok()
}

fn from_tenths(t: i64) -> String {
    let sign = if t < 0 { "−" } else { "" };
    let t = t.unsigned_abs();
    format!("{sign}{},{}", count(t / 10), t % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_numbers_are_rounded_once_half_away_from_zero() {
        let of = |text: &str| crate::exact::parse(text).expect("a number");
        assert_eq!(exact(&of("76.605"), 2), "76,61");
        assert_eq!(exact(&of("1/9"), 4), "0,1111");
        assert_eq!(exact(&of("1234.5"), 0), "1.235");
        assert_eq!(exact(&-of("0.005"), 2), "−0,01");
        assert_eq!(exact(&-of("0.004"), 2), "0,00");
        for (text, printed) in [("0.705", "+0,71 poin"), ("0.004", "0,00 poin")] {
            assert_eq!(exact_points(&of(text)), printed);
        }
        assert_eq!(exact_signed(&of("1/3")), "+0,33");
        assert_eq!(exact_points(&-of("0.395")), "−0,40 poin");
        assert_eq!(exact_points(&-of("0.001")), "0,00 poin");
    }

    fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a date")
    }

    #[test]
    fn numbers_have_points_between_thousands_and_a_decimal_comma() {
        assert_eq!(integer(1234), "1.234");
        assert_eq!(integer(-1_234_567), "−1.234.567");
        assert_eq!(integer(i64::MIN), "−9.223.372.036.854.775.808");
        assert_eq!(count(999), "999");
        assert_eq!(decimal(1234.5, 1), "1.234,5");
        assert_eq!(decimal(-0.04, 1), "0,0");
        assert_eq!(decimal(-2.0, 0), "−2");
        assert_eq!(decimal(f64::NAN, 1), NONE);
    }

    #[test]
    fn percentages_round_half_up_from_the_exact_fraction() {
        assert_eq!(percent(7, 8), "87,5 %");
        assert_eq!(percent(1, 3), "33,3 %");
        assert_eq!(percent(2, 3), "66,7 %");
        // 0.05 % lies exactly between two printed digits.
        assert_eq!(percent(1, 2000), "0,1 %");
        assert_eq!(percent(999, 2000), "50,0 %");
        assert_eq!(percent(1999, 2000), "100,0 %");
        assert_eq!(percent(0, 5), "0,0 %");
        assert_eq!(percent(5, 0), NONE);
        assert_eq!(percent_value(81.44), "81,4 %");
    }

    #[test]
    fn points_carry_their_sign() {
        assert_eq!(points_between((9, 10), (7, 8)), "+2,5 poin");
        assert_eq!(points_between((7, 8), (9, 10)), "−2,5 poin");
        assert_eq!(points_between((1, 2), (2, 4)), "0,0 poin");
        assert_eq!(points_between((1, 2000), (0, 5)), "+0,1 poin");
        assert_eq!(points_between((1, 2), (0, 0)), NONE);
        assert_eq!(points(2.1), "+2,1 poin");
        assert_eq!(points(-0.44), "−0,4 poin");
        assert_eq!(points(0.01), "0,0 poin");
    }

    #[test]
    fn dates_and_periods_are_written_out() {
        let day = ymd(2026, 6, 30);
        assert_eq!(date(day), "30 Juni 2026");
        assert_eq!(date_short(ymd(2026, 8, 1)), "1 Agu 2026");
        assert_eq!(date_long(day), "Selasa, 30 Juni 2026");
        let t = Instant::from_utc_seconds(1_782_799_500, chrono_tz::Asia::Makassar);
        assert_eq!(date_time(t, "WITA"), "30 Juni 2026 pukul 14.05 WITA");
        assert_eq!(date_time_short(t), "30 Jun 2026 14.05");
        let month: Period = "2026-06".parse().expect("a month");
        assert_eq!(period(month), "Juni 2026");
        assert_eq!(period_short(month), "Jun 26");
        let half = |w: &str| period(w.parse().expect("a period"));
        assert_eq!(half("2026-S1"), "Semester I Tahun 2026");
        assert_eq!(half("2026-S2"), "Semester II Tahun 2026");
        assert_eq!(half("2026"), "Tahun 2026");
    }

    #[test]
    fn durations_are_hours_minutes_or_minutes_seconds() {
        assert_eq!(duration(45_000), "12 jam 30 menit");
        assert_eq!(duration(7_200), "2 jam");
        assert_eq!(duration(59), "59 detik");
        assert_eq!(duration(60), "1 menit");
        assert_eq!(hours(45_000), "12,5 jam");
        assert_eq!(hours(180), "0,1 jam");
        assert_eq!(minutes_seconds(901), "15:01");
        assert_eq!(withheld(7), "ditahan (n = 7)");
    }
}
