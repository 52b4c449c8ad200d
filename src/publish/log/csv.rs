//! An event log as CSV: one row per event, the case's attributes on each of its rows as `case:KEY`, as PM4Py names them.
//!
//! In: a log. Out: UTF-8 with a comma between values. A case without events is one row whose event columns are empty.

use super::content::{CASE_KEYS, EVENT_KEYS, EventLog, Row, Value};
use super::xes::iso;

/// Renders the log.
///
/// # Errors
/// The writer cannot put its bytes together.
pub(super) fn render(log: &EventLog) -> anyhow::Result<Vec<u8>> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let of_case = CASE_KEYS.map(|key| format!("case:{key}"));
    let names = of_case.iter().map(String::as_str);
    writer.write_record(names.chain(EVENT_KEYS))?;
    let none: Row = vec![None; EVENT_KEYS.len()];
    for case in &log.cases {
        let attributes: Vec<String> = case.attributes.iter().map(|v| cell(v, log)).collect();
        let no_event = case.events.is_empty().then_some(&none);
        for event in case.events.iter().chain(no_event) {
            for text in &attributes {
                writer.write_field(text)?;
            }
            for value in event {
                writer.write_field(cell(value, log))?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
    }
    Ok(writer.into_inner()?)
}

fn cell(value: &Option<Value>, log: &EventLog) -> String {
    match value {
        None => String::new(),
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Whole(n)) => n.to_string(),
        Some(Value::YesNo(b)) => b.to_string(),
        Some(Value::Instant(micros)) => iso(*micros, log.zone),
    }
}
