//! Dates and instants in formal Indonesian, for messages of findings.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

const MONTHS: [&str; 12] = [
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

/// "30 Juni 2026".
pub(crate) fn date_words(date: NaiveDate) -> String {
    format!(
        "{} {} {}",
        date.day(),
        MONTHS[date.month0() as usize],
        date.year()
    )
}

/// "30 Juni 2026 pukul 08.15.00", on the office's wall clock; cut to the second.
pub(crate) fn instant_words(utc_micros: i64, zone: Tz) -> String {
    match DateTime::<Utc>::from_timestamp(utc_micros.div_euclid(1_000_000), 0) {
        Some(utc) => {
            let local = utc.with_timezone(&zone);
            format!(
                "{} pukul {}",
                date_words(local.date_naive()),
                local.format("%H.%M.%S")
            )
        }
        None => format!("{utc_micros} mikrodetik sejak 1 Januari 1970"),
    }
}

/// 1234567 as "1.234.567".
pub(crate) fn count_words(count: u64) -> String {
    let digits = count.to_string();
    let mut words = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push('.');
        }
        words.push(digit);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_times_and_counts_read_as_indonesian() {
        let zone = chrono_tz::Asia::Makassar;
        assert_eq!(
            instant_words(1_782_778_500_999_999, zone),
            "30 Juni 2026 pukul 08.15.00"
        );
        assert_eq!(count_words(1_234_567), "1.234.567");
        assert_eq!(count_words(999), "999");
        assert!(instant_words(i64::MAX, zone).contains("mikrodetik"));
    }
}
