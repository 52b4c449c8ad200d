//! Sheet Ringkasan: the headline figures as formulas over the sheet Berkas, each with its code, n, N and printed words.

use rust_xlsxwriter::Worksheet;

use crate::report::monthly::berkas::{
    self, CALENDAR_DAYS, CHANNEL, CLOSING, DAYS_LEFT, DECIDED, DUE, OPENING, OUTCOME, PAUSED,
    RECEIVED, REGION, SERVICE, UNDECIDED, VERDICT, WITHDRAWN, WORKING_DAYS,
};
use crate::report::monthly::context::Context;
use crate::report::monthly::summary::{Condition, INTERVAL, LABEL, PRINTED, Summary, VALUE, WHOLE};
use crate::report::monthly::trend_block;
use crate::report::words;
use crate::report::xlsx::cells::{Value, put_formula};
use crate::report::xlsx::{Book, Criterion, Grid, signature};
use crate::score::CaseVerdict;
use crate::standard::PauseRule;

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
    // The trend and the signatures stand on the second page, whole.
    s.sheet.set_page_breaks(&[s.row])?;
    s.section(&format!("Tren {} bulan", c.r.overview.trend.len()))?;
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

impl Summary<'_, '_> {
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
        let noun = self.c.noun;
        for (versus, than) in [
            ("previous", format!("{noun} sebelumnya")),
            ("last_year", format!("{noun} yang sama tahun lalu")),
        ] {
            let label = format!("Perubahan terhadap {than} (poin)");
            self.value(&label, "on_time.due.change", &[("versus", versus)])?;
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
        let before = format!("Berkas akhir {} lalu", self.c.noun);
        self.grouped_count(&before, "flow.previous_closing", &[], &[])?;
        self.value(
            &format!("Koreksi: berkas awal dikurangi akhir {} lalu", self.c.noun),
            "flow.restated",
            &[],
        )?;
        for (reason, words) in [
            ("not_assessable", "tidak dapat dinilai"),
            ("clock_not_started", "hitungan belum berjalan"),
            ("no_standard", "layanan tanpa standar"),
        ] {
            let label = format!("Diputus, tidak masuk persentase: {words}");
            self.grouped_count(&label, "excluded.decided", &[("reason", reason)], &[])?;
        }
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
        self.count("Di pemohon", "open.paused", &paused)?;
        let waiting = [yes(UNDECIDED), verdict(CaseVerdict::ClockNotStarted)];
        self.count("Hitungan belum berjalan", "open.not_started", &waiting)
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
        )?;
        self.value(
            "Diterima, tidak termasuk dalam median Kaplan–Meier",
            "working_days.km_excluded",
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
