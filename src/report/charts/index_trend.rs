//! Satisfaction indices over survey periods as a line. The line is broken where a period has no result, and visibly where the
//! instrument is another: results of two instruments are not compared.
//!
//! In: points in time order. Out: one drawing. No index is computed here; each point's grade is the one it was given by its own
//! bands.

use askama::Template;

use super::Size;
use super::scale::{Linear, px};
use crate::report::html::Markup;

/// One survey period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IndexPoint {
    /// `Semester I Tahun 2026`.
    pub label: String,
    /// On the axis: `2026-S1`.
    pub short: String,
    /// First day of the period and the day after its last, as numbers of days.
    pub from: i32,
    pub to: i32,
    /// None: a gap.
    pub value: Option<f64>,
    pub printed: String,
    pub grade: String,
    pub archived: bool,
    /// The instrument is another than that of the point before.
    pub breaks: bool,
}

/// Points in time order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IndexTrend {
    pub points: Vec<IndexPoint>,
    /// Lower edges of the bands of the last points' instrument, with the grade that begins there.
    pub edges: Vec<(f64, String)>,
}

struct Tick {
    at: String,
    label: String,
}

struct Dot {
    x: String,
    y: String,
    title: String,
    said: String,
    said_y: String,
    archived: bool,
    last: bool,
}

struct Edge {
    from: String,
    y: String,
    grade: String,
}

#[derive(Template)]
#[template(path = "charts/index_trend.svg", escape = "html")]
struct View {
    id: String,
    class: &'static str,
    width: u32,
    height: u32,
    left: String,
    right: String,
    bottom: String,
    label_x: String,
    label_y: String,
    grade_x: String,
    title: String,
    description: String,
    y_ticks: Vec<Tick>,
    x_ticks: Vec<Tick>,
    edges: Vec<Edge>,
    lines: Vec<String>,
    dots: Vec<Dot>,
    /// Where instruments change.
    breaks: Vec<String>,
}

struct Layout {
    x: Linear,
    y: Linear,
    /// Least distance of two labels on the axis, in pixels.
    apart: f64,
    /// Whether each point has its value written above it.
    values: bool,
}

const TOP: f64 = 26.0;

/// The chart. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn chart(id: &str, title: &str, trend: &IndexTrend, size: Size) -> anyhow::Result<Markup> {
    let (width, height, left, right, apart) = match size {
        Size::Wide => (920, 320, 44.0, 872.0, 62.0),
        Size::Narrow => (340, 280, 34.0, 312.0, 56.0),
    };
    let bottom = f64::from(height) - 36.0;
    let layout = Layout {
        x: Linear {
            from: span(trend),
            to: (left + 26.0, right - 26.0),
        },
        y: Linear {
            from: (floor(trend), 100.0),
            to: (bottom, TOP),
        },
        apart,
        values: size == Size::Wide,
    };
    let view = View {
        id: format!("{id}-{}", size.class()),
        class: size.class(),
        width,
        height,
        left: px(left),
        right: px(right),
        bottom: px(bottom),
        label_x: px(left - 6.0),
        label_y: px(bottom + 20.0),
        grade_x: px(right + 8.0),
        title: title.to_owned(),
        description: description(trend),
        y_ticks: y_ticks(&layout),
        x_ticks: x_ticks(trend, &layout),
        edges: edges(trend, &layout, left),
        lines: lines(trend, &layout),
        dots: dots(trend, &layout),
        breaks: breaks(trend, &layout).map(px).collect(),
    };
    Ok(Markup::trusted(view.render()?))
}

fn middle(p: &IndexPoint) -> f64 {
    (f64::from(p.from) + f64::from(p.to)) / 2.0
}

fn shown(p: &IndexPoint) -> Option<f64> {
    p.value.filter(|v| v.is_finite())
}

fn span(trend: &IndexTrend) -> (f64, f64) {
    let ends = trend.points.first().zip(trend.points.last());
    ends.map_or((0.0, 0.0), |(a, b)| (middle(a), middle(b)))
}

/// The axis begins at a multiple of ten below the least value, at 60 at most, never below 25.
fn floor(trend: &IndexTrend) -> f64 {
    let least = trend.points.iter().filter_map(shown).fold(68.0, f64::min);
    (((least - 3.0) / 10.0).floor() * 10.0).max(25.0)
}

fn y_ticks(l: &Layout) -> Vec<Tick> {
    let ticks = l.y.ticks(10.0).into_iter();
    ticks
        .map(|v| Tick {
            at: px(l.y.at(v)),
            label: format!("{v:.0}"),
        })
        .collect()
}

/// Labels counted back from the last point, left out where they would touch.
fn x_ticks(trend: &IndexTrend, l: &Layout) -> Vec<Tick> {
    let mut ticks = Vec::new();
    let mut next = f64::INFINITY;
    for p in trend.points.iter().rev() {
        let at = l.x.at(middle(p));
        if next - at >= l.apart {
            next = at;
            ticks.push(Tick {
                at: px(at),
                label: p.short.clone(),
            });
        }
    }
    ticks.reverse();
    ticks
}

/// Half-way between the two points that are not compared.
fn breaks<'a>(trend: &'a IndexTrend, l: &'a Layout) -> impl Iterator<Item = f64> + 'a {
    let pairs = trend.points.windows(2);
    pairs.filter_map(|pair| match pair {
        [a, b] if b.breaks => Some((l.x.at(middle(a)) + l.x.at(middle(b))) / 2.0),
        _ => None,
    })
}

/// The bands hold for the points after the last change of instrument only.
fn edges(trend: &IndexTrend, l: &Layout, left: f64) -> Vec<Edge> {
    let from = breaks(trend, l).last().unwrap_or(left);
    let seen = |(value, _): &&(f64, String)| *value > l.y.from.0;
    let edges = trend.edges.iter().filter(seen);
    edges
        .map(|(value, grade)| Edge {
            from: px(from),
            y: px(l.y.at(*value)),
            grade: grade.clone(),
        })
        .collect()
}

/// One path per run of results that follow each other under one instrument.
fn lines(trend: &IndexTrend, l: &Layout) -> Vec<String> {
    let joined = |a: &IndexPoint, b: &IndexPoint| {
        !b.breaks && a.to == b.from && shown(a).is_some() && shown(b).is_some()
    };
    let runs = trend.points.chunk_by(joined).filter(|run| run.len() > 1);
    let place = |p: &IndexPoint| {
        Some(format!(
            "{} {}",
            px(l.x.at(middle(p))),
            px(l.y.at(shown(p)?))
        ))
    };
    runs.map(|run| {
        let places: Vec<String> = run.iter().filter_map(place).collect();
        format!("M{}", places.join(" L"))
    })
    .collect()
}

fn dots(trend: &IndexTrend, l: &Layout) -> Vec<Dot> {
    let count = trend.points.len();
    let points = trend.points.iter().enumerate();
    let mut taken = f64::NEG_INFINITY;
    points
        .filter_map(|(i, p)| {
            let (x, y) = (l.x.at(middle(p)), l.y.at(shown(p)?));
            let said = match l.values {
                true => format!("{} {}", p.printed, p.grade),
                false => p.grade.clone(),
            };
            let room = if l.values { 58.0 } else { 16.0 };
            let free = x - taken >= room || i + 1 == count;
            if free {
                taken = x;
            }
            let below = is_low(trend, i);
            Some(Dot {
                x: px(x),
                y: px(y),
                title: title(p),
                said: if free {
                    said.trim().to_owned()
                } else {
                    String::new()
                },
                said_y: px(if below { y + 20.0 } else { y - 11.0 }),
                archived: p.archived,
                last: i + 1 == count,
            })
        })
        .collect()
}

/// Whether the lines to both neighbours go up from a point, so that there is room below it only.
fn is_low(trend: &IndexTrend, at: usize) -> bool {
    let value = |i: usize| trend.points.get(i).and_then(shown);
    let (Some(here), Some(before)) = (value(at), at.checked_sub(1).and_then(value)) else {
        return false;
    };
    here < before && value(at + 1).is_none_or(|after| here < after)
}

fn title(p: &IndexPoint) -> String {
    let mut title = format!("{}: {}", p.label, p.printed);
    if !p.grade.is_empty() {
        title.push_str(&format!(", mutu {}", p.grade));
    }
    if p.archived {
        title.push_str(" (arsip)");
    }
    title
}

fn description(trend: &IndexTrend) -> String {
    let ends = trend.points.first().zip(trend.points.last());
    let Some((first, last)) = ends else {
        return "Belum ada data.".to_owned();
    };
    let mut words = format!("Diagram garis dari {} sampai {}.", first.label, last.label);
    let changed: Vec<&str> = trend
        .points
        .iter()
        .filter(|p| p.breaks)
        .map(|p| p.label.as_str())
        .collect();
    if !changed.is_empty() {
        words.push_str(&format!(
            " Garis terputus karena instrumen berganti pada {}.",
            changed.join(", ")
        ));
    }
    words.push_str(" Nilainya tercantum dalam tabel di bawah diagram.");
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points() -> Vec<IndexPoint> {
        let point = |at: i32, value, breaks| IndexPoint {
            label: format!("Semester {at}"),
            short: format!("S{at}"),
            from: at * 182,
            to: (at + 1) * 182,
            value,
            printed: "80,00".into(),
            grade: "B".into(),
            archived: at < 3,
            breaks,
        };
        vec![
            point(0, Some(76.0), false),
            point(1, Some(77.0), false),
            point(2, Some(78.0), false),
            point(3, Some(82.0), true),
            point(4, None, false),
            point(5, Some(84.0), false),
            point(6, Some(85.0), false),
            point(8, Some(86.0), false),
        ]
    }

    fn drawn(size: Size) -> String {
        let trend = IndexTrend {
            points: points(),
            edges: vec![(25.0, "D".into()), (76.61, "B".into())],
        };
        chart("t", "IKM <tren>", &trend, size)
            .expect("a chart")
            .to_string()
    }

    #[test]
    fn no_line_crosses_a_change_of_instrument_a_gap_or_a_period_without_survey() {
        let svg = drawn(Size::Wide);
        let lines: Vec<usize> = svg
            .split("class=\"line\" d=\"")
            .skip(1)
            .filter_map(|l| l.split('"').next())
            .map(|d| d.matches(['M', 'L']).count())
            .collect();
        assert_eq!(lines, [3, 2], "{svg}");
        assert_eq!(svg.matches("class=\"instrument\"").count(), 1, "{svg}");
        assert!(svg.contains("instrumen berganti pada Semester 3"));
    }

    #[test]
    fn archived_points_have_another_shape_and_bands_begin_at_the_break() {
        let svg = drawn(Size::Narrow);
        assert_eq!(svg.matches("class=\"dot archived\"").count(), 3, "{svg}");
        assert_eq!(svg.matches("class=\"edge\"").count(), 1, "{svg}");
        assert!(!svg.contains("<tren>"), "{svg}");
    }

    #[test]
    fn no_points_are_said() {
        let svg = chart("t", "IKM", &IndexTrend::default(), Size::Wide).expect("a chart");
        assert!(svg.as_str().contains("Belum ada data"));
    }
}
