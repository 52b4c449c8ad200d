//! Sheets Petugas, Petugas Langkah and Jabatan: what officers and roles did, and what their mix of work would lead to.
//!
//! In: `personnel.*` and the funnel. Out: three worksheets. Rows stand by officer, never by result: nobody is ranked.

use rust_xlsxwriter::Worksheet;

use crate::format;
use crate::measure::performance::{
    FunnelPoint, Measure, OfficerRow, Performance, Position, least_executions,
};
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::workbook::sheet::{Sheet, step_label};
use crate::report::xlsx::Book;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};

/// Colour of the tabs about people.
const TAB: u32 = 0x004D_5A6A;

const WHO: [&str; 3] = ["Petugas", "Nama dan unit kerja", "Jabatan"];

const WHO_AGAIN: [&str; 3] = ["Petugas", "Nama dan unit kerja", ""];

fn how_to_read(least: u64) -> String {
    format!(
        "Cara membaca: pelaksanaan yang diterima petugas setelah batasnya lewat tidak dihitung sebagai batas yang terlampaui; waktu di \
         pemohon dan di OPD tidak dibebankan kepada siapa pun. Angka petugas dengan kurang dari {} pelaksanaan ditahan. Pengerjaan \
         yang lebih cepat dari batas paling sedikit ditampilkan di samping keterlambatan, sebab keduanya perlu dijelaskan.",
        format::count(least)
    )
}

const COMPARISON: &str = "Cara membaca: yang diharapkan ialah banyaknya batas yang terlampaui seandainya petugas bekerja seperti rata-rata semua \
    petugas pada langkah, jenis layanan, dan bulan yang sama. Rasio di atas 1 berarti lebih banyak dari yang diharapkan. Kira-kira satu dari 20 \
    petugas berada di luar batas 95 % karena kebetulan semata; yang di luar batas 99,8 % patut ditanyakan sebabnya, bukan langsung disimpulkan. \
    Pelaksanaan sendiri: tidak ada petugas lain pada langkah, layanan, dan bulan itu, sehingga tidak dapat diperbandingkan. Baris disusun menurut \
    kode petugas, bukan menurut hasil.";

/// Sheet Petugas.
///
/// # Errors
/// What the workbook writer refuses.
pub fn officers(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let mut s = sheet(c, book, "Petugas", vec![24.0, 18.0, 30.0, 34.0])?;
    let officers = &r.performance.rows.personnel.officers;
    s.note(&how_to_read(least_executions(c.r.rules.least_n)))?;
    s.gap();
    for (at, (title, columns)) in tables().into_iter().enumerate() {
        s.section(title)?;
        s.heads(if at == 0 { &WHO } else { &WHO_AGAIN }, &columns)?;
        for officer in officers {
            let mut labels = who(r.performance, officer);
            // Roles are long; once is enough.
            if let Some(roles) = labels.last_mut().filter(|_| at > 0) {
                roles.clear();
            }
            s.line(
                &Code::group("officer", &officer.officer),
                &refs(&labels),
                &columns,
                Show::Number,
            )?;
        }
        s.gap();
    }
    compared(&mut s, r)?;
    s.gap();
    positions(&mut s)?;
    Ok(s.finish(TAB))
}

/// Sheet Petugas Langkah.
///
/// # Errors
/// What the workbook writer refuses.
pub fn by_step(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let mut s = sheet(c, book, "Petugas Langkah", vec![26.0, 18.0, 40.0])?;
    let officers = &r.performance.rows.personnel.officers;
    for (title, columns) in tables() {
        s.section(title)?;
        s.heads(&["Petugas", "Langkah"], &columns)?;
        for OfficerRow { officer, steps, .. } in officers {
            for (step, _) in steps {
                let step = step.to_string();
                let code = Code::group("officer", officer).with("step", &step);
                s.line(
                    &code,
                    &[officer, &step_label(c, &step)],
                    &columns,
                    Show::Number,
                )?;
            }
        }
        s.gap();
    }
    Ok(s.finish(TAB))
}

/// Sheet Jabatan.
///
/// # Errors
/// What the workbook writer refuses.
pub fn roles(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let mut s = sheet(c, book, "Jabatan", vec![26.0, 44.0])?;
    s.note("Waktu berkas menunggu dibebankan kepada jabatan yang harus mengerjakannya, bukan kepada petugas yang kemudian mengambilnya.")?;
    s.gap();
    let mut tables = tables();
    if let Some((_, columns)) = tables.last_mut() {
        let wait = Code::of("personnel.wait_hours");
        columns.push(Column::new("Jam menunggu", wait, Show::Decimal));
    }
    for (title, columns) in tables {
        s.section(title)?;
        s.heads(&["Jabatan"], &columns)?;
        for (role, _) in &r.performance.rows.personnel.roles {
            s.line(&Code::group("role", role), &[role], &columns, Show::Number)?;
        }
        s.gap();
    }
    Ok(s.finish(TAB))
}

fn sheet<'a, 'b>(
    c: &'b Context<'a>,
    book: &'b Book<'b>,
    name: &str,
    mut widths: Vec<f64>,
) -> anyhow::Result<Sheet<'a, 'b>> {
    widths.extend([11.5; 11]);
    let mut s = Sheet::new(c, book, name, widths)?;
    s.least_n = least_executions(s.least_n);
    Ok(s)
}

/// An officer as recorded, with name and unit where the register knows them, and the roles they acted in.
fn who(p: &Performance, officer: &OfficerRow) -> [String; 3] {
    let known = p.officers.get(&officer.officer);
    let words: Vec<&str> = known
        .into_iter()
        .flat_map(|k| [&k.name, &k.unit])
        .filter_map(Option::as_deref)
        .collect();
    [
        officer.officer.clone(),
        words.join(", "),
        officer.roles.join("; "),
    ]
}

fn refs(labels: &[String; 3]) -> [&str; 3] {
    labels.each_ref().map(String::as_str)
}

/// Title and columns of the tables that officers, their steps and roles have alike.
fn tables() -> Vec<(&'static str, Vec<Column>)> {
    let number = |head: &str, indicator: &str| Column::new(head, Code::of(indicator), Show::Number);
    let mut limits = vec![number("Pelaksanaan", "personnel.executions")];
    for (of, name, indicator) in [
        ("Semua batas", "Memenuhi semua batas", "personnel.within"),
        ("Batas hari", "Dalam batas hari", "personnel.within_window"),
    ] {
        limits.extend(Column::share(of, name, indicator, true));
    }
    let minutes = Code::of("personnel.minutes_median");
    let mut pace = Column::share(
        "Batas menit",
        "Dalam batas menit",
        "personnel.within_minutes",
        true,
    );
    pace.extend(Column::share(
        "Terlalu cepat",
        "Lebih cepat dari batas",
        "personnel.under",
        false,
    ));
    pace.push(Column::new("Median menit", minutes.clone(), Show::Decimal));
    pace.push(Column::new("n median", minutes, Show::N));
    let held = vec![
        number("Lewat saat diterima", "personnel.late_on_arrival"),
        number("Lewat saat menunggu", "personnel.late_in_queue"),
        number("Lewat saat dikerjakan", "personnel.late_in_hand"),
        number("Lewat, tak terpisah", "personnel.late_unsplit"),
        number("Masih dipegang, lewat", "personnel.overdue"),
        number("Ulangan", "personnel.rework"),
        Column::new(
            "Bagian ulangan",
            Code::of("personnel.rework_share"),
            Show::Share,
        ),
        Column::new(
            "Lama memegang berkas",
            Code::of("personnel.held_hours"),
            Show::Decimal,
        ),
    ];
    vec![
        ("Pelaksanaan dan batas hari", limits),
        ("Menit: batas dan kecepatan", pace),
        (
            "Tempat batas hari terlewati, ulangan, dan waktu memegang berkas",
            held,
        ),
    ]
}

fn comparison() -> Vec<Column> {
    let limit = |head: &str, level: &str, side: &str| {
        let code = Code::of("personnel.limit")
            .with("level", level)
            .with("side", side);
        Column::new(head, code, Show::Number)
    };
    vec![
        Column::new("n banding", Code::of("personnel.compared"), Show::Number),
        Column::new("Sendiri", Code::of("personnel.alone"), Show::Number),
        Column::new("Terlampaui", Code::of("personnel.observed"), Show::Number),
        Column::new("Diharapkan", Code::of("personnel.expected"), Show::Decimal),
        Column::new("Rasio", Code::of("personnel.ratio"), Show::Ratio),
        limit("Batas 95 % bawah", "95", "lower"),
        limit("Batas 95 % atas", "95", "upper"),
        limit("Batas 99,8 % bawah", "99.8", "lower"),
        limit("Batas 99,8 % atas", "99.8", "upper"),
    ]
}

fn compared(s: &mut Sheet, r: &PerformanceReport) -> anyhow::Result<()> {
    s.section("Perbandingan yang adil: batas yang terlampaui terhadap yang diharapkan")?;
    s.note(COMPARISON)?;
    let columns = comparison();
    s.heads(&["Petugas", "Ukuran", "Kedudukan"], &columns)?;
    for FunnelPoint {
        officer,
        measure,
        position,
        ..
    } in &r.performance.rows.comparison.funnel
    {
        let code = Code::group("officer", officer).with("measure", measure.code());
        s.line(
            &code,
            &[officer, measure.label(), position.label()],
            &columns,
            Show::Number,
        )?;
    }
    Ok(())
}

/// How many officers stand where, by measure.
fn positions(s: &mut Sheet) -> anyhow::Result<()> {
    s.section("Banyaknya petugas menurut kedudukan")?;
    let mut columns: Vec<Column> = Position::ALL
        .iter()
        .map(|p| {
            let code = Code::of("personnel.position").with("position", p.code());
            Column::new(p.label(), code, Show::Number)
        })
        .collect();
    let all = Code::of("personnel.comparable");
    columns.push(Column::new("Dapat dibandingkan", all, Show::Number));
    s.heads(&["Ukuran", "", ""], &columns)?;
    for measure in Measure::ALL {
        let code = Code::group("measure", measure.code());
        s.line(&code, &[measure.label(), "", ""], &columns, Show::Number)?;
    }
    Ok(())
}
