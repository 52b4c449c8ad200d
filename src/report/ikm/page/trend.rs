//! 4.3: results over survey periods, with a visible break where the instrument changed.

use super::{answers, elements, scrolled};
use crate::format;
use crate::instant::day_of;
use crate::measure::ikm::TrendPoint;
use crate::report::blocks::Section;
use crate::report::charts::Size;
use crate::report::charts::index_bars::{self, BarKind, IndexBar, IndexBars, IndexRow};
use crate::report::charts::index_trend::{self, IndexPoint, IndexTrend};
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::ikm::view::View;
use crate::report::ikm::words::{self, Carried};
use crate::report::words::Phrase;

/// Everything about the trend.
///
/// # Errors
/// A template that cannot be rendered.
pub fn blocks(v: &View, section: Section) -> anyhow::Result<Section> {
    let section = section
        .with(Markup::trusted(
            "<h3 id=\"tren\">4.3 Tren</h3>\n".to_owned(),
        ))
        .paragraph(&change(v))
        .paragraph(&breaks(v))
        .with(line(v)?)
        .with(index_bars::figure(
            "tren-batang",
            "IKM tiap periode survei",
            &bars(v),
        )?)
        .with(scrolled(&table(v))?);
    let remarks: Vec<Markup> = v.r.ikm.trend.iter().filter_map(legacy).collect();
    Ok(section.list(&remarks))
}

fn change<'a>(v: &View<'a>) -> Phrase<'a> {
    let mut phrase = compared(v, "previous", "semester sebelumnya");
    phrase = phrase.phrase(compared(v, "last_year", "semester yang sama tahun lalu"));
    match phrase.is_empty() {
        true => Phrase::of(format!("{}.", answers::not_compared(v))),
        false => phrase,
    }
}

/// What changed, and what the interval carries of it.
fn compared<'a>(v: &View<'a>, versus: &str, than: &str) -> Phrase<'a> {
    let group = [("versus", versus)];
    let change = v.figure("ikm.change", &group).filter(|f| f.value.is_some());
    let Some(change) = change else {
        return Phrase::default();
    };
    let mut phrase = Phrase::of(format!("Terhadap {than} IKM berubah ")).figure(Some(change));
    if let Some(interval) = v.interval("ikm.change", &group) {
        phrase = phrase.text(" (selang 95 %: ").phrase(interval).text(")");
    }
    phrase.text(match words::carried(v.bounds("ikm.change", &group)) {
        Carried::Higher => "; kenaikan itu lebih besar daripada yang dapat dijelaskan oleh kebetulan siapa yang menjawab. ",
        Carried::Lower => "; penurunan itu lebih besar daripada yang dapat dijelaskan oleh kebetulan siapa yang menjawab. ",
        Carried::Undecided => "; perubahan sebesar itu belum dapat dibedakan dari kebetulan siapa yang menjawab. ",
        Carried::Unknown => ". ",
    })
}

fn breaks<'a>(v: &View<'a>) -> Phrase<'a> {
    match v.r.ikm.trend.iter().any(|p| p.breaks) {
        true => Phrase::of(
            "Garis terputus menandai pergantian instrumen: nilai sebelum dan sesudahnya tidak diperbandingkan, dan mutu tiap periode tetap menurut batas instrumennya sendiri.",
        ),
        false => Phrase::default(),
    }
}

fn line(v: &View) -> anyhow::Result<Markup> {
    let edges = elements::zones(v);
    let trend = IndexTrend {
        points: v.r.ikm.trend.iter().map(point).collect(),
        edges: edges
            .into_iter()
            .map(|(from, _, grade)| (from, grade))
            .collect(),
    };
    if trend.points.iter().all(|p| p.value.is_none()) {
        return Ok(Markup::default());
    }
    let title = format!("IKM tiap periode survei sampai {}", v.period_name);
    let chart = |size| index_trend::chart("tren-garis", &title, &trend, size);
    let mut keys = vec![(
        "<circle class=\"k-dot\" cx=\"10\" cy=\"7\" r=\"4\"/>",
        "Dihitung dari jawaban",
    )];
    if trend.points.iter().any(|p| p.archived) {
        keys.push((
            "<rect class=\"k-past\" x=\"6\" y=\"3\" width=\"8\" height=\"8\"/>",
            "Angka arsip",
        ));
    }
    if trend.points.iter().any(|p| p.breaks) {
        keys.push((
            "<path class=\"k-break\" d=\"M7 0V14M13 0V14\"/>",
            "Instrumen berganti",
        ));
    }
    if !trend.edges.is_empty() {
        keys.push((
            "<path class=\"k-limit\" d=\"M0 7H20\"/>",
            "Batas mutu instrumen yang berlaku",
        ));
    }
    let keys: String = keys
        .into_iter()
        .map(|(sign, words)| {
            format!("<li><svg class=\"key\" viewBox=\"0 0 20 14\" aria-hidden=\"true\" focusable=\"false\">{sign}</svg>{words}</li>")
        })
        .collect();
    Ok(Markup::trusted(format!(
        "<figure class=\"trend\">{}{}<figcaption><ul class=\"legend\">{keys}</ul></figcaption></figure>\n",
        chart(Size::Wide)?,
        chart(Size::Narrow)?
    )))
}

fn point(p: &TrendPoint) -> IndexPoint {
    IndexPoint {
        label: format::period(p.period),
        short: format::period_short(p.period),
        from: day_of(p.period.first()),
        to: day_of(p.period.end()),
        value: p.value,
        printed: p.printed.clone(),
        grade: p.grade.clone(),
        archived: p.archived,
        breaks: p.breaks,
    }
}

/// The figure of a computed period, so that it carries its key; what an archive says is text.
fn printed(v: &View, p: &TrendPoint) -> Markup {
    let figure = v.at(p.period, "ikm.unit", &[]);
    match figure.filter(|f| !p.archived && f.printed == p.printed) {
        Some(_) => figure_or_none(figure),
        None => Markup::text(&p.printed),
    }
}

fn bars(v: &View) -> IndexBars {
    let mut rows = Vec::new();
    for p in &v.r.ikm.trend {
        if p.breaks {
            let words = format!("Instrumen berganti: {}", p.instrument_title);
            rows.push(IndexRow::Break(words));
        }
        let own = p.period == v.r.ikm.period;
        rows.push(IndexRow::Bar(IndexBar {
            label: format::period(p.period),
            value: p.value,
            interval: None,
            printed: printed(v, p),
            detail: Markup::text(&p.grade),
            kind: match (p.archived, own) {
                (true, _) => BarKind::Archived,
                (false, true) => BarKind::Now,
                (false, false) => BarKind::Plain,
            },
        }));
    }
    // Bands differ by instrument, so that no one set of them holds for all rows.
    let one = v.r.ikm.trend.iter().all(|p| !p.breaks);
    IndexBars {
        rows,
        bands: if one { elements::zones(v) } else { Vec::new() },
        corner: "Periode".to_owned(),
        note: String::new(),
    }
}

fn table(v: &View) -> TableView {
    let columns = vec![
        Column::text("Periode"),
        Column::text("Instrumen"),
        Column::number("Responden"),
        Column::number("IKM"),
        Column::text("Mutu"),
        Column::text("Kinerja"),
        Column::text("Keterangan"),
    ];
    let mut view = TableView::new("Tren IKM", columns);
    view.empty = "Belum ada data.".to_owned();
    let or_none = |text: &str| Markup::text(if text.is_empty() { format::NONE } else { text });
    for p in &v.r.ikm.trend {
        let remark = match (p.archived, p.breaks) {
            (true, true) => "Arsip; instrumen berganti",
            (true, false) => "Arsip",
            (false, true) => "Instrumen berganti",
            (false, false) => "",
        };
        let respondents = p.respondents.map_or(format::NONE.to_owned(), format::count);
        view.rows.push(vec![
            Markup::text(&format::period(p.period)),
            Markup::text(&p.instrument_title),
            Markup::text(&respondents),
            printed(v, p),
            or_none(&p.grade),
            or_none(&p.performance),
            or_none(remark),
        ]);
    }
    view
}

/// The rule by which an archived figure was made again.
fn legacy(p: &TrendPoint) -> Option<Markup> {
    let remark = p.legacy.as_ref()?;
    let words = format!("{}: {remark}", format::period(p.period));
    Some(Markup::text(&words))
}
