//! Places names beside points, off each other and within the drawing.
//!
//! In: places in pixels and words. Out: where each is written. A name without room is dropped: its point still has it on
//! hovering, and the table below every figure has all.

use super::scale::px;

/// Height of a line of words, and about how broad a character is, at 12 px.
const LINE: f64 = 13.0;
const CHARACTER: f64 = 6.4;
/// Half the size of a point.
const POINT: f64 = 6.0;

/// Words and where they stand.
pub struct Label {
    pub x: String,
    pub y: String,
    pub anchor: &'static str,
    pub text: String,
}

#[derive(Clone, Copy)]
struct Rectangle {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Rectangle {
    fn meets(&self, other: &Self) -> bool {
        let apart = self.right <= other.left
            || other.right <= self.left
            || self.bottom <= other.top
            || other.bottom <= self.top;
        !apart
    }
}

fn point((x, y): (f64, f64)) -> Rectangle {
    Rectangle {
        left: x - POINT,
        right: x + POINT,
        top: y - POINT,
        bottom: y + POINT,
    }
}

/// Names put so far, and what they must keep off.
pub struct Labels {
    x: (f64, f64),
    y: (f64, f64),
    taken: Vec<Rectangle>,
    /// Kept off where there is room elsewhere.
    avoided: Vec<Rectangle>,
    labels: Vec<Label>,
}

impl Labels {
    /// None yet, within the ranges of `x` and `y`.
    pub fn new(x: (f64, f64), y: (f64, f64)) -> Self {
        Self {
            x,
            y,
            taken: Vec::new(),
            avoided: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// No name may cover the point at `place`.
    pub fn occupy(&mut self, place: (f64, f64)) {
        self.taken.push(point(place));
    }

    /// A name covers the point at `place` only where there is no other room.
    pub fn avoid(&mut self, place: (f64, f64)) {
        self.avoided.push(point(place));
    }

    /// Writes `text` beside the point at `(x, y)`: on the side with more room, else on the other, else a little higher or
    /// lower.
    pub fn put(&mut self, place: (f64, f64), text: String) {
        let label = self
            .find(place, &text, true)
            .or_else(|| self.find(place, &text, false));
        if let Some((area, x, y, anchor)) = label {
            self.taken.push(area);
            self.labels.push(Label {
                x: px(x),
                y: px(y),
                anchor,
                text,
            });
        }
    }

    /// All names put.
    pub fn placed(self) -> Vec<Label> {
        self.labels
    }

    fn find(
        &self,
        (x, y): (f64, f64),
        text: &str,
        strict: bool,
    ) -> Option<(Rectangle, f64, f64, &'static str)> {
        let width = text.chars().count() as f64 * CHARACTER;
        let left_first = x > (self.x.0 + self.x.1) / 2.0;
        for shift in [0.0, -9.0, 9.0, -LINE, LINE, -1.7 * LINE, 1.7 * LINE] {
            for left in [left_first, !left_first] {
                let gap = POINT + 2.0;
                let start = if left { x - gap - width } else { x + gap };
                let middle = y + shift;
                let area = Rectangle {
                    left: start,
                    right: start + width,
                    top: middle - LINE / 2.0,
                    bottom: middle + LINE / 2.0,
                };
                let covers = strict && self.avoided.iter().any(|a| a.meets(&area));
                if self.free(&area) && !covers {
                    let (x, anchor) = match left {
                        true => (x - gap, "end"),
                        false => (x + gap, "start"),
                    };
                    return Some((area, x, middle + 4.0, anchor));
                }
            }
        }
        None
    }

    fn free(&self, area: &Rectangle) -> bool {
        let inside = area.left >= self.x.0
            && area.right <= self.x.1
            && area.top >= self.y.0
            && area.bottom <= self.y.1;
        inside && !self.taken.iter().any(|t| t.meets(area))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_place_do_not_cover_each_other_and_stay_inside() {
        let mut labels = Labels::new((0.0, 300.0), (0.0, 100.0));
        labels.occupy((280.0, 50.0));
        for name in ["pertama", "kedua", "ketiga", "keempat"] {
            labels.put((280.0, 50.0), name.to_owned());
        }
        let placed = labels.placed();
        let mut heights: Vec<&str> = placed.iter().map(|l| l.y.as_str()).collect();
        heights.sort_unstable();
        heights.dedup();
        assert!(heights.len() == placed.len() && placed.len() >= 3);
        assert!(placed.iter().all(|l| l.anchor == "end"));
    }
}
