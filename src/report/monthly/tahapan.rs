//! Sheet Tahapan: the steps, their rates as formulas over the sheet Pelaksanaan, and where the service time went.

use rust_xlsxwriter::Worksheet;

use crate::measure::Figure;
use crate::measure::overview::StageRow;
use crate::report::monthly::context::Context;
use crate::report::monthly::pelaksanaan::{COMPLETED, DAY, DUE, MINUTE, NUMBER, SERVICE, STEP};
use crate::report::monthly::time_block;
use crate::report::xlsx::cells::{Value, address, fit_row, put, put_formula};
use crate::report::xlsx::{Book, Criterion, Grid};
use crate::score::{DayVerdict, MinuteVerdict};

type Conditions = Vec<(&'static str, Criterion)>;

/// Heading, indicator, width.
const COLUMNS: [(&str, &str, f64); 19] = [
    ("Langkah", "", 12.0),
    ("Uraian", "", 42.0),
    ("Pelaksana", "", 32.0),
    ("Batas hari", "", 17.0),
    ("Batas menit", "", 20.0),
    ("Selesai", "stage.executions", 11.0),
    ("Dalam batas hari n", "", 11.0),
    ("Dalam batas hari N", "", 11.0),
    ("Dalam batas hari", "stage.within_window", 13.0),
    ("Dalam batas menit n", "", 11.0),
    ("Dalam batas menit N", "", 11.0),
    ("Dalam batas menit", "stage.within_minutes", 13.0),
    ("Lebih cepat dari batas n", "", 11.0),
    ("Lebih cepat dari batas", "stage.under_minutes", 13.0),
    ("Median menit", "stage.minutes_median", 11.0),
    ("Persentil 95 menit", "stage.minutes_p95", 11.0),
    ("Ulangan", "stage.rework", 11.0),
    ("Jam dikerjakan", "stage.work_hours", 11.0),
    ("Jam menunggu", "stage.wait_hours", 11.0),
];

struct Stages<'a, 'b> {
    c: &'b Context<'a>,
    work: &'b Grid,
    book: &'b Book<'b>,
    sheet: Worksheet,
    row: u32,
}

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(c: &Context, book: &mut Book, work: &Grid) -> anyhow::Result<()> {
    let mut sheet = Worksheet::new();
    sheet.set_name("Tahapan")?;
    let mut s = Stages {
        c,
        work,
        book,
        sheet,
        row: book.heading_rows(),
    };
    s.head()?;
    let first = s.row;
    for stage in &c.r.overview.stages {
        s.stage(stage, None)?;
    }
    let last = s.row.saturating_sub(1);
    s.row += 1;
    s.row = time_block::write(c, book, &mut s.sheet, s.row, (first, last))?;
    for (code, name) in c.values("service") {
        s.service(code, name)?;
    }
    let sheet = s.sheet;
    book.workbook.push_worksheet(sheet);
    Ok(())
}

fn yes(heading: &'static str) -> (&'static str, Criterion) {
    (heading, Criterion::is("Ya"))
}

impl Stages<'_, '_> {
    fn head(&mut self) -> anyhow::Result<()> {
        self.book.heading(&mut self.sheet, "Tahapan", true)?;
        let s = &self.book.styles;
        for (col, (heading, indicator, width)) in (0u16..).zip(COLUMNS) {
            self.sheet.set_column_width(col, width)?;
            let style = if col < 5 { &s.head } else { &s.head_number };
            self.sheet
                .write_string_with_format(self.row, col, heading, style)?;
            self.sheet
                .write_string_with_format(self.row + 1, col, indicator, &s.code)?;
        }
        self.sheet.set_row_height(self.row, 44)?;
        self.sheet.set_freeze_panes(self.row + 1, 2)?;
        self.sheet.set_repeat_rows(self.row, self.row)?;
        self.row += 2;
        Ok(())
    }

    fn service(&mut self, code: &str, name: &str) -> anyhow::Result<()> {
        let has = |stage: &&StageRow| {
            let step = stage.step.to_string();
            let group = [("service", code), ("step", step.as_str())];
            self.c.figure("stage.executions", &group).is_some()
        };
        let stages: Vec<&StageRow> = self.c.r.overview.stages.iter().filter(has).collect();
        if stages.is_empty() {
            return Ok(());
        }
        self.row += 1;
        let style = &self.book.styles.section;
        self.sheet
            .write_string_with_format(self.row, 0, format!("Layanan: {name}"), style)?;
        self.row += 1;
        for stage in stages {
            self.stage(stage, Some(code))?;
        }
        Ok(())
    }

    /// Number, title, actor and limits of a step.
    fn words(&mut self, stage: &StageRow) -> anyhow::Result<()> {
        let s = &self.book.styles;
        let row = self.row;
        put(
            &mut self.sheet,
            row,
            0,
            &Value::Number(f64::from(stage.step)),
            &s.number,
        )?;
        let words = [
            &stage.title,
            &stage.actor,
            &stage.window_words,
            &stage.minutes_words,
        ];
        for (col, text) in (1u16..).zip(words) {
            self.sheet
                .write_string_with_format(row, col, text, &s.text)?;
        }
        let widths = COLUMNS.iter().skip(1).map(|(_, _, width)| *width);
        let fitted: Vec<(&str, f64)> = words.iter().map(|w| w.as_str()).zip(widths).collect();
        fit_row(&mut self.sheet, row, &fitted)?;
        Ok(())
    }

    fn stage(&mut self, stage: &StageRow, service: Option<&str>) -> anyhow::Result<()> {
        self.words(stage)?;
        let step = stage.step.to_string();
        let mut base: Conditions = vec![(STEP, Criterion::Equals(stage.step.into()))];
        let mut group = vec![("step", step.as_str())];
        if let Some(code) = service {
            base.push((SERVICE, Criterion::is(code)));
            group.push(("service", code));
        }
        let with = |more: Conditions| [base.clone(), more].concat();
        let figure = |indicator: &str| self.c.figure(indicator, &group);
        let done = with(vec![yes(COMPLETED)]);
        let rework = with(vec![yes(COMPLETED), (NUMBER, Criterion::MoreThan(1))]);
        let day = |v: DayVerdict| with(vec![yes(DUE), (DAY, Criterion::is(v.label()))]);
        let minute =
            |v: MinuteVerdict| with(vec![yes(COMPLETED), (MINUTE, Criterion::is(v.label()))]);
        let met = [minute(MinuteVerdict::Within), minute(MinuteVerdict::Under)];
        let judged = [met.to_vec(), vec![minute(MinuteVerdict::Over)]].concat();
        let values = ["stage.minutes_median", "stage.minutes_p95"].map(figure);
        let hours = ["stage.work_hours", "stage.wait_hours"].map(figure);
        let (executions, again) = (figure("stage.executions"), figure("stage.rework"));
        let window = figure("stage.within_window");
        let (minutes, under) = (
            figure("stage.within_minutes"),
            figure("stage.under_minutes"),
        );

        self.count(5, executions, std::slice::from_ref(&done))?;
        self.share(
            6,
            window,
            &[day(DayVerdict::OnTime)],
            &[with(vec![yes(DUE)])],
        )?;
        self.share(9, minutes, &met, &judged)?;
        self.part_of(12, under, &[minute(MinuteVerdict::Under)], &judged)?;
        for (col, f) in (14u16..).zip(values) {
            self.plain(col, f)?;
        }
        self.count(16, again, &[rework])?;
        if service.is_none() {
            for (col, f) in (17u16..).zip(hours) {
                self.plain(col, f)?;
            }
        }
        self.row += 1;
        Ok(())
    }

    fn sum(&self, alternatives: &[Conditions]) -> Option<String> {
        let counts: Option<Vec<String>> = alternatives.iter().map(|c| self.work.count(c)).collect();
        Some(counts?.join("+"))
    }

    fn plain(&mut self, col: u16, figure: Option<&Figure>) -> anyhow::Result<()> {
        let style = &self.book.styles.decimal;
        Ok(put(
            &mut self.sheet,
            self.row,
            col,
            &Value::of(figure),
            style,
        )?)
    }

    fn count(
        &mut self,
        col: u16,
        figure: Option<&Figure>,
        alternatives: &[Conditions],
    ) -> anyhow::Result<()> {
        let (value, style) = (Value::of(figure), &self.book.styles.number);
        match (self.sum(alternatives), &value) {
            (Some(f), Value::Number(_)) => {
                put_formula(
                    &mut self.sheet,
                    self.row,
                    col,
                    &format!("={f}"),
                    &value,
                    style,
                )?;
            }
            _ => put(&mut self.sheet, self.row, col, &value, style)?,
        }
        Ok(())
    }

    /// n, N and their quotient in three columns from `col` on.
    fn share(
        &mut self,
        col: u16,
        figure: Option<&Figure>,
        part: &[Conditions],
        whole: &[Conditions],
    ) -> anyhow::Result<()> {
        let (row, s) = (self.row, &self.book.styles);
        let value = Value::share(figure);
        let sums = (self.sum(part), self.sum(whole));
        let counts = figure.and_then(|f| f.numerator.zip(f.denominator));
        if let ((Some(part), Some(whole)), Some((n, all))) = (sums, counts) {
            let (n, all) = (Value::Number(n as f64), Value::Number(all as f64));
            put_formula(
                &mut self.sheet,
                row,
                col,
                &format!("={part}"),
                &n,
                &s.number,
            )?;
            put_formula(
                &mut self.sheet,
                row,
                col + 1,
                &format!("={whole}"),
                &all,
                &s.number,
            )?;
            let formula = self.quotient_formula(&address(row, col), &address(row, col + 1));
            put_formula(&mut self.sheet, row, col + 2, &formula, &value, &s.share)?;
            return Ok(());
        }
        for blank in [col, col + 1] {
            self.sheet.write_blank(row, blank, &s.number)?;
        }
        Ok(put(&mut self.sheet, row, col + 2, &value, &s.share)?)
    }

    /// n and the quotient in two columns; the whole is counted in the formula itself.
    fn part_of(
        &mut self,
        col: u16,
        figure: Option<&Figure>,
        part: &[Conditions],
        whole: &[Conditions],
    ) -> anyhow::Result<()> {
        let (row, s) = (self.row, &self.book.styles);
        match (self.sum(part), figure.and_then(|f| f.numerator)) {
            (Some(part), Some(n)) => {
                let n = Value::Number(n as f64);
                put_formula(
                    &mut self.sheet,
                    row,
                    col,
                    &format!("={part}"),
                    &n,
                    &s.number,
                )?;
            }
            _ => {
                self.sheet.write_blank(row, col, &s.number)?;
            }
        }
        match figure.and_then(|f| f.denominator) {
            Some(_) => self.quotient(col + 1, figure, part, whole),
            None => Ok(put(
                &mut self.sheet,
                row,
                col + 1,
                &Value::of(figure),
                &s.share,
            )?),
        }
    }

    fn quotient(
        &mut self,
        col: u16,
        figure: Option<&Figure>,
        part: &[Conditions],
        whole: &[Conditions],
    ) -> anyhow::Result<()> {
        let (value, style) = (Value::share(figure), &self.book.styles.share);
        match (self.sum(part), self.sum(whole)) {
            (Some(part), Some(whole)) => {
                let formula = self.quotient_formula(&format!("({part})"), &format!("({whole})"));
                put_formula(&mut self.sheet, self.row, col, &formula, &value, style)?;
            }
            _ => put(&mut self.sheet, self.row, col, &value, style)?,
        }
        Ok(())
    }

    fn quotient_formula(&self, part: &str, whole: &str) -> String {
        let least = self.c.r.rules.least_n;
        format!(
            "=IF({whole}=0,\"–\",IF({whole}<{least},\"ditahan (n = \"&{whole}&\")\",{part}/{whole}))"
        )
    }
}
