//! Logs that `tepat export` wrote, also where another tool has read and written them since: they need no mapping.
//!
//! In: the columns of a log. Out: the mapping that reads it, or none. Known by its columns, since that is what such tools
//! keep. The exporting side is [`crate::publish::log::content`].

use crate::source::error::ImportError;
use crate::source::files::mapping::Mapping;

/// Columns without which a log is not ours.
const NEEDED: [&str; 8] = [
    "case:concept:name",
    "case:service",
    "case:requires_recommendation",
    "case:outcome",
    "step",
    "lifecycle:transition",
    "time:timestamp",
    "concept:instance",
];

/// What may be absent where no case or event has it: section, column of the contract, column of the log.
const OPTIONAL: [(&str, &str, &str); 9] = [
    ("cases", "received_at", "case:received_at"),
    ("cases", "closed_at", "case:closed_at"),
    ("cases", "applicant", "case:applicant"),
    ("cases", "region", "case:region"),
    ("cases", "channel", "case:channel"),
    ("cases", "due_on", "case:due_on"),
    ("steps", "officer", "org:resource"),
    ("steps", "result", "result"),
    ("steps", "instance", "concept:instance"),
];

/// The mapping of a log with these columns; None where the log is not ours.
///
/// # Errors
/// The mapping made here is wrong, which a test excludes.
pub fn mapping(columns: &[String]) -> Option<Result<Mapping, ImportError>> {
    let has = |name: &str| columns.iter().any(|c| c.trim() == name);
    NEEDED
        .iter()
        .all(|name| has(name))
        .then(|| Mapping::parse(&text(has), "the mapping of tepat's own event logs"))
}

fn text(has: impl Fn(&str) -> bool) -> String {
    let mut cases = String::from(
        "case_id = \"case:concept:name\"\n\
         service = \"case:service\"\n\
         requires_recommendation = \"case:requires_recommendation\"\n\
         outcome = \"case:outcome\"\n",
    );
    if !has("case:received_at") {
        // The contract wants the column; its values are missing.
        cases.push_str("received_at = { value = \"\" }\n");
    }
    let mut steps = String::from(
        "case_id = \"case:concept:name\"\n\
         step = \"step\"\n\
         started_at = \"time:timestamp\"\n\
         completed_at = \"time:timestamp\"\n\
         lifecycle = \"lifecycle:transition\"\n",
    );
    for (section, column, name) in OPTIONAL {
        let into = match section {
            "cases" => &mut cases,
            _ => &mut steps,
        };
        if has(name) {
            into.push_str(&format!("{column} = \"{name}\"\n"));
        }
    }
    format!("cases_from = \"rows\"\n[cases]\n{cases}[steps]\n{steps}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::log::content::{CASE_KEYS, EVENT_KEYS};
    use crate::source::row::ImportKind;

    /// Columns as the exporting side writes them.
    fn columns() -> Vec<String> {
        let of_case = CASE_KEYS.iter().map(|key| format!("case:{key}"));
        of_case
            .chain(EVENT_KEYS.iter().map(|key| (*key).to_owned()))
            .collect()
    }

    #[test]
    fn every_column_of_the_contract_is_exported_and_read_back() {
        let all = mapping(&columns()).unwrap().unwrap();
        for kind in [ImportKind::Cases, ImportKind::Steps] {
            let origins = all.origins(kind).unwrap();
            let lacking: Vec<&str> = kind
                .mapped_fields()
                .iter()
                .map(|f| f.name)
                .filter(|name| *name != "row_id" && !origins.contains_key(*name))
                .collect();
            assert_eq!(lacking, [""; 0], "{}", kind.code());
        }
    }

    #[test]
    fn what_no_case_has_may_be_absent_and_other_logs_are_not_ours() {
        let least: Vec<String> = NEEDED.iter().map(|n| (*n).to_owned()).collect();
        assert!(mapping(&least).unwrap().is_ok());
        assert!(mapping(&least[1..]).is_none());
    }
}
