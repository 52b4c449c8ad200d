//! What several standards must agree on: codes, aliases, revisions and the time each is in force.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::StandardError;
use super::sop::Loaded;
use crate::standard::{Calendar, Library};

/// Puts the loaded standards side by side.
pub(super) fn assemble(
    calendar: Arc<Calendar>,
    loaded: Vec<Loaded>,
) -> Result<Library, StandardError> {
    let aliases = check_aliases(&loaded)?;
    let mut services: BTreeMap<String, Vec<Loaded>> = BTreeMap::new();
    for one in loaded {
        let service = one.standard.service.clone();
        services.entry(service).or_default().push(one);
    }
    let mut library = Library {
        calendar,
        services: BTreeMap::new(),
        aliases,
    };
    for (service, mut revisions) in services {
        check_numbers(&revisions)?;
        // Paths break no tie: equal dates are refused below.
        revisions.sort_by_key(|r| r.standard.effective_from);
        check_overlap(&revisions)?;
        let revisions = revisions.into_iter().map(|r| Arc::new(r.standard));
        library.services.insert(service, revisions.collect());
    }
    Ok(library)
}

/// Every alias leads to one service, and to none that has the name as its own code.
fn check_aliases(loaded: &[Loaded]) -> Result<BTreeMap<String, String>, StandardError> {
    let mut aliases: BTreeMap<String, (String, &str)> = BTreeMap::new();
    for one in loaded {
        for (alias, span) in one.standard.aliases.iter().zip(&one.aliases) {
            let service = &one.standard.service;
            let own = loaded.iter().find(|l| l.standard.service == *alias);
            let taken = match (own, aliases.get(alias)) {
                (Some(own), _) => Some((alias.as_str(), own.doc.path)),
                (None, Some((other, path))) if other != service => Some((other.as_str(), *path)),
                _ => None,
            };
            if let Some((other, path)) = taken {
                return Err(one.doc.wrong(
                    span.clone(),
                    format!("the alias \"{alias}\" belongs to the service {other} in {path}: remove it from one of the two"),
                ));
            }
            aliases.insert(alias.clone(), (service.clone(), one.doc.path));
        }
    }
    let pairs = aliases
        .into_iter()
        .map(|(alias, (service, _))| (alias, service));
    Ok(pairs.collect())
}

/// No two files hold the same revision of a service.
fn check_numbers(revisions: &[Loaded]) -> Result<(), StandardError> {
    for (i, one) in revisions.iter().enumerate() {
        let before = &revisions[..i];
        let same = before
            .iter()
            .find(|b| b.standard.revision == one.standard.revision);
        if let Some(other) = same {
            return Err(one.doc.wrong(
                one.revision.clone(),
                format!(
                    "`revision` is \"{}\", but {} holds that revision of {} already: give the revision its own number or remove one of the files",
                    one.standard.revision, other.doc.path, one.standard.service
                ),
            ));
        }
    }
    Ok(())
}

/// Revisions, ascending, must not be in force on the same day; without an end a revision lasts until the next.
fn check_overlap(revisions: &[Loaded]) -> Result<(), StandardError> {
    for pair in revisions.windows(2) {
        let [earlier, later] = pair else { continue };
        let from = later.standard.effective_from;
        let last = earlier
            .standard
            .effective_to
            .unwrap_or(earlier.standard.effective_from);
        if last >= from {
            return Err(later.doc.wrong(
                later.effective_from.clone(),
                format!(
                    "`effective_from` is {from}, but revision {} of {} in {} is still in force on that day (to {last}): correct one of the dates so that only one revision is in force",
                    earlier.standard.revision, later.standard.service, earlier.doc.path
                ),
            ));
        }
    }
    Ok(())
}
