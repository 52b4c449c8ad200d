//! The personal edition as a page, to be read on a screen, printed, answered and signed.
//!
//! In: the officer's content. Out: HTML.

use askama::Template;

use super::Officer;
use super::content::{CAUSES, Column, Compared, Kind, Own, RESULTS, Row};
use super::words;
use crate::format;
use crate::measure::Figure;
use crate::measure::performance::Measure;
use crate::report::SYNTHETIC_BANNER;
use crate::report::charts::funnel::{self, Funnel};
use crate::report::html::{Column as Head, Markup, TableView, css_string, figure_or_none};
use crate::report::monthly::context::LONGEST_LIST;
use crate::report::performance::{PerformanceReport, words as shared};
use crate::report::words::{Phrase, out_of};

/// A number and what it counts.
struct Fact {
    label: &'static str,
    printed: Markup,
}

#[derive(Template)]
#[template(path = "performance_personal.html")]
struct Page {
    title: String,
    office: String,
    unit: String,
    province: String,
    city: String,
    banner: &'static str,
    print_banner: Markup,
    print_title: Markup,
    period: String,
    as_of: String,
    edition: u32,
    name: String,
    about: Vec<(&'static str, String)>,
    facts: Vec<Fact>,
    position: String,
    alone: Markup,
    funnel: Markup,
    compared: Markup,
    results: Markup,
    causes: Markup,
    late: Markup,
    method: Vec<(&'static str, Vec<String>)>,
    provenance: Vec<(String, String)>,
}

/// The whole page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn page(r: &PerformanceReport, officer: &Officer) -> anyhow::Result<String> {
    let own = Own::new(r, officer);
    let (office, least) = (r.review.office, r.review.rules.least_n);
    let main = own.main_point();
    let page = Page {
        title: format!("Lembar kinerja {} – {}", own.name(), own.c.period_name),
        office: office.name.clone(),
        unit: office.unit.clone(),
        province: office.province.clone(),
        city: office.city.clone(),
        banner: if office.synthetic {
            SYNTHETIC_BANNER
        } else {
            ""
        },
        print_banner: css_string(SYNTHETIC_BANNER),
        print_title: css_string(&format!("{} – {}", own.name(), own.c.period_name)),
        period: own.c.period_name.clone(),
        as_of: own.c.as_of(),
        edition: r.review.provenance.edition,
        name: own.name().to_owned(),
        about: own.about(),
        facts: facts(&own),
        position: main.map_or_else(String::new, |p| words::position(p, least)),
        alone: alone(&own),
        funnel: drawn(&own)?,
        compared: compared(&own.compared(), least).markup()?,
        results: table("Menurut langkah", &RESULTS, &own.rows(&RESULTS)).markup()?,
        causes: table(
            "Sebab keterlambatan, pengerjaan ulang, dan waktu",
            &CAUSES,
            &own.rows(&CAUSES),
        )
        .markup()?,
        late: late(&own).markup()?,
        method: words::method(least),
        provenance: own.c.provenance(),
    };
    Ok(page.render()?)
}

fn facts(own: &Own) -> Vec<Fact> {
    [
        ("pelaksanaan langkah", "personnel.executions"),
        ("memenuhi seluruh batas", "personnel.within"),
        ("lebih cepat dari batas bawah", "personnel.under"),
        (
            "sudah lewat batas saat diterima",
            "personnel.late_on_arrival",
        ),
        ("masih dipegang, lewat batas", "personnel.overdue"),
        ("dikerjakan ulang", "personnel.rework"),
        ("waktu memegang berkas", "personnel.held_hours"),
    ]
    .map(|(label, indicator)| Fact {
        label,
        printed: figure_or_none(own.figure(indicator)),
    })
    .into()
}

/// Work that nobody else did, said where there is some.
fn alone(own: &Own) -> Markup {
    let main = own
        .compared()
        .into_iter()
        .find(|c| c.point.measure == Measure::Standard);
    match main {
        Some(c) if c.point.alone > 0 => {
            Phrase::of("Tidak ikut diperbandingkan karena tidak dikerjakan petugas lain: ")
                .figure(c.alone)
                .text(" pelaksanaan.")
                .html()
        }
        _ => Markup::default(),
    }
}

/// Expected numbers at which the bands are drawn, in parts of the officer's own.
const BANDS: [f64; 7] = [0.25, 0.4, 0.6, 0.8, 1.0, 1.4, 2.0];

/// The funnel with the officer's own point. The bands go through their own exact limits and narrow with the root of the
/// expected number; those of others would tell what is expected of them.
fn drawn(own: &Own) -> anyhow::Result<Markup> {
    let Some(point) = own.main_point().filter(|p| p.ratio.is_some()) else {
        return Ok(Markup::default());
    };
    let mine = funnel::FunnelPoint {
        label: "Anda".to_owned(),
        highlight: true,
        ..shared::funnel_point(point)
    };
    let funnel = Funnel {
        points: BANDS.map(|part| band(&mine, part)).into(),
        x_axis: "jumlah melewati batas yang diharapkan".to_owned(),
        y_axis: "rasio: yang terjadi dibagi yang diharapkan".to_owned(),
    };
    funnel::personal(
        "corong",
        "Yang terjadi dibandingkan dengan yang diharapkan",
        &funnel,
    )
}

/// The officer's point itself, or the bands at `part` of its expected number.
fn band(mine: &funnel::FunnelPoint, part: f64) -> funnel::FunnelPoint {
    if part == 1.0 {
        return mine.clone();
    }
    let at = |limit: f64| (1.0 + (limit - 1.0) / part.sqrt()).max(0.0);
    funnel::FunnelPoint {
        x: mine.x * part,
        y: 1.0,
        low95: at(mine.low95),
        high95: at(mine.high95),
        low998: at(mine.low998),
        high998: at(mine.high998),
        ..funnel::FunnelPoint::default()
    }
}

fn compared(rows: &[Compared], least: u64) -> TableView {
    let columns = vec![
        Head::text("Ukuran"),
        Head::number("Diperbandingkan"),
        Head::number("Terjadi melewati batas"),
        Head::number("Diharapkan"),
        Head::number("Rasio"),
        Head::number("Batas 95 %"),
        Head::number("Batas 99,8 %"),
        Head::text("Arti"),
    ];
    let mut view = TableView::new("Ketiga ukuran", columns);
    for c in rows {
        let [low95, high95, low998, high998] = c.limits;
        view.rows.push(vec![
            Markup::text(c.point.measure.label()),
            figure_or_none(c.compared),
            figure_or_none(c.observed),
            figure_or_none(c.expected),
            figure_or_none(c.ratio),
            range(low95, high95),
            range(low998, high998),
            Markup::text(&words::position(c.point, least)),
        ]);
    }
    view
}

/// "3 – 17"; once where both print the same words, for none and withheld.
fn range(low: Option<&Figure>, high: Option<&Figure>) -> Markup {
    match (low, high) {
        (Some(l), Some(h)) if l.value.is_some() => Phrase::default()
            .figure(Some(l))
            .text(" – ")
            .figure(Some(h))
            .html(),
        _ => figure_or_none(low),
    }
}

fn table(caption: &str, columns: &[Column], rows: &[Row]) -> TableView {
    let heads = columns.iter().map(|c| Head::number(c.head));
    let heads = std::iter::once(Head::text("Langkah")).chain(heads);
    let mut view = TableView::new(caption, heads.collect());
    for row in rows {
        let cells = columns.iter().zip(&row.figures).zip(&row.bounds);
        let cells = cells.map(|((column, figure), bounds)| cell(*column, *figure, *bounds));
        view.rows.push(
            std::iter::once(Markup::text(&row.name))
                .chain(cells)
                .collect(),
        );
    }
    view
}

fn cell(column: Column, figure: Option<&Figure>, bounds: Option<(&Figure, &Figure)>) -> Markup {
    let printed = figure_or_none(figure);
    let shown = figure.filter(|f| column.kind == Kind::Share && f.value.is_some());
    let Some(shown) = shown else {
        return printed;
    };
    let below = Markup::text(&out_of(Some(shown)));
    let interval = bounds.map_or_else(String::new, |(low, high)| {
        let words = Phrase::of(" · ").figure(Some(low)).text(" – ");
        words.figure(Some(high)).html().to_string()
    });
    Markup::trusted(format!(
        "{printed} <span class=\"sub\">{below}{interval}</span>"
    ))
}

fn late(own: &Own) -> TableView {
    let columns = vec![
        Head::text("Nomor berkas"),
        Head::text("Langkah"),
        Head::date("Mulai"),
        Head::date("Selesai"),
        Head::date("Hari batas"),
        Head::text("Melewati batas"),
        Head::text("Di mana"),
    ];
    let mut view = TableView::new("Pelaksanaan yang melewati batas", columns).of_kind("cases");
    let late = own.late();
    for l in late.iter().take(LONGEST_LIST) {
        let e = l.execution;
        let time =
            |t: Option<_>| Markup::text(&t.map_or(format::NONE.into(), format::date_time_short));
        view.rows.push(vec![
            Markup::text(&e.case_id),
            Markup::text(&l.step),
            time(e.started),
            time(e.completed),
            Markup::text(&e.deadline.map_or(format::NONE.into(), format::day_short)),
            Markup::text(&l.by),
            Markup::text(l.place),
        ]);
    }
    if late.len() > LONGEST_LIST {
        view.note = format!(
            "Ditampilkan {LONGEST_LIST} dari {} pelaksanaan; selengkapnya pada lembar Pelaksanaan buku kerja.",
            format::count(late.len() as u64)
        );
    }
    view
}
