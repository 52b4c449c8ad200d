//! Boxes and lines of text at fixed places: what a card is drawn from.
//!
//! In: words with the room they have. Out: SVG. A text never leaves its room: it is broken, made smaller, and cut last.

use askama::Template;

use super::content::{Content, HEADING};
use super::ruler::{FAMILY, Fitted, Room, Ruler};
use crate::report::charts::scale::px;

/// Colours of the card. They do not follow the page: a picture has one look.
pub mod colour {
    pub const STRONG: &str = "#16395f";
    pub const ACCENT: &str = "#1f5c99";
    pub const LINE: &str = "#b9c8d8";
    pub const INK: &str = "#1b2430";
    pub const SOFT: &str = "#44515f";
    pub const WHITE: &str = "#ffffff";
    pub const GOLD: &str = "#ffd166";
    pub const BANNER: &str = "#fff1c9";
    pub const BANNER_INK: &str = "#513b00";
}

/// Distance of two lines, in sizes.
pub const LEADING: f64 = 1.22;

struct Area {
    x: String,
    y: String,
    width: String,
    height: String,
    radius: String,
    fill: &'static str,
    stroke: &'static str,
}

struct Line {
    x: String,
    y: String,
    size: String,
    weight: u16,
    /// Length in the card's own font: another one is pressed into it.
    length: String,
    anchor: &'static str,
    fill: &'static str,
    text: String,
}

/// A rectangle on the card.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Place {
    pub fn middle(self) -> f64 {
        self.x + self.width / 2.0
    }

    pub fn bottom(self) -> f64 {
        self.y + self.height
    }
}

/// How lines of a text are written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub bold: bool,
    pub fill: &'static str,
    /// Each line's middle on the given x; else it begins there.
    pub centred: bool,
}

/// A card being drawn.
pub struct Sheet {
    pub ruler: Ruler,
    width: u32,
    height: u32,
    areas: Vec<Area>,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "ikm_card.svg", escape = "html")]
struct Drawing<'a> {
    id: String,
    width: u32,
    height: u32,
    family: &'static str,
    title: String,
    description: String,
    areas: &'a [Area],
    lines: &'a [Line],
}

impl Sheet {
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            ruler: Ruler::new(),
            width,
            height,
            areas: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// A filled rectangle.
    pub fn area(&mut self, place: Place, fill: &'static str) {
        self.rounded(place, fill, "none", 0.0);
    }

    /// A rectangle with an edge and round corners.
    pub fn rounded(&mut self, place: Place, fill: &'static str, stroke: &'static str, radius: f64) {
        self.areas.push(Area {
            x: px(place.x),
            y: px(place.y),
            width: px(place.width),
            height: px(place.height),
            radius: px(radius),
            fill,
            stroke,
        });
    }

    /// Text of one size in lines from `top` down, about or from `x`; returns where the next thing may begin.
    pub fn write(&mut self, fitted: &Fitted, x: f64, top: f64, style: Style) -> f64 {
        let mut y = top;
        for text in &fitted.lines {
            let length = self.ruler.width(text, style.bold) * fitted.size;
            self.lines.push(Line {
                length: px(length),
                x: px(x),
                // A line's letters stand on its base, about four fifths down.
                y: px(y + 0.93 * fitted.size),
                size: px(fitted.size),
                weight: if style.bold { 700 } else { 400 },
                anchor: if style.centred { "middle" } else { "start" },
                fill: style.fill,
                text: text.clone(),
            });
            y += LEADING * fitted.size;
        }
        y
    }

    /// Text in the largest size in which it has room.
    pub fn text(&mut self, text: &str, room: Room, x: f64, top: f64, style: Style) -> f64 {
        let room = Room {
            bold: style.bold,
            ..room
        };
        let fitted = self.ruler.fit(text, room);
        self.write(&fitted, x, top, style)
    }

    /// Height the text takes in its room.
    pub fn height(&mut self, text: &str, room: Room) -> f64 {
        let fitted = self.ruler.fit(text, room);
        LEADING * fitted.size * fitted.lines.len() as f64
    }

    /// The drawing.
    ///
    /// # Errors
    /// A template that cannot be rendered.
    pub fn finish(self, content: &Content) -> anyhow::Result<String> {
        let drawing = Drawing {
            id: format!("kartu-{}-{}", self.width, self.height),
            width: self.width,
            height: self.height,
            family: FAMILY,
            title: format!("{HEADING}: {}", content.result()),
            description: content.description(),
            areas: &self.areas,
            lines: &self.lines,
        };
        Ok(drawing.render()?)
    }
}
