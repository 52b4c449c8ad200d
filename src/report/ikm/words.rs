//! Words of the report that page and card share: dimensions of respondents, what an interval carries.

use num_rational::BigRational;
use num_traits::ToPrimitive;

use crate::format;

/// Value of a dimension where nothing is recorded.
pub const UNRECORDED: &str = "NA";

/// Heading of a dimension of respondents.
pub fn dimension(code: &str) -> &str {
    match code {
        "sex" => "Jenis kelamin",
        "age" => "Kelompok umur",
        "education" => "Pendidikan",
        "occupation" => "Pekerjaan",
        "hour_band" => "Jam pengisian",
        "channel" => "Saluran berkas",
        "service" => "Layanan",
        other => other,
    }
}

/// A value of a dimension as people say it.
pub fn value(dimension: &str, value: &str) -> String {
    match (dimension, value) {
        ("channel", UNRECORDED) => "Tidak tercatat".to_owned(),
        (_, UNRECORDED) => "Tidak diisi".to_owned(),
        ("sex", "L") => "Laki-laki".to_owned(),
        ("sex", "P") => "Perempuan".to_owned(),
        ("hour_band", "08-12") => "08.00–12.00".to_owned(),
        ("hour_band", "13-17") => "13.00–17.00".to_owned(),
        ("age", band) => age(band),
        ("education", level) => level.replace('-', "–"),
        (_, other) => other.to_owned(),
    }
}

/// `<20`, `20-29`, `60+` in words.
fn age(band: &str) -> String {
    match (band.strip_prefix('<'), band.strip_suffix('+')) {
        (Some(from), _) => format!("di bawah {from} tahun"),
        (None, Some(from)) => format!("{from} tahun ke atas"),
        (None, None) => format!("{} tahun", band.replace('-', "–")),
    }
}

/// What a 95 % interval of a difference carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    Higher,
    Lower,
    /// Zero lies within it: neither a difference nor its absence is shown.
    Undecided,
    /// There is no interval.
    Unknown,
}

/// What the bounds of a difference carry.
pub fn carried(bounds: Option<(f64, f64)>) -> Carried {
    match bounds {
        Some((low, _)) if low > 0.0 => Carried::Higher,
        Some((_, high)) if high < 0.0 => Carried::Lower,
        Some(_) => Carried::Undecided,
        None => Carried::Unknown,
    }
}

/// "1/9 (0,1111)": a weight, exactly and to four decimals.
pub fn weight(weight: &BigRational) -> String {
    let decimal = weight.to_f64().map(|w| format::decimal(w, 4));
    match decimal {
        Some(decimal) if !weight.is_integer() => format!("{weight} ({decimal})"),
        _ => weight.to_string(),
    }
}

/// "a, b, dan c".
pub fn listed<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [one, two] => format!("{} dan {}", one.as_ref(), two.as_ref()),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{}, dan {}", rest.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_carries_a_difference_only_without_zero() {
        assert_eq!(carried(Some((0.1, 0.4))), Carried::Higher);
        assert_eq!(carried(Some((-0.4, -0.1))), Carried::Lower);
        assert_eq!(carried(Some((-0.4, 0.0))), Carried::Undecided);
        assert_eq!(carried(Some((0.0, 0.0))), Carried::Undecided);
        assert_eq!(carried(None), Carried::Unknown);
    }

    #[test]
    fn a_weight_is_said_exactly() {
        let of = |a: i64, b: i64| weight(&BigRational::new(a.into(), b.into()));
        assert_eq!(of(1, 9), "1/9 (0,1111)");
        assert_eq!(of(1, 1), "1");
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b"]), "a dan b");
        assert_eq!(listed(&["a", "b", "c"]), "a, b, dan c");
    }

    #[test]
    fn codes_of_respondents_have_words() {
        assert_eq!(value("sex", "NA"), "Tidak diisi");
        assert_eq!(value("sex", "P"), "Perempuan");
        assert_eq!(value("age", "17-25"), "17–25 tahun");
        assert_eq!(value("age", "<20"), "di bawah 20 tahun");
        assert_eq!(value("age", "60+"), "60 tahun ke atas");
        assert_eq!(value("channel", "NA"), "Tidak tercatat");
        assert_eq!(value("education", "D1-D3"), "D1–D3");
        assert_eq!(value("occupation", "PNS"), "PNS");
    }
}
