//! Where the points of a series lie: axes, lines between gaps, dots. Shared by the wide trend and the small multiples.
//!
//! In: a series and the rectangle it is drawn in. Out: coordinates as SVG writes them.

use super::scale::{Linear, Unit, nice_step, px};
use super::series::Series;

/// A place on an axis and what is written there.
pub struct Tick {
    pub at: String,
    pub label: String,
}

/// One value.
pub struct Dot {
    pub x: String,
    pub y: String,
    pub title: String,
    pub signal: bool,
    pub last: bool,
}

/// Both axes.
#[derive(Debug, Clone, Copy)]
pub struct Plot {
    pub x: Linear,
    pub y: Linear,
    /// Distance of the ticks of `y`.
    pub step: f64,
}

/// The rectangle of a plot, in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    /// About how many steps the value axis has; shares go by tens and twenties.
    pub steps: f64,
}

impl Plot {
    /// Axes that hold every point and both limits.
    pub fn new(series: &Series, area: Area) -> Self {
        let (from, step) = value_axis(series, area.steps);
        let months = series.points.len().max(2) - 1;
        Self {
            x: Linear {
                from: (0.0, months as f64),
                to: (area.left, area.right),
            },
            y: Linear {
                from,
                to: (area.bottom, area.top),
            },
            step,
        }
    }

    /// One path per run of points without a gap; a single point between gaps has none.
    pub fn lines(&self, series: &Series) -> Vec<String> {
        let mut lines = Vec::new();
        let mut run: Vec<String> = Vec::new();
        for (i, p) in series.points.iter().enumerate() {
            match p.shown() {
                Some(v) => run.push(format!("{} {}", px(self.x.at(i as f64)), px(self.y.at(v)))),
                None => lines.extend(path(&mut run)),
            }
        }
        lines.extend(path(&mut run));
        lines
    }

    /// The points.
    pub fn dots(&self, series: &Series) -> Vec<Dot> {
        let count = series.points.len();
        let points = series.points.iter().enumerate();
        let dot = |(i, p): (usize, &super::series::Point)| {
            Some(Dot {
                x: px(self.x.at(i as f64)),
                y: px(self.y.at(p.shown()?)),
                title: p.title(),
                signal: p.signal.is_some(),
                last: i + 1 == count,
            })
        };
        points.filter_map(dot).collect()
    }

    /// The periods without a point.
    pub fn gaps(&self, series: &Series) -> Vec<Tick> {
        let points = series.points.iter().enumerate();
        let open = points.filter(|(_, p)| p.shown().is_none());
        open.map(|(i, p)| Tick {
            at: px(self.x.at(i as f64)),
            label: p.gap_title(),
        })
        .collect()
    }

    /// Labels of periods, every so many counted back from the last one, so that the period of the report always has one.
    pub fn periods(&self, series: &Series, every: usize) -> Vec<Tick> {
        let count = series.points.len();
        let labelled = |(i, _): &(usize, _)| (count - 1 - i).is_multiple_of(every);
        let points = series.points.iter().enumerate().filter(labelled);
        points
            .map(|(i, p)| Tick {
                at: px(self.x.at(i as f64)),
                label: p.short.clone(),
            })
            .collect()
    }
}

/// The range of the value axis, and its step.
fn value_axis(series: &Series, steps: f64) -> ((f64, f64), f64) {
    let limits = series.shown_limits();
    let values = series.points.iter().filter_map(|p| p.shown());
    let all: Vec<f64> = values
        .chain(limits.iter().flat_map(|l| [l.lower, l.upper]))
        .collect();
    if series.unit == Unit::Percent {
        let lowest = all.iter().copied().fold(90.0_f64, f64::min);
        let least = ((lowest - 1.0) / 10.0).floor().max(0.0) * 10.0;
        let floor = series.floor.unwrap_or(least);
        let step = if floor <= 50.0 { 20.0 } else { 10.0 };
        return ((floor, series.ceiling.unwrap_or(100.0)), step);
    }
    let lowest = all.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (lowest, highest) = match lowest <= highest {
        true => (lowest, highest),
        false => (0.0, 1.0),
    };
    let low = series.floor.unwrap_or(lowest);
    let high = series.ceiling.unwrap_or(highest);
    let step = nice_step((high - low).max(highest.abs() * 0.05), steps);
    let floor = series.floor.unwrap_or((low / step).floor() * step);
    let ceiling = series.ceiling.unwrap_or((high / step).ceil() * step);
    // A series that never moves still needs an axis.
    ((floor, ceiling.max(floor + step)), step)
}

fn path(run: &mut Vec<String>) -> Option<String> {
    let points = std::mem::take(run);
    (points.len() > 1).then(|| format!("M{}", points.join(" L")))
}
