//! Bytes of a text file into UTF-8 text, by the encoding the mapping names.
//!
//! In: bytes, the encoding. Out: text without byte order mark; or the line of the first byte that is not UTF-8.

use super::mapping::Encoding;

/// Windows-1252 for bytes 0x80 to 0x9F; the others are those of Unicode. The five bytes it leaves free stay control
/// characters, as in the WHATWG encoding standard.
const WINDOWS_1252: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2C6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2DC}', '\u{2122}', '\u{161}', '\u{203A}', '\u{153}', '\u{9D}', '\u{17E}', '\u{178}',
];

/// Decodes `bytes`.
///
/// # Errors
/// The line (from 1) of the first byte that is not UTF-8.
pub fn decode(bytes: Vec<u8>, encoding: Encoding) -> Result<String, usize> {
    let mut text = match encoding {
        Encoding::Utf8 => String::from_utf8(bytes).map_err(|e| {
            let good = e.utf8_error().valid_up_to();
            1 + e.as_bytes()[..good].iter().filter(|b| **b == b'\n').count()
        })?,
        Encoding::Windows1252 => bytes
            .into_iter()
            .map(|b| match b {
                0x80..=0x9F => WINDOWS_1252[usize::from(b - 0x80)],
                other => char::from(other),
            })
            .collect(),
    };
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_decoded_and_the_first_wrong_line_is_named() {
        assert_eq!(
            decode(b"\xEF\xBB\xBFa\nb".to_vec(), Encoding::Utf8).as_deref(),
            Ok("a\nb")
        );
        assert_eq!(decode(b"a\nb\nKaf\xE9".to_vec(), Encoding::Utf8), Err(3));
        let text = decode(b"Kaf\xE9 \x80 \x93x\x94".to_vec(), Encoding::Windows1252);
        assert_eq!(text.as_deref(), Ok("Kafé € “x”"));
    }
}
