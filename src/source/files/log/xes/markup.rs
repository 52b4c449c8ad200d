//! The markup of an XES file: one tag after the other, with its line, in the file's own encoding.
//!
//! In: bytes, gzip or plain. Out: tags of elements that the reader of logs knows. Which element may stand where is not known
//! here.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::Encoding;
use flate2::bufread::MultiGzDecoder;
use quick_xml::XmlVersion;
use quick_xml::encoding::{DecodingReader, EncodingError};
use quick_xml::events::{BytesStart, Event as Piece};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::XesFault;
use crate::source::error::one_line;

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
pub enum Name {
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
pub enum Tag {
    Open {
        name: Name,
        attribute: Option<(String, String)>,
        is_trace_scope: bool,
    },
    Close,
    End,
}

/// Reads tags.
pub struct Markup<'r> {
    xml: NsReader<Source<'r>>,
    buffer: Vec<u8>,
    /// The root was read.
    is_begun: bool,
    /// Namespace of the root; None where it has none.
    namespace: Option<String>,
    is_gzip: bool,
    encoding: &'static Encoding,
    is_declared: bool,
}

/// Bytes looked at for the XML declaration.
const HEAD: usize = 512;
const BLOCK: usize = 64 * 1024;

impl<'r> Markup<'r> {
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
            is_begun: false,
            namespace: None,
            is_gzip,
            encoding,
            is_declared: declared.is_some(),
        })
    }

    /// The line reading stands on, from 1.
    pub fn line(&self) -> u64 {
        self.xml.get_ref().ends + 1
    }

    /// What stands on the current line is no XML.
    pub fn malformed(&self, reason: impl ToString) -> XesFault {
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
    pub fn tag(&mut self) -> Result<Tag, XesFault> {
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
            Piece::Start(start) | Piece::Empty(start) => self.open(&start, bound).map(Some),
            Piece::End(_) => Ok(Some(Tag::Close)),
            Piece::Eof => Ok(Some(Tag::End)),
            Piece::DocType(_) => Err(XesFault::Doctype { line: self.line() }),
            Piece::GeneralRef(entity) => {
                let known = entity.is_char_ref()
                    || matches!(&*entity, "lt" | "gt" | "amp" | "apos" | "quot");
                match known {
                    true => Ok(None),
                    false => Err(self.malformed(format!("unknown entity &{};", &*entity))),
                }
            }
            Piece::Text(_) | Piece::CData(_) | Piece::Comment(_) | Piece::Decl(_) => Ok(None),
            Piece::PI(_) => Ok(None),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>, bound: Option<String>) -> Result<Tag, XesFault> {
        if !std::mem::replace(&mut self.is_begun, true) {
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
    pub fn skip(&mut self, element: &'static str) -> Result<(), XesFault> {
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

    /// The file ends inside `element`.
    pub fn cut_off(&self, element: &'static str) -> XesFault {
        XesFault::CutOff {
            line: self.line(),
            element,
        }
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
