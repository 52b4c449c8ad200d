//! Sheet Tindak Lanjut: the form that an office fills in and imports again, whatever report it stands in.
//!
//! In: findings, with what was entered already. Out: one worksheet. Below the heads stand its rows and nothing else, since
//! the office's answers are read from this very sheet.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Worksheet,
};

use crate::instant::day_of;
use crate::report::xlsx::book::{DATE_FORMAT, EPOCH_SERIAL};
use crate::report::xlsx::cells::{Value, fit_row, put, short};
use crate::report::xlsx::{Book, Styles};
use crate::snapshot::FollowupRow;

/// Its name, by which the import knows it.
pub const NAME: &str = "Tindak Lanjut";

/// Colour of the tab.
const TAB: u32 = 0x00A6_3A14;

/// Head and width; the import knows these heads.
const FORM: [(&str, f64); 12] = [
    ("Nomor", 13.0),
    ("Periode", 10.0),
    ("Indikator", 22.0),
    ("Kelompok", 32.0),
    ("Temuan", 44.0),
    ("Angka saat itu", 16.0),
    ("Sebab", 28.0),
    ("Tindakan", 28.0),
    ("Penanggung jawab", 18.0),
    ("Batas waktu", 13.0),
    ("Selesai pada", 13.0),
    ("Catatan", 22.0),
];
/// Columns the program fills in.
const GIVEN: u16 = 6;
/// Columns other sheets may refer to.
pub const ACTION: u16 = 7;
pub const WHO: u16 = 8;
pub const BY_WHEN: u16 = 9;
const DATES: (u16, u16) = (BY_WHEN, 10);
/// Room to write by hand, in points: four lines, what a finding needs at most.
const ROOM: f64 = 58.0;

/// A row of the form.
pub struct Entry<'a> {
    pub number: String,
    /// e.g. `2026-S1`.
    pub period: String,
    pub indicator: &'a str,
    /// `k=v;k=v`.
    pub group: String,
    pub finding: String,
    /// The figure as printed.
    pub figure: &'a str,
    /// What the office entered before.
    pub entered: Option<&'a FollowupRow>,
}

/// Row of the first entry, from 0.
pub fn first_row(book: &Book) -> u32 {
    book.heading_rows() + 1
}

/// The form.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(book: &Book, entries: &[Entry]) -> anyhow::Result<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name(NAME)?;
    book.heading(&mut sheet, NAME, true)?;
    let s = &book.styles;
    let how = "Diisi oleh kantor, lalu diimpor kembali dengan perintah: tepat import followups. Kolom Nomor sampai Angka saat itu jangan diubah.";
    sheet.write_string_with_format(3, 0, how, &s.subtitle)?;
    let head = book.heading_rows();
    for (col, (name, width)) in (0u16..).zip(FORM) {
        sheet.set_column_width(col, width)?;
        sheet.write_string_with_format(head, col, name, &s.head)?;
    }
    sheet.set_row_height(head, 32)?;
    sheet.set_freeze_panes(head + 1, 1)?;
    sheet.set_repeat_rows(head, head)?;
    for (row, entry) in (head + 1..).zip(entries) {
        let given = [
            &entry.number,
            &entry.period,
            entry.indicator,
            &entry.group,
            &entry.finding,
            entry.figure,
        ];
        for (col, text) in (0u16..).zip(given) {
            sheet.write_string_with_format(row, col, short(text), &s.text)?;
        }
        answers(&mut sheet, row, entry.entered, s)?;
    }
    if !entries.is_empty() {
        let last = head + entries.len() as u32;
        sheet.add_data_validation(head + 1, DATES.0, last, DATES.1, &dates()?)?;
        sheet.set_print_area(0, 0, last, FORM.len() as u16 - 1)?;
    }
    sheet.set_tab_color(Color::RGB(TAB));
    Ok(sheet)
}

/// The cells the office fills in, framed so that they are seen as such on paper.
fn answers(
    sheet: &mut Worksheet,
    row: u32,
    entered: Option<&FollowupRow>,
    s: &Styles,
) -> anyhow::Result<()> {
    let frame = |f: &Format| {
        f.clone()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00B8_C0CB))
            .set_align(FormatAlign::Top)
    };
    let (text, date) = (frame(&s.text), frame(&s.text).set_num_format(DATE_FORMAT));
    let words = |get: fn(&FollowupRow) -> &Option<String>| {
        let entered = entered.and_then(|r| get(r).clone());
        entered.map_or(Value::Empty, Value::Text)
    };
    let day = |get: fn(&FollowupRow) -> Option<chrono::NaiveDate>| {
        let serial = |d| Value::Number(f64::from(day_of(d)) + EPOCH_SERIAL);
        entered.and_then(get).map_or(Value::Empty, serial)
    };
    let cells = [
        (words(|r| &r.cause), &text),
        (words(|r| &r.action), &text),
        (words(|r| &r.who), &text),
        (day(|r| r.by_when), &date),
        (day(|r| r.done_on), &date),
        (words(|r| &r.note), &text),
    ];
    sheet.set_row_height(row, ROOM)?;
    let mut sized = Vec::new();
    for (col, (value, style)) in (GIVEN..).zip(&cells) {
        put(sheet, row, col, value, style)?;
        let width = FORM.get(usize::from(col)).map_or(10.0, |(_, w)| *w);
        if let Value::Text(t) = value {
            sized.push((t.as_str(), width));
        }
    }
    let long = sized
        .iter()
        .any(|(t, width)| t.chars().count() as f64 > 4.0 * (width - 4.0));
    if long {
        fit_row(sheet, row, &sized)?;
    }
    Ok(())
}

fn dates() -> anyhow::Result<DataValidation> {
    let from = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DataValidation::new()
        .allow_date(DataValidationRule::GreaterThanOrEqualTo(from))
        .set_error_title("Bukan tanggal")?
        .set_error_message("Isilah dengan tanggal, misalnya 30/9/2026, atau kosongkan.")?)
}
