//! 4.4: what people say of the time beside the timeliness that was measured, of the same services and of the same cases. The words
//! never claim more than an interval carries.

use super::beside::counted;
use super::scrolled;
use crate::format;
use crate::measure::Figure;
use crate::report::blocks::Section;
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::ikm::view::View;
use crate::report::ikm::words::{self, Carried};
use crate::report::words::Phrase;
use crate::standard::instrument::Element;

/// What people say of the time, beside what was measured.
///
/// # Errors
/// A template that cannot be rendered.
pub fn blocks(v: &View, section: Section, element: &Element) -> anyhow::Result<Section> {
    let intro = Phrase::of(format!(
        "Nilai unsur {} adalah pendapat; ketepatan waktu dihitung dari berkas. Pada {} NRR unsur ini ",
        element.title, v.period_name
    ))
    .figure(v.figure("ikm.element", &[("element", &element.code)]))
    .text(", sedangkan ")
    .figure(v.whole("ikm.timeliness"))
    .text(" berkas yang diputus selesai tepat waktu. Keduanya dapat berbeda: penilaian responden memuat juga harapan dan pengalaman menunggu.");
    Ok(section
        .paragraph(&intro)
        .with(scrolled(&by_service(v, element))?)
        .paragraph(&linked(v, element))
        .with(scrolled(&by_verdict(v))?))
}

fn by_service(v: &View, element: &Element) -> TableView {
    let columns = vec![
        Column::text("Layanan"),
        Column::number("Menjawab (n)"),
        Column::number(&format!("NRR {}", element.title)),
        Column::number("Berkas diputus"),
        Column::number("Tepat waktu"),
    ];
    let title = format!("{} dan ketepatan waktu menurut layanan", element.title);
    let mut view = TableView::new(title, columns);
    view.empty = "Belum ada data.".to_owned();
    for code in &v.r.ikm.services {
        let service = [("service", code.as_str())];
        let group = [("element", element.code.as_str()), service[0]];
        let timely = v.figure("ikm.timeliness", &service);
        let nrr = v.figure("ikm.element", &group);
        view.rows.push(vec![
            Markup::text(v.service(code)),
            Markup::text(&counted(nrr)),
            figure_or_none(nrr),
            Markup::text(&counted(timely)),
            figure_or_none(timely),
        ]);
    }
    view
}

/// Those served late beside those served on time, where the form names its case.
fn linked<'a>(v: &View<'a>, element: &Element) -> Phrase<'a> {
    let whole = v.whole("ikm.linked");
    if whole.is_none_or(|f| f.numerator.unwrap_or(0) == 0) {
        return Phrase::of(
            "Belum ada formulir yang menyebut nomor berkasnya, sehingga penilaian responden yang dilayani terlambat dan yang tepat waktu belum dapat disandingkan.",
        );
    }
    let of = |verdict: &str| {
        let group = [("element", element.code.as_str()), ("verdict", verdict)];
        v.figure("ikm.linked.element", &group)
    };
    let (late, timely) = (of("late"), of("on_time"));
    let group = [("element", element.code.as_str())];
    let phrase = Phrase::of("Formulir yang menyebut nomor berkasnya: ")
        .figure(whole)
        .text(" dari penerima layanan. Di antaranya responden yang dilayani terlambat memberi NRR ")
        .figure(late)
        .text(format!(" (n = {}), yang tepat waktu ", counted(late)))
        .figure(timely)
        .text(format!(" (n = {})", counted(timely)));
    let difference = v.figure("ikm.linked.difference", &group);
    let Some(difference) = difference.filter(|f| f.value.is_some()) else {
        return phrase.text(
            ". Selisihnya tidak dihitung, karena salah satu kelompok terlalu kecil atau kosong.",
        );
    };
    let mut phrase = phrase.text("; selisihnya ").figure(Some(difference));
    if let Some(interval) = v.interval("ikm.linked.difference", &group) {
        phrase = phrase.text(" (selang 95 %: ").phrase(interval).text(")");
    }
    phrase.text(carried(v.bounds("ikm.linked.difference", &group)))
}

/// What the interval of the difference between late and on time carries.
fn carried(bounds: Option<(f64, f64)>) -> &'static str {
    match words::carried(bounds) {
        Carried::Lower => {
            ". Selang itu tidak memuat nol: yang dilayani terlambat menilai lebih rendah. Ini hubungan pada formulir yang terhubung, bukan bukti sebab."
        }
        Carried::Higher => {
            ". Selang itu tidak memuat nol: yang dilayani terlambat justru menilai lebih tinggi. Ini hubungan pada formulir yang terhubung, bukan bukti sebab; periksa lebih dahulu penautan formulir dengan berkasnya."
        }
        Carried::Undecided => {
            ". Selang itu memuat nol: dari formulir ini belum dapat dikatakan ada perbedaan, dan belum dapat pula dikatakan tidak ada."
        }
        Carried::Unknown => ".",
    }
}

/// Each element and the index, late and on time.
fn by_verdict(v: &View) -> TableView {
    let columns = vec![
        Column::text("Unsur"),
        Column::number("Dilayani terlambat"),
        Column::number("Tepat waktu"),
        Column::number("Selisih"),
        Column::number("Selang 95 %"),
    ];
    let mut view = TableView::new(
        "Penilaian menurut ketepatan waktu berkas responden",
        columns,
    );
    view.empty = "Belum ada formulir yang terhubung dengan berkas.".to_owned();
    if v.whole("ikm.linked")
        .is_none_or(|f| f.numerator.unwrap_or(0) == 0)
    {
        return view;
    }
    let with_n = |figure: Option<&Figure>| match figure {
        Some(f) => Markup::trusted(format!(
            "{} <span class=\"sub\">n = {}</span>",
            figure_or_none(figure),
            format::count(f.n)
        )),
        None => Markup::text(format::NONE),
    };
    let mut row = |name: &str, indicator: &str, group: &[(&str, &str)]| {
        let of = |verdict| {
            let mut group = group.to_vec();
            group.push(("verdict", verdict));
            with_n(v.figure(indicator, &group))
        };
        let interval = v.interval("ikm.linked.difference", group);
        view.rows.push(vec![
            Markup::text(name),
            of("late"),
            of("on_time"),
            figure_or_none(v.figure("ikm.linked.difference", group)),
            interval.map_or_else(|| Markup::text(format::NONE), |i| i.html()),
        ]);
    };
    for element in v.elements() {
        let group = [("element", element.code.as_str())];
        row(&element.title, "ikm.linked.element", &group);
    }
    row("IKM", "ikm.linked.unit", &[]);
    view
}
