//! Results published before: reproduced where their NRR are known, never graded again.
//!
//! In: an archived result, its instrument. Out: whether the published figure is what its NRR give, under the legacy rule it was made
//! by. A legacy weight is used here and nowhere else.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use crate::config::ikm::Archived;
use crate::exact;
use crate::standard::Instrument;
use crate::standard::instrument::LegacyRule;

/// What came of reproducing an archived figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reproduced<'i> {
    /// No NRR are known.
    NotTried,
    /// The figure as published; by the legacy rule where one is named.
    Same(Option<&'i LegacyRule>),
    /// Another figure, rounded to as many decimals as were published.
    Other(BigRational),
}

/// Makes the index of an archived result anew and compares it to as many decimals as were published.
pub fn reproduce<'i>(archived: &Archived, instrument: &'i Instrument) -> Reproduced<'i> {
    if archived.nrr.is_empty() {
        return Reproduced::NotTried;
    }
    let rule = archived.legacy.as_ref();
    let rule = rule.and_then(|code| instrument.legacy.iter().find(|r| r.code == *code));
    let mut sum = BigRational::zero();
    for (code, nrr) in &archived.nrr {
        let own = instrument.element(code).map(|e| &e.weight);
        let weight = rule.map(|r| &r.weight).or(own);
        sum += weight.map_or_else(BigRational::zero, |w| w * nrr);
    }
    if let Some(places) = rule.and_then(|r| r.sum_places) {
        sum = exact::round_to(&sum, places);
    }
    let index = sum * BigRational::from(BigInt::from(25));
    let places = exact::places_written(&archived.written);
    let index = exact::round_to(&index, places);
    match index == archived.value {
        true => Reproduced::Same(rule),
        false => Reproduced::Other(index),
    }
}

/// What the archived grade is called by the instrument it was given under; empty where its bands do not say.
pub(super) fn performance(archived: &Archived, instrument: Option<&Instrument>) -> String {
    let mut bands = instrument.into_iter().flat_map(|i| &i.bands);
    let band = bands.find(|b| b.grade == archived.grade);
    band.map(|b| b.performance.clone()).unwrap_or_default()
}
