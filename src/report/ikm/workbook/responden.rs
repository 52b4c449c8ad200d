//! Sheet Responden: who answered, by each dimension, and how satisfied each group is.
//!
//! In: figures by dimension. Out: one worksheet; each table sums to the number of respondents.

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::ikm::workbook::formula;
use crate::report::ikm::workbook::matrix::{
    Condition, EDUCATION, ID, Matrix, OCCUPATION, SERVICE, SEX,
};
use crate::report::xlsx::cells::{Value, address, put_formula};
use crate::report::xlsx::charts::BLUE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};
use crate::report::xlsx::sheet::Sheet;
use crate::report::xlsx::{Book, Criterion};

const COUNT: u16 = 2;
const SHARE: u16 = 3;
const IKM: u16 = 4;
/// Places of the IKM, the grade and the first element among the columns.
const IKM_AT: usize = 2;
const GRADE_AT: usize = 3;
const FIRST_NRR: u16 = 6;
/// Rows of a printed page of this width, and rows of a table beside its values: title, heads, keys, total, gap.
const PAGE_ROWS: u32 = 54;
const AROUND: u32 = 6;

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book, matrix: &Matrix) -> anyhow::Result<Worksheet> {
    let columns = columns(v);
    let mut widths = vec![26.0, 30.0];
    widths.extend(vec![10.5; usize::from(FIRST_NRR - COUNT)]);
    widths.extend(vec![13.5; v.elements().len()]);
    let mut s = Sheet::new(v, book, "Responden", widths)?;
    s.note(
        "Setiap tabel berjumlah sama dengan banyaknya responden; yang tidak mengisi tercantum tersendiri. IKM kelompok kecil mudah bergeser karena \
         satu dua jawaban.",
    )?;
    let services = ("service", v.r.ikm.services.clone());
    let (mut pages, mut page) = (Vec::new(), 0);
    for (dimension, values) in v.r.ikm.dimensions.iter().chain([&services]) {
        let counted = |value: &&String| {
            let code = Code::of("ikm.respondents").with(dimension, value.as_str());
            code.figure(v).is_some()
        };
        let values: Vec<&String> = values.iter().filter(counted).collect();
        s.gap();
        // A table is not torn where it fits on a page.
        if s.row + values.len() as u32 + AROUND > page + PAGE_ROWS {
            page = s.row;
            pages.push(page);
        }
        table(&mut s, dimension, &values, &columns, matrix)?;
    }
    s.sheet.set_page_breaks(&pages)?;
    Ok(s.finish(BLUE))
}

fn columns(v: &View) -> Vec<Column> {
    let mut all = vec![
        Column::new("Responden", Code::of("ikm.respondents"), Show::Number),
        Column::own("Bagian"),
        Column::new("IKM", Code::of("ikm.unit"), Show::Rounded),
        Column::new("Mutu", Code::of("ikm.grade"), Show::Printed),
    ];
    all.extend(v.elements().iter().map(|e| {
        let code = Code::of("ikm.element").with("element", &e.code);
        Column::new(format!("NRR {}", e.code), code, Show::Ratio)
    }));
    all
}

fn table(
    s: &mut Sheet<View>,
    dimension: &str,
    values: &[&String],
    columns: &[Column],
    matrix: &Matrix,
) -> anyhow::Result<()> {
    let title = words::dimension(dimension);
    s.section(title)?;
    if values.is_empty() {
        return s.note("Belum ada data.");
    }
    s.heads(&[title], columns)?;
    let (first, last) = (s.row, s.row + values.len() as u32 - 1);
    let v = s.c;
    let k = v.elements().len();
    let whole = Code::of("ikm.respondents").figure(v).and_then(|f| f.value);
    for value in values {
        let code = Code::group(dimension, value.as_str());
        let words = match dimension {
            "service" => v.service(value).to_owned(),
            _ => words::value(dimension, value),
        };
        let counted = counted(dimension, value, values, matrix);
        let formula = |at: usize, row: u32| match at {
            0 => counted.as_ref().map(|f| format!("={f}")),
            IKM_AT => {
                let last = FIRST_NRR + k.max(1) as u16 - 1;
                let nrr = format!("{}:{}", address(row, FIRST_NRR), address(row, last));
                Some(formula::ikm(&nrr, &matrix.weights(), k))
            }
            GRADE_AT => formula::grade(&address(row, IKM), v.instrument()),
            _ => None,
        };
        s.line_with(&code, &[&words], columns, Show::Number, formula)?;
        let count = code.join(&Code::of("ikm.respondents")).figure(v);
        share(s, count.and_then(|f| f.value).zip(whole), last + 1)?;
    }
    let sum = |at: usize, _| {
        let (first, last) = (address(first, COUNT), address(last, COUNT));
        (at == 0).then(|| format!("=SUM({first}:{last})"))
    };
    let code = Code::at(v.r.ikm.period);
    s.line_with(&code, &["Jumlah"], columns, Show::Number, sum)?;
    share(s, whole.zip(whole), last + 1)
}

/// Formula: how many rows of the matrix have a value. None where a spreadsheet program could take a value of the dimension for
/// a number or a date, or two of them for the same, and where there would be too many formulas.
fn counted(dimension: &str, value: &str, values: &[&String], matrix: &Matrix) -> Option<String> {
    let col = match dimension {
        "sex" => SEX,
        "education" => EDUCATION,
        "occupation" => OCCUPATION,
        "service" => SERVICE,
        _ => return None,
    };
    let plain = |v: &&String| v.starts_with(char::is_alphabetic) && Criterion::is(v).fits();
    let distinct: BTreeSet<String> = values.iter().map(|v| v.to_lowercase()).collect();
    let sound = distinct.len() == values.len() && values.iter().all(plain);
    let conditions: Vec<Condition> = match value {
        words::UNRECORDED => vec![(ID, Criterion::Filled), (col, Criterion::Empty)],
        _ => vec![(col, Criterion::is(value))],
    };
    (sound && matrix.few(values.len(), 2)).then(|| matrix.forms(&conditions))
}

/// The share of the row just written, of the row `total`; `counts`: its respondents and all.
fn share(s: &mut Sheet<View>, counts: Option<(f64, f64)>, total: u32) -> anyhow::Result<()> {
    let row = s.row.saturating_sub(1);
    let (part, whole) = (address(row, COUNT), address(total, COUNT));
    let formula = format!("=IF({whole}=0,\"–\",{part}/{whole})");
    let value = match counts {
        Some((part, whole)) if whole > 0.0 => Value::Number(part / whole),
        _ => Value::Text(crate::format::NONE.to_owned()),
    };
    put_formula(
        &mut s.sheet,
        row,
        SHARE,
        &formula,
        &value,
        &s.book.styles.share,
    )?;
    Ok(())
}
