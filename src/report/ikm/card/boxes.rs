//! The two boxes of the card: the index with its grade, and services with respondents.
//!
//! In: the words of a card and the rectangle a box has. Out: areas and texts on the sheet.

use super::draw::{Card, ON_DARK};
use super::layout::{LEADING, Place, Style, colour};
use super::ruler::Room;

impl Card<'_> {
    /// A heading across a box; returns where its content begins.
    fn strip(&mut self, place: Place, y: f64, text: &str) -> f64 {
        let height = self.k(62.0);
        let strip = Place { y, height, ..place };
        self.sheet.area(strip, colour::ACCENT);
        let room = self.room(place.width - self.k(40.0), 1, 29.0, 16.0);
        self.sheet
            .text(text, room, place.middle(), y + self.k(14.0), ON_DARK);
        y + height
    }

    /// The index with its grade.
    pub fn index(&mut self, place: Place) {
        let mut top = self.strip(place, place.y, "NILAI IKM");
        let mut bottom = place.bottom();
        let width = place.width - self.k(48.0);
        if !self.c.warning.is_empty() {
            let room = self.room(width - self.k(24.0), 4, 24.0, 16.0);
            let height = self.sheet.height(&self.c.warning, room) + self.k(32.0);
            bottom -= height + self.k(24.0);
            let note = Place {
                x: place.x + self.k(24.0),
                y: bottom,
                width,
                height,
            };
            self.sheet.area(note, colour::BANNER);
            let style = Style {
                fill: colour::BANNER_INK,
                ..ON_DARK
            };
            let text = &self.c.warning;
            let y = bottom + self.k(16.0);
            self.sheet.text(text, room, place.middle(), y, style);
        }
        let strong = Style {
            fill: colour::STRONG,
            ..ON_DARK
        };
        let soft = Style {
            fill: colour::SOFT,
            ..ON_DARK
        };
        let (value, lines, largest) = match &self.c.value {
            Some(value) => (value.as_str(), 1, 150.0),
            None => (self.c.absent.as_str(), 3, 74.0),
        };
        let mut parts = vec![(
            value.to_owned(),
            self.room(width, lines, largest, 40.0),
            strong,
        )];
        if !self.c.grade.is_empty() && self.c.value.is_some() {
            let room = |largest| self.room(width, 2, largest, 20.0);
            parts.push(("MUTU PELAYANAN".to_owned(), room(30.0), soft));
            parts.push((self.c.grade.clone(), room(170.0), strong));
            parts.push((self.c.performance.to_uppercase(), room(42.0), strong));
        }
        let heights: Vec<f64> = parts
            .iter()
            .map(|(text, room, _)| self.sheet.height(text, *room))
            .collect();
        top += ((bottom - top - heights.iter().sum::<f64>()) / 2.0).max(self.k(16.0));
        for ((text, room, style), height) in parts.into_iter().zip(heights) {
            self.sheet.text(&text, room, place.middle(), top, style);
            top += height;
        }
    }

    /// Services, and the respondents below them.
    pub fn about(&mut self, place: Place) {
        let counted = [
            ("JENIS KELAMIN", &self.c.sex),
            ("PENDIDIKAN", &self.c.education),
        ];
        let grids: f64 = counted.iter().map(|(_, list)| self.grid_height(list)).sum();
        // Strip, number of respondents, and days of the survey.
        let below = self.k(62.0) + self.k(84.0) + grids + self.k(96.0);
        let top = self.strip(place, place.y, "NAMA LAYANAN");
        let bottom = place.bottom() - below;
        self.services(place, top, bottom);
        let mut y = self.strip(place, bottom, "RESPONDEN") + self.k(18.0);
        let pad = self.k(30.0);
        let (left, width) = (place.x + pad, place.width - 2.0 * pad);
        y = self.pair(left, width, y, "JUMLAH", &self.c.respondents) + self.k(14.0);
        for (name, list) in counted {
            if !list.is_empty() {
                self.grid(left, width, y, name, list);
                y += self.grid_height(list);
            }
        }
        let rule = Place {
            x: left,
            y,
            width,
            height: 2.0,
        };
        self.sheet.area(rule, colour::LINE);
        self.pair(
            left,
            width,
            y + self.k(20.0),
            "PERIODE SURVEI",
            &self.c.days,
        );
    }

    fn services(&mut self, place: Place, top: f64, bottom: f64) {
        let width = place.width - self.k(60.0);
        let style = Style {
            fill: colour::INK,
            ..ON_DARK
        };
        let plain = Style {
            bold: false,
            fill: colour::SOFT,
            centred: true,
        };
        let free = bottom - top - self.k(28.0);
        let alone = self.c.among.is_empty();
        let most = if alone { 5 } else { 1 };
        let title = self.room(width, most, 38.0, 20.0);
        let height = self.sheet.height(&self.c.services, title);
        let lines = ((free - height) / (LEADING * self.k(18.0)))
            .floor()
            .max(1.0);
        let among = Room {
            bold: false,
            ..self.room(width, (lines as usize).min(6), 24.0, 18.0)
        };
        let beside = match alone {
            true => 0.0,
            false => self.sheet.height(&self.c.among, among) + self.k(8.0),
        };
        let y = top + self.k(14.0) + ((free - height - beside) / 2.0).max(0.0);
        let y = self
            .sheet
            .text(&self.c.services, title, place.middle(), y, style);
        if !alone {
            let y = y + self.k(8.0);
            self.sheet
                .text(&self.c.among, among, place.middle(), y, plain);
        }
    }

    /// A label and, on the same line, what it says.
    fn pair(&mut self, x: f64, width: f64, y: f64, label: &str, text: &str) -> f64 {
        let half = 0.4 * width;
        let soft = Style {
            bold: true,
            fill: colour::SOFT,
            centred: false,
        };
        let strong = Style {
            fill: colour::STRONG,
            ..soft
        };
        let named = self.room(half - self.k(10.0), 1, 22.0, 14.0);
        self.sheet.text(label, named, x, y + self.k(6.0), soft);
        let room = self.room(width - half, 1, 30.0, 14.0);
        self.sheet.text(text, room, x + half, y, strong);
        y + self.k(44.0)
    }

    /// Cells of a grid in a row.
    fn columns(list: &[(String, String)]) -> usize {
        match list.len() {
            0..=8 => 4,
            _ => 5,
        }
    }

    fn cell_height(&self, list: &[(String, String)]) -> f64 {
        let rows = list.len().div_ceil(Self::columns(list)).max(1);
        self.k(82.0) * (2.0 / rows as f64).min(1.0)
    }

    fn grid_height(&self, list: &[(String, String)]) -> f64 {
        match list.len().div_ceil(Self::columns(list)) {
            0 => 0.0,
            rows => self.k(36.0) + rows as f64 * self.cell_height(list) + self.k(14.0),
        }
    }

    /// Numbers with what they count below, in rows.
    fn grid(&mut self, x: f64, width: f64, y: f64, name: &str, list: &[(String, String)]) {
        let soft = Style {
            bold: true,
            fill: colour::SOFT,
            centred: false,
        };
        let (strong, plain) = (
            Style {
                fill: colour::STRONG,
                ..soft
            },
            Style {
                bold: false,
                ..soft
            },
        );
        let room = self.room(width, 1, 22.0, 14.0);
        self.sheet.text(name, room, x, y, soft);
        let columns = Self::columns(list);
        let cell = width / columns as f64;
        let height = self.cell_height(list);
        let small = height / self.k(82.0);
        for (i, (label, n)) in list.iter().enumerate() {
            let left = x + (i % columns) as f64 * cell;
            let top = y + self.k(36.0) + (i / columns) as f64 * height;
            let number = self.room(cell - self.k(12.0), 1, 34.0 * small, 8.0);
            let below = self.sheet.text(n, number, left, top, strong);
            let words = Room {
                bold: false,
                ..self.room(cell - self.k(12.0), 1, 21.0 * small, 8.0)
            };
            self.sheet
                .text(label, words, left, below - self.k(2.0), plain);
        }
    }
}
