//! The personal edition as a workbook: figures, all executions over a limit, a place to reply and to sign.
//!
//! In: the officer's content. Out: the sheets Ringkasan, Langkah, Pelaksanaan, Tanggapan, Metode.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};

use super::Officer;
use super::content::{CAUSES, Column, Compared, Kind, Own, RESULTS};
use super::words;
use crate::measure::Figure;
use crate::report::SheetCapacity;
use crate::report::performance::PerformanceReport;
use crate::report::xlsx::cells::{Value, fit_row, put, short};
use crate::report::xlsx::table::Cell;
use crate::report::xlsx::{Book, Field, Grid, Kind as CellKind, Styles};

/// Characters in the column of names, and in each further one.
const NAMES: f64 = 44.0;
const NUMBERS: f64 = 15.0;
/// Columns of the place to reply, and its rows.
const REPLY_COLUMNS: u16 = 6;
const REPLY_ROWS: u32 = 22;
/// Points of a row of headings, three lines.
const HEAD_POINTS: f64 = 42.0;

/// All sheets.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook(r: &PerformanceReport, officer: &Officer) -> anyhow::Result<Vec<u8>> {
    let own = Own::new(r, officer);
    let state = format!(
        "{}. Keadaan per {} · Edisi {}",
        own.name(),
        own.c.as_of(),
        r.review.provenance.edition
    );
    let mut book = Book::new(
        r.review.office,
        "Lembar Kinerja Petugas",
        &own.c.period_name,
        &state,
        r.review.overview.as_of,
    )?;
    summary(&own, &mut book)?;
    steps(&own, &mut book)?;
    late(&own, &mut book)?;
    reply(&own, &mut book)?;
    method(&own, &mut book)?;
    Ok(book.workbook.save_to_buffer()?)
}

fn sheet(book: &Book, name: &str, title: &str, landscape: bool) -> anyhow::Result<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    book.heading(&mut sheet, title, landscape)?;
    sheet.set_column_width(0, NAMES)?;
    sheet.set_column_range_width(1, 24, NUMBERS)?;
    Ok(sheet)
}

fn right(style: &Format) -> Format {
    style.clone().set_align(FormatAlign::Right)
}

/// Who it is, and the comparison.
fn summary(own: &Own, book: &mut Book) -> anyhow::Result<()> {
    let mut sheet = sheet(book, "Ringkasan", "Lembar Kinerja Petugas", true)?;
    let (s, mut row) = (&book.styles, book.heading_rows());
    for (name, value) in own.about() {
        sheet.write_string_with_format(row, 0, name, &s.strong)?;
        sheet.merge_range(row, 1, row, 7, &short(&value), &s.text)?;
        row += 1;
    }
    row = head(&mut sheet, s, row + 1, &COMPARED)?;
    let least = own.r.review.rules.least_n;
    for c in own.compared() {
        sheet.write_string_with_format(row, 0, c.point.measure.label(), &s.text)?;
        for (col, figure) in (1u16..).zip(figures(&c)) {
            put(&mut sheet, row, col, &Value::of(figure), &style(s, col))?;
        }
        row += 1;
        let words = words::position(c.point, least);
        sheet.merge_range(row, 0, row, 9, &words, &s.note)?;
        fit_row(&mut sheet, row, &[(&words, NAMES + 9.0 * NUMBERS)])?;
        row += 1;
    }
    book.workbook.push_worksheet(sheet);
    Ok(())
}

const COMPARED: [&str; 10] = [
    "Dibandingkan dengan pekerjaan yang sama",
    "Diperbandingkan",
    "Tanpa pembanding",
    "Terjadi melewati batas",
    "Diharapkan",
    "Rasio",
    "Batas 95 %, bawah",
    "Batas 95 %, atas",
    "Batas 99,8 %, bawah",
    "Batas 99,8 %, atas",
];

/// In the order of [`COMPARED`].
fn figures<'a>(c: &Compared<'a>) -> Vec<Option<&'a Figure>> {
    let mut all = vec![c.compared, c.alone, c.observed, c.expected, c.ratio];
    all.extend(c.limits);
    all
}

/// The expected has decimals, the ratio two.
fn style(s: &Styles, col: u16) -> Format {
    match COMPARED.get(usize::from(col)) {
        Some(&"Diharapkan") => right(&s.decimal),
        Some(&"Rasio") => right(&s.number).set_num_format("0.00"),
        _ => right(&s.number),
    }
}

fn head(sheet: &mut Worksheet, s: &Styles, row: u32, heads: &[&str]) -> anyhow::Result<u32> {
    for (col, head) in (0u16..).zip(heads) {
        let style = if col == 0 { &s.head } else { &s.head_number };
        sheet.write_string_with_format(row, col, *head, style)?;
    }
    sheet.set_row_height(row, HEAD_POINTS)?;
    Ok(row + 1)
}

/// Figures by step, one to a row, so that the sheet can be printed.
fn steps(own: &Own, book: &mut Book) -> anyhow::Result<()> {
    let mut sheet = sheet(book, "Langkah", "Angka menurut langkah", false)?;
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, 28)?;
    let s = &book.styles;
    let mut row = head(&mut sheet, s, book.heading_rows(), &STEPS)?;
    sheet.write_string_with_format(row - 1, 1, "Ukuran", &s.head)?;
    sheet.set_freeze_panes(row, 0)?;
    sheet.set_repeat_rows(row - 1, row - 1)?;
    let (results, causes) = (own.rows(&RESULTS), own.rows(&CAUSES));
    for (r, c) in results.iter().zip(&causes) {
        let mut name = r.name.as_str();
        for (columns, figures) in [(RESULTS.as_slice(), r), (CAUSES.as_slice(), c)] {
            let cells = figures.figures.iter().zip(&figures.bounds);
            for (column, (figure, bounds)) in columns.iter().zip(cells) {
                sheet.write_string_with_format(row, 0, short(name), &s.strong)?;
                sheet.write_string_with_format(row, 1, column.head, &s.text)?;
                for (col, (value, style)) in (2u16..).zip(cells_of(*column, *figure, *bounds, s)) {
                    put(&mut sheet, row, col, &value, &style)?;
                }
                fit_row(&mut sheet, row, &[(name, 34.0)])?;
                name = "";
                row += 1;
            }
        }
    }
    book.workbook.push_worksheet(sheet);
    Ok(())
}

const STEPS: [&str; 7] = [
    "Langkah",
    "Ukuran",
    "Nilai",
    "pembilang",
    "dari",
    "selang 95 %, bawah",
    "selang 95 %, atas",
];

/// Value, numerator, denominator, lower and upper bound.
fn cells_of(
    column: Column,
    figure: Option<&Figure>,
    bounds: Option<(&Figure, &Figure)>,
    s: &Styles,
) -> [(Value, Format); 5] {
    let share = column.kind == Kind::Share;
    let value = match column.kind {
        Kind::Count => (Value::of(figure), right(&s.number)),
        Kind::Share => (Value::share(figure), right(&s.share)),
        Kind::Time => {
            let words = figure.map_or(crate::format::NONE, |f| f.printed.as_str());
            (Value::Text(words.to_owned()), right(&s.text))
        }
    };
    let count = |n: Option<i64>| {
        let n = n.filter(|_| share);
        let n = n.map_or(Value::Empty, |n| Value::Number(n as f64));
        (n, right(&s.number))
    };
    let bound = |f: Option<&Figure>| match f.and_then(|f| f.value) {
        Some(percent) => (Value::Number(percent / 100.0), right(&s.share)),
        None => (Value::Empty, right(&s.share)),
    };
    [
        value,
        count(figure.and_then(|f| f.numerator)),
        count(figure.and_then(|f| f.denominator)),
        bound(bounds.map(|b| b.0)),
        bound(bounds.map(|b| b.1)),
    ]
}

const LATE: &[Field] = &[
    Field::new("Nomor berkas", 22.0, CellKind::Text),
    Field::new("Langkah", 44.0, CellKind::Text),
    Field::new("Mulai", 18.0, CellKind::DateTime),
    Field::new("Selesai", 18.0, CellKind::DateTime),
    Field::new("Hari batas", 14.0, CellKind::Date),
    Field::new("Melewati batas", 30.0, CellKind::Text),
    Field::new("Di mana", 40.0, CellKind::Text),
];

/// Every execution over a limit.
fn late(own: &Own, book: &mut Book) -> anyhow::Result<()> {
    let late = own.late();
    let grid = Grid::new("Pelaksanaan", LATE, late.len(), SheetCapacity::default());
    let note = match late.is_empty() {
        true => "Tidak ada pelaksanaan yang melewati batas dalam semester ini.",
        false => "Yang sudah lewat batas saat diterima tidak dibebankan.",
    };
    grid.write(book, "Pelaksanaan yang melewati batas", note, |i, cells| {
        let Some(l) = late.get(i) else {
            return;
        };
        let e = l.execution;
        cells.extend([
            Cell::Text(&e.case_id),
            Cell::Text(&l.step),
            Cell::instant(e.started),
            Cell::instant(e.completed),
            Cell::date(e.deadline),
            Cell::Text(&l.by),
            Cell::Text(l.place),
        ]);
    })
}

/// Room to write, and the lines to sign.
fn reply(own: &Own, book: &mut Book) -> anyhow::Result<()> {
    let mut sheet = sheet(book, "Tanggapan", "Tanggapan petugas", false)?;
    sheet.set_column_range_width(0, REPLY_COLUMNS - 1, 16)?;
    let (s, row) = (&book.styles, book.heading_rows());
    let words = "Penjelasan, keberatan, atau catatan yang keliru:";
    sheet.merge_range(row, 0, row, REPLY_COLUMNS - 1, words, &s.subtitle)?;
    let room = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Top)
        .set_text_wrap()
        .set_unlocked();
    let last = row + REPLY_ROWS;
    sheet.merge_range(row + 1, 0, last, REPLY_COLUMNS - 1, "", &room)?;
    let place = format!("{}, ........................", own.r.review.office.city);
    sheet.merge_range(last + 2, 4, last + 2, 5, &place, &s.centre)?;
    for (first, act, said, name) in [
        (0, "Petugas", "telah membaca lembar ini", own.name()),
        (4, "Atasan langsung", "telah membahasnya dengan petugas", ""),
    ] {
        for (below, words, style) in [
            (3, act, &s.centre),
            (4, said, &s.centre),
            (8, name, &s.line),
        ] {
            let (row, to) = (last + below, first + 1);
            sheet.merge_range(row, first, row, to, &short(words), style)?;
        }
    }
    book.workbook.push_worksheet(sheet);
    Ok(())
}

fn method(own: &Own, book: &mut Book) -> anyhow::Result<()> {
    const RULES: f64 = 100.0;
    let mut sheet = sheet(book, "Metode", "Cara membaca", false)?;
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, RULES)?;
    let (s, mut row) = (&book.styles, book.heading_rows());
    let subjects = words::method(own.r.review.rules.least_n);
    let rules = subjects.into_iter().flat_map(|(title, rules)| {
        let rules = rules.into_iter().enumerate();
        rules.map(move |(i, rule)| (if i == 0 { title } else { "" }.to_owned(), rule))
    });
    for (title, rule) in rules.chain(own.c.provenance()) {
        sheet.write_string_with_format(row, 0, short(&title), &s.strong)?;
        sheet.write_string_with_format(row, 1, short(&rule), &s.text)?;
        fit_row(&mut sheet, row, &[(&title, 34.0), (&rule, RULES)])?;
        row += 1;
    }
    book.workbook.push_worksheet(sheet);
    Ok(())
}
