//! The agencies and the officers. Nobody is ranked: rows are in order of name, and the comparison is with those who did the
//! same work.

use super::View;
use crate::format;
use crate::measure::performance::{FunnelPoint, Measure, Position, least_executions};
use crate::report::blocks::Section;
use crate::report::charts::funnel::{self, Funnel};
use crate::report::html::{Column, Markup, TableView, figure_or_none};
use crate::report::monthly::sections::share;
use crate::report::performance::words;
use crate::report::words::Phrase;

/// Days from handing over to recommendation, by agency and month.
pub fn agencies(v: &View) -> anyhow::Result<Section> {
    let c = &v.c;
    let months = &v.r.performance.months;
    let mut columns = vec![
        Column::text("OPD"),
        Column::number("Diterima kembali"),
        Column::number("Median hari kerja"),
        Column::number("Persentil 90"),
    ];
    columns.extend(
        months
            .iter()
            .map(|m| Column::number(&format::period_short(*m))),
    );
    columns.push(Column::number("Masih di OPD"));
    columns.push(Column::number("Terlama"));
    let mut view = TableView::new("Rekomendasi teknis menurut OPD", columns);
    view.note = "Kolom bulan: median hari kerja rekomendasi yang diterima kembali dalam bulan itu."
        .to_owned();
    let named = v.r.performance.rows.agencies.names.iter();
    let rows = named.map(|name| (name.as_str(), vec![("agency", name.as_str())]));
    for (name, group) in rows.chain([("Semua", Vec::new())]) {
        let figure = |indicator: &str| figure_or_none(c.figure(indicator, &group));
        let mut row = vec![
            Markup::text(name),
            figure("agency.count"),
            figure("agency.days_median"),
            figure("agency.days_p90"),
        ];
        let month = |m| figure_or_none(c.at(m, "agency.days_median", &group));
        row.extend(months.iter().map(|m| month(*m)));
        row.push(figure("agency.open"));
        row.push(figure("agency.open_oldest"));
        view.rows.push(row);
    }
    Section::new("opd", "OPD teknis")
        .note("OPD memegang berkas, tetapi kantor ini yang bertanggung jawab kepada pemohon. Hari dihitung dari penyerahan sampai rekomendasi selesai; waktu di pemohon tidak dikurangkan. Waktu di OPD ditampilkan tanpa penilaian.")
        .table(&view)
}

/// The officers: how to read it, the funnel, the table, the roles.
pub fn officers(v: &View) -> anyhow::Result<Section> {
    let intro = Phrase::of(format!(
        "Setiap petugas dibandingkan dengan rekan yang mengerjakan langkah, jenis layanan dan bulan yang sama: yang diharapkan adalah jumlah pelaksanaan di luar standar bila ia bekerja seperti rata-rata rekan pada pekerjaan itu. Waktu di pemohon dan di OPD tidak dibebankan kepada siapa pun; berkas yang sudah lewat batas saat diterima, atau lewat batas selagi menunggu dalam antrean jabatan, dihitung tersendiri. Berkas yang masih dipegang dan sudah lewat batas ikut dihitung di luar standar. Di bawah {} pelaksanaan tidak diberikan angka. Urutan menurut nama, bukan peringkat.",
        format::count(least_executions(v.c.r.rules.least_n))
    ));
    Ok(Section::new("petugas", "Petugas")
        .paragraph(&intro)
        .heading("Pelaksanaan di luar standar: yang terjadi dan yang diharapkan")
        .with(funnel::figure(
            "corong",
            "Pelaksanaan di luar standar: yang terjadi terhadap yang diharapkan",
            &funnel(v),
        )?)
        .table(&comparison(v))?
        .table(&work(v))?
        .table(&roles(v))?
        .note("Lebih cepat dari batas bawah menit juga ditampilkan: terlalu cepat dapat berarti pemeriksaan tidak dilakukan. Rincian tiap langkah ada pada lembar Petugas Langkah; setiap petugas menerima edisi pribadi dengan tempat untuk tanggapannya."))
}

fn standard_points<'a>(v: &View<'a>) -> impl Iterator<Item = &'a FunnelPoint> {
    let all = v.r.performance.rows.comparison.funnel.iter();
    all.filter(|p| p.measure == Measure::Standard)
}

fn funnel(v: &View) -> Funnel {
    let points = standard_points(v).filter(|p| p.position != Position::NoComparison);
    Funnel {
        points: points.map(super::super::words::funnel_point).collect(),
        x_axis: "pelaksanaan di luar standar yang diharapkan".to_owned(),
        y_axis: "rasio: yang terjadi dibagi yang diharapkan".to_owned(),
    }
}

/// "Petugas A-01", below it name and unit of the register.
fn name(v: &View, officer: &str) -> Markup {
    let below = v.r.performance.officers.get(officer).map(|s| {
        let parts = [&s.name, &s.unit].into_iter().flatten();
        parts.cloned().collect::<Vec<_>>().join(", ")
    });
    match below.filter(|b| !b.is_empty()) {
        Some(below) => Markup::trusted(format!(
            "{} <span class=\"sub\">{}</span>",
            Markup::text(officer),
            Markup::text(&below)
        )),
        None => Markup::text(officer),
    }
}

fn comparison(v: &View) -> TableView {
    let c = &v.c;
    let columns = vec![
        Column::text("Petugas"),
        Column::number("Diperbandingkan"),
        Column::number("Tanpa pembanding"),
        Column::number("Di luar standar"),
        Column::number("Diharapkan"),
        Column::number("Rasio"),
        Column::number("Batas 95 %"),
        Column::number("Batas 99,8 %"),
        Column::text("Arti"),
    ];
    let mut view = TableView::new("Perbandingan menurut pekerjaan yang sama", columns);
    let judged = |p: &&FunnelPoint| p.n + p.alone > 0;
    let others: Vec<&str> = standard_points(v)
        .filter(|p| !judged(p))
        .map(|p| p.officer.as_str())
        .collect();
    if !others.is_empty() {
        view.note = format!(
            "Seluruh pekerjaannya tanpa batas hari dan menit yang dapat dinilai: {}.",
            others.join(", ")
        );
    }
    for point in standard_points(v).filter(judged) {
        let group = [("officer", point.officer.as_str()), ("measure", "standard")];
        let figure = |indicator: &str| figure_or_none(c.figure(indicator, &group));
        let limits = |level: &str| {
            let side = |side| {
                let mut group = group.to_vec();
                group.extend([("level", level), ("side", side)]);
                c.figure("personnel.limit", &group)
            };
            let both = Phrase::default()
                .figure(side("lower"))
                .text("–")
                .figure(side("upper"));
            both.html()
        };
        let compared = point.position != Position::NoComparison;
        let or_none = |m: Markup| match compared {
            true => m,
            false => Markup::text(format::NONE),
        };
        view.rows.push(vec![
            name(v, &point.officer),
            figure("personnel.compared"),
            figure("personnel.alone"),
            figure("personnel.observed"),
            or_none(figure("personnel.expected")),
            or_none(figure("personnel.ratio")),
            or_none(limits("95")),
            or_none(limits("99.8")),
            Markup::text(&words::standing(point, v.c.r.rules.least_n)),
        ]);
    }
    view
}

const WORK: [(&str, &str); 10] = [
    ("personnel.executions", "Pelaksanaan"),
    ("personnel.within", "Memenuhi standar"),
    ("personnel.within_window", "Dalam batas hari"),
    ("personnel.within_minutes", "Dalam batas menit"),
    ("personnel.under", "Lebih cepat dari batas"),
    ("personnel.minutes_median", "Median waktu"),
    ("personnel.late_on_arrival", "Sudah lewat saat diterima"),
    ("personnel.rework", "Dikerjakan ulang"),
    ("personnel.overdue", "Masih dipegang, lewat batas"),
    ("personnel.held_hours", "Lama memegang berkas"),
];

fn work(v: &View) -> TableView {
    let mut view =
        TableView::new("Pekerjaan tiap petugas", work_columns("Petugas")).of_kind("stages");
    for row in &v.r.performance.rows.personnel.officers {
        let group = [("officer", row.officer.as_str())];
        let mut cells = vec![name(v, &row.officer)];
        cells.extend(WORK.map(|(indicator, _)| cell(v, indicator, &group)));
        view.rows.push(cells);
    }
    view
}

fn roles(v: &View) -> TableView {
    let mut columns = work_columns("Jabatan");
    columns.push(Column::number("Jam menunggu"));
    let mut view = TableView::new("Pekerjaan tiap jabatan", columns).of_kind("stages");
    view.note = "Waktu menunggu adalah antrean jabatan dan tidak dibebankan kepada petugas yang kemudian mengerjakannya.".to_owned();
    for (role, _) in &v.r.performance.rows.personnel.roles {
        let group = [("role", role.as_str())];
        let mut cells = vec![Markup::text(role)];
        cells.extend(WORK.map(|(indicator, _)| cell(v, indicator, &group)));
        cells.push(cell(v, "personnel.wait_hours", &group));
        view.rows.push(cells);
    }
    view
}

fn work_columns(first: &str) -> Vec<Column> {
    let mut columns = vec![Column::text(first)];
    columns.extend(WORK.map(|(_, label)| Column::number(label)));
    columns
}

fn cell(v: &View, indicator: &str, group: &[(&str, &str)]) -> Markup {
    let figure = v.c.figure(indicator, group);
    match figure.is_some_and(|f| f.denominator.is_some() && f.value.is_some()) {
        true => share(&v.c, indicator, group),
        false => figure_or_none(figure),
    }
}
