//! Sheet Tingkat Respons: how many of those served answered, by service and channel, and whether they are enough.
//!
//! In: figures by service and channel; recipients are counted from the cases. Out: one worksheet.

use rust_xlsxwriter::Worksheet;

use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::xlsx::Book;
use crate::report::xlsx::charts::BLUE;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};
use crate::report::xlsx::sheet::Sheet;

const HOW: &str = "Penerima layanan ialah berkas yang diserahkan kepada pemohon dalam periode ini menurut data berkas. Yang tidak menjawab mungkin \
    berbeda dari yang menjawab: tingkat respons yang rendah, atau yang sangat berbeda antarlayanan dan antarsaluran, berarti IKM terutama \
    menggambarkan mereka yang bersedia mengisi. Saluran suatu formulir hanya diketahui apabila formulir itu memuat nomor berkas.";

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book) -> anyhow::Result<Worksheet> {
    let mut widths = vec![24.0, 44.0];
    widths.extend([13.0; 8]);
    let mut s = Sheet::new(v, book, "Tingkat Respons", widths)?;
    s.note(HOW)?;
    s.gap();
    s.section("Menurut jenis layanan")?;
    let columns = by_service();
    s.heads(&["Layanan"], &columns)?;
    for service in &v.r.ikm.services {
        let name = v.service(service).to_owned();
        let code = Code::group("service", service);
        s.line(&code, &[&name], &columns, Show::Number)?;
    }
    let whole = Code::at(v.r.ikm.period);
    s.line(&whole, &["Unit pelayanan"], &columns, Show::Number)?;
    s.gap();
    s.section("Menurut saluran")?;
    let columns = by_channel();
    s.heads(&["Saluran"], &columns)?;
    let channels: Vec<&str> =
        v.r.ikm
            .figures
            .rows_of("ikm.recipients", &v.r.ikm.period.to_string())
            .iter()
            .filter_map(|f| f.group.get("channel").map(String::as_str))
            .collect();
    if channels.is_empty() {
        s.note("Saluran tidak tercatat pada data berkas.")?;
    }
    for channel in channels {
        let code = Code::group("channel", channel);
        s.line(
            &code,
            &[&words::value("channel", channel)],
            &columns,
            Show::Number,
        )?;
    }
    s.gap();
    s.section("Formulir yang tidak dihitung")?;
    let columns = crate::report::xlsx::column::one_figure();
    s.heads(&["Uraian"], &columns)?;
    let code = Code::of("ikm.unanswered");
    s.line(
        &code,
        &["Formulir tanpa satu pun jawaban"],
        &columns,
        Show::Number,
    )?;
    Ok(s.finish(BLUE))
}

fn by_service() -> Vec<Column> {
    let of = |head: &str, indicator: &str, show| Column::new(head, Code::of(indicator), show);
    vec![
        of("Penerima layanan", "ikm.recipients", Show::Number),
        of("Responden", "ikm.respondents", Show::Number),
        of("Tingkat respons", "ikm.response_rate", Show::Share),
        of("Tercetak", "ikm.response_rate", Show::Printed),
        of("Formulir bertaut berkas", "ikm.linked", Show::Numerator),
        of("Bagian bertaut", "ikm.linked", Show::Share),
        of("Sampel yang diperlukan", "ikm.sample.needed", Show::Number),
        of("Kecukupan sampel", "ikm.sample.reached", Show::Printed),
    ]
}

fn by_channel() -> Vec<Column> {
    let of = |head: &str, indicator: &str, show| Column::new(head, Code::of(indicator), show);
    vec![
        of("Penerima layanan", "ikm.recipients", Show::Number),
        of("Formulir bertaut berkas", "ikm.linked", Show::Numerator),
        of("Bagian bertaut", "ikm.linked", Show::Share),
        of("Responden", "ikm.respondents", Show::Number),
        of("IKM", "ikm.unit", Show::Rounded),
        of("Mutu", "ikm.grade", Show::Printed),
    ]
}
