//! The plan of action (rencana tindak lanjut): what is entered, and empty lines for the weakest elements without an entry.

use chrono::Datelike;

use crate::format;
use crate::measure::performance::follow_up::pairs;
use crate::report::html::{Column, Markup, TableView};
use crate::report::ikm::view::View;
use crate::snapshot::FollowupRow;

/// The element a row is about.
pub fn element(row: &FollowupRow) -> Option<String> {
    pairs(&row.group).remove("element")
}

/// The element's title, else the finding in words.
pub fn subject(v: &View, row: &FollowupRow) -> String {
    match element(row) {
        Some(code) => v.element(&code).to_owned(),
        None => row.finding.clone(),
    }
}

/// The table, with quarters.
pub fn table(v: &View) -> TableView {
    let columns = vec![
        Column::text("Nomor"),
        Column::text("Prioritas unsur"),
        Column::text("Program/kegiatan"),
        Column::text("TW I"),
        Column::text("TW II"),
        Column::text("TW III"),
        Column::text("TW IV"),
        Column::text("Penanggung jawab"),
    ];
    let mut view = TableView::new("Rencana tindak lanjut", columns).of_kind("plan numbered");
    view.empty = "Belum ada data.".to_owned();
    let mut number = 0;
    let mut next = || {
        number += 1;
        Markup::text(&format!("{number}"))
    };
    let mut planned = Vec::new();
    for followed in &v.r.ikm.plan {
        let row = &followed.row;
        planned.extend(element(row));
        let mut cells = vec![
            next(),
            Markup::text(&subject(v, row)),
            Markup::text(row.action.as_deref().unwrap_or_default()),
        ];
        cells.extend(quarters(row));
        cells.push(Markup::text(row.who.as_deref().unwrap_or_default()));
        view.rows.push(cells);
    }
    let open = v.survey.weakest.iter();
    for ranked in open.filter(|r| !planned.contains(&r.element)) {
        let mut cells = vec![next(), Markup::text(v.element(&ranked.element))];
        cells.extend((0..6).map(|_| Markup::default()));
        view.rows.push(cells);
    }
    view
}

/// The date the action is due by, in its quarter.
fn quarters(row: &FollowupRow) -> [Markup; 4] {
    let due = row.by_when.map(|d| (d.month0() / 3, format::date_short(d)));
    [0, 1, 2, 3].map(|quarter| match &due {
        Some((q, date)) if *q == quarter => Markup::text(date),
        _ => Markup::default(),
    })
}
