//! The funnel: observed against expected, each point with its own exact limits (Spiegelhalter, Statistics in Medicine 24,
//! 2005, section 2: funnel plots with control limits at 95 % and 99.8 %).
//!
//! In: plain numbers and labels. Out: a figure. Computes no limit and ranks nobody.

mod plane;

use askama::Template;

use self::plane::{Plane, area, edge_pair, line, x_ticks, y_ticks};
use super::labels::{Label, Labels};
use super::plot::Tick;
use super::scale::{Linear, px};
use super::{Size, cut, empty};
use crate::report::html::Markup;

/// Where a point lies. Whoever computed the limits decides; the drawing does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    #[default]
    Inside,
    Beyond95,
    Beyond998,
}

/// One point. All values but `x` are ratios, on the axis of `y`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunnelPoint {
    /// Name or code of the officer.
    pub label: String,
    /// Read on hovering: `diamati 31, diharapkan 18,2, rasio 1,70`.
    pub detail: String,
    /// Expected number E; a point with none above zero is not drawn.
    pub x: f64,
    /// Observed over expected.
    pub y: f64,
    /// Exact 95 % limits of the count over E.
    pub low95: f64,
    pub high95: f64,
    /// Exact 99.8 % limits of the count over E.
    pub low998: f64,
    pub high998: f64,
    pub position: Position,
    /// Drawn stronger and named, wherever it lies.
    pub highlight: bool,
}

/// Points with the words of the axes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Funnel {
    pub points: Vec<FunnelPoint>,
    /// `jumlah terlambat yang diharapkan`.
    pub x_axis: String,
    /// `rasio diamati terhadap diharapkan`.
    pub y_axis: String,
}

/// The axis of ratios ends here at most; what lies above is drawn at its edge with an arrow.
const MOST: f64 = 4.0;
/// It ends no earlier than this, so that the line at 1 lies below the middle.
const LEAST: f64 = 2.0;

struct Dot {
    x: String,
    y: String,
    title: String,
    /// `inside`, `beyond95`, `beyond998`, with ` mine` where it is highlighted.
    class: String,
    position: Position,
    /// Above the axis: drawn at its edge.
    above: bool,
}

#[derive(Template)]
#[template(path = "charts/funnel.svg", escape = "html")]
struct View<'a> {
    id: String,
    class: &'static str,
    width: u32,
    height: u32,
    left: String,
    right: String,
    top: String,
    bottom: String,
    middle: String,
    label_x: String,
    label_y: String,
    axis_y: String,
    one: String,
    title: &'a str,
    description: &'a str,
    x_axis: &'a str,
    y_axis: &'a str,
    x_ticks: Vec<Tick>,
    y_ticks: Vec<Tick>,
    /// Areas, the outer one first, and their edges.
    bands: Vec<(&'static str, String)>,
    edges: Vec<(&'static str, String)>,
    dots: Vec<Dot>,
    labels: Vec<Label>,
}

/// The figure of all points, for wide pages and phones. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(id: &str, title: &str, funnel: &Funnel) -> anyhow::Result<Markup> {
    both(id, title, funnel, |_| true)
}

/// The figure of one person: the bands of all, the highlighted points only, and no other name in the markup.
///
/// # Errors
/// A template that cannot be rendered.
pub fn personal(id: &str, title: &str, funnel: &Funnel) -> anyhow::Result<Markup> {
    both(id, title, funnel, |p| p.highlight)
}

#[derive(Template)]
#[template(path = "charts/funnel.html")]
struct Page {
    wide: Markup,
    narrow: Markup,
    /// Whether points may lie above the axis.
    above: bool,
    note: &'static str,
}

fn both(
    id: &str,
    title: &str,
    funnel: &Funnel,
    drawn: fn(&FunnelPoint) -> bool,
) -> anyhow::Result<Markup> {
    let mut all: Vec<&FunnelPoint> = funnel.points.iter().filter(|p| p.drawable()).collect();
    if all.is_empty() {
        return Ok(empty(title));
    }
    all.sort_by(|a, b| a.x.total_cmp(&b.x).then_with(|| a.label.cmp(&b.label)));
    let shown: Vec<&FunnelPoint> = all.iter().copied().filter(|p| drawn(p)).collect();
    let one = |size| drawing(id, title, funnel, (&all, &shown), size);
    let page = Page {
        wide: one(Size::Wide)?,
        narrow: one(Size::Narrow)?,
        above: shown.iter().any(|p| p.y > MOST),
        note: match all.len() < funnel.points.len() {
            true => "Yang tidak mempunyai jumlah yang diharapkan tidak digambar.",
            false => "",
        },
    };
    Ok(Markup::trusted(page.render()?))
}

impl FunnelPoint {
    fn drawable(&self) -> bool {
        let all = [
            self.x,
            self.y,
            self.low95,
            self.high95,
            self.low998,
            self.high998,
        ];
        self.x > 0.0 && all.iter().all(|v| v.is_finite())
    }
}

fn drawing(
    id: &str,
    title: &str,
    funnel: &Funnel,
    (all, shown): (&[&FunnelPoint], &[&FunnelPoint]),
    size: Size,
) -> anyhow::Result<Markup> {
    let (width, height, left, right) = match size {
        Size::Wide => (920, 440, 52.0, 906.0),
        Size::Narrow => (340, 340, 36.0, 332.0),
    };
    let (top, bottom) = (26.0, f64::from(height) - 46.0);
    let greatest = |v: fn(&FunnelPoint) -> f64, of: &[&FunnelPoint]| {
        of.iter().map(|p| v(p)).fold(0.0_f64, f64::max)
    };
    let highest = (greatest(|p| p.y, shown) * 1.08).clamp(LEAST, MOST);
    let plane = Plane {
        x: Linear {
            from: (0.0, (greatest(|p| p.x, all) * 1.06).sqrt()),
            to: (left, right),
        },
        y: Linear {
            from: (0.0, (highest * 2.0).ceil() / 2.0),
            to: (bottom, top),
        },
    };
    let outer = edge_pair(&plane, all, |p| (p.low998, p.high998));
    let inner = edge_pair(&plane, all, |p| (p.low95, p.high95));
    let view = View {
        id: format!("{id}-{}", size.class()),
        class: size.class(),
        width,
        height,
        left: px(left),
        right: px(right),
        top: px(top),
        bottom: px(bottom),
        middle: px((left + right) / 2.0),
        label_x: px(left - 6.0),
        label_y: px(bottom + 17.0),
        axis_y: px(bottom + 37.0),
        one: px(plane.y(1.0)),
        title,
        description: &description(shown),
        x_axis: &funnel.x_axis,
        y_axis: &funnel.y_axis,
        x_ticks: x_ticks(&plane, size),
        y_ticks: y_ticks(&plane),
        bands: vec![("band998", area(&outer)), ("band95", area(&inner))],
        edges: vec![
            ("edge998", line(&outer.0)),
            ("edge998", line(&outer.1)),
            ("edge95", line(&inner.0)),
            ("edge95", line(&inner.1)),
        ],
        dots: shown.iter().map(|p| dot(&plane, p)).collect(),
        labels: labels(&plane, shown, size),
    };
    Ok(Markup::trusted(view.render()?))
}

fn dot(plane: &Plane, p: &FunnelPoint) -> Dot {
    let above = p.y > plane.y.from.1;
    let position = match p.position {
        Position::Inside => "inside",
        Position::Beyond95 => "beyond95",
        Position::Beyond998 => "beyond998",
    };
    let separator = if p.detail.is_empty() { "" } else { ": " };
    Dot {
        x: px(plane.x(p.x)),
        y: px(if above {
            plane.y.to.1 + 8.0
        } else {
            plane.y(p.y)
        }),
        title: format!("{}{separator}{}", p.label, p.detail),
        class: format!("{position}{}", if p.highlight { " mine" } else { "" }),
        position: p.position,
        above,
    }
}

/// Names of those outside or highlighted, kept off the points that are named and off each other.
fn labels(plane: &Plane, shown: &[&FunnelPoint], size: Size) -> Vec<Label> {
    let longest = if size == Size::Wide { 26 } else { 15 };
    let mut named: Vec<&&FunnelPoint> = shown
        .iter()
        .filter(|p| p.position != Position::Inside || p.highlight)
        .collect();
    // Where there is no room for all, the farther ones come first.
    named.sort_by(|a, b| {
        let rank = |p: &FunnelPoint| (p.highlight, p.position);
        rank(b)
            .cmp(&rank(a))
            .then(b.y.total_cmp(&a.y))
            .then(a.x.total_cmp(&b.x))
    });
    let place = |p: &FunnelPoint| {
        let y = if p.y > plane.y.from.1 {
            plane.y.to.1 + 8.0
        } else {
            plane.y(p.y)
        };
        (plane.x(p.x), y)
    };
    let mut labels = Labels::new(plane.x.to, (plane.y.to.1 + 4.0, plane.y.to.0 - 2.0));
    for p in &named {
        labels.occupy(place(p));
    }
    for p in shown {
        labels.avoid(place(p));
    }
    for p in named {
        labels.put(place(p), cut(&p.label, longest));
    }
    labels.placed()
}

fn description(shown: &[&FunnelPoint]) -> String {
    let count = |position| shown.iter().filter(|p| p.position == position).count();
    format!(
        "Diagram corong: rasio terhadap jumlah yang diharapkan. {} titik di dalam batas 95 %, {} di luar batas 95 %, {} di luar batas 99,8 %. Nilainya tercantum dalam tabel.",
        count(Position::Inside),
        count(Position::Beyond95),
        count(Position::Beyond998)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(label: &str, x: f64, y: f64, position: Position) -> FunnelPoint {
        let half = 2.0 / x.sqrt();
        FunnelPoint {
            label: label.to_owned(),
            x,
            y,
            low95: (1.0 - half).max(0.0),
            high95: 1.0 + half,
            low998: (1.0 - 1.5 * half).max(0.0),
            high998: 1.0 + 1.5 * half,
            position,
            ..FunnelPoint::default()
        }
    }

    fn some() -> Funnel {
        let mut mine = point("Saya", 20.0, 1.1, Position::Inside);
        mine.highlight = true;
        Funnel {
            points: vec![
                point("<Budi>", 30.0, 2.0, Position::Beyond998),
                mine,
                point("Citra", 4.0, 9.0, Position::Beyond95),
                point("Dewi", 0.0, f64::NAN, Position::Inside),
            ],
            x_axis: "diharapkan".to_owned(),
            y_axis: "rasio".to_owned(),
        }
    }

    #[test]
    fn shapes_tell_positions_apart_and_what_is_no_number_is_left_out() {
        let html = figure("f", "Corong", &some())
            .expect("a figure")
            .to_string();
        assert!(!html.contains("NaN") && !html.contains("inf") && !html.contains("<Budi>"));
        // Each in both drawings.
        assert_eq!(html.matches("class=\"pt beyond998\"").count(), 2, "{html}");
        assert_eq!(
            html.matches("class=\"pt inside mine\"").count(),
            2,
            "{html}"
        );
        assert_eq!(html.matches("class=\"above\"").count(), 2, "{html}");
        assert!(html.contains("tidak digambar") && !html.contains("Dewi"));
    }

    #[test]
    fn the_personal_figure_names_nobody_else() {
        let html = personal("f", "Corong", &some())
            .expect("a figure")
            .to_string();
        assert!(html.contains("Saya") && html.contains("band95"));
        for other in ["Budi", "Citra", "Dewi"] {
            assert!(!html.contains(other), "{html}");
        }
    }

    #[test]
    fn without_points_it_says_so() {
        let html = figure("f", "Corong", &Funnel::default()).expect("a figure");
        assert!(html.as_str().contains("Belum ada data"));
    }
}
