//! Sheet Sebaran: how far from their limit cases were decided, days used by service, and the age of the open ones.
//!
//! In: `limit_margin.count`, `days_used.count`, `open.ageing`. Out: one worksheet with a native column chart.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ChartPoint, ChartType, Worksheet};

use crate::measure::Figure;
use crate::measure::performance::office::AGE_CODES;
use crate::report::monthly::context::Context;
use crate::report::performance::words;
use crate::report::performance::workbook::sheet::Sheet;
use crate::report::xlsx::Book;
use crate::report::xlsx::charts::{BLUE, ORANGE, chart, fill};
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show, one_figure};

/// The chart shows this many days on each side of the limit at most.
const DRAWN: i64 = 40;
const CHART_ROWS: u32 = 20;
/// Column of the days as numbers, for the axis.
const AXIS: u16 = 5;
/// Services of the table of days used.
const SERVICES: usize = 12;

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let services = services(c);
    let mut widths = vec![22.0, 44.0];
    widths.extend([13.0; 4]);
    widths.extend(services.iter().skip(4).map(|_| 13.0));
    let mut s = Sheet::new(c, book, "Sebaran", widths)?;
    ageing(&mut s)?;
    s.gap();
    margins(&mut s)?;
    s.gap();
    used(&mut s, &services)?;
    Ok(s.finish(BLUE))
}

fn ageing(s: &mut Sheet) -> anyhow::Result<()> {
    s.section("Umur berkas yang belum diputus pada akhir semester, terhadap batasnya")?;
    let columns = one_figure();
    s.heads(&["Keadaan"], &columns)?;
    for age in AGE_CODES {
        let code = Code::of("open.ageing").with("over", age);
        s.line(&code, &[words::age(age)], &columns, Show::Number)?;
    }
    Ok(())
}

fn days_of(figure: &Figure) -> Option<i64> {
    figure.group.get("days")?.parse().ok()
}

fn margins(s: &mut Sheet) -> anyhow::Result<()> {
    s.section("Saat berkas diputus terhadap batasnya (hari)")?;
    s.note(
        "Berkas yang diputus dalam semester ini, menurut jarak hari keputusan dari hari terakhir batasnya. Batang biru: sampai dengan \
         batas; batang jingga: sesudah batas.",
    )?;
    let c = s.c;
    let rows =
        c.r.overview
            .figures
            .rows_of("limit_margin.count", &c.period);
    let days: BTreeMap<i64, &Figure> = rows.iter().filter_map(|f| Some((days_of(f)?, f))).collect();
    let (Some(lowest), Some(highest)) = (days.keys().next(), days.keys().last()) else {
        return s.note("Tidak ada berkas yang diputus dengan batas dalam hari.");
    };
    let (from, to) = (*lowest.max(&-DRAWN), *highest.min(&DRAWN));
    if from <= to {
        // The chart stands above its rows: so many down, below the two rows of heads.
        let first = s.row + CHART_ROWS + 2 + days.range(..from).count() as u32;
        let last = first + u32::try_from(to - from).unwrap_or_default();
        draw(s, (first, last), (from, to))?;
    }
    let columns = one_figure();
    s.heads(&["Jarak dari batas"], &columns)?;
    let style = &s.book.styles.head_number;
    s.sheet
        .write_string_with_format(s.row - 2, AXIS, "Hari", style)?;
    let beyond = days.range(..from).chain(days.range(to + 1..));
    let (before, after): (Vec<i64>, Vec<i64>) = beyond.map(|(d, _)| *d).partition(|d| *d < from);
    for day in before.into_iter().chain(from..=to).chain(after) {
        let row = s.row;
        margin(s, day, days.contains_key(&day), &columns)?;
        let next = std::mem::replace(&mut s.row, row);
        s.plain(AXIS, Some(day as f64), Show::Number)?;
        s.row = next;
    }
    Ok(())
}

/// The cases of one day; a day without cases keeps its place on the axis.
fn margin(s: &mut Sheet, day: i64, known: bool, columns: &[Column]) -> anyhow::Result<()> {
    if known {
        let code = Code::of("limit_margin.count").with("days", day.to_string());
        return s.line(&code, &[&margin_words(day)], columns, Show::Number);
    }
    s.labels(&Code::default(), &[&margin_words(day)])?;
    s.plain(2, Some(0.0), Show::Number)?;
    s.row += 1;
    Ok(())
}

fn margin_words(day: i64) -> String {
    match day {
        0 => "tepat pada hari batas".to_owned(),
        d if d < 0 => format!("{} hari sebelum batas", d.unsigned_abs()),
        d => format!("{d} hari sesudah batas"),
    }
}

fn draw(s: &mut Sheet, rows: (u32, u32), days: (i64, i64)) -> anyhow::Result<()> {
    let title = "Berkas yang diputus menurut jarak dari batas (hari; 0 = hari batas)";
    let words = "Diagram batang: banyaknya berkas menurut hari sebelum dan sesudah batas";
    let mut chart = chart(ChartType::Column, title, words, (900, 360));
    let points: Vec<ChartPoint> = (days.0..=days.1)
        .map(|day| ChartPoint::new().set_format(&mut fill(if day > 0 { ORANGE } else { BLUE })))
        .collect();
    chart
        .add_series()
        .set_name("Berkas")
        .set_categories((s.name(), rows.0, AXIS, rows.1, AXIS))
        .set_values((s.name(), rows.0, 2, rows.1, 2))
        .set_gap(20)
        .set_format(&mut fill(BLUE))
        .set_points(&points);
    chart.legend().set_hidden();
    chart.y_axis().set_num_format("#,##0");
    chart
        .x_axis()
        .set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::Low);
    s.chart(&chart, CHART_ROWS)
}

/// Services with days used, those with most cases first, as (code, name).
fn services(c: &Context) -> Vec<(String, String)> {
    let rows = c.r.overview.figures.rows_of("days_used.count", &c.period);
    let mut cases: BTreeMap<&str, u64> = BTreeMap::new();
    for figure in rows {
        if let Some(service) = figure.group.get("service") {
            *cases.entry(service).or_default() += figure.n;
        }
    }
    let mut all: Vec<(&str, u64)> = cases.into_iter().collect();
    all.sort_by_key(|(service, n)| (std::cmp::Reverse(*n), *service));
    let name = |service: &str| {
        let known = c.values("service").iter().find(|(code, _)| code == service);
        known.map_or_else(|| service.to_owned(), |(_, name)| name.clone())
    };
    all.into_iter()
        .take(SERVICES)
        .map(|(service, _)| (service.to_owned(), name(service)))
        .collect()
}

fn used(s: &mut Sheet, services: &[(String, String)]) -> anyhow::Result<()> {
    s.section("Hari terpakai menurut layanan")?;
    s.note(&format!(
        "Banyaknya berkas yang diputus menurut hari terpakai, sebagaimana batas layanannya menghitung hari; paling banyak {SERVICES} layanan \
         dengan berkas terbanyak.",
    ))?;
    let c = s.c;
    let columns: Vec<Column> = services
        .iter()
        .map(|(service, name)| Column::new(name, Code::group("service", service), Show::Number))
        .collect();
    s.heads(&["Hari terpakai"], &columns)?;
    let rows = c.r.overview.figures.rows_of("days_used.count", &c.period);
    let days: std::collections::BTreeSet<i64> = rows.iter().filter_map(days_of).collect();
    for day in days {
        let code = Code::of("days_used.count").with("days", day.to_string());
        s.line(&code, &[&format!("{day} hari")], &columns, Show::Number)?;
    }
    Ok(())
}
