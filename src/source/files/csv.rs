//! CSV text into rows of the contract.
//!
//! In: decoded text, kind, mapping. Out: rows and findings by line. The delimiter is the mapping's, else the one of
//! comma, semicolon and tab that the header line holds most often. A row with another number of values than the header
//! is rejected with a finding that names all its lines, since an unclosed quotation mark may have swallowed some.

use csv::{ReaderBuilder, StringRecord};

use super::columns::Columns;
use super::mapping::Mapping;
use super::{Collector, Fault};
use crate::source::row::{ImportKind, Rules};
use crate::source::value::Cell;

/// Reads all rows of `text` into the collector.
///
/// # Errors
/// The header does not fit.
pub(super) fn read(
    text: &str,
    kind: ImportKind,
    mapping: Option<&Mapping>,
    rules: &Rules,
    into: &mut Collector<'_>,
) -> Result<(), Fault> {
    let delimiter = mapping
        .and_then(|m| m.delimiter)
        .unwrap_or_else(|| detect(text));
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map_err(|e| Fault::Header(e.to_string()))?
        .iter()
        .map(str::to_owned)
        .collect();
    let columns = Columns::find(kind, &header, mapping).map_err(Fault::Header)?;
    into.ignored = columns.ignored.clone();
    let mut record = StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|e| Fault::Header(e.to_string()))?
    {
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != header.len() {
            let last = reader.position().line().saturating_sub(1).max(line);
            into.reject(line, wrong_width(record.len(), header.len(), line, last));
            continue;
        }
        let cells = columns.cells(|at| Cell::Text(record.get(at).unwrap_or("")));
        into.row(line, cells, rules);
    }
    Ok(())
}

fn wrong_width(found: usize, wanted: usize, first: u64, last: u64) -> String {
    let lines = if last > first {
        format!("; baris {first} sampai {last} terbaca sebagai satu baris, periksa tanda kutip")
    } else {
        String::new()
    };
    format!("Jumlah nilai {found}, sedangkan judul kolom {wanted}{lines}; baris tidak dipakai.")
}

/// The delimiter of a header line.
fn detect(text: &str) -> u8 {
    let header = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    let count = |b: u8| header.bytes().filter(|x| *x == b).count();
    let mut best = b',';
    for candidate in [b';', b'\t'] {
        if count(candidate) > count(best) {
            best = candidate;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found_in_the_header() {
        assert_eq!(detect("a,b,c\n1;2;3;4;5"), b',');
        assert_eq!(detect("\n a;b;c,d"), b';');
        assert_eq!(detect("a\tb"), b'\t');
        assert_eq!(detect("one"), b',');
    }
}
