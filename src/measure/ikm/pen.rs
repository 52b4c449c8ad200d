//! How the survey's figures are written: under which instrument, in which period.

use std::borrow::Cow;

use num_rational::BigRational;

use crate::exact;
use crate::format;
use crate::measure::FigureTable;
use crate::measure::put::Writer;
use crate::period::Period;
use crate::standard::Instrument;

/// Printed where nobody answered.
pub const NO_DATA: &str = "belum ada data";
/// Printed where somebody answered, but not enough to make an index of.
pub const NOT_ASSESSABLE: &str = "tidak dapat dinilai";

/// Pairs of dimension and value.
pub(super) type Pairs<'p> = [(&'p str, &'p str)];

/// Writes figures of one instrument and period.
pub(super) struct Pen<'w> {
    pub table: &'w mut FigureTable,
    pub period: Period,
    /// Below this n a share is withheld.
    pub least_n: u64,
    /// Code of an internal instrument, which its figures carry; the ministry's carry none.
    pub instrument: Option<&'w str>,
}

impl Pen<'_> {
    /// The same pen for another period.
    pub fn of(&mut self, period: Period) -> Pen<'_> {
        Pen {
            table: self.table,
            period,
            least_n: self.least_n,
            instrument: self.instrument,
        }
    }

    /// Writes with these pairs, and the instrument's.
    pub fn with(&mut self, pairs: &Pairs, write: impl FnOnce(&mut Writer, &Pairs)) {
        let pairs = match self.instrument {
            None => Cow::Borrowed(pairs),
            Some(code) => Cow::Owned([pairs, &[("instrument", code)]].concat()),
        };
        let mut writer = Writer {
            table: self.table,
            period: self.period,
            least_n: self.least_n,
        };
        write(&mut writer, &pairs);
    }

    pub fn count(&mut self, indicator: &str, pairs: &Pairs, count: u64) {
        self.with(pairs, |w, pairs| w.count(indicator, pairs, count));
    }

    /// An exact number with 2 decimals; a dash where there is none.
    pub fn exact(&mut self, indicator: &str, pairs: &Pairs, n: u64, value: Option<&BigRational>) {
        self.with(pairs, |w, pairs| {
            w.exact(indicator, pairs, n, value, (2, format::NONE));
        });
    }

    /// The two bounds of an interval.
    pub fn bounds(
        &mut self,
        indicator: &str,
        pairs: &Pairs,
        n: u64,
        bounds: Option<&(BigRational, BigRational)>,
    ) {
        let low = bounds.map(|b| &b.0);
        let high = bounds.map(|b| &b.1);
        self.exact(&format!("{indicator}.low"), pairs, n, low);
        self.exact(&format!("{indicator}.high"), pairs, n, high);
    }

    /// A difference in points, and the bounds of its interval.
    pub fn difference(
        &mut self,
        indicator: &str,
        pairs: &Pairs,
        n: u64,
        value: Option<&BigRational>,
        bounds: Option<&(BigRational, BigRational)>,
    ) {
        for (indicator, value) in [
            (indicator.to_owned(), value),
            (format!("{indicator}.low"), bounds.map(|b| &b.0)),
            (format!("{indicator}.high"), bounds.map(|b| &b.1)),
        ] {
            self.with(pairs, |w, pairs| {
                w.exact_points(&indicator, pairs, n, value)
            });
        }
    }

    /// An index and, where the instrument has bands, its grade.
    pub fn index(
        &mut self,
        [index, grade]: [&str; 2],
        pairs: &Pairs,
        n: u64,
        value: Option<&BigRational>,
        instrument: &Instrument,
    ) {
        let otherwise = if n == 0 { NO_DATA } else { NOT_ASSESSABLE };
        self.with(pairs, |w, pairs| {
            w.exact(index, pairs, n, value, (2, otherwise));
        });
        let place = value.and_then(|v| graded(v, instrument));
        let (value, word) = match place {
            Some((number, grade)) => (Some(number as f64), grade),
            None => (None, format::NONE),
        };
        self.with(pairs, |w, pairs| w.word(grade, pairs, n, value, word));
    }
}

/// The band that the index falls in once it is rounded: its number from 1, and its grade.
pub(super) fn graded<'i>(
    value: &BigRational,
    instrument: &'i Instrument,
) -> Option<(usize, &'i str)> {
    let band = instrument.band(exact::hundredths(value)?)?;
    let place = instrument.bands.iter().position(|b| b == band)?;
    Some((place + 1, &band.grade))
}
