//! An event log as XES (IEEE Std 1849-2016).
//!
//! In: a log. Out: UTF-8 XML and the number of characters that XML 1.0 cannot hold (section 2.2, `Char`), each replaced by
//! U+FFFD. Dates without a time are strings, since XES knows points in time only. Globals declare what every trace and
//! event has; their values are placeholders, as the standard has them, and no event lacks the key.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;

use super::Rendered;
use super::content::{CASE_GLOBALS, CASE_KEYS, EVENT_GLOBALS, EVENT_KEYS, EventLog, Row, Value};

/// Standard extensions whose keys are used: name, prefix.
const EXTENSIONS: [(&str, &str); 4] = [
    ("Concept", "concept"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
    ("Time", "time"),
];

/// Name and keys; keys of classifiers must be global (clause 5.5).
const CLASSIFIERS: [(&str, &str); 2] = [
    ("Langkah", "concept:name"),
    ("Langkah dan peralihan", "concept:name lifecycle:transition"),
];

/// Renders the log.
pub(super) fn render(log: &EventLog) -> Rendered {
    let mut writer = Writer {
        out: String::new(),
        replaced: 0,
        zone: log.zone,
    };
    writer.head();
    for (key, value) in &log.attributes {
        writer.attribute(1, key, value);
    }
    for case in &log.cases {
        writer.out.push_str("\t<trace>\n");
        writer.row(2, &CASE_KEYS, &case.attributes);
        for event in &case.events {
            writer.out.push_str("\t\t<event>\n");
            writer.row(3, &EVENT_KEYS, event);
            writer.out.push_str("\t\t</event>\n");
        }
        writer.out.push_str("\t</trace>\n");
    }
    writer.out.push_str("</log>\n");
    Rendered {
        bytes: writer.out.into_bytes(),
        replaced: writer.replaced,
    }
}

/// Local ISO 8601 with offset, always with six digits of a second: readers take a column's form from its first value.
pub(super) fn iso(micros: i64, zone: Tz) -> String {
    DateTime::<Utc>::from_timestamp_micros(micros)
        .unwrap_or_default()
        .with_timezone(&zone)
        .to_rfc3339_opts(SecondsFormat::Micros, false)
}

struct Writer {
    out: String,
    replaced: u64,
    zone: Tz,
}

impl Writer {
    fn head(&mut self) {
        self.out.push_str(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <log xes.version=\"1849-2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n",
        );
        for (name, prefix) in EXTENSIONS {
            // Writing to a string cannot fail.
            let _ = writeln!(
                self.out,
                "\t<extension name=\"{name}\" prefix=\"{prefix}\" uri=\"http://www.xes-standard.org/{prefix}.xesext\"/>"
            );
        }
        for (scope, keys) in [("trace", &CASE_GLOBALS[..]), ("event", &EVENT_GLOBALS[..])] {
            let _ = writeln!(self.out, "\t<global scope=\"{scope}\">");
            for key in keys {
                self.attribute(2, key, &placeholder(key));
            }
            self.out.push_str("\t</global>\n");
        }
        for (name, keys) in CLASSIFIERS {
            let _ = writeln!(self.out, "\t<classifier name=\"{name}\" keys=\"{keys}\"/>");
        }
    }

    fn row(&mut self, depth: usize, keys: &[&str], row: &Row) {
        for (key, value) in keys.iter().zip(row) {
            if let Some(value) = value {
                self.attribute(depth, key, value);
            }
        }
    }

    fn attribute(&mut self, depth: usize, key: &str, value: &Value) {
        let (kind, text) = match value {
            Value::Text(text) => ("string", self.escaped(text)),
            Value::Whole(n) => ("int", n.to_string()),
            Value::YesNo(b) => ("boolean", b.to_string()),
            Value::Instant(micros) => ("date", iso(*micros, self.zone)),
        };
        for _ in 0..depth {
            self.out.push('\t');
        }
        let _ = writeln!(self.out, "<{kind} key=\"{key}\" value=\"{text}\"/>");
    }

    /// Text as it may stand in an attribute. White space is written as references, which readers keep; plain, they would
    /// read it as blanks.
    fn escaped(&mut self, text: &str) -> String {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\t' => escaped.push_str("&#9;"),
                '\n' => escaped.push_str("&#10;"),
                '\r' => escaped.push_str("&#13;"),
                '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => {
                    self.replaced += 1;
                    escaped.push('\u{fffd}');
                }
                other => escaped.push(other),
            }
        }
        escaped
    }
}

/// The value a global needs to have, of the type its key has.
fn placeholder(key: &str) -> Value {
    match key {
        "time:timestamp" => Value::Instant(0),
        "step" | "execution" => Value::Whole(0),
        "requires_recommendation" => Value::YesNo(false),
        _ => Value::Text("UNKNOWN".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced_and_counted() {
        let mut writer = Writer {
            out: String::new(),
            replaced: 0,
            zone: chrono_tz::UTC,
        };
        let escaped = writer.escaped("a\u{1}<\"&\n>\u{ffff}é😀");
        assert_eq!(escaped, "a\u{fffd}&lt;&quot;&amp;&#10;&gt;\u{fffd}é😀");
        assert_eq!(writer.replaced, 2);
    }

    #[test]
    fn instants_have_their_offset_and_six_digits() {
        let zone = chrono_tz::Asia::Makassar;
        assert_eq!(iso(0, zone), "1970-01-01T08:00:00.000000+08:00");
        assert_eq!(iso(-1, zone), "1970-01-01T07:59:59.999999+08:00");
    }
}
