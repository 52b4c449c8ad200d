//! The trend as an XmR line chart: mean, natural process limits, signals marked by shape, gaps left open.

use askama::Template;

use super::Size;
use super::scale::{Linear, px};
use crate::format;
use crate::measure::overview::{TrendLimits, TrendPoint};
use crate::report::html::Markup;

struct Tick {
    at: String,
    label: String,
}

struct Dot {
    x: String,
    y: String,
    title: String,
    signal: bool,
    last: bool,
}

struct Level {
    y: String,
    label: String,
    class: &'static str,
    text_y: String,
}

#[derive(Template)]
#[template(path = "charts/xmr.svg", escape = "html")]
struct View {
    id: String,
    class: &'static str,
    width: u32,
    height: u32,
    left: String,
    right: String,
    bottom: String,
    label_x: String,
    label_y: String,
    title: String,
    description: String,
    y_ticks: Vec<Tick>,
    x_ticks: Vec<Tick>,
    levels: Vec<Level>,
    /// One path per run of months without a gap.
    lines: Vec<String>,
    dots: Vec<Dot>,
    gaps: Vec<Tick>,
}

struct Frame {
    width: u32,
    height: u32,
    x: Linear,
    y: Linear,
    /// Every so many months one label.
    label_every: usize,
}

/// The chart of `points`, oldest first. `id` must be unique in the page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn chart(
    id: &str,
    title: &str,
    points: &[TrendPoint],
    limits: Option<TrendLimits>,
    size: Size,
) -> anyhow::Result<Markup> {
    let frame = frame(points, limits, size);
    let bottom = frame.y.to.0;
    let view = View {
        id: format!("{id}-{}", size.class()),
        class: size.class(),
        width: frame.width,
        height: frame.height,
        left: px(frame.x.to.0),
        right: px(frame.x.to.1),
        bottom: px(bottom),
        label_x: px(frame.x.to.0 - 6.0),
        label_y: px(bottom + 20.0),
        title: title.to_owned(),
        description: description(points, limits),
        y_ticks: y_ticks(&frame),
        x_ticks: x_ticks(&frame, points),
        levels: limits.map_or_else(Vec::new, |l| levels(&frame, l)),
        lines: lines(&frame, points),
        dots: dots(&frame, points),
        gaps: gaps(&frame, points),
    };
    Ok(Markup::trusted(view.render()?))
}

fn frame(points: &[TrendPoint], limits: Option<TrendLimits>, size: Size) -> Frame {
    let (width, height, left, right, label_every) = match size {
        Size::Wide => (920, 340, 52.0, 768.0, 3),
        Size::Narrow => (340, 280, 46.0, 330.0, 6),
    };
    let lowest = points
        .iter()
        .filter_map(|p| p.value)
        .chain(limits.map(|l| l.lower))
        .fold(90.0_f64, f64::min);
    let floor = ((lowest - 1.0) / 10.0).floor().max(0.0) * 10.0;
    let months = points.len().max(2) - 1;
    Frame {
        width,
        height,
        x: Linear {
            from: (0.0, months as f64),
            to: (left, right),
        },
        y: Linear {
            from: (floor, 100.0),
            to: (f64::from(height) - 40.0, 16.0),
        },
        label_every,
    }
}

fn y_ticks(frame: &Frame) -> Vec<Tick> {
    let step = if frame.y.from.0 <= 50.0 { 20.0 } else { 10.0 };
    let tick = |v: f64| Tick {
        at: px(frame.y.at(v)),
        label: format!("{} %", format::decimal(v, 0)),
    };
    frame.y.ticks(step).into_iter().map(tick).collect()
}

/// Labels count back from the last month, so that the month of the report always has one.
fn x_ticks(frame: &Frame, points: &[TrendPoint]) -> Vec<Tick> {
    let labelled = |i: &usize| (points.len() - 1 - i).is_multiple_of(frame.label_every);
    let tick = |i: usize| Tick {
        at: px(frame.x.at(i as f64)),
        label: format::period_short(points[i].period),
    };
    (0..points.len()).filter(labelled).map(tick).collect()
}

fn levels(frame: &Frame, l: TrendLimits) -> Vec<Level> {
    let level = |value: f64, name: &str, class| {
        let y = frame.y.at(value);
        Level {
            y: px(y),
            label: format!("{name} {}", format::percent_value(value)),
            class,
            text_y: px(y + 4.0),
        }
    };
    let mut levels = vec![
        level(l.upper, "Batas atas", "limit"),
        level(l.mean, "Rata-rata", "mean"),
        level(l.lower, "Batas bawah", "limit"),
    ];
    // Labels that would overprint each other are moved apart, upper ones up.
    let mut above = f64::NEG_INFINITY;
    for level in &mut levels {
        let y: f64 = level.text_y.parse().unwrap_or(0.0);
        let free = y.max(above + 14.0);
        above = free;
        level.text_y = px(free);
    }
    levels
}

fn lines(frame: &Frame, points: &[TrendPoint]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut run: Vec<String> = Vec::new();
    for (i, p) in points.iter().enumerate() {
        match p.value {
            Some(v) => run.push(format!(
                "{} {}",
                px(frame.x.at(i as f64)),
                px(frame.y.at(v))
            )),
            None => lines.extend(path(&mut run)),
        }
    }
    lines.extend(path(&mut run));
    lines
}

fn path(run: &mut Vec<String>) -> Option<String> {
    let points = std::mem::take(run);
    (points.len() > 1).then(|| format!("M{}", points.join(" L")))
}

fn dots(frame: &Frame, points: &[TrendPoint]) -> Vec<Dot> {
    let mut dots = Vec::new();
    for (i, p) in points.iter().enumerate() {
        let Some(v) = p.value else { continue };
        let value = format::percent(p.on_time as i64, p.n as i64);
        let mut title = format!("{}: {value}, N = {}", format::period(p.period), p.n);
        if let Some(signal) = &p.signal {
            title = format!("{title}; {signal}");
        }
        dots.push(Dot {
            x: px(frame.x.at(i as f64)),
            y: px(frame.y.at(v)),
            title,
            signal: p.signal.is_some(),
            last: i + 1 == points.len(),
        });
    }
    dots
}

fn gaps(frame: &Frame, points: &[TrendPoint]) -> Vec<Tick> {
    let gap = |(i, p): (usize, &TrendPoint)| Tick {
        at: px(frame.x.at(i as f64)),
        label: format!("{}: tanpa titik, N = {}", format::period(p.period), p.n),
    };
    let open = points.iter().enumerate().filter(|(_, p)| p.value.is_none());
    open.map(gap).collect()
}

fn description(points: &[TrendPoint], limits: Option<TrendLimits>) -> String {
    let Some((first, last)) = points.first().zip(points.last()) else {
        return "Belum ada data.".to_owned();
    };
    let mut words = format!(
        "Diagram garis bulanan dari {} sampai {}.",
        format::period(first.period),
        format::period(last.period)
    );
    if let Some(l) = limits {
        words.push_str(&format!(
            " Rata-rata {}, batas kendali {} sampai {}.",
            format::percent_value(l.mean),
            format::percent_value(l.lower),
            format::percent_value(l.upper)
        ));
    }
    let signals = points.iter().filter(|p| p.signal.is_some()).count();
    let gaps = points.iter().filter(|p| p.value.is_none()).count();
    words.push_str(&format!(
        " {signals} bulan ditandai sebagai sinyal, {gaps} bulan tanpa titik. Nilainya tercantum dalam tabel di bawah diagram."
    ));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(month: u32, value: Option<f64>) -> TrendPoint {
        TrendPoint {
            period: crate::period::Period::Month { year: 2026, month },
            n: 20,
            on_time: 18,
            value,
            signal: None,
        }
    }

    #[test]
    fn a_month_without_a_point_breaks_the_line() {
        let values = [
            Some(80.0),
            Some(90.0),
            None,
            Some(85.0),
            Some(70.0),
            None,
            Some(60.0),
        ];
        let points: Vec<_> = (1..).zip(values).map(|(m, v)| point(m, v)).collect();
        let frame = frame(&points, None, Size::Wide);
        // A single month between gaps has a dot but no line.
        assert_eq!(lines(&frame, &points).len(), 2);
        assert_eq!(dots(&frame, &points).len(), 5);
        assert_eq!(gaps(&frame, &points).len(), 2);
    }
}
