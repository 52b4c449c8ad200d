//! A table of one indicator: groups down, months and the semester across.
//!
//! In: the indicator and its groups. Out: rows on a sheet, each with the n and the printed words of the semester.

use crate::format;
use crate::period::Period;
use crate::report::performance::workbook::sheet::Sheet;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};

/// What the table shows.
pub struct Matrix<'t> {
    pub title: &'t str,
    pub indicator: &'t str,
    /// Head of the column of labels.
    pub label: &'t str,
    pub show: Show,
}

/// Widths of a sheet of such tables.
pub fn widths(months: &[Period]) -> Vec<f64> {
    let mut widths = vec![26.0, 52.0];
    widths.extend(vec![11.5; months.len() + 2]);
    // Durations are the longest words printed.
    widths.push(17.0);
    widths
}

/// Writes the table; returns its first and last row (the last before the first where no group has anything).
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(
    s: &mut Sheet,
    matrix: &Matrix,
    groups: &[(Code, String)],
    months: &[Period],
) -> anyhow::Result<(u32, u32)> {
    s.section(matrix.title)?;
    let indicator = Code::of(matrix.indicator);
    let whole = Code::at(s.c.r.overview.period);
    let mut columns: Vec<Column> = months
        .iter()
        .map(|m| Column::of_row(format::period_short(*m), Code::at(*m)))
        .collect();
    columns.push(Column::of_row("Semester", whole.clone()));
    columns.push(Column::new("n semester", whole.clone(), Show::N));
    columns.push(Column::new("Tercetak", whole, Show::Printed));
    s.heads(&[matrix.label], &columns)?;
    let first = s.row;
    for (group, label) in groups {
        let code = indicator.join(group);
        let has = |c: &Column| code.join(&c.code).figure(s.c).is_some_and(|f| f.n > 0);
        if columns.iter().any(has) {
            s.line(&code, &[label], &columns, matrix.show)?;
        }
    }
    if s.row == first {
        s.note("Tidak ada.")?;
        return Ok((first + 1, first));
    }
    Ok((first, s.row - 1))
}
