//! An XES log as a table: one row per event, the attributes of its trace as `case:KEY`, those of the event as `KEY`.
//!
//! In: the bytes of a file, its task. Out: rows for the intake, as a CSV of the same log would give them. The file is read
//! twice, each time one trace at a time: first for the keys, which no line of the file lists, then for the rows.
//!
//! - An attribute that no trace or event has, and no global declares, is a column that is missing. Of an optional column
//!   of the contract that is an absence (a month may have no closed case), unless a key nearly like it is there.
//! - For cases, a trace without events is a row; for steps it is none.
//! - An event outside any trace belongs to no case: it is rejected, with a finding.
//! - A time without offset is a finding unless the mapping names a zone: whoever wrote an XES file may have meant any.

use std::collections::{BTreeMap, BTreeSet};

use super::xes::{Entry, Trace, Value, XesFault, XesReader, case_key};
use crate::source::files::Fault;
use crate::source::files::columns::is_near;
use crate::source::files::intake::Intake;
use crate::source::files::mapping::{Mapping, Origin};
use crate::source::files::part::Part;
use crate::source::files::plan::Plan;
use crate::source::row::{ImportKind, Need};
use crate::source::value::Cell;

/// Rows between two parts, so that progress is seen.
const PART: u64 = 16_384;

/// What stands in a cell of a key with two values.
const TWICE: &str = "dua nilai yang berbeda";

/// The times of a step.
const TIMES: [&str; 2] = ["started_at", "completed_at"];

const STRAY: &str = "Peristiwa berada di luar jejak (trace), sehingga berkasnya tidak diketahui; baris tidak dipakai.";

impl From<XesFault> for Fault {
    fn from(fault: XesFault) -> Self {
        Fault::Header(fault.to_string())
    }
}

/// Reads all rows into the intake.
///
/// # Errors
/// The file is no sound XES log, or lacks what the mapping names.
pub fn read(bytes: &[u8], into: &mut Intake<'_>) -> Result<(), Fault> {
    let task = into.task;
    let header = with_absent(keys(bytes)?, task.kind, task.mapping);
    let plan = Plan::new(task, &header)?;
    let places: BTreeMap<&str, usize> = header.iter().map(String::as_str).zip(0..).collect();
    let name = into.name.clone();
    let mut part = plan.part(&name);
    for entry in XesReader::new(bytes)? {
        match entry? {
            Entry::Trace(trace) => {
                let table = Table {
                    places: &places,
                    kind: task.kind,
                };
                table.trace(&trace, &plan, &mut part);
            }
            Entry::Stray(event) if task.kind == ImportKind::Steps => {
                part.reject(event.line, STRAY.to_owned());
            }
            Entry::Stray(_) => {}
        }
        if part.parsed.rows >= PART {
            into.absorb(std::mem::replace(&mut part, plan.part(&name)));
        }
    }
    into.absorb(part);
    into.close(&plan)
}

/// The keys of a log, as columns, in their alphabetical order: those it has and those its globals declare.
///
/// # Errors
/// The file is no sound XES log, or holds neither trace nor event.
pub fn keys(bytes: &[u8]) -> Result<Vec<String>, Fault> {
    let mut reader = XesReader::new(bytes)?;
    let mut keys = BTreeSet::new();
    let mut is_empty = true;
    for entry in reader.by_ref() {
        is_empty = false;
        match entry? {
            Entry::Trace(trace) => {
                for (key, _) in &trace.attributes {
                    keys.insert(case_key(key));
                }
                for (key, _) in trace.events.iter().flat_map(|e| &e.attributes) {
                    if !keys.contains(key) {
                        keys.insert(key.clone());
                    }
                }
            }
            Entry::Stray(_) => {}
        }
    }
    if is_empty {
        return Err(Fault::Header(
            "the log holds no trace: export it again with its cases".to_owned(),
        ));
    }
    keys.extend(reader.declared().iter().cloned());
    Ok(keys.into_iter().collect())
}

/// The header with the optional columns that a mapping names and this log happens not to have.
fn with_absent(
    mut header: Vec<String>,
    kind: ImportKind,
    mapping: Option<&Mapping>,
) -> Vec<String> {
    let Some(origins) = mapping.and_then(|m| m.origins(kind)) else {
        return header;
    };
    let found = header.clone();
    let named = |field: &str| match origins.get(field) {
        Some(Origin::Column { name, .. }) => std::slice::from_ref(name),
        Some(Origin::FirstOf(names)) => names.as_slice(),
        _ => &[],
    };
    // A step needs one of its times: a log that has neither column is not the one the mapping is for.
    let is_timed = TIMES
        .iter()
        .any(|time| named(time).iter().any(|name| found.contains(name)));
    for field in kind
        .mapped_fields()
        .iter()
        .filter(|f| f.need == Need::Optional)
    {
        if TIMES.contains(&field.name) && !is_timed {
            continue;
        }
        for name in named(field.name) {
            if !header.contains(name) && !found.iter().any(|f| is_near(f, name)) {
                header.push(name.clone());
            }
        }
    }
    header
}

struct Table<'t> {
    /// Column of each key.
    places: &'t BTreeMap<&'t str, usize>,
    kind: ImportKind,
}

impl Table<'_> {
    fn trace(&self, trace: &Trace, plan: &Plan<'_>, into: &mut Part) {
        let mut of_case = vec![Cell::Empty; self.places.len()];
        for (key, value) in &trace.attributes {
            if let Some(at) = self.places.get(case_key(key).as_str()) {
                of_case[*at] = cell(value);
            }
        }
        for event in &trace.events {
            let mut cells = of_case.clone();
            for (key, value) in &event.attributes {
                if let Some(at) = self.places.get(key.as_str()) {
                    cells[*at] = cell(value);
                }
            }
            plan.row(event.line, |at| cells[at], into);
        }
        if trace.events.is_empty() && self.kind == ImportKind::Cases {
            plan.row(trace.line, |at| of_case[at], into);
        }
    }
}

fn cell(value: &Value) -> Cell<'_> {
    match value {
        Value::Text(text) => Cell::Text(text),
        Value::Real(x) => Cell::Real(*x),
        Value::Twice => Cell::Broken(TWICE),
    }
}
