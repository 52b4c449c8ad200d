//! Markup of the pages: escaping, wrapped figures, tables that become cards on a phone.
//!
//! In: text that may hold anything, figures. Out: [`Markup`], which templates print as it stands. Only this module makes
//! markup from text.

use std::fmt;

use askama::Template;

use crate::format;
use crate::measure::Figure;

/// Text that is HTML already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// `html` is known to be well-formed and escaped.
    pub fn trusted(html: String) -> Self {
        Self(html)
    }

    /// Plain text, escaped.
    pub fn text(text: &str) -> Self {
        Self(escape(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it prints only [`format::NONE`], bare or as a figure.
    pub fn is_none(&self) -> bool {
        let shown = self.0.strip_suffix("</span>").unwrap_or(&self.0);
        let shown = shown.rsplit_once('>').map_or(shown, |(_, text)| text);
        shown == format::NONE
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}

/// Text for element contents and quoted attributes. Control characters, which HTML does not allow, become U+FFFD.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// Text as the content of a CSS string, for the margins of printed pages: everything but letters and digits as its code
/// point, so that nothing in it can end the string or the style element.
pub fn css_string(text: &str) -> Markup {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c.is_ascii_alphanumeric() {
            true => out.push(c),
            false => out.push_str(&format!("\\{:x} ", u32::from(c))),
        }
    }
    out.push('"');
    Markup(out)
}

/// A figure's group as pages and sheets write it: `k=v;k=v`, keys ascending; empty for the whole office.
pub fn group_key(figure: &Figure) -> String {
    let pairs: Vec<String> = figure
        .group
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    pairs.join(";")
}

/// `<span data-figure="on_time.due" data-period="2026-06" data-group="k=v">87,5 %</span>`: a test, or a reader's script,
/// finds each printed figure by its key.
pub fn figure_markup(figure: &Figure) -> Markup {
    Markup(format!(
        "<span data-figure=\"{}\" data-period=\"{}\" data-group=\"{}\">{}</span>",
        escape(&figure.indicator),
        escape(&figure.period),
        escape(&group_key(figure)),
        escape(&figure.printed)
    ))
}

/// A figure, or [`format::NONE`] where it was not computed.
pub fn figure_or_none(figure: Option<&Figure>) -> Markup {
    figure.map_or_else(|| Markup::text(format::NONE), figure_markup)
}

/// A heading of a table.
#[derive(Debug, Clone)]
pub struct Column {
    pub label: String,
    /// Class of its cells: `num` right-aligned, `date` on one line, else empty.
    pub class: &'static str,
}

impl Column {
    pub fn text(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            class: "",
        }
    }

    pub fn date(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            class: "date",
        }
    }

    pub fn number(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            class: "num",
        }
    }
}

/// A table of a page: the first column heads its row; on a phone each row is a card with the labels beside the values.
#[derive(Template)]
#[template(path = "parts/table.html")]
pub struct TableView {
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Markup>>,
    /// Said below the table, e.g. that it was cut and where the rest stands.
    pub note: String,
    /// Said in the place of a table without rows.
    pub empty: String,
    /// Class of the table: `cases` is read as one paragraph a row on a phone; else empty.
    pub kind: &'static str,
    /// More than [`LONGEST_OPEN`] rows are shown only on demand; paper has them all.
    fold: bool,
}

/// Rows a foldable table shows without being asked.
const LONGEST_OPEN: usize = 10;

impl TableView {
    /// An empty table.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            caption: caption.into(),
            columns,
            rows: Vec::new(),
            note: String::new(),
            empty: "Tidak ada.".to_owned(),
            kind: "",
            fold: false,
        }
    }

    /// The table with its class.
    pub fn of_kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// The table, folded where it is long.
    pub fn folded(mut self) -> Self {
        self.fold = self.rows.len() > LONGEST_OPEN;
        self
    }

    /// As markup.
    ///
    /// # Errors
    /// A template that cannot be rendered.
    pub fn markup(&self) -> anyhow::Result<Markup> {
        Ok(Markup(self.render()?))
    }

    /// Cells with the column they stand under.
    fn cells<'a>(&'a self, row: &'a [Markup]) -> impl Iterator<Item = (&'a Column, &'a Markup)> {
        self.columns.iter().zip(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_escaped() {
        assert_eq!(
            escape("<script a=\"b\" c='d'>&\u{0}"),
            "&lt;script a=&quot;b&quot; c=&#39;d&#39;&gt;&amp;\u{FFFD}"
        );
    }

    #[test]
    fn a_css_string_cannot_be_left() {
        assert_eq!(css_string("a\"</").as_str(), "\"a\\22 \\3c \\2f \"");
    }

    #[test]
    fn a_figure_carries_its_key() {
        let figure = Figure {
            indicator: "on_time.due".into(),
            period: "2026-06".into(),
            group: [("region".to_owned(), "<Kota>".to_owned())].into(),
            n: 8,
            numerator: Some(7),
            denominator: Some(8),
            value: Some(87.5),
            printed: "87,5 %".into(),
        };
        assert_eq!(
            figure_markup(&figure).as_str(),
            "<span data-figure=\"on_time.due\" data-period=\"2026-06\" data-group=\"region=&lt;Kota&gt;\">87,5 %</span>"
        );
    }
}
