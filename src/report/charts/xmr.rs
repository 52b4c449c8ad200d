//! The trend as an XmR line chart: mean, natural process limits, signals marked by shape, gaps left open.
//!
//! In: a series. Out: one drawing, whose legend the page prints. No limit and no signal is computed here.

use askama::Template;

use super::Size;
use super::plot::{Area, Dot, Plot, Tick};
use super::scale::{Unit, px};
use super::series::{Limits, Series};
use crate::report::html::Markup;

struct Level {
    y: String,
    label: String,
    class: &'static str,
    text_y: String,
}

#[derive(Template)]
#[template(path = "charts/xmr.svg", escape = "html")]
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
    title: String,
    description: String,
    y_ticks: Vec<Tick>,
    x_ticks: Vec<Tick>,
    levels: Vec<Level>,
    /// One path per run of months without a gap.
    lines: Vec<String>,
    dots: Vec<Dot>,
    gaps: Vec<Tick>,
}

/// The chart of `series`. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn chart(id: &str, title: &str, series: &Series, size: Size) -> anyhow::Result<Markup> {
    // The last one: every so many months one label.
    let (width, height, left, right, every) = match size {
        Size::Wide => (920, 340, 52.0, 768.0, 3),
        Size::Narrow => (340, 280, 46.0, 330.0, 6),
    };
    let bottom = f64::from(height) - 40.0;
    let area = Area {
        left,
        right,
        top: 16.0,
        bottom,
        steps: 5.0,
    };
    let plot = Plot::new(series, area);
    let limits = series.shown_limits();
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
        title: title.to_owned(),
        description: series.description(),
        y_ticks: y_ticks(&plot, series.unit),
        x_ticks: plot.periods(series, every),
        levels: limits.map_or_else(Vec::new, |l| levels(&plot, series.unit, l)),
        lines: plot.lines(series),
        dots: plot.dots(series),
        gaps: plot.gaps(series),
    };
    Ok(Markup::trusted(view.render()?))
}

fn y_ticks(plot: &Plot, unit: Unit) -> Vec<Tick> {
    let places = usize::from(plot.step.fract() != 0.0);
    let tick = |v: f64| Tick {
        at: px(plot.y.at(v)),
        label: unit.with_places(v, places),
    };
    plot.y.ticks(plot.step).into_iter().map(tick).collect()
}

fn levels(plot: &Plot, unit: Unit, l: Limits) -> Vec<Level> {
    let level = |value: f64, name: &str, class| {
        let y = plot.y.at(value);
        Level {
            y: px(y),
            label: format!("{name} {}", unit.value(value)),
            class,
            text_y: px(y + 4.0),
        }
    };
    let mut levels = vec![
        level(l.upper, "Batas atas", "limit"),
        level(l.mean, "Rata-rata", "mean"),
        level(l.lower, "Batas bawah", "limit"),
    ];
    // Labels that would overprint each other are moved apart, upper ones up.
    let mut above = f64::NEG_INFINITY;
    for level in &mut levels {
        let y: f64 = level.text_y.parse().unwrap_or(0.0);
        let free = y.max(above + 14.0);
        above = free;
        level.text_y = px(free);
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::overview::{TrendLimits, TrendPoint};

    fn point(month: u32, value: Option<f64>) -> TrendPoint {
        TrendPoint {
            period: crate::period::Period::Month { year: 2026, month },
            n: 20,
            on_time: 18,
            value,
            signal: None,
        }
    }

    /// The file was written by the code as it stood before other series shared it, so that the page of the monthly
    /// review does not change.
    #[test]
    fn the_monthly_trend_is_drawn_as_it_always_was() {
        let value = |m: u32| (m % 5 != 3).then(|| 60.0 + f64::from(m * 37 % 41));
        let mut points: Vec<_> = (1..=12).map(|m| point(m, value(m))).collect();
        points[6].signal = Some("di luar <batas> kendali & \"lain\"".to_owned());
        let limits = TrendLimits {
            mean: 80.04,
            lower: 58.66,
            upper: 84.25,
        };
        let mut all = String::new();
        for size in [Size::Wide, Size::Narrow] {
            for limits in [None, Some(limits)] {
                for (title, points) in [
                    ("Tepat <waktu>", points.as_slice()),
                    ("Tepat", &points[..1]),
                    ("Tepat", &[]),
                ] {
                    let series = Series::trend(points, limits);
                    let drawing = chart("tren", title, &series, size).expect("a chart");
                    all += drawing.as_str();
                }
            }
        }
        assert!(all == include_str!("../../../tests/fixtures/charts/trend.svg"));
    }

    #[test]
    fn hours_have_an_axis_of_their_own() {
        let mut series = Series::trend(&[point(1, Some(3.0)), point(2, Some(f64::NAN))], None);
        series.unit = Unit::Hours;
        series.ceiling = None;
        let svg = chart("a", "t", &series, Size::Wide)
            .expect("a chart")
            .to_string();
        assert!(svg.contains(" jam</text>") && !svg.contains("NaN"), "{svg}");
    }
}
