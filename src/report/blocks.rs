//! Blocks of a page: headings, paragraphs, lists, counted facts, folds. What a section is put together from.
//!
//! In: markup and text. Out: [`Section`]s, whose blocks a template prints one after another. Computes nothing.

use crate::report::html::{Markup, TableView, escape};
use crate::report::words::Phrase;

/// A section of a page.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Fragment it is linked by.
    pub id: &'static str,
    pub title: String,
    pub blocks: Vec<Markup>,
}

impl Section {
    /// An empty section.
    pub fn new(id: &'static str, title: impl Into<String>) -> Self {
        Self {
            id,
            title: title.into(),
            blocks: Vec::new(),
        }
    }

    /// Adds markup.
    pub fn with(mut self, block: Markup) -> Self {
        self.blocks.push(block);
        self
    }

    /// Adds a heading.
    pub fn heading(self, text: &str) -> Self {
        self.with(Markup::trusted(format!("<h3>{}</h3>\n", escape(text))))
    }

    /// Adds a paragraph; nothing where nothing is said.
    pub fn paragraph(self, phrase: &Phrase) -> Self {
        match phrase.is_empty() {
            true => self,
            false => self.with(Markup::trusted(format!("<p>{}</p>\n", phrase.html()))),
        }
    }

    /// Adds a small explanation.
    pub fn note(self, text: &str) -> Self {
        self.with(Markup::trusted(format!(
            "<p class=\"note\">{}</p>\n",
            escape(text)
        )))
    }

    /// Adds a list; nothing where it is empty.
    pub fn list(self, items: &[Markup]) -> Self {
        if items.is_empty() {
            return self;
        }
        let items: String = items.iter().map(|i| format!("<li>{i}</li>")).collect();
        self.with(Markup::trusted(format!(
            "<ul class=\"signals\">{items}</ul>\n"
        )))
    }

    /// Adds a table.
    ///
    /// # Errors
    /// A template that cannot be rendered.
    pub fn table(self, table: &TableView) -> anyhow::Result<Self> {
        Ok(self.with(table.markup()?))
    }

    /// Adds what is shown on demand only.
    pub fn fold(self, summary: &str, inner: &Markup) -> Self {
        self.with(Markup::trusted(format!(
            "<details class=\"fold\"><summary>{}</summary>{inner}</details>\n",
            escape(summary)
        )))
    }

    /// Adds counted facts: number and what it counts.
    pub fn facts(self, facts: impl IntoIterator<Item = (Markup, String)>) -> Self {
        let each: String = facts
            .into_iter()
            .map(|(printed, label)| {
                format!("<div><dt>{}</dt><dd>{printed}</dd></div>", escape(&label))
            })
            .collect();
        self.with(Markup::trusted(format!(
            "<dl class=\"facts\">{each}</dl>\n"
        )))
    }
}
