//! The arrangement of the ministry's model: head, the index in a box on the left, services and respondents in one on the right,
//! thanks at the foot.
//!
//! In: the words of a card and its shape. Out: SVG.

use super::content::{Content, HEADING, THANKS};
use super::layout::{LEADING, Place, Sheet, Style, colour};
use super::ruler::Room;

/// Measures of a card, in units of its drawing.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    width: u32,
    height: u32,
    margin: f64,
    /// Width of the left box.
    left: f64,
    /// Distance of the boxes.
    gap: f64,
    /// Sizes of letters and distances, against those of the upright card.
    scale: f64,
    /// Lines of the office's name.
    office_lines: usize,
}

/// A4 at 150 dots per inch.
pub const UPRIGHT: Shape = Shape {
    width: 1240,
    height: 1754,
    margin: 80.0,
    left: 440.0,
    gap: 32.0,
    scale: 1.0,
    office_lines: 3,
};

/// For social media.
pub const SQUARE: Shape = Shape {
    width: 1080,
    height: 1080,
    margin: 48.0,
    left: 372.0,
    gap: 24.0,
    scale: 0.68,
    office_lines: 2,
};

const ON_DARK: Style = Style {
    bold: true,
    fill: colour::WHITE,
    centred: true,
};

/// Draws the card.
///
/// # Errors
/// A template that cannot be rendered.
pub fn draw(content: &Content, shape: &Shape) -> anyhow::Result<String> {
    let mut card = Card {
        sheet: Sheet::new(shape.width, shape.height),
        c: content,
        s: shape,
    };
    let top = card.head();
    let bottom = card.foot();
    card.body(top, bottom);
    card.sheet.finish(content)
}

struct Card<'a> {
    sheet: Sheet,
    c: &'a Content,
    s: &'a Shape,
}

impl Card<'_> {
    /// A length of the upright card on this one.
    fn k(&self, length: f64) -> f64 {
        length * self.s.scale
    }

    fn inner(&self) -> f64 {
        f64::from(self.s.width) - 2.0 * self.s.margin
    }

    fn room(&self, width: f64, lines: usize, largest: f64, least: f64) -> Room {
        Room {
            width,
            lines,
            sizes: (self.k(largest), self.k(least)),
            bold: true,
        }
    }

    /// Banner, heading, office, government, semester; returns where the head ends.
    fn head(&mut self) -> f64 {
        let (width, middle) = (f64::from(self.s.width), f64::from(self.s.width) / 2.0);
        let mut y = 0.0;
        if let Some(banner) = self.c.banner {
            let height = self.k(54.0);
            let place = Place {
                x: 0.0,
                y,
                width,
                height,
            };
            self.sheet.area(place, colour::BANNER);
            let room = self.room(self.inner(), 1, 24.0, 14.0);
            let style = Style {
                fill: colour::BANNER_INK,
                ..ON_DARK
            };
            self.sheet
                .text(banner, room, middle, y + self.k(12.0), style);
            y += height;
        }
        let head = y;
        y += self.k(52.0);
        let room = self.room(self.inner(), 1, 54.0, 24.0);
        y = self.sheet.text(HEADING, room, middle, y, ON_DARK) + self.k(22.0);
        let room = self.room(self.inner(), self.s.office_lines, 38.0, 20.0);
        y = self.sheet.text(&self.c.office, room, middle, y, ON_DARK) + self.k(8.0);
        if !self.c.government.is_empty() {
            let style = Style {
                bold: false,
                ..ON_DARK
            };
            let room = self.room(self.inner(), 2, 31.0, 18.0);
            y = self.sheet.text(&self.c.government, room, middle, y, style);
        }
        let style = Style {
            fill: colour::GOLD,
            ..ON_DARK
        };
        let room = self.room(self.inner(), 1, 38.0, 20.0);
        let period = &self.c.period;
        y = self
            .sheet
            .text(period, room, middle, y + self.k(20.0), style)
            + self.k(44.0);
        let place = Place {
            x: 0.0,
            y: head,
            width,
            height: y - head,
        };
        self.sheet.area(place, colour::STRONG);
        y
    }

    /// Thanks, and above them the instrument; returns where the foot begins.
    fn foot(&mut self) -> f64 {
        let middle = f64::from(self.s.width) / 2.0;
        let room = self.room(self.inner(), 4, 26.0, 17.0);
        let height = self.sheet.height(THANKS, room) + self.k(64.0);
        let place = Place {
            x: 0.0,
            y: f64::from(self.s.height) - height,
            width: f64::from(self.s.width),
            height,
        };
        self.sheet.area(place, colour::STRONG);
        self.sheet
            .text(THANKS, room, middle, place.y + self.k(32.0), ON_DARK);
        let style = Style {
            bold: false,
            fill: colour::SOFT,
            centred: true,
        };
        let room = self.room(self.inner(), 1, 21.0, 14.0);
        let source = format!("Survei Kepuasan Masyarakat menurut {}", self.c.instrument);
        let top = place.y - self.k(50.0);
        self.sheet.text(&source, room, middle, top, style);
        top - self.k(24.0)
    }

    fn body(&mut self, head: f64, foot: f64) {
        let (y, height) = (head + self.k(40.0), foot - head - self.k(40.0));
        let left = Place {
            x: self.s.margin,
            y,
            width: self.s.left,
            height,
        };
        let right = Place {
            x: left.x + left.width + self.s.gap,
            width: self.inner() - left.width - self.s.gap,
            ..left
        };
        for place in [left, right] {
            self.sheet.rounded(place, colour::WHITE, colour::LINE, 0.0);
        }
        self.index(left);
        self.about(right);
    }

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
    fn index(&mut self, place: Place) {
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
            None => ("BELUM ADA DATA", 3, 74.0),
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
    fn about(&mut self, place: Place) {
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

#[cfg(test)]
mod tests {
    use resvg::usvg;

    use super::super::ruler::options;
    use super::*;

    fn counts(count: usize) -> Vec<(String, String)> {
        let each = (0..count).map(|i| (format!("Diploma III-{i}"), format!("{}", 9_000 + i)));
        each.collect()
    }

    fn contents() -> Vec<Content> {
        let plain = Content {
            banner: None,
            office: "DINAS CONTOH".into(),
            government: String::new(),
            period: "SEMESTER II TAHUN 2026".into(),
            value: Some("100,00".into()),
            grade: "A".into(),
            performance: "Sangat baik".into(),
            services: "Izin Contoh".into(),
            among: String::new(),
            respondents: "1.234.567 orang".into(),
            sex: counts(2),
            education: counts(7),
            days: "1 Juli – 31 Desember 2026".into(),
            warning: String::new(),
            instrument: "PermenPANRB Nomor 14 Tahun 2017".into(),
        };
        let crowded = Content {
            banner: Some(crate::report::SYNTHETIC_BANNER),
            office: "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU ".repeat(5),
            government: "PEMERINTAH PROVINSI KALIMANTAN TIMUR ".repeat(3),
            services: "Seluruh layanan".into(),
            among: "Izin Penyelenggaraan Satuan Pendidikan Menengah; ".repeat(9),
            sex: counts(3),
            education: counts(14),
            warning: "Jumlah responden belum memadai: diperlukan 384".into(),
            ..plain.clone()
        };
        let alone = Content {
            services: "Rekomendasi Penyelenggaraan Sekolah Luar Biasa ".repeat(8),
            education: Vec::new(),
            sex: Vec::new(),
            value: None,
            ..crowded.clone()
        };
        vec![plain, crowded, alone]
    }

    /// Rectangles of all texts, with the text.
    fn places(svg: &str) -> Vec<(usvg::Rect, String)> {
        let tree = usvg::Tree::from_str(svg, &options()).expect("a drawing");
        let texts = tree.root().children().iter().filter_map(|node| match node {
            usvg::Node::Text(text) => {
                let said: String = text.chunks().iter().map(|c| c.text()).collect();
                Some((text.abs_bounding_box(), said))
            }
            _ => None,
        });
        texts.collect()
    }

    /// A text's rectangle has room above and below its letters; lines may share a little of it.
    fn covers(a: &usvg::Rect, b: &usvg::Rect) -> bool {
        let across = a.right().min(b.right()) - a.left().max(b.left());
        let down = a.bottom().min(b.bottom()) - a.top().max(b.top());
        across > 1.0 && down > 0.25 * a.height().min(b.height())
    }

    #[test]
    fn no_text_leaves_the_card_or_covers_another_whatever_it_says() {
        for content in contents() {
            for shape in [UPRIGHT, SQUARE] {
                let drawn = places(&draw(&content, &shape).expect("a card"));
                assert!(drawn.len() > 12);
                for (i, (a, said)) in drawn.iter().enumerate() {
                    let inside = a.left() >= 0.0
                        && a.top() >= 0.0
                        && a.right() <= shape.width as f32
                        && a.bottom() <= shape.height as f32;
                    assert!(inside, "{said} leaves the card of {shape:?}: {a:?}");
                    for (b, other) in &drawn[..i] {
                        assert!(!covers(a, b), "{said} covers {other} on {shape:?}");
                    }
                }
            }
        }
    }
}
