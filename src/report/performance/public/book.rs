//! The public edition as a workbook: values only, no formula that a reader could trace.
//!
//! In: the tables of the page. Out: the sheets Ringkasan, Bulan, Layanan, Tahapan, Metode.

use rust_xlsxwriter::{Format, Worksheet};

use super::tables::{Content, Entry, Share, Table};
use super::{PublicFigure, Shown, words};
use crate::format;
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::xlsx::Book;
use crate::report::xlsx::cells::{Value, fit_row, put, short};

/// Characters in the column of names, and in each further one.
const NAMES: f64 = 52.0;
const NUMBERS: f64 = 13.0;
/// Headings of what a share takes: five columns.
const SHARE: [&str; 5] = [
    "",
    "tepat",
    "dari",
    "selang 95 %, bawah",
    "selang 95 %, atas",
];
/// Points of a row of headings, four lines.
const HEAD_POINTS: f64 = 56.0;

/// All sheets.
///
/// # Errors
/// What the workbook writer refuses.
pub fn workbook(r: &PerformanceReport, shown: &Shown) -> anyhow::Result<Vec<u8>> {
    let (c, review) = (Content { r, shown }, Context::new(&r.review));
    let state = format!(
        "Edisi untuk masyarakat. Keadaan per {} · Edisi {}",
        review.as_of(),
        r.review.provenance.edition
    );
    let mut book = Book::new(
        r.review.office,
        review.title,
        &review.period_name,
        &state,
        r.review.overview.as_of,
    )?;
    let mut sheet = Sheet::new(&book, "Ringkasan", review.title, false)?;
    sheet.facts(&c)?;
    for table in [c.semesters(), c.rules()] {
        sheet.table(&table)?;
    }
    sheet.push(&mut book);
    for (name, tables) in [
        ("Bulan", vec![c.months()]),
        ("Layanan", c.groups()),
        ("Tahapan", vec![c.stages(), c.agencies()]),
    ] {
        let mut sheet = Sheet::new(&book, name, name, true)?;
        for table in &tables {
            sheet.table(table)?;
        }
        sheet.push(&mut book);
    }
    method(&c, &review, &mut book)?;
    Ok(book.workbook.save_to_buffer()?)
}

/// A sheet being written.
struct Sheet {
    sheet: Worksheet,
    styles: crate::report::xlsx::Styles,
    row: u32,
}

impl Sheet {
    fn new(book: &Book, name: &str, title: &str, landscape: bool) -> anyhow::Result<Self> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        book.heading(&mut sheet, title, landscape)?;
        sheet.set_column_width(0, NAMES)?;
        sheet.set_column_range_width(1, 14, NUMBERS)?;
        Ok(Self {
            sheet,
            styles: book.styles.clone(),
            row: book.heading_rows(),
        })
    }

    fn push(self, book: &mut Book) {
        book.workbook.push_worksheet(self.sheet);
    }

    /// Counts of the office and how long it took.
    fn facts(&mut self, c: &Content) -> anyhow::Result<()> {
        self.head(
            "Kantor secara keseluruhan",
            &["Uraian".into(), "Nilai".into()],
            1,
        )?;
        let due = c.share("on_time.due", &[]);
        let decided = c.share("on_time.decided", &[]);
        let returned = c.share("returns.case_share", &[]);
        for (words, share) in [
            ("Tepat waktu dari yang jatuh tempo", due),
            ("Tepat waktu dari yang diputus", decided),
            ("Dikembalikan kepada pemohon, dari yang diputus", returned),
        ] {
            for (suffix, figure) in [
                ("", share.share),
                (", selang 95 %, bawah", share.low),
                (", selang 95 %, atas", share.high),
            ] {
                if figure.is_some() {
                    self.fact(&format!("{words}{suffix}"), percent(figure), true)?;
                }
            }
        }
        let counts = c.facts().into_iter();
        let flow = c
            .flow()
            .into_iter()
            .map(|(_, words, figure)| (words, figure));
        for (words, figure) in counts.chain(flow) {
            self.fact(&crate::report::words::capital(words), number(figure), false)?;
        }
        for (words, indicator) in [
            ("Hari kerja, median", "working_days.median"),
            ("Hari kerja, persentil ke-90", "working_days.p90"),
        ] {
            self.fact(words, number(c.figure(indicator, &[])), false)?;
        }
        self.row += 1;
        Ok(())
    }

    fn fact(&mut self, words: &str, value: Value, share: bool) -> anyhow::Result<()> {
        let style = if share {
            &self.styles.share
        } else {
            &self.styles.number
        };
        self.sheet
            .write_string_with_format(self.row, 0, short(words), &self.styles.text)?;
        put(&mut self.sheet, self.row, 1, &value, &right(style))?;
        fit_row(&mut self.sheet, self.row, &[(words, NAMES)])?;
        self.row += 1;
        Ok(())
    }

    /// Title and headings; the first `texts` of them head text.
    fn head(&mut self, title: &str, heads: &[String], texts: usize) -> anyhow::Result<()> {
        self.sheet
            .write_string_with_format(self.row, 0, title, &self.styles.section)?;
        for col in 1..heads.len().max(2) as u16 {
            self.sheet
                .write_blank(self.row, col, &self.styles.section)?;
        }
        self.sheet.set_row_height(self.row, 22)?;
        self.row += 1;
        for (at, (col, head)) in (0u16..).zip(heads).enumerate() {
            let style = if at < texts {
                &self.styles.head
            } else {
                &self.styles.head_number
            };
            self.sheet
                .write_string_with_format(self.row, col, head, style)?;
        }
        if heads.len() > 2 {
            self.sheet.set_row_height(self.row, HEAD_POINTS)?;
        }
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, table: &Table) -> anyhow::Result<()> {
        if table.rows.is_empty() {
            return Ok(());
        }
        self.head(table.title, &heads(table), 1)?;
        for row in &table.rows {
            let text = &self.styles.text;
            self.sheet
                .write_string_with_format(self.row, 0, short(&row.name), text)?;
            fit_row(&mut self.sheet, self.row, &[(&row.name, NAMES)])?;
            let mut col = 1;
            for entry in &row.entries {
                col = self.entry(col, entry)?;
            }
            self.row += 1;
        }
        if !table.note.is_empty() {
            self.sheet
                .write_string_with_format(self.row, 0, table.note, &self.styles.subtitle)?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    /// Writes an entry from `col` on; returns the first free column.
    fn entry(&mut self, col: u16, entry: &Entry) -> anyhow::Result<u16> {
        let s = &self.styles;
        let cells: Vec<(Value, Format)> = match entry {
            Entry::Text(words) => vec![(Value::Text((*words).to_owned()), s.text.clone())],
            Entry::Figure(figure) => vec![number_with_style(*figure, s)],
            Entry::Share(share) => share_cells(share, s),
        };
        for (col, (value, style)) in (col..).zip(&cells) {
            put(&mut self.sheet, self.row, col, value, style)?;
        }
        Ok(col + cells.len() as u16)
    }
}

fn heads(table: &Table) -> Vec<String> {
    let mut heads = vec![table.corner.to_owned()];
    let first = table
        .rows
        .first()
        .map(|r| r.entries.as_slice())
        .unwrap_or_default();
    for (head, entry) in table.heads.iter().zip(first) {
        match entry {
            Entry::Share(_) => heads.extend(SHARE.map(|part| match part {
                "" => (*head).to_owned(),
                part => part.to_owned(),
            })),
            Entry::Figure(_) | Entry::Text(_) => heads.push((*head).to_owned()),
        }
    }
    heads
}

fn share_cells(share: &Share, s: &crate::report::xlsx::Styles) -> Vec<(Value, Format)> {
    let count = |count: Option<i64>| {
        let known = share.share.is_some_and(|f| f.value.is_some());
        match count.filter(|_| known) {
            Some(n) => Value::Number(n as f64),
            None => Value::Text(printed_if_none(share.share)),
        }
    };
    vec![
        (percent(share.share), right(&s.share)),
        (
            count(share.share.and_then(|f| f.numerator)),
            right(&s.number),
        ),
        (
            count(share.share.and_then(|f| f.denominator)),
            right(&s.number),
        ),
        (percent(share.low), right(&s.share)),
        (percent(share.high), right(&s.share)),
    ]
}

fn printed_if_none(figure: Option<&PublicFigure>) -> String {
    match figure {
        Some(f) if f.value.is_none() => f.printed.clone(),
        _ => format::NONE.to_owned(),
    }
}

/// Percent as a fraction of one, or the words printed.
fn percent(figure: Option<&PublicFigure>) -> Value {
    match figure.and_then(|f| f.value) {
        Some(value) => Value::Number(value / 100.0),
        None => Value::Text(printed_if_none(figure)),
    }
}

fn number(figure: Option<&PublicFigure>) -> Value {
    match figure.and_then(|f| f.value) {
        Some(value) => Value::Number(value),
        None => Value::Text(printed_if_none(figure)),
    }
}

/// Minutes are printed as words, which say their unit; everything else is a number.
fn number_with_style(
    figure: Option<&PublicFigure>,
    s: &crate::report::xlsx::Styles,
) -> (Value, Format) {
    match figure.filter(|f| f.indicator.contains("minutes")) {
        Some(f) => (Value::Text(f.printed.clone()), right(&s.text)),
        None => (number(figure), right(&s.number)),
    }
}

fn right(style: &Format) -> Format {
    style.clone().set_align(rust_xlsxwriter::FormatAlign::Right)
}

fn method(c: &Content, review: &Context, book: &mut Book) -> anyhow::Result<()> {
    const RULES: f64 = 100.0;
    let mut sheet = Worksheet::new();
    sheet.set_name("Metode")?;
    book.heading(&mut sheet, "Cara menghitung", false)?;
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, RULES)?;
    let s = &book.styles;
    let subjects = words::method(c);
    let rules = subjects.iter().flat_map(|subject| {
        let rules = subject.rules.iter().enumerate();
        rules.map(|(i, rule)| {
            (
                if i == 0 { subject.title } else { "" }.to_owned(),
                rule.clone(),
            )
        })
    });
    let promises = words::promises(c).into_iter().enumerate();
    let promises = promises.map(|(i, p)| (if i == 0 { "Janji layanan" } else { "" }.to_owned(), p));
    let lines = promises.chain(rules).chain(review.provenance());
    for (row, (title, rule)) in (book.heading_rows()..).zip(lines) {
        sheet.write_string_with_format(row, 0, short(&title), &s.strong)?;
        sheet.write_string_with_format(row, 1, short(&rule), &s.text)?;
        fit_row(&mut sheet, row, &[(&title, 34.0), (&rule, RULES)])?;
    }
    book.workbook.push_worksheet(sheet);
    Ok(())
}
