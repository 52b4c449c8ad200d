//! Sheet Waktu & Ketepatan: the element of time beside the measured timeliness, and whether those served late are less satisfied.
//!
//! In: figures by service and by verdict of the linked cases. Out: one worksheet.

use rust_xlsxwriter::Worksheet;

use crate::report::ikm::view::View;
use crate::report::xlsx::Book;
use crate::report::xlsx::charts::BLUE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};
use crate::report::xlsx::sheet::Sheet;
use crate::standard::instrument::{Element, Measured};

const LINKED: &str = "Hanya formulir yang memuat nomor berkas dapat dibandingkan dengan berkasnya. Selisih = dilayani terlambat dikurangi tepat \
    waktu; baru dapat disebut lebih dari kebetulan apabila selang 95 %-nya tidak memuat nol. Selisih bukan bukti sebab: berkas yang terlambat \
    mungkin juga lebih rumit.";

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book) -> anyhow::Result<Worksheet> {
    let mut widths = vec![28.0, 44.0];
    widths.extend([11.5; 7]);
    let mut s = Sheet::new(v, book, "Waktu & Ketepatan", widths)?;
    s.note(
        "Apa yang dirasakan pemohon di samping apa yang tercatat pada berkas: nilai unsur waktu menurut responden, dan bagian berkas yang diputus \
         tepat waktu menurut standar pelayanan. Keduanya tidak mengukur hal yang sama dan tidak harus sejalan.",
    )?;
    let timed = |e: &&Element| e.measured == Some(Measured::Timeliness);
    for element in v.elements().iter().filter(timed) {
        s.gap();
        beside(&mut s, element)?;
    }
    s.gap();
    linked(&mut s)?;
    Ok(s.finish(BLUE))
}

/// One element of time and the timeliness, by service.
fn beside(s: &mut Sheet<View>, element: &Element) -> anyhow::Result<()> {
    s.section(&format!(
        "{} dan ketepatan waktu menurut layanan",
        element.title
    ))?;
    let nrr = Code::of("ikm.element").with("element", &element.code);
    let timeliness = Code::of("ikm.timeliness");
    let columns = [
        Column::new(format!("NRR {}", element.title), nrr.clone(), Show::Ratio),
        Column::new("n responden", nrr, Show::N),
        Column::new("Tepat waktu", timeliness.clone(), Show::Numerator),
        Column::new("Diputus", timeliness.clone(), Show::Denominator),
        Column::new("Bagian tepat waktu", timeliness, Show::Share),
        Column::new("Responden", Code::of("ikm.respondents"), Show::Number),
        Column::new("IKM", Code::of("ikm.unit"), Show::Rounded),
    ];
    s.heads(&["Layanan"], &columns)?;
    let v = s.c;
    for service in &v.r.ikm.services {
        let name = v.service(service).to_owned();
        let code = Code::group("service", service);
        s.line(&code, &[&name], &columns, Show::Number)?;
    }
    let code = Code::at(v.r.ikm.period);
    s.line(&code, &["Unit pelayanan"], &columns, Show::Number)
}

/// Those served late and those served on time, where their forms are linked to cases.
fn linked(s: &mut Sheet<View>) -> anyhow::Result<()> {
    s.section("Responden yang dilayani terlambat dan tepat waktu")?;
    s.note(LINKED)?;
    let v = s.c;
    for (indicator, label, show) in [
        ("ikm.linked.unit", "IKM", Show::Rounded),
        ("ikm.linked.element", "NRR", Show::Ratio),
    ] {
        let columns = by_verdict(indicator, show);
        s.heads(&[label], &columns)?;
        match indicator {
            "ikm.linked.unit" => {
                let code = Code::at(v.r.ikm.period);
                s.line(&code, &["Unit pelayanan"], &columns, show)?;
            }
            _ => {
                for element in v.elements() {
                    let code = Code::group("element", &element.code);
                    s.line(&code, &[&element.title], &columns, show)?;
                }
            }
        }
        s.gap();
    }
    Ok(())
}

fn by_verdict(indicator: &str, show: Show) -> Vec<Column> {
    let of = |verdict: &str| Code::of(indicator).with("verdict", verdict);
    let difference = Code::of("ikm.linked.difference");
    vec![
        Column::new("Tepat waktu", of("on_time"), show),
        Column::new("n tepat waktu", of("on_time"), Show::N),
        Column::new("Terlambat", of("late"), show),
        Column::new("n terlambat", of("late"), Show::N),
        Column::new("Selisih", difference.clone(), Show::Signed),
        Column::new(
            "Selang 95 % bawah",
            difference.suffixed(".low"),
            Show::Signed,
        ),
        Column::new(
            "Selang 95 % atas",
            difference.suffixed(".high"),
            Show::Signed,
        ),
    ]
}
