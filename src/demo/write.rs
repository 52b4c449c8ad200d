//! The synthetic office on disk: settings, standards, and its rows as an office would hand them over.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::Datelike;

use crate::demo::{DemoData, followups, local_seconds, staff, standards};
use crate::instant::{DAY_SECONDS, Day, date_of};
use crate::snapshot::{CaseRow, FollowupRow, ResponseRow, StaffRow, StepRow};

/// Settings of the synthetic office.
pub const SETTINGS: &str = include_str!("settings.toml");

const CASES_HEADER: &str = "case_id,service,received_at,requires_recommendation,outcome,closed_at,applicant,region,channel\n";
const STEPS_HEADER: &str = "case_id,step,officer,started_at,completed_at,result\n";
const STAFF_HEADER: &str = "officer,name,unit,role,from,until\n";
/// Without the elements and the suggestion, which stand last.
const FORMS_HEADER: &str =
    "response_id,answered_on,service,case_id,sex,age,education,occupation,hour_band";
const FOLLOWUPS_HEADER: &str =
    "followup_id,period,indicator,group,finding,cause,action,who,by_when,done_on,note\n";

/// Makes the workspace's own files below `dir`: `tepat.toml` and `standards/sop/*.toml`. Files of these names that are
/// there already are replaced.
///
/// # Errors
/// A folder or file that cannot be written; the error names it.
pub fn write_office(dir: &Path) -> io::Result<()> {
    let sop = dir.join("standards").join("sop");
    folder(&sop)?;
    put(&dir.join(crate::config::FILE), SETTINGS.as_bytes())?;
    for (name, text) in standards::files() {
        put(&sop.join(name), text.as_bytes())?;
    }
    Ok(())
}

/// Writes the rows as `data/cases.csv` and `data/steps.csv` below `dir`, with the contract's headers and local instants, and
/// returns the two files in this order.
///
/// # Errors
/// As [`write_office`].
pub fn write_rows(dir: &Path, data: &DemoData) -> io::Result<(PathBuf, PathBuf)> {
    let dir = dir.join("data");
    folder(&dir)?;
    let (cases, steps) = (dir.join("cases.csv"), dir.join("steps.csv"));
    table(&cases, CASES_HEADER, &data.cases, case_line)?;
    table(&steps, STEPS_HEADER, &data.steps, step_line)?;
    Ok((cases, steps))
}

/// Writes `data/staff.csv` and `data/followups.csv` below `dir`, with the contract's headers, and returns the two files in this
/// order.
///
/// # Errors
/// As [`write_office`].
pub fn write_beside(dir: &Path) -> io::Result<(PathBuf, PathBuf)> {
    let dir = dir.join("data");
    folder(&dir)?;
    let (register, given_back) = (dir.join("staff.csv"), dir.join("followups.csv"));
    table(&register, STAFF_HEADER, &staff(), staff_line)?;
    table(&given_back, FOLLOWUPS_HEADER, &followups(), followup_line)?;
    Ok((register, given_back))
}

/// Writes the survey's forms as `data/responses.csv` below `dir`, with the contract's headers, and returns the file.
///
/// # Errors
/// As [`write_office`].
pub fn write_survey(dir: &Path, forms: &[ResponseRow]) -> io::Result<PathBuf> {
    let dir = dir.join("data");
    folder(&dir)?;
    let file = dir.join("responses.csv");
    let asked = forms.first().map(|form| form.answers.asked().join(","));
    let header = format!("{FORMS_HEADER},{},suggestion\n", asked.unwrap_or_default());
    table(&file, &header, forms, form_line)?;
    Ok(file)
}

fn named(path: &Path) -> impl FnOnce(io::Error) -> io::Error + use<> {
    let name = path.display().to_string();
    move |e| io::Error::new(e.kind(), format!("{name} cannot be written: {e}"))
}

fn folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path).map_err(named(path))
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::write(path, bytes).map_err(named(path))
}

/// One file, row by row through one buffer. But for what survey respondents write, the demo's
/// texts hold no comma, quote or line break, so none is escaped.
fn table<T>(
    path: &Path,
    header: &str,
    rows: &[T],
    line: impl Fn(&T, &mut Vec<u8>) -> io::Result<()>,
) -> io::Result<()> {
    let written = || -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 18, std::fs::File::create(path)?);
        out.write_all(header.as_bytes())?;
        let mut buffer = Vec::with_capacity(256);
        for row in rows {
            buffer.clear();
            line(row, &mut buffer)?;
            out.write_all(&buffer)?;
        }
        out.flush()
    };
    written().map_err(named(path))
}

fn case_line(case: &CaseRow, out: &mut Vec<u8>) -> io::Result<()> {
    write!(out, "{},{},", case.case_id, case.service)?;
    instant(case.received_at, out)?;
    write!(
        out,
        ",{},{},",
        case.requires_recommendation,
        case.outcome.code()
    )?;
    instant(case.closed_at, out)?;
    let text = |value: &Option<String>| value.as_deref().unwrap_or_default().to_owned();
    writeln!(
        out,
        ",{},{},{}",
        text(&case.applicant),
        text(&case.region),
        text(&case.channel)
    )
}

fn step_line(step: &StepRow, out: &mut Vec<u8>) -> io::Result<()> {
    let officer = step.officer.as_deref().unwrap_or_default();
    write!(out, "{},{},{officer},", step.case_id, step.step)?;
    instant(step.started_at, out)?;
    out.push(b',');
    instant(step.completed_at, out)?;
    writeln!(out, ",{}", step.result.as_deref().unwrap_or_default())
}

/// A value, or nothing where there is none.
fn maybe<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(T::to_string).unwrap_or_default()
}

fn staff_line(row: &StaffRow, out: &mut Vec<u8>) -> io::Result<()> {
    let (name, unit, role) = (maybe(&row.name), maybe(&row.unit), maybe(&row.role));
    let until = maybe(&row.until);
    writeln!(
        out,
        "{},{name},{unit},{role},{},{until}",
        row.officer, row.from
    )
}

fn followup_line(row: &FollowupRow, out: &mut Vec<u8>) -> io::Result<()> {
    let (cause, action, who) = (maybe(&row.cause), maybe(&row.action), maybe(&row.who));
    let (by_when, done_on, note) = (maybe(&row.by_when), maybe(&row.done_on), maybe(&row.note));
    write!(out, "{},{},{},", row.followup_id, row.period, row.indicator)?;
    write!(out, "{},{},{cause},{action},{who},", row.group, row.finding)?;
    writeln!(out, "{by_when},{done_on},{note}")
}

fn form_line(form: &ResponseRow, out: &mut Vec<u8>) -> io::Result<()> {
    let (case_id, age) = (maybe(&form.case_id), maybe(&form.age));
    let (sex, education) = (maybe(&form.sex), maybe(&form.education));
    let (occupation, hour_band) = (maybe(&form.occupation), maybe(&form.hour_band));
    write!(
        out,
        "{},{},{},{case_id},{sex},{age},{education},{occupation},{hour_band}",
        form.response_id, form.answered_on, form.service
    )?;
    for answer in form.answers.given() {
        write!(out, ",{}", maybe(answer))?;
    }
    // What people write may hold commas.
    match &form.suggestion {
        Some(text) => writeln!(out, ",\"{}\"", text.replace('"', "\"\"")),
        None => writeln!(out, ","),
    }
}

/// Local ISO 8601 with offset; nothing where there is no instant.
fn instant(micros: Option<i64>, out: &mut Vec<u8>) -> io::Result<()> {
    let Some(local) = micros.map(local_seconds) else {
        return Ok(());
    };
    let date = date_of(local.div_euclid(DAY_SECONDS) as Day);
    let second = local.rem_euclid(DAY_SECONDS);
    write!(
        out,
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+08:00",
        date.year(),
        date.month(),
        date.day(),
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}
