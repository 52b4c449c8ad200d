//! XES, the exchange format of event logs (IEEE Std 1849-2016), read one trace at a time.
//!
//! In: bytes, gzip or plain. Out: an iterator of [`Entry`]: a trace with its attributes and events, or an event outside
//! any trace. One trace is held at a time; nothing here knows of cases, steps or mappings.
//!
//! How XES is read:
//! - Elements are those of the namespace the root `log` has, whatever its prefix; others are skipped whole.
//! - An attribute is its `key` and `value`. Attributes nested in attributes, lists and containers describe other
//!   attributes, so they are skipped with all they hold; a list or container has no value.
//! - **Globals only declare.** Clause 5.6 lets an absent attribute be read as the value its global states. Logs state
//!   placeholders there (`UNKNOWN`, 1970-01-01), so applying them would put invented people and dates on record: an absent
//!   attribute stays absent. The keys of globals count as known to the log, no more.
//! - Extensions and classifiers say nothing about values and are skipped.
//! - A key that stands twice in one element with different values (the standard wants it unique) has no value to choose:
//!   [`Value::Twice`].
//! - Only the five predefined entities and character references exist. A DOCTYPE, which could declare more or name files to
//!   be fetched, is refused, as is every other entity.
//! - The encoding is the declared one (a byte order mark wins), UTF-8 where none is declared.
//!
//! A file that is cut off or not well-formed is an error with the line; the caller then stores nothing of it.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::Encoding;
use flate2::bufread::MultiGzDecoder;
use quick_xml::XmlVersion;
use quick_xml::encoding::{DecodingReader, EncodingError};
use quick_xml::events::{BytesStart, Event as Markup};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use crate::source::error::one_line;

/// The value of an attribute, as written.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `string`, `date`, `int`, `boolean`, `id`; also a `float` that is no number.
    Text(String),
    /// `float`.
    Real(f64),
    /// The key stood twice in the element, with different values.
    Twice,
}

/// Attributes of one element, in the order of the file; keys are unique.
pub type Attributes = Vec<(String, Value)>;

/// One event, and the line its start tag ends on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Event {
    pub line: u64,
    pub attributes: Attributes,
}

/// One trace: usually a case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trace {
    pub line: u64,
    pub attributes: Attributes,
    pub events: Vec<Event>,
}

/// What stands directly in a log.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    Trace(Trace),
    /// An event outside any trace: the standard allows it, but no case is known for it.
    Stray(Event),
}

/// Why a file cannot be read as XES, as the rest of a sentence that begins with the file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XesFault {
    #[error("the file is empty or holds no XML: it needs a <log> with traces")]
    Empty,
    #[error("the gzip file is cut off or damaged ({0}): fetch it again")]
    Gzip(String),
    #[error("cannot be read ({0})")]
    Read(String),
    #[error("line {line}: is not well-formed XML ({reason}): export the log again")]
    Malformed { line: u64, reason: String },
    #[error("line {line}: the file ends inside <{element}>: it is cut off, export the log again")]
    CutOff { line: u64, element: &'static str },
    #[error(
        "line {line}: has a DOCTYPE, which no XES log needs and which is not followed: remove it"
    )]
    Doctype { line: u64 },
    #[error("line {line}: is no XES log: its root element is <{found}>, not <log>")]
    Root { line: u64, found: String },
    #[error(
        "at or after line {line}: is not {encoding} text, though it {claim}: export the log again as UTF-8"
    )]
    Encoding {
        line: u64,
        encoding: String,
        claim: &'static str,
    },
    #[error("declares the encoding {found:?}, which is not read: export the log as UTF-8")]
    UnknownEncoding { found: String },
}

/// Counts the line ends that were read past.
struct Lines<R> {
    inner: R,
    ends: u64,
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(into.len());
        into[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // What is consumed was filled before, so that asking again reads nothing and cannot fail.
        if let Ok(filled) = self.inner.fill_buf() {
            let past = &filled[..amount.min(filled.len())];
            self.ends += past.iter().filter(|b| **b == b'\n').count() as u64;
        }
        self.inner.consume(amount);
    }
}

type Source<'r> = Lines<DecodingReader<Box<dyn BufRead + 'r>>>;

/// What an element of XES is to this reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Log,
    Trace,
    Event,
    Global,
    Attribute { is_float: bool },
    Other,
}

impl Name {
    fn of(local: &str) -> Self {
        match local {
            "log" => Name::Log,
            "trace" => Name::Trace,
            "event" => Name::Event,
            "global" => Name::Global,
            "string" | "date" | "int" | "boolean" | "id" => Name::Attribute { is_float: false },
            "float" => Name::Attribute { is_float: true },
            _ => Name::Other,
        }
    }
}

/// The next piece of markup.
enum Tag {
    Open {
        name: Name,
        attribute: Option<(String, String)>,
        is_trace_scope: bool,
    },
    Close,
    End,
}

/// Where an iteration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Inside,
    Done,
}

/// Reads the entries of one log.
pub struct XesReader<'r> {
    xml: NsReader<Source<'r>>,
    buffer: Vec<u8>,
    state: State,
    /// Namespace of the root; None where it has none.
    namespace: Option<String>,
    is_gzip: bool,
    encoding: &'static Encoding,
    is_declared: bool,
    declared: BTreeSet<String>,
}

/// Bytes looked at for the XML declaration.
const HEAD: usize = 512;
const BLOCK: usize = 64 * 1024;

impl<'r> XesReader<'r> {
    /// Begins to read; gzip is known by its first two bytes.
    ///
    /// # Errors
    /// An empty file, one that cannot be read, an encoding that is not known.
    pub fn new(source: impl BufRead + 'r) -> Result<Self, XesFault> {
        let mut source = source;
        let first = source
            .fill_buf()
            .map_err(|e| XesFault::Read(one_line(&e.to_string())))?;
        let is_gzip = first.starts_with(&[0x1f, 0x8b]);
        let bytes: Box<dyn BufRead + 'r> = match is_gzip {
            true => Box::new(BufReader::with_capacity(BLOCK, MultiGzDecoder::new(source))),
            false => Box::new(source),
        };
        let (head, bytes) = head(bytes).map_err(|e| io_fault(&e, is_gzip))?;
        if head.iter().all(u8::is_ascii_whitespace) {
            return Err(XesFault::Empty);
        }
        let declared = declared_encoding(&head)?;
        let encoding = declared.unwrap_or(encoding_rs::UTF_8);
        let mut decoding = DecodingReader::new(bytes);
        decoding.set_encoding(encoding);
        let mut xml = NsReader::from_reader(Lines {
            inner: decoding,
            ends: 0,
        });
        xml.config_mut().expand_empty_elements = true;
        Ok(Self {
            xml,
            buffer: Vec::new(),
            state: State::Before,
            namespace: None,
            is_gzip,
            encoding,
            is_declared: declared.is_some(),
            declared: BTreeSet::new(),
        })
    }

    /// Keys that the log's globals declare, `case:KEY` for those of traces; complete once the first entry was read.
    pub fn declared(&self) -> &BTreeSet<String> {
        &self.declared
    }

    /// The line reading stands on, from 1.
    pub fn line(&self) -> u64 {
        self.xml.get_ref().ends + 1
    }

    fn malformed(&self, reason: impl ToString) -> XesFault {
        XesFault::Malformed {
            line: self.line(),
            reason: one_line(&reason.to_string()),
        }
    }

    fn fault(&self, error: quick_xml::Error) -> XesFault {
        let io = match error {
            quick_xml::Error::Io(io) => io,
            quick_xml::Error::Encoding(_) => return self.wrongly_encoded(),
            other => return self.malformed(other),
        };
        if io.get_ref().is_some_and(|e| e.is::<EncodingError>()) {
            return self.wrongly_encoded();
        }
        io_fault(&io, self.is_gzip)
    }

    fn wrongly_encoded(&self) -> XesFault {
        XesFault::Encoding {
            line: self.line(),
            encoding: self.encoding.name().to_owned(),
            claim: match self.is_declared {
                true => "declares to be",
                false => "declares no other encoding",
            },
        }
    }

    /// The next tag; text between tags means nothing in XES.
    fn tag(&mut self) -> Result<Tag, XesFault> {
        loop {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            let read = self.read_into(&mut buffer);
            self.buffer = buffer;
            if let Some(tag) = read? {
                return Ok(tag);
            }
        }
    }

    fn read_into(&mut self, buffer: &mut Vec<u8>) -> Result<Option<Tag>, XesFault> {
        let (bound, markup) = match self.xml.read_resolved_event_into(buffer) {
            Ok((bound, markup)) => (namespace_of(&bound).map(str::to_owned), markup),
            Err(e) => return Err(self.fault(e)),
        };
        match markup {
            Markup::Start(start) | Markup::Empty(start) => self.open(&start, bound).map(Some),
            Markup::End(_) => Ok(Some(Tag::Close)),
            Markup::Eof => Ok(Some(Tag::End)),
            Markup::DocType(_) => Err(XesFault::Doctype { line: self.line() }),
            Markup::GeneralRef(entity) => {
                let known = entity.is_char_ref()
                    || matches!(&*entity, "lt" | "gt" | "amp" | "apos" | "quot");
                match known {
                    true => Ok(None),
                    false => Err(self.malformed(format!("unknown entity &{};", &*entity))),
                }
            }
            Markup::Text(_) | Markup::CData(_) | Markup::Comment(_) | Markup::Decl(_) => Ok(None),
            Markup::PI(_) => Ok(None),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>, bound: Option<String>) -> Result<Tag, XesFault> {
        if self.state == State::Before {
            self.namespace = bound.clone();
            if start.local_name().as_ref() != "log" {
                return Err(XesFault::Root {
                    line: self.line(),
                    found: start.name().as_ref().chars().take(60).collect(),
                });
            }
        }
        let name = match bound == self.namespace {
            true => Name::of(start.local_name().as_ref()),
            false => Name::Other,
        };
        let (mut key, mut value, mut is_trace_scope) = (None, None, false);
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| self.malformed(e))?;
            let text = attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(|e| self.malformed(e))?;
            match attribute.key.as_ref() {
                "key" => key = Some(text.into_owned()),
                "value" => value = Some(text.into_owned()),
                "scope" => is_trace_scope = text == "trace",
                _ => {}
            }
        }
        Ok(Tag::Open {
            name,
            attribute: key.zip(value),
            is_trace_scope,
        })
    }

    /// Reads past the end of the element that was just opened.
    fn skip(&mut self, element: &'static str) -> Result<(), XesFault> {
        let mut open = 1u32;
        while open > 0 {
            match self.tag()? {
                Tag::Open { .. } => open += 1,
                Tag::Close => open -= 1,
                Tag::End => return Err(self.cut_off(element)),
            }
        }
        Ok(())
    }

    fn cut_off(&self, element: &'static str) -> XesFault {
        XesFault::CutOff {
            line: self.line(),
            element,
        }
    }

    fn trace(&mut self) -> Result<Trace, XesFault> {
        let mut trace = Trace {
            line: self.line(),
            ..Trace::default()
        };
        loop {
            match self.tag()? {
                Tag::Open {
                    name: Name::Event, ..
                } => trace.events.push(self.event()?),
                Tag::Open {
                    name, attribute, ..
                } => {
                    put(&mut trace.attributes, name, attribute);
                    self.skip("trace")?;
                }
                Tag::Close => return Ok(trace),
                Tag::End => return Err(self.cut_off("trace")),
            }
        }
    }

    fn event(&mut self) -> Result<Event, XesFault> {
        let mut event = Event {
            line: self.line(),
            ..Event::default()
        };
        loop {
            match self.tag()? {
                Tag::Open {
                    name, attribute, ..
                } => {
                    put(&mut event.attributes, name, attribute);
                    self.skip("event")?;
                }
                Tag::Close => return Ok(event),
                Tag::End => return Err(self.cut_off("event")),
            }
        }
    }

    fn global(&mut self, is_trace_scope: bool) -> Result<(), XesFault> {
        loop {
            match self.tag()? {
                Tag::Open { attribute, .. } => {
                    if let Some((key, _)) = attribute {
                        self.declared.insert(match is_trace_scope {
                            true => case_key(&key),
                            false => key,
                        });
                    }
                    self.skip("global")?;
                }
                Tag::Close => return Ok(()),
                Tag::End => return Err(self.cut_off("global")),
            }
        }
    }

    /// The next entry of the log; None after its end.
    fn entry(&mut self) -> Result<Option<Entry>, XesFault> {
        if self.state == State::Before {
            match self.tag()? {
                Tag::Open { .. } => self.state = State::Inside,
                Tag::Close | Tag::End => return Err(XesFault::Empty),
            }
        }
        loop {
            match self.tag()? {
                Tag::Open {
                    name: Name::Trace, ..
                } => return Ok(Some(Entry::Trace(self.trace()?))),
                Tag::Open {
                    name: Name::Event, ..
                } => return Ok(Some(Entry::Stray(self.event()?))),
                Tag::Open {
                    name: Name::Global,
                    is_trace_scope,
                    ..
                } => self.global(is_trace_scope)?,
                Tag::Open { .. } => self.skip("log")?,
                Tag::Close => return self.after_log().map(|()| None),
                Tag::End => return Err(self.cut_off("log")),
            }
        }
    }

    /// After the root only comments may follow: a second root would be a second log that nobody reads.
    fn after_log(&mut self) -> Result<(), XesFault> {
        match self.tag()? {
            Tag::End => Ok(()),
            Tag::Open { .. } | Tag::Close => Err(self.malformed("something follows </log>")),
        }
    }
}

impl Iterator for XesReader<'_> {
    type Item = Result<Entry, XesFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.state == State::Done {
            return None;
        }
        let entry = self.entry();
        if !matches!(entry, Ok(Some(_))) {
            self.state = State::Done;
        }
        entry.transpose()
    }
}

/// The name a trace's attribute has beside those of its events, as PM4Py gives it.
pub fn case_key(key: &str) -> String {
    format!("case:{key}")
}

fn put(attributes: &mut Attributes, name: Name, attribute: Option<(String, String)>) {
    let (Name::Attribute { is_float }, Some((key, text))) = (name, attribute) else {
        return;
    };
    let value = match text.trim().parse::<f64>() {
        Ok(number) if is_float && number.is_finite() => Value::Real(number),
        _ => Value::Text(text),
    };
    match attributes.iter_mut().find(|(known, _)| *known == key) {
        Some((_, known)) if *known != value => *known = Value::Twice,
        Some(_) => {}
        None => attributes.push((key, value)),
    }
}

fn namespace_of<'n>(bound: &ResolveResult<'n>) -> Option<&'n str> {
    match bound {
        ResolveResult::Bound(Namespace(name)) => Some(name),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => None,
    }
}

fn io_fault(error: &io::Error, is_gzip: bool) -> XesFault {
    let reason = one_line(&error.to_string());
    match is_gzip {
        true => XesFault::Gzip(reason),
        false => XesFault::Read(reason),
    }
}

/// The first bytes, and a reader that still has them.
fn head<'r>(mut bytes: Box<dyn BufRead + 'r>) -> io::Result<(Vec<u8>, Box<dyn BufRead + 'r>)> {
    let mut head = Vec::with_capacity(HEAD);
    bytes.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let whole = io::Cursor::new(head.clone()).chain(bytes);
    Ok((head, Box::new(whole)))
}

/// The encoding that the XML declaration names; None where there is none, or where a byte order mark or UTF-16's zero
/// bytes settle it.
fn declared_encoding(head: &[u8]) -> Result<Option<&'static Encoding>, XesFault> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if !head.starts_with(b"<?xml") {
        return Ok(None);
    }
    let end = head.windows(2).position(|w| w == b"?>");
    let declaration = String::from_utf8_lossy(&head[..end.unwrap_or(head.len())]).into_owned();
    let Some((_, rest)) = declaration.split_once("encoding") else {
        return Ok(None);
    };
    let label: String = rest
        .trim_start_matches(|c: char| c.is_whitespace() || c == '=')
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| !matches!(c, '"' | '\''))
        .take(40)
        .collect();
    match Encoding::for_label(label.as_bytes()) {
        // These bytes were read as ASCII, so they cannot be what the label says.
        Some(e) if e != encoding_rs::UTF_16LE && e != encoding_rs::UTF_16BE => Ok(Some(e)),
        _ => Err(XesFault::UnknownEncoding { found: label }),
    }
}
