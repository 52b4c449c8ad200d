//! Sheets Petugas, Petugas Langkah and Jabatan: what officers and roles did, and what their mix of work would lead to.
//!
//! In: `personnel.*` and the funnel. Out: three worksheets. Rows stand by officer, never by result: nobody is ranked.

use rust_xlsxwriter::Worksheet;

use crate::measure::performance::{FunnelPoint, LEAST_EXECUTIONS, OfficerRow, Performance};
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::workbook::code::Code;
use crate::report::performance::workbook::sheet::{Column, Sheet, Show, step_label};
use crate::report::xlsx::Book;

/// Colour of the tabs about people.
const TAB: u32 = 0x004D_5A6A;

const WHO: [&str; 3] = ["Petugas", "Nama", "Unit kerja"];

const HOW_TO_READ: &str = "Cara membaca: pelaksanaan yang diterima petugas setelah batas harinya lewat tidak dihitung sebagai batas yang \
    terlampaui; waktu di pemohon dan di OPD tidak dibebankan kepada siapa pun. Angka petugas dengan kurang dari 10 pelaksanaan ditahan. \
    Pengerjaan yang lebih cepat dari batas paling sedikit ditampilkan di samping keterlambatan, sebab keduanya perlu dijelaskan.";

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
    let mut s = sheet(c, book, "Petugas", vec![22.0, 18.0, 24.0, 26.0])?;
    let officers = &r.performance.rows.personnel.officers;
    s.note(HOW_TO_READ)?;
    s.gap();
    for (title, columns) in [
        ("Pelaksanaan dan batas", limits()),
        ("Kecepatan, ulangan, dan waktu memegang berkas", hands()),
        (
            "Keterlambatan menurut tempat batas hari terlewati",
            arrivals(),
        ),
    ] {
        s.section(title)?;
        s.heads(&WHO, &columns)?;
        for officer in officers {
            let labels = who(r.performance, &officer.officer);
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
    Ok(s.finish(TAB))
}

/// Sheet Petugas Langkah.
///
/// # Errors
/// What the workbook writer refuses.
pub fn by_step(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let mut s = sheet(c, book, "Petugas Langkah", vec![26.0, 18.0, 40.0])?;
    let officers = &r.performance.rows.personnel.officers;
    for (title, columns) in [
        ("Pelaksanaan dan batas", limits()),
        ("Kecepatan, ulangan, dan waktu memegang berkas", hands()),
        (
            "Keterlambatan menurut tempat batas hari terlewati",
            arrivals(),
        ),
    ] {
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
    let wait = Column::new(
        "Jam menunggu",
        Code::of("personnel.wait_hours"),
        Show::Decimal,
    );
    for (title, columns) in [
        ("Pelaksanaan dan batas", limits()),
        (
            "Kecepatan, ulangan, waktu memegang berkas, dan waktu berkas menunggu",
            [hands(), vec![wait]].concat(),
        ),
        (
            "Keterlambatan menurut tempat batas hari terlewati",
            arrivals(),
        ),
    ] {
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
    widths.extend([10.5; 12]);
    let mut s = Sheet::new(c, book, name, widths)?;
    s.least_n = s.least_n.max(LEAST_EXECUTIONS);
    Ok(s)
}

/// An officer as recorded, with name and unit where the register knows them.
fn who(p: &Performance, officer: &str) -> [String; 3] {
    let known = p.officers.get(officer);
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    [
        officer.to_owned(),
        text(known.and_then(|k| k.name.as_ref())),
        text(known.and_then(|k| k.unit.as_ref())),
    ]
}

fn refs(labels: &[String; 3]) -> [&str; 3] {
    labels.each_ref().map(String::as_str)
}

fn limits() -> Vec<Column> {
    let mut columns = vec![Column::new(
        "Pelaksanaan",
        Code::of("personnel.executions"),
        Show::Number,
    )];
    columns.extend(Column::share(
        "Memenuhi semua batas",
        "personnel.within",
        true,
    ));
    columns.extend(Column::share(
        "Dalam batas hari",
        "personnel.within_window",
        false,
    ));
    columns.extend(Column::share(
        "Dalam batas menit",
        "personnel.within_minutes",
        false,
    ));
    columns
}

fn hands() -> Vec<Column> {
    let mut columns = vec![
        Column::new(
            "Median menit",
            Code::of("personnel.minutes_median"),
            Show::Decimal,
        ),
        Column::new("n median", Code::of("personnel.minutes_median"), Show::N),
    ];
    columns.extend(Column::share(
        "Lebih cepat dari batas",
        "personnel.under",
        false,
    ));
    columns.push(Column::new(
        "Ulangan",
        Code::of("personnel.rework"),
        Show::Number,
    ));
    columns.push(Column::new(
        "Bagian ulangan",
        Code::of("personnel.rework_share"),
        Show::Share,
    ));
    columns.push(Column::new(
        "Jam memegang",
        Code::of("personnel.held_hours"),
        Show::Decimal,
    ));
    columns
}

fn arrivals() -> Vec<Column> {
    [
        ("Sudah lewat saat diterima", "personnel.late_on_arrival"),
        ("Saat menunggu dikerjakan", "personnel.late_in_queue"),
        ("Saat dikerjakan", "personnel.late_in_hand"),
        (
            "Tidak terpisah (mulai tidak tercatat)",
            "personnel.late_unsplit",
        ),
    ]
    .map(|(head, indicator)| Column::new(head, Code::of(indicator), Show::Number))
    .to_vec()
}

fn comparison() -> Vec<Column> {
    let limit = |head: &str, level: &str, side: &str| {
        let code = Code::of("personnel.limit")
            .with("level", level)
            .with("side", side);
        Column::new(head, code, Show::Number)
    };
    vec![
        Column::new(
            "Diperban-dingkan",
            Code::of("personnel.compared"),
            Show::Number,
        ),
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
