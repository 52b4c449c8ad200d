//! Sheet Berkas: one row per case of the month, with its place in every population and its verdict under each pause rule.

use crate::format;
use crate::measure::membership::{Due, Membership, Span, placed};
use crate::report::xlsx::table::Cell;
use crate::report::xlsx::{Book, Field, Grid, Kind};
use crate::report::{ReviewReport, SheetCapacity};
use crate::score::{CaseVerdict, ScoredCase, Standing};
use crate::snapshot::Outcome;
use crate::standard::{PauseRule, Unit};

pub const CASE: &str = "Nomor berkas";
pub const SERVICE: &str = "Layanan";
pub const RECEIVED_AT: &str = "Diterima";
pub const DEADLINE: &str = "Batas";
pub const DECIDED_AT: &str = "Diputus";
pub const OUTCOME: &str = "Hasil";
pub const VERDICT: &str = "Penilaian";
pub const DUE: &str = "Jatuh tempo dalam periode";
pub const DECIDED: &str = "Diputus dalam periode";
pub const RECEIVED: &str = "Diterima dalam periode";
pub const WITHDRAWN: &str = "Dicabut dalam periode";
pub const OPENING: &str = "Terbuka pada awal";
pub const CLOSING: &str = "Terbuka pada akhir";
pub const UNDECIDED: &str = "Belum diputus";
pub const DAYS_LEFT: &str = "Sisa hari";
pub const PAUSED: &str = "Di pemohon";
pub const WORKING_DAYS: &str = "Hari kerja terpakai";
pub const CALENDAR_DAYS: &str = "Hari kalender terpakai";
pub const REGION: &str = "Wilayah";
pub const CHANNEL: &str = "Saluran";

use Kind::{Date, DateTime, Number, Text, Verdict};

const FIELDS: &[Field] = &[
    Field::new(CASE, 24.0, Text),
    Field::new(SERVICE, 22.0, Text),
    Field::new(RECEIVED_AT, 19.0, DateTime),
    Field::new(OUTCOME, 10.0, Text),
    Field::new(VERDICT, 22.0, Verdict),
    Field::new("H", 13.0, Date),
    Field::new(DEADLINE, 13.0, Date),
    Field::new(DECIDED_AT, 19.0, DateTime),
    Field::new("Hari ke", 9.0, Number),
    Field::new("Hari jeda", 9.0, Number),
    Field::new("Hari lewat", 9.0, Number),
    Field::new(DAYS_LEFT, 9.0, Number),
    Field::new(DUE, 14.0, Text),
    Field::new(DECIDED, 14.0, Text),
    Field::new(RECEIVED, 14.0, Text),
    Field::new(WITHDRAWN, 14.0, Text),
    Field::new(OPENING, 12.0, Text),
    Field::new(CLOSING, 12.0, Text),
    Field::new(UNDECIDED, 11.0, Text),
    Field::new(PAUSED, 11.0, Text),
    Field::new(WORKING_DAYS, 11.0, Number),
    Field::new(CALENDAR_DAYS, 11.0, Number),
    Field::new(REGION, 20.0, Text),
    Field::new(CHANNEL, 14.0, Text),
    Field::new("Batas jeda dikecualikan", 13.0, Date),
    Field::new("Penilaian jeda dikecualikan", 20.0, Verdict),
    Field::new("Jatuh tempo jeda dikecualikan", 13.0, Text),
    Field::new("Batas jeda dihitung", 13.0, Date),
    Field::new("Penilaian jeda dihitung", 20.0, Verdict),
    Field::new("Jatuh tempo jeda dihitung", 13.0, Text),
    Field::new("Batas hitung ulang", 13.0, Date),
    Field::new("Penilaian hitung ulang", 20.0, Verdict),
    Field::new("Jatuh tempo hitung ulang", 13.0, Text),
    Field::new("Batas menurut sumber", 13.0, Date),
];

/// Headings of verdict and due under a pause rule; of the standards' own rule where None.
pub fn rule_headings(rule: Option<PauseRule>) -> (&'static str, &'static str) {
    match rule {
        None => (VERDICT, DUE),
        Some(PauseRule::Exclude) => (
            "Penilaian jeda dikecualikan",
            "Jatuh tempo jeda dikecualikan",
        ),
        Some(PauseRule::Include) => ("Penilaian jeda dihitung", "Jatuh tempo jeda dihitung"),
        Some(PauseRule::Restart) => ("Penilaian hitung ulang", "Jatuh tempo hitung ulang"),
    }
}

/// The word of a case's place in "due in the period".
pub fn due_word(due: Due) -> &'static str {
    match due {
        Due::Counted => "Ya",
        Due::Pending => "Belum",
        Due::Excluded => "Dikecualikan",
        Due::Outside => "Tidak",
    }
}

fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "Terbuka",
        Outcome::Issued => "Terbit",
        Outcome::Rejected => "Ditolak",
        Outcome::Withdrawn => "Dicabut",
    }
}

/// A case of the sheet.
pub struct Row<'a> {
    pub case: &'a ScoredCase,
    place: Membership,
    /// How it stands under each rule of [`PauseRule::ALL`], with its place in "due".
    rules: [Option<(Standing, Due)>; 3],
}

/// Cases that belong to the month under the standards' own rule, or are due in it under one of the three.
pub fn rows<'a>(r: &ReviewReport<'a>) -> Vec<Row<'a>> {
    let span = Span::of(r.overview.period, r.overview.as_of);
    let row = |(at, case): (usize, &'a ScoredCase)| {
        let rules = PauseRule::ALL.map(|rule| {
            let standing = *r.by_rule.get(&rule)?.get(at)?;
            Some((standing, placed(case, &standing, span).due))
        });
        let due = |r: &Option<(Standing, Due)>| r.is_some_and(|(_, d)| d != Due::Outside);
        let place = placed(case, &case.standing(), span);
        let belongs = place.in_scope() || rules.iter().any(due);
        belongs.then_some(Row { case, place, rules })
    };
    r.scored.cases.iter().enumerate().filter_map(row).collect()
}

/// Columns that fit a printed page.
const PRINTED: u16 = 15;

/// The sheet's layout.
pub fn grid(rows: &[Row], capacity: SheetCapacity) -> Grid {
    Grid::new("Berkas", FIELDS, rows.len(), capacity).printing(PRINTED)
}

/// The service's own code where a standard knows it, else as the source names it.
pub fn service(case: &ScoredCase) -> &str {
    case.standard.as_ref().map_or(&case.service, |s| &s.service)
}

/// Days used by a case decided in the month and judged, where its standard counts in `unit`.
fn days_used(row: &Row, unit: Unit) -> Option<u32> {
    let judged = matches!(row.case.verdict, CaseVerdict::OnTime | CaseVerdict::Late);
    let counts = row.case.standard.as_ref()?.total.unit == unit;
    // H is day 1 of working days; calendar days count after the start's own (scoring.md, sections 2 and 4).
    let first = u32::from(unit == Unit::WorkingDays);
    let offset = row.case.offset?;
    (judged && counts && row.place.decided).then_some(offset + first)
}

fn cells<'a>(row: &Row<'a>, out: &mut Vec<Cell<'a>>) {
    let (c, place) = (row.case, row.place);
    let running = c.verdict == CaseVerdict::Running;
    let left = c.limit.zip(c.offset).filter(|_| running);
    out.extend([
        Cell::Text(&c.case_id),
        Cell::Text(service(c)),
        Cell::instant(c.received),
        Cell::Text(outcome_word(c.outcome)),
        Cell::Text(c.verdict.label()),
        Cell::date(c.h),
        Cell::date(c.deadline),
        Cell::instant(c.decided),
        Cell::number(c.offset),
        Cell::number(Some(c.paused_days)),
        Cell::number(c.days_over),
        Cell::number(left.map(|(limit, offset)| f64::from(limit) - f64::from(offset))),
        Cell::Text(due_word(place.due)),
        Cell::yes(place.decided),
        Cell::yes(place.received),
        Cell::yes(place.withdrawn),
        Cell::yes(place.opening),
        Cell::yes(place.closing),
        Cell::yes(c.decided.is_none()),
        Cell::yes(c.paused_now),
        Cell::number(days_used(row, Unit::WorkingDays)),
        Cell::number(days_used(row, Unit::CalendarDays)),
        Cell::text(c.region.as_deref()),
        Cell::text(c.channel.as_deref()),
    ]);
    for rule in row.rules {
        match rule {
            Some((other, due)) => out.extend([
                Cell::date(other.deadline),
                Cell::Text(other.verdict.label()),
                Cell::Text(due_word(due)),
            ]),
            None => out.extend([Cell::Empty; 3]),
        }
    }
    out.push(Cell::date(c.due_on.map(crate::instant::day_of)));
}

/// Writes the sheet, and further ones where one does not hold all rows.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write<'a>(book: &mut Book, grid: &Grid, rows: &[Row<'a>]) -> anyhow::Result<()> {
    let note = format!(
        "{} berkas yang diterima, diputus, dicabut, jatuh tempo, atau terbuka dalam periode ini.",
        format::count(rows.len() as u64)
    );
    grid.write(book, "Berkas", &note, |i, out| {
        if let Some(row) = rows.get(i) {
            cells(row, out);
        }
    })
}
