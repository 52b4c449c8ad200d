//! Sheets Rencana Tindak Lanjut (the ministry's table), Tindak Lanjut (the form it is filled from, which the office imports
//! again) and Hasil Tindak Lanjut (what became of the last plan).
//!
//! In: the weakest elements, the plan as entered, the last plan. Out: three worksheets. The table refers to the form, so that
//! who fills in the form has the table.

use std::collections::BTreeSet;

use rust_xlsxwriter::{FormatAlign, Worksheet};

use crate::format;
use crate::measure::ikm::{PlanOutcome, Ranked};
use crate::measure::performance::follow_up::pairs;
use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::ikm::workbook::keys::printed;
use crate::report::xlsx::Book;
use crate::report::xlsx::cells::{Value, address, put_formula};
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};
use crate::report::xlsx::form::{self, Entry};
use crate::report::xlsx::sheet::Sheet;
use crate::snapshot::FollowupRow;

/// Colour of the tabs.
const TAB: u32 = 0x00A6_3A14;
const ELEMENT: &str = "ikm.element";

const HEADS: [&str; 8] = [
    "No",
    "Prioritas unsur",
    "Program/kegiatan",
    "TW I",
    "TW II",
    "TW III",
    "TW IV",
    "Penanggung jawab",
];
const ACTION: u16 = 3;
const QUARTERS: u16 = 4;
const WHO: u16 = 8;

/// Rows of the plan: what was entered, then the weakest elements that no entry is about.
pub fn entries<'v>(v: &'v View) -> Vec<Entry<'v>> {
    let plan = &v.r.ikm.plan;
    let mut all: Vec<Entry> = plan.iter().map(|f| entered(v, &f.row)).collect();
    let planned: BTreeSet<String> = plan.iter().filter_map(|f| element_of(&f.row)).collect();
    let taken: BTreeSet<&str> = plan.iter().map(|f| f.row.followup_id.as_str()).collect();
    let period = v.r.ikm.period;
    let mut numbers = (1..)
        .map(|n| format!("{period}-IKM-{n:02}"))
        .filter(|n| !taken.contains(n.as_str()));
    for (place, ranked) in v.survey.weakest.iter().enumerate() {
        if planned.contains(&ranked.element) {
            continue;
        }
        let code = Code::of(ELEMENT).with("element", &ranked.element);
        all.push(Entry {
            number: numbers.next().unwrap_or_default(),
            period: period.to_string(),
            indicator: ELEMENT,
            group: format!("element={}", ranked.element),
            finding: finding(v, place, ranked),
            figure: printed(v, &code),
            entered: None,
        });
    }
    all
}

fn entered<'v>(v: &'v View, row: &'v FollowupRow) -> Entry<'v> {
    let mut code = Code::of(&row.indicator);
    for (dimension, value) in pairs(&row.group) {
        code = code.with(&dimension, value);
    }
    Entry {
        number: row.followup_id.clone(),
        period: row.period.clone(),
        indicator: &row.indicator,
        group: row.group.clone(),
        finding: row.finding.clone(),
        figure: printed(v, &code),
        entered: Some(row),
    }
}

/// The element a follow-up is about.
fn element_of(row: &FollowupRow) -> Option<String> {
    pairs(&row.group).remove("element")
}

/// Why an element is proposed: "Unsur Waktu Penyelesaian menempati urutan terendah ke-1 dengan NRR 3,12 (mutu B)."
fn finding(v: &View, place: usize, ranked: &Ranked) -> String {
    let of = |indicator: &str| {
        let code = Code::of(indicator).with("element", &ranked.element);
        printed(v, &code).to_owned()
    };
    let tied: Vec<&str> = ranked.tied_with.iter().map(|e| v.element(e)).collect();
    let tied = match tied.is_empty() {
        true => String::new(),
        false => format!("; bernilai sama dengan {}", words::listed(&tied)),
    };
    format!(
        "Unsur {} menempati urutan terendah ke-{} dengan NRR {} (mutu {}){tied}.",
        v.element(&ranked.element),
        place + 1,
        of(ELEMENT),
        of("ikm.element.grade"),
    )
}

/// Sheet Rencana Tindak Lanjut.
///
/// # Errors
/// What the workbook writer refuses.
pub fn plan(v: &View, book: &Book, entries: &[Entry]) -> anyhow::Result<Worksheet> {
    let widths = vec![30.0, 6.0, 32.0, 52.0, 9.0, 9.0, 9.0, 9.0, 26.0, 10.0];
    let mut s = Sheet::new(v, book, "Rencana Tindak Lanjut", widths)?;
    // What is not filled in yet is an empty text, not 0.
    s.sheet.set_formula_result_default("");
    s.note(
        "Terisi dengan sendirinya dari lembar Tindak Lanjut: program/kegiatan dari kolom Tindakan, triwulan (TW) dan tahunnya dari kolom Batas waktu.",
    )?;
    s.gap();
    if entries.is_empty() {
        s.note("Belum ada data: belum ada unsur yang dapat diprioritaskan.")?;
        return Ok(s.finish(TAB));
    }
    let columns = [Column::new("NRR", Code::default(), Show::Printed)];
    s.heads(&HEADS, &columns)?;
    s.freeze(3)?;
    for (i, entry) in (0u32..).zip(entries) {
        plan_line(&mut s, i, entry, &columns)?;
    }
    Ok(s.finish(TAB))
}

fn plan_line(s: &mut Sheet<View>, i: u32, entry: &Entry, columns: &[Column]) -> anyhow::Result<()> {
    let mut code = Code::of(entry.indicator);
    let mut about = entry.indicator.to_owned();
    for (dimension, value) in pairs(&entry.group) {
        if dimension == "element" {
            about = s.c.element(&value).to_owned();
        }
        code = code.with(&dimension, value);
    }
    let text = |value: Option<&Option<String>>| value.cloned().flatten().unwrap_or_default();
    let action = text(entry.entered.map(|r| &r.action));
    let who = text(entry.entered.map(|r| &r.who));
    let number = (i + 1).to_string();
    let labels = [&number, &about, &action, "", "", "", "", &who];
    let row = s.row;
    s.line(&code, &labels, columns, Show::Printed)?;
    if action.is_empty() {
        s.sheet.set_row_height(row, 30)?;
    }
    let at = form::first_row(s.book) + i;
    let cell = |col| format!("'{}'!{}", form::NAME, address(at, col));
    let style = s.book.styles.text.clone();
    for (col, from, value) in [(ACTION, form::ACTION, action), (WHO, form::WHO, who)] {
        let formula = format!("=IF({0}=\"\",\"\",{0})", cell(from));
        put_formula(
            &mut s.sheet,
            row,
            col,
            &formula,
            &Value::Text(value),
            &style,
        )?;
    }
    let centred = style.set_align(FormatAlign::Center);
    let due = entry.entered.and_then(|r| r.by_when);
    let date = cell(form::BY_WHEN);
    for quarter in 1..=4u16 {
        let formula = format!(
            "=IF(ISNUMBER({date}),IF(ROUNDUP(MONTH({date})/3,0)={quarter},\"√ \"&YEAR({date}),\"\"),\"\")"
        );
        let in_it =
            |d: &chrono::NaiveDate| chrono::Datelike::month0(d) / 3 + 1 == u32::from(quarter);
        let value = due
            .filter(in_it)
            .map(|d| format!("√ {}", chrono::Datelike::year(&d)));
        let value = Value::Text(value.unwrap_or_default());
        put_formula(
            &mut s.sheet,
            row,
            QUARTERS + quarter - 1,
            &formula,
            &value,
            &centred,
        )?;
    }
    Ok(())
}

/// Sheet Hasil Tindak Lanjut.
///
/// # Errors
/// What the workbook writer refuses.
pub fn outcomes(v: &View, book: &Book) -> anyhow::Result<Worksheet> {
    let widths = vec![6.0, 44.0, 30.0, 12.0, 14.0, 44.0, 11.0, 11.0, 18.0];
    let mut s = Sheet::new(v, book, "Hasil Tindak Lanjut", widths)?;
    s.note(
        "Rencana periode sebelumnya dan pelaksanaannya, dengan nilai saat itu dan sekarang. Perubahan sesudah suatu tindakan belum tentu disebabkan \
         oleh tindakan itu.",
    )?;
    s.gap();
    if v.r.ikm.outcomes.is_empty() {
        s.note("Belum ada rencana tindak lanjut yang diimpor untuk periode sebelumnya.")?;
        return Ok(s.finish(TAB));
    }
    let heads = [
        "Rencana tindak lanjut",
        "Unsur",
        "Sudah dilaksanakan",
        "Selesai pada",
        "Keterangan dan bukti",
        "Saat itu",
        "Sekarang",
        "Nomor",
    ];
    s.list_heads("No", &heads)?;
    for (i, outcome) in v.r.ikm.outcomes.iter().enumerate() {
        outcome_line(&mut s, i, outcome)?;
    }
    Ok(s.finish(TAB))
}

fn outcome_line(s: &mut Sheet<View>, i: usize, outcome: &PlanOutcome) -> anyhow::Result<()> {
    let row = &outcome.followed.row;
    let element = element_of(row);
    let element = element
        .as_deref()
        .map_or(format::NONE, |e| s.c.element(e))
        .to_owned();
    let action = row.action.as_deref().unwrap_or(&row.finding);
    let note = row.note.as_deref().unwrap_or_default();
    let done = row.done_on.map(format::date_short).unwrap_or_default();
    let figure = |f: &Option<String>| f.clone().unwrap_or_else(|| format::NONE.to_owned());
    s.entry(&(i + 1).to_string())?;
    let cells = [
        action,
        &element,
        if row.done_on.is_some() {
            "Sudah"
        } else {
            "Belum"
        },
        &done,
        note,
        &figure(&outcome.then),
        &figure(&outcome.now),
        &row.followup_id,
    ];
    for (col, text) in (1u16..).zip(cells) {
        s.words(col, text)?;
    }
    s.fit(s.row, &[(action, 42.0), (&element, 28.0), (note, 42.0)])?;
    s.row += 1;
    Ok(())
}
