//! The report as a page: answers first, then chapters I to V in the structure of the ministry's model, the office's own
//! criteria, attachments, method and signatures.
//!
//! In: the report. Out: HTML that needs nothing else. The one script filters the suggestions; without it all of them show.

mod analysis;
mod answers;
mod attachments;
mod beside;
mod closing;
mod collection;
mod elements;
mod groups;
mod internal;
mod introduction;
mod plan;
mod results;
mod suggestions;
mod timely;
mod trend;

use askama::Template;
use sha2::{Digest, Sha256};

use crate::report::SYNTHETIC_BANNER;
use crate::report::blocks::Section;
use crate::report::html::{Markup, TableView, css_string};
use crate::report::ikm::IkmReport;
use crate::report::ikm::view::View;
use crate::report::method::{self, Block};
use crate::report::monthly::answers::Answer;
use crate::report::monthly::html::{Signature, signatures};

/// Filters the suggestions.
const SCRIPT: &str = include_str!("../../../../report_templates/ikm_search.js");

#[derive(Template)]
#[template(path = "ikm.html")]
struct Page {
    title: String,
    office: String,
    unit: String,
    province: String,
    banner: &'static str,
    /// The margins of printed pages: banner, and office with period.
    print_banner: Markup,
    print_title: Markup,
    period: String,
    instrument: String,
    as_of: String,
    edition: u32,
    answers: Vec<Answer>,
    sections: Vec<Section>,
    method: Vec<Block>,
    provenance: Vec<(String, String)>,
    place_and_date: String,
    signatures: Vec<Signature>,
    script: &'static str,
    /// Base 64 of its SHA-256: the only script the page may run.
    script_digest: String,
}

/// The whole page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn page(r: &IkmReport) -> anyhow::Result<String> {
    let v = View::new(r);
    let office = r.office;
    let page = Page {
        title: format!("Laporan Survei Kepuasan Masyarakat – {}", v.period_name),
        office: office.name.clone(),
        unit: office.unit.clone(),
        province: office.province.clone(),
        banner: if office.synthetic {
            SYNTHETIC_BANNER
        } else {
            ""
        },
        print_banner: css_string(SYNTHETIC_BANNER),
        print_title: css_string(&format!("{} – IKM {}", office.name, v.period_name)),
        period: v.period_name.clone(),
        instrument: v.instrument().title.clone(),
        as_of: v.as_of(),
        edition: r.provenance.edition,
        answers: answers::answers(&v),
        sections: sections(&v)?,
        method: method::ikm(r),
        provenance: provenance(&v),
        place_and_date: format!("{}, ........................", office.city),
        signatures: signatures(office),
        script: SCRIPT,
        script_digest: base64(&Sha256::digest(SCRIPT.as_bytes())),
    };
    Ok(page.render()?)
}

fn sections(v: &View) -> anyhow::Result<Vec<Section>> {
    let mut sections = vec![
        introduction::section(v),
        collection::section(v)?,
        results::section(v)?,
        analysis::section(v)?,
        closing::section(v),
    ];
    sections.extend(internal::section(v)?);
    sections.extend([
        attachments::outcomes(v)?,
        suggestions::section(v),
        attachments::questionnaire(v)?,
        attachments::card(v)?,
        attachments::quality(v)?,
    ]);
    Ok(sections)
}

/// A table that is broader than a phone: it scrolls in a box of its own, below its title.
fn scrolled(table: &TableView) -> anyhow::Result<Markup> {
    boxed(table, "box-title")
}

/// The same inside a fold, whose summary is its title on screen.
fn folded(table: &TableView) -> anyhow::Result<Markup> {
    boxed(table, "box-title paper")
}

/// The same below a heading that says what it is.
fn untitled(table: &TableView) -> anyhow::Result<Markup> {
    boxed(table, "")
}

fn boxed(table: &TableView, class: &str) -> anyhow::Result<Markup> {
    let inner = table.markup()?;
    if table.rows.is_empty() {
        return Ok(inner);
    }
    let name = Markup::text(&table.caption);
    let title = match class {
        "" => String::new(),
        class => format!("<p class=\"{class}\" aria-hidden=\"true\">{name}</p>"),
    };
    Ok(Markup::trusted(format!(
        "{title}<div class=\"wide-box\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">{inner}</div>\n"
    )))
}

/// Where the report comes from, as name and value.
pub fn provenance(v: &View) -> Vec<(String, String)> {
    let p = &v.r.provenance;
    let row = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut rows = vec![
        ("Edisi".to_owned(), p.edition.to_string()),
        ("Keadaan per".to_owned(), v.as_of()),
        ("Program".to_owned(), format!("tepat {}", p.program_version)),
        row("Formulir survei (SHA-256)", &v.r.survey_digest),
        row("Cuplikan data berkas (SHA-256)", &p.snapshot_digest),
        row("Pengaturan (SHA-256)", &p.settings_digest),
        (
            format!("Kalender {} (SHA-256)", p.calendar),
            p.calendar_digest.clone(),
        ),
    ];
    if !p.unsettled_years.is_empty() {
        let years = p.unsettled_years.join(", ");
        rows.push(row("Tahun kalender yang belum tetap", &years));
    }
    let surveys = std::iter::once(v.survey).chain(&v.r.ikm.internal);
    for survey in surveys {
        let name = format!("Instrumen {} (SHA-256)", survey.instrument.code);
        rows.push((name, survey.instrument.digest.clone()));
    }
    for s in &p.standards {
        let name = format!("{} revisi {} (SHA-256)", s.document, s.revision);
        rows.push((name, s.digest.clone()));
    }
    rows
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for part in bytes.chunks(3) {
        let byte = |i: usize| u32::from(part.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let letter = (bits >> (18 - 6 * i) & 63) as usize;
            match i <= part.len() {
                true => out.extend(LETTERS.get(letter).map(|b| char::from(*b))),
                false => out.push('='),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    /// RFC 4648, section 10.
    #[test]
    fn base64_is_that_of_the_rfc() {
        for (text, code) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(super::base64(text.as_bytes()), code);
        }
    }
}
