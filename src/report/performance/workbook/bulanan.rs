//! Sheet Bulanan: the headline by month, beside the earlier semesters and the semester itself.
//!
//! In: figures by period. Out: one worksheet; what the sheet Berkas can count is a formula over it.

use rust_xlsxwriter::{ChartType, Worksheet};

use crate::format;
use crate::instant::day_of;
use crate::period::Period;
use crate::report::monthly::berkas::{
    DEADLINE, DECIDED, DECIDED_AT, DUE, OUTCOME, RECEIVED, RECEIVED_AT, VERDICT, WITHDRAWN,
};
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::workbook::sheet::Sheet;
use crate::report::xlsx::book::EPOCH_SERIAL;
use crate::report::xlsx::cells::address;
use crate::report::xlsx::charts::{BLUE, ORANGE, chart, dots, line};
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show};
use crate::report::xlsx::{Book, Criterion, Grid};
use crate::score::CaseVerdict;

/// Conditions on the sheet Berkas, and the column whose date lies in the period.
type Conditions = (Vec<(&'static str, Criterion)>, &'static str);

/// Columns before the first period.
const FIRST: u16 = 2;
const CHART_ROWS: u32 = 20;

/// One row: indicator, words, what is shown, what it counts.
struct Line {
    indicator: &'static str,
    label: &'static str,
    show: Show,
    counted: Option<Conditions>,
}

fn plain(indicator: &'static str, label: &'static str, show: Show) -> Line {
    Line {
        indicator,
        label,
        show,
        counted: None,
    }
}

fn counted(
    indicator: &'static str,
    label: &'static str,
    conditions: &[(&'static str, &str)],
    date: &'static str,
) -> Line {
    let conditions = conditions.iter().map(|(h, word)| (*h, Criterion::is(word)));
    Line {
        indicator,
        label,
        show: Show::Number,
        counted: Some((conditions.collect(), date)),
    }
}

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(
    r: &PerformanceReport,
    c: &Context,
    book: &Book,
    cases: &Grid,
) -> anyhow::Result<Worksheet> {
    let p = r.performance;
    let periods: Vec<Period> =
        [&p.earlier[..], &p.months[..], &[r.review.overview.period]].concat();
    let mut widths = vec![19.0, 42.0];
    widths.extend(periods.iter().map(|_| 12.0));
    let mut s = Sheet::new(c, book, "Bulanan", widths)?;
    let columns: Vec<Column> = periods
        .iter()
        .map(|p| Column::of_row(name(*p), Code::at(*p)))
        .collect();
    s.heads(&["Uraian"], &columns)?;
    s.freeze(FIRST)?;
    let months = (FIRST + p.earlier.len() as u16, p.months.len() as u16);
    let mut w = Months {
        s,
        cases,
        columns,
        periods,
        counted_from: p.earlier.len(),
    };
    w.s.section("Jatuh tempo dalam periode")?;
    w.lines(&due_lines())?;
    let shares = w.shares()?;
    w.s.section("Arus berkas")?;
    w.lines(&flow_lines())?;
    w.s.section("Lama layanan berkas yang diputus")?;
    w.days()?;
    let mut s = w.s;
    s.gap();
    changes(&mut s)?;
    s.gap();
    if months.1 > 0 {
        draw(&mut s, shares, months)?;
    }
    // Table and chart on one page.
    s.sheet.set_print_fit_to_pages(1, 1);
    Ok(s.finish(BLUE))
}

/// The change of the share of cases due, with the interval that tells it from chance.
fn changes(s: &mut Sheet) -> anyhow::Result<()> {
    s.section("Perubahan ketepatan waktu dari yang jatuh tempo")?;
    let code = Code::of("on_time.due.change");
    let columns = [
        Column::new("Poin", code.clone(), Show::Points),
        Column::new("Selang 95 % bawah", code.suffixed(".low"), Show::Points),
        Column::new("Selang 95 % atas", code.suffixed(".high"), Show::Points),
        Column::new("n", code.clone(), Show::N),
        Column::new("Tercetak", code, Show::Printed),
    ];
    s.heads(&["Terhadap"], &columns)?;
    for (versus, words) in [
        ("previous", "Semester sebelumnya"),
        ("last_year", "Semester yang sama tahun lalu"),
    ] {
        s.line(
            &Code::group("versus", versus),
            &[words],
            &columns,
            Show::Points,
        )?;
    }
    Ok(())
}

/// `Jan 26`; a semester `Sem. I 2026`.
fn name(period: Period) -> String {
    match period {
        Period::Semester { year, half } => {
            format!("Sem. {} {year}", if half == 1 { "I" } else { "II" })
        }
        other => format::period_short(other),
    }
}

fn due_lines() -> Vec<Line> {
    let due = |indicator, label, verdict: CaseVerdict| {
        let conditions = [(DUE, "Ya"), (VERDICT, verdict.label())];
        counted(indicator, label, &conditions, DEADLINE)
    };
    vec![
        counted("due.count", "Jatuh tempo", &[(DUE, "Ya")], DEADLINE),
        due("due.on_time", "Tepat waktu", CaseVerdict::OnTime),
        due("due.late", "Diputus terlambat", CaseVerdict::Late),
        due(
            "due.overdue",
            "Lewat batas, belum diputus",
            CaseVerdict::Overdue,
        ),
        due(
            "due.withdrawn_late",
            "Dicabut setelah lewat batas",
            CaseVerdict::WithdrawnLate,
        ),
        counted(
            "due.pending",
            "Belum jatuh tempo saat laporan dibuat",
            &[(DUE, "Belum")],
            DEADLINE,
        ),
    ]
}

fn flow_lines() -> Vec<Line> {
    let decided = |indicator, label, outcome| {
        counted(
            indicator,
            label,
            &[(DECIDED, "Ya"), (OUTCOME, outcome)],
            DECIDED_AT,
        )
    };
    vec![
        plain("flow.opening", "Berkas awal", Show::Number),
        counted(
            "flow.received",
            "Diterima",
            &[(RECEIVED, "Ya")],
            RECEIVED_AT,
        ),
        counted("flow.decided", "Diputus", &[(DECIDED, "Ya")], DECIDED_AT),
        decided("flow.rejected", "di antaranya ditolak", "Ditolak"),
        counted(
            "flow.withdrawn",
            "Dicabut",
            &[(WITHDRAWN, "Ya")],
            DECIDED_AT,
        ),
        plain("flow.closing", "Berkas akhir", Show::Number),
    ]
}

struct Months<'a, 'b> {
    s: Sheet<'a, 'b>,
    cases: &'b Grid,
    columns: Vec<Column>,
    periods: Vec<Period>,
    /// Periods before this one are not on the sheet Berkas.
    counted_from: usize,
}

impl Months<'_, '_> {
    fn lines(&mut self, lines: &[Line]) -> anyhow::Result<()> {
        for line in lines {
            let code = Code::of(line.indicator);
            self.s.labels(&code, &[line.label])?;
            for (i, period) in self.periods.iter().enumerate() {
                let on_sheet = line.counted.as_ref().filter(|_| i >= self.counted_from);
                let formula = on_sheet.and_then(|counted| self.count(counted, *period));
                let figure = code.join(&Code::at(*period)).figure(self.s.c);
                self.s.cell(FIRST + i as u16, figure, line.show, formula)?;
            }
            self.s.row += 1;
        }
        Ok(())
    }

    fn count(&self, (conditions, date): &Conditions, period: Period) -> Option<String> {
        let serial = |d| i64::from(day_of(d)) + EPOCH_SERIAL as i64;
        let mut all = conditions.clone();
        all.push((date, Criterion::AtLeast(serial(period.first()))));
        all.push((date, Criterion::Below(serial(period.end()))));
        Some(format!("={}", self.cases.count(&all)?))
    }

    /// The shares of the cases due and decided; returns their rows.
    fn shares(&mut self) -> anyhow::Result<(u32, u32)> {
        self.s.section("Ketepatan waktu")?;
        let mut rows = Vec::new();
        for (indicator, of) in [
            ("on_time.due", "dari yang jatuh tempo"),
            ("on_time.decided", "dari yang diputus"),
        ] {
            let code = Code::of(indicator);
            self.whole_line(&code, &format!("Tepat waktu {of}: n"), Show::Numerator)?;
            self.whole_line(&code, &format!("Tepat waktu {of}: N"), Show::Denominator)?;
            rows.push(self.s.row);
            self.quotients(&code, &format!("Tepat waktu {of}"))?;
            for (suffix, words) in [(".low", "bawah"), (".high", "atas")] {
                let label = format!("selang 95 %, {words}");
                self.s.line(
                    &code.suffixed(suffix),
                    &[&label],
                    &self.columns,
                    Show::Share,
                )?;
            }
        }
        let due = rows.first().copied().unwrap_or_default();
        Ok((due, rows.last().copied().unwrap_or_default()))
    }

    fn whole_line(&mut self, code: &Code, label: &str, show: Show) -> anyhow::Result<()> {
        self.s.labels(code, &[label])?;
        let key = format!(
            "{code}{}",
            if show == Show::Numerator {
                "/numerator"
            } else {
                "/denominator"
            }
        );
        let style = &self.s.book.styles.code;
        self.s
            .sheet
            .write_string_with_format(self.s.row, 0, key, style)?;
        for (i, period) in self.periods.iter().enumerate() {
            let figure = code.join(&Code::at(*period)).figure(self.s.c);
            self.s.cell(FIRST + i as u16, figure, show, None)?;
        }
        self.s.row += 1;
        Ok(())
    }

    /// The quotients of the two rows above.
    fn quotients(&mut self, code: &Code, label: &str) -> anyhow::Result<()> {
        self.s.labels(code, &[label])?;
        for (i, period) in self.periods.iter().enumerate() {
            let (row, col) = (self.s.row, FIRST + i as u16);
            let figure = code.join(&Code::at(*period)).figure(self.s.c);
            let formula = self
                .s
                .quotient(&address(row - 2, col), &address(row - 1, col));
            self.s.cell(col, figure, Show::Share, Some(formula))?;
        }
        self.s.row += 1;
        Ok(())
    }

    /// Days used, where any period has them.
    fn days(&mut self) -> anyhow::Result<()> {
        for (indicator, label) in [
            ("working_days.median", "Hari kerja, median"),
            ("working_days.p90", "Hari kerja, persentil 90"),
            ("working_days.p95", "Hari kerja, persentil 95"),
            (
                "working_days.km_median",
                "Hari kerja, median Kaplan–Meier (diterima)",
            ),
            ("calendar_days.median", "Hari kalender, median"),
            ("calendar_days.p90", "Hari kalender, persentil 90"),
            ("calendar_days.p95", "Hari kalender, persentil 95"),
        ] {
            let code = Code::of(indicator);
            let has = |p: &Period| {
                code.join(&Code::at(*p))
                    .figure(self.s.c)
                    .is_some_and(|f| f.n > 0)
            };
            if self.periods.iter().any(has) {
                self.s.line(&code, &[label], &self.columns, Show::Number)?;
            }
        }
        let code = Code::of("working_days.km_median");
        for (suffix, words) in [(".low", "bawah"), (".high", "atas")] {
            let code = code.suffixed(suffix);
            if code.figure(self.s.c).is_some() {
                let label = format!("Median Kaplan–Meier, selang {words}");
                let own: Vec<Column> = self.columns.clone();
                self.s.line(&code, &[&label], &own, Show::Number)?;
            }
        }
        Ok(())
    }
}

/// The two shares by month; `months`: first column and how many.
fn draw(s: &mut Sheet, rows: (u32, u32), months: (u16, u16)) -> anyhow::Result<()> {
    let (first, last) = (months.0, months.0 + months.1 - 1);
    let head = s.book.heading_rows();
    let words = "Diagram garis: bagian berkas tepat waktu tiap bulan, dari yang jatuh tempo dan dari yang diputus";
    let mut chart = chart(
        ChartType::Line,
        "Tepat waktu menurut bulan",
        words,
        (900, 360),
    );
    for (row, label, colour) in [
        (rows.0, "dari yang jatuh tempo", BLUE),
        (rows.1, "dari yang diputus", ORANGE),
    ] {
        chart
            .add_series()
            .set_name(label)
            .set_categories((s.name(), head, first, head, last))
            .set_values((s.name(), row, first, row, last))
            .set_format(&mut line(colour))
            .set_marker(&dots(colour));
    }
    chart
        .y_axis()
        .set_num_format("0%")
        .set_min(0.0)
        .set_max(1.0);
    s.chart(&chart, CHART_ROWS)
}
