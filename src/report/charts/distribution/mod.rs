//! How many cases took how long: bars over whole numbers, with the limit as a line and the tail folded into the last bar.
//!
//! In: plain numbers and labels. Out: a figure. Counts nothing but the bars it folds.

mod fold;

use askama::Template;

use self::fold::{Folded, fold};
use super::plot::Tick;
use super::scale::{Linear, nice_step, px};
use super::{Size, cut, empty};
use crate::format;
use crate::report::html::Markup;

/// Bars over whole numbers. `Default` is one without data.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Distribution {
    /// Value (for instance working days used) and how many have it. Values may be missing, and in any order.
    pub bars: Vec<(i64, u64)>,
    /// The greatest value that is still within the limit.
    pub limit: Option<i64>,
    /// Words at the line: `batas 14`.
    pub limit_label: String,
    /// Values worth naming and their words: `(9, "median 9")`, `(15, "persentil ke-90: 15")`.
    pub marks: Vec<(i64, String)>,
    /// Words under the axis: `hari kerja terpakai`.
    pub axis: String,
    /// Words above the bars: `permohonan`.
    pub counted: String,
}

/// Height of a row of words above the bars.
const ROW: f64 = 15.0;
/// About how broad a character is.
const CHARACTER: f64 = 6.6;

struct Bar {
    x: String,
    y: String,
    width: String,
    height: String,
    over: bool,
    title: String,
}

/// A vertical line with words at its head.
struct Mark {
    x: String,
    top: String,
    foot: String,
    text_x: String,
    text_y: String,
    anchor: &'static str,
    class: &'static str,
    label: String,
}

#[derive(Template)]
#[template(path = "charts/distribution.svg", escape = "html")]
struct View<'a> {
    id: String,
    class: &'static str,
    width: u32,
    height: u32,
    left: String,
    right: String,
    middle: String,
    bottom: String,
    label_x: String,
    label_y: String,
    axis_y: String,
    title: &'a str,
    description: &'a str,
    axis: &'a str,
    counted: &'a str,
    y_ticks: Vec<Tick>,
    x_ticks: Vec<Tick>,
    bars: Vec<Bar>,
    marks: Vec<Mark>,
}

#[derive(Template)]
#[template(path = "charts/distribution.html")]
struct Page<'a> {
    id: &'a str,
    wide: Markup,
    narrow: Markup,
    limit: bool,
}

/// The figure, for wide pages and phones. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(id: &str, title: &str, d: &Distribution) -> anyhow::Result<Markup> {
    if d.bars.iter().all(|(_, count)| *count == 0) {
        return Ok(empty(title));
    }
    let wide = drawing(id, title, d, Size::Wide)?;
    let narrow = drawing(id, title, d, Size::Narrow)?;
    let page = Page {
        id,
        wide,
        narrow,
        limit: d.limit.is_some(),
    };
    Ok(Markup::trusted(page.render()?))
}

fn drawing(id: &str, title: &str, d: &Distribution, size: Size) -> anyhow::Result<Markup> {
    let (width, left, right, most) = match size {
        Size::Wide => (920, 52.0, 906.0, 46),
        Size::Narrow => (340, 40.0, 326.0, 30),
    };
    let folded = fold(d, most);
    let top = 26.0 + ROW * (d.marks.len() + usize::from(d.limit.is_some())) as f64;
    let bottom = top + 180.0;
    let x = Linear {
        from: (0.0, folded.counts.len() as f64),
        to: (left, right),
    };
    let highest = folded.counts.iter().copied().max().unwrap_or(0) as f64;
    let step = nice_step(highest, 4.0).max(1.0);
    let y = Linear {
        from: (0.0, (highest / step).ceil() * step),
        to: (bottom, top),
    };
    let tick = |v: f64| Tick {
        at: px(y.at(v)),
        label: format::count(v as u64),
    };
    let view = View {
        id: format!("{id}-{}", size.class()),
        class: size.class(),
        width,
        height: (bottom + 46.0) as u32,
        left: px(left),
        right: px(right),
        middle: px((left + right) / 2.0),
        bottom: px(bottom),
        label_x: px(left - 6.0),
        label_y: px(bottom + 17.0),
        axis_y: px(bottom + 36.0),
        title,
        description: &description(d),
        axis: &d.axis,
        counted: &d.counted,
        y_ticks: y.ticks(step).into_iter().map(tick).collect(),
        x_ticks: x_ticks(&folded, &x),
        bars: bars(d, &folded, x, y),
        marks: marks(d, &folded, (&x, &y), size),
    };
    Ok(Markup::trusted(view.render()?))
}

fn bars(d: &Distribution, folded: &Folded, x: Linear, y: Linear) -> Vec<Bar> {
    let gap = if x.at(1.0) - x.at(0.0) > 12.0 {
        2.0
    } else {
        1.0
    };
    let bar = |(i, count): (usize, &u64)| {
        let (from, to) = (x.at(i as f64), x.at(i as f64 + 1.0));
        let top = y.at(*count as f64);
        let tail = folded.tail && i + 1 == folded.counts.len();
        let least = folded.value(i).saturating_add(i64::from(tail));
        Bar {
            x: px(from + gap / 2.0),
            y: px(top),
            width: px((to - from - gap).max(0.5)),
            height: px(y.to.0 - top),
            over: d.limit.is_some_and(|l| least > l),
            title: format!(
                "{}: {} {}",
                folded.label(i),
                format::count(*count),
                d.counted
            ),
        }
    };
    folded.counts.iter().enumerate().map(bar).collect()
}

/// As many labels as fit; the folded bar always has one.
fn x_ticks(folded: &Folded, x: &Linear) -> Vec<Tick> {
    let slot = x.at(1.0) - x.at(0.0);
    let last = folded.counts.len().saturating_sub(1);
    let every = [1, 2, 5, 10, 20, 50]
        .into_iter()
        .find(|n| *n as f64 * slot >= 24.0)
        .unwrap_or(100);
    // The folded bar's label is broader than the others.
    let beside = |i: usize| ((last - i) as f64 * slot) < 34.0;
    let shown = |i: &usize| match folded.tail {
        true if *i == last => true,
        true if beside(*i) => false,
        _ => folded.value(*i).rem_euclid(every) == 0,
    };
    let tick = |i: usize| Tick {
        at: px(x.at(i as f64 + 0.5)),
        label: folded.label(i),
    };
    (0..folded.counts.len()).filter(shown).map(tick).collect()
}

/// The limit between its bar and the next, the marks down to the top of theirs; each has a row of its own for its words.
fn marks(d: &Distribution, folded: &Folded, (x, y): (&Linear, &Linear), size: Size) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut row = 0.0;
    let mut put = |at: f64, foot: f64, class, label: &str| {
        let label = cut(label, if size == Size::Wide { 60 } else { 30 });
        let end = at + 5.0 + label.chars().count() as f64 * CHARACTER;
        let (anchor, shift) = if end > x.to.1 + 8.0 {
            ("end", -5.0)
        } else {
            ("start", 5.0)
        };
        let text_y = 24.0 + ROW * row;
        row += 1.0;
        marks.push(Mark {
            x: px(at),
            top: px(text_y - 10.0),
            foot: px(foot),
            text_x: px(at + shift),
            text_y: px(text_y),
            anchor,
            class,
            label,
        });
    };
    if let Some(limit) = d.limit {
        let last = folded.counts.len() as f64;
        let at = (limit.saturating_sub(folded.first) as f64 + 1.0).clamp(0.0, last);
        put(x.at(at), y.to.0, "limit-line", &d.limit_label);
    }
    for (value, label) in &d.marks {
        let index = folded.index(*value);
        let count = folded.counts.get(index as usize).copied().unwrap_or(0);
        put(x.at(index + 0.5), y.at(count as f64), "mark-line", label);
    }
    marks
}

fn description(d: &Distribution) -> String {
    let mut parts = vec![format!(
        "Diagram batang jumlah {} menurut {}.",
        d.counted, d.axis
    )];
    let words = d.marks.iter().map(|m| m.1.as_str());
    let limit = d.limit.map(|_| d.limit_label.as_str());
    for words in limit.into_iter().chain(words) {
        parts.push(format!("{words}."));
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(bars: Vec<(i64, u64)>) -> Distribution {
        Distribution {
            bars,
            limit: Some(14),
            limit_label: "batas <14>".to_owned(),
            marks: vec![(9, "median 9".to_owned()), (90, "\"p90\"".to_owned())],
            axis: "hari kerja".to_owned(),
            counted: "berkas".to_owned(),
        }
    }

    #[test]
    fn bars_beyond_the_limit_have_a_class_of_their_own() {
        let html = figure("d", "<Sebaran>", &some(vec![(14, 3), (15, 2)]))
            .expect("a figure")
            .to_string();
        assert_eq!(
            html.matches("<rect class=\"bar-over\"").count(),
            3,
            "{html}"
        );
        assert!(
            !html.contains("<Sebaran>") && !html.contains("<14>"),
            "{html}"
        );
    }

    #[test]
    fn without_data_it_says_so() {
        for bars in [Vec::new(), vec![(3, 0)]] {
            let html = figure("d", "Sebaran", &some(bars)).expect("a figure");
            assert!(html.as_str().contains("Belum ada data"));
        }
    }

    #[test]
    fn extreme_values_neither_overflow_nor_hang() {
        let bars = vec![(i64::MIN, 1), (0, 1), (i64::MAX, u64::MAX / 4)];
        let html = figure("d", "Sebaran", &some(bars)).expect("a figure");
        assert!(!html.as_str().contains("NaN"));
    }
}
