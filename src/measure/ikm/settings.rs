//! Settings of the survey held against the instruments and services there are.
//!
//! In: settings, instruments, standards. Out: nothing, or the first mistake as one sentence. An archived figure that cannot be
//! reproduced is no mistake here: it is a finding of the report.

use std::collections::BTreeSet;

use crate::config::ikm::{Archived, IkmSettings};
use crate::standard::instrument::Owner;
use crate::standard::{Instrument, Instruments, Library};

/// What does not fit, as one sentence without the file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UnknownToSurvey(String);

/// Holds the settings against what is loaded.
///
/// # Errors
/// An instrument, an element, a legacy rule or a service that is not there; a ministry's instrument called internal; NRR that leave
/// out an element.
pub fn check(
    settings: &IkmSettings,
    instruments: &Instruments,
    library: &Library,
) -> Result<(), UnknownToSurvey> {
    for code in &settings.internal {
        let instrument = find(instruments, code, "ikm.internal")?;
        if instrument.owner == Owner::Ministry {
            return wrong(format!(
                "ikm.internal names `{code}`, which is the ministry's: write instruments with owner = \"office\" only; a period is held to the ministry's by itself"
            ));
        }
    }
    for (period, code) in &settings.surveys {
        find(instruments, code, &format!("[[ikm.survey]] of {period}"))?;
    }
    for archived in &settings.archive {
        check_archived(archived, instruments)?;
    }
    for service in &settings.charged_services {
        if library.revisions(service).is_none() {
            let known: Vec<&str> = library.services.keys().map(String::as_str).collect();
            return wrong(format!(
                "ikm.charged_services names `{service}`, which no standard in standards/sop/ has: write one of {}",
                known.join(", ")
            ));
        }
    }
    Ok(())
}

fn check_archived(archived: &Archived, instruments: &Instruments) -> Result<(), UnknownToSurvey> {
    let place = format!("[[ikm.archive]] of {}", archived.period);
    let instrument = find(instruments, &archived.instrument, &place)?;
    let code = &instrument.code;
    if let Some(legacy) = &archived.legacy
        && !instrument.legacy.iter().any(|r| r.code == *legacy)
    {
        let known: Vec<&str> = instrument.legacy.iter().map(|r| r.code.as_str()).collect();
        return wrong(format!(
            "{place} names the legacy rule `{legacy}`, which the instrument {code} does not have: write {}, or remove `legacy`",
            one_of(&known)
        ));
    }
    if archived.nrr.is_empty() {
        return Ok(());
    }
    let given: BTreeSet<&str> = archived.nrr.iter().map(|(code, _)| code.as_str()).collect();
    let wanted: BTreeSet<&str> = instrument
        .elements
        .iter()
        .map(|e| e.code.as_str())
        .collect();
    if let Some(element) = given.difference(&wanted).next() {
        let known: Vec<&str> = wanted.iter().copied().collect();
        return wrong(format!(
            "{place} has an NRR of `{element}`, which is no element of {code}: write one of {}",
            known.join(", ")
        ));
    }
    match wanted.difference(&given).next() {
        None => Ok(()),
        Some(element) => wrong(format!(
            "{place} has NRR, but none of {element}: write that of every element of {code}, or remove `nrr`"
        )),
    }
}

fn find<'i>(
    instruments: &'i Instruments,
    code: &str,
    place: &str,
) -> Result<&'i Instrument, UnknownToSurvey> {
    let found = instruments.by_code.get(code).map(|i| &**i);
    found.ok_or_else(|| {
        let known: Vec<&str> = instruments.by_code.keys().map(String::as_str).collect();
        UnknownToSurvey(format!(
            "{place} names the instrument `{code}`, which standards/ikm/ does not have: write {}, or add the file",
            one_of(&known)
        ))
    })
}

fn one_of(known: &[&str]) -> String {
    match known {
        [] => "none".to_owned(),
        known => format!("one of {}", known.join(", ")),
    }
}

fn wrong<T>(sentence: String) -> Result<T, UnknownToSurvey> {
    Err(UnknownToSurvey(sentence))
}
