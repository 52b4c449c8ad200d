//! Lists on a sheet: rows of words and numbers that are no figures, such as cases.
//!
//! In: words and numbers. Out: cells of the current row.

use rust_xlsxwriter::FormatAlign;

use crate::report::xlsx::cells::{Value, fit_row, put, short};
use crate::report::xlsx::code::Figures;
use crate::report::xlsx::column::Show;
use crate::report::xlsx::sheet::Sheet;

impl<C: Figures> Sheet<'_, C> {
    /// Plain words in the current row.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn words(&mut self, col: u16, text: &str) -> anyhow::Result<()> {
        let style = if col == 0 {
            &self.book.styles.text
        } else {
            &self.listed
        };
        self.sheet
            .write_string_with_format(self.row, col, short(text), style)?;
        Ok(())
    }

    /// Words in the current row that may run over the columns after them.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn beside(&mut self, col: u16, text: &str) -> anyhow::Result<()> {
        let style = &self.book.styles.plain;
        self.sheet
            .write_string_with_format(self.row, col, short(text), style)?;
        Ok(())
    }

    /// Heads of a list that has no figures.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn list_heads(&mut self, first: &str, others: &[&str]) -> anyhow::Result<()> {
        let style = &self.book.styles.head;
        let heads: Vec<&str> = [&[first], others].concat();
        for (col, head) in (0u16..).zip(&heads) {
            self.sheet
                .write_string_with_format(self.row, col, *head, style)?;
        }
        let sized: Vec<(&str, f64)> = heads
            .iter()
            .zip(&self.widths)
            .map(|(head, width)| (*head, width - 1.5))
            .collect();
        fit_row(&mut self.sheet, self.row, &sized)?;
        self.row += 1;
        Ok(())
    }

    /// What a row of a list is about.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn entry(&mut self, text: &str) -> anyhow::Result<()> {
        self.words(0, text)
    }

    /// A number that asks for attention.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn mark(&mut self, col: u16, number: Option<f64>) -> anyhow::Result<()> {
        if let Some(n) = number {
            let style = self.book.styles.late.clone();
            let style = style
                .set_font_name("Calibri")
                .set_font_size(10)
                .set_num_format("#,##0.0")
                .set_align(FormatAlign::Top);
            self.sheet
                .write_number_with_format(self.row, col, n, &style)?;
        }
        Ok(())
    }

    /// A number that is no figure, such as one of a list of cases; nothing where there is none.
    ///
    /// # Errors
    /// What the workbook writer refuses.
    pub fn plain(&mut self, col: u16, number: Option<f64>, show: Show) -> anyhow::Result<()> {
        let value = number.map_or(Value::Empty, Value::Number);
        Ok(put(
            &mut self.sheet,
            self.row,
            col,
            &value,
            self.numbers.of(show),
        )?)
    }
}
