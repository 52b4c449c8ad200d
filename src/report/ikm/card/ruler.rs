//! How broad words are in the card's own font, and how they break into lines.
//!
//! In: words. Out: widths and lines. The font is the one the PNG is drawn with; Arial, which a browser takes, is as broad.

use std::collections::BTreeMap;
use std::sync::Arc;

use resvg::usvg::{self, Options, fontdb};

use crate::report::html::escape;

/// Family name of the fonts in `font/`.
pub const FAMILY: &str = "Tepat Sans";

const REGULAR: &[u8] = include_bytes!("../font/TepatSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../font/TepatSans-Bold.ttf");

/// Broader than most letters: for what the font cannot measure.
const UNKNOWN: f64 = 0.7;

/// Only the card's own fonts: none of the machine.
pub fn options() -> Options<'static> {
    let mut fonts = fontdb::Database::new();
    for bytes in [REGULAR, BOLD] {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
    }
    fonts.set_sans_serif_family(FAMILY);
    Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    }
}

/// Text broken into lines of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    pub size: f64,
    pub lines: Vec<String>,
}

/// What a text must fit into.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub width: f64,
    pub lines: usize,
    /// Sizes tried, from the largest down to the least.
    pub sizes: (f64, f64),
    pub bold: bool,
}

/// Measures words, each once.
pub struct Ruler {
    options: Options<'static>,
    known: BTreeMap<(bool, String), f64>,
}

impl Ruler {
    pub fn new() -> Self {
        Self {
            options: options(),
            known: BTreeMap::new(),
        }
    }

    /// Width of one line at size 1.
    pub fn width(&mut self, text: &str, bold: bool) -> f64 {
        let key = (bold, text.to_owned());
        if let Some(width) = self.known.get(&key) {
            return *width;
        }
        let width = self.measured(text, bold);
        self.known.insert(key, width);
        width
    }

    /// The text in the largest size in which it has room; in the least one it is cut.
    pub fn fit(&mut self, text: &str, room: Room) -> Fitted {
        let (mut size, least) = room.sizes;
        loop {
            let mut lines = self.wrap(text, room.width / size, room.bold);
            if lines.len() <= room.lines {
                let lines = self.balanced(text, lines, room.width / size, room.bold);
                return Fitted { size, lines };
            }
            if size - 1.0 < least {
                self.cut(&mut lines, room, size);
                return Fitted { size, lines };
            }
            size -= 1.0;
        }
    }

    fn measured(&self, text: &str, bold: bool) -> f64 {
        let weight = if bold { 700 } else { 400 };
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><text y=\"5\" font-size=\"100\" font-weight=\"{weight}\">{}</text></svg>",
            escape(text)
        );
        let tree = usvg::Tree::from_str(&svg, &self.options).ok();
        let shown = tree.as_ref().and_then(|t| match t.root().children() {
            [usvg::Node::Text(text)] => Some(f64::from(text.bounding_box().width()) / 100.0),
            _ => None,
        });
        shown.unwrap_or(UNKNOWN * text.chars().count() as f64)
    }

    /// Lines no broader than `width` at size 1, broken between words; a word that is broader is broken itself.
    fn wrap(&mut self, text: &str, width: f64, bold: bool) -> Vec<String> {
        let space = self.width("n n", bold) - self.width("nn", bold);
        let mut lines: Vec<String> = Vec::new();
        let mut used = f64::INFINITY;
        for word in text.split_whitespace() {
            let mut of_word = self.width(word, bold);
            let joined = used + space + of_word <= width;
            if let Some(line) = lines.last_mut().filter(|_| joined) {
                line.push(' ');
                line.push_str(word);
                used += space + of_word;
                continue;
            }
            let mut rest = word;
            while of_word > width {
                let at = self.breaking(rest, width, bold);
                let (head, tail) = rest.split_at(at);
                if tail.is_empty() {
                    break;
                }
                lines.push(head.to_owned());
                rest = tail;
                of_word = self.width(rest, bold);
            }
            lines.push(rest.to_owned());
            used = of_word;
        }
        lines
    }

    /// As many lines as there are, about equally long.
    fn balanced(&mut self, text: &str, lines: Vec<String>, width: f64, bold: bool) -> Vec<String> {
        let mut best = lines;
        for step in 1..=20 {
            let narrower = width * (1.0 - 0.03 * f64::from(step));
            let broken = self.wrap(text, narrower, bold);
            if broken.len() > best.len() {
                break;
            }
            best = broken;
        }
        best
    }

    /// Where a word is broken: as far as it fits, after one letter at least.
    fn breaking(&mut self, word: &str, width: f64, bold: bool) -> usize {
        let ends = word.char_indices().skip(1).map(|(at, _)| at);
        let mut last = ends.clone().next().unwrap_or(word.len());
        for at in ends {
            let head = word.get(..at).unwrap_or(word);
            if self.width(head, bold) > width {
                break;
            }
            last = at;
        }
        last
    }

    /// Leaves the lines there is room for, with an ellipsis where there were more.
    fn cut(&mut self, lines: &mut Vec<String>, room: Room, size: f64) {
        if lines.len() <= room.lines {
            return;
        }
        lines.truncate(room.lines.max(1));
        if let Some(last) = lines.last_mut() {
            loop {
                let shown = format!("{}…", last.trim_end());
                if last.is_empty() || self.width(&shown, room.bold) * size <= room.width {
                    *last = shown;
                    return;
                }
                last.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_as_broad_as_their_letters() {
        let mut ruler = Ruler::new();
        let (one, two) = (ruler.width("n", false), ruler.width("nn", false));
        assert!((two - 2.0 * one).abs() < 1e-4, "{one} {two}");
        assert!(ruler.width("n", true) > one);
        // Arial's n is 1139 of 2048 units broad.
        assert!((one - 1139.0 / 2048.0).abs() < 1e-3, "{one}");
    }

    #[test]
    fn a_text_shrinks_until_it_fits_and_is_cut_only_in_the_least_size() {
        let mut ruler = Ruler::new();
        let room = Room {
            width: 400.0,
            lines: 2,
            sizes: (40.0, 20.0),
            bold: true,
        };
        let short = ruler.fit("Dinas Contoh", room);
        assert_eq!((short.size, short.lines.len()), (40.0, 1));
        let long = ruler.fit("Dinas Penanaman Modal dan Pelayanan Terpadu", room);
        assert!(long.size < 40.0 && long.lines.len() == 2, "{long:?}");
        let words = "Izin Penyelenggaraan Pelatihan Kerja ".repeat(9);
        let cut = ruler.fit(&words, room);
        assert_eq!((cut.size, cut.lines.len()), (20.0, 2));
        assert!(cut.lines[1].ends_with('…'), "{cut:?}");
        for line in long.lines.iter().chain(&cut.lines) {
            let size = if cut.lines.contains(line) {
                20.0
            } else {
                long.size
            };
            assert!(ruler.width(line, true) * size <= 400.0 + 0.5, "{line}");
        }
    }

    #[test]
    fn no_line_is_left_with_a_single_word_where_it_can_be_helped() {
        let mut ruler = Ruler::new();
        let room = Room {
            width: 1000.0,
            lines: 2,
            sizes: (30.0, 20.0),
            bold: true,
        };
        let name = "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU CONTOH";
        let lines = ruler.fit(name, room).lines;
        assert!(lines.len() == 2 && lines[1].contains(' '), "{lines:?}");
    }

    #[test]
    fn a_word_broader_than_the_line_is_broken_and_no_letter_is_lost() {
        let mut ruler = Ruler::new();
        let word = "Penyelenggaraan".repeat(4);
        let lines = ruler.wrap(&word, 3.0, false);
        assert!(lines.len() > 3);
        assert_eq!(lines.concat(), word);
        assert!(ruler.wrap("", 3.0, false).is_empty());
        assert_eq!(ruler.wrap("ab", 0.01, false), ["a", "b"]);
    }
}
