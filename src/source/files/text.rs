//! Bytes of a text file into UTF-8 text: the encoding is the mapping's, else detected.
//!
//! In: bytes, the encoding a mapping names. Out: text without byte order mark, and the encoding in words; or the sentence
//! that says what contradicts what. Detected is, in this order: a byte order mark; valid UTF-8; else Windows-1252, which
//! is an assumption and said to be one, since nearly any bytes are Windows-1252. Refused are bytes that Windows-1252
//! leaves free, files that are UTF-8 in one place and not in another, and NUL bytes.

use std::borrow::Cow;

use encoding_rs::{Encoding as Coding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::mapping::Encoding;

/// Text, and how it was encoded, in words.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// UTF-8 is taken as it stands.
    pub text: Cow<'b, str>,
    pub encoding: String,
}

/// Bytes that Windows-1252 leaves free.
const FREE: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// Decodes `bytes`.
///
/// # Errors
/// A sentence (without the file's name): the bytes are not of the encoding that is said or marked, or of none.
pub fn decode(bytes: &[u8], said: Option<Encoding>) -> Result<Decoded<'_>, String> {
    let mark = Coding::for_bom(bytes);
    let decoded = match (said, mark) {
        (None, Some((coding, _))) => marked(bytes, coding)?,
        (None, None) => detected(bytes)?,
        (Some(said), Some((coding, _))) if coding != of(said) => {
            return Err(format!(
                "begins with the byte order mark of {}, but the mapping says {}: correct `encoding` in the mapping, or leave it out",
                coding.name(),
                of(said).name().to_lowercase()
            ));
        }
        (Some(_), Some((coding, _))) => marked(bytes, coding)?,
        (Some(said), None) => plain(bytes, said)?,
    };
    match decoded.text.bytes().position(|b| b == 0) {
        None => Ok(decoded),
        Some(at) => Err(format!(
            "line {} holds a NUL byte, which no text has: if it is UTF-16, put `encoding = \"utf-16le\"` in the mapping; else export it again",
            line_of(decoded.text.as_bytes(), at)
        )),
    }
}

fn of(encoding: Encoding) -> &'static Coding {
    match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        Encoding::Windows1252 => WINDOWS_1252,
    }
}

/// A file with a byte order mark.
fn marked<'b>(bytes: &'b [u8], coding: &'static Coding) -> Result<Decoded<'b>, String> {
    let encoding = format!("{} with byte order mark", coding.name());
    if coding != UTF_8 {
        return utf16(bytes, coding, encoding);
    }
    let text = utf8(bytes).map_err(|line| {
        format!(
            "begins with the byte order mark of UTF-8, but line {line} is not UTF-8 text: export it again as UTF-8"
        )
    })?;
    let text = Cow::Borrowed(text.trim_start_matches('\u{FEFF}'));
    Ok(Decoded { text, encoding })
}

/// A file without byte order mark whose encoding the mapping names.
fn plain(bytes: &[u8], said: Encoding) -> Result<Decoded<'_>, String> {
    let encoding = of(said).name();
    match said {
        Encoding::Utf8 => utf8(bytes)
            .map(|text| Decoded {
                text: Cow::Borrowed(text),
                encoding: encoding.to_owned(),
            })
            .map_err(|line| {
                format!(
                    "line {line} is not UTF-8 text, but the mapping says utf-8: correct `encoding` in the mapping (such as \"windows-1252\"), or save the file as UTF-8"
                )
            }),
        Encoding::Utf16Le | Encoding::Utf16Be => {
            utf16(bytes, of(said), encoding.to_owned())
        }
        Encoding::Windows1252 => {
            let is_utf8 = !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
            let doubt = if is_utf8 {
                " (as the mapping says; its bytes are valid UTF-8 too)"
            } else {
                ""
            };
            Ok(Decoded {
                text: windows_1252(bytes)?,
                encoding: format!("windows-1252{doubt}"),
            })
        }
    }
}

/// A file without byte order mark of which nothing is said.
fn detected(bytes: &[u8]) -> Result<Decoded<'_>, String> {
    let line = match utf8(bytes) {
        Ok(text) => {
            return Ok(Decoded {
                text: Cow::Borrowed(text),
                encoding: "UTF-8".to_owned(),
            });
        }
        Err(line) => line,
    };
    if let Some(other) = multibyte_line(bytes) {
        return Err(format!(
            "line {line} is not UTF-8 text, but line {other} is UTF-8 with letters of several bytes: the file is damaged or joined from two; export it again, or name its `encoding` in the mapping"
        ));
    }
    Ok(Decoded {
        text: windows_1252(bytes)?,
        encoding: format!("windows-1252 (assumed, since line {line} is not UTF-8)"),
    })
}

/// UTF-8 text, or the line of the first byte that is none.
fn utf8(bytes: &[u8]) -> Result<&str, usize> {
    std::str::from_utf8(bytes).map_err(|e| line_of(bytes, e.valid_up_to()))
}

fn utf16<'b>(
    bytes: &'b [u8],
    coding: &'static Coding,
    encoding: String,
) -> Result<Decoded<'b>, String> {
    let (text, damaged) = coding.decode_with_bom_removal(bytes);
    if damaged {
        return Err(format!(
            "is not wholly {} text: it is cut off or damaged; export it again",
            coding.name()
        ));
    }
    Ok(Decoded { text, encoding })
}

fn windows_1252(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    if let Some(at) = bytes.iter().position(|b| FREE.contains(b)) {
        return Err(format!(
            "line {} holds byte 0x{:02X}, which is neither UTF-8 nor Windows-1252: name its `encoding` in the mapping, or save it as UTF-8",
            line_of(bytes, at),
            bytes[at]
        ));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok(text)
}

/// The first line with a valid UTF-8 letter of several bytes.
fn multibyte_line(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        if let Some(inside) = chunk.valid().bytes().position(|b| !b.is_ascii()) {
            return Some(line_of(bytes, at + inside));
        }
        at += chunk.valid().len() + chunk.invalid().len();
    }
    None
}

/// The line (from 1) of the byte at `at`; in a file without line feeds lines end with carriage returns.
fn line_of(bytes: &[u8], at: usize) -> usize {
    let end = match bytes.contains(&b'\n') {
        true => b'\n',
        false => b'\r',
    };
    1 + bytes[..at].iter().filter(|b| **b == end).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], said: Option<Encoding>) -> Result<(String, String), String> {
        decode(bytes, said).map(|d| (d.text.into_owned(), d.encoding))
    }

    fn is(text: &str, encoding: &str) -> Result<(String, String), String> {
        Ok((text.to_owned(), encoding.to_owned()))
    }

    #[test]
    fn encodings_are_detected_and_said() {
        assert_eq!(read("Kafé".as_bytes(), None), is("Kafé", "UTF-8"));
        assert_eq!(
            read(b"\xEF\xBB\xBFa\nb", None),
            is("a\nb", "UTF-8 with byte order mark")
        );
        assert_eq!(
            read(b"\xFF\xFEa\0\xE9\0", None),
            is("aé", "UTF-16LE with byte order mark")
        );
        assert_eq!(
            read(b"a\nKaf\xE9 \x80 \x93x\x94", None),
            is(
                "a\nKafé € “x”",
                "windows-1252 (assumed, since line 2 is not UTF-8)"
            )
        );
        let late = [b"a;b\n".repeat(50_000), b"\xE9".to_vec()].concat();
        let (text, encoding) = read(&late, None).unwrap();
        assert!(
            text.ends_with('é') && encoding.contains("line 50001"),
            "{encoding}"
        );
    }

    #[test]
    fn the_mapping_wins_and_what_contradicts_it_is_refused() {
        assert_eq!(
            read(b"Kaf\xE9", Some(Encoding::Windows1252)),
            is("Kafé", "windows-1252")
        );
        let (text, encoding) = read("é".as_bytes(), Some(Encoding::Windows1252)).unwrap();
        assert_eq!(text, "Ã©");
        assert!(encoding.contains("valid UTF-8 too"), "{encoding}");
        assert_eq!(
            read(b"a\0b\0", Some(Encoding::Utf16Le)),
            is("ab", "UTF-16LE")
        );
        for (bytes, said, part) in [
            (&b"a\nb\nKaf\xE9"[..], Encoding::Utf8, "line 3 is not UTF-8"),
            (
                b"\xEF\xBB\xBFa",
                Encoding::Windows1252,
                "byte order mark of UTF-8",
            ),
            (
                b"\xFF\xFEa\0",
                Encoding::Utf8,
                "byte order mark of UTF-16LE",
            ),
            (b"a\0b", Encoding::Utf16Le, "cut off or damaged"),
        ] {
            let message = read(bytes, Some(said)).unwrap_err();
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn what_is_no_text_of_any_known_encoding_is_refused_with_its_line() {
        for (bytes, part) in [
            (&b"a\nb\x9Dc"[..], "line 2 holds byte 0x9D"),
            (
                b"a\nKaf\xC3\xA9\nKaf\xE9",
                "line 3 is not UTF-8 text, but line 2 is",
            ),
            (b"a\nb\0c", "line 2 holds a NUL byte"),
            (b"a\0b\0\n\0", "line 1 holds a NUL byte"),
            (b"\xEF\xBB\xBFa\n\xE9", "line 2 is not UTF-8"),
        ] {
            let message = read(bytes, None).unwrap_err();
            assert!(message.contains(part), "{message}");
        }
    }
}
