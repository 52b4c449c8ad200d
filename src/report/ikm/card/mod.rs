//! The publication card (kartu publikasi): the index of the semester for a notice board or social media.
//!
//! In: the report. Out: a drawing upright as A4 and one that is square, a page that prints on one sheet, pictures. Text stays
//! text; the drawing names no colour of the page it may stand in, so it is the same everywhere.

mod boxes;
mod content;
mod draw;
mod layout;
mod png;
mod ruler;

use askama::Template;

use crate::report::html::Markup;
use crate::report::ikm::IkmReport;
use content::Content;
pub use png::png;

#[derive(Template)]
#[template(path = "ikm_card.html")]
struct Page {
    title: String,
    upright: Markup,
    square: Markup,
}

/// Upright as A4.
///
/// # Errors
/// A template that cannot be rendered.
pub fn upright(r: &IkmReport) -> anyhow::Result<String> {
    draw::draw(&Content::of(r), &draw::UPRIGHT)
}

/// Square.
///
/// # Errors
/// A template that cannot be rendered.
pub fn square(r: &IkmReport) -> anyhow::Result<String> {
    draw::draw(&Content::of(r), &draw::SQUARE)
}

/// The page that prints on one sheet.
///
/// # Errors
/// A template that cannot be rendered.
pub fn page(r: &IkmReport) -> anyhow::Result<String> {
    let content = Content::of(r);
    let page = Page {
        title: format!(
            "IKM {} – {}",
            r.office.name,
            crate::format::period(r.ikm.period)
        ),
        upright: Markup::trusted(draw::draw(&content, &draw::UPRIGHT)?),
        square: Markup::trusted(draw::draw(&content, &draw::SQUARE)?),
    };
    Ok(page.render()?)
}
