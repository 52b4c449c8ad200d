//! Results by service, by month and by group of respondents.

use super::{elements, folded, scrolled};
use crate::format;
use crate::measure::Figure;
use crate::period::Period;
use crate::report::blocks::Section;
use crate::report::charts::index_bars::{self, BarKind, IndexBar, IndexBars, IndexRow};
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::words::Phrase;

/// Everything by group.
///
/// # Errors
/// A template that cannot be rendered.
pub fn blocks(v: &View, section: Section) -> anyhow::Result<Section> {
    let section = section
        .with(index_bars::figure(
            "layanan-batang",
            "IKM tiap layanan",
            &service_chart(v),
        )?)
        .with(scrolled(&services(v))?)
        .fold(
            "NRR tiap unsur menurut layanan",
            &folded(&matrix(v, "service", &named_services(v)))?,
        )
        .fold(
            "IKM tiap layanan menurut bulan",
            &folded(&service_months(v))?,
        )
        .with(index_bars::figure(
            "bulan-batang",
            "IKM tiap bulan",
            &month_chart(v),
        )?)
        .fold("Nilai tiap bulan", &folded(&months(v))?);
    let mut inner = String::new();
    for (dimension, values) in &v.r.ikm.dimensions {
        let named: Vec<(String, String)> = values
            .iter()
            .map(|value| (value.clone(), words::value(dimension, value)))
            .collect();
        inner.push_str(scrolled(&group(v, dimension, &named))?.as_str());
        inner.push_str(scrolled(&matrix(v, dimension, &named))?.as_str());
    }
    let section = section.heading("Menurut kelompok responden").note(
        "Kelompok yang kecil mudah berubah karena satu-dua jawaban; bandingkan dengan jumlah respondennya.",
    );
    Ok(match inner.is_empty() {
        true => section.note("Belum ada data."),
        false => section.fold(
            "IKM dan NRR menurut kelompok responden",
            &Markup::trusted(inner),
        ),
    })
}

fn named_services(v: &View) -> Vec<(String, String)> {
    let services = v.r.ikm.services.iter();
    services
        .map(|c| (c.clone(), v.service(c).to_owned()))
        .collect()
}

/// "B · n = 120".
fn beside(v: &View, period: Period, group: &[(&str, &str)]) -> Markup {
    let n = v.at(period, "ikm.respondents", group);
    let grade = v.at(period, "ikm.grade", group);
    let grade = grade.filter(|f| f.value.is_some());
    let count = Phrase::of("n = ").figure(n);
    match grade {
        Some(_) => Phrase::default().figure(grade).text(" · ").phrase(count),
        None => count,
    }
    .html()
}

fn bar(v: &View, label: &str, period: Period, group: &[(&str, &str)], kind: BarKind) -> IndexRow {
    let unit = v.at(period, "ikm.unit", group);
    let own = period == v.r.ikm.period;
    IndexRow::Bar(IndexBar {
        label: label.to_owned(),
        value: unit.and_then(|f: &Figure| f.value),
        interval: v.bounds("ikm.unit", group).filter(|_| own),
        printed: figure_or_none(unit),
        detail: beside(v, period, group),
        kind,
    })
}

fn service_chart(v: &View) -> IndexBars {
    let period = v.r.ikm.period;
    let mut rows = vec![bar(v, "Seluruh layanan", period, &[], BarKind::Now)];
    for (code, name) in named_services(v) {
        let group = [("service", code.as_str())];
        let kind = match v.too_few(&group) {
            true => BarKind::Few,
            false => BarKind::Plain,
        };
        rows.push(bar(v, &name, period, &group, kind));
    }
    IndexBars {
        rows,
        bands: elements::zones(v),
        corner: "Layanan".to_owned(),
        note: "IKM seluruh layanan dihitung atas semua responden bersama-sama.".to_owned(),
    }
}

fn month_chart(v: &View) -> IndexBars {
    let rows = v.months().into_iter().map(|month| {
        let label = format::period(month);
        bar(v, &label, month, &[], BarKind::Plain)
    });
    IndexBars {
        rows: rows.collect(),
        bands: elements::zones(v),
        corner: "Bulan".to_owned(),
        note: String::new(),
    }
}

fn services(v: &View) -> TableView {
    let columns = vec![
        Column::text("Layanan"),
        Column::number("Responden (n)"),
        Column::number("IKM"),
        Column::text("Mutu"),
        Column::text("Kinerja"),
        Column::number("Selang 95 %"),
        Column::text("Keterangan"),
    ];
    let mut view = TableView::new("IKM menurut layanan", columns);
    let whole = ("Seluruh layanan".to_owned(), None);
    let each = named_services(v).into_iter().map(|(c, n)| (n, Some(c)));
    for (name, code) in std::iter::once(whole).chain(each) {
        let pair = code.as_deref().map(|c| ("service", c));
        let group: Vec<(&str, &str)> = pair.into_iter().collect();
        view.rows.push(service_row(v, &name, &group));
    }
    view
}

fn service_row(v: &View, name: &str, group: &[(&str, &str)]) -> Vec<Markup> {
    let grade = v.figure("ikm.grade", group);
    let word = grade.map_or("", |f| v.performance(&f.printed));
    let interval = v.interval("ikm.unit", group);
    let n = v.n("ikm.respondents", group);
    let remark = match (n, v.too_few(group)) {
        (0, _) => "Belum ada data",
        (_, true) => "Responden belum memadai",
        (_, false) => "",
    };
    let or_none = |text: &str| match text.is_empty() {
        true => Markup::text(format::NONE),
        false => Markup::text(text),
    };
    vec![
        Markup::text(name),
        figure_or_none(v.figure("ikm.respondents", group)),
        figure_or_none(v.figure("ikm.unit", group)),
        figure_or_none(grade),
        or_none(word),
        interval.map_or_else(|| Markup::text(format::NONE), |i| i.html()),
        or_none(remark),
    ]
}

fn months(v: &View) -> TableView {
    let mut columns = vec![
        Column::text("Bulan"),
        Column::number("Responden (n)"),
        Column::number("IKM"),
        Column::text("Mutu"),
    ];
    columns.extend(v.elements().iter().map(|e| Column::number(&e.title)));
    let mut view = TableView::new("Nilai tiap bulan: IKM dan NRR tiap unsur", columns);
    view.kind = "broad";
    for month in v.months() {
        let mut row = vec![Markup::text(&format::period(month))];
        for indicator in ["ikm.respondents", "ikm.unit", "ikm.grade"] {
            row.push(figure_or_none(v.at(month, indicator, &[])));
        }
        row.extend(v.elements().iter().map(|e| {
            let group = [("element", e.code.as_str())];
            figure_or_none(v.at(month, "ikm.element", &group))
        }));
        view.rows.push(row);
    }
    view
}

/// The index of each service by month; below it the respondents.
fn service_months(v: &View) -> TableView {
    let months = v.months();
    let mut columns = vec![Column::text("Layanan")];
    columns.extend(
        months
            .iter()
            .map(|m| Column::number(&format::period_short(*m))),
    );
    let mut view = TableView::new("IKM tiap layanan menurut bulan", columns);
    view.empty = "Belum ada data.".to_owned();
    for (code, name) in named_services(v) {
        let group = [("service", code.as_str())];
        let mut row = vec![Markup::text(&name)];
        row.extend(months.iter().map(|m| {
            let unit = v.at(*m, "ikm.unit", &group);
            match unit.filter(|f| f.value.is_some()) {
                Some(f) => Markup::trusted(format!(
                    "{} <span class=\"sub\">n = {}</span>",
                    figure_or_none(unit),
                    format::count(f.n)
                )),
                None if unit.is_none_or(|f| f.n == 0) => Markup::text(format::NONE),
                None => figure_or_none(unit),
            }
        }));
        view.rows.push(row);
    }
    view
}

/// IKM by the values of a dimension.
fn group(v: &View, dimension: &str, values: &[(String, String)]) -> TableView {
    let heading = words::dimension(dimension);
    let columns = vec![
        Column::text(heading),
        Column::number("Responden (n)"),
        Column::number("IKM"),
        Column::text("Mutu"),
    ];
    let title = format!("IKM menurut {}", heading.to_lowercase());
    let mut view = TableView::new(title, columns).of_kind("slim");
    view.empty = "Belum ada data.".to_owned();
    for (value, name) in values {
        let group = [(dimension, value.as_str())];
        let mut row = vec![Markup::text(name)];
        for indicator in ["ikm.respondents", "ikm.unit", "ikm.grade"] {
            row.push(figure_or_none(v.figure(indicator, &group)));
        }
        view.rows.push(row);
    }
    view
}

/// NRR of each element by the values of a dimension.
fn matrix(v: &View, dimension: &str, values: &[(String, String)]) -> TableView {
    let heading = words::dimension(dimension);
    let mut columns = vec![Column::text(heading)];
    columns.extend(v.elements().iter().map(|e| Column::number(&e.title)));
    let title = format!("NRR tiap unsur menurut {}", heading.to_lowercase());
    let mut view = TableView::new(title, columns);
    view.kind = "broad";
    view.empty = "Belum ada data.".to_owned();
    for (value, name) in values {
        let mut row = vec![Markup::text(name)];
        row.extend(v.elements().iter().map(|e| {
            let group = [("element", e.code.as_str()), (dimension, value.as_str())];
            figure_or_none(v.figure("ikm.element", &group))
        }));
        view.rows.push(row);
    }
    view
}
