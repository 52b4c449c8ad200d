//! The survey forms that a report rests on, frozen: one Parquet file among the snapshots, and back.
//!
//! In: forms. Out: `survey-<first 16 digits of the digest>.parquet`, written whole or not at all; the digest is the SHA-256 of
//! the file's bytes, which depend on the forms alone, in their total order.
//!
//! Columns: `response_id`, `answered_on`, `service`, `case_id`, `sex`, `age`, `education`, `occupation`, `hour_band`,
//! `suggestion`; `asked`, the codes of the elements that the form asked, joined by commas; and one column for each element, called
//! by its code in capitals: 1 to 4, null where it was not answered or not asked, which `asked` tells apart.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, TimeDelta};
use polars::prelude::{
    Column, DataFrame, Int32Chunked, NamedFrom, ParquetReader, ParquetWriter, PolarsError,
    PolarsResult, SerReader, Series, StringChunked,
};

use super::answers::Asked;
use super::freeze::{FreezeError, one_line, write_error};
use super::kinds::{ResponseRow, Sharing};
use super::word::Word;
use crate::atomic::write_file;
use crate::digest::sha256;

/// Rows in a row group. Fixed, since the bytes depend on it.
const GROUP_ROWS: usize = 32_768;

/// Where forms were frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenSurvey {
    pub file: PathBuf,
    /// SHA-256 (hex) of the file.
    pub digest: String,
    /// Forms in it.
    pub responses: u64,
}

/// Writes the forms answered on `last` or before below `dir`, or finds them there.
///
/// # Errors
/// The folder cannot be written, or the file that is there is not what its name says.
pub fn freeze(
    responses: &[ResponseRow],
    last: NaiveDate,
    dir: &Path,
) -> Result<FrozenSurvey, FreezeError> {
    let mut rows: Vec<&ResponseRow> = responses.iter().filter(|r| r.answered_on <= last).collect();
    if !rows.is_sorted() {
        rows.sort_unstable();
    }
    let bytes = written(&rows).map_err(|e| FreezeError::Write {
        file: dir.to_path_buf(),
        reason: one_line(&e),
    })?;
    let digest = sha256(&bytes);
    let file = dir.join(name(&digest));
    if file.exists() {
        unchanged(&file)?;
    } else {
        fs::create_dir_all(dir).map_err(|e| write_error(dir, &e))?;
        write_file(&file, &bytes).map_err(|e| write_error(&file, &e.source))?;
    }
    Ok(FrozenSurvey {
        file,
        digest,
        responses: rows.len() as u64,
    })
}

/// Reads frozen forms, in their total order, and checks that they are those that were frozen.
///
/// # Errors
/// The file is missing, unreadable, or not the one that was written.
pub fn load(file: &Path) -> Result<Vec<ResponseRow>, FreezeError> {
    let bytes = unchanged(file)?;
    read(&bytes).map_err(|e| FreezeError::Read {
        file: file.to_path_buf(),
        reason: one_line(&e),
    })
}

fn name(digest: &str) -> String {
    format!("survey-{}.parquet", &digest[..16])
}

/// The file's bytes, where they are those that its name says.
fn unchanged(file: &Path) -> Result<Vec<u8>, FreezeError> {
    let bytes = fs::read(file).map_err(|e| FreezeError::Read {
        file: file.to_path_buf(),
        reason: one_line(&e),
    })?;
    let called = file.file_name().and_then(|n| n.to_str());
    match called == Some(name(&sha256(&bytes)).as_str()) {
        true => Ok(bytes),
        false => Err(FreezeError::Changed {
            file: file.to_path_buf(),
            reason: "its SHA-256 is another".to_owned(),
        }),
    }
}

/// The bytes of a file of these rows.
fn written(rows: &[&ResponseRow]) -> PolarsResult<Vec<u8>> {
    let asked: BTreeSet<&Asked> = rows.iter().map(|r| r.answers.asked()).collect();
    let joined: BTreeMap<&Asked, String> = asked.iter().map(|a| (*a, a.join(","))).collect();
    let codes: BTreeSet<&str> = asked.iter().flat_map(|a| a.iter().map(|c| &**c)).collect();
    let frame = |rows: &[&ResponseRow]| {
        let mut columns = columns(rows, &joined);
        columns.extend(codes.iter().map(|code| element(code, rows)));
        DataFrame::new_infer_height(columns)
    };
    let mut bytes = Vec::new();
    // One thread: the order of pages must not depend on scheduling.
    let mut writer = ParquetWriter::new(&mut bytes)
        .set_parallel(false)
        .batched(frame(&[])?.schema())?;
    for group in rows.chunks(GROUP_ROWS) {
        writer.write_batch(&frame(group)?)?;
    }
    writer.finish()?;
    drop(writer);
    Ok(bytes)
}

fn columns(rows: &[&ResponseRow], joined: &BTreeMap<&Asked, String>) -> Vec<Column> {
    let ages: Vec<Option<i32>> = rows.iter().map(|r| r.age).collect();
    let dates: Vec<NaiveDate> = rows.iter().map(|r| r.answered_on).collect();
    vec![
        text("response_id", rows, |r| Some(&r.response_id)),
        Series::new("answered_on".into(), dates).into(),
        text("service", rows, |r| Some(&r.service)),
        text("case_id", rows, |r| r.case_id.as_deref()),
        text("sex", rows, |r| r.sex.as_deref()),
        Series::new("age".into(), ages).into(),
        text("education", rows, |r| r.education.as_deref()),
        text("occupation", rows, |r| r.occupation.as_deref()),
        text("hour_band", rows, |r| r.hour_band.as_deref()),
        text("suggestion", rows, |r| r.suggestion.as_deref()),
        text("asked", rows, |r| {
            joined.get(r.answers.asked()).map(String::as_str)
        }),
    ]
}

fn text<'a>(
    name: &str,
    rows: &[&'a ResponseRow],
    value: impl Fn(&'a ResponseRow) -> Option<&'a str>,
) -> Column {
    let values: Vec<Option<&str>> = rows.iter().map(|r| value(r)).collect();
    Series::new(name.into(), values).into()
}

fn element(code: &str, rows: &[&ResponseRow]) -> Column {
    let answer = |r: &&ResponseRow| r.answers.get(code).flatten().map(i32::from);
    let values: Vec<Option<i32>> = rows.iter().map(answer).collect();
    Series::new(code.into(), values).into()
}

/// The rows of a file, a row group at a time: its columns take as much memory as its rows.
fn read(bytes: &[u8]) -> PolarsResult<Vec<ResponseRow>> {
    let count = ParquetReader::new(Cursor::new(bytes)).num_rows()?;
    let mut rows = Vec::with_capacity(count);
    let mut sharing = Sharing::default();
    for from in (0..count).step_by(GROUP_ROWS) {
        let frame = ParquetReader::new(Cursor::new(bytes))
            .with_slice(Some((from, GROUP_ROWS)))
            .finish()?;
        Group::new(&frame, &mut sharing)?.rows(&mut sharing, &mut rows)?;
    }
    Ok(rows)
}

/// The columns of one row group.
struct Group<'f> {
    texts: [&'f StringChunked; TEXTS.len()],
    days: Int32Chunked,
    ages: &'f Int32Chunked,
    /// By code of the element.
    answers: BTreeMap<&'f str, &'f Int32Chunked>,
    /// The lists of elements that its forms asked, by how they are written, and their columns.
    asked: BTreeMap<&'f str, (Asked, Vec<&'f Int32Chunked>)>,
}

/// Columns of text, in the order of [`Group::texts`].
const TEXTS: [&str; 9] = [
    "response_id",
    "service",
    "case_id",
    "sex",
    "education",
    "occupation",
    "hour_band",
    "suggestion",
    "asked",
];
/// Columns that are no elements.
const OTHERS: [&str; 2] = ["answered_on", "age"];

impl<'f> Group<'f> {
    fn new(frame: &'f DataFrame, sharing: &mut Sharing) -> PolarsResult<Self> {
        let mut texts = Vec::new();
        for name in TEXTS {
            texts.push(frame.column(name)?.str()?);
        }
        let texts = texts.try_into().map_err(|_| wrong("no texts"))?;
        let days = frame.column("answered_on")?.date()?.physical().clone();
        let mut group = Self {
            texts,
            days,
            ages: frame.column("age")?.i32()?,
            answers: BTreeMap::new(),
            asked: BTreeMap::new(),
        };
        for column in frame.columns() {
            let name = column.name().as_str();
            if !TEXTS.contains(&name) && !OTHERS.contains(&name) {
                group.answers.insert(name, column.i32()?);
            }
        }
        let written: BTreeSet<&str> = group.texts[8].iter().flatten().collect();
        for list in written {
            let codes = list.split(',').filter(|c| !c.is_empty());
            let asked = sharing.questionnaires.asked(codes.clone());
            let columns: Option<Vec<_>> = codes.map(|c| group.answers.get(c).copied()).collect();
            let columns = columns.ok_or_else(|| wrong("an element without its column"))?;
            group.asked.insert(list, (asked, columns));
        }
        Ok(group)
    }

    fn rows(&self, sharing: &mut Sharing, into: &mut Vec<ResponseRow>) -> PolarsResult<()> {
        let [
            ids,
            services,
            cases,
            sexes,
            levels,
            jobs,
            hours,
            words,
            asked,
        ] = self.texts;
        let missing = || wrong("a missing value");
        let mut given = Vec::new();
        for at in 0..self.days.len() {
            let mut word = |of: &StringChunked| of.get(at).map(|text| sharing.words.word(text));
            let (sex, education) = (word(sexes), word(levels));
            let (occupation, hour_band) = (word(jobs), word(hours));
            let service: Word = word(services).ok_or_else(missing)?;
            let list = asked.get(at).and_then(|list| self.asked.get(list));
            let (asked, columns) = list.ok_or_else(missing)?;
            given.clear();
            for column in columns {
                given.push(column.get(at).map(answer).transpose()?);
            }
            into.push(ResponseRow {
                response_id: ids.get(at).ok_or_else(missing)?.to_owned(),
                answered_on: self.days.get(at).and_then(date).ok_or_else(missing)?,
                service,
                case_id: cases.get(at).map(str::to_owned),
                answers: sharing.questionnaires.given(asked, &given),
                sex,
                age: self.ages.get(at),
                education,
                occupation,
                hour_band,
                suggestion: words.get(at).map(str::to_owned),
            });
        }
        Ok(())
    }
}

fn answer(found: i32) -> PolarsResult<u8> {
    let answer = u8::try_from(found).ok().filter(|n| (1..=4).contains(n));
    answer.ok_or_else(|| wrong("an answer that is none of 1 to 4"))
}

/// Days since 1 January 1970.
fn date(days: i32) -> Option<NaiveDate> {
    let day_0 = DateTime::UNIX_EPOCH.date_naive();
    day_0.checked_add_signed(TimeDelta::days(i64::from(days)))
}

fn wrong(found: &str) -> PolarsError {
    PolarsError::ComputeError(format!("a column of the survey holds {found}").into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::snapshot::Answers;

    fn day(n: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, 1).unwrap() + TimeDelta::days(n)
    }

    fn text() -> impl Strategy<Value = Option<String>> {
        proptest::option::of("[a-zé ,\\n\"]{0,4}")
    }

    fn answers() -> impl Strategy<Value = Answers> {
        let code = proptest::sample::select(vec!["WAKTU", "BIAYA", "U_3", "PRODUK"]);
        let answer = proptest::option::of(1u8..=4);
        proptest::collection::vec((code, answer), 0..5)
            .prop_map(|pairs| pairs.into_iter().collect())
    }

    fn any_row() -> impl Strategy<Value = ResponseRow> {
        let words = [text(), text(), text(), text()];
        let own = ("[A-C]{1,2}", "[A-B]", proptest::option::of(1i32..100));
        (own, 0i64..5, answers(), words, text(), text()).prop_map(
            |((id, service, age), n, answers, [sex, education, occupation, hours], case, said)| {
                ResponseRow {
                    response_id: id,
                    answered_on: day(n),
                    service: service.into(),
                    case_id: case,
                    answers,
                    sex: sex.map(Word::from),
                    age,
                    education: education.map(Word::from),
                    occupation: occupation.map(Word::from),
                    hour_band: hours.map(Word::from),
                    suggestion: said,
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_frozen_is_loaded_and_its_order_changes_no_byte(
            rows in proptest::collection::vec(any_row(), 0..20),
            last in 0i64..5,
        ) {
            let dir = tempfile::tempdir().unwrap();
            let frozen = freeze(&rows, day(last), dir.path()).unwrap();
            let mut known: Vec<ResponseRow> =
                rows.iter().filter(|r| r.answered_on <= day(last)).cloned().collect();
            known.sort();
            prop_assert_eq!(frozen.responses, known.len() as u64);
            prop_assert_eq!(&load(&frozen.file).unwrap(), &known);
            let turned: Vec<ResponseRow> = rows.into_iter().rev().collect();
            prop_assert_eq!(freeze(&turned, day(last), dir.path()).unwrap(), frozen);
        }
    }

    fn row(n: i32) -> ResponseRow {
        ResponseRow {
            response_id: format!("R-{n:06}"),
            answered_on: day(0),
            service: "S".into(),
            case_id: None,
            answers: [("WAKTU", Some((n % 4 + 1) as u8)), ("BIAYA", None)]
                .into_iter()
                .collect(),
            sex: None,
            age: Some(n),
            education: None,
            occupation: None,
            hour_band: None,
            suggestion: None,
        }
    }

    #[test]
    fn forms_of_several_row_groups_come_back_in_order() {
        let dir = tempfile::tempdir().unwrap();
        let rows: Vec<ResponseRow> = (0..70_000).map(row).collect();
        let frozen = freeze(&rows, day(0), dir.path()).unwrap();
        assert_eq!(load(&frozen.file).unwrap(), rows);
    }

    #[test]
    fn a_file_that_was_changed_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let frozen = freeze(&[row(1)], day(0), dir.path()).unwrap();
        let mut bytes = fs::read(&frozen.file).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&frozen.file, bytes).unwrap();
        for error in [
            load(&frozen.file).unwrap_err(),
            freeze(&[row(1)], day(0), dir.path()).unwrap_err(),
        ] {
            assert!(matches!(error, FreezeError::Changed { .. }), "{error}");
        }
    }
}
