//! Sheet Ringkasan: the headline figures as formulas over the sheet Berkas, each with its code, n, N and printed words.

use rust_xlsxwriter::Worksheet;

use crate::format;
use crate::measure::Figure;
use crate::report::html::group_key;
use crate::report::monthly::berkas::{
    self, CALENDAR_DAYS, CHANNEL, CLOSING, DAYS_LEFT, DECIDED, DUE, OPENING, OUTCOME, PAUSED,
    RECEIVED, REGION, SERVICE, UNDECIDED, VERDICT, WITHDRAWN, WORKING_DAYS,
};
use crate::report::monthly::context::Context;
use crate::report::monthly::trend_block;
use crate::report::words;
use crate::report::xlsx::cells::{Value, address, put, put_formula};
use crate::report::xlsx::{Book, Criterion, Grid, signature};
use crate::score::CaseVerdict;
use crate::standard::PauseRule;

const CODE: u16 = 0;
const LABEL: u16 = 1;
const VALUE: u16 = 2;
const PART: u16 = 3;
const WHOLE: u16 = 4;
const INTERVAL: u16 = 5;
const PRINTED: u16 = 6;

type Condition<'h> = (&'h str, Criterion);

/// The sheet being written.
struct Summary<'a, 'b> {
    c: &'b Context<'a>,
    cases: &'b Grid,
    book: &'b Book<'b>,
    sheet: Worksheet,
    row: u32,
}

/// Writes the sheet.
///
/// # Errors
/// What the workbook writer refuses.
pub fn write(c: &Context, book: &mut Book, cases: &Grid) -> anyhow::Result<()> {
    let mut sheet = Worksheet::new();
    sheet.set_name("Ringkasan")?;
    let mut s = Summary {
        c,
        cases,
        book,
        sheet,
        row: book.heading_rows(),
    };
    s.set_up()?;
    s.promise()?;
    s.changes()?;
    s.parts_of_due()?;
    s.flow()?;
    s.open_cases()?;
    s.durations()?;
    s.dimensions()?;
    s.row += 1;
    s.section("Tren 24 bulan")?;
    s.row = trend_block::write(c, book, &mut s.sheet, s.row, "Ringkasan")?;
    s.section("Pengesahan")?;
    let stretches = [(LABEL, LABEL), (VALUE, WHOLE), (INTERVAL, PRINTED)];
    signature::write(&mut s.sheet, s.row, stretches, c.r.office, &book.styles)?;
    let sheet = s.sheet;
    book.workbook.push_worksheet(sheet);
    Ok(())
}

fn verdict(v: CaseVerdict) -> Condition<'static> {
    (VERDICT, Criterion::is(v.label()))
}

fn yes(heading: &str) -> Condition<'_> {
    (heading, Criterion::is("Ya"))
}

/// The key of a figure in the column Kode: `on_time.due{pause=include}`.
pub fn code(indicator: &str, figure: Option<&Figure>) -> String {
    let group = figure.map(group_key).unwrap_or_default();
    match group.is_empty() {
        true => indicator.to_owned(),
        false => format!("{indicator}{{{group}}}"),
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
    fn set_up(&mut self) -> anyhow::Result<()> {
        self.book
            .heading(&mut self.sheet, "Tinjauan Bulanan Ketepatan Layanan", false)?;
        let widths = [11.0, 44.0, 16.0, 11.0, 11.0, 19.0, 17.0];
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

    fn section(&mut self, title: &str) -> anyhow::Result<()> {
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
    fn frame(&mut self, code: &str, label: &str, printed: &str) -> anyhow::Result<()> {
        let s = &self.book.styles;
        self.sheet
            .write_string_with_format(self.row, CODE, code, &s.code)?;
        self.sheet
            .write_string_with_format(self.row, LABEL, label, &s.text)?;
        for col in [VALUE, PART, WHOLE, INTERVAL] {
            self.sheet.write_blank(self.row, col, &s.number)?;
        }
        self.sheet
            .write_string_with_format(self.row, PRINTED, printed, &s.printed)?;
        Ok(())
    }

    /// A share: n and N counted over the sheet, their quotient withheld below the least n.
    fn share(
        &mut self,
        label: &str,
        indicator: &str,
        group: &[(&str, &str)],
        part: &[Vec<Condition>],
        whole: &[Vec<Condition>],
    ) -> anyhow::Result<()> {
        let figure = self.c.figure(indicator, group);
        let printed = figure.map_or(format::NONE, |f| f.printed.as_str());
        self.frame(&code(indicator, figure), label, printed)?;
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

    fn sum(&self, alternatives: &[Vec<Condition>]) -> Option<String> {
        let counts: Option<Vec<String>> =
            alternatives.iter().map(|c| self.cases.count(c)).collect();
        Some(format!("={}", counts?.join("+")))
    }

    /// A count over the sheet.
    fn count(
        &mut self,
        label: &str,
        indicator: &str,
        criteria: &[Condition],
    ) -> anyhow::Result<()> {
        self.grouped_count(label, indicator, &[], &[criteria.to_vec()])
    }

    fn grouped_count(
        &mut self,
        label: &str,
        indicator: &str,
        group: &[(&str, &str)],
        alternatives: &[Vec<Condition>],
    ) -> anyhow::Result<()> {
        let figure = self.c.figure(indicator, group);
        let printed = figure.map_or(format::NONE, |f| f.printed.as_str());
        self.frame(&code(indicator, figure), label, printed)?;
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
    fn value(
        &mut self,
        label: &str,
        indicator: &str,
        group: &[(&str, &str)],
    ) -> anyhow::Result<()> {
        let figure = self.c.figure(indicator, group);
        let printed = figure.map_or(format::NONE, |f| f.printed.as_str());
        self.frame(&code(indicator, figure), label, printed)?;
        let style = &self.book.styles.decimal;
        put(&mut self.sheet, self.row, VALUE, &Value::of(figure), style)?;
        self.row += 1;
        Ok(())
    }

    fn both_shares(
        &mut self,
        label: &str,
        rule: Option<PauseRule>,
        group: &[(&str, &str)],
        also: &[Condition],
    ) -> anyhow::Result<()> {
        let (verdict, due) = berkas::rule_headings(rule);
        let is = |v: CaseVerdict| (verdict, Criterion::is(v.label()));
        let with = |conditions: Vec<_>| [conditions, also.to_vec()].concat();
        let on_time = with(vec![yes(due), is(CaseVerdict::OnTime)]);
        self.share(
            &format!("{label}: dari yang jatuh tempo"),
            "on_time.due",
            group,
            &[on_time],
            &[with(vec![yes(due)])],
        )?;
        let met = with(vec![yes(DECIDED), is(CaseVerdict::OnTime)]);
        let late = with(vec![yes(DECIDED), is(CaseVerdict::Late)]);
        self.share(
            &format!("{label}: dari yang diputus"),
            "on_time.decided",
            group,
            std::slice::from_ref(&met),
            &[met.clone(), late],
        )
    }

    fn promise(&mut self) -> anyhow::Result<()> {
        self.section("Ketepatan waktu")?;
        self.both_shares("Tepat waktu", None, &[], &[])?;
        for rule in PauseRule::ALL {
            let group = [("pause", rule.code())];
            self.both_shares(words::pause_rule(rule), Some(rule), &group, &[])?;
        }
        Ok(())
    }

    fn changes(&mut self) -> anyhow::Result<()> {
        for (versus, label) in [
            ("previous", "Perubahan terhadap bulan sebelumnya (poin)"),
            (
                "last_year",
                "Perubahan terhadap bulan yang sama tahun lalu (poin)",
            ),
        ] {
            self.value(label, "on_time.due.change", &[("versus", versus)])?;
        }
        Ok(())
    }

    fn parts_of_due(&mut self) -> anyhow::Result<()> {
        self.section("Jatuh tempo dalam periode")?;
        self.count("Jatuh tempo", "due.count", &[yes(DUE)])?;
        for (indicator, label, v) in [
            ("due.on_time", "Tepat waktu", CaseVerdict::OnTime),
            ("due.late", "Diputus terlambat", CaseVerdict::Late),
            (
                "due.overdue",
                "Lewat batas, belum diputus",
                CaseVerdict::Overdue,
            ),
            (
                "due.withdrawn_late",
                "Dicabut setelah lewat batas",
                CaseVerdict::WithdrawnLate,
            ),
        ] {
            self.count(label, indicator, &[yes(DUE), verdict(v)])?;
        }
        let pending = [(DUE, Criterion::is("Belum"))];
        self.count(
            "Belum jatuh tempo saat laporan dibuat",
            "due.pending",
            &pending,
        )?;
        for (reason, v) in [
            ("withdrawn", Some(CaseVerdict::Withdrawn)),
            ("not_assessable", Some(CaseVerdict::NotAssessable)),
            ("clock_not_started", None),
            ("no_standard", None),
        ] {
            let label = format!("Tidak dihitung: {}", words::group_value("reason", reason));
            let excluded = |v| vec![(DUE, Criterion::is("Dikecualikan")), verdict(v)];
            let criteria: Vec<_> = v.map(excluded).into_iter().collect();
            self.grouped_count(&label, "excluded.due", &[("reason", reason)], &criteria)?;
        }
        Ok(())
    }

    fn flow(&mut self) -> anyhow::Result<()> {
        self.section("Arus berkas: awal + diterima = diputus + dicabut + akhir")?;
        self.count("Berkas awal", "flow.opening", &[yes(OPENING)])?;
        self.count("Diterima", "flow.received", &[yes(RECEIVED)])?;
        self.count("Diputus", "flow.decided", &[yes(DECIDED)])?;
        let rejected = vec![yes(DECIDED), (OUTCOME, Criterion::is("Ditolak"))];
        let issued =
            ["Terbit", "Terbuka"].map(|word| vec![yes(DECIDED), (OUTCOME, Criterion::is(word))]);
        self.grouped_count("di antaranya terbit", "flow.issued", &[], &issued)?;
        self.grouped_count("di antaranya ditolak", "flow.rejected", &[], &[rejected])?;
        self.count("Dicabut", "flow.withdrawn", &[yes(WITHDRAWN)])?;
        self.count("Berkas akhir", "flow.closing", &[yes(CLOSING)])?;
        self.grouped_count("Berkas akhir bulan lalu", "flow.previous_closing", &[], &[])?;
        self.grouped_count(
            "Tanpa waktu diterima, di luar arus",
            "flow.unplaced",
            &[],
            &[],
        )
    }

    fn open_cases(&mut self) -> anyhow::Result<()> {
        self.section("Belum diputus")?;
        let overdue = [yes(UNDECIDED), verdict(CaseVerdict::Overdue)];
        self.count("Lewat batas", "open.overdue", &overdue)?;
        let days = self.c.r.rules.at_risk_days;
        let at_risk = [
            verdict(CaseVerdict::Running),
            (DAYS_LEFT, Criterion::AtMost(days.into())),
        ];
        let label = format!("Segera jatuh tempo (sisa paling banyak {days} hari)");
        self.count(&label, "open.at_risk", &at_risk)?;
        let paused = [yes(UNDECIDED), yes(PAUSED)];
        self.count("Di tangan pemohon", "open.paused", &paused)?;
        let waiting = [yes(UNDECIDED), verdict(CaseVerdict::ClockNotStarted)];
        self.count("Jam layanan belum berjalan", "open.not_started", &waiting)
    }

    fn durations(&mut self) -> anyhow::Result<()> {
        self.section("Lama layanan berkas yang diputus (hari)")?;
        for (family, heading, name) in [
            ("working_days", WORKING_DAYS, "Hari kerja"),
            ("calendar_days", CALENDAR_DAYS, "Hari kalender"),
        ] {
            for (tail, percent, label) in [
                ("median", 50, "median"),
                ("p90", 90, "persentil 90"),
                ("p95", 95, "persentil 95"),
            ] {
                let indicator = format!("{family}.{tail}");
                if self.c.whole(&indicator).is_some() {
                    let label = format!("{name}, {label}");
                    self.order_statistic(&label, &indicator, heading, percent)?;
                }
            }
        }
        self.value(
            "Hari kerja, median Kaplan–Meier (diterima dalam periode)",
            "working_days.km_median",
            &[],
        )
    }

    /// The smallest value with at least `percent` of all at or below it.
    fn order_statistic(
        &mut self,
        label: &str,
        indicator: &str,
        heading: &str,
        percent: u32,
    ) -> anyhow::Result<()> {
        self.value(label, indicator, &[])?;
        let figure = self.c.whole(indicator);
        let (Some(column), Some(f)) = (self.cases.single(heading), figure) else {
            return Ok(());
        };
        if f.value.is_none() {
            return Ok(());
        }
        let formula = format!("=SMALL({column},ROUNDUP({percent}*COUNT({column})/100,0))");
        let (row, s) = (self.row - 1, &self.book.styles);
        put_formula(
            &mut self.sheet,
            row,
            VALUE,
            &formula,
            &Value::of(figure),
            &s.number,
        )?;
        let n = Value::Number(f.n as f64);
        put_formula(
            &mut self.sheet,
            row,
            WHOLE,
            &format!("=COUNT({column})"),
            &n,
            &s.number,
        )?;
        Ok(())
    }

    fn dimensions(&mut self) -> anyhow::Result<()> {
        for (dimension, heading, title) in [
            ("service", SERVICE, "Menurut jenis layanan"),
            ("region", REGION, "Menurut wilayah"),
            ("channel", CHANNEL, "Menurut saluran"),
        ] {
            let values = self.c.values(dimension);
            if values.is_empty() {
                continue;
            }
            self.section(title)?;
            for (value, name) in values {
                let also = [(heading, Criterion::is(value))];
                self.both_shares(name, None, &[(dimension, value.as_str())], &also)?;
                if dimension == "service" {
                    let group = [(dimension, value.as_str())];
                    self.value(
                        &format!("{name}: median hari kerja"),
                        "working_days.median",
                        &group,
                    )?;
                    self.value(&format!("{name}: persentil 90"), "working_days.p90", &group)?;
                }
            }
        }
        Ok(())
    }
}
