//! The arrangement of the ministry's model: head, the index in a box on the left, services and respondents in one on the right,
//! thanks at the foot.
//!
//! In: the words of a card and its shape. Out: SVG.

use super::content::{Content, HEADING, THANKS};
use super::layout::{Place, Sheet, Style, colour};
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

pub const ON_DARK: Style = Style {
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

/// A card being drawn.
pub struct Card<'a> {
    pub sheet: Sheet,
    pub c: &'a Content,
    s: &'a Shape,
}

impl Card<'_> {
    /// A length of the upright card on this one.
    pub fn k(&self, length: f64) -> f64 {
        length * self.s.scale
    }

    fn inner(&self) -> f64 {
        f64::from(self.s.width) - 2.0 * self.s.margin
    }

    /// Room for bold text in sizes of the upright card.
    pub fn room(&self, width: f64, lines: usize, largest: f64, least: f64) -> Room {
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
            absent: "TIDAK DAPAT DINILAI".into(),
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
