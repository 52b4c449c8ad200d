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

mod markup;

use std::collections::BTreeSet;
use std::io::BufRead;

use self::markup::{Markup, Name, Tag};

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

/// Where an iteration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Inside,
    Done,
}

/// Reads the entries of one log.
pub struct XesReader<'r> {
    markup: Markup<'r>,
    state: State,
    declared: BTreeSet<String>,
}

impl<'r> XesReader<'r> {
    /// Begins to read; gzip is known by its first two bytes.
    ///
    /// # Errors
    /// An empty file, one that cannot be read, an encoding that is not known.
    pub fn new(source: impl BufRead + 'r) -> Result<Self, XesFault> {
        Ok(Self {
            markup: Markup::new(source)?,
            state: State::Before,
            declared: BTreeSet::new(),
        })
    }

    /// Keys that the log's globals declare, `case:KEY` for those of traces; complete once the first entry was read.
    pub fn declared(&self) -> &BTreeSet<String> {
        &self.declared
    }

    fn trace(&mut self) -> Result<Trace, XesFault> {
        let mut trace = Trace {
            line: self.markup.line(),
            ..Trace::default()
        };
        loop {
            match self.markup.tag()? {
                Tag::Open {
                    name: Name::Event, ..
                } => trace.events.push(self.event()?),
                Tag::Open {
                    name, attribute, ..
                } => {
                    put(&mut trace.attributes, name, attribute);
                    self.markup.skip("trace")?;
                }
                Tag::Close => return Ok(trace),
                Tag::End => return Err(self.markup.cut_off("trace")),
            }
        }
    }

    fn event(&mut self) -> Result<Event, XesFault> {
        let mut event = Event {
            line: self.markup.line(),
            ..Event::default()
        };
        loop {
            match self.markup.tag()? {
                Tag::Open {
                    name, attribute, ..
                } => {
                    put(&mut event.attributes, name, attribute);
                    self.markup.skip("event")?;
                }
                Tag::Close => return Ok(event),
                Tag::End => return Err(self.markup.cut_off("event")),
            }
        }
    }

    fn global(&mut self, is_trace_scope: bool) -> Result<(), XesFault> {
        loop {
            match self.markup.tag()? {
                Tag::Open { attribute, .. } => {
                    if let Some((key, _)) = attribute {
                        self.declared.insert(match is_trace_scope {
                            true => case_key(&key),
                            false => key,
                        });
                    }
                    self.markup.skip("global")?;
                }
                Tag::Close => return Ok(()),
                Tag::End => return Err(self.markup.cut_off("global")),
            }
        }
    }

    /// The next entry of the log; None after its end.
    fn entry(&mut self) -> Result<Option<Entry>, XesFault> {
        if self.state == State::Before {
            match self.markup.tag()? {
                Tag::Open { .. } => self.state = State::Inside,
                Tag::Close | Tag::End => return Err(XesFault::Empty),
            }
        }
        loop {
            match self.markup.tag()? {
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
                Tag::Open { .. } => self.markup.skip("log")?,
                Tag::Close => return self.after_log().map(|()| None),
                Tag::End => return Err(self.markup.cut_off("log")),
            }
        }
    }

    /// After the root only comments may follow: a second root would be a second log that nobody reads.
    fn after_log(&mut self) -> Result<(), XesFault> {
        match self.markup.tag()? {
            Tag::End => Ok(()),
            Tag::Open { .. } | Tag::Close => Err(self.markup.malformed("something follows </log>")),
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
