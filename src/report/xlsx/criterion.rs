//! Conditions of a count, as COUNTIFS writes them.

/// A condition on a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Criterion {
    Is(String),
    /// An empty cell.
    Empty,
    /// Any cell that is not empty.
    Filled,
    Equals(i64),
    AtMost(i64),
    MoreThan(i64),
    AtLeast(i64),
    Below(i64),
}

impl Criterion {
    pub fn is(text: &str) -> Self {
        Criterion::Is(text.to_owned())
    }

    /// As an argument of COUNTIFS.
    pub fn code(&self) -> String {
        match self {
            Criterion::Is(text) => format!("\"={}\"", literal(text)),
            Criterion::Empty => "\"=\"".to_owned(),
            Criterion::Filled => "\"<>\"".to_owned(),
            Criterion::Equals(n) => n.to_string(),
            Criterion::AtMost(n) => format!("\"<={n}\""),
            Criterion::MoreThan(n) => format!("\">{n}\""),
            Criterion::AtLeast(n) => format!("\">={n}\""),
            Criterion::Below(n) => format!("\"<{n}\""),
        }
    }

    /// A string in a formula holds 255 characters.
    pub fn fits(&self) -> bool {
        !matches!(self, Criterion::Is(t) if literal(t).chars().count() > 240)
    }
}

/// Wildcards and quotes as themselves.
fn literal(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '~' | '*' | '?' => out.extend(['~', c]),
            '"' => out.push_str("\"\""),
            c => out.push(c),
        }
    }
    out
}
