//! Sheet Pelaksanaan: every execution of the month's cases, and the ones of other cases that fall into the month.

use chrono::NaiveDate;

use crate::format;
use crate::instant::{Day, date_of};
use crate::measure::stages::{StageDue, completed_in, stage_due};
use crate::report::monthly::berkas::{self, service};
use crate::report::xlsx::table::Cell;
use crate::report::xlsx::{Book, Field, Grid, Kind};
use crate::report::{ReviewReport, SheetCapacity};
use crate::score::{AwaitedStage, DayVerdict, Execution, ScoredCase};
use crate::standard::{ClockName, Standard, Step};

pub const SERVICE: &str = "Layanan";
pub const STEP: &str = "Langkah";
pub const NUMBER: &str = "Pelaksanaan ke";
pub const DAY: &str = "Penilaian hari";
pub const MINUTE: &str = "Penilaian menit";
pub const DUE: &str = "Jatuh tempo tahap dalam periode";
pub const COMPLETED: &str = "Selesai dalam periode";

use Kind::{Date, DateTime, Number, Text, Verdict};

const FIELDS: &[Field] = &[
    Field::new("Nomor berkas", 24.0, Text),
    Field::new(SERVICE, 22.0, Text),
    Field::new(STEP, 9.0, Number),
    Field::new("Uraian", 34.0, Text),
    Field::new(NUMBER, 11.0, Number),
    Field::new("Petugas", 22.0, Text),
    Field::new("Mulai", 19.0, DateTime),
    Field::new("Selesai", 19.0, DateTime),
    Field::new("Hitungan", 12.0, Text),
    Field::new("H", 13.0, Date),
    Field::new("Hari ke", 9.0, Number),
    Field::new("Batas hari", 9.0, Number),
    Field::new("Batas tanggal", 13.0, Date),
    Field::new(DAY, 20.0, Verdict),
    Field::new("Detik layanan", 11.0, Number),
    Field::new("Menit paling sedikit", 10.0, Number),
    Field::new("Menit paling banyak", 10.0, Number),
    Field::new(MINUTE, 20.0, Verdict),
    Field::new("Penentu tahap", 11.0, Text),
    Field::new(DUE, 15.0, Text),
    Field::new(COMPLETED, 12.0, Text),
    Field::new("Dikembalikan oleh langkah", 13.0, Number),
    Field::new("Hasil langkah", 20.0, Text),
];

/// A row: an execution, or a mandatory stage that was not begun though its limit date has passed.
pub enum Work<'a> {
    Execution(&'a Execution),
    Awaited(&'a AwaitedStage),
}

/// A row with its case.
pub struct Row<'a> {
    case: &'a ScoredCase,
    work: Work<'a>,
    due: bool,
    completed: bool,
}

/// All rows, in the order of the cases. An execution of a case outside the month is listed where it was completed in the
/// month or its stage fell due in it, since the step rates count it.
pub fn rows<'a>(r: &ReviewReport<'a>, listed: &[berkas::Row<'a>]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut listed = listed.iter().peekable();
    for case in &r.scored.cases {
        let whole = listed.peek().is_some_and(|l| std::ptr::eq(l.case, case));
        if whole {
            listed.next();
        }
        of_case(r, case, whole, &mut rows);
    }
    rows
}

fn of_case<'a>(r: &ReviewReport<'a>, case: &'a ScoredCase, whole: bool, rows: &mut Vec<Row<'a>>) {
    let period = r.overview.period;
    let within = |date: NaiveDate| period.contains(date);
    let falls = |day: Option<Day>| day.map(date_of).is_some_and(within);
    for e in &case.executions {
        let due = stage_due(case, e, period) != StageDue::Outside;
        let completed = completed_in(e, period);
        if whole || due || completed {
            rows.push(Row {
                case,
                work: Work::Execution(e),
                due,
                completed,
            });
        }
    }
    for a in case.awaited.iter().filter(|a| a.overdue) {
        let due = falls(Some(a.deadline));
        if whole || due {
            rows.push(Row {
                case,
                work: Work::Awaited(a),
                due,
                completed: false,
            });
        }
    }
}

/// Columns that fit a printed page.
const PRINTED: u16 = 15;

/// The sheet's layout.
pub fn grid(rows: &[Row], capacity: SheetCapacity) -> Grid {
    Grid::new("Pelaksanaan", FIELDS, rows.len(), capacity).printing(PRINTED)
}

fn clock_word(clock: ClockName) -> &'static str {
    match clock {
        ClockName::Registration => "Pendaftaran",
        ClockName::Main => "Utama",
    }
}

fn step_of<'a>(case: &'a ScoredCase, step: i32) -> Option<&'a Step> {
    let standard: &'a Standard = case.standard.as_deref()?;
    standard.steps.get(&step)
}

fn cells<'a>(row: &Row<'a>, out: &mut Vec<Cell<'a>>) {
    match &row.work {
        Work::Execution(e) => execution(row, e, out),
        Work::Awaited(a) => awaited(row, a, out),
    }
}

fn execution<'a>(row: &Row<'a>, e: &'a Execution, out: &mut Vec<Cell<'a>>) {
    let step = step_of(row.case, e.step);
    let minutes = step.and_then(|s| s.minutes);
    out.extend([
        Cell::Text(&row.case.case_id),
        Cell::Text(service(row.case)),
        Cell::Number(f64::from(e.step)),
        Cell::text(step.map(|s| s.title.as_str())),
        Cell::Number(f64::from(e.number)),
        Cell::text(e.officer.as_deref()),
        Cell::instant(e.started),
        Cell::instant(e.completed),
        Cell::text(e.clock.map(clock_word)),
        Cell::date(e.h),
        Cell::number(e.offset),
        Cell::number(e.limit),
        Cell::date(e.deadline),
        Cell::Text(e.day.label()),
        Cell::number(e.service_seconds.map(|s| s as f64)),
        Cell::number(minutes.and_then(|m| m.min)),
        Cell::number(minutes.map(|m| m.max)),
        Cell::Text(e.minute.label()),
        Cell::yes(e.is_last),
        Cell::yes(row.due),
        match row.case.standard {
            Some(_) => Cell::yes(row.completed),
            // Of a service no standard knows, a step's number says nothing.
            None => Cell::Text("Tanpa standar"),
        },
        Cell::number(e.sent_back_by.as_ref().map(|(step, _)| *step)),
        Cell::text(e.result.as_deref()),
    ]);
}

fn awaited<'a>(row: &Row<'a>, a: &'a AwaitedStage, out: &mut Vec<Cell<'a>>) {
    let step = step_of(row.case, a.step);
    out.extend([
        Cell::Text(&row.case.case_id),
        Cell::Text(service(row.case)),
        Cell::Number(f64::from(a.step)),
        Cell::text(step.map(|s| s.title.as_str())),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::text(step.and_then(|s| s.clock).map(clock_word)),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Date(a.deadline),
        Cell::Text(DayVerdict::Overdue.label()),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::yes(true),
        Cell::yes(row.due),
        Cell::yes(false),
        Cell::Empty,
        Cell::Text("Belum dimulai"),
    ]);
}

/// Writes the sheet, and further ones where one does not hold all rows.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(book: &mut Book, grid: &Grid, rows: &[Row]) -> anyhow::Result<()> {
    let note = format!(
        "{} pelaksanaan langkah; langkah wajib yang belum dimulai padahal batasnya lewat ikut tercantum.",
        format::count(rows.len() as u64)
    );
    grid.write(book, "Pelaksanaan", &note, |i, out| {
        if let Some(row) = rows.get(i) {
            cells(row, out);
        }
    })
}
