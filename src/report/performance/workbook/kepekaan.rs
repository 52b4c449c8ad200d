//! Sheet Kepekaan: how much the headline depends on the readings taken.
//!
//! In: `sensitivity.*` by rule. Out: one worksheet; the pause rules are counted over the sheet Berkas.

use rust_xlsxwriter::Worksheet;

use crate::measure::performance::sensitivity::RULES;
use crate::report::monthly::berkas::{self, DECIDED};
use crate::report::monthly::context::Context;
use crate::report::performance::words;
use crate::report::performance::workbook::sheet::Sheet;
use crate::report::xlsx::cells::address;
use crate::report::xlsx::charts::BLUE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};
use crate::report::xlsx::{Book, Criterion, Grid};
use crate::score::CaseVerdict;
use crate::standard::PauseRule;

/// The column of n of the cases due, of those decided.
const DUE_COL: u16 = 2;
const DECIDED_COL: u16 = 8;

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(c: &Context, book: &Book, cases: &Grid) -> anyhow::Result<Worksheet> {
    let mut widths = vec![19.0, 50.0];
    widths.extend([11.5; 12]);
    let mut s = Sheet::new(c, book, "Kepekaan", widths)?;
    s.note(
        "Setiap baris menghitung ulang seluruh berkas semester dengan satu aturan yang dibaca lain; selisih dalam poin persentase \
         terhadap cara hitung laporan ini. Selisih kecil berarti kesimpulan tidak bergantung pada pilihan aturan itu.",
    )?;
    s.gap();
    let mut columns = Column::share("Jatuh tempo", "Tepat waktu", "sensitivity.due", true);
    columns.push(Column::new(
        "Selisih (poin)",
        Code::of("sensitivity.due.change"),
        Show::Points,
    ));
    columns.extend(Column::share(
        "Diputus",
        "Tepat waktu",
        "sensitivity.decided",
        true,
    ));
    columns.push(Column::new(
        "Median hari kerja",
        Code::of("sensitivity.days_median"),
        Show::Number,
    ));
    s.heads(&["Cara hitung"], &columns)?;
    let works = c.r.library.calendar.joint_leave_works;
    for rule in RULES {
        let code = Code::group("rule", rule);
        let row = s.row;
        s.line(
            &code,
            &[words::reading(rule, works)],
            &columns,
            Show::Number,
        )?;
        let after = std::mem::replace(&mut s.row, row);
        count(&mut s, cases, rule)?;
        s.row = after;
    }
    Ok(s.finish(BLUE))
}

/// Puts formulas in place of the parts of a rule that the sheet Berkas has columns for.
fn count(s: &mut Sheet, cases: &Grid, rule: &str) -> anyhow::Result<()> {
    let pause = PauseRule::ALL.into_iter().find(|p| p.code() == rule);
    if rule != "own" && pause.is_none() {
        return Ok(());
    }
    let (verdict, due) = berkas::rule_headings(pause);
    let is = |v: CaseVerdict| (verdict, Criterion::is(v.label()));
    let yes = |heading| (heading, Criterion::is("Ya"));
    let due_all = vec![vec![yes(due)]];
    let due_met = vec![vec![yes(due), is(CaseVerdict::OnTime)]];
    let met = vec![yes(DECIDED), is(CaseVerdict::OnTime)];
    let late = vec![yes(DECIDED), is(CaseVerdict::Late)];
    for (indicator, col, part, whole) in [
        ("sensitivity.due", DUE_COL, due_met, due_all),
        (
            "sensitivity.decided",
            DECIDED_COL,
            vec![met.clone()],
            vec![met, late],
        ),
    ] {
        let figure = Code::of(indicator).with("rule", rule).figure(s.c);
        let sum = |all: &[Vec<_>]| -> Option<String> {
            let counts: Option<Vec<String>> = all.iter().map(|c| cases.count(c)).collect();
            Some(format!("={}", counts?.join("+")))
        };
        s.cell(col, figure, Show::Numerator, sum(&part))?;
        s.cell(col + 1, figure, Show::Denominator, sum(&whole))?;
        let formula = s.quotient(&address(s.row, col), &address(s.row, col + 1));
        s.cell(col + 2, figure, Show::Share, Some(formula))?;
    }
    Ok(())
}
