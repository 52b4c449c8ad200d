//! What became of the findings followed up before, and the findings of this report with room for what is agreed.

use super::View;
use crate::format;
use crate::report::blocks::Section;
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::performance::words;

/// Both tables.
///
/// # Errors
/// A template that cannot be rendered.
pub fn section(v: &View) -> anyhow::Result<Section> {
    Ok(Section::new("tindak-lanjut", "Tindak lanjut")
        .table(&before(v))?
        .table(&proposed(v))?
        .note("Isi sebab, tindakan, penanggung jawab dan batas waktu pada lembar Tindak Lanjut buku kerja, lalu impor lembar itu; laporan berikutnya menyandingkan hasilnya."))
}

fn before(v: &View) -> TableView {
    let columns = vec![
        Column::text("Temuan"),
        Column::text("Tindakan"),
        Column::text("Penanggung jawab"),
        Column::text("Keadaan"),
        Column::number("Saat itu"),
        Column::number("Sekarang"),
        Column::text("Perubahan"),
    ];
    let mut view = TableView::new("Yang disepakati sebelumnya", columns);
    view.empty = "Belum ada tindak lanjut yang diimpor.".to_owned();
    let as_of = v.c.r.overview.as_of.date();
    for row in &v.r.performance.followed_up {
        let text = |t: &Option<String>| Markup::text(t.as_deref().unwrap_or(format::NONE));
        let then = row
            .then
            .as_ref()
            .map_or(format::NONE, |t| t.printed.as_str());
        view.rows.push(vec![
            Markup::text(&format!("{} ({})", row.row.finding, row.row.period)),
            text(&row.row.action),
            text(&row.row.who),
            Markup::text(&words::state(row, as_of)),
            Markup::text(then),
            figure_or_none(row.now.as_ref()),
            Markup::text(&words::movement(row)),
        ]);
    }
    view
}

fn proposed(v: &View) -> TableView {
    let columns = vec![
        Column::text("Temuan"),
        Column::number("Angka"),
        Column::text("Sebab"),
        Column::text("Tindakan"),
        Column::text("Penanggung jawab"),
        Column::text("Batas waktu"),
    ];
    let mut view = TableView::new("Temuan semester ini", columns).of_kind("fill");
    view.empty = "Tidak ada temuan yang diusulkan.".to_owned();
    for proposal in &v.r.performance.proposals {
        let group: Vec<(&str, &str)> = proposal
            .group
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        let blank = || Markup::text("");
        view.rows.push(vec![
            Markup::text(&words::finding(&v.c, proposal)),
            figure_or_none(v.c.figure(&proposal.indicator, &group)),
            blank(),
            blank(),
            blank(),
            blank(),
        ]);
    }
    view
}
