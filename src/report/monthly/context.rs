//! Look-ups the page and the sheets of the monthly review share.

use crate::format;
use crate::measure::Figure;
use crate::measure::overview::OpenCase;
use crate::period::Period;
use crate::report::ReviewReport;
use crate::report::words::Phrase;
use crate::report::xlsx::code::Figures;

/// Long lists are cut at this many rows on the page; the workbook has them all.
pub const LONGEST_LIST: usize = 50;

/// The report with its figures at hand.
pub struct Context<'a> {
    pub r: &'a ReviewReport<'a>,
    /// e.g. `2026-06`.
    pub period: String,
    /// e.g. `Juni 2026`.
    pub period_name: String,
    /// What the period is called: `bulan` or `semester`.
    pub noun: &'static str,
    /// Of the report.
    pub title: &'static str,
}

impl<'a> Context<'a> {
    pub fn new(r: &'a ReviewReport<'a>) -> Self {
        let (noun, title) = match r.overview.period {
            Period::Month { .. } => ("bulan", "Tinjauan Bulanan Ketepatan Layanan"),
            Period::Semester { .. } => ("semester", "Laporan Kinerja Pelayanan"),
            Period::Year { .. } => ("tahun", "Laporan Kinerja Pelayanan"),
        };
        Self {
            noun,
            title,
            r,
            period: r.overview.period.to_string(),
            period_name: format::period(r.overview.period),
        }
    }

    /// The figure of this period.
    pub fn figure(&self, indicator: &str, group: &[(&str, &str)]) -> Option<&'a Figure> {
        self.r.overview.figures.get(indicator, &self.period, group)
    }

    /// The figure of another period.
    pub fn at(
        &self,
        period: Period,
        indicator: &str,
        group: &[(&str, &str)],
    ) -> Option<&'a Figure> {
        let figures = &self.r.overview.figures;
        figures.get(indicator, &period.to_string(), group)
    }

    /// The figure of this period for the whole office.
    pub fn whole(&self, indicator: &str) -> Option<&'a Figure> {
        self.figure(indicator, &[])
    }

    /// "81,2 % – 91,3 %": the interval of a share; nothing where it has none.
    pub fn interval(&self, indicator: &str, group: &[(&str, &str)]) -> Option<Phrase<'a>> {
        self.interval_at(self.r.overview.period, indicator, group)
    }

    /// The interval of a share of another period.
    pub fn interval_at(
        &self,
        period: Period,
        indicator: &str,
        group: &[(&str, &str)],
    ) -> Option<Phrase<'a>> {
        let low = self.at(period, &format!("{indicator}.low"), group)?;
        let high = self.at(period, &format!("{indicator}.high"), group)?;
        Some(
            Phrase::default()
                .figure(Some(low))
                .text(" – ")
                .figure(Some(high)),
        )
    }

    /// All figures of an indicator in this period, by group.
    pub fn all(&self, indicator: &str) -> Vec<&'a Figure> {
        let rows = self.r.overview.figures.rows().iter();
        rows.filter(|f| f.indicator == indicator && f.period == self.period)
            .collect()
    }

    /// Values of a dimension that occur, as (code, words).
    pub fn values(&self, dimension: &str) -> &'a [(String, String)] {
        let all = self.r.overview.dimensions.iter();
        let mut found = all.filter(|(name, _)| name == dimension);
        found.next().map_or(&[], |(_, values)| values.as_slice())
    }

    /// "1 Juli 2026 pukul 00.00 WITA".
    pub fn as_of(&self) -> String {
        format::date_time(self.r.overview.as_of, &self.r.office.zone_label)
    }

    /// Words of provenance, as (name, value).
    pub fn provenance(&self) -> Vec<(String, String)> {
        let p = &self.r.provenance;
        let mut rows = vec![
            ("Edisi".to_owned(), p.edition.to_string()),
            ("Keadaan per".to_owned(), self.as_of()),
            ("Program".to_owned(), format!("tepat {}", p.program_version)),
            (
                "Cuplikan data (SHA-256)".to_owned(),
                p.snapshot_digest.clone(),
            ),
            ("Pengaturan (SHA-256)".to_owned(), p.settings_digest.clone()),
            (
                format!("Kalender {} (SHA-256)", p.calendar),
                p.calendar_digest.clone(),
            ),
        ];
        if !p.unsettled_years.is_empty() {
            rows.push((
                "Tahun kalender yang belum tetap".to_owned(),
                p.unsettled_years.join(", "),
            ));
        }
        for s in &p.standards {
            rows.push((
                format!("{} revisi {} (SHA-256)", s.document, s.revision),
                s.digest.clone(),
            ));
        }
        rows
    }
}

impl Figures for Context<'_> {
    fn period(&self) -> Period {
        self.r.overview.period
    }

    fn at(&self, period: Period, indicator: &str, group: &[(&str, &str)]) -> Option<&Figure> {
        Context::at(self, period, indicator, group)
    }

    fn least_n(&self) -> u64 {
        self.r.rules.least_n
    }
}

/// "Kepala Seksi, sejak 3 Jun 2026 09.15".
pub fn held(case: &OpenCase) -> String {
    match case.since {
        Some(since) => format!("{}, sejak {}", case.holder, format::date_time_short(since)),
        None => case.holder.clone(),
    }
}
