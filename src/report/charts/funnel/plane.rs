//! Scales of the funnel, its ticks, and the edges of its bands.
//!
//! In: points in order of their expected number. Out: coordinates as SVG writes them.

use super::FunnelPoint;
use crate::format;
use crate::report::charts::Size;
use crate::report::charts::plot::Tick;
use crate::report::charts::scale::{Linear, nice_step, px};

/// Scales of a drawing. `x` is laid out by its root, so that small points are not crushed at the left.
pub struct Plane {
    pub x: Linear,
    pub y: Linear,
}

impl Plane {
    /// Pixel of an expected number.
    pub fn x(&self, expected: f64) -> f64 {
        self.x.at(expected.max(0.0).sqrt())
    }

    /// Kept within a little more than the drawing, whose edge cuts it.
    pub fn y(&self, ratio: f64) -> f64 {
        let (from, to) = self.y.from;
        self.y.at(ratio.clamp(from, to * 1.5))
    }
}

/// Points in pixels.
pub type Places = Vec<(f64, f64)>;

/// Lower and upper edge of a band, in pixels, in order of x.
pub fn edge_pair(
    plane: &Plane,
    all: &[&FunnelPoint],
    limits: fn(&FunnelPoint) -> (f64, f64),
) -> (Places, Places) {
    let at = |p: &&FunnelPoint| {
        let (low, high) = limits(p);
        let x = plane.x(p.x);
        ((x, plane.y(low)), (x, plane.y(high)))
    };
    all.iter().map(at).unzip()
}

/// A path through all places.
pub fn line(places: &[(f64, f64)]) -> String {
    let points: Vec<String> = places
        .iter()
        .map(|(x, y)| format!("{} {}", px(*x), px(*y)))
        .collect();
    format!("M{}", points.join(" L"))
}

/// The area between two edges.
pub fn area((low, high): &(Places, Places)) -> String {
    let around: Places = low.iter().chain(high.iter().rev()).copied().collect();
    format!("{}Z", line(&around))
}

/// Ones, twos and fives, as far as they fit.
pub fn x_ticks(plane: &Plane, size: Size) -> Vec<Tick> {
    let apart = if size == Size::Wide { 44.0 } else { 32.0 };
    let greatest = plane.x.from.1 * plane.x.from.1;
    let mut ticks = vec![(plane.x(0.0), 0.0)];
    let mut power = 1.0;
    while power <= greatest && ticks.len() < 40 {
        for value in [power, 2.0 * power, 5.0 * power] {
            let at = plane.x(value);
            let room = ticks.last().is_none_or(|(last, _)| at - last >= apart);
            if value <= greatest && room {
                ticks.push((at, value));
            }
        }
        power *= 10.0;
    }
    let tick = |(at, value)| Tick {
        at: px(at),
        label: format::decimal(value, 0),
    };
    ticks.into_iter().map(tick).collect()
}

/// Ticks of the ratios.
pub fn y_ticks(plane: &Plane) -> Vec<Tick> {
    let step = nice_step(plane.y.from.1, 5.0);
    let tick = |v: f64| Tick {
        at: px(plane.y(v)),
        label: format::decimal(v, 1),
    };
    plane.y.ticks(step).into_iter().map(tick).collect()
}
