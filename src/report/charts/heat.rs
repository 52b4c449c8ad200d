//! Rows by columns as a heat map: a table whose cells print their value and carry a class of five, so that it can be read
//! aloud, in black and white, and with the colours gone.
//!
//! In: plain numbers and labels. Out: a table with its legend. Must not drop a printed value, whatever its class.

use askama::Template;

use super::empty;
use super::scale::Unit;
use crate::format;
use crate::report::html::Markup;

/// One cell. `Default` is an empty one.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    /// Its value as printed, and the number that decides its class.
    Value { printed: Markup, value: f64 },
    /// Too few to say: `printed` is n or words, `reason` is read on hovering and aloud.
    Withheld { printed: Markup, reason: String },
    /// Nothing to count.
    #[default]
    None,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    pub label: String,
    pub cells: Vec<Cell>,
}

/// Which end of the scale asks for attention: it gets the strongest classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Worse {
    #[default]
    Low,
    High,
}

/// Rows by columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heat {
    /// Heads the first column: `Tahapan`.
    pub corner: String,
    /// Heads of the others, short: `Jan 26`.
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// Four values, ascending, that part five classes; each belongs to the class above it. 50, 75, 90, 95 for a share on time.
    pub bounds: [f64; 4],
    pub unit: Unit,
    pub worse: Worse,
    /// Words below the legend.
    pub note: String,
}

/// Classes from what asks for no attention to what asks for most.
const CLASSES: [&str; 5] = ["h1", "h2", "h3", "h4", "h5"];
const WITHHELD: &str = "withheld";
const NOTHING: &str = "nothing";

struct Key {
    class: &'static str,
    label: String,
}

struct Shown {
    class: &'static str,
    printed: Markup,
    /// Read aloud and on hovering; empty for none.
    reason: String,
}

struct ShownRow<'a> {
    label: &'a str,
    cells: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "charts/heat.html")]
struct View<'a> {
    id: &'a str,
    title: &'a str,
    corner: &'a str,
    columns: &'a [String],
    rows: Vec<ShownRow<'a>>,
    keys: Vec<Key>,
    note: &'a str,
}

/// The table with its legend, one for every width: a phone scrolls it under its fixed first column. `id` must be unique in
/// the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(id: &str, title: &str, heat: &Heat) -> anyhow::Result<Markup> {
    if heat.rows.is_empty() || heat.columns.is_empty() {
        return Ok(empty(title));
    }
    let row = |r: &'_ Row| r.cells.iter().map(|c| shown(heat, c)).collect();
    let rows: Vec<_> = heat
        .rows
        .iter()
        .map(|r| ShownRow {
            label: &r.label,
            cells: row(r),
        })
        .collect();
    let view = View {
        id,
        title,
        corner: &heat.corner,
        columns: &heat.columns,
        keys: keys(heat, &rows),
        rows,
        note: &heat.note,
    };
    Ok(Markup::trusted(view.render()?))
}

fn shown(heat: &Heat, cell: &Cell) -> Shown {
    let plain = |class, printed: &Markup| Shown {
        class,
        printed: printed.clone(),
        reason: String::new(),
    };
    match cell {
        Cell::Value { printed, value } if value.is_finite() => plain(heat.class(*value), printed),
        Cell::Value { printed, .. } => plain(NOTHING, printed),
        Cell::Withheld { printed, reason } => Shown {
            class: WITHHELD,
            printed: printed.clone(),
            reason: reason.clone(),
        },
        Cell::None => plain(NOTHING, &Markup::text(format::NONE)),
    }
}

impl Heat {
    fn class(&self, value: f64) -> &'static str {
        let above = self.bounds.iter().filter(|b| value >= **b).count();
        self.class_at(above)
    }

    /// Class of the `index`th part of the scale, from below.
    fn class_at(&self, index: usize) -> &'static str {
        let last = CLASSES.len() - 1;
        let rank = match self.worse {
            Worse::Low => last.saturating_sub(index),
            Worse::High => index.min(last),
        };
        CLASSES.get(rank).copied().unwrap_or(NOTHING)
    }
}

/// The legend, the strongest class first, and of the marks those in use.
fn keys(heat: &Heat, rows: &[ShownRow]) -> Vec<Key> {
    let number = |v: f64| format::decimal(v, usize::from(v.fract() != 0.0));
    let last = heat.bounds.len();
    let label = |i: usize| {
        let low = i.checked_sub(1).and_then(|i| heat.bounds.get(i)).copied();
        let high = heat.bounds.get(i).copied().unwrap_or(f64::NAN);
        let places = usize::from(high.fract() != 0.0);
        match low {
            None => format!("< {}", heat.unit.with_places(high, places)),
            Some(low) if i == last => {
                let places = usize::from(low.fract() != 0.0);
                format!("≥ {}", heat.unit.with_places(low, places))
            }
            Some(low) => format!("{}–<{}", number(low), heat.unit.with_places(high, places)),
        }
    };
    let mut keys: Vec<Key> = (0..=last)
        .map(|i| Key {
            class: heat.class_at(i),
            label: label(i),
        })
        .collect();
    if heat.worse == Worse::High {
        keys.reverse();
    }
    let marks = [
        (WITHHELD, "ditahan: terlalu sedikit"),
        (NOTHING, "tidak ada"),
    ];
    for (class, label) in marks {
        let used = |r: &ShownRow| r.cells.iter().any(|c| c.class == class);
        if rows.iter().any(used) {
            keys.push(Key {
                class,
                label: label.to_owned(),
            });
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heat() -> Heat {
        let value = |v: f64| Cell::Value {
            printed: Markup::text(&format!("{v}")),
            value: v,
        };
        let withheld = Cell::Withheld {
            printed: Markup::text("n = 4"),
            reason: "kurang dari 10 \"berkas\"".to_owned(),
        };
        Heat {
            corner: "Tahapan".to_owned(),
            columns: vec!["<Jan>".to_owned(), "Feb".to_owned()],
            rows: vec![
                Row {
                    label: "7".to_owned(),
                    cells: vec![value(95.0), value(49.9)],
                },
                Row {
                    label: "9".to_owned(),
                    cells: vec![withheld, value(f64::NAN)],
                },
            ],
            bounds: [50.0, 75.0, 90.0, 95.0],
            ..Heat::default()
        }
    }

    #[test]
    fn the_end_that_asks_for_attention_has_the_strongest_class() {
        let mut heat = heat();
        assert_eq!([heat.class(95.0), heat.class(94.9)], ["h1", "h2"]);
        assert_eq!([heat.class(50.0), heat.class(49.9)], ["h4", "h5"]);
        heat.worse = Worse::High;
        assert_eq!([heat.class(49.9), heat.class(95.0)], ["h1", "h5"]);
        let first = |h: &Heat| keys(h, &[]).into_iter().next().map(|k| (k.class, k.label));
        assert_eq!(first(&heat), Some(("h5", "≥ 95 %".to_owned())));
    }

    #[test]
    fn every_cell_prints_and_a_withheld_one_says_why() {
        let html = figure("h", "Tahapan", &heat())
            .expect("a table")
            .to_string();
        assert!(
            html.contains("n = 4") && html.contains("kurang dari 10 &#34;")
                || html.contains("kurang dari 10 &quot;"),
            "{html}"
        );
        assert!(!html.contains("<Jan>"), "{html}");
        assert_eq!(html.matches("<td").count(), 4, "{html}");
    }

    #[test]
    fn without_rows_it_says_so() {
        let html = figure("h", "Tahapan", &Heat::default()).expect("a table");
        assert!(html.as_str().contains("Belum ada data"));
    }
}
