//! Exact numbers: fractions and decimals as people write them, and their one rounding.
//!
//! In: texts, fractions. Out: fractions, and text in the way of messages (a decimal point). How a report prints them stands in
//! `format.rs`. Nothing here knows what a number means.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// More digits than any weight or index has; beyond them a text is a mistake.
const MOST_DIGITS: usize = 30;

/// Reads `1/9`, `0.071`, `0,071` or `3` exactly; None for anything else, a sign too.
pub fn parse(text: &str) -> Option<BigRational> {
    let text = text.trim();
    match text.split_once('/') {
        Some((above, below)) => {
            let (above, below) = (whole(above.trim())?, whole(below.trim())?);
            (!below.is_zero()).then(|| BigRational::new(above, below))
        }
        None => decimal_text(text),
    }
}

/// Decimals written in a text that [`parse`] reads: 3 for `76,475`, 0 for `1/9`.
pub fn places_written(text: &str) -> u32 {
    let after = text.trim().split_once(['.', ',']).map_or("", |(_, p)| p);
    u32::try_from(after.len()).unwrap_or(0)
}

/// The value in units of its last place: 8728 for 87.2777... to 2 places. Half away from zero.
pub fn rounded(value: &BigRational, places: u32) -> BigInt {
    let scaled = value.abs() * BigRational::from(power(places));
    let half = BigRational::new(BigInt::one(), BigInt::from(2));
    let units = (scaled + half).floor().to_integer();
    match value.is_negative() {
        true => -units,
        false => units,
    }
}

/// The value rounded to hundredths, as bands are written; None beyond what an index can be.
pub fn hundredths(value: &BigRational) -> Option<i64> {
    rounded(value, 2).to_i64()
}

/// The value rounded once, still a fraction.
pub fn round_to(value: &BigRational, places: u32) -> BigRational {
    BigRational::new(rounded(value, places), power(places))
}

/// The nearest number a computer counts with.
pub fn to_f64(value: &BigRational) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

/// A fraction from whole numbers; zero where `below` is zero.
pub fn ratio(above: i64, below: i64) -> BigRational {
    match below {
        0 => BigRational::zero(),
        below => BigRational::new(BigInt::from(above), BigInt::from(below)),
    }
}

/// `99/100 (0.99)`, `10/9 (about 1.1111)`, `1`: for messages.
pub fn said(value: &BigRational) -> String {
    if value.is_integer() {
        return value.to_integer().to_string();
    }
    let exact = (1..=6).find(|p| round_to(value, *p) == *value);
    let (about, places) = exact.map_or(("about ", 4), |p| ("", p));
    format!("{value} ({about}{})", decimal(value, places))
}

/// `87.28`: with the given number of places and a decimal point, for messages.
pub fn decimal(value: &BigRational, places: u32) -> String {
    let units = rounded(value, places);
    let digits = units.abs().to_string();
    let width = places as usize + 1;
    let digits = format!("{digits:0>width$}");
    let (above, below) = digits.split_at(digits.len() - places as usize);
    let sign = if units.is_negative() { "-" } else { "" };
    let point = if below.is_empty() { "" } else { "." };
    format!("{sign}{above}{point}{below}")
}

fn decimal_text(text: &str) -> Option<BigRational> {
    let (above, below) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if below.is_empty() && text.contains(['.', ',']) {
        return None;
    }
    if below.is_empty() {
        return whole(above).map(BigRational::from);
    }
    whole(above)?;
    whole(below)?;
    let digits = whole(&format!("{above}{below}"))?;
    let places = u32::try_from(below.len()).ok()?;
    Some(BigRational::new(digits, power(places)))
}

fn whole(text: &str) -> Option<BigInt> {
    let plain = (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn power(places: u32) -> BigInt {
    BigInt::from(10).pow(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> BigRational {
        parse(text).expect(text)
    }

    #[test]
    fn fractions_and_decimals_are_read_exactly_with_point_or_comma() {
        assert_eq!(of("1/9") * BigRational::from(BigInt::from(9)), of("1"));
        assert_eq!(of("0.071"), of("71/1000"));
        assert_eq!(of("76,475"), of("76475/1000"));
        for wrong in [
            "", "-1", "+1", "1.", ".5", "1/0", "1/", "/9", "1e3", "1.2.3", "1 / x", "satu", "٣",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert_eq!(parse(&"9".repeat(31)), None);
    }

    #[test]
    fn halves_go_away_from_zero_and_the_rest_to_the_nearest() {
        for (text, places, wanted) in [
            ("64.994", 2, 6499),
            ("64.995", 2, 6500),
            ("2/3", 2, 67),
            ("0.0049999", 2, 0),
            ("5/2", 0, 3),
        ] {
            let value = of(text);
            assert_eq!(rounded(&value, places), BigInt::from(wanted), "{text}");
            assert_eq!(rounded(&-value, places), BigInt::from(-wanted), "-{text}");
        }
    }

    #[test]
    fn messages_say_fraction_and_decimal() {
        assert_eq!(said(&of("99/100")), "99/100 (0.99)");
        assert_eq!(said(&of("10/9")), "10/9 (about 1.1111)");
        assert_eq!(said(&of("3/3")), "1");
        assert_eq!(decimal(&-of("0.071"), 3), "-0.071");
        assert_eq!(decimal(&of("12"), 0), "12");
        assert_eq!(
            (
                places_written("76,475"),
                places_written("1/9"),
                places_written("3")
            ),
            (3, 0, 0)
        );
    }
}
