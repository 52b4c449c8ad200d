//! Keys of figures as the sheets print them: `indicator@period{k=v;k=v}`, or a part of that on a row and the rest over a column.
//!
//! In: parts of a key. Out: its text, and the figure it names. It knows no sheet.

use std::collections::BTreeMap;
use std::fmt;

use crate::measure::Figure;
use crate::period::Period;

/// A report's figures, as its sheets look them up.
pub trait Figures {
    /// The period of the report.
    fn period(&self) -> Period;

    /// The figure of an indicator and group in a period; None where it was not computed.
    fn at(&self, period: Period, indicator: &str, group: &[(&str, &str)]) -> Option<&Figure>;

    /// A share over fewer is withheld.
    fn least_n(&self) -> u64;
}

/// A figure's key, or a part of one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Code {
    indicator: Option<String>,
    /// None: that of the report.
    period: Option<Period>,
    group: BTreeMap<String, String>,
}

impl Code {
    /// The key of an indicator of the whole office.
    pub fn of(indicator: impl Into<String>) -> Self {
        Self {
            indicator: Some(indicator.into()),
            ..Self::default()
        }
    }

    /// A period alone.
    pub fn at(period: Period) -> Self {
        Self {
            period: Some(period),
            ..Self::default()
        }
    }

    /// A dimension alone.
    pub fn group(dimension: &str, value: impl Into<String>) -> Self {
        Self::default().with(dimension, value)
    }

    /// The same key in a dimension.
    pub fn with(mut self, dimension: &str, value: impl Into<String>) -> Self {
        self.group.insert(dimension.to_owned(), value.into());
        self
    }

    /// The key that a row and a column make together.
    pub fn join(&self, other: &Code) -> Code {
        let mut group = self.group.clone();
        group.extend(other.group.clone());
        Code {
            indicator: self.indicator.clone().or(other.indicator.clone()),
            period: self.period.or(other.period),
            group,
        }
    }

    /// The same key of another indicator beside it, e.g. `.low`.
    pub fn suffixed(&self, suffix: &str) -> Code {
        Code {
            indicator: self.indicator.as_ref().map(|i| format!("{i}{suffix}")),
            ..self.clone()
        }
    }

    /// The figure; None where it was not computed or the key is not whole.
    pub fn figure<'c>(&self, c: &'c impl Figures) -> Option<&'c Figure> {
        let pairs: Vec<(&str, &str)> = self
            .group
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        let period = self.period.unwrap_or(c.period());
        c.at(period, self.indicator.as_deref()?, &pairs)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.indicator.as_deref().unwrap_or_default())?;
        if let Some(period) = self.period {
            write!(f, "@{period}")?;
        }
        if !self.group.is_empty() {
            let pairs: Vec<String> = self.group.iter().map(|(k, v)| format!("{k}={v}")).collect();
            write!(f, "{{{}}}", pairs.join(";"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_and_a_column_make_one_key() {
        let month: Period = "2026-03".parse().unwrap();
        let row = Code::of("personnel.limit").with("officer", "P-1");
        let column = Code::group("level", "95").with("side", "lower");
        for (code, text) in [
            (
                row.join(&column),
                "personnel.limit{level=95;officer=P-1;side=lower}",
            ),
            (Code::of("on_time.due").suffixed(".low"), "on_time.due.low"),
            (
                Code::group("step", "12").join(&Code::of("stage.rework").join(&Code::at(month))),
                "stage.rework@2026-03{step=12}",
            ),
            (Code::default(), ""),
        ] {
            assert_eq!(code.to_string(), text);
        }
    }
}
