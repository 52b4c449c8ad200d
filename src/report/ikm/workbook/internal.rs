//! Sheet Internal: the results by the office's own criteria, beside the ministry's.
//!
//! In: figures of internal instruments. Out: one worksheet; none without such an instrument.

use rust_xlsxwriter::Worksheet;

use crate::measure::ikm::Survey;
use crate::report::ikm::view::View;
use crate::report::ikm::workbook::formula;
use crate::report::ikm::workbook::unsur::{self, INDEX, NRR, SUM, WEIGHT};
use crate::report::xlsx::Book;
use crate::report::xlsx::cells::address;
use crate::report::xlsx::charts::ORANGE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Show, one_figure};
use crate::report::xlsx::sheet::Sheet;

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book) -> anyhow::Result<Option<Worksheet>> {
    if v.r.ikm.internal.is_empty() {
        return Ok(None);
    }
    let mut s = Sheet::new(v, book, "Internal", unsur::widths())?;
    s.note(
        "Kriteria internal ditetapkan kantor sendiri dan dilaporkan di samping kriteria kementerian. Nilainya tidak masuk ke dalam IKM unit \
         pelayanan.",
    )?;
    for survey in &v.r.ikm.internal {
        s.gap();
        table(&mut s, survey)?;
    }
    Ok(Some(s.finish(ORANGE)))
}

fn table(s: &mut Sheet<View>, survey: &Survey) -> anyhow::Result<()> {
    let instrument = &survey.instrument;
    s.section(&instrument.title)?;
    let columns = unsur::columns();
    s.heads(&["Unsur"], &columns)?;
    let first = s.row;
    let own = Code::group("instrument", &instrument.code);
    for element in &instrument.elements {
        let code = own.clone().with("element", &element.code);
        let formulas = |column: usize, row: u32| {
            let here = |col| address(row, col);
            match column {
                3 => Some(formula::nrr(&here(SUM), &here(unsur::ANSWERS))),
                6 => Some(format!(
                    "=IF(ISNUMBER({0}),{0}*{1},\"–\")",
                    here(NRR),
                    here(WEIGHT)
                )),
                7 => Some(formula::index(&here(NRR))),
                8 => formula::grade(&here(INDEX), instrument),
                _ => None,
            }
        };
        let row = s.row;
        s.line_with(&code, &[&element.title], &columns, Show::Number, formulas)?;
        unsur::weight(s, row, element)?;
    }
    let last = s.row.saturating_sub(1);
    s.gap();
    let figures = one_figure();
    s.heads(&["Uraian"], &figures)?;
    let range = |col| format!("{}:{}", address(first, col), address(last.max(first), col));
    for (indicator, label, show) in [
        ("ikm.respondents", "Responden", Show::Number),
        ("ikm.unit", "Indeks", Show::Rounded),
        ("ikm.unit.low", "Selang 95 %, bawah", Show::Rounded),
        ("ikm.unit.high", "Selang 95 %, atas", Show::Rounded),
        ("ikm.grade", "Mutu", Show::Printed),
        ("ikm.alpha", "Alfa Cronbach", Show::Thousandths),
    ] {
        let code = own.join(&Code::of(indicator));
        let formula = |column, _| {
            let live = column == 0 && indicator == "ikm.unit";
            live.then(|| formula::ikm(&range(NRR), &range(WEIGHT), instrument.elements.len()))
        };
        s.line_with(&code, &[label], &figures, show, formula)?;
    }
    Ok(())
}
