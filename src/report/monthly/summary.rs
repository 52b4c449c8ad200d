//! Rows of the sheet Ringkasan: code, words, value, n, N, interval and the words printed on the page.
//!
//! A row's formulas count the rows of the sheet Berkas; their stored results are the figures'.

use rust_xlsxwriter::Worksheet;

use crate::format;
use crate::measure::Figure;
use crate::report::monthly::context::Context;
use crate::report::xlsx::cells::{Value, address, fit_row, put, put_formula, short};
use crate::report::xlsx::{Book, Criterion, Grid};

pub const CODE: u16 = 0;
pub const LABEL: u16 = 1;
pub const VALUE: u16 = 2;
pub const PART: u16 = 3;
pub const WHOLE: u16 = 4;
pub const INTERVAL: u16 = 5;
pub const PRINTED: u16 = 6;

/// Characters in the column of labels.
const LABEL_WIDTH: f64 = 70.0;

/// A condition on a column of the sheet Berkas.
pub type Condition<'h> = (&'h str, Criterion);

/// The sheet being written.
pub struct Summary<'a, 'b> {
    pub c: &'b Context<'a>,
    pub cases: &'b Grid,
    pub book: &'b Book<'b>,
    pub sheet: Worksheet,
    pub row: u32,
}

/// The key of a figure in the column Kode: `on_time.due{pause=include}`.
pub fn code(indicator: &str, group: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = group.iter().map(|(k, v)| format!("{k}={v}")).collect();
    match pairs.is_empty() {
        true => indicator.to_owned(),
        false => format!("{indicator}{{{}}}", pairs.join(";")),
    }
}

fn stored_count(value: Option<i64>, figure: Option<&Figure>) -> Value {
    match (value, figure) {
        (Some(v), _) => Value::Number(v as f64),
        (None, Some(f)) => Value::Number(f.n as f64),
        (None, None) => Value::Number(0.0),
    }
}

impl Summary<'_, '_> {
    pub fn set_up(&mut self) -> anyhow::Result<()> {
        self.book.heading(&mut self.sheet, self.c.title, false)?;
        let widths = [20.0, LABEL_WIDTH, 15.0, 9.0, 11.0, 17.0, 16.0, 9.0];
        for (col, width) in (0u16..).zip(widths) {
            self.sheet.set_column_width(col, width)?;
        }
        let s = &self.book.styles;
        let heads = [
            "Kode",
            "Uraian",
            "Nilai",
            "n",
            "N",
            "Selang 95 %",
            "Tercetak",
        ];
        for (col, head) in (0u16..).zip(heads) {
            let style = if col < VALUE { &s.head } else { &s.head_number };
            self.sheet
                .write_string_with_format(self.row, col, head, style)?;
        }
        self.sheet.set_freeze_panes(self.row + 1, 0)?;
        self.sheet.set_repeat_rows(self.row, self.row)?;
        self.row += 1;
        Ok(())
    }

    pub fn section(&mut self, title: &str) -> anyhow::Result<()> {
        let style = &self.book.styles.section;
        for col in CODE..=PRINTED {
            self.sheet.write_blank(self.row, col, style)?;
        }
        self.sheet
            .write_string_with_format(self.row, CODE, title, style)?;
        self.sheet.set_row_height(self.row, 22)?;
        self.row += 1;
        Ok(())
    }

    /// Code, label and printed words of a row.
    pub fn frame(&mut self, code: &str, label: &str, printed: &str) -> anyhow::Result<()> {
        let s = &self.book.styles;
        self.sheet
            .write_string_with_format(self.row, CODE, short(code), &s.code)?;
        self.sheet
            .write_string_with_format(self.row, LABEL, short(label), &s.text)?;
        fit_row(&mut self.sheet, self.row, &[(label, LABEL_WIDTH)])?;
        for col in [VALUE, PART, WHOLE, INTERVAL] {
            self.sheet.write_blank(self.row, col, &s.number)?;
        }
        self.sheet
            .write_string_with_format(self.row, PRINTED, printed, &s.printed)?;
        Ok(())
    }

    /// A share: n and N counted over the sheet, their quotient withheld below the least n.
    pub fn share(
        &mut self,
        label: &str,
        indicator: &str,
        group: &[(&str, &str)],
        part: &[Vec<Condition>],
        whole: &[Vec<Condition>],
    ) -> anyhow::Result<()> {
        let figure = self.c.figure(indicator, group);
        let printed = figure.map_or(format::NONE, |f| f.printed.as_str());
        self.frame(&code(indicator, group), label, printed)?;
        let (row, s) = (self.row, &self.book.styles);
        let result = Value::share(figure);
        let formulas = (self.sum(part), self.sum(whole));
        if let (Some(_), (Some(part), Some(whole))) = (figure, formulas) {
            // Withheld figures keep their n but not their parts; the count is then left to the spreadsheet program.
            let on_time = figure.and_then(|f| f.numerator);
            match on_time {
                Some(n) => {
                    let n = Value::Number(n as f64);
                    put_formula(&mut self.sheet, row, PART, &part, &n, &s.number)?;
                }
                None => put(
                    &mut self.sheet,
                    row,
                    PART,
                    &Value::Text(format::NONE.into()),
                    &s.number,
                )?,
            }
            let all = stored_count(figure.and_then(|f| f.denominator), figure);
            put_formula(&mut self.sheet, row, WHOLE, &whole, &all, &s.number)?;
            let (n, all) = (address(row, PART), address(row, WHOLE));
            let least = self.c.r.rules.least_n;
            let formula = format!(
                "=IF({all}=0,\"–\",IF({all}<{least},\"ditahan (n = \"&{all}&\")\",{n}/{all}))"
            );
            put_formula(&mut self.sheet, row, VALUE, &formula, &result, &s.share)?;
        } else {
            put(&mut self.sheet, row, VALUE, &result, &s.share)?;
        }
        if let Some(interval) = self.c.interval(indicator, group) {
            self.sheet
                .write_string_with_format(row, INTERVAL, interval.plain(), &s.printed)?;
        }
        self.row += 1;
        Ok(())
    }

    pub fn sum(&self, alternatives: &[Vec<Condition>]) -> Option<String> {
        let counts: Option<Vec<String>> =
            alternatives.iter().map(|c| self.cases.count(c)).collect();
        Some(format!("={}", counts?.join("+")))
    }

    /// A count over the sheet.
    pub fn count(
        &mut self,
        label: &str,
        indicator: &str,
        criteria: &[Condition],
    ) -> anyhow::Result<()> {
        self.grouped_count(label, indicator, &[], &[criteria.to_vec()])
    }

    pub fn grouped_count(
        &mut self,
        label: &str,
        indicator: &str,
        group: &[(&str, &str)],
        alternatives: &[Vec<Condition>],
    ) -> anyhow::Result<()> {
        let figure = self.c.figure(indicator, group);
        let printed = figure.map_or(format::NONE, |f| f.printed.as_str());
        self.frame(&code(indicator, group), label, printed)?;
        let result = Value::of(figure);
        let style = &self.book.styles.number;
        match self.sum(alternatives).filter(|_| !alternatives.is_empty()) {
            Some(formula) if matches!(result, Value::Number(_)) => {
                put_formula(&mut self.sheet, self.row, VALUE, &formula, &result, style)?;
            }
            _ => put(&mut self.sheet, self.row, VALUE, &result, style)?,
        }
        self.row += 1;
        Ok(())
    }

    /// A figure that no formula over the sheet gives.
    pub fn value(
        &mut self,
        label: &str,
        indicator: &str,
        group: &[(&str, &str)],
    ) -> anyhow::Result<()> {
        let figure = self.c.figure(indicator, group);
        let printed = figure.map_or(format::NONE, |f| f.printed.as_str());
        self.frame(&code(indicator, group), label, printed)?;
        let style = &self.book.styles.decimal;
        put(&mut self.sheet, self.row, VALUE, &Value::of(figure), style)?;
        self.row += 1;
        Ok(())
    }
}
