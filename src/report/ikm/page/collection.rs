//! Chapter II: who held the survey, how, where and when, and whether enough people answered.

use super::{scrolled, untitled};
use crate::config::ikm::PartialForms;
use crate::format;
use crate::report::blocks::Section;
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::ikm::view::View;
use crate::report::words::Phrase;

/// The chapter.
///
/// # Errors
/// A template that cannot be rendered.
pub fn section(v: &View) -> anyhow::Result<Section> {
    let said = |own: &str, usual: String| {
        Phrase::of(match own.trim().is_empty() {
            true => usual,
            false => own.to_owned(),
        })
    };
    let (office, settings) = (v.r.office, v.r.settings);
    let by = said(
        &settings.carried_out_by,
        format!(
            "Survei dilaksanakan oleh {} pada {}.",
            office.unit, office.name
        ),
    );
    let method = said(
        &settings.method,
        "Penerima layanan mengisi kuesioner sesudah layanannya selesai. Setiap pertanyaan mempunyai empat pilihan jawaban, dari yang paling kurang (1) sampai yang paling baik (4).".to_owned(),
    );
    let place = said(
        &settings.place,
        format!(
            "Kuesioner diisi di tempat pelayanan {} dan pada sarana pengisian yang disediakan kantor.",
            office.name
        ),
    );
    Ok(Section::new("bab-2", "Bab II Pengumpulan data")
        .heading("2.1 Pelaksana")
        .paragraph(&by)
        .heading("2.2 Metode")
        .paragraph(&method)
        .paragraph(&forms(v))
        .heading("2.3 Lokasi")
        .paragraph(&place)
        .heading("2.4 Waktu")
        .with(untitled(&activities(v))?)
        .with(Markup::trusted(
            "<h3 id=\"responden\">2.5 Jumlah responden</h3>\n".to_owned(),
        ))
        .facts(facts(v))
        .paragraph(&sample(v))
        .with(scrolled(&by_service(v))?)
        .with(scrolled(&by_month(v))?))
}

/// The questionnaire, and what becomes of partial forms.
fn forms<'a>(v: &View<'a>) -> Phrase<'a> {
    let rule = match v.r.settings.partial_forms {
        PartialForms::Available => {
            "Formulir yang tidak menjawab semua unsur tetap dihitung pada unsur yang dijawabnya."
        }
        PartialForms::Complete => "Hanya formulir yang menjawab semua unsur yang dihitung.",
    };
    Phrase::of(format!(
        "Unsur yang ditanyakan adalah unsur {}; kuesionernya tercantum pada lampiran. {rule} Formulir yang tidak menjawab satu unsur pun tidak dihitung: ",
        v.instrument().title
    ))
    .figure(v.whole("ikm.unanswered"))
    .text(".")
}

fn activities(v: &View) -> TableView {
    let columns = vec![
        Column::text("Nomor"),
        Column::text("Kegiatan"),
        Column::text("Waktu"),
    ];
    let mut view = TableView::new("Jadwal kegiatan", columns).of_kind("slim numbered");
    let mut rows: Vec<(String, String)> =
        v.r.settings
            .activities
            .iter()
            .map(|a| (a.what.clone(), days(a.from, a.to)))
            .collect();
    if rows.is_empty() {
        view.note =
            "Kegiatan belum diisi pada pengaturan; yang tercantum adalah masa pengumpulan jawaban dan tanggal data laporan.".to_owned();
        rows = vec![
            ("Pengumpulan jawaban".to_owned(), v.days()),
            (
                "Pengolahan data dan penyusunan laporan".to_owned(),
                format!("keadaan per {}", format::date(v.r.ikm.as_of.date())),
            ),
        ];
    }
    for (number, (what, when)) in (1..).zip(rows) {
        view.rows.push(vec![
            Markup::text(&format!("{number}")),
            Markup::text(&what),
            Markup::text(&when),
        ]);
    }
    view
}

fn days(from: chrono::NaiveDate, to: chrono::NaiveDate) -> String {
    match from == to {
        true => format::date(from),
        false => format!("{} – {}", format::date(from), format::date(to)),
    }
}

fn facts(v: &View) -> Vec<(Markup, String)> {
    let fact =
        |indicator: &str, label: &str| (figure_or_none(v.whole(indicator)), label.to_owned());
    vec![
        fact("ikm.recipients", "penerima layanan (N)"),
        fact("ikm.sample.needed", "responden yang diperlukan"),
        fact("ikm.respondents", "responden yang menjawab (n)"),
        fact("ikm.response_rate", "tingkat jawaban"),
        fact("ikm.sample.reached", "kecukupan jumlah responden"),
    ]
}

fn sample<'a>(v: &View<'a>) -> Phrase<'a> {
    let phrase = Phrase::of("Penerima layanan dihitung dari berkas yang hasilnya diserahkan pada ")
        .text(v.period_name.clone())
        .text(": ")
        .figure(v.whole("ikm.recipients"))
        .text(". Menurut Krejcie dan Morgan (1970) diperlukan ")
        .figure(v.whole("ikm.sample.needed"))
        .text(" responden; yang menjawab ")
        .figure(v.whole("ikm.respondents"))
        .text(", sehingga jumlahnya ")
        .figure(v.whole("ikm.sample.reached"))
        .text(". ");
    phrase.text(match (v.respondents(), v.too_few(&[])) {
        (0, _) => "Belum ada jawaban yang dapat diolah.",
        (_, true) => "Semua jawaban tetap diolah, tetapi hasilnya dibaca dengan hati-hati: jumlah responden belum cukup untuk mewakili penerima layanan.",
        (_, false) => "Semua jawaban diolah; tidak ada yang disisihkan untuk mencapai jumlah tertentu.",
    })
}

fn by_service(v: &View) -> TableView {
    let columns = vec![
        Column::text("Layanan"),
        Column::number("Penerima (N)"),
        Column::number("Diperlukan"),
        Column::number("Responden (n)"),
        Column::number("Tingkat jawaban"),
        Column::number("Kecukupan"),
    ];
    let mut view = TableView::new("Kecukupan responden menurut layanan", columns);
    view.empty = "Belum ada data.".to_owned();
    for code in &v.r.ikm.services {
        let group = [("service", code.as_str())];
        let mut row = vec![Markup::text(v.service(code))];
        row.extend(
            [
                "ikm.recipients",
                "ikm.sample.needed",
                "ikm.respondents",
                "ikm.response_rate",
                "ikm.sample.reached",
            ]
            .map(|indicator| figure_or_none(v.figure(indicator, &group))),
        );
        view.rows.push(row);
    }
    view
}

fn by_month(v: &View) -> TableView {
    let columns = vec![
        Column::text("Bulan"),
        Column::number("Penerima layanan"),
        Column::number("Responden"),
    ];
    let mut view =
        TableView::new("Penerima layanan dan responden menurut bulan", columns).of_kind("slim");
    view.empty = "Belum ada data.".to_owned();
    for month in v.months() {
        view.rows.push(vec![
            Markup::text(&format::period(month)),
            figure_or_none(v.at(month, "ikm.recipients", &[])),
            figure_or_none(v.at(month, "ikm.respondents", &[])),
        ]);
    }
    view
}
