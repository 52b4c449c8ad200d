//! Survey instruments as data: which elements a survey asks, how they weigh, and what its results are called.
//!
//! In: files of `standards/ikm/`. Out: [`Instruments`]. A survey period is held to the ministry's instrument in force in it, or to
//! the one that the settings name for it; an archived score keeps its own bands and is never graded again.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use num_rational::BigRational;

use crate::period::Period;

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceMark {
    /// Read in the text named.
    Read,
    /// Read in a second-hand rendering; the annex itself was not available.
    SecondHand,
    /// Own arithmetic.
    Computed,
    /// Own choice where no source decides.
    Chosen,
}

impl SourceMark {
    pub const ALL: [SourceMark; 4] = [
        SourceMark::Read,
        SourceMark::SecondHand,
        SourceMark::Computed,
        SourceMark::Chosen,
    ];

    /// As written in files and printed on the method page.
    pub fn code(self) -> &'static str {
        match self {
            SourceMark::Read => "V",
            SourceMark::SecondHand => "V2",
            SourceMark::Computed => "C",
            SourceMark::Chosen => "O",
        }
    }
}

/// Whose criteria an instrument has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// The ministry's: one is in force on any day.
    Ministry,
    /// The office's own: reported beside the ministry's.
    Office,
}

impl Owner {
    /// As written in files.
    pub fn code(self) -> &'static str {
        match self {
            Owner::Ministry => "ministry",
            Owner::Office => "office",
        }
    }
}

/// What of the case data an element can be held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measured {
    /// Timeliness: on time of those decided.
    Timeliness,
    /// The fee: where there is none, the element is near its highest value always.
    Fee,
}

/// One element (unsur).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// e.g. `WAKTU`.
    pub code: String,
    /// e.g. "Waktu Penyelesaian".
    pub title: String,
    /// Exactly; those of an instrument sum to 1.
    pub weight: BigRational,
    /// As the questionnaire asks it.
    pub question: Option<String>,
    /// Words of the answers 1 to 4.
    pub scale: [String; 4],
    pub measured: Option<Measured>,
    /// Words by which a suggestion is told to be about it, in lower case.
    pub keywords: Vec<String>,
}

/// One band of results (mutu pelayanan).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Lowest and highest IKM, rounded to 2 decimals, in hundredths: 8831 and 10000.
    pub from: i64,
    pub to: i64,
    /// A to D.
    pub grade: String,
    /// e.g. "Sangat baik".
    pub performance: String,
}

/// A weight that reproduces an archived figure, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegacyRule {
    /// e.g. `0.071`.
    pub code: String,
    /// Of every element.
    pub weight: BigRational,
    /// Decimals to which the weighted sum was rounded before it was multiplied by 25; None: not rounded.
    pub sum_places: Option<u32>,
    /// Said wherever a figure was computed by it.
    pub remark: String,
}

/// One instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// e.g. `permenpanrb-14-2017`.
    pub code: String,
    /// e.g. "PermenPANRB Nomor 14 Tahun 2017".
    pub title: String,
    pub owner: Owner,
    /// What it rests on, in words.
    pub basis: String,
    pub mark: SourceMark,
    /// First and last date of surveys held by it.
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    /// In the order of the legal list.
    pub elements: Vec<Element>,
    /// Ascending; empty where the bands are not verified: then no grade is given.
    pub bands: Vec<Band>,
    pub bands_mark: SourceMark,
    /// Orders in which questionnaires ask the elements, by name (`legal`, `questionnaire`): codes.
    pub orders: BTreeMap<String, Vec<String>>,
    pub legacy: Vec<LegacyRule>,
    /// Remarks for the method page: mark and sentence, in Indonesian.
    pub notes: Vec<(SourceMark, String)>,
    /// Name of the file it was read from, and the SHA-256 (hex) of its bytes.
    pub file: String,
    pub digest: String,
}

impl Instrument {
    /// The band of a result in hundredths; None without bands.
    pub fn band(&self, hundredths: i64) -> Option<&Band> {
        let mut bands = self.bands.iter();
        bands.find(|b| (b.from..=b.to).contains(&hundredths))
    }

    /// The element of a code.
    pub fn element(&self, code: &str) -> Option<&Element> {
        self.elements.iter().find(|e| e.code == code)
    }
}

/// All instruments of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instruments {
    pub by_code: BTreeMap<String, Arc<Instrument>>,
}

impl Instruments {
    /// The ministry's instrument in force on a date.
    pub fn in_force(&self, date: NaiveDate) -> Option<&Arc<Instrument>> {
        let holds = |i: &&Arc<Instrument>| {
            i.owner == Owner::Ministry
                && i.valid_from <= date
                && i.valid_to.is_none_or(|to| date <= to)
        };
        self.by_code.values().find(holds)
    }

    /// The instrument a period is held to: the one that `surveys` names for it, else the ministry's in force on its first day. A
    /// survey that began under one instrument is finished by it; no source decides that.
    pub fn of_period(
        &self,
        period: Period,
        surveys: &[(Period, String)],
    ) -> Option<&Arc<Instrument>> {
        match surveys.iter().find(|(p, _)| *p == period) {
            Some((_, code)) => self.by_code.get(code),
            None => self.in_force(period.first()),
        }
    }
}
