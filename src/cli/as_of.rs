//! `--as-of`: the moment a run knows. The only place that asks what time it is.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::Failure;
use crate::instant::Instant;
use crate::period::Period;

/// The `as_of` of a run for `period`: the one given, else the instant the period ended, else now (scoring.md, section 3).
///
/// # Errors
/// A text that is no date or instant.
pub fn for_period(given: Option<&str>, period: Period, zone: Tz) -> Result<Instant, Failure> {
    match given {
        Some(text) => read(text, zone),
        None => Ok(now(zone).min(Instant::start_of_day(period.end(), zone))),
    }
}

/// Refuses an `as_of` before the period begins: nothing of it can be known yet.
///
/// # Errors
/// Such an `as_of`.
pub fn begun(period: Period, as_of: Instant, zone: Tz) -> Result<(), Failure> {
    if as_of >= Instant::start_of_day(period.first(), zone) {
        return Ok(());
    }
    Err(Failure::usage_sentence(format!(
        "as_of is {}, before {period} begins: choose a period that has begun, or a later --as-of",
        as_of.to_iso()
    )))
}

/// The `as_of` of a command without a period: the one given, else now.
///
/// # Errors
/// A text that is no date or instant.
pub fn or_now(given: Option<&str>, zone: Tz) -> Result<Instant, Failure> {
    given.map_or_else(|| Ok(now(zone)), |text| read(text, zone))
}

/// What time it is.
pub fn now(zone: Tz) -> Instant {
    Instant::from_utc_seconds(Utc::now().timestamp(), zone)
}

/// Reads a date (its 0.00), a local date and time, or an instant with offset.
fn read(text: &str, zone: Tz) -> Result<Instant, Failure> {
    let wrong = || {
        Failure::usage_sentence(format!(
            "--as-of is `{text}`: write a date such as 2026-07-01 (its 0.00), a local time such as 2026-07-01T08:00, or an instant with offset such as 2026-07-01T08:00:00+08:00"
        ))
    };
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Ok(Instant::from_utc_seconds(instant.timestamp(), zone));
    }
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Ok(Instant::start_of_day(date, zone));
    }
    let local = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .ok_or_else(wrong)?;
    if local.time() == NaiveTime::MIN {
        return Ok(Instant::start_of_day(local.date(), zone));
    }
    let instant = zone
        .from_local_datetime(&local)
        .earliest()
        .ok_or_else(wrong)?;
    Ok(Instant::from_utc_seconds(instant.timestamp(), zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Asia::Makassar;

    #[test]
    fn dates_local_times_and_instants_are_read() {
        for (text, iso) in [
            ("2026-07-01", "2026-07-01T00:00:00+08:00"),
            ("2026-07-01T00:00", "2026-07-01T00:00:00+08:00"),
            ("2026-07-01T08:30", "2026-07-01T08:30:00+08:00"),
            ("2026-07-01 08:30", "2026-07-01T08:30:00+08:00"),
            ("2026-07-01T08:30:15", "2026-07-01T08:30:15+08:00"),
            ("2026-07-01T00:30:00Z", "2026-07-01T08:30:00+08:00"),
        ] {
            assert_eq!(read(text, Makassar).unwrap().to_iso(), iso, "{text}");
        }
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "2026-02-31",
            "1 Juli 2026",
            "2026-07",
            "2026-07-01T25:00",
            "01/07/2026",
        ] {
            assert!(read(text, Makassar).is_err(), "{text}");
        }
    }

    #[test]
    fn a_past_period_is_seen_as_it_ended() {
        let june = Period::Month {
            year: 2020,
            month: 6,
        };
        let seen = for_period(None, june, Makassar).unwrap();
        assert_eq!(seen.to_iso(), "2020-07-01T00:00:00+08:00");
        let later = for_period(Some("2020-09-01"), june, Makassar).unwrap();
        assert_eq!(later.to_iso(), "2020-09-01T00:00:00+08:00");
        let future = Period::Year { year: 2190 };
        assert!(for_period(None, future, Makassar).unwrap().date() < future.first());
    }
}
