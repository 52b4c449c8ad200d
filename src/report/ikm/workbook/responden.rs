//! Sheet Responden: who answered, by each dimension, and how satisfied each group is.
//!
//! In: figures by dimension. Out: one worksheet; each table sums to the number of respondents.

use rust_xlsxwriter::Worksheet;

use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::ikm::workbook::formula;
use crate::report::ikm::workbook::keys::printed;
use crate::report::xlsx::Book;
use crate::report::xlsx::cells::{Value, address, put_formula};
use crate::report::xlsx::charts::BLUE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};
use crate::report::xlsx::sheet::Sheet;

const COUNT: u16 = 2;
const SHARE: u16 = 3;
const IKM: u16 = 4;
/// Places of the IKM, the grade and the first element among the columns.
const IKM_AT: usize = 2;
const GRADE_AT: usize = 3;
const FIRST_NRR: u16 = 6;

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book, weights: &str) -> anyhow::Result<Worksheet> {
    let columns = columns(v);
    let mut widths = vec![26.0, 30.0];
    widths.extend(vec![10.5; columns.len()]);
    let mut s = Sheet::new(v, book, "Responden", widths)?;
    s.note(
        "Setiap tabel berjumlah sama dengan banyaknya responden; yang tidak mengisi tercantum tersendiri. IKM kelompok kecil mudah bergeser karena \
         satu dua jawaban.",
    )?;
    let services = ("service", v.r.ikm.services.clone());
    for (dimension, values) in v.r.ikm.dimensions.iter().chain([&services]) {
        let counted = |value: &&String| {
            let code = Code::of("ikm.respondents").with(dimension, value.as_str());
            code.figure(v).is_some()
        };
        let values: Vec<&String> = values.iter().filter(counted).collect();
        s.gap();
        table(&mut s, dimension, &values, &columns, weights)?;
    }
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
        Column::new(format!("NRR {}", e.title), code, Show::Ratio)
    }));
    all
}

fn table(
    s: &mut Sheet<View>,
    dimension: &str,
    values: &[&String],
    columns: &[Column],
    weights: &str,
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
        let grade = printed(v, &code.join(&Code::of("ikm.grade")));
        let formula = |at: usize, row: u32| match at {
            IKM_AT => {
                let last = FIRST_NRR + k.max(1) as u16 - 1;
                let nrr = format!("{}:{}", address(row, FIRST_NRR), address(row, last));
                Some(formula::ikm(&nrr, weights, k))
            }
            GRADE_AT => formula::grade(&address(row, IKM), v.instrument(), grade),
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
