//! Satisfaction indices as bars, a row each, on the scale of the index: 25, the least there is, to 100. Bands of an instrument
//! part the scale; a change of instrument parts the rows. Laid out in percent of the width, so that it fits any screen without
//! scaling its text.
//!
//! In: plain numbers and labels. Out: a figure. No index and no interval is computed here.

use askama::Template;

use super::empty;
use super::scale::px;
use crate::report::html::Markup;

/// How a bar is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BarKind {
    #[default]
    Plain,
    /// The period of the report, or the whole unit: stronger.
    Now,
    /// From too few respondents: hatched.
    Few,
    /// Published before, not computed here: outlined.
    Archived,
}

/// One bar.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IndexBar {
    pub label: String,
    /// 25 to 100; None where there is none, and `printed` says so.
    pub value: Option<f64>,
    /// 95 % interval, lower and upper.
    pub interval: Option<(f64, f64)>,
    /// The index as it is read, a figure.
    pub printed: Markup,
    /// Grade, n or words, beside it.
    pub detail: Markup,
    pub kind: BarKind,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub enum IndexRow {
    Bar(IndexBar),
    /// Above it and below it the instruments differ; in words.
    Break(String),
}

/// Rows on one scale.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IndexBars {
    pub rows: Vec<IndexRow>,
    /// Bands, ascending: lower and upper edge on the scale of the index, and the grade.
    pub bands: Vec<(f64, f64, String)>,
    /// Heads the first column: `Layanan`.
    pub corner: String,
    /// Said below the figure, after what its signs mean.
    pub note: String,
}

struct Drawn {
    /// Words of a break; the rest is empty then.
    breaks: Option<String>,
    label: String,
    width: Option<String>,
    whisker: Option<(String, String)>,
    printed: Markup,
    detail: Markup,
    class: &'static str,
}

struct Zone {
    x: String,
    middle: String,
    grade: String,
}

#[derive(Template)]
#[template(path = "charts/index_bars.html")]
struct View<'a> {
    id: &'a str,
    title: &'a str,
    corner: &'a str,
    note: String,
    zones: Vec<Zone>,
    rows: Vec<Drawn>,
}

/// The figure, one for every width. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(id: &str, title: &str, bars: &IndexBars) -> anyhow::Result<Markup> {
    let any = |r: &IndexRow| matches!(r, IndexRow::Bar(b) if b.value.is_some());
    if !bars.rows.iter().any(any) {
        return Ok(empty(title));
    }
    let view = View {
        id,
        title,
        corner: &bars.corner,
        note: note(bars),
        zones: bars.bands.iter().map(zone).collect(),
        rows: bars.rows.iter().map(drawn).collect(),
    };
    Ok(Markup::trusted(view.render()?))
}

fn zone((from, to, grade): &(f64, f64, String)) -> Zone {
    Zone {
        x: place(*from),
        middle: place((from.max(25.0) + to.min(100.0)) / 2.0),
        grade: grade.clone(),
    }
}

fn drawn(row: &IndexRow) -> Drawn {
    let bar = match row {
        IndexRow::Bar(bar) => bar,
        IndexRow::Break(words) => {
            return Drawn {
                breaks: Some(words.clone()),
                label: String::new(),
                width: None,
                whisker: None,
                printed: Markup::default(),
                detail: Markup::default(),
                class: "",
            };
        }
    };
    let value = bar.value.filter(|v| v.is_finite());
    let known = |(low, high): &(f64, f64)| low.is_finite() && high.is_finite() && low < high;
    let interval = bar.interval.filter(known).filter(|_| value.is_some());
    Drawn {
        breaks: None,
        label: bar.label.clone(),
        width: value.map(place),
        whisker: interval.map(|(low, high)| (place(low), place(high))),
        printed: bar.printed.clone(),
        detail: bar.detail.clone(),
        class: class(bar.kind),
    }
}

fn class(kind: BarKind) -> &'static str {
    match kind {
        BarKind::Plain => "",
        BarKind::Now => "now",
        BarKind::Few => "few",
        BarKind::Archived => "archived",
    }
}

/// What the signs that occur mean.
fn note(bars: &IndexBars) -> String {
    let all = || {
        bars.rows.iter().filter_map(|r| match r {
            IndexRow::Bar(bar) => Some(bar),
            IndexRow::Break(_) => None,
        })
    };
    let kind = |kind| all().any(|b| b.kind == kind && b.value.is_some());
    let mut words = vec!["Batang mulai pada 25, nilai terendah yang mungkin."];
    if !bars.bands.is_empty() {
        words.push("Garis tegak: batas mutu.");
    }
    if all().any(|b| b.interval.is_some()) {
        words.push("Garis mendatar: selang 95 %.");
    }
    if kind(BarKind::Few) {
        words.push("Bergaris miring: responden belum memadai.");
    }
    if kind(BarKind::Archived) {
        words.push("Tanpa isi: angka arsip sebagaimana diterbitkan.");
    }
    if !bars.note.is_empty() {
        words.push(&bars.note);
    }
    words.join(" ")
}

/// Percent of the width.
fn place(index: f64) -> String {
    px(((index - 25.0) / 0.75).clamp(0.0, 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(value: Option<f64>, interval: Option<(f64, f64)>, kind: BarKind) -> IndexRow {
        IndexRow::Bar(IndexBar {
            label: "<Izin>".into(),
            value,
            interval,
            printed: Markup::text("81,25"),
            kind,
            ..IndexBar::default()
        })
    }

    #[test]
    fn a_bar_begins_at_the_least_index_and_ends_at_its_value() {
        let bars = IndexBars {
            rows: vec![
                bar(Some(25.0), None, BarKind::Plain),
                bar(Some(62.5), Some((60.0, 70.0)), BarKind::Few),
                bar(Some(100.0), Some((99.0, f64::NAN)), BarKind::Archived),
                bar(None, Some((30.0, 40.0)), BarKind::Plain),
            ],
            bands: vec![(25.0, 64.99, "D".into()), (65.0, 100.0, "C".into())],
            ..IndexBars::default()
        };
        let html = figure("i", "IKM", &bars).expect("a figure").to_string();
        for width in ["0.0", "50.0", "100.0"] {
            let bar = format!("class=\"index-bar\" x=\"0\" y=\"22%\" width=\"{width}%\"");
            assert_eq!(html.matches(&bar).count(), 1, "{bar} in {html}");
        }
        assert_eq!(html.matches("class=\"whisker\"").count(), 1, "{html}");
        assert!(html.contains("Bergaris miring") && html.contains("Tanpa isi"));
        assert!(!html.contains("<Izin>"), "{html}");
    }

    #[test]
    fn a_change_of_instrument_is_a_row_of_its_own() {
        let bars = IndexBars {
            rows: vec![
                bar(Some(80.0), None, BarKind::Archived),
                IndexRow::Break("Instrumen berganti & lain".into()),
                bar(Some(82.0), None, BarKind::Now),
            ],
            ..IndexBars::default()
        };
        let html = figure("i", "IKM", &bars).expect("a figure").to_string();
        assert!(
            html.contains("<tr class=\"break\">") && html.contains("berganti &#38; lain"),
            "{html}"
        );
    }

    #[test]
    fn without_a_value_it_says_so() {
        let bars = IndexBars {
            rows: vec![bar(None, None, BarKind::Plain)],
            ..IndexBars::default()
        };
        let html = figure("i", "IKM", &bars).expect("a figure");
        assert!(html.as_str().contains("Belum ada data"));
    }
}
