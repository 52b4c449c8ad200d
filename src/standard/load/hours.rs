//! Service hours as they are written: `08.00-12.00, 13.00-16.00`.

use serde::Deserialize;
use toml::Spanned;

use super::error::{Doc, StandardError};
use crate::standard::calendar::{Interval, WeekHours};

/// Hours by weekday; a weekday not named has no service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WeekFile {
    monday: Option<Spanned<String>>,
    tuesday: Option<Spanned<String>>,
    wednesday: Option<Spanned<String>>,
    thursday: Option<Spanned<String>>,
    friday: Option<Spanned<String>>,
    saturday: Option<Spanned<String>>,
    sunday: Option<Spanned<String>>,
}

/// Reads the hours of a week; at least one weekday must have service.
pub(super) fn read_week(doc: &Doc, week: &Spanned<WeekFile>) -> Result<WeekHours, StandardError> {
    let file = week.get_ref();
    let named = [
        ("monday", &file.monday),
        ("tuesday", &file.tuesday),
        ("wednesday", &file.wednesday),
        ("thursday", &file.thursday),
        ("friday", &file.friday),
        ("saturday", &file.saturday),
        ("sunday", &file.sunday),
    ];
    let mut hours = WeekHours::default();
    for (day, (key, value)) in named.into_iter().enumerate() {
        if let Some(value) = value {
            hours.days[day] = read_hours(doc, key, value)?;
        }
    }
    if hours.days.iter().all(Vec::is_empty) {
        return Err(doc.wrong(
            week.span(),
            "`week` names no weekday, but an office without service hours has no working days: name the weekdays with service, as in monday = \"08.00-16.00\"",
        ));
    }
    Ok(hours)
}

/// Reads the hours of one day: intervals in ascending order, closing after opening, none overlapping.
pub(super) fn read_hours(
    doc: &Doc,
    key: &str,
    value: &Spanned<String>,
) -> Result<Vec<Interval>, StandardError> {
    intervals(value.get_ref()).map_err(|reason| {
        doc.wrong(
            value.span(),
            format!(
                "`{key}` is \"{}\", but {reason}: write opening and closing times between 00.00 and 24.00 as in \"08.00-16.00\" or \"08.00-12.00, 13.00-16.00\"",
                value.get_ref()
            ),
        )
    })
}

fn intervals(text: &str) -> Result<Vec<Interval>, String> {
    let mut all: Vec<Interval> = Vec::new();
    for part in text.split(',') {
        let part = part.trim();
        let unreadable = || format!("\"{part}\" is not a range of hours");
        let (open, close) = part.split_once('-').ok_or_else(unreadable)?;
        let open = seconds(open.trim()).ok_or_else(unreadable)?;
        let close = seconds(close.trim()).ok_or_else(unreadable)?;
        if open >= close {
            return Err(format!("\"{part}\" closes before it opens"));
        }
        if all.last().is_some_and(|before| open < before.close) {
            return Err(format!("\"{part}\" begins before the range in front ends"));
        }
        all.push(Interval { open, close });
    }
    Ok(all)
}

/// Seconds since midnight of `HH.MM`; `24.00` is the end of the day.
fn seconds(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once('.')?;
    if hour.len() != 2
        || minute.len() != 2
        || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let within = minute < 60 && (hour < 24 || (hour == 24 && minute == 0));
    within.then_some(hour * 3_600 + minute * 60)
}
