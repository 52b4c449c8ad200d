//! Sheet Instrumen: each questionnaire with its weights, the words of its answers, its bands, and how sure each rule is.
//!
//! In: the instruments of the period. Out: one worksheet.

use num_traits::ToPrimitive;
use rust_xlsxwriter::Worksheet;

use crate::format;
use crate::report::ikm::view::View;
use crate::report::ikm::words;
use crate::report::xlsx::Book;
use crate::report::xlsx::sheet::Sheet;
use crate::standard::Instrument;
use crate::standard::instrument::{Band, Element, SourceMark};

/// Colour of the tab.
const TAB: u32 = 0x004D_5A6A;
const HEADS: [&str; 8] = ["Kode", "Unsur", "Bobot", "Pertanyaan", "1", "2", "3", "4"];
const WIDTHS: [f64; 9] = [5.0, 17.0, 28.0, 14.0, 50.0, 17.0, 17.0, 17.0, 17.0];

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(v: &View, book: &Book) -> anyhow::Result<Worksheet> {
    let mut s = Sheet::new(v, book, "Instrumen", WIDTHS.to_vec())?;
    instrument(&mut s, &v.r.ikm.survey.instrument)?;
    let mut pages = Vec::new();
    for survey in &v.r.ikm.internal {
        s.gap();
        pages.push(s.row);
        instrument(&mut s, &survey.instrument)?;
    }
    s.sheet.set_page_breaks(&pages)?;
    Ok(s.finish(TAB))
}

fn instrument(s: &mut Sheet<View>, i: &Instrument) -> anyhow::Result<()> {
    s.section(&i.title)?;
    let until = match i.valid_to {
        Some(to) => format!(" sampai {}", format::date(to)),
        None => String::new(),
    };
    s.note(&format!(
        "Dasar: {}. {}",
        i.basis.trim_end_matches('.'),
        source(i.mark)
    ))?;
    s.note(&format!(
        "Kode {}, berlaku sejak {}{until}.",
        i.code,
        format::date(i.valid_from)
    ))?;
    s.list_heads("No", &HEADS)?;
    for (n, element) in i.elements.iter().enumerate() {
        row(s, n + 1, element)?;
    }
    s.gap();
    bands(s, i)?;
    for (mark, text) in &i.notes {
        s.note(&format!("[{}] {text}", mark.code()))?;
    }
    s.note(&format!("Berkas {} (SHA-256 {}).", i.file, i.digest))
}

fn row(s: &mut Sheet<View>, n: usize, element: &Element) -> anyhow::Result<()> {
    let weight = words::weight(&element.weight);
    let question = element.question.as_deref().unwrap_or(format::NONE);
    s.entry(&n.to_string())?;
    let [a, b, c, d] = element.scale.each_ref();
    let cells = [
        &element.code,
        &element.title,
        weight.as_str(),
        question,
        a,
        b,
        c,
        d,
    ];
    let widths = WIDTHS.iter().skip(1).map(|w| w - 2.0);
    let sized: Vec<(&str, f64)> = cells.into_iter().zip(widths).collect();
    for (col, (text, _)) in (1u16..).zip(&sized) {
        s.words(col, text)?;
    }
    s.fit(s.row, &sized)?;
    s.row += 1;
    Ok(())
}

fn bands(s: &mut Sheet<View>, i: &Instrument) -> anyhow::Result<()> {
    if i.bands.is_empty() {
        return s.note("Tanpa pembagian mutu yang terverifikasi: tidak ada mutu yang diberikan.");
    }
    s.list_heads("", &["Mutu", "Kinerja", "Interval indeks"])?;
    for band in &i.bands {
        s.entry("")?;
        s.words(1, &band.grade)?;
        s.words(2, &band.performance)?;
        s.words(3, &interval(band))?;
        s.row += 1;
    }
    s.note(&format!("Pembagian mutu: {}", source(i.bands_mark)))
}

/// "88,31–100,00".
fn interval(band: &Band) -> String {
    let bound =
        |hundredths: i64| format::decimal(hundredths.to_f64().unwrap_or_default() / 100.0, 2);
    format!("{}–{}", bound(band.from), bound(band.to))
}

/// How sure a rule is, in words.
fn source(mark: SourceMark) -> String {
    let words = match mark {
        SourceMark::Read => "dibaca pada naskahnya",
        SourceMark::SecondHand => {
            "dibaca dari kutipan pihak lain; lampirannya sendiri belum diperiksa, sehingga perlu dicocokkan dengan naskah yang dimiliki kantor"
        }
        SourceMark::Computed => "hasil hitungan sendiri",
        SourceMark::Chosen => "pilihan sendiri karena tidak ada sumber yang menentukan",
    };
    format!("[{}] {words}.", mark.code())
}
