//! Scales, their units and ticks.

use crate::format;

/// Maps a range of values to a range of pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    pub from: (f64, f64),
    pub to: (f64, f64),
}

impl Linear {
    /// The pixel of `value`; the middle where the range of values is empty.
    pub fn at(&self, value: f64) -> f64 {
        let span = self.from.1 - self.from.0;
        if span == 0.0 {
            return (self.to.0 + self.to.1) / 2.0;
        }
        self.to.0 + (value - self.from.0) / span * (self.to.1 - self.to.0)
    }

    /// Values at multiples of `step` within the range, ascending.
    pub fn ticks(&self, step: f64) -> Vec<f64> {
        let first = (self.from.0 / step).ceil() as i64;
        let last = (self.from.1 / step).floor() as i64;
        (first..=last).map(|k| k as f64 * step).collect()
    }
}

/// What the values of an axis are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unit {
    #[default]
    Percent,
    /// Working hours.
    Hours,
    /// Working days.
    Days,
}

impl Unit {
    /// `81,4 %`, `12,5 jam`, `9,0 hari`: one decimal.
    pub fn value(self, value: f64) -> String {
        self.with_places(value, 1)
    }

    /// As [`Unit::value`] with the given number of decimals.
    pub fn with_places(self, value: f64, places: usize) -> String {
        if !value.is_finite() {
            return format::NONE.to_owned();
        }
        let number = format::decimal(value, places);
        match self {
            Unit::Percent => format!("{number} %"),
            Unit::Hours => format!("{number} jam"),
            Unit::Days => format!("{number} hari"),
        }
    }
}

/// A step of 1, 2 or 5 times a power of ten that parts `span` into about `count` steps.
pub fn nice_step(span: f64, count: f64) -> f64 {
    let rough = span / count.max(1.0);
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(rough.log10().floor());
    let of = |factor: f64| factor * power;
    let steps = [of(1.0), of(2.0), of(5.0)];
    steps
        .into_iter()
        .find(|s| *s >= rough * 0.999)
        .unwrap_or(of(10.0))
}

/// A coordinate as SVG writes it, one decimal: stable bytes.
pub fn px(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_lands_where_its_share_of_the_range_says() {
        let scale = Linear {
            from: (40.0, 100.0),
            to: (300.0, 0.0),
        };
        assert_eq!(scale.at(40.0), 300.0);
        assert_eq!(scale.at(100.0), 0.0);
        assert_eq!(scale.at(70.0), 150.0);
        assert_eq!(scale.ticks(20.0), [40.0, 60.0, 80.0, 100.0]);
    }

    #[test]
    fn steps_are_ones_twos_and_fives() {
        assert_eq!(nice_step(100.0, 4.0), 50.0);
        assert_eq!(nice_step(7.0, 4.0), 2.0);
        assert_eq!(nice_step(4.0, 4.0), 1.0);
        assert_eq!(nice_step(0.0, 4.0), 1.0);
        assert_eq!(nice_step(f64::NAN, 4.0), 1.0);
    }

    #[test]
    fn what_is_no_number_prints_as_none() {
        assert_eq!(Unit::Hours.value(12.46), "12,5 jam");
        assert_eq!(Unit::Percent.value(f64::NAN), format::NONE);
    }
}
