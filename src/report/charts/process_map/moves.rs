//! The moves of the process map: straight arrows down the spine, arcs on either side of it.
//!
//! In: moves between rows of the drawing. Out: paths, heads and counts as SVG writes them.

use super::ProcessMap;
use crate::format;
use crate::report::charts::scale::px;

/// Sizes of a drawing, in pixels.
pub struct Layout {
    pub width: f64,
    /// Of a step's box.
    pub box_width: f64,
    pub box_height: f64,
    /// From one box to the next.
    pub pitch: f64,
    /// Characters of a title that fit.
    pub title: usize,
    /// Arcs drawn at most; the most frequent ones.
    pub arcs: usize,
    /// Broadest stroke.
    pub stroke: f64,
    /// Title and cases on two lines.
    pub stacked: bool,
}

/// For wide pages and paper.
pub const WIDE: Layout = Layout {
    width: 920.0,
    box_width: 350.0,
    box_height: 28.0,
    pitch: 52.0,
    title: 30,
    arcs: 30,
    stroke: 9.0,
    stacked: false,
};

/// For phones.
pub const NARROW: Layout = Layout {
    width: 340.0,
    box_width: 164.0,
    box_height: 34.0,
    pitch: 58.0,
    title: 17,
    arcs: 12,
    stroke: 6.0,
    stacked: true,
};

/// Space above the first box.
pub const TOP: f64 = 6.0;
/// Length of an arrow's head.
const HEAD: f64 = 8.0;

/// A move as it is drawn.
pub struct Move {
    pub class: &'static str,
    pub path: String,
    pub stroke: String,
    /// Corners of the head.
    pub head: String,
    pub title: String,
    /// Count, where it is printed.
    pub label: Option<Printed>,
}

/// A count and where it is printed.
pub struct Printed {
    pub x: String,
    pub y: String,
    pub anchor: &'static str,
    pub text: String,
}

/// A move between rows of the drawing: 0 is the start, then the steps, then the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    pub from: usize,
    pub to: usize,
    pub count: u64,
}

impl Between {
    /// Whether it leads to the next row.
    pub fn straight(self) -> bool {
        self.to == self.from + 1
    }
}

/// Every straight move, and of the arcs as many as the layout has room for; `moves` come broadest first.
pub fn drawn(map: &ProcessMap, moves: &[Between], layout: &Layout) -> Vec<Move> {
    let most = moves.iter().map(|m| m.count).max().unwrap_or(1).max(1) as f64;
    let mut arcs = 0;
    let mut out = Vec::new();
    // Places of the counts printed so far: one that would cover another is left to hovering.
    let mut printed: Vec<(f64, f64)> = Vec::new();
    for m in moves {
        let stroke = 1.0 + (layout.stroke - 1.0) * m.count as f64 / most;
        if m.straight() {
            out.push(straight(map, *m, layout, stroke));
            continue;
        }
        arcs += 1;
        if arcs <= layout.arcs {
            out.push(arc(map, *m, layout, stroke, &mut printed));
        }
    }
    out
}

fn straight(map: &ProcessMap, m: Between, layout: &Layout, stroke: f64) -> Move {
    let x = layout.width / 2.0;
    let from = TOP + layout.pitch * m.from as f64 + layout.box_height;
    let to = TOP + layout.pitch * m.to as f64;
    let half = (stroke / 2.0 + 3.0).max(4.5);
    Move {
        class: "on",
        path: format!("M{} {}V{}", px(x), px(from), px(to - HEAD)),
        stroke: px(stroke),
        head: format!(
            "M{} {}H{}L{} {}Z",
            px(x - half),
            px(to - HEAD),
            px(x + half),
            px(x),
            px(to)
        ),
        title: words(map, m),
        label: Some(Printed {
            x: px(x + half + 6.0),
            y: px((from + to) / 2.0 + 4.0),
            anchor: "start",
            text: format::count(m.count),
        }),
    }
}

/// Skips leave and arrive on the right, ways back on the left. They leave at the far side of the box and arrive at the near
/// one, so that a box's arrivals and departures do not cover each other.
fn arc(
    map: &ProcessMap,
    m: Between,
    layout: &Layout,
    stroke: f64,
    printed: &mut Vec<(f64, f64)>,
) -> Move {
    let skip = m.to > m.from;
    let (side, class, anchor) = match skip {
        true => (1.0, "skip", "start"),
        false => (-1.0, "back", "end"),
    };
    let middle = |row: usize| TOP + layout.pitch * row as f64 + layout.box_height / 2.0;
    let off = layout.box_height * 0.28;
    let (from, to) = match skip {
        true => (middle(m.from) + off, middle(m.to) - off),
        false if m.from == m.to => (middle(m.from) + off, middle(m.to) - off),
        false => (middle(m.from) - off, middle(m.to) + off),
    };
    let edge = (layout.width + side * layout.box_width) / 2.0;
    let space = (layout.width - layout.box_width) / 2.0 - 34.0;
    let span = m.from.abs_diff(m.to) as f64;
    let rows = (map.nodes.len() + 1) as f64;
    let bulge = side * (0.16 + 0.84 * (span / rows).powf(0.75)) * space;
    // A cubic curve with both handles at the same distance reaches three quarters of it.
    let handle = edge + bulge / 0.75;
    let tip = edge + side * HEAD;
    let half = (stroke / 2.0 + 2.5).max(4.0);
    Move {
        class,
        path: format!(
            "M{} {}C{} {} {} {} {} {}",
            px(edge),
            px(from),
            px(handle),
            px(from),
            px(handle),
            px(to),
            px(tip),
            px(to)
        ),
        stroke: px(stroke),
        head: format!(
            "M{} {}V{}L{} {}Z",
            px(tip),
            px(to - half),
            px(to + half),
            px(edge),
            px(to)
        ),
        title: words(map, m),
        label: place(
            printed,
            (
                edge + bulge + side * (stroke / 2.0 + 4.0),
                (from + to) / 2.0,
            ),
        )
        .map(|(x, y)| Printed {
            x: px(x),
            y: px(y + 4.0),
            anchor,
            text: format::count(m.count),
        }),
    }
}

/// The place of a count, unless it would cover one that is there.
fn place(printed: &mut Vec<(f64, f64)>, (x, y): (f64, f64)) -> Option<(f64, f64)> {
    let covers = |at: &(f64, f64)| (at.0 - x).abs() < 34.0 && (at.1 - y).abs() < 12.0;
    if printed.iter().any(covers) {
        return None;
    }
    printed.push((x, y));
    Some((x, y))
}

/// `7 → 9: 214 kali`.
fn words(map: &ProcessMap, m: Between) -> String {
    let name = |row: usize| match row.checked_sub(1) {
        None => "mulai".to_owned(),
        Some(i) => match map.nodes.get(i) {
            Some(node) => node.step.to_string(),
            None => "selesai".to_owned(),
        },
    };
    format!(
        "{} → {}: {} kali",
        name(m.from),
        name(m.to),
        format::count(m.count)
    )
}
