//! The settings file as it is written, and its checks.
//!
//! In: TOML text. Out: [`Settings`], or one [`Mistake`] with the bytes it stands at.

use std::ops::Range;

use chrono_tz::Tz;
use serde::Deserialize;
use toml::Spanned;

use super::ikm_file::{IkmTable, ikm};
use super::source::{SourceTable, sources};
use super::{Office, ReportRules, Settings, Signatory};

/// What is wrong, as the end of a sentence, and where.
pub(super) struct Mistake {
    pub message: String,
    pub span: Range<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    office: OfficeTable,
    #[serde(default)]
    standards: StandardsTable,
    #[serde(default)]
    source: SourceTable,
    #[serde(default)]
    report: ReportTable,
    #[serde(default)]
    ikm: IkmTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeTable {
    name: Spanned<String>,
    unit: Spanned<String>,
    #[serde(default)]
    province: String,
    #[serde(default)]
    city: String,
    zone: Option<Spanned<String>>,
    zone_label: Option<Spanned<String>>,
    #[serde(default)]
    synthetic: bool,
    #[serde(default)]
    made_by: SignatoryTable,
    #[serde(default)]
    checked_by: SignatoryTable,
    #[serde(default)]
    approved_by: SignatoryTable,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SignatoryTable {
    #[serde(default)]
    position: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct StandardsTable {
    calendar: Option<Spanned<String>>,
    #[serde(default)]
    joint_leave_works: bool,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct ReportTable {
    least_n: Option<Spanned<u64>>,
    at_risk_days: Option<Spanned<u32>>,
}

/// Reads and checks the file's text.
pub(super) fn read(text: &str, digest: String) -> Result<Settings, Mistake> {
    let file: File = toml::from_str(text).map_err(unreadable)?;
    let least_n = within(file.report.least_n, 10, 1..=1_000, "report.least_n")?;
    let at_risk_days = within(file.report.at_risk_days, 3, 0..=365, "report.at_risk_days")?;
    Ok(Settings {
        office: office(file.office)?,
        rules: ReportRules {
            least_n,
            at_risk_days,
        },
        calendar: calendar(file.standards.calendar)?,
        joint_leave_works: file.standards.joint_leave_works,
        ikm: ikm(file.ikm)?,
        sources: sources(file.source)?,
        digest,
    })
}

fn unreadable(error: toml::de::Error) -> Mistake {
    let found = error.message().trim_end().replace('\n', "; ");
    let cure = if found.starts_with("unknown field") {
        "correct its spelling or remove it"
    } else if found.starts_with("missing field") {
        "add it; `tepat init` writes a file with every key"
    } else {
        "correct the value; `tepat init` writes a file with every key"
    };
    Mistake {
        message: format!("{found}: {cure}"),
        span: error.span().unwrap_or(0..0),
    }
}

fn office(table: OfficeTable) -> Result<Office, Mistake> {
    let (zone, zone_label) = zone(table.zone, table.zone_label)?;
    Ok(Office {
        name: filled(table.name, "office.name")?,
        unit: filled(table.unit, "office.unit")?,
        province: table.province,
        city: table.city,
        zone,
        zone_label,
        synthetic: table.synthetic,
        made_by: signatory(table.made_by),
        checked_by: signatory(table.checked_by),
        approved_by: signatory(table.approved_by),
    })
}

fn signatory(table: SignatoryTable) -> Signatory {
    Signatory {
        position: table.position,
        name: table.name,
    }
}

/// The zone and its abbreviation. A zone without the abbreviation would print WITA beside another zone's hours.
fn zone(
    zone: Option<Spanned<String>>,
    label: Option<Spanned<String>>,
) -> Result<(Tz, String), Mistake> {
    let (tz, named_at) = match zone {
        None => (Tz::Asia__Makassar, None),
        Some(name) => {
            let tz = name.get_ref().parse::<Tz>().map_err(|_| Mistake {
                message: format!(
                    "office.zone is `{}`, which is no IANA time zone: write one such as Asia/Jakarta, Asia/Makassar or Asia/Jayapura",
                    name.get_ref()
                ),
                span: name.span(),
            })?;
            (tz, Some(name.span()))
        }
    };
    match (label, named_at) {
        (Some(label), _) => Ok((tz, filled(label, "office.zone_label")?)),
        (None, Some(span)) if tz != Tz::Asia__Makassar => Err(Mistake {
            message: format!(
                "office.zone is `{tz}` but office.zone_label is missing: add the abbreviation people write, e.g. WIB, WITA or WIT"
            ),
            span,
        }),
        (None, _) => Ok((tz, "WITA".to_owned())),
    }
}

pub(super) fn filled(text: Spanned<String>, key: &str) -> Result<String, Mistake> {
    if text.get_ref().trim().is_empty() {
        return Err(Mistake {
            message: format!("{key} is empty: write the text that reports are to print"),
            span: text.span(),
        });
    }
    Ok(text.into_inner())
}

fn calendar(name: Option<Spanned<String>>) -> Result<String, Mistake> {
    let Some(name) = name else {
        return Ok("kaltim".to_owned());
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.get_ref().is_empty() || !name.get_ref().chars().all(plain) {
        return Err(Mistake {
            message: format!(
                "standards.calendar is `{}`: write the name of a file in standards/calendar/ without its ending, e.g. kaltim (letters, digits, - and _)",
                name.get_ref()
            ),
            span: name.span(),
        });
    }
    Ok(name.into_inner())
}

pub(super) fn within<T: Copy + PartialOrd + std::fmt::Display>(
    value: Option<Spanned<T>>,
    default: T,
    allowed: std::ops::RangeInclusive<T>,
    key: &str,
) -> Result<T, Mistake> {
    match value {
        None => Ok(default),
        Some(v) if allowed.contains(v.get_ref()) => Ok(v.into_inner()),
        Some(v) => Err(Mistake {
            message: format!(
                "{key} is `{}`: write a whole number from {} to {}",
                v.get_ref(),
                allowed.start(),
                allowed.end()
            ),
            span: v.span(),
        }),
    }
}
