//! Where the rows of the sheet Matriks lie, and formulas over them.
//!
//! In: the survey and how much a sheet holds. Out: addresses and formulas for any sheet. Above the number of rows that a
//! Table may have there are no formulas: each would read all rows whenever the workbook is opened. It writes nothing.

use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell_absolute};

use crate::config::ikm::PartialForms;
use crate::measure::ikm::Survey;
use crate::report::SheetCapacity;
use crate::report::ikm::workbook::formula;
use crate::report::xlsx::Criterion;
use crate::standard::instrument::Element;

/// Row of the heads on each sheet.
pub const HEAD_ROW: u32 = 4;

/// Columns before those of the elements.
pub const ID: u16 = 0;
pub const DATE: u16 = 1;
pub const SERVICE: u16 = 2;
pub const SEX: u16 = 3;
pub const AGE: u16 = 4;
pub const EDUCATION: u16 = 5;
pub const OCCUPATION: u16 = 6;
pub const HOUR: u16 = 7;
pub const FIRST_ELEMENT: u16 = 8;

/// Cells that formulas by service, month or group may read in all: more would keep a spreadsheet program busy for long.
const MOST_CELLS_READ: usize = 30_000_000;

/// A formula holds 8,192 characters.
const LONGEST_FORMULA: usize = 8_000;

/// Rows below the forms, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Title,
    Head,
    Sum,
    Answers,
    Missing,
    Nrr,
    Numerator,
    Denominator,
    Weighted,
    Index,
    Grade,
    Forms,
    Ikm,
    UnitGrade,
    Performance,
    /// The IKM under the other rule for partial forms.
    Other,
}

/// Rows of the block below the forms, with the empty row before it.
const BLOCK_ROWS: u32 = Line::Other as u32 + 2;

/// Condition on a column of the matrix.
pub type Condition = (u16, Criterion);

/// One sheet of rows.
pub struct Part {
    pub sheet: String,
    pub first_row: u32,
    pub rows: u32,
}

impl Part {
    /// A part without rows keeps one empty row, since a range must have one.
    pub fn last_row(&self) -> u32 {
        self.first_row + self.rows.max(1) - 1
    }

    fn range(&self, col: u16) -> String {
        let column = column_number_to_name(col);
        let (first, last) = (self.first_row + 1, self.last_row() + 1);
        format!("'{}'!${column}${first}:${column}${last}", self.sheet)
    }
}

/// The layout.
pub struct Matrix<'a> {
    pub survey: &'a Survey<'a>,
    pub parts: Vec<Part>,
    /// Whether the rows are few enough for formulas.
    pub live: bool,
    /// Rows up to which there are formulas.
    pub most_rows: u32,
    pub rule: PartialForms,
}

impl<'a> Matrix<'a> {
    pub fn new(survey: &'a Survey<'a>, rule: PartialForms, capacity: SheetCapacity) -> Self {
        let rows = survey.forms.len();
        let most = capacity.data_rows(HEAD_ROW + 1 + BLOCK_ROWS) as usize;
        let part = |i: usize| Part {
            sheet: match i {
                0 => "Matriks".to_owned(),
                _ => format!("Matriks {}", i + 1),
            },
            first_row: HEAD_ROW + 1,
            rows: rows.saturating_sub(i * most).min(most) as u32,
        };
        Self {
            survey,
            parts: (0..rows.div_ceil(most).max(1)).map(part).collect(),
            live: rows <= capacity.table_rows as usize,
            most_rows: capacity.table_rows,
            rule,
        }
    }

    /// How many elements the instrument has.
    pub fn elements(&self) -> usize {
        self.survey.instrument.elements.len()
    }

    /// Column of an element by its place in the instrument.
    pub fn element(&self, at: usize) -> u16 {
        FIRST_ELEMENT + at as u16
    }

    /// Column of how many elements a form answers.
    pub fn answered(&self) -> u16 {
        self.element(self.elements())
    }

    /// Row of a line on the last sheet.
    pub fn line(&self, line: Line) -> u32 {
        let last = self.parts.last().map_or(HEAD_ROW + 1, Part::last_row);
        last + 2 + line as u32
    }

    /// The cell of a line and an element, as other sheets refer to it; that of a line with one value stands under the first.
    pub fn cell(&self, line: Line, at: usize) -> String {
        let cell = row_col_to_cell_absolute(self.line(line), self.element(at));
        format!("{}{cell}", self.last_sheet())
    }

    /// A line over all elements, as other sheets refer to it.
    pub fn line_range(&self, line: Line) -> String {
        let row = self.line(line);
        let first = row_col_to_cell_absolute(row, self.element(0));
        let last = row_col_to_cell_absolute(row, self.element(self.elements().max(1) - 1));
        format!("{}{first}:{last}", self.last_sheet())
    }

    /// The weights as one array: numerators by denominators.
    pub fn weights(&self) -> String {
        let (above, below) = (Line::Numerator, Line::Denominator);
        format!("{}/{}", self.line_range(above), self.line_range(below))
    }

    fn last_sheet(&self) -> String {
        let name = self.parts.last().map_or("", |p| p.sheet.as_str());
        format!("'{name}'!")
    }

    /// What a rule for partial forms asks of a form.
    pub fn conditions(&self, rule: PartialForms) -> Vec<Condition> {
        match rule {
            PartialForms::Available => Vec::new(),
            PartialForms::Complete => {
                vec![(self.answered(), Criterion::Equals(self.elements() as i64))]
            }
        }
    }

    /// Formula (without `=`): the sum of a column over the rows that meet every condition.
    pub fn sum(&self, col: u16, conditions: &[Condition]) -> String {
        match conditions {
            [] => format!("SUM({})", self.ranges(col)),
            _ => self.added(|part| {
                let of = part.range(col);
                format!("SUMIFS({of},{})", pairs(part, conditions))
            }),
        }
    }

    /// Formula (without `=`): how many numbers above 0 a column has in the rows that meet every condition.
    pub fn count(&self, col: u16, conditions: &[Condition]) -> String {
        match conditions {
            [] => format!("COUNT({})", self.ranges(col)),
            _ => self.forms(&[&[(col, Criterion::MoreThan(0))], conditions].concat()),
        }
    }

    /// Formula (without `=`): how many rows there are.
    pub fn respondents(&self) -> String {
        self.forms(&[(ID, Criterion::Filled)])
    }

    /// Formula (without `=`): how many rows meet every condition; there must be one.
    pub fn forms(&self, conditions: &[Condition]) -> String {
        self.added(|part| format!("COUNTIFS({})", pairs(part, conditions)))
    }

    /// Formula: the NRR of an element over the rows that meet every condition.
    pub fn nrr(&self, at: usize, conditions: &[Condition]) -> String {
        let col = self.element(at);
        let (sum, count) = (self.sum(col, conditions), self.count(col, conditions));
        format!("=IF({count}=0,\"–\",({sum})/({count}))")
    }

    /// Formula: the IKM under a rule for partial forms, straight from the rows; None where it is too long for one.
    pub fn ikm_under(&self, rule: PartialForms) -> Option<String> {
        let conditions = self.conditions(rule);
        let term = |(at, element): (usize, &Element)| {
            let col = self.element(at);
            let (sum, count) = (self.sum(col, &conditions), self.count(col, &conditions));
            format!("{}*({sum})/({count})", element.weight)
        };
        let elements = self.survey.instrument.elements.iter();
        let terms: Vec<String> = elements.enumerate().map(term).collect();
        let formula = formula::ikm_of(&terms.join("+"));
        (formula.len() < LONGEST_FORMULA).then_some(formula)
    }

    /// Whether so many formulas, each over `columns` columns, are few enough for all of them to be live.
    pub fn few(&self, formulas: usize, columns: usize) -> bool {
        let cells = self.survey.forms.len().saturating_mul(formulas);
        self.live && cells.saturating_mul(columns) <= MOST_CELLS_READ
    }

    fn ranges(&self, col: u16) -> String {
        let all: Vec<String> = self.parts.iter().map(|p| p.range(col)).collect();
        all.join(",")
    }

    fn added(&self, formula: impl Fn(&Part) -> String) -> String {
        let all: Vec<String> = self.parts.iter().map(formula).collect();
        all.join("+")
    }
}

fn pairs(part: &Part, conditions: &[Condition]) -> String {
    let pair = |(col, criterion): &Condition| format!("{},{}", part.range(*col), criterion.code());
    let all: Vec<String> = conditions.iter().map(pair).collect();
    all.join(",")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::snapshot::ResponseRow;
    use crate::standard::load::{StandardFiles, load_instruments};

    fn survey(forms: Vec<&ResponseRow>) -> Survey<'_> {
        let all = load_instruments(&StandardFiles::shipped()).unwrap();
        Survey {
            instrument: Arc::clone(&all.by_code["permenpanrb-14-2017"]),
            forms,
            weakest: Vec::new(),
            strongest: Vec::new(),
        }
    }

    fn form() -> ResponseRow {
        ResponseRow {
            response_id: String::new(),
            answered_on: chrono::NaiveDate::MIN,
            service: "".into(),
            case_id: None,
            answers: crate::snapshot::answers::Answers::default(),
            sex: None,
            age: None,
            education: None,
            occupation: None,
            hour_band: None,
            suggestion: None,
        }
    }

    #[test]
    fn the_results_fit_below_as_many_forms_as_a_sheet_takes() {
        let one = form();
        let most = SheetCapacity::default().data_rows(HEAD_ROW + 1 + BLOCK_ROWS) as usize;
        for (count, sheets) in [(0, 1), (most, 1), (most + 1, 2)] {
            let survey = survey(vec![&one; count]);
            let rule = PartialForms::Available;
            let matrix = Matrix::new(&survey, rule, SheetCapacity::default());
            assert_eq!(matrix.parts.len(), sheets);
            assert!(matrix.line(Line::Other) < 1_048_576, "{count}");
            assert!(matrix.parts.iter().all(|p| p.last_row() < 1_048_576));
            assert_eq!(matrix.live, count == 0);
        }
    }

    #[test]
    fn a_sum_reads_every_sheet_and_the_complete_rule_asks_for_every_answer() {
        let one = form();
        let survey = survey(vec![&one; 3]);
        let capacity = SheetCapacity {
            rows_per_sheet: 2,
            table_rows: 9,
        };
        let matrix = Matrix::new(&survey, PartialForms::Complete, capacity);
        let col = matrix.element(0);
        assert_eq!(
            matrix.sum(col, &[]),
            "SUM('Matriks'!$I$6:$I$7,'Matriks 2'!$I$6:$I$6)"
        );
        let complete = matrix.conditions(matrix.rule);
        assert_eq!(
            matrix.forms(&complete),
            "COUNTIFS('Matriks'!$R$6:$R$7,9)+COUNTIFS('Matriks 2'!$R$6:$R$6,9)"
        );
        assert!(
            matrix
                .sum(col, &complete)
                .starts_with("SUMIFS('Matriks'!$I$6:$I$7,")
        );
    }
}
