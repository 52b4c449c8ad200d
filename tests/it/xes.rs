//! The XES reader: what it yields of a sound file, what it refuses of a broken one, and that another reader sees the same.

use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use tepat::source::files::log::xes::{Attributes, Entry, Event, Value, XesFault, XesReader};
use tepat::source::moment::{Written, read_iso};

fn entries(bytes: &[u8]) -> Result<Vec<Entry>, XesFault> {
    XesReader::new(bytes)?.collect()
}

/// Attributes as `key=value`, a key with two values as `key=?`.
fn words(attributes: &Attributes) -> Vec<String> {
    let word = |(key, value): &(String, Value)| match value {
        Value::Text(text) => format!("{key}={text}"),
        Value::Real(x) => format!("{key}={x}"),
        Value::Twice => format!("{key}=?"),
    };
    attributes.iter().map(word).collect()
}

/// One line per entry: `[trace | event | event]`, or `stray event`.
fn lines(bytes: &[u8]) -> Vec<String> {
    let event = |e: &Event| words(&e.attributes).join(" ");
    entries(bytes)
        .unwrap_or_else(|fault| panic!("{fault}"))
        .iter()
        .map(|entry| match entry {
            Entry::Stray(e) => format!("stray {}", event(e)),
            Entry::Trace(trace) => {
                let mut parts = vec![words(&trace.attributes).join(" ")];
                parts.extend(trace.events.iter().map(event));
                format!("[{}]", parts.join(" | "))
            }
        })
        .collect()
}

fn refused(bytes: &[u8]) -> String {
    let fault = entries(bytes).expect_err("a broken file").to_string();
    assert!(!fault.contains('\n'), "one sentence: {fault}");
    fault
}

fn log(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xmlns=\"http://www.xes-standard.org/\">\n{body}\n</log>\n"
    )
}

const TRACE: &str = "<trace><string key=\"concept:name\" value=\"A\"/><event><int key=\"n\" value=\"1\"/></event></trace>";

#[test]
fn everything_around_traces_and_events_is_passed_over() {
    let text = log(r#"
        <!-- <trace><event/></trace> -->
        <?tool <event/> ?>
        <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
        <global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
        <global scope="event"><date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
        <classifier name="Activity" keys="concept:name lifecycle:transition"/>
        <string key="creator" value="x"><string key="deep" value="y"/></string>
        <trace>
            <string key="concept:name" value="A"><string key="meta" value="M"/></string>
            <list key="parts"><values><string key="part" value="1"/><string key="part" value="2"/></values></list>
            <container key="box"><string key="concept:name" value="no"/></container>
            <![CDATA[<event><string key="concept:name" value="no"/></event>]]>
            <event>
                <date key="time:timestamp" value="2026-06-01T08:00:00.000+08:00"/>
                <boolean key="yes" value="true"/><int key="n" value="12"/><float key="x" value="12.50"/>
                <float key="y" value="viel"/><id key="u" value="7c0e7a2e-0000-4000-8000-000000000000"/>
                &amp; text &#233;
            </event>
            <event/>
        </trace>
        <trace/>
        <event><string key="concept:name" value="alone"/></event>"#);
    assert_eq!(
        lines(text.as_bytes()),
        [
            "[concept:name=A | time:timestamp=2026-06-01T08:00:00.000+08:00 yes=true n=12 x=12.5 y=viel \
             u=7c0e7a2e-0000-4000-8000-000000000000 | ]",
            "[]",
            "stray concept:name=alone",
        ]
    );
}

#[test]
fn globals_declare_keys_and_fill_nothing_in() {
    let text = log(&format!(
        "<global scope=\"trace\"><string key=\"region\" value=\"UNKNOWN\"/></global>\
         <global scope=\"event\"><date key=\"time:timestamp\" value=\"1970-01-01T00:00:00Z\"/></global>{TRACE}"
    ));
    let mut reader = XesReader::new(text.as_bytes()).unwrap();
    let Some(Ok(Entry::Trace(trace))) = reader.next() else {
        panic!("a trace");
    };
    assert_eq!(words(&trace.attributes), ["concept:name=A"]);
    assert_eq!(words(&trace.events[0].attributes), ["n=1"]);
    let declared: Vec<&str> = reader.declared().iter().map(String::as_str).collect();
    assert_eq!(declared, ["case:region", "time:timestamp"]);
    assert!(reader.next().is_none());
}

#[test]
fn namespaces_are_followed_whatever_their_prefix() {
    let prefixed = "<x:log xmlns:x=\"http://www.xes-standard.org/\" xmlns:o=\"urn:other\"><o:trace><x:event/></o:trace>\
        <x:trace><o:string key=\"concept:name\" value=\"no\"/><x:string o:key=\"no\" key=\"concept:name\" value=\"A\"/></x:trace></x:log>";
    assert_eq!(lines(prefixed.as_bytes()), ["[concept:name=A]"]);
    let bare = format!("<log>{TRACE}</log>");
    assert_eq!(lines(bare.as_bytes()), ["[concept:name=A | n=1]"]);
}

#[test]
fn a_key_with_two_values_has_none() {
    let twice = log(
        "<trace><string key=\"a\" value=\"1\"/><string key=\"a\" value=\"2\"/><string key=\"b\" value=\"1\"/>\
                     <string key=\"b\" value=\"1\"/></trace>",
    );
    assert_eq!(lines(twice.as_bytes()), ["[a=? b=1]"]);
}

#[test]
fn entities_are_the_predefined_ones_and_characters() {
    let text =
        log("<trace><string key=\"a\" value=\"&lt;&amp;&#xE9;&#10;&quot;\n&apos;\"/></trace>");
    assert_eq!(lines(text.as_bytes()), ["[a=<&é\n\" ']"]);
    let unknown = refused(log("<trace><string key=\"a\" value=\"&eacute;\"/></trace>").as_bytes());
    assert!(
        unknown.starts_with("line 3: is not well-formed XML") && unknown.contains("eacute"),
        "{unknown}"
    );
    let in_text = refused(log("<trace>&secret;</trace>").as_bytes());
    assert!(in_text.contains("secret"), "{in_text}");
}

#[test]
fn a_doctype_is_refused_and_never_followed() {
    let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE log [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<log><trace><string key=\"a\" value=\"&x;\"/></trace></log>";
    assert_eq!(
        refused(text.as_bytes()),
        "line 2: has a DOCTYPE, which no XES log needs and which is not followed: remove it"
    );
}

#[test]
fn encodings_are_the_declared_ones() {
    let sound = "[a=Kāpuas é]";
    let text = |name: &str, value: &str| {
        format!(
            "<?xml version='1.0' encoding='{name}' ?>\n<log><trace><string key=\"a\" value=\"{value}\"/></trace></log>"
        )
    };
    let utf8 = text("utf-8", "Kāpuas é");
    assert_eq!(lines(utf8.as_bytes()), [sound]);
    assert_eq!(lines(&[b"\xef\xbb\xbf", utf8.as_bytes()].concat()), [sound]);
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(
        text("UTF-16", "Kāpuas é")
            .encode_utf16()
            .flat_map(u16::to_le_bytes),
    );
    assert_eq!(lines(&utf16), [sound]);
    for (name, byte) in [("ISO-8859-1", 0xe9), ("windows-1252", 0xe9)] {
        let mut latin = text(name, "?").into_bytes();
        let at = latin.iter().rposition(|b| *b == b'?').unwrap();
        latin[at] = byte;
        assert_eq!(lines(&latin), ["[a=é]"], "{name}");
        let undeclared = latin.split_off(latin.iter().position(|b| *b == b'\n').unwrap());
        assert_eq!(
            refused(&undeclared),
            "at or after line 1: is not UTF-8 text, though it declares no other encoding: export the log again as UTF-8"
        );
    }
    assert_eq!(
        refused(text("EBCDIC-ID", "x").as_bytes()),
        "declares the encoding \"EBCDIC-ID\", which is not read: export the log as UTF-8"
    );
}

#[test]
fn broken_files_are_refused_with_the_line() {
    for (text, words) in [
        ("", "the file is empty"),
        (" \n\t", "the file is empty"),
        (
            "<?xml version=\"1.0\"?><!-- nothing -->",
            "the file is empty",
        ),
        (
            "<html>\n<body/></html>",
            "line 1: is no XES log: its root element is <html>",
        ),
        ("case_id,step\n1,2\n", "the file is empty"),
        (
            "<log>\n<trace>\n<event>",
            "line 3: the file ends inside <event>: it is cut off",
        ),
        (
            "<log>\n<trace>\n",
            "line 3: the file ends inside <trace>: it is cut off",
        ),
        (
            "<log>\n<trace/>",
            "line 2: the file ends inside <log>: it is cut off",
        ),
        ("<log>\n<trace><string key=\"a", "is not well-formed XML"),
        ("<log><trace></log>", "is not well-formed XML"),
        (
            "<log>\n</log>\n<log></log>",
            "line 3: is not well-formed XML (something follows </log>)",
        ),
        (
            "<log><trace><string key=\"a\" key=\"b\" value=\"\"/></trace></log>",
            "is not well-formed XML",
        ),
        (
            "<log><trace><string key=a value=b/></trace></log>",
            "is not well-formed XML",
        ),
    ] {
        let fault = refused(text.as_bytes());
        assert!(fault.contains(words), "{text}\n{fault}");
    }
}

#[test]
fn gzip_is_known_by_its_bytes_and_a_cut_one_is_refused() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(log(TRACE).as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(lines(&packed), ["[concept:name=A | n=1]"]);
    let cut = refused(&packed[..packed.len() - 20]);
    assert!(
        cut.starts_with("the gzip file is cut off or damaged"),
        "{cut}"
    );
}

/// A source that makes a log of any length as it is read.
struct Endless {
    traces: u64,
    block: Vec<u8>,
}

impl std::io::Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.block.is_empty() && self.traces > 0 {
            self.traces -= 1;
            self.block = match self.traces {
                0 => b"</log>".to_vec(),
                _ => TRACE.as_bytes().to_vec(),
            };
        }
        let n = into.len().min(self.block.len());
        into[..n].copy_from_slice(&self.block[..n]);
        self.block.drain(..n);
        Ok(n)
    }
}

#[test]
fn traces_come_one_by_one_before_the_file_ends() {
    let source = Endless {
        traces: 200_001,
        block: b"<log>".to_vec(),
    };
    let reader = XesReader::new(BufReader::new(source)).unwrap();
    let mut n = 0;
    for entry in reader {
        assert!(matches!(entry, Ok(Entry::Trace(_))));
        n += 1;
    }
    assert_eq!(n, 200_000);
}

/// Case, activity and time of each event, in the order of the file; `None` where absent.
pub type Seen = Vec<(Option<String>, Vec<(Option<String>, Option<i64>)>)>;

fn text_of(attributes: &Attributes, key: &str) -> Option<String> {
    let (_, value) = attributes.iter().find(|(k, _)| k == key)?;
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Real(x) => Some(x.to_string()),
        Value::Twice => None,
    }
}

/// What our reader sees.
pub fn ours(bytes: &[u8]) -> Seen {
    let time = |text: String| match read_iso(&text) {
        Ok(Written::Utc(micros)) => Some(micros),
        _ => None,
    };
    let mut seen = Vec::new();
    for entry in entries(bytes).unwrap() {
        let Entry::Trace(trace) = entry else { continue };
        let events = trace.events.iter().map(|e| {
            let at = text_of(&e.attributes, "time:timestamp").and_then(time);
            (text_of(&e.attributes, "concept:name"), at)
        });
        seen.push((text_of(&trace.attributes, "concept:name"), events.collect()));
    }
    seen
}

/// What PM4Py sees.
pub fn theirs(path: &Path) -> Seen {
    let printed = crate::support::pm4py("seen.py", &[path]);
    serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{e}"))
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

#[test]
fn another_reader_sees_the_same_log() {
    let invented = fixture("receipt/invented.xes");
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/receipt.xes.gz");
    let mut logs = vec![(invented, 3, 6)];
    match real.exists() {
        true => logs.push((real, 1_434, 8_577)),
        false => {
            println!("../shared/data/receipt.xes.gz is not here: only the invented log is compared")
        }
    }
    for (path, cases, events) in logs {
        let seen = ours(&std::fs::read(&path).unwrap());
        assert_eq!(seen, theirs(&path), "{}", path.display());
        let count: usize = seen.iter().map(|(_, events)| events.len()).sum();
        assert_eq!((seen.len(), count), (cases, events));
        assert!(
            seen.iter()
                .all(|(_, events)| events.iter().all(|(_, at)| at.is_some()))
        );
    }
}
