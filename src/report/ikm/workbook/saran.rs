//! Sheet Saran: what respondents wrote, grouped by element, with what could name a person masked.
//!
//! In: the suggestions as measure masked them. Out: one worksheet, and further ones where one does not hold all of them.

use crate::format;
use crate::instant::day_of;
use crate::report::SheetCapacity;
use crate::report::ikm::view::View;
use crate::report::xlsx::table::Cell;
use crate::report::xlsx::{Book, Field, Grid, Kind};

const FIELDS: &[Field] = &[
    Field::new("Unsur", 30.0, Kind::Wrapped),
    Field::new("Saran", 96.0, Kind::Wrapped),
    Field::new("Layanan", 16.0, Kind::Text),
    Field::new("Tanggal", 13.0, Kind::Date),
    Field::new("Disamarkan", 12.0, Kind::Text),
    Field::new("Nomor formulir", 22.0, Kind::Text),
];

/// What suggestions about no element in particular are called.
const NO_ELEMENT: &str = "Lainnya";

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &mut Book, capacity: SheetCapacity) -> anyhow::Result<()> {
    let all = &v.r.ikm.suggestions;
    let grid = Grid::titled("Saran", "Saran", FIELDS, all.len(), capacity).printing(5);
    let note = match all.is_empty() {
        true => "Belum ada data: tidak ada saran dalam periode ini.".to_owned(),
        false => format!(
            "{} saran, disusun menurut unsur yang disebutnya. Nomor telepon, alamat surel, nomor identitas, dan nama orang yang dikenali telah disamarkan.",
            format::count(all.len() as u64)
        ),
    };
    grid.write(book, "Saran dan Masukan", &note, |i, out| {
        if let Some(s) = all.get(i) {
            let element = s.element.as_deref().map_or(NO_ELEMENT, |e| v.element(e));
            out.extend([
                Cell::Text(element),
                Cell::Text(&s.text),
                Cell::Text(&s.service),
                Cell::Date(day_of(s.answered_on)),
                Cell::yes(s.masked),
                Cell::Text(&s.response_id),
            ]);
        }
    })
}
