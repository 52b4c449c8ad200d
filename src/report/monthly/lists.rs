//! The page's lists of cases: overdue, at risk, oldest, late, with the applicant, clock not started.

use crate::format;
use crate::measure::overview::{LateCase, OpenCase};
use crate::report::html::{Column, Markup, TableView};
use crate::report::monthly::context::{Context, LONGEST_LIST, held};
use crate::report::words::days_left;
use crate::standard::Unit;

/// A list cut at [`LONGEST_LIST`], saying so and where the rest stands.
fn list<T>(
    caption: &str,
    columns: Vec<Column>,
    rows: &[T],
    sheet: &str,
    cells: impl Fn(&T) -> Vec<Markup>,
) -> TableView {
    let mut view = TableView::new(caption, columns).of_kind("cases");
    view.rows = rows.iter().take(LONGEST_LIST).map(cells).collect();
    if rows.len() > LONGEST_LIST {
        view.note = format!(
            "Ditampilkan {LONGEST_LIST} dari {} berkas; selengkapnya pada lembar {sheet} buku kerja.",
            format::count(rows.len() as u64)
        );
    }
    view
}

fn text(words: &str) -> Markup {
    Markup::text(words)
}

fn day(day: Option<crate::instant::Day>) -> Markup {
    text(&day.map_or_else(|| format::NONE.to_owned(), format::day_short))
}

fn number(value: Option<u32>) -> Markup {
    text(&value.map_or_else(|| format::NONE.to_owned(), |v| format::count(v.into())))
}

fn open_columns() -> Vec<Column> {
    vec![
        Column::text("Nomor berkas"),
        Column::text("Layanan"),
        Column::date("Batas waktu"),
        Column::number("Sisa"),
        Column::number("Hari ke-"),
        Column::text("Langkah"),
        Column::text("Pemegang"),
    ]
}

fn open_cells(c: &OpenCase) -> Vec<Markup> {
    vec![
        text(&c.case_id),
        text(&c.service_name),
        day(c.deadline),
        text(&days_left(c.days_left)),
        number(c.age),
        text(&c.at_step),
        text(&held(c)),
    ]
}

/// Undecided past the deadline.
pub fn overdue(c: &Context) -> TableView {
    let rows = &c.r.overview.overdue;
    list(
        "Berkas lewat batas",
        open_columns(),
        rows,
        "Berkas",
        open_cells,
    )
}

/// Running with few days left.
pub fn at_risk(c: &Context) -> TableView {
    let rows = &c.r.overview.at_risk;
    list(
        "Berkas segera jatuh tempo",
        open_columns(),
        rows,
        "Berkas",
        open_cells,
    )
}

/// The ten open longest.
pub fn oldest(c: &Context) -> TableView {
    let rows = &c.r.overview.oldest;
    list(
        "Sepuluh berkas terbuka paling lama",
        open_columns(),
        rows,
        "Berkas",
        open_cells,
    )
}

/// Clock not started, with the place.
pub fn not_started(c: &Context) -> TableView {
    let columns = vec![
        Column::text("Nomor berkas"),
        Column::text("Layanan"),
        Column::date("Diterima"),
        Column::number("Hari kerja sejak pendaftaran"),
        Column::text("Posisi"),
        Column::text("Pemegang"),
    ];
    list(
        "Hitungan belum berjalan",
        columns,
        &c.r.overview.not_started,
        "Berkas",
        |c| {
            vec![
                text(&c.case_id),
                text(&c.service_name),
                day(c.received.map(crate::instant::Instant::day)),
                number(c.age),
                text(c.place.as_deref().unwrap_or(format::NONE)),
                text(&held(c)),
            ]
        },
    )
    .folded()
}

/// With the applicant at `as_of`.
pub fn paused(c: &Context) -> TableView {
    let columns = vec![
        Column::text("Nomor berkas"),
        Column::text("Layanan"),
        Column::date("Sejak"),
        Column::number("Hari jeda"),
        Column::text("Penilaian"),
        Column::text("Penilaian bila jeda dihitung"),
    ];
    list(
        "Sedang di pemohon",
        columns,
        &c.r.overview.paused,
        "Berkas",
        |c| {
            let include = c.verdict_include.map_or(format::NONE, |v| v.label());
            vec![
                text(&c.case_id),
                text(&c.service_name),
                day(c.since.map(crate::instant::Instant::day)),
                number(Some(c.paused_days)),
                text(c.verdict.label()),
                text(include),
            ]
        },
    )
    .folded()
}

/// Decided late, with the step that used the days.
pub fn late(c: &Context) -> TableView {
    let columns = vec![
        Column::text("Nomor berkas"),
        Column::text("Layanan"),
        Column::date("Batas waktu"),
        Column::date("Diputus"),
        Column::number("Lewat"),
        Column::text("Pemakai waktu terbanyak"),
    ];
    list(
        "Berkas diputus terlambat",
        columns,
        &c.r.overview.late,
        "Berkas",
        |l| {
            vec![
                text(&l.case_id),
                text(&l.service_name),
                day(Some(l.deadline)),
                text(&format::date_short(l.decided.date())),
                text(&format!("{} {}", l.days_over, over_unit(c, l))),
                text(&used(l)),
            ]
        },
    )
    .folded()
}

/// Days or hours, as the standard counts.
fn over_unit(c: &Context, l: &LateCase) -> &'static str {
    let latest = c.r.library.revisions(&l.service).and_then(|all| all.last());
    match latest.map(|s| s.total.unit) {
        Some(Unit::ElapsedHours) => "jam",
        _ => "hari",
    }
}

fn used(l: &LateCase) -> String {
    match l.used_by_step {
        Some(step) => format!(
            "Langkah {step}, {} ({})",
            l.used_by,
            format::hours(l.used_seconds)
        ),
        None => l.used_by.clone(),
    }
}
