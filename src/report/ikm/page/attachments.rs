//! Attachments: what became of the last plan, the questionnaire, the publication card, findings on the forms.

use super::{plan, untitled};
use crate::format;
use crate::report::blocks::Section;
use crate::report::html::{Column, Markup, TableView};
use crate::report::ikm::card;
use crate::report::ikm::view::View;
use crate::report::monthly::context::LONGEST_LIST;
use crate::standard::Instrument;

/// What became of the plan of the period before.
///
/// # Errors
/// A template that cannot be rendered.
pub fn outcomes(v: &View) -> anyhow::Result<Section> {
    let columns = vec![
        Column::text("Nomor"),
        Column::text("Rencana tindak lanjut"),
        Column::text("Unsur"),
        Column::text("Sudah dilaksanakan"),
        Column::text("Keterangan dan bukti"),
        Column::number("Nilai saat itu"),
        Column::number("Nilai sekarang"),
    ];
    let mut view = TableView::new("Hasil rencana tindak lanjut periode sebelumnya", columns)
        .of_kind("numbered");
    view.empty = "Belum ada rencana periode sebelumnya yang diimpor.".to_owned();
    let or_none = |text: Option<&str>| Markup::text(text.unwrap_or(format::NONE));
    for (number, outcome) in (1..).zip(&v.r.ikm.outcomes) {
        let row = &outcome.followed.row;
        let done = match row.done_on {
            Some(day) => format!("Sudah, {}", format::date_short(day)),
            None => "Belum".to_owned(),
        };
        view.rows.push(vec![
            Markup::text(&format!("{number}")),
            Markup::text(row.action.as_deref().unwrap_or(&row.finding)),
            Markup::text(&plan::subject(v, row)),
            Markup::text(&done),
            or_none(row.note.as_deref()),
            or_none(outcome.then.as_deref()),
            or_none(outcome.now.as_deref()),
        ]);
    }
    let section = Section::new(
        "lampiran-1",
        "Lampiran 1: Hasil tindak lanjut periode sebelumnya",
    );
    let section = section.with(untitled(&view)?);
    Ok(match view.rows.is_empty() {
        true => section,
        false => section
            .note("Nilai unsur yang berubah sesudah tindak lanjut belum tentu berubah karenanya."),
    })
}

/// The questions as they were asked.
///
/// # Errors
/// A template that cannot be rendered.
pub fn questionnaire(v: &View) -> anyhow::Result<Section> {
    let mut section =
        Section::new("lampiran-3", "Lampiran 3: Kuesioner").table(&questions(v.instrument()))?;
    for survey in &v.r.ikm.internal {
        section = section.table(&questions(&survey.instrument))?;
    }
    Ok(section.note("Beserta itu ditanyakan: jenis kelamin, umur, pendidikan, pekerjaan, layanan yang diterima, jam pengisian, dan saran. Nama, nomor telepon dan nomor identitas tidak diimpor."))
}

fn questions(instrument: &Instrument) -> TableView {
    let mut columns = vec![Column::text("Unsur"), Column::text("Pertanyaan")];
    columns.extend(["1", "2", "3", "4"].map(Column::text));
    let mut view = TableView::new(format!("Kuesioner {}", instrument.title), columns);
    for (number, element) in (1..).zip(&instrument.elements) {
        let question = element.question.as_deref();
        let mut row = vec![
            Markup::text(&format!("{number}. {}", element.title)),
            Markup::text(question.unwrap_or("bunyi pertanyaan tidak tercatat")),
        ];
        row.extend(element.scale.iter().map(|word| Markup::text(word)));
        view.rows.push(row);
    }
    view
}

/// The card as it is published.
///
/// # Errors
/// A template that cannot be rendered.
pub fn card(v: &View) -> anyhow::Result<Section> {
    Ok(Section::new("lampiran-4", "Lampiran 4: Kartu publikasi")
        .with(Markup::trusted(format!(
            "<figure class=\"card\">{}</figure>\n",
            card::square(v.r)?
        )))
        .note("Kartu yang sama tersedia sebagai berkas tersendiri: halaman yang dicetak pada satu lembar A4, dan gambar (PNG dan SVG) untuk papan pengumuman serta media sosial."))
}

/// Findings on the forms.
///
/// # Errors
/// A template that cannot be rendered.
pub fn quality(v: &View) -> anyhow::Result<Section> {
    let columns = vec![
        Column::text("Pemeriksaan"),
        Column::text("Bobot"),
        Column::text("Formulir"),
        Column::text("Keterangan"),
    ];
    let findings = &v.r.ikm.findings;
    let mut view = TableView::new("Temuan pada data survei", columns).of_kind("findings");
    view.empty = "Tidak ada temuan.".to_owned();
    for finding in findings.iter().take(LONGEST_LIST) {
        let key = match finding.key.is_empty() {
            true => format::NONE,
            false => &finding.key,
        };
        view.rows.push(vec![
            Markup::text(finding.check.label()),
            Markup::text(finding.level.label()),
            Markup::text(key),
            Markup::text(&finding.message),
        ]);
    }
    if findings.len() > LONGEST_LIST {
        view.note = format!(
            "Ditampilkan {} dari {} temuan; selengkapnya pada buku kerja.",
            format::count(LONGEST_LIST as u64),
            format::count(findings.len() as u64)
        );
    }
    Section::new("mutu", "Mutu data").table(&view.folded())
}
