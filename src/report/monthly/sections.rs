//! The page's tables of figures: pause rules, dimensions, steps, trend, findings.

use std::collections::BTreeMap;

use crate::finding::{Check, Finding, Level};
use crate::format;
use crate::measure::Figure;
use crate::measure::overview::StageRow;
use crate::period::Period;
use crate::report::charts::bars;
use crate::report::html::{Column, Markup, TableView, figure_markup, figure_or_none};
use crate::report::monthly::context::Context;
use crate::report::words::{Phrase, group_value, out_of, pause_rule};
use crate::standard::PauseRule;

/// Examples of one check shown on the page.
const EXAMPLES: usize = 2;

/// A share's cell: the figure, below it its n and N and its interval.
pub fn share(c: &Context, indicator: &str, group: &[(&str, &str)]) -> Markup {
    share_at(c, c.r.overview.period, indicator, group)
}

/// A share's cell of another period.
pub fn share_at(c: &Context, period: Period, indicator: &str, group: &[(&str, &str)]) -> Markup {
    let figure = c.at(period, indicator, group);
    let printed = figure_or_none(figure);
    let Some(shown) = figure.filter(|f| f.numerator.is_some() && f.value.is_some()) else {
        return printed;
    };
    let below = Markup::text(&out_of(Some(shown)));
    let interval = c.interval_at(period, indicator, group);
    let interval = interval.map_or_else(String::new, |p| format!(" · {}", p.html()));
    Markup::trusted(format!(
        "{printed} <span class=\"sub\">{below}{interval}</span>"
    ))
}

fn share_columns(first: &str) -> Vec<Column> {
    vec![
        Column::text(first),
        Column::number("Tepat waktu dari yang jatuh tempo"),
        Column::number("Tepat waktu dari yang diputus"),
    ]
}

fn share_row(c: &Context, name: &str, group: &[(&str, &str)]) -> Vec<Markup> {
    vec![
        Markup::text(name),
        share(c, "on_time.due", group),
        share(c, "on_time.decided", group),
    ]
}

/// The headline under the standards' own rule and under each of the three.
pub fn pause_rules(c: &Context) -> TableView {
    let mut view = TableView::new(
        "Ketepatan menurut cara membaca jeda",
        share_columns("Cara menghitung"),
    );
    view.rows
        .push(share_row(c, "Menurut standar masing-masing", &[]));
    for rule in PauseRule::ALL {
        let group = [("pause", rule.code())];
        view.rows.push(share_row(c, pause_rule(rule), &group));
    }
    view
}

/// The part of the flow that a group shows.
const FLOW: [(&str, &str); 3] = [
    ("flow.received", "Diterima"),
    ("flow.decided", "Diputus"),
    ("flow.closing", "Akhir"),
];

/// On time by the values of a dimension; None where the data has none.
pub fn dimension(c: &Context, dimension: &str, caption: &str, heading: &str) -> Option<TableView> {
    let values = c.values(dimension);
    if values.is_empty() {
        return None;
    }
    let mut columns = share_columns(heading);
    columns.extend(FLOW.map(|(_, name)| Column::number(name)));
    let days = dimension == "service";
    if days {
        columns.push(Column::number("Median hari kerja"));
        columns.push(Column::number("Persentil 90"));
    }
    let mut view = TableView::new(caption, columns);
    for (code, name) in values {
        let group = [(dimension, code.as_str())];
        let mut row = share_row(c, name, &group);
        row.extend(FLOW.map(|(indicator, _)| figure_or_none(c.figure(indicator, &group))));
        if days {
            row.push(figure_or_none(c.figure("working_days.median", &group)));
            row.push(figure_or_none(c.figure("working_days.p90", &group)));
        }
        view.rows.push(row);
    }
    Some(view)
}

const STAGE_INDICATORS: [(&str, &str); 7] = [
    ("stage.executions", "Selesai"),
    ("stage.within_window", "Dalam batas hari"),
    ("stage.within_minutes", "Dalam batas menit"),
    ("stage.under_minutes", "Lebih cepat dari batas"),
    ("stage.minutes_median", "Median menit"),
    ("stage.minutes_p95", "Persentil 95 menit"),
    ("stage.rework", "Ulangan"),
];

/// "10. Telaahan teknis", below it who and the limits.
fn stage_name(stage: &StageRow) -> Markup {
    let title = Markup::text(&format!("{}. {}", stage.step, stage.title));
    let limits = match stage.minutes_words.as_str() {
        format::NONE => stage.window_words.clone(),
        minutes => format!("{}, {minutes}", stage.window_words),
    };
    let below = Markup::text(&format!("{} · batas: {limits}", stage.actor));
    Markup::trusted(format!("{title} <span class=\"sub\">{below}</span>"))
}

/// The steps over all services, or of one service.
pub fn stages(c: &Context, service: Option<(&str, &str)>) -> TableView {
    let caption = match service {
        Some((_, name)) => format!("Tahapan: {name}"),
        None => "Tahapan, semua layanan".to_owned(),
    };
    let mut columns = vec![Column::text("Langkah")];
    columns.extend(
        STAGE_INDICATORS
            .iter()
            .map(|(_, label)| Column::number(label)),
    );
    if service.is_none() {
        columns.push(Column::number("Jam dikerjakan"));
        columns.push(Column::number("Jam menunggu"));
    }
    let mut view = TableView::new(caption, columns).of_kind("stages");
    for stage in &c.r.overview.stages {
        let step = stage.step.to_string();
        let mut group = vec![("step", step.as_str())];
        if let Some((code, _)) = service {
            group.push(("service", code));
            if c.figure("stage.executions", &group).is_none() {
                continue;
            }
        }
        let mut row = vec![stage_name(stage)];
        row.extend(
            STAGE_INDICATORS
                .iter()
                .map(|(i, _)| stage_cell(c, i, &group)),
        );
        if service.is_none() {
            row.push(figure_or_none(c.figure("stage.work_hours", &group)));
            row.push(figure_or_none(c.figure("stage.wait_hours", &group)));
        }
        view.rows.push(row);
    }
    view
}

/// A figure of a step; a share with its n and N below it, and its interval where it was computed.
fn stage_cell(c: &Context, indicator: &str, group: &[(&str, &str)]) -> Markup {
    let figure = c.figure(indicator, group);
    if figure.is_none_or(|f| f.denominator.is_none_or(|d| d == 0)) {
        return figure_or_none(figure);
    }
    share(c, indicator, group)
}

/// Working days used by the cases decided, and the same in calendar days where a standard counts so.
pub fn durations(c: &Context) -> TableView {
    let columns = vec![
        Column::text("Lama layanan"),
        Column::number("Jumlah berkas"),
        Column::number("Median"),
        Column::number("Persentil 90"),
        Column::number("Persentil 95"),
    ];
    let mut view = TableView::new("Lama layanan berkas yang diputus", columns);
    for (family, name) in [
        ("working_days", "Hari kerja"),
        ("calendar_days", "Hari kalender"),
    ] {
        let figures: Vec<_> = ["median", "p90", "p95"]
            .map(|p| c.whole(&format!("{family}.{p}")))
            .into();
        if figures.iter().any(Option::is_some) {
            let n = figures
                .first()
                .copied()
                .flatten()
                .map(|f| format::count(f.n));
            let n = n.unwrap_or_else(|| format::NONE.to_owned());
            let mut row = vec![Markup::text(name), Markup::text(&n)];
            row.extend(figures.into_iter().map(figure_or_none));
            view.rows.push(row);
        }
    }
    view
}

/// The months behind the chart.
pub fn trend(c: &Context) -> TableView {
    let columns = vec![
        Column::text("Bulan"),
        Column::number("Tepat waktu"),
        Column::number("Jumlah"),
        Column::text("Sinyal"),
    ];
    let mut view = TableView::new("Nilai tiap bulan", columns).of_kind("months");
    for p in c.r.overview.trend.iter().rev() {
        let figure =
            c.r.overview
                .figures
                .get("on_time.due", &p.period.to_string(), &[]);
        let numbers = match figure {
            Some(f) => out_of(Some(f)),
            None => format!("N = {}", format::count(p.n)),
        };
        view.rows.push(vec![
            Markup::text(&format::period(p.period)),
            figure_or_none(figure),
            Markup::text(&numbers),
            Markup::text(p.signal.as_deref().unwrap_or(format::NONE)),
        ]);
    }
    view
}

/// Where the service time went.
///
/// # Errors
/// A template that cannot be rendered.
pub fn time(c: &Context) -> anyhow::Result<Markup> {
    let holders = [
        ("work", "c1"),
        ("waiting", "c2"),
        ("applicant", "c3"),
        ("agency", "c4"),
        ("unsplit", "c5"),
    ];
    let mut segments = Vec::new();
    for (holder, class) in holders {
        let group = [("holder", holder)];
        let Some(share) = c.figure("time.share", &group) else {
            continue;
        };
        let hours = c.figure("time.hours", &group);
        segments.push(bars::Segment {
            label: group_value("holder", holder),
            printed: figure_markup(share),
            detail: hours.map(figure_markup).unwrap_or_default(),
            share: share.value.unwrap_or(0.0),
            class,
        });
    }
    bars::stacked(
        "waktu",
        "Pemakaian waktu layanan berkas yang diputus",
        &segments,
    )
}

/// Findings by check, with label, level and the first examples.
pub fn findings(c: &Context) -> TableView {
    let columns = vec![
        Column::text("Pemeriksaan"),
        Column::text("Tingkat"),
        Column::number("Jumlah"),
        Column::text("Contoh"),
    ];
    let mut view = TableView::new("Temuan menurut pemeriksaan", columns).of_kind("findings");
    view.empty = "Tidak ada temuan.".to_owned();
    let mut by_check: BTreeMap<Check, Vec<&Finding>> = BTreeMap::new();
    for f in c.r.findings {
        by_check.entry(f.check).or_default().push(f);
    }
    for check in Check::ALL {
        let figure = c.figure("findings.count", &[("check", check.code())]);
        let found = by_check.get(check).map_or(&[][..], Vec::as_slice);
        if found.is_empty() && figure.is_none_or(|f| f.value == Some(0.0)) {
            continue;
        }
        let level = found.iter().map(|f| f.level).max();
        view.rows.push(vec![
            Markup::text(check.label()),
            Markup::text(level.unwrap_or_else(|| check.level()).label()),
            figure_or_none(figure),
            examples(found),
        ]);
    }
    if let Some(elsewhere) = c.figure("findings.elsewhere", &[]) {
        view.rows.push(vec![
            Markup::text("Temuan pada berkas di luar periode ini"),
            Markup::text(format::NONE),
            figure_or_none(Some(elsewhere)),
            Markup::text("Dihitung, tidak dirinci; rinciannya pada laporan periode berkas itu."),
        ]);
    }
    view
}

fn examples(found: &[&Finding]) -> Markup {
    let shown: Vec<String> = found
        .iter()
        .take(EXAMPLES)
        .map(|f| match f.key.is_empty() {
            true => f.message.clone(),
            false => format!("{}: {}", f.key, f.message),
        })
        .collect();
    Markup::text(&shown.join(" · "))
}

/// "Menahan publikasi 0 · Kesalahan 3 · ...".
pub fn levels<'a>(c: &Context<'a>) -> Vec<(&'static str, Option<&'a Figure>)> {
    let levels = [Level::Blocking, Level::Error, Level::Warning, Level::Info];
    let figure = |l: Level| {
        (
            l.label(),
            c.figure("findings.count", &[("level", l.code())]),
        )
    };
    levels.map(figure).into()
}

/// "dicabut dalam batas waktu 3, tidak dapat dinilai 1, ...": the reasons among the figures, those of none only `with_none`.
pub fn excluded<'a>(c: &Context<'a>, with_none: bool) -> Phrase<'a> {
    let mut phrase = Phrase::default();
    let mut comma = "";
    for reason in [
        "withdrawn",
        "not_assessable",
        "clock_not_started",
        "no_standard",
    ] {
        let figure = c.figure("excluded.due", &[("reason", reason)]);
        let Some(figure) = figure.filter(|f| with_none || f.value != Some(0.0)) else {
            continue;
        };
        let name = group_value("reason", reason).to_lowercase();
        phrase = phrase.text(format!("{comma}{name} ")).figure(Some(figure));
        comma = ", ";
    }
    phrase
}
