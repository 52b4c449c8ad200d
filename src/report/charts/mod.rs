//! Charts as inline SVG: a builder lays out numbers into a context, a small template prints it.
//!
//! In: series of measure. Out: [`crate::report::html::Markup`] with a title and a description for those who cannot see it;
//! colours are classes of the page's style sheet, so that dark and print change them. No figure is computed here, only
//! coordinates.

pub mod bars;
pub mod scale;
pub mod xmr;

/// For which width a chart is laid out; a page shows one of the two, since a drawing scaled to a phone cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Wide,
    Narrow,
}

impl Size {
    /// Class of the drawing.
    pub fn class(self) -> &'static str {
        match self {
            Size::Wide => "wide",
            Size::Narrow => "narrow",
        }
    }
}
