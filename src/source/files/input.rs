//! The bytes of a file, and which kind of file they are.
//!
//! In: a path. Out: the bytes as they lie, and unpacked where they are gzip (known by their first bytes, whatever the file
//! is called); or the reason why it cannot be read. Nothing is cut off: a gzip file that ends
//! early is an error.

use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::read_as::Format;
use crate::source::error::{ImportError, one_line};

/// A file.
pub(super) struct Input {
    /// As it lies.
    pub packed: Vec<u8>,
    /// Where it is gzip.
    pub unpacked: Option<Vec<u8>>,
    pub format: Format,
}

impl Input {
    /// What is to be read.
    pub fn bytes(&self) -> &[u8] {
        self.unpacked.as_ref().unwrap_or(&self.packed)
    }

    /// Whether the file lies packed.
    pub fn is_gzip(&self) -> bool {
        self.packed.starts_with(GZIP)
    }
}

const GZIP: &[u8] = &[0x1F, 0x8B];
const ZIP: &[u8] = b"PK\x03\x04";
const PARQUET: &[u8] = b"PAR1";
/// Compound file: a workbook of before 2007, or one behind a password.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

const ENDINGS: &[(&str, Format)] = &[
    (".csv", Format::Csv),
    (".tsv", Format::Csv),
    (".txt", Format::Csv),
    (".xlsx", Format::Xlsx),
    (".xlsm", Format::Xlsx),
    (".parquet", Format::Parquet),
    (".xes", Format::Xes),
];

/// Reads and unpacks a file; `file` names it in errors.
///
/// # Errors
/// Missing, a folder, empty, of an unknown ending, damaged, or not what its ending says.
pub(super) fn open(path: &Path, file: &str) -> Result<Input, ImportError> {
    let name = || file.to_owned();
    if path.is_dir() {
        return Err(ImportError::Folder { file: name() });
    }
    let lower = path.to_string_lossy().to_lowercase();
    let bare = lower.strip_suffix(".gz").unwrap_or(&lower);
    let ending = ENDINGS.iter().find(|(ending, _)| bare.ends_with(ending));
    let Some((ending, format)) = ending else {
        return Err(ImportError::Ending { file: name() });
    };
    let packed = bytes(path, file)?;
    // XES unpacks as it is read: it is twenty times as long as its gzip.
    let unpacked = match packed.starts_with(GZIP) && *format != Format::Xes {
        true => Some(unpack(&packed, file)?),
        false => None,
    };
    let input = Input {
        packed,
        unpacked,
        format: *format,
    };
    if input.bytes().is_empty() {
        return Err(ImportError::Empty { file: name() });
    }
    match contradiction(input.bytes(), ending, *format) {
        None => Ok(input),
        Some(reason) => Err(ImportError::Header {
            file: name(),
            reason,
        }),
    }
}

fn bytes(path: &Path, file: &str) -> Result<Vec<u8>, ImportError> {
    let file = file.to_owned();
    match std::fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(ImportError::NoFile { file }),
        Err(e) => Err(ImportError::Unreadable {
            file,
            reason: one_line(&e.to_string()),
        }),
    }
}

fn unpack(packed: &[u8], file: &str) -> Result<Vec<u8>, ImportError> {
    let mut whole = Vec::with_capacity(packed.len().saturating_mul(4));
    MultiGzDecoder::new(packed)
        .read_to_end(&mut whole)
        .map_err(|e| ImportError::Gzip {
            file: file.to_owned(),
            reason: one_line(&e.to_string()),
        })?;
    Ok(whole)
}

/// The sentence on a file whose first bytes are of another kind than its ending.
fn contradiction(bytes: &[u8], ending: &str, format: Format) -> Option<String> {
    if bytes.starts_with(COMPOUND) {
        return Some(match is_encrypted(bytes) {
            true => "is a workbook behind a password: open it in the spreadsheet program, remove the password and save it again".to_owned(),
            false => "is a workbook of the format before 2007: save it as .xlsx".to_owned(),
        });
    }
    let found = match bytes {
        _ if bytes.starts_with(ZIP) => {
            Some((Format::Xlsx, "a workbook or other zip file", ".xlsx"))
        }
        _ if bytes.starts_with(PARQUET) => Some((Format::Parquet, "a Parquet file", ".parquet")),
        _ => None,
    };
    match found {
        Some((found, what, right)) if found != format => Some(format!(
            "is called {ending}, but is {what}: call it {right}, or export it again"
        )),
        None if format == Format::Xlsx => Some(format!(
            "is called {ending}, but is not a readable XLSX workbook (perhaps text or a web page): save it as .xlsx from the spreadsheet program"
        )),
        None if format == Format::Parquet => Some(format!(
            "is called {ending}, but is not a readable Parquet file: export it again"
        )),
        _ => None,
    }
}

/// A workbook behind a password holds a stream of this name ([MS-OFFCRYPTO] 2.3.4.4), in UTF-16.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|w| w == name)
}
