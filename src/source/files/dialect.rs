//! How a CSV file separates its values, and whether its quotation marks are sound.
//!
//! In: decoded text. Out: the delimiter; a verdict on the quotation marks of one record. The delimiter is the mapping's,
//! else the one in a first line `sep=;`, else detected: of comma, semicolon, tab and bar the one that gives most of the
//! first records as many values as the header, quotation marks respected; of equals the one with more values.

use csv::{ReaderBuilder, StringRecord};

/// Candidates; of equals the rarer mark in running text comes first.
const CANDIDATES: [u8; 4] = *b"\t|;,";
/// Records that are looked at.
const LOOKED_AT: usize = 200;

/// The delimiter that a first line `sep=;` names, and the length of that line; spreadsheets write and heed it.
pub fn stated(text: &str) -> Option<(u8, usize)> {
    let line = text.split_inclusive(['\n', '\r']).next()?;
    let bare = line.trim_end_matches(['\n', '\r']);
    let name = bare.get(..4)?;
    match bare.as_bytes()[4..] {
        [delimiter] if name.eq_ignore_ascii_case("sep=") => {
            let rest = &text[line.len()..];
            let feed = line.ends_with('\r') && rest.starts_with('\n');
            Some((delimiter, line.len() + usize::from(feed)))
        }
        _ => None,
    }
}

/// Finds the delimiter of text that begins with its header.
pub fn detect(text: &str) -> u8 {
    let mut best = (b',', 0, 1, 1);
    for candidate in CANDIDATES {
        let (fitting, all, width) = consistency(text, candidate);
        let (_, best_fitting, best_all, best_width) = best;
        // Shares are compared as fractions.
        let (ours, theirs) = (fitting * best_all, best_fitting * all);
        if width > 1 && (ours > theirs || ours == theirs && width > best_width) {
            best = (candidate, fitting, all, width);
        }
    }
    best.0
}

/// How many of the first records are as wide as the header, of how many, and that width.
fn consistency(text: &str, delimiter: u8) -> (usize, usize, usize) {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let (mut fitting, mut all, mut width) = (0, 0, 0);
    while all < LOOKED_AT && reader.read_record(&mut record).unwrap_or(false) {
        let is_blank = record.iter().all(|v| v.trim().is_empty());
        if width == 0 && is_blank {
            continue;
        }
        if width == 0 {
            width = record.len();
        }
        all += 1;
        fitting += usize::from(record.len() == width || is_blank);
    }
    (fitting, all.max(1), width)
}

/// What the quotation marks of a record are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    Sound,
    /// One closes in the middle of a value, so it was meant to open there: the record has swallowed others.
    Crossed,
    /// One is never closed: the record has swallowed the rest of the file.
    Open,
}

/// Looks at the raw text of one record.
pub fn quotes(raw: &[u8], delimiter: u8) -> Quotes {
    let mut at = 0;
    while at < raw.len() {
        if raw[at] != b'"' {
            let end = raw[at..].iter().position(|b| *b == delimiter);
            at = end.map_or(raw.len(), |n| at + n + 1);
            continue;
        }
        at += 1;
        loop {
            let Some(n) = raw[at..].iter().position(|b| *b == b'"') else {
                return Quotes::Open;
            };
            at += n + 1;
            if raw.get(at) != Some(&b'"') {
                break;
            }
            at += 1;
        }
        match raw.get(at) {
            None | Some(b'\r' | b'\n') => return Quotes::Sound,
            Some(b) if *b == delimiter => at += 1,
            Some(_) => return Quotes::Crossed,
        }
    }
    Quotes::Sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_under_which_the_records_agree() {
        for (text, want) in [
            ("a,b,c\n1;2,3;4,5", b','),
            ("\n a;b;c,d\n1;2;3", b';'),
            ("a\tb", b'\t'),
            ("a|b\n1|2", b'|'),
            ("one", b','),
            ("", b','),
            // The header alone would say comma.
            ("\"no, x, y\";nama, gelar\n1;A\n2;B", b';'),
            // Each row holds commas, in quoted text and as decimal marks.
            ("id;nama;nilai\n1;\"A, B, C\";6,0\n2;\"D, E, F\";7,5", b';'),
            ("id,nama\n1,\"a;b;c\"\n2,\"d;e;f\"", b','),
            // One ragged row.
            ("a,b,c\n1,2,3\n1,2\n1,2,3", b','),
        ] {
            assert_eq!(detect(text) as char, want as char, "{text:?}");
        }
    }

    #[test]
    fn a_first_line_may_state_the_delimiter() {
        assert_eq!(stated("sep=;\r\na;b"), Some((b';', 7)));
        assert_eq!(stated("SEP=|\na|b"), Some((b'|', 6)));
        assert_eq!(stated("sep=\t\n"), Some((b'\t', 6)));
        assert_eq!(stated("separator;x\n"), None);
        assert_eq!(stated("sep=;;\n"), None);
        assert_eq!(stated(""), None);
    }

    #[test]
    fn quotation_marks_that_swallow_records_are_noticed() {
        for (raw, want) in [
            (&b"a,\"b\nc\",d\n"[..], Quotes::Sound),
            (b"a,\"b \"\"x\"\"\nc\"\r\n", Quotes::Sound),
            (b"a,5\" pipe,c", Quotes::Sound),
            (b"a,\"b\nc,d,e\n", Quotes::Open),
            (b"a,\"b\nc,\"d\",e\n", Quotes::Crossed),
        ] {
            assert_eq!(quotes(raw, b','), want, "{}", String::from_utf8_lossy(raw));
        }
    }
}
