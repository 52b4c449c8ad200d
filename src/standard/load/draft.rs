//! A calendar in the making: one file's entries after the other, each held against what is there already.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use toml::Spanned;

use super::calendar::Layer;
use super::calendar_file::{CalendarFile, CancelledFile, OpeningFile, SpecialFile, YearFile};
use super::error::{Doc, StandardError};
use super::holidays::{Row, kind_of, read_csv};
use super::hours::{read_hours, read_week};
use super::parse::{date, text, word};
use crate::standard::calendar::{Holiday, HolidayKind, Opening, SpecialHours, YearStatus};

const STATUSES: &[(&str, YearStatus)] = &[
    ("final", YearStatus::Final),
    ("provisional", YearStatus::Provisional),
    ("without_holidays", YearStatus::WithoutHolidays),
];

/// What the files read so far add up to.
#[derive(Default)]
pub(super) struct Draft {
    /// Status and legal basis by year.
    pub years: BTreeMap<i32, (YearStatus, String)>,
    pub holidays: BTreeMap<NaiveDate, Vec<Holiday>>,
    pub openings: BTreeMap<NaiveDate, Opening>,
    pub special: Vec<SpecialHours>,
}

impl Draft {
    /// Adds all entries of one calendar file.
    pub fn add_layer(&mut self, layer: &Layer) -> Result<(), StandardError> {
        let (doc, file) = (&layer.doc, &layer.file);
        for year in &file.year {
            self.add_year(doc, year)?;
        }
        // What a decree took away must be inherited: a calendar does not cancel its own entries, it leaves them out.
        for cancelled in &file.cancelled {
            self.cancel(doc, cancelled)?;
        }
        if let Some(rows) = &layer.rows {
            read_csv(rows, self)?;
        }
        self.add_entries(doc, file)?;
        for opening in &file.opening {
            self.add_opening(doc, opening)?;
        }
        for special in &file.special_hours {
            self.add_special(doc, special)?;
        }
        self.check_empty_years(doc, &file.year)
    }

    fn add_year(&mut self, doc: &Doc, file: &YearFile) -> Result<(), StandardError> {
        let year = *file.year.get_ref();
        if !(1900..2200).contains(&year) {
            return Err(doc.wrong(
                file.year.span(),
                format!("`year` is {year}, which is no year known here: write a year between 1900 and 2199"),
            ));
        }
        let status = word(doc, "status", &file.status, STATUSES)?;
        let basis = text(doc, "basis", &file.basis)?;
        if self.years.insert(year, (status, basis)).is_some() {
            return Err(doc.wrong(
                file.year.span(),
                format!("`year` {year} is declared already, here or in the calendar this one extends: keep one of the two"),
            ));
        }
        Ok(())
    }

    fn cancel(&mut self, doc: &Doc, file: &CancelledFile) -> Result<(), StandardError> {
        let on = date(doc, "date", &file.date)?;
        let kind = read_kind(doc, &file.kind)?;
        text(doc, "basis", &file.basis)?;
        let of_date = self.holidays.get_mut(&on);
        let place = of_date
            .as_ref()
            .and_then(|all| all.iter().position(|h| h.kind == kind));
        if let (Some(all), Some(place)) = (of_date, place) {
            all.remove(place);
            if all.is_empty() {
                self.holidays.remove(&on);
            }
            return Ok(());
        }
        Err(doc.wrong(
            file.date.span(),
            format!(
                "{on} has no {} to cancel in the calendar this one extends: correct `date` or `kind`, or remove the entry",
                kind.code()
            ),
        ))
    }

    /// Holidays and regional closures written in the calendar's own file.
    fn add_entries(&mut self, doc: &Doc, file: &CalendarFile) -> Result<(), StandardError> {
        for entry in &file.holiday {
            let row = Row {
                date: date(doc, "date", &entry.date)?,
                kind: read_kind(doc, &entry.kind)?,
                name: entry.name.get_ref(),
                status: entry.status.get_ref(),
                basis: &text(doc, "basis", &entry.basis)?,
                span: entry.date.span(),
            };
            self.add_holiday(doc, row)?;
        }
        for closure in &file.closure {
            let row = Row {
                date: date(doc, "date", &closure.date)?,
                kind: HolidayKind::Regional,
                name: closure.name.get_ref(),
                status: "confirmed",
                basis: &text(doc, "basis", &closure.basis)?,
                span: closure.date.span(),
            };
            self.add_holiday(doc, row)?;
        }
        Ok(())
    }

    fn add_opening(&mut self, doc: &Doc, file: &OpeningFile) -> Result<(), StandardError> {
        let on = date(doc, "date", &file.date)?;
        let decision = text(doc, "decision", &file.decision)?;
        let hours = read_hours(doc, "hours", &file.hours)?;
        self.check_covered(doc, "opening", on, file.date.span())?;
        let closed = self.holidays.get(&on);
        if closed.is_some_and(|all| all.iter().any(|h| h.kind == HolidayKind::Regional)) {
            return Err(contradiction(doc, file.date.span(), on, &decision));
        }
        if self.openings.contains_key(&on) {
            return Err(doc.wrong(
                file.date.span(),
                format!("{on} is declared open already: keep one of the two entries"),
            ));
        }
        self.openings.insert(on, Opening { decision, hours });
        Ok(())
    }

    fn add_special(&mut self, doc: &Doc, file: &SpecialFile) -> Result<(), StandardError> {
        let special = SpecialHours {
            from: date(doc, "from", &file.from)?,
            to: date(doc, "to", &file.to)?,
            name: text(doc, "name", &file.name)?,
            basis: text(doc, "basis", &file.basis)?,
            hours: read_week(doc, &file.week)?,
        };
        let (from, to) = (special.from, special.to);
        if to < from {
            return Err(doc.wrong(
                file.to.span(),
                format!("`to` is {to}, before `from` {from}: write the last day of the range"),
            ));
        }
        self.check_covered(doc, "special hours", from, file.from.span())?;
        self.check_covered(doc, "special hours", to, file.to.span())?;
        let other = self.special.iter().find(|s| s.from <= to && from <= s.to);
        if let Some(other) = other {
            return Err(doc.wrong(
                file.from.span(),
                format!(
                    "the special hours from {from} to {to} overlap those from {} to {} ({}): correct the dates so that each day has one set of hours",
                    other.from, other.to, other.name
                ),
            ));
        }
        self.special.push(special);
        self.special.sort_by_key(|s| s.from);
        Ok(())
    }

    fn check_covered(
        &self,
        doc: &Doc,
        what: &str,
        on: NaiveDate,
        span: Range<usize>,
    ) -> Result<(), StandardError> {
        if self.years.contains_key(&on.year()) {
            return Ok(());
        }
        Err(doc.wrong(
            span,
            format!(
                "the date {on} of the {what} lies outside the calendar's years {}: correct the date or declare the year {} in a [[year]]",
                self.years_text(),
                on.year()
            ),
        ))
    }

    /// A year without holidays is a gap in the data unless the file says that none are known.
    fn check_empty_years(&self, doc: &Doc, files: &[YearFile]) -> Result<(), StandardError> {
        for file in files {
            let year = *file.year.get_ref();
            let declared = matches!(
                self.years.get(&year),
                Some((YearStatus::WithoutHolidays, _))
            );
            if !declared && !self.holidays.keys().any(|d| d.year() == year) {
                return Err(doc.wrong(
                    file.year.span(),
                    format!("`year` {year} has no holidays: add them, or write status = \"without_holidays\" so that every report says so"),
                ));
            }
        }
        Ok(())
    }

    /// Working days are counted across the turn of the year, so the years must follow each other.
    pub fn check_years(&self, doc: &Doc) -> Result<(), StandardError> {
        if self.years.is_empty() {
            return Err(doc.wrong(
                0..0,
                "the calendar declares no year: add a [[year]] with year, status and basis, or extend a calendar that has some",
            ));
        }
        let years: Vec<_> = self.years.keys().copied().collect();
        for pair in years.windows(2) {
            if pair[1] != pair[0] + 1 {
                return Err(doc.wrong(
                    0..0,
                    format!(
                        "the calendar's years jump from {} to {}: declare the years between, as without_holidays where none are known",
                        pair[0], pair[1]
                    ),
                ));
            }
        }
        Ok(())
    }

    /// First and last year declared, for messages.
    pub(super) fn years_text(&self) -> String {
        match (self.years.keys().next(), self.years.keys().next_back()) {
            (Some(first), Some(last)) => format!("{first}-{last}"),
            _ => "(none)".to_owned(),
        }
    }
}

fn read_kind(doc: &Doc, word: &Spanned<String>) -> Result<HolidayKind, StandardError> {
    kind_of(word.get_ref()).map_err(|sentence| doc.wrong(word.span(), sentence))
}

/// A date that is closed and open at once.
pub(super) fn contradiction(
    doc: &Doc,
    span: Range<usize>,
    on: NaiveDate,
    decision: &str,
) -> StandardError {
    doc.wrong(
        span,
        format!("{on} is closed by a libur_daerah and declared open by \"{decision}\", which contradict each other: keep the entry that holds"),
    )
}
