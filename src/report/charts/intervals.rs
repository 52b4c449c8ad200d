//! Shares with their intervals, a row each: a dot with whiskers on a scale of 0 to 100 %, the value printed beside it. Laid
//! out in percent of the width, so that it fits any screen without scaling its text.
//!
//! In: plain numbers and labels. Out: a figure. No interval is computed here.

use askama::Template;

use super::empty;
use super::scale::px;
use crate::report::html::Markup;

/// One row. All numbers in percent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IntervalRow {
    /// `Januari 2026`.
    pub label: String,
    /// None where it is withheld or there is nothing to count; `printed` says which.
    pub share: Option<f64>,
    /// 95 % interval, lower and upper.
    pub interval: Option<(f64, f64)>,
    /// Share as it is read, a figure.
    pub printed: Markup,
    /// Interval, n, or words, beside it.
    pub detail: Markup,
    /// Drawn stronger: the period of the report.
    pub highlight: bool,
}

/// Rows on one scale.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Intervals {
    pub rows: Vec<IntervalRow>,
    /// A line through all rows and its words: `(81.4, "rata-rata 81,4 %")`.
    pub reference: Option<(f64, String)>,
    /// Heads the first column: `Bulan`.
    pub corner: String,
}

struct Drawn {
    label: String,
    dot: Option<String>,
    whisker: Option<(String, String)>,
    printed: Markup,
    detail: Markup,
    class: &'static str,
}

#[derive(Template)]
#[template(path = "charts/intervals.html")]
struct View<'a> {
    id: &'a str,
    title: &'a str,
    corner: &'a str,
    reference: Option<(String, &'a str)>,
    ticks: [u32; 3],
    rows: Vec<Drawn>,
}

/// The figure, one for every width. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(id: &str, title: &str, intervals: &Intervals) -> anyhow::Result<Markup> {
    if intervals.rows.is_empty() {
        return Ok(empty(title));
    }
    let reference = intervals.reference.as_ref();
    let reference = reference.filter(|(at, _)| at.is_finite());
    let view = View {
        id,
        title,
        corner: &intervals.corner,
        reference: reference.map(|(at, words)| (place(*at), words.as_str())),
        ticks: [0, 50, 100],
        rows: intervals.rows.iter().map(drawn).collect(),
    };
    Ok(Markup::trusted(view.render()?))
}

fn drawn(row: &IntervalRow) -> Drawn {
    let known = |(low, high): &(f64, f64)| low.is_finite() && high.is_finite();
    let interval = row.interval.filter(known).filter(|_| row.share.is_some());
    Drawn {
        label: row.label.clone(),
        dot: row.share.filter(|s| s.is_finite()).map(place),
        whisker: interval.map(|(low, high)| (place(low), place(high))),
        printed: row.printed.clone(),
        detail: row.detail.clone(),
        class: if row.highlight { "now" } else { "" },
    }
}

/// Percent of the width.
fn place(share: f64) -> String {
    px(share.clamp(0.0, 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withheld_row_keeps_its_words_and_has_no_dot() {
        let row = |share, interval| IntervalRow {
            label: "<Juni>".to_owned(),
            share,
            interval,
            printed: Markup::text("ditahan (n = 7)"),
            ..IntervalRow::default()
        };
        let intervals = Intervals {
            rows: vec![
                row(Some(80.0), Some((70.0, 101.0))),
                row(None, Some((1.0, 2.0))),
                row(Some(f64::NAN), None),
            ],
            ..Intervals::default()
        };
        let html = figure("i", "Tepat waktu", &intervals)
            .expect("a figure")
            .to_string();
        assert_eq!(html.matches("<circle").count(), 1, "{html}");
        assert_eq!(html.matches("class=\"whisker\"").count(), 1, "{html}");
        assert_eq!(html.matches("ditahan").count(), 3, "{html}");
        assert!(
            html.contains("x2=\"100.0%\"") && !html.contains("<Juni>"),
            "{html}"
        );
    }

    #[test]
    fn without_rows_it_says_so() {
        let html = figure("i", "Tepat", &Intervals::default()).expect("a figure");
        assert!(html.as_str().contains("Belum ada data"));
    }
}
