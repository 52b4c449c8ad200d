//! All standards of a workspace side by side, and which one a case is held to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Calendar, Standard};

/// The loaded standards and the calendar they count by.
#[derive(Debug, Clone)]
pub struct Library {
    pub calendar: Arc<Calendar>,
    /// By service code; revisions of one service ascending by `effective_from`, not overlapping (checked on loading).
    pub services: BTreeMap<String, Vec<Arc<Standard>>>,
    /// Alias to service code.
    pub aliases: BTreeMap<String, String>,
}

impl Library {
    /// All revisions of a service by its code or an alias, oldest first; None for a service no standard knows.
    pub fn revisions(&self, service: &str) -> Option<&[Arc<Standard>]> {
        let code = self.aliases.get(service).map_or(service, String::as_str);
        self.services.get(code).map(Vec::as_slice)
    }

    /// The step whose first completion decides a case of this service, by its last revision.
    pub fn decides(&self, service: &str) -> Option<i32> {
        self.revisions(service)?.last()?.decides
    }
}
