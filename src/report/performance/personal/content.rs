//! What one officer's edition shows, once for page and workbook.
//!
//! In: the report and the officer. Out: rows of their own figures. Must not look up a figure of a group that names another
//! officer.

use super::Officer;
use crate::format;
use crate::measure::Figure;
use crate::measure::performance::{FunnelPoint, LateExecution, Measure, OfficerRow};
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::words::capital;
use crate::score::MinuteVerdict;
use crate::snapshot::StaffRow;

/// How a figure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// With its n and N, and its interval.
    Share,
    Count,
    /// Hours and minutes, in words.
    Time,
}

/// A column of figures.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub head: &'static str,
    pub indicator: &'static str,
    pub kind: Kind,
}

const fn column(head: &'static str, indicator: &'static str, kind: Kind) -> Column {
    Column {
        head,
        indicator,
        kind,
    }
}

/// Everybody's figure of the step, beside the officer's own.
const EVERYBODY: &str = "stage.minutes_median";

/// What was done, and how it met the limits.
pub const RESULTS: [Column; 7] = [
    column("Pelaksanaan", "personnel.executions", Kind::Count),
    column("Memenuhi seluruh batas", "personnel.within", Kind::Share),
    column("Dalam batas hari", "personnel.within_window", Kind::Share),
    column("Dalam batas menit", "personnel.within_minutes", Kind::Share),
    column(
        "Lebih cepat dari batas bawah",
        "personnel.under",
        Kind::Share,
    ),
    column(
        "Median waktu layanan",
        "personnel.minutes_median",
        Kind::Time,
    ),
    column("Median semua petugas", EVERYBODY, Kind::Time),
];

/// Where limits passed, what came back, how long files were held.
pub const CAUSES: [Column; 8] = [
    column(
        "Lewat batas saat diterima",
        "personnel.late_on_arrival",
        Kind::Count,
    ),
    column(
        "Lewat saat menunggu",
        "personnel.late_in_queue",
        Kind::Count,
    ),
    column(
        "Lewat saat dikerjakan",
        "personnel.late_in_hand",
        Kind::Count,
    ),
    column(
        "Menunggu atau dikerjakan",
        "personnel.late_unsplit",
        Kind::Count,
    ),
    column(
        "Masih dipegang, lewat batas",
        "personnel.overdue",
        Kind::Count,
    ),
    column("Dikerjakan ulang", "personnel.rework", Kind::Count),
    column(
        "Bagian yang dikerjakan ulang",
        "personnel.rework_share",
        Kind::Share,
    ),
    column("Waktu memegang berkas", "personnel.held_hours", Kind::Time),
];

/// A row of figures under the columns asked for.
pub struct Row<'a> {
    pub name: String,
    pub figures: Vec<Option<&'a Figure>>,
    /// Lower and upper bound of each, where it has an interval.
    pub bounds: Vec<Option<(&'a Figure, &'a Figure)>>,
}

/// One measure beside what the same work would lead to.
pub struct Compared<'a> {
    pub point: &'a FunnelPoint,
    pub observed: Option<&'a Figure>,
    pub expected: Option<&'a Figure>,
    pub ratio: Option<&'a Figure>,
    /// Lower and upper at 95 %, lower and upper at 99.8 %.
    pub limits: [Option<&'a Figure>; 4],
    pub compared: Option<&'a Figure>,
    pub alone: Option<&'a Figure>,
}

/// An execution over a limit, in words.
pub struct Late<'a> {
    pub execution: &'a LateExecution,
    pub step: String,
    /// By how much, e.g. `3 hari kalender; 7 menit 10 detik`.
    pub by: String,
    /// Where the window's limit passed.
    pub place: &'static str,
}

/// The report of one officer.
pub struct Own<'a> {
    pub r: &'a PerformanceReport<'a>,
    pub c: Context<'a>,
    pub officer: &'a str,
}

impl<'a> Own<'a> {
    pub fn new(r: &'a PerformanceReport<'a>, officer: &'a Officer) -> Self {
        Self {
            r,
            c: Context::new(&r.review),
            officer: &officer.officer,
        }
    }

    /// A figure of the officer.
    pub fn figure(&self, indicator: &str) -> Option<&'a Figure> {
        self.c.figure(indicator, &[("officer", self.officer)])
    }

    /// Their row in the register, where it has one.
    pub fn staff(&self) -> Option<&'a StaffRow> {
        self.r.performance.officers.get(self.officer)
    }

    /// Steps and roles.
    pub fn work(&self) -> Option<&'a OfficerRow> {
        let all = &self.r.performance.rows.personnel.officers;
        all.iter().find(|o| o.officer == self.officer)
    }

    /// Name as people say it: from the register, else as recorded.
    pub fn name(&self) -> &'a str {
        let registered = self.staff().and_then(|s| s.name.as_deref());
        registered.unwrap_or(self.officer)
    }

    /// What is known of them, as (name, value).
    pub fn about(&self) -> Vec<(&'static str, String)> {
        let staff = self.staff();
        let known = |value: Option<&String>| value.cloned().filter(|v| !v.is_empty());
        let roles = self.work().map(|w| w.roles.join(", "));
        [
            ("Nama", known(staff.and_then(|s| s.name.as_ref()))),
            (
                "Kode pada catatan",
                Some(self.officer.to_owned()).filter(|o| o != self.name()),
            ),
            ("Unit", known(staff.and_then(|s| s.unit.as_ref()))),
            ("Jabatan", known(staff.and_then(|s| s.role.as_ref()))),
            ("Peran menurut standar", roles.filter(|r| !r.is_empty())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// All steps together, then each step, under `columns`.
    pub fn rows(&self, columns: &[Column]) -> Vec<Row<'a>> {
        let mut rows = vec![self.row("Seluruh langkah".to_owned(), None, columns)];
        for (step, _) in self.work().map(|w| w.steps.as_slice()).unwrap_or_default() {
            rows.push(self.row(self.step(*step), Some(step.to_string()), columns));
        }
        rows
    }

    fn row(&self, name: String, step: Option<String>, columns: &[Column]) -> Row<'a> {
        let mut own = vec![("officer", self.officer)];
        own.extend(step.as_deref().map(|s| ("step", s)));
        let get = |indicator: &str| match (indicator, step.as_deref()) {
            (EVERYBODY, None) => None,
            (EVERYBODY, Some(step)) => self.c.figure(indicator, &[("step", step)]),
            _ => self.c.figure(indicator, &own),
        };
        let bounds = |c: &Column| {
            let bound =
                |suffix| get(&format!("{}.{suffix}", c.indicator)).filter(|f| f.value.is_some());
            bound("low").zip(bound("high"))
        };
        Row {
            name,
            figures: columns.iter().map(|c| get(c.indicator)).collect(),
            bounds: columns.iter().map(bounds).collect(),
        }
    }

    /// `7. Verifikasi`.
    pub fn step(&self, step: i32) -> String {
        let usual = self.r.review.overview.stages.iter();
        let usual = usual.filter(|s| s.step == step).map(|s| s.title.as_str());
        let standards = self.r.review.library.services.values().flatten();
        let others = standards.filter_map(|s| Some(s.steps.get(&step)?.title.as_str()));
        match usual.chain(others).next() {
            Some(title) => format!("{step}. {}", capital(title)),
            None => format!("Langkah {step}"),
        }
    }

    /// The three measures beside the expected.
    pub fn compared(&self) -> Vec<Compared<'a>> {
        let funnel = &self.r.performance.rows.comparison.funnel;
        let own = funnel.iter().filter(|p| p.officer == self.officer);
        own.map(|point| self.of_measure(point)).collect()
    }

    fn of_measure(&self, point: &'a FunnelPoint) -> Compared<'a> {
        let group = [("officer", self.officer), ("measure", point.measure.code())];
        let get = |indicator| self.c.figure(indicator, &group);
        let limit = |level, side| {
            let [officer, measure] = group;
            let group = [officer, measure, ("level", level), ("side", side)];
            self.c.figure("personnel.limit", &group)
        };
        Compared {
            point,
            observed: get("personnel.observed"),
            expected: get("personnel.expected"),
            ratio: get("personnel.ratio"),
            limits: [
                limit("95", "lower"),
                limit("95", "upper"),
                limit("99.8", "lower"),
                limit("99.8", "upper"),
            ],
            compared: get("personnel.compared"),
            alone: get("personnel.alone"),
        }
    }

    /// The comparison over every limit, which the summary speaks of.
    pub fn main_point(&self) -> Option<&'a FunnelPoint> {
        let funnel = &self.r.performance.rows.comparison.funnel;
        let mut own = funnel.iter().filter(|p| p.officer == self.officer);
        own.find(|p| p.measure == Measure::Standard)
    }

    /// Their executions over a limit, by completion.
    pub fn late(&self) -> Vec<Late<'a>> {
        let late = self.r.performance.rows.comparison.late.get(self.officer);
        let late = late.map(Vec::as_slice).unwrap_or_default();
        late.iter().map(|e| self.one_late(e)).collect()
    }

    fn one_late(&self, e: &'a LateExecution) -> Late<'a> {
        let days = e
            .arrival
            .and(e.deadline)
            .zip(e.completed)
            .map(|(d, t)| t.day() - d);
        let over = (e.minute == MinuteVerdict::Over)
            .then(|| e.service_seconds.zip(e.minutes_max))
            .flatten()
            .map(|(seconds, most)| seconds - i64::from(most) * 60);
        let parts = [
            days.map(|d| format!("{} hari kalender", format::integer(d.into()))),
            over.map(format::duration_exact),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        Late {
            execution: e,
            step: match e.number {
                1 => self.step(e.step),
                n => format!("{} (pelaksanaan ke-{n})", self.step(e.step)),
            },
            by: parts.join("; "),
            place: match e.arrival {
                Some(arrival) => arrival.label(),
                None => "Menit terlampaui saat dikerjakan",
            },
        }
    }
}
