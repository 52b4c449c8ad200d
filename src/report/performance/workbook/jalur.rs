//! Sheet Jalur: the paths decided cases took, and the steps and passages of the process map.
//!
//! In: `variant.*`, `map.*` and the typed paths. Out: one worksheet.

use rust_xlsxwriter::Worksheet;

use crate::measure::performance::variants::{BEGIN, END};
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::workbook::sheet::{Sheet, step_label};
use crate::report::xlsx::Book;
use crate::report::xlsx::charts::BLUE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show, one_figure};

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let widths = vec![32.0, 52.0, 52.0, 14.0, 13.0, 15.0, 16.0];
    let mut s = Sheet::new(c, book, "Jalur", widths)?;
    variants(&mut s, r)?;
    s.gap();
    nodes(&mut s, r)?;
    s.gap();
    edges(&mut s, r)?;
    Ok(s.finish(BLUE))
}

fn variants(s: &mut Sheet, r: &PerformanceReport) -> anyhow::Result<()> {
    s.section("Jalur yang paling sering ditempuh berkas yang diputus")?;
    let columns = [
        Column::new("Berkas", Code::of("variant.count"), Show::Number),
        Column::new("Bagian", Code::of("variant.share"), Show::Share),
        Column::new("n median", Code::of("variant.days_median"), Show::N),
        Column::new(
            "Median hari kerja",
            Code::of("variant.days_median"),
            Show::Number,
        ),
    ];
    s.heads(&["Langkah berturut-turut", ""], &columns)?;
    for variant in &r.performance.rows.paths.variants {
        let row = s.row;
        let spaced = variant.path.replace('-', " – ");
        s.line(
            &Code::group("variant", &variant.path),
            &["", ""],
            &columns,
            Show::Number,
        )?;
        let style = &s.book.styles.text;
        s.sheet.merge_range(row, 1, row, 2, &spaced, style)?;
        s.fit(row, &[(&spaced, 104.0)])?;
    }
    s.gap();
    let columns = one_figure();
    s.heads(&["Jalur lain", ""], &columns)?;
    for (indicator, label) in [
        ("variant.others", "Jalur lain yang berbeda"),
        ("variant.others_cases", "Berkas pada jalur lain itu"),
    ] {
        s.line(&Code::of(indicator), &[label, ""], &columns, Show::Number)?;
    }
    Ok(())
}

fn nodes(s: &mut Sheet, r: &PerformanceReport) -> anyhow::Result<()> {
    s.section("Peta proses: langkah")?;
    let columns = [
        Column::new("Berkas", Code::of("map.node"), Show::Number),
        Column::new("Pelaksanaan", Code::of("map.node_executions"), Show::Number),
    ];
    s.heads(&["Langkah", "Sifat"], &columns)?;
    for node in &r.performance.rows.paths.map.nodes {
        let step = node.step.to_string();
        let label = match node.title.is_empty() {
            true => step.clone(),
            false => format!("{step} {}", node.title),
        };
        let kind = if node.mandatory {
            "Wajib"
        } else {
            "Tidak wajib"
        };
        s.line(
            &Code::group("step", &step),
            &[&label, kind],
            &columns,
            Show::Number,
        )?;
    }
    Ok(())
}

fn edges(s: &mut Sheet, r: &PerformanceReport) -> anyhow::Result<()> {
    s.section("Peta proses: perpindahan dari langkah ke langkah")?;
    let columns = [
        Column::new("Kali", Code::of("map.edge"), Show::Number),
        Column::new("n menunggu", Code::of("map.edge_wait_median"), Show::N),
        Column::new(
            "Median menit menunggu",
            Code::of("map.edge_wait_median"),
            Show::Number,
        ),
    ];
    s.heads(&["Dari", "Ke"], &columns)?;
    // Whether the standard has it stands beside the figures.
    let (head, style) = (s.row - 2, s.book.styles.head.clone());
    s.sheet
        .write_string_with_format(head, 6, "Menurut SOP", &style)?;
    let c = s.c;
    for edge in &r.performance.rows.paths.map.edges {
        let end = |step: Option<i32>, otherwise: &str| {
            step.map_or(otherwise.to_owned(), |s| s.to_string())
        };
        let (from, to) = (end(edge.from, BEGIN), end(edge.to, END));
        let code = Code::group("from", &from).with("to", &to);
        let row = s.row;
        s.line(
            &code,
            &[&step_label(c, &from), &step_label(c, &to)],
            &columns,
            Show::Number,
        )?;
        let usual = if edge.usual { "Ya" } else { "Tidak" };
        let style = &s.book.styles.text;
        s.sheet.write_string_with_format(row, 6, usual, style)?;
    }
    Ok(())
}
