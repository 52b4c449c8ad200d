//! Sheets Tindak Lanjut (the form the office fills in and imports again) and Tindak Lanjut Lalu (what became of the last ones).
//!
//! In: proposals and followed-up findings. Out: two worksheets. Below the heads of the form stand its rows and nothing else,
//! since the office's answers are read from this very sheet.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet,
};

use crate::format;
use crate::measure::performance::follow_up::{FollowedUp, Proposal, pairs};
use crate::measure::{Figure, Group};
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::words;
use crate::report::performance::workbook::sheet::Sheet;
use crate::report::xlsx::Book;
use crate::report::xlsx::book::DATE_FORMAT;
use crate::report::xlsx::cells::short;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show, one_figure};

/// Colour of the tabs.
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
const DATES: (u16, u16) = (9, 10);
/// Room to write by hand, in points.
const ROOM: f64 = 58.0;

const LAST: [&str; 11] = [
    "Temuan",
    "Sebab",
    "Tindakan",
    "Penanggung jawab",
    "Batas waktu",
    "Selesai pada",
    "Keadaan",
    "Angka saat itu",
    "Perubahan sejak itu",
    "Catatan",
    "Nomor",
];

/// The form.
///
/// # Errors
/// What the workbook writer refuses.
pub fn form(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name("Tindak Lanjut")?;
    book.heading(&mut sheet, "Tindak Lanjut", true)?;
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
    let proposals = &r.performance.proposals;
    for (i, proposal) in (0u32..).zip(proposals) {
        let row = head + 1 + i;
        let finding = words::finding(c, proposal);
        let figure = proposed(c, proposal).map_or(format::NONE, |f| f.printed.as_str());
        let number = format!("{}-{:02}", c.period, i + 1);
        let group = group_text(&proposal.group);
        let given = [
            &number,
            &c.period,
            &proposal.indicator,
            &group,
            &finding,
            figure,
        ];
        for (col, text) in (0u16..).zip(given) {
            sheet.write_string_with_format(row, col, short(text), &s.text)?;
        }
        blanks(&mut sheet, row, s)?;
        // Four lines: what a finding needs at most, and room for the answers.
        sheet.set_row_height(row, ROOM)?;
    }
    if !proposals.is_empty() {
        let last = head + proposals.len() as u32;
        sheet.add_data_validation(head + 1, DATES.0, last, DATES.1, &dates()?)?;
        sheet.set_print_area(0, 0, last, FORM.len() as u16 - 1)?;
    }
    sheet.set_tab_color(rust_xlsxwriter::Color::RGB(TAB));
    Ok(sheet)
}

/// The figure a proposal is about.
fn proposed<'a>(c: &Context<'a>, proposal: &Proposal) -> Option<&'a Figure> {
    let pairs: Vec<(&str, &str)> = proposal
        .group
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    c.figure(&proposal.indicator, &pairs)
}

/// `k=v;k=v` of a group, as a follow-up names it.
fn group_text(group: &Group) -> String {
    let pairs: Vec<String> = group.iter().map(|(k, v)| format!("{k}={v}")).collect();
    pairs.join(";")
}

/// The cells the office fills in, framed so that they are seen as such on paper.
fn blanks(sheet: &mut Worksheet, row: u32, s: &crate::report::xlsx::Styles) -> anyhow::Result<()> {
    let frame = |f: &Format| {
        f.clone()
            .set_border(FormatBorder::Thin)
            .set_border_color(rust_xlsxwriter::Color::RGB(0x00B8_C0CB))
            .set_align(FormatAlign::Top)
    };
    let (text, date) = (frame(&s.text), frame(&s.text).set_num_format(DATE_FORMAT));
    for col in GIVEN..FORM.len() as u16 {
        let style = if (DATES.0..=DATES.1).contains(&col) {
            &date
        } else {
            &text
        };
        sheet.write_blank(row, col, style)?;
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

/// What became of the findings followed up last time.
///
/// # Errors
/// What the workbook writer refuses.
pub fn last(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let widths = vec![
        24.0, 40.0, 24.0, 24.0, 18.0, 13.0, 13.0, 20.0, 12.0, 34.0, 20.0, 13.0, 13.0,
    ];
    let mut s = Sheet::new(c, book, "Tindak Lanjut Lalu", widths)?;
    s.note(
        "Temuan laporan sebelumnya yang telah diimpor, dengan angka saat itu dan angka sekarang. Perubahan disebut lebih dari kebetulan hanya \
         apabila selang 95 %-nya tidak memuat nol; perubahan sesudah suatu tindakan belum tentu disebabkan oleh tindakan itu.",
    )?;
    s.gap();
    let columns = one_figure();
    s.heads(&["Banyaknya"], &columns)?;
    for (state, words) in [
        ("proposed", "Temuan yang diusulkan dalam laporan ini"),
        ("done", "Tindak lanjut lalu yang selesai"),
        ("open", "Tindak lanjut lalu yang belum selesai"),
    ] {
        let code = Code::of("follow_up.count").with("state", state);
        s.line(&code, &[words], &columns, Show::Number)?;
    }
    s.gap();
    let followed = &r.performance.followed_up;
    if followed.is_empty() {
        s.note("Belum ada tindak lanjut yang diimpor untuk semester-semester sebelumnya.")?;
        return Ok(s.finish(TAB));
    }
    let now = [Column::new(
        "Angka sekarang",
        Code::default(),
        Show::Printed,
    )];
    s.heads(&LAST, &now)?;
    for f in followed {
        write_last(&mut s, f, &now)?;
    }
    Ok(s.finish(TAB))
}

fn write_last(s: &mut Sheet, f: &FollowedUp, now: &[Column]) -> anyhow::Result<()> {
    let row = &f.row;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let date = |day: Option<chrono::NaiveDate>| day.map(format::date_short).unwrap_or_default();
    let mut code = Code::of(&row.indicator);
    for (dimension, value) in pairs(&row.group) {
        code = code.with(&dimension, value);
    }
    let then = f.then.as_ref().map_or(format::NONE, |t| t.printed.as_str());
    let labels = [
        row.finding.clone(),
        text(&row.cause),
        text(&row.action),
        text(&row.who),
        date(row.by_when),
        date(row.done_on),
        words::state(f, s.c.r.overview.as_of.date()),
        then.to_owned(),
        words::movement(f),
        text(&row.note),
        row.followup_id.clone(),
    ];
    s.line(
        &code,
        &labels.each_ref().map(String::as_str),
        now,
        Show::Printed,
    )
}
