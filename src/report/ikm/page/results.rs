//! Chapter III: who answered, and what they answered.

use super::{elements, groups};
use crate::format;
use crate::report::blocks::Section;
use crate::report::charts::bars;
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::words::Phrase;

/// The chapter.
///
/// # Errors
/// A template that cannot be rendered.
pub fn section(v: &View) -> anyhow::Result<Section> {
    let mut section = Section::new("bab-3", "Bab III Hasil")
        .heading("3.1 Responden")
        .paragraph(&who(v));
    let mut tables = String::new();
    for table in respondents(v) {
        tables.push_str(table.markup()?.as_str());
    }
    section = section
        .with(Markup::trusted(format!(
            "<div class=\"columns\">{tables}</div>\n"
        )))
        .heading("3.2 Indeks Kepuasan Masyarakat")
        .paragraph(&unit(v))
        .paragraph(&partial(v))
        .paragraph(&alpha(v));
    section = bands(v, section)?;
    section = elements::blocks(v, section, "unsur")?
        .note("Jawaban tiap responden atas tiap unsur tercantum pada lembar Matriks buku kerja.");
    groups::blocks(v, section)
}

fn who<'a>(v: &View<'a>) -> Phrase<'a> {
    match v.respondents() {
        0 => Phrase::of(format!("Belum ada data: belum ada responden pada {}.", v.period_name)),
        _ => Phrase::of("Yang menjawab sekurang-kurangnya satu unsur: ")
            .figure(v.whole("ikm.respondents"))
            .text(" responden. Setiap tabel berikut berjumlah sama, karena yang tidak mengisi ditampilkan tersendiri."),
    }
}

/// A table for each dimension, services first.
fn respondents(v: &View) -> Vec<TableView> {
    let ikm = v.r.ikm;
    let services: Vec<(String, String)> = ikm
        .services
        .iter()
        .map(|c| (c.clone(), v.service(c).to_owned()))
        .collect();
    let mut all = vec![counts(v, "service", &services)];
    for (dimension, values) in &ikm.dimensions {
        let named: Vec<(String, String)> = values
            .iter()
            .map(|value| (value.clone(), words::value(dimension, value)))
            .collect();
        all.push(counts(v, dimension, &named));
    }
    all
}

fn counts(v: &View, dimension: &str, values: &[(String, String)]) -> TableView {
    let heading = words::dimension(dimension);
    let columns = vec![
        Column::text(heading),
        Column::number("Responden"),
        Column::number("Bagian"),
        Column::text(""),
    ];
    let mut view = TableView::new(format!("Responden menurut {}", lower(heading)), columns);
    view.kind = "counts";
    view.empty = "Belum ada data.".to_owned();
    let whole = v.respondents();
    for (value, name) in values {
        let figure = v.figure("ikm.respondents", &[(dimension, value)]);
        let n = figure.map_or(0, |f| f.n);
        let share = (whole > 0).then(|| 100.0 * n as f64 / whole as f64);
        view.rows.push(vec![
            Markup::text(name),
            figure_or_none(figure),
            Markup::text(&format::percent(n as i64, whole as i64)),
            bars::inline(share),
        ]);
    }
    if whole == 0 {
        view.rows.clear();
    }
    view
}

fn lower(heading: &str) -> String {
    heading.to_lowercase()
}

/// The index of the unit with its interval.
fn unit<'a>(v: &View<'a>) -> Phrase<'a> {
    if v.respondents() == 0 {
        return Phrase::of("IKM unit pelayanan: ")
            .figure(v.whole("ikm.unit"))
            .text(". Tanpa jawaban tidak ada mutu yang dapat disebut.");
    }
    if v.value("ikm.unit", &[]).is_none() {
        return Phrase::of("IKM unit pelayanan: ")
            .figure(v.whole("ikm.unit"))
            .text(", karena ada unsur yang tidak dijawab satu responden pun.");
    }
    let grade = v.whole("ikm.grade");
    let mut phrase = Phrase::of("IKM unit pelayanan adalah ").figure(v.whole("ikm.unit"));
    if let Some(interval) = v.interval("ikm.unit", &[]) {
        phrase = phrase.text(" (selang 95 %: ").phrase(interval).text(")");
    }
    match grade.map_or("", |f| v.performance(&f.printed)) {
        "" => {
            phrase = phrase.text(
                ". Batas mutu instrumen ini belum terverifikasi, sehingga mutunya tidak disebut",
            )
        }
        word => {
            phrase = phrase
                .text(", mutu pelayanan ")
                .figure(grade)
                .text(format!(", kinerja unit pelayanan {}", word.to_lowercase()));
        }
    }
    let counted = v.n("ikm.unit", &[]);
    if counted < v.respondents() {
        phrase = phrase.text(format!(
            ". Yang dihitung adalah {} formulir yang menjawab semua unsur",
            format::count(counted)
        ));
    }
    phrase.text(". Angka itu dihitung atas seluruh responden bersama-sama, bukan rata-rata nilai layanan; selangnya menunjukkan seberapa jauh nilai dapat bergeser bila responden yang menjawab kebetulan lain.")
}

/// The index under both rules for partial forms.
fn partial<'a>(v: &View<'a>) -> Phrase<'a> {
    let of = |rule: &str| v.figure("ikm.unit.partial", &[("rule", rule)]);
    let (Some(available), Some(complete)) = (of("available"), of("complete")) else {
        return Phrase::default();
    };
    if v.respondents() == 0 {
        return Phrase::default();
    }
    Phrase::of("Formulir yang tidak lengkap: menurut jawaban yang tersedia IKM ")
        .figure(Some(available))
        .text(format!(" (n = {})", format::count(available.n)))
        .text(", menurut formulir lengkap saja ")
        .figure(Some(complete))
        .text(format!(" (n = {}).", format::count(complete.n)))
}

fn alpha<'a>(v: &View<'a>) -> Phrase<'a> {
    let alpha = v.whole("ikm.alpha").filter(|f| f.value.is_some());
    let Some(alpha) = alpha else {
        return Phrase::default();
    };
    Phrase::of("Keandalan kuesioner (alfa Cronbach) ")
        .figure(Some(alpha))
        .text(format!(
            ", dihitung atas {} formulir yang menjawab semua unsur. Nilai yang mendekati satu berarti jawaban atas semua unsur bergerak bersama; nilai rendah berarti unsur-unsurnya mengukur hal yang berlainan.",
            format::count(alpha.n)
        ))
}

/// The table of conversion that grades are given by.
fn bands(v: &View, section: Section) -> anyhow::Result<Section> {
    let instrument = v.instrument();
    if instrument.bands.is_empty() {
        return Ok(section);
    }
    let columns = vec![
        Column::text("Persepsi"),
        Column::number("Nilai interval konversi (IKM)"),
        Column::text("Mutu pelayanan"),
        Column::text("Kinerja unit pelayanan"),
    ];
    let title = format!(
        "Nilai persepsi, mutu dan kinerja menurut {}",
        instrument.title
    );
    let mut view = TableView::new(title.clone(), columns);
    for (number, band) in (1..).zip(&instrument.bands) {
        let edge = |hundredths: i64| format::decimal(hundredths as f64 / 100.0, 2);
        view.rows.push(vec![
            Markup::text(&format!("{number}")),
            Markup::text(&format!("{} – {}", edge(band.from), edge(band.to))),
            Markup::text(&band.grade),
            Markup::text(&band.performance),
        ]);
    }
    Ok(section.fold(&title, &view.markup()?))
}
