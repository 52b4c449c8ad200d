//! The signature block: dibuat, diperiksa, disetujui.

use rust_xlsxwriter::Worksheet;

use super::book::Styles;
use crate::config::{Office, Signatory};

/// Writes the block from `row` on into three stretches of columns, each (first, last).
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(
    sheet: &mut Worksheet,
    row: u32,
    stretches: [(u16, u16); 3],
    office: &Office,
    styles: &Styles,
) -> anyhow::Result<()> {
    let place = format!("{}, ........................", office.city);
    let (first, last) = stretches[2];
    stretch(sheet, row, first, last, &place, &styles.centre)?;
    let acts: [(&str, &Signatory); 3] = [
        ("Dibuat oleh", &office.made_by),
        ("Diperiksa oleh", &office.checked_by),
        ("Disetujui oleh", &office.approved_by),
    ];
    for ((act, who), (first, last)) in acts.into_iter().zip(stretches) {
        stretch(sheet, row + 1, first, last, act, &styles.centre)?;
        stretch(sheet, row + 2, first, last, &who.position, &styles.centre)?;
        stretch(sheet, row + 6, first, last, &who.name, &styles.line)?;
    }
    Ok(())
}

fn stretch(
    sheet: &mut Worksheet,
    row: u32,
    first: u16,
    last: u16,
    text: &str,
    style: &rust_xlsxwriter::Format,
) -> anyhow::Result<()> {
    match first == last {
        true => sheet.write_string_with_format(row, first, text, style)?,
        false => sheet.merge_range(row, first, row, last, text, style)?,
    };
    Ok(())
}
