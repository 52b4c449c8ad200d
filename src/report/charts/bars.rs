//! Horizontal bars: one stacked bar of shares, and rows of single bars. Laid out in percent of the width, so that they fit
//! any screen without scaling their text.

use askama::Template;

use super::scale::px;
use crate::report::html::Markup;

/// One part of a stacked bar. `share` in percent of the whole.
#[derive(Debug, Clone)]
pub struct Segment {
    pub label: String,
    /// Its figure, wrapped.
    pub printed: Markup,
    /// A second figure or words beside it.
    pub detail: Markup,
    pub share: f64,
    /// Class of its colour and pattern: `c1` to `c5`.
    pub class: &'static str,
}

struct Piece {
    x: String,
    width: String,
    class: &'static str,
    title: String,
}

#[derive(Template)]
#[template(path = "charts/stacked.html")]
struct Stacked<'a> {
    id: &'a str,
    title: &'a str,
    description: String,
    pieces: Vec<Piece>,
    segments: &'a [Segment],
}

/// One bar of parts that add up to a whole, with its legend below. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn stacked(id: &str, title: &str, segments: &[Segment]) -> anyhow::Result<Markup> {
    let total: f64 = segments.iter().map(|s| s.share.max(0.0)).sum();
    let scale = if total > 0.0 { 100.0 / total } else { 0.0 };
    let mut pieces = Vec::new();
    let mut x = 0.0;
    for s in segments {
        let width = s.share.max(0.0) * scale;
        pieces.push(Piece {
            x: px(x),
            width: px(width),
            class: s.class,
            title: s.label.clone(),
        });
        x += width;
    }
    let names: Vec<&str> = segments.iter().map(|s| s.label.as_str()).collect();
    let description = format!(
        "Batang bertumpuk dengan bagian berurutan: {}. Nilainya tercantum di bawah batang.",
        names.join(", ")
    );
    let view = Stacked {
        id,
        title,
        description,
        pieces,
        segments,
    };
    Ok(Markup::trusted(view.render()?))
}

/// A small bar of a share in percent, for a table's cell; its value stands beside it in words, so it is hidden from readers.
pub fn inline(share: Option<f64>) -> Markup {
    let Some(share) = share else {
        return Markup::default();
    };
    Markup::trusted(format!(
        "<svg class=\"spark\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"track\" width=\"100%\" height=\"100%\"/><rect class=\"fill\" width=\"{}%\" height=\"100%\"/></svg>",
        px(share.clamp(0.0, 100.0))
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar_whatever_rounding_did_to_their_sum() {
        let segment = |share| Segment {
            label: "a".into(),
            printed: Markup::text("x"),
            detail: Markup::default(),
            share,
            class: "c1",
        };
        let html = stacked("b", "t", &[segment(33.3), segment(33.3), segment(33.3)])
            .expect("a bar")
            .to_string();
        assert!(html.contains("x=\"66.7%\" width=\"33.3%\""), "{html}");
    }
}
