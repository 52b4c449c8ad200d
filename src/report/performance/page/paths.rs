//! Whether cases went as the standard says, and the paths they really took.

use super::View;
use crate::format;
use crate::measure::performance::DeviatingCase;
use crate::report::blocks::Section;
use crate::report::charts::process_map::{self, Edge, Node, ProcessMap};
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::monthly::context::LONGEST_LIST;
use crate::report::monthly::sections::share;
use crate::report::performance::words;
use crate::report::words::Phrase;

/// Checks, in printing order.
const CHECKS: [&str; 5] = [
    "mandatory_step_missing",
    "out_of_order",
    "duties_joined",
    "returned_twice",
    "any",
];

/// Moves made by fewer than this part of the cases are left out of the drawing.
const LEAST_PART: u64 = 100;

/// Deviations from the standard's sequence and duties.
pub fn conformance(v: &View) -> anyhow::Result<Section> {
    let c = &v.c;
    let columns = vec![
        Column::text("Penyimpangan"),
        Column::number("Dari berkas yang diputus"),
    ];
    let mut view = TableView::new("Kesesuaian dengan standar", columns);
    for check in CHECKS {
        view.rows.push(vec![
            Markup::text(words::check(check)),
            share(c, "conformance.share", &[("check", check)]),
        ]);
    }
    let rejected = Phrase::of("Berkas yang ditolak wajar berakhir sebelum langkah terakhir: ")
        .figure(c.whole("conformance.rejected_missing"))
        .text(
            " berkas ditolak tanpa salah satu langkah wajib; tidak dihitung sebagai penyimpangan.",
        );
    Section::new("kesesuaian", "Kesesuaian")
        .table(&view)?
        .paragraph(&rejected)
        .table(&deviating(v).folded())
}

fn deviating(v: &View) -> TableView {
    let columns = vec![
        Column::text("Nomor berkas"),
        Column::text("Layanan"),
        Column::date("Diputus"),
        Column::text("Penyimpangan"),
    ];
    let all = v.r.performance.rows.deviating.iter();
    let all: Vec<(&DeviatingCase, String)> = all
        .map(|case| (case, deviations(case)))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    let mut view = TableView::new("Berkas yang menyimpang", columns).of_kind("cases");
    for (case, words) in all.iter().take(LONGEST_LIST) {
        view.rows.push(vec![
            Markup::text(&case.case_id),
            Markup::text(v.service(&case.service)),
            Markup::text(&format::date_short(case.decided.date())),
            Markup::text(words),
        ]);
    }
    if all.len() > LONGEST_LIST {
        view.note = format!(
            "Ditampilkan {LONGEST_LIST} dari {} berkas; selengkapnya pada lembar Kesesuaian buku kerja.",
            format::count(all.len() as u64)
        );
    }
    view
}

/// In words; a rejected case may well end before the mandatory steps, so that those it has not are none.
fn deviations(case: &DeviatingCase) -> String {
    let mut all = Vec::new();
    if !case.missing.is_empty() && !case.rejected {
        let steps: Vec<String> = case.missing.iter().map(i32::to_string).collect();
        all.push(format!("tanpa langkah {}", steps.join(", ")));
    }
    for (step, _, before) in &case.out_of_order {
        all.push(format!("langkah {step} mendahului {before}"));
    }
    for (a, b, officer) in &case.joined {
        all.push(format!("langkah {a} dan {b} oleh {officer}"));
    }
    if case.returned > 1 {
        all.push(format!("dikembalikan {} kali", case.returned));
    }
    if !case.unknown.is_empty() {
        let steps: Vec<String> = case.unknown.iter().map(i32::to_string).collect();
        all.push(format!("langkah tidak dikenal {}", steps.join(", ")));
    }
    all.join("; ")
}

/// Variants, and the process map.
pub fn paths(v: &View) -> anyhow::Result<Section> {
    let c = &v.c;
    let columns = vec![
        Column::text("Urutan langkah"),
        Column::number("Berkas"),
        Column::number("Bagian"),
        Column::number("Median hari kerja"),
    ];
    let mut view = TableView::new("Jalur yang paling sering ditempuh", columns);
    for variant in &v.r.performance.rows.paths.variants {
        let group = [("variant", variant.path.as_str())];
        view.rows.push(vec![
            Markup::text(&variant.path.replace('-', " → ")),
            figure_or_none(c.figure("variant.count", &group)),
            figure_or_none(c.figure("variant.share", &group)),
            figure_or_none(c.figure("variant.days_median", &group)),
        ]);
    }
    let others = Phrase::of("Selain itu ")
        .figure(c.whole("variant.others"))
        .text(" jalur lain, ditempuh ")
        .figure(c.whole("variant.others_cases"))
        .text(" berkas.");
    Ok(Section::new("jalur", "Jalur berkas")
        .with(process_map::figure(
            "peta",
            "Jalur yang ditempuh berkas yang diputus",
            &map(v),
        )?)
        .table(&view)?
        .paragraph(&others))
}

fn map(v: &View) -> ProcessMap {
    let map = &v.r.performance.rows.paths.map;
    let cases: u64 = map
        .edges
        .iter()
        .filter(|e| e.from.is_none())
        .map(|e| e.count)
        .sum();
    ProcessMap {
        nodes: map
            .nodes
            .iter()
            .filter(|n| n.cases > 0)
            .map(|n| Node {
                step: n.step,
                title: n.title.clone(),
                cases: n.cases,
            })
            .collect(),
        edges: map
            .edges
            .iter()
            .map(|e| Edge {
                from: e.from,
                to: e.to,
                count: e.count,
            })
            .collect(),
        least: cases.div_ceil(LEAST_PART),
        note:
            "Tebal panah menurut jumlah perpindahan; kiri: berkas kembali, kanan: langkah dilewati."
                .to_owned(),
    }
}
