//! Sheet Layanan: the headline and the elements of each service.
//!
//! In: figures by service. Out: one worksheet; over few enough forms NRR and IKM are formulas over the sheet Matriks.

use rust_xlsxwriter::Worksheet;

use crate::report::ikm::view::View;
use crate::report::ikm::workbook::formula;
use crate::report::ikm::workbook::matrix::{Condition, Matrix, SERVICE};
use crate::report::xlsx::cells::address;
use crate::report::xlsx::charts::BLUE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};
use crate::report::xlsx::sheet::Sheet;
use crate::report::xlsx::{Book, Criterion};

/// Column of the first figure.
const FIRST: u16 = 2;
/// Places among the columns of the headline.
const RESPONDENTS: usize = 0;
const UNIT: usize = 1;
const GRADE: usize = 4;
const SAMPLE: usize = 7;

const HOW: &str = "IKM unit pelayanan dihitung dari semua responden bersama-sama, bukan sebagai rata-rata IKM layanan. Selang 95 % (bootstrap) \
    menunjukkan seberapa jauh IKM dapat bergeser karena hanya sebagian penerima layanan yang menjawab. IKM layanan yang sampelnya belum memadai \
    dibaca sebagai petunjuk saja.";

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book, matrix: &Matrix) -> anyhow::Result<Worksheet> {
    let mut widths = vec![26.0, 48.0];
    widths.extend(vec![10.5; headline().len().max(v.elements().len())]);
    // The words of a sample that cannot be judged are the longest of the headline.
    if let Some(width) = widths.get_mut(usize::from(FIRST) + SAMPLE) {
        *width = 16.0;
    }
    let mut s = Sheet::new(v, book, "Layanan", widths)?;
    s.note(HOW)?;
    s.gap();
    let services = &v.r.ikm.services;
    if services.is_empty() {
        s.note("Belum ada data: tidak ada responden maupun penerima layanan dalam periode ini.")?;
        return Ok(s.finish(BLUE));
    }
    let first = headlines(&mut s, services)?;
    s.gap();
    let elements = nrr(&mut s, matrix, services)?;
    live(&mut s, matrix, services, (first, elements))?;
    Ok(s.finish(BLUE))
}

fn headline() -> Vec<Column> {
    let of = |head: &str, indicator: &str, show| Column::new(head, Code::of(indicator), show);
    vec![
        of("Responden", "ikm.respondents", Show::Number),
        of("IKM", "ikm.unit", Show::Rounded),
        of("Selang 95 % bawah", "ikm.unit.low", Show::Rounded),
        of("Selang 95 % atas", "ikm.unit.high", Show::Rounded),
        of("Mutu", "ikm.grade", Show::Printed),
        of("Penerima layanan", "ikm.recipients", Show::Number),
        of("Sampel yang diperlukan", "ikm.sample.needed", Show::Number),
        of("Kecukupan sampel", "ikm.sample.reached", Show::Printed),
    ]
}

/// Returns the row of the first service.
fn headlines(s: &mut Sheet<View>, services: &[String]) -> anyhow::Result<u32> {
    let columns = headline();
    s.section("Hasil menurut jenis layanan")?;
    s.heads(&["Layanan"], &columns)?;
    let first = s.row;
    for service in services {
        let name = s.c.service(service).to_owned();
        let code = Code::group("service", service);
        s.line(&code, &[&name], &columns, Show::Number)?;
    }
    s.line(&whole(s), &["Unit pelayanan"], &columns, Show::Number)?;
    Ok(first)
}

/// The key of the whole unit, so that its row has one.
fn whole(s: &Sheet<View>) -> Code {
    Code::at(s.c.r.ikm.period)
}

/// Returns the row of the first service.
fn nrr(s: &mut Sheet<View>, matrix: &Matrix, services: &[String]) -> anyhow::Result<u32> {
    let elements = s.c.elements().iter();
    let columns: Vec<Column> = elements
        .map(|e| Column::new(&e.title, Code::group("element", &e.code), Show::Ratio))
        .collect();
    s.section("NRR setiap unsur menurut jenis layanan")?;
    s.heads(&["Layanan"], &columns)?;
    let first = s.row;
    let few = matrix.few(services.len() * columns.len(), 5);
    for service in services {
        let name = s.c.service(service).to_owned();
        let code = Code::of("ikm.element").with("service", service);
        let of_service = of_service(matrix, service);
        let formula = |at, _| Some(matrix.nrr(at, of_service.as_ref().filter(|_| few)?));
        s.line_with(&code, &[&name], &columns, Show::Ratio, formula)?;
    }
    let code = Code::of("ikm.element").join(&whole(s));
    s.line(&code, &["Unit pelayanan"], &columns, Show::Ratio)?;
    Ok(first)
}

/// The rows of a service that count; None where its code does not fit into a formula.
fn of_service(matrix: &Matrix, service: &str) -> Option<Vec<Condition>> {
    let mut conditions = matrix.conditions(matrix.rule);
    let is = Criterion::is(service);
    let fits = is.fits();
    conditions.push((SERVICE, is));
    fits.then_some(conditions)
}

/// Formulas of the headline over the NRR below it; `rows`: the first of each table.
fn live(
    s: &mut Sheet<View>,
    matrix: &Matrix,
    services: &[String],
    rows: (u32, u32),
) -> anyhow::Result<()> {
    let end = s.row;
    let count = services.len() as u32;
    let k = matrix.elements();
    let columns = headline();
    for (i, service) in (0u32..).zip(services.iter().map(Some).chain([None])) {
        let code = service.map_or_else(|| whole(s), |name| Code::group("service", name));
        let (row, nrr_row) = (rows.0 + i, rows.1 + i);
        let cell = |at: usize| address(row, FIRST + at as u16);
        let nrr = format!(
            "{}:{}",
            address(nrr_row, FIRST),
            address(nrr_row, FIRST + k.max(1) as u16 - 1)
        );
        let respondents = match service.map(|name| Criterion::is(name)) {
            Some(is) => {
                let few = matrix.few(services.len(), 1) && is.fits();
                few.then(|| format!("={}", matrix.forms(&[(SERVICE, is)])))
            }
            None => Some(format!(
                "=SUM({}:{})",
                address(rows.0, FIRST),
                address(rows.0 + count - 1, FIRST)
            )),
        };
        let ikm = formula::ikm(&nrr, &matrix.weights(), k);
        let grade = formula::grade(&cell(UNIT), s.c.instrument());
        s.row = row;
        for (at, formula) in [
            (RESPONDENTS, respondents),
            (UNIT, Some(ikm)),
            (GRADE, grade),
        ] {
            let Some(column) = columns.get(at) else {
                continue;
            };
            let figure = code.join(&column.code).figure(s.c);
            let show = column.show.unwrap_or(Show::Number);
            s.cell(FIRST + at as u16, figure, show, formula)?;
        }
    }
    s.row = end;
    Ok(())
}
