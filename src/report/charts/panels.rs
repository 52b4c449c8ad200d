//! Small multiples: one compact XmR chart per series, side by side and each on its own scale.
//!
//! In: series with their names. Out: one figure. No figure is computed here.

use askama::Template;

use super::empty;
use super::plot::{Area, Dot, Plot, Tick};
use super::scale::px;
use super::series::{Limits, Series};
use crate::format;
use crate::report::html::Markup;

const WIDTH: u32 = 300;
const HEIGHT: u32 = 140;
const AREA: Area = Area {
    left: 34.0,
    right: 292.0,
    top: 10.0,
    bottom: 116.0,
    steps: 3.0,
};

/// One chart of the group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Panel {
    /// Printed above it: `7 · Verifikasi`.
    pub name: String,
    pub series: Series,
}

/// A line of the chart, or a band between two.
struct Level {
    class: &'static str,
    y: String,
}

struct Chart {
    id: String,
    name: String,
    /// Said beside the name: mean, and signals where there are any.
    summary: String,
    signals: bool,
    description: String,
    y_ticks: Vec<Tick>,
    x_ticks: Vec<(Tick, &'static str)>,
    levels: Vec<Level>,
    lines: Vec<String>,
    dots: Vec<Dot>,
    gaps: Vec<Tick>,
}

#[derive(Template)]
#[template(path = "charts/panels.html")]
struct View<'a> {
    title: &'a str,
    width: u32,
    height: u32,
    left: String,
    right: String,
    bottom: String,
    label_x: String,
    label_y: String,
    charts: Vec<Chart>,
}

/// The group: two or three in a row on a wide page, one on a phone. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(id: &str, title: &str, panels: &[Panel]) -> anyhow::Result<Markup> {
    if panels.iter().all(|p| p.series.points.is_empty()) {
        return Ok(empty(title));
    }
    let numbered = panels.iter().enumerate();
    let view = View {
        title,
        width: WIDTH,
        height: HEIGHT,
        left: px(AREA.left),
        right: px(AREA.right),
        bottom: px(AREA.bottom),
        label_x: px(AREA.left - 5.0),
        label_y: px(AREA.bottom + 17.0),
        charts: numbered
            .map(|(i, p)| one(&format!("{id}-{i}"), p))
            .collect(),
    };
    Ok(Markup::trusted(view.render()?))
}

fn one(id: &str, panel: &Panel) -> Chart {
    let series = &panel.series;
    let plot = Plot::new(series, AREA);
    let places = usize::from(plot.step < 1.0);
    let tick = |v: f64| Tick {
        at: px(plot.y.at(v)),
        label: format::decimal(v, places),
    };
    Chart {
        id: id.to_owned(),
        name: panel.name.clone(),
        summary: summary(series),
        signals: series.signals() > 0,
        description: series.description(),
        y_ticks: plot.y.ticks(plot.step).into_iter().map(tick).collect(),
        x_ticks: ends(&plot, series),
        levels: series
            .shown_limits()
            .map_or_else(Vec::new, |l| levels(&plot, l)),
        lines: plot.lines(series),
        dots: plot.dots(series),
        gaps: plot.gaps(series),
    }
}

/// `rata-rata 3,2 jam, 1 sinyal`.
fn summary(series: &Series) -> String {
    if series.points.is_empty() {
        return "belum ada data".to_owned();
    }
    let mean = match series.shown_limits() {
        Some(l) => format!("rata-rata {}", series.unit.value(l.mean)),
        None => "belum ada batas kendali".to_owned(),
    };
    match series.signals() {
        0 => mean,
        count => format!("{mean}, {count} sinyal"),
    }
}

/// The first and the last period, and the one between them.
fn ends(plot: &Plot, series: &Series) -> Vec<(Tick, &'static str)> {
    let last = series.points.len().saturating_sub(1);
    let mut all = plot.periods(series, 1);
    let mut out = Vec::new();
    for (i, class) in [(last, "end"), (last / 2, "middle"), (0, "start")] {
        // Neighbours would overprint each other; the last one stays.
        let room = out.is_empty() || last >= 6;
        if i < all.len() && room {
            out.push((all.swap_remove(i), class));
        }
    }
    out.reverse();
    out
}

fn levels(plot: &Plot, l: Limits) -> Vec<Level> {
    let (from, to) = plot.y.from;
    let all = [(l.upper, "limit"), (l.mean, "mean"), (l.lower, "limit")];
    let inside = all.into_iter().filter(|(v, _)| (from..=to).contains(v));
    inside
        .map(|(v, class)| Level {
            class,
            y: px(plot.y.at(v)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::scale::Unit;
    use super::super::series::Point;
    use super::*;

    fn panel(values: &[Option<f64>]) -> Panel {
        let point = |(i, v): (usize, &Option<f64>)| Point {
            label: format!("bulan {i}"),
            short: format!("b{i}"),
            value: *v,
            printed: "<b>".to_owned(),
            n: 12,
            signal: (i == 3).then(|| "di atas \"batas\"".to_owned()),
        };
        Panel {
            name: "7 · <Verifikasi>".to_owned(),
            series: Series {
                points: values.iter().enumerate().map(point).collect(),
                limits: Some(Limits {
                    mean: 3.0,
                    lower: 1.0,
                    upper: 6.0,
                }),
                unit: Unit::Hours,
                floor: Some(0.0),
                ceiling: None,
            },
        }
    }

    #[test]
    fn a_panel_says_its_mean_and_its_signals() {
        let values = [Some(2.0), None, Some(f64::NAN), Some(9.0), Some(3.0)];
        let html = figure("p", "Jam kerja", &[panel(&values)])
            .expect("a figure")
            .to_string();
        assert!(html.contains("rata-rata 3,0 jam, 1 sinyal"), "{html}");
        assert!(
            !html.contains("<Verifikasi>") && !html.contains("<b>"),
            "{html}"
        );
        assert!(
            !html.contains("NaN") && html.matches('×').count() == 3,
            "{html}"
        );
    }

    #[test]
    fn neighbouring_periods_do_not_share_a_place() {
        let ticks = |n: usize| {
            let panel = panel(&vec![Some(1.0); n]);
            let plot = Plot::new(&panel.series, AREA);
            let ticks = ends(&plot, &panel.series);
            ticks.into_iter().map(|(t, _)| t.label).collect::<Vec<_>>()
        };
        assert_eq!(ticks(24), ["b0", "b11", "b23"]);
        assert_eq!(ticks(2), ["b1"]);
        assert_eq!(ticks(0), [""; 0]);
    }

    #[test]
    fn without_points_it_says_so() {
        let html = figure("p", "Jam", &[panel(&[])]).expect("a figure");
        assert!(html.as_str().contains("Belum ada data"));
    }
}
