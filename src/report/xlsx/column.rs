//! Columns of figures: which part of a key they carry, and what of the figure they show.
//!
//! In: indicators. Out: columns that a sheet writes. It knows no sheet.

use crate::report::xlsx::code::Code;

/// What of a figure a cell shows, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    Share,
    Number,
    /// One decimal.
    Decimal,
    /// Two decimals.
    Ratio,
    /// Three decimals.
    Thousandths,
    /// Four decimals.
    Fine,
    /// The number that is printed, with its two decimals: where it and not the unrounded one is what counts.
    Rounded,
    /// As that, with its sign.
    Signed,
    /// Percentage points, with their sign.
    Points,
    Numerator,
    Denominator,
    N,
    Printed,
    /// No figure: the sheet writes the cell itself.
    Own,
}

impl Show {
    /// What the key says beside the indicator, as the figure's own field is called.
    fn field(self) -> &'static str {
        match self {
            Show::Numerator => "/numerator",
            Show::Denominator => "/denominator",
            Show::N => "/n",
            Show::Printed => "/printed",
            _ => "",
        }
    }
}

/// A column of figures.
#[derive(Debug, Clone)]
pub struct Column {
    pub head: String,
    pub code: Code,
    /// None: as the row says.
    pub show: Option<Show>,
}

impl Column {
    pub fn new(head: impl Into<String>, code: Code, show: Show) -> Self {
        Self {
            head: head.into(),
            code,
            show: Some(show),
        }
    }

    /// A column whose rows differ in what they show.
    pub fn of_row(head: impl Into<String>, code: Code) -> Self {
        Self {
            head: head.into(),
            code,
            show: None,
        }
    }

    /// A column without figures.
    pub fn own(head: impl Into<String>) -> Self {
        Self::new(head, Code::default(), Show::Own)
    }

    /// n, N and share of an indicator, the counts named `of`; with its interval where `interval`.
    pub fn share(of: &str, name: &str, indicator: &str, interval: bool) -> Vec<Self> {
        let code = Code::of(indicator);
        let mut all = vec![
            Self::new(format!("{of}: n"), code.clone(), Show::Numerator),
            Self::new(format!("{of}: N"), code.clone(), Show::Denominator),
            Self::new(name, code.clone(), Show::Share),
        ];
        if interval {
            for (suffix, words) in [(".low", "bawah"), (".high", "atas")] {
                let head = format!("Selang 95 % {words}");
                all.push(Self::new(head, code.suffixed(suffix), Show::Share));
            }
        }
        all
    }

    /// What stands under its head.
    pub fn key(&self) -> String {
        let field = self.show.map_or("", Show::field);
        match (self.code == Code::default(), field) {
            _ if self.show == Some(Show::Own) => String::new(),
            (true, "") => "/value".to_owned(),
            _ => format!("{}{field}", self.code),
        }
    }
}

/// The columns Nilai, n and Tercetak of a table with one figure a row.
pub fn one_figure() -> Vec<Column> {
    vec![
        Column::of_row("Nilai", Code::default()),
        Column::new("n", Code::default(), Show::N),
        Column::new("Tercetak", Code::default(), Show::Printed),
    ]
}
