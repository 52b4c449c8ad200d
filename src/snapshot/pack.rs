//! Rows as bytes whose order is the order of the rows: what is sorted, kept aside on disk and hashed.
//!
//! In: a row of the contract. Out: bytes, and the row again. Comparing two packed rows byte by byte gives what comparing the
//! rows gives, so sorting and merging never unpack, and a row costs its own bytes and no allocation.
//!
//! The encoding, also the canonical bytes of the digest: text is its UTF-8 with each zero byte followed by 255, ended by two
//! zero bytes; a number is 8 bytes, big endian, with the sign bit turned; a value that may be missing has a byte 0 or 1
//! before it; yes and no are 1 and 0. Columns follow each other in the order of the row's own comparison.

use chrono::NaiveDate;

use super::contract::{CaseRow, Noted, Outcome, StepRow};
use crate::finding::{Check, Finding, Level};
use crate::instant::{date_of, day_of};

/// Packed bytes that are none: a file aside that was changed while the program ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// A row that packs.
pub trait Packed: Sized {
    /// Appends the row's bytes.
    fn pack(&self, out: &mut Vec<u8>);
    /// The row of these bytes.
    ///
    /// # Errors
    /// The bytes are not a row's.
    fn unpack(bytes: &[u8]) -> Result<Self, Broken>;
}

fn text(out: &mut Vec<u8>, text: &str) {
    if text.as_bytes().contains(&0) {
        for byte in text.bytes() {
            out.push(byte);
            if byte == 0 {
                out.push(255);
            }
        }
    } else {
        out.extend_from_slice(text.as_bytes());
    }
    out.extend_from_slice(&[0, 0]);
}

fn number(out: &mut Vec<u8>, n: i64) {
    out.extend_from_slice(&(n as u64 ^ (1 << 63)).to_be_bytes());
}

fn maybe<T>(out: &mut Vec<u8>, value: Option<T>, write: impl FnOnce(&mut Vec<u8>, T)) {
    out.push(u8::from(value.is_some()));
    if let Some(value) = value {
        write(out, value);
    }
}

/// The packed text that `bytes` begin with, its end included: rows of one case begin with the same.
pub fn first_text(bytes: &[u8]) -> &[u8] {
    let end = text_end(bytes).map_or(bytes.len(), |at| at + 2);
    &bytes[..end]
}

/// Where the two zero bytes stand that end a text. A zero byte of the text itself is followed by 255.
fn text_end(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + bytes[from..].iter().position(|b| *b == 0)?;
        match bytes.get(at + 1)? {
            0 => return Some(at),
            _ => from = at + 2,
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Result<u8, Broken> {
        let (first, rest) = self.0.split_first().ok_or(Broken)?;
        self.0 = rest;
        Ok(*first)
    }

    fn text(&mut self) -> Result<String, Broken> {
        let end = text_end(self.0).ok_or(Broken)?;
        let raw = &self.0[..end];
        self.0 = &self.0[end + 2..];
        let bytes = match raw.contains(&0) {
            false => raw.to_vec(),
            true => unescaped(raw),
        };
        String::from_utf8(bytes).map_err(|_| Broken)
    }

    fn number(&mut self) -> Result<i64, Broken> {
        let (head, rest) = self.0.split_first_chunk::<8>().ok_or(Broken)?;
        self.0 = rest;
        Ok((u64::from_be_bytes(*head) ^ (1 << 63)) as i64)
    }

    fn maybe<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Broken>,
    ) -> Result<Option<T>, Broken> {
        match self.byte()? {
            0 => Ok(None),
            1 => read(self).map(Some),
            _ => Err(Broken),
        }
    }

    fn end<T>(self, row: T) -> Result<T, Broken> {
        self.0.is_empty().then_some(row).ok_or(Broken)
    }
}

fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let [first, tail @ ..] = rest {
        bytes.push(*first);
        rest = if *first == 0 { &tail[1..] } else { tail };
    }
    bytes
}

impl Packed for CaseRow {
    fn pack(&self, out: &mut Vec<u8>) {
        text(out, &self.case_id);
        text(out, &self.service);
        maybe(out, self.received_at, number);
        out.push(u8::from(self.requires_recommendation));
        out.push(self.outcome as u8);
        maybe(out, self.closed_at, number);
        maybe(out, self.applicant.as_deref(), text);
        maybe(out, self.region.as_deref(), text);
        maybe(out, self.channel.as_deref(), text);
        maybe(out, self.due_on.map(|d| i64::from(day_of(d))), number);
    }

    fn unpack(bytes: &[u8]) -> Result<Self, Broken> {
        let mut from = Reader(bytes);
        let row = Self {
            case_id: from.text()?,
            service: from.text()?,
            received_at: from.maybe(Reader::number)?,
            requires_recommendation: from.byte()? == 1,
            outcome: *Outcome::ALL.get(usize::from(from.byte()?)).ok_or(Broken)?,
            closed_at: from.maybe(Reader::number)?,
            applicant: from.maybe(Reader::text)?,
            region: from.maybe(Reader::text)?,
            channel: from.maybe(Reader::text)?,
            due_on: from.maybe(date)?,
        };
        from.end(row)
    }
}

fn date(from: &mut Reader) -> Result<NaiveDate, Broken> {
    let day = i32::try_from(from.number()?).map_err(|_| Broken)?;
    Ok(date_of(day))
}

impl Packed for StepRow {
    fn pack(&self, out: &mut Vec<u8>) {
        text(out, &self.case_id);
        number(out, i64::from(self.step));
        maybe(out, self.started_at, number);
        maybe(out, self.completed_at, number);
        maybe(out, self.officer.as_deref(), text);
        maybe(out, self.result.as_deref(), text);
    }

    fn unpack(bytes: &[u8]) -> Result<Self, Broken> {
        let mut from = Reader(bytes);
        let row = Self {
            case_id: from.text()?,
            step: i32::try_from(from.number()?).map_err(|_| Broken)?,
            started_at: from.maybe(Reader::number)?,
            completed_at: from.maybe(Reader::number)?,
            officer: from.maybe(Reader::text)?,
            result: from.maybe(Reader::text)?,
        };
        from.end(row)
    }
}

const LEVELS: [Level; 4] = [Level::Info, Level::Warning, Level::Error, Level::Blocking];

impl Packed for Finding {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(self.level as u8);
        out.push(self.check as u8);
        text(out, &self.key);
        text(out, &self.message);
    }

    fn unpack(bytes: &[u8]) -> Result<Self, Broken> {
        let mut from = Reader(bytes);
        let finding = Self {
            level: *LEVELS.get(usize::from(from.byte()?)).ok_or(Broken)?,
            check: *Check::ALL.get(usize::from(from.byte()?)).ok_or(Broken)?,
            key: from.text()?,
            message: from.text()?,
        };
        from.end(finding)
    }
}

/// The case comes first, so that a case's findings are met with its rows. No case is the empty text, which no case bears.
impl Packed for Noted {
    fn pack(&self, out: &mut Vec<u8>) {
        text(out, self.case_id.as_deref().unwrap_or(""));
        self.finding.pack(out);
    }

    fn unpack(bytes: &[u8]) -> Result<Self, Broken> {
        let mut from = Reader(bytes);
        let case_id = Some(from.text()?).filter(|id| !id.is_empty());
        Ok(Self {
            case_id,
            finding: Finding::unpack(from.0)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(case_id: &str, step: i32, times: [Option<i64>; 2], officer: Option<&str>) -> StepRow {
        StepRow {
            case_id: case_id.into(),
            step,
            started_at: times[0],
            completed_at: times[1],
            officer: officer.map(str::to_owned),
            result: None,
        }
    }

    fn packed<R: Packed>(row: &R) -> Vec<u8> {
        let mut bytes = Vec::new();
        row.pack(&mut bytes);
        bytes
    }

    fn any_row() -> impl Strategy<Value = StepRow> {
        let text = "[a\\x00\u{1}é]{0,3}";
        let time = proptest::option::of(-2i64..3);
        (
            text,
            -2i32..2,
            [time.clone(), time],
            proptest::option::of(text),
        )
            .prop_map(|(id, step, times, officer)| row(&id, step, times, officer.as_deref()))
    }

    proptest! {
        #[test]
        fn packed_rows_come_back_and_compare_as_the_rows(a in any_row(), b in any_row()) {
            prop_assert_eq!(StepRow::unpack(&packed(&a)), Ok(a.clone()));
            prop_assert_eq!(packed(&a).cmp(&packed(&b)), a.cmp(&b));
            prop_assert_eq!(first_text(&packed(&a)) == first_text(&packed(&b)), a.case_id == b.case_id);
        }
    }

    #[test]
    fn cases_and_findings_come_back_and_bytes_cut_short_are_refused() {
        let case = CaseRow {
            case_id: "A\0B".into(),
            service: "S".into(),
            received_at: Some(i64::MIN),
            requires_recommendation: true,
            outcome: Outcome::Withdrawn,
            closed_at: None,
            applicant: Some(String::new()),
            region: None,
            channel: Some("loket".into()),
            due_on: NaiveDate::from_ymd_opt(2026, 6, 30),
        };
        let bytes = packed(&case);
        assert_eq!(CaseRow::unpack(&bytes), Ok(case));
        for cut in 0..bytes.len() {
            assert_eq!(CaseRow::unpack(&bytes[..cut]), Err(Broken), "{cut}");
        }
        for check in Check::ALL {
            let finding = Finding::new(*check, "A", "pesan");
            assert_eq!(Finding::unpack(&packed(&finding)), Ok(finding.clone()));
            for case_id in [None, Some("A".to_owned())] {
                let noted = Noted {
                    case_id,
                    finding: finding.clone(),
                };
                assert_eq!(Noted::unpack(&packed(&noted)), Ok(noted));
            }
        }
    }
}
