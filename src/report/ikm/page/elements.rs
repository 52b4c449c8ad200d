//! Results by element: bars, the table of the ministry's model, and how the answers are spread.

use super::{folded, scrolled};
use crate::format;
use crate::report::blocks::Section;
use crate::report::charts::index_bars::{self, BarKind, IndexBar, IndexBars, IndexRow};
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::standard::instrument::Measured;

/// Everything by element; `id` begins the ids of what is drawn.
///
/// # Errors
/// A template that cannot be rendered.
pub fn blocks(v: &View, section: Section, id: &str) -> anyhow::Result<Section> {
    let chart = index_bars::figure(&format!("{id}-batang"), "Indeks tiap unsur", &chart(v))?;
    let section = section
        .with(chart)
        .with(scrolled(&table(v))?)
        .fold("Sebaran jawaban tiap unsur", &folded(&answers(v))?);
    Ok(section)
}

/// Bands of the instrument on the scale of the index.
pub fn zones(v: &View) -> Vec<(f64, f64, String)> {
    let bands = v.instrument().bands.iter();
    bands
        .map(|b| (b.from as f64 / 100.0, b.to as f64 / 100.0, b.grade.clone()))
        .collect()
}

fn chart(v: &View) -> IndexBars {
    let bar = |e: &crate::standard::instrument::Element| {
        let group = [("element", e.code.as_str())];
        let index = v.figure("ikm.element.index", &group);
        IndexRow::Bar(IndexBar {
            label: e.title.clone(),
            value: index.and_then(|f| f.value),
            interval: None,
            printed: figure_or_none(index),
            detail: figure_or_none(v.figure("ikm.element.grade", &group)),
            kind: BarKind::Plain,
        })
    };
    let fee = v
        .elements()
        .iter()
        .any(|e| e.measured == Some(Measured::Fee));
    IndexBars {
        rows: v.elements().iter().map(bar).collect(),
        bands: zones(v),
        corner: "Unsur".to_owned(),
        note: match fee {
            true => "Unsur tentang biaya pada layanan tanpa tarif hampir selalu mendekati nilai tertinggi; lihat 4.5.".to_owned(),
            false => String::new(),
        },
    }
}

fn table(v: &View) -> TableView {
    let columns = vec![
        Column::text("Unsur"),
        Column::number("NRR"),
        Column::number("Indeks (NRR × 25)"),
        Column::number("Bobot"),
        Column::number("NRR tertimbang"),
        Column::text("Mutu"),
        Column::number("Menjawab (n)"),
        Column::number("Kosong"),
    ];
    let mut view = TableView::new("Nilai tiap unsur", columns);
    for (number, element) in (1..).zip(v.elements()) {
        let group = [("element", element.code.as_str())];
        let figure = |indicator: &str| figure_or_none(v.figure(indicator, &group));
        view.rows.push(vec![
            Markup::text(&format!("{number}. {}", element.title)),
            figure("ikm.element"),
            figure("ikm.element.index"),
            Markup::text(&words::weight(&element.weight)),
            figure("ikm.element.weighted"),
            figure("ikm.element.grade"),
            Markup::text(&format::count(v.n("ikm.element", &group))),
            figure("ikm.element.missing"),
        ]);
    }
    view.note = "NRR: nilai rata-rata unsur. Jawaban kosong tidak dihitung sebagai nol. Jumlah NRR tertimbang kali 25 adalah IKM; yang dicetak sudah dibulatkan, sedangkan IKM dihitung dari pecahan yang belum dibulatkan.".to_owned();
    view
}

fn answers(v: &View) -> TableView {
    let mut columns = vec![Column::text("Unsur")];
    let first = v.elements().first();
    for (at, answer) in ["1", "2", "3", "4"].into_iter().enumerate() {
        // Questions of other scales name theirs in the questionnaire.
        let same = |word: &&String| v.elements().iter().all(|e| e.scale.get(at) == Some(*word));
        let word = first.and_then(|e| e.scale.get(at)).filter(same);
        columns.push(Column::number(&match word {
            Some(word) => format!("{answer} – {word}"),
            None => answer.to_owned(),
        }));
    }
    columns.push(Column::number("Kosong"));
    let mut view = TableView::new("Sebaran jawaban tiap unsur", columns);
    for element in v.elements() {
        let group = [("element", element.code.as_str())];
        let mut row = vec![Markup::text(&element.title)];
        for answer in ["1", "2", "3", "4"] {
            let group = [("element", element.code.as_str()), ("answer", answer)];
            row.push(figure_or_none(v.figure("ikm.element.answers", &group)));
        }
        row.push(figure_or_none(v.figure("ikm.element.missing", &group)));
        view.rows.push(row);
    }
    view
}
