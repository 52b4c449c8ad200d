//! Times as survey forms and spreadsheets write them into text: `30/06/2026 8:15:30`, `6/30/2026 8.15.30`,
//! `2026/06/30 8:15:30 AM GMT+8`.
//!
//! In: text, and which of day and month comes first. Out: the time as written. Which comes first is never guessed from one value: it
//! is what the whole column shows ([`Seen`]), or what a mapping says.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::Written;

/// Which of day and month is written first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    Day,
    Month,
}

/// What a column of such times shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Dates that can only be read with the day first, with the month first, and either way: the first of each.
    pub day_first: Option<String>,
    pub month_first: Option<String>,
    pub either: Option<String>,
    /// Date cells of a workbook; and whether one of them lies after the twelfth of its month.
    pub typed: bool,
    pub typed_after_12th: bool,
}

impl Seen {
    /// Looks at the next text.
    pub fn text(&mut self, text: &str) {
        // With the year first, nothing else is asked.
        let year = text.as_bytes().first_chunk::<4>();
        if year.is_some_and(|year| year.iter().all(u8::is_ascii_digit)) {
            return;
        }
        let fits = |first| read(text, Some(first)).is_some();
        let slot = match (fits(First::Day), fits(First::Month)) {
            // A date whose day and month are one number is the same both ways.
            (true, true) if read(text, Some(First::Day)) != read(text, Some(First::Month)) => {
                &mut self.either
            }
            (true, false) => &mut self.day_first,
            (false, true) => &mut self.month_first,
            _ => return,
        };
        slot.get_or_insert_with(|| text.chars().take(40).collect());
    }

    /// Looks at the next date cell.
    pub fn typed(&mut self, local: NaiveDateTime) {
        use chrono::Datelike;
        self.typed = true;
        self.typed_after_12th |= local.day() > 12;
    }

    /// Joins what another stretch of the column shows.
    pub fn join(&mut self, other: Seen) {
        self.day_first = self.day_first.take().or(other.day_first);
        self.month_first = self.month_first.take().or(other.month_first);
        self.either = self.either.take().or(other.either);
        self.typed |= other.typed;
        self.typed_after_12th |= other.typed_after_12th;
    }

    /// Which comes first; None where no text needs it.
    ///
    /// # Errors
    /// A sentence on the column, without its name: it shows neither, or both.
    pub fn first(&self) -> Result<Option<First>, String> {
        let turned = self.typed && !self.typed_after_12th;
        match (&self.day_first, &self.month_first, &self.either) {
            (Some(day), Some(month), _) => Err(format!(
                "has dates such as `{day}` and `{month}`, so day and month stand in no one order: correct the file"
            )),
            (Some(text), None, None) | (None, Some(text), None) if turned => Err(format!(
                "has dates as text, such as `{text}`, beside date cells of which none lies after the twelfth of a month: the spreadsheet program has taken the others for dates with day and month turned around; export the file again, as CSV, from where it comes"
            )),
            (Some(_), None, _) => Ok(Some(First::Day)),
            (None, Some(_), _) => Ok(Some(First::Month)),
            (None, None, Some(text)) => Err(format!(
                "has dates such as `{text}`, which are two different days depending on whether the day or the month comes first, and no date that shows which: say it in the mapping, with format = \"{}\" or \"{}\"",
                format_of(text, First::Day),
                format_of(text, First::Month)
            )),
            (None, None, None) => Ok(None),
        }
    }
}

/// The chrono format of such a text.
fn format_of(text: &str, first: First) -> String {
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    let mark = if date.contains('-') { "-" } else { "/" };
    let date = match first {
        First::Day => ["%d", "%m", "%Y"],
        First::Month => ["%m", "%d", "%Y"],
    };
    let stop = if time.contains('.') { "." } else { ":" };
    let time = match time.matches(stop).count() {
        0 => String::new(),
        1 => format!(" %H{stop}%M"),
        _ => format!(" %H{stop}%M{stop}%S"),
    };
    format!("{}{time}", date.join(mark))
}

/// Reads the text; None where it is no such time, or where it needs to be known what comes first.
pub fn read(text: &str, first: Option<First>) -> Option<Written> {
    let mut parts = text.split_whitespace();
    let date = date(parts.next()?, first)?;
    let Some(clock) = parts.next() else {
        return Some(Written::Local(date.and_time(NaiveTime::MIN)));
    };
    let mut rest = parts.next();
    let half = match rest.map(str::to_ascii_uppercase).as_deref() {
        Some("AM") => Some(0),
        Some("PM") => Some(12),
        _ => None,
    };
    if half.is_some() {
        rest = parts.next();
    }
    let local = date.and_time(time(clock, half)?);
    match rest {
        None => Some(Written::Local(local)),
        Some(zone) if parts.next().is_none() => {
            let utc = local.checked_sub_signed(offset(zone)?)?;
            Some(Written::Utc(utc.and_utc().timestamp_micros()))
        }
        Some(_) => None,
    }
}

fn date(text: &str, first: Option<First>) -> Option<NaiveDate> {
    let mark = ['/', '-'].into_iter().find(|m| text.contains(*m))?;
    let parts: Vec<&str> = text.split(mark).collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let number = |part: &str, most: usize| {
        let digits =
            !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok())?
    };
    let year = |part: &str| {
        (part.len() == 4)
            .then(|| number(part, 4))?
            .map(|n| n as i32)
    };
    if a.len() == 4 {
        return NaiveDate::from_ymd_opt(year(a)?, number(b, 2)?, number(c, 2)?);
    }
    let (month, day) = match first {
        Some(First::Day) => (b, a),
        Some(First::Month) => (a, b),
        // The sixth of June is the same either way.
        None if number(a, 2)? == number(b, 2)? => (a, b),
        None => return None,
    };
    NaiveDate::from_ymd_opt(year(c)?, number(month, 2)?, number(day, 2)?)
}

/// `8:15`, `08.15.30`; `half` is 0 or 12 with AM and PM.
fn time(text: &str, half: Option<u32>) -> Option<NaiveTime> {
    let mark = [':', '.'].into_iter().find(|m| text.contains(*m))?;
    let mut parts = text.split(mark);
    let mut number = |needed: bool| match parts.next() {
        Some(part) if (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()) => {
            part.parse::<u32>().ok()
        }
        None if !needed => Some(0),
        _ => None,
    };
    let (hour, minute, second) = (number(true)?, number(true)?, number(false)?);
    if parts.next().is_some() {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// `GMT+8`, `GMT-3:30`, `UTC+07:00`.
fn offset(text: &str) -> Option<TimeDelta> {
    let rest = text
        .strip_prefix("GMT")
        .or_else(|| text.strip_prefix("UTC"))?;
    if rest.is_empty() {
        return Some(TimeDelta::zero());
    }
    let sign = match rest.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = rest[1..].split_once(':').unwrap_or((&rest[1..], "0"));
    let number = |part: &str| part.parse::<i64>().ok().filter(|n| (0..60).contains(n));
    let (hours, minutes) = (number(hours).filter(|h| *h <= 14)?, number(minutes)?);
    Some(TimeDelta::minutes(sign * (hours * 60 + minutes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, first: Option<First>) -> Option<String> {
        match read(text, first)? {
            Written::Local(local) => Some(local.format("%Y-%m-%d %H:%M:%S").to_string()),
            Written::Utc(micros) => {
                let utc = chrono::DateTime::<chrono::Utc>::from_timestamp_micros(micros)?;
                Some(utc.format("%Y-%m-%d %H:%M:%SZ").to_string())
            }
        }
    }

    #[test]
    fn times_of_forms_and_sheets_are_read_in_both_locales() {
        for (text, first, want) in [
            (
                "2026/06/30 8:15:30 AM GMT+8",
                None,
                Some("2026-06-30 00:15:30Z"),
            ),
            (
                "2026/06/30 12:05:00 AM GMT+7",
                None,
                Some("2026-06-29 17:05:00Z"),
            ),
            (
                "2026/06/30 8:15:30 PM GMT-3:30",
                None,
                Some("2026-06-30 23:45:30Z"),
            ),
            ("2026/06/30 08.15.30", None, Some("2026-06-30 08:15:30")),
            (
                "30/06/2026 8:15:30",
                Some(First::Day),
                Some("2026-06-30 08:15:30"),
            ),
            (
                "6/30/2026 20:15",
                Some(First::Month),
                Some("2026-06-30 20:15:00"),
            ),
            (
                "6/5/2026 8:15:30 PM",
                Some(First::Month),
                Some("2026-06-05 20:15:30"),
            ),
            ("30-06-2026", Some(First::Day), Some("2026-06-30 00:00:00")),
            ("30/06/2026", None, None),
            ("06/6/2026", None, Some("2026-06-06 00:00:00")),
            ("30/06/2026", Some(First::Month), None),
            ("30/06/26", Some(First::Day), None),
            ("30/06/2026 25:00", Some(First::Day), None),
            ("30/06/2026 13:00 AM", Some(First::Day), None),
            ("30/06/2026 8:15:30 AM WITA", Some(First::Day), None),
            ("31/02/2026", Some(First::Day), None),
            ("2026/06/30 8:15:30 AM GMT+8 x", None, None),
            ("30 Juni 2026", Some(First::Day), None),
        ] {
            assert_eq!(shown(text, first).as_deref(), want, "{text}");
        }
    }

    fn seen(texts: &[&str]) -> Seen {
        let mut seen = Seen::default();
        texts.iter().for_each(|t| seen.text(t));
        seen
    }

    #[test]
    fn what_comes_first_is_what_the_column_shows_or_is_not_guessed() {
        assert_eq!(
            seen(&["05/06/2026 8:00:00", "30/06/2026 8:00:00"]).first(),
            Ok(Some(First::Day))
        );
        assert_eq!(
            seen(&["6/5/2026", "6/30/2026"]).first(),
            Ok(Some(First::Month))
        );
        assert_eq!(
            seen(&["06/06/2026", "2026-06-05", "kemarin"]).first(),
            Ok(None)
        );
        let both = seen(&["30/06/2026", "6/30/2026"]).first().unwrap_err();
        assert!(both.contains("no one order"), "{both}");
        let neither = seen(&["05/06/2026 8.00.00", "06/06/2026 8.00.00"])
            .first()
            .unwrap_err();
        assert!(
            neither.contains("`05/06/2026 8.00.00`")
                && neither.contains("\"%d/%m/%Y %H.%M.%S\" or \"%m/%d/%Y %H.%M.%S\""),
            "{neither}"
        );
    }

    #[test]
    fn a_column_that_a_spreadsheet_has_half_turned_around_is_refused() {
        let mut seen = seen(&["30/06/2026"]);
        let cell = |day| {
            NaiveDate::from_ymd_opt(2026, 5, day)
                .unwrap()
                .and_time(NaiveTime::MIN)
        };
        seen.typed(cell(6));
        assert!(seen.first().unwrap_err().contains("turned around"));
        seen.typed(cell(13));
        assert_eq!(seen.first(), Ok(Some(First::Day)));
    }
}
