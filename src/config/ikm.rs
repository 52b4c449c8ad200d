//! Settings of the satisfaction survey: the table `[ikm]` of `tepat.toml`.

use chrono::NaiveDate;
use num_rational::BigRational;

use crate::period::Period;

/// What becomes of forms that leave elements out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartialForms {
    /// Every answer counts for its element.
    #[default]
    Available,
    /// Only forms that answer every element count.
    Complete,
}

/// An activity of the survey and when it took place, as the report lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    pub what: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// A result published before, kept as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    pub period: Period,
    /// Code of the instrument it was made by.
    pub instrument: String,
    /// As published, e.g. 76.475.
    pub value: BigRational,
    /// As written in the settings.
    pub written: String,
    pub grade: String,
    pub respondents: Option<u64>,
    /// Element code to NRR as published: then the figure is reproduced, under `legacy` where one is named.
    pub nrr: Vec<(String, BigRational)>,
    pub legacy: Option<String>,
}

/// Choices of the survey; all of them stand in the manifest and on the method page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IkmSettings {
    pub partial_forms: PartialForms,
    /// Lowest age of each band after the first, ascending.
    pub age_bands: Vec<u8>,
    /// Codes of the office's own instruments to report beside the ministry's.
    pub internal: Vec<String>,
    /// Periods that were held by another instrument than the one in force: period and code.
    pub surveys: Vec<(Period, String)>,
    /// Who carried the survey out, how and where, in words; empty: a sentence that fits every office.
    pub carried_out_by: String,
    pub method: String,
    pub place: String,
    pub activities: Vec<Activity>,
    pub archive: Vec<Archived>,
    /// Codes of services that have a fee; all others are free (KOM-03, section J).
    pub charged_services: Vec<String>,
}

/// Bands of ten years from 20 to 60: no source fixes any, and younger and older applicants are few.
pub const AGE_BANDS: [u8; 5] = [20, 30, 40, 50, 60];

impl Default for IkmSettings {
    fn default() -> Self {
        Self {
            partial_forms: PartialForms::default(),
            age_bands: AGE_BANDS.to_vec(),
            internal: Vec::new(),
            surveys: Vec::new(),
            carried_out_by: String::new(),
            method: String::new(),
            place: String::new(),
            activities: Vec::new(),
            archive: Vec::new(),
            charged_services: Vec::new(),
        }
    }
}
