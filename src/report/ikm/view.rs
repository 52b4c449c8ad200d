//! Look-ups that page and card share: the figures of one instrument, names of services and elements.

use chrono::Months;

use crate::format;
use crate::measure::Figure;
use crate::measure::ikm::Survey;
use crate::period::Period;
use crate::report::ikm::IkmReport;
use crate::report::words::Phrase;
use crate::standard::Instrument;
use crate::standard::instrument::Element;

/// The figures of one instrument in the period of the report.
pub struct View<'a> {
    pub r: &'a IkmReport<'a>,
    pub survey: &'a Survey<'a>,
    /// e.g. `2026-S1`.
    period: String,
    /// e.g. `Semester I Tahun 2026`.
    pub period_name: String,
    /// Code of an instrument of the office's own; its figures carry it as a group.
    internal: Option<&'a str>,
}

impl<'a> View<'a> {
    /// By the ministry's criteria.
    pub fn new(r: &'a IkmReport<'a>) -> Self {
        Self::of(r, &r.ikm.survey, None)
    }

    /// By an instrument of the office's own.
    pub fn internal(r: &'a IkmReport<'a>, survey: &'a Survey<'a>) -> Self {
        Self::of(r, survey, Some(survey.instrument.code.as_str()))
    }

    fn of(r: &'a IkmReport<'a>, survey: &'a Survey<'a>, internal: Option<&'a str>) -> Self {
        Self {
            r,
            survey,
            period: r.ikm.period.to_string(),
            period_name: format::period(r.ikm.period),
            internal,
        }
    }

    /// The instrument.
    pub fn instrument(&self) -> &'a Instrument {
        &self.survey.instrument
    }

    /// The figure of a group in the period.
    pub fn figure(&self, indicator: &str, group: &[(&str, &str)]) -> Option<&'a Figure> {
        self.in_period(&self.period, indicator, group)
    }

    /// The figure of the whole unit in the period.
    pub fn whole(&self, indicator: &str) -> Option<&'a Figure> {
        self.figure(indicator, &[])
    }

    /// The figure of a group in another period.
    pub fn at(
        &self,
        period: Period,
        indicator: &str,
        group: &[(&str, &str)],
    ) -> Option<&'a Figure> {
        self.in_period(&period.to_string(), indicator, group)
    }

    fn in_period(
        &self,
        period: &str,
        indicator: &str,
        group: &[(&str, &str)],
    ) -> Option<&'a Figure> {
        let figures = &self.r.ikm.figures;
        match self.internal {
            None => figures.get(indicator, period, group),
            Some(code) => {
                let mut group = group.to_vec();
                group.push(("instrument", code));
                figures.get(indicator, period, &group)
            }
        }
    }

    /// n of a figure; 0 where there is none.
    pub fn n(&self, indicator: &str, group: &[(&str, &str)]) -> u64 {
        self.figure(indicator, group).map_or(0, |f| f.n)
    }

    /// Forms that answered.
    pub fn respondents(&self) -> u64 {
        self.n("ikm.respondents", &[])
    }

    /// Value of a figure.
    pub fn value(&self, indicator: &str, group: &[(&str, &str)]) -> Option<f64> {
        self.figure(indicator, group).and_then(|f| f.value)
    }

    /// Lower and upper bound of a figure's 95 % interval.
    pub fn bounds(&self, indicator: &str, group: &[(&str, &str)]) -> Option<(f64, f64)> {
        let low = self.value(&format!("{indicator}.low"), group)?;
        Some((low, self.value(&format!("{indicator}.high"), group)?))
    }

    /// "85,10 – 87,72": the interval of a figure; nothing where it has none.
    pub fn interval(&self, indicator: &str, group: &[(&str, &str)]) -> Option<Phrase<'a>> {
        self.bounds(indicator, group)?;
        let low = self.figure(&format!("{indicator}.low"), group);
        let high = self.figure(&format!("{indicator}.high"), group);
        // A dash beside a minus sign cannot be read.
        let between = match low.is_some_and(|f| f.value < Some(0.0)) {
            true => " sampai ",
            false => " – ",
        };
        Some(Phrase::default().figure(low).text(between).figure(high))
    }

    /// Whether the sample of a group is known to be too small.
    pub fn too_few(&self, group: &[(&str, &str)]) -> bool {
        self.value("ikm.sample.reached", group) == Some(0.0)
    }

    /// The name of a service by its newest standard; its code where no standard knows it.
    pub fn service<'s>(&'s self, code: &'s str) -> &'s str {
        let newest = self.r.library.revisions(code).and_then(<[_]>::last);
        newest.map_or(code, |s| s.name.as_str())
    }

    /// The title of an element; its code where the instrument has none of the code.
    pub fn element<'s>(&'s self, code: &'s str) -> &'s str {
        let element = self.instrument().element(code);
        element.map_or(code, |e| e.title.as_str())
    }

    /// Elements in the order of the legal list.
    pub fn elements(&self) -> &'a [Element] {
        &self.survey.instrument.elements
    }

    /// "Baik": the word of a grade; empty where the instrument has none.
    pub fn performance(&self, grade: &str) -> &'a str {
        let mut bands = self.survey.instrument.bands.iter();
        let band = bands.find(|b| b.grade == grade);
        band.map_or("", |b| b.performance.as_str())
    }

    /// Months of the period for which something was counted.
    pub fn months(&self) -> Vec<Period> {
        let first = self.r.ikm.period.first();
        let months = (0..12).map(|k| Period::month_of(first + Months::new(k)));
        months
            .take_while(|m| m.first() < self.r.ikm.period.end())
            .filter(|m| self.at(*m, "ikm.respondents", &[]).is_some())
            .collect()
    }

    /// First and last day whose answers are in: "1 Januari – 30 Juni 2026".
    pub fn days(&self) -> String {
        let (first, last) = (self.r.ikm.period.first(), self.r.ikm.period.last());
        let as_of = self.r.ikm.as_of;
        // At midnight the day before is the last one seen.
        let seen = match as_of.second_of_day() {
            0 => as_of.date().pred_opt().unwrap_or(first),
            _ => as_of.date(),
        };
        let last = last.min(seen.max(first));
        let from = format::date(first);
        let year = format!(" {}", chrono::Datelike::year(&first));
        let from = match chrono::Datelike::year(&first) == chrono::Datelike::year(&last) {
            true => from.strip_suffix(&year).unwrap_or(&from).to_owned(),
            false => from,
        };
        format!("{from} – {}", format::date(last))
    }

    /// "1 Juli 2026 pukul 00.00 WITA".
    pub fn as_of(&self) -> String {
        format::date_time(self.r.ikm.as_of, &self.r.office.zone_label)
    }
}
