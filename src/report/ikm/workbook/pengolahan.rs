//! What stands below the forms on the sheet Matriks: sum, n, NRR, index and grade of each element, and the result of the unit.
//!
//! In: the figures and the layout. Out: rows on the last sheet. It must not compute: a formula carries the figure as its
//! stored result.

use num_traits::ToPrimitive;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet};

use crate::config::ikm::PartialForms;
use crate::format;
use crate::report::ikm::view::View;
use crate::report::ikm::workbook::formula;
use crate::report::ikm::workbook::keys::{of_element, printed};
use crate::report::ikm::workbook::matriks::{ELEMENT_WIDTH, MISSING};
use crate::report::ikm::workbook::matrix::{FIRST_ELEMENT, Line, Matrix};
use crate::report::xlsx::cells::{Value, address, fit_row, put, put_formula, short};
use crate::report::xlsx::code::Code;
use crate::report::xlsx::{Book, Criterion};
use crate::standard::instrument::Element;

/// What stands below the forms.
pub struct Block<'m, 'a> {
    v: &'m View<'a>,
    book: &'m Book<'m>,
    sheet: &'m mut Worksheet,
    matrix: &'m Matrix<'m>,
    label: Format,
    number: Format,
    fine: Format,
    word: Format,
}

impl<'m, 'a> Block<'m, 'a> {
    pub fn new(
        v: &'m View<'a>,
        book: &'m Book<'m>,
        sheet: &'m mut Worksheet,
        matrix: &'m Matrix<'m>,
    ) -> Self {
        let s = &book.styles;
        let centre = |f: &Format| f.clone().set_align(FormatAlign::Center).set_shrink();
        Self {
            v,
            book,
            sheet,
            matrix,
            label: s.strong.clone().set_text_wrap(),
            number: centre(&s.number),
            fine: centre(&s.decimal).set_num_format("0.0000"),
            word: centre(&s.strong),
        }
    }

    /// Writes it below the rows.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn write(mut self) -> anyhow::Result<()> {
        self.heads()?;
        self.counts()?;
        self.results()?;
        self.unit()
    }

    fn heads(&mut self) -> anyhow::Result<()> {
        let s = &self.book.styles;
        let row = self.matrix.line(Line::Title);
        for col in 0..=self.matrix.answered() {
            self.sheet.write_blank(row, col, &s.section)?;
        }
        let title = "Pengolahan: nilai rata-rata per unsur dan Indeks Kepuasan Masyarakat";
        self.sheet
            .write_string_with_format(row, 0, title, &s.section)?;
        let row = self.matrix.line(Line::Head);
        let centred = s.head.clone().set_align(FormatAlign::Center);
        for col in 0..FIRST_ELEMENT {
            self.sheet.write_blank(row, col, &s.head)?;
        }
        self.sheet
            .write_string_with_format(row, 0, "Uraian", &s.head)?;
        let mut titles = Vec::new();
        for (at, element) in self.v.instrument().elements.iter().enumerate() {
            let col = self.matrix.element(at);
            self.sheet
                .write_string_with_format(row, col, short(&element.title), &centred)?;
            titles.push((element.title.as_str(), ELEMENT_WIDTH - 2.0));
        }
        Ok(fit_row(self.sheet, row, &titles)?)
    }

    /// A row with one value for each element.
    fn each(
        &mut self,
        line: Line,
        label: &str,
        style: &Format,
        cell: impl Fn(&Self, usize, &Element) -> (Value, Option<String>),
    ) -> anyhow::Result<()> {
        let row = self.matrix.line(line);
        self.begin(row, label)?;
        for (at, element) in self.v.instrument().elements.iter().enumerate() {
            let (value, formula) = cell(self, at, element);
            let col = self.matrix.element(at);
            match formula.filter(|_| self.matrix.live) {
                Some(formula) => put_formula(self.sheet, row, col, &formula, &value, style)?,
                None => put(self.sheet, row, col, &value, style)?,
            }
        }
        Ok(())
    }

    /// The words of a row over the columns before the elements.
    fn begin(&mut self, row: u32, label: &str) -> anyhow::Result<()> {
        let last = FIRST_ELEMENT - 1;
        self.sheet
            .merge_range(row, 0, row, last, label, &self.label)?;
        Ok(())
    }

    fn counts(&mut self) -> anyhow::Result<()> {
        let rule = self.matrix.conditions(self.matrix.rule);
        let (number, whole) = (self.number.clone(), |n: Option<i64>| {
            n.map_or(Value::Text(format::NONE.to_owned()), |n| {
                Value::Number(n as f64)
            })
        });
        let nrr = |b: &Self, e: &Element| of_element("ikm.element", e).figure(b.v);
        self.each(Line::Sum, "Jumlah nilai", &number, |b, at, e| {
            let sum = b.matrix.sum(b.matrix.element(at), &rule);
            (
                whole(nrr(b, e).and_then(|f| f.numerator)),
                Some(format!("={sum}")),
            )
        })?;
        self.each(
            Line::Answers,
            "Banyaknya jawaban (n)",
            &number,
            |b, at, e| {
                let count = b.matrix.count(b.matrix.element(at), &rule);
                (
                    whole(nrr(b, e).and_then(|f| f.denominator)),
                    Some(format!("={count}")),
                )
            },
        )?;
        self.each(
            Line::Missing,
            "Ditanyakan tetapi tidak dijawab",
            &number,
            |b, at, e| {
                let none = [(b.matrix.element(at), Criterion::is(MISSING))];
                let figure = of_element("ikm.element.missing", e).figure(b.v);
                (
                    Value::of(figure),
                    Some(format!("={}", b.matrix.forms(&none))),
                )
            },
        )
    }

    fn results(&mut self) -> anyhow::Result<()> {
        let (number, fine, word) = (self.number.clone(), self.fine.clone(), self.word.clone());
        let here =
            |b: &Self, line: Line, at: usize| address(b.matrix.line(line), b.matrix.element(at));
        self.each(
            Line::Nrr,
            "NRR per unsur (jumlah nilai / n)",
            &fine,
            |b, at, e| {
                let formula = formula::nrr(&here(b, Line::Sum, at), &here(b, Line::Answers, at));
                (
                    Value::of(of_element("ikm.element", e).figure(b.v)),
                    Some(formula),
                )
            },
        )?;
        self.each(
            Line::Numerator,
            "Bobot unsur: pembilang",
            &number,
            |_, _, e| (exact(e.weight.numer().to_f64()), None),
        )?;
        self.each(
            Line::Denominator,
            "Bobot unsur: penyebut",
            &number,
            |_, _, e| (exact(e.weight.denom().to_f64()), None),
        )?;
        self.each(
            Line::Weighted,
            "NRR tertimbang (NRR × bobot)",
            &fine,
            |b, at, e| {
                let [nrr, above, below] =
                    [Line::Nrr, Line::Numerator, Line::Denominator].map(|l| here(b, l, at));
                let formula = format!("=IF(ISNUMBER({nrr}),{nrr}*{above}/{below},\"–\")");
                (
                    Value::of(of_element("ikm.element.weighted", e).figure(b.v)),
                    Some(formula),
                )
            },
        )?;
        let two = fine.clone().set_num_format("0.00");
        self.each(Line::Index, "Indeks unsur (25 × NRR)", &two, |b, at, e| {
            let figure = of_element("ikm.element.index", e).figure(b.v);
            (
                Value::rounded(figure),
                Some(formula::index(&here(b, Line::Nrr, at))),
            )
        })?;
        self.each(Line::Grade, "Mutu unsur", &word, |b, at, e| {
            let words = printed(b.v, &of_element("ikm.element.grade", e)).to_owned();
            let formula = formula::grade(&here(b, Line::Index, at), b.v.instrument());
            (Value::Text(words), formula)
        })
    }

    /// The result of the whole unit.
    fn unit(&mut self) -> anyhow::Result<()> {
        let (m, v) = (self.matrix, self.v);
        let (number, word) = (self.number.clone(), self.word.clone());
        let two = word.clone().set_num_format("0.00").set_font_size(12);
        let unit = Code::of("ikm.unit").figure(v);
        let forms = Value::Number(unit.map_or(0, |f| f.n) as f64);
        let counted = match m.rule {
            PartialForms::Available => m.respondents(),
            PartialForms::Complete => m.forms(&m.conditions(m.rule)),
        };
        let counted = Some(format!("={counted}"));
        self.one(
            Line::Forms,
            "Formulir yang dihitung",
            forms,
            counted,
            &number,
        )?;
        let formula = formula::ikm(&m.line_range(Line::Nrr), &m.weights(), m.elements());
        let label = "IKM unit pelayanan (25 × jumlah NRR tertimbang)";
        self.one(Line::Ikm, label, Value::rounded(unit), Some(formula), &two)?;
        let cell = m.cell(Line::Ikm, 0);
        let grade = printed(v, &Code::of("ikm.grade")).to_owned();
        let performance = v.performance(&grade);
        let performance = match performance.is_empty() {
            true => format::NONE.to_owned(),
            false => performance.to_owned(),
        };
        let formula = formula::grade(&cell, v.instrument());
        self.one(
            Line::UnitGrade,
            "Mutu pelayanan",
            Value::Text(grade),
            formula,
            &word,
        )?;
        let formula = formula::band(&cell, v.instrument(), |b| &b.performance);
        let label = "Kinerja unit pelayanan";
        self.one(
            Line::Performance,
            label,
            Value::Text(performance),
            formula,
            &word,
        )?;
        self.other(&number.set_num_format("0.00"))
    }

    /// The IKM under the other rule for partial forms.
    fn other(&mut self, style: &Format) -> anyhow::Result<()> {
        let (other, code, label) = match self.matrix.rule {
            PartialForms::Available => (
                PartialForms::Complete,
                "complete",
                "Pembanding: IKM apabila hanya formulir lengkap dihitung",
            ),
            PartialForms::Complete => (
                PartialForms::Available,
                "available",
                "Pembanding: IKM apabila setiap jawaban dihitung",
            ),
        };
        let code = Code::of("ikm.unit.partial").with("rule", code);
        let value = Value::rounded(code.figure(self.v));
        let formula = self.matrix.ikm_under(other);
        self.one(Line::Other, label, value, formula, style)
    }

    /// A row with one value.
    fn one(
        &mut self,
        line: Line,
        label: &str,
        value: Value,
        formula: Option<String>,
        style: &Format,
    ) -> anyhow::Result<()> {
        let row = self.matrix.line(line);
        self.begin(row, label)?;
        match formula.filter(|_| self.matrix.live) {
            Some(formula) => {
                put_formula(self.sheet, row, FIRST_ELEMENT, &formula, &value, style)?;
            }
            None => put(self.sheet, row, FIRST_ELEMENT, &value, style)?,
        }
        Ok(())
    }
}

fn exact(number: Option<f64>) -> Value {
    number.map_or(Value::Empty, Value::Number)
}
