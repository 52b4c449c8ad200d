//! 4.4 to 4.6: what the case data says beside the survey. What does not show is said with it.

use super::{scrolled, timely};
use crate::format;
use crate::measure::Figure;
use crate::report::blocks::Section;
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::words::Phrase;
use crate::standard::instrument::Element;
use crate::standard::instrument::Measured;

/// All three.
///
/// # Errors
/// A template that cannot be rendered.
pub fn blocks(v: &View, section: Section) -> anyhow::Result<Section> {
    let mut section = section.heading("4.4 Unsur waktu dan ketepatan waktu yang terukur");
    for element in measured(v, Measured::Timeliness) {
        section = timely::blocks(v, section, element)?;
    }
    section = section.heading("4.5 Unsur biaya pada layanan tanpa tarif");
    for element in measured(v, Measured::Fee) {
        section = fee(v, section, element)?;
    }
    let section = section
        .heading("4.6 Penerima layanan yang tidak menjawab")
        .paragraph(&silent(v))
        .paragraph(&late_among_linked(v));
    let section = section.with(scrolled(&rates(v))?);
    Ok(match channels(v) {
        Some(table) => section.with(scrolled(&table)?),
        None => section.note("Saluran tidak tercatat pada data berkas, sehingga tingkat jawaban menurut saluran tidak dapat ditampilkan."),
    })
}

fn measured<'a>(v: &View<'a>, by: Measured) -> impl Iterator<Item = &'a Element> {
    v.elements().iter().filter(move |e| e.measured == Some(by))
}

/// The ceiling of the element about the fee.
fn fee(v: &View, section: Section, element: &Element) -> anyhow::Result<Section> {
    let words = Phrase::of(format!(
        "Pada layanan tanpa tarif jawaban “gratis” bernilai 4, sehingga unsur {} hampir selalu mendekati nilai tertinggi. Nilai itu bukan capaian kantor, melainkan batas atas pengukuran, dan ikut menaikkan IKM. Bagian jawaban 4 pada unsur ini: ",
        element.title
    ))
    .figure(v.figure("ikm.element.ceiling", &[("element", &element.code)]))
    .text(".");
    let columns = vec![
        Column::text("Layanan"),
        Column::text("Tarif"),
        Column::number("Menjawab (n)"),
        Column::number("NRR"),
        Column::number("Jawaban 4"),
        Column::text("Arti"),
    ];
    let mut view = TableView::new(format!("{} menurut layanan", element.title), columns);
    view.empty = "Belum ada data.".to_owned();
    for code in &v.r.ikm.services {
        let group = [("element", element.code.as_str()), ("service", code)];
        let charged = v.r.settings.charged_services.contains(code);
        let nrr = v.figure("ikm.element", &group);
        view.rows.push(vec![
            Markup::text(v.service(code)),
            Markup::text(if charged { "Bertarif" } else { "Gratis" }),
            Markup::text(&counted(nrr)),
            figure_or_none(nrr),
            figure_or_none(v.figure("ikm.element.ceiling", &group)),
            Markup::text(if charged {
                "Dapat dinilai"
            } else {
                "Batas atas, bukan capaian"
            }),
        ]);
    }
    Ok(section.paragraph(&words).with(scrolled(&view)?))
}

/// Who did not answer, and what that could mean.
fn silent<'a>(v: &View<'a>) -> Phrase<'a> {
    let rate = v.whole("ikm.response_rate");
    let phrase = Phrase::of("Dari ")
        .figure(v.whole("ikm.recipients"))
        .text(" penerima layanan, yang menjawab ")
        .figure(v.whole("ikm.respondents"))
        .text(" (tingkat jawaban ")
        .figure(rate)
        .text("). ");
    let phrase = match extremes(v) {
        Some((low, high)) => phrase
            .text(format!("Tingkat jawaban terendah: {} (", v.service(low.0)))
            .figure(Some(low.1))
            .text(format!("); tertinggi: {} (", v.service(high.0)))
            .figure(Some(high.1))
            .text("). "),
        None => phrase,
    };
    phrase.text("Bila yang tidak menjawab berpendapat lain daripada yang menjawab, IKM yang sebenarnya dapat lebih tinggi atau lebih rendah; data survei sendiri tidak dapat menunjukkan arahnya. Karena itu penerima layanan yang jarang menjawab perlu lebih dahulu diajak menjawab, sebelum nilai layanannya diperbandingkan.")
}

/// Code of a service, and a figure of it.
type OfService<'a> = (&'a str, &'a Figure);

/// The services with the lowest and the highest response rate, where two can be told apart.
fn extremes<'a>(v: &View<'a>) -> Option<(OfService<'a>, OfService<'a>)> {
    let services = v.r.ikm.services.iter();
    let rates: Vec<(&str, &Figure, f64)> = services
        .filter_map(|code| {
            let figure = v.figure("ikm.response_rate", &[("service", code)])?;
            Some((code.as_str(), figure, figure.value?))
        })
        .collect();
    let by = |a: &&(&str, &Figure, f64), b: &&(&str, &Figure, f64)| a.2.total_cmp(&b.2);
    let low = rates.iter().min_by(by)?;
    let high = rates.iter().max_by(by)?;
    (low.2 < high.2).then_some(((low.0, low.1), (high.0, high.1)))
}

/// Whether those served late answer as often, as far as forms name their case.
fn late_among_linked<'a>(v: &View<'a>) -> Phrase<'a> {
    let of = |verdict| v.figure("ikm.linked.unit", &[("verdict", verdict)]);
    let (Some(late), Some(timely)) = (of("late"), of("on_time")) else {
        return Phrase::default();
    };
    if late.n + timely.n == 0 {
        return Phrase::default();
    }
    Phrase::of(format!(
        "Di antara formulir yang terhubung dengan berkas, {} dari berkas yang terlambat dan {} dari berkas yang tepat waktu; dari seluruh berkas yang diputus ",
        format::count(late.n),
        format::count(timely.n)
    ))
    .figure(v.whole("ikm.timeliness"))
    .text(" tepat waktu. Bila perbandingannya jauh berbeda, yang dilayani terlambat menjawab lebih jarang atau lebih sering daripada yang lain.")
}

/// Response rates by service.
fn rates(v: &View) -> TableView {
    let columns = vec![
        Column::text("Layanan"),
        Column::number("Penerima layanan"),
        Column::number("Responden"),
        Column::number("Tingkat jawaban"),
        Column::number("Formulir terhubung"),
    ];
    let mut view = TableView::new("Tingkat jawaban menurut layanan", columns);
    view.empty = "Belum ada data.".to_owned();
    for code in &v.r.ikm.services {
        let group = [("service", code.as_str())];
        let mut row = vec![Markup::text(v.service(code))];
        row.extend(
            [
                "ikm.recipients",
                "ikm.respondents",
                "ikm.response_rate",
                "ikm.linked",
            ]
            .map(|indicator| figure_or_none(v.figure(indicator, &group))),
        );
        view.rows.push(row);
    }
    view
}

/// Recipients and linked forms by channel.
fn channels(v: &View) -> Option<TableView> {
    let figures =
        v.r.ikm
            .figures
            .rows_of("ikm.recipients", &v.r.ikm.period.to_string());
    let channels: Vec<&str> = figures
        .iter()
        .filter_map(|f| f.group.get("channel").map(String::as_str))
        .collect();
    if channels.is_empty() {
        return None;
    }
    let columns = vec![
        Column::text("Saluran"),
        Column::number("Penerima layanan"),
        Column::number("Formulir terhubung"),
    ];
    let mut view =
        TableView::new("Formulir terhubung menurut saluran berkas", columns).of_kind("slim");
    view.note = "Saluran diketahui dari berkas; karena itu hanya formulir yang menyebut nomor berkasnya yang dapat dihitung di sini.".to_owned();
    for channel in channels {
        let group = [("channel", channel)];
        if channel == words::UNRECORDED && v.n("ikm.recipients", &group) == 0 {
            continue;
        }
        view.rows.push(vec![
            Markup::text(&words::value("channel", channel)),
            figure_or_none(v.figure("ikm.recipients", &group)),
            figure_or_none(v.figure("ikm.linked", &group)),
        ]);
    }
    Some(view)
}

/// n of a figure.
pub fn counted(figure: Option<&Figure>) -> String {
    figure.map_or(format::NONE.to_owned(), |f| format::count(f.n))
}
