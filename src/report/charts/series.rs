//! A series of values in time order, as the XmR charts draw it.
//!
//! In: plain numbers and labels. Out: the same, with the words that describe the drawing. No figure is computed here.

use super::scale::Unit;
use crate::format;
use crate::measure::overview::{TrendLimits, TrendPoint};

/// One value of a series, or the gap where it would stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Point {
    /// Its period in full: `Juni 2026`.
    pub label: String,
    /// Its period on the axis: `Jun 26`.
    pub short: String,
    /// None, and what is no number, is a gap.
    pub value: Option<f64>,
    /// The value as it is read: `81,4 %`.
    pub printed: String,
    /// What it was computed from.
    pub n: u64,
    /// Signal in words, formal Indonesian, where the point is one.
    pub signal: Option<String>,
}

/// Mean and natural process limits, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    pub mean: f64,
    pub lower: f64,
    pub upper: f64,
}

/// Values in time order, oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    pub points: Vec<Point>,
    pub limits: Option<Limits>,
    pub unit: Unit,
    /// The axis begins here whatever the values are; else below the least of them.
    pub floor: Option<f64>,
    /// The axis ends here whatever the values are; else above the greatest of them.
    pub ceiling: Option<f64>,
}

impl Series {
    /// The monthly trend: shares in percent, which end at 100.
    pub fn trend(points: &[TrendPoint], limits: Option<TrendLimits>) -> Self {
        let point = |p: &TrendPoint| Point {
            label: format::period(p.period),
            short: format::period_short(p.period),
            value: p.value,
            printed: format::percent(p.on_time as i64, p.n as i64),
            n: p.n,
            signal: p.signal.clone(),
        };
        let limits = limits.map(|l| Limits {
            mean: l.mean,
            lower: l.lower,
            upper: l.upper,
        });
        Self {
            points: points.iter().map(point).collect(),
            limits,
            unit: Unit::Percent,
            floor: None,
            ceiling: Some(100.0),
        }
    }

    /// The limits, where they are numbers.
    pub fn shown_limits(&self) -> Option<Limits> {
        let known = |l: &Limits| [l.mean, l.lower, l.upper].iter().all(|v| v.is_finite());
        self.limits.filter(known)
    }

    /// Months that are signals.
    pub fn signals(&self) -> usize {
        self.points.iter().filter(|p| p.signal.is_some()).count()
    }

    /// Months without a point.
    pub fn gaps(&self) -> usize {
        self.points.iter().filter(|p| p.shown().is_none()).count()
    }

    /// The drawing in words, for those who cannot see it.
    pub fn description(&self) -> String {
        let Some((first, last)) = self.points.first().zip(self.points.last()) else {
            return "Belum ada data.".to_owned();
        };
        let mut words = format!(
            "Diagram garis bulanan dari {} sampai {}.",
            first.label, last.label
        );
        if let Some(l) = self.shown_limits() {
            words.push_str(&format!(
                " Rata-rata {}, batas kendali {} sampai {}.",
                self.unit.value(l.mean),
                self.unit.value(l.lower),
                self.unit.value(l.upper)
            ));
        }
        words.push_str(&format!(
            " {} bulan ditandai sebagai sinyal, {} bulan tanpa titik. Nilainya tercantum dalam tabel di bawah diagram.",
            self.signals(),
            self.gaps()
        ));
        words
    }
}

impl Point {
    /// The value where it is a number; else the point is a gap.
    pub fn shown(&self) -> Option<f64> {
        self.value.filter(|v| v.is_finite())
    }

    /// What is read on hovering over the point.
    pub fn title(&self) -> String {
        let title = format!("{}: {}, N = {}", self.label, self.printed, self.n);
        match &self.signal {
            Some(signal) => format!("{title}; {signal}"),
            None => title,
        }
    }

    /// What is read on hovering over its gap.
    pub fn gap_title(&self) -> String {
        format!("{}: tanpa titik, N = {}", self.label, self.n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_a_gap() {
        let point = |value| Point {
            value,
            ..Point::default()
        };
        let series = Series {
            points: vec![point(Some(1.0)), point(None), point(Some(f64::NAN))],
            ..Series::default()
        };
        assert_eq!(series.gaps(), 2);
    }
}
