//! The stages of the standard: over the semester, by month, and their time against natural process limits.

use super::View;
use crate::format;
use crate::measure::performance::{StagePoint, StageTrend};
use crate::report::blocks::Section;
use crate::report::charts::heat::{self, Cell, Heat, Worse};
use crate::report::charts::panels::{self, Panel};
use crate::report::charts::scale::Unit;
use crate::report::charts::series::{Limits, Point, Series};
use crate::report::html::{Column, Markup, TableView, figure_markup, figure_or_none};
use crate::report::monthly::{html, sections};
use crate::report::performance::words;

/// The semester's stages, where the time went, and which stage used the lost days.
pub fn stages(v: &View) -> anyhow::Result<Section> {
    let c = &v.c;
    let mut section = Section::new("tahapan", "Tahapan")
        .heading("Pemakaian waktu layanan")
        .with(sections::time(c)?)
        .table(&sections::stages(c, None))?
        .table(&lost_days(v))?
        .note("Hari di atas batas tiap berkas yang diputus terlambat dibagi atas langkah menurut waktu layanan yang dipakai, di luar waktu di pemohon. Pembagian ini menunjukkan ke mana hari terpakai, bukan siapa yang salah.");
    let by_service: String = html::stages_by_service(c)?
        .iter()
        .map(Markup::as_str)
        .collect();
    if !by_service.is_empty() {
        section = section.fold("Tahapan menurut layanan", &Markup::trusted(by_service));
    }
    Ok(section)
}

fn lost_days(v: &View) -> TableView {
    let c = &v.c;
    let columns = vec![
        Column::text("Langkah"),
        Column::number("Hari di atas batas"),
        Column::number("Bagian"),
    ];
    let mut view = TableView::new("Hari keterlambatan menurut langkah", columns);
    for lost in &v.r.performance.rows.lost_days {
        let (number, name) = match lost.step {
            Some(step) => (step.to_string(), words::step(c, step)),
            None => (format::NONE.to_owned(), "Tidak tercatat".to_owned()),
        };
        let group = [("step", number.as_str())];
        view.rows.push(vec![
            Markup::text(&name),
            figure_or_none(c.figure("lost_days.days", &group)),
            figure_or_none(c.figure("lost_days.share", &group)),
        ]);
    }
    view
}

/// Stage by month as heat maps, and the numbers behind them.
pub fn months(v: &View) -> anyhow::Result<Section> {
    let shares = "Warna terkuat menandai bagian terkecil yang dalam batas.";
    Ok(Section::new("bulanan", "Tahapan menurut bulan")
        .with(heat::figure(
            "heat-hari",
            "Dalam batas hari",
            &heat(v, "stage.within_window", shares),
        )?)
        .with(heat::figure(
            "heat-menit",
            "Dalam batas menit",
            &heat(v, "stage.within_minutes", shares),
        )?)
        .fold(
            "Waktu menunggu, waktu dikerjakan dan ulangan tiap bulan",
            &Markup::trusted(
                [
                    table(
                        v,
                        "stage.wait_median",
                        "Median waktu menunggu sebelum langkah",
                    ),
                    table(v, "stage.minutes_median", "Median waktu dikerjakan"),
                    table(v, "stage.rework", "Ulangan"),
                    table(v, "stage.executions", "Pelaksanaan selesai"),
                ]
                .iter()
                .map(|t| t.markup().map(|m| m.to_string()))
                .collect::<anyhow::Result<String>>()?,
            ),
        ))
}

fn heat(v: &View, indicator: &str, note: &str) -> Heat {
    let c = &v.c;
    let months = &v.r.performance.months;
    let row = |stage: &crate::measure::StageRow| {
        let step = stage.step.to_string();
        let cell = |period: &crate::period::Period| {
            let group = [("step", step.as_str())];
            match c.at(*period, indicator, &group) {
                Some(f) => match f.value {
                    Some(value) => Cell::Value {
                        printed: figure_markup(f),
                        value,
                    },
                    None if f.n > 0 => Cell::Withheld {
                        printed: figure_markup(f),
                        reason: "terlalu sedikit untuk persentase".to_owned(),
                    },
                    None => Cell::None,
                },
                None => Cell::None,
            }
        };
        heat::Row {
            label: format!("{}. {}", stage.step, stage.title),
            cells: months.iter().map(cell).collect(),
        }
    };
    let rows = c.r.overview.stages.iter().map(row);
    Heat {
        corner: "Langkah".to_owned(),
        columns: months.iter().map(|m| format::period_short(*m)).collect(),
        rows: rows
            .filter(|r| r.cells.iter().any(|c| *c != Cell::None))
            .collect(),
        bounds: [60.0, 75.0, 90.0, 97.0],
        unit: Unit::Percent,
        worse: Worse::Low,
        note: note.to_owned(),
    }
}

/// One indicator by stage and month.
fn table(v: &View, indicator: &str, caption: &str) -> TableView {
    let c = &v.c;
    let months = &v.r.performance.months;
    let mut columns = vec![Column::text("Langkah")];
    columns.extend(
        months
            .iter()
            .map(|m| Column::number(&format::period_short(*m))),
    );
    columns.push(Column::number("Semester"));
    let mut view = TableView::new(caption, columns);
    for stage in &c.r.overview.stages {
        let step = stage.step.to_string();
        let group = [("step", step.as_str())];
        let own = c.figure(indicator, &group);
        if own.is_none_or(|f| f.n == 0) {
            continue;
        }
        let mut row = vec![Markup::text(&format!("{}. {}", stage.step, stage.title))];
        row.extend(
            months
                .iter()
                .map(|m| figure_or_none(c.at(*m, indicator, &group))),
        );
        row.push(figure_or_none(own));
        view.rows.push(row);
    }
    view
}

/// The time through each stage, 24 months, with signals in words.
pub fn trends(v: &View) -> anyhow::Result<Section> {
    let trends = &v.r.performance.stage_trends;
    let panels: Vec<Panel> = trends.iter().map(panel).collect();
    let signals: Vec<Markup> = trends.iter().flat_map(signals).collect();
    let section = Section::new("kendali", "Waktu tiap langkah dan batas kendali")
        .note("Median jam layanan sejak berkas dapat dikerjakan sampai langkah selesai, tiap bulan. Selama tidak ada sinyal, naik-turunnya wajar dan tidak perlu ditafsirkan.")
        .with(panels::figure("xmr", "Median jam layanan tiap langkah", &panels)?)
        .heading("Sinyal");
    Ok(match signals.is_empty() {
        true => section.note("Tidak ada sinyal."),
        false => section.list(&signals),
    })
}

fn panel(trend: &StageTrend) -> Panel {
    let point = |p: &StagePoint| Point {
        label: format::period(p.period),
        short: format::period_short(p.period),
        value: p.hours,
        printed: p.printed.clone(),
        n: p.n,
        signal: p.signal.clone(),
    };
    Panel {
        name: format!("{}. {}", trend.step, trend.title),
        series: Series {
            points: trend.points.iter().map(point).collect(),
            limits: trend.limits.map(|l| Limits {
                mean: l.mean,
                lower: l.lower,
                upper: l.upper,
            }),
            unit: Unit::Hours,
            floor: Some(0.0),
            ceiling: None,
        },
    }
}

/// Each run of months with the same signal as one sentence.
fn signals(trend: &StageTrend) -> Vec<Markup> {
    let runs = trend.points.chunk_by(|a, b| a.signal == b.signal);
    let words = |run: &[StagePoint]| {
        let (first, last) = (run.first()?, run.last()?);
        let signal = first.signal.as_ref()?;
        let when = match run.len() {
            1 => format!("{} ({})", format::period(first.period), first.printed),
            _ => format!(
                "{} ({}) sampai {} ({})",
                format::period(first.period),
                first.printed,
                format::period(last.period),
                last.printed
            ),
        };
        let text = format!("Langkah {}. {}, {when}: {signal}.", trend.step, trend.title);
        Some(Markup::text(&text))
    };
    runs.filter_map(words).collect()
}
