//! Sheets Kesesuaian and Kesesuaian Berkas: how many decided cases went otherwise than the standard says, and which.
//!
//! In: `conformance.*` and the deviating cases. Out: two worksheets; the shares count the list.

use rust_xlsxwriter::Worksheet;

use crate::instant::Instant;
use crate::measure::performance::DeviatingCase;
use crate::report::SheetCapacity;
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::words;
use crate::report::performance::workbook::sheet::Sheet;
use crate::report::xlsx::cells::address;
use crate::report::xlsx::charts::BLUE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show, one_figure};
use crate::report::xlsx::table::Cell;
use crate::report::xlsx::{Book, Criterion, Field, Grid, Kind};

/// Code of a check and the column of the list that marks it; in the order of [`DeviatingCase::fails`].
const CHECKS: [(&str, &str); 4] = [
    ("mandatory_step_missing", "Langkah wajib kurang"),
    ("out_of_order", "Tidak berurutan"),
    ("duties_joined", "Tugas dirangkap"),
    ("returned_twice", "Berulang dikembalikan"),
];
const ANY: &str = "Menyimpang";

const FIELDS: &[Field] = &[
    Field::new("Nomor berkas", 24.0, Kind::Text),
    Field::new("Layanan", 22.0, Kind::Text),
    Field::new("Diputus", 19.0, Kind::DateTime),
    Field::new("Ditolak", 9.0, Kind::Text),
    Field::new(ANY, 12.0, Kind::Text),
    Field::new(CHECKS[0].1, 12.0, Kind::Text),
    Field::new(CHECKS[1].1, 12.0, Kind::Text),
    Field::new(CHECKS[2].1, 12.0, Kind::Text),
    Field::new(CHECKS[3].1, 12.0, Kind::Text),
    Field::new("Langkah yang kurang", 18.0, Kind::Text),
    Field::new("Langkah yang mendahului", 34.0, Kind::Text),
    Field::new("Tugas yang dirangkap", 34.0, Kind::Text),
    Field::new("Langkah tidak dikenal", 18.0, Kind::Text),
    Field::new("Kali dikembalikan", 12.0, Kind::Number),
];

/// The list's layout.
pub fn grid(r: &PerformanceReport, capacity: SheetCapacity) -> Grid {
    let rows = r.performance.rows.deviating.len();
    Grid::titled("Kesesuaian Berkas", "Kesesuaian", FIELDS, rows, capacity)
}

/// Sheet Kesesuaian.
///
/// # Errors
/// What the workbook writer refuses.
pub fn shares(c: &Context, book: &Book, list: &Grid) -> anyhow::Result<Worksheet> {
    let widths = vec![36.0, 62.0, 11.0, 11.0, 13.0, 13.0, 13.0];
    let mut s = Sheet::new(c, book, "Kesesuaian", widths)?;
    s.note(
        "Dari berkas yang diputus dalam semester ini. Berkas yang ditolak tetap dihitung dalam penyebut, tetapi langkah wajib yang tidak \
         dijalankan setelah penolakan bukan penyimpangan. Daftar berkasnya pada lembar Kesesuaian Berkas.",
    )?;
    s.gap();
    let columns = Column::share("Berkas", "Bagian", "conformance.share", true);
    s.heads(&["Penyimpangan"], &columns)?;
    let any = ("any", ANY);
    for (check, marked) in CHECKS.into_iter().chain([any]) {
        let code = Code::group("check", check);
        let row = s.row;
        s.line(&code, &[words::check(check)], &columns, Show::Number)?;
        s.row = row;
        let figure = code.join(&Code::of("conformance.share")).figure(c);
        let counted = list.count(&[(marked, Criterion::is("Ya"))]);
        s.cell(2, figure, Show::Numerator, counted.map(|f| format!("={f}")))?;
        let formula = s.quotient(&address(row, 2), &address(row, 3));
        s.cell(4, figure, Show::Share, Some(formula))?;
        s.row = row + 1;
    }
    s.gap();
    let columns = one_figure();
    s.heads(&["Di luar persentase"], &columns)?;
    let code = Code::of("conformance.rejected_missing");
    s.line(
        &code,
        &["Berkas ditolak tanpa salah satu langkah wajib"],
        &columns,
        Show::Number,
    )?;
    let code = Code::of("conformance.unassessable").with("check", "duties_joined");
    s.line(
        &code,
        &["Petugas salah satu tugas yang harus terpisah tidak tercatat"],
        &columns,
        Show::Number,
    )?;
    Ok(s.finish(BLUE))
}

/// Words of a case that the cells of its row borrow.
struct Entry<'a> {
    case: &'a DeviatingCase,
    missing: String,
    out_of_order: String,
    joined: String,
    unknown: String,
}

fn entry(case: &DeviatingCase) -> Entry<'_> {
    let steps = |steps: &[i32]| {
        let words: Vec<String> = steps.iter().map(i32::to_string).collect();
        words.join(", ")
    };
    let before: Vec<String> = case
        .out_of_order
        .iter()
        .map(|(step, number, awaited)| match number {
            1 => format!("{step} sebelum {awaited} selesai"),
            n => format!("{step} (ke-{n}) sebelum {awaited} selesai"),
        })
        .collect();
    let joined: Vec<String> = case
        .joined
        .iter()
        .map(|(a, b, officer)| format!("{a} dan {b}: {officer}"))
        .collect();
    Entry {
        case,
        missing: steps(&case.missing),
        out_of_order: before.join("; "),
        joined: joined.join("; "),
        unknown: steps(&case.unknown),
    }
}

/// Sheet Kesesuaian Berkas, and further ones where one does not hold all rows.
///
/// # Errors
/// What the workbook writer refuses.
pub fn list(r: &PerformanceReport, book: &mut Book, grid: &Grid) -> anyhow::Result<()> {
    let entries: Vec<Entry> = r.performance.rows.deviating.iter().map(entry).collect();
    let note = format!(
        "{} berkas yang diputus dan tidak berjalan menurut standar, atau memuat catatan tentang langkahnya.",
        crate::format::count(entries.len() as u64)
    );
    grid.write(book, "Kesesuaian Berkas", &note, |i, out| {
        if let Some(entry) = entries.get(i) {
            cells(entry, out);
        }
    })
}

fn cells<'a>(entry: &'a Entry, out: &mut Vec<Cell<'a>>) {
    let case = entry.case;
    let fails = case.fails();
    let decided: Instant = case.decided;
    out.extend([
        Cell::Text(&case.case_id),
        Cell::Text(&case.service),
        Cell::DateTime(decided),
        Cell::yes(case.rejected),
        Cell::yes(fails.contains(&true)),
    ]);
    out.extend(fails.map(Cell::yes));
    let words = [
        &entry.missing,
        &entry.out_of_order,
        &entry.joined,
        &entry.unknown,
    ];
    out.extend(words.map(|text| Cell::text(Some(text.as_str()).filter(|t| !t.is_empty()))));
    out.push(Cell::Number(f64::from(case.returned)));
}
