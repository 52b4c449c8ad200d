//! The cases a survey is held against: found by their number, placed by the day they were handed over.
//!
//! In: scored cases, the standards. Out: [`Cases`]. A recipient is a case of which the first completion of the standard's
//! hand-over step falls in the period, whatever its outcome. Where the standard names no such step, or an issued case records
//! no completion of it, the decision stands in. A rejected case that nothing was handed over to is no recipient: nobody gave it a
//! questionnaire. No source decides these; they stand on the method page.

use chrono::NaiveDate;

use super::forms::{UNRECORDED, months, place_of};
use crate::instant::Instant;
use crate::period::Period;
use crate::score::{CaseVerdict, ScoredCase};
use crate::snapshot::Outcome;
use crate::standard::Library;

/// When a case was handed over, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HandedOver {
    pub on: NaiveDate,
    /// The decision stands in although the standard has a step for it.
    pub by_decision: bool,
}

/// All cases.
#[derive(Debug)]
pub(super) struct Cases<'a> {
    pub all: &'a [ScoredCase],
    /// Code of the service, not an alias.
    pub service: Vec<&'a str>,
    pub handed_over: Vec<Option<HandedOver>>,
    /// Places in `all`, by case_id.
    by_id: Vec<u32>,
}

impl<'a> Cases<'a> {
    pub fn new(all: &'a [ScoredCase], library: &'a Library) -> Self {
        let mut by_id: Vec<u32> = (0..).take(all.len()).collect();
        by_id.sort_by_key(|i| all.get(*i as usize).map(|c| c.case_id.as_str()));
        Self {
            all,
            service: all.iter().map(|c| service_of_case(c, library)).collect(),
            handed_over: all.iter().map(handed_over).collect(),
            by_id,
        }
    }

    /// The place of a case among all.
    pub fn find(&self, case_id: &str) -> Option<u32> {
        let id = |i: &u32| self.all.get(*i as usize).map(|c| c.case_id.as_str());
        let at = self.by_id.partition_point(|i| id(i) < Some(case_id));
        let found = self.by_id.get(at).copied()?;
        (id(&found) == Some(case_id)).then_some(found)
    }

    pub fn get(&self, place: u32) -> Option<&'a ScoredCase> {
        self.all.get(place as usize)
    }

    /// Whether the case in this place was late, where it was decided by a clock.
    pub fn late(&self, place: u32) -> Option<bool> {
        match self.get(place)?.verdict {
            CaseVerdict::OnTime => Some(false),
            CaseVerdict::Late => Some(true),
            _ => None,
        }
    }
}

/// A case handed over in a period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipient<'a> {
    /// Place among all cases.
    pub case: u32,
    /// Place among the period's months.
    pub month: u8,
    pub service: &'a str,
    /// `NA` where none is recorded.
    pub channel: &'a str,
    pub by_decision: bool,
}

/// Everybody a permit was handed over to in a period.
#[derive(Debug, Default)]
pub(super) struct Recipients<'a> {
    pub of: Vec<Recipient<'a>>,
}

impl<'a> Recipients<'a> {
    pub fn new(cases: &Cases<'a>, period: Period) -> Self {
        let months = months(period);
        let recipient = |(place, case): (u32, &'a ScoredCase)| {
            let handed = (*cases.handed_over.get(place as usize)?)?;
            let channel = case.channel.as_deref().map(str::trim);
            period.contains(handed.on).then(|| Recipient {
                case: place,
                month: place_of(&months, handed.on),
                service: cases.service.get(place as usize).copied().unwrap_or(""),
                channel: channel.filter(|c| !c.is_empty()).unwrap_or(UNRECORDED),
                by_decision: handed.by_decision,
            })
        };
        Self {
            of: (0..).zip(cases.all).filter_map(recipient).collect(),
        }
    }

    /// How many there are of those that `which` names.
    pub fn count(&self, which: impl Fn(&Recipient) -> bool) -> u64 {
        self.of.iter().filter(|r| which(r)).count() as u64
    }
}

/// The code of a service that a form or case names, where an alias is known.
pub(super) fn service_code<'a>(service: &'a str, library: &'a Library) -> &'a str {
    library.aliases.get(service).map_or(service, String::as_str)
}

fn service_of_case<'a>(case: &'a ScoredCase, library: &'a Library) -> &'a str {
    match &case.standard {
        Some(standard) => &standard.service,
        None => service_code(&case.service, library),
    }
}

fn handed_over(case: &ScoredCase) -> Option<HandedOver> {
    let step = case.standard.as_ref().and_then(|s| s.hands_over);
    let completed = case.executions.iter().filter(|e| Some(e.step) == step);
    let first = completed
        .filter_map(|e| e.completed)
        .min()
        .filter(|_| step.is_some());
    let recorded = first.map(|t| HandedOver {
        on: t.date(),
        by_decision: false,
    });
    // An open case whose deciding step is complete was issued.
    let issued = matches!(case.outcome, Outcome::Issued | Outcome::Open);
    let decided = case.decided.filter(|_| issued).map(Instant::date);
    recorded.or(decided.map(|on| HandedOver {
        on,
        by_decision: step.is_some(),
    }))
}
