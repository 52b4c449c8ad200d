//! Charts as inline SVG: a builder lays out numbers into a context, a small template prints it.
//!
//! In: series of measure. Out: [`crate::report::html::Markup`] with a title and a description for those who cannot see it;
//! colours are classes of the page's style sheet, so that dark and print change them. No figure is computed here, only
//! coordinates.

pub mod bars;
pub mod distribution;
pub mod funnel;
pub mod heat;
pub mod index_bars;
pub mod index_trend;
pub mod intervals;
mod labels;
pub mod panels;
pub mod plot;
pub mod process_map;
pub mod scale;
pub mod series;
pub mod xmr;

use crate::report::html::Markup;

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

/// What stands in the place of a chart without data.
fn empty(title: &str) -> Markup {
    let title = Markup::text(title);
    Markup::trusted(format!(
        "<p class=\"empty\"><strong>{title}.</strong> Belum ada data.</p>\n"
    ))
}

/// At most `most` characters, with an ellipsis where it was longer.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_by_characters() {
        assert_eq!(cut("Verifikasi", 10), "Verifikasi");
        assert_eq!(cut("é é é", 4), "é é…");
    }
}
