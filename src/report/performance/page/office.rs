//! The office as a whole: the promise by month and semester, readings, durations, flow, returns, data quality.

use super::View;
use crate::format;
use crate::period::Period;
use crate::report::blocks::Section;
use crate::report::charts::distribution::{self, Distribution};
use crate::report::charts::intervals::{self, IntervalRow, Intervals};
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::monthly::sections::{share, share_at};
use crate::report::monthly::{html, lists, sections};
use crate::report::performance::words;
use crate::report::words::{Phrase, out_of};

/// Facts as label pairs.
fn pairs(facts: Vec<html::Fact>) -> impl Iterator<Item = (Markup, String)> {
    facts.into_iter().map(|f| (f.printed, f.label))
}

/// Earlier semesters, the months, and the semester itself.
fn periods(v: &View) -> Vec<Period> {
    let p = v.r.performance;
    let own = std::iter::once(v.c.r.overview.period);
    p.earlier
        .iter()
        .chain(&p.months)
        .copied()
        .chain(own)
        .collect()
}

/// On time of those due, by month and against earlier semesters.
pub fn promise(v: &View) -> anyhow::Result<Section> {
    let c = &v.c;
    let rows = periods(v).into_iter().map(|p| interval_row(v, p)).collect();
    let chart = Intervals {
        rows,
        reference: None,
        corner: "Periode".to_owned(),
    };
    let excluded = Phrase::of("Tidak masuk persentase: ")
        .phrase(sections::excluded(c, true))
        .text(". Semua bulan dinilai menurut keadaan yang sama, yaitu tanggal laporan ini, sehingga jumlah keenam bulan sama dengan semester; tinjauan bulanan menilai tiap bulan menurut keadaan akhir bulan itu.");
    let mut section = Section::new("janji", "Janji layanan")
        .facts(pairs(html::due_parts(c)))
        .with(intervals::figure(
            "janji-periode",
            "Tepat waktu dari yang jatuh tempo, dengan selang 95 %",
            &chart,
        )?)
        .paragraph(&excluded)
        .table(&by_period(v))?;
    for table in html::dimensions(c)? {
        section = section.with(table);
    }
    Ok(section)
}

fn interval_row(v: &View, period: Period) -> IntervalRow {
    let c = &v.c;
    let figure = c.at(period, "on_time.due", &[]);
    let bound = |indicator: &str| c.at(period, indicator, &[]).and_then(|f| f.value);
    IntervalRow {
        label: format::period(period),
        share: figure.and_then(|f| f.value),
        interval: bound("on_time.due.low").zip(bound("on_time.due.high")),
        printed: figure_or_none(figure),
        detail: Markup::text(&out_of(figure)),
        highlight: period == c.r.overview.period,
    }
}

fn by_period(v: &View) -> TableView {
    let c = &v.c;
    let columns = vec![
        Column::text("Periode"),
        Column::number("Tepat waktu dari yang jatuh tempo"),
        Column::number("Tepat waktu dari yang diputus"),
        Column::number("Diterima"),
        Column::number("Diputus"),
        Column::number("Dicabut"),
        Column::number("Akhir"),
        Column::number("Median hari kerja"),
        Column::number("Persentil 90"),
        Column::number("Persentil 95"),
    ];
    let mut view = TableView::new("Menurut bulan dan semester", columns);
    for period in periods(v) {
        let mut row = vec![
            Markup::text(&format::period(period)),
            share_at(c, period, "on_time.due", &[]),
            share_at(c, period, "on_time.decided", &[]),
        ];
        let others = [
            "flow.received",
            "flow.decided",
            "flow.withdrawn",
            "flow.closing",
            "working_days.median",
            "working_days.p90",
            "working_days.p95",
        ];
        row.extend(others.map(|i| figure_or_none(c.at(period, i, &[]))));
        view.rows.push(row);
    }
    view
}

/// What the headline would be under other readings.
pub fn sensitivity(v: &View) -> anyhow::Result<Section> {
    let c = &v.c;
    let columns = vec![
        Column::text("Cara membaca"),
        Column::number("Tepat waktu dari yang jatuh tempo"),
        Column::number("Selisih"),
        Column::number("Tepat waktu dari yang diputus"),
        Column::number("Median hari kerja"),
    ];
    let mut view = TableView::new("Kepekaan angka utama", columns);
    let works = c.r.library.calendar.joint_leave_works;
    for rule in crate::measure::performance::sensitivity::RULES {
        let group = [("rule", rule)];
        view.rows.push(vec![
            Markup::text(words::reading(rule, works)),
            share(c, "sensitivity.due", &group),
            figure_or_none(c.figure("sensitivity.due.change", &group)),
            share(c, "sensitivity.decided", &group),
            figure_or_none(c.figure("sensitivity.days_median", &group)),
        ]);
    }
    Section::new("kepekaan", "Kepekaan")
        .note("Standar dapat dibaca lebih dari satu cara, dan data dapat keliru. Tabel ini menunjukkan seberapa jauh angka utama bergantung pada pilihan itu. Yang dikeluarkan pada baris terakhir adalah berkas dengan temuan data berupa peringatan atau lebih berat.")
        .table(&view)
}

/// Working days used, distribution with the limit, Kaplan-Meier, age of the open.
pub fn durations(v: &View) -> anyhow::Result<Section> {
    let c = &v.c;
    let km = Phrase::of("Median Kaplan–Meier hari kerja berkas yang diterima dalam semester ini, termasuk yang belum selesai: ")
        .figure(c.whole("working_days.km_median"))
        .text(" (selang 95 %: ")
        .figure(c.whole("working_days.km_median.low"))
        .text(" sampai ")
        .figure(c.whole("working_days.km_median.high"))
        .text("); tidak termasuk ")
        .figure(c.whole("working_days.km_excluded"))
        .text(" berkas tanpa perhitungan yang berjalan atau dengan batas hari kalender.");
    let mut section = Section::new("lama", "Lama layanan")
        .table(&sections::durations(c))?
        .paragraph(&km)
        .heading("Sebaran hari terhadap batas waktu")
        .with(distribution::figure(
            "sebaran",
            "Hari terhadap batas, berkas yang diputus",
            &margins(v),
        )?);
    let mut each = String::new();
    for (number, (code, name)) in c.values("service").iter().enumerate() {
        if let Some(d) = of_service(v, code) {
            each.push_str(&format!("<h3>{}</h3>\n", Markup::text(name)));
            each.push_str(distribution::figure(&format!("sebaran-{number}"), name, &d)?.as_str());
        }
    }
    if !each.is_empty() {
        section = section.fold("Sebaran menurut layanan", &Markup::trusted(each));
    }
    Ok(section.heading("Umur berkas terbuka").facts(
        crate::measure::performance::office::AGE_CODES.map(|code| {
            let figure = c.figure("open.ageing", &[("over", code)]);
            (figure_or_none(figure), words::age(code).to_lowercase())
        }),
    ))
}

/// Days before or after the limit: 0 is the last day of it.
fn margins(v: &View) -> Distribution {
    let bars = v.c.all("limit_margin.count");
    let bars = bars.iter().filter_map(|f| {
        let days = f.group.get("days")?.parse().ok()?;
        Some((days, f.n))
    });
    Distribution {
        bars: bars.collect(),
        limit: Some(0),
        limit_label: "batas waktu".to_owned(),
        marks: Vec::new(),
        axis: "hari sebelum (−) atau sesudah batas".to_owned(),
        counted: "berkas".to_owned(),
    }
}

fn of_service(v: &View, service: &str) -> Option<Distribution> {
    let c = &v.c;
    let bars: Vec<(i64, u64)> = c
        .all("days_used.count")
        .iter()
        .filter(|f| f.group.get("service").is_some_and(|s| s == service))
        .filter_map(|f| Some((f.group.get("days")?.parse().ok()?, f.n)))
        .collect();
    let standard = c.r.library.revisions(service)?.last()?;
    let stated = i64::from(match standard.total.unit {
        // H is the first working day of the count.
        crate::standard::Unit::WorkingDays => standard.total.value + 1,
        _ => standard.total.value,
    });
    let group = [("service", service)];
    let mark = |indicator: &str, words: &str| {
        let days = c.figure(indicator, &group)?.value? as i64;
        Some((days, format!("{words} {days}")))
    };
    let marks = [
        mark("working_days.median", "median"),
        mark("working_days.p90", "persentil 90:"),
    ];
    (!bars.is_empty()).then(|| Distribution {
        bars,
        limit: Some(stated),
        limit_label: format!("batas {stated}"),
        marks: marks.into_iter().flatten().collect(),
        axis: format!("{} terpakai", standard.total.unit.label()),
        counted: "berkas".to_owned(),
    })
}

/// The balance, the cases in no percentage, and the lists of the open.
pub fn flow(v: &View) -> anyhow::Result<Section> {
    let c = &v.c;
    let steps: String = html::flow(c)
        .into_iter()
        .map(|(sign, f)| {
            let sign = match sign {
                "" => String::new(),
                s => format!("<span class=\"sign\">{s}</span>"),
            };
            let label = Markup::text(&f.label);
            format!(
                "<li>{sign}<span class=\"value\">{}</span><span class=\"name\">{label}</span></li>",
                f.printed
            )
        })
        .collect();
    let beside = Phrase::of(
        "Berkas berikut tidak masuk persentase atau mudah luput darinya; karena itu masing-masing ditampilkan dengan jumlahnya.",
    );
    Section::new("arus", "Arus dan berkas terbuka")
        .with(Markup::trusted(format!(
            "<ol class=\"flow\">{steps}</ol>\n"
        )))
        .with(Markup::trusted(format!(
            "<p class=\"note\">{}</p>\n",
            html::flow_note(c)
        )))
        .paragraph(&beside)
        .facts(pairs(html::no_deadline(c)))
        .table(&lists::overdue(c).folded())?
        .table(&lists::at_risk(c).folded())?
        .table(&lists::oldest(c))?
        .table(&lists::not_started(c))?
        .table(&lists::paused(c))?
        .table(&lists::late(c))
}

/// Files returned to the applicant.
pub fn returns(v: &View) -> anyhow::Result<Section> {
    let c = &v.c;
    let words = Phrase::of("Dari berkas yang diputus, ")
        .figure(c.whole("returns.case_share"))
        .text(" pernah dikembalikan kepada pemohon, seluruhnya ")
        .figure(c.whole("returns.count"))
        .text(" kali. Berkas berada di pemohon dengan median ")
        .figure(c.whole("returns.calendar_days_median"))
        .text(" hari kalender (persentil 90: ")
        .figure(c.whole("returns.calendar_days_p90"))
        .text("), atau ")
        .figure(c.whole("returns.working_days_median"))
        .text(" hari kerja (persentil 90: ")
        .figure(c.whole("returns.working_days_p90"))
        .text(").");
    let columns = vec![
        Column::text("Dikembalikan oleh langkah"),
        Column::number("Kali"),
    ];
    let mut by = TableView::new("Asal pengembalian", columns);
    for figure in c.all("returns.by") {
        let step = figure
            .group
            .get("step")
            .map_or(format::NONE, String::as_str);
        let name = step
            .parse()
            .map_or_else(|_| "tidak tercatat".to_owned(), |s| words::step(c, s));
        by.rows
            .push(vec![Markup::text(&name), figure_or_none(Some(figure))]);
    }
    Section::new("pengembalian", "Pengembalian berkas")
        .paragraph(&words)
        .table(&by)?
        .note("Berkas yang dikembalikan lebih dari satu kali disebut satu per satu: menurut salah satu cara membaca standar, setiap pengembalian memulai hitungan dari awal.")
        .table(&repeated(v).folded())
}

fn repeated(v: &View) -> TableView {
    let columns = vec![
        Column::text("Nomor berkas"),
        Column::text("Layanan"),
        Column::number("Kali"),
        Column::number("Hari kalender di pemohon"),
        Column::text("Penilaian"),
        Column::text("Penilaian bila hitungan diulang"),
    ];
    let mut view = TableView::new("Dikembalikan lebih dari satu kali", columns).of_kind("cases");
    for case in &v.r.performance.rows.repeated_returns {
        view.rows.push(vec![
            Markup::text(&case.case_id),
            Markup::text(v.service(&case.service)),
            Markup::text(&case.times.to_string()),
            Markup::text(&format::integer(case.calendar_days)),
            Markup::text(case.verdict.label()),
            Markup::text(case.verdict_restart.map_or(format::NONE, |v| v.label())),
        ]);
    }
    view
}

/// Findings on the data.
pub fn quality(v: &View) -> anyhow::Result<Section> {
    let c = &v.c;
    Ok(Section::new("mutu", "Mutu data")
        .facts(pairs(html::levels(c)))
        .table(&sections::findings(c))?
        .note("Seluruh temuan tercantum pada lembar Temuan Data buku kerja."))
}
