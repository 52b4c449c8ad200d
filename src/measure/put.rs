//! The one way a number becomes a figure: value, printed form, withholding.

use num_rational::BigRational;

use crate::exact;
use crate::format;
use crate::measure::{Figure, FigureTable, Group};
use crate::period::Period;

/// A numerator over a denominator; parts merge by adding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub hits: u64,
    pub of: u64,
}

impl Share {
    /// Counts one unit.
    pub fn add(&mut self, hit: bool) {
        self.of += 1;
        self.hits += u64::from(hit);
    }
}

/// Builds a group from pairs.
pub fn group(pairs: &[(&str, &str)]) -> Group {
    pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect()
}

/// Writes figures of one period into a table.
#[derive(Debug)]
pub struct Writer<'a> {
    pub table: &'a mut FigureTable,
    pub period: Period,
    /// Below this n a share is withheld, n stays.
    pub least_n: u64,
}

impl Writer<'_> {
    fn push(
        &mut self,
        indicator: &str,
        pairs: &[(&str, &str)],
        n: u64,
        of: Option<Share>,
        value: Option<f64>,
        printed: String,
    ) {
        self.table.push(Figure {
            indicator: indicator.to_owned(),
            period: self.period.to_string(),
            group: group(pairs),
            n,
            numerator: of.map(|s| s.hits as i64),
            denominator: of.map(|s| s.of as i64),
            value,
            printed,
        });
    }

    /// A share in percent. Withheld below the least n; printed as none where nothing is in the denominator.
    pub fn share(&mut self, indicator: &str, pairs: &[(&str, &str)], share: Share) {
        let (value, printed) = if share.of == 0 {
            (None, format::NONE.to_owned())
        } else if share.of < self.least_n {
            (None, format::withheld(share.of))
        } else {
            (
                Some(100.0 * share.hits as f64 / share.of as f64),
                format::percent(share.hits as i64, share.of as i64),
            )
        };
        self.push(indicator, pairs, share.of, Some(share), value, printed);
    }

    /// A share with its 95 % Wilson interval as `INDICATOR.low` and `INDICATOR.high`.
    pub fn share_with_interval(&mut self, indicator: &str, pairs: &[(&str, &str)], share: Share) {
        self.share(indicator, pairs, share);
        self.interval(indicator, pairs, share);
    }

    /// The 95 % Wilson interval of a share, as `INDICATOR.low` and `INDICATOR.high`; none where there is nothing to bound.
    pub fn interval(&mut self, indicator: &str, pairs: &[(&str, &str)], share: Share) {
        if share.of == 0 {
            return;
        }
        let bounds =
            super::stats::wilson(share.hits, share.of).filter(|_| share.of >= self.least_n);
        for (suffix, bound) in [("low", bounds.map(|b| b.0)), ("high", bounds.map(|b| b.1))] {
            let printed = bound.map_or(format::NONE.to_owned(), format::percent_value);
            self.push(
                &format!("{indicator}.{suffix}"),
                pairs,
                share.of,
                None,
                bound,
                printed,
            );
        }
    }

    /// A count.
    pub fn count(&mut self, indicator: &str, pairs: &[(&str, &str)], count: u64) {
        self.push(
            indicator,
            pairs,
            count,
            None,
            Some(count as f64),
            format::count(count),
        );
    }

    /// A difference of two shares in percentage points; none where either is withheld or empty.
    pub fn change(&mut self, indicator: &str, pairs: &[(&str, &str)], now: Share, then: Share) {
        let known = now.of >= self.least_n.max(1) && then.of >= self.least_n.max(1);
        let pair = |s: Share| (s.hits as i64, s.of as i64);
        let (value, printed) = if known {
            let percent = |s: Share| 100.0 * s.hits as f64 / s.of as f64;
            (
                Some(percent(now) - percent(then)),
                format::points_between(pair(now), pair(then)),
            )
        } else {
            (None, format::NONE.to_owned())
        };
        self.push(indicator, pairs, now.of, None, value, printed);
    }

    /// Percentage points that were computed already; none where there are none.
    pub fn points(&mut self, indicator: &str, pairs: &[(&str, &str)], n: u64, points: Option<f64>) {
        let printed = points.map_or(format::NONE.to_owned(), format::points);
        self.push(indicator, pairs, n, None, points, printed);
    }

    /// A whole number of days; none where there is none.
    pub fn days(&mut self, indicator: &str, pairs: &[(&str, &str)], n: u64, days: Option<i64>) {
        let printed = days.map_or(format::NONE.to_owned(), format::integer);
        self.push(indicator, pairs, n, None, days.map(|d| d as f64), printed);
    }

    /// Seconds, kept as minutes and printed as hours and minutes; none where there is none.
    pub fn minutes(
        &mut self,
        indicator: &str,
        pairs: &[(&str, &str)],
        n: u64,
        seconds: Option<i64>,
    ) {
        let printed = seconds.map_or(format::NONE.to_owned(), format::duration);
        self.push(
            indicator,
            pairs,
            n,
            None,
            seconds.map(|s| s as f64 / 60.0),
            printed,
        );
    }

    /// Seconds, kept and printed as hours.
    pub fn hours(&mut self, indicator: &str, pairs: &[(&str, &str)], n: u64, seconds: Option<i64>) {
        let printed = seconds.map_or(format::NONE.to_owned(), format::hours);
        self.push(
            indicator,
            pairs,
            n,
            None,
            seconds.map(|s| s as f64 / 3600.0),
            printed,
        );
    }

    /// A share of all service seconds; `n` cases stand behind it, so it is not withheld by its denominator.
    pub fn time_share(
        &mut self,
        indicator: &str,
        pairs: &[(&str, &str)],
        n: u64,
        seconds: i64,
        of: i64,
    ) {
        let value = (of > 0).then(|| 100.0 * seconds as f64 / of as f64);
        let share = Share {
            hits: seconds.unsigned_abs(),
            of: of.unsigned_abs(),
        };
        self.push(
            indicator,
            pairs,
            n,
            Some(share),
            value,
            format::percent(seconds, of),
        );
    }

    /// A number with `places` decimals; none where there is none.
    pub fn decimal(
        &mut self,
        indicator: &str,
        pairs: &[(&str, &str)],
        n: u64,
        value: Option<f64>,
        places: usize,
    ) {
        let printed = value.map_or(format::NONE.to_owned(), |v| format::decimal(v, places));
        self.push(indicator, pairs, n, None, value, printed);
    }

    /// A number that was exact until here, rounded once; `otherwise` is printed where there is none.
    pub fn exact(
        &mut self,
        indicator: &str,
        pairs: &[(&str, &str)],
        n: u64,
        value: Option<&BigRational>,
        (places, otherwise): (u32, &str),
    ) {
        let printed = value.map(|v| format::exact(v, places));
        let printed = printed.unwrap_or_else(|| otherwise.to_owned());
        let value = value.map(exact::to_f64);
        self.push(indicator, pairs, n, None, value, printed);
    }

    /// An exact difference in points, with its sign; none where there is none.
    pub fn exact_points(
        &mut self,
        indicator: &str,
        pairs: &[(&str, &str)],
        n: u64,
        value: Option<&BigRational>,
    ) {
        let printed = value.map_or(format::NONE.to_owned(), format::exact_points);
        let value = value.map(exact::to_f64);
        self.push(indicator, pairs, n, None, value, printed);
    }

    /// The mean of whole numbers as their sum by how many there are, printed with 2 decimals; none where there are none.
    pub fn mean(&mut self, indicator: &str, pairs: &[(&str, &str)], sum: u64, count: u64) {
        let value = (count > 0).then(|| BigRational::new(sum.into(), count.into()));
        let printed = value.as_ref().map(|v| format::exact(v, 2));
        let printed = printed.unwrap_or_else(|| format::NONE.to_owned());
        let of = Share {
            hits: sum,
            of: count,
        };
        let value = value.as_ref().map(exact::to_f64);
        self.push(indicator, pairs, count, Some(of), value, printed);
    }

    /// A number that is printed as a word; None: there is none, and the word says so.
    pub fn word(
        &mut self,
        indicator: &str,
        pairs: &[(&str, &str)],
        n: u64,
        value: Option<f64>,
        word: &str,
    ) {
        self.push(indicator, pairs, n, None, value, word.to_owned());
    }

    /// A figure over too few units to be given; n stays.
    pub fn withheld(&mut self, indicator: &str, pairs: &[(&str, &str)], n: u64) {
        self.push(indicator, pairs, n, None, None, format::withheld(n));
    }

    /// A figure that the data cannot give; it says so instead of a number.
    pub fn not_assessable(&mut self, indicator: &str, pairs: &[(&str, &str)], n: u64) {
        self.push(
            indicator,
            pairs,
            n,
            None,
            None,
            "tidak dapat dinilai".to_owned(),
        );
    }
}
