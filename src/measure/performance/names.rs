//! Officers, roles, services and steps as small numbers, so that millions of executions are counted without copying a name.
//!
//! In: the scored cases. Out: numbers in the order of the names, so that what is sorted by number is sorted by name. It must
//! not be written anywhere itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::measure::performance::UNRECORDED;
use crate::name::Name;
use crate::score::ScoredCase;
use crate::standard::Standard;

/// The names behind the numbers of a ledger's rows.
#[derive(Debug, Clone, Default)]
pub struct Names {
    officers: Vec<Name>,
    /// The officer's number by that of the name; None where the name is no officer's.
    numbers: Vec<Option<u32>>,
    roles: Vec<String>,
    services: Vec<String>,
    /// By address of the standard.
    standards: BTreeMap<usize, Numbers>,
}

/// The numbers of a standard's service, and of its steps' roles.
#[derive(Debug, Clone)]
pub struct Numbers {
    pub service: u32,
    roles: BTreeMap<i32, u32>,
}

impl Numbers {
    /// The role that carries out the step, as the standard names it; a number of no role where it knows no such step.
    pub fn role(&self, step: i32) -> u32 {
        self.roles.get(&step).copied().unwrap_or(u32::MAX)
    }
}

impl Names {
    /// Numbers everything the cases name.
    pub fn of(cases: &[ScoredCase]) -> Self {
        /// Cases of one part.
        const PART: usize = 4_096;
        let seen: Vec<BTreeSet<Name>> = cases.par_chunks(PART).map(officers_of).collect();
        let officers: BTreeSet<Name> = seen.into_iter().flatten().collect();
        let mut names = Self {
            officers: officers.into_iter().collect(),
            ..Self::default()
        };
        for (officer, number) in names.officers.iter().zip(0..) {
            let at = officer.number();
            names.numbers.resize(names.numbers.len().max(at + 1), None);
            if let Some(of_name) = names.numbers.get_mut(at) {
                *of_name = Some(number);
            }
        }
        names.number_standards(cases);
        names
    }

    fn number_standards(&mut self, cases: &[ScoredCase]) {
        let standards: BTreeMap<usize, &Standard> = cases
            .iter()
            .filter_map(|c| c.standard.as_ref())
            .map(|s| (address(s), s.as_ref()))
            .collect();
        let of_steps = || standards.values().flat_map(|s| s.steps.values());
        let services: BTreeSet<&str> = standards.values().map(|s| s.service.as_str()).collect();
        let roles: BTreeSet<&str> = of_steps().map(|s| s.actor.as_str()).collect();
        let number = |names: &BTreeSet<&str>, name: &str| names.range(..name).count() as u32;
        let facts = standards.iter().map(|(at, standard)| {
            let of_steps = standard
                .steps
                .values()
                .map(|s| (s.number, number(&roles, &s.actor)))
                .collect();
            let numbers = Numbers {
                service: number(&services, &standard.service),
                roles: of_steps,
            };
            (*at, numbers)
        });
        self.standards = facts.collect();
        self.services = services.into_iter().map(str::to_owned).collect();
        self.roles = roles.into_iter().map(str::to_owned).collect();
    }

    /// The officer's number; the last one past all names where none is recorded.
    pub fn officer(&self, officer: Option<Name>) -> u32 {
        officer
            .and_then(|name| self.numbers.get(name.number()).copied().flatten())
            .unwrap_or(self.nobody())
    }

    /// The number of executions without an officer.
    pub fn nobody(&self) -> u32 {
        self.officers.len() as u32
    }

    /// The officer of a number.
    pub fn officer_name(&self, number: u32) -> &str {
        let officer = self.officers.get(number as usize);
        officer.map_or(UNRECORDED, |name| name)
    }

    /// The numbers of a standard's service and roles.
    pub fn of_standard(&self, standard: &Arc<Standard>) -> &Numbers {
        static NONE: Numbers = Numbers {
            service: u32::MAX,
            roles: BTreeMap::new(),
        };
        self.standards.get(&address(standard)).unwrap_or(&NONE)
    }

    /// The role of a number.
    pub fn role_name(&self, number: u32) -> &str {
        named(&self.roles, number)
    }

    /// The service of a number.
    pub fn service_name(&self, number: u32) -> &str {
        named(&self.services, number)
    }

    /// The steps of all standards, ascending.
    pub fn steps(&self) -> impl Iterator<Item = i32> {
        let steps: BTreeSet<i32> = self
            .standards
            .values()
            .flat_map(|n| n.roles.keys().copied())
            .collect();
        steps.into_iter()
    }
}

fn named(names: &[String], number: u32) -> &str {
    names
        .get(number as usize)
        .map_or(UNRECORDED, String::as_str)
}

/// The officers that some cases name.
fn officers_of(cases: &[ScoredCase]) -> BTreeSet<Name> {
    let mut met = Vec::new();
    let mut officers = BTreeSet::new();
    let named = cases.iter().flat_map(|case| &case.executions);
    for officer in named.filter_map(|e| e.officer) {
        let at = officer.number();
        if met.get(at) == Some(&true) {
            continue;
        }
        met.resize(met.len().max(at + 1), false);
        if let Some(met) = met.get_mut(at) {
            *met = true;
        }
        officers.insert(officer);
    }
    officers
}

/// Revisions are shared values: one address, one standard.
fn address(standard: &Arc<Standard>) -> usize {
    Arc::as_ptr(standard) as usize
}
