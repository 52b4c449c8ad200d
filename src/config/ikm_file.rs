//! The table `[ikm]` as it is written, and its checks. It does not know which instruments and services there are.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use num_rational::BigRational;
use serde::Deserialize;
use toml::{Spanned, Value};

use super::file::{Mistake, filled, within};
use super::ikm::{AGE_BANDS, Activity, Archived, IkmSettings, PartialForms};
use crate::exact;
use crate::period::Period;

/// `[ikm]` as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct IkmTable {
    partial_forms: Option<Spanned<String>>,
    age_bands: Option<Spanned<Vec<Spanned<u8>>>>,
    #[serde(default)]
    internal: Vec<Spanned<String>>,
    #[serde(default)]
    charged_services: Vec<Spanned<String>>,
    #[serde(default)]
    carried_out_by: String,
    #[serde(default)]
    method: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    activity: Vec<ActivityTable>,
    #[serde(default)]
    survey: Vec<SurveyTable>,
    #[serde(default)]
    archive: Vec<ArchiveTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActivityTable {
    what: Spanned<String>,
    from: Spanned<Value>,
    to: Spanned<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SurveyTable {
    period: Spanned<String>,
    instrument: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArchiveTable {
    period: Spanned<String>,
    instrument: Spanned<String>,
    value: Spanned<String>,
    #[serde(default)]
    grade: String,
    respondents: Option<Spanned<u64>>,
    #[serde(default)]
    nrr: BTreeMap<String, Spanned<String>>,
    legacy: Option<Spanned<String>>,
}

/// More respondents than any office has.
const MOST_RESPONDENTS: u64 = 1_000_000_000;

/// Checks `[ikm]`.
pub(super) fn ikm(table: IkmTable) -> Result<IkmSettings, Mistake> {
    Ok(IkmSettings {
        partial_forms: partial_forms(table.partial_forms)?,
        age_bands: age_bands(table.age_bands)?,
        internal: once(table.internal, "ikm.internal")?,
        surveys: surveys(table.survey)?,
        carried_out_by: table.carried_out_by.trim().to_owned(),
        method: table.method.trim().to_owned(),
        place: table.place.trim().to_owned(),
        activities: table
            .activity
            .into_iter()
            .map(activity)
            .collect::<Result<_, _>>()?,
        archive: archive(table.archive)?,
        charged_services: once(table.charged_services, "ikm.charged_services")?,
    })
}

fn partial_forms(word: Option<Spanned<String>>) -> Result<PartialForms, Mistake> {
    let Some(word) = word else {
        return Ok(PartialForms::default());
    };
    match word.get_ref().as_str() {
        "available" => Ok(PartialForms::Available),
        "complete" => Ok(PartialForms::Complete),
        other => Err(Mistake {
            message: format!(
                "ikm.partial_forms is `{other}`: write \"available\" (every answer counts for its element) or \"complete\" (only forms that answer every element count)"
            ),
            span: word.span(),
        }),
    }
}

fn age_bands(bands: Option<Spanned<Vec<Spanned<u8>>>>) -> Result<Vec<u8>, Mistake> {
    let Some(bands) = bands else {
        return Ok(AGE_BANDS.to_vec());
    };
    let cure = "write the lowest age of each band after the first, ascending, 1 to 120, as in [20, 30, 40, 50, 60]";
    if bands.get_ref().is_empty() {
        return Err(Mistake {
            message: format!("ikm.age_bands is empty: {cure}"),
            span: bands.span(),
        });
    }
    let mut read: Vec<u8> = Vec::new();
    for age in bands.get_ref() {
        let from = *age.get_ref();
        if !(1..=120).contains(&from) || read.last().is_some_and(|before| *before >= from) {
            return Err(Mistake {
                message: format!(
                    "ikm.age_bands has `{from}`, which is out of range or not above the age in front: {cure}"
                ),
                span: age.span(),
            });
        }
        read.push(from);
    }
    Ok(read)
}

/// Texts that are not empty, each once.
fn once(texts: Vec<Spanned<String>>, key: &str) -> Result<Vec<String>, Mistake> {
    let mut read: Vec<String> = Vec::new();
    for text in texts {
        let span = text.span();
        let text = filled(text, key)?;
        if read.contains(&text) {
            return Err(Mistake {
                message: format!("{key} has `{text}` twice: write it once"),
                span,
            });
        }
        read.push(text);
    }
    Ok(read)
}

fn activity(table: ActivityTable) -> Result<Activity, Mistake> {
    let span = table.to.span();
    let activity = Activity {
        what: filled(table.what, "ikm.activity.what")?,
        from: date(&table.from, "ikm.activity.from")?,
        to: date(&table.to, "ikm.activity.to")?,
    };
    if activity.to < activity.from {
        return Err(Mistake {
            message: format!(
                "ikm.activity.to is {}, before `from` {}: write the activity's last day",
                activity.to, activity.from
            ),
            span,
        });
    }
    Ok(activity)
}

fn surveys(tables: Vec<SurveyTable>) -> Result<Vec<(Period, String)>, Mistake> {
    let mut read: Vec<(Period, String)> = Vec::new();
    for table in tables {
        let period = period(&table.period, "ikm.survey.period")?;
        not_twice(
            read.iter().any(|(p, _)| *p == period),
            &table.period,
            "survey",
        )?;
        read.push((period, filled(table.instrument, "ikm.survey.instrument")?));
    }
    Ok(read)
}

fn archive(tables: Vec<ArchiveTable>) -> Result<Vec<Archived>, Mistake> {
    let mut read: Vec<Archived> = Vec::new();
    for table in tables {
        let period = period(&table.period, "ikm.archive.period")?;
        not_twice(
            read.iter().any(|a| a.period == period),
            &table.period,
            "archive",
        )?;
        read.push(archived(table, period)?);
    }
    Ok(read)
}

fn archived(table: ArchiveTable, period: Period) -> Result<Archived, Mistake> {
    if let (Some(legacy), true) = (&table.legacy, table.nrr.is_empty()) {
        return Err(Mistake {
            message: format!(
                "ikm.archive.legacy is `{}`, but the entry has no `nrr` to reproduce the figure from: add the NRR of every element as published, or remove `legacy`",
                legacy.get_ref()
            ),
            span: legacy.span(),
        });
    }
    let nrr = table.nrr.into_iter().map(|(code, text)| {
        let value = number(&text, 1, 4, &format!("ikm.archive.nrr.{code}"))?;
        Ok((code, value))
    });
    let nrr = nrr.collect::<Result<_, _>>()?;
    let some = table.respondents.is_some();
    let respondents = within(
        table.respondents,
        1,
        1..=MOST_RESPONDENTS,
        "ikm.archive.respondents",
    )?;
    let legacy = table.legacy.map(|l| filled(l, "ikm.archive.legacy"));
    Ok(Archived {
        period,
        instrument: filled(table.instrument, "ikm.archive.instrument")?,
        value: number(&table.value, 25, 100, "ikm.archive.value")?,
        written: table.value.get_ref().trim().to_owned(),
        grade: table.grade.trim().to_owned(),
        respondents: some.then_some(respondents),
        nrr,
        legacy: legacy.transpose()?,
    })
}

fn period(word: &Spanned<String>, key: &str) -> Result<Period, Mistake> {
    word.get_ref().parse().map_err(|e| Mistake {
        message: format!("{key}: {e}"),
        span: word.span(),
    })
}

fn not_twice(known: bool, period: &Spanned<String>, table: &str) -> Result<(), Mistake> {
    match known {
        false => Ok(()),
        true => Err(Mistake {
            message: format!(
                "[[ikm.{table}]] has the period {} already: keep one of the two entries",
                period.get_ref()
            ),
            span: period.span(),
        }),
    }
}

/// A number as it was published, exactly, with a decimal point or comma.
fn number(text: &Spanned<String>, low: i64, high: i64, key: &str) -> Result<BigRational, Mistake> {
    let plain = !text.get_ref().contains('/');
    exact::parse(text.get_ref())
        .filter(|v| plain && (exact::ratio(low, 1)..=exact::ratio(high, 1)).contains(v))
        .ok_or_else(|| Mistake {
            message: format!(
                "{key} is `{}`: write the number as it was published, from {low} to {high}, in quotation marks, as in \"76.475\" or \"76,475\"",
                text.get_ref()
            ),
            span: text.span(),
        })
}

/// A date, with or without quotation marks.
fn date(value: &Spanned<Value>, key: &str) -> Result<NaiveDate, Mistake> {
    let written = match value.get_ref() {
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    NaiveDate::parse_from_str(&written, "%Y-%m-%d")
        .ok()
        .filter(|d| d.to_string() == written)
        .ok_or_else(|| Mistake {
            message: format!(
                "{key} is {written}, which is no date: write a day that exists as year-month-day, as in 2026-06-07"
            ),
            span: value.span(),
        })
}

#[cfg(test)]
mod tests {
    use super::super::{ConfigError, Settings, parse};
    use super::*;

    fn read(text: &str) -> Result<Settings, ConfigError> {
        let office = "[office]\nname = \"Dinas\"\nunit = \"Bidang\"\n";
        parse("tepat.toml", &format!("{office}{text}\n"), "d".into())
    }

    const ARCHIVE: &str = "[[ikm.archive]]\nperiod = \"2012-S1\"\ninstrument = \"kep-25-2004\"\n";

    #[test]
    fn an_archived_figure_is_kept_exactly_as_it_was_written() {
        let text = format!(
            "{ARCHIVE}value = \"76,475\"\ngrade = \"B\"\nrespondents = 150\nlegacy = \"0.071\"\nnrr = {{ PROSEDUR = \"3.06\", ADIL = \"2,9\" }}"
        );
        let settings = read(&text).unwrap().ikm;
        let [one] = settings.archive.as_slice() else {
            panic!("{settings:?}");
        };
        assert_eq!(one.value, exact::ratio(76_475, 1000));
        assert_eq!((one.written.as_str(), one.grade.as_str()), ("76,475", "B"));
        assert_eq!(
            (one.respondents, one.legacy.as_deref()),
            (Some(150), Some("0.071"))
        );
        assert_eq!(
            one.nrr,
            [
                ("ADIL".to_owned(), exact::ratio(29, 10)),
                ("PROSEDUR".to_owned(), exact::ratio(306, 100))
            ]
        );
    }

    #[test]
    fn what_an_office_leaves_out_has_its_default() {
        let least = read("").unwrap().ikm;
        assert_eq!(least, IkmSettings::default());
        assert_eq!(least.age_bands, [20, 30, 40, 50, 60]);
        assert_eq!(least.partial_forms, PartialForms::Available);
    }

    #[test]
    fn each_mistake_in_the_survey_names_its_line_the_value_and_the_cure() {
        let of = |more: &str| format!("{ARCHIVE}{more}");
        for (text, line, words) in [
            ("[ikm]\npartial_forms = \"all\"".to_owned(), 5, vec!["`all`", "available", "complete"]),
            ("[ikm]\nage_bands = []".to_owned(), 5, vec!["empty", "[20, 30"]),
            ("[ikm]\nage_bands = [20, 20]".to_owned(), 5, vec!["`20`", "ascending"]),
            ("[ikm]\nage_bands = [130]".to_owned(), 5, vec!["`130`", "120"]),
            ("[ikm]\nage_bands = [300]".to_owned(), 5, vec!["300"]),
            ("[ikm]\ninternal = [\"a\", \"a\"]".to_owned(), 5, vec!["ikm.internal", "twice"]),
            ("[ikm]\ncharged_services = [\"\"]".to_owned(), 5, vec!["ikm.charged_services", "empty"]),
            ("[ikm]\nagebands = [20]".to_owned(), 5, vec!["`agebands`", "`age_bands`"]),
            (
                "[[ikm.survey]]\nperiod = \"2017-S3\"\ninstrument = \"x\"".to_owned(),
                5,
                vec!["ikm.survey.period", "`2017-S3`", "2026-S1"],
            ),
            (
                "[[ikm.survey]]\nperiod = \"2017\"\ninstrument = \"x\"\n[[ikm.survey]]\nperiod = \"2017\"\ninstrument = \"y\"".to_owned(),
                8,
                vec!["[[ikm.survey]]", "2017", "already"],
            ),
            (
                "[[ikm.activity]]\nwhat = \"x\"\nfrom = 2026-02-03\nto = 2026-02-02".to_owned(),
                7,
                vec!["2026-02-02", "before"],
            ),
            (
                "[[ikm.activity]]\nwhat = \"x\"\nfrom = \"3 Feb 2026\"\nto = 2026-02-02".to_owned(),
                6,
                vec!["3 Feb 2026", "no date"],
            ),
            (of("value = \"24.99\""), 7, vec!["ikm.archive.value", "`24.99`", "25 to 100"]),
            (of("value = \"200/3\""), 7, vec!["`200/3`"]),
            (of("value = 76.475"), 7, vec!["76.475", "string"]),
            (of("value = \"80\"\nrespondents = 0"), 8, vec!["`0`"]),
            (of("value = \"80\"\nnrr = { WAKTU = \"4.01\" }"), 8, vec!["ikm.archive.nrr.WAKTU", "`4.01`"]),
            (of("value = \"80\"\nlegacy = \"0.071\""), 8, vec!["`0.071`", "`nrr`"]),
            (of(&format!("value = \"80\"\n{ARCHIVE}value = \"81\"")), 9, vec!["2012-S1", "already"]),
        ] {
            let error = read(&text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("tepat.toml:{line}: ")), "{text}\n{error}");
            assert!(!error.contains('\n'), "{error}");
            for word in words {
                assert!(error.contains(word), "{word} is not in: {error}");
            }
        }
    }
}
