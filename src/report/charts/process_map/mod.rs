//! The paths that files really take, over the standard's own sequence: steps as a spine, the usual next step as a straight
//! arrow, skips as arcs on the right, ways back as arcs on the left, each as broad as it is frequent.
//!
//! In: plain numbers and labels. Out: a figure. Counts nothing but the moves it leaves out.

mod moves;

use std::collections::BTreeMap;

use askama::Template;

use self::moves::{Between, Layout, Move, NARROW, TOP, WIDE, drawn};
use super::scale::px;
use super::{Size, cut, empty};
use crate::format;
use crate::report::html::Markup;

/// A step of the spine, in the order of the list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Node {
    pub step: i32,
    /// Short title: `Verifikasi`. Cut at 30 characters, on a phone at 17, so what tells it apart comes first.
    pub title: String,
    /// Cases that had the step.
    pub cases: u64,
}

/// A move from one step to another; None is the start, or the end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edge {
    pub from: Option<i32>,
    pub to: Option<i32>,
    /// How often it was made.
    pub count: u64,
}

/// Steps and moves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProcessMap {
    pub nodes: Vec<Node>,
    /// In any order; one to itself is a loop. Those with a step that is no node are left out and said so.
    pub edges: Vec<Edge>,
    /// Moves made less often than this are left out and said so; 0 for all.
    pub least: u64,
    /// Words below it.
    pub note: String,
}

struct Step {
    y: String,
    number: String,
    title: String,
    cases: String,
    /// Read on hovering.
    full: String,
    /// Start or end: a rounded box without a number.
    end: bool,
}

#[derive(Template)]
#[template(path = "charts/process_map.svg", escape = "html")]
struct View<'a> {
    id: String,
    class: &'static str,
    stacked: bool,
    width: u32,
    height: u32,
    box_width: String,
    box_height: String,
    box_x: String,
    number_x: String,
    title_x: String,
    cases_x: String,
    centre: String,
    title: &'a str,
    description: &'a str,
    steps: Vec<Step>,
    moves: Vec<Move>,
}

#[derive(Template)]
#[template(path = "charts/process_map.html")]
struct Page<'a> {
    wide: Markup,
    narrow: Markup,
    /// Whether moves are left out of the drawing for phones that the wide one has.
    fewer: bool,
    notes: Vec<String>,
    note: &'a str,
}

/// The figure, for wide pages and phones. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn figure(id: &str, title: &str, map: &ProcessMap) -> anyhow::Result<Markup> {
    if map.nodes.is_empty() {
        return Ok(empty(title));
    }
    let rows: BTreeMap<i32, usize> = (1..)
        .zip(&map.nodes)
        .map(|(row, node)| (node.step, row))
        .collect();
    let end = map.nodes.len() + 1;
    let row = |step: Option<i32>, other| step.map_or(Some(other), |s| rows.get(&s).copied());
    let between = |e: &Edge| {
        Some(Between {
            from: row(e.from, 0)?,
            to: row(e.to, end)?,
            count: e.count,
        })
    };
    let known: Vec<Between> = map.edges.iter().filter_map(between).collect();
    let mut moves = known.clone();
    moves.retain(|m| m.count > 0 && m.count >= map.least);
    // Broad ones first, so that thin ones are drawn over them.
    moves.sort_by_key(|m| (std::cmp::Reverse(m.count), m.from, m.to));
    let rare = known.iter().filter(|m| m.count > 0).count() - moves.len();
    let arcs = moves.iter().filter(|m| !m.straight()).count();
    let one = |size, layout| drawing(id, title, map, &moves, (size, layout));
    let page = Page {
        wide: one(Size::Wide, &WIDE)?,
        narrow: one(Size::Narrow, &NARROW)?,
        fewer: arcs.min(WIDE.arcs) > NARROW.arcs,
        notes: notes(map, rare, map.edges.len() - known.len(), arcs),
        note: &map.note,
    };
    Ok(Markup::trusted(page.render()?))
}

/// What the drawing leaves out: how many kinds of moves, not how often they were made, so that no subtraction tells it.
fn notes(map: &ProcessMap, rare: usize, unknown: usize, arcs: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if rare > 0 {
        let least = format::count(map.least);
        notes.push(format!(
            "{rare} jenis perpindahan yang terjadi kurang dari {least} kali tidak digambar."
        ));
    }
    if arcs > WIDE.arcs {
        notes.push(format!(
            "Dari {arcs} lompatan dan pengembalian digambar {} yang tersering.",
            WIDE.arcs
        ));
    }
    if unknown > 0 {
        notes.push(format!(
            "{unknown} jenis perpindahan dari atau ke langkah di luar standar tidak digambar."
        ));
    }
    notes
}

fn drawing(
    id: &str,
    title: &str,
    map: &ProcessMap,
    moves: &[Between],
    (size, layout): (Size, &Layout),
) -> anyhow::Result<Markup> {
    let left = (layout.width - layout.box_width) / 2.0;
    let rows = map.nodes.len() + 2;
    let height = TOP * 2.0 + layout.pitch * (rows - 1) as f64 + layout.box_height;
    let view = View {
        id: format!("{id}-{}", size.class()),
        class: size.class(),
        stacked: layout.stacked,
        width: layout.width as u32,
        height: height.ceil() as u32,
        box_width: px(layout.box_width),
        box_height: px(layout.box_height),
        box_x: px(left),
        number_x: px(left + 15.0),
        title_x: px(left + 34.0),
        cases_x: px(left + layout.box_width - 10.0),
        centre: px(layout.width / 2.0),
        title,
        description: "Peta proses: langkah-langkah standar dari atas ke bawah, anak panah lurus untuk langkah berikutnya, busur di kanan untuk langkah yang dilompati, busur di kiri untuk berkas yang kembali. Tebal garis menurut banyaknya perpindahan.",
        steps: steps(map, layout),
        moves: drawn(map, moves, layout),
    };
    Ok(Markup::trusted(view.render()?))
}

fn steps(map: &ProcessMap, layout: &Layout) -> Vec<Step> {
    let y = |row: usize| px(TOP + layout.pitch * row as f64);
    let end = |row: usize, name: &str| Step {
        y: y(row),
        number: String::new(),
        title: name.to_owned(),
        cases: String::new(),
        full: name.to_owned(),
        end: true,
    };
    let step = |(row, node): (usize, &Node)| Step {
        y: y(row),
        number: node.step.to_string(),
        title: cut(&node.title, layout.title),
        cases: format!("{} berkas", format::count(node.cases)),
        full: format!(
            "{}. {}: {} berkas",
            node.step,
            node.title,
            format::count(node.cases)
        ),
        end: false,
    };
    let mut steps = vec![end(0, "mulai")];
    steps.extend((1..).zip(&map.nodes).map(step));
    steps.push(end(map.nodes.len() + 1, "selesai"));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(from: Option<i32>, to: Option<i32>, count: u64) -> Edge {
        Edge { from, to, count }
    }

    fn some(edges: Vec<Edge>) -> ProcessMap {
        let node = |step| Node {
            step,
            title: "<Verifikasi> & pemeriksaan kelengkapan berkas permohonan".to_owned(),
            cases: 1200,
        };
        ProcessMap {
            nodes: [6, 7, 9].map(node).to_vec(),
            edges,
            least: 10,
            note: "Catatan <b>".to_owned(),
        }
    }

    #[test]
    fn the_next_step_is_straight_a_skip_on_the_right_a_return_on_the_left() {
        let map = some(vec![
            edge(None, Some(6), 1200),
            edge(Some(6), Some(9), 30),
            edge(Some(9), Some(7), 20),
            edge(Some(7), Some(7), 15),
            edge(Some(9), None, 9),
            edge(Some(9), Some(99), 50),
        ]);
        let html = figure("m", "Peta", &map).expect("a figure").to_string();
        // Each in both drawings, and in the legend.
        for (class, count) in [("move on", 3), ("move skip", 3), ("move back", 5)] {
            let class = format!("class=\"{class}\"");
            assert_eq!(html.matches(&class).count(), count, "{html}");
        }
        assert!(html.contains("6 → 9: 30 kali"), "{html}");
        assert!(html.contains("1 jenis perpindahan yang terjadi kurang dari 10 kali"));
        assert!(html.contains("1 jenis perpindahan dari atau ke langkah di luar standar"));
        assert!(!html.contains("<Verifikasi>") && !html.contains("<b>"));
        assert!(!html.contains("NaN") && html.contains("…"));
    }

    #[test]
    fn a_phone_gets_the_most_frequent_arcs_and_is_told() {
        let nodes = (1..=18).map(|step| Node {
            step,
            ..Node::default()
        });
        let map = ProcessMap {
            nodes: nodes.collect(),
            edges: (1..=16)
                .map(|s| edge(Some(s), Some(s + 2), 100 + s as u64))
                .collect(),
            ..ProcessMap::default()
        };
        let html = figure("m", "Peta", &map).expect("a figure").to_string();
        assert_eq!(
            html.matches("class=\"move skip\"").count(),
            16 + NARROW.arcs + 1
        );
        assert!(html.contains("only-narrow"));
    }

    #[test]
    fn without_steps_it_says_so() {
        let html = figure("m", "Peta", &ProcessMap::default()).expect("a figure");
        assert!(html.as_str().contains("Belum ada data"));
    }
}
