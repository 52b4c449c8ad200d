//! Sheet Matriks: one row per form, one column per element; below them, as formulas over those rows, sum, NRR and IKM.
//!
//! In: the forms and the figures. Out: one worksheet, and further ones where one does not hold all forms. It must not
//! compute: a formula carries the figure as its stored result.

use rust_xlsxwriter::{Color, FormatAlign, Formula, Url, Worksheet};

use crate::format;
use crate::instant::day_of;
use crate::report::ikm::view::View;
use crate::report::ikm::workbook::matrix::{
    AGE, DATE, EDUCATION, FIRST_ELEMENT, HEAD_ROW, HOUR, ID, Line, Matrix, OCCUPATION, Part,
    SERVICE, SEX,
};
use crate::report::ikm::workbook::pengolahan::Block;
use crate::report::xlsx::Book;
use crate::report::xlsx::book::EPOCH_SERIAL;
use crate::report::xlsx::cells::{address, short};
use crate::snapshot::ResponseRow;

/// Colour of the tab.
const TAB: u32 = 0x004D_5A6A;
/// Heads and widths of the columns before the elements.
const FIXED: [(&str, f64); FIRST_ELEMENT as usize] = [
    ("Nomor formulir", 21.0),
    ("Tanggal", 12.0),
    ("Layanan", 18.0),
    ("Jenis kelamin", 8.0),
    ("Usia", 6.0),
    ("Pendidikan", 11.0),
    ("Pekerjaan", 14.0),
    ("Jam survei", 9.0),
];
/// Width of an element's column; the longest code has 12 letters.
pub const ELEMENT_WIDTH: f64 = 13.0;
/// So many rows and the results fit on one printed page.
const FEW_ROWS: u32 = 20;
/// Stands where an element was asked and not answered; where it was not asked the cell is empty.
pub const MISSING: &str = "–";

/// Writes the sheets.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &mut Book, matrix: &Matrix) -> anyhow::Result<()> {
    let mut forms = matrix.survey.forms.iter();
    let last = matrix.parts.len().saturating_sub(1);
    for (i, part) in matrix.parts.iter().enumerate() {
        let mut sheet = book.workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(&part.sheet)?;
        head(v, book, &mut sheet, matrix, part)?;
        for row in (part.first_row..).take(part.rows as usize) {
            if let Some(form) = forms.next() {
                write_form(&mut sheet, row, form, matrix, v)?;
            }
        }
        if i == last {
            // The results begin on a page of their own, whole, where the rows fill one.
            if part.rows > FEW_ROWS {
                sheet.set_page_breaks(&[matrix.line(Line::Title)])?;
            }
            Block::new(v, book, &mut sheet, matrix).write()?;
        }
        sheet.set_tab_color(Color::RGB(TAB));
        book.workbook.push_worksheet(sheet);
    }
    Ok(())
}

fn head(
    v: &View,
    book: &Book,
    sheet: &mut Worksheet,
    matrix: &Matrix,
    part: &Part,
) -> anyhow::Result<()> {
    let s = &book.styles;
    book.heading(sheet, "Matriks Responden dan Unsur", true)?;
    let results = format!(
        "internal:'{}'!A{}",
        matrix.parts.last().map_or("", |p| p.sheet.as_str()),
        matrix.line(Line::Title) + 1
    );
    let results = Url::new(results).set_text(note(matrix));
    sheet.write_url_with_format(3, 0, results, &s.subtitle)?;
    let number = s.plain.clone().set_align(FormatAlign::Center);
    for (col, (name, width)) in (0u16..).zip(FIXED) {
        sheet.set_column_width(col, width)?;
        let style = match col {
            DATE => &s.date,
            AGE => &number,
            _ => &s.plain,
        };
        sheet.set_column_format(col, style)?;
        sheet.write_string_with_format(HEAD_ROW, col, name, &s.head)?;
    }
    let centred = s.head.clone().set_align(FormatAlign::Center);
    let elements = v.instrument().elements.iter().map(|e| e.code.as_str());
    for (col, name) in (FIRST_ELEMENT..).zip(elements.chain(["Terjawab"])) {
        sheet.set_column_width(col, ELEMENT_WIDTH)?;
        sheet.set_column_format(col, &number)?;
        sheet.write_string_with_format(HEAD_ROW, col, short(name), &centred)?;
    }
    sheet.set_row_height(HEAD_ROW, 32)?;
    let last = matrix.answered();
    sheet.autofilter(HEAD_ROW, 0, part.last_row(), last)?;
    sheet.set_freeze_panes(HEAD_ROW + 1, 1)?;
    sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    Ok(())
}

/// How to read the sheet, and where its results stand.
fn note(matrix: &Matrix) -> String {
    let sheet = match matrix.parts.as_slice() {
        [_] => String::new(),
        parts => format!(" lembar {}", parts.last().map_or("", |p| p.sheet.as_str())),
    };
    let results = format!(
        "hasilnya{sheet} mulai baris {}",
        format::count(u64::from(matrix.line(Line::Title)) + 1)
    );
    match (matrix.survey.forms.is_empty(), matrix.live) {
        (true, _) => format!("Belum ada data: tidak ada formulir dalam periode ini; {results}."),
        (_, true) => format!(
            "Satu baris per formulir; {MISSING} = ditanyakan tetapi tidak dijawab, kosong = tidak ditanyakan. NRR dan IKM dihitung dengan rumus, \
             {results}."
        ),
        (_, false) => format!(
            "Formulir lebih dari {}: lembar ini memuat nilai saja, tanpa rumus; {results}. {MISSING} = ditanyakan tetapi tidak dijawab.",
            format::count(u64::from(matrix.most_rows))
        ),
    }
}

/// Cells carry no format of their own but their column's: looking one up per cell would cost more than writing it.
fn write_form(
    sheet: &mut Worksheet,
    row: u32,
    form: &ResponseRow,
    matrix: &Matrix,
    v: &View,
) -> anyhow::Result<()> {
    sheet.write_string(row, ID, short(&form.response_id))?;
    let date = f64::from(day_of(form.answered_on)) + EPOCH_SERIAL;
    sheet.write_number(row, DATE, date)?;
    let alias = v.r.library.aliases.get(&*form.service);
    let service = alias.map_or(&*form.service, String::as_str);
    sheet.write_string(row, SERVICE, short(service))?;
    if let Some(age) = form.age {
        sheet.write_number(row, AGE, f64::from(age))?;
    }
    for (col, text) in [
        (SEX, &form.sex),
        (EDUCATION, &form.education),
        (OCCUPATION, &form.occupation),
        (HOUR, &form.hour_band),
    ] {
        if let Some(text) = text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            sheet.write_string(row, col, short(text))?;
        }
    }
    let mut answered = 0;
    for (at, element) in matrix.survey.instrument.elements.iter().enumerate() {
        let col = matrix.element(at);
        match form.answers.get(&element.code) {
            Some(Some(answer)) if (1..=4).contains(&answer) => {
                answered += 1;
                sheet.write_number(row, col, f64::from(answer))?;
            }
            Some(_) => {
                sheet.write_string(row, col, MISSING)?;
            }
            None => {}
        }
    }
    let col = matrix.answered();
    match matrix.live {
        true => {
            let cells = format!("{}:{}", address(row, FIRST_ELEMENT), address(row, col - 1));
            let formula = Formula::new(format!("=COUNT({cells})"));
            sheet.write_formula(row, col, formula.set_result(answered.to_string()))?;
        }
        false => {
            sheet.write_number(row, col, f64::from(answered))?;
        }
    }
    Ok(())
}
